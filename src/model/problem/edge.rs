//! Spans that start or end on white space or punctuation.

use super::{Checked, Problem, ProblemCode, ProblemPlace};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    for span in checked.layer.spans.iter() {
        let fragments = span.ranges.as_slice().iter();
        let loose = fragments
            .copied()
            .find(|range| checked.text.trim(*range) != *range);
        let Some((range, chars)) = loose.and_then(|range| Some((range, checked.text.char_range(range)?)))
        else {
            continue;
        };
        let tight = checked.text.trim(range);
        let side = match (tight.start() == range.start(), tight.end() == range.end()) {
            (false, true) => "starts",
            (true, _) => "ends",
            (false, false) => "starts and ends",
        };
        found.extend(checked.problem(
            ProblemCode::LooseEdge,
            ProblemPlace::Span(span.id.clone()),
            &format!("{}-{}", chars.start(), chars.end()),
            format!(
                "{} {side} on space or punctuation",
                checked.span_in_words(&span.id)
            ),
            "move the edge to the word",
        ));
    }
}
