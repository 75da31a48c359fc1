//! A span whose label the codebook does not have.

use super::{Checked, Problem, ProblemCode, ProblemPlace};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    for span in checked.layer.spans.iter() {
        if checked.codebook.label(&span.label).is_none() {
            found.extend(checked.problem(
                ProblemCode::UnknownLabel,
                ProblemPlace::Span(span.id.clone()),
                span.label.as_str(),
                format!(
                    "{} has a label that the codebook lacks",
                    checked.span_in_words(&span.id)
                ),
                "give the span another label, or add this one to the codebook",
            ));
        }
    }
}
