//! What fills the roles of an event: added, changed, taken out.

use crate::model::{Event, Filler, RoleFiller, RoleId, SpanId, Value};
use crate::session::command::{AddFiller, RemoveFiller, Revise, SetFiller, WhichFiller};
use crate::session::refusal::Refusal;

use super::{Place, Planned, check, event, span};

pub(super) fn add(place: &Place<'_>, command: &AddFiller) -> Planned {
    let before = event::get(place, &command.event)?;
    let added = RoleFiller {
        role: command.role.clone(),
        filler: one_filler(command.span.as_ref(), command.value.as_deref())?
            .ok_or_else(nothing_to_fill_with)?,
        inferred: command.inferred,
        note: command.note.clone().filter(|note| !note.trim().is_empty()),
        extra: command.extra.clone(),
    };
    let mut after = before.clone();
    after.roles.push(added.clone());
    refuse_in(place, before, &before.roles, &added)?;
    let what = in_words(place, &added.filler);
    event::changed(
        before,
        after,
        format!("add {what} to {} as {}", before.event_type, command.role),
    )
}

pub(super) fn set(place: &Place<'_>, command: &SetFiller) -> Planned {
    let before = event::get(place, &command.event)?;
    let number = find(before, &command.role, &command.filler)?;
    let mut after = before.clone();
    let Some(changed) = after.roles.get_mut(number) else {
        return Err(no_filler(&command.role, &command.filler));
    };
    if let Some(filler) = one_filler(command.span.as_ref(), command.value.as_deref())? {
        changed.filler = filler;
    }
    if let Some(role) = &command.to {
        changed.role.clone_from(role);
    }
    if let Some(inferred) = command.inferred {
        changed.inferred = inferred;
    }
    match &command.note {
        Revise::Keep => {}
        Revise::To(note) if !note.trim().is_empty() => changed.note = Some(note.clone()),
        Revise::To(_) | Revise::Clear => changed.note = None,
    }
    let changed = changed.clone();
    let stays = before
        .roles
        .get(number)
        .is_some_and(|old| (&old.role, &old.filler) == (&changed.role, &changed.filler));
    // A remark can be written also where the codebook would not take the filler any more.
    if !stays {
        let mut others = before.roles.clone();
        others.remove(number);
        refuse_in(place, before, &others, &changed)?;
    }
    let what = in_words(place, &changed.filler);
    let summary = match (&command.to, command.inferred) {
        (Some(role), _) => format!("make {what} {role} of {}", before.event_type),
        (None, Some(true)) => format!("mark {what} in {} inferred", before.event_type),
        (None, Some(false)) => format!("mark {what} in {} as read", before.event_type),
        (None, None) => format!("change {} of {}", command.role, before.event_type),
    };
    event::changed(before, after, summary)
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveFiller) -> Planned {
    let before = event::get(place, &command.event)?;
    let number = find(before, &command.role, &command.filler)?;
    let mut after = before.clone();
    let gone = after.roles.remove(number);
    let what = in_words(place, &gone.filler);
    let summary = format!("take {what} from {} as {}", before.event_type, command.role);
    event::changed(before, after, summary)
}

/// A span or a value, not both.
fn one_filler(span: Option<&SpanId>, value: Option<&Value>) -> Result<Option<Filler>, Refusal> {
    match (span, value) {
        (Some(span), None) => Ok(Some(Filler::Span(span.clone()))),
        (None, Some(value)) => Ok(Some(Filler::Value(value.clone()))),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(Refusal::new(
            "bad_field",
            "a role is filled by a span or a value, not by both",
        )),
    }
}

fn nothing_to_fill_with() -> Refusal {
    Refusal::new(
        "bad_field",
        "a role is filled by a span or a value; neither is given",
    )
}

/// Holds one filler against the codebook and against what fills the event's roles beside it.
fn refuse_in(
    place: &Place<'_>,
    of: &Event,
    others: &[RoleFiller],
    filler: &RoleFiller,
) -> Result<(), Refusal> {
    let kind = check::known_event_type(place.codebook, &of.event_type)?;
    event::refuse_retired(kind, &filler.role)?;
    let in_role = || others.iter().filter(|other| other.role == filler.role);
    if in_role().any(|other| other.filler == filler.filler) {
        return Err(event::duplicate(filler));
    }
    event::refuse_filler(place, kind, filler, in_role().count())
}

/// Where a filler stands among all fillers of its event.
fn find(of: &Event, role: &RoleId, which: &WhichFiller) -> Result<usize, Refusal> {
    let mut in_role = of
        .roles
        .iter()
        .enumerate()
        .filter(|(_, filler)| filler.role == *role);
    let found = match which {
        WhichFiller::Number(number) => in_role.nth(*number),
        WhichFiller::Span(id) => {
            in_role.find(|(_, filler)| matches!(&filler.filler, Filler::Span(span) if span == id))
        }
    };
    found
        .map(|(number, _)| number)
        .ok_or_else(|| no_filler(role, which))
}

fn no_filler(role: &RoleId, which: &WhichFiller) -> Refusal {
    let message = match which {
        WhichFiller::Number(number) => format!("role {role} has no filler of number {number}"),
        WhichFiller::Span(span) => format!("role {role} is not filled by span {span}"),
    };
    Refusal::new("unknown_filler", message).hint("fillers of a role are counted from 0")
}

fn in_words(place: &Place<'_>, filler: &Filler) -> String {
    match filler {
        Filler::Span(id) => span::get(place, id).map_or_else(
            |_| format!("span {id}"),
            |span| check::quote(&place.article.text, &span.ranges),
        ),
        Filler::Value(Value::Text(text)) => format!("“{text}”"),
        Filler::Value(value) => value.to_json().to_string(),
    }
}
