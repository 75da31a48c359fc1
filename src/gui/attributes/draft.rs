//! A value that is typed: taken with Enter or by leaving the field, refused with the reason beside it.
//!
//! Refused words wait in their field, and are weighed again whenever the value becomes another one. Where another control
//! made it so, they wait on as long as there is a reason. Where it became so as a whole (an offer was chosen, something was
//! undone), the field shows that value, and nothing waits: undoing writes nothing.

use std::collections::BTreeSet;

use egui::{Align2, Id, Ui};

use super::super::dialogs::wrapped_ui;
use super::super::field::{Field, FieldState};
use super::super::paint::TextStyle;
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
    /// The value against which the words were weighed.
    against: Option<Value>,
    /// What another control has made of it since, or nothing.
    beside: Option<Wanted>,
    /// Why the words were refused.
    fault: Option<String>,
    /// What the words would make of the attribute, where they are right and others than before.
    ready: Option<Wanted>,
    /// Why they would be, as long as they are typed.
    wrong: Option<String>,
    /// Whether it was said that refused words wait here.
    said: bool,
}

impl Draft {
    /// What is to be taken when the field goes away.
    pub(super) fn into_ready(self) -> Option<Wanted> {
        self.ready
    }

    /// The words that were refused, as long as nothing else is typed.
    pub(super) fn refused(&self) -> Option<&str> {
        self.fault.as_ref().map(|_| self.field.text().trim())
    }

    /// What is typed in a field that is shown no more is refused where it is wrong.
    pub(super) fn leave(&mut self) {
        if let Some(reason) = self.wrong.take() {
            self.fault.get_or_insert(reason);
        }
    }

    /// Whether the field is shown no more and that was not said yet.
    pub(super) fn is_left_first(&mut self) -> bool {
        !std::mem::replace(&mut self.said, true)
    }

    /// Another control makes that value, beside which refused words wait on.
    pub(super) fn wait_on(&mut self, value: Option<&Value>) {
        self.beside = Some(Wanted(value.cloned()));
    }

    /// The value may have become another one: the field shows it then, except for what is being typed and for refused words
    /// that wait on, which are weighed again.
    fn follow(
        &mut self,
        (shown, value): (&str, Option<&Value>),
        focused: bool,
        make: impl Fn(&str) -> Result<Option<Value>, String>,
    ) {
        if self.against.as_ref() == value && self.base == shown {
            return;
        }
        let is_typed = focused && self.field.text() != self.base;
        let beside = self.beside.take();
        let is_beside = beside.is_some_and(|Wanted(beside)| beside.as_ref() == value);
        let waits = is_beside && self.refused().is_some();
        shown.clone_into(&mut self.base);
        self.against = value.cloned();
        if is_typed {
            self.weigh(make);
        } else if let Some(reason) = waits.then(|| make(self.field.text().trim()).err()).flatten() {
            self.fault = Some(reason);
        } else {
            if self.field.text() != shown {
                self.field.set_text(shown);
            }
            self.settle();
        }
    }

    /// Nothing is to be taken, and nothing to be said against it.
    fn settle(&mut self) {
        (self.fault, self.wrong, self.ready, self.said) = (None, None, None, false);
    }

    /// The words are again those that the field began with.
    fn give_up(&mut self) {
        self.field.set_text(&self.base);
        self.settle();
    }

    /// Finds out what the words would make, without saying so while they are typed.
    fn weigh(&mut self, make: impl Fn(&str) -> Result<Option<Value>, String>) {
        self.settle();
        let words = self.field.text().trim();
        if words != self.base.trim() {
            match make(words) {
                Ok(value) => self.ready = Some(Wanted(value)),
                Err(reason) => self.wrong = Some(reason),
            }
        }
    }

    /// Takes the words, or says why not; words that are as before only confirm, where they were `submitted`.
    fn take(&mut self, submitted: bool, make: impl Fn(&str) -> Result<Option<Value>, String>) -> Answer {
        let words = self.field.text().trim().to_owned();
        if words == self.base.trim() {
            self.fault = None;
            return Answer {
                confirm: submitted,
                ..Answer::default()
            };
        }
        self.settle();
        match make(&words) {
            Ok(value) => {
                self.base = words;
                Answer::set(value)
            }
            Err(reason) => {
                self.fault = Some(reason);
                Answer::default()
            }
        }
    }
}

/// How a typed field looks.
pub(super) struct Typed<'a> {
    pub part: Part,
    /// For assistive technology, and in a tooltip.
    pub name: &'a str,
    pub hint: &'a str,
    /// The words of the value.
    pub shown: &'a str,
    pub width: f32,
}

impl<'a> Typed<'a> {
    /// A field for the whole value.
    pub(super) const fn whole(row: &Row<'a>, hint: &'a str, shown: &'a str, width: f32) -> Self {
        Self {
            part: Part::Whole,
            name: row.name,
            hint,
            shown,
            width,
        }
    }

    fn field(&self, id: Id) -> Field<'a> {
        Field::new(id, self.name)
            .hint(self.hint)
            .tip(self.name)
            .style(TextStyle::new(theme::TEXT))
            .width(self.width)
    }
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
    draft.follow((typed.shown, row.value), focused, &make);
    if gains_focus {
        draft.field.select_all();
    }
    let output = typed.field(id).show(ui, pane.engine, &mut draft.field);
    if gains_focus {
        output.response.scroll_to_me(None);
    }
    if output.cancelled {
        draft.give_up();
        leave(ui);
        return Answer::default();
    }
    if output.changed {
        draft.weigh(&make);
    }
    if output.submitted || output.response.lost_focus() {
        draft.take(output.submitted, &make)
    } else {
        Answer::default()
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
    // Once, where several parts have the same against them.
    let faults: BTreeSet<&str> = parts
        .iter()
        .filter_map(|part| state.drafts.get(&row.place(*part))?.fault.as_deref())
        .collect();
    for fault in faults {
        wrapped_ui(ui, pane, fault, theme::TEXT_SMALL, pane.palette.danger);
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
    draft.settle();
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
