//! The lists of an entry: labels that it allows, choices, and roles, one part of which shows all its fields.

use egui::accesskit::Role as AccessRole;
use egui::{Button, Id, Response, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, vec2};
use serde_json::{Value as Json, json};

use super::adding::new_field_ui;
use super::entry::{Draft, Sheet};
use super::lines::What;
use super::naming::{first_name, tidy_id};
use super::{cell_ui, set, set_part, warn};
use crate::gui::dialogs::small_ui;
use crate::gui::field::Field;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{any_script_button, close_button, focus_ring};
use crate::gui::theme::{GRID, Palette};
use crate::gui::words;
use crate::model::{
    Attribute, AttributeType, Codebook, CodebookItem, CodebookPart, EventType, LabelId, Role, RoleId, Words,
    words_in,
};

/// Width of a part's name, so that what stands beside it is in columns.
const PART_NAME: f32 = 170.0;
/// Width of how many may fill a role.
const HOW_MANY: f32 = 80.0;

impl Draft {
    /// Draws the lists that this kind of entry has.
    pub(super) fn parts_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, item: &CodebookItem) {
        match item {
            CodebookItem::Label(label) => self.uses_ui(ui, sheet, &label.attributes),
            CodebookItem::Attribute(attribute) => {
                let has_choices = matches!(
                    attribute.attribute_type,
                    AttributeType::Choice | AttributeType::Choices | AttributeType::Quantity
                );
                if has_choices {
                    self.choices_ui(ui, sheet, attribute);
                } else if !attribute.choices.is_empty() {
                    let kept = words::kept_choices(attribute.choices.len());
                    small_ui(ui, &kept, sheet.pane.palette.ink_weak);
                }
                if attribute.attribute_type == AttributeType::Quantity {
                    self.wordings_ui(ui, sheet, attribute);
                }
            }
            CodebookItem::RelationType(kind) => {
                self.labels_ui(ui, sheet, "from", words::ENTRY_FROM, &kind.from);
                self.labels_ui(ui, sheet, "to", words::ENTRY_TO, &kind.to);
                self.uses_ui(ui, sheet, &kind.attributes);
            }
            CodebookItem::EventType(kind) => {
                self.roles_ui(ui, sheet, kind);
                self.uses_ui(ui, sheet, &kind.attributes);
            }
            CodebookItem::ArticleLabel(usage) => self.article_label_ui(ui, sheet, usage),
        }
    }

    fn labels_ui(
        &self,
        ui: &mut Ui,
        sheet: &mut Sheet<'_, '_>,
        field: &str,
        heading: &str,
        allowed: &[LabelId],
    ) {
        ui.add_space(GRID);
        small_ui(ui, heading, sheet.pane.palette.ink_weak);
        if let Some(after) = chosen_labels(ui, sheet.pane, sheet.codebook, field, allowed) {
            set(sheet.pane, &self.key, field, labels_json(&after));
        }
    }

    fn choices_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, attribute: &Attribute) {
        ui.add_space(GRID);
        let heading = if attribute.attribute_type == AttributeType::Quantity {
            words::ENTRY_WHO
        } else {
            words::ENTRY_CHOICES
        };
        small_ui(ui, heading, sheet.pane.palette.ink_weak);
        for (place, choice) in attribute.choices.iter().enumerate() {
            let part = CodebookPart::Choice(attribute.id.clone(), choice.id.clone());
            let row = PartRow {
                part: &part,
                name: shown(&choice.names, &choice.id),
                place,
                count: attribute.choices.len(),
                retired: choice.retired,
            };
            self.part_row(ui, sheet, &row, |_, _| {});
            if self.open.as_ref() == Some(&part) {
                ui.indent(("choice", place), |ui| {
                    self.lines_ui(ui, sheet, |what| what.part() == Some(&part));
                });
            }
        }
        if let Some(typed) = self.new_ui(ui, sheet.pane, words::NEW_CHOICE) {
            let part = CodebookPart::Choice(attribute.id.clone(), tidy_id(&typed));
            add_part(sheet, &part, json!({words::LANG: first_name(&typed)}));
        }
    }

    fn roles_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, kind: &EventType) {
        ui.add_space(GRID);
        small_ui(ui, words::ENTRY_ROLES, sheet.pane.palette.ink_weak);
        for (place, role) in kind.roles.iter().enumerate() {
            let part = CodebookPart::Role(kind.id.clone(), role.id.clone());
            let row = PartRow {
                part: &part,
                name: shown(&role.names, role.id.as_str()),
                place,
                count: kind.roles.len(),
                retired: role.retired,
            };
            self.part_row(ui, sheet, &row, |ui, sheet| {
                cell_ui(ui, sheet.pane, HOW_MANY, &words::how_many(role.min, role.max));
            });
            if self.open.as_ref() == Some(&part) {
                self.role_ui(ui, sheet, &part, role);
            }
        }
        if let Some(typed) = self.new_ui(ui, sheet.pane, words::NEW_ROLE) {
            match RoleId::new(tidy_id(&typed)) {
                Ok(role) => add_part(
                    sheet,
                    &CodebookPart::Role(kind.id.clone(), role),
                    json!({words::LANG: first_name(&typed)}),
                ),
                Err(_) => warn(sheet.pane, words::BAD_ID, words::ANOTHER_ID),
            }
        }
    }

    /// The fields of the open role, and the labels that may fill it.
    fn role_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, part: &CodebookPart, role: &Role) {
        ui.indent(("role", role.id.as_str()), |ui| {
            self.lines_ui(ui, sheet, |what: &What| what.part() == Some(part));
            small_ui(ui, words::ROLE_LABELS, sheet.pane.palette.ink_weak);
            let name = shown(&role.names, role.id.as_str());
            if let Some(labels) = chosen_labels(ui, sheet.pane, sheet.codebook, &name, &role.labels) {
                set_part(sheet.pane, part, "labels", labels_json(&labels));
            }
        });
    }

    /// The row of a part: its name, which shows and hides its fields, its place, and whether it is retired or goes.
    pub(super) fn part_row(
        &mut self,
        ui: &mut Ui,
        sheet: &mut Sheet<'_, '_>,
        row: &PartRow<'_>,
        add: impl FnOnce(&mut Ui, &mut Sheet<'_, '_>),
    ) {
        // The row keeps its focus wherever it moves.
        let own = Id::unique(("codebook-part", row.part));
        let scope = UiBuilder::new().scope_id(own);
        let part_ui = |ui: &mut Ui| {
            let is_open = self.open.as_ref() == Some(row.part);
            let unfold = unfold_button(ui, sheet.pane, &row.name, is_open);
            if self.to_focus.take_if(|part| part == row.part).is_some() {
                unfold.request_focus();
                unfold.scroll_to_me(None);
            }
            if unfold.clicked() {
                self.unfold(sheet, row.part);
            }
            add(ui, sheet);
            let retired = format!("{}: {}", row.name, words::RETIRED);
            if small_toggle(ui, words::RETIRED, &retired, row.retired).clicked() {
                set_part(sheet.pane, row.part, "retired", Json::from(!row.retired));
            }
            if let Some(to) = steps_ui(ui, sheet.pane.palette, row.place, row.count, &row.name) {
                set_part(sheet.pane, row.part, "position", Json::from(to));
            }
            let remove = format!("{}: {}", words::REMOVE_ENTRY, row.name);
            if close_button(ui, sheet.pane.palette, &remove).clicked() {
                match row.part {
                    CodebookPart::Use(..) => self.unask(sheet, row.part),
                    part => self.leave(part.clone()),
                }
            }
        };
        // No higher than its words: centred in all the room below, it would stand in the middle of that.
        ui.scope_builder(scope, |ui| ui.horizontal_wrapped(part_ui));
        self.leave_ui(ui, sheet.pane, sheet.codebook, row.part);
    }

    /// A field for the id of a new part; answers what is to be added.
    fn new_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, name: &str) -> Option<String> {
        let field = Field::new(Id::unique(("codebook-new-part", name)), name)
            .hint(name)
            .width(220.0);
        let id = new_field_ui(ui, pane, field, &words::add_to_codebook(name), &mut self.new_part)?;
        self.new_part.set_text("");
        Some(id)
    }
}

