//! A whole number, in digits of any script.

use egui::Ui;

use super::super::panels::Pane;
use super::super::words;
use super::draft::{Typed, fault_ui, typed_ui};
use super::{Answer, AttributesState, Part, Row};
use crate::model::Value;
use crate::text::to_ascii_digits;

pub(super) fn integer_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let shown = match row.value {
        Some(Value::Integer(number)) => number.to_string(),
        _ => String::new(),
    };
    let typed = Typed::whole(row, "0", &shown, ui.available_width());
    let answer = typed_ui(ui, pane, row, &typed, state, |words| {
        if words.is_empty() {
            return Ok(None);
        }
        read_integer(words)
            .map(Some)
            .ok_or_else(|| words::NOT_WHOLE.to_owned())
    });
    fault_ui(ui, pane, row, &[Part::Whole], state);
    answer
}

/// A whole number as it is typed.
pub fn read_integer(words: &str) -> Option<Value> {
    let ascii = to_ascii_digits(words).replace('\u{2212}', "-");
    ascii.parse().ok().map(Value::Integer)
}
