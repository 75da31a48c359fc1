//! How articles are set: theme, type, numbers, and how labels are shown.

use egui::{Grid, Slider, Ui};

use crate::gui::prefs::{Preferences, ThemeChoice};
use crate::gui::reading::Choice;
use crate::gui::theme::{self, GRID, Palette};
use crate::gui::words;
use crate::session::action::Action;

pub(super) fn reading_ui(ui: &mut Ui, palette: &Palette, prefs: &mut Preferences) {
    Grid::new("reading settings")
        .num_columns(2)
        .min_col_width(180.0)
        .spacing([GRID * 4.0, GRID * 2.0])
        .show(ui, |ui| {
            choice_ui(ui, palette, words::THEME, &mut prefs.theme, words::theme);
            let reading = &mut prefs.reading;
            let name = |action: Action| action.entry().name;
            choice_ui(
                ui,
                palette,
                name(Action::TextSize),
                &mut reading.size,
                words::text_size,
            );
            zoom_ui(ui, palette, &mut prefs.text_zoom);
            choice_ui(
                ui,
                palette,
                name(Action::ArabicFace),
                &mut reading.arabic,
                words::arabic_face,
            );
            choice_ui(
                ui,
                palette,
                name(Action::MarginNumbers),
                &mut reading.numbers,
                words::margin_numbers,
            );
            choice_ui(
                ui,
                palette,
                name(Action::LabelDisplay),
                &mut reading.labels,
                words::label_display,
            );
            name_ui(ui, palette, name(Action::ShowHidden));
            ui.checkbox(&mut prefs.show_hidden, words::SHOWN);
            ui.end_row();
        });
}

/// One choice of a few, side by side.
fn choice_ui<T: Choice>(
    ui: &mut Ui,
    palette: &Palette,
    name: &str,
    chosen: &mut T,
    word: impl Fn(T) -> &'static str,
) {
    name_ui(ui, palette, name);
    ui.horizontal(|ui| {
        for choice in T::ALL {
            ui.radio_value(chosen, *choice, word(*choice));
        }
    });
    ui.end_row();
}

fn zoom_ui(ui: &mut Ui, palette: &Palette, zoom: &mut f32) {
    let name = name_ui(ui, palette, words::ZOOM);
    let percent = |value: f64, _| format!("{:.0} %", value * 100.0);
    // The rail of a slider is drawn as the ground of a widget, and those have none here.
    ui.visuals_mut().widgets.inactive.bg_fill = palette.border;
    let slider = Slider::new(zoom, theme::ZOOM)
        .logarithmic(true)
        .custom_formatter(percent);
    ui.add(slider).labelled_by(name.id);
    ui.end_row();
}

fn name_ui(ui: &mut Ui, palette: &Palette, name: &str) -> egui::Response {
    ui.label(egui::RichText::new(name).color(palette.ink_weak))
}

impl Choice for ThemeChoice {
    const ALL: &'static [Self] = &[Self::System, Self::Light, Self::Dark];
}
