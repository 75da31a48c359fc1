//! The edges of the selected span: where they are seen, which one the pointer takes, and where a drag puts it.

use egui::{Pos2, Rect, vec2};

use crate::layout::Hit;
use crate::model::{Ranges, SpanId};
use crate::text::{ByteOffset, ByteRange, Direction};

use super::drag_range::{against_paragraph, run_from, snapped};
use super::page::Page;
use super::state::{ArticleState, Edge, Gesture};

/// How near the pointer must come to an edge of the selected span to take it.
const EDGE_REACH: f32 = 6.0;
/// How far that reaches over a mark of punctuation that is not the span's.
const EDGE_REACH_MARK: f32 = 2.0;
/// The radius of the knob at the end of such an edge.
pub(super) const EDGE_KNOB: f32 = 3.0;

/// An edge of the selected span under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EdgeHit {
    pub span: SpanId,
    pub fragment: usize,
    pub edge: Edge,
}

/// The edge of the selected span that the pointer can take.
pub(super) fn edge_under(state: &ArticleState, page: &Page<'_>, pos: Pos2) -> Option<EdgeHit> {
    let span = state.index.get(state.selected_span.as_ref()?)?;
    if !page.editable || state.labels.locks(&span.label) {
        return None;
    }
    let at = state.sheet.hit(pos).cluster;
    let is_of_word = |at: ByteRange| {
        let letter = page.text.slice(at).and_then(|letter| letter.chars().next());
        letter.is_some_and(char::is_alphanumeric)
    };
    let beside = |range: &ByteRange| at.filter(|at| !range.contains(at.start()));
    let on_word_beside = |range: &ByteRange| beside(range).is_some_and(is_of_word);
    let is_space = |at: ByteRange| page.text.slice(at).is_none_or(|mark| mark.trim().is_empty());
    let on_mark_beside = |range: &ByteRange| beside(range).is_some_and(|at| !is_space(at));
    let mut best: Option<(f32, EdgeHit)> = None;
    for (fragment, range) in span.ranges.as_slice().iter().enumerate() {
        for edge in [Edge::Start, Edge::End] {
            let Some(line) = edge_line(state, *range, edge) else {
                continue;
            };
            let distance = (line.center().x - pos.x).abs();
            // The knob at its end hangs over the line.
            let near = line.expand2(vec2(EDGE_REACH, EDGE_KNOB + 1.0)).contains(pos);
            // The middle of a mark is that of the mark, however narrow it is.
            let near = near && (distance <= EDGE_REACH_MARK || !on_mark_beside(range));
            // Who presses on the word beside a span means that word.
            if near && !on_word_beside(range) && best.as_ref().is_none_or(|(other, _)| distance < *other) {
                let span = span.id.clone();
                best = Some((distance, EdgeHit { span, fragment, edge }));
            }
        }
    }
    best.map(|(_, hit)| hit)
}

/// Where an edge of a range is drawn: a rectangle without width.
pub(super) fn edge_line(state: &ArticleState, range: ByteRange, edge: Edge) -> Option<Rect> {
    let (line, direction) = state.sheet.seen_edge(range, edge == Edge::Start)?;
    let at_left = (edge == Edge::Start) == (direction == Direction::LeftToRight);
    let x = if at_left { line.left() } else { line.right() };
    Some(Rect::from_x_y_ranges(x..=x, line.y_range()))
}

/// A span's ranges after an edge was dragged to a position. The edges never cross, and a fragment never reaches
/// its neighbour.
fn moved_edge(
    page: &Page<'_>,
    old: &Ranges,
    fragment: usize,
    edge: Edge,
    to: ByteOffset,
    by_grapheme: bool,
) -> Option<Ranges> {
    let mut ranges = old.as_slice().to_vec();
    let before = fragment
        .checked_sub(1)
        .and_then(|i| ranges.get(i))
        .map(|r| r.end());
    let behind = ranges.get(fragment + 1).map(|range| range.start());
    let range = ranges.get_mut(fragment)?;
    *range = match edge {
        Edge::Start => {
            let last = page.text.previous_grapheme(range.end());
            let wanted = ByteRange::between(to.min(last), range.end());
            let start = snapped(page, wanted, by_grapheme).start();
            let by_proclitic = || page.text.drag_start(*range, start, wanted.start());
            let moved = (!by_grapheme).then(by_proclitic).flatten();
            let moved = moved.unwrap_or_else(|| ByteRange::between(start, range.end()));
            let start = moved.start().max(before.unwrap_or_default()).min(last);
            ByteRange::new(start, moved.end())?
        }
        Edge::End => {
            let first = page.text.next_grapheme(range.start());
            let wanted = ByteRange::between(range.start(), to.max(first));
            let end = snapped(page, wanted, by_grapheme).end();
            ByteRange::new(range.start(), end.min(behind.unwrap_or(end)).max(first))?
        }
    };
    Ranges::new(ranges).ok()
}

/// Moves an edge that is dragged to the pointer.
pub(super) fn drag_edge(page: &Page<'_>, state: &mut ArticleState, pos: Pos2, by_grapheme: bool) {
    let Gesture::Edge { at, .. } = &state.gesture else {
        return;
    };
    let hit = state.sheet.hit(pos);
    let Some(old) = state.index.get(&at.span).map(|span| span.ranges.clone()) else {
        state.gesture = Gesture::None;
        return;
    };
    let to = match old.as_slice().get(at.fragment) {
        Some(range) if !by_grapheme => edge_to(state, &hit, *range, at.edge),
        _ => hit.caret.offset,
    };
    let moved = moved_edge(page, &old, at.fragment, at.edge, to, by_grapheme);
    if let (Some(moved), Gesture::Edge { ranges, .. }) = (moved, &mut state.gesture) {
        *ranges = moved;
    }
}

/// The offset to which an edge is dragged: over words against the paragraph up to their far side, where they begin, it goes
/// over all of them.
fn edge_to(state: &ArticleState, hit: &Hit, old: ByteRange, edge: Edge) -> ByteOffset {
    let at = hit.caret.offset;
    let still = match edge {
        Edge::Start => old.end(),
        Edge::End => old.start(),
    };
    let run = run_from(state, at).filter(|run| {
        let is_on = hit.cluster.is_none_or(|cluster| run.contains(cluster.start()));
        is_on && !run.contains(still)
    });
    let passed = run.unwrap_or_else(|| against_paragraph(state, hit));
    match edge {
        Edge::Start => passed.start().min(at),
        Edge::End => passed.end().max(at),
    }
}
