//! What a later change does to verdicts: a span that is changed is no longer reviewed, and work that its own annotator
//! goes on with is no longer approved.
//!
//! The verdicts go in the same transaction as the change, so that its undo brings them back.

use std::sync::Arc;

use super::{Change, Layer, LayerEdit, Span, Verdict};

/// Takes away the verdicts that edits of a layer make void: those on spans that change, and the approval of the whole
/// unless a reviewer corrects it, who may leave it as it is.
pub fn withdraw_verdicts(layer: &Layer, is_correction: bool, edits: &mut Vec<LayerEdit>) {
    let changes_work = edits.iter().any(LayerEdit::is_work);
    edits.iter_mut().for_each(withdraw_from_span);
    let has_verdict = edits.iter().any(|edit| matches!(edit, LayerEdit::Review(_)));
    if changes_work && !is_correction && !has_verdict && layer.review == Some(Verdict::Approved) {
        edits.push(LayerEdit::Review(Change::remove(Verdict::Approved)));
    }
}

impl Layer {
    /// The spans that a reviewer wants changed and nobody has changed or accepted yet, in the order of the text.
    pub fn spans_to_change(&self) -> Vec<&Arc<Span>> {
        let is_asked = |span: &&Arc<Span>| {
            let review = span.review.as_ref();
            review.is_some_and(|review| review.verdict == Verdict::ChangesRequested)
        };
        self.spans.iter().filter(is_asked).collect()
    }
}

impl LayerEdit {
    /// Whether it changes what was annotated. A note says something about it, and a status or a flag where it stands.
    pub fn is_work(&self) -> bool {
        match self {
            Self::Span(_, change) => !is_only_review(change),
            Self::Relation(..) | Self::Event(..) | Self::Label(..) => true,
            Self::Note(..)
            | Self::Status(_)
            | Self::Review(_)
            | Self::Flag(_)
            | Self::Dismissal(..)
            | Self::Extra(_) => false,
        }
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
