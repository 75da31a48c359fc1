//! The state of a text field: its words, caret, selection, history, and what an input method composes.
//!
//! Each paragraph of it is a [`Layout`](super::Layout) with a base direction of its own, so no line break ever stands inside one.
//! Drawing, key bindings, the clipboard, and a hint shown while it is empty are the window's business.

mod change;
mod history;
mod place;
#[cfg(test)]
mod tests;

use std::ops::Range;

use history::{History, Kind};
pub use place::EditorParagraph;

use super::geometry::Caret;
use super::style::Style;
use crate::text::{ByteOffset, ByteRange, Direction};

/// How a field is set.
#[derive(Clone, Debug, PartialEq)]
pub struct EditorSettings {
    /// Type and size.
    pub style: Style,
    /// Physical pixels per logical pixel.
    pub scale: f32,
    /// Width of the field in logical pixels. Several lines wrap at it; a single one scrolls inside it.
    pub width: f32,
    /// Whether a line break can be typed.
    pub multiline: bool,
    /// The direction of an empty field.
    pub direction: Direction,
    /// The language of what is typed.
    pub lang: Option<String>,
}

impl Default for EditorSettings {
    fn default() -> Self {
        Self {
            style: Style::READING.with_size(14.0),
            scale: 1.0,
            width: 240.0,
            multiline: false,
            direction: Direction::LeftToRight,
            lang: None,
        }
    }
}

/// A step of the field's caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorStep {
    /// One grapheme to the left on the screen.
    Left,
    /// One grapheme to the right on the screen.
    Right,
    /// One line up; to the start where there is none.
    Up,
    /// One line down; to the end where there is none.
    Down,
    /// One word to the left on the screen.
    WordLeft,
    /// One word to the right on the screen.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of all.
    TextStart,
    /// To the end of all.
    TextEnd,
}

/// From where the selection was begun to where its caret is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditorSelection {
    /// Where it was begun.
    pub anchor: Caret,
    /// Where the caret is.
    pub focus: Caret,
}

/// A text field's state.
#[derive(Clone, Debug)]
pub struct Editor {
    /// With what is being composed.
    text: String,
    settings: EditorSettings,
    selection: EditorSelection,
    preedit: Option<ByteRange>,
    /// What stands where the input method composes, until it is done.
    covered: Covered,
    /// What was kept of a composition that was interrupted.
    accepted: Option<String>,
    history: History,
    /// The x that the caret keeps to while it goes up and down.
    goal: Option<f32>,
    /// After a double click: the word that the selection always holds.
    word: Option<ByteRange>,
    /// Empty while the text or the settings are newer than the layouts.
    paragraphs: Vec<place::Placed>,
    /// How far a line that is too long is moved, in logical pixels.
    shift: f32,
    /// Whether such a line shows its start, wherever the caret is.
    shows_start: bool,
}

/// The selection that an input method composes over: its words, which are not shown meanwhile.
#[derive(Clone, Debug, Default)]
struct Covered {
    words: String,
    selection: EditorSelection,
}

impl EditorSelection {
    /// The selected range, empty where there is only a caret.
    pub fn range(self) -> ByteRange {
        ByteRange::between(self.anchor.offset, self.focus.offset)
    }

    fn caret(at: Caret) -> Self {
        Self {
            anchor: at,
            focus: at,
        }
    }
}

impl Editor {
    /// A field that holds a text, with the caret at its end.
    pub fn new(text: &str, settings: EditorSettings) -> Self {
        let mut editor = Self {
            text: String::new(),
            settings,
            selection: EditorSelection::default(),
            preedit: None,
            covered: Covered::default(),
            accepted: None,
            history: History::default(),
            goal: None,
            word: None,
            paragraphs: Vec::new(),
            shift: 0.0,
            shows_start: false,
        };
        editor.set_text(text);
        editor
    }

