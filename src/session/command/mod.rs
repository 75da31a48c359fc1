//! Commands: what a person or a program asks of a project, as values that carry ids.
//!
//! A command knows neither the project nor whether it can be done; `plan` finds that out. Positions are code points,
//! as in JSONL. Every command can be given to `hashiya apply` by the name in [`Command::NAMES`].

mod article;
mod codebook;
mod codebook_parts;
mod event;
mod history;
mod note;
mod people;
mod problem;
mod relation;
mod review;
mod revise;
mod span;
#[cfg(test)]
mod tests;

pub use article::{RenameAnnotator, SetAttribute, SetMeta, SetReview, SetStatus};
pub use codebook::{
    ImportCodebook, PartKind, RemoveCodebookEntry, RenameCodebookId, RuleChanges, SetArticleLabel,
    SetAttributeDefinition, SetEventType, SetLabelDefinition, SetRelationType, WordChanges,
};
pub use codebook_parts::{SetAttributeUse, SetChoice, SetRole};
pub use event::{
    AddEvent, AddFiller, DuplicateEvent, MergeEvents, MoveEvent, RemoveEvent, RemoveFiller, SetEvent,
    SetFiller, WhichFiller,
};
pub use history::{Batch, Redo, Undo};
pub use note::{AddNote, AddReply, RemoveNote, RemoveReply, SetNote, SetReply};
pub use problem::{DismissProblem, RestoreProblem};
pub use relation::{AddRelation, RemoveRelation, SetRelation};
pub use review::{SetFlag, SetSpanReview};
pub use revise::Revise;
pub use span::{AddSpan, MergeSpans, RemoveSpan, SetLabel, SetRanges, SplitSpan};

use crate::model::{Annotator, ArticleId, Extra};

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
    AddReply(AddReply),
    SetReply(SetReply),
    RemoveReply(RemoveReply),
    DismissProblem(DismissProblem),
    RestoreProblem(RestoreProblem),
    SetStatus(SetStatus),
    SetReview(SetReview),
    SetSpanReview(SetSpanReview),
    SetFlag(SetFlag),
    SetMeta(SetMeta),
    RenameAnnotator(RenameAnnotator),
    AddRelation(AddRelation),
    SetRelation(SetRelation),
    RemoveRelation(RemoveRelation),
    AddEvent(AddEvent),
    RemoveEvent(RemoveEvent),
    SetEvent(SetEvent),
    AddFiller(AddFiller),
    SetFiller(SetFiller),
    RemoveFiller(RemoveFiller),
    MoveEvent(MoveEvent),
    DuplicateEvent(DuplicateEvent),
    MergeEvents(MergeEvents),
    SetLabelDefinition(SetLabelDefinition),
    SetAttributeDefinition(SetAttributeDefinition),
    SetRelationType(SetRelationType),
    SetEventType(SetEventType),
    SetArticleLabel(SetArticleLabel),
    SetChoice(SetChoice),
    SetRole(SetRole),
    SetAttributeUse(SetAttributeUse),
    RemoveCodebookEntry(RemoveCodebookEntry),
    RenameCodebookId(RenameCodebookId),
    ImportCodebook(ImportCodebook),
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
    "add_reply" = AddReply,
    "set_reply" = SetReply,
    "remove_reply" = RemoveReply,
    "dismiss_problem" = DismissProblem,
    "restore_problem" = RestoreProblem,
    "set_status" = SetStatus,
    "set_review" = SetReview,
    "set_span_review" = SetSpanReview,
    "set_flag" = SetFlag,
    "set_meta" = SetMeta,
    "rename_annotator" = RenameAnnotator,
    "add_relation" = AddRelation,
    "set_relation" = SetRelation,
    "remove_relation" = RemoveRelation,
    "add_event" = AddEvent,
    "remove_event" = RemoveEvent,
    "set_event" = SetEvent,
    "add_filler" = AddFiller,
    "set_filler" = SetFiller,
    "remove_filler" = RemoveFiller,
    "move_event" = MoveEvent,
    "duplicate_event" = DuplicateEvent,
    "merge_events" = MergeEvents,
    "set_label_definition" = SetLabelDefinition,
    "set_attribute_definition" = SetAttributeDefinition,
    "set_relation_type" = SetRelationType,
    "set_event_type" = SetEventType,
    "set_article_label" = SetArticleLabel,
    "set_choice" = SetChoice,
    "set_role" = SetRole,
    "set_attribute_use" = SetAttributeUse,
    "remove_codebook_entry" = RemoveCodebookEntry,
    "rename_codebook_id" = RenameCodebookId,
    "import_codebook" = ImportCodebook,
    "batch" = Batch,
    "undo" = Undo,
    "redo" = Redo,
}

impl Command {
    /// All commands with their fields, as a page for people who write them.
    pub const HELP: &str = include_str!("../../../assets/help/reference/commands.md");

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
            Self::AddReply(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetReply(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::RemoveReply(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::DismissProblem(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::RestoreProblem(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetStatus(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetReview(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetSpanReview(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetFlag(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::SetMeta(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::AddRelation(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetRelation(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::RemoveRelation(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::AddEvent(c) => (Some(&c.article), c.annotator.as_ref()),
            Self::RemoveEvent(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetEvent(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::AddFiller(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::SetFiller(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::RemoveFiller(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::MoveEvent(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::DuplicateEvent(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::MergeEvents(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::Batch(_)
            | Self::RenameAnnotator(_)
            | Self::SetLabelDefinition(_)
            | Self::SetAttributeDefinition(_)
            | Self::SetRelationType(_)
            | Self::SetEventType(_)
            | Self::SetArticleLabel(_)
            | Self::SetChoice(_)
            | Self::SetRole(_)
            | Self::SetAttributeUse(_)
            | Self::RemoveCodebookEntry(_)
            | Self::RenameCodebookId(_)
            | Self::ImportCodebook(_) => (None, None),
            Self::Undo(c) => (c.article.as_ref(), c.annotator.as_ref()),
            Self::Redo(c) => (c.article.as_ref(), c.annotator.as_ref()),
        }
    }

    /// Whether the codebook may be another one after it.
    pub fn changes_codebook(&self) -> bool {
        match self {
            Self::SetLabelDefinition(_)
            | Self::SetAttributeDefinition(_)
            | Self::SetRelationType(_)
            | Self::SetEventType(_)
            | Self::SetArticleLabel(_)
            | Self::SetChoice(_)
            | Self::SetRole(_)
            | Self::SetAttributeUse(_)
            | Self::RemoveCodebookEntry(_)
            | Self::RenameCodebookId(_)
            | Self::ImportCodebook(_) => true,
            Self::Batch(batch) => batch.commands.iter().any(Self::changes_codebook),
            _ => false,
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
