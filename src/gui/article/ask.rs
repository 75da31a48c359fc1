//! What was asked of the session and is not drawn yet: a span that is being made, edges that were moved.
//!
//! The disk answers after a while, and an analyst in haste does not wait for it. So what was asked for counts as the
//! present state, and what needs a span that is still to come waits for it. Knows nothing of the session but numbers
//! by which it says how many requests it has answered.

use crate::model::{LabelId, Ranges, SpanId};
use crate::session::action::Action;
use crate::text::ByteRange;

use super::act::ArticleAct;
use super::edges::Moved;
use super::input_keys::Meaning;
use super::state::ArticleState;

/// What is on its way.
#[derive(Default)]
pub(super) struct Pending {
    /// A span that was asked for and is selected as soon as the layer has it.
    pub tagged: Option<Tagged>,
    /// The newest place of each span that was moved, the one moved last at the end.
    pub moved: Vec<Moved>,
    /// What gives spans another shape: a merge, a split, an undo.
    pub awaited: Option<Awaited>,
    /// What was pressed for spans that are still to come, and all behind it, in order.
    pub later: Vec<Meaning>,
    /// What was pressed behind the key that opens the menu of events, before that is open.
    pub for_menu: Vec<egui::Event>,
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

/// Something that was asked for, and the number of its request, once it was sent.
pub(super) struct Awaited {
    request: Option<u64>,
}

impl Pending {
    /// What spans there are and where is known only when the session has answered.
    fn is_open(&self) -> bool {
        self.tagged.is_some() || self.awaited.is_some()
    }
}

impl ArticleState {
    /// The span was asked for by the request of this number.
    pub fn tag_sent(&mut self, request: u64) {
        if let Some(tagged) = &mut self.pending.tagged {
            tagged.request = Some(request);
        }
    }

    /// The newest place of a span was asked for by the request of this number.
    pub fn move_sent(&mut self, span: &SpanId, request: u64) {
        for moved in self.pending.moved.iter_mut().filter(|moved| moved.span == *span) {
            moved.sent(request);
        }
    }

    /// The request of this number gives spans another shape, or moves the caret: all keys wait for its answer.
    pub fn wait_for(&mut self, request: u64) {
        self.pending.awaited = Some(Awaited {
            request: Some(request),
        });
    }

    /// The same for what is sent only at the end of the frame.
    pub(super) fn wait_for_sending(&mut self) {
        self.pending.awaited = Some(Awaited { request: None });
    }

    /// So many requests were answered, and the page shows what came of them.
    pub fn answered(&mut self, count: u64) {
        let pending = &mut self.pending;
        let is_answered = |request: Option<u64>| request.is_some_and(|request| request <= count);
        pending.moved.retain(|moved| !moved.is_answered(count));
        pending.awaited.take_if(|awaited| is_answered(awaited.request));
        if pending
            .tagged
            .take_if(|tagged| is_answered(tagged.request))
            .is_some()
        {
            // The span was refused, and so is what was to be done to it.
            pending.later.clear();
        }
    }

    /// Whether keys wait for an answer of the session, so that whatever is asked for next has to wait as well.
    pub fn is_waiting(&self) -> bool {
        !self.pending.later.is_empty() || !self.pending.for_menu.is_empty()
    }

    /// Selects the span that was asked for, where the layer has it now.
    pub(super) fn take_tagged(&mut self) {
        let Some(tagged) = &self.pending.tagged else {
            return;
        };
        let Some(span) = self.index.same(&tagged.ranges, &tagged.label) else {
            return;
        };
        let (id, label) = (span.id.clone(), span.label.clone());
        self.pending.tagged = None;
        self.take_up_span(id.clone());
        self.made_armed = (self.armed == Some(label)).then_some(id);
    }

    /// Whether what was pressed has to wait for a span that is still to come, or for another press that does.
    pub(super) fn has_to_wait(&self, meaning: &Meaning) -> bool {
        let words = !self.selection().is_empty();
        let needs_span = match meaning {
            Meaning::Act(act) => act.is_about_span(words),
            Meaning::Ask(_) => true,
            Meaning::Move(..) => false,
        };
        let Pending { tagged, awaited, .. } = &self.pending;
        awaited.is_some() || (tagged.is_some() && (needs_span || self.is_waiting()))
    }

    /// Puts an act off where it has to wait; gives it back where it has not.
    pub(super) fn put_off(&mut self, act: ArticleAct) -> Option<ArticleAct> {
        let meaning = Meaning::Act(act);
        if self.has_to_wait(&meaning) {
            self.pending.later.push(meaning);
            return None;
        }
        match meaning {
            Meaning::Act(act) => Some(act),
            Meaning::Ask(_) | Meaning::Move(..) => None,
        }
    }

    /// Whether the menu of events was asked for, and opens only when the session has answered.
    pub fn waits_for_menu(&self) -> bool {
        let mut later = self.pending.later.iter();
        later.any(|meaning| matches!(meaning, Meaning::Ask(Action::AddToEvent)))
    }

    /// Whether something was pressed for a menu that is open by the next frame.
    pub(super) fn is_typing_ahead(&self) -> bool {
        !self.pending.for_menu.is_empty() && !self.waits_for_menu()
    }

    /// What was pressed before the menu of events was open.
    pub fn take_for_menu(&mut self) -> Vec<egui::Event> {
        if self.waits_for_menu() {
            return Vec::new();
        }
        std::mem::take(&mut self.pending.for_menu)
    }

    /// What has waited and can be done now.
    pub(super) fn take_later(&mut self) -> Vec<Meaning> {
        if self.pending.is_open() {
            return Vec::new();
        }
        std::mem::take(&mut self.pending.later)
    }

    /// Where a span is, or will be when what was asked for is done.
    pub(super) fn ranges_of(&self, id: &SpanId) -> Option<Ranges> {
        let known = || self.index.get(id).map(|span| &span.ranges);
        self.moved_ranges(id).or_else(known).cloned()
    }

    /// The span with where it is, or will be.
    pub(super) fn with_ranges(&self, span: Option<SpanId>) -> Option<(SpanId, Ranges)> {
        let id = span?;
        let ranges = self.ranges_of(&id)?;
        Some((id, ranges))
    }

    /// Whether no span touches a range, nor will when what was asked for is done.
    pub(super) fn is_free(&self, range: ByteRange) -> bool {
        let Pending { tagged, moved, .. } = &self.pending;
        let asked = tagged.iter().map(|tagged| &tagged.ranges);
        let mut asked = asked.chain(moved.iter().map(|moved| &moved.ranges));
        let touches = |ranges: &Ranges| {
            let mut ranges = ranges.as_slice().iter();
            ranges.any(|own| own.intersection(range).is_some())
        };
        self.index.touching(range).is_empty() && !asked.any(touches)
    }

    /// Where a span is drawn while an edge of it is dragged or its move is on the way to the disk.
    pub(super) fn moved_ranges(&self, id: &SpanId) -> Option<&Ranges> {
        let mut moved = self.pending.moved.iter();
        let moved = moved.find(|moved| moved.span == *id);
        moved.map(|moved| &moved.ranges)
    }
}
