//! A part of the codebook that goes: at once where nothing uses it, else once it is said what becomes of its uses.

use egui::{Button, Ui};
use serde_json::{Value as Json, json};

use super::adding::key_of;
use super::entry::Draft;
use super::list::name_of;
use super::parts::shown;
use super::{run, uses_of};
use crate::gui::dialogs::small_ui;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::any_script_button;
use crate::gui::words;
use crate::model::{Codebook, CodebookKey, CodebookPart, Words};
use crate::session::Uses;

/// Characters of a name that a button has room for.
pub(super) const NAME: usize = 40;

/// What was asked to go.
#[derive(Clone)]
pub(super) struct Gone {
    pub(super) part: CodebookPart,
    /// What is said once it went.
    pub(super) words: String,
    /// The entry into which it was merged.
    pub(super) to: Option<CodebookKey>,
}

impl Gone {
    pub(super) fn new(codebook: &Codebook, part: &CodebookPart, to: Option<(&str, &str)>) -> Self {
        let name = name_of_part(codebook, part);
        let merged = to.and_then(|(id, _)| match part {
            CodebookPart::Entry(key) => key_of(key.kind(), id).ok(),
            _ => None,
        });
        Self {
            part: part.clone(),
            words: match to {
                Some((_, to)) => words::part_merged(&name, to),
                None => words::part_removed(&name),
            },
            to: merged,
        }
    }

    /// The entry that it is, or is a part of.
    pub(super) fn entry(&self) -> CodebookKey {
        match &self.part {
            CodebookPart::Entry(key) | CodebookPart::Use(key, _) => key.clone(),
            CodebookPart::Choice(attribute, _) => CodebookKey::Attribute(attribute.clone()),
            CodebookPart::Role(kind, _) => CodebookKey::EventType(kind.clone()),
        }
    }
}

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
            small_ui(ui, words::COUNTING_USES, pane.palette.ink_weak);
            return;
        };
        if uses == Uses::default() {
            run(pane, &removal(&part, json!({})));
            self.gone = Some(Gone::new(codebook, &part, None));
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
                    self.gone = Some(Gone::new(codebook, &part, Some((&id, &name))));
                    done = Some(json!({"migrate_to": id}));
                }
            }
            let clear = egui::RichText::new(words::CLEAR_USES).color(pane.palette.danger);
            if ui.button(clear).clicked() {
                self.gone = Some(Gone::new(codebook, &part, None));
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

/// A part by its name.
fn name_of_part(codebook: &Codebook, part: &CodebookPart) -> String {
    let all = all_of(codebook, part).into_iter();
    let mut own = all.filter(|(id, _)| id == part.id());
    own.next().map_or_else(|| part.id().to_owned(), |(_, name)| name)
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
    let mut all = all_of(codebook, part);
    all.retain(|(id, _)| id != part.id());
    all
}

/// All parts of its kind where it is, itself among them: id and name of each.
fn all_of(codebook: &Codebook, part: &CodebookPart) -> Vec<(String, String)> {
    let named = |id: &str, names: &Words| (id.to_owned(), shown(names, id));
    match part {
        CodebookPart::Use(..) => {
            let attributes = codebook.attributes.iter();
            attributes.map(|one| named(one.id.as_str(), &one.names)).collect()
        }
        CodebookPart::Entry(key) => {
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
    }
}
