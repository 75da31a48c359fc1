//! The codebook in rows, and edits of it.
//!
//! Positions of one kind are always 0, 1, 2…: adding moves later entries on, removing moves them back.

use rusqlite::Connection;

use crate::model::{Change, Codebook, CodebookEntry, CodebookItem, CodebookKey, Sha256};

use super::error::{StoreError, StoreResult};
use super::layer::{digest_of, invalid, text};
use super::read::Reader;
use super::rows::Row;
use super::rows_codebook::read_key;

impl Reader {
    /// The codebook.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn codebook(&self) -> StoreResult<Codebook> {
        read(&self.connection)
    }
}

pub(super) fn read(connection: &Connection) -> StoreResult<Codebook> {
    let mut statement =
        connection.prepare_cached("SELECT kind, id, body, position FROM codebook ORDER BY kind, position")?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, id, body) = (text(row, 0)?, text(row, 1)?, text(row, 2)?);
        let item = read_key(kind, id).and_then(|key| CodebookItem::from_row(&key, body));
        let item =
            item.map_err(|error| StoreError::unreadable(&format!("{kind} {id} of the codebook"), error))?;
        let position = usize::try_from(row.get::<_, i64>(3)?).unwrap_or(usize::MAX);
        entries.push(CodebookEntry { position, item });
    }
    Ok(Codebook::from_entries(entries))
}

/// Writes a whole codebook into a project that has none.
pub(super) fn insert(connection: &Connection, codebook: &Codebook) -> StoreResult<()> {
    for entry in codebook.entries() {
        write_entry(connection, &entry)?;
    }
    Ok(())
}

/// What `check` holds the first codebook against.
pub(super) fn digest(codebook: &Codebook) -> StoreResult<Sha256> {
    let mut parts = Vec::new();
    for entry in codebook.entries() {
        let key = entry.item.key();
        parts.extend([
            key.kind().to_owned(),
            key.id().to_owned(),
            entry.to_row().map_err(invalid)?,
        ]);
    }
    Ok(digest_of("codebook", parts.iter().map(String::as_str)))
}

/// Makes one change of the codebook.
pub(super) fn apply(
    connection: &Connection,
    key: &CodebookKey,
    change: &Change<CodebookEntry>,
) -> StoreResult<()> {
    let changed = changed(&read(connection)?, key, change).ok_or_else(|| {
        let item = format!("{key} of the codebook");
        StoreError::conflict(item.clone(), format!("{item} has been changed since"))
    })?;
    connection
        .prepare_cached("DELETE FROM codebook WHERE kind = ?1")?
        .execute([key.kind()])?;
    for entry in changed.entries() {
        if entry.item.key().kind() == key.kind() {
            write_entry(connection, &entry)?;
        }
    }
    Ok(())
}

/// The codebook with one change, or nothing where an entry is not what the change says it was.
pub(super) fn changed(
    codebook: &Codebook,
    key: &CodebookKey,
    change: &Change<CodebookEntry>,
) -> Option<Codebook> {
    let is_kind = |entry: &CodebookEntry| entry.item.key().kind() == key.kind();
    let (mut list, mut rest): (Vec<_>, Vec<_>) = codebook.entries().partition(is_kind);
    let current = list.iter().position(|entry| entry.item.key() == *key);
    if current.and_then(|place| list.get(place)) != change.before.as_ref() {
        return None;
    }
    if let Some(place) = current {
        list.remove(place);
    }
    if let Some(after) = &change.after {
        if after.item.key() != *key || after.position > list.len() {
            return None;
        }
        list.insert(after.position, after.clone());
    }
    for (position, entry) in list.iter_mut().enumerate() {
        entry.position = position;
    }
    rest.extend(list);
    Some(Codebook::from_entries(rest))
}

fn write_entry(connection: &Connection, entry: &CodebookEntry) -> StoreResult<()> {
    let key = entry.item.key();
    connection
        .prepare_cached("INSERT INTO codebook (kind, id, position, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute((
            key.kind(),
            key.id(),
            i64::try_from(entry.position).unwrap_or(i64::MAX),
            entry.item.to_row().map_err(invalid)?,
        ))?;
    Ok(())
}
