//! The format `zip`: an archive of anything that a format reads. It is read only.
//!
//! The files go to a temporary folder first, so that those that belong together find each other. What would fill the
//! disk is refused before anything of it is read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use zip::result::ZipError;

use super::super::files::{hidden_file, is_hidden};
use super::super::registry::{ARTICLES_ONLY, Claim, Format, detect};
use super::super::{Detected, Diagnostic, Incoming, ReadOptions, Sink, encoding};
use super::package::{is_archive, open_archive};

pub(in super::super) const FORMAT: Format = Format {
    id: "zip",
    name: "ZIP archive",
    endings: &["zip"],
    page: include_str!("../../../assets/help/formats/zip.md"),
    claim: |file| {
        if file.ending == "zip" && is_archive(file) {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    read: Some(|path, options, sink| Budget::default().read(path, options, sink)),
    ..ARTICLES_ONLY
};

/// Archives within archives.
const MOST_DEEP: usize = 3;

/// What may still be unpacked, of an archive and those in it.
struct Budget {
    files: usize,
    bytes: u64,
    /// How often larger than the archive its files may be, once they are larger than `free`.
    ratio: u64,
    free: u64,
    deep: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            files: 100_000,
            bytes: 4 << 30,
            ratio: 200,
            free: 64 << 20,
            deep: MOST_DEEP,
        }
    }
}

impl Budget {
    fn read(&mut self, path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
        let folder = match tempfile::tempdir() {
            Ok(folder) => folder,
            Err(error) => {
                sink.diagnostic(cannot_unpack(&error).in_file(path));
                return ControlFlow::Continue(());
            }
        };
        let mut inner = Inner {
            sink,
            archive: path,
            folder: folder.path(),
        };
        match self.unpack(path, &mut inner) {
            Ok(mut files) => {
                files.sort_unstable();
                for file in files {
                    self.read_one(&file, options, &mut inner)?;
                }
            }
            Err(found) => sink.diagnostic(found.in_file(path)),
        }
        sink.progress(fs::metadata(path).map_or(0, |file| file.len()))
    }

    fn read_one(&mut self, file: &Path, options: &ReadOptions, inner: &mut Inner<'_>) -> ControlFlow<()> {
        match detect(file) {
            Ok(Detected::Reads(format)) if format.id == FORMAT.id => {
                if self.deep <= 1 {
                    inner.diagnostic(bomb("archives lie in it too deep").in_file(file));
                    return ControlFlow::Continue(());
                }
                self.deep -= 1;
                let flow = self.read(file, options, inner);
                self.deep += 1;
                flow
            }
            Ok(Detected::Reads(format)) => super::super::read(format, file, options, inner),
            // It is read with the file that it belongs to.
            Ok(Detected::Companion(_)) => ControlFlow::Continue(()),
            Err(found) => {
                inner.diagnostic(found);
                ControlFlow::Continue(())
            }
        }
    }

