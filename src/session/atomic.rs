//! Files that are whole or not there: written beside their place, synced, then renamed into it.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::store::{Draft, ends_in_separator};

use super::export::cannot_write;
use super::project::refuse_project;
use super::refusal::Refusal;

/// Writes a small file whole.
///
/// # Errors
/// What the file system says; a file that was there is then as it was.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    write_with(path, |out| out.write_all(content))
}

/// Writes a file by a closure; the place is touched only when all of it is on disk.
///
/// # Errors
/// What the closure or the file system says, and where a project or no ordinary file is there; what was there is then as
/// it was.
pub fn write_with<T, E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<&File>) -> Result<T, E>,
) -> Result<T, E> {
    refuse_odd_place(path)?;
    // A link keeps pointing where it points: its target is what gets replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let draft = draft_for(&place)?;
    let mut out = BufWriter::with_capacity(1 << 18, draft.as_file());
    let value = fill(&mut out)?;
    out.flush()?;
    drop(out);
    draft.as_file().sync_all()?;
    draft.replace(&place)?;
    sync_folder(folder_of(&place))?;
    Ok(value)
}

/// A file that replaces nothing, and is there only where it has a line.
pub struct NewFile<'a> {
    place: &'a Path,
    draft: Draft,
    out: BufWriter<File>,
    lines: u64,
    failed: Option<io::Error>,
}

impl<'a> NewFile<'a> {
    /// Begins it beside its place.
    ///
    /// # Errors
    /// `exists` where something is there, `is_a_project` where a project's own files lie, `bad_name`, `not_found`, and
    /// `read_only` where there can be no file.
    pub fn at(place: &'a Path) -> Result<Self, Refusal> {
        refuse_project(place)?;
        refuse_nameless(place)?;
        // A link that leads nowhere is there as well.
        if fs::symlink_metadata(place).is_ok() {
            let message = format!(
                "{}: there is a file or folder of this name already",
                place.display()
            );
            return Err(
                Refusal::new("exists", message).hint("choose another name, or move the file away first")
            );
        }
        let begin = || {
            let draft = draft_for(place)?;
            let out = draft.as_file().try_clone()?;
            Ok((draft, BufWriter::with_capacity(1 << 16, out)))
        };
        let (draft, out) = begin().map_err(|cause| cannot_write(place, &cause))?;
        Ok(Self {
            place,
            draft,
            out,
            lines: 0,
            failed: None,
        })
    }

    /// Writes a line. What fails is told in the end, and nothing more is written.
    pub fn line(&mut self, line: impl Display) {
        if self.failed.is_some() {
            return;
        }
        match writeln!(self.out, "{line}") {
            Ok(()) => self.lines += 1,
            Err(cause) => self.failed = Some(cause),
        }
    }

    /// Gives it its place; answers how many lines it has.
    ///
    /// # Errors
    /// What the file system says of this or of a line, and `AlreadyExists` where something has the place by now.
    pub fn finish(mut self) -> io::Result<u64> {
        if let Some(cause) = self.failed {
            return Err(cause);
        }
        if self.lines > 0 {
            self.out.flush()?;
            drop(self.out);
            self.draft.as_file().sync_all()?;
            self.draft.put_new(self.place)?;
            sync_folder(folder_of(self.place))?;
        }
        Ok(self.lines)
    }
}

/// Refuses a path that names a folder where a file is to be made.
///
/// # Errors
/// `bad_name`.
pub fn refuse_nameless(path: &Path) -> Result<(), Refusal> {
    if !ends_in_separator(path) {
        return Ok(());
    }
    let message = format!("{}: this names a folder, and it is to be a file", path.display());
    Err(Refusal::new("bad_name", message).hint("write the name of the file behind it"))
}

/// Refuses to put a file where a device, a pipe, or a file that a process has open would be replaced by it, or a project.
fn refuse_odd_place(path: &Path) -> io::Result<()> {
    let link = fs::read_link(path).unwrap_or_default();
    let is_open = link.starts_with("/proc") || path.starts_with("/proc");
    if is_open || path.exists() && !path.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "this is no ordinary file; name a file",
        ));
    }
    refuse_project(path).map_err(|refusal| io::Error::new(io::ErrorKind::AlreadyExists, refusal.message))
}

/// A file beside a place, to be renamed into it; gone again where it is dropped.
///
/// # Errors
/// What the file system says.
pub(super) fn draft_for(place: &Path) -> io::Result<Draft> {
    #[cfg(unix)]
    let permissions = Some(permissions_of(place));
    #[cfg(not(unix))]
    let permissions = None;
    Draft::of(place, permissions)
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// Makes a folder in one that is there, durably.
///
/// # Errors
/// What the file system says.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path)?;
    sync_folder(folder_of(path))
}

/// Makes a rename durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(unix)]
fn permissions_of(path: &Path) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    // A new file is readable as any other that the user makes; the mask of the process still applies.
    fs::metadata(path).map_or_else(|_| fs::Permissions::from_mode(0o666), |meta| meta.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        write(&path, b"first").unwrap();
        let failed: io::Result<()> = write_with(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left over"
        );
    }
}
