//! The codebook: left its entries by kind with how much uses each, right what one of them says. Every change is one
//! command, so that “Undo in project” takes back one at a time; what it does to annotations is said above the fields.

mod adding;
mod asked;
mod entry;
mod leaving;
mod lines;
mod list;
mod naming;
mod parts;
mod starting;
mod turns;
mod wordings;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Button, ScrollArea, Ui, vec2};
use serde_json::{Value as Json, json};

use super::file::Purpose;
use super::{Stay, foot_with_ui, small_ui, title_ui, told_ui, wrapped_ui};
use crate::gui::attributes::AttributesState;
use crate::gui::field::FieldState;
use crate::gui::panels::jobs::jobs_row_ui;
use crate::gui::panels::widgets::{plain_button, primary_button, reveal_focus};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{GRID, TEXT_SMALL};
use crate::gui::words::{self, Told};
use crate::model::{AttributeType, Codebook, CodebookKey, CodebookPart, LabelId};
use crate::session::action::Action;
use crate::session::{Command, Notice, Request, Severity, Uses};
use entry::Draft;
use leaving::Gone;
use turns::{Turns, Way};

/// Width of the list.
const LIST_WIDTH: f32 = 250.0;
/// Width of the words before a field.
const CAPTION: f32 = 130.0;
/// Height of the fields below the list.
const ADDING_HEIGHT: f32 = 80.0;
/// Height that the dialog takes beside its two parts.
const FRAME_HEIGHT: f32 = 230.0;
/// Room of what is said below them, whether anything is.
const SAID_HEIGHT: f32 = 36.0;
/// Room beside the fields for the scroll bar.
const SCROLL_BAR: f32 = GRID * 3.0;

/// The dialog.
#[derive(Default)]
pub struct CodebookDialog {
    chosen: Option<CodebookKey>,
    draft: Option<Draft>,
    new_id: FieldState,
    /// The codebook that the counts are of.
    counted: Option<Arc<Codebook>>,
    /// The codebook that a change of very many annotations, which is under way, began with.
    held: Option<Arc<Codebook>>,
    /// Whether the first focus was given.
    focused: bool,
    /// Whether the focus goes to the new id first.
    is_adding: bool,
    /// The kind of what is added, where it was chosen.
    new_kind: Option<&'static str>,
    /// The type of an attribute that is added.
    new_type: Option<AttributeType>,
    /// The entry that was added and is not there yet.
    awaited: Option<CodebookKey>,
    /// Languages that were asked for, beside those in which anything is said.
    languages: BTreeSet<String>,
    new_language: FieldState,
    /// Lists and values that are open or being typed.
    controls: AttributesState,
    /// The newest notice that was there when it opened, or was said here since.
    heard: Option<u64>,
    /// Whether the fields are shown from their top.
    at_top: bool,
    /// What is said of what was asked for last.
    said: Option<Said>,
    /// What was asked to go, until it went.
    going: Option<Gone>,
    /// The chosen entry, as long as it is still to come into view in the list.
    reveal: Option<CodebookKey>,
    turns: Turns,
}

/// What is said of what was asked for.
enum Said {
    /// Why it was not done.
    Refused(Told),
    /// That it was done.
    Done(String),
    /// What went, which can be brought back.
    Gone(Gone),
}

impl CodebookDialog {
    /// Opened to add a label.
    pub fn adding_label() -> Self {
        Self {
            is_adding: true,
            new_kind: Some("label"),
            ..Self::default()
        }
    }

