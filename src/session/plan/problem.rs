//! Problems: dismiss, and show again.
//!
//! Dismissing is a remark on the work and no work itself, so it leaves the status alone.

use crate::model::{Change, LayerEdit};
use crate::session::command::{DismissProblem, RestoreProblem};
use crate::session::problem::{casualty_words, problems_of};
use crate::session::refusal::Refusal;
use crate::session::unsettled::ReadBy;

use super::{Place, Planned, Step, span};

pub(super) fn dismiss(place: &Place<'_>, command: &DismissProblem) -> Planned {
    let key = &command.problem;
    if place.layer.dismissed.contains(key) {
        return Err(span::unchanged(&format!("problem {key} is dismissed already")));
    }
    let (text, lang) = (&place.article.text, place.article.header.lang.as_deref());
    let casualties = casualty_words(text.as_str(), lang);
    let article = ReadBy {
        codebook: place.codebook,
        header: &place.article.header,
        text,
    };
    let found = problems_of(article, place.layer, &casualties);
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
