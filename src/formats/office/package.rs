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

    /// Refuses a document with a password: its parts are there, but what is in them is not what they are named.
    pub fn refuse_locked(&mut self, what: &str) -> Result<(), Diagnostic> {
        match self.part("META-INF/manifest.xml")? {
            Some(manifest) if manifest.contains("encryption-data") => Err(locked(what)),
            _ => Ok(()),
        }
    }

    /// The text of a part; `None` where the document has none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(locked("the document"));
            }
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

/// Whether a file is a ZIP archive, by its first bytes.
pub(in super::super) fn is_archive(file: &Glimpse<'_>) -> bool {
    file.head.starts_with(b"PK\x03\x04")
}

/// Whether an archive begins with its kind, not compressed, as those of `OpenDocument` and electronic books do.
pub(in super::super) fn names_itself(file: &Glimpse<'_>, kind: &str) -> bool {
    let named = file
        .head
        .get(30..)
        .and_then(|named| named.strip_prefix(b"mimetype"));
    named.is_some_and(|named| named.starts_with(kind.as_bytes()))
}

/// Whether an archive has a part of that name.
pub(in super::super) fn has_part(file: &Glimpse<'_>, name: &str) -> bool {
    Package::open(file.path).is_ok_and(|package| package.archive.index_for_name(name).is_some())
}

/// The folder in which a part lies; empty for one that lies in none.
pub(in super::super) fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a part, by a reference to it in a part of that folder; what stands behind `#` is no part of it.
pub(in super::super) fn resolve(folder: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = unquoted(href);
    let from = if href.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(href.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A reference with `%20` and the like resolved.
fn unquoted(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte = code
            .filter(|_| *first == b'%')
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() {
            behind.get(2..).unwrap_or_default()
        } else {
            behind
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