    /// Opened at a label.
    pub fn at_label(label: &LabelId) -> Self {
        Self {
            awaited: Some(CodebookKey::Label(label.clone())),
            ..Self::default()
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let Some(project) = pane.snapshot.project.clone() else {
            return Stay::Close;
        };
        let codebook = Arc::clone(&project.codebook);
        self.controls.begin();
        self.turns.begin(pane);
        self.hear(ui, pane);
        self.follow(pane, &codebook);
        title_ui(ui, pane, words::CODEBOOK);
        let first = if self.is_adding {
            adding::new_id()
        } else {
            list::list_id()
        };
        let is_held = self.is_held(pane, &codebook);
        if !is_held {
            super::focus_once(ui, first, &mut self.focused);
        }
        let height = (ui.ctx().content_rect().height() - FRAME_HEIGHT).clamp(240.0, 600.0);
        let parts = |ui: &mut Ui| {
            ui.allocate_ui(vec2(LIST_WIDTH, height), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(LIST_WIDTH);
                    self.list_ui(ui, pane, &codebook, height - ADDING_HEIGHT);
                    self.add_ui(ui, pane, &codebook);
                });
            });
            ui.add_space(GRID * 2.0);
            self.fields_ui(ui, pane, &codebook, height);
        };
        ui.add_enabled_ui(!is_held, |ui| ui.horizontal_top(parts));
        if let Some(gone) = self.draft.as_mut().and_then(|draft| draft.gone.take()) {
            self.going = Some(gone);
        }
        if !is_held {
            self.turn_keys(ui, pane);
        }
        self.foot(ui, pane, &codebook)
    }

    /// The fields of the chosen entry, which scroll.
    fn fields_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, height: f32) {
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.vertical(|ui| {
                let area = ScrollArea::vertical()
                    .id_salt("codebook entry")
                    .max_height(height)
                    .auto_shrink([false, false]);
                let area = if std::mem::take(&mut self.at_top) {
                    area.vertical_scroll_offset(0.0)
                } else {
                    area
                };
                area.show(ui, |ui| {
                    ui.set_max_width(ui.available_width() - SCROLL_BAR);
                    self.entry_ui(ui, pane, codebook);
                    reveal_focus(ui);
                });
            });
        });
    }

    /// Says here, where it is looked for, what would stand in a notice behind the dialog. It stands until something else
    /// is typed.
    fn hear(&mut self, ui: &Ui, pane: &mut Pane<'_>) {
        let is_typed = |event: &egui::Event| matches!(event, egui::Event::Text(_) | egui::Event::Paste(_));
        if ui.input(|input| input.events.iter().any(is_typed)) {
            self.said.take_if(|said| matches!(said, Said::Refused(_)));
        }
        let notices = &pane.snapshot.notices;
        let newest = notices.iter().map(|notice| notice.id).max().unwrap_or_default();
        let heard = *self.heard.get_or_insert(newest);
        // What has a list of records is of an import that ends just now, and stays where it is found again.
        let is_done = |notice: &Notice| notice.code == "codebook_exported";
        let is_own = |notice: &Notice| {
            (notice.severity != Severity::Info || is_done(notice)) && notice.details.is_empty()
        };
        let is_new = |notice: &&Notice| notice.id > heard && is_own(notice);
        for notice in notices.iter().filter(is_new) {
            let told = words::told_notice(notice, pane.snapshot);
            if is_done(notice) {
                self.said = Some(Said::Done(told.text));
            } else {
                self.said = Some(Said::Refused(told));
                (self.awaited, self.going) = (None, None);
                self.turns.let_go();
            }
            pane.queue.push(Ask::Send(Request::DismissNotice(notice.id)));
        }
        self.heard = Some(heard.max(newest));
    }

    /// Counts again, and reads the fields anew, where the codebook is another one.
    fn follow(&mut self, pane: &mut Pane<'_>, codebook: &Arc<Codebook>) {
        let place = self.place_of_chosen();
        let is_same = self
            .counted
            .as_ref()
            .is_some_and(|counted| **counted == **codebook);
        if !is_same {
            self.counted = Some(Arc::clone(codebook));
            self.said = None;
            pane.send(Request::CountUses);
            // What is being typed stays, also where a change that was asked for before comes in only now.
            self.follow_draft(codebook);
        }
        let is_there = |key: &CodebookKey| codebook.entry(key).is_some();
        let gone = self.going.take_if(|gone| !codebook.has(&gone.part));
        if let Some(to) = gone.as_ref().and_then(|gone| gone.to.clone()) {
            self.awaited = Some(to);
            self.focused = false;
        }
        if let Some(new) = self.awaited.take_if(|key| is_there(key)) {
            self.choose(pane, codebook, Some(new.clone()));
            self.reveal = Some(new);
        }
        self.said = gone.map(Said::Gone).or(self.said.take());
        if self.chosen.as_ref().is_some_and(is_there) {
            return;
        }
        self.draft = self.draft.take().and_then(|draft| draft.renamed(codebook));
        self.follow_draft(codebook);
        self.chosen = match &self.draft {
            Some(draft) => Some(draft.key.clone()),
            None => key_at_or_last(codebook, place),
        };
    }

    /// Where in the list the chosen entry stood when the codebook was last looked at.
    fn place_of_chosen(&self) -> usize {
        let mut entries = self.counted.iter().flat_map(|codebook| codebook.entries());
        let place = entries.position(|entry| Some(entry.item.key()) == self.chosen);
        place.unwrap_or(0)
    }

    /// Whether a change of very many annotations is under way, while which nothing else is changed. When it ends the
    /// focus comes back; where it came to nothing, the fields say again what the codebook says.
    fn is_held(&mut self, pane: &Pane<'_>, codebook: &Arc<Codebook>) -> bool {
        if pane.snapshot.jobs.iter().any(|job| job.holds) {
            self.held.get_or_insert_with(|| Arc::clone(codebook));
            return true;
        }
        if let Some(before) = self.held.take() {
            self.focused = false;
            self.draft.take_if(|_| *before == **codebook);
        }
        false
    }

    /// Takes over into the fields what the codebook says now.
    fn follow_draft(&mut self, codebook: &Codebook) {
        let languages = entry::languages(codebook, &self.languages);
        if let Some(draft) = &mut self.draft {
            draft.follow(codebook, &languages);
        }
    }

    /// Shows another entry; what was typed in the fields of the one before is not lost.
    fn choose(&mut self, pane: &mut Pane<'_>, codebook: &Codebook, key: Option<CodebookKey>) {
        if self.chosen != key {
            if let Some(mut draft) = self.draft.take() {
                draft.take_all(pane, codebook);
            }
            self.chosen = key;
            self.at_top = true;
            self.said = None;
        }
        self.is_adding = false;
        self.new_kind = None;
    }

    fn foot(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) -> Stay {
        let mut stay = Stay::Open;
        // It has its room at all times, so that nothing moves as something is said.
        let room = vec2(ui.available_width(), SAID_HEIGHT);
        ui.allocate_ui(room, |ui| {
            ui.set_min_height(SAID_HEIGHT);
            self.said_ui(ui, pane);
        });
        let has_articles = (pane.snapshot.project.as_ref()).is_none_or(|project| project.progress.total > 0);
        let (ink, mut start) = (pane.palette.ink_weak, None);
        let near = |ui: &mut Ui| {
            if !has_articles {
                start = starting::start_ui(ui, ink, codebook);
            }
        };
        foot_with_ui(ui, near, |ui| {
            if let Some(counted) = &pane.snapshot.codebook_uses {
                let version = counted.version;
                let words = words::codebook_version(version.number, &version.digest.hex());
                small_ui(ui, &words, pane.palette.ink_weak);
            }
            if plain_button(ui, words::IMPORT_TOML).clicked() {
                pane.queue.push(Ask::Pick(Purpose::ImportCodebook));
            }
            if plain_button(ui, words::EXPORT_TOML).clicked() {
                let name = pane.snapshot.project.as_ref().map(|project| project.name.clone());
                let name = format!("{}-codebook", name.unwrap_or_default());
                pane.queue.push(Ask::Pick(Purpose::ExportCodebook { name }));
            }
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
        });
        if let Some(toml) = start {
            starting::start_from(pane, toml);
        }
        stay
    }

    /// What came of what was asked for, else how the keys go.
    fn said_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) {
        let mut undo = false;
        match &self.said {
            Some(Said::Refused(refusal)) => told_ui(ui, pane, refusal),
            Some(Said::Done(text)) => wrapped_ui(ui, pane, text, TEXT_SMALL, pane.palette.ink),
            Some(Said::Gone(gone)) => {
                ui.horizontal(|ui| {
                    let offered = self.turns.offered(pane, Way::Undo);
                    let button = ui.add_enabled(offered.is_ok(), Button::new(words::UNDO));
                    let why_not = offered.err().unwrap_or_default();
                    undo = button.on_disabled_hover_text(why_not).clicked();
                    wrapped_ui(ui, pane, &gone.words, TEXT_SMALL, pane.palette.ink);
                });
            }
            None if pane.snapshot.jobs.is_empty() => {
                let undo = pane.keys.shortcut(Action::Undo);
                let keys = words::codebook_keys(undo.as_deref());
                small_ui(ui, &keys, pane.palette.ink_weak);
            }
            None => jobs_row_ui(ui, pane),
        }
        if undo {
            self.turn(pane, Way::Undo);
        }
    }
}

