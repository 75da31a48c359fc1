//! All keys in one place, from the table of actions and the codebook.

use egui::{Grid, ScrollArea, Ui};

use super::settings::SettingsDialog;
use super::{Dialog, Stay, foot_ui, title_ui};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::spans::label_name;
use crate::gui::panels::widgets::{heading_ui, plain_button, primary_button};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::action::{Menu, table};

/// Draws the help.
pub(super) fn shortcuts_ui(ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
    title_ui(ui, pane, words::SHORTCUTS);
    let height = (ui.ctx().content_rect().height() - 200.0).clamp(160.0, 560.0);
    ScrollArea::vertical()
        .max_height(height)
        // A dialog in the making has no height yet, from which the list would never grow.
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            labels_ui(ui, pane);
            for menu in Menu::ALL {
                actions_ui(ui, pane, menu.name(), Some(menu));
            }
            actions_ui(ui, pane, words::CARET_KEYS, None);
            rows_ui(ui, pane, words::ARTICLE_KEYS, words::TEXT_KEYS.iter().copied());
        });
    let mut stay = Stay::Open;
    foot_ui(ui, |ui| {
        if primary_button(ui, pane.palette, words::CLOSE).clicked() {
            stay = Stay::Close;
        }
        if plain_button(ui, words::CHANGE_KEYS).clicked() {
            let settings = Dialog::Settings(SettingsDialog::on_keys());
            pane.queue.push(Ask::Open(settings));
            stay = Stay::Close;
        }
    });
    stay
}

fn actions_ui(ui: &mut Ui, pane: &Pane<'_>, heading: &str, menu: Option<Menu>) {
    let entries = table()
        .iter()
        .filter(|entry| entry.menu.map(|(of, _)| of) == menu && !pane.keys.map.of(entry.action).is_empty());
    let rows: Vec<(&str, String)> = entries
        .map(|entry| {
            let keys = pane.keys.shortcuts(entry.action);
            (entry.name.trim_end_matches('…'), keys.join(", "))
        })
        .collect();
    rows_ui(
        ui,
        pane,
        heading,
        rows.iter().map(|(name, keys)| (*name, keys.as_str())),
    );
}

fn rows_ui<'a>(ui: &mut Ui, pane: &Pane<'_>, heading: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) {
    heading_ui(ui, pane.palette, heading);
    Grid::new(("shortcuts", heading))
        .num_columns(2)
        .min_col_width(280.0)
        .spacing([GRID * 4.0, GRID])
        .show(ui, |ui| {
            for (name, keys) in rows {
                ui.label(name);
                ui.label(egui::RichText::new(keys).color(pane.palette.ink_weak));
                ui.end_row();
            }
        });
    ui.add_space(GRID);
}

fn labels_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    heading_ui(ui, pane.palette, words::LABEL_KEYS);
    Grid::new("label-keys")
        .num_columns(2)
        .min_col_width(280.0)
        .spacing([GRID * 4.0, GRID])
        .show(ui, |ui| {
            for label in project
                .codebook
                .offered_labels()
                .filter(|label| label.key.is_some())
            {
                let name = label_name(&project.codebook, &label.id);
                ShortText::new(name, TextStyle::new(theme::TEXT), pane.palette.ink)
                    .max_width(280.0)
                    .show(ui, pane.engine);
                let key = label.key.map(|key| pane.keys.label_cap(key)).unwrap_or_default();
                ui.label(egui::RichText::new(key).color(pane.palette.ink_weak));
                ui.end_row();
            }
        });
    super::small_ui(ui, words::LABEL_KEYS_CTRL, pane.palette.ink_weak);
    super::small_ui(ui, words::LABEL_KEYS_FROM, pane.palette.ink_weak);
    ui.add_space(GRID);
}
