//! The folded form of titles and ids that the list's filter looks in.

pub(super) use crate::text::fold;

/// The column of an article that the filter looks in.
pub(super) fn haystack(id: &str, title: Option<&str>) -> String {
    // A line feed is in no id, so a query cannot match across the two.
    format!("{}\n{}", fold(title.unwrap_or_default()), fold(id))
}
