//! How far the work on an article is, and the verdict on it.

use crate::model::{Change, LayerEdit, Verdict};
use crate::session::command::{SetReview, SetStatus};

use super::{Place, Planned, Step, span};

pub(super) fn set(place: &Place<'_>, command: &SetStatus) -> Planned {
    let before = place.layer.status;
    let name = command.status.name().replace('_', " ");
    if before == Some(command.status) {
        return Err(span::unchanged(&format!(
            "article {} is {name} already",
            place.article.id
        )));
    }
    Ok(Step {
        edits: vec![LayerEdit::Status(Change {
            before,
            after: Some(command.status),
        })],
        created: Vec::new(),
        summary: format!("mark {name}"),
    })
}

pub(super) fn review(place: &Place<'_>, command: &SetReview) -> Planned {
    let before = place.layer.review;
    if before == command.review {
        return Err(span::unchanged(&format!(
            "article {} has that verdict already",
            place.article.id
        )));
    }
    let summary = match command.review {
        Some(Verdict::Approved) => "approve",
        Some(Verdict::ChangesRequested) => "request changes",
        None => "take back the verdict",
    };
    Ok(Step {
        edits: vec![LayerEdit::Review(Change {
            before,
            after: command.review,
        })],
        created: Vec::new(),
        summary: summary.to_owned(),
    })
}
