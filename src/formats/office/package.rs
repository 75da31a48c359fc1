//! The ZIP archive that a document is: its parts by name, never more of them than memory holds. Knows no format.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::registry::Glimpse;
use super::super::{Diagnostic, MOST_BYTES, cannot_read, decode, too_large};
use super::damaged;

/// An open document.
pub(in super::super) struct Package {
    archive: ZipArchive<BufReader<File>>,
}

impl Package {
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        Ok(Self { archive })
    }

    /// The text of a part; `None` where the document has none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(error)),
        };
        let mut bytes = Vec::new();
        part.take(MOST_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(damaged)?;
        if bytes.len() > MOST_BYTES {
            return Err(too_large("the document, unpacked,"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => decode(error.as_bytes()).map(|decoded| Some(decoded.text)),
        }
    }
}

/// Whether a file is a ZIP archive, by its first bytes.
pub(in super::super) fn is_archive(file: &Glimpse<'_>) -> bool {
    file.head.starts_with(b"PK\x03\x04")
}

/// Whether an archive has a part of that name.
pub(in super::super) fn has_part(file: &Glimpse<'_>, name: &str) -> bool {
    Package::open(file.path).is_ok_and(|package| package.archive.index_for_name(name).is_some())
}
