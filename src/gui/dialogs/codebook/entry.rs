//! One entry of the codebook: its id, words, colour, key, and type, each taken over with Enter or on leaving the field.

use std::collections::BTreeSet;

use egui::{Button, Id, Ui, vec2};
use serde_json::{Value as Json, json};

use super::list::name_of;
use super::{CodebookDialog, run, set, uses_of};
use crate::gui::dialogs::small_ui;
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{any_script_button, focus_ring};
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{AttributeType, Codebook, CodebookItem, CodebookKey, CodebookPart, Words};
use crate::session::{LABEL_COLORS, Uses};

/// Languages that always have a field.
const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];

/// What a line of the form changes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Id,
    Name(String),
    Description(String),
    Color,
    Key,
}

struct Line {
    what: What,
    name: String,
    before: String,
    field: FieldState,
}

/// The fields of the chosen entry as they are being typed.
pub(super) struct Draft {
    pub(super) key: CodebookKey,
    lines: Vec<Line>,
    /// What is being added to a list of the entry.
    pub(super) new_part: FieldState,
    /// What is about to go, until it is said what becomes of what uses it.
    pub(super) leaving: Option<CodebookPart>,
    /// The id that was asked for.
    asked_id: Option<String>,
}

impl Draft {
    fn new(item: &CodebookItem) -> Self {
        let mut lines = Vec::new();
        let line = |what, name: &str, before: &str| Line {
            what,
            name: name.to_owned(),
            before: before.to_owned(),
            field: FieldState::new(before),
        };
        let key = item.key();
        if !matches!(item, CodebookItem::ArticleLabel(_)) {
            lines.push(line(What::Id, words::ENTRY_ID, key.id()));
        }
        if let Some((names, description)) = words_of(item) {
            let languages: BTreeSet<&str> = names
                .keys()
                .chain(description.keys())
                .map(String::as_str)
                .collect();
            let others = languages.into_iter().filter(|lang| !LANGUAGES.contains(lang));
            for lang in LANGUAGES.into_iter().chain(others) {
                let name = names.get(lang).map_or("", String::as_str);
                lines.push(line(What::Name(lang.to_owned()), &words::name_in(lang), name));
                let text = description.get(lang).map_or("", String::as_str);
                lines.push(line(
                    What::Description(lang.to_owned()),
                    &words::description_in(lang),
                    text,
                ));
            }
        }
        if let CodebookItem::Label(label) = item {
            lines.push(line(
                What::Key,
                words::ENTRY_KEY,
                &label.key.map(String::from).unwrap_or_default(),
            ));
            lines.push(line(What::Color, words::ENTRY_COLOR, &label.color.hex()));
        }
        Self {
            key,
            lines,
            new_part: FieldState::default(),
            leaving: None,
            asked_id: None,
        }
    }

    /// Takes over what the codebook says now, but for the fields whose words are being typed.
    pub(super) fn follow(&mut self, item: &CodebookItem) {
        let mut lines = Self::new(item).lines;
        for line in &mut lines {
            let same = self.lines.iter_mut().find(|old| old.what == line.what);
            if let Some(old) = same
                && (old.before == line.before || old.field.text().trim() != old.before)
            {
                std::mem::swap(&mut line.field, &mut old.field);
            }
        }
        self.lines = lines;
    }

    /// The entry under the id that was asked for, where it is there.
    pub(super) fn renamed_to(&self, codebook: &Codebook) -> Option<CodebookKey> {
        let id = self.asked_id.as_ref()?;
        let entries = codebook.entries().map(|entry| entry.item.key());
        entries
            .filter(|key| key.kind() == self.key.kind())
            .find(|key| key.id() == id)
    }
}

impl CodebookDialog {
    /// Draws the fields of the chosen entry.
    pub(super) fn entry_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        let Some(entry) = self.chosen.as_ref().and_then(|key| codebook.entry(key)) else {
            return;
        };
        if self
            .draft
            .as_ref()
            .is_none_or(|draft| draft.key != entry.item.key())
        {
            self.draft = Some(Draft::new(&entry.item));
        }
        let Some(draft) = &mut self.draft else { return };
        let part = CodebookPart::Entry(draft.key.clone());
        small_ui(
            ui,
            &words::consequence(uses_of(pane, &part)),
            pane.palette.ink_weak,
        );
        ui.add_space(GRID);
        for line in &mut draft.lines {
            line_ui(ui, pane, &draft.key, line, &mut draft.asked_id);
        }
        match &entry.item {
            CodebookItem::Label(label) => swatches_ui(ui, pane, &draft.key, label.color),
            CodebookItem::Attribute(attribute) => type_ui(ui, pane, &draft.key, attribute.attribute_type),
            _ => {}
        }
        draft.parts_ui(ui, pane, codebook, &entry.item);
        ui.add_space(GRID * 2.0);
        if let Some(is_retired) = retired(&entry.item) {
            let mut on = is_retired;
            if ui.checkbox(&mut on, words::RETIRED).changed() {
                set(pane, &draft.key, "retired", Json::from(on));
            }
        }
        draft.leave_ui(ui, pane, codebook, &part);
    }
}

