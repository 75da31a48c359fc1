//! The lists of an entry: attributes that it asks, labels that it allows, choices, and roles.

use egui::accesskit::Role as AccessRole;
use egui::{Button, Id, Response, Ui, WidgetInfo};
use serde_json::{Map, Value as Json, json};

use super::entry::Draft;
use super::set;
use crate::gui::dialogs::small_ui;
use crate::gui::field::Field;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::any_script_button;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{
    Attribute, AttributeUse, Choice, Codebook, CodebookItem, CodebookPart, EventType, LabelId, Role, Words,
    words_in,
};

impl Draft {
    /// Draws the lists that this kind of entry has.
    pub(super) fn parts_ui(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        codebook: &Codebook,
        item: &CodebookItem,
    ) {
        match item {
            CodebookItem::Label(label) => self.uses_ui(ui, pane, codebook, &label.attributes),
            CodebookItem::Attribute(attribute) => self.choices_ui(ui, pane, attribute),
            CodebookItem::RelationType(kind) => {
                self.labels_ui(ui, pane, codebook, "from", words::ENTRY_FROM, &kind.from);
                self.labels_ui(ui, pane, codebook, "to", words::ENTRY_TO, &kind.to);
                self.uses_ui(ui, pane, codebook, &kind.attributes);
            }
            CodebookItem::EventType(kind) => {
                self.roles_ui(ui, pane, codebook, kind);
                self.uses_ui(ui, pane, codebook, &kind.attributes);
            }
            CodebookItem::ArticleLabel(usage) => {
                let mut required = usage.required;
                if ui.checkbox(&mut required, words::REQUIRED).changed() {
                    set(pane, &self.key, "required", Json::from(required));
                }
            }
        }
    }

    /// Each attribute of the codebook: whether it is asked, and whether it is required.
    fn uses_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, uses: &[AttributeUse]) {
        ui.add_space(GRID);
        small_ui(ui, words::ENTRY_ASKS, pane.palette.ink_weak);
        ui.horizontal_wrapped(|ui| {
            for attribute in &codebook.attributes {
                let asked = uses.iter().find(|usage| usage.id == attribute.id);
                let name = shown(&attribute.names, attribute.id.as_str());
                let mut after = uses.to_vec();
                if toggle(ui, pane, &name, asked.is_some()).clicked() {
                    match asked {
                        Some(_) => after.retain(|usage| usage.id != attribute.id),
                        None => after.push(AttributeUse {
                            id: attribute.id.clone(),
                            required: false,
                            default: None,
                            retired: false,
                        }),
                    }
                    set(pane, &self.key, "attributes", uses_json(&after));
                } else if let Some(asked) = asked {
                    let required = format!("{name}: {}", words::REQUIRED);
                    if toggle(ui, pane, &required, asked.required).clicked() {
                        let same = after.iter_mut().filter(|usage| usage.id == attribute.id);
                        same.for_each(|usage| usage.required = !usage.required);
                        set(pane, &self.key, "attributes", uses_json(&after));
                    }
                }
            }
        });
    }

    fn labels_ui(
        &self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        codebook: &Codebook,
        field: &str,
        heading: &str,
        allowed: &[LabelId],
    ) {
        ui.add_space(GRID);
        small_ui(ui, heading, pane.palette.ink_weak);
        if let Some(after) = chosen_labels(ui, pane, codebook, field, allowed) {
            set(pane, &self.key, field, labels_json(&after));
        }
    }

    fn choices_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, attribute: &Attribute) {
        ui.add_space(GRID);
        small_ui(ui, words::ENTRY_CHOICES, pane.palette.ink_weak);
        let mut after: Option<Vec<Choice>> = None;
        for (place, choice) in attribute.choices.iter().enumerate() {
            ui.horizontal(|ui| {
                let name = shown(&choice.names, &choice.id);
                if let Some(to) = steps_ui(ui, place, attribute.choices.len(), &name) {
                    let mut moved = attribute.choices.clone();
                    moved.swap(place, to);
                    after = Some(moved);
                }
                let retired = format!("{name}: {}", words::RETIRED);
                if toggle(ui, pane, &retired, choice.retired).clicked() {
                    let mut changed = attribute.choices.clone();
                    let same = changed.iter_mut().filter(|one| one.id == choice.id);
                    same.for_each(|one| one.retired = !one.retired);
                    after = Some(changed);
                }
                let remove = format!("{}: {name}", words::REMOVE_ENTRY);
                if small_button(ui, "×", &remove).clicked() {
                    self.leave(
                        pane,
                        CodebookPart::Choice(attribute.id.clone(), choice.id.clone()),
                    );
                }
            });
        }
        if let Some(id) = self.new_ui(ui, pane, words::NEW_CHOICE) {
            let mut grown = attribute.choices.clone();
            grown.push(Choice {
                names: Words::from([(words::LANG.to_owned(), id.clone())]),
                id,
                retired: false,
            });
            after = Some(grown);
        }
        if let Some(after) = after {
            let rows = after.iter().map(|choice| {
                json!({"id": choice.id, "names": words_json(&choice.names), "retired": choice.retired})
            });
            set(pane, &self.key, "choices", rows.collect());
        }
    }

    fn roles_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, kind: &EventType) {
        ui.add_space(GRID);
        small_ui(ui, words::ENTRY_ROLES, pane.palette.ink_weak);
        let mut after: Option<Vec<Json>> = None;
        let rows = || kind.roles.iter().map(role_json).collect::<Vec<Json>>();
        for (place, role) in kind.roles.iter().enumerate() {
            let name = shown(&role.names, role.id.as_str());
            ui.horizontal_wrapped(|ui| {
                if let Some(to) = steps_ui(ui, place, kind.roles.len(), &name) {
                    let mut moved = rows();
                    moved.swap(place, to);
                    after = Some(moved);
                }
                let required = format!("{name}: {}", words::REQUIRED);
                if toggle(ui, pane, &required, role.min > 0).clicked() {
                    let mut changed = role.clone();
                    changed.min = u32::from(role.min == 0);
                    after = Some(replaced(rows(), place, &changed));
                }
                let single = format!("{name}: one only");
                if toggle(ui, pane, &single, role.max == Some(1)).clicked() {
                    let mut changed = role.clone();
                    changed.max = if role.max == Some(1) { None } else { Some(1) };
                    changed.min = changed.min.min(1);
                    after = Some(replaced(rows(), place, &changed));
                }
                if let Some(labels) = chosen_labels(ui, pane, codebook, &name, &role.labels) {
                    let mut changed = role.clone();
                    changed.labels = labels;
                    after = Some(replaced(rows(), place, &changed));
                }
                let remove = format!("{}: {name}", words::REMOVE_ENTRY);
                if small_button(ui, "×", &remove).clicked() {
                    self.leave(pane, CodebookPart::Role(kind.id.clone(), role.id.clone()));
                }
            });
        }
        if let Some(id) = self.new_ui(ui, pane, words::NEW_ROLE) {
            let mut grown = rows();
            grown.push(json!({"id": id, "names": {words::LANG: id}}));
            after = Some(grown);
        }
        if let Some(after) = after {
            set(pane, &self.key, "roles", Json::Array(after));
        }
    }

    /// A field for the id of a new part; Enter answers it.
    fn new_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, name: &str) -> Option<String> {
        let id = Id::unique(("codebook-new-part", name));
        let output = Field::new(id, name)
            .hint(name)
            .width(220.0)
            .show(ui, pane.engine, &mut self.new_part);
        let text = self.new_part.text().trim().to_owned();
        if !output.submitted || text.is_empty() {
            return None;
        }
        self.new_part.set_text("");
        Some(text)
    }
}

