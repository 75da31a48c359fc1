//! Layers in rows: one row for each annotation, one for the layer itself with its counts.
//!
//! The counts stand in the layer's row so that a list of articles never looks at annotations.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use crate::model::{
    Annotator, ArticleId, AttributeId, Change, Event, EventId, Extra, Layer, Note, NoteId, ProblemKey,
    Relation, RelationId, Sha256, Span, SpanId, Status, Value, Verdict,
};

use super::article::{Position, position_of, shown};
use super::error::{ErrorCode, StoreError, StoreResult};
use super::read::Reader;
use super::rows::{Row, RowError, RowResult, named};
use super::rows_edit::{extra_row, read_extra};

/// An annotator's number in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct AnnotatorNumber(pub i64);

/// Which layer, by numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LayerKey {
    pub article: Position,
    pub annotator: AnnotatorNumber,
}

impl LayerKey {
    /// The two numbers as statements take them.
    pub fn columns(self) -> (i64, i64) {
        (self.article.get(), self.annotator.0)
    }
}

/// The layer of those names; none where the project has no such article or has never seen the annotator.
pub(super) fn layer_of(
    connection: &Connection,
    article: &ArticleId,
    annotator: &Annotator,
) -> StoreResult<Option<LayerKey>> {
    let article = position_of(connection, article)?;
    let annotator = annotator_number(connection, annotator)?;
    let both = article.zip(annotator);
    Ok(both.map(|(article, annotator)| LayerKey { article, annotator }))
}

/// The layer that the first two columns of a row name.
pub(super) fn layer_key(row: &rusqlite::Row<'_>) -> StoreResult<LayerKey> {
    Ok(LayerKey {
        article: Position::new(row.get(0)?),
        annotator: AnnotatorNumber(row.get(1)?),
    })
}

/// The kinds of items that are kept in one table.
pub(super) mod kind {
    pub const RELATION: &str = "relation";
    pub const EVENT: &str = "event";
    pub const NOTE: &str = "note";
    pub const LABEL: &str = "label";
    /// A problem that was dismissed; its key is the id, and the row says no more.
    pub const DISMISSAL: &str = "dismissal";
}

impl Reader {
    /// One annotator's annotations of one article; empty where there are none.
    ///
    /// # Errors
    /// [`ErrorCode::Damaged`] where a row is not what it should be.
    pub fn layer(&self, article: &ArticleId, annotator: &Annotator) -> StoreResult<Layer> {
        match layer_of(&self.connection, article, annotator)? {
            None => Ok(Layer::default()),
            Some(key) => read_layer(&self.connection, key),
        }
    }

    /// Who marked an article, in the order of their names.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn annotators_of(&self, article: &ArticleId) -> StoreResult<Vec<Annotator>> {
        let Some(position) = position_of(&self.connection, article)? else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT n.name FROM layer l JOIN annotator n ON n.number = l.annotator \
             WHERE l.article = ?1 ORDER BY n.name",
        )?;
        let names = statement.query_map([position.get()], |row| row.get::<_, String>(0))?;
        names.map(|name| read_annotator(&name?)).collect()
    }

    /// Everyone who marked an article that is to be seen, in the order of their names.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn annotators(&self) -> StoreResult<Vec<Annotator>> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT name FROM annotator WHERE EXISTS (SELECT 1 FROM layer \
             WHERE annotator = annotator.number AND ",
            shown!("article"),
            ") ORDER BY name"
        ))?;
        let names = statement.query_map([], |row| row.get::<_, String>(0))?;
        names.map(|name| read_annotator(&name?)).collect()
    }
}

pub(super) fn read_annotator(name: &str) -> StoreResult<Annotator> {
    Annotator::new(name).map_err(|error| StoreError::unreadable("an annotator's name", error))
}

pub(super) fn annotator_number(
    connection: &Connection,
    annotator: &Annotator,
) -> StoreResult<Option<AnnotatorNumber>> {
    Ok(connection
        .prepare_cached("SELECT number FROM annotator WHERE name = ?1")?
        .query_row([annotator.as_str()], |row| row.get(0).map(AnnotatorNumber))
        .optional()?)
}

