//! Values that the tool read by itself and nobody confirmed, in an article that is done.

use super::{Checked, Problem, ProblemCode, ProblemPlace};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    if !checked.is_done() {
        return;
    }
    for span in checked.layer.spans.iter() {
        for id in &span.unconfirmed {
            let name = checked.attribute_name(id);
            found.extend(checked.problem(
                ProblemCode::UnconfirmedValue,
                ProblemPlace::Span(span.id.clone()),
                id.as_str(),
                format!("{}: nobody confirmed {name}", checked.span_in_words(&span.id)),
                "look at the value and confirm it or give another one",
            ));
        }
    }
}
