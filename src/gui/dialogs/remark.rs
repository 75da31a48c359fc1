//! What a dialog asks for in words: a field of several lines, a button that takes them, and one that leaves.

use egui::{Id, Ui};

use super::{Stay, focus_once, foot_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button_if};
use crate::gui::words;

/// The words so far.
#[derive(Default)]
pub(super) struct Remark {
    field: FieldState,
    focused: bool,
}

impl Remark {
    /// Draws field and buttons; answers whether to stay, and the words where they are to be taken.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        id: Id,
        (name, action): (&str, &str),
    ) -> (Stay, Option<String>) {
        focus_once(ui, id, &mut self.focused);
        let output =
            Field::new(id, name)
                .hint(words::NOTE_HINT)
                .multiline(4)
                .show(ui, pane.engine, &mut self.field);
        let text = self.field.text().trim().to_owned();
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            take |= primary_button_if(ui, pane.palette, action, !text.is_empty()).clicked();
        });
        (stay, Some(text).filter(|text| take && !text.is_empty()))
    }
}
