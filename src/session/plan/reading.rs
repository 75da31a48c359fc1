//! Values that are read from the words of a span where its label asks for them: figures and dates.
//!
//! What is read is unconfirmed until the annotator edits or confirms it; what cannot be read is left empty.

use crate::model::{Attribute, AttributeType, AttributeUse, Label, Span, Value};

use super::{Place, figure, read_date};

/// Reads what a label asks for and nobody has given: what the span lacks, or has by default only, and what was read
/// before and not confirmed. `is_given` says which the annotator gave by this very command.
pub(super) fn read_values(
    place: &Place<'_>,
    label: &Label,
    span: &mut Span,
    is_given: impl Fn(&Attribute) -> bool,
) {
    for usage in place.codebook.asked(&label.attributes) {
        let Some(attribute) = place.codebook.attribute(&usage.id) else {
            continue;
        };
        if !is_read(attribute) || !is_open(usage, span) || is_given(attribute) {
            continue;
        }
        if let Some(value) = read(place, attribute, span) {
            span.attributes.insert(attribute.id.clone(), value);
            span.unconfirmed.insert(attribute.id.clone());
        } else if span.unconfirmed.remove(&attribute.id) {
            span.attributes.remove(&attribute.id);
        }
    }
}

/// Reads the values of a span again whose edges have moved or whose label is another. What somebody has cleared stays
/// empty.
pub(super) fn read_changed(place: &Place<'_>, before: &Span, span: &mut Span) {
    if let Some(label) = place.codebook.label(&span.label) {
        read_values(place, label, span, |attribute| {
            was_cleared(place, before, attribute)
        });
    }
}

/// Whether somebody has cleared a value: the label asked for it, the words said something, and there is none all the
/// same. A span that nobody has changed yet, such as an imported one, never had it.
fn was_cleared(place: &Place<'_>, before: &Span, attribute: &Attribute) -> bool {
    let label = place.codebook.label(&before.label);
    let was_asked = label.is_some_and(|label| label.attributes.iter().any(|usage| usage.id == attribute.id));
    was_asked
        && before.modified.is_some()
        && !before.attributes.contains_key(&attribute.id)
        && read(place, attribute, before).is_some()
}

/// Reads the unconfirmed values of a span again that is cut or merged.
pub(super) fn read_anew(place: &Place<'_>, span: &mut Span) {
    if let Some(label) = place.codebook.label(&span.label) {
        let unconfirmed = span.unconfirmed.clone();
        read_values(place, label, span, |attribute| {
            !unconfirmed.contains(&attribute.id)
        });
    }
}

/// Whether values of the attribute's type can be read from words.
const fn is_read(attribute: &Attribute) -> bool {
    matches!(
        attribute.attribute_type,
        AttributeType::Quantity | AttributeType::Date
    )
}

/// What the words of a span say for an attribute.
fn read(place: &Place<'_>, attribute: &Attribute, span: &Span) -> Option<Value> {
    match attribute.attribute_type {
        AttributeType::Quantity => figure::read(place, attribute, &span.ranges).map(Value::Quantity),
        AttributeType::Date => read_date::read(place, span).map(Value::Date),
        _ => None,
    }
}

fn is_open(usage: &AttributeUse, span: &Span) -> bool {
    let value = span.attributes.get(&usage.id);
    value.is_none()
        || span.unconfirmed.contains(&usage.id)
        || usage.default.is_some() && value == usage.default.as_ref()
}
