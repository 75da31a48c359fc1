//! Several commands at once, and those that turn time back.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId};
use crate::session::command_json as json;

use super::Command;

/// Several commands as one transaction, all or nothing. Neither undo nor redo nor another batch can be among them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// In order.
    #[serde(deserialize_with = "json::commands")]
    pub commands: Vec<Command>,
}

/// Takes back the last change of an annotator in an article, or of the project.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// In which article; the project's own changes (imports, codebook) where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// Whose changes.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Does again what the last undo took back.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redo {
    /// In which article; the project's own changes where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// Whose changes.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}