/// The annotator's number; a new one where the file does not have it yet.
pub(super) fn ensure_annotator(
    connection: &Connection,
    annotator: &Annotator,
) -> StoreResult<AnnotatorNumber> {
    if let Some(number) = annotator_number(connection, annotator)? {
        return Ok(number);
    }
    connection
        .prepare_cached("INSERT INTO annotator (name) VALUES (?1)")?
        .execute([annotator.as_str()])?;
    Ok(AnnotatorNumber(connection.last_insert_rowid()))
}

/// Gives an annotator another name. Rows hold the number, so that all work carries over as it is.
pub(super) fn rename_annotator(connection: &Connection, change: &Change<Annotator>) -> StoreResult<()> {
    let (Some(before), Some(after)) = (&change.before, &change.after) else {
        return Err(StoreError::new(
            ErrorCode::Invalid,
            "an annotator is renamed, neither added nor removed",
        ));
    };
    let item = || format!("annotator {before}");
    if annotator_number(connection, after)?.is_some() {
        return Err(StoreError::conflict(
            item(),
            format!("there is an annotator {after} already"),
        ));
    }
    let renamed = connection
        .prepare_cached("UPDATE annotator SET name = ?2 WHERE name = ?1")?
        .execute([before.as_str(), after.as_str()])?;
    if renamed == 1 {
        Ok(())
    } else {
        Err(StoreError::conflict(
            item(),
            format!("there is no annotator {before}"),
        ))
    }
}

/// The annotator of that number.
pub(super) fn annotator_at(connection: &Connection, number: AnnotatorNumber) -> StoreResult<Annotator> {
    let name: Option<String> = connection
        .prepare_cached("SELECT name FROM annotator WHERE number = ?1")?
        .query_row([number.0], |row| row.get(0))
        .optional()?;
    name.map_or_else(
        || Err(StoreError::unreadable("an annotator", "its row is missing")),
        |name| read_annotator(&name),
    )
}

/// What a layer's own row says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LayerRow {
    pub status: Option<Status>,
    pub review: Option<Verdict>,
    pub flagged: bool,
    pub spans: i64,
    pub items: i64,
    pub extra: Extra,
}

impl LayerRow {
    /// The row of a layer; that of an empty one where there is none.
    pub fn read(connection: &Connection, key: LayerKey) -> StoreResult<Self> {
        Self::read_by(
            connection,
            key,
            "SELECT status, review, spans, items, extra, flagged FROM layer WHERE article = ?1 AND annotator = ?2",
        )
    }

    /// The same in a file of version 1, which knows no flags.
    pub fn read_of_version_1(connection: &Connection, key: LayerKey) -> StoreResult<Self> {
        Self::read_by(
            connection,
            key,
            "SELECT status, review, spans, items, extra, 0 FROM layer WHERE article = ?1 AND annotator = ?2",
        )
    }

    fn read_by(connection: &Connection, key: LayerKey, sql: &str) -> StoreResult<Self> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(key.columns())?;
        rows.next()?
            .map_or_else(|| Ok(Self::default()), |row| Self::from_columns(row, 0))
    }

    /// Reads `status, review, spans, items, extra, flagged` from a column on.
    pub fn from_columns(row: &rusqlite::Row<'_>, first: usize) -> StoreResult<Self> {
        let name = |column: usize| -> StoreResult<Option<&str>> {
            row.get_ref(first + column)?
                .as_str_or_null()
                .map_err(|error| StoreError::unreadable("a layer", error))
        };
        let (status, review, extra) = (name(0)?, name(1)?, name(4)?);
        let read = |spans, items, flagged| -> RowResult<Self> {
            Ok(Self {
                status: status.map(|name| named(name, Status::from_name)).transpose()?,
                review: review.map(|name| named(name, Verdict::from_name)).transpose()?,
                flagged,
                spans,
                items,
                extra: read_extra(extra)?,
            })
        };
        read(row.get(first + 2)?, row.get(first + 3)?, row.get(first + 5)?)
            .map_err(|error| StoreError::unreadable("a layer", error))
    }

    /// Writes the row, or takes it away where nothing is left of the layer.
    pub fn write(&self, connection: &Connection, key: LayerKey) -> StoreResult<()> {
        let (article, annotator) = key.columns();
        if *self == Self::default() {
            connection
                .prepare_cached("DELETE FROM layer WHERE article = ?1 AND annotator = ?2")?
                .execute((article, annotator))?;
            return Ok(());
        }
        let extra = extra_row(&self.extra).map_err(invalid)?;
        connection
            .prepare_cached(
                "INSERT INTO layer (article, annotator, status, review, spans, items, extra, flagged) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (article, annotator) DO UPDATE SET \
                 status = ?3, review = ?4, spans = ?5, items = ?6, extra = ?7, flagged = ?8",
            )?
            .execute((
                article,
                annotator,
                self.status.map(Status::name),
                self.review.map(Verdict::name),
                self.spans,
                self.items,
                extra,
                self.flagged,
            ))?;
        Ok(())
    }
}

