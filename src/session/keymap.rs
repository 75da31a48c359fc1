//! Which keys do what: the table's keys with the analyst's own laid over them, and where two of them meet.
//!
//! Knows no window; labels' keys belong to the codebook and are given where they count.

use std::collections::BTreeMap;

use super::action::{Action, Reach, table};
use super::shortcut::Shortcut;

/// The keys of all actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The actions whose keys are not those of the table.
    changed: BTreeMap<Action, Vec<Shortcut>>,
}

/// A key of an action that does not do it, or not everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyConflict {
    /// Whose key.
    pub action: Action,
    /// Which.
    pub shortcut: Shortcut,
    /// What it meets.
    pub with: Rival,
}

/// What a key meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rival {
    /// Another action with the same key.
    Action(Action),
    /// A label of the codebook with this key, which goes first in the article.
    Label(char),
    /// Copying, cutting, and pasting.
    Clipboard,
    /// Typing, which a key that acts everywhere would eat.
    Typing,
}

impl Keymap {
    /// The table's keys with lists of one's own, by the id of the action. What is not known or cannot be read is passed
    /// over: a file of another version must not keep the window from opening.
    pub fn new<'a>(lists: impl IntoIterator<Item = (&'a String, &'a Vec<String>)>) -> Self {
        let mut keymap = Self::default();
        for (id, list) in lists {
            let entry = table().iter().find(|entry| entry.id == id.as_str());
            let shortcuts: Vec<Shortcut> = list.iter().filter_map(|words| Shortcut::parse(words)).collect();
            if let Some(entry) = entry.filter(|_| shortcuts.len() == list.len()) {
                keymap.set(entry.action, shortcuts);
            }
        }
        keymap
    }

    /// The keys of an action, the one to be shown first.
    pub fn of(&self, action: Action) -> &[Shortcut] {
        self.changed
            .get(&action)
            .map_or(action.entry().shortcuts, Vec::as_slice)
    }

    /// The first key of an action, as it is written; empty where it has none.
    pub fn first(&self, action: Action) -> String {
        self.of(action)
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    /// All keys of an action, as they are written.
    pub fn all(&self, action: Action) -> String {
        let keys: Vec<String> = self.of(action).iter().map(ToString::to_string).collect();
        keys.join(", ")
    }

    /// Whether an action has other keys than those of the table.
    pub fn is_changed(&self, action: Action) -> bool {
        self.changed.contains_key(&action)
    }

    /// Gives an action these keys and no other.
    pub fn set(&mut self, action: Action, shortcuts: Vec<Shortcut>) {
        if shortcuts == action.entry().shortcuts {
            self.changed.remove(&action);
        } else {
            self.changed.insert(action, shortcuts);
        }
    }

    /// Takes a key from an action.
    pub fn take(&mut self, action: Action, shortcut: Shortcut) {
        let left = self
            .of(action)
            .iter()
            .copied()
            .filter(|key| *key != shortcut)
            .collect();
        self.set(action, left);
    }

    /// What is not as in the table, by the id of the action, as preferences keep it.
    pub fn lists(&self) -> BTreeMap<String, Vec<String>> {
        let written = |keys: &Vec<Shortcut>| keys.iter().map(ToString::to_string).collect();
        let one = |(action, keys): (&Action, &Vec<Shortcut>)| (action.entry().id.to_owned(), written(keys));
        self.changed.iter().map(one).collect()
    }

    /// Where keys meet each other, the labels with these keys, the clipboard, or typing; in the order of the table.
    pub fn conflicts(&self, labels: &[char]) -> Vec<KeyConflict> {
        let mut users: BTreeMap<Shortcut, Vec<Action>> = BTreeMap::new();
        for entry in table() {
            for shortcut in self.presses(entry.action) {
                users.entry(shortcut).or_default().push(entry.action);
            }
        }
        let of_action = |action: Action| {
            let users = &users;
            self.presses(action).into_iter().flat_map(move |shortcut| {
                let others = users.get(&shortcut).into_iter().flatten();
                let others = others
                    .filter(move |other| **other != action)
                    .map(|other| Rival::Action(*other));
                let outside = outside_rival(action, shortcut, labels);
                outside.into_iter().chain(others).map(move |with| KeyConflict {
                    action,
                    shortcut,
                    with,
                })
            })
        };
        table().iter().flat_map(|entry| of_action(entry.action)).collect()
    }

    /// Everything that can be pressed for an action: its keys, and with Shift those that move the caret.
    fn presses(&self, action: Action) -> Vec<Shortcut> {
        let keys = self.of(action).iter().copied();
        if action.entry().moves {
            keys.flat_map(|key| [key, key.shift()]).collect()
        } else {
            keys.collect()
        }
    }
}

