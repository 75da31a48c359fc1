//! The small menu beside a click where more than two spans lie: all of them, innermost first, to be picked from.
//!
//! It takes no focus, so that keys go on to act on the span that is selected, and the next click at the same point still
//! goes to the next span.

use egui::{Area, Frame, Order, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::panels::widgets::row_ui;
use crate::gui::theme::{self, GRID, Palette};
use crate::gui::words;
use crate::model::{Span, SpanId};

use super::output::ArticleOutput;
use super::page::Page;
use super::paint::label_colors;
use super::state::ArticleState;
use super::view::article_id;

/// So many spans lie at one point before the menu opens.
pub(super) const STACK_LEAST: usize = 3;
/// Rows that are shown at once.
const ROWS: f32 = 10.0;
/// Width in points.
const WIDTH: f32 = 300.0;
/// From the click to the corner of the menu, so that the words stay in sight.
const OFFSET: Vec2 = vec2(12.0, 22.0);

/// The spans at a point that was clicked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stack {
    /// Where the click was.
    pub at: Pos2,
    /// Innermost first.
    pub spans: Vec<SpanId>,
}

/// Shows the menu where it is open; a row that is clicked is the selected span.
pub(super) fn stack_ui(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    let Some(stack) = state.stack.clone() else { return };
    let mut picked = None;
    Area::new(article_id().with("stack"))
        .order(Order::Foreground)
        .fixed_pos(stack.at + OFFSET)
        .constrain(true)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = 0.0;
                egui::ScrollArea::vertical()
                    .max_height(theme::ROW * ROWS)
                    .show(ui, |ui| {
                        for id in &stack.spans {
                            let Some(span) = state.index.get(id).cloned() else {
                                continue;
                            };
                            let selected = state.selected_span.as_ref() == Some(id);
                            if span_row(ui, engine, palette, page, &span, selected) {
                                picked = Some(id.clone());
                            }
                        }
                    });
            });
        });
    if let Some(id) = picked {
        state.stack = None;
        state.cycle = None;
        state.selected_span = Some(id);
        ui.memory_mut(|memory| memory.request_focus(article_id()));
        outputs.push(ArticleOutput::SelectionChanged);
    }
}

/// A span as a row: its label in its colour, its words; whether it was clicked.
fn span_row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    span: &Span,
    selected: bool,
) -> bool {
    let name = page.label_name(&span.label);
    let quote = words::quote(page.text, span, 60);
    let (rect, response) = row_ui(ui, palette, theme::ROW, selected, &format!("{name}: {quote}"));
    let colors = label_colors(page, palette, span);
    let left = pos2(rect.left() + GRID * 2.0, rect.center().y);
    let swatch = Rect::from_center_size(left + vec2(4.0, 0.0), vec2(10.0, 10.0));
    ui.painter().rect_filled(swatch, 2.0, colors.line);
    let label = ShortText::new(name, TextStyle::new(theme::TEXT_SMALL).bold(), colors.ink);
    let label = label.max_width(rect.width() * 0.4);
    let size = label.size(ui, engine);
    let at = pos2(swatch.right() + GRID * 1.5, rect.center().y - size.y / 2.0);
    label.paint_at(ui, engine, at);
    let room = rect.right() - GRID - (at.x + size.x + GRID * 2.0);
    let words = ShortText::new(&quote, TextStyle::new(theme::TEXT_SMALL), palette.ink).max_width(room);
    let height = words.size(ui, engine).y;
    words.paint_at(
        ui,
        engine,
        pos2(at.x + size.x + GRID * 2.0, rect.center().y - height / 2.0),
    );
    response.clicked()
}
