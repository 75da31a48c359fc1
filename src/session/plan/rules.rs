//! What hangs on a span by its label: the ends of relations, the roles of events.
//!
//! A change of label that would leave one of them against the codebook is refused, and says which it is. What was
//! against the codebook before, such as after an import, hinders nothing here: it is found by the checks. A merge joins
//! spans of one label and a split leaves both parts under it, so that neither can break a rule.

use crate::model::{Event, Filler, LabelId, Relation, Span};
use crate::session::refusal::{About, Refusal};

use super::Place;

/// Refuses a new label that a relation or a role of the span does not allow.
pub(super) fn refuse_label(place: &Place<'_>, span: &Span, label: &LabelId) -> Result<(), Refusal> {
    for relation in place.layer.relations.values() {
        refuse_end(place, relation, span, label)?;
    }
    for event in place.layer.events.values() {
        refuse_role(place, event, span, label)?;
    }
    Ok(())
}

fn refuse_end(place: &Place<'_>, relation: &Relation, span: &Span, label: &LabelId) -> Result<(), Refusal> {
    let Some(kind) = place.codebook.relation_type(&relation.relation_type) else {
        return Ok(());
    };
    let ends = [
        (&relation.from, &kind.from, true),
        (&relation.to, &kind.to, false),
    ];
    for (end, allowed, starts) in ends {
        if *end == span.id && is_broken(allowed, &span.label, label) {
            let (id, labels) = (&relation.id, in_words(allowed));
            let verb = if starts { "starts from" } else { "leads to" };
            let message = format!("relation {id} ({}) {verb} it, which must be {labels}", kind.id);
            return Err(Refusal::new("label_not_allowed", message)
                .hint(format!("remove relation {id} or lead it elsewhere first"))
                .about(About::EndsRelation {
                    kind: kind.id.clone(),
                    starts,
                    allowed: allowed.clone(),
                }));
        }
    }
    Ok(())
}

fn refuse_role(place: &Place<'_>, event: &Event, span: &Span, label: &LabelId) -> Result<(), Refusal> {
    let Some(kind) = place.codebook.event_type(&event.event_type) else {
        return Ok(());
    };
    let filled = event
        .roles
        .iter()
        .filter(|one| matches!(&one.filler, Filler::Span(filler) if *filler == span.id));
    for one in filled {
        let role = kind.roles.iter().find(|role| role.id == one.role);
        if let Some(role) = role.filter(|role| is_broken(&role.labels, &span.label, label)) {
            let (id, allowed) = (&event.id, in_words(&role.labels));
            let message = format!("it is the {} of event {id}, which must be {allowed}", role.id);
            return Err(Refusal::new("label_not_allowed", message)
                .hint(format!("take it out of event {id} first"))
                .about(About::FillsRole {
                    event: id.clone(),
                    role: role.id.clone(),
                    allowed: role.labels.clone(),
                }));
        }
    }
    Ok(())
}

/// Whether a list of labels, where an empty one allows all, allows the old label and not the new one.
fn is_broken(allowed: &[LabelId], old: &LabelId, new: &LabelId) -> bool {
    allowed.contains(old) && !allowed.contains(new)
}

/// The labels of a list, where one of them must be.
pub(super) fn in_words(labels: &[LabelId]) -> String {
    let labels: Vec<&str> = labels.iter().map(LabelId::as_str).collect();
    labels.join(" or ")
}
