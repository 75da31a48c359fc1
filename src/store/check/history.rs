//! The journal held against itself and against the codebook: its chain of digests, what undid what, and that edits
//! of the project, taken back one by one, lead to the codebook it began with.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::model::{
    Action, Annotator, BatchId, Change, Codebook, CodebookEntry, CodebookKey, Edit, TransactionId, invert,
};

use super::super::codebook;
use super::super::error::{StoreError, StoreResult};
use super::super::journal::{JournalRow, edits_of, entry_of, scope_rows};
use super::super::layer::text;
use super::super::rows_edit::{EditPlace, read_edit};
use super::super::schema;
use super::{Finding, unreadable};

/// Each row of the journal follows the one before, with the edits that it counts.
pub(super) fn check_chain(connection: &Connection, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let mut statement = connection.prepare(
        "SELECT number, action, target, author, at, summary, selection_before, selection_after, edits, digest \
         FROM journal ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    let (mut expected, mut previous) = (1, Vec::new());
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let place = format!("transaction {number}");
        if number != expected {
            findings.push(Finding::error(
                "journal_gap",
                format!("transaction {expected}"),
                "the journal lacks transactions",
            ));
        }
        if edit_count(connection, number)? != row.get::<_, i64>(8)? {
            findings.push(Finding::error(
                "journal_gap",
                &place,
                "the journal lacks edits of it",
            ));
        }
        let journal_row = JournalRow {
            number,
            action: row.get(1)?,
            target: row.get(2)?,
            author: row.get(3)?,
            at: row.get(4)?,
            summary: row.get(5)?,
            selection_before: row.get(6)?,
            selection_after: row.get(7)?,
            scopes: scope_rows(connection, number)?,
        };
        let digest: Vec<u8> = row.get(9)?;
        if number == expected && journal_row.digest_of_rows(connection, &previous)?.0.as_slice() != digest {
            findings.push(Finding::error(
                "journal_changed",
                &place,
                "the journal was changed after it was written",
            ));
        }
        expected = number.saturating_add(1);
        previous = digest;
    }
    Ok(())
}

fn edit_count(connection: &Connection, number: i64) -> StoreResult<i64> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM edit WHERE number = ?1")?
        .query_row([number], |row| row.get(0))?)
}

/// An undo holds the inverse of what it undid, a redo the same, and the rows say which work is undone.
pub(super) fn check_undone(connection: &Connection, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let mut undone: BTreeMap<TransactionId, TransactionId> = BTreeMap::new();
    let mut said: BTreeMap<TransactionId, TransactionId> = BTreeMap::new();
    let mut statement = connection.prepare(
        "SELECT number, undone_by FROM journal WHERE action <> 'do' OR undone_by IS NOT NULL ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = TransactionId::new(row.get(0)?);
        if let Some(by) = row.get::<_, Option<i64>>(1)? {
            said.insert(id, TransactionId::new(by));
        }
        let entry = match entry_of(connection, id) {
            Ok(Some(entry)) => entry,
            Ok(None) => continue,
            Err(error) => {
                findings.push(unreadable(&format!("transaction {id}"), &error));
                continue;
            }
        };
        let (target, expected) = match entry.action {
            Action::Do => continue,
            Action::Undo(target) => {
                undone.insert(target, id);
                (target, invert(edits_of(connection, target)?))
            }
            Action::Redo(target) => {
                undone.remove(&target);
                (target, edits_of(connection, target)?)
            }
        };
        if edits_of(connection, id)? != expected {
            findings.push(Finding::error(
                "journal_mismatch",
                format!("transaction {id}"),
                format!("it is not the counterpart of transaction {target}"),
            ));
        }
    }
    if undone != said {
        findings.push(Finding::error(
            "journal_mismatch",
            "the journal",
            "which work is undone is not what the journal leads to",
        ));
    }
    Ok(())
}

/// The project's own edits, taken back one by one, lead to no batch and to the first codebook.
pub(super) fn check_project_edits(connection: &Connection, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let mut state = Some(codebook::read(connection)?);
    let mut shown = shown_batches(connection)?;
    let mut names = annotator_names(connection)?;
    let mut statement = connection
        .prepare("SELECT number, body FROM edit WHERE article IS NULL ORDER BY number DESC, place DESC")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = format!("transaction {}", row.get::<_, i64>(0)?);
        let edit = match read_edit(EditPlace::default(), text(row, 1)?) {
            Ok(edit) => edit.inverse(),
            Err(error) => {
                findings.push(Finding::error("unreadable", &place, error.to_string()));
                continue;
            }
        };
        let fits = match &edit {
            Edit::Codebook(key, change) => take_back(&mut state, key, change),
            Edit::Batch(batch, change) if change.after.is_some() => shown.insert(batch.clone()),
            Edit::Batch(batch, _) => shown.remove(batch),
            Edit::Annotator(change) => rename_back(&mut names, change),
            Edit::Layer(..) | Edit::Header(..) => false,
        };
        if !fits {
            findings.push(Finding::error(
                "journal_mismatch",
                &place,
                "the codebook, the imports, or the annotators are not what this transaction left",
            ));
        }
    }
    if !shown.is_empty() {
        findings.push(Finding::error(
            "journal_mismatch",
            "the imports",
            "the journal does not know all of them",
        ));
    }
    let first = schema::fact(connection, "codebook")?.unwrap_or_default();
    if let Some(state) = state
        && codebook::digest(&state)?.hex() != first
    {
        findings.push(Finding::error(
            "journal_mismatch",
            "the codebook",
            "taken back to its beginning it is not what the project began with",
        ));
    }
    Ok(())
}

/// Takes one change of the codebook back; gives up on the codebook at the first that does not fit.
fn take_back(state: &mut Option<Codebook>, key: &CodebookKey, change: &Change<CodebookEntry>) -> bool {
    let Some(codebook) = state.take() else {
        return true;
    };
    *state = codebook::changed(&codebook, key, change);
    state.is_some()
}

fn shown_batches(connection: &Connection) -> StoreResult<BTreeSet<BatchId>> {
    let mut statement = connection.prepare("SELECT id FROM batch WHERE state = 'shown'")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut batches = BTreeSet::new();
    for id in rows {
        let id = BatchId::new(id?);
        batches.insert(id.map_err(|error| StoreError::unreadable("an import's id", error))?);
    }
    Ok(batches)
}

fn annotator_names(connection: &Connection) -> StoreResult<BTreeMap<String, i64>> {
    let mut statement = connection.prepare("SELECT name, number FROM annotator")?;
    let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Gives an annotator the earlier name again; false where nobody has the later one. Who has the earlier one by then is
/// somebody who came later and was free to take it.
fn rename_back(names: &mut BTreeMap<String, i64>, back: &Change<Annotator>) -> bool {
    let (Some(now), Some(then)) = (&back.before, &back.after) else {
        return false;
    };
    let Some(number) = names.remove(now.as_str()) else {
        return false;
    };
    let other = names.insert(then.to_string(), number);
    other.is_none_or(|other| other > number)
}
