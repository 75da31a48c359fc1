//! Making and opening a project file.
//!
//! Opening looks at the header, the ids, the version and the tables: the same few milliseconds whatever the size.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::model::{Codebook, Timestamp};

use super::draft::Draft;
use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::{self, FileIdentity};
use super::held::{Held, log_gone};
use super::migrate::{self, STEPS, Step};
use super::read::Reader;
use super::{batch, codebook, log, schema};

/// How long a commit waits for another process's.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Memory that SQLite may keep pages in, in KiB (negative by SQLite's custom).
const CACHE_KIB: i64 = -16_000;
/// Prepared statements that are kept.
const STATEMENTS: usize = 128;

/// A project file, open for reading and writing. Reading functions are those of [`Reader`]. Several may be open on
/// one file, in one process or in several.
pub struct Store {
    pub(super) reader: Reader,
    pub(super) path: PathBuf,
    /// What it writes to first.
    pub(super) log: FileIdentity,
    /// Whether a change went into a log that had been taken away.
    pub(super) is_log_lost: bool,
    migrated_from: Option<PathBuf>,
}

impl Deref for Store {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Store {
    /// Makes a new project, which appears whole or not at all, and opens it.
    ///
    /// # Errors
    /// [`ErrorCode::Exists`] where a file has this name, and whatever the disk reports.
    pub fn create(path: &Path, codebook: &Codebook, id: &str, at: &Timestamp) -> StoreResult<Self> {
        file::refuse_taken(path)?;
        let draft = draft_file(path)?;
        let connection = Connection::open(draft.path())?;
        connection.execute_batch("PRAGMA synchronous = FULL; BEGIN IMMEDIATE")?;
        schema::create(&connection)?;
        codebook::insert(&connection, codebook)?;
        schema::set_fact(&connection, "id", id)?;
        schema::set_fact(&connection, "created", at.as_str())?;
        schema::set_fact(&connection, "codebook", &codebook::digest(codebook)?.hex())?;
        connection.execute_batch("COMMIT; PRAGMA journal_mode = WAL")?;
        connection.close().map_err(|(_, error)| StoreError::from(error))?;
        persist(draft, path)?;
        Self::open(path)
    }

    /// Opens a project for reading and writing, brings an older file up to date after a backup copy, and sweeps
    /// what a killed import left behind.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::NotAProject`], [`ErrorCode::Damaged`], [`ErrorCode::NewerVersion`],
    /// [`ErrorCode::ReadOnly`], [`ErrorCode::NoAccess`]; the file is then as it was.
    pub fn open(path: &Path) -> StoreResult<Self> {
        Self::open_with(path, STEPS, schema::VERSION)
    }