impl Draft {
    /// The button that takes an entry out; where it is in use, what shall become of that is asked first.
    fn leave_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, whole: &CodebookPart) {
        if ui.button(words::REMOVE_ENTRY).clicked() {
            self.leave(pane, whole.clone());
        }
        let Some(part) = self.leaving.clone() else { return };
        let uses = uses_of(pane, &part).unwrap_or_default();
        small_ui(ui, &words::move_to(uses), pane.palette.warning);
        let mut done = None;
        ui.horizontal_wrapped(|ui| {
            for (id, name) in others(codebook, &part) {
                if any_script_button(ui, pane.engine, &name, true, Button::new).clicked() {
                    done = Some(json!({"migrate_to": id}));
                }
            }
            let clear = egui::RichText::new(words::CLEAR_USES).color(pane.palette.danger);
            if ui.button(clear).clicked() {
                done = Some(json!({"clear": true}));
            }
            if ui.button(words::CANCEL).clicked() {
                self.leaving = None;
            }
        });
        if let Some(fate) = done {
            run(pane, &removal(&part, fate));
            self.leaving = None;
        }
    }

    /// Takes a part out at once where nothing uses it.
    pub(super) fn leave(&mut self, pane: &mut Pane<'_>, part: CodebookPart) {
        if uses_of(pane, &part) == Some(Uses::default()) {
            run(pane, &removal(&part, json!({})));
        } else {
            self.leaving = Some(part);
        }
    }
}

fn line_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    key: &CodebookKey,
    line: &mut Line,
    asked_id: &mut Option<String>,
) {
    ui.horizontal(|ui| {
        ui.allocate_ui(vec2(130.0, 24.0), |ui| {
            ui.set_min_width(130.0);
            small_ui(ui, &line.name, pane.palette.ink_weak);
        });
        let id = Id::unique(("codebook-line", key.kind(), key.id(), &line.name));
        let field = Field::new(id, &line.name);
        // A description is a guideline of several paragraphs.
        let field = match line.what {
            What::Description(_) => field.multiline(4),
            _ => field,
        };
        let output = field.show(ui, pane.engine, &mut line.field);
        let now = line.field.text().trim().to_owned();
        if (output.submitted || output.response.lost_focus()) && !output.cancelled && now != line.before {
            line.before.clone_from(&now);
            if line.what == What::Id {
                *asked_id = Some(now.clone());
            }
            change(pane, key, &line.what, &now);
        }
        if output.cancelled {
            line.field.set_text(&line.before);
        }
    });
}

fn change(pane: &mut Pane<'_>, key: &CodebookKey, what: &What, now: &str) {
    let word = |lang: &str| {
        let text = if now.is_empty() {
            Json::Null
        } else {
            Json::from(now)
        };
        json!({ lang: text })
    };
    match what {
        What::Id => run(
            pane,
            &json!({"command": "rename_codebook_id", "kind": key.kind(), "id": key.id(), "to": now}),
        ),
        What::Name(lang) => set(pane, key, "names", word(lang)),
        What::Description(lang) => set(pane, key, "description", word(lang)),
        What::Color => set(pane, key, "color", Json::from(now)),
        What::Key if now.is_empty() => set(pane, key, "key", Json::Null),
        What::Key => set(pane, key, "key", Json::from(now)),
    }
}

/// The colours of the palette that all eyes tell apart; the one in use has a ring.
fn swatches_ui(ui: &mut Ui, pane: &mut Pane<'_>, key: &CodebookKey, now: crate::model::Color) {
    ui.horizontal(|ui| {
        ui.add_space(138.0);
        for color in LABEL_COLORS {
            let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), egui::Sense::click());
            ui.painter()
                .rect_filled(rect.shrink(3.0), 3.0, pane.palette.label(color).line);
            if color == now || response.has_focus() {
                focus_ring(ui, pane.palette, rect);
            }
            let name = format!("{} {}", words::ENTRY_COLOR, color.hex());
            response.widget_info(|| {
                egui::WidgetInfo::selected(egui::accesskit::Role::RadioButton, true, color == now, &name)
            });
            if response.clicked() && color != now {
                set(pane, key, "color", Json::from(color.hex()));
            }
        }
    });
}

fn type_ui(ui: &mut Ui, pane: &mut Pane<'_>, key: &CodebookKey, now: AttributeType) {
    ui.horizontal_wrapped(|ui| {
        small_ui(ui, words::ENTRY_TYPE, pane.palette.ink_weak);
        for kind in AttributeType::ALL {
            if ui.radio(*kind == now, kind.name()).clicked() && *kind != now {
                set(pane, key, "type", Json::from(kind.name()));
            }
        }
    });
}

fn words_of(item: &CodebookItem) -> Option<(&Words, &Words)> {
    match item {
        CodebookItem::Label(label) => Some((&label.names, &label.description)),
        CodebookItem::Attribute(attribute) => Some((&attribute.names, &attribute.description)),
        CodebookItem::RelationType(kind) => Some((&kind.names, &kind.description)),
        CodebookItem::EventType(kind) => Some((&kind.names, &kind.description)),
        CodebookItem::ArticleLabel(_) => None,
    }
}

const fn retired(item: &CodebookItem) -> Option<bool> {
    match item {
        CodebookItem::Label(label) => Some(label.retired),
        CodebookItem::Attribute(attribute) => Some(attribute.retired),
        CodebookItem::RelationType(kind) => Some(kind.retired),
        CodebookItem::EventType(kind) => Some(kind.retired),
        CodebookItem::ArticleLabel(_) => None,
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
    let named = |id: &str, names: &Words| {
        let name = crate::model::words_in(names, words::LANG).unwrap_or(id);
        (id.to_owned(), name.to_owned())
    };
    let mut all: Vec<(String, String)> = match part {
        CodebookPart::Entry(key) | CodebookPart::Use(key, _) => {
            let same_kind = codebook
                .entries()
                .filter(|entry| entry.item.key().kind() == key.kind());
            same_kind
                .map(|entry| (entry.item.key().id().to_owned(), name_of(codebook, &entry.item).0))
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
