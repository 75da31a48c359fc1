//! Files that this process has in use, so that no look at a project lets go of the locks on it.
//!
//! POSIX drops all locks that a process has on a file when it closes any handle of it, and by these locks SQLite knows who
//! else has the project open. Who thinks itself the last one takes the log away, into which the others go on writing, and
//! what they commit is lost. So a handle is closed only where this process has no connection to the file; and the log
//! that its connections write to is known from the first one on.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::{FileIdentity, wal_path};

/// By what a file is known whatever path leads to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key(#[cfg(unix)] FileIdentity, #[cfg(not(unix))] std::path::PathBuf);

#[derive(Default)]
struct Entry {
    /// More than one only where several opened it in the same instant.
    files: Vec<Arc<File>>,
    users: usize,
    connections: usize,
    /// What the connections write to first.
    log: Option<FileIdentity>,
}

static TABLE: Mutex<BTreeMap<Key, Entry>> = Mutex::new(BTreeMap::new());

fn table() -> MutexGuard<'static, BTreeMap<Key, Entry>> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn key_of(path: &Path) -> io::Result<Key> {
    FileIdentity::of(path).map(Key)
}

#[cfg(not(unix))]
fn key_of(path: &Path) -> io::Result<Key> {
    std::fs::canonicalize(path).map(Key)
}

/// Another file may have the path by now than when its key was asked for.
#[cfg(unix)]
fn key_of_open(file: &File, _: Key) -> io::Result<Key> {
    file.metadata().map(|metadata| Key(FileIdentity::from(&metadata)))
}

#[cfg(not(unix))]
fn key_of_open(_: &File, key: Key) -> io::Result<Key> {
    Ok(key)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

/// A file that may be read. Who connects to it keeps this until the connection is closed.
pub(super) struct Held {
    key: Key,
}

impl Held {
    /// The file that a path names now.
    pub fn of(path: &Path) -> io::Result<Self> {
        // Looked at without the table: a disk that does not answer must not hold up who uses another.
        let key = key_of(path)?;
        if let Some(entry) = table().get_mut(&key) {
            entry.users += 1;
            return Ok(Self { key });
        }
        let file = File::open(path)?;
        let key = key_of_open(&file, key)?;
        let mut table = table();
        let entry = table.entry(key.clone()).or_default();
        // Kept also where another was as quick: to close it would let go of the locks.
        entry.files.push(Arc::new(file));
        entry.users += 1;
        drop(table);
        Ok(Self { key })
    }

    /// The file from its beginning on.
    pub fn reader(&self) -> HeldReader<'_> {
        HeldReader { held: self, at: 0 }
    }

    /// Whether a path still names it.
    pub fn is_at(&self, path: &Path) -> bool {
        key_of(path).is_ok_and(|key| key == self.key)
    }

    /// Refuses where connections of this process write to a log that has no name any more: SQLite would join another
    /// connection to them.
    pub fn refuse_lost_log(&self, path: &Path) -> StoreResult<()> {
        let log = table().get(&self.key).and_then(|entry| entry.log);
        match log {
            Some(log) if !log.is_at(&wal_path(path)) => Err(log_gone(path)),
            _ => Ok(()),
        }
    }

    /// Notes that a connection uses the log, once it has read and so has opened it.
    pub fn join_log(&self, path: &Path) -> LogUse {
        let mut table = table();
        let entry = table.entry(self.key.clone()).or_default();
        entry.connections += 1;
        if entry.log.is_none() {
            entry.log = FileIdentity::of(&wal_path(path)).ok();
        }
        LogUse {
            key: self.key.clone(),
            log: entry.log,
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Files are closed before anyone else can look here and connect.
        let mut table = table();
        let Some(entry) = table.get_mut(&self.key) else {
            return;
        };
        entry.users = entry.users.saturating_sub(1);
        if entry.users == 0 {
            table.remove(&self.key);
        }
    }
}

/// Reads a file that is in use, by positions of its own.
pub(super) struct HeldReader<'a> {
    held: &'a Held,
    at: u64,
}

