//! The right pane: the labels of the codebook, then the selected span, then a list in tabs.

use egui::{ScrollArea, Ui, UiBuilder, vec2};

use super::Pane;
use super::event_values::{event_target, event_values_ui};
use super::labels::labels_ui;
use super::notes::{self, NotesState};
use super::problems::{ProblemListState, problems_ui};
use super::relations::{relation_target, relations_ui};
use super::spans;
use super::tabs::{Tab, tabs_ui};
use super::thread::ThreadField;
use super::widgets::hairline_ui;
use crate::gui::article::ArticleState;
use crate::gui::attributes::{AttributesState, Target, article_labels_ui};
use crate::gui::problems::ProblemsState;
use crate::gui::words;

/// Height of the list below where the pane is small.
const LIST_LEAST: f32 = 140.0;

/// What the pane remembers.
#[derive(Default)]
pub struct InspectorState {
    /// The note on the selected span that is being written.
    pub note: ThreadField,
    /// What is typed into the fields of attributes.
    pub attributes: AttributesState,
    /// Whether the list of spans shows only those with a value that nobody confirmed.
    pub only_unconfirmed: bool,
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
    settle(pane, article, &mut state.attributes);
    let height = ui.available_height();
    // The pane scrolls as a whole where it is too small for all of it; the list below then keeps a height of its own.
    ScrollArea::vertical()
        .id_salt("inspector")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let top = ui.cursor().top();
            labels_ui(ui, pane, article, &project.codebook);
            hairline_ui(ui, pane.palette);
            spans::selected_ui(ui, pane, article, &mut state.note, &mut state.attributes);
            relations_ui(ui, pane, article, &mut state.attributes);
            event_values_ui(ui, pane, article, &mut state.attributes);
            if let Some(open) = pane.snapshot.article.clone() {
                article_labels_ui(ui, pane, &open, &project.codebook, &mut state.attributes);
            }
            hairline_ui(ui, pane.palette);
            tabs_ui(ui, pane.palette, &mut state.tab, |tab| {
                tab_name(pane, problems, tab)
            });
            let left = height - (ui.cursor().top() - top);
            let size = vec2(ui.available_width(), left.max(LIST_LEAST));
            let (_, rect) = ui.allocate_space(size);
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| match state.tab {
                Tab::Spans => spans::spans_ui(ui, pane, article, &mut state.only_unconfirmed),
                Tab::Notes => notes::notes_ui(ui, pane, &mut state.notes),
                Tab::Problems => problems_ui(ui, pane, problems, &mut state.problems),
            });
        });
}

/// Takes what was typed for what is no longer selected.
fn settle(pane: &mut Pane<'_>, article: &ArticleState, state: &mut AttributesState) {
    let open = pane.snapshot.article.clone();
    let of_article = open.as_ref().and_then(|open| Target::article(open));
    let of_span = open.as_ref().zip(article.selected_span());
    let of_span = of_span.and_then(|(open, span)| spans::span_target(open, span));
    let of_relation = open.as_ref().zip(article.selected_relation());
    let of_relation = of_relation.and_then(|(open, relation)| relation_target(open, relation));
    let of_event = open.as_ref().zip(article.selected_event());
    let of_event = of_event.and_then(|(open, event)| event_target(open, event));
    let others = of_relation.iter().chain(&of_event);
    let shown: Vec<&Target> = of_article.iter().chain(&of_span).chain(others).collect();
    state.settle(pane, &shown);
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
