//! Events: record one with its roles, give it another type or trigger, remove it.

use crate::model::{Change, Event, EventId, EventType, Extra, Filler, LayerEdit, RoleFiller, RoleId};
use crate::session::command::{AddEvent, RemoveEvent, Revise, SetEvent};
use crate::session::refusal::Refusal;

use super::{Place, Planned, Step, check, note, relation, span};

pub(super) fn add(place: &Place<'_>, command: &AddEvent) -> Planned {
    let kind = check::known_event_type(place.codebook, &command.event_type)?;
    check::refuse_retired(kind.retired, &format!("event type {}", kind.id))?;
    if let Some(trigger) = &command.trigger {
        span::get(place, trigger)?;
    }
    refuse_roles(place, kind, &command.roles)?;
    let mut roles = command.roles.iter();
    roles.try_for_each(|filler| refuse_retired(kind, &filler.role))?;
    check::attributes(place.codebook, &kind.attributes, &command.attributes)?;
    let is_taken = |id: &EventId| place.layer.events.contains_key(id);
    let id = place.fresh_id(command.id.as_ref(), EventId::new, is_taken, "event")?;
    let event = Event {
        id: id.clone(),
        event_type: kind.id.clone(),
        rank: place.layer.rank_of_next(&id),
        trigger: command.trigger.clone(),
        roles: command.roles.clone(),
        attributes: check::with_defaults(place.codebook, &kind.attributes, &command.attributes),
        extra: Extra::new(),
    };
    Ok(Step {
        summary: format!("add event {}", kind.id),
        created: vec![id.to_string()],
        edits: vec![LayerEdit::Event(id, Change::add(event))],
    })
}

pub(super) fn set(place: &Place<'_>, command: &SetEvent) -> Planned {
    let before = get(place, &command.event)?;
    let mut after = before.clone();
    if let Some(wanted) = &command.event_type {
        let kind = check::known_event_type(place.codebook, wanted)?;
        let is_new = kind.id != before.event_type;
        check::refuse_retired(is_new && kind.retired, &format!("event type {}", kind.id))?;
        after.event_type = kind.id.clone();
        refuse_roles(place, kind, &after.roles)?;
        check::attributes(place.codebook, &kind.attributes, &after.attributes)?;
    }
    if let Revise::To(trigger) = &command.trigger {
        span::get(place, trigger)?;
    }
    after.trigger = command.trigger.over(after.trigger);
    let what = match (&command.event_type, &command.trigger) {
        (Some(kind), _) => format!("make event {} of {}", kind, before.event_type),
        (None, Revise::Clear) => format!("take the trigger from {}", before.event_type),
        (None, _) => match after.trigger.as_ref().map(|id| span::get(place, id)) {
            Some(Ok(span)) => format!(
                "make {} the trigger of {}",
                check::quote(&place.article.text, &span.ranges),
                before.event_type
            ),
            _ => format!("change event {}", before.event_type),
        },
    };
    changed(before, after, what)
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveEvent) -> Planned {
    let event = get(place, &command.event)?;
    let mut edits = note::removals(place.layer, &[event.id.as_str()]);
    edits.push(LayerEdit::Event(event.id.clone(), Change::remove(event.clone())));
    Ok(Step {
        summary: format!("remove event {}", event.event_type),
        edits,
        created: Vec::new(),
    })
}

/// The event of that id.
pub(super) fn get<'a>(place: &Place<'a>, id: &EventId) -> Result<&'a Event, Refusal> {
    place.layer.events.get(id).ok_or_else(|| {
        let message = format!("there is no event {id} on this layer");
        Refusal::new("unknown_event", message)
    })
}

/// The step from an event to what it is then.
pub(super) fn changed(before: &Event, after: Event, summary: String) -> Planned {
    if after == *before {
        return Err(span::unchanged(&format!("event {} says so already", before.id)));
    }
    Ok(Step {
        summary,
        edits: vec![LayerEdit::Event(
            before.id.clone(),
            Change::replace(before.clone(), after),
        )],
        created: Vec::new(),
    })
}

/// Holds fillers against the roles' labels and largest numbers. The smallest numbers are for finished work, so that an
/// event may be recorded before all is known.
pub(super) fn refuse_roles(
    place: &Place<'_>,
    kind: &EventType,
    fillers: &[RoleFiller],
) -> Result<(), Refusal> {
    for (number, filler) in fillers.iter().enumerate() {
        let before = fillers.get(..number).unwrap_or_default();
        let same_role = |one: &&RoleFiller| one.role == filler.role;
        if before
            .iter()
            .filter(same_role)
            .any(|one| one.filler == filler.filler)
        {
            return Err(duplicate(filler));
        }
        refuse_filler(place, kind, filler, before.iter().filter(same_role).count())?;
    }
    Ok(())
}

/// Why something cannot fill a role beside so many others, if it cannot.
pub(super) fn refuse_filler(
    place: &Place<'_>,
    kind: &EventType,
    filler: &RoleFiller,
    others: usize,
) -> Result<(), Refusal> {
    let role = kind.roles.iter().find(|role| role.id == filler.role);
    let role = role.ok_or_else(|| unknown_role(kind, &filler.role))?;
    if let Filler::Span(id) = &filler.filler {
        let takes = format!("role {} takes", role.id);
        relation::allow(&role.labels, span::get(place, id)?, &takes)?;
    }
    match role.max {
        Some(max) if others >= max as usize => Err(Refusal::new(
            "too_many_fillers",
            format!("role {} takes at most {max}", role.id),
        )),
        _ => Ok(()),
    }
}

/// Refuses new fillers of a role that is kept only for what was annotated before.
pub(super) fn refuse_retired(kind: &EventType, role: &RoleId) -> Result<(), Refusal> {
    match kind.roles.iter().find(|one| one.id == *role) {
        Some(found) if found.retired => Err(check::retired(&format!("role {role} of {}", kind.id))),
        _ => Ok(()),
    }
}

/// The same filler stands in the role already.
pub(super) fn duplicate(filler: &RoleFiller) -> Refusal {
    let what = match &filler.filler {
        Filler::Span(span) => format!("span {span}"),
        Filler::Value(value) => value.to_json().to_string(),
    };
    let message = format!("role {} is filled by {what} already", filler.role);
    Refusal::new("duplicate_filler", message)
}

fn unknown_role(kind: &EventType, role: &RoleId) -> Refusal {
    let known = kind.roles.iter().map(|role| role.id.as_str());
    let message = format!("the event type {} has no role {role}", kind.id);
    Refusal::new("unknown_role", message).hint(check::one_of("roles", known))
}