/// What a key meets beside other actions.
fn outside_rival(action: Action, shortcut: Shortcut, labels: &[char]) -> Option<Rival> {
    let entry = action.entry();
    if shortcut.ctrl && !shortcut.alt && !shortcut.shift && matches!(shortcut.key, "C" | "X" | "V") {
        let is_its_own = entry.shortcuts.contains(&shortcut);
        return (!is_its_own).then_some(Rival::Clipboard);
    }
    if entry.reach == Reach::Window {
        return shortcut.types().then_some(Rival::Typing);
    }
    let plain = !shortcut.ctrl && !shortcut.alt && !shortcut.shift;
    let written = shortcut.to_string();
    let label = labels
        .iter()
        .find(|label| label.to_uppercase().eq(written.chars()));
    label.filter(|_| plain).map(|label| Rival::Label(*label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rivals(keymap: &Keymap, labels: &[char], action: Action) -> Vec<Rival> {
        let all = keymap.conflicts(labels).into_iter();
        all.filter(|conflict| conflict.action == action)
            .map(|conflict| conflict.with)
            .collect()
    }

    #[test]
    fn the_table_has_no_conflict_with_itself_nor_with_the_default_codebook() {
        assert_eq!(Keymap::default().conflicts(&['1', '2', '3', '4', '5']), []);
    }

    #[test]
    fn what_was_set_is_kept_by_the_action_and_the_tables_own_keys_are_not_kept() {
        let mut keymap = Keymap::default();
        keymap.set(Action::RemoveSpan, vec![Shortcut::key("D")]);
        keymap.set(Action::Undo, Action::Undo.entry().shortcuts.to_vec());
        let lists = keymap.lists();
        assert_eq!(lists.len(), 1);
        assert_eq!(lists["remove-span"], ["D"]);
        assert_eq!(Keymap::new(&lists), keymap);
        keymap.set(Action::RemoveSpan, Action::RemoveSpan.entry().shortcuts.to_vec());
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn what_cannot_be_read_does_no_harm() {
        let lists = [("remove-span", "Hyper+D"), ("fly-away", "D"), ("undo", "Ctrl+U")];
        let lists = lists.map(|(id, key)| (id.to_owned(), vec![key.to_owned()]));
        let keymap = Keymap::new(lists.iter().map(|(id, list)| (id, list)));
        assert_eq!(keymap.first(Action::Undo), "Ctrl+U");
        assert!(!keymap.is_changed(Action::RemoveSpan), "half a list is none");
    }

    #[test]
    fn two_actions_with_one_key_meet_whatever_their_reach() {
        let mut keymap = Keymap::default();
        keymap.set(Action::NextSpan, vec![Shortcut::key("Z").ctrl()]);
        assert_eq!(
            rivals(&keymap, &[], Action::NextSpan),
            [Rival::Action(Action::Undo)]
        );
        assert_eq!(
            rivals(&keymap, &[], Action::Undo),
            [Rival::Action(Action::NextSpan)]
        );
        keymap.take(Action::Undo, Shortcut::key("Z").ctrl());
        assert_eq!(keymap.conflicts(&[]), []);
        assert_eq!(keymap.first(Action::Undo), "");
    }

    #[test]
    fn the_shift_form_of_a_caret_key_counts_too() {
        let mut keymap = Keymap::default();
        keymap.set(Action::NextSpan, vec![Shortcut::key("Home").shift()]);
        assert_eq!(
            rivals(&keymap, &[], Action::NextSpan),
            [Rival::Action(Action::LineStart)]
        );
    }

    #[test]
    fn labels_the_clipboard_and_typing_go_before_keys() {
        let mut keymap = Keymap::default();
        keymap.set(Action::RemoveSpan, vec![Shortcut::key("D")]);
        assert_eq!(rivals(&keymap, &['d'], Action::RemoveSpan), [Rival::Label('d')]);
        assert_eq!(rivals(&keymap, &['e'], Action::RemoveSpan), []);
        keymap.set(Action::RemoveSpan, vec![Shortcut::key("X").ctrl()]);
        assert_eq!(rivals(&keymap, &[], Action::RemoveSpan), [Rival::Clipboard]);
        keymap.set(Action::Undo, vec![Shortcut::key("U")]);
        assert_eq!(rivals(&keymap, &[], Action::Undo), [Rival::Typing]);
    }
}
