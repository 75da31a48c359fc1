//! Commands about problems that a check finds.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, ProblemKey};
use crate::session::command_json as json;

/// Says that a problem was looked at and shall not be shown again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DismissProblem {
    /// Where.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
    /// The problem's key, as a check gives it.
    #[serde(deserialize_with = "json::id")]
    pub problem: ProblemKey,
}

/// Lets a dismissed problem be shown again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoreProblem {
    /// Where.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
    /// The problem's key.
    #[serde(deserialize_with = "json::id")]
    pub problem: ProblemKey,
}
