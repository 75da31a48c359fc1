//! Relations: link two spans, change the link, take it away.

use std::sync::Arc;

use crate::model::{
    Change, Extra, LabelId, LayerEdit, Relation, RelationId, RelationType, RelationTypeId, Span, SpanId, way,
};
use crate::session::command::{AddRelation, RemoveRelation, SetRelation};
use crate::session::refusal::{About, Refusal};

use super::{Place, Planned, Step, check, note, rules, span};

pub(super) fn add(place: &Place<'_>, command: &AddRelation) -> Planned {
    let wanted = Wanted {
        relation_type: &command.relation_type,
        from: &command.from,
        to: &command.to,
        known_as: None,
    };
    let (kind, from, to) = wanted.check(place)?;
    check::refuse_retired(kind.retired, &format!("relation type {}", kind.id))?;
    check::attributes(place.codebook, &kind.attributes, &command.attributes)?;
    let is_taken = |id: &RelationId| place.layer.relations.contains_key(id);
    let id = place.fresh_id(command.id.as_ref(), RelationId::new, is_taken, "relation")?;
    let relation = Relation {
        id: id.clone(),
        relation_type: kind.id.clone(),
        from: from.id.clone(),
        to: to.id.clone(),
        attributes: check::with_defaults(place.codebook, &kind.attributes, &command.attributes),
        extra: Extra::new(),
    };
    Ok(Step {
        summary: format!("link {} ({})", ends_in_words(place, from, to), kind.id),
        created: vec![id.to_string()],
        edits: vec![LayerEdit::Relation(id, Change::add(relation))],
    })
}

/// Another type, other ends. What a new type does not ask for goes with the old one; undo brings it back.
pub(super) fn set(place: &Place<'_>, command: &SetRelation) -> Planned {
    let before = get(place, &command.relation)?;
    let wanted = Wanted {
        relation_type: command.relation_type.as_ref().unwrap_or(&before.relation_type),
        from: command.from.as_ref().unwrap_or(&before.from),
        to: command.to.as_ref().unwrap_or(&before.to),
        known_as: Some(&before.id),
    };
    let (kind, from, to) = wanted.check(place)?;
    let mut after = Relation {
        relation_type: kind.id.clone(),
        from: from.id.clone(),
        to: to.id.clone(),
        ..before.clone()
    };
    if after == *before {
        let message = format!("relation {} is {} there already", before.id, kind.id);
        return Err(span::unchanged(&message));
    }
    if after.relation_type != before.relation_type {
        check::refuse_retired(kind.retired, &format!("relation type {}", kind.id))?;
        let is_asked = |id: &_| kind.attributes.iter().any(|usage| usage.id == *id);
        after.attributes.retain(|id, _| is_asked(id));
        after.attributes = check::with_defaults(place.codebook, &kind.attributes, &after.attributes);
    }
    let summary = format!(
        "change the relation to {} ({})",
        ends_in_words(place, from, to),
        kind.id
    );
    Ok(replace(before, after, summary))
}

/// A changed relation in the place of the old one.
pub(super) fn replace(before: &Relation, after: Relation, summary: String) -> Step {
    let change = Change::replace(before.clone(), after);
    Step {
        edits: vec![LayerEdit::Relation(before.id.clone(), change)],
        created: Vec::new(),
        summary,
    }
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveRelation) -> Planned {
    let relation = get(place, &command.relation)?;
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

/// The relation of that id on this layer.
pub(super) fn get<'a>(place: &'a Place<'_>, id: &RelationId) -> Result<&'a Relation, Refusal> {
    place.layer.relations.get(id).ok_or_else(|| {
        Refusal::new(
            "unknown_relation",
            format!("there is no relation {id} on this layer"),
        )
    })
}

/// What a relation shall be.
struct Wanted<'a> {
    relation_type: &'a RelationTypeId,
    from: &'a SpanId,
    to: &'a SpanId,
    /// The relation itself, which is not its own twin.
    known_as: Option<&'a RelationId>,
}

impl Wanted<'_> {
    /// Its type and its ends, where the codebook and the layer allow it.
    fn check<'p>(
        &self,
        place: &'p Place<'_>,
    ) -> Result<(&'p RelationType, &'p Arc<Span>, &'p Arc<Span>), Refusal> {
        let known = || place.codebook.relation_types.iter().map(|kind| kind.id.as_str());
        let kind = place.codebook.relation_type(self.relation_type).ok_or_else(|| {
            let message = format!("the codebook has no relation type {}", self.relation_type);
            Refusal::new("unknown_relation_type", message).hint(check::one_of("relation types", known()))
        })?;
        let (from, to) = (span::get(place, self.from)?, span::get(place, self.to)?);
        if from.id == to.id {
            return Err(Refusal::new("same_span", "a relation links two different spans"));
        }
        let rule = |end: &str| format!("{} {end}", kind.id);
        allow(&kind.from, from, &rule("starts from"))?;
        allow(&kind.to, to, &rule("leads to"))?;
        let is_twin = |r: &&Relation| {
            let is_itself = self.known_as == Some(&r.id);
            !is_itself && r.relation_type == kind.id && r.from == from.id && r.to == to.id
        };
        if let Some(twin) = place.layer.relations.values().find(is_twin) {
            return Err(Refusal::new(
                "duplicate_relation",
                format!("these spans are linked so already, as {}", twin.id),
            ));
        }
        let relations = place.layer.relations.values();
        let others = relations.filter(|relation| self.known_as != Some(&relation.id));
        refuse_circle(place, others, &kind.id, (&to.id, &from.id))?;
        Ok((kind, from, to))
    }
}

/// Refuses a relation of parts whose end leads to its start already.
pub(super) fn refuse_circle<'r>(
    place: &Place<'_>,
    relations: impl Iterator<Item = &'r Relation>,
    kind: &RelationTypeId,
    (from, to): (&SpanId, &SpanId),
) -> Result<(), Refusal> {
    if !kind.is_of_parts() {
        return Ok(());
    }
    let Some(way) = way(relations, kind, from, to) else {
        return Ok(());
    };
    let quote = |span: &SpanId| {
        let span = place.layer.spans.get(span);
        span.map_or_else(String::new, |span| {
            check::quote(&place.article.text, &span.ranges)
        })
    };
    let ids: Vec<&str> = way.iter().map(|relation| relation.id.as_str()).collect();
    let mut spans: Vec<String> = way.iter().map(|relation| quote(&relation.from)).collect();
    spans.push(quote(to));
    let message = format!("{kind} leads back: {} as it is", spans.join(" › "));
    Err(Refusal::new("leads_back", message)
        .hint(format!(
            "remove one of these first, or lead it elsewhere: {}",
            ids.join(", ")
        ))
        .about(About::LeadsBack {
            kind: kind.clone(),
            way: spans,
        }))
}

fn ends_in_words(place: &Place<'_>, from: &Span, to: &Span) -> String {
    let text = &place.article.text;
    let (from, to) = (check::quote(text, &from.ranges), check::quote(text, &to.ranges));
    format!("{from} › {to}")
}

/// Holds a span's label against a list of the codebook, where an empty one allows all.
pub(super) fn allow(labels: &[LabelId], span: &Span, rule: &str) -> Result<(), Refusal> {
    if labels.is_empty() || labels.contains(&span.label) {
        return Ok(());
    }
    let (allowed, id, label) = (rules::in_words(labels), &span.id, &span.label);
    Err(Refusal::new(
        "label_not_allowed",
        format!("{rule} {allowed}, and span {id} is {label}"),
    ))
}