impl Read for HeldReader<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let held = table()
            .get(&self.held.key)
            .and_then(|entry| entry.files.first().cloned());
        let file = held.ok_or(io::ErrorKind::NotFound)?;
        let read = read_at(&file, bytes, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// That a connection uses a log. It goes before the connection does: the last one to be closed takes the log away.
pub(super) struct LogUse {
    key: Key,
    log: Option<FileIdentity>,
}

impl LogUse {
    /// The log, where the connection has one.
    pub fn log(&self) -> Option<FileIdentity> {
        self.log
    }
}

impl Drop for LogUse {
    fn drop(&mut self) {
        let mut table = table();
        let Some(entry) = table.get_mut(&self.key) else {
            return;
        };
        entry.connections = entry.connections.saturating_sub(1);
        if entry.connections == 0 {
            entry.log = None;
        }
    }
}

/// Whether this process has a connection to the file that a path names; asked without opening it.
pub fn is_open(path: &Path) -> bool {
    // Asked of each file of a folder: a disk that does not answer must not hold up who opens or closes a project.
    let Ok(key) = key_of(path) else { return false };
    table().get(&key).is_some_and(|entry| entry.connections > 0)
}

/// The first bytes of a file, of a project that is open as well.
///
/// # Errors
/// What the file system says.
pub fn head_of(path: &Path, length: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(length);
    let file = Held::of(path)?;
    file.reader().take(length as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What is said where the path names another file than the one that is open.
pub(super) fn gone(path: &Path) -> StoreError {
    let what = "the project file was moved, deleted, or replaced";
    StoreError::new(ErrorCode::FileGone, format!("{}: {what}", path.display()))
}

/// The same of the log of a project.
pub(super) fn log_gone(path: &Path) -> StoreError {
    let what = "this part of the project, with the newest changes, was moved, deleted, or replaced";
    let log = wal_path(path);
    StoreError::new(ErrorCode::FileGone, format!("{}: {what}", log.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_by_all_who_hold_it_and_forgotten_with_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "0123456789").unwrap();
        let one = Held::of(&path).unwrap();
        let mut reader = one.reader();
        let mut bytes = [0; 4];
        reader.read_exact(&mut bytes).unwrap();
        assert_eq!(head_of(&path, 3).unwrap(), b"012");
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        assert_eq!((&bytes, rest.as_str()), (b"0123", "456789"));
        let key = one.key.clone();
        assert!(table().contains_key(&key) && !is_open(&path));
        drop(one);
        assert!(!table().contains_key(&key));
    }

    #[test]
    fn a_log_is_known_until_its_last_user_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "a").unwrap();
        std::fs::write(wal_path(&path), "log").unwrap();
        let held = Held::of(&path).unwrap();
        let uses = [held.join_log(&path), held.join_log(&path)];
        assert!(is_open(&path) && held.refuse_lost_log(&path).is_ok());
        std::fs::remove_file(wal_path(&path)).unwrap();
        let [one, other] = uses;
        drop(one);
        let refused = held.refuse_lost_log(&path).unwrap_err();
        assert_eq!(refused.code, ErrorCode::FileGone);
        drop(other);
        assert!(!is_open(&path) && held.refuse_lost_log(&path).is_ok());
    }

    /// Whether the thread of a name waits for the system.
    #[cfg(target_os = "linux")]
    fn waits(thread: &str) -> bool {
        let tasks = std::fs::read_dir("/proc/self/task").unwrap();
        let said = |task: &std::fs::DirEntry, what: &str| {
            std::fs::read_to_string(task.path().join(what)).unwrap_or_default()
        };
        let mut tasks = tasks.map(Result::unwrap);
        tasks.any(|task| said(&task, "comm").trim() == thread && said(&task, "stat").contains(") S "))
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_does_not_open_holds_up_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let (hung, other) = (folder.path().join("hung"), folder.path().join("other"));
        // To open a pipe for reading waits for who writes.
        let made = std::process::Command::new("mkfifo").arg(&hung).status().unwrap();
        assert!(made.success());
        std::fs::write(&other, "0123").unwrap();
        let opens = std::thread::Builder::new().name("opens-a-pipe".to_owned());
        let path = hung.clone();
        let opens = opens.spawn(move || Held::of(&path).is_ok()).unwrap();
        while !waits("opens-a-pipe") {
            std::thread::yield_now();
        }
        let (say, said) = std::sync::mpsc::channel();
        std::thread::spawn(move || say.send(head_of(&other, 2)));
        let head = said.recv_timeout(std::time::Duration::from_secs(20));
        drop(std::fs::OpenOptions::new().write(true).open(&hung).unwrap());
        assert!(opens.join().unwrap());
        assert_eq!(head.unwrap().unwrap(), b"01");
    }
}
