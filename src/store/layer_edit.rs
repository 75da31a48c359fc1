//! Edits of layers applied to rows, one item at a time, each only where the item is what the edit says it was.
//!
//! Also holds a transaction to its references: nothing that it leaves behind names an annotation that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use crate::model::{Change, Event, EventId, LayerEdit, Note, NoteId, Relation, RelationId, Span, SpanId};

use super::error::{ErrorCode, StoreError, StoreResult};
use super::layer::{LayerKey, LayerRow, invalid, kind, text};
use super::rows::{Row, RowResult};

/// The edits of layers in one transaction.
pub(super) struct LayerEdits<'a> {
    connection: &'a Connection,
    /// The layers' own rows, written at the end.
    rows: BTreeMap<LayerKey, LayerRow>,
    /// Kind and id of annotations that went.
    gone: BTreeSet<(LayerKey, &'static str, String)>,
    /// What new items name: the item's kind and id, then the ids.
    named: BTreeMap<(LayerKey, &'static str, String), Vec<Reference>>,
    /// Lengths of texts in bytes.
    lengths: BTreeMap<i64, i64>,
}

/// What an item names.
enum Reference {
    Span(String),
    /// A span, a relation, or an event.
    Any(String),
}

const SPAN: &str = "span";

/// The row form of an item beside its body.
struct ItemKey<'a> {
    kind: &'static str,
    id: &'a str,
}

impl<'a> ItemKey<'a> {
    const fn new(kind: &'static str, id: &'a str) -> Self {
        Self { kind, id }
    }
}

