//! Events as rows of a sheet: put before or behind another one, recorded again, made one of several.

use crate::model::{
    Change, Event, EventId, EventPlace, LayerEdit, Note, RoleFiller, TargetId, ranks_to_stand_at,
};
use crate::session::command::{DuplicateEvent, MergeEvents, MoveEvent};
use crate::session::refusal::Refusal;

use super::{Place, Planned, Step, check, event, span};

pub(super) fn move_to(place: &Place<'_>, command: &MoveEvent) -> Planned {
    let moved = event::get(place, &command.event)?;
    let (anchor, is_behind) = match (&command.before, &command.after) {
        (Some(anchor), None) => (anchor, false),
        (None, Some(anchor)) => (anchor, true),
        _ => {
            return Err(Refusal::new(
                "bad_field",
                "move_event: name the event before or after which it shall stand, one of the two",
            ));
        }
    };
    if *anchor == moved.id {
        return Err(Refusal::new("same_event", "an event cannot stand beside itself"));
    }
    event::get(place, anchor)?;
    let mut others = place.layer.events_in_order();
    let now = others.iter().position(|other| other.id == moved.id);
    others.retain(|other| other.id != moved.id);
    let at = others.iter().position(|other| other.id == *anchor).unwrap_or(0) + usize::from(is_behind);
    if now == Some(at) {
        return Err(span::unchanged(&format!(
            "event {} stands there already",
            moved.id
        )));
    }
    Ok(Step {
        summary: format!("move event {}", moved.event_type),
        edits: ranked(place, &others, &moved.id, at),
        created: Vec::new(),
    })
}

pub(super) fn duplicate(place: &Place<'_>, command: &DuplicateEvent) -> Planned {
    let original = event::get(place, &command.event)?;
    let is_taken = |id: &EventId| place.layer.events.contains_key(id);
    let id = place.fresh_id(command.id.as_ref(), EventId::new, is_taken, "event")?;
    let others = place.layer.events_in_order();
    let at = others
        .iter()
        .position(|other| other.id == original.id)
        .map_or(others.len(), |at| at + 1);
    let places: Vec<EventPlace<'_>> = others.iter().map(|other| other.place()).collect();
    let own = ranks_to_stand_at(&places, &id, at)
        .first()
        .map_or(0, |(_, rank)| *rank);
    let copy = Event {
        id: id.clone(),
        rank: own,
        ..original.clone()
    };
    let mut edits = vec![LayerEdit::Event(id.clone(), Change::add(copy))];
    let give_way = ranked(place, &others, &id, at);
    edits.extend(give_way);
    Ok(Step {
        summary: format!("duplicate event {}", original.event_type),
        edits,
        created: vec![id.to_string()],
    })
}

/// The edits that give events the ranks with which one stands at a place among others. One that is new is left out.
fn ranked(place: &Place<'_>, others: &[&Event], id: &EventId, at: usize) -> Vec<LayerEdit> {
    let places: Vec<EventPlace<'_>> = others.iter().map(|other| other.place()).collect();
    let edits = ranks_to_stand_at(&places, id, at)
        .into_iter()
        .filter_map(|(id, rank)| {
            let before = place.layer.events.get(&id)?;
            let after = Event {
                rank,
                ..before.clone()
            };
            (after != *before).then(|| LayerEdit::Event(id, Change::replace(before.clone(), after)))
        });
    edits.collect()
}

/// The first event stays. Its own values stand; where another one's differ, the summary says so, and undo brings the
/// others back.
pub(super) fn merge(place: &Place<'_>, command: &MergeEvents) -> Planned {
    let events: Vec<&Event> = command
        .events
        .iter()
        .map(|id| event::get(place, id))
        .collect::<Result<_, _>>()?;
    let Some((kept, absorbed)) = events.split_first() else {
        return Err(check::too_few("event"));
    };
    let kind = check::known_event_type(place.codebook, &kept.event_type)?;
    let mut after = (*kept).clone();
    let mut differing: Vec<String> = Vec::new();
    for other in absorbed {
        if other.event_type != kept.event_type {
            differing.push("type".to_owned());
        }
        take_in(&mut after, other, &mut differing);
    }
    event::refuse_roles(place, kind, &after.roles)?;
    let mut edits = vec![LayerEdit::Event(
        kept.id.clone(),
        Change::replace((*kept).clone(), after.clone()),
    )];
    if after == **kept {
        edits.clear();
    }
    edits.extend(notes_moved(place, kept, absorbed));
    let removals = absorbed
        .iter()
        .map(|other| LayerEdit::Event(other.id.clone(), Change::remove((*other).clone())));
    edits.extend(removals);
    let mut summary = format!("merge {} events into one {}", events.len(), kept.event_type);
    if !differing.is_empty() {
        differing.sort();
        differing.dedup();
        let differing = differing.join(", ");
        summary = format!("{summary}; they differed in {differing}, the first one’s was kept");
    }
    Ok(Step {
        summary,
        edits,
        created: Vec::new(),
    })
}

/// Puts what another event holds to an event, and names what differs.
fn take_in(into: &mut Event, other: &Event, differing: &mut Vec<String>) {
    match (&into.trigger, &other.trigger) {
        (None, Some(trigger)) => into.trigger = Some(trigger.clone()),
        (Some(own), Some(trigger)) if own != trigger => differing.push("trigger".to_owned()),
        _ => {}
    }
    for filler in &other.roles {
        let same = |one: &&mut RoleFiller| one.role == filler.role && one.filler == filler.filler;
        match into.roles.iter_mut().find(same) {
            None => into.roles.push(filler.clone()),
            Some(own) => {
                if own.inferred != filler.inferred {
                    differing.push(format!("whether {} is inferred", filler.role));
                }
                match (&own.note, &filler.note) {
                    (None, Some(note)) => own.note = Some(note.clone()),
                    (Some(one), Some(note)) if one != note => {
                        differing.push(format!("the note on {}", filler.role));
                    }
                    _ => {}
                }
            }
        }
    }
    for (id, value) in &other.attributes {
        match into.attributes.get(id) {
            None => {
                into.attributes.insert(id.clone(), value.clone());
            }
            Some(own) if own != value => differing.push(id.to_string()),
            Some(_) => {}
        }
    }
    for (key, value) in &other.extra {
        if !into.extra.contains_key(key) {
            into.extra.insert(key.clone(), value.clone());
        } else if into.extra.get(key) != Some(value) {
            differing.push(key.clone());
        }
    }
}

/// Notes on the events that go are on the one that stays.
fn notes_moved(place: &Place<'_>, kept: &Event, absorbed: &[&Event]) -> Vec<LayerEdit> {
    let Ok(target) = TargetId::new(kept.id.as_str()) else {
        return Vec::new();
    };
    let is_about = |note: &&Note| {
        let about = note.target.as_ref().map(TargetId::as_str);
        absorbed.iter().any(|event| about == Some(event.id.as_str()))
    };
    let moved = place.layer.notes.values().filter(is_about).map(|note| {
        let after = Note {
            target: Some(target.clone()),
            ..note.clone()
        };
        LayerEdit::Note(note.id.clone(), Change::replace(note.clone(), after))
    });
    moved.collect()
}
