//! The codebook: left its entries by kind with how much uses each, right what one of them says. Every change is one
//! command, so that “Undo in project” takes back one at a time; what it does to annotations is said above the fields.

mod entry;
mod list;
mod parts;

use std::sync::Arc;

use egui::{Id, ScrollArea, Ui, vec2};
use serde_json::{Value as Json, json};

use super::file::Purpose;
use super::{Stay, foot_ui, small_ui, title_ui};
use crate::gui::field::FieldState;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{Codebook, CodebookKey, CodebookPart};
use crate::session::{Command, Request, Uses, free_color, free_key};
use entry::Draft;

/// Width of the list.
const LIST_WIDTH: f32 = 250.0;
/// Height that the dialog takes beside its two parts.
const FRAME_HEIGHT: f32 = 210.0;

/// The dialog.
#[derive(Default)]
pub struct CodebookDialog {
    chosen: Option<CodebookKey>,
    draft: Option<Draft>,
    new_id: FieldState,
    /// The codebook that the counts are of.
    counted: Option<Arc<Codebook>>,
    /// Whether the first focus was given.
    focused: bool,
    /// Whether the focus goes to the new id first.
    is_adding: bool,
}

impl CodebookDialog {
    /// Opened to add a label.
    pub fn adding_label() -> Self {
        Self {
            is_adding: true,
            ..Self::default()
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let Some(project) = pane.snapshot.project.clone() else {
            return Stay::Close;
        };
        let codebook = Arc::clone(&project.codebook);
        self.follow(pane, &codebook);
        title_ui(ui, pane, words::CODEBOOK);
        let first = if self.is_adding { new_id() } else { list::list_id() };
        super::focus_once(ui, first, &mut self.focused);
        let height = (ui.ctx().content_rect().height() - FRAME_HEIGHT).clamp(240.0, 600.0);
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(LIST_WIDTH, height), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(LIST_WIDTH);
                    self.list_ui(ui, pane, &codebook, height - 44.0);
                    self.add_ui(ui, pane, &codebook);
                });
            });
            ui.add_space(GRID * 2.0);
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                ui.vertical(|ui| {
                    ScrollArea::vertical()
                        .id_salt("codebook entry")
                        .max_height(height)
                        .auto_shrink([false, false])
                        .show(ui, |ui| self.entry_ui(ui, pane, &codebook));
                });
            });
        });
        Self::foot(ui, pane)
    }

    /// Counts again, and reads the fields anew, where the codebook is another one.
    fn follow(&mut self, pane: &mut Pane<'_>, codebook: &Arc<Codebook>) {
        let is_same = self
            .counted
            .as_ref()
            .is_some_and(|counted| **counted == **codebook);
        if !is_same {
            self.counted = Some(Arc::clone(codebook));
            pane.send(Request::CountUses);
            // What is being typed stays, also where a change that was asked for before comes in only now.
            if let Some(draft) = &mut self.draft
                && let Some(entry) = codebook.entry(&draft.key)
            {
                draft.follow(&entry.item);
            }
        }
        let is_there = self
            .chosen
            .as_ref()
            .is_some_and(|key| codebook.entry(key).is_some());
        if !is_there {
            let renamed = self.draft.take().and_then(|draft| draft.renamed_to(codebook));
            let first = codebook.entries().next().map(|entry| entry.item.key());
            self.chosen = renamed.or(first);
        }
    }

    /// Adds an entry of the kind that is chosen.
    fn add_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        ui.horizontal(|ui| {
            let output = crate::gui::field::Field::new(new_id(), words::NEW_ENTRY_ID)
                .hint(words::NEW_ENTRY_HINT)
                .width(LIST_WIDTH - 64.0)
                .show(ui, pane.engine, &mut self.new_id);
            let add = ui.button(words::ADD_ENTRY).clicked();
            let id = self.new_id.text().trim().to_owned();
            if (output.submitted || add) && !id.is_empty() {
                let kind = self
                    .chosen
                    .as_ref()
                    .filter(|_| !self.is_adding)
                    .map_or("label", CodebookKey::kind);
                if let Some(command) = added(kind, &id, codebook) {
                    run(pane, &command);
                }
                self.new_id.set_text("");
                self.chosen = crate::model::LabelId::new(&id)
                    .ok()
                    .filter(|_| kind == "label")
                    .map(CodebookKey::Label)
                    .or(self.chosen.take());
            }
        });
    }

    fn foot(ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let mut stay = Stay::Open;
        small_ui(ui, words::CODEBOOK_KEYS, pane.palette.ink_weak);
        foot_ui(ui, |ui| {
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
            if plain_button(ui, words::EXPORT_TOML).clicked() {
                let name = pane.snapshot.project.as_ref().map(|project| project.name.clone());
                let name = format!("{}-codebook", name.unwrap_or_default());
                pane.queue.push(Ask::Pick(Purpose::ExportCodebook { name }));
                stay = Stay::Close;
            }
            if plain_button(ui, words::IMPORT_TOML).clicked() {
                pane.queue.push(Ask::Pick(Purpose::ImportCodebook));
                stay = Stay::Close;
            }
            if let Some(counted) = &pane.snapshot.codebook_uses {
                let version = counted.version;
                let words = words::codebook_version(version.number, &version.digest.hex());
                small_ui(ui, &words, pane.palette.ink_weak);
            }
        });
        stay
    }
}

