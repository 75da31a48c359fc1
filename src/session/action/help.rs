//! Actions of the Help menu.

use super::Menu::Help;
use super::{Action, Entry, ctrl, key};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::Palette, "palette", "Commands…", "Find any command by its name")
        .menu(Help, 0).keys(&[ctrl("K")]),
    Entry::new(Action::ShowShortcuts, "shortcuts", "Keyboard shortcuts", "Show all keys")
        .menu(Help, 0).keys(&[key("F1")]),
    Entry::new(Action::About, "about", "About Hashiya", "Show version, folders, and licence")
        .menu(Help, 1),
];
