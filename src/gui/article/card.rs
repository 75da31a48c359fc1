//! The card of the span under the pointer: its label, what is known about it, where it came from.

use egui::{Area, Frame, Order, Pos2, Rect, Ui, pos2};

use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::panels::thread::notes_on;
use crate::gui::theme::{self, GRID, Palette};
use crate::gui::words;
use crate::model::{OriginKind, Span, SpanId};

use super::hidden::explanation;
use super::page::Page;
use super::paint::label_colors;
use super::relations::relations_in_words;
use super::state::{ArticleState, Gesture};

/// Seconds for which the pointer has to rest.
const DELAY: f32 = 0.4;
/// Widest card in points.
const WIDTH: f32 = 320.0;

/// Shows the card of the hovered span, and what could deceive under the pointer, once the pointer rests there.
pub(super) fn card_ui(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
) {
    let is_busy = state.gesture != Gesture::None || state.linking().is_some();
    if is_busy || state.stack.is_some() || state.is_covered {
        return;
    }
    let inside = |pointer: &Pos2| state.sheet.viewport().contains(*pointer);
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()).filter(inside) else {
        return;
    };
    let is_told = |id: &SpanId| state.is_told_beside && state.selected_span() == Some(id);
    let hovered = state.hovered.as_ref().filter(|id| !is_told(id));
    let span = hovered.and_then(|id| state.index.get(id));
    let warning = explanation(page, state, pointer);
    let at = match (span, &warning) {
        (Some(span), _) => place(state, span, pointer),
        (None, Some((mark, _))) => Some(below(*mark)),
        (None, None) => return,
    };
    let rested = ui.input(|input| input.pointer.time_since_last_movement());
    if rested < DELAY {
        let left = std::time::Duration::from_secs_f32((DELAY - rested).max(0.01));
        ui.ctx().request_repaint_after(left);
        return;
    }
    let Some(at) = at else { return };
    Area::new(ui.scope_id().with("span card"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(at)
        .constrain(true)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width(WIDTH);
                let small = TextStyle::new(theme::TEXT_SMALL);
                ui.spacing_mut().item_spacing.y = GRID / 2.0;
                if let Some(span) = span {
                    contents(ui, engine, palette, page, span);
                    for line in relations_in_words(page, state, &span.id, false) {
                        line_ui(ui, engine, &line, small, palette.ink);
                    }
                }
                if let Some((_, words)) = &warning {
                    line_ui(ui, engine, words, small, palette.ink);
                }
            });
        });
}

fn line_ui(ui: &mut Ui, engine: &mut TextEngine, words: &str, style: TextStyle, color: egui::Color32) {
    ShortText::new(words, style, color)
        .max_width(WIDTH)
        .wrap()
        .show(ui, engine);
}

/// Below the line of the span on which the pointer is.
fn place(state: &ArticleState, span: &Span, pointer: Pos2) -> Option<Pos2> {
    let rects = span
        .ranges
        .as_slice()
        .iter()
        .flat_map(|range| state.sheet.rects(*range));
    let line = rects
        .filter(|rect| rect.y_range().contains(pointer.y))
        .min_by(|a, b| a.distance_to_pos(pointer).total_cmp(&b.distance_to_pos(pointer)))?;
    Some(below(line))
}

/// Below the marks and names under a word.
fn below(words: Rect) -> Pos2 {
    pos2(words.left(), words.bottom() + GRID * 4.0)
}

fn contents(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, page: &Page<'_>, span: &Span) {
    let colors = label_colors(page, palette, span);
    let strong = TextStyle::new(theme::TEXT).bold();
    let plain = TextStyle::new(theme::TEXT_SMALL);
    line_ui(ui, engine, page.label_name(&span.label), strong, colors.ink);
    for (id, value) in &span.attributes {
        let name = words::attribute_name(page.codebook, id);
        let (doubt, ink) = if span.unconfirmed.contains(id) {
            (format!(" ({})", words::UNCONFIRMED), palette.warning)
        } else {
            (String::new(), palette.ink)
        };
        let said = words::value(page.codebook.attribute(id), value);
        let fact = format!("{name}: {said}{doubt}");
        line_ui(ui, engine, &fact, plain, ink);
    }
    for note in notes_on(page.layer, span.id.as_str()) {
        line_ui(ui, engine, &note.text, plain, palette.ink);
    }
    let origin = span.origin.name.as_deref().unwrap_or_default();
    let kind = words::origin(span.origin.kind);
    let words = if span.origin.kind == OriginKind::Person && !origin.is_empty() {
        origin.to_owned()
    } else if origin.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind} · {origin}")
    };
    line_ui(ui, engine, &words, plain, palette.ink_weak);
}
