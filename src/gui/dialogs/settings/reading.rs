//! The page of how articles are shown: one function for each row.

use egui::accesskit::Role;
use egui::{Button, Grid, Ui, WidgetInfo};

use crate::gui::panels::{Ask, Pane};
use crate::gui::prefs::{Preference, ThemeChoice};
use crate::gui::reading::{Choice, Reading};
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::session::action::Action;

/// The least step of the zoom, as a share of the usual size.
const ZOOM_STEP: f32 = 0.1;

/// Draws the page.
pub(super) fn reading_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    ui.add_space(GRID * 2.0);
    Grid::new("settings-reading")
        .num_columns(2)
        .min_col_width(160.0)
        .spacing([GRID * 4.0, GRID * 3.0])
        .show(ui, |ui| {
            for row in [
                theme_ui, size_ui, zoom_ui, arabic_ui, numbers_ui, labels_ui, hidden_ui,
            ] {
                row(ui, pane);
                ui.end_row();
            }
        });
}

fn theme_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    ui.label(words::THEME);
    let choices = [
        (ThemeChoice::System, words::THEME_SYSTEM),
        (ThemeChoice::Light, words::THEME_LIGHT),
        (ThemeChoice::Dark, words::THEME_DARK),
    ];
    choices_ui(ui, pane, &choices, pane.prefs.theme, Preference::Theme);
}

fn size_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let set = |reading: &mut Reading, size| reading.size = size;
    let now = pane.prefs.reading.size;
    reading_row_ui(ui, pane, Action::TextSize, now, words::text_size, set);
}

fn arabic_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let set = |reading: &mut Reading, face| reading.arabic = face;
    let now = pane.prefs.reading.arabic;
    reading_row_ui(ui, pane, Action::ArabicFace, now, words::arabic_face, set);
}

fn numbers_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let set = |reading: &mut Reading, numbers| reading.numbers = numbers;
    let now = pane.prefs.reading.numbers;
    reading_row_ui(ui, pane, Action::MarginNumbers, now, words::margin_numbers, set);
}

fn labels_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let set = |reading: &mut Reading, labels| reading.labels = labels;
    let now = pane.prefs.reading.labels;
    reading_row_ui(ui, pane, Action::LabelDisplay, now, words::label_display, set);
}

/// One of the reader's choices, under the name of the action that goes through them.
fn reading_row_ui<T: Choice>(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    action: Action,
    now: T,
    word: impl Fn(T) -> &'static str,
    set: impl Fn(&mut Reading, T),
) {
    ui.label(action.entry().name);
    let named = |choice: &T| (*choice, words::sentence_start(word(*choice)));
    let choices: Vec<(T, String)> = T::ALL.iter().map(named).collect();
    let reading = pane.prefs.reading;
    choices_ui(ui, pane, &choices, now, |chosen| {
        let mut wanted = reading;
        set(&mut wanted, chosen);
        Preference::Reading(wanted)
    });
}

fn zoom_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    ui.label(words::TEXT_ZOOM);
    ui.horizontal(|ui| {
        let zoom = pane.prefs.text_zoom;
        let mut wanted = zoom;
        if named_button(ui, "–", words::ZOOM_OUT).clicked() {
            wanted = zoom - ZOOM_STEP;
        }
        ui.label(words::percent(zoom));
        if named_button(ui, "+", words::ZOOM_IN).clicked() {
            wanted = zoom + ZOOM_STEP;
        }
        if ui.button(words::ZOOM_RESET).clicked() {
            wanted = 1.0;
        }
        if (wanted - zoom).abs() > f32::EPSILON {
            pane.queue.push(Ask::Prefer(Preference::TextZoom(wanted)));
        }
    });
}

fn hidden_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    ui.label(words::INVISIBLE);
    let mut shown = pane.prefs.show_hidden;
    if ui.checkbox(&mut shown, words::INVISIBLE_SHOW).changed() {
        pane.queue.push(Ask::Prefer(Preference::ShowHidden(shown)));
    }
}

/// One of a few values, as buttons of which one is pressed.
fn choices_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    choices: &[(T, impl AsRef<str>)],
    now: T,
    preference: impl Fn(T) -> Preference,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        for (value, name) in choices {
            let name = name.as_ref();
            let is_now = *value == now;
            let response = ui.add(Button::selectable(is_now, name));
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_now, name));
            if response.clicked() && !is_now {
                pane.queue.push(Ask::Prefer(preference(*value)));
            }
        }
    });
}

/// A button whose face is a sign and whose name is words.
fn named_button(ui: &mut Ui, face: &str, name: &str) -> egui::Response {
    let response = ui.add(Button::new(face).min_size(egui::Vec2::splat(GRID * 7.0)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}
