//! The menu of a relation, where it is drawn over the text and where it is listed. The relation is the chosen one by the
//! time that the menu is drawn, so that the actions of the table are about it.

use egui::Ui;

use super::relations::{allowed, with_type};
use super::row_menu::{action_entry, action_entry_as, entry_ui, key_entry};
use super::widgets::heading_ui;
use super::{Ask, Pane};
use crate::gui::article::can_be_reversed;
use crate::gui::dialogs::Dialog;
use crate::gui::dialogs::note::NoteDialog;
use crate::gui::words;
use crate::model::{RelationId, SpanId};
use crate::session::action::Action;

/// Characters of an end's words.
const QUOTE: usize = 20;

/// Draws the entries.
pub fn relation_menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &RelationId) {
    let (Some(article), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone())
    else {
        return;
    };
    let Some(relation) = article.layer.relations.get(id) else {
        return;
    };
    let quote = |id: &SpanId| {
        let span = article.layer.spans.get(id);
        span.map_or_else(String::new, |span| words::quote(&article.text, span, QUOTE))
    };
    for (end, name) in [
        (&relation.from, words::go_to_start(&quote(&relation.from))),
        (&relation.to, words::go_to_end(&quote(&relation.to))),
    ] {
        if entry_ui(ui, pane, &name, "", None) {
            pane.queue.push(Ask::SelectSpan(end.clone()));
            pane.queue.push(Ask::FocusArticle);
        }
    }
    ui.separator();
    heading_ui(ui, pane.palette, words::RELATION_TYPE);
    let blocked = Action::ReverseRelation.entry().available(&pane.situation).err();
    for kind in allowed(&article, &project.codebook, relation) {
        let name = words::relation_type_name(&project.codebook, &kind.id);
        let is_current = kind.id == relation.relation_type;
        let reason = blocked.or(is_current.then_some(words::OF_THIS_TYPE));
        if key_entry(ui, pane, name, None, reason) {
            pane.run(with_type(&article, relation, &kind.id));
        }
    }
    ui.separator();
    let reverse = Action::ReverseRelation;
    if blocked.is_some() || can_be_reversed(&project.codebook, &article.layer, relation) {
        action_entry(ui, pane, reverse);
    } else {
        let key = pane.keys.shortcut(reverse).unwrap_or_default();
        let refusal = words::not_now(words::ONE_WAY);
        entry_ui(ui, pane, reverse.entry().name, &key, Some(&refusal));
    }
    // On this relation, also where it was only just made and notes are about its span still.
    if action_entry_as(ui, pane, Action::AddNote, Action::AddNote.entry().name) {
        let dialog = NoteDialog::on_relation(&article.id, &relation.id);
        pane.queue.push(Ask::Open(Dialog::Note(dialog)));
    }
    ui.separator();
    // The key that removes a span removes the relation while one is selected.
    let name = Action::RemoveRelation.entry().name;
    let own_key = pane.keys.shortcut(Action::RemoveRelation);
    let removes = if own_key.is_some() {
        Action::RemoveRelation
    } else {
        Action::RemoveSpan
    };
    if action_entry_as(ui, pane, removes, name) {
        pane.act(Action::RemoveRelation);
    }
}
