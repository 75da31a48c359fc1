//! What is read aloud of what was done.

use super::{counted, quoted, shorten};
use crate::text::Direction;

/// Counted: one relation, several.
pub const RELATION_SMALL: &str = "relation";
/// Several relations.
pub const RELATIONS_SMALL: &str = "relations";
/// Counted: one role of an event, several.
pub const ROLE_SMALL: &str = "role";
/// Several roles.
pub const ROLES_SMALL: &str = "roles";
/// Counted: one note, several.
pub const NOTE_SMALL: &str = "note";
/// Several notes.
pub const NOTES_SMALL: &str = "notes";

/// `Actor “plus de 50 civils”`, to be read aloud.
pub fn named(label: &str, quote: &str) -> String {
    format!("{label} “{quote}”")
}

/// Read aloud when a span was made.
pub fn tagged(span: &str) -> String {
    format!("Tagged {span}")
}

/// Read aloud when a span got another label.
pub fn relabelled(span: &str, label: &str) -> String {
    format!("Relabelled {span} as {label}")
}

/// Said when a span got another label.
pub fn other_label(before: &str, now: &str) -> String {
    format!("\u{2068}{before}\u{2069} › \u{2068}{now}\u{2069}")
}

/// What was done, with the key that takes it back.
pub fn undoes(said: String, undo: Option<&str>) -> String {
    match undo {
        Some(undo) => format!("{said} · {undo} undoes"),
        None => said,
    }
}

/// Read aloud when the edges of a span were moved.
pub fn resized(span: &str) -> String {
    format!("Resized to {span}")
}

/// Said when a span is gone, with what went along: "1 relation", "2 roles".
pub fn removed(span: &str, along: &[String]) -> String {
    match along {
        [] => format!("Removed {span}"),
        [one] => format!("Removed {span}, with {one}"),
        [others @ .., last] => format!("Removed {span}, with {} and {last}", others.join(", ")),
    }
}

/// Said when one span was made of several, by their words, with how many relations that took away.
pub fn merged(quotes: &[String], relations: usize) -> String {
    let said = match quotes {
        [one, other] => format!("Merged {} with {}", quoted(one), quoted(other)),
        several => format!("Merged {} spans", several.len()),
    };
    if relations == 0 {
        return said;
    }
    let relations = counted(relations, RELATION_SMALL, RELATIONS_SMALL);
    format!("{said}, {relations} removed")
}

/// Read aloud when something was taken back.
pub fn undone(what: &str) -> String {
    format!("Undone: {what}")
}

/// Read aloud when something was done again.
pub fn redone(what: &str) -> String {
    format!("Redone: {what}")
}

/// Read aloud when files were written.
pub fn was_saved(what: &str) -> String {
    format!("Saved: {what}")
}

/// Read aloud when nothing can be saved any more.
pub fn not_saving(why: &str) -> String {
    format!("Not saving: {why}")
}

/// Read aloud when something was refused.
pub fn not_done(why: &str) -> String {
    format!("Not done: {why}")
}

/// Read aloud when something went wrong.
pub fn error(what: &str) -> String {
    format!("Error: {what}")
}

/// Read aloud when there is something to know.
pub fn message(what: &str) -> String {
    format!("Message: {what}")
}

/// Read aloud when something is on the clipboard.
pub fn copied(text: &str) -> String {
    format!("Copied: {}", shorten(text, 80))
}

/// Read aloud when another article is open.
pub fn article(title: &str, spans: &str) -> String {
    format!("Article: {title}; {spans}")
}

/// Read aloud when another article is open because the last one is done.
pub fn next_article(title: &str, spans: &str) -> String {
    format!("Next: {title}; {spans}")
}

/// Read aloud when a label is armed, or none any more.
pub fn armed(label: Option<&str>) -> String {
    label.map_or_else(|| "Label disarmed".to_owned(), |label| format!("Armed {label}"))
}

/// Read aloud when the type has another size.
pub fn zoomed(zoom: f32) -> String {
    format!("Text size {:.0} %", zoom * 100.0)
}

/// Said when the article has the direction already that was asked for.
pub const fn direction_already(direction: Option<Direction>) -> &'static str {
    match direction {
        None => "Each paragraph takes its direction from its letters already",
        Some(Direction::LeftToRight) => "The article is set from left to right already",
        Some(Direction::RightToLeft) => "The article is set from right to left already",
    }
}

/// Said when invisible characters are shown and there are none.
pub const NOTHING_INVISIBLE: &str = "This article has none";

/// Said when there is no pane to go to.
pub const NO_OTHER_PANE: &str = "there is no other pane to go to";

/// Read aloud when something is shown or hidden.
pub fn is_shown(name: &str, is_shown: bool) -> String {
    format!("{name}: {}", if is_shown { "shown" } else { "hidden" })
}

/// Words with a capital at their start.
pub fn sentence_start(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// "span 3 of 17".
pub fn span_of(number: usize, total: usize) -> String {
    format!("span {number} of {total}")
}

/// Of a span that is interrupted.
pub fn in_parts(parts: usize) -> String {
    format!("in {parts} parts")
}

/// Of a span inside another one.
pub fn inside(level: usize, outer: &str) -> String {
    format!("level {level}, inside {outer}")
}

/// Before the words of a note that are read aloud.
pub fn note_says(text: &str) -> String {
    format!("note: {text}")
}
