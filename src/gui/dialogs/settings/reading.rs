//! The page of how articles are shown: one function for each row.

use egui::accesskit::Role;
use egui::{Button, Grid, Ui, WidgetInfo};

use crate::gui::panels::{Ask, Pane};
use crate::gui::prefs::{Preference, ThemeChoice};
use crate::gui::theme::GRID;
use crate::gui::words;

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
            for row in [theme_ui, zoom_ui, hidden_ui] {
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
    choices: &[(T, &str)],
    now: T,
    preference: impl Fn(T) -> Preference,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        for (value, name) in choices {
            let is_now = *value == now;
            let response = ui.add(Button::selectable(is_now, *name));
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_now, *name));
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
