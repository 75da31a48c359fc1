//! Any number, in digits of any script, with a point or a comma.

use egui::Ui;

use super::super::panels::Pane;
use super::super::words;
use super::draft::{Typed, fault_ui, typed_ui};
use super::{Answer, AttributesState, Part, Row};
use crate::model::Value;
use crate::text::to_ascii_digits;

pub(super) fn number_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let shown = match row.value {
        Some(Value::Integer(number)) => number.to_string(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let typed = Typed::whole(row, "0.0", &shown, ui.available_width());
    let answer = typed_ui(ui, pane, row, &typed, state, |words| {
        if words.is_empty() {
            return Ok(None);
        }
        read_number(words)
            .map(Some)
            .ok_or_else(|| words::NOT_NUMBER.to_owned())
    });
    fault_ui(ui, pane, row, &[Part::Whole], state);
    answer
}

/// A number as it is typed.
pub fn read_number(words: &str) -> Option<Value> {
    let ascii = to_ascii_digits(words)
        .replace([',', '٫'], ".")
        .replace('\u{2212}', "-");
    let json: serde_json::Number = serde_json::from_str(&ascii).ok()?;
    match json.as_i64() {
        Some(whole) if whole.to_string() == json.to_string() => Some(Value::Integer(whole)),
        _ => Some(Value::Number(json)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_any_digits() {
        assert_eq!(read_number("12"), Some(Value::Integer(12)));
        let shown = |words: &str| match read_number(words) {
            Some(Value::Number(number)) => number.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(shown("12,5"), "12.5");
        assert_eq!(shown("١٢٫٥"), "12.5");
        for bad in ["twelve", "1.2.3", "[1]", "1 2", "\"1\""] {
            assert_eq!(read_number(bad), None, "{bad}");
        }
    }
}
