//! Which files an import reads: the files named and those in the folders named, in a fixed order.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::formats::{Diagnostic, hidden_file, is_hidden};
use crate::store::is_open;

use super::project::is_project;
use super::refusal::Refusal;

/// Files to read and what was found on the way to them.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) files: Vec<SourceFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    /// Whether it was named itself, and not the folder that it lies in.
    pub(super) is_named: bool,
}

impl Sources {
    /// Files in the order in which they are named, those of a folder in the order of their names. Links are followed,
    /// loops and what cannot be read become diagnostics, hidden files in folders are left out and said.
    ///
    /// # Errors
    /// `not_found` where a path that was named leads nowhere, `not_a_file` where it leads to a pipe or a device.
    pub(super) fn find(paths: &[PathBuf]) -> Result<Self, Refusal> {
        let mut sources = Self::default();
        for path in paths {
            let metadata = std::fs::metadata(path).map_err(|cause| {
                Refusal::new("not_found", format!("{}: {cause}", path.display()))
                    .hint("check the path; nothing was imported")
            })?;
            if metadata.is_dir() {
                sources.walk_all(path);
            } else if !metadata.is_file() {
                // A pipe or a device can be read once and may have no end; a file is looked at before it is read.
                let message = format!("{}: this is no ordinary file", path.display());
                return Err(Refusal::new("not_a_file", message)
                    .hint("write it to a file first; nothing was imported"));
            } else if is_open(path) {
                sources.refuse_open(path);
            } else {
                sources.files.push(SourceFile {
                    path: path.clone(),
                    bytes: metadata.len(),
                    is_named: true,
                });
            }
        }
        Ok(sources)
    }

    pub(super) fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Takes the files of a folder, and says so where it has none.
    fn walk_all(&mut self, folder: &Path) {
        let before = (self.files.len(), self.diagnostics.len());
        self.walk(folder);
        if before == (self.files.len(), self.diagnostics.len()) {
            let found = Diagnostic::warning("empty_folder", "no file lies in this folder");
            let hint = "check the path, or name the files themselves";
            self.diagnostics.push(found.with_hint(hint).in_file(folder));
        }
    }

    fn walk(&mut self, folder: &Path) {
        let mut walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(found) = walk.next() {
            match found {
                Err(error) => self.diagnostics.push(walk_failed(folder, &error)),
                Ok(entry) if entry.depth() > 0 && is_hidden(&entry.file_name().to_string_lossy()) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    let told = hidden_file(&entry.file_name().to_string_lossy());
                    self.diagnostics
                        .extend(told.map(|found| found.in_file(entry.path())));
                }
                Ok(entry) if entry.file_type().is_file() => self.take(entry),
                Ok(_) => {}
            }
        }
    }

    /// A project that is open under whatever name is not even looked into: closing it would let go of its locks.
    fn refuse_open(&mut self, path: &Path) {
        let found = Diagnostic::error("project_file", "this is the project that is open");
        let hint = "name files of articles, or import an export of another project";
        self.diagnostics.push(found.with_hint(hint).in_file(path));
    }

    fn take(&mut self, entry: DirEntry) {
        if is_project(entry.path()) || is_open(entry.path()) {
            let found = Diagnostic::warning("project_file", "a project is opened, not imported");
            self.diagnostics.push(found.in_file(entry.path()));
            return;
        }
        self.files.push(SourceFile {
            bytes: entry.metadata().map_or(0, |metadata| metadata.len()),
            path: entry.into_path(),
            is_named: false,
        });
    }
}

fn walk_failed(folder: &Path, error: &walkdir::Error) -> Diagnostic {
    let place = error.path().unwrap_or(folder);
    let found = if let Some(ancestor) = error.loop_ancestor() {
        let back = format!(
            "the link leads back to {} and is not followed",
            ancestor.display()
        );
        Diagnostic::warning("link_loop", back)
    } else if error.io_error().map(std::io::Error::kind) == Some(std::io::ErrorKind::NotFound) {
        Diagnostic::error("cannot_read", "it leads nowhere: what it is a link to is gone")
            .with_hint("remove the link, or put its file back")
    } else {
        let cause = error
            .io_error()
            .map_or_else(|| error.to_string(), ToString::to_string);
        Diagnostic::error("cannot_read", format!("it cannot be read: {cause}"))
            .with_hint("check its permissions")
    };
    found.in_file(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sources: &Sources) -> Vec<String> {
        let name = |file: &SourceFile| file.path.file_name().unwrap().to_string_lossy().into_owned();
        sources.files.iter().map(name).collect()
    }

    fn codes(sources: &Sources) -> Vec<&str> {
        sources.diagnostics.iter().map(|found| found.code).collect()
    }

    #[test]
    fn a_folder_gives_its_files_in_order_and_says_what_it_leaves_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a.txt",
            ".c.txt",
            "p.hashiya",
            "sub/d.txt",
            ".git/e.txt",
            "sub/.hashiya-export",
            ".hashiya-Ab3.tmp",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let sources = Sources::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(names(&sources), ["a.txt", "b.txt", "d.txt"]);
        assert_eq!(codes(&sources), ["hidden_file", "hidden_file", "project_file"]);
        assert_eq!(sources.total_bytes(), 12);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_loop_is_said_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "text").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).unwrap();
        let sources = Sources::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(names(&sources), ["a.txt"]);
        assert_eq!(codes(&sources), ["cannot_read", "link_loop"]);
        assert!(sources.diagnostics[0].message.contains("leads nowhere"));
    }

    #[test]
    fn a_folder_without_a_file_is_said_to_be_empty() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sub")).unwrap();
        let sources = Sources::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(
            (names(&sources).len(), codes(&sources)),
            (0, vec!["empty_folder"])
        );
    }

    #[test]
    fn a_path_that_leads_nowhere_is_refused_before_anything_is_read() {
        assert_eq!(
            Sources::find(&["no/such/file.txt".into()]).unwrap_err().code,
            "not_found"
        );
    }
}