/// A part as its row shows it.
pub(super) struct PartRow<'a> {
    pub(super) part: &'a CodebookPart,
    pub(super) name: String,
    pub(super) place: usize,
    pub(super) count: usize,
    pub(super) retired: bool,
}

/// Adds a part, where there is none of that id.
fn add_part(sheet: &mut Sheet<'_, '_>, part: &CodebookPart, names: Json) {
    if sheet.codebook.has(part) {
        warn(sheet.pane, &words::taken(part).text, words::ANOTHER_ID);
    } else {
        set_part(sheet.pane, part, "names", names);
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
fn steps_ui(ui: &mut Ui, palette: &Palette, place: usize, count: usize, name: &str) -> Option<usize> {
    let (can_up, can_down) = (place > 0, place + 1 < count);
    let up = arrow_button(ui, palette, -1.0, &words::up(name), can_up);
    let down = arrow_button(ui, palette, 1.0, &words::down(name), can_down);
    // At the end of its way the focus goes to the way back.
    if !can_up && can_down && up.has_focus() {
        down.request_focus();
    } else if !can_down && can_up && down.has_focus() {
        up.request_focus();
    }
    match (up.clicked() && can_up, down.clicked() && can_down) {
        (true, _) => Some(place - 1),
        (_, true) => Some(place + 1),
        _ => None,
    }
}

/// An arrow that is painted: no font need have one.
fn arrow_button(ui: &mut Ui, palette: &Palette, towards: f32, name: &str, can: bool) -> Response {
    // One that can do nothing keeps the focus that it has until that is passed on.
    let id = ui.scope_id().with(("step", towards > 0.0));
    let is_focused = ui.memory(|memory| memory.has_focus(id));
    let sense = if can || is_focused {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (_, rect) = ui.allocate_space(Vec2::splat(GRID * 5.0));
    let response = ui.interact(rect, id, sense);
    if response.hovered() && can {
        ui.painter().rect_filled(rect, 4.0, palette.hover);
    }
    if response.has_focus() {
        focus_ring(ui, palette, rect);
    }
    let tip = rect.center() + vec2(0.0, 2.5 * towards);
    let ink = if can { palette.ink_weak } else { palette.ink_faint };
    let stroke = Stroke::new(1.5, ink);
    for side in [-4.0, 4.0] {
        let end = tip + vec2(side, -5.0 * towards);
        ui.painter().line_segment([tip, end], stroke);
    }
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, can, name));
    response.on_hover_text(name)
}

/// A small button with a sign on it.
pub(super) fn small_button(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let response = ui.small_button(sign);
    response.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, name));
    response
}

