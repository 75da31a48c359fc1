//! The words around guidelines; what a guideline says stands in the codebook.

/// The pane.
pub const GUIDELINES: &str = "Guidelines";
/// What the codebook says on one thing.
pub const GUIDELINE: &str = "Guideline";
/// The whole of them.
pub const GUIDELINES_ALL: &str = "Whole codebook";
/// Before the name of the thing at hand.
pub const GUIDELINES_BACK: &str = "Back to";
/// Puts the pane away.
pub const GUIDELINES_CLOSE: &str = "Close guidelines";
/// The heading of the whole codebook.
pub const CODEBOOK: &str = "Codebook";
/// Its parts.
pub const ARTICLE_LABELS: &str = "Labels of the whole article";
/// Where nobody wrote one.
pub const NO_GUIDELINE: &str = "No guideline is written for this yet.";
/// Where a codebook has nothing at all.
pub const EMPTY_CODEBOOK: &str = "The codebook is empty.";
/// An attribute that done work must have.
pub const REQUIRED: &str = "required";
/// Before the choices of an attribute.
pub const CHOICES: &str = "Choices:";

/// "key 3".
pub fn guideline_key(key: &str) -> String {
    format!("key {key}")
}

/// "from Casualty to Actor".
pub fn from_to(from: &str, to: &str) -> String {
    format!("from {from} to {to}")
}

/// "filled by Actor, Location; at least 1, at most 3".
pub fn filled_by(labels: &str, min: u32, max: Option<u32>) -> String {
    let bounds = match (min, max) {
        (0, None) => "any number".to_owned(),
        (0, Some(max)) => format!("at most {max}"),
        (min, None) => format!("at least {min}"),
        (min, Some(max)) if min == max => format!("exactly {max}"),
        (min, Some(max)) => format!("{min} to {max}"),
    };
    format!("filled by {labels}; {bounds}")
}

/// What an attribute takes, in words.
pub const fn attribute_type(kind: crate::model::AttributeType) -> &'static str {
    use crate::model::AttributeType;
    match kind {
        AttributeType::Text => "text",
        AttributeType::Integer => "whole number",
        AttributeType::Number => "number",
        AttributeType::Boolean => "yes or no",
        AttributeType::Choice => "one choice",
        AttributeType::Choices => "several choices",
        AttributeType::Date => "date",
        AttributeType::Quantity => "figure",
        AttributeType::Entity => "entity with a name",
    }
}

/// In the tip of a label, where its guideline is longer.
pub fn guideline_more(key: &str) -> String {
    format!("More in the guidelines  {key}")
}

/// Where the list of articles has no room beside the guidelines, with the key that shows it.
pub fn list_made_room(key: Option<&str>) -> String {
    let list = "The list of articles makes room for the guidelines";
    key.map_or_else(
        || list.to_owned(),
        |key| format!("{list}; {key} shows it instead"),
    )
}
