//! Imports: articles come in unseen, in short transactions, and one commit shows them all.
//!
//! Until then a batch belongs to the process that holds a lock on a small file beside the project. The system lets
//! go of it when the process ends, however it ends, so a batch without a holder is a leftover and is swept.

mod leftovers;
mod visibility;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;

use rusqlite::Connection;

use crate::model::{Annotator, Article, ArticleId, BatchId, Header, Layer, Sha256};

pub(super) use self::leftovers::{SWEEP_AT_OPENING, sweep};
use self::leftovers::{SWEEP_CHUNK, delete_some, lease_path, remove_lease, sweep_leases};
pub(super) use self::visibility::{hide, show};
use self::visibility::{number_of, refuse_shared_ids, seen_batches, settle, state_of};
use super::article::{self, Position, id_at};
use super::error::{ErrorCode, StoreError, StoreResult};
use super::layer::{LayerKey, LayerRows, annotator_number, digest_of, ensure_annotator, invalid, read_layer};
use super::open::Store;
use super::rows::Row;
use super::write::{Writer, lock};

/// Bytes of texts that are kept back before they are written, so that the lock is held for a short time only.
const CHUNK_BYTES: usize = 2_000_000;
/// What a span is reckoned at beside its text.
const SPAN_BYTES: usize = 500;
/// Articles that are kept back at most.
const CHUNK_ARTICLES: usize = 2_000;
/// Pages in the log before it is written back, while an import runs.
const CHECKPOINT_PAGES: i64 = 16_000;

/// What to do with an article whose text is there under another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// Leave it out.
    Skip,
    /// Take it in.
    Keep,
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the batch.
    Added,
    /// It came earlier in this import; its layers were joined to it.
    Joined,
    /// It came earlier in this import, and these annotators' layers did too; theirs were left out, others joined.
    LayersTaken(Vec<Annotator>),
    /// The project has it: same id, same text. Layers for it are edits, for the closing transaction.
    Present,
    /// Another text has this id; left out.
    IdTaken,
    /// This text is there under another id; left out.
    SameText {
        /// The id that the text has.
        of: ArticleId,
    },
}

/// An import under way. Dropped without [`Batch::finish`] or [`Batch::discard`], it leaves what a killed process
/// would; the next opening or import takes that away.
pub struct Batch<'a> {
    store: &'a mut Store,
    id: BatchId,
    number: i64,
    duplicates: Duplicates,
    /// Held while the batch is ours.
    lease: Option<(File, PathBuf)>,
    /// Batches that were to be seen when this one began.
    seen: BTreeSet<i64>,
    pending: Vec<(Article, BTreeMap<Annotator, Layer>)>,
    pending_ids: BTreeMap<ArticleId, usize>,
    pending_texts: BTreeMap<Sha256, usize>,
    pending_bytes: usize,
    written: i64,
    layers: i64,
    digest: Digest,
    is_finished: bool,
}

/// A digest of a set: in which order its members come makes no difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    pub fn add(&mut self, member: Sha256) {
        for (byte, other) in self.0.iter_mut().zip(member.0) {
            *byte ^= other;
        }
    }

    pub fn bytes(self) -> [u8; 32] {
        self.0
    }
}

/// What `check` holds an imported article against.
pub(super) fn article_digest(id: &ArticleId, header: &Header, sha256: &Sha256) -> StoreResult<Sha256> {
    let header = header.to_row().map_err(invalid)?;
    Ok(digest_of(
        "article",
        [id.as_str(), header.as_str(), &sha256.hex()].into_iter(),
    ))
}

