//! The program: version, folders, licence.

use std::path::PathBuf;

use egui::Ui;

use super::{Stay, foot_ui, small_ui, title_ui};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::primary_button;
use crate::gui::{theme, words};

/// The dialog.
pub struct About {
    folders: Vec<(&'static str, PathBuf)>,
}

impl About {
    /// With the folders of this installation.
    pub fn new(folders: &crate::session::Folders) -> Self {
        Self {
            folders: vec![
                (words::FOLDER_DATA, folders.data.clone()),
                (words::FOLDER_CONFIG, folders.config.clone()),
                (words::FOLDER_STATE, folders.state.clone()),
            ],
        }
    }

    pub(super) fn ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, &format!("{} {}", words::APP, env!("CARGO_PKG_VERSION")));
        small_ui(ui, words::NAME_MEANING, pane.palette.ink_weak);
        ui.add_space(theme::GRID);
        let width = ui.available_width();
        for (name, folder) in &self.folders {
            small_ui(ui, name, pane.palette.ink_weak);
            ShortText::new(
                &folder.to_string_lossy(),
                TextStyle::new(theme::TEXT),
                pane.palette.ink,
            )
            .max_width(width)
            .show(ui, pane.engine);
        }
        ui.add_space(theme::GRID);
        small_ui(ui, words::LICENCE, pane.palette.ink_weak);
        let mut stay = Stay::Open;
        foot_ui(ui, |ui| {
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }
}
