//! The values of the selected event, beside its roles in the sheet: a control for each.

use std::collections::BTreeSet;

use egui::Ui;

use super::inspector::target_of;
use super::sections::{Folds, Section};
use super::thread::threads_on_ui;
use super::{Ask, Pane};
use crate::gui::article::ArticleState;
use crate::gui::attributes::{Asked, AttributesState, Proposed, attributes_ui};
use crate::gui::dialogs::Dialog;
use crate::gui::dialogs::note::NoteDialog;
use crate::gui::words;

/// Draws the values of the selected event, where one is selected.
pub fn event_values_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    attributes: &mut AttributesState,
    folds: &mut Folds,
) {
    let (Some(article), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone())
    else {
        return;
    };
    let selected = state.selected_event();
    let Some(event) = selected.and_then(|id| article.layer.events.get(id)) else {
        return;
    };
    let Some(target) = target_of(&article, event.id.as_str()) else {
        return;
    };
    let kind = project.codebook.event_type(&event.event_type);
    let name = words::event_type_name(&project.codebook, &event.event_type);
    if !folds.heading_ui(ui, pane.palette, Section::Event, &words::event_of(name)) {
        return;
    }
    let asked = Asked {
        target: &target,
        codebook: &project.codebook,
        uses: kind.map_or(&[], |kind| &kind.attributes),
        values: &event.attributes,
        unconfirmed: &BTreeSet::new(),
        selection: None,
        proposed: Proposed::default(),
    };
    attributes_ui(ui, pane, &asked, attributes);
    threads_on_ui(ui, pane, &article, event.id.as_str());
    if ui.button(words::ADD_NOTE).clicked() {
        let dialog = NoteDialog::on_event(&article.id, &event.id);
        pane.queue.push(Ask::Open(Dialog::Note(dialog)));
    }
}
