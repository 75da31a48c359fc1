//! The settings: how articles are shown, and every key. What is changed acts at once; nothing waits for a button.
//!
//! A page reads the preferences of the pane and queues what shall be other; it keeps none of them.

mod choose;
mod keys;
mod reading;
mod record;

use egui::accesskit::Role;
use egui::{Button, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::{Stay, focus_once, foot_ui, title_ui};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::primary_button;
use crate::gui::theme::{GRID, Palette};
use crate::gui::words;
use keys::KeysPage;

/// Height that the dialog takes beside its page.
const FRAME_HEIGHT: f32 = 220.0;

/// The dialog.
#[derive(Default)]
pub struct SettingsDialog {
    page: Page,
    keys: KeysPage,
    /// Whether the tab of the first page has had the focus.
    focused: bool,
}

/// A page of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Reading,
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
    /// Opened on the keys.
    pub fn on_keys() -> Self {
        Self {
            page: Page::Keys,
            ..Self::default()
        }
    }

    /// Whether the next press is taken for a command.
    pub(super) fn is_recording(&self) -> bool {
        self.page == Page::Keys && self.keys.is_recording()
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::SETTINGS);
        self.tabs_ui(ui);
        line_ui(ui, pane.palette);
        let height = (ui.ctx().content_rect().height() - FRAME_HEIGHT).clamp(200.0, 560.0);
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
                if is_shown && page == Page::Reading {
                    focus_once(ui, response.id, &mut self.focused);
                }
            }
        });
    }
}

/// A hairline across the dialog.
fn line_ui(ui: &mut Ui, palette: &Palette) {
    ui.add_space(GRID);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.center().y,
        Stroke::new(1.0, palette.hairline),
    );
    ui.add_space(GRID);
}