/// The field of a new id.
fn new_id() -> Id {
    Id::unique("codebook-new-id")
}

/// Queues a command that is written as `apply` takes it.
fn run(pane: &mut Pane<'_>, command: &Json) {
    let request = match Command::from_json(&command.to_string()) {
        Ok(command) => Request::Run {
            command,
            selection: None,
        },
        Err(refusal) => Request::Warn {
            code: "bad_field",
            text: refusal.message,
            hint: "Mend the field, then press Enter.",
        },
    };
    pane.send(request);
}

/// The command that defines an entry, with its id.
fn define(key: &CodebookKey) -> Json {
    match key {
        CodebookKey::Label(id) => json!({"command": "set_label_definition", "label": id.as_str()}),
        CodebookKey::Attribute(id) => {
            json!({"command": "set_attribute_definition", "attribute": id.as_str()})
        }
        CodebookKey::RelationType(id) => {
            json!({"command": "set_relation_type", "relation_type": id.as_str()})
        }
        CodebookKey::EventType(id) => json!({"command": "set_event_type", "event_type": id.as_str()}),
        CodebookKey::ArticleLabel(id) => json!({"command": "set_article_label", "attribute": id.as_str()}),
    }
}

/// Changes one field of an entry's definition.
fn set(pane: &mut Pane<'_>, key: &CodebookKey, field: &str, value: Json) {
    let mut command = define(key);
    if let Some(fields) = command.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
    run(pane, &command);
}

/// The command that adds an entry: a label with the next free colour and key.
fn added(kind: &str, id: &str, codebook: &Codebook) -> Option<Json> {
    Some(match kind {
        "label" => {
            let key = free_key(codebook).map(String::from);
            let color = free_color(codebook).hex();
            json!({"command": "set_label_definition", "label": id, "color": color, "key": key, "names": {words::LANG: id}})
        }
        "attribute" => {
            json!({"command": "set_attribute_definition", "attribute": id, "names": {words::LANG: id}})
        }
        "relation_type" => {
            json!({"command": "set_relation_type", "relation_type": id, "names": {words::LANG: id}})
        }
        "event_type" => json!({"command": "set_event_type", "event_type": id, "names": {words::LANG: id}}),
        "article_label" => json!({"command": "set_article_label", "attribute": id}),
        _ => return None,
    })
}

/// How much uses a part; none as long as it is not counted.
fn uses_of(pane: &Pane<'_>, part: &CodebookPart) -> Option<Uses> {
    let counted = pane.snapshot.codebook_uses.as_ref();
    counted.map(|counted| counted.uses.get(part).copied().unwrap_or_default())
}
