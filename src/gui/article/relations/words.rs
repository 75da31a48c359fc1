//! The relations of a span in words: for its card and for assistive technology.

use crate::gui::article::page::Page;
use crate::gui::article::state::ArticleState;
use crate::gui::words;
use crate::model::SpanId;

/// So many relations are named, the others are counted.
const NAMED: usize = 4;
/// Characters of the other end's words.
const QUOTE: usize = 40;

/// A line for each of the first relations of a span, and how many more there are. Read `aloud` they say which way they
/// lead in words.
pub(in crate::gui::article) fn relations_in_words(
    page: &Page<'_>,
    state: &ArticleState,
    span: &SpanId,
    aloud: bool,
) -> Vec<String> {
    let mut lines = Vec::new();
    for relation in state.links.of(page, span).take(NAMED) {
        let leads_away = relation.from == *span;
        let other = if leads_away { &relation.to } else { &relation.from };
        let Some(other) = page.layer.spans.get(other) else {
            continue;
        };
        let name = words::relation_type_name(page.codebook, &relation.relation_type);
        let quote = words::quote(page.text, other, QUOTE);
        lines.push(if aloud {
            let other = words::named(page.label_name(&other.label), &quote);
            words::relation_aloud(name, leads_away, &other)
        } else {
            words::relation_line(name, leads_away, &quote)
        });
    }
    let left = state.links.of(page, span).count().saturating_sub(NAMED);
    if left > 0 {
        lines.push(words::more_relations(left));
    }
    lines
}
