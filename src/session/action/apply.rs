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
    Entry::new(Action::SetReview, "set-review", "Review", "Give or take back the verdict on an annotator's work")
        .apply("set_review").when(article_writable),
    Entry::new(Action::RenameAnnotator, "rename-annotator", "Rename annotator", "Give an annotator another name in the whole project; the work carries over")
        .apply("rename_annotator").when(writable),
    Entry::new(Action::AddRelation, "add-relation", "Add relation", "Link a span to a span")
        .apply("add_relation").when(article_writable),
    Entry::new(Action::RemoveRelation, "remove-relation", "Remove relation", "Remove a link between spans")
        .apply("remove_relation").when(article_writable),
    Entry::new(Action::AddEvent, "add-event", "Add event", "Record an event with its roles")
        .apply("add_event").when(article_writable),
    Entry::new(Action::RemoveEvent, "remove-event", "Remove event", "Remove an event")
        .apply("remove_event").when(article_writable),
    Entry::new(Action::Batch, "batch", "Batch", "Several commands as one transaction, all or nothing")
        .apply("batch").when(writable),
];
