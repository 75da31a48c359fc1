//! Which spans lie in a stretch of text, answered without looking at all of them.
//!
//! Built once per layer snapshot: a frame asks only about what is visible. A span of several fragments is found
//! by each of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::layout::{LaneMap, lanes};
use crate::model::{LabelId, Layer, Ranges, Span, SpanId};
use crate::text::{ByteOffset, ByteRange};

/// One fragment of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Which span, as its place in the order of the text.
    pub span: usize,
    /// Which of its fragments.
    pub number: usize,
    /// Where.
    pub range: ByteRange,
}

/// The spans of a layer by place.
#[derive(Clone, Debug, Default)]
pub struct SpanIndex {
    spans: Vec<Arc<Span>>,
    places: HashMap<SpanId, usize>,
    /// Sorted by start, the longer first.
    fragments: Vec<Fragment>,
    /// A binary tree over the fragments, in heap order: each node holds the furthest end below it.
    furthest: Vec<ByteOffset>,
    leaves: usize,
    lanes: LaneMap,
    counts: BTreeMap<LabelId, usize>,
}

impl SpanIndex {
    /// Takes up the spans of a layer.
    pub fn new(layer: &Layer) -> Self {
        let spans: Vec<Arc<Span>> = layer.spans.iter().cloned().collect();
        let mut fragments = Vec::with_capacity(spans.len());
        for (place, span) in spans.iter().enumerate() {
            for (number, range) in span.ranges.as_slice().iter().enumerate() {
                fragments.push(Fragment {
                    span: place,
                    number,
                    range: *range,
                });
            }
        }
        fragments.sort_by_key(|f| (f.range.start(), std::cmp::Reverse(f.range.end()), f.span));
        let leaves = fragments.len().next_power_of_two();
        let mut furthest = vec![ByteOffset::ZERO; 2 * leaves];
        for (at, fragment) in fragments.iter().enumerate() {
            furthest[leaves + at] = fragment.range.end();
        }
        for node in (1..leaves).rev() {
            furthest[node] = furthest[2 * node].max(furthest[2 * node + 1]);
        }
        let mut counts = BTreeMap::new();
        for span in &spans {
            *counts.entry(span.label.clone()).or_default() += 1;
        }
        let hulls: Vec<ByteRange> = spans.iter().map(|span| span.ranges.hull()).collect();
        Self {
            lanes: lanes(&hulls),
            places: spans
                .iter()
                .enumerate()
                .map(|(place, span)| (span.id.clone(), place))
                .collect(),
            spans,
            fragments,
            furthest,
            leaves,
            counts,
        }
    }

    /// How many spans are under a label.
    pub fn count(&self, label: &LabelId) -> usize {
        self.counts.get(label).copied().unwrap_or_default()
    }

    /// All spans in the order of the text.
    pub fn spans(&self) -> &[Arc<Span>] {
        &self.spans
    }

    /// The span at that place in the order of the text.
    pub fn span(&self, place: usize) -> Option<&Arc<Span>> {
        self.spans.get(place)
    }

    /// The span of that id.
    pub fn get(&self, id: &SpanId) -> Option<&Arc<Span>> {
        self.spans.get(self.place(id)?)
    }