impl<'a> LayerEdits<'a> {
    pub fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            rows: BTreeMap::new(),
            gone: BTreeSet::new(),
            named: BTreeMap::new(),
            lengths: BTreeMap::new(),
        }
    }

    /// Makes one change.
    pub fn apply(&mut self, key: LayerKey, edit: &LayerEdit) -> StoreResult<()> {
        let fits = match edit {
            LayerEdit::Span(id, change) => self.apply_span(key, id, change)?,
            LayerEdit::Relation(id, change) => {
                let item = ItemKey::new(kind::RELATION, id.as_str());
                let item_type = change.after.as_ref().map(|after| after.relation_type.to_string());
                self.apply_item(key, &item, id, change, item_type, relation_references)?
            }
            LayerEdit::Event(id, change) => {
                let item = ItemKey::new(kind::EVENT, id.as_str());
                let item_type = change.after.as_ref().map(|after| after.event_type.to_string());
                self.apply_item(key, &item, id, change, item_type, event_references)?
            }
            LayerEdit::Note(id, change) => {
                let item = ItemKey::new(kind::NOTE, id.as_str());
                let state = change.after.as_ref().map(|note| note.state.name().to_owned());
                self.apply_item(key, &item, id, change, state, note_references)?
            }
            LayerEdit::Label(id, change) => {
                let item = ItemKey::new(kind::LABEL, id.as_str());
                self.apply_item(key, &item, &(), change, Some(id.to_string()), |_| Vec::new())?
            }
            LayerEdit::Dismissal(problem, change) => {
                let item = ItemKey::new(kind::DISMISSAL, problem.as_str());
                self.apply_item(key, &item, &(), change, None, |()| Vec::new())?
            }
            LayerEdit::Status(change) => change.apply_to(&mut self.row(key)?.status),
            LayerEdit::Review(change) => change.apply_to(&mut self.row(key)?.review),
            LayerEdit::Flag(change) => change.apply_to_mark(&mut self.row(key)?.flagged),
            LayerEdit::Extra(change) => change.apply_to_keys(&mut self.row(key)?.extra),
        };
        if fits {
            return Ok(());
        }
        let item = edit.item();
        Err(StoreError::conflict(
            item.clone(),
            format!("{item} has been changed since"),
        ))
    }

    /// Writes the layers' rows and checks what refers to what, which is then forgotten: what was done so far leaves
    /// nothing that names what is not there.
    pub fn finish(&mut self) -> StoreResult<()> {
        self.write_rows()?;
        self.check_named()?;
        self.check_gone()?;
        self.named.clear();
        self.gone.clear();
        self.lengths.clear();
        Ok(())
    }

    /// Writes the layers' rows as they are so far.
    pub fn write_rows(&mut self) -> StoreResult<()> {
        for (key, row) in std::mem::take(&mut self.rows) {
            row.write(self.connection, key)?;
        }
        Ok(())
    }

    fn row(&mut self, key: LayerKey) -> StoreResult<&mut LayerRow> {
        use std::collections::btree_map::Entry;
        match self.rows.entry(key) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => Ok(entry.insert(LayerRow::read(self.connection, key)?)),
        }
    }

    fn apply_span(&mut self, key: LayerKey, id: &SpanId, change: &Change<Arc<Span>>) -> StoreResult<bool> {
        let (article, annotator) = key.columns();
        let stored: Option<String> = self
            .connection
            .prepare_cached("SELECT body FROM span WHERE article = ?1 AND annotator = ?2 AND id = ?3")?
            .query_row((article, annotator, id.as_str()), |row| row.get(0))
            .optional()?;
        let stored = read_stored::<Span>(&format!("span {id}"), id, stored)?;
        if stored.as_ref() != change.before.as_deref() {
            return Ok(false);
        }
        self.connection
            .prepare_cached("DELETE FROM span WHERE article = ?1 AND annotator = ?2 AND id = ?3")?
            .execute((article, annotator, id.as_str()))?;
        if let Some(after) = &change.after {
            self.check_ranges(key, after)?;
            if after.id != *id {
                return Err(misnamed(SPAN, id.as_str()));
            }
            self.connection
                .prepare_cached(
                    "INSERT INTO span (article, annotator, id, label, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((
                    article,
                    annotator,
                    id.as_str(),
                    after.label.as_str(),
                    after.to_row().map_err(invalid)?,
                ))?;
        }
        self.row(key)?.spans += growth(change);
        self.note_presence(key, SPAN, id.as_str(), change.after.is_some());
        Ok(true)
    }

    fn apply_item<T: Row + PartialEq>(
        &mut self,
        layer: LayerKey,
        item: &ItemKey<'_>,
        id: &T::Key,
        change: &Change<T>,
        item_type: Option<String>,
        references: impl Fn(&T) -> Vec<Reference>,
    ) -> StoreResult<bool> {
        let (article, annotator) = layer.columns();
        let columns = (article, annotator, item.kind, item.id);
        let stored: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT body FROM item WHERE article = ?1 AND annotator = ?2 AND kind = ?3 AND id = ?4",
            )?
            .query_row(columns, |row| row.get(0))
            .optional()?;
        let stored = read_stored::<T>(&format!("{} {}", item.kind, item.id), id, stored)?;
        if stored.as_ref() != change.before.as_ref() {
            return Ok(false);
        }
        self.connection
            .prepare_cached(
                "DELETE FROM item WHERE article = ?1 AND annotator = ?2 AND kind = ?3 AND id = ?4",
            )?
            .execute(columns)?;
        let key = (layer, item.kind, item.id.to_owned());
        self.named.remove(&key);
        if let Some(after) = &change.after {
            let body = after.to_row().map_err(invalid)?;
            self.connection
                .prepare_cached(
                    "INSERT INTO item (article, annotator, kind, id, type, body) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute((article, annotator, item.kind, item.id, item_type, body))?;
            self.named.insert(key, references(after));
        }
        self.row(layer)?.items += growth(change);
        self.note_presence(layer, item.kind, item.id, change.after.is_some());
        Ok(true)
    }

    fn note_presence(&mut self, layer: LayerKey, kind: &'static str, id: &str, is_there: bool) {
        let key = (layer, kind, id.to_owned());
        if is_there {
            self.gone.remove(&key);
        } else if matches!(kind, SPAN | kind::RELATION | kind::EVENT) {
            self.gone.insert(key);
        }
    }

    /// A span ends where its text does, at the latest. That it ends on a code point is the planner's to see to.
    fn check_ranges(&mut self, key: LayerKey, span: &Span) -> StoreResult<()> {
        let article = key.article.get();
        let length = match self.lengths.get(&article) {
            Some(length) => *length,
            None => self
                .connection
                .prepare_cached("SELECT bytes FROM article WHERE position = ?1")?
                .query_row([article], |row| row.get(0))?,
        };
        self.lengths.insert(article, length);
        let end = i64::try_from(span.ranges.hull().end().get()).unwrap_or(i64::MAX);
        if end <= length {
            return Ok(());
        }
        Err(StoreError::new(
            ErrorCode::Invalid,
            format!("span {} ends behind the end of its text", span.id),
        ))
    }

    /// What new items name is there.
    fn check_named(&self) -> StoreResult<()> {
        for ((layer, kind, id), references) in &self.named {
            for reference in references {
                let (target, is_there) = match reference {
                    Reference::Span(target) => (target, self.has_span(*layer, target)?),
                    Reference::Any(target) => (
                        target,
                        self.has_span(*layer, target)? || self.has_item(*layer, target)?,
                    ),
                };
                if !is_there {
                    return Err(dangling(kind, id, target));
                }
            }
        }
        Ok(())
    }

    /// Nothing names what went. Looks at the items of the layers concerned, not at their spans.
    fn check_gone(&self) -> StoreResult<()> {
        let layers: BTreeSet<LayerKey> = self.gone.iter().map(|(layer, _, _)| *layer).collect();
        for layer in layers {
            let mut statement = self
                .connection
                .prepare_cached("SELECT kind, id, body FROM item WHERE article = ?1 AND annotator = ?2")?;
            let mut rows = statement.query(layer.columns())?;
            while let Some(row) = rows.next()? {
                let (kind, id) = (text(row, 0)?, text(row, 1)?);
                let references = stored_references(kind, text(row, 2)?)
                    .map_err(|error| StoreError::unreadable(&format!("{kind} {id}"), error))?;
                for reference in references {
                    if let Some(target) = self.lost_target(layer, reference)? {
                        return Err(dangling(kind, id, &target));
                    }
                }
            }
        }
        Ok(())
    }

    /// The id that a reference names, where it went in this transaction and nothing else bears it.
    fn lost_target(&self, layer: LayerKey, reference: Reference) -> StoreResult<Option<String>> {
        let went = |kind: &'static str, id: &String| self.gone.contains(&(layer, kind, id.clone()));
        Ok(match reference {
            Reference::Span(id) => went(SPAN, &id).then_some(id),
            Reference::Any(id) => {
                let any = went(SPAN, &id) || went(kind::RELATION, &id) || went(kind::EVENT, &id);
                let is_there = any && (self.has_span(layer, &id)? || self.has_item(layer, &id)?);
                (any && !is_there).then_some(id)
            }
        })
    }

    fn has_span(&self, layer: LayerKey, id: &str) -> StoreResult<bool> {
        let (article, annotator) = layer.columns();
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM span WHERE article = ?1 AND annotator = ?2 AND id = ?3)",
            )?
            .query_row((article, annotator, id), |row| row.get(0))?)
    }

    fn has_item(&self, layer: LayerKey, id: &str) -> StoreResult<bool> {
        let (article, annotator) = layer.columns();
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM item WHERE article = ?1 AND annotator = ?2 \
                 AND kind IN ('relation', 'event') AND id = ?3)",
            )?
            .query_row((article, annotator, id), |row| row.get(0))?)
    }
}

