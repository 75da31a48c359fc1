//! The words that a drag means, beyond those between the two carets: whole words, and those that run against the paragraph
//! and were gone over.

use egui::{Pos2, Rect};

use crate::layout::Hit;
use crate::text::{ByteOffset, ByteRange, Direction};

use super::page::Page;
use super::state::ArticleState;

/// The character under the pointer where its text runs against the paragraph, such as a number in Arabic; else empty.
/// Who drags over such words from one side to the other ends where they begin, and yet touched them.
pub(super) fn against_paragraph(state: &ArticleState, hit: &Hit) -> ByteRange {
    let nothing = ByteRange::caret(hit.caret.offset);
    let Some(cluster) = hit.cluster else {
        return nothing;
    };
    match state.sheet.edge(cluster, true) {
        Some((_, direction)) if direction != state.sheet.direction_at(cluster.start()) => cluster,
        _ => nothing,
    }
}

/// The words that run against the paragraph and begin at a place, which is their far side for who reads the paragraph.
pub(super) fn run_from(state: &ArticleState, at: ByteOffset) -> Option<ByteRange> {
    let run = state.sheet.run_of(at)?;
    let (_, direction) = state.sheet.edge(run, true)?;
    (run.start() == at && direction != state.sheet.direction_at(at)).then_some(run)
}

/// Such words that a drag went over from one side to the other: both lie before them in the text, and yet all of them are
/// meant.
pub(super) fn crossed(
    state: &ArticleState,
    (from, pressed, pressed_at): (ByteOffset, ByteRange, Pos2),
    hit: &Hit,
    pos: Pos2,
) -> Option<ByteRange> {
    [from, hit.caret.offset].into_iter().find_map(|at| {
        let run = run_from(state, at)?;
        let is_within = |at: ByteRange| !at.is_empty() && run.contains(at.start());
        if is_within(pressed) && hit.cluster.is_some_and(is_within) {
            return None;
        }
        let is_rightwards = state.sheet.direction_at(at) == Direction::LeftToRight;
        let is_crossed = |line: &Rect| {
            // A drag from another line comes from the side at which this one begins, or ends.
            let from_left = if line.y_range().contains(pressed_at.y) {
                pressed_at.x < line.center().x
            } else {
                is_rightwards == (pressed_at.y < line.top())
            };
            line.y_range().contains(pos.y) && from_left == (line.center().x < pos.x)
        };
        let lines = state.sheet.rects(run);
        lines.iter().any(is_crossed).then_some(run)
    })
}

/// All that lies from the first of two ranges to the last.
pub(super) fn hull(one: ByteRange, other: ByteRange) -> ByteRange {
    ByteRange::between(one.start().min(other.start()), one.end().max(other.end()))
}

/// A range by whole words, as the mouse selects; by grapheme clusters as it is.
pub(super) fn snapped(page: &Page<'_>, range: ByteRange, by_grapheme: bool) -> ByteRange {
    if by_grapheme || range.is_empty() {
        range
    } else {
        page.text.snap_to_words(range)
    }
}
