//! What to do next while a link is made, in the status bar.

use super::Pane;
use crate::gui::article::ArticleState;
use crate::gui::words;
use crate::model::SpanId;
use crate::session::action::Action;

/// Characters of each end's words.
const QUOTE: usize = 24;

/// The words, where a link is being made.
pub(super) fn link_in_words(pane: &Pane<'_>, state: &ArticleState) -> Option<String> {
    let linking = state.linking()?;
    let article = pane.snapshot.article.as_ref()?;
    let quote = |id: &SpanId| {
        let span = article.layer.spans.get(id);
        span.map_or_else(String::new, |span| words::quote(&article.text, span, QUOTE))
    };
    let key = |action: Action| pane.keys.shortcut(action).unwrap_or_default();
    let (from, leave) = (quote(&linking.from), key(Action::ClearSelection));
    Some(match &linking.target {
        None => words::link_from(&from, &key(Action::NextSpan), &leave),
        Some(target) if linking.choices.is_empty() => {
            words::link_to(&from, &quote(target), &key(Action::InspectSpan), &leave)
        }
        Some(target) => words::link_as(&quote(target), &leave),
    })
}
