//! The settings: how articles are shown, and every key. What is changed acts at once; nothing waits for a button.
//!
//! A page reads the preferences of the pane and queues what shall be other; it keeps none of them.

mod choose;
mod keys;
mod reading;
mod record;

use egui::accesskit::Role;
use egui::{Button, Ui, WidgetInfo};

use super::{Stay, foot_ui, title_ui};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{hairline_ui, primary_button};
use crate::gui::theme::GRID;
use crate::gui::words;
use keys::KeysPage;

/// The dialog.
#[derive(Default)]
pub struct SettingsDialog {
    page: Page,
    keys: KeysPage,
}

/// A page of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    Reading,
    #[default]
    Keys,
}

impl Page {
    const ALL: [Self; 2] = [Self::Reading, Self::Keys];

    const fn name(self) -> &'static str {
        match self {
            Self::Reading => words::SETTINGS_READING,
            Self::Keys => words::SETTINGS_KEYS,
        }
    }
}

impl SettingsDialog {
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::SETTINGS);
        self.tabs_ui(ui);
        hairline_ui(ui, pane.palette);
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(200.0, 560.0);
        let stay = ui
            .scope(|ui| {
                ui.set_height(height);
                match self.page {
                    Page::Reading => {
                        reading::reading_ui(ui, pane);
                        Stay::Open
                    }
                    Page::Keys => self.keys.ui(ui, pane),
                }
            })
            .inner;
        let mut close = false;
        foot_ui(ui, |ui| {
            close = primary_button(ui, pane.palette, words::CLOSE).clicked();
        });
        if close { Stay::Close } else { stay }
    }

    fn tabs_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GRID;
            for page in Page::ALL {
                let is_shown = self.page == page;
                let response = ui.add(Button::selectable(is_shown, page.name()));
                response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, page.name()));
                if response.clicked() {
                    self.page = page;
                    self.keys.stop_recording();
                }
            }
        });
    }
}
