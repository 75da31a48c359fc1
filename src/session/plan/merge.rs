//! Making one span of several.
//!
//! The first span of the list stays. What hung on the others (notes, relations, places in events) hangs on it then,
//! and their values fill where it has none; where two values differ its own stands, which the summary says, and undo
//! brings the others back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Attributes, Change, Event, Filler, Layer, LayerEdit, Note, Relation, RelationId, RelationTypeId,
    RoleFiller, Span, SpanId, TargetId, way,
};
use crate::session::command::MergeSpans;
use crate::session::refusal::Refusal;

use super::relation::refuse_circle;
use super::{Place, Planned, check, reading, span};

pub(super) fn merge(place: &Place<'_>, command: &MergeSpans) -> Planned {
    let text = &place.article.text;
    let spans: Vec<&Arc<Span>> = command
        .spans
        .iter()
        .map(|id| span::get(place, id))
        .collect::<Result<_, _>>()?;
    let Some((kept, absorbed)) = spans.split_first() else {
        return Err(check::too_few("span"));
    };
    refuse_labels(kept, absorbed)?;
    let mut after = Span::clone(kept);
    let mut differing = Vec::new();
    for other in absorbed {
        after.ranges = after.ranges.joined(other.ranges.as_slice(), text);
        take_values(&mut after, other, &mut differing);
    }
    span::refuse_twin(place, &after.ranges, &kept.label, &command.spans)?;
    let sources: Vec<&Span> = spans.iter().map(AsRef::as_ref).collect();
    reading::read_anew(place, &sources, &mut after);
    let into = Into {
        kept: &kept.id,
        absorbed: command.spans.get(1..).unwrap_or_default(),
    };
    into.refuse_circle(place)?;
    let mut edits = into.hanging_on(place.layer);
    edits.extend(absorbed.iter().map(|other| {
        let gone = Change::remove(Arc::clone(other));
        LayerEdit::Span(other.id.clone(), gone)
    }));
    let mut summary = format!("merge {} into {}", spans.len(), check::describe(text, &after));
    if !differing.is_empty() {
        differing.sort();
        differing.dedup();
        summary = format!("{summary}, its own {} kept", differing.join(", "));
    }
    let mut step = span::replace(place, kept, after, summary);
    step.edits.splice(0..0, edits);
    Ok(step)
}

fn refuse_labels(kept: &Span, absorbed: &[&Arc<Span>]) -> Result<(), Refusal> {
    match absorbed.iter().find(|other| other.label != kept.label) {
        None => Ok(()),
        Some(other) => {
            let (one, two) = (&kept.label, &other.label);
            let message = format!("span {} is {one} and span {} is {two}", kept.id, other.id);
            Err(Refusal::new("labels_differ", message).hint("give both the same label first"))
        }
    }
}

/// Fills what a span lacks from another one; notes where both have a value and differ.
fn take_values(span: &mut Span, other: &Span, differing: &mut Vec<String>) {
    for (id, value) in &other.attributes {
        match span.attributes.get(id) {
            None => {
                span.attributes.insert(id.clone(), value.clone());
                if other.unconfirmed.contains(id) {
                    span.unconfirmed.insert(id.clone());
                }
            }
            // What somebody has confirmed goes before what was only read.
            Some(_) if span.unconfirmed.contains(id) => {
                if !other.unconfirmed.contains(id) {
                    span.attributes.insert(id.clone(), value.clone());
                    span.unconfirmed.remove(id);
                }
            }
            Some(own) if own != value => differing.push(id.to_string()),
            Some(_) => {}
        }
    }
    for (key, value) in &other.extra {
        if !span.extra.contains_key(key) {
            span.extra.insert(key.clone(), value.clone());
        }
    }
}

/// The spans that go and the one that stands for them.
struct Into<'a> {
    kept: &'a SpanId,
    absorbed: &'a [SpanId],
}

