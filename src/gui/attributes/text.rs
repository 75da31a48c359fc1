//! Free text.

use egui::Ui;

use super::super::panels::Pane;
use super::draft::{Typed, fault_ui, typed_ui};
use super::{Answer, AttributesState, Part, Row};
use crate::model::Value;

pub(super) fn text_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let shown = match row.value {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let typed = Typed::whole(row, "", &shown, ui.available_width());
    let make = |words: &str| Ok((!words.is_empty()).then(|| Value::Text(words.to_owned())));
    let answer = typed_ui(ui, pane, row, &typed, state, make);
    fault_ui(ui, pane, row, &[Part::Whole], state);
    answer
}
