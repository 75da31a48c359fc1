//! One entry of the codebook: its id, words, colour, key, and type, each taken over with Enter or on leaving the field.

use std::collections::BTreeSet;

use egui::{Ui, vec2};
use serde_json::{Map, Value as Json, json};

use super::leaving::Gone;
use super::lines::{Line, What};
use super::naming::namesake;
use super::{CAPTION, CodebookDialog, cell_ui, run, set, set_part, uses_of, warn};
use crate::gui::attributes::{AttributesState, Spot, lone_choice_ui};
use crate::gui::dialogs::small_ui;
use crate::gui::field::FieldState;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::focus_ring;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{
    AttributeType, Codebook, CodebookItem, CodebookKey, CodebookPart, VAGUE_WORDS, Words, words_in,
};
use crate::session::LABEL_COLORS;

/// Languages that always have a field.
const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];

/// The fields of the chosen entry as they are being typed.
pub(super) struct Draft {
    pub(super) key: CodebookKey,
    lines: Vec<Line>,
    /// What is being added to a list of the entry.
    pub(super) new_part: FieldState,
    /// What is about to go, until it is said what becomes of what uses it.
    pub(super) leaving: Option<CodebookPart>,
    /// What was asked to go just now.
    pub(super) gone: Option<Gone>,
    /// Whether that question was brought into view.
    pub(super) leaving_seen: bool,
    /// The part of which all fields are shown.
    pub(super) open: Option<CodebookPart>,
    /// The part whose row takes the focus when it is there.
    pub(super) to_focus: Option<CodebookPart>,
    /// The id that was asked for.
    asked_id: Option<String>,
    /// The open part under the id that was asked for.
    asked_part: Option<CodebookPart>,
}

/// What the fields of an entry are drawn with.
pub(super) struct Sheet<'a, 'p> {
    pub(super) pane: &'a mut Pane<'p>,
    pub(super) codebook: &'a Codebook,
    /// Lists and values.
    pub(super) controls: &'a mut AttributesState,
    /// Languages that have a field.
    pub(super) languages: &'a [String],
}

/// The languages that have a field: the usual ones, those of the codebook, and those asked for.
pub(super) fn languages(codebook: &Codebook, asked: &BTreeSet<String>) -> Vec<String> {
    let mut all: Vec<String> = LANGUAGES.map(str::to_owned).into();
    let others = codebook.languages().into_iter().map(str::to_owned);
    for lang in others.chain(asked.iter().cloned()) {
        if !all.contains(&lang) {
            all.push(lang);
        }
    }
    all
}

impl Draft {
    fn new(item: &CodebookItem, languages: &[String]) -> Self {
        Self {
            key: item.key(),
            lines: lines_of(item, None, languages),
            new_part: FieldState::default(),
            leaving: None,
            gone: None,
            leaving_seen: false,
            open: None,
            to_focus: None,
            asked_id: None,
            asked_part: None,
        }
    }

    /// Takes over what the codebook says now, but for the fields whose words are being typed.
    pub(super) fn follow(&mut self, codebook: &Codebook, languages: &[String]) {
        let Some(entry) = codebook.entry(&self.key) else {
            return;
        };
        if let Some(asked) = self.asked_part.take_if(|asked| codebook.has(asked)) {
            self.open = Some(asked);
        }
        self.open.take_if(|open| !codebook.has(open));
        self.leaving.take_if(|leaving| !codebook.has(leaving));
        let mut lines = lines_of(&entry.item, self.open.as_ref(), languages);
        for line in &mut lines {
            if let Some(old) = self.lines.iter_mut().find(|old| old.what == line.what) {
                line.follow(old);
            }
        }
        self.lines = lines;
    }

    /// Goes on with the entry under the id that was asked for, where it is there.
    pub(super) fn renamed(mut self, codebook: &Codebook) -> Option<Self> {
        let id = self.asked_id.take()?;
        let mut entries = codebook.entries().map(|entry| entry.item.key());
        let key = entries.find(|key| key.kind() == self.key.kind() && key.id() == id)?;
        self.open = None;
        self.key = key;
        Some(self)
    }

