//! Undo and redo of what was typed into one field.
//!
//! A change is a value with the words before and after; what is typed in one go is one change.

use std::ops::Range;

use super::EditorSelection;

/// At most so many changes are kept.
const MOST: usize = 500;

/// What a change was, for changes of one kind join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters typed one after the other.
    Typing,
    /// Graphemes deleted one after the other.
    Deleting,
    /// Everything else, which never joins.
    Other,
}

#[derive(Clone, Debug)]
struct Change {
    at: usize,
    before: String,
    after: String,
    kind: Kind,
    selection_before: EditorSelection,
    selection_after: EditorSelection,
}

/// The changes made and those taken back.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Whether the next change begins anew.
    paused: bool,
}

/// The range to replace, the words to put there, the selection after that.
type Replacement = (Range<usize>, String, EditorSelection);

impl History {
    /// Notes that the words at a place were replaced.
    pub(super) fn push(
        &mut self,
        (at, before, after): (usize, &str, &str),
        kind: Kind,
        (selection_before, selection_after): (EditorSelection, EditorSelection),
    ) {
        self.undone.clear();
        let paused = std::mem::take(&mut self.paused);
        if !paused
            && let Some(last) = self.done.last_mut()
            && last.join(at, before, after, kind)
        {
            last.selection_after = selection_after;
            return;
        }
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(Change {
            at,
            before: before.to_owned(),
            after: after.to_owned(),
            kind,
            selection_before,
            selection_after,
        });
    }

    /// The next change does not join the last one, for the caret moved in between.
    pub(super) fn pause(&mut self) {
        self.paused = true;
    }

    pub(super) fn undo(&mut self) -> Option<Replacement> {
        let change = self.done.pop()?;
        let replacement = (
            change.at..change.at + change.after.len(),
            change.before.clone(),
            change.selection_before,
        );
        self.undone.push(change);
        self.paused = true;
        Some(replacement)
    }

    pub(super) fn redo(&mut self) -> Option<Replacement> {
        let change = self.undone.pop()?;
        let replacement = (
            change.at..change.at + change.before.len(),
            change.after.clone(),
            change.selection_after,
        );
        self.done.push(change);
        self.paused = true;
        Some(replacement)
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Change {
    /// Takes a change up into this one if both are one go: a new word begins a new one.
    fn join(&mut self, at: usize, before: &str, after: &str, kind: Kind) -> bool {
        if kind != self.kind {
            return false;
        }
        match kind {
            Kind::Typing if before.is_empty() && at == self.at + self.after.len() => {
                let new_word =
                    self.after.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace);
                if !new_word {
                    self.after.push_str(after);
                }
                !new_word
            }
            Kind::Deleting if after.is_empty() && self.after.is_empty() && at + before.len() == self.at => {
                self.before.insert_str(0, before);
                self.at = at;
                true
            }
            Kind::Deleting if after.is_empty() && self.after.is_empty() && at == self.at => {
                self.before.push_str(before);
                true
            }
            _ => false,
        }
    }
}
