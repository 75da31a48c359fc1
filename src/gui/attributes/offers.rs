//! What the words may mean, as buttons: of a value that is open, and of one that nobody confirmed where they say another.

use egui::{Response, Ui};

use super::super::dialogs::wrapped_ui;
use super::super::panels::Pane;
use super::super::theme::{self, GRID};
use super::super::words;
use super::{Answer, AttributesState, Part, Row};
use crate::model::Value;

/// Draws a button for each value. Where the field of the attribute is one in which Enter takes the first one, `entered`
/// says whether it was pressed, and the button that it does so; else the first button takes the focus that is asked for.
pub(super) fn offers_ui(
    ui: &mut Ui,
    row: &Row<'_>,
    offers: &[Value],
    entered: Option<bool>,
    state: &mut AttributesState,
) -> Answer {
    let mut taken = Answer::default();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(GRID, GRID);
        for (place, offer) in offers.iter().enumerate() {
            let mut said = words::value(Some(row.attribute), offer);
            let entered = entered.filter(|_| place == 0);
            if entered.is_some() {
                said = words::by_enter(&said);
            }
            let words = egui::RichText::new(said).size(theme::TEXT_SMALL);
            let button = ui.add(egui::Button::new(words));
            if place == 0 {
                focus_first(ui, row, &button, entered.is_some(), state);
            }
            if button.clicked() || entered == Some(true) {
                taken = Answer {
                    offered: true,
                    ..Answer::set(Some(offer.clone()))
                };
            }
        }
    });
    taken
}

/// Gives the focus that was asked for to the first of the offers, or to the field in which Enter takes it.
fn focus_first(ui: &Ui, row: &Row<'_>, button: &Response, has_field: bool, state: &mut AttributesState) {
    let id = if has_field {
        row.place(Part::Whole).id()
    } else {
        button.id
    };
    if state.lacks_focus(row, ui.memory(|memory| memory.has_focus(id))) {
        ui.memory_mut(|memory| memory.request_focus(id));
        button.scroll_to_me(None);
        ui.ctx().request_repaint();
    }
}

/// Offers what the words say otherwise than a value that nobody confirmed.
pub(super) fn otherwise_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    said: Vec<Value>,
    state: &mut AttributesState,
) -> Answer {
    let others: Vec<Value> = said
        .into_iter()
        .filter(|said| row.unconfirmed && row.value.is_some_and(|value| value != said))
        .collect();
    if others.is_empty() {
        return Answer::default();
    }
    let ink = pane.palette.ink_weak;
    wrapped_ui(ui, pane, words::WORDS_MAY_SAY, theme::TEXT_SMALL, ink);
    offers_ui(ui, row, &others, None, state)
}