    fn open_with(path: &Path, steps: &[Step], version: i32) -> StoreResult<Self> {
        let (real, held) = look(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(&real, flags).map_err(|error| refine(&real, error))?;
        if connection.is_readonly("main")? {
            return Err(read_only(&real));
        }
        let migrated_from =
            prepare(&connection, &real, steps, version).map_err(|error| refine(&real, error))?;
        let joined = held.join_log(&real);
        let store = Self {
            log: joined.log().ok_or_else(|| log_gone(&real))?,
            reader: Reader {
                _log: Some(joined),
                connection,
                held,
            },
            is_log_lost: false,
            path: real,
            migrated_from,
        };
        store.check_place()?;
        match batch::sweep(&store, batch::SWEEP_AT_OPENING) {
            // Leftovers can wait; a full disk must not keep anyone from the project.
            Err(error) if !matches!(error.code, ErrorCode::DiskFull | ErrorCode::Busy) => return Err(error),
            _ => {}
        }
        Ok(store)
    }

    /// Opens a project for reading only; works in a folder that may not be written.
    ///
    /// # Errors
    /// As [`Store::open`]; [`ErrorCode::OlderVersion`] where the file would have to be brought up to date first.
    pub fn open_read_only(path: &Path) -> StoreResult<Reader> {
        let (real, held) = look(path)?;
        let (connection, has_log) = connect_read_only(&real)?;
        let found = schema::version(&connection)?;
        if found < schema::VERSION {
            return Err(StoreError::new(
                ErrorCode::OlderVersion,
                format!(
                    "{}: an older version of the program wrote this project",
                    real.display()
                ),
            ));
        }
        migrate::migrate(&connection, &real, STEPS, schema::VERSION)?;
        schema::verify(&connection)?;
        Ok(Reader {
            _log: has_log.then(|| held.join_log(&real)),
            connection,
            held,
        })
    }

    /// Where the file is, links resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The copy of the older file, where opening brought this one up to date.
    pub fn migrated_from(&self) -> Option<&Path> {
        self.migrated_from.as_deref()
    }

    /// The kind of network share on which the file lies, where the system says so. Two machines that write to one
    /// project over a share can damage it.
    pub fn network_share(&self) -> Option<String> {
        file::network_share(&self.path)
    }
}

/// Looks at a file before SQLite does. Answers its path with links resolved, and a hold on it.
fn look(path: &Path) -> StoreResult<(PathBuf, Held)> {
    file::inspect(path)?;
    let real = std::fs::canonicalize(path).map_err(|error| StoreError::io(path, error))?;
    let held = Held::of(&real).map_err(|error| StoreError::io(path, error))?;
    held.refuse_lost_log(&real)?;
    log::refuse_damaged(&real)?;
    Ok((real, held))
}

/// A file beside `path` that only we know of, with the access that new files have.
pub(super) fn draft_file(path: &Path) -> StoreResult<Draft> {
    #[cfg(unix)]
    let permissions = {
        use std::os::unix::fs::PermissionsExt;
        Some(std::fs::Permissions::from_mode(0o666))
    };
    #[cfg(not(unix))]
    let permissions = None;
    Draft::of(path, permissions).map_err(|error| StoreError::making(path, error))
}

/// Gives a finished draft its name, without ever replacing a file.
pub(super) fn persist(draft: Draft, path: &Path) -> StoreResult<()> {
    draft
        .as_file()
        .sync_all()
        .map_err(|error| StoreError::io(path, error))?;
    draft.put_new(path).map_err(|error| StoreError::io(path, error))?;
    file::sync_folder(path)
}

pub(super) fn connect(path: &Path, flags: OpenFlags) -> StoreResult<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// The connection, and whether it has a log.
fn connect_read_only(path: &Path) -> StoreResult<(Connection, bool)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let probe = |connection: Connection| schema::version(&connection).map(|_| connection);
    let ordinary = connect(path, flags).and_then(|connection| Ok(probe(connection)?));
    match ordinary {
        Err(error) if matches!(error.code, ErrorCode::NoAccess | ErrorCode::ReadOnly) => {
            // SQLite wants to make a file beside the project. Where it may not and nothing waits there, nobody
            // else writes either, and the file can be read as it lies.
            if std::fs::metadata(file::wal_path(path)).is_ok_and(|wal| wal.len() > 0) {
                return Err(read_only(path));
            }
            let immutable = connect(&immutable_uri(path), flags | OpenFlags::SQLITE_OPEN_URI);
            immutable.map(|connection| (connection, false))
        }
        other => other.map(|connection| (connection, true)),
    }
}

fn immutable_uri(path: &Path) -> PathBuf {
    let escaped = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    PathBuf::from(format!("file:{escaped}?immutable=1"))
}

/// Sets up a connection that will write, and checks what it is connected to.
fn prepare(
    connection: &Connection,
    path: &Path,
    steps: &[Step],
    version: i32,
) -> StoreResult<Option<PathBuf>> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", super::write::CHECKPOINT_PAGES)?;
    let migrated_from = migrate::migrate(connection, path, steps, version)?;
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::new(
            ErrorCode::ReadOnly,
            format!(
                "{}: the place where the project lies does not let it be written safely",
                path.display()
            ),
        ));
    }
    schema::verify(connection)?;
    Ok(migrated_from)
}

