//! Under whose name one annotates: another person, or the same one under another name.

use egui::{Id, ScrollArea, Ui};

use super::{Stay, focus_once, foot_ui, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{any_script_button_in, plain_button, primary_button};
use crate::gui::theme::{GRID, ROW};
use crate::gui::words;
use crate::model::Annotator;
use crate::session::{ProjectView, RenameAnnotator, Request, annotator_named};

/// Names of the project that are seen at once.
const NAMES: f32 = 5.0;

/// The dialog.
pub struct AnnotatorDialog {
    field: FieldState,
    refused: bool,
    focused: bool,
    /// Whether it is the same person, whose work goes by the new name.
    same: bool,
}

impl AnnotatorDialog {
    /// With the name that is used now.
    pub fn new(name: &str) -> Self {
        let mut field = FieldState::new(name);
        // Another name is typed over it.
        field.select_all();
        Self {
            field,
            refused: false,
            focused: false,
            same: false,
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
        let project = pane.snapshot.project.clone();
        if let Some(project) = &project {
            self.names_ui(ui, pane, project);
            self.who_ui(ui, project);
        }
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            take |= primary_button(ui, pane.palette, words::OK).clicked();
        });
        if take {
            self.take(pane, project.as_deref())
        } else {
            stay
        }
    }

    /// The names that the project has, each of which can be taken.
    fn names_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView) {
        if project.annotators.iter().all(|one| *one == project.annotator) {
            return;
        }
        ui.add_space(GRID);
        small_ui(ui, words::ANNOTATORS_HERE, pane.palette.ink_weak);
        ScrollArea::vertical()
            .id_salt("annotators-here")
            .max_height(NAMES * ROW)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let room = ui.available_width() - GRID * 6.0;
                for name in &project.annotators {
                    let is_typed = self.field.text().trim() == name.as_str();
                    let row = any_script_button_in(ui, pane.engine, (name.as_str(), room), true, |words| {
                        egui::Button::selectable(is_typed, words)
                    });
                    if row.clicked() {
                        self.field.set_text(name.as_str());
                    }
                }
            });
    }

    /// Who that is, where there is work whose name could change.
    fn who_ui(&mut self, ui: &mut Ui, project: &ProjectView) {
        if !project.annotators.contains(&project.annotator) {
            return;
        }
        let typed = annotator_named(self.field.text()).ok();
        // One's own name is that of another only while nothing else is typed yet.
        let is_taken =
            typed.is_some_and(|name| name != project.annotator && project.annotators.contains(&name));
        ui.add_space(GRID);
        self.same &= !is_taken;
        ui.radio_value(&mut self.same, false, words::ANNOTATOR_OTHER);
        ui.add_enabled_ui(!is_taken, |ui| {
            let same = ui.radio_value(&mut self.same, true, words::ANNOTATOR_SAME);
            same.on_disabled_hover_text(words::ANNOTATOR_TAKEN);
        });
    }

    fn take(&mut self, pane: &mut Pane<'_>, project: Option<&ProjectView>) -> Stay {
        let Ok(name) = annotator_named(self.field.text()) else {
            self.refused = true;
            self.focused = false;
            return Stay::Open;
        };
        match project
            .filter(|_| self.same)
            .and_then(|project| renamed(project, &name))
        {
            // The session goes by the new name from then on; where it is refused, by the old one.
            Some(rename) => pane.run(rename),
            None => pane.send(Request::SetAnnotator(name)),
        }
        Stay::Close
    }
}

/// The command that gives the work so far another name; none where the name is the same.
fn renamed(project: &ProjectView, to: &Annotator) -> Option<RenameAnnotator> {
    (*to != project.annotator).then(|| RenameAnnotator {
        annotator: Some(project.annotator.clone()),
        to: to.clone(),
    })
}