impl Store {
    /// Begins an import under an id of its own. Takes away leftovers of killed imports first.
    ///
    /// # Errors
    /// [`ErrorCode::Exists`] where a batch has this id, and whatever the disk reports.
    pub fn begin_batch(&mut self, id: &BatchId, duplicates: Duplicates) -> StoreResult<Batch<'_>> {
        self.check_place()?;
        while sweep(self, SWEEP_CHUNK)? {}
        let lock = lock(&self.reader.connection)?;
        if number_of(&lock, id)?.is_some() {
            return Err(StoreError::new(
                ErrorCode::Exists,
                format!("there is an import {id} already"),
            ));
        }
        lock.prepare_cached(
            "INSERT INTO batch (id, state, articles, layers, digest) VALUES (?1, 'loading', 0, 0, ?2)",
        )?
        .execute((id.as_str(), Digest::default().bytes().as_slice()))?;
        sweep_leases(&lock, &self.path)?;
        let number = lock.last_insert_rowid();
        let lease_path = lease_path(&self.path, number);
        let lease = File::create(&lease_path).map_err(|error| StoreError::io(&lease_path, error))?;
        lease.lock().map_err(|error| StoreError::io(&lease_path, error))?;
        let seen = seen_batches(&lock)?;
        lock.commit()?;
        self.reader
            .connection
            .pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        Ok(Batch {
            store: self,
            id: id.clone(),
            number,
            duplicates,
            lease: Some((lease, lease_path)),
            seen,
            pending: Vec::new(),
            pending_ids: BTreeMap::new(),
            pending_texts: BTreeMap::new(),
            pending_bytes: 0,
            written: 0,
            layers: 0,
            digest: Digest::default(),
            is_finished: false,
        })
    }
}

