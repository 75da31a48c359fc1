//! Marks for characters that are not seen: all of them on demand, and always those that could deceive.
//!
//! A mark stands below the line, where the chips are, so that no text is covered or moved.

use egui::{Painter, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::Palette;
use crate::text::{ByteOffset, ByteRange, control_name, controls};

use super::page::Page;
use super::sheet::Piece;
use super::state::ArticleState;

/// Size of a mark's type.
const TYPE: f32 = 8.5;
/// Half the width of the mark of a character that could deceive.
const WEDGE: f32 = 3.5;

/// An invisible character in view.
struct Mark {
    place: Rect,
    name: &'static str,
    deceives: bool,
}

/// Paints the marks of what is in view.
pub(super) fn hidden_marks(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    painter: &Painter,
) {
    let mut glyphs = Glyphs::default();
    for piece in state.sheet.pieces() {
        for mark in marks(page, &piece) {
            let color = if mark.deceives {
                palette.danger
            } else {
                palette.ink_weak
            };
            let (x, y) = (mark.place.center().x, mark.place.bottom());
            if mark.deceives {
                let points = vec![
                    pos2(x, y - 1.0),
                    pos2(x + WEDGE, y + WEDGE + 1.0),
                    pos2(x - WEDGE, y + WEDGE + 1.0),
                ];
                painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
            }
            if page.show_hidden {
                let line = Stroke::new(1.0, color);
                painter.vline(x, mark.place.y_range(), line);
                let words = ShortText::new(mark.name, TextStyle::new(TYPE * page.zoom), color);
                let layout = words.layout(engine);
                let at = pos2(x - layout.size().x / 2.0, y);
                let ground = Rect::from_min_size(at, layout.size()).shrink2(vec2(0.0, 1.0));
                painter.rect_filled(ground, 2.0, palette.canvas);
                words.gather(ui, engine, &layout, at, &mut glyphs);
            }
        }
    }
    glyphs.paint(painter);
}

/// The invisible characters of a piece that are to be marked.
fn marks(page: &Page<'_>, piece: &Piece<'_>) -> Vec<Mark> {
    let text = page.text.slice(piece.range()).unwrap_or_default();
    let start = piece.range().start().get();
    let moved = |at: ByteOffset| ByteOffset::new(at.get() + start);
    controls(text)
        .into_iter()
        .filter(|control| page.show_hidden || control.deception.is_some())
        .filter_map(|control| {
            let range = ByteRange::between(moved(control.range.start()), moved(control.range.end()));
            // A joiner inside a cluster has no place of its own; the cluster that it is in is marked.
            let place = piece.rects(range).into_iter().next()?;
            Some(Mark {
                place,
                name: control_name(control.character)?.0,
                deceives: control.deception.is_some(),
            })
        })
        .collect()
}
