//! Words of the manual's pane.

/// The pane.
pub const HELP: &str = "Help";
/// Puts the pane away.
pub const HELP_CLOSE: &str = "Close help";
/// Goes to the page before.
pub const HELP_BACK: &str = "Back";
/// Shows the list of pages.
pub const HELP_CONTENTS: &str = "Contents";
/// The field above the pages.
pub const HELP_SEARCH: &str = "Search the manual";
/// In the empty field.
pub const HELP_SEARCH_HINT: &str = "Search…";
/// The list of pages.
pub const HELP_PAGES: &str = "Pages";
/// The list of what was found.
pub const HELP_FOUND: &str = "Found";
/// Where nothing was found.
pub const HELP_NOTHING: &str = "No page has these words";
/// On the first screen, below the name of the first page.
pub const HELP_BEGIN: &str = "Read in the manual how to mark the first words and get them out";
/// The page of all keys.
pub const ALL_KEYS: &str = "All commands and keys";
/// What stands there at first.
pub const ALL_KEYS_INTRO: &str = "Single keys act while the text has the focus, those of review in review mode. Commands… finds any of them by name.";

/// What assistive technology calls the page.
pub fn help_page(title: &str) -> String {
    format!("{HELP}: {title}")
}
