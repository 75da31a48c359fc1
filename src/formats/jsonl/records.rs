//! Relations, events, and notes of one line. What names an annotation that is not there is kept out.

use std::collections::HashSet;

use serde_json::Value as Json;

use crate::model::{
    Event, EventId, EventTypeId, Filler, Layer, Note, NoteId, NoteState, Relation, RelationId,
    RelationTypeId, Reply, RoleFiller, RoleId, SpanId, TargetId, rank_behind,
};

use super::super::Diagnostic;
use super::super::made_ids::MadeIds;
use super::fields::{Fields, Findings, id_text, read_value, shown};

type Refused = (&'static str, String);

/// Reads `relations`, `events`, and `notes` into a layer whose spans are read already.
pub(super) fn read_records(fields: &mut Fields, layer: &mut Layer, found: &mut Findings) {
    each(fields, "relations", "r", found, |id, fields, found| {
        let relation = read_relation(id, fields, layer, found)?;
        insert_new(&mut layer.relations, relation.id.clone(), relation, "relation")
    });
    let mut last: Option<(i64, EventId)> = None;
    each(fields, "events", "e", found, |id, fields, found| {
        let mut event = read_event(id, fields, layer, found)?;
        // The list says the order in which the annotator has them.
        event.rank = rank_behind(last.as_ref().map(|(rank, id)| (*rank, id)), &event.id);
        if !layer.events.contains_key(&event.id) {
            last = Some((event.rank, event.id.clone()));
        }
        insert_new(&mut layer.events, event.id.clone(), event, "event")
    });
    each(fields, "notes", "n", found, |id, fields, found| {
        let note = read_note(id, fields, layer, found)?;
        insert_new(&mut layer.notes, note.id.clone(), note, "note")
    });
}

/// Hands each object of a list, with its id or a made one, to a reader, and reports what that refuses.
fn each(
    fields: &mut Fields,
    key: &str,
    prefix: &str,
    found: &mut Findings,
    mut read: impl FnMut(String, Fields, &mut Findings) -> Result<(), Refused>,
) {
    let list = fields.list(key, found);
    let mut taken: HashSet<String> = list.iter().filter_map(|item| id_text(item.get("id")?)).collect();
    let mut made = MadeIds::default();
    let one = key.strip_suffix('s').unwrap_or(key);
    for (index, json) in list.into_iter().enumerate() {
        let refused = match &json {
            Json::Object(map) => {
                let mut fields = Fields::new(format!("{one} {}", index + 1), map.clone());
                let id = fields.id("id", found);
                let id = id.unwrap_or_else(|| made.next(prefix, &json.to_string(), |id| taken.contains(id)));
                taken.insert(id.clone());
                fields.what = format!("{one} {id}");
                read(id, fields, found).err()
            }
            other => Some((
                "bad_value",
                format!("{one} {} is an object, not {}", index + 1, shown(other)),
            )),
        };
        if let Some((code, message)) = refused {
            found.kept_out(code, message, Diagnostic::MEND_PART, &json);
        }
    }
}

fn insert_new<K: Ord + std::fmt::Display, V>(
    map: &mut std::collections::BTreeMap<K, V>,
    id: K,
    item: V,
    kind: &str,
) -> Result<(), Refused> {
    if map.contains_key(&id) {
        return Err((
            "duplicate_id",
            format!("{kind} {id} is there twice; the second is kept out"),
        ));
    }
    map.insert(id, item);
    Ok(())
}

fn needed<T>(value: Option<T>, what: &str, key: &str) -> Result<T, Refused> {
    value.ok_or_else(|| {
        (
            "bad_value",
            format!("{what} has no {key}, or one that cannot be used"),
        )
    })
}

/// A span of the layer that a key names.
fn span_of(
    fields: &mut Fields,
    key: &str,
    layer: &Layer,
    found: &mut Findings,
) -> Result<Option<SpanId>, Refused> {
    if !fields.has(key) {
        return Ok(None);
    }
    let named = fields.id(key, found).and_then(|id| SpanId::new(id).ok());
    let id = needed(named, &fields.what, key)?;
    if layer.spans.get(&id).is_none() {
        return Err((
            "dangling",
            format!("{} names span {id}, which is not there", fields.what),
        ));
    }
    Ok(Some(id))
}

fn read_relation(
    id: String,
    mut fields: Fields,
    layer: &Layer,
    found: &mut Findings,
) -> Result<Relation, Refused> {
    let what = fields.what.clone();
    let kind = fields
        .id("type", found)
        .and_then(|kind| RelationTypeId::new(kind).ok());
    let (from, to) = (
        span_of(&mut fields, "from", layer, found)?,
        span_of(&mut fields, "to", layer, found)?,
    );
    Ok(Relation {
        id: needed(RelationId::new(id).ok(), &what, "id")?,
        relation_type: needed(kind, &what, "type")?,
        from: needed(from, &what, "from")?,
        to: needed(to, &what, "to")?,
        attributes: fields.attributes("attributes", found),
        extra: fields.rest(),
    })
}

fn read_event(id: String, mut fields: Fields, layer: &Layer, found: &mut Findings) -> Result<Event, Refused> {
    let what = fields.what.clone();
    let kind = fields
        .id("type", found)
        .and_then(|kind| EventTypeId::new(kind).ok());
    let trigger = span_of(&mut fields, "trigger", layer, found)?;
    let mut roles = Vec::new();
    for json in fields.list("roles", found) {
        roles.push(read_role(&what, json, layer, found)?);
    }
    Ok(Event {
        id: needed(EventId::new(id).ok(), &what, "id")?,
        event_type: needed(kind, &what, "type")?,
        rank: 0,
        trigger,
        roles,
        attributes: fields.attributes("attributes", found),
        extra: fields.rest(),
    })
}

fn read_role(event: &str, json: Json, layer: &Layer, found: &mut Findings) -> Result<RoleFiller, Refused> {
    let Json::Object(map) = json else {
        return Err((
            "bad_value",
            format!("a role of {event} is an object, not {}", shown(&json)),
        ));
    };
    let mut fields = Fields::new(format!("a role of {event}"), map);
    let role = fields.id("role", found).and_then(|role| RoleId::new(role).ok());
    let role = needed(role, &fields.what, "role")?;
    let filler = match (span_of(&mut fields, "span", layer, found)?, fields.take("value")) {
        (Some(span), None) => Filler::Span(span),
        (None, Some(value)) => {
            let value = read_value(&value);
            Filler::Value(value.map_err(|error| ("bad_value", format!("role {role} of {event}: {error}")))?)
        }
        _ => {
            return Err((
                "bad_value",
                format!("role {role} of {event} has either a span or a value"),
            ));
        }
    };
    Ok(RoleFiller {
        role,
        filler,
        inferred: fields.boolean("inferred", found).unwrap_or_default(),
        note: fields.string("note", found),
        extra: fields.rest(),
    })
}

fn read_note(id: String, mut fields: Fields, layer: &Layer, found: &mut Findings) -> Result<Note, Refused> {
    let what = fields.what.clone();
    let target = if fields.has("target") {
        let target = fields
            .id("target", found)
            .and_then(|target| TargetId::new(target).ok());
        Some(needed(target, &what, "target")?)
    } else {
        None
    };
    if let Some(target) = target
        .as_ref()
        .filter(|target| !layer.has_target(target.as_str()))
    {
        return Err((
            "dangling",
            format!("{what} is about {target}, which is not there"),
        ));
    }
    let author = fields.annotator("author", found);
    let created = fields.timestamp("created", found);
    let text = needed(fields.string("text", found), &what, "text")?;
    let state = fields.note_state(found);
    let mut replies = Vec::new();
    for json in fields.list("replies", found) {
        replies.push(read_reply(&what, json, found)?);
    }
    Ok(Note {
        id: needed(NoteId::new(id).ok(), &what, "id")?,
        target,
        author,
        created,
        text,
        state: state.unwrap_or(NoteState::Open),
        replies,
        extra: fields.rest(),
    })
}

fn read_reply(note: &str, json: Json, found: &mut Findings) -> Result<Reply, Refused> {
    let Json::Object(map) = json else {
        return Err((
            "bad_value",
            format!("a reply to {note} is an object, not {}", shown(&json)),
        ));
    };
    let mut fields = Fields::new(format!("a reply to {note}"), map);
    let author = fields.annotator("author", found);
    let created = fields.timestamp("created", found);
    let text = needed(fields.string("text", found), &fields.what, "text")?;
    Ok(Reply {
        author,
        created,
        text,
        extra: fields.rest(),
    })
}
