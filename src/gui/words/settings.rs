//! The words of the settings.

use crate::gui::prefs::ThemeChoice;
use crate::session::keymap::Rival;

/// The dialog of settings and its pages.
pub const SETTINGS: &str = "Settings";
/// How articles are set.
pub const READING: &str = "Reading";
/// Which keys do what.
pub const KEYS: &str = "Keys";
/// The theme.
pub const THEME: &str = "Theme";
/// Zoom of the article's text.
pub const ZOOM: &str = "Zoom";
/// Something is shown.
pub const SHOWN: &str = "shown";
/// The field above the keys.
pub const FIND_KEYS: &str = "Find an action or a key…";
/// Puts other keys in the place of those of an action.
pub const CHANGE_KEY: &str = "Change";
/// Adds keys to those of an action.
pub const ADD_KEY: &str = "Add";
/// Takes all keys from an action.
pub const NO_KEY: &str = "None";
/// Gives an action the keys of the table again.
pub const RESET_KEY: &str = "Reset";
/// Does so for all actions.
pub const RESET_ALL_KEYS: &str = "Reset all keys";
/// While keys are waited for.
pub const PRESS_KEYS: &str = "Press the new keys, or Esc";
/// Takes a key from the action that has it.
pub const TAKE_KEY: &str = "Take it";
/// Where the keys of labels come from.
pub const LABEL_KEYS_FROM: &str =
    "The keys of labels come from the codebook. In the article they go before all others.";
/// Keys of the preferences meet each other.
pub const KEYS_MEET: &str = "Some keys are given twice: see Edit › Settings › Keys";

/// What a key meets.
pub fn key_meets(key: &str, rival: Rival) -> String {
    match rival {
        Rival::Action(other) => format!("{key} is also for “{}”", other.entry().name.trim_end_matches('…')),
        Rival::Label(label) => format!("{key} is the key of a label ({label}), which goes first"),
        Rival::Clipboard => format!("{key} is for copying, cutting, or pasting"),
        Rival::Typing => format!("{key} alone would be lost to typing: hold Ctrl or Alt, or take an F key"),
    }
}

/// A theme.
pub const fn theme(theme: ThemeChoice) -> &'static str {
    match theme {
        ThemeChoice::System => "as the system",
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
    }
}
