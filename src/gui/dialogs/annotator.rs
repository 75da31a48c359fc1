//! Under whose name one annotates.

use egui::{Id, Ui};

use super::{Stay, focus_once, foot_ui, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::words;
use crate::session::{RenameAnnotator, Request, annotator_named};

/// The dialog.
pub struct AnnotatorDialog {
    field: FieldState,
    refused: bool,
    focused: bool,
    /// Whether the work done so far goes by the new name, too.
    carry: bool,
}

impl AnnotatorDialog {
    /// With the name that is used now.
    pub fn new(name: &str) -> Self {
        Self {
            field: FieldState::new(name),
            refused: false,
            focused: false,
            carry: true,
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
        let renamed = renamed(pane, self.field.text());
        if renamed.is_some() {
            ui.checkbox(&mut self.carry, words::ANNOTATOR_CARRY);
        }
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            take |= primary_button(ui, pane.palette, words::OK).clicked();
        });
        if !take {
            return stay;
        }
        if let Ok(name) = annotator_named(self.field.text()) {
            if let Some(command) = renamed.filter(|_| self.carry) {
                pane.run(command);
            }
            pane.send(Request::SetAnnotator(name));
            Stay::Close
        } else {
            self.refused = true;
            self.focused = false;
            Stay::Open
        }
    }
}

/// The command that carries the work done so far over to a new name; none where there is no such work, or where
/// somebody has the name already.
fn renamed(pane: &Pane<'_>, name: &str) -> Option<RenameAnnotator> {
    let project = pane.snapshot.project.as_ref()?;
    let to = annotator_named(name).ok()?;
    let free = !project.annotators.contains(&to);
    (free && project.annotators.contains(&project.annotator)).then(|| RenameAnnotator {
        annotator: Some(project.annotator.clone()),
        to,
    })
}