    /// Asks for what was typed and not taken over yet.
    pub(super) fn take_all(&mut self, pane: &mut Pane<'_>, codebook: &Codebook) {
        let typed: Vec<(What, String)> = self
            .lines
            .iter_mut()
            .filter_map(|line| line.take().map(|now| (line.what.clone(), now)))
            .collect();
        for (what, now) in typed {
            self.ask(pane, codebook, &what, &now);
        }
    }

    /// Shows the fields of a part, or no longer.
    pub(super) fn unfold(&mut self, sheet: &mut Sheet<'_, '_>, part: &CodebookPart) {
        self.take_all(sheet.pane, sheet.codebook);
        self.open = if self.open.as_ref() == Some(part) {
            None
        } else {
            Some(part.clone())
        };
        self.follow(sheet.codebook, sheet.languages);
    }

    /// Draws some of the lines.
    pub(super) fn lines_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, which: impl Fn(&What) -> bool) {
        let mut asked = Vec::new();
        for line in self.lines.iter_mut().filter(|line| which(&line.what)) {
            if let Some(now) = line.ui(ui, sheet.pane) {
                asked.push((line.what.clone(), now));
            }
            if let Some(other) = namesake(sheet.codebook, &self.key, &line.what) {
                ui.horizontal(|ui| {
                    cell_ui(ui, sheet.pane, CAPTION, "");
                    small_ui(ui, &words::same_name(&other), sheet.pane.palette.warning);
                });
            }
        }
        for (what, now) in asked {
            self.ask(sheet.pane, sheet.codebook, &what, &now);
        }
    }

    fn ask(&mut self, pane: &mut Pane<'_>, codebook: &Codebook, what: &What, now: &str) {
        let key = &self.key;
        match what {
            What::Id => {
                run(
                    pane,
                    &json!({"command": "rename_codebook_id", "kind": key.kind(), "id": key.id(), "to": now}),
                );
                self.asked_id = Some(now.to_owned());
            }
            What::Name(lang) => set(pane, key, "names", word(lang, now)),
            What::Description(lang) => set(pane, key, "description", word(lang, now)),
            What::Color => set(pane, key, "color", Json::from(now)),
            What::Key if now.is_empty() => set(pane, key, "key", Json::Null),
            What::Key => set(pane, key, "key", Json::from(now)),
            What::PartId(part) => {
                run(pane, &renaming(part, now));
                self.asked_part = under_id(part, now);
            }
            What::PartName(part, lang) => set_part(pane, part, "names", word(lang, now)),
            What::PartDescription(part, lang) => set_part(pane, part, "description", word(lang, now)),
            What::Least(part) => {
                if let Some(least) = count(pane, now) {
                    set_part(pane, part, "min", least);
                }
            }
            What::Most(part) if now.is_empty() => set_part(pane, part, "max", Json::Null),
            What::Most(part) => {
                if let Some(most) = count(pane, now) {
                    set_part(pane, part, "max", most);
                }
            }
            What::Vague(_) => self.ask_bounds(pane, codebook),
        }
    }

    /// All bounds of vague words, as the fields say: the command takes them as a whole.
    fn ask_bounds(&self, pane: &mut Pane<'_>, codebook: &Codebook) {
        let mut bounds = Map::new();
        if let CodebookKey::Attribute(id) = &self.key
            && let Some(attribute) = codebook.attribute(id)
        {
            let others = attribute.bounds.iter();
            bounds.extend(others.map(|(word, bound)| (word.clone(), Json::from(*bound))));
        }
        for line in &self.lines {
            let What::Vague(word) = line.what else { continue };
            let said = line.said();
            if said.is_empty() {
                bounds.remove(word);
            } else if let Ok(bound) = said.parse::<u64>() {
                bounds.insert(word.to_owned(), Json::from(bound));
            } else {
                warn(pane, words::NOT_A_COUNT, words::A_COUNT_IS);
                return;
            }
        }
        set(pane, &self.key, "bounds", Json::Object(bounds));
    }
}

