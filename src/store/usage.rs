//! Who uses an entry of the codebook, or a part of one: what is used cannot be taken away.

use std::fmt;

use rusqlite::{Connection, OptionalExtension, ToSql};
use serde_json::Value as Json;

use crate::model::{
    ArticleId, Attribute, AttributeId, AttributeUse, CodebookItem, CodebookKey, EventTypeId, RoleId,
};

use super::article::{Position, id_at, shown};
use super::error::{StoreError, StoreResult};
use super::kept::Kept;
use super::layer::{kind, text};
use super::rows_codebook::key_columns;

/// What may be in use.
pub(super) enum Part {
    /// A whole entry.
    Entry(CodebookKey),
    /// An attribute of what the entry is about.
    Use(CodebookKey, AttributeId),
    /// One value of an attribute.
    Choice(AttributeId, String),
    /// A role of an event type.
    Role(EventTypeId, RoleId),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = |key: &CodebookKey| {
            let (kind, id) = key_columns(key);
            format!("{} {id}", kind.replace('_', " "))
        };
        match self {
            Self::Entry(key) => f.write_str(&entry(key)),
            Self::Use(key, attribute) => write!(f, "attribute {attribute} of {}", entry(key)),
            Self::Choice(attribute, choice) => write!(f, "choice {choice} of attribute {attribute}"),
            Self::Role(event_type, role) => write!(f, "role {role} of event type {event_type}"),
        }
    }
}

/// What an entry had and no longer has.
pub(super) fn lost_parts(before: &CodebookItem, after: Option<&CodebookItem>) -> Vec<Part> {
    use CodebookItem as Item;
    let key = before.key();
    let uses = |before: &[AttributeUse], after: &[AttributeUse]| -> Vec<Part> {
        let is_lost = |usage: &&AttributeUse| after.iter().all(|other| other.id != usage.id);
        let lost = before.iter().filter(is_lost);
        lost.map(|usage| Part::Use(key.clone(), usage.id.clone()))
            .collect()
    };
    match (before, after) {
        (_, None) => vec![Part::Entry(key)],
        (Item::Label(before), Some(Item::Label(after))) => uses(&before.attributes, &after.attributes),
        (Item::RelationType(before), Some(Item::RelationType(after))) => {
            uses(&before.attributes, &after.attributes)
        }
        (Item::EventType(before), Some(Item::EventType(after))) => {
            let is_lost = |role: &&crate::model::Role| after.roles.iter().all(|other| other.id != role.id);
            let roles = before.roles.iter().filter(is_lost);
            let roles = roles.map(|role| Part::Role(before.id.clone(), role.id.clone()));
            uses(&before.attributes, &after.attributes)
                .into_iter()
                .chain(roles)
                .collect()
        }
        (Item::Attribute(before), Some(Item::Attribute(after))) => lost_choices(before, after),
        _ => Vec::new(),
    }
}

fn lost_choices(before: &Attribute, after: &Attribute) -> Vec<Part> {
    let is_lost = |id: &String| after.choices.iter().all(|choice| choice.id != *id);
    let choices = before.choices.iter().map(|choice| &choice.id);
    choices
        .filter(|id| is_lost(id))
        .map(|id| Part::Choice(before.id.clone(), id.clone()))
        .collect()
}

/// An article, of those to be seen, in which the part is used.
pub(super) fn user_of(connection: &Connection, part: &Part) -> StoreResult<Option<ArticleId>> {
    let found = match part {
        Part::Entry(key) => user_of_entry(connection, key)?,
        Part::Use(owner, attribute) => {
            let uses = |body: &Json| attribute_of(body, attribute).is_some();
            let (kind, id) = key_columns(owner);
            match owner {
                CodebookKey::Label(_) => span_where(connection, id, uses)?,
                _ => item_where(connection, item_kind(kind), id, uses)?,
            }
        }
        Part::Choice(attribute, choice) => {
            let uses = |body: &Json| attribute_of(body, attribute).is_some_and(|value| names(value, choice));
            let as_label = |body: &Json| names(body, choice);
            match item_where(connection, kind::LABEL, attribute.as_str(), as_label)? {
                None => row_with_attribute(connection, attribute, uses)?,
                found => found,
            }
        }
        Part::Role(event_type, role) => {
            let fills = |filled: &Json| filled.get("role").and_then(Json::as_str) == Some(role.as_str());
            let uses = |body: &Json| {
                let roles = body.get("roles").and_then(Json::as_array);
                roles.is_some_and(|roles| roles.iter().any(fills))
            };
            item_where(connection, kind::EVENT, event_type.as_str(), uses)?
        }
    };
    found.map_or(Ok(None), |position| id_at(connection, Position::new(position)))
}

