//! Commands: what a person or a program asks of a project, as values that carry ids.
//!
//! A command knows neither the project nor whether it can be done; `plan` finds that out. Positions are code points,
//! as in JSONL. Every command can be given to `hashiya apply` by the name in [`Command::NAMES`].

use serde::Deserialize;

use crate::model::{
    Annotator, ArticleId, AttributeId, Attributes, EventId, EventTypeId, Extra, LabelId, NoteId, NoteState,
    RelationId, RelationTypeId, RoleFiller, SpanId, Status, TargetId, Value, Verdict,
};
use crate::text::{CharOffset, CharRange};

use super::command_json as json;
use super::refusal::Refusal;

/// One command.
///
/// Where `annotator` is absent the session's annotator is meant; where `article` is absent the id is looked for in
/// the whole project, and several matches are refused as `ambiguous_id`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant names its own type, which says it")]
pub enum Command {
    AddSpan(AddSpan),
    RemoveSpan(RemoveSpan),
    SetLabel(SetLabel),
    SetRanges(SetRanges),
    MergeSpans(MergeSpans),
    SplitSpan(SplitSpan),
    SetAttribute(SetAttribute),
    AddNote(AddNote),
    SetNote(SetNote),
    RemoveNote(RemoveNote),
    SetStatus(SetStatus),
    SetReview(SetReview),
    SetMeta(SetMeta),
    RenameAnnotator(RenameAnnotator),
    AddRelation(AddRelation),
    RemoveRelation(RemoveRelation),
    AddEvent(AddEvent),
    RemoveEvent(RemoveEvent),
    Batch(Batch),
    Undo(Undo),
    Redo(Redo),
}

macro_rules! commands {
    ($($name:literal = $variant:ident),+ $(,)?) => {
        impl Command {
            /// The names that `apply` knows.
            pub const NAMES: &[&'static str] = &[$($name),+];

            /// The name in `apply`.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name),+ }
            }

            /// Reads the fields of the command of that name; `None` where there is no such command.
            pub(super) fn from_fields(name: &str, fields: Extra) -> Option<Result<Self, serde_json::Error>> {
                let fields = serde_json::Value::Object(fields);
                match name {
                    $($name => Some(serde_json::from_value(fields).map(Self::$variant)),)+
                    _ => None,
                }
            }
        }

        $(impl From<$variant> for Command {
            fn from(command: $variant) -> Self { Self::$variant(command) }
        })+
    };
}

commands! {
    "add_span" = AddSpan,
    "remove_span" = RemoveSpan,
    "set_label" = SetLabel,
    "set_ranges" = SetRanges,
    "merge_spans" = MergeSpans,
    "split_span" = SplitSpan,
    "set_attribute" = SetAttribute,
    "add_note" = AddNote,
    "set_note" = SetNote,
    "remove_note" = RemoveNote,
    "set_status" = SetStatus,
    "set_review" = SetReview,
    "set_meta" = SetMeta,
    "rename_annotator" = RenameAnnotator,
    "add_relation" = AddRelation,
    "remove_relation" = RemoveRelation,
    "add_event" = AddEvent,
    "remove_event" = RemoveEvent,
    "batch" = Batch,
    "undo" = Undo,
    "redo" = Redo,
}

impl Command {
    /// The article and the annotator that the command names, as far as it names any.
    pub fn place(&self) -> (Option<&ArticleId>, Option<&Annotator>) {
        match self {
            Self::AddSpan(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::RemoveSpan(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetLabel(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetRanges(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::MergeSpans(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SplitSpan(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetAttribute(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::AddNote(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetNote(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::RemoveNote(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetStatus(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetReview(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetMeta(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::AddRelation(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::RemoveRelation(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::AddEvent(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::RemoveEvent(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::Batch(_) | Self::RenameAnnotator(_) => (None, None),
            Self::Undo(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::Redo(c) => (c.article.as_ref(), c.annotator.as_ref()),
        }
    }

    /// Reads a command as `apply` takes it: an object with `command` and its fields.
    ///
    /// # Errors
    /// `bad_json`, `bad_command`, `unknown_command`, or `bad_field`; unknown fields are refused.
    pub fn from_json(line: &str) -> Result<Self, Refusal> {
        json::command(line)
    }
}

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
#[serde(from = "json::MetaRow")]
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
