//! Which spans lie in a stretch of text, answered without looking at all of them.
//!
//! Built once per layer snapshot: a frame asks only about what is visible. A span of several fragments is found
//! by each of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::layout::{LaneMap, lanes};
use crate::model::{LabelId, Layer, Ranges, Span, SpanId, SpanMap};
use crate::text::{ByteOffset, ByteRange};

use super::labels::LabelViews;

/// Spans whose words are read in one frame to find out whether they say one thing: some milliseconds.
const READS_AT_ONCE: usize = 60;

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
    /// What it was made of.
    by_id: SpanMap,
    spans: Vec<Arc<Span>>,
    /// Where each span lies as a whole, and the number of its label.
    places: Vec<Place>,
    /// The places of the spans of which somebody has still to look at a value.
    unsettled: Vec<usize>,
    /// Sorted by start, the longer first.
    fragments: Vec<Fragment>,
    /// A binary tree over the fragments, in heap order: each node holds the furthest end below it.
    furthest: Vec<ByteOffset>,
    leaves: usize,
    lanes: LaneMap,
    /// Every label that a span had so far, and how many have it now.
    labels: Vec<(LabelId, usize)>,
    views: LabelViews,
    /// How many spans there are under each label that is not seen.
    unseen: BTreeMap<LabelId, usize>,
}

/// What is most asked about a span, side by side in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// From its first start to its last end.
    pub hull: ByteRange,
    /// The number of its label.
    pub label: usize,
    /// Whether somebody has still to look at a value of it; none where that was not asked yet.
    pub is_unsettled: Option<bool>,
}

impl SpanIndex {
    /// Takes up the spans of a layer whose label is to be seen; the others are only counted.
    pub fn new(layer: &Layer, views: &LabelViews) -> Self {
        let mut index = Self {
            views: views.clone(),
            ..Self::default()
        };
        index.follow(layer);
        index
    }

    /// Takes up the spans of the same layer after a change. What stayed the same is not looked at: the spans lie
    /// scattered in memory, and there may be many thousands.
    pub fn follow(&mut self, layer: &Layer) {
        let hides_any = self.views.hides_any();
        self.unseen.clear();
        let count = layer.spans.len();
        let known = std::mem::replace(&mut self.spans, Vec::with_capacity(count));
        let places = std::mem::replace(&mut self.places, Vec::with_capacity(count));
        // Where each known span stands now, and the fragments of those that are new.
        let (mut moved, mut added) = (Vec::with_capacity(known.len()), Vec::new());
        let mut known = known.into_iter().zip(places).peekable();
        for span in layer.spans.iter() {
            if hides_any && !self.views.shows(&span.label) {
                *self.unseen.entry(span.label.clone()).or_default() += 1;
                continue;
            }
            while let Some((_, gone)) =
                known.next_if(|(known, _)| !Arc::ptr_eq(known, span) && order(known) <= order(span))
            {
                moved.push(None);
                self.discount(gone.label);
            }
            let place = self.spans.len();
            if let Some((same, known)) = known.next_if(|(known, _)| Arc::ptr_eq(known, span)) {
                moved.push(Some(place));
                self.spans.push(same);
                self.places.push(known);
            } else {
                added.extend(fragments_of(place, span));
                let label = self.count_one(&span.label);
                self.spans.push(Arc::clone(span));
                self.places.push(Place {
                    hull: span.ranges.hull(),
                    label,
                    is_unsettled: None,
                });
            }
        }
        for (_, gone) in known {
            moved.push(None);
            self.discount(gone.label);
        }
        self.move_fragments(&moved, added);
        let hulls: Vec<ByteRange> = self.places.iter().map(|place| place.hull).collect();
        self.lanes = lanes(&hulls);
        self.by_id = layer.spans.clone();
    }

    /// Finds out of which spans somebody has still to look at a value. It is asked of those that are new, or to ask anew; of
    /// no more than some in a call where their words are to be read for that.
    pub fn settle(
        &mut self,
        anew: impl Fn(&Span) -> bool,
        is_read: impl Fn(&Span) -> bool,
        is_unsettled: impl Fn(&Span) -> bool,
    ) {
        let mut reads = READS_AT_ONCE;
        for (span, place) in self.spans.iter().zip(&mut self.places) {
            if anew(span) {
                place.is_unsettled = None;
            }
            if place.is_unsettled.is_some() {
                continue;
            }
            if is_read(span) {
                if reads == 0 {
                    continue;
                }
                reads -= 1;
            }
            place.is_unsettled = Some(is_unsettled(span));
        }
        let places = self.places.iter().enumerate();
        let unsettled = places.filter(|(_, place)| place.is_unsettled == Some(true));
        self.unsettled = unsettled.map(|(at, _)| at).collect();
    }

