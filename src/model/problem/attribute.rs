//! Attributes that are required and lack, or are there and not asked for.

use super::{Checked, Problem, ProblemCode, ProblemPlace};
use crate::model::{AttributeUse, Attributes};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    let codebook = checked.codebook;
    for span in checked.layer.spans.iter() {
        if let Some(label) = codebook.label(&span.label) {
            let place = ProblemPlace::Span(span.id.clone());
            let holder = || checked.span_in_words(&span.id);
            attributes(
                checked,
                &place,
                &label.attributes,
                &span.attributes,
                &holder,
                found,
            );
        }
    }
    for relation in checked.layer.relations.values() {
        if let Some(kind) = codebook.relation_type(&relation.relation_type) {
            let place = ProblemPlace::Relation(relation.id.clone());
            let holder = || checked.relation_in_words(relation);
            attributes(
                checked,
                &place,
                &kind.attributes,
                &relation.attributes,
                &holder,
                found,
            );
        }
    }
    for event in checked.layer.events.values() {
        if let Some(kind) = codebook.event_type(&event.event_type) {
            let place = ProblemPlace::Event(event.id.clone());
            let holder = || checked.event_in_words(event);
            attributes(
                checked,
                &place,
                &kind.attributes,
                &event.attributes,
                &holder,
                found,
            );
        }
    }
    article_labels(checked, found);
}

fn attributes(
    checked: &Checked<'_>,
    place: &ProblemPlace,
    asked: &[AttributeUse],
    given: &Attributes,
    holder: &dyn Fn() -> String,
    found: &mut Vec<Problem>,
) {
    let missing = checked
        .codebook
        .asked(asked)
        .filter(|usage| usage.required && checked.is_worked_on() && !given.contains_key(&usage.id));
    for usage in missing {
        let message = format!("{} lacks {}", holder(), checked.attribute_name(&usage.id));
        let hint = "the codebook requires a value here";
        found.extend(checked.problem(
            ProblemCode::MissingAttribute,
            place.clone(),
            usage.id.as_str(),
            message,
            hint,
        ));
    }
    let not_asked = given
        .keys()
        .filter(|id| asked.iter().all(|usage| usage.id != **id));
    for id in not_asked {
        let message = format!(
            "{} has {}, which is not asked here",
            holder(),
            checked.attribute_name(id)
        );
        let hint = "take the value away, or let the codebook ask for it";
        found.extend(checked.problem(
            ProblemCode::UnknownAttribute,
            place.clone(),
            id.as_str(),
            message,
            hint,
        ));
    }
}

/// Labels of the whole article are required only where somebody marked it.
fn article_labels(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    let given = &checked.layer.labels;
    let asked = &checked.codebook.article_labels;
    let is_begun = checked.layer.exists() || checked.is_done();
    let required = checked.codebook.asked(asked);
    for usage in required.filter(|usage| usage.required && is_begun) {
        if checked.is_worked_on() && !given.contains_key(&usage.id) {
            found.extend(checked.problem(
                ProblemCode::MissingAttribute,
                ProblemPlace::ArticleLabel(usage.id.clone()),
                "",
                format!("The article lacks {}", checked.attribute_name(&usage.id)),
                "the codebook requires a value here",
            ));
        }
    }
    for id in given
        .keys()
        .filter(|id| asked.iter().all(|usage| usage.id != **id))
    {
        found.extend(checked.problem(
            ProblemCode::UnknownAttribute,
            ProblemPlace::ArticleLabel(id.clone()),
            "",
            format!(
                "The article has {}, which is not asked of articles",
                checked.attribute_name(id)
            ),
            "take the value away, or let the codebook ask for it",
        ));
    }
}
