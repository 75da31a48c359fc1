//! The tables of a project file and what says that a file is one.

use rusqlite::{Connection, OptionalExtension};

use super::error::{ErrorCode, StoreError, StoreResult};

/// `HSHY`: marks the file as a project.
pub(super) const APPLICATION_ID: i32 = 0x4853_4859;
/// The version that this program writes.
pub(super) const VERSION: i32 = 2;

const TABLES: &str = include_str!("schema.sql");

/// Makes the tables in an empty database.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)
}

/// The version that wrote the file.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Refuses a file whose tables are not those of [`VERSION`]. Looks at no row of them, so it takes the same time
/// whatever the size.
pub(super) fn verify(connection: &Connection) -> StoreResult<()> {
    let expected = Connection::open_in_memory()?;
    expected.execute_batch(TABLES)?;
    let (expected, found) = (shape(&expected)?, shape(connection)?);
    match expected.iter().find(|part| !found.contains(part)) {
        None => Ok(()),
        Some(missing) => Err(StoreError::new(
            ErrorCode::Damaged,
            format!("the project file lacks {missing}"),
        )),
    }
}

/// Each table's columns and each index, in words.
fn shape(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let columns = "SELECT 'column ' || p.name || ' of ' || m.name || ' as ' || p.type \
                   FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' \
                   UNION ALL SELECT 'index ' || name FROM sqlite_schema WHERE type = 'index'";
    connection
        .prepare(columns)?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// A fact about the project as a whole.
pub(super) fn fact(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM project WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// Writes a fact about the project as a whole.
pub(super) fn set_fact(connection: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO project (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        )?
        .execute([key, value])
        .map(|_| ())
}
