//! Commands about relations.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, Attributes, RelationId, RelationTypeId, SpanId};
use crate::session::command_json as json;

/// Links a span to a span.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddRelation {
    /// Where it starts.
    #[serde(deserialize_with = "json::id")]
    pub from: SpanId,
    /// Where it leads to.
    #[serde(deserialize_with = "json::id")]
    pub to: SpanId,
    /// A relation type of the codebook.
    #[serde(rename = "type", deserialize_with = "json::id")]
    pub relation_type: RelationTypeId,
    /// What the codebook asks about it; defaults of the codebook are added.
    #[serde(default, deserialize_with = "json::attributes")]
    pub attributes: Attributes,
    /// An id of one's own choice; a new one where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub id: Option<RelationId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Gives a relation another type or other ends; what is not given stays.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRelation {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub relation: RelationId,
    /// A relation type of the codebook. Values that it does not ask for go, its defaults are added.
    #[serde(default, rename = "type", deserialize_with = "json::some_id")]
    pub relation_type: Option<RelationTypeId>,
    /// Where it starts.
    #[serde(default, deserialize_with = "json::some_id")]
    pub from: Option<SpanId>,
    /// Where it leads to.
    #[serde(default, deserialize_with = "json::some_id")]
    pub to: Option<SpanId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Removes a relation with its notes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveRelation {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub relation: RelationId,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}
