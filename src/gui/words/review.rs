//! The words of notes, of review, and of a span's history.

use crate::model::{NoteState, SpanReview, Timestamp, Verdict};

use super::counted;

/// A tab, and the list in it.
pub const NOTES: &str = "Notes";
/// Where the article has no note.
pub const NO_NOTES: &str = "No notes on this article.";
/// Where all are settled and only open ones are shown.
pub const NO_OPEN_NOTES: &str = "No open notes.";
/// A filter of notes.
pub const OPEN_NOTES: &str = "Open";
/// A filter of notes.
pub const ALL_NOTES: &str = "All";
/// In an empty field below a thread.
pub const REPLY_HINT: &str = "Write a reply… (Ctrl+Enter)";
/// The field below a thread.
pub const REPLY: &str = "Reply";
/// Settles a note.
pub const SETTLE: &str = "Settle";
/// Opens a note again.
pub const REOPEN: &str = "Open again";
/// Changes the words of a note or a reply.
pub const CHANGE: &str = "Change";
/// Takes a note or a reply away.
pub const REMOVE: &str = "Remove";
/// What a note is about.
pub const ON_ARTICLE: &str = "On the article";
/// What a note is about.
pub const ON_RELATION: &str = "On a relation";
/// What a note is about.
pub const ON_EVENT: &str = "On an event";
/// Who wrote it, where nobody is named.
pub const NOBODY: &str = "unknown";

/// What to do where there is no note, with the key that writes one.
pub fn no_notes_hint(key: Option<&str>) -> String {
    let what = "writes one on the selected span, or on the article.";
    match key {
        Some(key) => format!("{key} {what}"),
        None => format!("The command Note… {what}"),
    }
}

/// What the annotator's name is for.
pub const ANNOTATOR_HINT: &str = "Your annotations are kept under this name, apart from those of others.";
/// Above the names that the project has.
pub const ANNOTATORS_HERE: &str = "Names in this project";
/// The work so far is another person's.
pub const ANNOTATOR_OTHER: &str = "I am someone else: the work so far stays under its name";
/// The work so far gets the new name.
pub const ANNOTATOR_SAME: &str = "The same person under another name: carry the work over";
/// Why it cannot.
pub const ANNOTATOR_TAKEN: &str =
    "Somebody in this project has this name, whose work is not mixed with yours.";

/// The bar that says whose work is shown.
pub const WORK_BAR: &str = "Whose work";
/// Before the annotator's name.
pub const WORK_OF: &str = "Work of";
/// Before the reviewed annotator's name.
pub const REVIEWING: &str = "Review";
/// All annotators but the reviewer.
pub const EVERYONE: &str = "everyone";
/// Goes back to one's own work.
pub const BACK_TO_OWN: &str = "Back to my work";
/// A button of the review bar.
pub const ACCEPT: &str = "Accept";
/// A button of the review bar.
pub const ASK_TO_CHANGE: &str = "Ask to change";
/// The same where there is little room.
pub const ASK_SHORT: &str = "Ask";
/// A button of the review bar.
pub const APPROVE: &str = "Approve";
/// A button of the review bar.
pub const REQUEST_CHANGES_SHORT: &str = "Request changes";
/// The same where there is little room.
pub const REQUEST_SHORT: &str = "Request";
/// A button of the review bar.
pub const SKIP: &str = "Skip";
/// Of an article with a flag.
pub const IS_FLAGGED: &str = "flagged";
/// A fact about a span: the verdict on it.
pub const REVIEWED: &str = "Review";
/// Leaves review mode.
pub const LEAVE_REVIEW: &str = "Leave";
/// Where the shown work is not one to be reviewed.
pub const NOTHING_TO_REVIEW: &str = "nothing is left to review";
/// In review mode, where the last span has its verdict.
pub const ALL_SPANS_REVIEWED: &str = "Every span has been looked at";

/// A dialog.
pub const REQUEST_CHANGES: &str = "Request changes";
/// What it does.
pub const REQUEST_CHANGES_HINT: &str =
    "The annotator finds the article in progress again, with this note and the verdict on it.";
/// Its field.
pub const WHAT_TO_CHANGE: &str = "What is to be changed";

