//! The right pane: the labels of the codebook, then the selected span, then all spans.

use egui::Ui;

use super::Pane;
use super::labels::labels_ui;
use super::spans::{self, NoteState};
use super::widgets::hairline_ui;
use crate::gui::article::ArticleState;

/// Draws the pane.
pub fn inspector_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, note: &mut NoteState) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    labels_ui(ui, pane, state, &project.codebook);
    hairline_ui(ui, pane.palette);
    spans::selected_ui(ui, pane, state, note);
    hairline_ui(ui, pane.palette);
    spans::spans_ui(ui, pane, state);
}
