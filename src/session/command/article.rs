//! Commands about an article as a whole, and about a value of anything in it.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, AttributeId, Extra, Status, TargetId, Value, Verdict};
use crate::session::command_json as json;

/// Sets, confirms, or clears an attribute of a span, a relation, or an event, or an article-level label.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAttribute {
    /// The id of a span, a relation, an event, or an article.
    #[serde(deserialize_with = "json::id")]
    pub target: TargetId,
    /// Which attribute.
    #[serde(deserialize_with = "json::id")]
    pub attribute: AttributeId,
    /// What it shall be; none clears it.
    #[serde(deserialize_with = "json::some_value")]
    pub value: Option<Value>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Says how far the work on an article is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetStatus {
    /// Which article.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// How far.
    #[serde(deserialize_with = "json::status")]
    pub status: Status,
    /// Whose work.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Gives or takes back the verdict on an annotator's work on an article.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetReview {
    /// Which article.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// The verdict; none takes it back.
    #[serde(deserialize_with = "json::some_verdict")]
    pub review: Option<Verdict>,
    /// Whose work.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Changes what is known about an article beside its text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Extra")]
pub struct SetMeta {
    /// Which article.
    pub article: ArticleId,
    /// In whose undo the change stands.
    pub annotator: Option<Annotator>,
    /// `title`, `lang`, and any key of the metadata (`source`, `date`, `url`, …); null removes.
    pub fields: Extra,
}

/// Gives an annotator another name in the whole project; all work carries over. Cannot be part of a batch.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameAnnotator {
    /// Whose name; the session's annotator where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
    /// The new name, which nobody in the project has.
    #[serde(deserialize_with = "json::id")]
    pub to: Annotator,
}
