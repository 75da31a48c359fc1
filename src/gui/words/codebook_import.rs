//! The words for a codebook before it comes in.

use crate::session::{CodebookStep, Fate, Uses};

/// The title of the dialog.
pub const IMPORT_CODEBOOK: &str = "Import codebook";
/// What the file lacks stays.
pub const IMPORT_ADDS: &str = "Keep what the file does not have";
/// What the file lacks goes.
pub const IMPORT_REPLACES: &str = "Take out what the file does not have; what is in use is retired";
/// Carries it out.
pub const APPLY_CODEBOOK: &str = "Apply";

/// A heading above what becomes of parts.
pub fn fate(fate: Fate, count: usize) -> String {
    let words = match fate {
        Fate::Comes => "Comes in",
        Fate::Changes => "Changes",
        Fate::Retires => "Is retired: kept for what uses it, no longer offered",
        Fate::Goes => "Goes",
    };
    format!("{words} ({count})")
}

/// One part, and how much uses it.
pub fn step(step: &CodebookStep) -> String {
    if step.uses == Uses::default() {
        return step.part.to_string();
    }
    format!("{} · {}", step.part, super::in_use(step.uses))
}
