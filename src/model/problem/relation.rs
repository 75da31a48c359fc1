//! Relations against the codebook and against each other.

use std::collections::BTreeMap;

use super::{Checked, Problem, ProblemCode, ProblemPlace};
use crate::model::{Circle, LabelId, Relation, RelationType, SpanId, circles};

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    let mut there = BTreeMap::new();
    for relation in checked.layer.relations.values() {
        let place = || ProblemPlace::Relation(relation.id.clone());
        let words = || checked.relation_in_words(relation);
        match checked.codebook.relation_type(&relation.relation_type) {
            None => found.extend(checked.problem(
                ProblemCode::UnknownRelationType,
                place(),
                relation.relation_type.as_str(),
                format!("{}: the codebook has no such relation", words()),
                "remove the relation, or add its type to the codebook",
            )),
            Some(kind) => ends(checked, relation, kind, found),
        }
        if relation.from == relation.to {
            found.extend(checked.problem(
                ProblemCode::RelationToItself,
                place(),
                "",
                format!("{} leads back to the same span", words()),
                "remove the relation, or let it lead to another span",
            ));
        }
        let link = (&relation.relation_type, &relation.from, &relation.to);
        let first: Option<&&str> = there.get(&link);
        if let Some(first) = first {
            found.extend(checked.problem(
                ProblemCode::DuplicateRelation,
                place(),
                first,
                format!("{} is there twice", words()),
                "remove one of the two",
            ));
        } else {
            there.insert(link, relation.id.as_str());
        }
    }
    let relations: Vec<&Relation> = checked.layer.relations.values().collect();
    for circle in circles(&relations) {
        found.extend(circle_problem(checked, &circle));
    }
}

/// A circle of parts, by the spans that it goes through.
fn circle_problem(checked: &Checked<'_>, circle: &Circle<'_>) -> Option<Problem> {
    let kind = checked.codebook.relation_type(&circle.closing.relation_type);
    let id = circle.closing.relation_type.as_str();
    let name = checked.name(kind.map(|kind| &kind.names), id);
    let mut spans: Vec<String> = circle
        .spans
        .iter()
        .map(|span| checked.span_in_words(span))
        .collect();
    if circle.count > spans.len() {
        spans.push("…".to_owned());
    }
    let message = match spans.as_slice() {
        [one, other] => format!("Relation {name} leads from {one} to {other} and back"),
        _ => format!("Relation {name} leads in a circle: {}", spans.join(", ")),
    };
    checked.problem(
        ProblemCode::RelationCircle,
        ProblemPlace::Relation(circle.closing.id.clone()),
        "",
        message,
        "remove one of these relations, or let it lead elsewhere",
    )
}

fn ends(checked: &Checked<'_>, relation: &Relation, kind: &RelationType, found: &mut Vec<Problem>) {
    let ends = [
        (&relation.from, &kind.from, "from", "starts at"),
        (&relation.to, &kind.to, "to", "leads to"),
    ];
    for (span, takes, end, verb) in ends {
        let Some(label) = label_of(checked, span).filter(|label| !takes.is_empty() && !takes.contains(label))
        else {
            continue;
        };
        let name = checked.name(Some(&kind.names), kind.id.as_str());
        let names: Vec<String> = takes.iter().map(|id| label_name(checked, id)).collect();
        found.extend(checked.problem(
            ProblemCode::RelationEnds,
            ProblemPlace::Relation(relation.id.clone()),
            &format!("{end} {label}"),
            format!(
                "Relation {name} {verb} {}, not {}",
                checked.span_in_words(span),
                names.join(" or ")
            ),
            "give the span another label, or the relation another type",
        ));
    }
}

pub(super) fn label_of<'a>(checked: &Checked<'a>, span: &SpanId) -> Option<&'a LabelId> {
    checked.layer.spans.get(span).map(|span| &span.label)
}

pub(super) fn label_name(checked: &Checked<'_>, id: &LabelId) -> String {
    checked.codebook.label_apart(id, checked.lang)
}
