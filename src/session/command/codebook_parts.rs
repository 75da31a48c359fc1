//! Commands that change one part of an entry of the codebook: a choice, a role, an attribute where it is asked.
//!
//! Each says only what shall be different, so that two changes in a row never take each other back.

use serde::Deserialize;

use crate::model::{AttributeId, EventTypeId, LabelId, RoleId, Value};
use crate::session::command_codebook as json;
use crate::session::command_json::{id, revised};

use super::{PartKind, Revise, WordChanges};

/// Adds a choice to an attribute, or changes what is named of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetChoice {
    /// The attribute that has it.
    #[serde(deserialize_with = "id")]
    pub attribute: AttributeId,
    /// Which; where the attribute does not have it, it is added.
    pub choice: String,
    /// As it is read on screen.
    #[serde(default)]
    pub names: WordChanges,
    /// Whether it is no longer offered.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the choices, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Adds a role to an event type, or changes what is named of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRole {
    /// The event type that has it.
    #[serde(deserialize_with = "id")]
    pub event_type: EventTypeId,
    /// Which; where the event type does not have it, it is added.
    #[serde(deserialize_with = "id")]
    pub role: RoleId,
    /// As it is read on screen.
    #[serde(default)]
    pub names: WordChanges,
    /// Who or what fills it.
    #[serde(default)]
    pub description: WordChanges,
    /// Labels of the spans that may fill it; the whole list, any where empty.
    #[serde(default, deserialize_with = "json::labels")]
    pub labels: Option<Vec<LabelId>>,
    /// How many fillers it needs.
    #[serde(default)]
    pub min: Option<u32>,
    /// How many it takes at most; null for any number.
    #[serde(default, deserialize_with = "revised")]
    pub max: Revise<u32>,
    /// Whether it is no longer offered.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the roles, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Asks an attribute of what has a label or type, or changes how it is asked there.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAttributeUse {
    /// What asks it: `label`, `relation_type`, or `event_type`.
    pub kind: PartKind,
    /// The id of that.
    pub id: String,
    /// Which attribute; where it is not asked there, it is added.
    #[serde(deserialize_with = "id")]
    pub attribute: AttributeId,
    /// Whether done work must have it.
    #[serde(default)]
    pub required: Option<bool>,
    /// What a new annotation starts with; null for nothing.
    #[serde(default, deserialize_with = "json::default_value")]
    pub default: Revise<Value>,
    /// Whether it is no longer asked there.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among what is asked there, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}
