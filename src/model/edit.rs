//! Edits: every change of a project as a value with an inverse.
//!
//! An edit names one item and holds it before and after; adding has no before, removing no after. So the inverse
//! is the edit turned round, and an edit applies only where the item still is what it was: what a later edit
//! changed is never overwritten unseen.

use std::sync::Arc;

use crate::text::ByteOffset;

use super::{
    Annotator, ArticleId, AttributeId, BatchId, CodebookEntry, CodebookKey, Event, EventId, Extra, Header,
    Layer, Note, NoteId, ProblemKey, Relation, RelationId, Span, SpanId, Status, Timestamp, Value, Verdict,
};

/// An item before and after an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    /// What it was; none where the edit adds it.
    pub before: Option<T>,
    /// What it is then; none where the edit removes it.
    pub after: Option<T>,
}

impl<T> Change<T> {
    /// A new item.
    pub fn add(item: T) -> Self {
        Self {
            before: None,
            after: Some(item),
        }
    }

    /// An item that goes.
    pub fn remove(item: T) -> Self {
        Self {
            before: Some(item),
            after: None,
        }
    }

    /// An item that changes.
    pub fn replace(before: T, after: T) -> Self {
        Self {
            before: Some(before),
            after: Some(after),
        }
    }

    /// The same change backwards.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
        }
    }
}

impl<T: Clone + PartialEq> Change<T> {
    /// Makes the change where there stands what it says was there; whether it did.
    pub fn apply_to(&self, slot: &mut Option<T>) -> bool {
        let fits = *slot == self.before;
        if fits {
            slot.clone_from(&self.after);
        }
        fits
    }
}

impl Change<()> {
    /// Puts a mark there or takes it away, where it is not so yet; whether it did.
    pub fn apply_to_mark(&self, mark: &mut bool) -> bool {
        let fits = *mark == self.before.is_some();
        if fits {
            *mark = self.after.is_some();
        }
        fits
    }
}

impl Change<Extra> {
    /// Makes the change where the unknown keys are what it says they were; whether it did. No keys are as good as none.
    pub fn apply_to_keys(&self, keys: &mut Extra) -> bool {
        let fits = self
            .before
            .as_ref()
            .map_or(keys.is_empty(), |before| before == keys);
        if fits {
            *keys = self.after.clone().unwrap_or_default();
        }
        fits
    }
}

/// A change of one item in one layer.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerEdit {
    /// A span added, removed, or changed.
    Span(SpanId, Change<Arc<Span>>),
    /// A relation.
    Relation(RelationId, Change<Relation>),
    /// An event.
    Event(EventId, Change<Event>),
    /// A note.
    Note(NoteId, Change<Note>),
    /// An article-level label.
    Label(AttributeId, Change<Value>),
    /// A problem dismissed (no before) or shown again (no after).
    Dismissal(ProblemKey, Change<()>),
    /// How far the work is.
    Status(Change<Status>),
    /// The verdict on the whole.
    Review(Change<Verdict>),
    /// The mark "come back to this", put there (no before) or taken away (no after).
    Flag(Change<()>),
    /// Unknown keys of the article's line; set once, by an import.
    Extra(Change<Extra>),
}

/// A change of one item of a project.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// In one annotator's layer of one article.
    Layer(ArticleId, Annotator, LayerEdit),
    /// Title, language, and other metadata of an article.
    Header(ArticleId, Change<Header>),
    /// A label, attribute, relation type, event type, or article-level label of the codebook.
    Codebook(CodebookKey, Change<CodebookEntry>),
    /// A batch of imported articles shown (no before) or hidden (no after).
    Batch(BatchId, Change<()>),
    /// An annotator's name; all of that annotator's layers go by the new one. Has both a before and an after.
    Annotator(Change<Annotator>),
}

impl LayerEdit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Span(id, change) => Self::Span(id, change.inverse()),
            Self::Relation(id, change) => Self::Relation(id, change.inverse()),
            Self::Event(id, change) => Self::Event(id, change.inverse()),
            Self::Note(id, change) => Self::Note(id, change.inverse()),
            Self::Label(id, change) => Self::Label(id, change.inverse()),
            Self::Dismissal(key, change) => Self::Dismissal(key, change.inverse()),
            Self::Status(change) => Self::Status(change.inverse()),
            Self::Review(change) => Self::Review(change.inverse()),
            Self::Flag(change) => Self::Flag(change.inverse()),
            Self::Extra(change) => Self::Extra(change.inverse()),
        }
    }

    /// The kind and id of the item, in words for a refusal.
    pub fn item(&self) -> String {
        match self {
            Self::Span(id, _) => format!("span {id}"),
            Self::Relation(id, _) => format!("relation {id}"),
            Self::Event(id, _) => format!("event {id}"),
            Self::Note(id, _) => format!("note {id}"),
            Self::Label(id, _) => format!("article label {id}"),
            Self::Dismissal(key, _) => format!("dismissal {key}"),
            Self::Status(_) => "the status".to_owned(),
            Self::Review(_) => "the verdict".to_owned(),
            Self::Flag(_) => "the flag".to_owned(),
            Self::Extra(_) => "unknown keys".to_owned(),
        }
    }
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Layer(article, annotator, edit) => Self::Layer(article, annotator, edit.inverse()),
            Self::Header(article, change) => Self::Header(article, change.inverse()),
            Self::Codebook(key, change) => Self::Codebook(key, change.inverse()),
            Self::Batch(batch, change) => Self::Batch(batch, change.inverse()),
            Self::Annotator(change) => Self::Annotator(change.inverse()),
        }
    }
}

