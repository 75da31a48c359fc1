//! The list of what an export wrote: a line for each file, its SHA-256 in hexadecimal digits, two spaces, its name, as
//! `sha256sum --check` takes them. By it a later export knows what it may replace.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::Digest as _;

pub(super) use crate::formats::EXPORT_LIST as LIST;
use crate::formats::Out;

/// Files with their digests; none for one that is still being written.
pub(super) type Written = BTreeMap<String, Option<String>>;

/// What the file system said where a file was closed.
pub(super) type Failed = Arc<Mutex<Option<io::Error>>>;

/// The files of a list, where they lie, with their digests; none where there is no list.
pub(super) fn read_list(list: &Path, folder: &Path) -> BTreeMap<PathBuf, String> {
    let text = fs::read_to_string(list).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(digest, name)| (folder.join(name), digest.to_owned()))
        .collect()
}

/// A line of a list.
pub(super) fn line(digest: &str, name: &str) -> String {
    format!("{digest}  {name}\n")
}

/// The digest of a file as the list has it.
pub(super) fn digest_of(path: &Path) -> io::Result<String> {
    let mut digest = sha2::Sha256::new();
    let mut file = File::open(path)?;
    let mut bytes = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut bytes)?;
        let Some(bytes) = bytes.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hexadecimal(digest));
        };
        digest.update(bytes);
    }
}

fn hexadecimal(digest: sha2::Sha256) -> String {
    crate::model::Sha256(digest.finalize().into()).hex()
}

/// A file whose last bytes are not lost in silence where it is closed without a flush.
pub(super) struct Watched {
    out: BufWriter<File>,
    failed: Failed,
    /// Where its digest belongs, if it has one.
    listed: Option<Listed>,
}

/// The digest of a file that is being written, and the list that it goes to.
pub(super) struct Listed {
    digest: sha2::Sha256,
    name: String,
    names: Arc<Mutex<Written>>,
}

impl Listed {
    /// Puts a file on a list; its digest follows when it is closed.
    pub(super) fn new(name: &str, names: &Arc<Mutex<Written>>) -> Self {
        let mut written = names.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(name.to_owned(), None);
        Self {
            digest: sha2::Sha256::new(),
            name: name.to_owned(),
            names: Arc::clone(names),
        }
    }
}

impl Watched {
    pub(super) fn open(file: File, failed: &Failed, listed: Option<Listed>) -> Out<'static> {
        Box::new(Self {
            out: BufWriter::with_capacity(1 << 16, file),
            failed: Arc::clone(failed),
            listed,
        })
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        if let (Some(listed), Some(bytes)) = (&mut self.listed, bytes.get(..written)) {
            listed.digest.update(bytes);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Err(cause) = self.out.flush() {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(cause);
        }
        if let Some(listed) = self.listed.take() {
            let mut names = listed.names.lock().unwrap_or_else(PoisonError::into_inner);
            // It may have another name by now; then its bytes are read for the list.
            if let Some(digest) = names.get_mut(&listed.name) {
                *digest = Some(hexadecimal(listed.digest));
            }
        }
    }
}