impl Batch<'_> {
    /// The batch's id, which the closing transaction's `Edit::Batch` names.
    pub fn id(&self) -> &BatchId {
        &self.id
    }

    /// The project, to read while the import runs. It does not show the batch.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// How many articles are in the batch so far.
    pub fn articles(&self) -> u64 {
        self.written.unsigned_abs() + self.pending.len() as u64
    }

    /// What would become of an article beside being taken in: it is there already, or has to stay out.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn meets(&self, article: &Article) -> StoreResult<Option<Added>> {
        let known = match self.pending_ids.get(&article.id) {
            Some(place) => self.pending.get(*place).map(|(there, _)| (true, there.sha256)),
            None => self
                .stored_with_id(&article.id)?
                .map(|(position, sha256)| (position.batch() == self.number, sha256)),
        };
        if let Some((is_ours, sha256)) = known {
            let is_same = sha256 == article.sha256;
            return Ok(match (is_same, is_ours) {
                (false, _) => Some(Added::IdTaken),
                (true, false) => Some(Added::Present),
                (true, true) => None,
            });
        }
        if self.duplicates == Duplicates::Keep {
            return Ok(None);
        }
        Ok(self.same_text(&article.sha256)?.map(|of| Added::SameText { of }))
    }

    /// What is known about an article that this import has already; none where it does not have it.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn header(&self, article: &ArticleId) -> StoreResult<Option<Header>> {
        let place = self.pending_ids.get(article);
        if let Some((there, _)) = place.and_then(|place| self.pending.get(*place)) {
            return Ok(Some(there.header.clone()));
        }
        match self.stored_with_id(article)? {
            Some((position, _)) if position.batch() == self.number => {
                article::header_at(&self.store.reader.connection, position)
            }
            _ => Ok(None),
        }
    }

    /// An annotator's layer of an article, as this import or the project has it already; empty where neither does.
    ///
    /// # Errors
    /// [`ErrorCode::Damaged`] where a row is not what it should be.
    pub fn layer(&self, article: &ArticleId, annotator: &Annotator) -> StoreResult<Layer> {
        let place = self.pending_ids.get(article);
        if let Some((_, layers)) = place.and_then(|place| self.pending.get(*place)) {
            return Ok(layers.get(annotator).cloned().unwrap_or_default());
        }
        let connection = &self.store.reader.connection;
        let Some((article, _)) = self.stored_with_id(article)? else {
            return Ok(Layer::default());
        };
        match annotator_number(connection, annotator)? {
            None => Ok(Layer::default()),
            Some(annotator) => read_layer(connection, LayerKey { article, annotator }),
        }
    }

    /// Takes an article in with the layers that came with it, or says why not.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for a value that no project can hold, and whatever the disk reports.
    pub fn add(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> StoreResult<Added> {
        self.check_open()?;
        if let Some(place) = self.pending_ids.get(&article.id).copied() {
            let added = self.join_pending(place, article, layers);
            self.flush_if_much()?;
            return Ok(added);
        }
        if let Some(found) = self.stored_with_id(&article.id)? {
            return self.meet_stored(found, article, layers);
        }
        if self.duplicates == Duplicates::Skip
            && let Some(of) = self.same_text(&article.sha256)?
        {
            return Ok(Added::SameText { of });
        }
        let place = self.pending.len();
        self.pending_ids.insert(article.id.clone(), place);
        self.pending_texts.entry(article.sha256).or_insert(place);
        self.pending_bytes += article.text.as_str().len();
        let layers: BTreeMap<Annotator, Layer> = layers
            .iter()
            .filter(|(_, layer)| layer.exists())
            .cloned()
            .collect();
        let spans: usize = layers.values().map(|layer| layer.spans.len()).sum();
        self.pending_bytes += spans * SPAN_BYTES;
        self.pending.push((article.clone(), layers));
        self.flush_if_much()?;
        Ok(Added::Added)
    }

    fn flush_if_much(&mut self) -> StoreResult<()> {
        if self.pending_bytes >= CHUNK_BYTES || self.pending.len() >= CHUNK_ARTICLES {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what is kept back. Other processes still see nothing of it.
    ///
    /// # Errors
    /// Whatever the disk reports; what was kept back is then still kept back.
    pub fn flush(&mut self) -> StoreResult<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.store.check_place()?;
        let connection = &self.store.reader.connection;
        // On disk before the next begins, as every change is: a log with a hole in it is taken for a damaged one.
        let written = write_chunk(connection, self.number, self.written, &self.pending)?;
        for member in written {
            self.digest.add(member);
        }
        self.written += i64::try_from(self.pending.len()).unwrap_or(i64::MAX);
        let layers: usize = self.pending.iter().map(|(_, layers)| layers.len()).sum();
        self.layers += i64::try_from(layers).unwrap_or(i64::MAX);
        self.pending.clear();
        self.pending_ids.clear();
        self.pending_texts.clear();
        self.pending_bytes = 0;
        Ok(())
    }

    /// Shows the batch by one durable commit. `work` plans against the project as it then is and appends the
    /// transaction; among its edits is the `Edit::Batch` that adds this batch. Where it fails, the batch stays
    /// unseen, and this may be tried again.
    ///
    /// # Errors
    /// As [`Store::write`]; [`ErrorCode::Conflict`] where another import has meanwhile brought an article of the
    /// same id, or was undone.
    pub fn finish<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_open()?;
        self.flush()?;
        let (number, articles, layers) = (self.number, self.written, self.layers);
        let (digest, seen) = (self.digest, &self.seen);
        let done = self.store.write(|writer| -> Result<T, E> {
            let connection = writer.connection();
            settle(connection, number, articles, layers, digest)?;
            let now = seen_batches(connection)?;
            if !seen.is_subset(&now) {
                // What was left out as there already may be gone.
                let message = "an import was undone while this one was under way";
                return Err(StoreError::conflict("the imports", message).into());
            }
            if now != *seen {
                refuse_shared_ids(connection, number)?;
            }
            let done = work(writer)?;
            if state_of(writer.connection(), number)?.as_deref() == Some("shown") {
                return Ok(done);
            }
            Err(StoreError::new(
                ErrorCode::Invalid,
                "the closing transaction does not show the batch",
            )
            .into())
        })?;
        self.is_finished = true;
        // It is on disk: what is left to tidy up may fail and is then swept later.
        self.release().unwrap_or_default();
        Ok(done)
    }

    /// Takes away what came in.
    ///
    /// # Errors
    /// Whatever the disk reports; the rest is then swept later.
    pub fn discard(mut self) -> StoreResult<()> {
        if self.is_finished {
            return Ok(());
        }
        while delete_some(self.store, self.number, SWEEP_CHUNK)? {}
        self.release()
    }

    fn release(&mut self) -> StoreResult<()> {
        let connection = &self.store.reader.connection;
        connection.pragma_update(None, "wal_autocheckpoint", super::write::CHECKPOINT_PAGES)?;
        if let Some((file, path)) = self.lease.take() {
            drop(file);
            remove_lease(&path)?;
        }
        Ok(())
    }

    fn check_open(&self) -> StoreResult<()> {
        if self.is_finished {
            return Err(StoreError::new(ErrorCode::Invalid, "this import is finished"));
        }
        Ok(())
    }

    /// Joins layers to an article that is kept back.
    fn join_pending(&mut self, place: usize, article: &Article, layers: &[(Annotator, Layer)]) -> Added {
        let Some((there, there_layers)) = self.pending.get_mut(place) else {
            return Added::IdTaken;
        };
        if there.sha256 != article.sha256 {
            return Added::IdTaken;
        }
        let mut taken = Vec::new();
        for (annotator, layer) in layers.iter().filter(|(_, layer)| layer.exists()) {
            if there_layers.contains_key(annotator) {
                taken.push(annotator.clone());
            } else {
                there_layers.insert(annotator.clone(), layer.clone());
                self.pending_bytes += layer.spans.len() * SPAN_BYTES;
            }
        }
        joined(taken)
    }

    /// Where an article of this id stands, in this batch or to be seen.
    fn stored_with_id(&self, id: &ArticleId) -> StoreResult<Option<(Position, Sha256)>> {
        let connection = &self.store.reader.connection;
        let mut statement =
            connection.prepare_cached("SELECT position, sha256 FROM article WHERE id = ?1")?;
        let mut rows = statement.query([id.as_str()])?;
        while let Some(row) = rows.next()? {
            let position = Position::new(row.get(0)?);
            if position.batch() == self.number || self.seen.contains(&position.batch()) {
                return Ok(Some((position, Sha256(row.get(1)?))));
            }
        }
        Ok(None)
    }

    fn meet_stored(
        &mut self,
        (position, sha256): (Position, Sha256),
        article: &Article,
        layers: &[(Annotator, Layer)],
    ) -> StoreResult<Added> {
        if sha256 != article.sha256 {
            return Ok(Added::IdTaken);
        }
        if position.batch() != self.number {
            return Ok(Added::Present);
        }
        let lock = lock(&self.store.reader.connection)?;
        let (mut taken, mut digests) = (Vec::new(), Vec::new());
        for (annotator, layer) in layers.iter().filter(|(_, layer)| layer.exists()) {
            if has_layer(&lock, position, annotator)? {
                taken.push(annotator.clone());
            } else {
                digests.push(write_layer(&lock, position, &article.id, annotator, layer)?);
            }
        }
        lock.commit()?;
        self.layers += i64::try_from(digests.len()).unwrap_or(i64::MAX);
        for member in digests {
            self.digest.add(member);
        }
        Ok(joined(taken))
    }

    /// The id under which a text is there already, in this batch or to be seen.
    fn same_text(&self, sha256: &Sha256) -> StoreResult<Option<ArticleId>> {
        let pending = self
            .pending_texts
            .get(sha256)
            .and_then(|place| self.pending.get(*place));
        if let Some((article, _)) = pending {
            return Ok(Some(article.id.clone()));
        }
        let connection = &self.store.reader.connection;
        let mut statement =
            connection.prepare_cached("SELECT position FROM article WHERE sha256 = ?1 ORDER BY position")?;
        let mut rows = statement.query([sha256.0.as_slice()])?;
        while let Some(row) = rows.next()? {
            let position = Position::new(row.get(0)?);
            if position.batch() == self.number || self.seen.contains(&position.batch()) {
                return id_at(connection, position);
            }
        }
        Ok(None)
    }
}

