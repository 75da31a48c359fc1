//! Commands that change the codebook. What annotations have of what they change carries over, or is named as what
//! stands in the way.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{
    AttributeId, AttributeType, AttributeUse, BoundRule, Choice, Color, EventTypeId, LabelId, RelationTypeId,
    Role, Value, Wording,
};
use crate::session::command_codebook as json;
use crate::session::command_json::id;

use super::Revise;

/// Words by language as a command gives them; null takes the words of a language away, what is not named stays.
pub type WordChanges = BTreeMap<String, Option<String>>;

/// Rules as a command gives them; null takes the codebook's own rule of a wording away.
pub type RuleChanges = BTreeMap<Wording, Option<BoundRule>>;

/// Defines a label of spans, or changes what is named of its definition.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetLabelDefinition {
    /// Which; where the codebook does not have it, it is added.
    #[serde(deserialize_with = "id")]
    pub label: LabelId,
    /// As it is read on screen.
    #[serde(default)]
    pub names: WordChanges,
    /// When to use it.
    #[serde(default)]
    pub description: WordChanges,
    /// Its colour as `#rrggbb`; a new label takes the next free one.
    #[serde(default, deserialize_with = "json::color")]
    pub color: Option<Color>,
    /// The key that tags with it; null takes it away.
    #[serde(default, deserialize_with = "json::key")]
    pub key: Revise<char>,
    /// What is asked about a span under it; the whole list.
    #[serde(default, deserialize_with = "json::uses")]
    pub attributes: Option<Vec<AttributeUse>>,
    /// Whether it is no longer offered.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the labels, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Defines an attribute, or changes what is named of its definition.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAttributeDefinition {
    /// Which; where the codebook does not have it, it is added.
    #[serde(deserialize_with = "id")]
    pub attribute: AttributeId,
    /// What values it takes; text where a new attribute does not say.
    #[serde(default, rename = "type", deserialize_with = "json::attribute_type")]
    pub attribute_type: Option<AttributeType>,
    /// As it is read on screen.
    #[serde(default)]
    pub names: WordChanges,
    /// How to fill it.
    #[serde(default)]
    pub description: WordChanges,
    /// The values of a choice, the `who` of a quantity; the whole list.
    #[serde(default, deserialize_with = "json::choices")]
    pub choices: Option<Vec<Choice>>,
    /// What vague words of a quantity come to at least, by name (`dozens`); all of them, the defaults where absent.
    #[serde(default)]
    pub bounds: Option<BTreeMap<String, u64>>,
    /// What wordings of a quantity come to (`more_than`: `{"low":"n+1"}`); null for the usual rule, what is not named
    /// stays.
    #[serde(default, deserialize_with = "json::rules")]
    pub rules: RuleChanges,
    /// Whether it is no longer asked.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the attributes, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Defines a type of relation, or changes what is named of its definition.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRelationType {
    /// Which; where the codebook does not have it, it is added.
    #[serde(deserialize_with = "id")]
    pub relation_type: RelationTypeId,
    /// As it is read on screen.
    #[serde(default)]
    pub names: WordChanges,
    /// When to use it.
    #[serde(default)]
    pub description: WordChanges,
    /// Labels that it may start from; the whole list, any where empty.
    #[serde(default, deserialize_with = "json::labels")]
    pub from: Option<Vec<LabelId>>,
    /// Labels that it may lead to; the whole list, any where empty.
    #[serde(default, deserialize_with = "json::labels")]
    pub to: Option<Vec<LabelId>>,
    /// What is asked about it; the whole list.
    #[serde(default, deserialize_with = "json::uses")]
    pub attributes: Option<Vec<AttributeUse>>,
    /// Whether it is no longer offered.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the relation types, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Defines a type of event, or changes what is named of its definition.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetEventType {
    /// Which; where the codebook does not have it, it is added.
    #[serde(deserialize_with = "id")]
    pub event_type: EventTypeId,
    /// As it is read on screen.
    #[serde(default)]
    pub names: WordChanges,
    /// When to use it.
    #[serde(default)]
    pub description: WordChanges,
    /// Its roles in order; the whole list.
    #[serde(default, deserialize_with = "json::roles")]
    pub roles: Option<Vec<Role>>,
    /// What is asked about it; the whole list.
    #[serde(default, deserialize_with = "json::uses")]
    pub attributes: Option<Vec<AttributeUse>>,
    /// Whether it is no longer offered.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the event types, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Asks an attribute of each article as a whole, or changes how.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetArticleLabel {
    /// Which attribute.
    #[serde(deserialize_with = "id")]
    pub attribute: AttributeId,
    /// Whether done work must have it.
    #[serde(default)]
    pub required: Option<bool>,
    /// What a new annotation starts with; null for nothing.
    #[serde(default, deserialize_with = "json::default_value")]
    pub default: Revise<Value>,
    /// Whether it is no longer asked.
    #[serde(default)]
    pub retired: Option<bool>,
    /// Its place among the article-level labels, from 0.
    #[serde(default)]
    pub position: Option<usize>,
}

/// What kind of thing of a codebook a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum PartKind {
    Label,
    Attribute,
    RelationType,
    EventType,
    ArticleLabel,
    Choice,
    Role,
}

/// Takes an entry, a choice, or a role out of the codebook. Refused while it is in use, unless it says what becomes of
/// the annotations. Cannot be part of a batch.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveCodebookEntry {
    /// What it is.
    pub kind: PartKind,
    /// Its id.
    pub id: String,
    /// The attribute of a choice, the event type of a role.
    #[serde(default)]
    pub of: Option<String>,
    /// The entry of the same kind to which all that uses it goes.
    #[serde(default)]
    pub migrate_to: Option<String>,
    /// Whether what uses it goes with it: values, fillers, or spans, relations, and events of that type.
    #[serde(default)]
    pub clear: bool,
}

/// Gives an entry, a choice, or a role another id; all annotations of all annotators carry over. Cannot be part of a
/// batch.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameCodebookId {
    /// What it is.
    pub kind: PartKind,
    /// Its id now.
    pub id: String,
    /// The attribute of a choice, the event type of a role.
    #[serde(default)]
    pub of: Option<String>,
    /// Its id then.
    pub to: String,
}

/// Takes over a codebook from TOML: what it has comes in or changes, what it lacks stays.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportCodebook {
    /// The text of a codebook file.
    #[serde(deserialize_with = "json::text")]
    pub toml: String,
    /// Whether what it lacks goes; what annotations use of that is retired instead.
    #[serde(default)]
    pub replace: bool,
}
