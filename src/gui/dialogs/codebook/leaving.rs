//! A part of the codebook that goes: at once where nothing uses it, else once it is said what becomes of its uses.

use egui::{Button, Ui};
use serde_json::{Value as Json, json};

use super::entry::Draft;
use super::list::name_of;
use super::parts::shown;
use super::{run, uses_of};
use crate::gui::dialogs::small_ui;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::any_script_button;
use crate::gui::words;
use crate::model::{Codebook, CodebookPart, Words};
use crate::session::Uses;

/// Characters of a name that a button has room for.
pub(super) const NAME: usize = 40;

impl Draft {
    /// The button that takes an entry out.
    pub(super) fn remove_ui(&mut self, ui: &mut Ui, whole: &CodebookPart) {
        if ui.button(words::REMOVE_ENTRY).clicked() {
            self.leave(whole.clone());
        }
    }

    /// What shall become of what uses a part that is about to go, below that part.
    pub(super) fn leave_ui(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        codebook: &Codebook,
        which: &CodebookPart,
    ) {
        let Some(part) = self.leaving.clone().filter(|part| part == which) else {
            return;
        };
        let Some(uses) = uses_of(pane, &part) else {
            small_ui(ui, &words::consequence(None, None), pane.palette.ink_weak);
            return;
        };
        if uses == Uses::default() {
            run(pane, &removal(&part, json!({})));
            self.leaving = None;
            return;
        }
        small_ui(ui, &words::move_to(uses), pane.palette.warning);
        let mut done = None;
        ui.horizontal_wrapped(|ui| {
            for (id, name) in others(codebook, &part) {
                let short = words::shorten(&name, NAME);
                let button = any_script_button(ui, pane.engine, &short, true, Button::new);
                if button.clicked() {
                    done = Some(json!({"migrate_to": id}));
                }
            }
            let clear = egui::RichText::new(words::CLEAR_USES).color(pane.palette.danger);
            if ui.button(clear).clicked() {
                done = Some(json!({"clear": true}));
            }
            let cancel = ui.button(words::CANCEL);
            // It may be asked for by a key in the list, from where the end of the fields is neither in view nor near.
            if !std::mem::replace(&mut self.leaving_seen, true) {
                cancel.request_focus();
                cancel.scroll_to_me(None);
            }
            if cancel.clicked() {
                self.leaving = None;
            }
        });
        if let Some(fate) = done {
            run(pane, &removal(&part, fate));
            self.leaving = None;
        }
    }

    /// Lets a part go: as soon as its uses are counted where there are none, else once it is said what becomes of them.
    pub(super) fn leave(&mut self, part: CodebookPart) {
        self.leaving = Some(part);
        self.leaving_seen = false;
    }
}

/// The command that takes a part out, with what becomes of what uses it.
fn removal(part: &CodebookPart, fate: Json) -> Json {
    let (kind, of) = match part {
        CodebookPart::Entry(key) | CodebookPart::Use(key, _) => (key.kind(), None),
        CodebookPart::Choice(attribute, _) => ("choice", Some(attribute.as_str())),
        CodebookPart::Role(kind, _) => ("role", Some(kind.as_str())),
    };
    let mut command = json!({"command": "remove_codebook_entry", "kind": kind, "id": part.id()});
    if let (Some(command), Json::Object(fate)) = (command.as_object_mut(), fate) {
        command.extend(of.map(|of| ("of".to_owned(), Json::from(of))));
        command.extend(fate);
    }
    command
}

/// What annotations of a part could go to: id and name of each.
fn others(codebook: &Codebook, part: &CodebookPart) -> Vec<(String, String)> {
    let named = |id: &str, names: &Words| (id.to_owned(), shown(names, id));
    let mut all: Vec<(String, String)> = match part {
        CodebookPart::Entry(key) | CodebookPart::Use(key, _) => {
            let same_kind = codebook
                .entries()
                .filter(|entry| entry.item.key().kind() == key.kind());
            same_kind
                .map(|entry| (entry.item.key().id().to_owned(), name_of(codebook, &entry.item)))
                .collect()
        }
        CodebookPart::Choice(attribute, _) => {
            let choices = codebook
                .attribute(attribute)
                .into_iter()
                .flat_map(|one| &one.choices);
            choices.map(|choice| named(&choice.id, &choice.names)).collect()
        }
        CodebookPart::Role(kind, _) => {
            let roles = codebook.event_type(kind).into_iter().flat_map(|one| &one.roles);
            roles.map(|role| named(role.id.as_str(), &role.names)).collect()
        }
    };
    all.retain(|(id, _)| id != part.id());
    all
}
