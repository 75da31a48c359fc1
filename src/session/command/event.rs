//! Commands about events.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, Attributes, EventId, EventTypeId, RoleFiller, SpanId};
use crate::session::command_json as json;

/// Records an event.
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
