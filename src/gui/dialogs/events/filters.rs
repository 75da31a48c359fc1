//! The filters above the table of all events, each a list to choose from.

use egui::Ui;

use crate::gui::panels::Pane;
use crate::gui::panels::combo::{combo, offer_any_script_ui, offer_ui};
use crate::gui::words;
use crate::model::{EventType, Status};
use crate::session::{EventQuery, ProjectView};

pub(super) fn type_filter_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    project: &ProjectView,
    query: &mut EventQuery,
) {
    let kinds = &project.codebook.event_types;
    let name = |kind: &EventType| words::name_or_id(&kind.names, kind.id.as_str()).to_owned();
    let chosen = query.event_type.as_ref();
    let shown = chosen.map_or_else(
        || words::ANY_TYPE.to_owned(),
        |id| {
            project
                .codebook
                .event_type(id)
                .map_or_else(|| id.to_string(), name)
        },
    );
    let mut picked = None;
    combo(ui, pane, words::EVENT_TYPE, &shown, 140.0, |ui, pane| {
        if offer_ui(ui, chosen.is_none(), words::ANY_TYPE) {
            picked = Some(None);
        }
        for kind in kinds {
            let is_chosen = chosen == Some(&kind.id);
            if offer_any_script_ui(ui, pane, is_chosen, &name(kind)) {
                picked = Some(Some(kind.id.clone()));
            }
        }
    });
    if let Some(picked) = picked {
        query.event_type = picked;
    }
}

pub(super) fn annotator_filter_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    project: &ProjectView,
    query: &mut EventQuery,
) {
    if project.annotators.len() < 2 && query.annotator.is_none() {
        return;
    }
    let chosen = query.annotator.clone();
    let shown = chosen
        .as_ref()
        .map_or(words::ANY_ANNOTATOR, |name| name.as_str())
        .to_owned();
    let mut picked = None;
    combo(ui, pane, words::ANNOTATOR_COLUMN, &shown, 140.0, |ui, pane| {
        if offer_ui(ui, chosen.is_none(), words::ANY_ANNOTATOR) {
            picked = Some(None);
        }
        for annotator in &project.annotators {
            let is_chosen = chosen.as_ref() == Some(annotator);
            if offer_any_script_ui(ui, pane, is_chosen, annotator.as_str()) {
                picked = Some(Some(annotator.clone()));
            }
        }
    });
    if let Some(picked) = picked {
        query.annotator = picked;
    }
}

pub(super) fn status_filter_ui(ui: &mut Ui, pane: &mut Pane<'_>, query: &mut EventQuery) {
    let shown = query.status.map_or(words::ANY_STATUS, words::status);
    let mut picked = None;
    combo(ui, pane, words::FILTER_STATUS, shown, 130.0, |ui, _| {
        let choices = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
        for choice in choices {
            let name = choice.map_or(words::ANY_STATUS, words::status);
            if offer_ui(ui, choice == query.status, name) {
                picked = Some(choice);
            }
        }
    });
    if let Some(picked) = picked {
        query.status = picked;
    }
}