    /// Whether it was not found out of all spans yet.
    pub fn is_settling(&self) -> bool {
        self.places.iter().any(|place| place.is_unsettled.is_none())
    }

    /// Takes over what is known of the same spans.
    pub fn take_settled(&mut self, known: &Self) {
        let spans = self.spans.iter().zip(&mut self.places);
        for ((span, place), (other, known)) in spans.zip(known.spans.iter().zip(&known.places)) {
            if Arc::ptr_eq(span, other) {
                place.is_unsettled = known.is_unsettled;
            }
        }
    }

    /// Counts one more span of a label, and gives the label's number.
    fn count_one(&mut self, label: &LabelId) -> usize {
        let number = self.labels.iter().position(|(known, _)| known == label);
        let number = number.unwrap_or_else(|| {
            self.labels.push((label.clone(), 0));
            self.labels.len() - 1
        });
        self.labels[number].1 += 1;
        number
    }

    fn discount(&mut self, label: usize) {
        self.labels[label].1 -= 1;
    }

    /// Gives the fragments the new places of their spans, takes more in, and grows the tree over them anew.
    fn move_fragments(&mut self, moved: &[Option<usize>], added: Vec<Fragment>) {
        self.fragments
            .retain_mut(|fragment| match moved.get(fragment.span) {
                Some(Some(place)) => {
                    fragment.span = *place;
                    true
                }
                _ => false,
            });
        self.fragments.extend(added);
        self.fragments
            .sort_by_key(|f| (f.range.start(), std::cmp::Reverse(f.range.end()), f.span));
        self.leaves = self.fragments.len().next_power_of_two();
        self.furthest = vec![ByteOffset::ZERO; 2 * self.leaves];
        for (at, fragment) in self.fragments.iter().enumerate() {
            self.furthest[self.leaves + at] = fragment.range.end();
        }
        for node in (1..self.leaves).rev() {
            self.furthest[node] = self.furthest[2 * node].max(self.furthest[2 * node + 1]);
        }
    }

    /// Whether it was made of just these spans.
    pub fn is_of(&self, layer: &Layer) -> bool {
        self.by_id.is_shared_with(&layer.spans)
    }

    /// Which labels were to be seen.
    pub fn views(&self) -> &LabelViews {
        &self.views
    }

    /// How many spans are under a label, seen or not.
    pub fn count(&self, label: &LabelId) -> usize {
        let seen = self
            .labels
            .iter()
            .find(|(known, _)| known == label)
            .map(|(_, count)| count);
        let counted = seen.or_else(|| self.unseen.get(label));
        counted.copied().unwrap_or_default()
    }

    /// Where each span lies and what it is, in the order of the text.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The labels by the numbers that [`Self::places`] gives them.
    pub(super) fn labels(&self) -> impl Iterator<Item = &LabelId> {
        self.labels.iter().map(|(label, _)| label)
    }

    /// All spans in the order of the text.
    pub fn spans(&self) -> &[Arc<Span>] {
        &self.spans
    }

    /// The places of the spans of which somebody has still to look at a value, in the order of the text.
    pub fn unsettled(&self) -> &[usize] {
        &self.unsettled
    }

    /// Whether the span at that place is among them.
    pub fn is_unsettled(&self, place: usize) -> bool {
        self.unsettled.binary_search(&place).is_ok()
    }

    /// The span at that place in the order of the text.
    pub fn span(&self, place: usize) -> Option<&Arc<Span>> {
        self.spans.get(place)
    }

    /// The span of that id.
    pub fn get(&self, id: &SpanId) -> Option<&Arc<Span>> {
        self.by_id.get(id).filter(|span| self.views.shows(&span.label))
    }

    /// A span's place in the order of the text.
    pub fn place(&self, id: &SpanId) -> Option<usize> {
        let start = self.by_id.get(id)?.ranges.hull().start();
        let from = self.next_place(start);
        let same_start = self.spans.get(from..)?.iter();
        same_start
            .take_while(|span| span.ranges.hull().start() == start)
            .position(|span| span.id == *id)
            .map(|further| from + further)
    }

    /// In which lane below the text a span's line runs, counted from the top.
    pub fn lane(&self, place: usize) -> u16 {
        self.lanes.lane(place)
    }