/// Small words in a column of that width.
fn cell_ui(ui: &mut Ui, pane: &Pane<'_>, width: f32, text: &str) {
    ui.allocate_ui(vec2(width, ui.spacing().interact_size.y), |ui| {
        ui.set_min_width(width);
        small_ui(ui, text, pane.palette.ink_weak);
    });
}

/// Queues a command that is written as `apply` takes it.
fn run(pane: &mut Pane<'_>, command: &Json) {
    match Command::from_json(&command.to_string()) {
        Ok(command) => pane.run(command),
        Err(refusal) => pane.send(Request::Warn {
            code: "bad_field",
            text: refusal.message,
            hint: words::MEND_FIELD,
        }),
    }
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

/// Changes one field of a part of an entry; what is not there yet is added.
fn set_part(pane: &mut Pane<'_>, part: &CodebookPart, field: &str, value: Json) {
    let mut command = match part {
        CodebookPart::Entry(key) => define(key),
        CodebookPart::Choice(attribute, id) => {
            json!({"command": "set_choice", "attribute": attribute.as_str(), "choice": id})
        }
        CodebookPart::Role(kind, id) => {
            json!({"command": "set_role", "event_type": kind.as_str(), "role": id.as_str()})
        }
        CodebookPart::Use(key, attribute) => json!({
            "command": "set_attribute_use",
            "kind": key.kind(),
            "id": key.id(),
            "attribute": attribute.as_str(),
        }),
    };
    if let Some(fields) = command.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
    run(pane, &command);
}

/// Says that what was typed cannot be taken over.
fn warn(pane: &mut Pane<'_>, text: &str, hint: &'static str) {
    pane.send(Request::Warn {
        code: "bad_field",
        text: text.to_owned(),
        hint,
    });
}

/// The entry at a place of the list, or the last one: what is chosen when another one has gone from there.
fn key_at_or_last(codebook: &Codebook, place: usize) -> Option<CodebookKey> {
    let mut entries = codebook.entries();
    let last = codebook.entries().last();
    entries.nth(place).or(last).map(|entry| entry.item.key())
}

/// How much uses a part; none as long as it is not counted.
fn uses_of(pane: &Pane<'_>, part: &CodebookPart) -> Option<Uses> {
    let counted = pane.snapshot.codebook_uses.as_ref();
    counted.map(|counted| counted.uses.get(part).copied().unwrap_or_default())
}
