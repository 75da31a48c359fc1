//! What the window says once what was asked for is on disk: what waits for the disk is not said.

use crate::model::{LabelId, Layer, SpanId};
use crate::text::ByteRange;

/// What is said once a request is answered, where it was done.
pub(super) struct WillSay {
    /// The number of the request.
    pub(super) request: u64,
    /// By what of the article it is known whether it was done.
    pub(super) sign: Sign,
    /// The words.
    pub(super) text: String,
}

/// What the article has when what was asked for is done.
pub(super) enum Sign {
    /// This place is tagged.
    Tagged(ByteRange, LabelId),
    /// The span has this label.
    Labelled(SpanId, LabelId),
    /// The span has no value that nobody confirmed.
    Confirmed(SpanId),
    /// The spans are no longer there.
    Gone(Vec<SpanId>),
}

impl Sign {
    /// Whether a layer shows it.
    pub(super) fn is_in(&self, layer: &Layer) -> bool {
        match self {
            Self::Tagged(place, label) => layer.spans.with_hull(*place).any(|span| span.label == *label),
            Self::Labelled(span, label) => {
                let span = layer.spans.get(span);
                span.is_some_and(|span| span.label == *label)
            }
            Self::Confirmed(span) => {
                let span = layer.spans.get(span);
                span.is_some_and(|span| span.unconfirmed.is_empty())
            }
            Self::Gone(spans) => spans.iter().all(|span| layer.spans.get(span).is_none()),
        }
    }
}