    /// A span's place in the order of the text.
    pub fn place(&self, id: &SpanId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// In which lane below the text a span's line runs, counted from the top.
    pub fn lane(&self, place: usize) -> u16 {
        self.lanes.lane(place)
    }

    /// How many lanes a stretch of text needs.
    pub fn depth(&self, range: ByteRange) -> u16 {
        self.lanes.depth(range)
    }

    /// The fragments that share text with a range, by start, the longer first.
    pub fn touching(&self, range: ByteRange) -> Vec<Fragment> {
        let behind = self
            .fragments
            .partition_point(|fragment| fragment.range.start() < range.end());
        let mut found = Vec::new();
        if !range.is_empty() {
            self.descend(1, 0, self.leaves, behind, range.start(), &mut found);
        }
        found
    }

    /// The spans at a position, innermost first. A position between two characters belongs to what follows it.
    pub fn at(&self, at: ByteOffset) -> Vec<SpanId> {
        let next = ByteOffset::new(at.get() + 1);
        let mut found = self.touching(ByteRange::between(at, next));
        found.sort_by_key(|f| {
            let hull = self.span(f.span).map(|span| span.ranges.hull());
            (
                hull.map(ByteRange::len),
                std::cmp::Reverse(f.range.start()),
                f.span,
            )
        });
        found
            .iter()
            .filter_map(|f| self.span(f.span).map(|span| span.id.clone()))
            .collect()
    }

    /// The places of the spans that a span lies in, innermost first. Of two that cover the same words the earlier one
    /// holds the later one.
    pub fn around(&self, place: usize) -> Vec<usize> {
        let Some(own) = self.span(place).map(|span| span.ranges.hull()) else {
            return Vec::new();
        };
        let first = ByteRange::between(own.start(), ByteOffset::new(own.start().get() + 1));
        let mut around: Vec<(usize, usize)> = self
            .touching(first)
            .iter()
            .filter_map(|f| Some((self.span(f.span)?.ranges.hull(), f.span)))
            .filter(|(hull, other)| hull.covers(own) && (*hull != own || *other < place))
            .map(|(hull, other)| (hull.len(), other))
            .collect();
        around.sort_by_key(|(len, other)| (*len, std::cmp::Reverse(*other)));
        around.into_iter().map(|(_, other)| other).collect()
    }

    /// The first span of exactly these ranges under a label.
    pub fn same(&self, ranges: &Ranges, label: &LabelId) -> Option<&Arc<Span>> {
        let first = *ranges.as_slice().first()?;
        let from = self
            .fragments
            .partition_point(|f| f.range.start() < first.start());
        self.fragments
            .iter()
            .skip(from)
            .take_while(|f| f.range.start() == first.start())
            .filter_map(|f| self.span(f.span))
            .find(|span| span.ranges == *ranges && span.label == *label)
    }

    /// The place of the first span that starts at a position or behind it; the number of spans where there is none.
    pub fn next_place(&self, at: ByteOffset) -> usize {
        self.spans.partition_point(|span| span.ranges.hull().start() < at)
    }

    /// Walks the tree below `node`, which holds the leaves `from .. from + width`, skipping what ends too early.
    fn descend(
        &self,
        node: usize,
        from: usize,
        width: usize,
        behind: usize,
        start: ByteOffset,
        found: &mut Vec<Fragment>,
    ) {
        let late_enough = self.furthest.get(node).is_some_and(|end| *end > start);
        if from >= behind || !late_enough {
            return;
        }
        if width == 1 {
            found.extend(self.fragments.get(from));
            return;
        }
        let half = width / 2;
        self.descend(2 * node, from, half, behind, start, found);
        self.descend(2 * node + 1, from + half, half, behind, start, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, OriginKind};
    use proptest::prelude::*;

    fn span(id: usize, ranges: &[(usize, usize)]) -> Span {
        let ranges = ranges
            .iter()
            .map(|(start, end)| ByteRange::between(ByteOffset::new(*start), ByteOffset::new(*end)));
        Span {
            id: SpanId::new(format!("s{id}")).unwrap(),
            ranges: Ranges::new(ranges.collect()).unwrap(),
            label: LabelId::new("actor").unwrap(),
            attributes: crate::model::Attributes::default(),
            unconfirmed: std::collections::BTreeSet::default(),
            review: None,
            origin: Origin {
                kind: OriginKind::Person,
                name: None,
                extra: crate::model::Extra::default(),
            },
            created: None,
            modified: None,
            extra: crate::model::Extra::default(),
        }
    }

    fn index(spans: impl IntoIterator<Item = Span>) -> SpanIndex {
        SpanIndex::new(&Layer {
            spans: spans.into_iter().collect(),
            ..Layer::default()
        })
    }

    fn names(ids: &[SpanId]) -> Vec<&str> {
        ids.iter().map(SpanId::as_str).collect()
    }

    #[test]
    fn spans_at_a_point_come_innermost_first() {
        let index = index([span(1, &[(0, 20)]), span(2, &[(4, 9)]), span(3, &[(2, 12)])]);
        assert_eq!(names(&index.at(ByteOffset::new(5))), ["s2", "s3", "s1"]);
        assert_eq!(names(&index.at(ByteOffset::new(9))), ["s3", "s1"]);
        assert!(index.at(ByteOffset::new(20)).is_empty());
    }

    #[test]
    fn a_fragmented_span_is_found_by_its_fragments_and_not_between_them() {
        let index = index([span(1, &[(0, 3), (10, 13)])]);
        assert_eq!(names(&index.at(ByteOffset::new(11))), ["s1"]);
        assert!(index.at(ByteOffset::new(5)).is_empty());
    }

    #[test]
    fn what_lies_around_a_span_is_known_innermost_first() {
        let index = index([
            span(1, &[(0, 20)]),
            span(2, &[(4, 9)]),
            span(3, &[(2, 12)]),
            span(4, &[(2, 12)]),
            span(5, &[(8, 14)]),
        ]);
        let around = |id: &str| -> Vec<String> {
            let place = index.place(&SpanId::new(id).unwrap()).unwrap();
            let outer = index.around(place).into_iter();
            outer
                .map(|outer| index.span(outer).unwrap().id.to_string())
                .collect()
        };
        assert_eq!(around("s1"), Vec::<String>::new());
        assert_eq!(around("s2"), ["s4", "s3", "s1"]);
        assert_eq!(
            (around("s3"), around("s4")),
            (vec!["s1".into()], vec!["s3".into(), "s1".into()])
        );
        assert_eq!(around("s5"), ["s1"], "what only overlaps holds nothing");
    }

    #[test]
    fn spans_are_counted_by_label() {
        let index = index([span(1, &[(0, 3)]), span(2, &[(0, 5)])]);
        assert_eq!(index.count(&LabelId::new("actor").unwrap()), 2);
        assert_eq!(index.count(&LabelId::new("location").unwrap()), 0);
    }

    #[test]
    fn an_identical_span_is_known_by_ranges_and_label() {
        let index = index([span(1, &[(0, 3)]), span(2, &[(0, 5)])]);
        let ranges = span(9, &[(0, 5)]).ranges;
        let found = index.same(&ranges, &LabelId::new("actor").unwrap());
        assert_eq!(found.map(|span| span.id.as_str()), Some("s2"));
        assert!(index.same(&ranges, &LabelId::new("location").unwrap()).is_none());
    }

    proptest! {
        #[test]
        fn the_tree_finds_what_a_plain_search_finds(
            spans in prop::collection::vec((0_usize..200, 1_usize..60), 0..40),
            start in 0_usize..260,
            len in 1_usize..40,
        ) {
            let index = index(spans.iter().enumerate().map(|(id, (start, len))| span(id, &[(*start, start + len)])));
            let asked = ByteRange::between(ByteOffset::new(start), ByteOffset::new(start + len));
            let found: Vec<ByteRange> = index.touching(asked).iter().map(|f| f.range).collect();
            let expected: Vec<ByteRange> = index
                .fragments
                .iter()
                .map(|f| f.range)
                .filter(|range| range.intersection(asked).is_some())
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
