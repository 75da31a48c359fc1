//! Commands about events: the record itself, what fills its roles, its place among the others.

use serde::Deserialize;

use crate::model::{
    Annotator, ArticleId, Attributes, EventId, EventTypeId, Extra, RoleFiller, RoleId, SpanId, Value,
};
use crate::session::command_json as json;

use super::Revise;

/// Records an event, behind those that the layer has.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddEvent {
    /// Where.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
    /// An event type of the codebook.
    #[serde(rename = "type", deserialize_with = "json::id")]
    pub event_type: EventTypeId,
    /// The span whose words name it.
    #[serde(default, deserialize_with = "json::some_id")]
    pub trigger: Option<SpanId>,
    /// Who and what takes part.
    #[serde(default, deserialize_with = "json::roles")]
    pub roles: Vec<RoleFiller>,
    /// What the codebook asks about it; defaults of the codebook are added.
    #[serde(default, deserialize_with = "json::attributes")]
    pub attributes: Attributes,
    /// An id of one's own choice; a new one where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub id: Option<EventId>,
}

/// Removes an event with its notes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveEvent {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Gives an event another type or trigger. What it holds must fit the new type.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetEvent {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// Another event type of the codebook; as it is where absent.
    #[serde(default, rename = "type", deserialize_with = "json::some_id")]
    pub event_type: Option<EventTypeId>,
    /// The span whose words name it, or null for none; as it is where absent.
    #[serde(default, deserialize_with = "json::revised_id")]
    pub trigger: Revise<SpanId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Fills a role of an event with a span or with a value, behind what fills it already.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddFiller {
    /// Of which event.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// Which role of its type.
    #[serde(deserialize_with = "json::id")]
    pub role: RoleId,
    /// A span of the same layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub span: Option<SpanId>,
    /// A value that no words of the text give.
    #[serde(default, deserialize_with = "json::some_boxed_value")]
    pub value: Option<Box<Value>>,
    /// Whether it is concluded, rather than read.
    #[serde(default)]
    pub inferred: bool,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
    /// What else a file said of it, where it comes from another event; who writes a command gives nothing of it.
    #[serde(skip)]
    pub extra: Extra,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Which of the fillers of a role: the span's id, or its number among them from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhichFiller {
    /// The one that is this span.
    Span(SpanId),
    /// The one of this number.
    Number(usize),
}

/// Changes one filler: what fills the role, whether it is inferred, its note, or the role that it fills.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFiller {
    /// Of which event.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// Which role it fills now.
    #[serde(deserialize_with = "json::id")]
    pub role: RoleId,
    /// Which of the role's fillers.
    #[serde(deserialize_with = "json::which_filler")]
    pub filler: WhichFiller,
    /// Another role; as it is where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub to: Option<RoleId>,
    /// Another span in its place.
    #[serde(default, deserialize_with = "json::some_id")]
    pub span: Option<SpanId>,
    /// A value in its place.
    #[serde(default, deserialize_with = "json::some_boxed_value")]
    pub value: Option<Box<Value>>,
    /// Whether it is concluded, rather than read; as it is where absent.
    #[serde(default)]
    pub inferred: Option<bool>,
    /// Why, or null for no note; as it is where absent.
    #[serde(default, deserialize_with = "json::revised")]
    pub note: Revise<String>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Takes a filler out of a role. The span stays.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveFiller {
    /// Of which event.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// Which role.
    #[serde(deserialize_with = "json::id")]
    pub role: RoleId,
    /// Which of the role's fillers.
    #[serde(deserialize_with = "json::which_filler")]
    pub filler: WhichFiller,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Puts an event before or behind another one of its layer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveEvent {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// The event before which it shall stand.
    #[serde(default, deserialize_with = "json::some_id")]
    pub before: Option<EventId>,
    /// The event behind which it shall stand.
    #[serde(default, deserialize_with = "json::some_id")]
    pub after: Option<EventId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Records an event again, right behind the first, with the same roles and attributes; notes stay where they are.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicateEvent {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub event: EventId,
    /// An id of one's own choice for the second; a new one where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub id: Option<EventId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Makes one event of several: the first one stays, with what fills the roles of all.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeEvents {
    /// The events, at least two.
    #[serde(deserialize_with = "json::ids")]
    pub events: Vec<EventId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}