/// A box to tick that is named in full.
pub(super) fn small_toggle(ui: &mut Ui, words: &str, name: &str, is_on: bool) -> Response {
    let mut on = is_on;
    let response = ui.checkbox(&mut on, words);
    response.widget_info(|| WidgetInfo::selected(AccessRole::CheckBox, true, is_on, name));
    response
}

/// The name of a part, which shows and hides its fields.
fn unfold_button(ui: &mut Ui, pane: &mut Pane<'_>, name: &str, is_open: bool) -> Response {
    let size = vec2(GRID * 3.0, ui.spacing().interact_size.y);
    let (rect, arrow) = ui.allocate_exact_size(size, Sense::CLICK);
    let stroke = Stroke::new(1.5, pane.palette.ink_weak);
    // Downwards where the fields are shown below, else onwards.
    let (along, across) = if is_open {
        (vec2(0.0, 2.5), vec2(4.0, 0.0))
    } else {
        (vec2(2.5, 0.0), vec2(0.0, 4.0))
    };
    for side in [-1.0, 1.0] {
        let end = rect.center() - along + across * side;
        ui.painter().line_segment([rect.center() + along, end], stroke);
    }
    let cell = ui.allocate_ui(vec2(PART_NAME, ui.spacing().interact_size.y), |ui| {
        ui.set_min_width(PART_NAME);
        any_script_button(ui, pane.engine, name, true, |atom| {
            Button::selectable(is_open, atom)
        })
    });
    let spoken = words::fields_of(name);
    let response = cell.inner;
    response.widget_info(|| WidgetInfo::selected(AccessRole::Button, true, is_open, &spoken));
    response.union(arrow)
}

/// A button that stays down, with words of any script.
pub(super) fn toggle(ui: &mut Ui, pane: &mut Pane<'_>, name: &str, is_on: bool) -> Response {
    let response = any_script_button(ui, pane.engine, name, true, |atom| {
        Button::selectable(is_on, atom)
    });
    response.widget_info(|| WidgetInfo::selected(AccessRole::CheckBox, true, is_on, name));
    response
}

/// The name in the language of the window, else the id.
pub(super) fn shown(names: &Words, id: &str) -> String {
    words_in(names, words::LANG).unwrap_or(id).to_owned()
}

fn labels_json(labels: &[LabelId]) -> Json {
    labels.iter().map(|id| Json::from(id.as_str())).collect()
}
