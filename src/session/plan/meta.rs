//! What is known about an article, and attributes of whatever has them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::model::{
    AttributeId, AttributeUse, Attributes, Change, Event, Header, LayerEdit, Relation, Span, Value,
    article_language,
};
use crate::session::command::{SetAttribute, SetMeta};
use crate::session::refusal::Refusal;

use super::desk::Target;
use super::{Place, Planned, Step, check, event, relation, span};

/// Keys of an article's line that are no metadata.
const RESERVED: [&str; 16] = [
    "id",
    "text",
    "sha256",
    "schema",
    "offsets",
    "meta",
    "status",
    "review",
    "flagged",
    "spans",
    "relations",
    "events",
    "labels",
    "notes",
    "dismissed",
    "command",
];

/// The header with the fields of a command laid over it.
pub(super) fn set(before: &Header, command: &SetMeta) -> Result<(Header, String), Refusal> {
    let mut after = before.clone();
    if command.fields.is_empty() {
        return Err(Refusal::new(
            "bad_field",
            "set_meta: name at least one of title, lang, source, date, …",
        ));
    }
    for (key, value) in &command.fields {
        match key.as_str() {
            "title" => after.title = words(key, value)?,
            "lang" => after.lang = language(before.lang.as_deref(), words(key, value)?)?,
            key if RESERVED.contains(&key) => {
                return Err(Refusal::new(
                    "bad_field",
                    format!("set_meta: {key} is no metadata and cannot be set"),
                ));
            }
            key if value.is_null() => {
                after.meta.shift_remove(key);
            }
            key => {
                after.meta.insert(key.to_owned(), value.clone());
            }
        }
    }
    if after == *before {
        return Err(span::unchanged("the article's metadata says so already"));
    }
    let keys: Vec<&str> = command.fields.keys().map(String::as_str).collect();
    Ok((after, format!("edit {}", keys.join(", "))))
}

/// The code of a language as it is usually written. One that came so with a file stays as it is.
fn language(before: Option<&str>, typed: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(typed) = typed else { return Ok(None) };
    if before == Some(&typed) {
        return Ok(Some(typed));
    }
    article_language(&typed).map(Some).ok_or_else(|| {
        let message = format!("set_meta: {typed:?} is no code of a language");
        Refusal::new("bad_language", message).hint("a code is such as fr, ar, pt-BR, or zh-Hant")
    })
}

/// A string, or nothing for null and for blank.
fn words(key: &str, value: &Json) -> Result<Option<String>, Refusal> {
    match value {
        Json::Null => Ok(None),
        Json::String(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        other => Err(Refusal::new(
            "bad_field",
            format!("set_meta: {key} is a string or null, not {other}"),
        )),
    }
}

/// Sets, confirms, or clears one attribute.
pub(super) fn set_attribute(place: &Place<'_>, command: &SetAttribute, target: &Target) -> Planned {
    match target {
        Target::Span(id) => of_span(place, command, span::get(place, id)?),
        Target::Relation(id) => of_relation(place, command, relation::get(place, id)?),
        Target::Event(id) => of_event(place, command, event::get(place, id)?),
        Target::Article => of_article(place, command),
    }
}

fn of_span(place: &Place<'_>, command: &SetAttribute, before: &std::sync::Arc<Span>) -> Planned {
    let asked = place
        .codebook
        .label(&before.label)
        .map_or(&[][..], |label| &label.attributes);
    let mut after = Span::clone(before);
    let was_unconfirmed = after.unconfirmed.remove(&command.attribute);
    let changed = change(place, command, asked, &mut after.attributes)?;
    if !changed && !was_unconfirmed {
        return Err(same(command));
    }
    let words = check::describe(&place.article.text, before);
    let summary = if changed {
        summary(command, &words)
    } else {
        format!("confirm {} of {words}", command.attribute)
    };
    Ok(span::replace(place, before, after, summary))
}

fn of_relation(place: &Place<'_>, command: &SetAttribute, before: &Relation) -> Planned {
    let asked = place
        .codebook
        .relation_type(&before.relation_type)
        .map_or(&[][..], |kind| &kind.attributes);
    let mut after = before.clone();
    if !change(place, command, asked, &mut after.attributes)? {
        return Err(same(command));
    }
    let summary = summary(command, &format!("the relation {}", before.relation_type));
    Ok(relation::replace(before, after, summary))
}

fn of_event(place: &Place<'_>, command: &SetAttribute, before: &Event) -> Planned {
    let asked = place
        .codebook
        .event_type(&before.event_type)
        .map_or(&[][..], |kind| &kind.attributes);
    let mut after = before.clone();
    if !change(place, command, asked, &mut after.attributes)? {
        return Err(same(command));
    }
    let summary = summary(command, &format!("the event {}", before.event_type));
    event::changed(before, after, summary)
}

fn of_article(place: &Place<'_>, command: &SetAttribute) -> Planned {
    let before = place.layer.labels.get(&command.attribute).cloned();
    let mut labels: Attributes = BTreeMap::new();
    labels.extend(before.clone().map(|value| (command.attribute.clone(), value)));
    if !change(place, command, &place.codebook.article_labels, &mut labels)? {
        return Err(same(command));
    }
    let after = labels.remove(&command.attribute);
    Ok(Step {
        edits: vec![LayerEdit::Label(
            command.attribute.clone(),
            Change { before, after },
        )],
        created: Vec::new(),
        summary: summary(command, "the article"),
    })
}

/// Makes the change; answers whether anything is different then. What the codebook no longer asks for may be cleared.
fn change(
    place: &Place<'_>,
    command: &SetAttribute,
    asked: &[AttributeUse],
    attributes: &mut Attributes,
) -> Result<bool, Refusal> {
    let id: &AttributeId = &command.attribute;
    let before: Option<Value> = attributes.remove(id);
    match &command.value {
        Some(value) => {
            check::attribute(place.codebook, asked, id, value)?;
            attributes.insert(id.clone(), value.clone());
        }
        None if before.is_none() => {
            let is_known = asked.iter().any(|usage| usage.id == *id);
            return if is_known {
                Ok(false)
            } else {
                Err(check::not_asked(id, asked))
            };
        }
        None => {}
    }
    Ok(before != command.value)
}

fn same(command: &SetAttribute) -> Refusal {
    span::unchanged(&format!(
        "{} of {} is so already",
        command.attribute, command.target
    ))
}

fn summary(command: &SetAttribute, of: &str) -> String {
    let verb = if command.value.is_some() { "set" } else { "clear" };
    format!("{verb} {} of {of}", command.attribute)
}
