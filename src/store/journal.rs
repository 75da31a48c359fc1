//! The journal: what was done, by whom, whose undo takes it back, and the edits to do so.
//!
//! A transaction that was undone says by which; nothing is ever taken out of the journal. Each row keeps a digest
//! of itself and the row before, so that a change of history shows.

use rusqlite::{Connection, OptionalExtension};

use crate::model::{
    Action, Annotator, Edit, Scope, Selection, Sha256, Timestamp, Transaction, TransactionId,
};

use super::article::{Position, article_at, position_for_change};
use super::error::{StoreError, StoreResult};
use super::layer::{
    AnnotatorNumber, DigestParts, LayerKey, annotator_at, annotator_number, ensure_annotator, invalid,
    layer_of, text,
};
use super::read::Reader;
use super::rows::RowError;
use super::rows_edit::{EditPlace, edit_row, read_edit, read_selection, selection_row};

/// A transaction as a log shows it: all but its edits and selections, which [`Reader::transaction`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalEntry {
    /// Its number.
    pub id: TransactionId,
    /// New work, undo, or redo.
    pub action: Action,
    /// Who did it.
    pub author: Annotator,
    /// When.
    pub at: Timestamp,
    /// In words.
    pub summary: String,
    /// Whose undo takes it back.
    pub scopes: Vec<Scope>,
    /// How many edits it has.
    pub edits: u64,
    /// The transaction that took it back; none where it is in force.
    pub undone_by: Option<TransactionId>,
}

/// A scope as numbers; no article and no annotator has the number 0.
pub(super) type ScopeColumns = (i64, i64);
const PROJECT: ScopeColumns = (0, 0);

const ENTRY: &str = "SELECT number, action, target, author, at, summary, edits, undone_by FROM journal ";

impl Reader {
    /// The journal from behind a transaction on, oldest first.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn journal(&self, after: Option<TransactionId>, limit: u64) -> StoreResult<Vec<JournalEntry>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{ENTRY} WHERE number > ?1 ORDER BY number LIMIT ?2"))?;
        let after = after.map_or(0, TransactionId::get);
        let mut rows = statement.query((after, i64::try_from(limit).unwrap_or(i64::MAX)))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(read_entry(&self.connection, row)?);
        }
        Ok(entries)
    }

    /// One transaction as a log shows it.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn journal_entry(&self, id: TransactionId) -> StoreResult<Option<JournalEntry>> {
        entry_of(&self.connection, id)
    }

    /// One transaction with its edits and selections.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn transaction(&self, id: TransactionId) -> StoreResult<Option<Transaction>> {
        let Some(entry) = entry_of(&self.connection, id)? else {
            return Ok(None);
        };
        let (before, after) = selections(&self.connection, id)?;
        Ok(Some(Transaction {
            action: entry.action,
            author: entry.author,
            at: entry.at,
            summary: entry.summary,
            scopes: entry.scopes,
            edits: edits_of(&self.connection, id)?,
            selection_before: before,
            selection_after: after,
        }))
    }

    /// What undo takes back next in a scope: its newest work that is in force. On a layer that is the author's own: a
    /// verdict is the reviewer's to take back, and what its annotator did is hers.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn undo_candidate(&self, scope: &Scope, author: &Annotator) -> StoreResult<Option<JournalEntry>> {
        let author = author_column(&self.connection, scope, author)?;
        let Some(((article, annotator), author)) = scope_columns(&self.connection, scope)?.zip(author) else {
            return Ok(None);
        };
        let number: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT s.number FROM scope s CROSS JOIN journal j ON j.number = s.number \
                 WHERE s.article = ?1 AND s.annotator = ?2 AND (?3 = 0 OR j.author = ?3) AND j.action = 'do' \
                 AND j.undone_by IS NULL ORDER BY s.number DESC LIMIT 1",
            )?
            .query_row((article, annotator, author), |row| row.get(0))
            .optional()?;
        self.entry_at(number)
    }

    /// What redo does again next in a scope: the author's own work undone last, as long as no new work of hers came
    /// after.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn redo_candidate(&self, scope: &Scope, author: &Annotator) -> StoreResult<Option<JournalEntry>> {
        let author = author_column(&self.connection, scope, author)?;
        let Some(((article, annotator), author)) = scope_columns(&self.connection, scope)?.zip(author) else {
            return Ok(None);
        };
        let undone: Option<(i64, i64)> = self
            .connection
            .prepare_cached(
                "SELECT s.number, j.undone_by FROM scope s CROSS JOIN journal j ON j.number = s.number \
                 WHERE s.article = ?1 AND s.annotator = ?2 AND (?3 = 0 OR j.author = ?3) AND j.action = 'do' \
                 AND j.undone_by IS NOT NULL ORDER BY j.undone_by DESC LIMIT 1",
            )?
            .query_row((article, annotator, author), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((number, undone_by)) = undone else {
            return Ok(None);
        };
        let newer: bool = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM scope s CROSS JOIN journal j ON j.number = s.number \
                 WHERE s.article = ?1 AND s.annotator = ?2 AND s.number > ?3 AND (?4 = 0 OR j.author = ?4) \
                 AND j.action = 'do')",
            )?
            .query_row((article, annotator, undone_by, author), |row| row.get(0))?;
        self.entry_at((!newer).then_some(number))
    }

    /// What an annotator is called now who had this name behind a transaction, whoever gave another one since.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn name_since(&self, annotator: &Annotator, behind: TransactionId) -> StoreResult<Annotator> {
        let mut statement = self.connection.prepare_cached(
            "SELECT place, article, annotator, body, number FROM edit WHERE number > ?1 AND article IS NULL \
             AND body LIKE '{\"annotator\":%' ORDER BY number, place",
        )?;
        let mut rows = statement.query([behind.get()])?;
        let mut name = annotator.clone();
        while let Some(row) = rows.next()? {
            let id = TransactionId::new(row.get(4)?);
            if let Edit::Annotator(change) = read_edit_row(&self.connection, id, row)?
                && change.before.as_ref() == Some(&name)
            {
                name = change.after.unwrap_or(name);
            }
        }
        Ok(name)
    }

    fn entry_at(&self, number: Option<i64>) -> StoreResult<Option<JournalEntry>> {
        number.map_or(Ok(None), |number| {
            entry_of(&self.connection, TransactionId::new(number))
        })
    }
}

