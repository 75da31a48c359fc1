//! Spans identical in ranges and label. The later id is the one to ask about.

use std::collections::BTreeMap;

use super::{Checked, Problem, ProblemCode, ProblemPlace};
use crate::model::{LabelId, Ranges, SpanId};
use crate::text::ByteRange;

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    // Twins stand beside each other in the order of the text.
    let mut hull: Option<ByteRange> = None;
    let mut there: BTreeMap<(&Ranges, &LabelId), &SpanId> = BTreeMap::new();
    for span in checked.layer.spans.iter() {
        if hull != Some(span.ranges.hull()) {
            hull = Some(span.ranges.hull());
            there.clear();
        }
        let Some(first) = there.get(&(&span.ranges, &span.label)) else {
            there.insert((&span.ranges, &span.label), &span.id);
            continue;
        };
        found.extend(checked.problem(
            ProblemCode::DuplicateSpan,
            ProblemPlace::Span(span.id.clone()),
            first.as_str(),
            format!("{} is tagged so twice", checked.span_in_words(&span.id)),
            "remove one of the two, or merge them",
        ));
    }
}
