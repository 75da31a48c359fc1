//! Which imports are to be seen: shown by one commit, hidden by undo unless someone has worked on them.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use crate::model::{BatchId, TransactionId};

use super::super::article::{Position, shown};
use super::super::error::{ErrorCode, StoreError, StoreResult};
use super::super::journal::{JournalEntry, entry_of};
use super::super::read::Reader;
use super::Digest;

impl Reader {
    /// The newest transaction in force, but the import itself, that changed an article of a batch: while there is
    /// one, undoing the import is refused.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn later_touch(&self, batch: &BatchId, import: TransactionId) -> StoreResult<Option<JournalEntry>> {
        later_touch(&self.connection, batch, Some(import))?
            .map_or(Ok(None), |id| entry_of(&self.connection, id))
    }
}

/// Writes down what the batch holds, for `check`.
pub(super) fn settle(
    connection: &Connection,
    number: i64,
    articles: i64,
    layers: i64,
    digest: Digest,
) -> StoreResult<()> {
    let settled = connection
        .prepare_cached(
            "UPDATE batch SET articles = ?2, layers = ?3, digest = ?4 WHERE number = ?1 AND state = 'loading'",
        )?
        .execute((number, articles, layers, digest.bytes().as_slice()))?;
    if settled == 1 {
        return Ok(());
    }
    Err(StoreError::new(
        ErrorCode::Conflict,
        "the import was taken away by another process",
    ))
}

pub(super) fn seen_batches(connection: &Connection) -> StoreResult<BTreeSet<i64>> {
    let mut statement = connection.prepare_cached("SELECT number FROM batch WHERE state = 'shown'")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}

pub(super) fn number_of(connection: &Connection, id: &BatchId) -> StoreResult<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT number FROM batch WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?)
}

pub(super) fn state_of(connection: &Connection, number: i64) -> StoreResult<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT state FROM batch WHERE number = ?1")?
        .query_row([number], |row| row.get(0))
        .optional()?)
}

/// An id names one article among those to be seen.
pub(super) fn refuse_shared_ids(connection: &Connection, number: i64) -> StoreResult<()> {
    let (first, behind) = Position::bounds(number);
    let shared: Option<String> = connection
        .prepare_cached(concat!(
            "SELECT mine.id FROM article mine CROSS JOIN article other ON other.id = mine.id \
             WHERE mine.position >= ?1 AND mine.position < ?2 AND (other.position >> 32) <> ?3 AND ",
            shown!("other.position"),
            " LIMIT 1"
        ))?
        .query_row((first.get(), behind.get(), number), |row| row.get(0))
        .optional()?;
    shared.map_or(Ok(()), |id| {
        Err(StoreError::conflict(
            format!("article {id}"),
            format!("another import has meanwhile brought an article {id}"),
        ))
    })
}

/// Shows a batch that is being loaded or was hidden.
pub(in crate::store) fn show(connection: &Connection, id: &BatchId) -> StoreResult<()> {
    let number = number_of(connection, id)?.ok_or_else(|| batch_conflict(id, "is not there"))?;
    if state_of(connection, number)?.as_deref() == Some("hidden") {
        refuse_shared_ids(connection, number)?;
    }
    let shown = connection
        .prepare_cached("UPDATE batch SET state = 'shown' WHERE number = ?1 AND state <> 'shown'")?
        .execute([number])?;
    if shown == 1 {
        Ok(())
    } else {
        Err(batch_conflict(id, "is shown already"))
    }
}

/// Hides a batch that nobody has worked on since; `import` is the transaction that is being undone with it.
pub(in crate::store) fn hide(
    connection: &Connection,
    id: &BatchId,
    import: Option<TransactionId>,
) -> StoreResult<()> {
    let number = number_of(connection, id)?.ok_or_else(|| batch_conflict(id, "is not there"))?;
    if let Some(transaction) = later_touch(connection, id, import)? {
        return Err(batch_conflict(
            id,
            &format!("has been worked on since, in transaction {transaction}"),
        ));
    }
    let hidden = connection
        .prepare_cached("UPDATE batch SET state = 'hidden' WHERE number = ?1 AND state = 'shown'")?
        .execute([number])?;
    if hidden == 1 {
        Ok(())
    } else {
        Err(batch_conflict(id, "is not shown"))
    }
}

fn batch_conflict(id: &BatchId, what: &str) -> StoreError {
    let item = format!("import {id}");
    StoreError::conflict(item.clone(), format!("{item} {what}"))
}

/// The newest transaction in force, but the import itself, that changed an article of the batch.
fn later_touch(
    connection: &Connection,
    id: &BatchId,
    import: Option<TransactionId>,
) -> StoreResult<Option<TransactionId>> {
    let Some(number) = number_of(connection, id)? else {
        return Ok(None);
    };
    let (first, behind) = Position::bounds(number);
    let found: Option<i64> = connection
        .prepare_cached(
            "SELECT max(e.number) FROM edit e JOIN journal j ON j.number = e.number \
             WHERE e.article >= ?1 AND e.article < ?2 AND j.action = 'do' AND j.undone_by IS NULL \
             AND e.number IS NOT ?3",
        )?
        .query_row(
            (first.get(), behind.get(), import.map(TransactionId::get)),
            |row| row.get(0),
        )?;
    Ok(found.map(TransactionId::new))
}
