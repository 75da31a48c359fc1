//! Spans that start or end inside a grapheme cluster, as imported ones may.

use super::{Checked, Problem, ProblemCode, ProblemPlace};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    for span in checked.layer.spans.iter() {
        let mut ends = span
            .ranges
            .as_slice()
            .iter()
            .flat_map(|range| [range.start(), range.end()])
            .filter(|at| checked.text.is_boundary(*at));
        let Some(at) = ends.find(|at| !checked.text.is_grapheme_boundary(*at)) else {
            continue;
        };
        let detail = checked.text.char_of(at).map(|at| at.to_string());
        found.extend(checked.problem(
            ProblemCode::SplitsCluster,
            ProblemPlace::Span(span.id.clone()),
            &detail.unwrap_or_default(),
            format!("{} cuts a character in two", checked.span_in_words(&span.id)),
            "move the edge; it then lies beside the character",
        ));
    }
}
