//! A dismissal goes together with what it is about, whatever takes that away.
//!
//! Knows edits of one layer only, and neither commands nor the codebook.

use super::ItemKind;
use crate::model::{Change, Layer, LayerEdit, ProblemKey};

/// Adds to edits that remove items those that remove the dismissals about them.
pub fn forget_dismissals(layer: &Layer, edits: &mut Vec<LayerEdit>) {
    if layer.dismissed.is_empty() {
        return;
    }
    let gone: Vec<(ItemKind, String)> = edits.iter().filter_map(removed).collect();
    let is_gone = |key: &&ProblemKey| gone.iter().any(|(kind, id)| key.is_about(*kind, id));
    let forgotten = layer.dismissed.iter().filter(is_gone);
    let forgotten: Vec<LayerEdit> = forgotten
        .map(|key| LayerEdit::Dismissal(key.clone(), Change::remove(())))
        .collect();
    edits.extend(forgotten);
}

/// The item that an edit removes.
fn removed(edit: &LayerEdit) -> Option<(ItemKind, String)> {
    fn gone<T>(change: &Change<T>) -> bool {
        change.after.is_none()
    }
    match edit {
        LayerEdit::Span(id, change) if gone(change) => Some((ItemKind::Span, id.to_string())),
        LayerEdit::Relation(id, change) if gone(change) => Some((ItemKind::Relation, id.to_string())),
        LayerEdit::Event(id, change) if gone(change) => Some((ItemKind::Event, id.to_string())),
        LayerEdit::Note(id, change) if gone(change) => Some((ItemKind::Note, id.to_string())),
        _ => None,
    }
}
