//! The frame of the window: panes at its sides, and what is shown while files hang over it.

use std::ops::RangeInclusive;

use egui::{Context, Frame, Margin, Panel, Rect, Stroke, Ui};

use super::prefs::{PaneHeight, PaneSize};
use super::theme::{self, GRID, Palette};
use super::words;

/// A pane at a side, as wide as the analyst made it.
pub(super) fn side_panel(
    ui: &mut Ui,
    panel: Panel,
    size: &mut PaneSize,
    range: RangeInclusive<f32>,
    widest: f32,
    add: impl FnOnce(&mut Ui),
) {
    if !size.shown {
        return;
    }
    let least = *range.start();
    let most = range.end().min(widest).max(least);
    let shown = size.width.clamp(least, most);
    if let Some(rect) = divided_ui(ui, panel, Margin::same(8), shown, least..=most, add)
        && (rect.width() - shown).abs() > 1.0
    {
        size.width = rect.width();
    }
}

/// A pane under the article, as high as the analyst made it.
pub(super) fn bottom_panel(ui: &mut Ui, panel: Panel, size: &mut PaneHeight, add: impl FnOnce(&mut Ui)) {
    if !size.shown {
        return;
    }
    let least = *theme::EVENTS_HEIGHT.start();
    // The text keeps a height at which it can be read.
    let most =
        (ui.available_height() - theme::ARTICLE_LEAST_HEIGHT).clamp(least, *theme::EVENTS_HEIGHT.end());
    let shown = size.height.clamp(least, most);
    if let Some(rect) = divided_ui(ui, panel, Margin::symmetric(8, 6), shown, least..=most, add)
        && (rect.height() - shown).abs() > 1.0
    {
        size.height = rect.height();
    }
}

/// A pane with a divider; answers how large it is while a button is held.
///
/// Only a hand on the divider changes the size: a pane that a small window squeezes keeps its own for a larger one.
fn divided_ui(
    ui: &mut Ui,
    panel: Panel,
    margin: Margin,
    shown: f32,
    range: RangeInclusive<f32>,
    add: impl FnOnce(&mut Ui),
) -> Option<Rect> {
    let palette = Palette::of(ui.ctx());
    let held = ui.input(|input| input.pointer.any_down());
    let response = panel
        .frame(Frame::NONE.fill(palette.panel).inner_margin(margin))
        .resizable(true)
        .default_size(shown)
        .size_range(if held { range } else { shown..=shown })
        .show(ui, |ui| {
            ui.take_available_space();
            let rect = ui.max_rect();
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            inside.set_clip_rect(rect.expand(GRID));
            add(&mut inside);
        })
        .response;
    held.then_some(response.rect)
}

/// What files that hang over the window will do.
pub(super) fn drop_hint_ui(ctx: &Context, project_is_open: bool) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let palette = Palette::of(ctx);
    let painter = ctx.layer_painter(egui::LayerId::new(
        egui::Order::Foreground,
        egui::Id::unique("drop"),
    ));
    let area = ctx.content_rect();
    painter.rect_filled(area, 0.0, palette.canvas.gamma_multiply(0.85));
    let stroke = Stroke::new(2.0, palette.accent);
    painter.rect_stroke(area.shrink(GRID * 2.0), 6.0, stroke, egui::StrokeKind::Inside);
    let text = if project_is_open {
        words::DROP_INTO
    } else {
        words::DROP_NOW
    };
    let font = egui::FontId::proportional(theme::TEXT_TITLE);
    painter.text(
        area.center(),
        egui::Align2::CENTER_CENTER,
        text,
        font,
        palette.ink,
    );
}