/// The inverse of several edits: each turned round, the last first.
pub fn invert(edits: Vec<Edit>) -> Vec<Edit> {
    edits.into_iter().rev().map(Edit::inverse).collect()
}

/// An edit met an item that is not what the edit says it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The item, such as `span s1`.
    pub item: String,
}

impl Layer {
    /// Makes one change.
    ///
    /// # Errors
    /// [`Conflict`] where the item is not what the edit says it was; the layer is then unchanged.
    pub fn apply(&mut self, edit: &LayerEdit) -> Result<(), Conflict> {
        let done = match edit {
            LayerEdit::Span(id, change) => {
                let fits = self.spans.get(id) == change.before.as_ref();
                if fits {
                    self.spans.remove(id);
                    change
                        .after
                        .iter()
                        .for_each(|span| self.spans.insert(Arc::clone(span)));
                }
                fits
            }
            LayerEdit::Relation(id, change) => apply_to_map(&mut self.relations, id, change),
            LayerEdit::Event(id, change) => apply_to_map(&mut self.events, id, change),
            LayerEdit::Note(id, change) => apply_to_map(&mut self.notes, id, change),
            LayerEdit::Label(id, change) => apply_to_map(&mut self.labels, id, change),
            LayerEdit::Dismissal(key, change) => {
                let fits = self.dismissed.contains(key) == change.before.is_some();
                if fits && change.after.is_some() {
                    self.dismissed.insert(key.clone());
                } else if fits {
                    self.dismissed.remove(key);
                }
                fits
            }
            LayerEdit::Status(change) => change.apply_to(&mut self.status),
            LayerEdit::Review(change) => change.apply_to(&mut self.review),
            LayerEdit::Flag(change) => change.apply_to_mark(&mut self.flagged),
            LayerEdit::Extra(change) => change.apply_to_keys(&mut self.extra),
        };
        if done {
            Ok(())
        } else {
            Err(Conflict { item: edit.item() })
        }
    }
}

fn apply_to_map<K: Ord + Clone, V: Clone + PartialEq>(
    map: &mut std::collections::BTreeMap<K, V>,
    key: &K,
    change: &Change<V>,
) -> bool {
    let fits = map.get(key) == change.before.as_ref();
    if fits {
        map.remove(key);
        if let Some(after) = &change.after {
            map.insert(key.clone(), after.clone());
        }
    }
    fits
}

/// What a transaction touches, which is also whose undo takes it back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Imports, the codebook, metadata in bulk.
    Project,
    /// One annotator's work on one article.
    Layer(ArticleId, Annotator),
}

/// What was selected in the window; kept with a transaction so that undo brings it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The open article.
    pub article: ArticleId,
    /// Where the selection of text began.
    pub anchor: ByteOffset,
    /// Where its caret is.
    pub focus: ByteOffset,
    /// The selected span.
    pub span: Option<SpanId>,
}

/// What the journal says a transaction did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// New work.
    Do,
    /// Took back the transaction of that number.
    Undo(TransactionId),
    /// Did the transaction of that number, which had been taken back, again.
    Redo(TransactionId),
}

/// A transaction's number in its project's journal, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionId(i64);

impl TransactionId {
    /// Names a transaction.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl std::fmt::Display for TransactionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A gesture's whole effect, ready to be committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// New work, undo, or redo.
    pub action: Action,
    /// Who did it.
    pub author: Annotator,
    /// When.
    pub at: Timestamp,
    /// In words for the journal and the Edit menu: `tag actor “Alep”`.
    pub summary: String,
    /// Whose undo takes it back.
    pub scopes: Vec<Scope>,
    /// The changes in order.
    pub edits: Vec<Edit>,
    /// The selection when the gesture began, to come back with undo.
    pub selection_before: Option<Selection>,
    /// The selection that the gesture left, to come back with redo.
    pub selection_after: Option<Selection>,
}

#[cfg(test)]
mod tests {
    use super::super::testing::{any_layer, any_span, any_wish, byte_range, parse, span, write};
    use super::*;
    use proptest::prelude::*;

    fn scoped(edit: LayerEdit) -> Edit {
        Edit::Layer(ArticleId::new("a").unwrap(), Annotator::new("ana").unwrap(), edit)
    }