/// Draws all labels to be chosen from; answers those chosen then, where one was pressed.
fn chosen_labels(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    codebook: &Codebook,
    owner: &str,
    allowed: &[LabelId],
) -> Option<Vec<LabelId>> {
    let mut after = None;
    ui.horizontal_wrapped(|ui| {
        for label in &codebook.labels {
            let name = shown(&label.names, label.id.as_str());
            let is_on = allowed.contains(&label.id);
            let response = toggle(ui, pane, &name, is_on);
            let spoken = format!("{owner}: {name}");
            response.widget_info(|| WidgetInfo::selected(AccessRole::CheckBox, true, is_on, &spoken));
            if response.clicked() {
                let mut chosen = allowed.to_vec();
                if is_on {
                    chosen.retain(|id| *id != label.id);
                } else {
                    chosen.push(label.id.clone());
                }
                after = Some(chosen);
            }
        }
    });
    after
}

/// Two small arrows; answers the place to which a part goes.
fn steps_ui(ui: &mut Ui, place: usize, count: usize, name: &str) -> Option<usize> {
    let up = small_button(ui, "↑", &format!("Up: {name}")).clicked() && place > 0;
    let down = small_button(ui, "↓", &format!("Down: {name}")).clicked() && place + 1 < count;
    match (up, down) {
        (true, _) => Some(place - 1),
        (_, true) => Some(place + 1),
        _ => None,
    }
}

fn small_button(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let response = ui.small_button(sign);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, name));
    response
}

/// A button that stays down, with words of any script.
fn toggle(ui: &mut Ui, pane: &mut Pane<'_>, name: &str, is_on: bool) -> Response {
    let response = any_script_button(ui, pane.engine, name, true, |atom| {
        Button::selectable(is_on, atom)
    });
    response.widget_info(|| WidgetInfo::selected(AccessRole::CheckBox, true, is_on, name));
    response
}

fn shown(names: &Words, id: &str) -> String {
    words_in(names, words::LANG).unwrap_or(id).to_owned()
}

fn words_json(names: &Words) -> Json {
    let words = names
        .iter()
        .map(|(lang, word)| (lang.clone(), Json::from(word.as_str())));
    Json::Object(words.collect::<Map<String, Json>>())
}

fn labels_json(labels: &[LabelId]) -> Json {
    labels.iter().map(|id| Json::from(id.as_str())).collect()
}

fn uses_json(uses: &[AttributeUse]) -> Json {
    let row = |usage: &AttributeUse| {
        let default = usage.default.as_ref().map(crate::model::Value::to_json);
        json!({"id": usage.id.as_str(), "required": usage.required, "default": default})
    };
    uses.iter().map(row).collect()
}

fn role_json(role: &Role) -> Json {
    json!({
        "id": role.id.as_str(),
        "names": words_json(&role.names),
        "labels": labels_json(&role.labels),
        "min": role.min,
        "max": role.max,
    })
}

fn replaced(mut rows: Vec<Json>, place: usize, role: &Role) -> Vec<Json> {
    if let Some(row) = rows.get_mut(place) {
        *row = role_json(role);
    }
    rows
}
