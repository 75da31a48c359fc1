//! Drafts: what shall be a file or a folder is made in a workshop, a hidden folder beside its place, and goes to its
//! place by one rename.
//!
//! Where a maker is killed, its workshop stays; the next one that is opened in that folder takes it away. Whether a maker
//! lives is told by a lock of the operating system on a small file, which no dead process holds: no clock is asked.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use super::file::{folder_of, open_to_lock};

const PREFIX: &str = ".hashiya-";
const SUFFIX: &str = ".tmp";
/// The file in a workshop that its maker holds locked.
const LOCK: &str = "lock";
/// What a new folder is made in.
const MADE: &str = "made";
/// Where what had the place before lies until the new one has it.
const BEFORE: &str = "before";
/// Workshops that a sweep of another process may take away unfinished, one after the other.
const ATTEMPTS: usize = 100;

/// A hidden folder beside a place; it goes with all that is left in it.
pub struct Workshop {
    // Let go of before the folder is removed.
    _lock: File,
    folder: TempDir,
    is_left: bool,
}

impl Workshop {
    /// Opens a workshop beside a place, and takes away those that killed processes left there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn beside(place: &Path) -> io::Result<Self> {
        let parent = folder_of(place);
        sweep(&parent);
        for _ in 0..ATTEMPTS {
            if let Some(workshop) = Self::open_in(&parent)? {
                return Ok(workshop);
            }
        }
        Err(io::Error::other("another program takes away what is begun here"))
    }

    /// None where the sweep of another process was quicker.
    fn open_in(parent: &Path) -> io::Result<Option<Self>> {
        let folder = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(parent)?;
        let path = folder.path().join(LOCK);
        let lock = match File::create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            made => made?,
        };
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Where the file system has no locks, nobody sweeps either.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // Once it is locked and still there, nobody takes it away.
        let workshop = Self {
            _lock: lock,
            folder,
            is_left: false,
        };
        Ok(path.exists().then_some(workshop))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes the folder that shall have the place.
    ///
    /// # Errors
    /// What the file system says.
    pub fn make_folder(&self) -> io::Result<PathBuf> {
        let made = self.folder.path().join(MADE);
        fs::create_dir(&made)?;
        Ok(made)
    }

    /// Moves what has the place in here. Should the process die before something else has the place, the next sweep
    /// puts it back.
    ///
    /// # Errors
    /// What the file system says; then it is where it was.
    pub fn set_aside(&self, place: &Path) -> io::Result<PathBuf> {
        let before = self.folder.path().join(BEFORE);
        fs::create_dir(&before)?;
        let aside = before.join(place.file_name().unwrap_or(OsStr::new(MADE)));
        fs::rename(place, &aside)?;
        Ok(aside)
    }

    /// Leaves the workshop as it is, for good: no sweep takes it for one.
    pub fn leave(mut self) {
        self.is_left = true;
        self.folder.disable_cleanup(true);
        // What fails here leaves a lock, with which a sweep would take the folder away; so its name goes as well.
        let folder = self.folder.path();
        fs::remove_file(folder.join(LOCK))
            .or_else(|_| fs::rename(folder, folder.with_extension("kept")))
            .unwrap_or_default();
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if !self.is_left {
            // A process that is killed meanwhile leaves the lock, and so what a sweep knows. What cannot be removed
            // now is left to it as well.
            if empty(self.folder.path()).is_err() {
                self.folder.disable_cleanup(true);
            }
        }
    }
}

/// A file in a workshop of its own.
pub struct Draft {
    // Closed and removed before its workshop.
    file: NamedTempFile,
    _workshop: Workshop,
}

impl Draft {
    /// Begins a file for that place; the mask of the process applies to the permissions.
    ///
    /// # Errors
    /// What the file system says.
    pub fn of(place: &Path, permissions: Option<Permissions>) -> io::Result<Self> {
        let workshop = Workshop::beside(place)?;
        let mut builder = Builder::new();
        if let Some(permissions) = permissions {
            builder.permissions(permissions);
        }
        Ok(Self {
            file: builder.tempfile_in(workshop.folder.path())?,
            _workshop: workshop,
        })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The open file.
    pub fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// Gives it its place, also where a file is there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn replace(self, place: &Path) -> io::Result<()> {
        self.file.persist(place).map(drop).map_err(|error| error.error)
    }

    /// Gives it its place, where no file is there.
    ///
    /// # Errors
    /// `AlreadyExists`, and what the file system says.
    pub fn put_new(self, place: &Path) -> io::Result<()> {
        self.file
            .persist_noclobber(place)
            .map(drop)
            .map_err(|error| error.error)
    }
}

/// Takes away the workshops that killed processes left in a folder. What cannot be taken away stays for another time.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_workshop = name.starts_with(PREFIX)
            && name.ends_with(SUFFIX)
            && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_workshop {
            sweep_one(&entry.path(), folder).unwrap_or_default();
        }
    }
}

fn sweep_one(workshop: &Path, folder: &Path) -> io::Result<()> {
    let path = workshop.join(LOCK);
    // What is of another kind is not ours: a link would lead elsewhere, and a pipe would be waited for without end.
    let is_ours = |name, kind: fn(&fs::FileType) -> bool| {
        fs::symlink_metadata(workshop.join(name)).map_or(true, |entry| kind(&entry.file_type()))
    };
    if !is_ours(LOCK, fs::FileType::is_file) || !is_ours(BEFORE, fs::FileType::is_dir) {
        return Ok(());
    }
    let lock = match open_to_lock(&path) {
        // Its maker was killed before it made anything; where there is something, it was left on purpose.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return fs::remove_dir(workshop),
        lock => lock?,
    };
    if lock.try_lock().is_err() {
        return Ok(());
    }
    put_back(&workshop.join(BEFORE), folder)?;
    empty(workshop)?;
    // The lock goes last, so that a sweep that is killed is itself swept, and while it is held.
    fs::remove_file(&path)?;
    drop(lock);
    fs::remove_dir(workshop)
}