    /// Stretches in which spans touch each other, in the order of the text, with the lanes that each needs.
    pub fn lane_groups(&self) -> &[(ByteRange, u16)] {
        self.lanes.groups()
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

/// Where a span stands in the order of the text.
fn order(span: &Span) -> (ByteOffset, ByteOffset, &SpanId) {
    let hull = span.ranges.hull();
    (hull.start(), hull.end(), &span.id)
}

fn fragments_of(place: usize, span: &Span) -> impl Iterator<Item = Fragment> {
    let ranges = span.ranges.as_slice().iter().enumerate();
    ranges.map(move |(number, range)| Fragment {
        span: place,
        number,
        range: *range,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::labels::LabelView;
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

    /// A span of that id over one range.
    pub(in crate::gui::article) fn span_of(id: &str, range: ByteRange) -> Span {
        Span {
            id: SpanId::new(id).unwrap(),
            ..span(0, &[(range.start().get(), range.end().get())])
        }
    }

    fn index(spans: impl IntoIterator<Item = Span>) -> SpanIndex {
        let layer = Layer {
            spans: spans.into_iter().collect(),
            ..Layer::default()
        };
        SpanIndex::new(&layer, &LabelViews::default())
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
    fn what_nobody_confirmed_is_known_until_somebody_does() {
        let mut open = span(2, &[(4, 9)]);
        let value = crate::model::AttributeId::new("quantity").unwrap();
        open.unconfirmed.insert(value);
        let mut layer = Layer {
            spans: [span(1, &[(0, 20)]), open, span(3, &[(12, 14)])]
                .into_iter()
                .collect(),
            ..Layer::default()
        };
        let mut index = SpanIndex::new(&layer, &LabelViews::default());
        let is_unsettled = |span: &Span| !span.unconfirmed.is_empty();
        index.settle(|_| false, |_| false, is_unsettled);
        assert_eq!(index.unsettled(), [1]);
        layer.spans = [span(1, &[(0, 20)]), span(2, &[(4, 9)])].into_iter().collect();
        index.follow(&layer);
        index.settle(|_| false, |_| false, is_unsettled);
        assert!(index.unsettled().is_empty());
        index.settle(|_| false, |_| false, |_| true);
        assert!(index.unsettled().is_empty(), "only what is new is asked about");
        index.settle(|_| true, |_| true, |_| true);
        assert!(!index.is_settling());
        assert_eq!(index.unsettled(), [0, 1]);
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
    fn spans_of_a_label_that_is_not_seen_are_counted_and_never_met() {
        let mut other = span(2, &[(0, 5)]);
        other.label = LabelId::new("location").unwrap();
        let layer = Layer {
            spans: [span(1, &[(0, 3)]), other].into_iter().collect(),
            ..Layer::default()
        };
        let mut views = LabelViews::default();
        views.toggle(LabelId::new("location").unwrap(), LabelView::Hidden);
        let mut index = SpanIndex::new(&layer, &views);
        // Also after a change of the layer.
        index.follow(&layer);
        assert_eq!(names(&index.at(ByteOffset::new(1))), ["s1"]);
        assert_eq!(index.count(&LabelId::new("location").unwrap()), 1);
        assert_eq!(index.spans().len(), 1);
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
        /// As a layer changes from span to span, under the hands of several commands at once.
        #[test]
        fn following_a_layer_comes_to_the_same_as_a_new_index(
            changes in prop::collection::vec(
                prop::collection::vec((0usize..30, 0usize..90, 1usize..30, prop::option::of(1usize..9)), 1..6), 1..8
            )
        ) {
            let mut layer = Layer::default();
            let mut followed = SpanIndex::new(&layer, &LabelViews::default());
            for change in changes {
                for (id, start, len, second) in change {
                    let (end, id) = (start + len, span(id, &[(0, 1)]).id);
                    let gone = layer.spans.remove(&id).is_some();
                    let more = second.map(|gap| (end + gap, end + gap + 2));
                    let ranges: Vec<_> = [(start, end)].into_iter().chain(more).collect();
                    // Some are taken out, some changed, some put in.
                    if !gone || start % 3 > 0 {
                        let label = if start % 2 == 0 { "actor" } else { "location" };
                        let span = Span { id, label: LabelId::new(label).unwrap(), ..span(0, &ranges) };
                        layer.spans.insert(Arc::new(span));
                    }
                }
                prop_assert!(!followed.is_of(&layer) || layer.spans.is_empty());
                followed.follow(&layer);
                prop_assert!(followed.is_of(&layer));
                let new = SpanIndex::new(&layer, &LabelViews::default());
                prop_assert_eq!(&followed.spans, &new.spans);
                prop_assert!(followed.places.iter().zip(&new.places).all(|(one, other)| one.hull == other.hull));
                prop_assert_eq!(&followed.fragments, &new.fragments);
                prop_assert_eq!(&followed.furthest, &new.furthest);
                prop_assert_eq!(&followed.lanes, &new.lanes);
                for label in ["actor", "location"].map(|label| LabelId::new(label).unwrap()) {
                    prop_assert_eq!(followed.count(&label), new.count(&label));
                }
                for (place, span) in new.spans.iter().enumerate() {
                    prop_assert_eq!(followed.place(&span.id), Some(place));
                }
            }
        }

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