impl Into<'_> {
    /// The edits that hang on the kept span what hangs on the others.
    fn hanging_on(&self, layer: &Layer) -> Vec<LayerEdit> {
        let (relations, gone) = self.relations(layer);
        let mut edits: Vec<LayerEdit> = layer
            .notes
            .values()
            .filter_map(|note| self.note(note, &gone))
            .collect();
        edits.extend(relations);
        edits.extend(layer.events.values().filter_map(|event| self.event(event)));
        edits
    }

    fn end(&self, span: &SpanId) -> SpanId {
        if self.absorbed.contains(span) {
            self.kept.clone()
        } else {
            span.clone()
        }
    }

    /// Refuses to make one of a part and the whole of its whole; one between merged spans goes and is no circle.
    fn refuse_circle(&self, place: &Place<'_>) -> Result<(), Refusal> {
        let all = place.layer.relations.values();
        let moved: Vec<Relation> = all
            .map(|relation| Relation {
                from: self.end(&relation.from),
                to: self.end(&relation.to),
                ..relation.clone()
            })
            .filter(|relation| relation.from != relation.to)
            .collect();
        // What came in with a circle, such as by an import, is found by the checks and hinders nothing here.
        let was_round = |kind: &RelationTypeId| {
            let mut merged = self.absorbed.iter().chain([self.kept]);
            merged.any(|span| way(place.layer.relations.values(), kind, span, span).is_some())
        };
        let of_kept: BTreeSet<&RelationTypeId> = moved
            .iter()
            .filter(|relation| relation.from == *self.kept)
            .map(|relation| &relation.relation_type)
            .collect();
        of_kept
            .into_iter()
            .filter(|kind| !was_round(kind))
            .try_for_each(|kind| refuse_circle(place, moved.iter(), kind, (self.kept, self.kept)))
    }

    /// The relations that change or go. One between merged spans would lead from the span to itself, and one that is
    /// there already would be there twice: those go, and where their notes belong then is told.
    fn relations(&self, layer: &Layer) -> (Vec<LayerEdit>, BTreeMap<RelationId, String>) {
        let mut gone: BTreeMap<RelationId, String> = BTreeMap::new();
        let mut stay: Vec<(&Relation, Relation)> = Vec::new();
        for relation in layer.relations.values() {
            let moved = Relation {
                from: self.end(&relation.from),
                to: self.end(&relation.to),
                ..relation.clone()
            };
            let changed = moved != *relation;
            let twin = stay.iter_mut().find(|(_, other)| is_same_link(other, &moved));
            if changed && moved.from == moved.to {
                gone.insert(relation.id.clone(), self.kept.to_string());
            } else if let Some((other, twin)) = twin
                && (changed || **other != *twin)
            {
                fill(&mut twin.attributes, &moved.attributes);
                gone.insert(relation.id.clone(), twin.id.to_string());
            } else {
                stay.push((relation, moved));
            }
        }
        let changes = stay
            .into_iter()
            .filter(|(before, after)| *before != after)
            .map(|(before, after)| {
                LayerEdit::Relation(before.id.clone(), Change::replace(before.clone(), after))
            });
        let removals = gone.keys().filter_map(|id| {
            let relation = layer.relations.get(id)?.clone();
            Some(LayerEdit::Relation(id.clone(), Change::remove(relation)))
        });
        (removals.chain(changes).collect(), gone)
    }

    fn note(&self, note: &Note, gone: &BTreeMap<RelationId, String>) -> Option<LayerEdit> {
        let target = note.target.as_ref()?.as_str();
        let on_span = self.absorbed.iter().any(|id| id.as_str() == target);
        let on_relation = gone.iter().find(|(id, _)| id.as_str() == target);
        let new = match on_relation {
            Some((_, stands)) => stands.as_str(),
            None if on_span => self.kept.as_str(),
            None => return None,
        };
        let mut after = note.clone();
        after.target = TargetId::new(new).ok();
        Some(LayerEdit::Note(
            note.id.clone(),
            Change::replace(note.clone(), after),
        ))
    }

    /// An event with the kept span in the places of the others, once in each role.
    fn event(&self, event: &Event) -> Option<LayerEdit> {
        let mut after = event.clone();
        after.trigger = event.trigger.as_ref().map(|span| self.end(span));
        let mut roles: Vec<RoleFiller> = Vec::new();
        for mut role in std::mem::take(&mut after.roles) {
            let mut is_kept = false;
            if let Filler::Span(span) = &mut role.filler {
                *span = self.end(span);
                is_kept = span == self.kept;
            }
            let is_same = |other: &&mut RoleFiller| other.role == role.role && other.filler == role.filler;
            match roles.iter_mut().find(is_same).filter(|_| is_kept) {
                Some(other) => {
                    other.inferred &= role.inferred;
                    other.note = other.note.take().or(role.note);
                }
                None => roles.push(role),
            }
        }
        after.roles = roles;
        let change = || Change::replace(event.clone(), after.clone());
        (after != *event).then(|| LayerEdit::Event(event.id.clone(), change()))
    }
}

fn is_same_link(one: &Relation, other: &Relation) -> bool {
    one.relation_type == other.relation_type && one.from == other.from && one.to == other.to
}

fn fill(values: &mut Attributes, more: &Attributes) {
    for (id, value) in more {
        values.entry(id.clone()).or_insert_with(|| value.clone());
    }
}
