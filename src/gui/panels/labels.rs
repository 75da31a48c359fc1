//! The labels of the codebook with key, colour, and count, and how each is viewed.

use egui::accesskit::Role;
use egui::{Align2, Id, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::guidelines::Thing;
use super::row_menu::{action_entry, action_entry_as, entry_ui, key_entry, row_menu};
use super::sections::{Folds, Section};
use super::spans::paint_swatch;
use super::widgets::{action_button, paint_in, paint_keycap, paint_small, row_ui};
use super::{Ask, Pane};
use crate::gui::article::{ArticleAct, ArticleState, LabelView};
use crate::gui::dialogs::Dialog;
use crate::gui::dialogs::codebook::CodebookDialog;
use crate::gui::markdown::first_paragraph;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::{icons, words};
use crate::model::{Codebook, Label, words_in};
use crate::session::action::{Action, Shortcut};
use crate::session::shortcut::key_of_character;

/// Labels shown before their part of the pane scrolls, and at least in a small one.
const LABELS_AT_ONCE: usize = 10;
const LABELS_LEAST: usize = 3;
/// Room of an eye or a lock.
const VIEW: f32 = 20.0;

fn labels_id() -> Id {
    Id::unique("labels")
}

/// Draws the labels in so much room, where that is enough for a few; a click on one tags, relabels, or arms.
pub fn labels_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    codebook: &Codebook,
    folds: &mut Folds,
    room: f32,
) {
    if !folds.heading_ui(ui, pane.palette, Section::Labels, words::LABELS) {
        hidden_ui(ui, pane, state, codebook);
        return;
    }
    if codebook.labels.is_empty() {
        ui.label(egui::RichText::new(words::NO_LABELS).color(pane.palette.ink_weak));
        action_button(ui, pane, Action::NewLabel);
        return;
    }
    // A retired label is shown where the article has spans of it.
    let labels: Vec<&Label> = codebook
        .labels
        .iter()
        .filter(|label| !label.retired || state.index().count(&label.id) > 0)
        .collect();
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = rows_in(room, labels.len()) * theme::ROW;
    ScrollArea::vertical()
        .id_salt("labels")
        .max_height(height)
        .auto_shrink([false, true])
        .show_rows(ui, theme::ROW, labels.len(), |ui, visible| {
            for label in labels.get(visible).unwrap_or_default() {
                let count = state.index().count(&label.id);
                label_row(ui, pane, state, codebook, label, count);
            }
        });
    hidden_ui(ui, pane, state, codebook);
}

/// How many rows are seen in so much room. Where some are not, one is cut in half, as a sign that more follow.
fn rows_in(room: f32, all: usize) -> f32 {
    let rows = room / theme::ROW;
    let fitting = (rows as usize).clamp(LABELS_LEAST, LABELS_AT_ONCE);
    if all <= fitting {
        return all as f32;
    }
    let half = fitting as f32 + 0.5;
    if half <= rows { half } else { half - 1.0 }
}