impl CodebookDialog {
    /// Draws the fields of the chosen entry.
    pub(super) fn entry_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        let languages = languages(codebook, &self.languages);
        let Some(entry) = self.chosen.as_ref().and_then(|key| codebook.entry(key)) else {
            small_ui(ui, words::NO_ENTRY_YET, pane.palette.ink_weak);
            return;
        };
        if self
            .draft
            .as_ref()
            .is_none_or(|draft| draft.key != entry.item.key())
        {
            self.draft = Some(Draft::new(&entry.item, &languages));
        }
        let Some(draft) = &mut self.draft else { return };
        let part = CodebookPart::Entry(draft.key.clone());
        small_ui(
            ui,
            &words::consequence(uses_of(pane, &part), &draft.key, codebook),
            pane.palette.ink_weak,
        );
        ui.add_space(GRID);
        let mut sheet = Sheet {
            pane,
            codebook,
            controls: &mut self.controls,
            languages: &languages,
        };
        draft.lines_ui(ui, &mut sheet, What::is_whole);
        match &entry.item {
            CodebookItem::Label(label) => swatches_ui(ui, sheet.pane, &draft.key, label.color),
            CodebookItem::Attribute(attribute) => {
                type_ui(ui, &mut sheet, &draft.key, attribute.attribute_type);
            }
            _ => {}
        }
        draft.parts_ui(ui, &mut sheet, &entry.item);
        ui.add_space(GRID * 2.0);
        let mut on = entry.item.is_retired();
        if ui.checkbox(&mut on, words::RETIRED).changed() {
            set(sheet.pane, &draft.key, "retired", Json::from(on));
        }
        draft.remove_ui(ui, &part);
        draft.leave_ui(ui, sheet.pane, codebook, &part);
        self.language_ui(ui, pane, codebook);
    }
}

/// The lines of an entry, and those of the part of it that is open.
fn lines_of(item: &CodebookItem, open: Option<&CodebookPart>, languages: &[String]) -> Vec<Line> {
    let mut lines = Vec::new();
    if !matches!(item, CodebookItem::ArticleLabel(_)) {
        lines.push(Line::new(What::Id, words::ENTRY_ID, None, item.key().id()));
    }
    if let Some((names, description)) = words_of(item) {
        for lang in languages {
            let name = names.get(lang).map_or("", String::as_str);
            lines.push(Line::new(
                What::Name(lang.clone()),
                &words::name_in(lang),
                None,
                name,
            ));
            let text = description.get(lang).map_or("", String::as_str);
            let caption = words::description_in(lang);
            lines.push(Line::new(What::Description(lang.clone()), &caption, None, text));
        }
    }
    if let CodebookItem::Label(label) = item {
        let key = label.key.map(String::from).unwrap_or_default();
        lines.push(Line::new(What::Key, words::ENTRY_KEY, None, &key));
        lines.push(Line::new(
            What::Color,
            words::ENTRY_COLOR,
            None,
            &label.color.hex(),
        ));
    }
    if let CodebookItem::Attribute(attribute) = item
        && attribute.attribute_type == AttributeType::Quantity
    {
        for (word, unit) in VAGUE_WORDS {
            let bound = attribute.bounds.get(word).map(u64::to_string).unwrap_or_default();
            let line = Line::new(What::Vague(word), word, Some(words::VAGUE), &bound);
            lines.push(line.hint((2 * unit).to_string()));
        }
    }
    if let Some(part) = open {
        part_lines(item, part, languages, &mut lines);
    }
    lines
}

