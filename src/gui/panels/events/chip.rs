//! A filler as a chip: its words in its label's colour, its figure below them, and what is to be said of it.

use egui::{Align2, CornerRadius, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::gui::paint::TextStyle;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{paint_in, paint_small};
use crate::gui::theme::{self, GRID, LabelColors};
use crate::gui::words;

/// Height of a chip with the gap below it.
pub const CHIP: f32 = 23.0;
/// What a figure below the words adds to it.
pub const FIGURE: f32 = 15.0;
/// The gap below a chip.
const GAP: f32 = 2.0;

/// A filler to be drawn.
pub struct Chip<'a> {
    /// The colours of its label; none where it is a value without a span.
    pub colors: Option<LabelColors>,
    /// Its words.
    pub words: &'a str,
    /// Its figure or date, and whether somebody has still to confirm it.
    pub figure: Option<(&'a str, bool)>,
    /// How it looks beside that.
    pub look: Look,
}

/// How a chip looks beside its colour.
#[derive(Clone, Copy)]
pub struct Look {
    /// Concluded, not read.
    pub inferred: bool,
    /// It has a note.
    pub noted: bool,
    /// It has the cursor.
    pub here: bool,
}

impl Look {
    /// As read, without a note.
    pub const PLAIN: Self = Self {
        inferred: false,
        noted: false,
        here: false,
    };
}

/// Draws a chip. What is inferred has an outline instead of a ground, what nobody confirmed a question mark and the
/// colour of what is to be looked at.
pub fn paint_chip(ui: &Ui, pane: &mut Pane<'_>, chip: &Chip<'_>, rect: Rect) {
    let (palette, look) = (pane.palette, chip.look);
    let line = chip.colors.map_or(palette.border, |colors| colors.line);
    let ground = chip.colors.map_or(palette.sunken, |colors| colors.tint);
    let corners = CornerRadius::same(3);
    if look.inferred {
        let stroke = Stroke::new(1.0, line);
        ui.painter()
            .rect_stroke(rect, corners, stroke, StrokeKind::Inside);
    } else {
        ui.painter().rect_filled(rect, corners, ground);
    }
    let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, corners, line);
    let first = match chip.figure {
        Some(_) => rect.with_max_y(rect.top() + CHIP - GAP),
        None => rect,
    };
    let right = marks_ui(ui, pane, look, first);
    let left = rect.left() + GRID * 2.0;
    let inner = Rect::from_min_max(pos2(left, first.top()), pos2(right, first.bottom()));
    let style = TextStyle::new(theme::TEXT);
    paint_in(ui, pane.engine, chip.words, style, palette.ink, inner);
    if let Some((figure, is_unconfirmed)) = chip.figure {
        // Close under the words, which it explains.
        let second = pos2(rect.right() - GRID, first.bottom() + FIGURE - GRID);
        let inner = Rect::from_min_max(pos2(left, first.bottom() - GRID), second);
        let style = TextStyle::new(theme::TEXT_SMALL);
        if is_unconfirmed {
            let figure = words::to_confirm(figure);
            paint_in(ui, pane.engine, &figure, style, palette.warning, inner);
        } else {
            paint_in(ui, pane.engine, figure, style, palette.ink_weak, inner);
        }
    }
    if look.here {
        let stroke = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(rect, corners, stroke, StrokeKind::Outside);
    }
}

/// The marks at the end of the first line; answers where they begin.
fn marks_ui(ui: &Ui, pane: &Pane<'_>, look: Look, line: Rect) -> f32 {
    let palette = pane.palette;
    let mut right = line.right() - GRID * 1.5;
    if look.inferred {
        let at = pos2(right, line.center().y);
        let drawn = paint_small(ui, at, Align2::RIGHT_CENTER, "?", palette.ink_weak);
        right = drawn.left() - GRID;
    }
    if look.noted {
        ui.painter()
            .circle_filled(pos2(right - 2.0, line.center().y), 2.5, palette.ink_weak);
        right -= GRID * 2.0;
    }
    right
}
