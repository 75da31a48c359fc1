//! Marks for what a reader does not see: invisible characters on demand, and always what could deceive, with an
//! explanation under the pointer.
//!
//! A mark stands below the line, where the chips are, so that no text is covered or moved.

use egui::{Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::Palette;
use crate::gui::words;
use crate::text::{ByteOffset, ByteRange, Control, LookAlike, control_name, controls, look_alikes};

use super::page::Page;
use super::sheet::Piece;
use super::state::ArticleState;

/// Size of a mark's type.
const TYPE: f32 = 8.5;
/// Half the width of the mark of what could deceive.
const WEDGE: f32 = 3.5;

/// Something in view that is not what it seems.
struct Mark {
    place: Rect,
    kind: Kind,
}

/// What a mark is about.
enum Kind {
    Control(Control),
    LookAlike { found: LookAlike, word: String },
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
    for mark in state.sheet.pieces().flat_map(|piece| marks(page, &piece)) {
        let deceives = mark.kind.deceives();
        let color = if deceives {
            palette.danger
        } else {
            palette.ink_weak
        };
        let (x, y) = (mark.place.center().x, mark.place.bottom());
        if deceives {
            let points = vec![
                pos2(x, y - 1.0),
                pos2(x + WEDGE, y + WEDGE + 1.0),
                pos2(x - WEDGE, y + WEDGE + 1.0),
            ];
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
        }
        let Some(name) = mark.kind.name().filter(|_| page.show_hidden) else {
            continue;
        };
        painter.vline(x, mark.place.y_range(), Stroke::new(1.0, color));
        let words = ShortText::new(name, TextStyle::new(TYPE * page.zoom), color);
        let layout = words.layout(engine);
        let at = pos2(x - layout.size().x / 2.0, y);
        let ground = Rect::from_min_size(at, layout.size()).shrink2(vec2(0.0, 1.0));
        painter.rect_filled(ground, 2.0, palette.canvas);
        words.gather(ui.ctx(), engine, &layout, at, &mut glyphs);
    }
    glyphs.paint(painter);
}

/// What is to be known about the place under the pointer: what is not seen there, and why it could deceive.
pub(super) fn explanation(page: &Page<'_>, state: &ArticleState, pointer: Pos2) -> Option<(Rect, String)> {
    let marks = state.sheet.pieces().flat_map(|piece| marks(page, &piece));
    let near = |mark: &Mark| {
        // The letter with the mark below it; a character without width has room on both sides.
        let mut reach = mark.place.expand2(vec2(WEDGE, 0.0));
        reach.max.y += WEDGE * 2.0;
        reach.contains(pointer)
    };
    let mark = { marks }.find(near)?;
    Some((mark.place, mark.kind.in_words()))
}

impl Kind {
    const fn deceives(&self) -> bool {
        match self {
            Self::Control(control) => control.deception.is_some(),
            Self::LookAlike { .. } => true,
        }
    }

    /// What is written at the mark when invisible characters are shown.
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Control(control) => control_name(control.character).map(|(short, _)| short),
            Self::LookAlike { .. } => None,
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Control(control) => {
                let name = control_name(control.character).map_or("", |(_, name)| name);
                words::control(control.character, name, control.deception)
            }
            Self::LookAlike { found, word } => {
                words::look_alike(word, found.script.name(), found.among.name())
            }
        }
    }
}

/// What is to be marked in a piece.
fn marks(page: &Page<'_>, piece: &Piece<'_>) -> Vec<Mark> {
    let text = page.text.slice(piece.range()).unwrap_or_default();
    let start = piece.range().start().get();
    let moved = |at: ByteOffset| ByteOffset::new(at.get() + start);
    // A joiner inside a cluster has no place of its own; the cluster that it is in is marked.
    let place = |range: ByteRange| {
        let range = ByteRange::between(moved(range.start()), moved(range.end()));
        piece.rects(range).into_iter().next()
    };
    let controls = controls(text)
        .into_iter()
        .filter(|control| page.show_hidden || control.deception.is_some())
        .filter_map(|control| {
            let kind = Kind::Control(control);
            Some(Mark {
                place: place(control.range)?,
                kind,
            })
        });
    let look_alikes = look_alikes(text).into_iter().filter_map(|found| {
        let word = text.get(found.word.as_usize())?.to_owned();
        let place = place(found.letter)?;
        let kind = Kind::LookAlike { found, word };
        Some(Mark { place, kind })
    });
    controls.chain(look_alikes).collect()
}
