//! Settings: how articles are set, and which keys do what. Each change acts at once.

mod keys;
mod reading;

use egui::Ui;

use super::{Stay, foot_ui, title_ui};
use crate::gui::panels::widgets::primary_button;
use crate::gui::panels::{Ask, Pane};
use crate::gui::prefs::Preferences;
use crate::gui::theme::GRID;
use crate::gui::words;
use keys::KeysPage;

/// The dialog, with the preferences as they stand after the changes made in it.
pub struct SettingsDialog {
    prefs: Preferences,
    page: Page,
    keys: KeysPage,
}

/// What is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Reading,
    Keys,
}

impl SettingsDialog {
    /// With the preferences of now.
    pub fn new(prefs: &Preferences) -> Self {
        Self {
            prefs: prefs.clone(),
            page: Page::Reading,
            keys: KeysPage::default(),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::SETTINGS);
        ui.horizontal(|ui| {
            for (page, name) in [(Page::Reading, words::READING), (Page::Keys, words::KEYS)] {
                ui.selectable_value(&mut self.page, page, name);
            }
        });
        ui.add_space(GRID * 2.0);
        let before = self.prefs.clone();
        match self.page {
            Page::Reading => reading::reading_ui(ui, pane.palette, &mut self.prefs),
            Page::Keys => self.keys.ui(ui, pane, &mut self.prefs),
        }
        if self.prefs != before {
            pane.queue.push(Ask::Prefer(Box::new(self.prefs.clone())));
        }
        let mut stay = Stay::Open;
        foot_ui(ui, |ui| {
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }
}
