//! Brings a file of an older version up to date, after a backup copy of it.
//!
//! A version's change is one step; the steps run in one transaction, so a file is at one version or the other.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::backup::copy_to;
use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::beside;
use super::schema;

/// What makes a file of version `from` one of the next version.
pub(super) struct Step {
    /// The version that the step starts from.
    pub from: i32,
    /// The change.
    pub run: fn(&Connection) -> rusqlite::Result<()>,
}

/// Names that are tried for a copy while others take them.
const NAMES_TRIED: u32 = 50;

/// The steps from the first version to [`schema::VERSION`], in order.
pub(super) const STEPS: &[Step] = &[Step {
    from: 1,
    run: to_version_2,
}];

/// Brings the file to version `to`, and says where the copy of the older one is where there was something to do.
pub(super) fn migrate(
    connection: &Connection,
    path: &Path,
    steps: &[Step],
    to: i32,
) -> StoreResult<Option<PathBuf>> {
    let found = schema::version(connection)?;
    if found > to {
        return Err(StoreError::new(
            ErrorCode::NewerVersion,
            format!(
                "{}: a newer version of the program wrote this project (file version {found}, this program knows {to})",
                path.display()
            ),
        ));
    }
    if found == to {
        return Ok(None);
    }
    let backup = copy_of(connection, path, found)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    if schema::version(connection)? == to {
        // Another process did it between our look and our lock, with a copy of its own.
        connection.execute_batch("ROLLBACK")?;
        std::fs::remove_file(&backup).map_err(|error| StoreError::io(&backup, error))?;
        return Ok(None);
    }
    let done = run_steps(connection, path, steps, to);
    let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = connection.execute_batch(end);
    done?;
    ended?;
    Ok(Some(backup))
}

fn run_steps(connection: &Connection, path: &Path, steps: &[Step], to: i32) -> StoreResult<()> {
    let mut version = schema::version(connection)?;
    while version < to {
        let Some(step) = steps.iter().find(|step| step.from == version) else {
            return Err(StoreError::new(
                ErrorCode::NotAProject,
                format!(
                    "{}: no version of the program wrote file version {version}",
                    path.display()
                ),
            ));
        };
        (step.run)(connection)?;
        version += 1;
    }
    Ok(connection.pragma_update(None, "user_version", to)?)
}

/// Version 2: flags of articles, an index for going through all events, the state of a note in a column by which open
/// ones are found, and rows that version 1 does not know (retired entries, dismissed problems). A note that is damaged
/// is the check's to report, and does not keep the file shut.
fn to_version_2(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "ALTER TABLE layer ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0; \
         CREATE INDEX item_kind ON item (kind, article); \
         UPDATE item SET type = json_extract(body, '$.state') WHERE kind = 'note' AND json_valid(body)",
    )
}

/// A copy of the older file under a name that nobody has, and the name.
fn copy_of(connection: &Connection, path: &Path, version: i32) -> StoreResult<PathBuf> {
    let mut tries = 0;
    loop {
        tries += 1;
        let name = free_name(path, version);
        match copy_to(connection, &name, &mut |_, _| ControlFlow::Continue(())) {
            // Another process that opens the project at this moment was faster to take the name.
            Err(error) if error.code == ErrorCode::Exists && tries < NAMES_TRIED => {}
            Err(error) => return Err(error),
            Ok(copied) => {
                debug_assert!(copied.is_continue(), "nobody can break off this copy");
                return Ok(name);
            }
        }
    }
}

/// `NAME.hashiya.v1-backup`, with a number behind it where that is taken.
fn free_name(path: &Path, version: i32) -> PathBuf {
    let mut name = beside(path, &format!(".v{version}-backup"));
    let mut number = 2;
    while name.exists() {
        name = beside(path, &format!(".v{version}-backup-{number}"));
        number += 1;
    }
    name
}
