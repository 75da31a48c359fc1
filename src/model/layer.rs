//! Everything one annotator marked in one article.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::text::{ByteOffset, ByteRange};

use super::chunked::ChunkedMap;
use super::value::names;
use super::{
    Attributes, Event, EventId, Extra, Note, NoteId, NoteState, ProblemKey, Relation, RelationId, Span,
    SpanId, TargetId, Verdict,
};

/// One annotator's annotations of one article. Cheap to clone: the spans are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// How far the work is; none where nothing was ever set, which reads as [`Status::Todo`].
    pub status: Option<Status>,
    /// A reviewer's verdict on the whole.
    pub review: Option<Verdict>,
    /// Whether somebody wants to come back to it.
    pub flagged: bool,
    /// The spans in the order of the text.
    pub spans: SpanMap,
    /// The relations in the order of their ids.
    pub relations: BTreeMap<RelationId, Relation>,
    /// The events by id; [`Layer::events_in_order`] gives them in the annotator's own order.
    pub events: BTreeMap<EventId, Event>,
    /// Article-level labels.
    pub labels: Attributes,
    /// The notes in the order of their ids.
    pub notes: BTreeMap<NoteId, Note>,
    /// Problems that were looked at and shall not be shown again; what they were about may be gone.
    pub dismissed: BTreeSet<ProblemKey>,
    /// Unknown keys of the article's line.
    pub extra: Extra,
}

/// How far the work on an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not begun.
    #[default]
    Todo,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
    /// Not to be annotated.
    Skipped,
}

impl Status {
    /// As it is said to people: `to do`.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Todo => "to do",
            Self::InProgress => "in progress",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }
}

names!(Status { Todo = "todo", InProgress = "in_progress", Done = "done", Skipped = "skipped" });

impl Layer {
    /// Whether the layer exists: it holds an annotation or a set status.
    pub fn exists(&self) -> bool {
        *self != Self::default()
    }

    /// The status, `todo` where none was set.
    pub fn status_or_default(&self) -> Status {
        self.status.unwrap_or_default()
    }

    /// The notes that are not settled, in the order of their ids.
    pub fn open_notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.values().filter(|note| note.state == NoteState::Open)
    }

    /// The spans that a note's target is made of: a span itself, the ends of a relation, an event's trigger and fillers.
    pub fn spans_of(&self, target: &TargetId) -> Vec<SpanId> {
        let target = target.as_str();
        let span = SpanId::new(target).ok().filter(|id| self.spans.get(id).is_some());
        let relation = RelationId::new(target)
            .ok()
            .and_then(|id| self.relations.get(&id));
        let event = EventId::new(target).ok().and_then(|id| self.events.get(&id));
        let ends = relation.map(|relation| [relation.from.clone(), relation.to.clone()]);
        let parts = event.into_iter().flat_map(Event::spans).cloned();
        let all = span.into_iter().chain(ends.into_iter().flatten());
        all.chain(parts).collect()
    }

    /// Whether a span, a relation, or an event has this id.
    pub fn has_target(&self, id: &str) -> bool {
        SpanId::new(id).is_ok_and(|id| self.spans.get(&id).is_some())
            || RelationId::new(id).is_ok_and(|id| self.relations.contains_key(&id))
            || EventId::new(id).is_ok_and(|id| self.events.contains_key(&id))
    }
}

/// Where a span stands in the order of the text: start, then end, then id. No id stands before all ids.
type SpanKey = (ByteOffset, ByteOffset, Option<SpanId>);

/// Spans by id, in the order of the text. A clone shares all but what is changed in one of the two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpanMap {
    in_order: ChunkedMap<SpanKey, Arc<Span>>,
    keys: ChunkedMap<SpanId, (ByteOffset, ByteOffset)>,
}

impl SpanMap {
    /// How many.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.len() == 0
    }

    /// The span of that id.
    pub fn get(&self, id: &SpanId) -> Option<&Arc<Span>> {
        let (start, end) = *self.keys.get(id)?;
        self.in_order.get(&(start, end, Some(id.clone())))
    }

    /// In the order of the text: start, end, id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Span>> {
        self.in_order.values()
    }

    /// Puts a span in, in the place of one with the same id.
    pub fn insert(&mut self, span: Arc<Span>) {
        self.remove(&span.id);
        let hull = span.ranges.hull();
        self.keys.insert(span.id.clone(), (hull.start(), hull.end()));
        self.in_order
            .insert((hull.start(), hull.end(), Some(span.id.clone())), span);
    }

    /// Takes a span out.
    pub fn remove(&mut self, id: &SpanId) -> Option<Arc<Span>> {
        let (start, end) = self.keys.remove(id)?;
        self.in_order.remove(&(start, end, Some(id.clone())))
    }

    /// Whether both share all their spans, as a map and its unchanged clone do. Two that do not may still be equal.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        self.in_order.is_shared_with(&other.in_order)
    }

    /// The spans from exactly this start to exactly this end, by id, found without a look at any other.
    pub fn with_hull(&self, hull: ByteRange) -> impl Iterator<Item = &Arc<Span>> {
        let from = (hull.start(), hull.end(), None);
        self.in_order
            .values_from(&from)
            .take_while(move |span| span.ranges.hull() == hull)
    }
}

impl FromIterator<Span> for SpanMap {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut map = Self::default();
        for span in spans {
            map.insert(Arc::new(span));
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_layer;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_spans_of_a_hull_are_found_as_by_looking_at_all(layer in any_layer(), other in any_layer()) {
            for hull in other.spans.iter().chain(layer.spans.iter()).map(|span| span.ranges.hull()) {
                let found: Vec<_> = layer.spans.with_hull(hull).collect();
                let all: Vec<_> = layer.spans.iter().filter(|span| span.ranges.hull() == hull).collect();
                prop_assert_eq!(found, all);
            }
        }
    }
}
