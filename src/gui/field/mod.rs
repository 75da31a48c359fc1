//! A text field for any script: the caret moves as it is seen, the direction follows what is typed.
//!
//! The field edits a string of its own; what the string is for is the caller's to know.

use egui::{Id, Response, Ui};

use super::paint::{TextEngine, TextStyle};

/// What a field holds between frames: its words, caret, and history.
#[derive(Debug, Default)]
pub struct FieldState {
    text: String,
}

impl FieldState {
    /// A field that holds these words.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
        }
    }

    /// The words, without what an input method is still composing.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Other words from outside; forgets the history.
    pub fn set_text(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }
}

/// What happened to a field in this frame.
#[derive(Debug)]
pub struct FieldResponse {
    /// For focus, hover, and place.
    pub response: Response,
    /// The words changed.
    pub changed: bool,
    /// Enter was pressed (Ctrl+Enter where there are several lines).
    pub submitted: bool,
    /// Escape was pressed; the field gave up the focus.
    pub cancelled: bool,
}

/// A text field.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    id: Id,
    name: &'a str,
    hint: &'a str,
    lines: usize,
    style: TextStyle,
    width: Option<f32>,
}

impl<'a> Field<'a> {
    /// A field of one line; `name` is what assistive technology calls it.
    pub fn new(id: impl Into<Id>, name: &'a str) -> Self {
        Self {
            id: id.into(),
            name,
            hint: "",
            lines: 1,
            style: TextStyle::new(14.0),
            width: None,
        }
    }

    /// Shown while the field is empty.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Several lines, at least that many high; Enter then makes a new line.
    #[must_use]
    pub fn multiline(self, lines: usize) -> Self {
        Self {
            lines: lines.max(2),
            ..self
        }
    }

    /// The look of the words.
    #[must_use]
    pub fn style(self, style: TextStyle) -> Self {
        Self { style, ..self }
    }

    /// That wide in points, instead of all the width there is.
    #[must_use]
    pub fn width(self, width: f32) -> Self {
        Self {
            width: Some(width),
            ..self
        }
    }

    /// Draws the field and takes its input. `ui.memory().request_focus(id)` puts the caret into it.
    pub fn show(self, ui: &mut Ui, engine: &mut TextEngine, state: &mut FieldState) -> FieldResponse {
        engine.begin_frame(ui.ctx());
        let mut edit = egui::TextEdit::singleline(&mut state.text)
            .id(self.id)
            .hint_text(self.hint)
            .desired_rows(self.lines)
            .font(egui::FontId::proportional(self.style.size));
        if let Some(width) = self.width {
            edit = edit.desired_width(width);
        }
        let response = ui.add(edit);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::TextInput, ui.is_enabled(), self.name)
        });
        FieldResponse {
            changed: response.changed(),
            submitted: response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter)),
            cancelled: response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Escape)),
            response,
        }
    }
}
