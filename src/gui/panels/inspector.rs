//! The right pane: labels of the codebook with colour, key and count, then the selected span, then all spans.

use egui::{Align2, Rect, ScrollArea, Stroke, StrokeKind, Ui, pos2, vec2};

use super::spans::{self, NoteState, label_name, paint_swatch};
use super::widgets::{hairline_ui, heading_ui, paint_in, paint_keycap, paint_small, row_ui};
use super::{Ask, Pane};
use crate::gui::article::{ArticleAct, ArticleState};
use crate::gui::paint::TextStyle;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Codebook, Label, words_in};

/// Labels shown before their part of the pane scrolls.
const LABELS_AT_ONCE: usize = 10;

/// Draws the pane.
pub fn inspector_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, note: &mut NoteState) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    labels_ui(ui, pane, state, &project.codebook);
    hairline_ui(ui, pane.palette);
    spans::selected_ui(ui, pane, state, note);
    hairline_ui(ui, pane.palette);
    spans::spans_ui(ui, pane, state);
}

fn labels_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, codebook: &Codebook) {
    heading_ui(ui, pane.palette, words::LABELS);
    if codebook.labels.is_empty() {
        ui.label(egui::RichText::new(words::NO_LABELS).color(pane.palette.ink_weak));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = theme::ROW * codebook.labels.len().min(LABELS_AT_ONCE) as f32;
    ScrollArea::vertical()
        .id_salt("labels")
        .max_height(height)
        .auto_shrink([false, true])
        .show_rows(ui, theme::ROW, codebook.labels.len(), |ui, visible| {
            for label in codebook.labels.get(visible).unwrap_or_default() {
                let count = state.index().count(&label.id);
                label_row(ui, pane, state, codebook, label, count);
            }
        });
}

fn label_row(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    codebook: &Codebook,
    label: &Label,
    count: usize,
) {
    let palette = pane.palette;
    let armed = state.armed() == Some(&label.id);
    let name = label_name(codebook, &label.id).to_owned();
    let key = label.key.map(|key| pane.keys.label_cap(key)).unwrap_or_default();
    let (rect, response) = row_ui(ui, palette, theme::ROW, armed, &format!("{name}, {count}"));
    if armed {
        let line = palette.label(label.color).line;
        ui.painter()
            .rect_stroke(rect, 3.0, Stroke::new(1.5, line), StrokeKind::Inside);
    }
    let middle = rect.center().y;
    if !key.is_empty() {
        paint_keycap(ui, palette, pos2(rect.left() + GRID * 6.0, middle), &key);
    }
    let swatch = Rect::from_center_size(pos2(rect.left() + GRID * 9.0, middle), vec2(12.0, 12.0));
    paint_swatch(ui, pane, codebook, &label.id, swatch);
    let shown = if count == 0 {
        String::new()
    } else {
        count.to_string()
    };
    let right = pos2(rect.right() - GRID * 2.0, middle);
    paint_small(ui, right, Align2::RIGHT_CENTER, &shown, palette.ink_weak);
    let name_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 12.0, rect.top()),
        pos2(rect.right() - GRID * 9.0, rect.bottom()),
    );
    let style = TextStyle::new(theme::TEXT);
    // Names keep to the swatch in either direction: the list is read along its swatches.
    let size = crate::gui::paint::ShortText::new(&name, style, palette.ink)
        .max_width(name_rect.width())
        .size(ui, pane.engine);
    let place = Rect::from_min_size(name_rect.min, vec2(size.x, name_rect.height()));
    paint_in(ui, pane.engine, &name, style, palette.ink, place);
    if response.clicked() {
        let second = ui.input(|input| input.modifiers.command);
        let act = if second {
            ArticleAct::SecondLabel(label.id.clone())
        } else {
            ArticleAct::Label(label.id.clone())
        };
        pane.queue.push(Ask::Article(act));
        pane.queue.push(Ask::FocusArticle);
    }
    response.on_hover_ui(|ui| label_tip_ui(ui, pane, label, &name, &key));
}

fn label_tip_ui(ui: &mut Ui, pane: &mut Pane<'_>, label: &Label, name: &str, key: &str) {
    ui.set_max_width(320.0);
    let palette = pane.palette;
    let mut line = |ui: &mut Ui, text: &str, style: TextStyle| {
        crate::gui::paint::ShortText::new(text, style, palette.ink)
            .max_width(320.0)
            .wrap()
            .show(ui, pane.engine);
    };
    line(ui, name, TextStyle::new(theme::TEXT).bold());
    if let Some(description) = words_in(&label.description, words::LANG) {
        line(ui, description, TextStyle::new(theme::TEXT_SMALL));
    }
    let use_words = if key.is_empty() {
        words::LABEL_TIP.to_owned()
    } else {
        format!("{}  {key}", words::LABEL_TIP)
    };
    line(ui, &use_words, TextStyle::new(theme::TEXT_SMALL));
}
