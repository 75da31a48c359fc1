//! One annotator's layer in one article, made from what a foreign file says of it. What is wrong is told and kept out;
//! the rest comes in.
//!
//! Knows no format: readers hand over positions, names, and values as they found them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::model::{
    AttributeId, Attributes, Event, EventId, EventTypeId, Extra, Filler, InvalidId, LabelId, Layer, Note,
    NoteId, NoteState, Origin, Ranges, Relation, RelationId, RelationTypeId, RoleFiller, RoleId, Span,
    SpanId, Status, TargetId, Value,
};
use crate::text::Text;

use super::Diagnostic;
use super::jsonl::checked_value;
use super::made_ids::{MadeIds, span_words};
use super::position::{Pairs, Unit, ranges, splits_cluster};

/// A span as a file gives it.
#[derive(Clone, Copy, Debug)]
pub(super) struct GivenSpan<'a> {
    /// Its id, where the file gives one.
    pub id: Option<&'a str>,
    /// Its label.
    pub label: &'a str,
    /// Starts and ends in the unit of the file, a pair for each fragment.
    pub pairs: &'a Pairs,
    /// The words that the file quotes for it; fragments are joined by one space.
    pub quote: Option<&'a str>,
}

/// A layer while it is read.
pub(super) struct Marking<'a> {
    text: &'a Text,
    unit: Unit,
    origin: &'a Origin,
    /// Put on every finding: file, line.
    place: &'a dyn Fn(Diagnostic) -> Diagnostic,
    layer: Layer,
    found: Vec<Diagnostic>,
    made: MadeIds,
}

impl<'a> Marking<'a> {
    /// Nothing marked yet.
    pub(super) fn new(
        text: &'a Text,
        unit: Unit,
        origin: &'a Origin,
        place: &'a dyn Fn(Diagnostic) -> Diagnostic,
    ) -> Self {
        Self {
            text,
            unit,
            origin,
            place,
            layer: Layer::default(),
            found: Vec::new(),
            made: MadeIds::default(),
        }
    }