/// Takes away all that lies in a workshop, but for its lock.
fn empty(workshop: &Path) -> io::Result<()> {
    for entry in fs::read_dir(workshop)? {
        let entry = entry?;
        if entry.file_name() == LOCK {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Gives what was set aside its place again, where nothing else has it.
fn put_back(before: &Path, folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(before) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let place = folder.join(entry.file_name());
        if fs::symlink_metadata(&place).is_err() {
            fs::rename(entry.path(), &place)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// A workshop as a process leaves it that is killed.
    fn killed(folder: &Path, name: &str) -> PathBuf {
        let workshop = folder.join(format!("{PREFIX}{name}{SUFFIX}"));
        fs::create_dir(&workshop).unwrap();
        fs::write(workshop.join(LOCK), "").unwrap();
        fs::write(workshop.join("draft"), "half").unwrap();
        fs::create_dir_all(workshop.join(MADE).join("deep")).unwrap();
        workshop
    }

    #[test]
    fn a_draft_leaves_nothing_but_itself() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        let draft = Draft::of(&place, None).unwrap();
        fs::write(draft.path(), "whole").unwrap();
        draft.put_new(&place).unwrap();
        assert!(Draft::of(&place, None).unwrap().put_new(&place).is_err());
        drop(Draft::of(&place, None).unwrap());
        assert_eq!(names(folder.path()), ["a"]);
        assert_eq!(fs::read_to_string(&place).unwrap(), "whole");
    }

    #[test]
    fn the_workshops_of_the_dead_go_and_those_of_the_living_stay() {
        let folder = tempfile::tempdir().unwrap();
        let living = Draft::of(&folder.path().join("a"), None).unwrap();
        killed(folder.path(), "dead");
        fs::create_dir(folder.path().join(".hashiya-none.tmp")).unwrap();
        fs::write(folder.path().join(".hashiya-file.tmp"), "").unwrap();
        fs::create_dir_all(folder.path().join(".hashiya-users.tmp/own")).unwrap();
        fs::create_dir_all(folder.path().join(".hashiya-other/own")).unwrap();
        drop(Workshop::beside(&folder.path().join("b")).unwrap());
        assert!(living.path().exists());
        drop(living);
        let left = [".hashiya-file.tmp", ".hashiya-other", ".hashiya-users.tmp"];
        assert_eq!(names(folder.path()), left);
    }

    #[test]
    fn what_was_set_aside_is_put_back_where_its_place_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        for (workshop, name) in [("one", "gone"), ("two", "taken")] {
            let aside = killed(folder.path(), workshop).join(BEFORE).join(name);
            fs::create_dir_all(&aside).unwrap();
            fs::write(aside.join("file"), "old").unwrap();
        }
        fs::create_dir(folder.path().join("taken")).unwrap();
        fs::write(folder.path().join("taken/file"), "new").unwrap();
        sweep(folder.path());
        assert_eq!(names(folder.path()), ["gone", "taken"]);
        let content = |name: &str| fs::read_to_string(folder.path().join(name).join("file")).unwrap();
        assert_eq!(
            (content("gone").as_str(), content("taken").as_str()),
            ("old", "new")
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_sweep_follows_no_link_out_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("theirs"), "").unwrap();
        for (name, link) in [("one", BEFORE), ("two", LOCK)] {
            let workshop = killed(folder.path(), name);
            if link == LOCK {
                fs::remove_file(workshop.join(LOCK)).unwrap();
            }
            std::os::unix::fs::symlink(elsewhere.path(), workshop.join(link)).unwrap();
        }
        sweep(folder.path());
        assert_eq!(names(elsewhere.path()), ["theirs"]);
        assert_eq!(names(folder.path()).len(), 2);
    }

    /// A process may be killed while it takes its own workshop away.
    #[test]
    fn the_lock_is_the_last_that_goes() {
        let folder = tempfile::tempdir().unwrap();
        let workshop = killed(folder.path(), "dying");
        empty(&workshop).unwrap();
        assert_eq!(names(&workshop), [LOCK]);
        sweep(folder.path());
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn what_is_left_on_purpose_is_never_swept() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("out");
        fs::create_dir(&place).unwrap();
        fs::write(place.join("work"), "old").unwrap();
        let workshop = Workshop::beside(&place).unwrap();
        let aside = workshop.set_aside(&place).unwrap();
        fs::create_dir(&place).unwrap();
        workshop.leave();
        sweep(folder.path());
        assert_eq!(fs::read_to_string(aside.join("work")).unwrap(), "old");
    }

    #[test]
    fn many_that_open_and_sweep_at_once_never_lose_a_draft() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let folder = folder.path();
                scope.spawn(move || {
                    for nth in 0..100 {
                        let place = folder.join(format!("{thread}-{nth}"));
                        let draft = Draft::of(&place, None).unwrap();
                        fs::write(draft.path(), "whole").unwrap();
                        draft.put_new(&place).unwrap();
                    }
                });
            }
        });
        let names = names(folder.path());
        assert_eq!(names.len(), 400);
        assert!(names.iter().all(|name| !name.starts_with('.')));
    }
}
