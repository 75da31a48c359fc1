//! A dataset out: which format; then where to.

use egui::Ui;
use egui::accesskit::Role;

use super::file::Purpose;
use super::{Stay, foot_ui, small_ui, title_ui};
use crate::gui::panels::widgets::{plain_button, primary_button, row_ui};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::{Format, formats};

/// The dialog.
pub struct ExportDialog {
    project: String,
    chosen: usize,
}

impl ExportDialog {
    /// For a project of that name.
    pub fn new(project: &str) -> Self {
        Self {
            project: project.to_owned(),
            chosen: 0,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::EXPORT);
        let writable: Vec<&Format> = formats().iter().filter(|format| format.writes()).collect();
        let list = ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, format) in writable.iter().enumerate() {
                if self.format_ui(ui, pane, place, format) {
                    self.chosen = place;
                }
            }
        });
        list.response
            .widget_info(|| egui::WidgetInfo::labeled(Role::ListBox, true, words::FORMAT));
        let Some(format) = writable.get(self.chosen) else {
            return Stay::Close;
        };
        if !format.cannot_hold.is_empty() {
            ui.add_space(GRID);
            let text = format!("{} {}", words::CANNOT_HOLD, format.lacks().join(", "));
            small_ui(ui, &text, pane.palette.ink_weak);
        }
        let mut stay = Stay::Open;
        foot_ui(ui, |ui| {
            if primary_button(ui, pane.palette, words::EXPORT_TO).clicked() {
                let ending = format.endings.first().copied().unwrap_or(format.id);
                pane.queue.push(Ask::Pick(Purpose::Export {
                    format: format.id.to_owned(),
                    name: format!("{}.{}", self.project, ending.trim_start_matches('.')),
                }));
                stay = Stay::Close;
            }
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }

    fn format_ui(&self, ui: &mut Ui, pane: &Pane<'_>, place: usize, format: &Format) -> bool {
        let (rect, response) = row_ui(ui, pane.palette, theme::ROW, place == self.chosen, format.name);
        ui.painter().text(
            egui::pos2(rect.left() + GRID * 2.0, rect.center().y),
            egui::Align2::LEFT_CENTER,
            format.name,
            egui::FontId::proportional(theme::TEXT),
            pane.palette.ink,
        );
        response.clicked()
    }
}
