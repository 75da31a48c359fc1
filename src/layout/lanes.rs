//! Lanes: on which of the rows under a line each span's underline runs, so that overlapping spans stay apart.
//!
//! Greedy colouring of intervals in the order of their starts, where a tie goes to the longer span and then to the
//! order given: O(n log n), and as few lanes as there are spans at one place. Spans form groups that touch each other,
//! directly or through others; a change in one group never moves a span of another. Knows nothing of labels.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::text::{ByteOffset, ByteRange};

/// The lane of each span in the order of the spans given, and how many lanes there are where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneMap {
    lanes: Vec<u16>,
    /// In the order of the text.
    groups: Vec<(ByteRange, u16)>,
}

impl LaneMap {
    /// The lane of a span, counted from zero at the top, by its place in the list given.
    pub fn lane(&self, span: usize) -> u16 {
        self.lanes.get(span).copied().unwrap_or(0)
    }

    /// The lanes of all spans in the order given.
    pub fn as_slice(&self) -> &[u16] {
        &self.lanes
    }

    /// Stretches in which spans touch each other, in the order of the text, with the number of lanes that each needs.
    pub fn groups(&self) -> &[(ByteRange, u16)] {
        &self.groups
    }

    /// How many lanes are needed anywhere in a range.
    pub fn depth(&self, range: ByteRange) -> u16 {
        let first = self
            .groups
            .partition_point(|(group, _)| group.end() <= range.start());
        self.groups
            .iter()
            .skip(first)
            .take_while(|(group, _)| group.start() < range.end())
            .map(|(_, count)| *count)
            .max()
            .unwrap_or(0)
    }
}

/// Gives each span the lowest free lane. Spans that only touch end to start may share one. A discontinuous span is
/// given as the range from its first start to its last end.
pub fn lanes(spans: &[ByteRange]) -> LaneMap {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&index| {
        spans
            .get(index)
            .map(|span| (span.start(), Reverse(span.end()), index))
    });
    let mut map = LaneMap {
        lanes: vec![0; spans.len()],
        groups: Vec::new(),
    };
    let mut sweep = Sweep::default();
    for index in order {
        let Some(&span) = spans.get(index) else { continue };
        if sweep.busy.is_empty() || sweep.end <= span.start() {
            map.groups.extend(sweep.group());
            sweep = Sweep {
                start: span.start(),
                ..Sweep::default()
            };
        }
        if let Some(lane) = map.lanes.get_mut(index) {
            *lane = sweep.take(span);
        }
    }
    map.groups.extend(sweep.group());
    map
}

/// The state at one place of the text while going through the spans in order.
#[derive(Default)]
struct Sweep {
    /// Lanes in use by the offset at which they become free.
    busy: BinaryHeap<Reverse<(ByteOffset, u16)>>,
    free: BTreeSet<u16>,
    count: u16,
    start: ByteOffset,
    end: ByteOffset,
}

impl Sweep {
    fn take(&mut self, span: ByteRange) -> u16 {
        while let Some(&Reverse((end, lane))) = self.busy.peek()
            && end <= span.start()
        {
            self.busy.pop();
            self.free.insert(lane);
        }
        let lane = self.free.pop_first().unwrap_or_else(|| {
            let lane = self.count;
            self.count = self.count.saturating_add(1);
            lane
        });
        self.busy.push(Reverse((span.end(), lane)));
        self.end = self.end.max(span.end());
        lane
    }

    /// The group that is complete, if there is one.
    fn group(&self) -> Option<(ByteRange, u16)> {
        (self.count > 0).then(|| (ByteRange::between(self.start, self.end), self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(start: usize, end: usize) -> ByteRange {
        ByteRange::between(ByteOffset::new(start), ByteOffset::new(end))
    }

    fn check(spans: &[(usize, usize)], expected: &[u16]) {
        let spans: Vec<_> = spans.iter().map(|&(start, end)| range(start, end)).collect();
        assert_eq!(lanes(&spans).as_slice(), expected);
    }

    #[test]
    fn the_outer_span_takes_the_upper_lane() {
        check(&[(2, 4), (0, 9), (5, 7)], &[1, 0, 1]);
    }

    #[test]
    fn crossing_spans_and_equal_spans_are_kept_apart() {
        check(&[(0, 5), (3, 8), (6, 9)], &[0, 1, 0]);
        check(&[(0, 5), (0, 5), (0, 5)], &[0, 1, 2]);
    }

    #[test]
    fn spans_end_to_start_share_a_lane_and_need_one() {
        check(&[(0, 5), (5, 9)], &[0, 0]);
        let map = lanes(&[range(0, 5), range(5, 9), range(20, 30), range(21, 22)]);
        assert_eq!(map.depth(range(0, 10)), 1);
        assert_eq!(map.depth(range(9, 20)), 0, "nothing between the groups");
        assert_eq!(map.depth(range(0, 30)), 2);
    }

    proptest! {
        #[test]
        fn overlapping_spans_never_share_a_lane_and_no_lane_is_wasted(
            spans in prop::collection::vec((0usize..60, 1usize..20), 0..40)
        ) {
            let spans: Vec<_> = spans.iter().map(|&(start, len)| range(start, start + len)).collect();
            let map = lanes(&spans);
            for (i, a) in spans.iter().enumerate() {
                for (j, b) in spans.iter().enumerate().skip(i + 1) {
                    prop_assert!(a.intersection(*b).is_none() || map.lane(i) != map.lane(j));
                }
            }
            let deepest = (0..80).map(|at| spans.iter().filter(|s| s.contains(ByteOffset::new(at))).count()).max();
            let used = map.as_slice().iter().map(|&lane| usize::from(lane) + 1).max().unwrap_or(0);
            prop_assert_eq!(used, deepest.unwrap_or(0));
        }

        #[test]
        fn a_new_span_moves_none_of_those_it_does_not_touch(
            spans in prop::collection::vec((0usize..40, 1usize..6), 1..20), start in 100usize..200
        ) {
            let mut spans: Vec<_> = spans.iter().map(|&(start, len)| range(start, start + len)).collect();
            let before = lanes(&spans);
            spans.push(range(start, start + 5));
            let after = lanes(&spans);
            prop_assert_eq!(&after.as_slice()[..spans.len() - 1], before.as_slice());
        }
    }
}