/// The number of whose work counts in a scope: on a layer the author's, none where she never did anything; in the
/// project everybody's, which is 0.
fn author_column(connection: &Connection, scope: &Scope, author: &Annotator) -> StoreResult<Option<i64>> {
    match scope {
        Scope::Project => Ok(Some(0)),
        Scope::Layer(..) => Ok(annotator_number(connection, author)?.map(|number| number.0)),
    }
}

/// A scope's numbers; none where nothing was ever done in it.
fn scope_columns(connection: &Connection, scope: &Scope) -> StoreResult<Option<ScopeColumns>> {
    match scope {
        Scope::Project => Ok(Some(PROJECT)),
        Scope::Layer(article, annotator) => {
            Ok(layer_of(connection, article, annotator)?.map(LayerKey::columns))
        }
    }
}

pub(super) fn entry_of(connection: &Connection, id: TransactionId) -> StoreResult<Option<JournalEntry>> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE number = ?1"))?;
    let mut rows = statement.query([id.get()])?;
    match rows.next()? {
        None => Ok(None),
        Some(row) => read_entry(connection, row).map(Some),
    }
}

fn read_entry(connection: &Connection, row: &rusqlite::Row<'_>) -> StoreResult<JournalEntry> {
    let number: i64 = row.get(0)?;
    let unreadable = |reason: &str| StoreError::unreadable(&format!("transaction {number}"), reason);
    let target = row.get::<_, Option<i64>>(2)?.map(TransactionId::new);
    let action = match (text(row, 1)?, target) {
        ("do", None) => Action::Do,
        ("undo", Some(target)) => Action::Undo(target),
        ("redo", Some(target)) => Action::Redo(target),
        _ => return Err(unreadable("it does not say what it did")),
    };
    Ok(JournalEntry {
        id: TransactionId::new(number),
        action,
        author: annotator_at(connection, AnnotatorNumber(row.get(3)?))?,
        at: Timestamp::new(text(row, 4)?).ok_or_else(|| unreadable("it does not say when"))?,
        summary: row.get(5)?,
        scopes: scopes_of(connection, number)?,
        edits: row.get::<_, i64>(6)?.unsigned_abs(),
        undone_by: row.get::<_, Option<i64>>(7)?.map(TransactionId::new),
    })
}

