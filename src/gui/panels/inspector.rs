//! The right pane: the labels of the codebook, then the selected span, then a list in tabs.

use egui::Ui;

use super::Pane;
use super::labels::labels_ui;
use super::notes::{self, NotesState};
use super::relations::relations_ui;
use super::spans;

use super::tabs::{Tab, tabs_ui};
use super::thread::ThreadField;
use super::widgets::hairline_ui;
use crate::gui::article::ArticleState;
use crate::gui::words;

/// What the pane remembers.
#[derive(Default)]
pub struct InspectorState {
    /// The note on the selected span that is being written.
    pub note: ThreadField,
    /// Which list is shown below.
    pub tab: Tab,
    /// What the list of notes remembers.
    pub notes: NotesState,
}

impl InspectorState {
    /// What takes the focus of the pane: the list that is shown.
    pub fn list_id(&self) -> egui::Id {
        match self.tab {
            Tab::Spans => spans::spans_id(),
            Tab::Notes => notes::notes_id(),
        }
    }
}

/// Draws the pane.
pub fn inspector_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState, state: &mut InspectorState) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    labels_ui(ui, pane, article, &project.codebook);
    hairline_ui(ui, pane.palette);
    spans::selected_ui(ui, pane, article, &mut state.note);
    relations_ui(ui, pane, article);
    hairline_ui(ui, pane.palette);
    tabs_ui(ui, pane.palette, &mut state.tab, |tab| tab_name(pane, tab));
    match state.tab {
        Tab::Spans => spans::spans_ui(ui, pane, article),
        Tab::Notes => notes::notes_ui(ui, pane, &mut state.notes),
    }
}

/// The name of a tab with the number of what it lists.
fn tab_name(pane: &Pane<'_>, tab: Tab) -> String {
    let layer = pane.snapshot.article.as_ref().map(|article| &article.layer);
    match tab {
        Tab::Spans => words::list_name(words::SPANS, layer.map_or(0, |layer| layer.spans.len())),
        Tab::Notes => words::list_name(words::NOTES, layer.map_or(0, |layer| layer.open_notes().count())),
    }
}
