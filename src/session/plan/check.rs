//! The rules that several families share: ranges in a text, labels and values of the codebook.

use std::collections::BTreeSet;
use std::fmt::Display;

use crate::model::problem::quoted;
use crate::model::{
    ArticleId, Attribute, AttributeId, AttributeType, AttributeUse, Attributes, Codebook, EventType,
    EventTypeId, InvalidRanges, InvalidValue, Label, LabelId, Ranges, Span, Value, counted,
};
use crate::session::refusal::Refusal;
use crate::text::{CharRange, Text};

pub(in crate::session) fn unknown_article(id: &ArticleId) -> Refusal {
    Refusal::new("unknown_article", format!("this project has no article {id}"))
        .hint("`hashiya list PROJECT` shows the ids")
}

/// Ranges in code points as ranges of this text.
pub(super) fn ranges(text: &Text, ranges: &[CharRange]) -> Result<Ranges, Refusal> {
    let bytes = ranges.iter().map(|range| {
        text.byte_range(*range).ok_or_else(|| {
            let length = counted(text.char_len(), "code point");
            let (start, end) = (range.start(), range.end());
            Refusal::new(
                "outside_text",
                format!("[{start}, {end}] is outside the text, which has {length}"),
            )
            .hint("positions count Unicode code points from 0, the end exclusive")
        })
    });
    let bytes = bytes.collect::<Result<Vec<_>, _>>()?;
    Ranges::new(bytes).map_err(|cause| match cause {
        InvalidRanges::None => Refusal::new("empty_range", "a span needs at least one range"),
        InvalidRanges::Empty => Refusal::new("empty_range", "a range has no text in it"),
        InvalidRanges::Unsorted => Refusal::new(
            "bad_ranges",
            "the ranges of a span are in order and do not overlap",
        ),
    })
}

/// The label for new work, which the codebook must have and offer.
pub(super) fn label<'a>(codebook: &'a Codebook, id: &LabelId) -> Result<&'a Label, Refusal> {
    let label = known_label(codebook, id)?;
    if !label.retired {
        return Ok(label);
    }
    let offered = codebook.labels.iter().filter(|label| !label.retired);
    Err(retired(&format!("label {id}")).hint(one_of("labels", offered.map(|label| label.id.as_str()))))
}

/// Why nothing new is said with a retired part of the codebook.
pub(super) fn retired(part: &str) -> Refusal {
    Refusal::new(
        "retired",
        format!("{part} is retired: it is kept for what was annotated before, and not offered for new work"),
    )
}

/// Refuses to say anything new with a part of the codebook that is retired.
pub(super) fn refuse_retired(is_retired: bool, part: &str) -> Result<(), Refusal> {
    if is_retired { Err(retired(part)) } else { Ok(()) }
}

/// The label, which the codebook must have.
pub(in crate::session) fn known_label<'a>(
    codebook: &'a Codebook,
    id: &LabelId,
) -> Result<&'a Label, Refusal> {
    codebook.label(id).ok_or_else(|| {
        let known = codebook.labels.iter().map(|label| label.id.as_str());
        Refusal::new("unknown_label", format!("the codebook has no label {id}")).hint(one_of("labels", known))
    })
}

pub(super) fn no_attribute(codebook: &Codebook, id: &AttributeId) -> Refusal {
    let known = codebook.attributes.iter().map(|one| one.id.as_str());
    let message = format!("the codebook has no attribute {id}");
    Refusal::new("unknown_attribute", message).hint(one_of("attributes", known))
}

pub(super) fn no_event_type(codebook: &Codebook, id: &EventTypeId) -> Refusal {
    let known = codebook.event_types.iter().map(|one| one.id.as_str());
    let message = format!("the codebook has no event type {id}");
    Refusal::new("unknown_event_type", message).hint(one_of("event types", known))
}

/// The event type, which the codebook must have.
pub(super) fn known_event_type<'a>(
    codebook: &'a Codebook,
    id: &EventTypeId,
) -> Result<&'a EventType, Refusal> {
    codebook.event_type(id).ok_or_else(|| no_event_type(codebook, id))
}

/// Refuses to merge what is no two things of that kind.
pub(super) fn refuse_list<I: Ord + Display>(ids: &[I], kind: &str) -> Result<(), Refusal> {
    if ids.len() < 2 {
        return Err(too_few(kind));
    }
    let mut seen = BTreeSet::new();
    match ids.iter().find(|id| !seen.insert(*id)) {
        None => Ok(()),
        Some(twice) => Err(Refusal::new(
            &format!("same_{kind}"),
            format!("{kind} {twice} is given twice"),
        )),
    }
}

pub(super) fn too_few(kind: &str) -> Refusal {
    Refusal::new(
        &format!("too_few_{kind}s"),
        format!("a merge takes two {kind}s or more"),
    )
}

/// A hint that lists what there is.
pub(in crate::session) fn one_of<'a>(what: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    match known.len() {
        0 => format!("it has no {what} at all"),
        1..=40 => format!("its {what} are {}", known.join(", ")),
        more => format!("it has {more} {what}"),
    }
}

/// Checks values against what is asked at this place.
pub(super) fn attributes(
    codebook: &Codebook,
    asked: &[AttributeUse],
    given: &Attributes,
) -> Result<(), Refusal> {
    given
        .iter()
        .try_for_each(|(id, value)| attribute(codebook, asked, id, value))
}

