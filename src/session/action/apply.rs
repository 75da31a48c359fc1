//! What is only a command of `hashiya apply`, or is done beside what it is about.

use super::{Action, Entry};
use crate::session::situation::{article_writable, writable};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::SetAttribute, "set-attribute", "Set attribute", "Set or clear an attribute of a span, relation, event, or article")
        .apply("set_attribute").when(article_writable),
    Entry::new(Action::RestoreProblem, "restore-problem", "Show problem again", "Take back that a problem was dismissed; in the list of problems")
        .apply("restore_problem").when(article_writable),
    Entry::new(Action::SetNote, "set-note", "Change note", "Change the words of a note, settle it, or open it again")
        .apply("set_note").when(article_writable),
    Entry::new(Action::RemoveNote, "remove-note", "Remove note", "Remove a note")
        .apply("remove_note").when(article_writable),
    Entry::new(Action::AddReply, "add-reply", "Reply to note", "Answer a note")
        .apply("add_reply").when(article_writable),
    Entry::new(Action::SetReply, "set-reply", "Change reply", "Change the words of an answer to a note")
        .apply("set_reply").when(article_writable),
    Entry::new(Action::RemoveReply, "remove-reply", "Remove reply", "Remove an answer to a note")
        .apply("remove_reply").when(article_writable),
    Entry::new(Action::SetReview, "set-review", "Review", "Give or take back the verdict on an annotator's work")
        .apply("set_review").when(article_writable),
    Entry::new(Action::RenameAnnotator, "rename-annotator", "Rename annotator", "Give an annotator another name in the whole project; the work carries over")
        .apply("rename_annotator").when(writable),
    Entry::new(Action::SetRelation, "set-relation", "Change relation", "Give a relation another type, or turn it round")
        .apply("set_relation").when(article_writable),
    Entry::new(Action::RemoveEvent, "remove-event", "Remove event", "Remove an event; in the sheet of events: Ctrl+Delete")
        .apply("remove_event").when(article_writable),
    Entry::new(Action::SetEvent, "set-event", "Change event", "Give an event another type or trigger")
        .apply("set_event").when(article_writable),
    Entry::new(Action::SetFiller, "set-filler", "Change filler", "Change what fills a role of an event, mark it inferred, or write why; in the sheet of events: Enter, i, n")
        .apply("set_filler").when(article_writable),
    Entry::new(Action::RemoveFiller, "remove-filler", "Remove filler", "Take a span or a value out of a role of an event; in the sheet of events: Delete")
        .apply("remove_filler").when(article_writable),
    Entry::new(Action::MoveEvent, "move-event", "Move event", "Put an event before or behind another one; in the sheet of events: Ctrl+Up and Ctrl+Down")
        .apply("move_event").when(article_writable),
    Entry::new(Action::DuplicateEvent, "duplicate-event", "Duplicate event", "Record an event again behind the first; in the sheet of events: Ctrl+D")
        .apply("duplicate_event").when(article_writable),
    Entry::new(Action::MergeEvents, "merge-events", "Merge events", "Make one event of several; in the sheet of events: m, of the marked ones or with the next")
        .apply("merge_events").when(article_writable),
    Entry::new(Action::Batch, "batch", "Batch", "Several commands as one transaction, all or nothing")
        .apply("batch").when(writable),
];
