//! The right pane: the labels of the codebook, then the selected span, then a list in tabs.

use egui::Ui;

use super::Pane;
use super::labels::labels_ui;
use super::relations::relations_ui;
use super::spans::{self, NoteState};
use super::tabs::{Tab, tabs_ui};
use super::widgets::hairline_ui;
use crate::gui::article::ArticleState;
use crate::gui::words;

/// What the pane remembers.
#[derive(Default)]
pub struct InspectorState {
    /// The note that is being written.
    pub note: NoteState,
    /// Which list is shown below.
    pub tab: Tab,
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
    }
}

/// The name of a tab with the number of what it lists.
fn tab_name(pane: &Pane<'_>, tab: Tab) -> String {
    let layer = pane.snapshot.article.as_ref().map(|article| &article.layer);
    match tab {
        Tab::Spans => words::list_name(words::SPANS, layer.map_or(0, |layer| layer.spans.len())),
    }
}