    /// Puts the files into the folder and gives their paths.
    fn unpack(&mut self, path: &Path, inner: &mut Inner<'_>) -> Result<Vec<PathBuf>, Diagnostic> {
        let size = fs::metadata(path).map_or(0, |file| file.len());
        let mut archive = open_archive(path, damaged)?;
        self.files = self
            .files
            .checked_sub(archive.len())
            .ok_or_else(|| bomb("it has more files than are read at once"))?;
        let mut room = self.bytes.min(self.free.max(size.saturating_mul(self.ratio)));
        let (mut files, mut hidden_parts) = (Vec::new(), BTreeSet::new());
        for at in 0..archive.len() {
            let said = archive.name_for_index(at).and_then(Result::ok);
            let said = said.map_or_else(|| format!("file {}", at + 1), Cow::into_owned);
            let mut member = match archive.by_index(at).map_err(unreadable) {
                Ok(member) => member,
                Err(found) => {
                    inner.diagnostic(found.in_file(inner.folder.join(said.trim_start_matches('/'))));
                    continue;
                }
            };
            let Some(name) = member.enclosed_name() else {
                let found = damaged(format!("the name of a file in it leads out of it: {said:?}"));
                inner.diagnostic(found.in_file(path));
                continue;
            };
            if member.is_dir() || member.is_symlink() || is_of_the_system(&name) {
                continue;
            }
            if let Some(hidden) = hidden_part(&name) {
                if hidden_parts.insert(hidden.clone()) {
                    inner.tell_hidden(&hidden);
                }
                continue;
            }
            let target = inner.folder.join(&name);
            match write_file(&mut member, &target, room) {
                Ok(written) if written > room => {
                    return Err(bomb("unpacked, it is larger than an archive of articles is"));
                }
                Ok(written) => {
                    (room, self.bytes) = (room - written, self.bytes - written);
                    files.push(target);
                }
                Err(error) => inner.diagnostic(not_unpacked(&error).in_file(target)),
            }
        }
        if archive.is_empty() {
            return Err(encoding::empty("the archive holds no files"));
        }
        Ok(files)
    }
}

/// Tells what is found in a file as of the archive.
struct Inner<'a> {
    sink: &'a mut dyn Sink,
    archive: &'a Path,
    folder: &'a Path,
}

impl Inner<'_> {
    /// Says that a hidden file or folder was left out, where that is to be said.
    fn tell_hidden(&mut self, hidden: &Path) {
        let name = hidden.file_name().unwrap_or_default();
        if let Some(found) = hidden_file(&name.to_string_lossy()) {
            self.diagnostic(found.in_file(self.folder.join(hidden)));
        }
    }
}

impl Sink for Inner<'_> {
    fn article(&mut self, incoming: Incoming) -> ControlFlow<()> {
        self.sink.article(incoming)
    }

    fn diagnostic(&mut self, mut found: Diagnostic) {
        if let Some(file) = &found.file
            && let Ok(name) = file.strip_prefix(self.folder)
        {
            found.file = Some(self.archive.join(name));
        }
        self.sink.diagnostic(found);
    }

    fn progress(&mut self, _bytes: u64) -> ControlFlow<()> {
        // How much of the archive a file in it is cannot be told; a cancel comes through.
        self.sink.progress(0)
    }
}

/// Writes at most one byte more than there is room for.
fn write_file(from: &mut impl Read, target: &Path, room: u64) -> io::Result<u64> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(target)?;
    let written = io::copy(&mut from.take(room.saturating_add(1)), &mut file);
    if written.is_err() {
        drop(file);
        fs::remove_file(target)?;
    }
    written
}

/// What systems put into archives beside the files.
fn is_of_the_system(name: &Path) -> bool {
    name.starts_with("__MACOSX")
        || matches!(
            name.file_name().and_then(|name| name.to_str()),
            Some(".DS_Store" | "Thumbs.db" | "desktop.ini")
        )
}

/// A path up to its first part that is hidden, where it has one.
fn hidden_part(name: &Path) -> Option<PathBuf> {
    let ancestors: Vec<&Path> = name.ancestors().collect();
    let is_part_hidden = |path: &&&Path| {
        let part = path.file_name().unwrap_or_default();
        is_hidden(&part.to_string_lossy())
    };
    ancestors
        .iter()
        .rev()
        .find(is_part_hidden)
        .map(|path| path.to_path_buf())
}

/// Why a file in an archive was not unpacked.
fn not_unpacked(error: &io::Error) -> Diagnostic {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::AlreadyExists => damaged("another file in it has that name too".to_owned()),
        ErrorKind::Unsupported => unknown_compression(error),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof | ErrorKind::Other => {
            damaged(error.to_string())
        }
        _ => cannot_unpack(error),
    }
}

fn cannot_unpack(error: &io::Error) -> Diagnostic {
    Diagnostic::error("cannot_unpack", format!("it cannot be unpacked: {error}")).with_hint(
        "look whether there is room on the disk, or unpack the archive yourself and import the folder",
    )
}