fn read_only(path: &Path) -> StoreError {
    StoreError::new(
        ErrorCode::ReadOnly,
        format!("{}: the project may only be read", path.display()),
    )
}

/// Says read-only where SQLite only says that it cannot open: a folder in which it can make no file.
fn refine(path: &Path, mut error: StoreError) -> StoreError {
    // It has been read before.
    if error.code == ErrorCode::NoAccess {
        let cause = error.cause.take();
        error = read_only(path);
        error.cause = cause;
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO_ONE: Step = Step {
        from: 0,
        run: |connection| connection.execute_batch("CREATE INDEX scope_number ON scope (number)"),
    };
    const FAILS: Step = Step {
        from: 0,
        run: |connection| {
            connection.execute_batch("CREATE INDEX scope_number ON scope (number); SELECT no_such_function()")
        },
    };

    /// A file as an imagined version 0 wrote it: without one of the indices.
    fn old_file(folder: &Path) -> PathBuf {
        let path = folder.join("old.hashiya");
        let at = Timestamp::new("2026-01-31T12:00:00Z").unwrap();
        drop(Store::create(&path, &Codebook::default(), "p1", &at).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch("DROP INDEX scope_number; PRAGMA user_version = 0")
            .unwrap();
        path
    }

    fn version_of(path: &Path) -> i32 {
        schema::version(&Connection::open(path).unwrap()).unwrap()
    }

    #[test]
    fn an_older_file_is_brought_up_to_date_after_a_copy_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = old_file(folder.path());
        assert_eq!(
            Store::open_read_only(&path).err().unwrap().code,
            ErrorCode::OlderVersion
        );
        let store = Store::open_with(&path, &[TO_ONE], 1).unwrap();
        assert_eq!(store.project_id().unwrap(), "p1");
        let copy = store.migrated_from().unwrap().to_path_buf();
        assert!(copy.ends_with("old.hashiya.v0-backup"));
        assert_eq!((version_of(&copy), version_of(&path)), (0, 1));
        drop(store);
        let again = Store::open_with(&path, &[TO_ONE], 1).unwrap();
        assert_eq!(again.migrated_from(), None);
    }

    #[test]
    fn an_older_file_that_many_open_at_once_opens_for_all_and_is_copied_once() {
        for _ in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            let path = old_file(folder.path());
            let start = std::sync::Barrier::new(4);
            let opened: Vec<bool> = std::thread::scope(|scope| {
                let open = || {
                    start.wait();
                    let store = Store::open_with(&path, &[TO_ONE], 1).unwrap();
                    store.migrated_from().is_some()
                };
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
                threads.into_iter().map(|one| one.join().unwrap()).collect()
            });
            assert_eq!(opened.iter().filter(|brought| **brought).count(), 1);
            let names = std::fs::read_dir(folder.path()).unwrap();
            let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let copies: Vec<String> = names.filter(|name| name.contains("backup")).collect();
            assert_eq!(copies.len(), 1, "{copies:?}");
            assert_eq!(version_of(&folder.path().join(&copies[0])), 0);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = old_file(folder.path());
        assert!(Store::open_with(&path, &[FAILS], 1).is_err());
        assert_eq!(version_of(&path), 0);
        // The next try keeps the first copy and makes another.
        let store = Store::open_with(&path, &[TO_ONE], 1).unwrap();
        assert!(
            store
                .migrated_from()
                .unwrap()
                .ends_with("old.hashiya.v0-backup-2")
        );
    }

    #[test]
    fn a_version_that_nobody_wrote_and_a_newer_one_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = old_file(folder.path());
        let code = |steps: &[Step], to| Store::open_with(&path, steps, to).err().unwrap().code;
        assert_eq!(code(&[], 1), ErrorCode::NotAProject);
        assert_eq!(code(&[], -1), ErrorCode::NewerVersion);
        assert_eq!(version_of(&path), 0);
    }
}
