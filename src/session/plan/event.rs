//! Events: record one with its roles, remove it.

use std::collections::BTreeMap;

use crate::model::{Change, Event, EventId, EventType, Extra, Filler, LayerEdit, RoleFiller, RoleId};
use crate::session::command::{AddEvent, RemoveEvent};
use crate::session::refusal::Refusal;

use super::{Place, Planned, Step, check, note, relation, span};

pub(super) fn add(place: &Place<'_>, command: &AddEvent) -> Planned {
    let known = || place.codebook.event_types.iter().map(|kind| kind.id.as_str());
    let kind = place.codebook.event_type(&command.event_type).ok_or_else(|| {
        Refusal::new(
            "unknown_event_type",
            format!("the codebook has no event type {}", command.event_type),
        )
        .hint(check::one_of("event types", known()))
    })?;
    if let Some(trigger) = &command.trigger {
        span::get(place, trigger)?;
    }
    roles(place, kind, &command.roles)?;
    check::attributes(place.codebook, &kind.attributes, &command.attributes)?;
    let is_taken = |id: &EventId| place.layer.events.contains_key(id);
    let id = place.fresh_id(command.id.as_ref(), EventId::new, is_taken, "event")?;
    let event = Event {
        id: id.clone(),
        event_type: kind.id.clone(),
        trigger: command.trigger.clone(),
        roles: command.roles.clone(),
        attributes: check::with_defaults(&kind.attributes, &command.attributes),
        extra: Extra::new(),
    };
    Ok(Step {
        summary: format!("add event {}", kind.id),
        created: vec![id.to_string()],
        edits: vec![LayerEdit::Event(id, Change::add(event))],
    })
}

/// Holds the fillers against the roles' labels and largest numbers. The smallest numbers are for finished work, so an
/// event may be recorded before all is known.
fn roles(place: &Place<'_>, kind: &EventType, fillers: &[RoleFiller]) -> Result<(), Refusal> {
    let mut counts: BTreeMap<&RoleId, u32> = BTreeMap::new();
    for filler in fillers {
        let role = kind
            .roles
            .iter()
            .find(|role| role.id == filler.role)
            .ok_or_else(|| {
                Refusal::new(
                    "unknown_role",
                    format!("the event type {} has no role {}", kind.id, filler.role),
                )
                .hint(check::one_of(
                    "roles",
                    kind.roles.iter().map(|role| role.id.as_str()),
                ))
            })?;
        if let Filler::Value(value) = &filler.filler {
            check::own_rules(value)
                .map_err(|cause| Refusal::new("bad_value", format!("role {}: {cause}", role.id)))?;
        }
        if let Filler::Span(id) = &filler.filler {
            relation::allow(
                &role.labels,
                span::get(place, id)?,
                &format!("role {} takes", role.id),
            )?;
        }
        let count = counts.entry(&filler.role).or_default();
        *count += 1;
        if let Some(max) = role.max.filter(|max| *count > *max) {
            let message = format!("role {} takes at most {max}", role.id);
            return Err(Refusal::new("too_many_fillers", message));
        }
    }
    Ok(())
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveEvent) -> Planned {
    let event = place.layer.events.get(&command.event).ok_or_else(|| {
        Refusal::new(
            "unknown_event",
            format!("there is no event {} on this layer", command.event),
        )
    })?;
    let mut edits = note::removals(place.layer, &[event.id.as_str()]);
    edits.push(LayerEdit::Event(event.id.clone(), Change::remove(event.clone())));
    Ok(Step {
        summary: format!("remove event {}", event.event_type),
        edits,
        created: Vec::new(),
    })
}