fn joined(taken: Vec<Annotator>) -> Added {
    if taken.is_empty() {
        Added::Joined
    } else {
        Added::LayersTaken(taken)
    }
}

fn write_chunk(
    connection: &Connection,
    batch: i64,
    first: i64,
    articles: &[(Article, BTreeMap<Annotator, Layer>)],
) -> StoreResult<Vec<Sha256>> {
    let lock = lock(connection)?;
    let mut digests = Vec::with_capacity(articles.len());
    for (place, (article, layers)) in (first..).zip(articles) {
        let position = Position::in_batch(batch, place);
        article::insert(&lock, position, article)?;
        digests.push(article_digest(&article.id, &article.header, &article.sha256)?);
        for (annotator, layer) in layers {
            digests.push(write_layer(&lock, position, &article.id, annotator, layer)?);
        }
    }
    lock.commit()?;
    Ok(digests)
}

fn write_layer(
    connection: &Connection,
    article: Position,
    id: &ArticleId,
    annotator: &Annotator,
    layer: &Layer,
) -> StoreResult<Sha256> {
    let key = LayerKey {
        article,
        annotator: ensure_annotator(connection, annotator)?,
    };
    let rows = LayerRows::new(layer).map_err(invalid)?;
    rows.insert(connection, key)?;
    rows.digest(id, annotator).map_err(invalid)
}

