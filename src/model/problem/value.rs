//! Values that do not fit their attribute: the type, the choices, dates, the order of a quantity.

use super::{Checked, Problem, ProblemCode, ProblemPlace, quoted};
use crate::model::date::date_fault;
use crate::model::{Attribute, AttributeType, Attributes, Filler, Value};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    let layer = checked.layer;
    for span in layer.spans.iter() {
        let place = ProblemPlace::Span(span.id.clone());
        values(
            checked,
            &place,
            &span.attributes,
            &|| checked.span_in_words(&span.id),
            found,
        );
    }
    for relation in layer.relations.values() {
        let place = ProblemPlace::Relation(relation.id.clone());
        let holder = || checked.relation_in_words(relation);
        values(checked, &place, &relation.attributes, &holder, found);
    }
    for event in layer.events.values() {
        let place = ProblemPlace::Event(event.id.clone());
        let holder = || checked.event_in_words(event);
        values(checked, &place, &event.attributes, &holder, found);
        for role in &event.roles {
            if let Filler::Value(value) = &role.filler {
                let of = Of {
                    place: &place,
                    detail: role.role.as_str(),
                    name: role.role.as_str(),
                    holder: &holder,
                };
                value_itself(checked, &of, value, found);
            }
        }
    }
    for (id, value) in &layer.labels {
        let place = ProblemPlace::ArticleLabel(id.clone());
        let of = Of {
            place: &place,
            detail: "",
            name: checked.attribute_name(id),
            holder: &|| "The article".to_owned(),
        };
        one(checked, &of, checked.codebook.attribute(id), value, found);
    }
}

/// Whose value is looked at.
struct Of<'a> {
    place: &'a ProblemPlace,
    detail: &'a str,
    name: &'a str,
    holder: &'a dyn Fn() -> String,
}

impl Of<'_> {
    fn report(
        &self,
        checked: &Checked<'_>,
        code: ProblemCode,
        what: &str,
        hint: &str,
        found: &mut Vec<Problem>,
    ) {
        let message = format!("{}: {} {what}", (self.holder)(), self.name);
        found.extend(checked.problem(code, self.place.clone(), self.detail, message, hint));
    }
}

fn values(
    checked: &Checked<'_>,
    place: &ProblemPlace,
    given: &Attributes,
    holder: &dyn Fn() -> String,
    found: &mut Vec<Problem>,
) {
    for (id, value) in given {
        let of = Of {
            place,
            detail: id.as_str(),
            name: checked.attribute_name(id),
            holder,
        };
        one(checked, &of, checked.codebook.attribute(id), value, found);
    }
}

fn one(
    checked: &Checked<'_>,
    of: &Of<'_>,
    attribute: Option<&Attribute>,
    value: &Value,
    found: &mut Vec<Problem>,
) {
    if let Some(attribute) = attribute {
        if !attribute.attribute_type.accepts(value) {
            let (wanted, is) = (attribute.attribute_type.name(), AttributeType::of(value).name());
            let what = format!("is of type {is}, not {wanted}");
            let hint = "give the value anew";
            of.report(checked, ProblemCode::WrongType, &what, hint, found);
            return;
        }
        if let Some(unknown) = unknown_choice(attribute, value) {
            let what = format!("has no choice {}", quoted(unknown));
            let hint = "choose another value, or add this one to the codebook";
            of.report(checked, ProblemCode::UnknownChoice, &what, hint, found);
        }
    }
    value_itself(checked, of, value, found);
}

/// What is wrong with a value whatever its attribute.
fn value_itself(checked: &Checked<'_>, of: &Of<'_>, value: &Value, found: &mut Vec<Problem>) {
    match value {
        Value::Quantity(quantity) if !quantity.is_ordered() => {
            let shown = |number: Option<u64>| number.map_or_else(|| "?".to_owned(), |n| n.to_string());
            let bounds = [quantity.low, quantity.best, quantity.high].map(shown);
            let what = format!("has low, best, high {}, which is not in order", bounds.join(", "));
            let hint = "low is at most best, and best at most high";
            of.report(checked, ProblemCode::QuantityOrder, &what, hint, found);
        }
        Value::Date(date) => {
            if let Some(fault) = date_fault(&date.value) {
                let what = format!("is {}: {fault}", date.value);
                let hint = "give the date anew";
                of.report(checked, ProblemCode::BadDate, &what, hint, found);
            }
        }
        _ => {}
    }
}

fn unknown_choice<'a>(attribute: &Attribute, value: &'a Value) -> Option<&'a str> {
    let chosen: &[String] = match (attribute.attribute_type, value) {
        (AttributeType::Choice, Value::Text(one)) => std::slice::from_ref(one),
        (AttributeType::Choices, Value::Choices(some)) => some,
        (AttributeType::Quantity, Value::Quantity(quantity)) if !attribute.choices.is_empty() => {
            &quantity.who
        }
        _ => return None,
    };
    let is_known = |id: &&String| attribute.choices.iter().any(|choice| choice.id == **id);
    chosen.iter().find(|id| !is_known(id)).map(String::as_str)
}
