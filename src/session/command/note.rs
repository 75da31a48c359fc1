//! Commands about notes.

use serde::Deserialize;

use crate::model::{Annotator, ArticleId, NoteId, NoteState, TargetId};
use crate::session::command_json as json;

/// Writes a remark on an article or on one annotation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    /// Where.
    #[serde(deserialize_with = "json::id")]
    pub article: ArticleId,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
    /// The span, relation, or event meant; none for the article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub target: Option<TargetId>,
    /// What it says.
    pub text: String,
    /// An id of one's own choice; a new one where absent.
    #[serde(default, deserialize_with = "json::some_id")]
    pub id: Option<NoteId>,
}

/// Changes a note's words, settles it, or opens it again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetNote {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub note: NoteId,
    /// What it shall say; as it was where absent.
    #[serde(default)]
    pub text: Option<String>,
    /// Whether it is settled; as it was where absent.
    #[serde(default, deserialize_with = "json::some_note_state")]
    pub state: Option<NoteState>,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Removes a note.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveNote {
    /// Which.
    #[serde(deserialize_with = "json::id")]
    pub note: NoteId,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Answers a note.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddReply {
    /// Which note.
    #[serde(deserialize_with = "json::id")]
    pub note: NoteId,
    /// What it says.
    pub text: String,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Changes the words of a reply.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetReply {
    /// Which note.
    #[serde(deserialize_with = "json::id")]
    pub note: NoteId,
    /// Which of its replies, the first one being 0.
    pub reply: usize,
    /// What it shall say.
    pub text: String,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}

/// Takes a reply away.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveReply {
    /// Which note.
    #[serde(deserialize_with = "json::id")]
    pub note: NoteId,
    /// Which of its replies, the first one being 0.
    pub reply: usize,
    /// In which article.
    #[serde(default, deserialize_with = "json::some_id")]
    pub article: Option<ArticleId>,
    /// On whose layer.
    #[serde(default, deserialize_with = "json::some_id")]
    pub annotator: Option<Annotator>,
}
