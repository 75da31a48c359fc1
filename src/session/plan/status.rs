//! How far the work on an article is.

use crate::model::{Change, LayerEdit};
use crate::session::command::SetStatus;
use crate::session::refusal::About;

use super::{Place, Planned, Step, span};

pub(super) fn set(place: &Place<'_>, command: &SetStatus) -> Planned {
    let before = place.layer.status;
    let name = command.status.in_words();
    if before == Some(command.status) {
        let message = format!("article {} is {name} already", place.article.id);
        return Err(span::unchanged(&message).about(About::HasStatus(command.status)));
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