    /// The text that is marked.
    pub(super) fn text(&self) -> &'a Text {
        self.text
    }

    /// The layer as far as it is read, for what has no method here, such as a status.
    pub(super) fn layer(&mut self) -> &mut Layer {
        &mut self.layer
    }

    /// Where the spans come from.
    pub(super) fn origin(&self) -> &'a Origin {
        self.origin
    }

    /// Values that an object names as `hashiya/1` does; what cannot be one is told.
    pub(super) fn attributes_of(&mut self, map: &Map<String, Json>) -> Attributes {
        let mut attributes = Attributes::new();
        for (name, json) in map {
            match checked_value(json) {
                Ok(value) => attributes.extend(self.checked_attribute(name, value)),
                Err(error) => self.kept_out("bad_attribute", format!("attribute {name:?}: {}", error.reason)),
            }
        }
        attributes
    }

    /// Takes the status of the article by its name; one that is none is told.
    pub(super) fn status(&mut self, name: Option<&str>) {
        let status = name.and_then(Status::from_name);
        if let Some(name) = name.filter(|_| status.is_none()) {
            let message = format!("{name:?} is no status of an article");
            self.tell(
                Diagnostic::warning("bad_value", message)
                    .with_hint("it is todo, in_progress, done, or skipped"),
            );
        }
        self.layer.status = status;
    }

    /// Says something about this article.
    pub(super) fn tell(&mut self, found: Diagnostic) {
        self.found.push((self.place)(found));
    }

    /// Takes a span whose positions the file gives. `None`, and a finding, where it has to stay out.
    pub(super) fn span(&mut self, given: &GivenSpan<'_>) -> Option<SpanId> {
        let what = || match given.id {
            Some(id) => format!("span {id}"),
            None => format!("a span under {:?}", given.label),
        };
        let ranges = match ranges(self.text, self.unit, given.pairs) {
            Ok(ranges) => ranges,
            Err(reason) => {
                self.kept_out("bad_offsets", format!("{}: {reason}", what()));
                return None;
            }
        };
        let own = ranges.quote(self.text).unwrap_or_default();
        if let Some(quote) = given.quote.filter(|quote| *quote != own) {
            let message = format!("{} quotes {quote:?}, but its positions hold {own:?}", what());
            self.kept_out("quote_mismatch", message);
            return None;
        }
        self.span_at(given.id, given.label, ranges)
    }

    /// Takes a span whose place in the text is known. `None`, and a finding, where it has to stay out.
    pub(super) fn span_at(&mut self, id: Option<&str>, label: &str, ranges: Ranges) -> Option<SpanId> {
        let Ok(label) = LabelId::new(label) else {
            self.kept_out("bad_label", format!("{label:?} cannot be a label"));
            return None;
        };
        let id = match id {
            Some(id) => self.own_id("span", SpanId::new(id), |layer, id| layer.spans.get(id).is_some())?,
            None => self.made_id(
                "s",
                &span_words(&label, &ranges),
                |id| SpanId::new(id),
                |layer, id| layer.spans.get(id).is_some(),
            )?,
        };
        if splits_cluster(self.text, &ranges) {
            let quote = ranges.quote(self.text).unwrap_or_default();
            let message = format!("span {id} {quote:?} starts or ends inside a character as readers see it");
            self.tell(
                Diagnostic::warning("splits_cluster", message)
                    .with_hint("it was kept as it is; look at it before you trust it"),
            );
        }
        self.layer.spans.insert(Arc::new(Span {
            id: id.clone(),
            ranges,
            label,
            attributes: Attributes::new(),
            unconfirmed: BTreeSet::new(),
            review: None,
            origin: self.origin.clone(),
            created: None,
            modified: None,
            extra: Extra::new(),
        }));
        Some(id)
    }

    /// Changes a span that was taken; nothing where there is none of that id.
    pub(super) fn change_span(&mut self, id: &SpanId, change: impl FnOnce(&mut Span)) {
        if let Some(span) = self.layer.spans.get(id) {
            let mut changed = Span::clone(span);
            change(&mut changed);
            self.layer.spans.insert(Arc::new(changed));
        }
    }

    /// Gives a span an attribute; a name or a value that cannot be one is told.
    pub(super) fn attribute(&mut self, span: &SpanId, name: &str, value: Value) {
        if let Some((id, value)) = self.checked_attribute(name, value) {
            self.change_span(span, |span| {
                span.attributes.insert(id, value);
            });
        }
    }

    /// An attribute whose name and value hold, for relations, events, and article labels; otherwise it is told.
    pub(super) fn checked_attribute(&mut self, name: &str, value: Value) -> Option<(AttributeId, Value)> {
        let reason = match (AttributeId::new(name), value.check()) {
            (Ok(id), Ok(())) => return Some((id, value)),
            (Err(error), _) => error.to_string(),
            (_, Err(error)) => error.reason,
        };
        self.kept_out("bad_attribute", format!("attribute {name:?}: {reason}"));
        None
    }

    /// Takes a relation between two spans that are there.
    pub(super) fn relation(
        &mut self,
        id: Option<&str>,
        kind: &str,
        ends: (&SpanId, &SpanId),
        attributes: Attributes,
    ) -> Option<RelationId> {
        let Ok(relation_type) = RelationTypeId::new(kind) else {
            self.kept_out("bad_value", format!("{kind:?} cannot be a type of relations"));
            return None;
        };
        let (from, to) = (ends.0.clone(), ends.1.clone());
        for end in [&from, &to] {
            if self.layer.spans.get(end).is_none() {
                let message = format!("a relation names span {end}, which is not there");
                self.kept_out("dangling", message);
                return None;
            }
        }
        let is_taken = |layer: &Layer, id: &RelationId| layer.relations.contains_key(id);
        let id = match id {
            Some(id) => self.own_id("relation", RelationId::new(id), is_taken)?,
            None => self.made_id(
                "r",
                &format!("{kind} {from} {to}"),
                |id| RelationId::new(id),
                is_taken,
            )?,
        };
        let relation = Relation {
            id: id.clone(),
            relation_type,
            from,
            to,
            attributes,
            extra: Extra::new(),
        };
        self.layer.relations.insert(id.clone(), relation);
        Some(id)
    }

    /// Takes an event, behind those that were taken before. Its fillers are added by [`Marking::fill`].
    pub(super) fn event(
        &mut self,
        id: Option<&str>,
        kind: &str,
        trigger: Option<&SpanId>,
        attributes: Attributes,
    ) -> Option<EventId> {
        let Ok(event_type) = EventTypeId::new(kind) else {
            self.kept_out("bad_value", format!("{kind:?} cannot be a type of events"));
            return None;
        };
        if let Some(trigger) = trigger.filter(|trigger| self.layer.spans.get(trigger).is_none()) {
            self.kept_out(
                "dangling",
                format!("an event names span {trigger}, which is not there"),
            );
            return None;
        }
        let is_taken = |layer: &Layer, id: &EventId| layer.events.contains_key(id);
        let number = self.layer.events.len();
        let id = match id {
            Some(id) => self.own_id("event", EventId::new(id), is_taken)?,
            None => self.made_id("e", &format!("{kind} {number}"), |id| EventId::new(id), is_taken)?,
        };
        let event = Event {
            id: id.clone(),
            event_type,
            rank: self.layer.rank_of_next(&id),
            trigger: trigger.cloned(),
            roles: Vec::new(),
            attributes,
            extra: Extra::new(),
        };
        self.layer.events.insert(id.clone(), event);
        Some(id)
    }

    /// Fills a role of an event that was taken; gives what fills it. `None`, and a finding, where it has to stay out.
    pub(super) fn fill(&mut self, event: &EventId, role: &str, filler: Filler) -> Option<&mut RoleFiller> {
        let Ok(role) = RoleId::new(role) else {
            self.kept_out("bad_value", format!("{role:?} cannot be a role"));
            return None;
        };
        if let Filler::Span(span) = &filler
            && self.layer.spans.get(span).is_none()
        {
            let message = format!("event {event} names span {span}, which is not there");
            self.kept_out("dangling", message);
            return None;
        }
        let event = self.layer.events.get_mut(event)?;
        event.roles.push(RoleFiller {
            role,
            filler,
            inferred: false,
            note: None,
            extra: Extra::new(),
        });
        event.roles.last_mut()
    }

    /// Takes an open note on the article, or on an annotation that was taken.
    pub(super) fn note(&mut self, id: Option<&str>, target: Option<&str>, text: &str) -> Option<NoteId> {
        let target = match target.map(TargetId::new) {
            None => None,
            Some(Ok(target)) => Some(target),
            Some(Err(_bad)) => {
                self.kept_out(
                    "bad_value",
                    "a note names something that cannot be an id".to_owned(),
                );
                return None;
            }
        };
        let is_taken = |layer: &Layer, id: &NoteId| layer.notes.contains_key(id);
        let what = format!("{} {text}", target.as_ref().map_or("", |target| target.as_str()));
        let id = match id {
            Some(id) => self.own_id("note", NoteId::new(id), is_taken)?,
            None => self.made_id("n", &what, |id| NoteId::new(id), is_taken)?,
        };
        let note = Note {
            id: id.clone(),
            target,
            author: None,
            created: None,
            text: text.to_owned(),
            state: NoteState::Open,
            replies: Vec::new(),
            extra: Extra::new(),
        };
        self.layer.notes.insert(id.clone(), note);
        Some(id)
    }

    /// The layer, and what was found on the way. Notes on what did not come in stay out: a file may have them before
    /// what they are on.
    pub(super) fn finish(mut self) -> (Layer, Vec<Diagnostic>) {
        let mut notes = std::mem::take(&mut self.layer.notes);
        notes.retain(|_, note| {
            let missing = note
                .target
                .as_ref()
                .filter(|on| !self.layer.has_target(on.as_str()));
            let message = missing.map(|on| format!("a note names {on}, which is not there"));
            let stays = message.is_none();
            if let Some(message) = message {
                self.kept_out("dangling", message);
            }
            stays
        });
        self.layer.notes = notes;
        (self.layer, self.found)
    }

    /// Something has to stay out.
    pub(super) fn kept_out(&mut self, code: &'static str, message: String) {
        self.tell(Diagnostic::error(code, message).with_hint(Diagnostic::MEND_PART));
    }

    /// An id that the file gives, where it can be one and is free.
    fn own_id<I: std::fmt::Display>(
        &mut self,
        kind: &str,
        id: Result<I, InvalidId>,
        is_taken: impl Fn(&Layer, &I) -> bool,
    ) -> Option<I> {
        match id {
            Ok(id) if is_taken(&self.layer, &id) => {
                self.kept_out("duplicate_id", format!("{kind} {id} is there twice"));
                None
            }
            Ok(id) => Some(id),
            Err(invalid) => {
                self.kept_out("bad_id", format!("a {kind} has an id that is none: {invalid}"));
                None
            }
        }
    }

    /// An id for what has none.
    fn made_id<I>(
        &mut self,
        prefix: &str,
        what: &str,
        make: impl Fn(&str) -> Result<I, InvalidId>,
        is_taken: impl Fn(&Layer, &I) -> bool,
    ) -> Option<I> {
        let is_taken = |id: &str| make(id).is_ok_and(|id| is_taken(&self.layer, &id));
        make(&self.made.next(prefix, what, is_taken)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OriginKind;

    fn origin() -> Origin {
        Origin {
            kind: OriginKind::Import,
            name: None,
            extra: Extra::new(),
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_the_rest_comes_in() {
        let (text, origin) = (Text::new("😀 Alep et Homs"), origin());
        let place = |found: Diagnostic| found.at_line(7);
        let mut marking = Marking::new(&text, Unit::Utf16, &origin, &place);
        let mut span = |id, pairs: (usize, usize), quote| {
            marking.span(&GivenSpan {
                id,
                label: "location",
                pairs: &vec![pairs],
                quote: Some(quote),
            })
        };
        let alep = span(Some("1"), (3, 7), "Alep").unwrap();
        let homs = span(None, (11, 15), "Homs").unwrap();
        assert_eq!(span(Some("1"), (11, 15), "Homs"), None);
        assert_eq!(span(Some("2"), (3, 7), "Homs"), None);
        assert_eq!(span(Some("3"), (3, 99), "Alep"), None);
        marking.attribute(&alep, "precision", Value::Text("exact".to_owned()));
        marking
            .relation(None, "near", (&alep, &homs), Attributes::new())
            .unwrap();
        let gone = SpanId::new("9").unwrap();
        assert_eq!(
            marking.relation(None, "near", (&alep, &gone), Attributes::new()),
            None
        );
        let event = marking.event(None, "battle", None, Attributes::new()).unwrap();
        marking.fill(&event, "place", Filler::Span(homs));
        marking.fill(&event, "place", Filler::Span(gone));
        marking.note(None, Some("1"), "sûr ?").unwrap();
        marking.note(None, Some("9"), "sur quoi ?").unwrap();
        let (layer, found) = marking.finish();
        let counts = (layer.spans.len(), layer.relations.len(), layer.notes.len());
        assert_eq!(counts, (2, 1, 1));
        assert_eq!(layer.events[&event].roles.len(), 1);
        let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
        assert_eq!(
            codes,
            [
                "duplicate_id",
                "quote_mismatch",
                "bad_offsets",
                "dangling",
                "dangling",
                "dangling"
            ]
        );
        assert!(found.iter().all(|found| found.line == Some(7)));
    }
}
