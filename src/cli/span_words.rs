//! What an annotation says and where, as the command line prints it.

use crate::model::{Article, Attributes, Span};

/// Its ranges in code points, with commas between them.
pub(super) fn places(article: &Article, span: &Span) -> String {
    let ranges = span.ranges.as_slice().iter();
    let places: Vec<String> = ranges
        .filter_map(|range| article.text.char_range(*range))
        .map(|range| format!("{}–{}", range.start(), range.end()))
        .collect();
    places.join(",")
}

/// Its words in one line.
pub(super) fn quote(article: &Article, span: &Span) -> String {
    let quote = span.ranges.quote(&article.text).unwrap_or_default();
    quote.replace(['\n', '\r'], " ")
}

/// Values in a row, each behind two spaces.
pub(super) fn values(attributes: &Attributes) -> String {
    let values = attributes.iter();
    let values: Vec<String> = values
        .map(|(id, value)| format!("  {id}={}", value.to_json()))
        .collect();
    values.concat()
}
