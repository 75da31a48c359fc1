//! The words of the codebook's editor.

use super::{event_type_name, name_or_id, relation_type_name};
use crate::model::{Codebook, CodebookKey, LabelId};
use crate::session::Uses;

/// Its list.
pub const CODEBOOK_LIST: &str = "Entries of the codebook";
/// Ids of what is new.
pub const NEW_ENTRY_ID: &str = "Id of the new entry";
/// Shown in that empty field.
pub const NEW_ENTRY_HINT: &str = "such as Police action";
/// Adds an entry of the chosen kind.
pub const ADD_ENTRY: &str = "Add";

/// The same button as a screen reader names it, beside a field that many entries have.
pub fn add_to_codebook(what: &str) -> String {
    format!("{ADD_ENTRY}: {what}")
}
/// The kinds of entries, as headings.
pub const KIND_HEADINGS: [&str; 5] = [
    "Labels",
    "Attributes",
    "Relation types",
    "Event types",
    "Article labels",
];
/// A field.
pub const ENTRY_ID: &str = "Id";
/// A field.
pub const ENTRY_COLOR: &str = "Colour";
/// A field.
pub const ENTRY_KEY: &str = "Key";
/// A field.
pub const ENTRY_TYPE: &str = "Type";
/// The attributes that are asked.
pub const ENTRY_ASKS: &str = "Asks";
/// Labels that a relation may start from.
pub const ENTRY_FROM: &str = "From labels (any where none is chosen)";
/// Labels that a relation may lead to.
pub const ENTRY_TO: &str = "To labels (any where none is chosen)";
/// The choices of an attribute.
pub const ENTRY_CHOICES: &str = "Choices";
/// The roles of an event type.
pub const ENTRY_ROLES: &str = "Roles";
/// A field.
pub const NEW_CHOICE: &str = "New choice";
/// A field.
pub const NEW_ROLE: &str = "New role";
/// No longer offered.
pub const RETIRED: &str = "Retired";
/// Takes an entry out.
pub const REMOVE_ENTRY: &str = "Remove";
/// Loses what annotations say.
pub const CLEAR_USES: &str = "Clear them";
/// Buttons at the foot.
pub const IMPORT_TOML: &str = "Import TOML…";
/// Buttons at the foot.
pub const EXPORT_TOML: &str = "Export TOML…";
/// Where the codebook is written to.
pub const EXPORT_CODEBOOK: &str = "Export codebook";
/// Where no change of this look at the codebook is left to take back, or to do again.
pub const NOTHING_TO_TURN: &str = "Nothing that was changed since the codebook was opened is left for that.";
/// Where something came behind the changes of this look at the codebook.
pub const CHANGED_ELSEWHERE: &str = "The last change of the project was made elsewhere. Close the codebook and use “Undo in project” to take it back.";
/// Takes back that something went.
pub const UNDO: &str = "Undo";
/// Before the codebooks that a new project may begin with.
pub const START_FROM: &str = "Start from";
/// Why one of them is not offered.
pub const STARTED_SO: &str = "The codebook is this one already";
/// Until it is known what uses an entry.
pub const COUNTING_USES: &str = "What uses it is being counted…";

/// How the keys go, with the one that takes a change back.
pub fn codebook_keys(undo: Option<&str>) -> String {
    let undo = undo.map(|key| format!(", {key} outside fields takes back"));
    format!(
        "Up and Down choose, Ctrl+Up and Ctrl+Down move, Delete removes; Enter in a field takes it over{}.",
        undo.unwrap_or_default()
    )
}

/// The first name of what was added by an id: `crowd-size` is called “Crowd size”.
pub fn name_of_id(id: &str) -> String {
    super::sentence_start(&id.replace(['-', '_'], " "))
}

/// A name in a language.
pub fn name_in(lang: &str) -> String {
    format!("Name ({lang})")
}

/// A description in a language.
pub fn description_in(lang: &str) -> String {
    format!("Description ({lang})")
}

/// Which codebook this is.
pub fn codebook_version(number: u64, digest: &str) -> String {
    let short: String = digest.chars().take(8).collect();
    format!("Version {number} ({short})")
}

/// What changes of an entry do to annotations, said before they are made.
pub fn consequence(uses: Option<Uses>, key: &CodebookKey, codebook: &Codebook) -> String {
    let Some(uses) = uses else {
        return COUNTING_USES.to_owned();
    };
    if uses == Uses::default() {
        let holder = match key {
            CodebookKey::Label(label) => holder(codebook, label),
            _ => None,
        };
        return match holder {
            Some(holder) => format!(
                "No annotation uses it yet, but {holder} allows no other label: it can be removed once another is allowed there."
            ),
            None => "Nothing uses it yet: it can be changed and removed freely.".to_owned(),
        };
    }
    let changes = match key {
        CodebookKey::Label(_) => "Names, colour, and key change none of them. A new id carries over to all. ",
        CodebookKey::ArticleLabel(_) => "",
        _ => "Names and descriptions change none of them. A new id carries over to all. ",
    };
    format!(
        "{} {changes}Retired, it stays readable and is no longer offered.",
        in_use(uses)
    )
}

/// What of the codebook allows a label and no other.
fn holder(codebook: &Codebook, label: &LabelId) -> Option<String> {
    let is_only = |labels: &[LabelId]| *labels == [label.clone()];
    let mut kinds = codebook.relation_types.iter();
    if let Some(kind) = kinds.find(|kind| is_only(&kind.from) || is_only(&kind.to)) {
        let name = relation_type_name(codebook, &kind.id);
        return Some(format!("relation type “\u{2068}{name}\u{2069}”"));
    }
    codebook.event_types.iter().find_map(|kind| {
        let role = kind.roles.iter().find(|role| is_only(&role.labels))?;
        let (role, kind) = (
            name_or_id(&role.names, role.id.as_str()),
            event_type_name(codebook, &kind.id),
        );
        Some(format!(
            "role “\u{2068}{role}\u{2069}” of event type “\u{2068}{kind}\u{2069}”"
        ))
    })
}

/// That something was taken out.
pub fn part_removed(name: &str) -> String {
    format!("“\u{2068}{name}\u{2069}” was removed.")
}

/// That something was taken out and what used it uses another one.
pub fn part_merged(name: &str, to: &str) -> String {
    format!("“\u{2068}{name}\u{2069}” was merged into “\u{2068}{to}\u{2069}”.")
}

/// Another entry that has the name.
pub fn same_name(id: &str) -> String {
    format!("\u{2068}{id}\u{2069} has this name too.")
}

/// How much uses something.
pub fn in_use(uses: Uses) -> String {
    let verb = if uses.annotations == 1 { "uses" } else { "use" };
    format!(
        "{} in {} {verb} it.",
        super::counted(uses.annotations, "annotation", "annotations"),
        super::counted(uses.articles, "article", "articles"),
    )
}

/// What becomes of the annotations of what goes.
pub fn move_to(uses: Uses) -> String {
    format!(
        "{} Give it another instead, or clear it, in one change that can be undone:",
        in_use(uses)
    )
}