    /// A marked-up text, an edit of its spans, the marked-up text after it; and back.
    fn check(before: &str, edit: &LayerEdit, after: &str) {
        let (content, spans) = parse(before);
        let mut layer = Layer {
            spans,
            ..Layer::default()
        };
        layer.apply(edit).unwrap();
        assert_eq!(write(&content, &layer.spans), after);
        layer.apply(&edit.clone().inverse()).unwrap();
        assert_eq!(write(&content, &layer.spans), before);
    }

    fn change(before: Option<Span>, after: Option<Span>) -> LayerEdit {
        let id = before.as_ref().or(after.as_ref()).unwrap().id.clone();
        LayerEdit::Span(
            id,
            Change {
                before: before.map(Arc::new),
                after: after.map(Arc::new),
            },
        )
    }

    #[test]
    fn spans_are_added_relabelled_moved_and_removed() {
        let syria = span("2", "location", vec![byte_range(3, 8)]);
        check(
            "{1:actor|la Syrie|1} et",
            &change(None, Some(syria.clone())),
            "{1:actor|la {2:location|Syrie|2}|1} et",
        );
        check(
            "{1:actor|la {2:location|Syrie|1} et|2}",
            &change(
                Some(span("2", "location", vec![byte_range(3, 11)])),
                Some(span("2", "actor", vec![byte_range(3, 11)])),
            ),
            "{1:actor|la {2:actor|Syrie|1} et|2}",
        );
        check(
            "la {2:location|Syrie|2} et",
            &change(
                Some(syria.clone()),
                Some(span("2", "location", vec![byte_range(0, 2), byte_range(3, 8)])),
            ),
            "{2:location|la|2} {2|Syrie|2} et",
        );
        check(
            "la {2:location|Syrie|2} et",
            &change(Some(syria), None),
            "la Syrie et",
        );
        check(
            "{1:actor|الجيش|1}",
            &change(None, Some(span("2", "location", vec![byte_range(0, 10)]))),
            "{1:actor|{2:location|الجيش|2}|1}",
        );
    }

    #[test]
    fn an_item_that_is_not_what_the_edit_says_is_left_alone() {
        let (_, spans) = parse("la {2:location|Syrie|2} et");
        let mut layer = Layer {
            spans,
            ..Layer::default()
        };
        let untouched = layer.clone();
        let elsewhere = span("2", "location", vec![byte_range(0, 8)]);
        for edit in [
            change(None, Some(elsewhere.clone())),
            change(Some(elsewhere), None),
            change(Some(span("9", "actor", vec![byte_range(0, 2)])), None),
            LayerEdit::Status(Change::replace(Status::Done, Status::Todo)),
        ] {
            assert_eq!(layer.apply(&edit), Err(Conflict { item: edit.item() }));
            assert_eq!(layer, untouched);
        }
    }

    proptest! {
        #[test]
        fn an_edit_and_its_inverse_change_nothing(layer in any_layer(), wish in any_wish()) {
            let Some(edit) = wish.plan(&layer) else { return Ok(()) };
            let mut edited = layer.clone();
            edited.apply(&edit).unwrap();
            prop_assert_eq!(edit.clone().inverse().inverse(), edit.clone());
            edited.apply(&edit.inverse()).unwrap();
            prop_assert_eq!(edited, layer);
        }

        #[test]
        fn a_transaction_undone_and_redone_is_as_it_was(layer in any_layer(), wishes in proptest::collection::vec(any_wish(), 0..12)) {
            let mut done = layer.clone();
            let mut edits = Vec::new();
            for wish in wishes {
                if let Some(edit) = wish.plan(&done) {
                    done.apply(&edit).unwrap();
                    edits.push(scoped(edit));
                }
            }
            let apply = |layer: &mut Layer, edits: &[Edit]| {
                for edit in edits {
                    let Edit::Layer(_, _, edit) = edit else { continue };
                    layer.apply(edit).unwrap();
                }
            };
            let mut again = done.clone();
            let back = invert(edits.clone());
            apply(&mut again, &back);
            prop_assert_eq!(&again, &layer);
            apply(&mut again, &edits);
            prop_assert_eq!(again, done);
            prop_assert_eq!(invert(back), edits);
        }

        #[test]
        fn spans_stay_in_the_order_of_the_text(spans in proptest::collection::vec(any_span(), 0..8)) {
            let map: super::super::SpanMap = spans.into_iter().collect();
            let key = |span: &Span| (span.ranges.hull().start(), span.ranges.hull().end(), span.id.clone());
            let keys: Vec<_> = map.iter().map(|span| key(span)).collect();
            prop_assert!(keys.is_sorted());
            prop_assert_eq!(keys.len(), map.len());
            for span in map.iter() {
                prop_assert_eq!(map.get(&span.id), Some(span));
            }
        }
    }
}
