//! The JSON of commands about the codebook: colours, keys, and the lists of a definition.
//!
//! Knows the shape of each field and nothing of the project.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::Value as Json;

use crate::model::{
    AttributeId, AttributeType, AttributeUse, BoundRule, Choice, Color, LabelId, Role, RoleId, Term, Value,
    Wording, Words,
};

use super::command::{Revise, RuleChanges};
use super::command_json::{id, ids, named, some_value};

pub(super) fn color<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Color>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    let color = Color::from_hex(&text);
    color
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("{text:?} is no colour; write it as #2f6fde")))
}

/// A key; null is told from no key at all, because it takes the key away.
pub(super) fn key<'de, D: Deserializer<'de>>(from: D) -> Result<Revise<char>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(Revise::Clear);
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(key), None) if !key.is_control() && !key.is_whitespace() => Ok(Revise::To(key)),
        _ => Err(D::Error::custom(format!(
            "{text:?} is no key; a key is one character"
        ))),
    }
}

pub(super) fn attribute_type<'de, D: Deserializer<'de>>(from: D) -> Result<Option<AttributeType>, D::Error> {
    named(from, "type of attribute", AttributeType::ALL, AttributeType::name)
}

pub(super) fn labels<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<LabelId>>, D::Error> {
    ids(from).map(Some)
}

/// A default; null is told from none given.
pub(super) fn default_value<'de, D: Deserializer<'de>>(from: D) -> Result<Revise<Value>, D::Error> {
    Ok(some_value(from)?.map_or(Revise::Clear, Revise::To))
}

/// A text; an import of nothing would take everything away.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Json::deserialize(from)? {
        Json::String(text) => Ok(text),
        other => Err(D::Error::custom(format!("{other} is no text"))),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a rule such as {\"low\":\"n+1\"}")]
struct RuleRow {
    #[serde(default)]
    low: Option<String>,
    #[serde(default)]
    best: Option<String>,
    #[serde(default)]
    high: Option<String>,
}

pub(super) fn rules<'de, D: Deserializer<'de>>(from: D) -> Result<RuleChanges, D::Error> {
    let rows = BTreeMap::<String, Option<RuleRow>>::deserialize(from)?;
    let mut rules = RuleChanges::new();
    for (name, row) in rows {
        let wording = Wording::from_name(&name).ok_or_else(|| {
            let known: Vec<&str> = Wording::ALL.iter().map(|one| one.name()).collect();
            D::Error::custom(format!(
                "{name:?} is no wording; it is one of {}",
                known.join(", ")
            ))
        })?;
        let rule = row.map(|row| rule(wording, &row)).transpose();
        rules.insert(wording, rule.map_err(D::Error::custom)?);
    }
    Ok(rules)
}

fn rule(wording: Wording, row: &RuleRow) -> Result<BoundRule, String> {
    let term = |name: &Option<String>| match name.as_deref() {
        None => Ok(None),
        Some(name) => Term::from_name(name).map(Some).ok_or_else(|| {
            let known: Vec<&str> = Term::of(wording).iter().map(|term| term.name()).collect();
            format!("{name:?} is no bound; it is one of {}", known.join(", "))
        }),
    };
    Ok(BoundRule {
        low: term(&row.low)?,
        best: term(&row.best)?,
        high: term(&row.high)?,
    })
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an attribute that is asked, such as {\"id\":\"size\",\"required\":true}"
)]
struct UseRow {
    #[serde(deserialize_with = "id")]
    id: AttributeId,
    #[serde(default)]
    required: bool,
    #[serde(default, deserialize_with = "some_value")]
    default: Option<Value>,
    #[serde(default)]
    retired: bool,
}

pub(super) fn uses<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<AttributeUse>>, D::Error> {
    let rows = Vec::<UseRow>::deserialize(from)?;
    let read = |row: UseRow| AttributeUse {
        id: row.id,
        required: row.required,
        default: row.default,
        retired: row.retired,
    };
    Ok(Some(rows.into_iter().map(read).collect()))
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a choice such as {\"id\":\"tear_gas\",\"names\":{\"en\":\"Tear gas\"}}"
)]
struct ChoiceRow {
    id: String,
    #[serde(default)]
    names: Words,
    #[serde(default)]
    retired: bool,
}

pub(super) fn choices<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Choice>>, D::Error> {
    let rows = Vec::<ChoiceRow>::deserialize(from)?;
    let read = |row: ChoiceRow| Choice {
        id: row.id,
        names: row.names,
        retired: row.retired,
    };
    Ok(Some(rows.into_iter().map(read).collect()))
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a role such as {\"id\":\"place\",\"labels\":[\"location\"],\"min\":0,\"max\":1}"
)]
struct RoleRow {
    #[serde(deserialize_with = "id")]
    id: RoleId,
    #[serde(default)]
    names: Words,
    #[serde(default)]
    description: Words,
    #[serde(default, deserialize_with = "ids")]
    labels: Vec<LabelId>,
    #[serde(default)]
    min: u32,
    #[serde(default)]
    max: Option<u32>,
    #[serde(default)]
    retired: bool,
}

pub(super) fn roles<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Role>>, D::Error> {
    let rows = Vec::<RoleRow>::deserialize(from)?;
    let read = |row: RoleRow| Role {
        id: row.id,
        names: row.names,
        description: row.description,
        labels: row.labels,
        min: row.min,
        max: row.max,
        retired: row.retired,
    };
    Ok(Some(rows.into_iter().map(read).collect()))
}