fn scopes_of(connection: &Connection, number: i64) -> StoreResult<Vec<Scope>> {
    let mut scopes = Vec::new();
    for columns in scope_rows(connection, number)? {
        scopes.push(if columns == PROJECT {
            Scope::Project
        } else {
            Scope::Layer(
                article_at(connection, Position::new(columns.0))?,
                annotator_at(connection, AnnotatorNumber(columns.1))?,
            )
        });
    }
    Ok(scopes)
}

/// The scopes of a transaction as they lie in their rows.
pub(super) fn scope_rows(connection: &Connection, number: i64) -> StoreResult<Vec<ScopeColumns>> {
    let mut statement = connection.prepare_cached(
        "SELECT article, annotator FROM scope WHERE number = ?1 ORDER BY article, annotator",
    )?;
    let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn selections(
    connection: &Connection,
    id: TransactionId,
) -> StoreResult<(Option<Selection>, Option<Selection>)> {
    let (before, after): (Option<String>, Option<String>) = connection
        .prepare_cached("SELECT selection_before, selection_after FROM journal WHERE number = ?1")?
        .query_row([id.get()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let read = |row: Option<String>| {
        row.map(|row| {
            read_selection(&row).map_err(|error| StoreError::unreadable(&format!("transaction {id}"), error))
        })
        .transpose()
    };
    Ok((read(before)?, read(after)?))
}

/// The edits of a transaction in order.
pub(super) fn edits_of(connection: &Connection, id: TransactionId) -> StoreResult<Vec<Edit>> {
    let mut edits = Vec::new();
    each_edit(connection, id, false, &mut |edit| {
        edits.push(edit);
        Ok(())
    })?;
    Ok(edits)
}

/// An edit ready for its row.
pub(super) struct EditColumns {
    pub article: Option<i64>,
    pub annotator: Option<i64>,
    pub body: String,
}

impl EditColumns {
    pub fn new(
        article: Option<Position>,
        annotator: Option<AnnotatorNumber>,
        edit: &Edit,
    ) -> Result<Self, RowError> {
        Ok(Self {
            article: article.map(Position::get),
            annotator: annotator.map(|number| number.0),
            body: edit_row(edit)?,
        })
    }
}

/// A transaction's edits on their way into the journal, each written as it is applied, so that a change of very many
/// articles is never held in memory whole.
pub(super) struct EditRows<'a> {
    connection: &'a Connection,
    number: i64,
    previous: Vec<u8>,
    count: i64,
}

impl<'a> EditRows<'a> {
    /// Begins the next transaction's edits.
    pub fn begin(connection: &'a Connection) -> StoreResult<Self> {
        let (newest, previous) = newest(connection)?;
        let number = newest.checked_add(1);
        let number = number.ok_or_else(|| {
            StoreError::unreadable("the journal", "its last number is no number of its own")
        })?;
        Ok(Self {
            connection,
            number,
            previous,
            count: 0,
        })
    }

    /// Writes one edit.
    pub fn push(&mut self, edit: &EditColumns) -> StoreResult<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO edit (number, place, article, annotator, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((self.number, self.count, edit.article, edit.annotator, &edit.body))?;
        self.count += 1;
        Ok(())
    }

    /// Writes the transaction itself, whose own `edits` are not looked at.
    pub fn finish(self, transaction: &Transaction) -> StoreResult<TransactionId> {
        let Self {
            connection,
            number,
            previous,
            count,
        } = self;
        let (action, target) = match transaction.action {
            Action::Do => ("do", None),
            Action::Undo(target) => ("undo", Some(target.get())),
            Action::Redo(target) => ("redo", Some(target.get())),
        };
        let selection = |selection: &Option<Selection>| selection.as_ref().map(selection_row).transpose();
        let row = JournalRow {
            number,
            action: action.to_owned(),
            target,
            author: ensure_annotator(connection, &transaction.author)?.0,
            at: transaction.at.as_str().to_owned(),
            summary: transaction.summary.clone(),
            selection_before: selection(&transaction.selection_before).map_err(invalid)?,
            selection_after: selection(&transaction.selection_after).map_err(invalid)?,
            scopes: write_scopes(connection, number, &transaction.scopes)?,
        };
        let digest = row.digest_of_rows(connection, &previous)?;
        connection
            .prepare_cached(
                "INSERT INTO journal (number, action, target, author, at, summary, edits, selection_before, \
                 selection_after, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute((
                row.number,
                &row.action,
                row.target,
                row.author,
                &row.at,
                &row.summary,
                count,
                &row.selection_before,
                &row.selection_after,
                digest.0.as_slice(),
            ))?;
        Ok(TransactionId::new(number))
    }
}

/// How many edits are read from the journal at once.
const PAGE: i64 = 500;

/// Shows the edits of a transaction, forwards or backwards, a page at a time.
pub(super) fn each_edit(
    connection: &Connection,
    id: TransactionId,
    is_backwards: bool,
    visit: &mut dyn FnMut(Edit) -> StoreResult<()>,
) -> StoreResult<()> {
    let (order, compare) = if is_backwards { ("DESC", "<") } else { ("ASC", ">") };
    let sql = format!(
        "SELECT place, article, annotator, body FROM edit WHERE number = ?1 AND place {compare} ?2 \
         ORDER BY place {order} LIMIT {PAGE}"
    );
    let mut last = if is_backwards { i64::MAX } else { -1 };
    loop {
        let mut page = Vec::new();
        {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query((id.get(), last))?;
            while let Some(row) = rows.next()? {
                last = row.get(0)?;
                page.push(read_edit_row(connection, id, row)?);
            }
        }
        if page.is_empty() {
            return Ok(());
        }
        page.into_iter().try_for_each(&mut *visit)?;
    }
}

/// Reads an edit from `place, article, annotator, body`.
fn read_edit_row(connection: &Connection, id: TransactionId, row: &rusqlite::Row<'_>) -> StoreResult<Edit> {
    let (article, annotator): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
    let article = article.map(|number| article_at(connection, Position::new(number)));
    let annotator = annotator.map(|number| annotator_at(connection, AnnotatorNumber(number)));
    let place = EditPlace {
        article: article.transpose()?,
        annotator: annotator.transpose()?,
    };
    read_edit(place, text(row, 3)?)
        .map_err(|error| StoreError::unreadable(&format!("an edit of transaction {id}"), error))
}

fn write_scopes(connection: &Connection, number: i64, scopes: &[Scope]) -> StoreResult<Vec<ScopeColumns>> {
    let mut columns = Vec::with_capacity(scopes.len());
    for scope in scopes {
        columns.push(match scope {
            Scope::Project => PROJECT,
            Scope::Layer(article, annotator) => {
                let position = position_for_change(connection, article)?;
                (position.get(), ensure_annotator(connection, annotator)?.0)
            }
        });
    }
    columns.sort_unstable();
    columns.dedup();
    let mut statement =
        connection.prepare_cached("INSERT INTO scope (article, annotator, number) VALUES (?1, ?2, ?3)")?;
    for (article, annotator) in &columns {
        statement.execute((article, annotator, number))?;
    }
    Ok(columns)
}

/// The newest transaction's number, 0 before the first, and its digest.
fn newest(connection: &Connection) -> StoreResult<(i64, Vec<u8>)> {
    Ok(connection
        .prepare_cached("SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default())
}

/// What a transaction's digest is made of, beside its edits.
pub(super) struct JournalRow {
    pub number: i64,
    pub action: String,
    pub target: Option<i64>,
    pub author: i64,
    pub at: String,
    pub summary: String,
    pub selection_before: Option<String>,
    pub selection_after: Option<String>,
    pub scopes: Vec<ScopeColumns>,
}

impl JournalRow {
    /// The digest, over that of the row before and the edits as they lie in the journal.
    pub fn digest_of_rows(&self, connection: &Connection, previous: &[u8]) -> StoreResult<Sha256> {
        let mut digest = DigestParts::new("transaction");
        self.head(previous).iter().for_each(|part| digest.add(part));
        let mut statement = connection
            .prepare_cached("SELECT article, annotator, body FROM edit WHERE number = ?1 ORDER BY place")?;
        let mut rows = statement.query([self.number])?;
        while let Some(row) = rows.next()? {
            digest.add(&written(row.get(0)?));
            digest.add(&written(row.get(1)?));
            digest.add(text(row, 2)?);
        }
        Ok(digest.finish())
    }

    fn head(&self, previous: &[u8]) -> Vec<String> {
        let mut parts = vec![
            format!("{previous:02x?}"),
            self.number.to_string(),
            self.action.clone(),
            written(self.target),
            self.author.to_string(),
            self.at.clone(),
            self.summary.clone(),
            self.selection_before.clone().unwrap_or_default(),
            self.selection_after.clone().unwrap_or_default(),
            self.scopes.len().to_string(),
        ];
        for (article, annotator) in &self.scopes {
            parts.extend([article.to_string(), annotator.to_string()]);
        }
        parts
    }
}

fn written(number: Option<i64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}