fn read_stored<T: Row>(what: &str, key: &T::Key, row: Option<String>) -> StoreResult<Option<T>> {
    row.map(|row| T::from_row(key, &row).map_err(|error| StoreError::unreadable(what, error)))
        .transpose()
}

fn growth<T>(change: &Change<T>) -> i64 {
    i64::from(change.after.is_some()) - i64::from(change.before.is_some())
}

fn misnamed(kind: &str, id: &str) -> StoreError {
    StoreError::new(
        ErrorCode::Invalid,
        format!("an edit of {kind} {id} holds another {kind}"),
    )
}

fn dangling(kind: &str, id: &str, target: &str) -> StoreError {
    StoreError::conflict(
        format!("{kind} {id}"),
        format!("{kind} {id} refers to {target}, which would not be there"),
    )
}

fn relation_references(relation: &Relation) -> Vec<Reference> {
    [&relation.from, &relation.to]
        .map(|span| Reference::Span(span.to_string()))
        .into()
}

fn event_references(event: &Event) -> Vec<Reference> {
    let spans = event.spans();
    spans.map(|span| Reference::Span(span.to_string())).collect()
}

fn note_references(note: &Note) -> Vec<Reference> {
    let target = note.target.iter();
    target.map(|target| Reference::Any(target.to_string())).collect()
}

/// What a stored item names.
fn stored_references(kind: &str, body: &str) -> RowResult<Vec<Reference>> {
    Ok(match kind {
        kind::RELATION => relation_references(&Relation::from_row(&RelationId::new("x")?, body)?),
        kind::EVENT => event_references(&Event::from_row(&EventId::new("x")?, body)?),
        kind::NOTE => note_references(&Note::from_row(&NoteId::new("x")?, body)?),
        _ => Vec::new(),
    })
}