    /// Other words from outside; forgets the history and puts the caret at the end.
    pub fn set_text(&mut self, text: &str) {
        self.text = self.allowed(text);
        self.preedit = None;
        self.covered = Covered::default();
        self.accepted = None;
        self.history = History::default();
        self.moved_to(Caret::upstream(self.end()));
        self.paragraphs.clear();
    }

    /// How it is set.
    pub fn settings(&self) -> &EditorSettings {
        &self.settings
    }

    /// Sets it otherwise.
    pub fn set_settings(&mut self, settings: EditorSettings) {
        if settings != self.settings {
            self.settings = settings;
            self.paragraphs.clear();
        }
    }

    /// Drops the layouts, for other fonts have come.
    pub fn fonts_changed(&mut self) {
        self.paragraphs.clear();
    }

    /// Whether a line that is too long shows its start instead of the caret: as long as nobody is in the field.
    pub fn show_start(&mut self, shows: bool) {
        self.shows_start = shows;
    }

    /// The words, without what is being composed.
    pub fn text(&self) -> String {
        let Some(preedit) = self.preedit else {
            return self.text.clone();
        };
        let before = self.text.get(..preedit.start().get()).unwrap_or_default();
        let after = self.text.get(preedit.end().get()..).unwrap_or_default();
        format!("{before}{}{after}", self.covered.words)
    }

    /// The words as they are drawn, with what is being composed.
    pub fn shown(&self) -> &str {
        &self.text
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The selection, in offsets of [`Self::shown`].
    pub fn selection(&self) -> EditorSelection {
        self.selection
    }

    /// What is being composed, in offsets of [`Self::shown`].
    pub fn preedit(&self) -> Option<ByteRange> {
        self.preedit
    }

    /// Selects from one offset to another of [`Self::shown`], as far as they are places of it.
    pub fn select(&mut self, anchor: ByteOffset, focus: ByteOffset) {
        let is_place = |at: ByteOffset| self.text.is_char_boundary(at.get());
        if self.preedit.is_some() || !is_place(anchor) || !is_place(focus) {
            return;
        }
        self.moved_to(self.beside(focus));
        self.selection.anchor = self.beside(anchor);
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.clear_preedit();
        self.moved_to(Caret::upstream(self.end()));
        self.selection.anchor = Caret::default();
    }

    /// The selected words; `None` where there are none.
    pub fn copy(&self) -> Option<String> {
        let range = self.selection.range();
        let words = self.text.get(range.as_usize())?;
        (!range.is_empty()).then(|| words.to_owned())
    }

    /// Takes the selected words out and gives them; `None` where there are none.
    pub fn cut(&mut self) -> Option<String> {
        self.clear_preedit();
        let words = self.copy()?;
        self.replace(self.selection.range(), "", Kind::Other);
        Some(words)
    }

    /// Takes back the last change of the text; whether there was one.
    pub fn undo(&mut self) -> bool {
        self.clear_preedit();
        let Some((range, words, selection)) = self.history.undo() else {
            return false;
        };
        self.restore(range, &words, selection);
        true
    }

    /// Makes the change that was taken back last once more; whether there was one.
    pub fn redo(&mut self) -> bool {
        self.clear_preedit();
        let Some((range, words, selection)) = self.history.redo() else {
            return false;
        };
        self.restore(range, &words, selection);
        true
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is something to make once more.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    fn restore(&mut self, range: Range<usize>, words: &str, selection: EditorSelection) {
        if self.text.get(range.clone()).is_some() {
            self.text.replace_range(range, words);
        }
        self.selection = selection;
        self.goal = None;
        self.word = None;
        self.paragraphs.clear();
    }

    fn end(&self) -> ByteOffset {
        ByteOffset::new(self.text.len())
    }

    fn moved_to(&mut self, caret: Caret) {
        self.history.pause();
        self.selection = EditorSelection::caret(caret);
        self.goal = None;
        self.word = None;
    }

    /// What of a text may stand in this field: no line break in a single line, one kind of line break in several.
    fn allowed(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n");
        let breaks = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
        let instead = if self.settings.multiline { "\n" } else { " " };
        text.replace(breaks, instead)
    }
}