/// Says that not all spans are seen, so that nobody takes an article for unmarked.
fn hidden_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, codebook: &Codebook) {
    if !state.labels().hides_any() {
        return;
    }
    let hidden = codebook
        .labels
        .iter()
        .filter(|label| !state.labels().shows(&label.id))
        .count();
    ui.horizontal(|ui| {
        let words = egui::RichText::new(words::labels_hidden(hidden)).size(theme::TEXT_SMALL);
        ui.label(words.color(pane.palette.warning));
        let entry = Action::ShowAllLabels.entry();
        let show = egui::RichText::new(entry.name).size(theme::TEXT_SMALL);
        if ui.small_button(show).clicked() {
            pane.queue.push(Ask::Article(ArticleAct::ShowAllLabels));
            pane.queue.push(Ask::FocusArticle);
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
    let name = words::label_name(codebook, &label.id).to_owned();
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
    let right = pos2(rect.right() - GRID - 2.0 * VIEW, middle);
    paint_small(ui, right, Align2::RIGHT_CENTER, &shown, palette.ink_weak);
    let name_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 12.0, rect.top()),
        pos2(right.x - GRID * 7.0, rect.bottom()),
    );
    let ink = if state.labels().shows(&label.id) {
        palette.ink
    } else {
        palette.ink_faint
    };
    paint_name(ui, pane, &name, ink, name_rect);
    let hovered = ui.rect_contains_pointer(rect);
    for (slot, view) in [LabelView::Hidden, LabelView::Locked].into_iter().enumerate() {
        let right = rect.right() - slot as f32 * VIEW;
        let square = Rect::from_center_size(pos2(right - VIEW / 2.0, middle), vec2(VIEW, VIEW));
        view_button(ui, pane, state, label, (view, &name), square, hovered);
    }
    if response.clicked() {
        tag_with(ui, pane, label);
    }
    let item = (label.id.as_str(), false);
    row_menu(&response, labels_id(), item, |ui| menu_ui(ui, pane, state, label));
    response.on_hover_ui(|ui| label_tip_ui(ui, pane, label, &name, &key));
}

/// Names keep to the swatch in either direction: the list is read along its swatches.
fn paint_name(ui: &Ui, pane: &mut Pane<'_>, name: &str, ink: egui::Color32, room: Rect) {
    let style = TextStyle::new(theme::TEXT);
    let size = ShortText::new(name, style, ink)
        .max_width(room.width())
        .size(ui, pane.engine);
    let place = Rect::from_min_size(room.min, vec2(size.x, room.height()));
    paint_in(ui, pane.engine, name, style, ink, place);
}

/// Does what the key of the label does, with Ctrl as a second label.
fn tag_with(ui: &Ui, pane: &mut Pane<'_>, label: &Label) {
    let second = ui.input(|input| input.modifiers.command);
    let act = if second {
        ArticleAct::SecondLabel(label.id.clone())
    } else {
        ArticleAct::Label(label.id.clone())
    };
    pane.queue.push(Ask::Article(act));
    pane.queue.push(Ask::FocusArticle);
}

/// The eye or the lock at the end of a row: seen while the pointer is on the row, and where it says something.
fn view_button(
    ui: &Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    label: &Label,
    (view, name): (LabelView, &str),
    square: Rect,
    hovered: bool,
) {
    let on = match view {
        LabelView::Hidden => !state.labels().shows(&label.id),
        view => state.labels().has(&label.id, view),
    };
    let id = ui.scope_id().with(("view", view as u8, label.id.as_str()));
    let response = ui.interact(square, id, Sense::CLICK);
    let words = words::view_label(view, on);
    response.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, format!("{words}: {name}"))
    });
    if on || hovered {
        let color = if response.hovered() || on {
            pane.palette.ink
        } else {
            pane.palette.ink_faint
        };
        let icon = Rect::from_center_size(square.center(), vec2(14.0, 14.0));
        icons::paint_label_view(ui.painter(), view, on, icon, color);
    }
    if response.on_hover_text(words).clicked() {
        // The eye of a label that another one alone keeps from sight shows all of them.
        let act = match (view, on, state.labels().alone()) {
            (LabelView::Hidden, true, Some(_)) => ArticleAct::ShowAllLabels,
            _ => ArticleAct::ViewLabel(Some(label.id.clone()), view),
        };
        pane.queue.push(Ask::Article(act));
        pane.queue.push(Ask::FocusArticle);
    }
}

/// The menu of a label: what can be done with it, how it is viewed, and where it is explained and changed.
fn menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, label: &Label) {
    use_menu(ui, pane, state, label);
    ui.separator();
    view_menu(ui, pane, state, label);
    ui.separator();
    if action_entry_as(ui, pane, Action::Guidelines, words::GUIDELINE) {
        pane.queue.push(Ask::Guideline(Thing::Label(label.id.clone())));
        pane.queue.push(Ask::FocusArticle);
    }
    if entry_ui(ui, pane, words::EDIT_LABEL, "", None) {
        let dialog = CodebookDialog::at_label(&label.id);
        pane.queue.push(Ask::Open(Dialog::Codebook(Box::new(dialog))));
    }
    for action in [Action::NewLabel, Action::Codebook] {
        action_entry(ui, pane, action);
    }
}

