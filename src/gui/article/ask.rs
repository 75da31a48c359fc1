//! What was asked of the session and is not drawn yet: a span that is being made, edges that were moved.
//!
//! The disk answers after a while, and an analyst in haste does not wait for it. So what was asked for counts as the
//! present state, and what needs a span that is still to come waits for it. Knows nothing of the session but numbers
//! by which it says how many requests it has answered.

use crate::model::{LabelId, Ranges, SpanId};

use super::act::ArticleAct;
use super::edges::Moved;
use super::output::ArticleOutput;
use super::page::Page;
use super::state::ArticleState;

/// What is on its way.
#[derive(Default)]
pub(super) struct Pending {
    /// A span that was asked for and is selected as soon as the layer has it.
    pub tagged: Option<Tagged>,
    /// The newest place of a span whose edges were moved.
    pub moved: Option<Moved>,
    /// What was done to the span that is still to come, in order.
    pub later: Vec<ArticleAct>,
}

/// A span that was asked for.
pub(super) struct Tagged {
    /// Where.
    pub ranges: Ranges,
    /// Under which label.
    pub label: LabelId,
    /// The number of the request, once it was sent.
    pub request: Option<u64>,
}

impl ArticleState {
    /// The span was asked for by the request of this number.
    pub fn tag_sent(&mut self, request: u64) {
        if let Some(tagged) = &mut self.pending.tagged {
            tagged.request = Some(request);
        }
    }

    /// The newest place of a span was asked for by the request of this number.
    pub fn move_sent(&mut self, request: u64) {
        if let Some(moved) = &mut self.pending.moved {
            moved.sent(request);
        }
    }

    /// So many requests were answered, and the page shows what came of them.
    pub fn answered(&mut self, count: u64) {
        let pending = &mut self.pending;
        if let Some(moved) = &mut pending.moved
            && moved.is_answered(count)
        {
            pending.moved = None;
        }
        let is_answered = |tagged: &mut Tagged| tagged.request.is_some_and(|request| request <= count);
        if pending.tagged.take_if(is_answered).is_some() {
            // The span was refused, and so is what was to be done to it.
            pending.later.clear();
        }
    }

    /// Selects the span that was asked for, where the layer has it now.
    pub(super) fn take_tagged(&mut self) {
        let Some(tagged) = &self.pending.tagged else {
            return;
        };
        let Some(span) = self.index.same(&tagged.ranges, &tagged.label) else {
            return;
        };
        let id = Some(span.id.clone());
        self.pending.tagged = None;
        if self.selection().is_empty() {
            self.selected_span = id;
        } else {
            // Other words were selected meanwhile; they can still be added to it.
            self.join = id;
        }
    }

    /// Whether an act has to wait for the span that is being made, or for another act that waits.
    pub(super) fn has_to_wait(&self, act: &ArticleAct) -> bool {
        let Pending { tagged, later, .. } = &self.pending;
        tagged.is_some() && (!later.is_empty() || (act.is_about_span() && self.selection().is_empty()))
    }

    /// Does what has waited for a span that is there now.
    pub(super) fn catch_up(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let mut outputs = Vec::new();
        if self.pending.tagged.is_none() {
            for act in std::mem::take(&mut self.pending.later) {
                outputs.extend(self.perform(page, act));
            }
        }
        outputs
    }

    /// Where a span is, or will be when what was asked for is done.
    pub(super) fn ranges_of(&self, id: &SpanId) -> Option<Ranges> {
        match &self.pending.moved {
            Some(moved) if moved.span == *id => Some(moved.ranges.clone()),
            _ => self.index.get(id).map(|span| span.ranges.clone()),
        }
    }

    /// Where a span is drawn while an edge of it is dragged or its move is on the way to the disk.
    pub(super) fn moved_ranges(&self, id: &SpanId) -> Option<&Ranges> {
        let moved = self.pending.moved.as_ref();
        moved.filter(|moved| moved.span == *id).map(|moved| &moved.ranges)
    }
}
