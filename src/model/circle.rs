//! Relations that say what a thing is part of: a part is never the whole of its whole, so they lead in no circle.
//!
//! Knows relations only, and not what the spans at their ends say.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Relation, RelationTypeId, SpanId};

/// The types of relations that lead from a part to the whole, by the ids under which codebooks have them.
const OF_PARTS: [&str; 2] = ["part-of", "located-in"];
/// Spans of a circle that are named.
const NAMED: usize = 4;

impl RelationTypeId {
    /// Whether such a relation leads from a part to the whole, and so never back.
    pub fn is_of_parts(&self) -> bool {
        let id = self.as_str().to_lowercase().replace(['_', ' '], "-");
        OF_PARTS.contains(&id.as_str())
    }
}

/// The relations of a layer that lead back to where they came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Circle<'a> {
    /// The relation that closes it.
    pub closing: &'a Relation,
    /// Its spans from the one that the closing relation leads to, the first few of them.
    pub spans: Vec<&'a SpanId>,
    /// How many spans it has.
    pub count: usize,
}

/// Where relations of one type lead.
fn steps<'a>(
    relations: impl Iterator<Item = &'a Relation>,
    kind: &RelationTypeId,
) -> BTreeMap<&'a SpanId, Vec<&'a Relation>> {
    let mut steps: BTreeMap<&SpanId, Vec<&Relation>> = BTreeMap::new();
    for relation in relations.filter(|relation| relation.relation_type == *kind) {
        steps.entry(&relation.from).or_default().push(relation);
    }
    steps
}

/// The shortest way along relations of a type from one span to another, or round to the same one.
pub fn way<'a>(
    relations: impl Iterator<Item = &'a Relation>,
    kind: &RelationTypeId,
    from: &SpanId,
    to: &SpanId,
) -> Option<Vec<&'a Relation>> {
    let steps = steps(relations, kind);
    let mut by: BTreeMap<&SpanId, &Relation> = BTreeMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(span) = next.pop_front() {
        for relation in steps.get(span).into_iter().flatten() {
            if relation.to == *to {
                let mut way = vec![*relation];
                let mut at = span;
                while at != from {
                    let before = *by.get(at)?;
                    way.push(before);
                    at = &before.from;
                }
                way.reverse();
                return Some(way);
            }
            if relation.to != *from && !by.contains_key(&relation.to) {
                by.insert(&relation.to, relation);
                next.push_back(&relation.to);
            }
        }
    }
    None
}

/// How far a span has been looked into.
#[derive(Clone, Copy)]
enum Seen {
    /// It stands in the way that is walked, at this place.
    OnWay(usize),
    /// All that it leads to was looked into.
    Whole,
}

/// The circles among relations from parts to wholes. Each relation that closes one is told once; one that leads to its
/// own span is no circle of several.
pub fn circles<'a>(relations: &[&'a Relation]) -> Vec<Circle<'a>> {
    let kinds: BTreeSet<&RelationTypeId> = relations
        .iter()
        .map(|relation| &relation.relation_type)
        .filter(|kind| kind.is_of_parts())
        .collect();
    let mut found = Vec::new();
    for kind in kinds {
        let steps = steps(relations.iter().copied(), kind);
        let mut seen = BTreeMap::new();
        for start in relations.iter().map(|relation| &relation.from) {
            if !seen.contains_key(start) {
                walk(start, &steps, &mut seen, &mut found);
            }
        }
    }
    found
}

