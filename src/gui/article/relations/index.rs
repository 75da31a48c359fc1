//! The relations of a layer by the spans at their ends, so that a frame asks only about the spans in view.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Relation, RelationId, SpanId};

/// Which relations each span is an end of.
#[derive(Clone, Debug, Default)]
pub(super) struct RelationIndex {
    /// What it was made of: most of what changes a layer leaves its relations as they are.
    known: BTreeMap<RelationId, Relation>,
    by_span: HashMap<SpanId, Vec<RelationId>>,
}

impl RelationIndex {
    /// Takes up the relations of a layer after a change.
    pub fn follow(&mut self, relations: &BTreeMap<RelationId, Relation>) {
        if self.known == *relations {
            return;
        }
        self.known.clone_from(relations);
        self.by_span.clear();
        for relation in relations.values() {
            for end in [&relation.from, &relation.to] {
                let here = self.by_span.entry(end.clone()).or_default();
                // An imported relation may lead from a span to itself.
                if here.last() != Some(&relation.id) {
                    here.push(relation.id.clone());
                }
            }
        }
    }

    /// The relations of a span in the order of their ids.
    pub fn of(&self, span: &SpanId) -> &[RelationId] {
        self.by_span.get(span).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Extra, RelationTypeId};

    fn relations(wanted: &[(&str, &str, &str)]) -> BTreeMap<RelationId, Relation> {
        let made = wanted.iter().map(|(id, from, to)| Relation {
            id: RelationId::new(*id).unwrap(),
            relation_type: RelationTypeId::new("victims").unwrap(),
            from: SpanId::new(*from).unwrap(),
            to: SpanId::new(*to).unwrap(),
            attributes: Attributes::new(),
            extra: Extra::new(),
        });
        made.map(|one| (one.id.clone(), one)).collect()
    }

    #[track_caller]
    fn check(index: &RelationIndex, span: &str, expected: &[&str]) {
        let found = index.of(&SpanId::new(span).unwrap());
        let found: Vec<&str> = found.iter().map(RelationId::as_str).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_end_knows_its_relations_and_one_that_bites_its_tail_counts_once() {
        let mut index = RelationIndex::default();
        index.follow(&relations(&[
            ("r1", "a", "b"),
            ("r2", "c", "a"),
            ("r3", "b", "b"),
        ]));
        check(&index, "a", &["r1", "r2"]);
        check(&index, "b", &["r1", "r3"]);
        check(&index, "x", &[]);
        index.follow(&relations(&[("r2", "c", "b")]));
        check(&index, "a", &[]);
        check(&index, "b", &["r2"]);
    }
}
