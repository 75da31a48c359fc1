//! Commands about spans.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, Attributes, LabelId, SpanId};
use crate::session::command_json as json;
use crate::text::{CharOffset, CharRange};

/// Tags ranges of an article with a label.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddSpan {
    /// Where.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
    /// One or more, in order, not overlapping.
    #[serde(deserialize_with = "json::ranges")]
    pub ranges: Vec<CharRange>,
    /// A label of the codebook.
    #[serde(deserialize_with = "json::id")]
    pub label: LabelId,
    /// What the codebook asks about it; defaults of the codebook are added.
    #[serde(default, deserialize_with = "json::attributes")]
    pub attributes: Attributes,
    /// An id of one's own choice; a new one where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub id: Option<SpanId>,
}

/// Removes a span with its relations, its notes, and its places in events.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveSpan {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub span: SpanId,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Gives a span another label.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetLabel {
    /// Which span.
    #[serde(deserialize_with = "json::id")]
    pub span: SpanId,
    /// A label of the codebook.
    #[serde(deserialize_with = "json::id")]
    pub label: LabelId,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Moves a span's edges.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRanges {
    /// Which span.
    #[serde(deserialize_with = "json::id")]
    pub span: SpanId,
    /// One or more, in order, not overlapping.
    #[serde(deserialize_with = "json::ranges")]
    pub ranges: Vec<CharRange>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Makes one span of several under one label. The first one of the list stays, with its id and values, and takes over
/// what the others have beside theirs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeSpans {
    /// Two or more.
    #[serde(deserialize_with = "json::ids")]
    pub spans: Vec<SpanId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Cuts a span in two. The first part keeps the id and all that hangs on it; both have the values.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitSpan {
    /// Which span.
    #[serde(deserialize_with = "json::id")]
    pub span: SpanId,
    /// Where, inside the span.
    #[serde(deserialize_with = "json::position")]
    pub at: CharOffset,
    /// An id of one's own choice for the second part; a new one where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub id: Option<SpanId>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}