/// A value that no row can hold.
pub(super) fn invalid(error: RowError) -> StoreError {
    StoreError::new(ErrorCode::Invalid, format!("this cannot be stored: {error}")).caused_by(error)
}

/// Reads all rows of a layer.
pub(super) fn read_layer(connection: &Connection, key: LayerKey) -> StoreResult<Layer> {
    let row = LayerRow::read(connection, key)?;
    fill_layer(connection, key, row)
}

/// Reads the annotations of a layer whose own row is known; asks for none where it counts none.
pub(super) fn fill_layer(connection: &Connection, key: LayerKey, row: LayerRow) -> StoreResult<Layer> {
    let mut layer = Layer {
        status: row.status,
        review: row.review,
        flagged: row.flagged,
        extra: row.extra,
        ..Layer::default()
    };
    if row.spans > 0 {
        let mut spans =
            connection.prepare_cached("SELECT id, body FROM span WHERE article = ?1 AND annotator = ?2")?;
        let mut rows = spans.query(key.columns())?;
        while let Some(row) = rows.next()? {
            put_span(&mut layer, text(row, 0)?, text(row, 1)?)?;
        }
    }
    if row.items > 0 {
        let mut items = connection
            .prepare_cached("SELECT kind, id, body FROM item WHERE article = ?1 AND annotator = ?2")?;
        let mut rows = items.query(key.columns())?;
        while let Some(row) = rows.next()? {
            put_item(&mut layer, text(row, 0)?, text(row, 1)?, text(row, 2)?)?;
        }
    }
    Ok(layer)
}

/// A text column, borrowed.
pub(super) fn text<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> StoreResult<&'a str> {
    row.get_ref(column)?
        .as_str()
        .map_err(|error| StoreError::unreadable("a row", error))
}

pub(super) fn put_span(layer: &mut Layer, id: &str, body: &str) -> StoreResult<()> {
    let span = || -> RowResult<Span> { Span::from_row(&SpanId::new(id)?, body) };
    let span = span().map_err(|error| StoreError::unreadable(&format!("span {id}"), error))?;
    layer.spans.insert(span.into());
    Ok(())
}

pub(super) fn put_item(layer: &mut Layer, kind: &str, id: &str, body: &str) -> StoreResult<()> {
    let mut put = || -> RowResult<()> {
        match kind {
            kind::RELATION => {
                let id = RelationId::new(id)?;
                layer.relations.insert(id.clone(), Relation::from_row(&id, body)?);
            }
            kind::EVENT => {
                let id = EventId::new(id)?;
                layer.events.insert(id.clone(), Event::from_row(&id, body)?);
            }
            kind::NOTE => {
                let id = NoteId::new(id)?;
                layer.notes.insert(id.clone(), Note::from_row(&id, body)?);
            }
            kind::LABEL => {
                layer
                    .labels
                    .insert(AttributeId::new(id)?, Value::from_row(&(), body)?);
            }
            kind::DISMISSAL => {
                <() as Row>::from_row(&(), body)?;
                layer.dismissed.insert(ProblemKey::new(id)?);
            }
            other => return Err(RowError(format!("there is no kind {other}"))),
        }
        Ok(())
    };
    put().map_err(|error| StoreError::unreadable(&format!("{kind} {id}"), error))
}