fn user_of_entry(connection: &Connection, key: &CodebookKey) -> StoreResult<Option<i64>> {
    Ok(match key {
        CodebookKey::Label(id) => connection
            .prepare_cached(concat!(
                "SELECT article FROM span WHERE label = ?1 AND ",
                shown!("article"),
                " LIMIT 1"
            ))?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?,
        CodebookKey::RelationType(id) => item_of_type(connection, kind::RELATION, id.as_str())?,
        CodebookKey::EventType(id) => item_of_type(connection, kind::EVENT, id.as_str())?,
        CodebookKey::ArticleLabel(id) => item_of_type(connection, kind::LABEL, id.as_str())?,
        CodebookKey::Attribute(id) => match item_of_type(connection, kind::LABEL, id.as_str())? {
            None => row_with_attribute(connection, id, |body| attribute_of(body, id).is_some())?,
            found => found,
        },
    })
}

/// The items that a kind of entry is about.
fn item_kind(entry_kind: &str) -> &'static str {
    if entry_kind == "relation_type" {
        kind::RELATION
    } else {
        kind::EVENT
    }
}

fn attribute_of<'a>(body: &'a Json, id: &AttributeId) -> Option<&'a Json> {
    body.get("attributes")?.get(id.as_str())
}

/// Whether a value names a choice: as itself, among several, or as who is counted.
fn names(value: &Json, choice: &str) -> bool {
    match value {
        Json::String(own) => own == choice,
        Json::Array(several) => several.iter().any(|own| own.as_str() == Some(choice)),
        Json::Object(quantity) => quantity.get("who").is_some_and(|who| names(who, choice)),
        _ => false,
    }
}

fn item_of_type(connection: &Connection, kind: &str, item_type: &str) -> StoreResult<Option<i64>> {
    Ok(connection
        .prepare_cached(concat!(
            "SELECT article FROM item WHERE kind = ?1 AND type = ?2 AND ",
            shown!("article"),
            " LIMIT 1"
        ))?
        .query_row([kind, item_type], |row| row.get(0))
        .optional()?)
}

fn span_where(
    connection: &Connection,
    label: &str,
    uses: impl Fn(&Json) -> bool,
) -> StoreResult<Option<i64>> {
    let sql = concat!(
        "SELECT article, body FROM span WHERE label = ?1 AND ",
        shown!("article")
    );
    row_where(connection, sql, &[&label], uses)
}

fn item_where(
    connection: &Connection,
    kind: &str,
    item_type: &str,
    uses: impl Fn(&Json) -> bool,
) -> StoreResult<Option<i64>> {
    let sql = concat!(
        "SELECT article, body FROM item WHERE kind = ?1 AND type = ?2 AND ",
        shown!("article")
    );
    row_where(connection, sql, &[&kind, &item_type], uses)
}

/// Looks through the annotations: attributes have no index, because only taking one away asks.
fn row_with_attribute(
    connection: &Connection,
    id: &AttributeId,
    uses: impl Fn(&Json) -> bool,
) -> StoreResult<Option<i64>> {
    let quoted = Json::String(id.to_string()).to_string();
    let sql = concat!(
        "SELECT article, body FROM span WHERE instr(body, ?1) AND ",
        shown!("article"),
        " UNION ALL SELECT article, body FROM item WHERE instr(body, ?1) AND ",
        shown!("article")
    );
    row_where(connection, sql, &[&quoted], uses)
}

fn row_where(
    connection: &Connection,
    sql: &str,
    parameters: &[&dyn ToSql],
    uses: impl Fn(&Json) -> bool,
) -> StoreResult<Option<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        let body: Kept = serde_json::from_str(text(row, 1)?)
            .map_err(|error| StoreError::unreadable("an annotation", error))?;
        if uses(&body.0) {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}
