//! Hits as they are seen: a ground under the words, an outline round the selected one.
//!
//! Reads the state and the sheet, changes nothing.

use egui::{Mesh, Painter, Stroke, StrokeKind};

use crate::gui::paint::TextEngine;
use crate::gui::theme::Palette;
use crate::text::{ByteOffset, ByteRange};

use super::sheet::Piece;
use super::state::ArticleState;

/// Adds the ground of the hits in view, which lies over the tints of spans and under the words.
pub(super) fn add_hits(mesh: &mut Mesh, engine: &TextEngine, palette: &Palette, state: &ArticleState) {
    let hits = state.find_hits();
    if hits.is_empty() {
        return;
    }
    let current = state.current_hit();
    for piece in state.sheet.pieces() {
        let seen = range_in_view(&piece);
        let first = hits.partition_point(|hit| hit.end() <= seen.start());
        for (place, hit) in hits.iter().enumerate().skip(first) {
            if hit.start() >= seen.end() {
                break;
            }
            let color = if current == Some(place) {
                palette.hit_current
            } else {
                palette.hit
            };
            for rect in piece.rects(*hit) {
                mesh.add_colored_rect(engine.snap_rect(rect), color);
            }
        }
    }
}

/// The text of the lines of a piece that are in view.
fn range_in_view(piece: &Piece<'_>) -> ByteRange {
    let lines = piece.lines();
    let mut seen = piece
        .layout()
        .lines()
        .skip(lines.start)
        .take(lines.len())
        .map(|line| line.range);
    let first = seen.next();
    let last = seen.last().or(first);
    let base = piece.range().start().get();
    let place = |at: Option<ByteOffset>| ByteOffset::new(base + at.map_or(0, ByteOffset::get));
    ByteRange::between(
        place(first.map(ByteRange::start)),
        place(last.map(ByteRange::end)),
    )
}

/// Draws a line round the selected hit, so that it can be told without its colour.
pub(super) fn outline_current_hit(
    engine: &TextEngine,
    palette: &Palette,
    state: &ArticleState,
    painter: &Painter,
) {
    if state.current_hit().is_none() {
        return;
    }
    let line = Stroke::new(1.5, palette.hit_line);
    for rect in state.sheet.rects(state.selection()) {
        painter.rect_stroke(engine.snap_rect(rect), 2.0, line, StrokeKind::Outside);
    }
}