fn part_lines(item: &CodebookItem, part: &CodebookPart, languages: &[String], lines: &mut Vec<Line>) {
    let (names, role) = match (item, part) {
        (CodebookItem::Attribute(attribute), CodebookPart::Choice(_, id)) => {
            let choice = attribute.choices.iter().find(|choice| choice.id == *id);
            (choice.map(|choice| &choice.names), None)
        }
        (CodebookItem::EventType(kind), CodebookPart::Role(_, id)) => {
            let role = kind.roles.iter().find(|role| role.id == *id);
            (role.map(|role| &role.names), role)
        }
        _ => return,
    };
    let Some(names) = names else { return };
    let owner = words_in(names, words::LANG).unwrap_or(part.id());
    let mut add = |what, caption: &str, before: &str| {
        lines.push(Line::new(what, caption, Some(owner), before));
    };
    add(What::PartId(part.clone()), words::ENTRY_ID, part.id());
    for lang in languages {
        let name = names.get(lang).map_or("", String::as_str);
        add(
            What::PartName(part.clone(), lang.clone()),
            &words::name_in(lang),
            name,
        );
        if let Some(role) = role {
            let text = role.description.get(lang).map_or("", String::as_str);
            let what = What::PartDescription(part.clone(), lang.clone());
            add(what, &words::description_in(lang), text);
        }
    }
    if let Some(role) = role {
        add(
            What::Least(part.clone()),
            words::AT_LEAST_MANY,
            &role.min.to_string(),
        );
        let most = role.max.as_ref().map(u32::to_string).unwrap_or_default();
        let line = Line::new(What::Most(part.clone()), words::AT_MOST_MANY, Some(owner), &most);
        lines.push(line.hint(words::NO_BOUND.to_owned()));
    }
}

fn word(lang: &str, now: &str) -> Json {
    let text = if now.is_empty() {
        Json::Null
    } else {
        Json::from(now)
    };
    json!({ lang: text })
}

/// A count as it was typed; says so where it is none.
fn count(pane: &mut Pane<'_>, typed: &str) -> Option<Json> {
    let count = typed.parse::<u32>().ok();
    if count.is_none() {
        warn(pane, words::NOT_A_COUNT, words::A_COUNT_IS);
    }
    count.map(Json::from)
}

fn renaming(part: &CodebookPart, to: &str) -> Json {
    let (kind, of) = match part {
        CodebookPart::Choice(attribute, _) => ("choice", attribute.as_str()),
        CodebookPart::Role(kind, _) => ("role", kind.as_str()),
        CodebookPart::Entry(key) | CodebookPart::Use(key, _) => (key.kind(), key.id()),
    };
    json!({"command": "rename_codebook_id", "kind": kind, "id": part.id(), "of": of, "to": to})
}

/// A choice or role as it is called under another id.
fn under_id(part: &CodebookPart, id: &str) -> Option<CodebookPart> {
    match part {
        CodebookPart::Choice(attribute, _) => Some(CodebookPart::Choice(attribute.clone(), id.to_owned())),
        CodebookPart::Role(kind, _) => {
            let id = crate::model::RoleId::new(id).ok()?;
            Some(CodebookPart::Role(kind.clone(), id))
        }
        CodebookPart::Entry(_) | CodebookPart::Use(..) => None,
    }
}

/// The colours of the palette that all eyes tell apart; the one in use has a ring.
fn swatches_ui(ui: &mut Ui, pane: &mut Pane<'_>, key: &CodebookKey, now: crate::model::Color) {
    ui.horizontal(|ui| {
        ui.add_space(CAPTION + GRID * 2.0);
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

fn type_ui(ui: &mut Ui, sheet: &mut Sheet<'_, '_>, key: &CodebookKey, now: AttributeType) {
    ui.horizontal(|ui| {
        cell_ui(ui, sheet.pane, CAPTION, words::ENTRY_TYPE);
        let spot = Spot {
            site: "codebook",
            about: key.id(),
            which: "type",
        };
        let names: Vec<String> = AttributeType::ALL
            .iter()
            .map(|one| words::type_of_attribute(*one).to_owned())
            .collect();
        let chosen = AttributeType::ALL.iter().position(|one| *one == now);
        let items = (words::ENTRY_TYPE, names.as_slice());
        let picked = lone_choice_ui(ui, sheet.pane, spot, items, chosen, 180.0, sheet.controls);
        if let Some(one) = picked.and_then(|at| AttributeType::ALL.get(at)) {
            set(sheet.pane, key, "type", Json::from(one.name()));
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