/// Walks from a span wherever relations lead; without recursion, since a way may be as long as a layer.
fn walk<'a>(
    start: &'a SpanId,
    steps: &BTreeMap<&'a SpanId, Vec<&'a Relation>>,
    seen: &mut BTreeMap<&'a SpanId, Seen>,
    found: &mut Vec<Circle<'a>>,
) {
    let of = |span: &SpanId| steps.get(span).map_or(&[][..], Vec::as_slice).iter();
    let mut way = vec![(start, of(start))];
    seen.insert(start, Seen::OnWay(0));
    while let Some((span, ahead)) = way.last_mut() {
        let Some(relation) = ahead.next() else {
            seen.insert(*span, Seen::Whole);
            way.pop();
            continue;
        };
        match seen.get(&relation.to) {
            Some(Seen::OnWay(place)) if relation.to != relation.from => found.push(Circle {
                closing: relation,
                spans: way
                    .iter()
                    .skip(*place)
                    .take(NAMED)
                    .map(|(span, _)| *span)
                    .collect(),
                count: way.len() - place,
            }),
            Some(_) => {}
            None => {
                seen.insert(&relation.to, Seen::OnWay(way.len()));
                way.push((&relation.to, of(&relation.to)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Extra, RelationId};

    /// Relations as `a>b`, of parts.
    fn relations(all: &str) -> Vec<Relation> {
        let ends = all.split_whitespace().filter_map(|one| one.split_once('>'));
        ends.map(|(from, to)| Relation {
            id: RelationId::new(format!("{from}{to}")).unwrap(),
            relation_type: RelationTypeId::new("part-of").unwrap(),
            from: SpanId::new(from).unwrap(),
            to: SpanId::new(to).unwrap(),
            attributes: Attributes::new(),
            extra: Extra::new(),
        })
        .collect()
    }

    #[track_caller]
    fn check_way(all: &str, (from, to): (&str, &str), expected: &str) {
        let relations = relations(all);
        let kind = RelationTypeId::new("part-of").unwrap();
        let (from, to) = (SpanId::new(from).unwrap(), SpanId::new(to).unwrap());
        let way = way(relations.iter(), &kind, &from, &to).unwrap_or_default();
        let ids: Vec<&str> = way.iter().map(|relation| relation.id.as_str()).collect();
        assert_eq!(ids.join(" "), expected);
    }

    #[test]
    fn a_way_is_the_shortest_and_leads_round_to_its_start() {
        check_way("a>b b>c a>c c>d", ("a", "d"), "ac cd");
        check_way("a>b b>c", ("c", "a"), "");
        check_way("a>b b>c c>a", ("a", "a"), "ab bc ca");
        check_way("a>b b>a a>a", ("b", "b"), "ba ab");
        check_way("a>b", ("a", "a"), "");
    }

    #[track_caller]
    fn check_circles(all: &str, expected: &[&str]) {
        let relations = relations(all);
        let circles: Vec<String> = circles(&relations.iter().collect::<Vec<_>>())
            .iter()
            .map(|circle| {
                let spans: Vec<&str> = circle.spans.iter().map(|span| span.as_str()).collect();
                format!("{}: {} of {}", circle.closing.id, spans.join(" "), circle.count)
            })
            .collect();
        assert_eq!(circles, expected);
    }

    #[test]
    fn each_circle_is_told_once() {
        check_circles("a>b b>c a>c", &[]);
        check_circles("a>b b>a", &["ba: a b of 2"]);
        check_circles("x>a a>b b>c c>a c>d d>c", &["ca: a b c of 3", "dc: c d of 2"]);
        check_circles("a>a", &[]);
        check_circles("a>b b>c c>d d>e e>f f>a", &["fa: a b c d of 6"]);
    }

    #[test]
    fn a_long_way_is_walked_without_running_out_of_stack() {
        let long: Vec<String> = (0..20_000)
            .map(|place| format!("s{place}>s{}", (place + 1) % 20_000))
            .collect();
        let relations = relations(&long.join(" "));
        assert_eq!(circles(&relations.iter().collect::<Vec<_>>())[0].count, 20_000);
    }

    #[test]
    fn types_of_parts_are_known_by_their_usual_ids() {
        for (id, expected) in [
            ("part-of", true),
            ("Part_of", true),
            ("located-in", true),
            ("near", false),
        ] {
            assert_eq!(RelationTypeId::new(id).unwrap().is_of_parts(), expected, "{id}");
        }
    }
}
