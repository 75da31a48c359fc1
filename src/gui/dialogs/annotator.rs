//! Under whose name one annotates.

use egui::{Id, Ui};

use super::{Stay, focus_once, foot_ui, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::words;
use crate::session::{Request, annotator_named};

/// The dialog.
pub struct AnnotatorDialog {
    field: FieldState,
    refused: bool,
    focused: bool,
}

impl AnnotatorDialog {
    /// With the name that is used now.
    pub fn new(name: &str) -> Self {
        Self {
            field: FieldState::new(name),
            refused: false,
            focused: false,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::ANNOTATOR);
        small_ui(ui, words::ANNOTATOR_HINT, pane.palette.ink_weak);
        let id = Id::unique("annotator-name");
        focus_once(ui, id, &mut self.focused);
        let output = Field::new(id, words::ANNOTATOR).show(ui, pane.engine, &mut self.field);
        if self.refused && !output.changed {
            small_ui(ui, words::ANNOTATOR_INVALID, pane.palette.danger);
        } else {
            self.refused = false;
        }
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            take |= primary_button(ui, pane.palette, words::OK).clicked();
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
        });
        if !take {
            return stay;
        }
        if let Ok(name) = annotator_named(self.field.text()) {
            pane.send(Request::SetAnnotator(name));
            Stay::Close
        } else {
            self.refused = true;
            self.focused = false;
            Stay::Open
        }
    }
}
