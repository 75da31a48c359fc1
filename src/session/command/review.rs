//! Commands about what a reviewer finds, and the flag to come back by. The verdict on an article is `set_review`.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, SpanId, Verdict};
use crate::session::command_json as json;

/// Gives or takes back the verdict on one span; it names who gave the command, and when.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetSpanReview {
    /// Which span.
    #[serde(deserialize_with = "json::id")]
    pub span: SpanId,
    /// The verdict; none takes it back.
    #[serde(deserialize_with = "json::some_verdict")]
    pub verdict: Option<Verdict>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Flags an annotator's work on an article, to come back to it, or takes the flag away.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFlag {
    /// Which article.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// Whether it is flagged then.
    pub flagged: bool,
    /// Whose work.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}
