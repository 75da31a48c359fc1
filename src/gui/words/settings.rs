//! The words of the settings, and of keys that clash.

use super::{NO_ARTICLE_OPEN_HINT, label_name};
use crate::model::{Codebook, LabelId};
use crate::session::action::{Action, Shortcut};
use crate::session::keymap::Clash;

/// The settings.
pub const SETTINGS: &str = "Settings";
/// The page of how articles are shown.
pub const SETTINGS_READING: &str = "Reading";
/// The page of keys.
pub const SETTINGS_KEYS: &str = "Keys";
/// Light or dark.
pub const THEME: &str = "Theme";
/// A theme.
pub const THEME_SYSTEM: &str = "As the system";
/// A theme.
pub const THEME_LIGHT: &str = "Light";
/// A theme.
pub const THEME_DARK: &str = "Dark";
/// Zoom of the article.
pub const TEXT_ZOOM: &str = "Zoom";
/// A step of zoom.
pub const ZOOM_IN: &str = "Larger text";
/// A step of zoom.
pub const ZOOM_OUT: &str = "Smaller text";
/// The first size.
pub const ZOOM_RESET: &str = "Normal size";
/// Zero-width and direction marks.
pub const INVISIBLE: &str = "Invisible characters";
/// Whether they are seen.
pub const INVISIBLE_SHOW: &str = "Show all of them";
/// The filter of the keys.
pub const KEYS_FILTER: &str = "Filter keys";
/// Shown in the empty filter.
pub const KEYS_FILTER_HINT: &str = "Find a command or a key…";
/// The list of commands with their keys.
pub const KEYS_LIST: &str = "Commands and their keys";
/// Where the filter leaves nothing.
pub const NO_KEYS_FOUND: &str = "No command and no key of that name";
/// Where an action has no key.
pub const NO_KEY: &str = "No key";
/// Records a key instead of those there are.
pub const CHANGE_KEY: &str = "Change…";
/// From the help to the settings of keys.
pub const CHANGE_KEYS: &str = "Change keys…";
/// Records one more key.
pub const ADD_KEY: &str = "Add a key…";
/// Gives an action its first keys again.
pub const RESET_KEY: &str = "Reset";
/// Gives every action its first keys again.
pub const RESET_ALL: &str = "Reset all";
/// The same, asked for again.
pub const RESET_ALL_SURE: &str = "Reset all keys now";
/// Beside an action whose keys are not the first ones.
pub const CHANGED: &str = "changed";
/// Below the prompt while a key is recorded.
pub const RECORD_HINT: &str =
    "It replaces the keys there are. Delete: no key at all. Esc: leave it as it is.";
/// The same where a key is added.
pub const RECORD_ADD_HINT: &str = "It is added to the keys there are. Esc: leave it as it is.";
/// Records again.
pub const ANOTHER_KEY: &str = "Press another key";
/// A key that means two things.
pub const CONFLICT: &str = "conflict";
/// Several of them.
pub const CONFLICTS: &str = "conflicts";
/// Where the keys of labels come from.
pub const LABEL_KEYS_FROM: &str =
    "The keys of labels are the codebook’s, so that everyone on a project has the same.";
/// What to do about keys that mean two things.
pub const KEYS_CONFLICT_HINT: &str = "The settings show what each clashes with, and change it.";

/// What to do about preferences that cannot be saved.
pub const PREFERENCES_HINT: &str =
    "Make room on the disk, or make the folder of preferences writable; About says where it is.";

/// Why preferences cannot be saved.
pub fn preferences_not_saved(cause: &std::io::Error) -> String {
    format!("What you chose for the window cannot be saved for the next start: {cause}.")
}

/// "Press the new key for “Undo”".
pub fn press_key_for(action: &str) -> String {
    format!("Press the new key for “{action}”")
}

/// How to get rid of an armed label.
pub fn disarm(key: &str) -> String {
    format!("{key} to disarm")
}

/// How to open an article where none is open.
pub fn no_article_open_hint(key: Option<&str>) -> String {
    match key {
        Some(key) => format!("Choose one in the list, or press {key}."),
        None => NO_ARTICLE_OPEN_HINT.to_owned(),
    }
}

/// "Take Ctrl+Z from “Undo”".
pub fn take_key(key: &str, action: &str) -> String {
    format!("Take {key} from “{action}”")
}

/// What a key clashes with, as it stands behind the key.
pub fn clash(clash: &Clash, codebook: Option<&Codebook>) -> String {
    let label = |id: &LabelId| match codebook {
        Some(codebook) => label_name(codebook, id).to_owned(),
        None => id.to_string(),
    };
    match clash {
        Clash::Action(other) => format!("also “{}”", action_name(*other)),
        Clash::Selecting(other) => format!("keeps “{}” from selecting with Shift", action_name(*other)),
        Clash::WithShift(other) => format!("with Shift it is “{}” and does not select", action_name(*other)),
        Clash::Label(id) => format!(
            "the label “{}” has it, which goes first in the article",
            label(id)
        ),
        Clash::SecondLabel(id) => format!("“{}” can then not be added as a second label", label(id)),
        Clash::Clipboard => "copies, cuts, or pastes, and cannot do anything else".to_owned(),
        Clash::Typing => {
            "types or moves; a key for the whole window has Ctrl or Alt, or is an F key".to_owned()
        }
    }
}

/// What settles the clashes of a key that is taken all the same; none where it would never act.
pub fn settle(clashes: &[Clash], shortcut: Shortcut) -> Option<String> {
    let never = |clash: &Clash| matches!(clash, Clash::Clipboard | Clash::Typing | Clash::Label(_));
    if clashes.iter().any(never) {
        return None;
    }
    let losers: Vec<String> = clashes
        .iter()
        .filter_map(|clash| clash.taken_from(shortcut))
        .map(|(other, _)| format!("“{}”", action_name(other)))
        .collect();
    Some(if losers.is_empty() {
        "Use it all the same".to_owned()
    } else {
        format!("Take it from {}", losers.join(", "))
    })
}

/// At the start, where keys of the preferences mean two things: which ones.
pub fn keys_in_conflict(keys: &[String]) -> String {
    format!(
        "Some of your keys mean two things or never act: {}.",
        keys.join(", ")
    )
}

fn action_name(action: Action) -> &'static str {
    action.entry().name.trim_end_matches('…')
}

/// "110 %".
pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
