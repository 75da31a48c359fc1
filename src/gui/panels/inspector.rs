//! The right pane: the labels of the codebook, then the selected span, then a list in tabs.

use egui::Ui;

use super::Pane;
use super::labels::labels_ui;
use super::notes::{self, NotesState};
use super::problems::{ProblemListState, problems_ui};
use super::relations::relations_ui;
use super::spans;
use super::tabs::{Tab, tabs_ui};
use super::thread::ThreadField;
use super::widgets::hairline_ui;
use crate::gui::article::ArticleState;
use crate::gui::problems::ProblemsState;
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
    /// Which problem is chosen.
    pub problems: ProblemListState,
}

/// Draws the pane.
pub fn inspector_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleState,
    problems: &ProblemsState,
    state: &mut InspectorState,
) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    labels_ui(ui, pane, article, &project.codebook);
    hairline_ui(ui, pane.palette);
    spans::selected_ui(ui, pane, article, &mut state.note);
    relations_ui(ui, pane, article);
    hairline_ui(ui, pane.palette);
    tabs_ui(ui, pane.palette, &mut state.tab, |tab| {
        tab_name(pane, problems, tab)
    });
    match state.tab {
        Tab::Spans => spans::spans_ui(ui, pane, article),
        Tab::Notes => notes::notes_ui(ui, pane, &mut state.notes),
        Tab::Problems => problems_ui(ui, pane, problems, &mut state.problems),
    }
}

/// The name of a tab with the number of what it lists.
fn tab_name(pane: &Pane<'_>, problems: &ProblemsState, tab: Tab) -> String {
    let layer = pane.snapshot.article.as_ref().map(|article| &article.layer);
    match tab {
        Tab::Spans => words::list_name(words::SPANS, layer.map_or(0, |layer| layer.spans.len())),
        Tab::Notes => words::list_name(words::NOTES, layer.map_or(0, |layer| layer.open_notes().count())),
        Tab::Problems => words::list_name(words::problems::PROBLEMS, problems.found().open.len()),
    }
}
