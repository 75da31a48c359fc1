//! A value that is typed: taken with Enter or by leaving the field, refused with the reason beside it.

use egui::{Align2, Ui};

use super::super::field::{Field, FieldState};
use super::super::paint::{ShortText, TextStyle};
use super::super::panels::Pane;
use super::super::theme::{self, GRID};
use super::{Answer, AttributesState, Part, Row, Wanted, leave};
use crate::model::Value;

/// What is typed and not taken yet.
#[derive(Default)]
pub(super) struct Draft {
    field: FieldState,
    /// The words that the field began with.
    base: String,
    /// Why the words were refused.
    fault: Option<String>,
    /// What the words would make of the attribute, where they are right and others than before.
    ready: Option<Wanted>,
}

impl Draft {
    /// What is to be taken when the field goes away.
    pub(super) fn into_ready(self) -> Option<Wanted> {
        self.ready
    }
}

/// How a typed field looks.
pub(super) struct Typed<'a> {
    pub part: Part,
    /// For assistive technology.
    pub name: &'a str,
    pub hint: &'a str,
    /// The words of the value.
    pub shown: &'a str,
    pub width: f32,
    pub lines: usize,
}

/// Draws a typed field; `make` is what the words make of the whole attribute, or the reason why not.
pub(super) fn typed_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    typed: &Typed<'_>,
    state: &mut AttributesState,
    make: impl Fn(&str) -> Result<Option<Value>, String>,
) -> Answer {
    let place = row.place(typed.part);
    let id = place.id();
    state.drawn.push(id);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let gains_focus = state.gains_focus(id, focused);
    if gains_focus {
        state.offered = 0;
    }
    let draft = state.drafts.entry(place).or_default();
    if draft.base != typed.shown {
        // What is being typed is not taken away by a change from elsewhere.
        if !focused || draft.field.text() == draft.base {
            draft.field.set_text(typed.shown);
            draft.fault = None;
            draft.ready = None;
        }
        typed.shown.clone_into(&mut draft.base);
    }
    if gains_focus {
        draft.field.select_all();
    }
    let mut field = Field::new(id, typed.name)
        .hint(typed.hint)
        .style(TextStyle::new(theme::TEXT))
        .width(typed.width);
    if typed.lines > 1 {
        field = field.multiline(typed.lines);
    }
    let output = field.show(ui, pane.engine, &mut draft.field);
    if gains_focus {
        output.response.scroll_to_me(None);
    }
    if output.cancelled {
        draft.field.set_text(&draft.base);
        (draft.fault, draft.ready) = (None, None);
        leave(ui);
        return Answer::default();
    }
    let words = draft.field.text().trim().to_owned();
    let is_other = words != draft.base.trim();
    if output.changed {
        draft.fault = None;
        draft.ready = is_other.then(|| make(&words).ok().map(Wanted)).flatten();
    }
    if !(output.submitted || output.response.lost_focus()) {
        return Answer::default();
    }
    if !is_other {
        draft.fault = None;
        return Answer {
            confirm: output.submitted,
            ..Answer::default()
        };
    }
    match make(&words) {
        Ok(value) => {
            (draft.fault, draft.ready) = (None, None);
            words.clone_into(&mut draft.base);
            Answer::set(value)
        }
        Err(reason) => {
            draft.fault = Some(reason);
            draft.ready = None;
            Answer::default()
        }
    }
}

/// Says below the control why its words were refused.
pub(super) fn fault_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    parts: &[Part],
    state: &AttributesState,
) {
    let faults = parts
        .iter()
        .filter_map(|part| state.drafts.get(&row.place(*part))?.fault.as_deref());
    for fault in faults {
        let width = ui.available_width();
        ShortText::new(fault, TextStyle::new(theme::TEXT_SMALL), pane.palette.danger)
            .max_width(width)
            .wrap()
            .show(ui, pane.engine);
    }
}

/// The words that stand in a field now.
pub(super) fn words_in_field(row: &Row<'_>, part: Part, state: &AttributesState) -> String {
    let draft = state.drafts.get(&row.place(part));
    draft
        .map(|draft| draft.field.text().to_owned())
        .unwrap_or_default()
}

/// Puts other words into a field, as if they were taken.
pub(super) fn set_words(row: &Row<'_>, part: Part, words: &str, state: &mut AttributesState) {
    let draft = state.drafts.entry(row.place(part)).or_default();
    draft.field.set_text(words);
    words.clone_into(&mut draft.base);
    (draft.fault, draft.ready) = (None, None);
}

/// A small caption above a control of several parts.
pub(super) fn caption_ui(ui: &mut Ui, pane: &Pane<'_>, text: &str, width: f32) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, GRID * 3.5), egui::Sense::hover());
    let font = egui::FontId::proportional(theme::TEXT_SMALL - 1.0);
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        text,
        font,
        pane.palette.ink_weak,
    );
}
