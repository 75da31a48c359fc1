//! What the view of one article remembers between frames; nothing of it is saved with the project.

use crate::model::{LabelId, SpanId};
use crate::text::{ByteOffset, ByteRange};

/// Selection, selected span, armed label.
#[derive(Clone, Debug, Default)]
pub struct ArticleState {
    anchor: ByteOffset,
    focus: ByteOffset,
    selected_span: Option<SpanId>,
    armed: Option<LabelId>,
}

impl ArticleState {
    /// The selected text; empty where there is only a caret.
    pub fn selection(&self) -> ByteRange {
        ByteRange::between(self.anchor, self.focus)
    }

    /// Selects text from outside, such as after undo.
    pub fn set_selection(&mut self, anchor: ByteOffset, focus: ByteOffset) {
        (self.anchor, self.focus) = (anchor, focus);
    }

    /// The span that keys and the inspector are about.
    pub fn selected_span(&self) -> Option<&SpanId> {
        self.selected_span.as_ref()
    }

    /// Selects a span from outside, such as from a list.
    pub fn select_span(&mut self, span: Option<SpanId>) {
        self.selected_span = span;
    }

    /// The label that every drag tags with, until Escape.
    pub fn armed(&self) -> Option<&LabelId> {
        self.armed.as_ref()
    }
}
