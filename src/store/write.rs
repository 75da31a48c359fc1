//! Transactions: one durable commit each, applied item by item, refused whole where an item is not what an edit says.
//!
//! What to change is planned by the caller, inside the lock and against the state that [`Writer`] shows.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Deref};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use crate::model::{
    Action, Annotator, ArticleId, BatchId, Change, CodebookItem, CodebookKey, Edit, Header, Recoding,
    Transaction, TransactionId,
};

use super::article::{Position, article_at, header_at, position_for_change, set_header};
use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::wal_path;
use super::held::{gone, log_gone};
use super::journal::{self, EditColumns, EditRows};
use super::layer::{LayerKey, annotator_at, ensure_annotator, invalid, read_layer, rename_annotator};
use super::layer_edit::LayerEdits;
use super::needed::Needed;
use super::open::Store;
use super::read::Reader;
use super::{batch, codebook, usage};

/// Pages in the log before a commit writes them back itself, which takes a tenth of a second and holds up whoever waits
/// for the commit; [`Store::write_back`] does it before where nobody waits.
pub(super) const CHECKPOINT_PAGES: i64 = 4_000;

impl Store {
    /// Writes what the log holds back into the project file, as far as no reader needs it still. For moments in which
    /// nobody waits: what is in the log is on disk already.
    ///
    /// # Errors
    /// What the disk reports; the log then stays as it is.
    pub fn write_back(&self) -> StoreResult<()> {
        // What it was said of that it is not saved must not come into the file afterwards.
        if !self.is_log_lost {
            self.checkpoint()?;
        }
        Ok(())
    }

    /// Whether all that was in the log is in the file now.
    fn checkpoint(&self) -> StoreResult<bool> {
        let connection = &self.reader.connection;
        let counts = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (busy, logged, written): (i64, i64, i64) =
            connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], counts)?;
        Ok(busy == 0 && logged == written)
    }

    /// Whether the project lies where it was and its log does not. What is saved from then on would be lost.
    pub fn has_lost_its_log(&self) -> bool {
        self.reader.held.is_at(&self.path) && !self.log.is_at(&wal_path(&self.path))
    }

    /// Runs `work` under the project's lock and commits what it appended; when this returns, it is on disk. Where
    /// `work` or anything else fails, nothing has changed.
    ///
    /// # Errors
    /// What `work` answers, [`ErrorCode::FileGone`] where the path names another file now, and whatever the disk
    /// reports.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_place()?;
        let lock = lock(&self.reader.connection)?;
        let mut writer = Writer {
            reader: &self.reader,
            has_failed: false,
        };
        let done = work(&mut writer)?;
        if writer.has_failed || lock.is_autocommit() {
            return Err(StoreError::new(
                ErrorCode::Database,
                "a transaction that had failed was to be committed; nothing was changed",
            )
            .into());
        }
        self.check_place()?;
        lock.commit().map_err(StoreError::from)?;
        if self.log.is_at(&wal_path(&self.path)) {
            return Ok(done);
        }
        // It went in this instant. What it holds is in our hands still and belongs into the file.
        if self.has_lost_its_log() && self.checkpoint().unwrap_or_default() {
            return Ok(done);
        }
        self.is_log_lost = true;
        Err(log_gone(&self.path).into())
    }

    /// Refuses where the path names another file than the one that is open, or its log was taken away: what is
    /// written to a file without a name is lost.
    pub(super) fn check_place(&self) -> StoreResult<()> {
        if !self.reader.held.is_at(&self.path) {
            return Err(gone(&self.path));
        }
        if self.has_lost_its_log() {
            return Err(log_gone(&self.path));
        }
        Ok(())
    }
}

impl Drop for Store {
    /// Closing writes the log back and takes away what has its name: never where that is another's by now, nor where
    /// a change lies in it of which it was said that it was not saved.
    fn drop(&mut self) {
        let wal = wal_path(&self.path);
        if self.is_log_lost || wal.exists() && !self.log.is_at(&wal) {
            let leave = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
            self.reader
                .connection
                .set_db_config(leave, true)
                .unwrap_or_default();
        }
    }
}

pub(super) fn lock(connection: &Connection) -> StoreResult<rusqlite::Transaction<'_>> {
    Ok(rusqlite::Transaction::new_unchecked(
        connection,
        TransactionBehavior::Immediate,
    )?)
}

/// Is told how much of how much is done, and says whether to go on.
pub type Meter<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// The project under its lock: reads what is written so far, and appends transactions.
pub struct Writer<'a> {
    reader: &'a Reader,
    has_failed: bool,
}

