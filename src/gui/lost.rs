//! What goes along with spans that are removed or merged, counted before it is done. Pure values.

use std::collections::BTreeSet;

use super::words;
use crate::model::{Filler, Layer, Relation, SpanId};

/// How much goes along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lost {
    /// Relations of a span.
    pub relations: usize,
    /// Places in events, as a filler of a role or as a trigger.
    pub roles: usize,
    /// Notes on the span and on its relations.
    pub notes: usize,
}

impl Lost {
    /// Each kind of it with its number, such as "1 relation".
    pub fn in_words(self) -> Vec<String> {
        let kinds = [
            (self.relations, words::RELATION_SMALL, words::RELATIONS_SMALL),
            (self.roles, words::ROLE_SMALL, words::ROLES_SMALL),
            (self.notes, words::NOTE_SMALL, words::NOTES_SMALL),
        ];
        let some = kinds.into_iter().filter(|(count, ..)| *count > 0);
        some.map(|(count, one, many)| words::counted(count, one, many))
            .collect()
    }

    /// What goes with a span that is removed.
    pub fn with(layer: &Layer, span: &SpanId) -> Self {
        let relations = || of(layer, std::slice::from_ref(span));
        let fillers = layer.events.values().flat_map(|event| &event.roles);
        let fillers = fillers.filter(|role| matches!(&role.filler, Filler::Span(id) if id == span));
        let triggers = layer
            .events
            .values()
            .filter(|event| event.trigger.as_ref() == Some(span));
        let notes = layer.notes.values().filter_map(|note| note.target.as_ref());
        let is_gone =
            |id: &str| id == span.as_str() || relations().any(|relation| relation.id.as_str() == id);
        Self {
            relations: relations().count(),
            roles: fillers.count() + triggers.count(),
            notes: notes.filter(|target| is_gone(target.as_str())).count(),
        }
    }

    /// What goes where one span is made of several: relations between them, and those that it would have twice. All else
    /// hangs on the one that stays.
    pub fn by_merging(layer: &Layer, spans: &[SpanId]) -> Self {
        let end = |id| if spans.contains(id) { None } else { Some(id) };
        let stay: BTreeSet<_> = of(layer, spans)
            .map(|relation| (&relation.relation_type, end(&relation.from), end(&relation.to)))
            .filter(|(_, from, to)| from != to)
            .collect();
        Self {
            relations: of(layer, spans).count() - stay.len(),
            ..Self::default()
        }
    }
}

/// The relations that start from or lead to one of the spans.
fn of<'a>(layer: &'a Layer, spans: &'a [SpanId]) -> impl Iterator<Item = &'a Relation> {
    let relations = layer.relations.values();
    relations.filter(|relation| spans.contains(&relation.from) || spans.contains(&relation.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Extra, RelationId, RelationTypeId};

    fn id(id: &str) -> SpanId {
        SpanId::new(id).unwrap()
    }

    fn layer(links: &[(&str, &str, &str)]) -> Layer {
        let relations = links
            .iter()
            .enumerate()
            .map(|(place, (kind, from, to))| Relation {
                id: RelationId::new(format!("r{place}")).unwrap(),
                relation_type: RelationTypeId::new(*kind).unwrap(),
                from: id(from),
                to: id(to),
                attributes: Attributes::new(),
                extra: Extra::new(),
            });
        Layer {
            relations: relations
                .map(|relation| (relation.id.clone(), relation))
                .collect(),
            ..Layer::default()
        }
    }

    #[test]
    fn a_merge_costs_what_leads_from_one_to_the_other_and_what_both_have() {
        let count =
            |links: &[(&str, &str, &str)]| Lost::by_merging(&layer(links), &[id("a"), id("b")]).relations;
        assert_eq!(count(&[("part-of", "a", "b")]), 1);
        assert_eq!(count(&[("victims", "a", "c"), ("victims", "b", "c")]), 1);
        assert_eq!(count(&[("victims", "a", "c"), ("claimed-by", "b", "c")]), 0);
        assert_eq!(count(&[("victims", "a", "c"), ("victims", "c", "b")]), 0);
        assert_eq!(count(&[("victims", "c", "d"), ("victims", "c", "d")]), 0);
    }

    #[test]
    fn all_relations_of_a_removed_span_go_with_it() {
        let layer = layer(&[
            ("part-of", "a", "b"),
            ("victims", "c", "a"),
            ("victims", "b", "c"),
        ]);
        assert_eq!(Lost::with(&layer, &id("a")).relations, 2);
        assert_eq!(Lost::with(&layer, &id("d")), Lost::default());
    }
}
