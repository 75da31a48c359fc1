//! Why something was not done: a code for programs, a sentence for people, and what to do about it.

use crate::model::{
    Annotator, AttributeId, AttributeType, CodebookPart, EventId, LabelId, RelationTypeId, RoleId, Status,
};

/// A command, import, export, or opening that was refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A stable name in `snake_case`, such as `duplicate_span`.
    pub code: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What it is about, for those who say it by names and not by ids.
    pub about: Option<Box<About>>,
}

/// The parts of a refusal, where its code alone does not say enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A span fills a role that does not take its new label.
    FillsRole {
        /// The event.
        event: EventId,
        /// Its role.
        role: RoleId,
        /// What the role takes.
        allowed: Vec<LabelId>,
    },
    /// A span is the end of a relation that does not take its new label.
    EndsRelation {
        /// The type of the relation.
        kind: RelationTypeId,
        /// Whether the relation starts there.
        starts: bool,
        /// What such an end is.
        allowed: Vec<LabelId>,
    },
    /// A relation of parts would lead back to where others of its type come from.
    LeadsBack {
        /// The type of the relation.
        kind: RelationTypeId,
        /// The words of the spans on the way that there is, from the first to the last.
        way: Vec<String>,
    },
    /// An id that has its owner in the codebook.
    Taken(CodebookPart),
    /// An attribute cannot be of another type because of a value that is there.
    Misfit {
        /// The attribute.
        attribute: AttributeId,
        /// The type that it was to have.
        wanted: AttributeType,
        /// The title of the article with that value.
        title: Option<String>,
    },
    /// A format has room for one of these.
    OneOfAnnotators {
        /// The name of the format.
        format: &'static str,
        /// All who have work in the project.
        annotators: Vec<Annotator>,
    },
    /// An article has this status as it is.
    HasStatus(Status),
    /// An undo or redo of what was done, as it is called in the journal.
    Turn {
        /// Whether it is an undo.
        is_undo: bool,
        /// What was done.
        summary: String,
        /// What is in the way.
        because: InTheWay,
    },
}

/// What is in the way of an undo or redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InTheWay {
    /// What was done later.
    LaterWork,
    /// That annotator's work, which was approved since.
    Approved(Annotator),
    /// It changed other articles as well.
    OtherArticles,
}

impl Refusal {
    /// A refusal without a hint.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            hint: None,
            about: None,
        }
    }

    /// The system gives no thread for some work.
    pub(super) fn no_thread(cause: &std::io::Error) -> Self {
        Self::new("no_thread", format!("no thread could be started: {cause}"))
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same with its parts.
    #[must_use]
    pub fn about(self, about: About) -> Self {
        Self {
            about: Some(Box::new(about)),
            ..self
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