impl Deref for Writer<'_> {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader
    }
}

impl Writer<'_> {
    /// Applies a transaction's edits in order and writes it into the journal.
    ///
    /// # Errors
    /// [`ErrorCode::Conflict`] with the item where an item is not what an edit says it was, where an annotation or
    /// a codebook entry that goes is still referred to, where a batch that goes has been worked on, or where what an
    /// undo or redo names is not to be undone or redone. [`ErrorCode::Invalid`] for what no project can hold.
    /// After any error the whole write is refused.
    pub fn append(&mut self, transaction: &Transaction) -> StoreResult<TransactionId> {
        self.application(|application| application.run(transaction))
    }

    /// The same, with the annotations of all annotators recoded besides, layer by layer: nothing that uses an old
    /// part of the codebook is left. The meter is told how many layers of how many are done, and may stop it.
    ///
    /// # Errors
    /// As [`append`](Self::append); [`ErrorCode::Conflict`] where a layer cannot be recoded, and
    /// [`ErrorCode::Cancelled`] where it was stopped.
    pub fn append_recoding(
        &mut self,
        transaction: &Transaction,
        recodings: &[Recoding],
        meter: &mut Meter<'_>,
    ) -> StoreResult<TransactionId> {
        self.application(|application| application.run_recoding(transaction, recodings, meter))
    }

    /// Takes back, or does again, the transaction that an undo or redo names, edit by edit as they lie in the journal;
    /// the transaction's own edits are not looked at. The meter is told how many of how many are done, and may stop it.
    ///
    /// # Errors
    /// As [`append`](Self::append), and [`ErrorCode::Cancelled`] where it was stopped.
    pub fn append_turned(
        &mut self,
        transaction: &Transaction,
        meter: &mut Meter<'_>,
    ) -> StoreResult<TransactionId> {
        self.application(|application| application.run_turned(transaction, meter))
    }

    fn application(
        &mut self,
        run: impl FnOnce(Application<'_>) -> StoreResult<TransactionId>,
    ) -> StoreResult<TransactionId> {
        if self.has_failed {
            return Err(StoreError::new(
                ErrorCode::Database,
                "the transaction has failed already",
            ));
        }
        let appended = Application::new(&self.reader.connection).and_then(run);
        self.has_failed = appended.is_err();
        appended
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.reader.connection
    }
}

/// One transaction under way.
struct Application<'a> {
    connection: &'a Connection,
    rows: EditRows<'a>,
    layers: LayerEdits<'a>,
    /// Articles found so far.
    articles: BTreeMap<ArticleId, Position>,
    /// What the transaction undoes.
    undone: Option<TransactionId>,
    /// What an undo or a redo needs of the codebook; new work was held against it before.
    needed: Option<Needed>,
    /// Codebook entries that were changed or taken away, as they were before.
    codebook: BTreeMap<CodebookKey, CodebookItem>,
}

impl<'a> Application<'a> {
    fn new(connection: &'a Connection) -> StoreResult<Self> {
        Ok(Self {
            connection,
            rows: EditRows::begin(connection)?,
            layers: LayerEdits::new(connection),
            articles: BTreeMap::new(),
            undone: None,
            needed: None,
            codebook: BTreeMap::new(),
        })
    }

    fn run(mut self, transaction: &Transaction) -> StoreResult<TransactionId> {
        if let Action::Undo(target) = transaction.action {
            self.undone = Some(target);
        }
        self.needed = (transaction.action != Action::Do).then(Needed::default);
        transaction.edits.iter().try_for_each(|edit| self.take(edit))?;
        self.finish(transaction)
    }

    fn run_recoding(
        mut self,
        transaction: &Transaction,
        recodings: &[Recoding],
        meter: &mut Meter<'_>,
    ) -> StoreResult<TransactionId> {
        transaction.edits.iter().try_for_each(|edit| self.take(edit))?;
        for recoding in recodings {
            let layers = usage::layers_with(self.connection, &recoding.part)?;
            let total = layers.len() as u64;
            for (done, key) in (0..).zip(layers) {
                go_on(meter, done, total)?;
                self.recode(key, recoding)?;
                // Nothing in one layer names anything in another, so that each is sound as soon as it is done.
                self.layers.finish()?;
            }
            go_on(meter, total, total)?;
        }
        self.finish(transaction)
    }

