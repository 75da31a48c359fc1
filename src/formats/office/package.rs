//! The ZIP archive that a document is: its parts by name, never more of them than memory holds. Knows no format.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::registry::Glimpse;
use super::super::unknown::locked;
use super::super::{Diagnostic, MOST_BYTES, cannot_read, decode, too_large};
use super::damaged;

/// An open document.
pub(in super::super) struct Package {
    archive: ZipArchive<BufReader<File>>,
}

impl Package {
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        let archive = open_archive(path, damaged)?;
        Ok(Self { archive })
    }

    /// The text of a part; `None` where the document has none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(trouble(&error, "the document", damaged)),
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

/// Opens an archive; the caller says how a damaged one is told.
///
/// # Errors
/// Where the file cannot be opened or is none.
pub(in super::super) fn open_archive(
    path: &Path,
    damaged: fn(String) -> Diagnostic,
) -> Result<ZipArchive<BufReader<File>>, Diagnostic> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| match error {
        ZipError::InvalidArchive(_) => {
            let reason =
                "the list of its parts, which stands at its end, is missing or wrong; it was cut off";
            damaged(reason.to_owned()).with_hint("download or copy it again, and import that")
        }
        error => damaged(error.to_string()),
    })
}

/// Why a part of an archive cannot be read.
pub(in super::super) fn trouble(
    error: &ZipError,
    what: &str,
    damaged: fn(String) -> Diagnostic,
) -> Diagnostic {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => locked(what),
        error => damaged(error.to_string()),
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
