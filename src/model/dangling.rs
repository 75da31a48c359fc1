//! References within a layer: what names an annotation that is not there, and what is left over where spans are taken
//! out from outside the journal, on the way in or out of files.

use std::fmt::Display;

use super::{Layer, SpanId};

/// A reference to an annotation that is not in the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// What holds the reference, such as `relation r1`.
    pub holder: String,
    /// The id that it names.
    pub target: String,
}

impl Dangling {
    fn new(kind: &str, holder: &impl Display, target: &impl Display) -> Self {
        Self {
            holder: format!("{kind} {holder}"),
            target: target.to_string(),
        }
    }
}

impl Layer {
    /// What names an annotation that is not there, or `None` where every reference holds.
    pub fn dangling(&self) -> Option<Dangling> {
        let lost = |span: &&SpanId| self.spans.get(span).is_none();
        for relation in self.relations.values() {
            if let Some(span) = [&relation.from, &relation.to].into_iter().find(lost) {
                return Some(Dangling::new("relation", &relation.id, span));
            }
        }
        for event in self.events.values() {
            if let Some(span) = event.spans().find(lost) {
                return Some(Dangling::new("event", &event.id, span));
            }
        }
        for note in self.notes.values() {
            let target = note.target.as_ref();
            if let Some(target) = target.filter(|target| !self.has_target(target.as_str())) {
                return Some(Dangling::new("note", &note.id, target));
            }
        }
        None
    }

    /// Takes out the relations, triggers, and fillers whose spans are gone, and the notes on anything that is gone.
    /// Answers how many went. Events stay, also without fillers.
    pub fn drop_dangling(&mut self) -> u64 {
        self.take_dangling().len() as u64
    }

    /// [`Layer::drop_dangling`] with what each of them named.
    pub fn take_dangling(&mut self) -> Vec<Dangling> {
        let mut gone = Vec::new();
        let spans = &self.spans;
        let lost = |span: &SpanId| spans.get(span).is_none();
        self.relations.retain(|id, relation| {
            let target = [&relation.from, &relation.to].into_iter().find(|span| lost(span));
            gone.extend(target.map(|target| Dangling::new("relation", id, target)));
            target.is_none()
        });
        for (id, event) in &mut self.events {
            let targets = event.spans().filter(|span| lost(span));
            gone.extend(targets.map(|target| Dangling::new("event", id, target)));
            event.trigger = event.trigger.take().filter(|span| !lost(span));
            event.roles.retain(|role| !role.filler.span().is_some_and(lost));
        }
        let mut notes = std::mem::take(&mut self.notes);
        notes.retain(|id, note| {
            let target = note.target.as_ref();
            let target = target.filter(|target| !self.has_target(target.as_str()));
            gone.extend(target.map(|target| Dangling::new("note", id, target)));
            target.is_none()
        });
        self.notes = notes;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::parse;
    use super::super::{
        Attributes, Event, EventId, EventTypeId, Extra, Filler, Relation, RelationId, RelationTypeId,
        RoleFiller, RoleId,
    };
    use super::*;

    #[test]
    fn what_names_a_lost_span_goes_and_the_rest_of_an_event_stays() {
        let (_, spans) = parse("{1:actor|la coalition|1} à {2:place|Alep|2}");
        let span = |id: &str| SpanId::new(id).unwrap();
        let filler = |id: &str| RoleFiller {
            role: RoleId::new("where").unwrap(),
            filler: Filler::Span(span(id)),
            inferred: false,
            note: None,
            extra: Extra::new(),
        };
        let event = Event {
            id: EventId::new("e").unwrap(),
            event_type: EventTypeId::new("incident").unwrap(),
            rank: 0,
            trigger: Some(span("1")),
            roles: vec![filler("1"), filler("2")],
            attributes: Attributes::new(),
            extra: Extra::new(),
        };
        let relation = Relation {
            id: RelationId::new("r").unwrap(),
            relation_type: RelationTypeId::new("part-of").unwrap(),
            from: span("2"),
            to: span("1"),
            attributes: Attributes::new(),
            extra: Extra::new(),
        };
        let mut layer = Layer {
            spans,
            relations: [(relation.id.clone(), relation)].into(),
            events: [(event.id.clone(), event)].into(),
            ..Layer::default()
        };
        assert_eq!(layer.dangling(), None);
        layer.spans.remove(&span("1"));
        let first = layer.dangling();
        let gone = layer.take_dangling();
        assert_eq!(gone.first(), first.as_ref());
        let said: Vec<String> = gone
            .into_iter()
            .map(|lost| lost.holder + " " + &lost.target)
            .collect();
        assert_eq!(said, ["relation r 1", "event e 1", "event e 1"]);
        let left: Vec<&SpanId> = layer.events.values().flat_map(Event::spans).collect();
        assert_eq!(left, [&span("2")]);
        assert_eq!(layer.dangling(), None);
    }
}
