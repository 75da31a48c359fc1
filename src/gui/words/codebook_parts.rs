//! The words of the parts of an entry in the codebook's editor: choices, roles, wordings, languages, what is new.

use crate::model::{AttributeType, Term, Wording};

/// What kind of entry is added.
pub const NEW_ENTRY_KIND: &str = "Kind of the new entry";
/// What type of attribute is added.
pub const NEW_ENTRY_TYPE: &str = "Type of the new attribute";
/// The kinds of entries, in the order of their headings.
pub const KIND_NAMES: [&str; 5] = [
    "Label",
    "Attribute",
    "Relation type",
    "Event type",
    "Article label",
];
/// Which attribute an article label is of.
pub const NEW_ARTICLE_LABEL: &str = "Attribute to ask of each article";
/// Where all attributes are asked of articles.
pub const NO_ATTRIBUTE_LEFT: &str = "Every attribute is asked of articles already; add an attribute first.";
/// Where there is no entry.
pub const NO_ENTRY_YET: &str = "The codebook is empty. Choose a kind below the list, then type a name.";
/// The code of a language.
pub const NEW_LANGUAGE: &str = "Further language";
/// In that empty field.
pub const NEW_LANGUAGE_HINT: &str = "code, such as es or zh-Hant";
/// What a code is.
pub const A_LANGUAGE_IS: &str = "A code is such as fr, pt-BR, or zh-Hant.";
/// What a field wants.
pub const NOT_A_COUNT: &str = "A whole number is wanted.";
/// Such as.
pub const A_COUNT_IS: &str = "Type digits, such as 12.";
/// What to do about a field.
pub const MEND_FIELD: &str = "Mend the field, then press Enter.";
/// Where what was typed is no id.
pub const BAD_ID: &str = "An id is neither empty nor has it line breaks or other control characters.";
/// What to do about an id.
pub const ANOTHER_ID: &str = "Choose another id.";
/// How many fillers a role needs.
pub const AT_LEAST_MANY: &str = "Fillers at least";
/// How many a role takes.
pub const AT_MOST_MANY: &str = "Fillers at most";
/// In that field where it is empty.
pub const NO_BOUND: &str = "any";
/// Labels of a role.
pub const ROLE_LABELS: &str = "Filled by (any label where none is chosen)";
/// Whether done work must have a value.
pub const ASK_REQUIRED: &str = "Required";
/// What a new annotation has.
pub const DEFAULT: &str = "Starts with";
/// The choices of a quantity.
pub const ENTRY_WHO: &str = "Who is counted";
/// The table of wordings.
pub const WORDINGS: &str = "What words make of their number n, or of a range from a to b";
/// Takes the own rule of a wording away.
pub const USUAL: &str = "Usual";
/// Vague words in the name of a field.
pub const VAGUE: &str = "Vague";
/// The fields of vague words.
pub const VAGUE_BOUNDS: &str = "What vague words come to at least";

/// The button that shows the fields of a part.
pub fn fields_of(name: &str) -> String {
    format!("Fields of {name}")
}

/// The button that moves a part towards the first.
pub fn up(name: &str) -> String {
    format!("Up: {name}")
}

/// The button that moves a part towards the last.
pub fn down(name: &str) -> String {
    format!("Down: {name}")
}

/// The button that asks one more attribute.
pub fn ask_also(name: &str) -> String {
    format!("+ {name}")
}

/// Choices of an attribute whose type has none.
pub fn kept_choices(count: usize) -> String {
    let choices = super::counted(count as u64, "choice is", "choices are");
    format!("Its {choices} kept, and come back with a type that has choices.")
}

/// How many fillers a role has.
pub fn how_many(min: u32, max: Option<u32>) -> String {
    match max {
        None => format!("{min} or more"),
        Some(max) if max == min => format!("exactly {max}"),
        Some(max) => format!("{min} to {max}"),
    }
}

/// Where a code is none.
pub fn no_language(typed: &str) -> String {
    format!("“{typed}” is no code of a language.")
}

/// Where the language of an article is none, with what one is.
pub fn no_language_of_article(typed: &str) -> String {
    format!("{} {A_LANGUAGE_IS}", no_language(typed))
}

/// A wording as it is read in the table.
pub const fn wording(wording: Wording) -> &'static str {
    match wording {
        Wording::Exact => "exact",
        Wording::About => "about",
        Wording::AtLeast => "at least",
        Wording::MoreThan => "more than",
        Wording::AtMost => "at most",
        Wording::LessThan => "less than",
        Wording::Range => "range",
    }
}

/// What a bound comes to.
pub const fn term(term: Term) -> &'static str {
    match term {
        Term::Number => "n",
        Term::Above => "n+1",
        Term::Below => "n–1",
        Term::From => "a",
        Term::To => "b",
    }
}

/// A type of attribute.
pub const fn type_of_attribute(of: AttributeType) -> &'static str {
    match of {
        AttributeType::Text => "text",
        AttributeType::Integer => "integer",
        AttributeType::Number => "number",
        AttributeType::Boolean => "yes or no",
        AttributeType::Choice => "choice",
        AttributeType::Choices => "choices",
        AttributeType::Date => "date",
        AttributeType::Quantity => "quantity",
        AttributeType::Entity => "entity",
    }
}