fn unknown_compression(error: &dyn std::error::Error) -> Diagnostic {
    let message = format!("it is packed in a way that is not known here: {error}");
    Diagnostic::error("unknown_compression", message)
        .with_hint("unpack the archive with another program, and import the folder")
}

fn bomb(reason: &str) -> Diagnostic {
    Diagnostic::error("archive_too_large", format!("the archive is refused: {reason}"))
        .with_hint("where you trust it, unpack it yourself and import the folder")
}

/// Why an archive, or a file in it, cannot be opened.
fn unreadable(error: ZipError) -> Diagnostic {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Diagnostic::error("encrypted", "it is protected by a password")
                .with_hint("unpack the archive with its password, and import the folder")
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            unknown_compression(&error)
        }
        error => damaged(error.to_string()),
    }
}

/// The finding that an archive, or a file in it, cannot be read.
#[allow(
    clippy::needless_pass_by_value,
    reason = "it goes as a function to those who have the reason to give away"
)]
fn damaged(reason: String) -> Diagnostic {
    Diagnostic::error("damaged_archive", format!("the archive is damaged: {reason}"))
        .with_hint("unpack it with another program and import the folder")
}

#[cfg(test)]
mod tests {
    use super::super::super::{Collected, Severity};
    use super::super::tests::archive;
    use super::*;

    fn read_with(mut budget: Budget, bytes: &[u8]) -> (Vec<String>, Vec<(String, &'static str)>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        fs::write(&path, bytes).unwrap();
        let mut found = Collected::default();
        assert!(
            budget
                .read(&path, &ReadOptions::default(), &mut found)
                .is_continue()
        );
        let texts = found
            .articles
            .iter()
            .map(|one| one.article.text.as_str().to_owned());
        let said = found
            .diagnostics
            .iter()
            .filter(|one| one.severity == Severity::Error);
        let said = said.map(|one| {
            let file = one.file.as_ref().unwrap().strip_prefix(folder.path()).unwrap();
            (file.to_string_lossy().replace('\\', "/"), one.code)
        });
        (texts.collect(), said.collect())
    }

    #[test]
    fn every_file_is_read_in_order_of_name_and_named_within_the_archive() {
        let inner = archive(&[("deep.txt", "عربي".as_bytes()), ("x.png", b"\x89PNG\r\n\x1a\n")]);
        let (texts, said) = read_with(
            Budget::default(),
            &archive(&[
                ("z.txt", "Prix\u{a0}: 5".as_bytes()),
                ("m/inner.zip", &inner),
                ("b/one.txt", "שלום עולם".as_bytes()),
                ("b/one.ann", "T1\tPER 0 4\tשלום\n".as_bytes()),
                ("__MACOSX/z.txt", b"x"),
                ("a.txt", b" \n"),
            ]),
        );
        assert_eq!(texts, ["שלום עולם", "عربي", "Prix\u{a0}: 5"]);
        assert_eq!(
            said,
            [
                ("a.zip/a.txt".to_owned(), "empty_file"),
                ("a.zip/m/inner.zip/x.png".to_owned(), "not_text")
            ]
        );
    }

    #[test]
    fn hidden_files_are_left_out_and_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        let files: [(&str, &[u8]); 5] = [
            ("a.txt", b"Alep."),
            (".git/one", b"x"),
            (".git/two.txt", b"x"),
            ("b/.c.txt", b"x"),
            (".hashiya-export", b"x"),
        ];
        fs::write(&path, archive(&files)).unwrap();
        let mut found = Collected::default();
        assert!(
            Budget::default()
                .read(&path, &ReadOptions::default(), &mut found)
                .is_continue()
        );
        let told = found.diagnostics.iter().map(|one| {
            let file = one.file.as_ref().unwrap().strip_prefix(&path).unwrap();
            (file.to_string_lossy().replace('\\', "/"), one.code)
        });
        let hidden = |name: &str| (name.to_owned(), "hidden_file");
        assert_eq!(told.collect::<Vec<_>>(), [hidden(".git"), hidden("b/.c.txt")]);
        assert_eq!(found.articles.len(), 1);
    }