    fn recode(&mut self, key: LayerKey, recoding: &Recoding) -> StoreResult<()> {
        let article = article_at(self.connection, key.article)?;
        let annotator = annotator_at(self.connection, key.annotator)?;
        self.layers.write_rows()?;
        let layer = read_layer(self.connection, key)?;
        let edits = recoding.edits(&layer).map_err(|cause| {
            let item = recoding.part.to_string();
            let message = format!(
                "in article {article}, on the layer of {annotator}: {}",
                cause.reason
            );
            StoreError::conflict(item, message)
        })?;
        for edit in edits {
            self.take(&Edit::Layer(article.clone(), annotator.clone(), edit))?;
        }
        Ok(())
    }

    fn run_turned(mut self, transaction: &Transaction, meter: &mut Meter<'_>) -> StoreResult<TransactionId> {
        let (target, is_backwards) = match transaction.action {
            Action::Undo(target) => (target, true),
            Action::Redo(target) => (target, false),
            Action::Do => return self.finish(transaction),
        };
        self.undone = is_backwards.then_some(target);
        self.needed = Some(Needed::default());
        let entry = journal::entry_of(self.connection, target)?;
        let total = entry.map_or(0, |entry| entry.edits);
        let mut done = 0;
        journal::each_edit(self.connection, target, is_backwards, &mut |edit| {
            go_on(meter, done, total)?;
            done += 1;
            self.take(&if is_backwards { edit.inverse() } else { edit })
        })?;
        go_on(meter, done, total)?;
        self.finish(transaction)
    }

    /// Applies an edit and writes it into the journal.
    fn take(&mut self, edit: &Edit) -> StoreResult<()> {
        let (article, annotator) = self.apply(edit)?;
        self.rows
            .push(&EditColumns::new(article, annotator, edit).map_err(invalid)?)
    }

    fn finish(mut self, transaction: &Transaction) -> StoreResult<TransactionId> {
        self.layers.finish()?;
        self.check_codebook()?;
        if let Some(needed) = &self.needed {
            needed.check(self.connection)?;
        }
        let connection = self.connection;
        let id = self.rows.finish(transaction)?;
        mark(connection, transaction.action, id)
    }

    fn apply(
        &mut self,
        edit: &Edit,
    ) -> StoreResult<(Option<Position>, Option<super::layer::AnnotatorNumber>)> {
        match edit {
            Edit::Layer(article, annotator, edit) => {
                let key = self.layer_key(article, annotator)?;
                self.layers.apply(key, edit)?;
                if let Some(needed) = &mut self.needed {
                    needed.note(edit);
                }
                Ok((Some(key.article), Some(key.annotator)))
            }
            Edit::Header(article, change) => {
                let position = self.position(article)?;
                self.apply_header(article, position, change)?;
                Ok((Some(position), None))
            }
            Edit::Codebook(key, change) => {
                codebook::apply(self.connection, key, change)?;
                if let Some(before) = &change.before {
                    self.codebook
                        .entry(key.clone())
                        .or_insert_with(|| before.item.clone());
                }
                Ok((None, None))
            }
            Edit::Batch(id, change) => {
                self.apply_batch(id, change)?;
                Ok((None, None))
            }
            Edit::Annotator(change) => {
                rename_annotator(self.connection, change)?;
                Ok((None, None))
            }
        }
    }

    fn position(&mut self, article: &ArticleId) -> StoreResult<Position> {
        if let Some(position) = self.articles.get(article) {
            return Ok(*position);
        }
        let position = position_for_change(self.connection, article)?;
        self.articles.insert(article.clone(), position);
        Ok(position)
    }

    fn layer_key(&mut self, article: &ArticleId, annotator: &Annotator) -> StoreResult<LayerKey> {
        Ok(LayerKey {
            article: self.position(article)?,
            annotator: ensure_annotator(self.connection, annotator)?,
        })
    }

    fn apply_header(&self, id: &ArticleId, position: Position, change: &Change<Header>) -> StoreResult<()> {
        let Some(after) = &change.after else {
            return Err(StoreError::new(
                ErrorCode::Invalid,
                "the metadata of an article cannot be taken away",
            ));
        };
        if header_at(self.connection, position)?.as_ref() != change.before.as_ref() {
            return Err(StoreError::conflict(
                format!("metadata of article {id}"),
                format!("the metadata of article {id} has been changed since"),
            ));
        }
        set_header(self.connection, position, id, after)
    }

    fn apply_batch(&mut self, id: &BatchId, change: &Change<()>) -> StoreResult<()> {
        self.articles.clear();
        // What this transaction has done to layers so far must show where the batch looks.
        self.layers.write_rows()?;
        match (change.before, change.after) {
            (None, Some(())) => batch::show(self.connection, id),
            (Some(()), None) => batch::hide(self.connection, id, self.undone),
            _ => Err(StoreError::new(ErrorCode::Invalid, "a batch is shown or hidden")),
        }
    }