/// Checks one value against what is asked at this place.
pub(super) fn attribute(
    codebook: &Codebook,
    asked: &[AttributeUse],
    id: &AttributeId,
    given: &Value,
) -> Result<(), Refusal> {
    let definition = codebook
        .attribute(id)
        .filter(|_| asked.iter().any(|usage| usage.id == *id));
    let definition = definition.ok_or_else(|| not_asked(id, asked))?;
    if codebook.asked(asked).all(|usage| usage.id != *id) {
        return Err(retired(&format!("attribute {id}")));
    }
    value(definition, given)?;
    let is_given = |choice: &&crate::model::Choice| *given == Value::Text(choice.id.clone());
    match definition.choices.iter().find(is_given) {
        Some(choice) if choice.retired => Err(retired(&format!("choice {} of attribute {id}", choice.id))),
        _ => Ok(()),
    }
}

/// Nothing at this place asks for the attribute.
pub(super) fn not_asked(id: &AttributeId, asked: &[AttributeUse]) -> Refusal {
    Refusal::new(
        "unknown_attribute",
        format!("the codebook asks for no attribute {id} here"),
    )
    .hint(one_of("attributes", asked.iter().map(|usage| usage.id.as_str())))
}

/// The values given and the defaults of what is asked but not given. What is retired is filled in no more: neither an
/// attribute, nor a choice.
pub(super) fn with_defaults(codebook: &Codebook, asked: &[AttributeUse], given: &Attributes) -> Attributes {
    let defaults = codebook.asked(asked).filter_map(|usage| {
        let value = offered_part(codebook.attribute(&usage.id), usage.default.clone()?)?;
        Some((usage.id.clone(), value))
    });
    defaults
        .chain(given.iter().map(|(id, value)| (id.clone(), value.clone())))
        .collect()
}

/// A value without the choices that are retired; none where nothing is left of it.
fn offered_part(attribute: Option<&Attribute>, value: Value) -> Option<Value> {
    let choices = attribute.map_or(&[][..], |attribute| &attribute.choices);
    let is_retired = |id: &String| choices.iter().any(|choice| choice.id == *id && choice.retired);
    match value {
        Value::Text(id) if is_retired(&id) => None,
        Value::Choices(mut ids) => {
            ids.retain(|id| !is_retired(id));
            (!ids.is_empty()).then_some(Value::Choices(ids))
        }
        other => Some(other),
    }
}

/// Checks a value against its attribute alone.
pub(super) fn value(attribute: &Attribute, value: &Value) -> Result<(), Refusal> {
    let id = &attribute.id;
    if !attribute.attribute_type.accepts(value) {
        let (wanted, found) = (attribute.attribute_type.name(), AttributeType::of(value).name());
        return Err(Refusal::new(
            "wrong_type",
            format!("attribute {id} is of type {wanted}, the value of type {found}"),
        )
        .hint(example(attribute.attribute_type)));
    }
    own_rules(value).map_err(|cause| {
        Refusal::new("bad_value", format!("attribute {id}: {cause}")).hint(example(attribute.attribute_type))
    })?;
    let chosen: &[String] = match (attribute.attribute_type, value) {
        (AttributeType::Choice, Value::Text(one)) => std::slice::from_ref(one),
        (AttributeType::Choices, Value::Choices(some)) => some,
        (AttributeType::Quantity, Value::Quantity(quantity)) if !attribute.choices.is_empty() => {
            &quantity.who
        }
        _ => return Ok(()),
    };
    let known = |id: &String| attribute.choices.iter().any(|choice| choice.id == *id);
    match chosen.iter().find(|id| !known(id)) {
        None => Ok(()),
        Some(unknown) => Err(Refusal::new(
            "unknown_choice",
            format!("{unknown:?} is no choice of attribute {id}"),
        )
        .hint(one_of(
            "choices",
            attribute.choices.iter().map(|choice| choice.id.as_str()),
        ))),
    }
}

/// The rules that a value keeps whatever the codebook says.
pub(super) fn own_rules(value: &Value) -> Result<(), InvalidValue> {
    value.check()?;
    match value {
        Value::Date(date) => date.check_precision(),
        _ => Ok(()),
    }
}

fn example(attribute_type: AttributeType) -> &'static str {
    match attribute_type {
        AttributeType::Text | AttributeType::Choice => r#"such as "civilians""#,
        AttributeType::Integer => "such as 12",
        AttributeType::Number => "such as 12.5",
        AttributeType::Boolean => "true or false",
        AttributeType::Choices => r#"such as ["civilians","children"]"#,
        AttributeType::Date => r#"such as {"value":"2022-01-20"}"#,
        AttributeType::Quantity => r#"such as {"kind":"killed","low":50,"modifier":"at_least"}"#,
        AttributeType::Entity => r#"such as {"id":"Q796","name":"Iraq"}"#,
    }
}

/// The span's words, short enough for a menu.
pub(super) fn quote(text: &Text, ranges: &Ranges) -> String {
    quoted(&ranges.quote(text).unwrap_or_default())
}

/// The span in words: `actor “Alep”`.
pub(super) fn describe(text: &Text, span: &Span) -> String {
    format!("{} {}", span.label, quote(text, &span.ranges))
}
