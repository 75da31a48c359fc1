//! What is left in work that was marked done or approved: of an approval it is said only once that is given.
//!
//! Knows snapshots and no window.

use crate::model::{Annotator, ArticleId, Verdict};
use crate::session::Snapshot;

/// What is left in some work.
pub(super) struct Left {
    /// In words.
    pub(super) text: String,
    /// The approval with which it is left, where it is one.
    pub(super) approval: Option<Approval>,
}

/// An approval that was asked for.
pub(super) struct Approval {
    /// Its number among the requests.
    pub(super) request: u64,
    /// What was done when it was asked for.
    pub(super) done: u64,
    /// The work in which article.
    pub(super) article: ArticleId,
    /// Whose.
    pub(super) annotator: Annotator,
}

impl Approval {
    /// Whether it is given or refused by now.
    pub(super) const fn is_answered(&self, newest: &Snapshot) -> bool {
        newest.answered >= self.request
    }

    /// Whether it was given, once it is answered: neither refused nor kept waiting.
    pub(super) fn is_given(&self, newest: &Snapshot) -> bool {
        let shown = newest.article.as_ref();
        let shown = shown.filter(|shown| shown.id == self.article && shown.annotator == self.annotator);
        let is_open = shown.is_some_and(|shown| shown.layer.review != Some(Verdict::Approved));
        let waits = newest.blocked.is_some() || newest.held > 0;
        done_so_far(newest) > self.done && !waits && !is_open
    }
}

/// The number of what was done last.
pub(super) fn done_so_far(snapshot: &Snapshot) -> u64 {
    snapshot.last_done.as_ref().map_or(0, |last| last.counter)
}
