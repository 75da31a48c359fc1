//! Words about events: the sheet, the menu that adds a span, the table of all events.

use super::sentence;
use crate::model::AttributeType;

/// The column and the role-like name of the words that name an event.
pub const TRIGGER: &str = "Trigger";
/// The heading of the sheet, and of its first column.
pub const EVENTS: &str = "Events";
/// One of them.
pub const EVENT: &str = "Event";
/// While words are being selected by a drag that has come over the sheet.
pub const DRAG_SELECTS: &str =
    "This drag selects words. To carry a span, hold Alt, or drag its label or its row in the list";
/// The handle of a row.
pub const ROW_HANDLE: &str = "Drag to move the row · Ctrl+Up, Ctrl+Down";
/// What the keys of the sheet do.
pub const SHEET_KEYS: &str = "Enter fills · Del empties · i inferred · n note · Ctrl+Up, Down moves · Ctrl+D duplicates · Space marks · m merges the marked, or with the next · Ctrl+Del removes";
/// The empty row at the end of the sheet.
pub const NEW_EVENT: &str = "New event";
/// Closes the sheet.
pub const HIDE_EVENTS: &str = "Hide events";
/// The heading of the menu beside a span.
pub const ADD_TO_EVENT: &str = "Add to event";
/// The field above what can fill a role.
pub const PICK: &str = "Find a span, or type a value";
/// The field above the types of events.
pub const PICK_TYPE: &str = "Find a type of events";
/// Where nothing that was typed can stand.
pub const NOTHING_FITS: &str = "No span of this article fits";
/// Where nothing that can be chosen has the typed words.
pub const NO_CHOICE: &str = "No choice has these words";
/// Takes a value away.
pub const NOTHING_HERE: &str = "No value";
/// Takes the trigger away.
pub const NO_TRIGGER: &str = "No trigger";
/// The field for the note on a filler.
pub const FILLER_NOTE: &str = "Why it fills the role";
/// The mark of what was concluded.
pub const INFERRED: &str = "inferred";
/// Entries of the menus of the sheet.
pub const MARK_INFERRED: &str = "Inferred, not read";
/// Writes a note on a filler.
pub const WRITE_NOTE: &str = "Note…";
/// Takes a filler out.
pub const TAKE_OUT: &str = "Take out of the role";
/// Goes to the words of a filler.
pub const SHOW_IN_TEXT: &str = "Show in the text";
/// Opens the list of what can stand in a cell.
pub const FILL_CELL: &str = "Fill…";
/// Moves a row.
pub const MOVE_UP: &str = "Move up";
/// Moves a row.
pub const MOVE_DOWN: &str = "Move down";
/// Why the first row goes no further.
pub const IS_FIRST_EVENT: &str = "this is the first event";
/// Why the last row goes no further.
pub const IS_LAST_EVENT: &str = "this is the last event";
/// Records an event again.
pub const DUPLICATE: &str = "Duplicate";
/// Marks a row.
pub const MARK_FOR_MERGE: &str = "Mark for a merge";
/// Merges the marked rows, or two.
pub const MERGE: &str = "Merge";
/// Removes a row.
pub const REMOVE_EVENT: &str = "Remove event";
/// Nothing is missing.
pub const COMPLETE: &str = "complete";
/// A row that is marked for a merge.
pub const MARKED: &str = "marked";
/// Where there is nothing to be merged with.
pub const NOTHING_TO_MERGE_EVENTS: &str =
    "no event stands below this one; mark two or more first, by “Mark for a merge” in their menus or Space";
/// Where the codebook knows no events.
pub const NO_EVENT_TYPES: &str = "the codebook has no event types";
/// The sign at the edge of a table behind which columns lie.
pub const COLUMNS_BEFORE: &str = "More columns at the left";
/// The same.
pub const COLUMNS_BEHIND: &str = "More columns at the right";
/// Where a span fits nowhere.
pub const FITS_NO_EVENT: &str = "no event and no role takes this span";
/// Where a role cannot have that span.
pub const ROLE_REFUSES: &str = "the role does not take this span";
/// Where a role can have no more.
pub const ROLE_IS_FULL: &str = "the role has all that it takes: take something out of it first";

/// Where the article has none: how the first one begins, with the key that adds a span.
pub fn no_events(key: Option<&str>) -> String {
    let way = match key {
        Some(key) => format!("Select a span and press {key}, or drag one"),
        None => "Drag a span".to_owned(),
    };
    format!(
        "No event yet. {way} into the empty row: by its label under the text, by its row in the list of spans, or by \
         its words with Alt held."
    )
}

/// Where the codebook has no type that an event could be of, with the key of the codebook.
pub fn no_event_types(key: Option<&str>) -> String {
    let key = key.map(|key| format!(" ({key})")).unwrap_or_default();
    format!(
        "An event is of a type, and the codebook has no event types yet: add one under Edit, Codebook{key}."
    )
}

/// How spans come into the sheet, with the key that puts them there.
pub fn sheet_adds(key: Option<&str>) -> String {
    let drag = "by its label, its row, or its words with Alt held";
    match key {
        Some(key) => format!("{key} adds the selected span, or drag it here {drag}"),
        None => format!("Drag a span here {drag}"),
    }
}