fn has_layer(connection: &Connection, article: Position, annotator: &Annotator) -> StoreResult<bool> {
    let Some(annotator) = annotator_number(connection, annotator)? else {
        return Ok(false);
    };
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM layer WHERE article = ?1 AND annotator = ?2)")?
        .query_row(LayerKey { article, annotator }.columns(), |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

    use super::*;
    use crate::model::{Codebook, Timestamp};
    use crate::text::Text;

    /// A log with a hole in it is taken for a damaged one.
    #[test]
    fn each_chunk_of_an_import_is_on_disk_before_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.hashiya");
        let at = Timestamp::new("2026-01-31T12:00:00Z").unwrap();
        let mut store = Store::create(&path, &Codebook::default(), "p1", &at).unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let listen = move |context: AuthContext<'_>| {
            if let AuthAction::Pragma {
                pragma_name,
                pragma_value,
            } = context.action
            {
                let value = pragma_value.unwrap_or_default();
                heard.lock().unwrap().push(format!("{pragma_name}={value}"));
            }
            Authorization::Allow
        };
        store.reader.connection.authorizer(Some(listen)).unwrap();
        let id = BatchId::new("b1").unwrap();
        let mut batch = store.begin_batch(&id, Duplicates::Skip).unwrap();
        for chunk in 0..3 {
            let text = Text::new(format!("{chunk} mots"));
            let article = Article::new(None, Header::default(), text).unwrap();
            batch.add(&article, &[]).unwrap();
            batch.flush().unwrap();
            let connection = &batch.store.reader.connection;
            let synchronous: i64 = connection
                .pragma_query_value(None, "synchronous", |row| row.get(0))
                .unwrap();
            assert_eq!(synchronous, 2, "FULL");
        }
        batch.discard().unwrap();
        let asked = asked.lock().unwrap();
        assert!(
            asked
                .iter()
                .any(|pragma| pragma.starts_with("wal_autocheckpoint=")),
            "{asked:?}"
        );
        let weaker = asked
            .iter()
            .find(|pragma| pragma.starts_with("synchronous=") && *pragma != "synchronous=");
        assert_eq!(weaker, None);
    }
}
