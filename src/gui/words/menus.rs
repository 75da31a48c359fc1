//! Words of context menus that no action of the table has.

use super::NOT_NOW;

/// Where a row is opened.
pub const OPEN_ARTICLE: &str = "Open";
/// Puts the id of an article on the clipboard.
pub const COPY_ARTICLE_ID: &str = "Copy id";
/// Why an article cannot be opened.
pub const OPEN_ALREADY: &str = "the article is open";
/// Why an article cannot be put to a status.
pub const SO_ALREADY: &str = "it is so already";
/// What only the open article can be asked for.
pub const OPEN_FIRST: &str = "open the article first";
/// Where the list shows the work of somebody else.
pub const NOT_OWN_LIST: &str = "the list shows the work of another annotator: open the article first";
/// Goes to what a note is about.
pub const GO_TO_NOTED: &str = "Go to what it is about";
/// Goes to what a problem is about.
pub const GO_TO_PROBLEM: &str = "Go to it";
/// Uses a label while words are selected.
pub const TAG_WITH: &str = "Tag the selected words";
/// Uses a label while a span is selected.
pub const GIVE_TO_SPAN: &str = "Give it to the selected span";
/// Uses a label while nothing is selected.
pub const ARM: &str = "Arm it for the next drags";
/// Uses an armed label.
pub const DISARM: &str = "Disarm it";
/// Gives words a label beside the one that they have.
pub const SECOND_LABEL: &str = "As a second label";
/// Opens the codebook at a label.
pub const EDIT_LABEL: &str = "Edit label…";
/// Why a label cannot be the second one.
pub const NOTHING_TO_LABEL: &str = "select words or a span first";
/// Why a relation cannot get a type.
pub const OF_THIS_TYPE: &str = "the relation is of this type";
/// Why a relation cannot be turned round.
pub const ONE_WAY: &str = "the codebook allows this relation in this direction only";
/// Where a key asks for a menu and nothing is there that has one.
pub const NO_MENU_HERE: &str = "nothing here has a menu: go to the text or to a list first";
/// Where a key asks for the menu of a row and the list has none at hand.
pub const NO_ROW_AT_HAND: &str = "choose a row of the list first";

/// Why the list of all commands does not open where it is looked for in it.
pub const PALETTE_IS_OPEN: &str = "it is open";

/// The theme that is shown.
pub const fn light_or_dark(is_dark: bool) -> &'static str {
    if is_dark { "dark" } else { "light" }
}

/// One of several that exclude each other, where it is the one that holds.
pub fn in_force(name: &str) -> String {
    format!("{name} (now)")
}

/// Why an entry of a menu can do nothing.
pub fn not_now(reason: &str) -> String {
    format!("{NOT_NOW} {reason}.")
}

/// Makes one of the selected span and another one.
pub fn merge_span_with(quote: &str) -> String {
    format!("Merge with {}", super::quoted(quote))
}

/// Goes to the span from which a relation starts.
pub fn go_to_start(quote: &str) -> String {
    format!("Go to its start: “\u{2068}{quote}\u{2069}”")
}

/// Goes to the span to which a relation leads.
pub fn go_to_end(quote: &str) -> String {
    format!("Go to its end: “\u{2068}{quote}\u{2069}”")
}