/// What the label's key does, and the same with Ctrl.
fn use_menu(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, label: &Label) {
    let situation = pane.situation;
    let is_armed = state.armed() == Some(&label.id);
    let name = match (situation.text_selected, situation.span_selected) {
        (true, _) => words::TAG_WITH,
        (false, true) => words::GIVE_TO_SPAN,
        (false, false) if is_armed => words::DISARM,
        (false, false) => words::ARM,
    };
    let blocked = Action::AddNote.entry().available(&situation).err();
    let is_chosen = situation.text_selected || situation.span_selected;
    let no_second = blocked.or((!is_chosen).then_some(words::NOTHING_TO_LABEL));
    let own = label.key.and_then(key_of_character);
    let entries = [
        (
            name,
            own.map(Shortcut::key),
            blocked,
            ArticleAct::Label(label.id.clone()),
        ),
        (
            words::SECOND_LABEL,
            own.map(Shortcut::ctrl),
            no_second,
            ArticleAct::SecondLabel(label.id.clone()),
        ),
    ];
    for (name, key, reason, act) in entries {
        if key_entry(ui, pane, name, key, reason) {
            pane.queue.push(Ask::Article(act));
            pane.queue.push(Ask::FocusArticle);
        }
    }
}

/// How the label is viewed.
fn view_menu(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, label: &Label) {
    for (view, action) in [
        (LabelView::Hidden, Action::HideLabel),
        (LabelView::Alone, Action::ShowLabelAlone),
        (LabelView::Locked, Action::LockLabel),
    ] {
        let on = state.labels().has(&label.id, view);
        // Here the label is named, so that nothing need be selected.
        let key = pane.keys.shortcut(action).unwrap_or_default();
        if entry_ui(ui, pane, words::view_label(view, on), &key, None) {
            pane.queue
                .push(Ask::Article(ArticleAct::ViewLabel(Some(label.id.clone()), view)));
            pane.queue.push(Ask::FocusArticle);
        }
    }
    if action_entry_as(
        ui,
        pane,
        Action::ShowAllLabels,
        Action::ShowAllLabels.entry().name,
    ) {
        pane.queue.push(Ask::Article(ArticleAct::ShowAllLabels));
    }
}

fn label_tip_ui(ui: &mut Ui, pane: &mut Pane<'_>, label: &Label, name: &str, key: &str) {
    ui.set_max_width(320.0);
    let palette = pane.palette;
    let guidelines_key = pane.keys.shortcut(Action::Guidelines);
    let mut line = |ui: &mut Ui, text: &str, style: TextStyle| {
        ShortText::new(text, style, palette.ink)
            .max_width(320.0)
            .wrap()
            .show(ui, pane.engine);
    };
    line(ui, name, TextStyle::new(theme::TEXT).bold());
    if let Some(description) = words_in(&label.description, words::LANG) {
        let short = first_paragraph(description);
        line(ui, &short, TextStyle::new(theme::TEXT_SMALL));
        if let Some(key) = guidelines_key.filter(|_| description.trim() != short) {
            line(
                ui,
                &words::guideline_more(&key),
                TextStyle::new(theme::TEXT_SMALL),
            );
        }
    }
    let use_words = if key.is_empty() {
        words::LABEL_TIP.to_owned()
    } else {
        format!("{}  {key}", words::LABEL_TIP)
    };
    line(ui, &use_words, TextStyle::new(theme::TEXT_SMALL));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_cut_where_more_labels_follow() {
        let rows = |room: f32, all| rows_in(room * theme::ROW, all);
        assert!((rows(5.2, 5) - 5.0).abs() < 0.01);
        assert!((rows(5.2, 6) - 4.5).abs() < 0.01);
        assert!((rows(5.8, 6) - 5.5).abs() < 0.01);
        assert!((rows(40.0, 30) - 10.5).abs() < 0.01);
    }
}
