//! What changes a field's words: typing, deleting, and input methods.

use std::ops::Range;

use super::{Covered, Editor, EditorSelection, Kind};
use crate::layout::geometry::Caret;
use crate::text::{ByteOffset, ByteRange, Text};

impl Editor {
    /// Puts words in place of the selection, as typing and pasting do.
    pub fn insert(&mut self, words: &str) {
        self.clear_preedit();
        let words = self.allowed(words);
        let range = self.selection.range();
        if words.is_empty() && range.is_empty() {
            return;
        }
        let one = words.chars().nth(1).is_none() && range.is_empty();
        self.replace(range, &words, if one { Kind::Typing } else { Kind::Other });
    }

    /// Deletes the selection, else the grapheme before the caret.
    pub fn delete_backward(&mut self) {
        self.delete(
            |text, at| ByteRange::between(text.previous_grapheme(at), at),
            Kind::Deleting,
        );
    }

    /// Deletes the selection, else the grapheme after the caret.
    pub fn delete_forward(&mut self) {
        self.delete(
            |text, at| ByteRange::between(at, text.next_grapheme(at)),
            Kind::Deleting,
        );
    }

    /// Deletes the selection, else back to the start of a word.
    pub fn delete_word_backward(&mut self) {
        self.delete(
            |text, at| ByteRange::between(text.previous_word(at), at),
            Kind::Other,
        );
    }

    /// Deletes the selection, else on to the end of a word.
    pub fn delete_word_forward(&mut self) {
        self.delete(|text, at| ByteRange::between(at, text.next_word(at)), Kind::Other);
    }

    /// Shows what an input method is composing, in place of what it composed before, else of the selection. `active` is
    /// the part of it, in characters, that the input method has marked: its caret.
    pub fn set_preedit(&mut self, words: &str, active: Option<Range<usize>>) {
        self.clear_preedit();
        if words.is_empty() {
            return;
        }
        // What is committed from here on belongs to this composition.
        self.accepted = None;
        let selected = self.selection.range();
        let at = selected.start().get();
        self.covered = Covered {
            words: self.text.get(selected.as_usize()).unwrap_or_default().to_owned(),
            selection: self.selection,
        };
        self.text.replace_range(selected.as_usize(), "");
        let words = self.allowed(words);
        self.text.insert_str(at, &words);
        let byte_of = |chars: usize| {
            let found = words.char_indices().nth(chars).map(|(byte, _)| byte);
            ByteOffset::new(at + found.unwrap_or(words.len()))
        };
        let active = active.map_or(words.len()..words.len(), |active| active);
        self.selection = EditorSelection {
            anchor: Caret::upstream(byte_of(active.start.min(active.end))),
            focus: Caret::upstream(byte_of(active.end)),
        };
        let end = ByteOffset::new(at + words.len());
        self.preedit = Some(ByteRange::between(ByteOffset::new(at), end));
        self.changed();
    }

    /// Takes away what is being composed: words and selection are as they were before.
    pub fn clear_preedit(&mut self) {
        let Some(preedit) = self.preedit.take() else {
            return;
        };
        let covered = std::mem::take(&mut self.covered);
        if self.text.get(preedit.as_usize()).is_some() {
            self.text.replace_range(preedit.as_usize(), &covered.words);
        }
        self.selection = covered.selection;
        self.changed();
    }

    /// Puts in what an input method has composed; one step of undo takes it back.
    pub fn commit(&mut self, words: &str) {
        self.clear_preedit();
        // An input method that is interrupted may send what was kept of it once more.
        let again = self.accepted.take().is_some_and(|accepted| accepted == words);
        if !again && !words.is_empty() {
            self.insert(words);
        }
    }

    /// Keeps what is being composed as it is shown, as when the focus goes elsewhere; whether anything was.
    pub fn accept_preedit(&mut self) -> bool {
        let composed = self.preedit.and_then(|preedit| self.text.get(preedit.as_usize()));
        let Some(composed) = composed.map(str::to_owned) else {
            return false;
        };
        self.clear_preedit();
        self.replace(self.selection.range(), &composed, Kind::Other);
        self.accepted = Some(composed);
        true
    }

    /// Deletes so many characters before and after the selection, as an input method may ask; one step of undo brings
    /// them back.
    pub fn delete_surrounding(&mut self, before: usize, after: usize) {
        self.clear_preedit();
        let range = self.selection.range();
        let split = |at: ByteOffset| self.text.split_at_checked(at.get()).unwrap_or_default();
        let ahead = split(range.end()).1.chars().take(after);
        let ahead: usize = ahead.map(char::len_utf8).sum();
        let back = split(range.start()).0.chars().rev().take(before);
        let back: usize = back.map(char::len_utf8).sum();
        if back + ahead > 0 {
            let start = ByteOffset::new(range.start().get() - back);
            let end = ByteOffset::new(range.end().get() + ahead);
            let kept = self.copy().unwrap_or_default();
            self.replace(ByteRange::between(start, end), &kept, Kind::Other);
        }
    }

    /// Replaces words, puts the caret behind the new ones, and notes the change.
    pub(super) fn replace(&mut self, range: ByteRange, words: &str, kind: Kind) {
        let Some(old) = self.text.get(range.as_usize()).map(str::to_owned) else {
            return;
        };
        let selection_before = self.selection;
        self.accepted = None;
        self.text.replace_range(range.as_usize(), words);
        let end = ByteOffset::new(range.start().get() + words.len());
        // Behind a line break the caret stands on the new line.
        let caret = if words.is_empty() || words.ends_with('\n') {
            self.beside(end)
        } else {
            Caret::upstream(end)
        };
        self.selection = EditorSelection::caret(caret);
        let selections = (selection_before, self.selection);
        self.history
            .push((range.start().get(), &old, words), kind, selections);
        self.changed();
    }

    /// After a deletion the caret belongs to what it stands behind, except at the start of a line.
    pub(super) fn beside(&self, at: ByteOffset) -> Caret {
        let before = self.text.get(..at.get()).unwrap_or_default();
        if before.is_empty() || before.ends_with('\n') {
            Caret::downstream(at)
        } else {
            Caret::upstream(at)
        }
    }

    fn delete(&mut self, reach: impl Fn(&Text, ByteOffset) -> ByteRange, kind: Kind) {
        self.clear_preedit();
        let selected = self.selection.range();
        if !selected.is_empty() {
            self.replace(selected, "", Kind::Other);
            return;
        }
        let range = reach(&Text::new(self.text.as_str()), self.selection.focus.offset);
        if !range.is_empty() {
            self.replace(range, "", kind);
        }
    }

    fn changed(&mut self) {
        self.goal = None;
        self.word = None;
        self.paragraphs.clear();
    }
}