/// A layer as rows, made once for writing and for its digest.
pub(super) struct LayerRows {
    own: LayerRow,
    /// Id, label, body.
    spans: Vec<(String, String, String)>,
    /// Kind, id, type, body.
    items: Vec<(&'static str, String, Option<String>, String)>,
}

impl LayerRows {
    pub fn new(layer: &Layer) -> RowResult<Self> {
        // In the order of ids, so that the digest does not hang on where spans lie.
        let spans: BTreeMap<&SpanId, &std::sync::Arc<Span>> =
            layer.spans.iter().map(|span| (&span.id, span)).collect();
        let spans: RowResult<Vec<_>> = spans
            .into_iter()
            .map(|(id, span)| Ok((id.to_string(), span.label.to_string(), span.to_row()?)))
            .collect();
        let mut items = Vec::new();
        for (id, relation) in &layer.relations {
            let kind = relation.relation_type.to_string();
            items.push((kind::RELATION, id.to_string(), Some(kind), relation.to_row()?));
        }
        for (id, event) in &layer.events {
            let kind = event.event_type.to_string();
            items.push((kind::EVENT, id.to_string(), Some(kind), event.to_row()?));
        }
        for (id, note) in &layer.notes {
            let state = note.state.name().to_owned();
            items.push((kind::NOTE, id.to_string(), Some(state), note.to_row()?));
        }
        for (id, value) in &layer.labels {
            items.push((kind::LABEL, id.to_string(), Some(id.to_string()), value.to_row()?));
        }
        for key in &layer.dismissed {
            items.push((kind::DISMISSAL, key.to_string(), None, ().to_row()?));
        }
        let spans = spans?;
        let own = LayerRow {
            status: layer.status,
            review: layer.review,
            flagged: layer.flagged,
            spans: i64::try_from(spans.len()).unwrap_or(i64::MAX),
            items: i64::try_from(items.len()).unwrap_or(i64::MAX),
            extra: layer.extra.clone(),
        };
        Ok(Self { own, spans, items })
    }

    /// Writes the rows of a layer that is not there yet.
    pub fn insert(&self, connection: &Connection, key: LayerKey) -> StoreResult<()> {
        self.own.write(connection, key)?;
        let (article, annotator) = key.columns();
        let mut span = connection.prepare_cached(
            "INSERT INTO span (article, annotator, id, label, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (id, label, body) in &self.spans {
            span.execute((article, annotator, id, label, body))?;
        }
        let mut item = connection.prepare_cached(
            "INSERT INTO item (article, annotator, kind, id, type, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (kind, id, item_type, body) in &self.items {
            item.execute((article, annotator, kind, id, item_type, body))?;
        }
        Ok(())
    }

    /// What `check` holds an imported layer against.
    pub fn digest(&self, article: &ArticleId, annotator: &Annotator) -> RowResult<Sha256> {
        let extra = extra_row(&self.own.extra)?;
        let spans = self.spans.iter().flat_map(|(id, _, body)| ["span", id, body]);
        let items = self
            .items
            .iter()
            .flat_map(|(kind, id, _, body)| [*kind, id.as_str(), body]);
        let own = [
            article.as_str(),
            annotator.as_str(),
            self.own.status.map_or("", Status::name),
            self.own.review.map_or("", Verdict::name),
            extra.as_deref().unwrap_or_default(),
        ];
        // Said only where it is so: layers that came in before there were flags keep their digests.
        let flag = self.own.flagged.then_some("flagged");
        Ok(digest_of(
            "layer",
            own.into_iter().chain(flag).chain(spans).chain(items),
        ))
    }
}

/// One digest of several strings, none of which can run into the next.
pub(super) fn digest_of<'a>(what: &'a str, parts: impl Iterator<Item = &'a str>) -> Sha256 {
    let mut digest = DigestParts::new(what);
    parts.for_each(|part| digest.add(part));
    digest.finish()
}

/// Such a digest in the making.
pub(super) struct DigestParts(sha2::Sha256);

impl DigestParts {
    /// Begins with what it is a digest of.
    pub fn new(what: &str) -> Self {
        let mut digest = Self(<sha2::Sha256 as sha2::Digest>::new());
        digest.add(what);
        digest
    }

    /// Adds a string.
    pub fn add(&mut self, part: &str) {
        use sha2::Digest;
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part.as_bytes());
    }

    /// The digest of all.
    pub fn finish(self) -> Sha256 {
        use sha2::Digest;
        Sha256(self.0.finalize().into())
    }
}