/// A filter of the list.
pub const FILTER_REVIEW: &str = "Review, flags, notes";
/// It lets all through.
pub const ANY_REVIEW: &str = "Any review";
/// One of its choices.
pub const UNREVIEWED: &str = "Not reviewed";
/// One of its switches.
pub const FLAGGED: &str = "Flagged";
/// One of its switches.
pub const WITH_OPEN_NOTES: &str = "With open notes";
/// A filter of the list.
pub const FILTER_ANNOTATOR: &str = "Whose work is listed";

/// A dialog.
pub const SPAN_HISTORY: &str = "Span history";
/// Before what a span was.
pub const BEFORE: &str = "before";
/// Before what a span became.
pub const AFTER: &str = "after";
/// Of a change that was undone later.
pub const TAKEN_BACK: &str = "taken back later";
/// While the journal is read.
pub const HISTORY_READING: &str = "Reading the journal…";
/// Where nothing was done to a span since it was made or imported.
pub const NEVER_CHANGED: &str = "Nothing was changed since.";

/// A verdict as it is read on screen.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approved => "approved",
        Verdict::ChangesRequested => "changes requested",
    }
}

/// The state of a note.
pub const fn note_state(state: NoteState) -> &'static str {
    match state {
        NoteState::Open => "open",
        NoteState::Resolved => "settled",
    }
}

/// A moment to the minute, in UTC as it is kept.
pub fn moment(moment: &Timestamp) -> String {
    let text = moment.as_str();
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let minutes: String = time.chars().take(5).collect();
    format!("{date} {minutes}")
}

/// Who wrote something, and when.
pub fn signed(author: &str, at: Option<&Timestamp>) -> String {
    at.map_or_else(|| author.to_owned(), |at| format!("{author} · {}", moment(at)))
}

/// Read aloud when review mode is entered or left.
pub const fn review_mode(is_on: bool) -> &'static str {
    if is_on {
        "Review mode on"
    } else {
        "Review mode off"
    }
}

/// What assistive technology reads of a note.
pub fn note_name(state: NoteState, author: &str, about: &str, text: &str, replies: usize) -> String {
    let state = note_state(state);
    let replies = match replies {
        0 => String::new(),
        count => format!(", {}", counted(count, "reply", "replies")),
    };
    format!("{state} note by {author}, {about}: {text}{replies}")
}

/// The verdict on a span: what, by whom, when.
pub fn span_review(review: &SpanReview) -> String {
    let mut parts = vec![verdict(review.verdict).to_owned()];
    parts.extend(review.by.as_ref().map(ToString::to_string));
    parts.extend(review.at.as_ref().map(moment));
    parts.join(" · ")
}

/// What assistive technology reads of a row of spans.
pub fn span_row(label: &str, quote: &str, facts: &str, given: Option<Verdict>) -> String {
    let facts = if facts.is_empty() {
        String::new()
    } else {
        format!(" · {facts}")
    };
    let given = given.map_or_else(String::new, |given| format!(", {}", verdict(given)));
    format!("{label}: {quote}{facts}{given}")
}

/// Why work cannot be approved.
pub fn still_to_change(spans: usize) -> String {
    match spans {
        1 => "1 span is still to be changed: accept it, or take the request back, first".to_owned(),
        _ => format!("{spans} spans are still to be changed: accept them, or take the requests back, first"),
    }
}

/// How many spans of how many were looked at.
pub fn reviewed(looked_at: usize, spans: usize) -> String {
    format!("{looked_at} of {} reviewed", counted(spans, "span", "spans"))
}

/// How many spans were looked at, where there is little room.
pub fn reviewed_short(looked_at: usize, spans: usize) -> String {
    format!("{looked_at}/{spans} spans")
}

/// How much is left, where there is little room.
pub fn left_short(count: u64) -> String {
    format!("{count} left")
}

/// How much is left.
pub fn left_to_review(count: u64) -> String {
    format!("{} to review", counted(count, "article", "articles"))
}

/// What a reviewer shall know before she changes another's work.
pub fn corrects(annotator: &str, own: &str) -> String {
    format!("What you change here is the work of {annotator}; the journal names {own}.")
}

/// A filter of notes with how many there are.
pub fn note_filter(name: &str, count: usize) -> String {
    format!("{name} {count}")
}
