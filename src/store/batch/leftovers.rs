//! Leases of imports under way, and taking away what killed ones left behind.
//!
//! A lease is a lock of the operating system on a small file; no clock is asked who is alive.

use std::fs::TryLockError;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::super::article::Position;
use super::super::error::{StoreError, StoreResult};
use super::super::file::{beside, folder_of, open_to_lock};
use super::super::open::Store;
use super::super::write::lock;
use super::visibility::state_of;

/// Articles of leftovers that opening takes away; the rest goes at later openings and imports.
pub(in crate::store) const SWEEP_AT_OPENING: usize = 500;
/// Articles that one transaction of a sweep takes away.
pub(super) const SWEEP_CHUNK: usize = 500;

/// The file beside the project that is locked as long as an import runs.
pub(super) fn lease_path(project: &Path, number: i64) -> PathBuf {
    beside(project, &format!("-import-{number}"))
}

/// Takes away leftovers of killed imports, `most` articles at a time. True where more is left.
pub(in crate::store) fn sweep(store: &Store, most: usize) -> StoreResult<bool> {
    let loading: Vec<i64> = {
        let connection = &store.reader.connection;
        let mut statement = connection.prepare_cached("SELECT number FROM batch WHERE state = 'loading'")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for number in loading {
        let path = lease_path(&store.path, number);
        // Opened for as long as we sweep: another process that sweeps too then leaves it to us.
        let lease = match open_to_lock(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(StoreError::io(&path, error)),
            Ok(file) => match file.try_lock() {
                // Where nothing can be locked nobody knows whose it is.
                Err(TryLockError::WouldBlock | TryLockError::Error(_)) => continue,
                Ok(()) => Some(file),
            },
        };
        if delete_some(store, number, most)? {
            return Ok(true);
        }
        drop(lease);
        remove_lease(&path)?;
    }
    Ok(false)
}

/// Takes away the leases of imports that are not under way, which processes leave that are killed just before or just
/// after them. The caller holds the project's lock, under which alone leases are made.
pub(in crate::store) fn sweep_leases(lock: &Connection, project: &Path) -> StoreResult<()> {
    let start = lease_start(project);
    let Ok(entries) = std::fs::read_dir(folder_of(project)) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_prefix(&start)?.parse().ok());
        let Some(number) = number else { continue };
        // What holds something is no lease, whatever its name.
        let is_lease = entry
            .metadata()
            .is_ok_and(|file| file.is_file() && file.len() == 0);
        if is_lease && state_of(lock, number)?.as_deref() != Some("loading") {
            // One that cannot be removed stays for another time.
            remove_lease(&entry.path()).unwrap_or_default();
        }
    }
    Ok(())
}

/// How the names of a project's leases begin.
fn lease_start(project: &Path) -> String {
    let path = beside(project, "-import-");
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub(in crate::store) fn remove_lease(path: &Path) -> StoreResult<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path, error)),
        _ => Ok(()),
    }
}

/// Takes away some articles of a batch that is not shown, the last first, and the batch with the last of them. True
/// where more is left.
pub(super) fn delete_some(store: &Store, number: i64, most: usize) -> StoreResult<bool> {
    store.check_place()?;
    let lock = lock(&store.reader.connection)?;
    if state_of(&lock, number)?.as_deref() != Some("loading") {
        return Ok(false);
    }
    let (first, behind) = Position::bounds(number);
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let from: Option<i64> = lock.query_row(
        "SELECT min(position) FROM (SELECT position FROM article WHERE position >= ?1 AND position < ?2 \
         ORDER BY position DESC LIMIT ?3)",
        (first.get(), behind.get(), limit),
        |row| row.get(0),
    )?;
    let from = from.unwrap_or(first.get());
    for (table, column) in [
        ("span", "article"),
        ("item", "article"),
        ("layer", "article"),
        ("body", "position"),
        ("article", "position"),
    ] {
        let sql = format!("DELETE FROM {table} WHERE {column} >= ?1 AND {column} < ?2");
        lock.prepare_cached(&sql)?.execute((from, behind.get()))?;
    }
    let is_empty = from == first.get();
    if is_empty {
        lock.prepare_cached("DELETE FROM batch WHERE number = ?1")?
            .execute([number])?;
    }
    lock.commit()?;
    Ok(!is_empty)
}
