//! Problems: dismiss, and show again. A dismissal goes together with what it is about.
//!
//! Dismissing is a remark on the work and no work itself, so it leaves the status alone.

use crate::model::problem::ItemKind;
use crate::model::{Change, Layer, LayerEdit, ProblemKey};
use crate::session::command::{DismissProblem, RestoreProblem};
use crate::session::problem::{casualty_words, problems_of};
use crate::session::refusal::Refusal;

use super::{Place, Planned, Step, span};

pub(super) fn dismiss(place: &Place<'_>, command: &DismissProblem) -> Planned {
    let key = &command.problem;
    if place.layer.dismissed.contains(key) {
        return Err(span::unchanged(&format!("problem {key} is dismissed already")));
    }
    let (text, lang) = (&place.article.text, place.article.header.lang.as_deref());
    let casualties = casualty_words(text.as_str(), lang);
    let found = problems_of(text, place.layer, place.codebook, &casualties);
    let Some(problem) = found.open.iter().find(|problem| problem.key == *key) else {
        let message = format!("article {} has no problem {key} on this layer", place.article.id);
        return Err(Refusal::new("unknown_problem", message)
            .hint("`hashiya check PROJECT --json` names the problems"));
    };
    Ok(Step {
        edits: vec![LayerEdit::Dismissal(key.clone(), Change::add(()))],
        created: Vec::new(),
        summary: format!("dismiss problem: {}", problem.message),
    })
}

pub(super) fn restore(place: &Place<'_>, command: &RestoreProblem) -> Planned {
    let key = &command.problem;
    if !place.layer.dismissed.contains(key) {
        let message = format!(
            "article {} has no dismissed problem {key} on this layer",
            place.article.id
        );
        return Err(Refusal::new("unknown_problem", message));
    }
    Ok(Step {
        edits: vec![LayerEdit::Dismissal(key.clone(), Change::remove(()))],
        created: Vec::new(),
        summary: "show problem again".to_owned(),
    })
}

/// Adds to edits that remove items those that remove the dismissals about them.
pub(super) fn forget_dismissals(layer: &Layer, edits: &mut Vec<LayerEdit>) {
    if layer.dismissed.is_empty() {
        return;
    }
    let gone: Vec<(ItemKind, String)> = edits.iter().filter_map(removed).collect();
    let is_gone = |key: &&ProblemKey| gone.iter().any(|(kind, id)| key.is_about(*kind, id));
    let forgotten = layer.dismissed.iter().filter(is_gone);
    let forgotten: Vec<LayerEdit> = forgotten
        .map(|key| LayerEdit::Dismissal(key.clone(), Change::remove(())))
        .collect();
    edits.extend(forgotten);
}

/// The item that an edit removes.
fn removed(edit: &LayerEdit) -> Option<(ItemKind, String)> {
    fn gone<T>(change: &Change<T>) -> bool {
        change.after.is_none()
    }
    match edit {
        LayerEdit::Span(id, change) if gone(change) => Some((ItemKind::Span, id.to_string())),
        LayerEdit::Relation(id, change) if gone(change) => Some((ItemKind::Relation, id.to_string())),
        LayerEdit::Event(id, change) if gone(change) => Some((ItemKind::Event, id.to_string())),
        LayerEdit::Note(id, change) if gone(change) => Some((ItemKind::Note, id.to_string())),
        _ => None,
    }
}
