//! What a later change does to verdicts: a span that is changed is no longer reviewed, and work that its own annotator
//! goes on with is no longer approved.
//!
//! The verdicts go in the same transaction as the change, so that its undo brings them back.

use std::sync::Arc;

use crate::model::{Annotator, Change, Layer, LayerEdit, Span, Verdict};

/// Takes away the verdicts that edits of a layer make void.
pub(super) fn withdraw(layer: &Layer, whose: &Annotator, author: &Annotator, edits: &mut Vec<LayerEdit>) {
    let changes_work = edits.iter().any(is_work);
    edits.iter_mut().for_each(withdraw_from_span);
    // A reviewer's own correction leaves the approval as it is: it is hers to give.
    let by_annotator = whose == author;
    let has_verdict = edits.iter().any(|edit| matches!(edit, LayerEdit::Review(_)));
    if changes_work && by_annotator && !has_verdict && layer.review == Some(Verdict::Approved) {
        edits.push(LayerEdit::Review(Change::remove(Verdict::Approved)));
    }
}

/// Whether it changes what was annotated. A note says something about it, and a status or a flag where it stands.
fn is_work(edit: &LayerEdit) -> bool {
    match edit {
        LayerEdit::Span(_, change) => !is_only_review(change),
        LayerEdit::Relation(..) | LayerEdit::Event(..) | LayerEdit::Label(..) => true,
        LayerEdit::Note(..)
        | LayerEdit::Status(_)
        | LayerEdit::Review(_)
        | LayerEdit::Flag(_)
        | LayerEdit::Dismissal(..)
        | LayerEdit::Extra(_) => false,
    }
}

fn withdraw_from_span(edit: &mut LayerEdit) {
    let LayerEdit::Span(_, change) = edit else {
        return;
    };
    let Some(after) = &mut change.after else {
        return;
    };
    // A part that is cut off a span is new, whatever was said of the whole.
    let is_void = change
        .before
        .as_ref()
        .is_none_or(|before| before.review == after.review && before != after);
    if is_void && after.review.is_some() {
        Arc::make_mut(after).review = None;
    }
}

/// Whether nothing but the verdict on the span is another.
fn is_only_review(change: &Change<Arc<Span>>) -> bool {
    let (Some(before), Some(after)) = (&change.before, &change.after) else {
        return false;
    };
    before.review != after.review
        && **after
            == Span {
                review: after.review.clone(),
                ..Span::clone(before)
            }
}
