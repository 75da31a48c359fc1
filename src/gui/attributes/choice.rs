//! One of the codebook's choices.

use egui::Ui;

use super::super::panels::Pane;
use super::super::words;
use super::list::{Choosing, choosing_ui};
use super::{Answer, AttributesState, Part, Row, Wanted};
use crate::model::{Attribute, Value};

pub(super) fn choice_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let own: &[String] = match row.value {
        Some(Value::Text(one)) => std::slice::from_ref(one),
        _ => &[],
    };
    let (ids, items, chosen) = offered(row.attribute, own);
    let choosing = Choosing {
        place: row.place(Part::Whole),
        name: row.name,
        items: &items,
        chosen: &chosen,
        several: false,
        width: ui.available_width(),
        unconfirmed: row.unconfirmed,
        hint: words::NO_VALUE,
    };
    let (chosen, mut answer) = choosing_ui(ui, pane, &choosing, state);
    answer.set = chosen.map(|chosen| {
        let id = chosen.first().and_then(|at| ids.get(*at));
        Wanted(id.cloned().map(Value::Text))
    });
    answer
}

/// The ids that can be chosen, their names, and the places of those that are. A value that the codebook does not
/// offer any more stands at the end, so that it is seen and not lost.
pub(super) fn offered(attribute: &Attribute, own: &[String]) -> (Vec<String>, Vec<String>, Vec<usize>) {
    let choices = attribute.choices.iter().filter(|choice| !choice.retired);
    let mut ids: Vec<String> = choices.map(|choice| choice.id.clone()).collect();
    for id in own {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    let is_offered = |id: &str| attribute.choices.iter().any(|one| one.id == id && !one.retired);
    let names = ids.iter().map(|id| {
        let name = words::choice_name(Some(attribute), id);
        if is_offered(id) {
            name.to_owned()
        } else {
            words::no_longer_offered(name)
        }
    });
    let names = names.collect();
    let places = own
        .iter()
        .filter_map(|id| ids.iter().position(|other| other == id));
    let places = places.collect();
    (ids, names, places)
}
