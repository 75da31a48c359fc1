//! Actions of the Review menu.

use super::Menu::Review;
use super::{Action, Entry, Opens, alt, ctrl, key};
use crate::session::situation::{
    article, article_writable, judged, left_to_review, review_mode, reviewing_spans, span_to_read,
    spans_to_review, to_review,
};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::ReviewMode, "review-mode", "Review mode", "Walk through work that is done and not approved, span by span, or leave the mode")
        .menu(Review, 0).keys(&[key("F5")]).when(review_mode),
    Entry::new(Action::AcceptSpan, "accept-span", "Accept span", "Find the selected span right, and go to the next one that nobody looked at")
        .menu(Review, 1).keys(&[key("A")]).apply("set_span_review").in_review().when(spans_to_review),
    Entry::new(Action::QuerySpan, "query-span", "Ask to change span", "Find that the selected span must be changed, and go to its notes to say how")
        .menu(Review, 1).keys(&[key("X")]).apply("set_span_review").in_review().when(spans_to_review),
    Entry::new(Action::WithdrawVerdict, "withdraw-verdict", "Take verdict back", "Take the verdict on the selected span back; where none is selected, that on the article")
        .menu(Review, 1).keys(&[key("X").shift()]).apply("set_span_review").in_review().when(judged),
    Entry::new(Action::NextToCheck, "next-to-check", "Next span to review", "Select the next span that has no verdict, round the end")
        .menu(Review, 1).keys(&[key("Space")]).in_review().when(reviewing_spans),
    Entry::new(Action::PreviousToCheck, "previous-to-check", "Previous span to review", "Select the span before that has no verdict, round the start")
        .menu(Review, 1).keys(&[key("Space").shift()]).in_review().when(reviewing_spans),
    Entry::new(Action::ApproveArticle, "approve-article", "Approve, next work", "Approve the work on this article and go to the next work to be reviewed")
        .menu(Review, 2).keys(&[ctrl("Enter").shift()]).apply("set_review").when(to_review),
    Entry::new(Action::RequestChanges, "request-changes", "Request changes…", "Give the article back to its annotator with a note that says what is to be changed")
        .opens(Opens::Dialog).menu(Review, 2).keys(&[ctrl("R")]).apply("set_review").when(to_review),
    Entry::new(Action::NextToReview, "next-to-review", "Next work to review", "Leave this work without a verdict and go to the next")
        .menu(Review, 2).keys(&[alt("PageDown")]).when(left_to_review),
    Entry::new(Action::ToggleFlag, "toggle-flag", "Flag", "Flag the article, to come back to it, or take the flag away")
        .menu(Review, 3).keys(&[ctrl("G")]).apply("set_flag").when(article_writable),
    Entry::new(Action::ShowNotes, "show-notes", "Notes", "Go to the notes of the article")
        .menu(Review, 3).keys(&[key("N").shift()]).in_article().when(article),
    Entry::new(Action::SpanHistory, "span-history", "Span history…", "Show where the selected span comes from and what became of it: who, when, and what it was before")
        .opens(Opens::Dialog).menu(Review, 3).keys(&[key("I")]).in_article().when(span_to_read),
];
