//! Numbers with their nouns, for messages.

/// A number with its noun: `1 span`, `2 spans`.
pub fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
