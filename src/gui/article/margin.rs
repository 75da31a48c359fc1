//! Numbers in the margin, on the side where each paragraph begins to be read.

use egui::{Ui, pos2};

use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::{self, GRID, Palette};
use crate::text::Direction;

use super::page::Page;
use super::sheet::Piece;
use super::state::ArticleState;

/// Paints the numbers of the paragraphs in view, if they are wanted.
pub(super) fn margin_numbers(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
) {
    let Some(counted) = page.reading.numbers.counted() else {
        return;
    };
    let column = state.sheet.column();
    let mut glyphs = Glyphs::default();
    for piece in state.sheet.pieces() {
        let Some((number, line)) = piece.margin_number(counted).zip(first_line(&piece)) else {
            continue;
        };
        let number = number.to_string();
        let words = ShortText::new(&number, TextStyle::new(theme::TEXT_MARGIN), palette.ink_weak);
        let layout = words.layout(engine);
        let x = match piece.direction() {
            Direction::LeftToRight => column.min - GRID * 2.0 - layout.size().x,
            Direction::RightToLeft => column.max + GRID * 2.0,
        };
        let at = pos2(x, line.center() - layout.size().y / 2.0);
        words.gather(ui.ctx(), engine, &layout, at, &mut glyphs);
    }
    glyphs.paint(&ui.painter().with_clip_rect(state.sheet.viewport()));
}

/// From the top to the bottom of the words of a piece's first line.
fn first_line(piece: &Piece<'_>) -> Option<egui::Rangef> {
    let line = piece.layout().lines().next()?;
    let top = piece.left_top().y + line.y;
    Some(egui::Rangef::new(top, top + line.height))
}
