//! Relations: link two spans, take the link away.

use crate::model::{Change, Extra, LabelId, LayerEdit, Relation, RelationId, Span};
use crate::session::command::{AddRelation, RemoveRelation};
use crate::session::refusal::Refusal;

use super::{Place, Planned, Step, check, note, span};

pub(super) fn add(place: &Place<'_>, command: &AddRelation) -> Planned {
    let known = || place.codebook.relation_types.iter().map(|kind| kind.id.as_str());
    let kind = place
        .codebook
        .relation_type(&command.relation_type)
        .ok_or_else(|| {
            let message = format!("the codebook has no relation type {}", command.relation_type);
            Refusal::new("unknown_relation_type", message).hint(check::one_of("relation types", known()))
        })?;
    if kind.retired {
        return Err(check::retired(&format!("relation type {}", kind.id)));
    }
    let (from, to) = (span::get(place, &command.from)?, span::get(place, &command.to)?);
    if from.id == to.id {
        return Err(Refusal::new("same_span", "a relation links two different spans"));
    }
    let rule = |end: &str| format!("{} {end}", kind.id);
    allow(&kind.from, from, &rule("starts from"))?;
    allow(&kind.to, to, &rule("leads to"))?;
    let is_twin = |r: &&Relation| r.relation_type == kind.id && r.from == from.id && r.to == to.id;
    if let Some(twin) = place.layer.relations.values().find(is_twin) {
        return Err(Refusal::new(
            "duplicate_relation",
            format!("these spans are linked so already, as {}", twin.id),
        ));
    }
    check::attributes(place.codebook, &kind.attributes, &command.attributes)?;
    let is_taken = |id: &RelationId| place.layer.relations.contains_key(id);
    let id = place.fresh_id(command.id.as_ref(), RelationId::new, is_taken, "relation")?;
    let text = &place.article.text;
    let ends = (check::quote(text, &from.ranges), check::quote(text, &to.ranges));
    let relation = Relation {
        id: id.clone(),
        relation_type: kind.id.clone(),
        from: from.id.clone(),
        to: to.id.clone(),
        attributes: check::with_defaults(&kind.attributes, &command.attributes),
        extra: Extra::new(),
    };
    Ok(Step {
        summary: format!("link {} → {} ({})", ends.0, ends.1, kind.id),
        created: vec![id.to_string()],
        edits: vec![LayerEdit::Relation(id, Change::add(relation))],
    })
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveRelation) -> Planned {
    let relation = place.layer.relations.get(&command.relation).ok_or_else(|| {
        Refusal::new(
            "unknown_relation",
            format!("there is no relation {} on this layer", command.relation),
        )
    })?;
    let mut edits = note::removals(place.layer, &[relation.id.as_str()]);
    edits.push(LayerEdit::Relation(
        relation.id.clone(),
        Change::remove(relation.clone()),
    ));
    Ok(Step {
        summary: format!("remove the relation {}", relation.relation_type),
        edits,
        created: Vec::new(),
    })
}

/// Holds a span's label against a list of the codebook, where an empty one allows all.
pub(super) fn allow(labels: &[LabelId], span: &Span, rule: &str) -> Result<(), Refusal> {
    if labels.is_empty() || labels.contains(&span.label) {
        return Ok(());
    }
    let allowed: Vec<&str> = labels.iter().map(LabelId::as_str).collect();
    Err(Refusal::new(
        "label_not_allowed",
        format!(
            "{rule} {}, and span {} is {}",
            allowed.join(" or "),
            span.id,
            span.label
        ),
    ))
}
