//! Several of the codebook's choices: Space or a number ticks one, Enter takes them.

use egui::Ui;

use super::super::panels::Pane;
use super::super::words;
use super::choice::offered;
use super::list::{Choosing, choosing_ui};
use super::{Answer, AttributesState, Part, Row, Wanted};
use crate::model::Value;

pub(super) fn choices_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let own: &[String] = match row.value {
        Some(Value::Choices(some)) => some,
        _ => &[],
    };
    let width = ui.available_width();
    let (chosen, mut answer) = several_ui(ui, pane, row, (Part::Whole, row.name), own, width, state);
    answer.set = chosen.map(|ids| Wanted((!ids.is_empty()).then_some(Value::Choices(ids))));
    answer
}

/// A control for several choices of the attribute; the ids that are chosen now, in the codebook's order.
pub(super) fn several_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    (part, name): (Part, &str),
    own: &[String],
    width: f32,
    state: &mut AttributesState,
) -> (Option<Vec<String>>, Answer) {
    let (ids, items, chosen) = offered(row.attribute, own);
    let choosing = Choosing {
        place: row.place(part),
        name,
        items: &items,
        chosen: &chosen,
        several: true,
        width,
        unconfirmed: row.unconfirmed,
        hint: words::NO_VALUE,
    };
    let (chosen, answer) = choosing_ui(ui, pane, &choosing, state);
    let ids = chosen.map(|mut chosen| {
        chosen.sort_unstable();
        let ids = chosen.into_iter().filter_map(|at| ids.get(at).cloned());
        ids.collect()
    });
    (ids, answer)
}