    /// An entry of the codebook, or a part of one, goes only where nothing uses it any more.
    fn check_codebook(&self) -> StoreResult<()> {
        if self.codebook.is_empty() {
            return Ok(());
        }
        let now: BTreeMap<CodebookKey, CodebookItem> = codebook::read(self.connection)?
            .entries()
            .map(|entry| (entry.item.key(), entry.item))
            .collect();
        for (key, before) in &self.codebook {
            for part in usage::lost_parts(before, now.get(key)) {
                if let Some(article) = usage::user_of(self.connection, &part)? {
                    let item = part.to_string();
                    return Err(StoreError::conflict(
                        item.clone(),
                        format!("{item} of the codebook is in use in article {article}"),
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Says how far a change of very many annotations is; an error where it shall stop.
fn go_on(meter: &mut Meter<'_>, done: u64, total: u64) -> StoreResult<()> {
    if meter(done, total).is_continue() {
        return Ok(());
    }
    Err(StoreError::new(
        ErrorCode::Cancelled,
        "the change was stopped; the project is as it was",
    ))
}

/// Says in the journal what an undo took back or a redo did again.
fn mark(connection: &Connection, action: Action, id: TransactionId) -> StoreResult<TransactionId> {
    let (target, before, after) = match action {
        Action::Do => return Ok(id),
        Action::Undo(target) => (target, "undone_by IS NULL", Some(id.get())),
        Action::Redo(target) => (target, "undone_by IS NOT NULL", None),
    };
    let marked = connection
        .prepare_cached(&format!(
            "UPDATE journal SET undone_by = ?2 WHERE number = ?1 AND action = 'do' AND {before}"
        ))?
        .execute((target.get(), after))?;
    if marked == 1 {
        return Ok(id);
    }
    let (item, state) = (
        format!("transaction {target}"),
        after.map_or("is in force", |_| "is undone"),
    );
    Err(StoreError::conflict(
        item.clone(),
        format!("{item} {state} already"),
    ))
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a helper of tests may stop them")]
mod tests {
    use super::*;
    use crate::model::{Codebook, Scope, Timestamp};

    /// A project in a folder, whose log goes in the instant of the next commit, and a change to it.
    fn about_to_lose_its_log() -> (tempfile::TempDir, Store, Transaction) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.hashiya");
        let at = Timestamp::new("2026-01-31T12:00:00Z").unwrap();
        let mut store = Store::create(&path, &Codebook::default(), "p1", &at).unwrap();
        let change = Transaction {
            action: Action::Do,
            author: Annotator::new("me").unwrap(),
            at,
            summary: "nothing".to_owned(),
            scopes: vec![Scope::Project],
            edits: Vec::new(),
            selection_before: None,
            selection_after: None,
        };
        let wal = wal_path(&path);
        let lose = move || std::fs::remove_file(&wal).is_err();
        store.reader.connection.commit_hook(Some(lose)).unwrap();
        (folder, store, change)
    }

    #[test]
    fn a_change_whose_log_is_lost_at_its_commit_goes_into_the_file() {
        let (folder, mut store, change) = about_to_lose_its_log();
        let done: StoreResult<TransactionId> = store.write(|writer| writer.append(&change));
        assert!(done.is_ok());
        let next: StoreResult<TransactionId> = store.write(|writer| writer.append(&change));
        assert_eq!(next.unwrap_err().code, ErrorCode::FileGone);
        drop(store);
        let again = Store::open(&folder.path().join("p.hashiya")).unwrap();
        assert_eq!(again.revision().unwrap(), 1);
    }

    #[test]
    fn where_it_cannot_it_is_not_acknowledged_and_does_not_come_back() {
        let (folder, mut store, change) = about_to_lose_its_log();
        let path = folder.path().join("p.hashiya");
        // Who reads what was before keeps the log from being written back.
        let reader = Store::open_read_only(&path).unwrap();
        let moment = reader.moment().unwrap();
        assert_eq!(reader.revision().unwrap(), 0);
        let done: StoreResult<TransactionId> = store.write(|writer| writer.append(&change));
        assert_eq!(done.unwrap_err().code, ErrorCode::FileGone);
        drop(moment);
        drop(reader);
        store.write_back().unwrap();
        drop(store);
        assert_eq!(Store::open(&path).unwrap().revision().unwrap(), 0);
    }
}
