//! The filters of the list that are about review: verdict, flag, open notes, and whose work is listed.

use egui::Ui;

use super::Pane;
use super::combo::{combo, offer_any_script_ui, offer_several_ui, offer_ui};
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{Annotator, Verdict};
use crate::session::{ListQuery, ProjectView, ReviewFilter};

/// The verdicts that can be asked for.
const VERDICTS: [Option<ReviewFilter>; 4] = [
    None,
    Some(ReviewFilter::Unreviewed),
    Some(ReviewFilter::Given(Verdict::Approved)),
    Some(ReviewFilter::Given(Verdict::ChangesRequested)),
];

/// Draws the row; gives what is to be listed instead, where something was chosen.
pub fn review_filters_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    project: &ProjectView,
    query: &ListQuery,
) -> Option<ListQuery> {
    let annotators = annotators(project, query);
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        let whole = ui.available_width();
        let several = annotators.len() > 1;
        let width = if several { (whole - GRID) / 2.0 } else { whole };
        chosen = verdict_ui(ui, pane, query, width);
        if several {
            let other = annotator_ui(ui, pane, query, &annotators, width);
            chosen = chosen.take().or(other);
        }
    });
    chosen
}

fn verdict_ui(ui: &mut Ui, pane: &mut Pane<'_>, query: &ListQuery, width: f32) -> Option<ListQuery> {
    let mut wanted = query.clone();
    combo(ui, pane, words::FILTER_REVIEW, &summary(query), width, |ui, _| {
        for choice in VERDICTS {
            if offer_ui(ui, choice == query.review, &verdict_name(choice)) {
                wanted.review = choice;
            }
        }
        ui.separator();
        offer_several_ui(ui, &mut wanted.flagged, words::FLAGGED);
        offer_several_ui(ui, &mut wanted.open_notes, words::WITH_OPEN_NOTES);
    });
    (wanted != *query).then_some(wanted)
}

fn annotator_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    query: &ListQuery,
    annotators: &[Annotator],
    width: f32,
) -> Option<ListQuery> {
    let mut chosen = None;
    let shown = query.annotator.to_string();
    combo(ui, pane, words::FILTER_ANNOTATOR, &shown, width, |ui, pane| {
        for annotator in annotators {
            let is_chosen = *annotator == query.annotator;
            let is_taken = offer_any_script_ui(ui, pane, is_chosen, annotator.as_str());
            if is_taken && !is_chosen {
                chosen = Some(annotator.clone());
            }
        }
    });
    chosen.map(|annotator| ListQuery {
        annotator,
        ..query.clone()
    })
}

/// All who marked anything, and the analyst herself.
fn annotators(project: &ProjectView, query: &ListQuery) -> Vec<Annotator> {
    let mut all = project.annotators.clone();
    for one in [&project.annotator, &query.annotator] {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    all.sort();
    all
}

fn verdict_name(choice: Option<ReviewFilter>) -> String {
    match choice {
        None => words::ANY_REVIEW.to_owned(),
        Some(ReviewFilter::Unreviewed) => words::UNREVIEWED.to_owned(),
        Some(ReviewFilter::Given(verdict)) => words::sentence_start(words::verdict(verdict)),
    }
}

/// What is asked for, in words.
fn summary(query: &ListQuery) -> String {
    let verdict = query.review.map(|review| verdict_name(Some(review)));
    let flagged = query.flagged.then(|| words::FLAGGED.to_owned());
    let notes = query.open_notes.then(|| words::WITH_OPEN_NOTES.to_owned());
    let parts: Vec<String> = verdict.into_iter().chain(flagged).chain(notes).collect();
    if parts.is_empty() {
        words::ANY_REVIEW.to_owned()
    } else {
        parts.join(" · ")
    }
}
