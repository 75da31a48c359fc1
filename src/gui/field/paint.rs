//! How a text field looks.

use egui::{Mesh, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::gui::paint::{Glyphs, ShortText, TextEngine};
use crate::gui::theme::Palette;
use crate::text::Direction;

use super::{Field, FieldState};

#[allow(clippy::too_many_arguments, reason = "one call, and each is another thing")]
pub(super) fn field(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    field: &Field<'_>,
    rect: Rect,
    inner: Rect,
    state: &FieldState,
    focused: bool,
) {
    let border = if focused {
        Stroke::new(1.5, palette.accent)
    } else {
        Stroke::new(1.0, palette.border)
    };
    ui.painter()
        .rect(rect, 4.0, palette.sunken, border, StrokeKind::Inside);
    let clip = inner.expand2(vec2(2.0, 1.0)).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(clip);
    let Some(editor) = &state.editor else { return };
    let origin = inner.min - vec2(0.0, state.scrolled);
    let on_screen = |rect: crate::layout::Rect| {
        Rect::from_min_size(origin + vec2(rect.x, rect.y), vec2(rect.width, rect.height))
    };

    let mut ground = Mesh::default();
    if focused {
        for rect in editor.selection_rects() {
            ground.add_colored_rect(on_screen(rect), palette.selection);
        }
    }
    painter.add(ground);
    if editor.is_empty() {
        hint(ui, engine, palette, field, inner);
    }
    let mut glyphs = Glyphs::default();
    for paragraph in editor.paragraphs() {
        let at = origin + vec2(paragraph.x, paragraph.y);
        let seen = (clip.top() - at.y, clip.bottom() - at.y);
        let lines = paragraph.layout.lines_between(seen.0, seen.1);
        glyphs.add(ui.ctx(), engine, paragraph.layout, lines, at, palette.ink);
    }
    glyphs.paint(&painter);
    if let Some(composed) = editor.preedit() {
        for rect in editor.rects(composed) {
            let rect = on_screen(rect);
            painter.hline(rect.x_range(), rect.bottom() - 2.0, Stroke::new(1.0, palette.ink));
        }
    }
    if focused && ui.is_enabled() {
        let caret = on_screen(editor.caret());
        let x = caret.left().clamp(inner.left(), inner.right());
        let bar = Rect::from_min_max(pos2(x - 0.75, caret.top()), pos2(x + 0.75, caret.bottom()));
        painter.rect_filled(engine.snap_rect(bar), 0.0, palette.ink);
    }
}

fn hint(ui: &Ui, engine: &mut TextEngine, palette: &Palette, field: &Field<'_>, inner: Rect) {
    let words = ShortText::new(field.hint, field.style, palette.ink_faint).max_width(inner.width());
    let layout = words.layout(engine);
    let x = match layout.direction() {
        Direction::LeftToRight => inner.left(),
        Direction::RightToLeft => inner.right() - layout.size().x,
    };
    words.paint_at(ui, engine, pos2(x, inner.top()));
}
