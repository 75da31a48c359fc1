//! Events against the codebook: types, roles, how many fillers, and of which labels.

use std::collections::BTreeSet;

use super::relation::{label_name, label_of};
use super::{Checked, Problem, ProblemCode, ProblemPlace, quoted};
use crate::model::{AttributeType, Event, EventType, Filler, LabelId, Role, Value};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    for event in checked.layer.events.values() {
        match checked.codebook.event_type(&event.event_type) {
            None => found.extend(checked.problem(
                ProblemCode::UnknownEventType,
                ProblemPlace::Event(event.id.clone()),
                event.event_type.as_str(),
                format!(
                    "{}: the codebook has no such event",
                    checked.event_in_words(event)
                ),
                "remove the event, or add its type to the codebook",
            )),
            Some(kind) => {
                counts(checked, event, kind, found);
                fillers(checked, event, kind, found);
            }
        }
    }
}

fn counts(checked: &Checked<'_>, event: &Event, kind: &EventType, found: &mut Vec<Problem>) {
    for role in &kind.roles {
        let fillers = event.roles.iter().filter(|filler| filler.role == role.id).count();
        let fillers = u32::try_from(fillers).unwrap_or(u32::MAX);
        let name = role_name(checked, role);
        let (code, what, hint) = if fillers < role.min && !role.retired && checked.is_worked_on() {
            let what = match (fillers, role.min) {
                (0, 1) => format!("lacks {name}"),
                (some, min) => format!("has {some} of at least {min} for {name}"),
            };
            (
                ProblemCode::MissingRole,
                what,
                "fill the role, with an inferred value where the text says nothing",
            )
        } else if let Some(max) = role.max.filter(|max| fillers > *max) {
            let what = format!("has {fillers} for {name}, which takes at most {max}");
            (
                ProblemCode::TooManyFillers,
                what,
                "take a filler out, or make two events",
            )
        } else {
            continue;
        };
        let message = format!("{} {what}", checked.event_in_words(event));
        let place = ProblemPlace::Event(event.id.clone());
        found.extend(checked.problem(code, place, role.id.as_str(), message, hint));
    }
}

fn fillers(checked: &Checked<'_>, event: &Event, kind: &EventType, found: &mut Vec<Problem>) {
    let mut there = BTreeSet::new();
    let (mut unknown, mut texts) = (BTreeSet::new(), BTreeSet::new());
    for filler in &event.roles {
        let place = || ProblemPlace::Event(event.id.clone());
        let words = || checked.event_in_words(event);
        let Some(role) = kind.roles.iter().find(|role| role.id == filler.role) else {
            if unknown.insert(&filler.role) {
                found.extend(checked.problem(
                    ProblemCode::UnknownRole,
                    place(),
                    filler.role.as_str(),
                    format!("{} has a role {}, which the codebook lacks", words(), filler.role),
                    "give the filler another role, or add this one to the codebook",
                ));
            }
            continue;
        };
        let span = match &filler.filler {
            Filler::Span(span) => span,
            Filler::Value(Value::Text(text)) => {
                if texts.insert((&filler.role, text)) {
                    text_filler(checked, event, role, text, found);
                }
                continue;
            }
            Filler::Value(_) => continue,
        };
        let (name, detail) = (role_name(checked, role), format!("{} {span}", role.id));
        if !there.insert((&filler.role, span)) {
            found.extend(checked.problem(
                ProblemCode::RepeatedFiller,
                place(),
                &detail,
                format!("{}: {} fills {name} twice", words(), checked.span_in_words(span)),
                "take one of the two out",
            ));
        }
        let label = label_of(checked, span);
        if label.is_some_and(|label| !role.accepts(label)) {
            let takes: Vec<String> = role.labels.iter().map(|id| label_name(checked, id)).collect();
            found.extend(checked.problem(
                ProblemCode::RoleLabel,
                place(),
                &detail,
                format!(
                    "{} fills {name}, which takes {}",
                    checked.span_in_words(span),
                    takes.join(" or ")
                ),
                "give the span another label or another role",
            ));
        }
    }
}

/// Text in a role of which each label asks for a figure or a date, so that neither is there to be counted.
fn text_filler(checked: &Checked<'_>, event: &Event, role: &Role, text: &str, found: &mut Vec<Problem>) {
    let asked = checked.codebook.read_in_role(role);
    let asks = |label: &LabelId| {
        let label = checked.codebook.label(label);
        label.is_some_and(|label| {
            let mut uses = label.attributes.iter();
            uses.any(|usage| asked.iter().any(|attribute| attribute.id == usage.id))
        })
    };
    let Some(first) = asked.first().filter(|_| role.labels.iter().all(asks)) else {
        return;
    };
    let (what, hint) = match first.attribute_type {
        AttributeType::Date => (
            "date",
            "write a date, or fill the role with the span that says it",
        ),
        _ => (
            "figure",
            "write a figure such as 12 killed, or fill the role with the span that says it",
        ),
    };
    let (name, words) = (role_name(checked, role), checked.event_in_words(event));
    found.extend(checked.problem(
        ProblemCode::TextFiller,
        ProblemPlace::Event(event.id.clone()),
        &format!("{} {text}", role.id),
        format!("{words}: {name} is the text {}, which is no {what}", quoted(text)),
        hint,
    ));
}

fn role_name<'a>(checked: &Checked<'a>, role: &'a Role) -> &'a str {
    checked.name(Some(&role.names), role.id.as_str())
}
