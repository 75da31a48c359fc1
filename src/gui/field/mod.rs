//! A text field for any script: the caret moves as it is seen, the direction follows what is typed.
//!
//! The field edits a string of its own, with a history of its own; what the string is for is the caller's to know.

mod input;
mod paint;
mod reading;

use egui::accesskit::Role;
use egui::{Context, Id, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use super::paint::{TextEngine, TextStyle, any_script_tip};
use super::theme::{GRID, Palette};
use crate::layout::{Editor, EditorSettings, Style};
use crate::text::ByteOffset;

/// A field of several lines grows with its words up to this many lines, then scrolls.
const MOST_LINES: f32 = 10.0;
/// Space between border and words.
const PADDING: egui::Vec2 = vec2(8.0, 4.0);

/// What a field holds between frames: its words, caret, and history.
#[derive(Debug, Default)]
pub struct FieldState {
    text: String,
    editor: Option<Box<Editor>>,
    generation: u64,
    /// How far the words of a field of several lines are scrolled, in points.
    scrolled: f32,
    /// When an input method last composed or settled something.
    settled: Option<f64>,
}

impl FieldState {
    /// A field that holds these words.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// A field that holds these words, with the caret before them: what is too long is read from its beginning.
    pub fn from_start(text: &str) -> Self {
        let mut editor = Editor::new(text, EditorSettings::default());
        editor.select(ByteOffset::ZERO, ByteOffset::ZERO);
        Self {
            editor: Some(Box::new(editor)),
            ..Self::new(text)
        }
    }

    /// The words, without what an input method is still composing.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether an input method is composing, so that all keys are its own.
    pub fn is_composing(&self) -> bool {
        self.editor
            .as_ref()
            .is_some_and(|editor| editor.preedit().is_some())
    }

    /// Other words from outside; forgets the history.
    pub fn set_text(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        if let Some(editor) = &mut self.editor {
            editor.set_text(text);
        }
    }

    /// Selects all words, as for a field that is likely to be typed over.
    pub fn select_all(&mut self) {
        self.editor
            .get_or_insert_with(|| Box::new(Editor::new(&self.text, EditorSettings::default())))
            .select_all();
    }

    fn show_start(&mut self, shows: bool) {
        if let Some(editor) = &mut self.editor {
            editor.show_start(shows);
        }
    }

    /// The editor, set as the field is set now.
    fn prepare(&mut self, engine: &mut TextEngine, settings: EditorSettings) -> &mut Editor {
        let generation = engine.generation();
        let editor = self
            .editor
            .get_or_insert_with(|| Box::new(Editor::new(&self.text, settings.clone())));
        editor.set_settings(settings);
        if self.generation != generation {
            self.generation = generation;
            editor.fonts_changed();
        }
        editor.prepare(engine.fonts());
        editor
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
    tip: &'a str,
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
            tip: "",
        }
    }

    /// Shown in a tooltip, in any script, while the field is not typed in.
    #[must_use]
    pub fn tip(self, tip: &'a str) -> Self {
        Self { tip, ..self }
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

    /// Draws the field and takes its input. `ui.memory_mut(|m| m.request_focus(id))` puts the caret into it.
    pub fn show(self, ui: &mut Ui, engine: &mut TextEngine, state: &mut FieldState) -> FieldResponse {
        let palette = Palette::of(ui.ctx());
        let width = self
            .width
            .unwrap_or_else(|| ui.available_width())
            .max(GRID * 10.0);
        let settings = self.settings(width, engine.scale());
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        state.show_start(!focused);
        let height = self.height(state.prepare(engine, settings.clone()));
        let (_, rect) = ui.allocate_space(vec2(width, height));
        let response = ui.interact(rect, self.id, Sense::click_and_drag());
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        let inner = rect.shrink2(PADDING);
        input::mouse(ui, engine, &response, inner, state);
        let mut keys = input::keyboard(ui, engine, &response, self.lines > 1, state);
        if state
            .editor
            .as_mut()
            .is_some_and(|editor| reading::take_requests(ui, self.id, editor))
        {
            keys.changed |= input::take_text(state);
        }
        let focused = response.has_focus();
        state.show_start(!focused);
        state.prepare(engine, settings);
        scroll_to_caret(state, inner, focused);
        if focused {
            mark_typing(ui.ctx(), self.id);
            input::report_caret(ui, inner, state);
        }
        if ui.is_rect_visible(rect) {
            paint::field(ui, engine, palette, &self, rect, inner, state, focused);
        }
        let role = if self.lines > 1 {
            Role::MultilineTextInput
        } else {
            Role::TextInput
        };
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(role, ui.is_enabled(), self.name);
            info.current_text_value = Some(state.text.clone());
            info.hint_text = Some(self.hint.to_owned());
            info
        });
        reading::describe(ui, &response, inner, state);
        let response = if focused {
            response
        } else {
            any_script_tip(response, engine, self.tip)
        };
        FieldResponse {
            response,
            changed: keys.changed,
            submitted: keys.submitted,
            cancelled: keys.cancelled,
        }
    }

    fn settings(&self, width: f32, scale: f32) -> EditorSettings {
        EditorSettings {
            style: Style {
                size: self.style.size,
                line_height: self.style.line_height,
                bold: self.style.bold,
                ..Style::default()
            },
            scale,
            width: (width - 2.0 * PADDING.x).max(1.0),
            multiline: self.lines > 1,
            ..EditorSettings::default()
        }
    }

    fn height(&self, editor: &Editor) -> f32 {
        let line = self.style.size * self.style.line_height;
        let words = if self.lines > 1 {
            editor.height().clamp(line * self.lines as f32, line * MOST_LINES)
        } else {
            line
        };
        (words + 2.0 * PADDING.y).ceil()
    }
}

/// Whether a text field had the focus in this frame or the one before: then letters, Ctrl+Z, and the like are its
/// own.
pub fn is_typing(ctx: &Context) -> bool {
    let seen: Option<(u64, Id)> = ctx.data(|data| data.get_temp(typing_id()));
    seen.is_some_and(|(pass, id)| {
        ctx.cumulative_pass_nr().saturating_sub(pass) <= 1 && ctx.memory(|memory| memory.has_focus(id))
    })
}

fn mark_typing(ctx: &Context, id: Id) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(typing_id(), (pass, id)));
}

fn typing_id() -> Id {
    Id::unique("hashiya typing")
}

/// Keeps the caret's line inside a field of several lines; one without the focus shows its first lines.
fn scroll_to_caret(state: &mut FieldState, inner: Rect, focused: bool) {
    if !focused {
        state.scrolled = 0.0;
        return;
    }
    let Some(editor) = &state.editor else { return };
    let caret = editor.caret();
    let last = (editor.height() - inner.height()).max(0.0);
    state.scrolled = state
        .scrolled
        .clamp((caret.bottom() - inner.height()).max(0.0), caret.y.max(0.0))
        .min(last);
}
