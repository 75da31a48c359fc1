//! Which keys do what: the table of actions with the analyst's own keys laid over it.
//!
//! It knows no window and no file: own keys come and go as rows of words, of which only those that differ from the
//! table are kept. A row that it cannot read does nothing, and is written again as it came.

mod conflict;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub use conflict::{Clash, Conflict};

use super::action::{Action, Entry, Shortcut, table};

/// Own keys as they are written: the id of an action, and its shortcuts in words.
pub type KeyRows = BTreeMap<String, Vec<String>>;

/// The keys of every action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    keys: BTreeMap<Action, Vec<Shortcut>>,
    changed: BTreeSet<Action>,
    /// Rows, or words of rows, that meant nothing: of a newer version, or mistyped.
    unread: KeyRows,
}

impl Default for Keymap {
    fn default() -> Self {
        Self {
            keys: table()
                .iter()
                .map(|entry| (entry.action, first_keys(entry)))
                .collect(),
            changed: BTreeSet::new(),
            unread: KeyRows::new(),
        }
    }
}

impl Keymap {
    /// The keys of the table, as nobody changed them.
    pub fn defaults() -> &'static Self {
        static DEFAULTS: LazyLock<Keymap> = LazyLock::new(Keymap::default);
        &DEFAULTS
    }

    /// The keys with these rows laid over them.
    pub fn from_rows(rows: KeyRows) -> Self {
        let mut keymap = Self::default();
        for (id, words) in rows {
            keymap.read_row(id, words);
        }
        keymap
    }

    /// What differs from the table, and what could not be read.
    pub fn rows(&self) -> KeyRows {
        let mut rows = KeyRows::new();
        for action in &self.changed {
            let words = self.of(*action).iter().map(ToString::to_string).collect();
            rows.insert(action.entry().id.to_owned(), words);
        }
        for (id, words) in &self.unread {
            rows.entry(id.clone()).or_default().extend(words.iter().cloned());
        }
        rows
    }

    /// The keys of an action; the first one is shown.
    pub fn of(&self, action: Action) -> &[Shortcut] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Whether the analyst gave it other keys than the table.
    pub fn is_changed(&self, action: Action) -> bool {
        self.changed.contains(&action)
    }

    /// Whether any action has other keys than the table.
    pub fn is_any_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Gives an action these keys and no others.
    pub fn set(&mut self, action: Action, mut shortcuts: Vec<Shortcut>) {
        let mut seen = BTreeSet::new();
        shortcuts.retain(|shortcut| seen.insert(*shortcut));
        if shortcuts == first_keys(action.entry()) {
            self.changed.remove(&action);
        } else {
            self.changed.insert(action);
        }
        self.keys.insert(action, shortcuts);
        // Words that were not understood belong to the keys that are now gone.
        self.unread.remove(action.entry().id);
    }

    /// Gives an action a key beside those it has.
    pub fn add(&mut self, action: Action, shortcut: Shortcut) {
        let mut shortcuts = self.of(action).to_vec();
        shortcuts.push(shortcut);
        self.set(action, shortcuts);
    }

    /// Takes a key from an action.
    pub fn remove(&mut self, action: Action, shortcut: Shortcut) {
        let mut shortcuts = self.of(action).to_vec();
        shortcuts.retain(|own| *own != shortcut);
        self.set(action, shortcuts);
    }

    /// Gives an action the keys of the table again.
    pub fn reset(&mut self, action: Action) {
        self.set(action, first_keys(action.entry()));
    }

    /// Gives every action the keys of the table again.
    pub fn reset_all(&mut self) {
        for action in std::mem::take(&mut self.changed) {
            self.reset(action);
        }
    }

    fn read_row(&mut self, id: String, words: Vec<String>) {
        let entry = table().iter().find(|entry| entry.id == id && entry.takes_keys());
        let Some(entry) = entry else {
            self.unread.insert(id, words);
            return;
        };
        let read: Vec<Shortcut> = words.iter().filter_map(|words| words.parse().ok()).collect();
        // An empty list says that there is no key; a list of riddles says nothing.
        if !read.is_empty() || words.is_empty() {
            self.set(entry.action, read);
        }
        let riddles: Vec<String> = words
            .into_iter()
            .filter(|words| words.parse::<Shortcut>().is_err())
            .collect();
        if !riddles.is_empty() {
            self.unread.insert(id, riddles);
        }
    }
}

/// The keys of the table, each by the one name of its key.
fn first_keys(entry: &Entry) -> Vec<Shortcut> {
    entry
        .shortcuts
        .iter()
        .map(|shortcut| shortcut.canonical())
        .collect()
}
