//! What the words may mean, as buttons: of a value that is open, and of one that nobody confirmed where they say another.

use egui::Ui;

use super::super::dialogs::wrapped_ui;
use super::super::panels::Pane;
use super::super::theme::{self, GRID};
use super::super::words;
use super::{Answer, Row};
use crate::model::Value;

/// Draws a button for each value. Where the field of the attribute is one in which Enter takes the first one, `entered`
/// says whether it was pressed, and the button that it does so.
pub(super) fn offers_ui(ui: &mut Ui, row: &Row<'_>, offers: &[Value], entered: Option<bool>) -> Answer {
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
            if ui.add(egui::Button::new(words)).clicked() || entered == Some(true) {
                taken = Answer::set(Some(offer.clone()));
            }
        }
    });
    taken
}

/// Offers what the words say otherwise than a value that nobody confirmed.
pub(super) fn otherwise_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: &Row<'_>, said: Vec<Value>) -> Answer {
    let others: Vec<Value> = said
        .into_iter()
        .filter(|said| row.unconfirmed && row.value.is_some_and(|value| value != said))
        .collect();
    if others.is_empty() {
        return Answer::default();
    }
    let ink = pane.palette.ink_weak;
    wrapped_ui(ui, pane, words::WORDS_MAY_SAY, theme::TEXT_SMALL, ink);
    offers_ui(ui, row, &others, None)
}
