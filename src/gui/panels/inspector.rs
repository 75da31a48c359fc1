//! The right pane: the labels of the codebook, then the selected span, then a list in tabs.

use egui::{ScrollArea, Ui};

use super::Pane;
use super::event_values::event_values_ui;
use super::labels::labels_ui;
use super::notes::{self, NotesState};
use super::problems::{ProblemListState, problems_ui};
use super::relations::relations_ui;
use super::sections::{Folds, Seen};
use super::spans;
use super::steady::Steady;
use super::tabs::{Tab, tabs_ui};
use super::thread::ThreadField;
use super::widgets::{empty_ui, hairline_ui};
use crate::gui::article::ArticleState;
use crate::gui::attributes::{AttributesState, Target, article_labels_ui};
use crate::gui::problems::ProblemsState;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{Codebook, EventId, RelationId, SpanId, TargetId};
use crate::session::ArticleView;

/// Least height of the tabs and the list below them.
const LOWER_LEAST: f32 = 188.0;
/// And at most this share of a pane that is small.
const LOWER_SHARE: f32 = 0.45;

/// Share of what is above the tabs that the labels have at most, which stay in sight whatever is selected.
const LABELS_SHARE: f32 = 0.45;

/// What the pane remembers.
#[derive(Default)]
pub struct InspectorState {
    /// The note on the selected span that is being written.
    pub note: ThreadField,
    /// What is typed into the fields of attributes.
    pub attributes: AttributesState,
    /// Whether the list of spans shows only those with a value that nobody confirmed.
    pub only_unconfirmed: bool,
    /// Where the lists below stay.
    pub lists: Steady,
    /// Which list is shown below.
    pub tab: Tab,
    /// Which parts above it are folded.
    pub folds: Folds,
    /// What the list of notes remembers.
    pub notes: NotesState,
    /// Which problem is chosen.
    pub problems: ProblemListState,
}

/// What the fields of a span, a relation, or an event in the inspector are about.
pub fn target_of(article: &ArticleView, id: &str) -> Option<Target> {
    Some(Target {
        site: "inspector",
        article: article.id.clone(),
        id: TargetId::new(id).ok()?,
    })
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
    state.folds.follow(Seen {
        span: article.selected_span().cloned(),
        clicks: article.span_clicks(),
        relation: article.selected_relation().cloned(),
        event: article.selected_event().cloned(),
    });
    // Scroll bars lie half in the margin of the pane and half beside its fields, not over their edges.
    let bar = ui.spacing().scroll;
    ui.spacing_mut().scroll.bar_outer_margin = -GRID;
    // What is known of the selection scrolls by itself and never takes the tabs and their list from sight.
    let height = ui.available_height();
    let lower = LOWER_LEAST.min(height * LOWER_SHARE);
    let folds = &mut state.folds;
    let room = (height - lower) * LABELS_SHARE;
    ui.scope(|ui| labels_ui(ui, pane, article, &project.codebook, folds, room));
    let rest = ui.available_height() - lower;
    let top = state.lists.top(ui);
    let between = ui.spacing().item_spacing.y;
    let rest = top.map_or(rest, |top| {
        (top - ui.cursor().top() - between).clamp(0.0, rest.max(0.0))
    });
    ScrollArea::vertical()
        .id_salt("inspector")
        .max_height(rest)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().scroll = bar;
            ui.set_max_width(ui.available_width() - GRID);
            upper_ui(ui, pane, article, &project.codebook, state);
        });
    if let Some(top) = top {
        ui.add_space((top - ui.cursor().top()).max(0.0));
    }
    state.lists.begin(ui);
    hairline_ui(ui, pane.palette);
    tabs_ui(ui, pane.palette, &mut state.tab, |tab| {
        tab_name(pane, problems, tab)
    });
    if pane.snapshot.article.is_none() {
        empty_ui(
            ui,
            pane.palette,
            words::NO_ARTICLE_OPEN,
            words::tab_without_article(state.tab),
        );
        return;
    }
    match state.tab {
        Tab::Spans => spans::spans_ui(ui, pane, article, &mut state.only_unconfirmed),
        Tab::Notes => notes::notes_ui(ui, pane, &mut state.notes),
        Tab::Problems => problems_ui(ui, pane, problems, &mut state.problems),
    }
}

/// All that is known of what is selected.
fn upper_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleState,
    codebook: &Codebook,
    state: &mut InspectorState,
) {
    let folds = &mut state.folds;
    ui.spacing_mut().item_spacing.y = 0.0;
    let fields = &mut state.attributes;
    spans::selected_ui(ui, pane, article, &mut state.note, fields, folds);
    relations_ui(ui, pane, article, fields, folds);
    event_values_ui(ui, pane, article, fields, folds);
    if let Some(open) = pane.snapshot.article.clone() {
        article_labels_ui(ui, pane, &open, codebook, fields, folds);
    }
}

/// Takes what was typed for what is no longer selected.
fn settle(pane: &mut Pane<'_>, article: &ArticleState, state: &mut AttributesState) {
    let open = pane.snapshot.article.as_ref();
    let of_article = open.and_then(|open| Target::article(open));
    let selected = [
        article.selected_span().map(SpanId::as_str),
        article.selected_relation().map(RelationId::as_str),
        article.selected_event().map(EventId::as_str),
    ];
    let selected = selected.into_iter().flatten();
    let of_selected: Vec<Target> = selected.filter_map(|id| target_of(open?, id)).collect();
    let shown: Vec<&Target> = of_article.iter().chain(&of_selected).collect();
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
