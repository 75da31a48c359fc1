//! Yes or no: answers to its first letter, 1 and 2, or the arrows.

use egui::Ui;

use super::super::panels::Pane;
use super::super::words;
use super::list::{Choosing, choosing_ui};
use super::{Answer, AttributesState, Part, Row, Wanted};
use crate::model::Value;

pub(super) fn boolean_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let chosen: &[usize] = match row.value {
        Some(Value::Boolean(true)) => &[0],
        Some(Value::Boolean(false)) => &[1],
        _ => &[],
    };
    let items = [words::YES.to_owned(), words::NO.to_owned()];
    let choosing = Choosing {
        place: row.place(Part::Whole),
        name: row.name,
        items: &items,
        chosen,
        several: false,
        width: ui.available_width(),
        unconfirmed: row.unconfirmed,
        hint: words::NO_VALUE,
    };
    let (chosen, mut answer) = choosing_ui(ui, pane, &choosing, state);
    answer.set = chosen.map(|chosen| Wanted(chosen.first().map(|at| Value::Boolean(*at == 0))));
    answer
}
