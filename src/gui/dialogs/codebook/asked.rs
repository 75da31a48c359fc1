//! The attributes that an entry asks: whether each is required, what it starts with, and whether it is retired there.

use egui::{Ui, vec2};
use serde_json::{Value as Json, json};

use super::entry::{Draft, Sheet};
use super::leaving::{Gone, NAME};
use super::parts::{PartRow, shown, small_toggle, toggle};
use super::{set, set_part};
use crate::gui::attributes::{Spot, lone_value_ui};
use crate::gui::dialogs::small_ui;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{Attribute, AttributeUse, CodebookKey, CodebookPart, Value};

impl Draft {
    /// The attributes that are asked, in order, and below them those that could be.
    pub(super) fn uses_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, uses: &[AttributeUse]) {
        ui.add_space(GRID);
        small_ui(ui, words::ENTRY_ASKS, sheet.pane.palette.ink_weak);
        for (place, usage) in uses.iter().enumerate() {
            let part = CodebookPart::Use(self.key.clone(), usage.id.clone());
            let attribute = sheet.codebook.attribute(&usage.id);
            let name =
                attribute.map_or_else(|| usage.id.to_string(), |one| shown(&one.names, one.id.as_str()));
            let row = PartRow {
                part: &part,
                name,
                place,
                count: uses.len(),
                retired: usage.retired,
            };
            self.part_row(ui, sheet, &row, |ui, sheet| {
                let required = format!("{}: {}", row.name, words::ASK_REQUIRED);
                if small_toggle(ui, words::ASK_REQUIRED, &required, usage.required).clicked() {
                    set_part(sheet.pane, &part, "required", Json::from(!usage.required));
                }
            });
            if self.open.as_ref() == Some(&part)
                && let Some(attribute) = attribute
            {
                ui.indent(("use", place), |ui| {
                    if let Some(default) = default_ui(ui, sheet, &self.key, attribute, usage) {
                        set_part(sheet.pane, &part, "default", default);
                    }
                });
            }
        }
        self.more_uses_ui(ui, sheet, uses);
    }

    fn more_uses_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, uses: &[AttributeUse]) {
        let codebook = sheet.codebook;
        let others = codebook
            .attributes
            .iter()
            .filter(|one| !one.retired && uses.iter().all(|usage| usage.id != one.id));
        ui.horizontal_wrapped(|ui| {
            for attribute in others {
                let name = shown(&attribute.names, attribute.id.as_str());
                let name = words::ask_also(&words::shorten(&name, NAME));
                if toggle(ui, sheet.pane, &name, false).clicked() {
                    let part = CodebookPart::Use(self.key.clone(), attribute.id.clone());
                    set_part(sheet.pane, &part, "required", Json::from(false));
                    self.to_focus = Some(part);
                }
            }
        });
    }

    /// How an attribute is asked of each article.
    pub(super) fn article_label_ui(&self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, usage: &AttributeUse) {
        let mut required = usage.required;
        if ui.checkbox(&mut required, words::ASK_REQUIRED).changed() {
            set(sheet.pane, &self.key, "required", Json::from(required));
        }
        if let Some(attribute) = sheet.codebook.attribute(&usage.id)
            && let Some(default) = default_ui(ui, sheet, &self.key, attribute, usage)
        {
            set(sheet.pane, &self.key, "default", default);
        }
    }

    /// No longer asks an attribute; the command refuses that where annotations have values of it.
    pub(super) fn unask(&mut self, sheet: &mut Sheet<'_, '_>, part: &CodebookPart) {
        let Some(uses) = sheet.codebook.clone().uses_of(&self.key).cloned() else {
            return;
        };
        let stay = uses.iter().filter(|usage| usage.id.as_str() != part.id());
        set(sheet.pane, &self.key, "attributes", stay.map(use_json).collect());
        self.gone = Some(Gone::new(sheet.codebook, part, None));
    }
}

/// What a new annotation starts with; answers it where it shall be something else.
fn default_ui(
    ui: &mut Ui,
    sheet: &mut Sheet<'_, '_>,
    key: &CodebookKey,
    attribute: &Attribute,
    usage: &AttributeUse,
) -> Option<Json> {
    let name = shown(&attribute.names, attribute.id.as_str());
    let spoken = format!("{name}: {}", words::DEFAULT);
    let spot = Spot {
        site: key.kind(),
        about: key.id(),
        which: attribute.id.as_str(),
    };
    small_ui(ui, words::DEFAULT, sheet.pane.palette.ink_weak);
    let wanted = ui.allocate_ui(vec2(ui.available_width().min(420.0), 24.0), |ui| {
        let named = (attribute, spoken.as_str());
        lone_value_ui(
            ui,
            sheet.pane,
            spot,
            named,
            usage.default.as_ref(),
            sheet.controls,
        )
    });
    let wanted = wanted.inner?;
    Some(wanted.as_ref().map_or(Json::Null, Value::to_json))
}

fn use_json(usage: &AttributeUse) -> Json {
    let default = usage.default.as_ref().map(Value::to_json);
    json!({
        "id": usage.id.as_str(),
        "required": usage.required,
        "default": default,
        "retired": usage.retired,
    })
}
