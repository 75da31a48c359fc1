//! What a reviewer finds: the verdicts on a span and on an article, and the flag to come back by.
//!
//! That a later change takes a verdict away is `model::approval`'s to see to.

use std::sync::Arc;

use crate::model::{Change, Extra, LayerEdit, Span, SpanReview, Verdict};
use crate::session::command::{SetFlag, SetReview, SetSpanReview};
use crate::session::refusal::Refusal;

use super::span::{get, unchanged};
use super::summary::article_in_words;
use super::{Place, Planned, Step, check};

pub(super) fn article(place: &Place<'_>, command: &SetReview) -> Planned {
    let before = place.layer.review;
    if before == command.review {
        return Err(unchanged(&format!(
            "article {} has that verdict already",
            place.article.id
        )));
    }
    if command.review == Some(Verdict::Approved) {
        refuse_open_requests(place)?;
    }
    let what = match command.review {
        Some(Verdict::Approved) => "approve",
        Some(Verdict::ChangesRequested) => "request changes of",
        None => "take back the verdict on",
    };
    Ok(Step {
        edits: vec![LayerEdit::Review(Change {
            before,
            after: command.review,
        })],
        created: Vec::new(),
        summary: format!("{what} {}", article_in_words(place.article)),
    })
}

/// Work is not approved as a whole while one of its spans is still to be changed.
fn refuse_open_requests(place: &Place<'_>) -> Result<(), Refusal> {
    let spans = place.layer.spans_to_change();
    let Some(first) = spans.first() else {
        return Ok(());
    };
    let message = match spans.len() {
        1 => "1 span is still to be changed".to_owned(),
        many => format!("{many} spans are still to be changed"),
    };
    let message = format!("{message}: {}", check::describe(&place.article.text, first));
    Err(Refusal::new("changes_requested", message)
        .hint("accept what was changed, or take the request back, first"))
}

pub(super) fn span(place: &Place<'_>, command: &SetSpanReview) -> Planned {
    let before = get(place, &command.span)?;
    let by = |review: &SpanReview| (review.verdict, review.by.clone());
    let given = command
        .verdict
        .map(|verdict| (verdict, Some(place.author.clone())));
    if before.review.as_ref().map(by) == given {
        return Err(unchanged(&format!("span {} has that verdict already", before.id)));
    }
    // Neither `modified` nor anything else moves: the span is as it was, somebody has looked at it.
    let after = Span {
        review: command.verdict.map(|verdict| SpanReview {
            verdict,
            by: Some(place.author.clone()),
            at: Some(place.at.clone()),
            extra: Extra::new(),
        }),
        ..Span::clone(before)
    };
    let what = match command.verdict {
        Some(Verdict::Approved) => "accept",
        Some(Verdict::ChangesRequested) => "ask to change",
        None => "take back the verdict on",
    };
    Ok(Step {
        summary: format!("{what} {}", check::describe(&place.article.text, before)),
        edits: vec![LayerEdit::Span(
            before.id.clone(),
            Change::replace(Arc::clone(before), Arc::new(after)),
        )],
        created: Vec::new(),
    })
}

pub(super) fn flag(place: &Place<'_>, command: &SetFlag) -> Planned {
    if place.layer.flagged == command.flagged {
        let is = if command.flagged {
            "is flagged"
        } else {
            "has no flag"
        };
        return Err(unchanged(&format!("article {} {is} already", place.article.id)));
    }
    let (change, summary) = if command.flagged {
        (Change::add(()), "flag")
    } else {
        (Change::remove(()), "take the flag away")
    };
    Ok(Step {
        edits: vec![LayerEdit::Flag(change)],
        created: Vec::new(),
        summary: summary.to_owned(),
    })
}
