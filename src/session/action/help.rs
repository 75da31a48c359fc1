//! Actions of the Help menu.

use super::Menu::Help;
use super::{Action, Entry, Opens, ctrl, key};
use crate::session::situation::project;

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::Palette, "palette", "Commands…", "Find any command by its name")
        .opens(Opens::Dialog).menu(Help, 0).keys(&[ctrl("K")]),
    Entry::new(Action::Help, "help", "Help", "Open the manual at the page that fits, or go to it; from within, put it away")
        .menu(Help, 0).keys(&[key("F1")]),
    Entry::new(Action::ShowShortcuts, "shortcuts", "Keyboard shortcuts", "Show all commands and keys in the manual")
        .menu(Help, 0).keys(&[key("F1").shift()]),
    Entry::new(Action::Guidelines, "guidelines", "Guidelines", "Show or hide what the codebook says on the armed label, on the selected span, or on all it has")
        .menu(Help, 0).keys(&[key("F2")]).when(project),
    Entry::new(Action::About, "about", "About Hashiya", "Show version, folders, and licence")
        .opens(Opens::Message).menu(Help, 1),
];
