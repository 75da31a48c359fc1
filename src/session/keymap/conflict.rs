//! Keys that mean two things, or that never reach what they were given to.
//!
//! What is found is said in values; their words are the window's.

use std::collections::BTreeMap;

use super::Keymap;
use crate::model::{Codebook, Label, LabelId};
use crate::session::action::{Action, Reach, Shortcut, table};
use crate::session::shortcut::key_of_character;

/// A key that cannot do only what it was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Whose key it is.
    pub action: Action,
    /// The key.
    pub shortcut: Shortcut,
    /// What it clashes with.
    pub with: Clash,
}

/// What a key clashes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Another action has it too.
    Action(Action),
    /// With Shift it would select on the way of that action, which moves the caret.
    Selecting(Action),
    /// The key moves the caret, and with Shift, where it would select, it is that action's.
    WithShift(Action),
    /// A label of the codebook has it, and goes first in the article.
    Label(LabelId),
    /// With Ctrl the key of a label would add a second label, and now does not.
    SecondLabel(LabelId),
    /// Copy, cut, paste.
    Clipboard,
    /// It would act in the whole window and yet be typed.
    Typing,
}

impl Clash {
    /// The action from which the key can be taken to settle it, and which of its keys that is.
    pub fn taken_from(&self, shortcut: Shortcut) -> Option<(Action, Shortcut)> {
        match self {
            Self::Action(other) => Some((*other, shortcut)),
            Self::WithShift(other) => Some((*other, shortcut.shift())),
            _ => None,
        }
    }
}

/// Whose key a press is, and whether Shift was only added to it.
type Presses = BTreeMap<Shortcut, Vec<(Action, bool)>>;

impl Keymap {
    /// Every conflict, those with labels where a codebook is given, in the order of the table.
    pub fn conflicts(&self, codebook: Option<&Codebook>) -> Vec<Conflict> {
        let presses = self.presses();
        let mut conflicts = Vec::new();
        for entry in table() {
            for shortcut in self.of(entry.action) {
                let clashes = clashes(&presses, entry.action, *shortcut, codebook);
                conflicts.extend(clashes.into_iter().map(|with| Conflict {
                    action: entry.action,
                    shortcut: *shortcut,
                    with,
                }));
            }
        }
        conflicts
    }

    /// What a key would clash with if an action had it.
    pub fn clashes(&self, action: Action, shortcut: Shortcut, codebook: Option<&Codebook>) -> Vec<Clash> {
        clashes(&self.presses(), action, shortcut, codebook)
    }

    fn presses(&self) -> Presses {
        let mut presses = Presses::new();
        for entry in table() {
            for shortcut in self.of(entry.action) {
                for (press, shifted) in presses_of(entry.action, *shortcut) {
                    presses.entry(press).or_default().push((entry.action, shifted));
                }
            }
        }
        presses
    }
}

/// The presses that a shortcut answers to.
fn presses_of(action: Action, shortcut: Shortcut) -> Vec<(Shortcut, bool)> {
    let moves = action.entry().moves && !shortcut.shift;
    let mut presses = vec![(shortcut, false)];
    if moves || shortcut.has_free_shift() {
        let other = Shortcut {
            shift: !shortcut.shift,
            ..shortcut
        };
        presses.push((other, moves));
    }
    presses
}

fn clashes(presses: &Presses, action: Action, shortcut: Shortcut, codebook: Option<&Codebook>) -> Vec<Clash> {
    // The action that stands for what the clipboard does has that key in the table.
    let is_its_own = action.entry().shortcuts.contains(&shortcut);
    if is_of_clipboard(shortcut) && !is_its_own {
        return vec![Clash::Clipboard];
    }
    let mut clashes = Vec::new();
    for (press, own_shift) in presses_of(action, shortcut) {
        for (other, its_shift) in presses.get(&press).into_iter().flatten() {
            let clash = match (own_shift, *its_shift) {
                _ if *other == action => continue,
                // Review mode has keys of its own, which go before those of the article.
                _ if is_set_aside(action, *other) => continue,
                // Their plain presses are the same too, and say it.
                (true, true) => continue,
                (true, false) => Clash::WithShift(*other),
                (false, true) => Clash::Selecting(*other),
                (false, false) => Clash::Action(*other),
            };
            if !clashes.contains(&clash) {
                clashes.push(clash);
            }
        }
    }
    let of_window = action.entry().reach == Reach::Window;
    if of_window && shortcut.is_typed() {
        clashes.push(Clash::Typing);
    } else if let Some(label) = codebook.and_then(|codebook| label_of(codebook, shortcut)) {
        if shortcut.ctrl {
            clashes.push(Clash::SecondLabel(label.id.clone()));
        } else if !of_window {
            clashes.push(Clash::Label(label.id.clone()));
        }
    }
    clashes
}

/// Whether one acts in review mode only and the other in the article, so that each has its time.
fn is_set_aside(one: Action, other: Action) -> bool {
    matches!(
        (one.entry().reach, other.entry().reach),
        (Reach::Review, Reach::Article) | (Reach::Article, Reach::Review)
    )
}

/// The label that the press means, or whose second label it adds.
fn label_of(codebook: &Codebook, shortcut: Shortcut) -> Option<&Label> {
    let mut labels = codebook.offered_labels();
    let may_be = !shortcut.shift && !shortcut.alt;
    labels.find(|label| may_be && label.key.and_then(key_of_character) == Some(shortcut.key))
}

/// Copy, cut, and paste come from the system as such, never as keys.
fn is_of_clipboard(shortcut: Shortcut) -> bool {
    let only_ctrl = shortcut.ctrl && !shortcut.shift && !shortcut.alt;
    only_ctrl && matches!(shortcut.key, "C" | "X" | "V")
}