    #[test]
    fn a_bomb_is_refused_as_a_whole() {
        let zeros = vec![b'a'; 100_000];
        let bytes = archive(&[("a.txt", b"a"), ("b.txt", &zeros)]);
        let refused = (vec![], vec![("a.zip".to_owned(), "archive_too_large")]);
        for budget in [
            Budget {
                files: 1,
                ..Budget::default()
            },
            Budget {
                bytes: 100_000,
                ..Budget::default()
            },
            Budget {
                free: 1000,
                ratio: 10,
                ..Budget::default()
            },
        ] {
            assert_eq!(read_with(budget, &bytes), refused);
        }
        assert_eq!(
            read_with(
                Budget {
                    free: 0,
                    ..Budget::default()
                },
                &archive(&[("a.txt", b"a")])
            )
            .0
            .len(),
            1
        );
        let mut nested = archive(&[("a.txt", b"a")]);
        for _ in 0..3 {
            nested = archive(&[("n.zip", &nested)]);
        }
        let file = "a.zip/n.zip/n.zip/n.zip".to_owned();
        assert_eq!(
            read_with(Budget::default(), &nested),
            (vec![], vec![(file, "archive_too_large")])
        );
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_told_with_its_reason() {
        let good = archive(&[("a.txt", b"words of a text"), ("b/c.txt", b"other words")]);
        // The flags and the method of the second file, as the directory and the file itself say them.
        let change = |field: usize, byte: u8| {
            let mut bytes = good.clone();
            let central = memchr::memmem::rfind(&good, b"PK\x01\x02").unwrap();
            let local = memchr::memmem::rfind(&good, b"PK\x03\x04").unwrap();
            bytes[central + 8 + field] = byte;
            bytes[local + 6 + field] = byte;
            bytes
        };
        for (bytes, code) in [
            (change(0, 1), "encrypted"),
            (change(2, 9), "unknown_compression"),
            (change(2, 14), "unknown_compression"),
        ] {
            let (texts, said) = read_with(Budget::default(), &bytes);
            assert_eq!(texts, ["words of a text"]);
            assert_eq!(said, [("a.zip/b/c.txt".to_owned(), code)]);
        }
    }

    #[test]
    fn no_name_leads_out_of_the_archive() {
        let names = [
            "/abs.txt",
            "../up.txt",
            "a/../../up.txt",
            "..\\up.txt",
            "a/../in.txt",
            "C:\\drive.txt",
        ];
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, name.as_bytes())).collect();
        let (texts, said) = read_with(Budget::default(), &archive(&files));
        assert_eq!(texts, ["/abs.txt", "C:\\drive.txt", "a/../in.txt"]);
        let told = ("a.zip".to_owned(), "damaged_archive");
        assert_eq!(said, [told.clone(), told.clone(), told]);
    }

    #[test]
    fn a_damaged_archive_is_told() {
        let bytes = archive(&[
            ("a.txt", b"words of a text"),
            ("../b.txt", b"b"),
            ("a.txt/c.txt", b"c"),
        ]);
        for end in 0..bytes.len() {
            let (texts, said) = read_with(Budget::default(), &bytes[..end]);
            assert!(texts.is_empty() && !said.is_empty(), "cut at {end}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x5a;
            let (texts, said) = read_with(Budget::default(), &changed);
            assert!(texts.len() + said.len() > 0, "changed at {at}");
        }
        let (texts, said) = read_with(Budget::default(), &bytes);
        assert_eq!((texts.len(), said.len()), (1, 2), "{said:?}");
        assert_eq!(read_with(Budget::default(), &archive(&[])).1[0].1, "empty_file");
    }
}
