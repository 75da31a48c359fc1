//! Files that are whole or not there: written beside their place, synced, then renamed into it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::store::Draft;

use super::project::refuse_project;

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
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
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

/// Refuses to put a file where a device, a pipe, or a file that a process has open would be replaced by it, or a project.
fn refuse_odd_place(path: &Path) -> io::Result<()> {
    let link = std::fs::read_link(path).unwrap_or_default();
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
    std::fs::create_dir_all(path)?;
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
fn permissions_of(path: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    // A new file is readable as any other that the user makes; the mask of the process still applies.
    std::fs::metadata(path).map_or_else(
        |_| std::fs::Permissions::from_mode(0o666),
        |meta| meta.permissions(),
    )
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
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        write(&path, b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left over"
        );
    }
}