/// The field above what can be a value of a type.
pub const fn pick_value(wanted: Option<AttributeType>) -> &'static str {
    match wanted {
        Some(AttributeType::Choice | AttributeType::Choices | AttributeType::Boolean) => "Find a choice",
        Some(AttributeType::Quantity) => "Type a figure, in figures or in words",
        Some(AttributeType::Date) => "Type a date, in figures or in words",
        Some(AttributeType::Integer | AttributeType::Number) => "Type a number",
        _ => "Find or type a value",
    }
}

/// Values of a type as they can be typed; none where anything can.
pub const fn example(wanted: AttributeType) -> Option<&'static str> {
    match wanted {
        AttributeType::Quantity => Some("12, 40–60, more than 50 civilians"),
        AttributeType::Date => Some("2022-01-20, 2022-01, 20 January 2022"),
        AttributeType::Integer => Some("12"),
        AttributeType::Number => Some("12.5"),
        _ => None,
    }
}

/// How a value can be written, while nothing is typed.
pub fn write_such_as(example: &str) -> String {
    format!("Write such as {example}")
}

/// What an event lacks.
pub fn missing(what: &str) -> String {
    format!("missing: {what}")
}

/// A typed value that can fill a role.
pub fn as_value(typed: &str) -> String {
    format!("“{typed}” as a value")
}

/// A typed value with what was read from it: `“plus de 50 civils”: more than 50 · civilians`.
pub fn typed_as(typed: &str, read: &str) -> String {
    format!("“{typed}”: {read}")
}

/// The same for a figure of which some who are counted have no name in the codebook.
pub fn typed_without(typed: &str, read: &str, unnamed: &[String]) -> String {
    if unnamed.is_empty() {
        return typed_as(typed, read);
    }
    format!(
        "{}, without {}: not in the codebook",
        typed_as(typed, read),
        unnamed.join(", ")
    )
}

/// A typed value that is taken by the letter, although a figure or a date stands in it.
pub fn as_text(typed: &str) -> String {
    format!("“{typed}” as text")
}

/// A typed value that can only be taken by the letter.
pub fn as_text_unread(typed: &str, wanted: AttributeType) -> String {
    format!("“{typed}” as text; {} is read in it", nothing_of(wanted))
}

/// Where typed words are no value of an attribute.
pub fn nothing_read(wanted: AttributeType) -> String {
    let Some(example) = example(wanted) else {
        return NO_CHOICE.to_owned();
    };
    format!(
        "{} is read in it; write such as {example}",
        sentence(nothing_of(wanted))
    )
}

const fn nothing_of(wanted: AttributeType) -> &'static str {
    match wanted {
        AttributeType::Quantity => "no figure",
        AttributeType::Date => "no date",
        _ => "no number",
    }
}

/// The handle of a row, for assistive technology.
pub fn move_row(event: &str) -> String {
    format!("Move {event}")
}

/// Read aloud when a row is marked for a merge, or no longer.
pub fn marked(event: &str, is_marked: bool) -> String {
    format!("{event}: {}", if is_marked { MARKED } else { "not marked" })
}

/// The entry that merges an event with the one below it.
pub fn merge_with(next: &str) -> String {
    format!("{MERGE} with {next}, below")
}

/// The entry that merges the events that are marked.
pub fn merge_marked(count: usize) -> String {
    format!("{MERGE} the {count} marked events")
}

/// A place for a span: `Place of Incident 2`.
pub fn offer_role(role: &str, number: usize, kind: &str) -> String {
    format!("{role} of {kind} {number}")
}

/// A new event with a span in a role.
pub fn offer_new(role: &str, kind: &str) -> String {
    format!("New {kind}: {role}")
}

/// A cell, for assistive technology.
pub fn cell(event: &str, column: &str, content: &str) -> String {
    if content.is_empty() {
        format!("{event}, {column}: empty")
    } else {
        format!("{event}, {column}: {content}")
    }
}

/// The menu beside a span, read aloud when it opens.
pub fn add_menu(first: &str, count: usize) -> String {
    format!("{ADD_TO_EVENT}: {count} places; Enter takes {first}")
}

/// The heading of the table of all events.
pub const ALL_EVENTS: &str = "All events";
/// The filter for fillers.
pub const FILLER_FILTER: &str = "Words of a filler";
/// No restriction to a type.
pub const ANY_TYPE: &str = "Any type";
/// No restriction to an annotator.
pub const ANY_ANNOTATOR: &str = "Any annotator";
/// The filter for types.
pub const EVENT_TYPE: &str = "Event type";
/// Only those that lack something.
pub const INCOMPLETE_ONLY: &str = "Incomplete only";
/// The pages of the table.
pub const NEXT_PAGE: &str = "Next page";
/// The pages of the table.
pub const PREVIOUS_PAGE: &str = "Previous page";
/// Where no event answers to the filters.
pub const NO_EVENTS_FOUND: &str = "No event answers to these filters";
/// Where there are no events at all.
pub const NO_EVENTS_YET: &str =
    "No events yet. Record them in the sheet of events of an article: View, Events pane.";
/// While the table looks on.
pub const LOOKING_ON: &str = "Looking…";
/// Above the notes of an event.
pub const NOTE_ON_EVENT: &str = "Note on the event";
/// The column of articles.
pub const ARTICLE: &str = "Article";
/// The column of annotators.
pub const ANNOTATOR_COLUMN: &str = "Annotator";

/// How many events a page shows.
pub fn events_shown(count: usize) -> String {
    super::counted(count, "event", "events")
}

/// The heading over the values of an event of a type.
pub fn event_of(kind: &str) -> String {
    format!("{EVENT} · {kind}")
}
