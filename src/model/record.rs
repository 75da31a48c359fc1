//! Relations, events, and notes: what is said about spans.

use super::value::{Value, names};
use super::{
    Annotator, Attributes, EventId, EventTypeId, Extra, NoteId, RelationId, RelationTypeId, RoleId, SpanId,
    TargetId, Timestamp,
};

/// A typed link from one span to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Unique within one article and annotator.
    pub id: RelationId,
    /// What the link says.
    pub relation_type: RelationTypeId,
    /// The span that it starts from.
    pub from: SpanId,
    /// The span that it leads to.
    pub to: SpanId,
    /// What the codebook asks about it.
    pub attributes: Attributes,
    /// Unknown keys.
    pub extra: Extra,
}

/// A typed record whose roles are filled by spans or values.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique within one article and annotator.
    pub id: EventId,
    /// What kind of event.
    pub event_type: EventTypeId,
    /// Where it stands among the events of its layer: by rank, then by id. Files that hold events in a list do not
    /// write it; it is what their order says.
    pub rank: i64,
    /// The words that name it, where there are any.
    pub trigger: Option<SpanId>,
    /// Who and what takes part, in the annotator's order.
    pub roles: Vec<RoleFiller>,
    /// What the codebook asks about it.
    pub attributes: Attributes,
    /// Unknown keys.
    pub extra: Extra,
}

impl Event {
    /// The spans that it names: its trigger, then what fills its roles.
    pub fn spans(&self) -> impl Iterator<Item = &SpanId> {
        let fillers = self.roles.iter().filter_map(|role| role.filler.span());
        self.trigger.iter().chain(fillers)
    }
}

/// One filled role of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleFiller {
    /// Which role.
    pub role: RoleId,
    /// By what.
    pub filler: Filler,
    /// Whether the annotator concluded it, rather than read it.
    pub inferred: bool,
    /// Why.
    pub note: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq)]
pub enum Filler {
    /// A span of the same layer.
    Span(SpanId),
    /// A value that no words of the text give.
    Value(Value),
}

impl Filler {
    /// The span, where it is one.
    pub const fn span(&self) -> Option<&SpanId> {
        match self {
            Self::Span(span) => Some(span),
            Self::Value(_) => None,
        }
    }
}

/// A remark on the article or on one annotation, with its replies.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Unique within one article and annotator.
    pub id: NoteId,
    /// The span, relation, or event meant; none for the article.
    pub target: Option<TargetId>,
    /// Who wrote it.
    pub author: Option<Annotator>,
    /// When.
    pub created: Option<Timestamp>,
    /// What it says.
    pub text: String,
    /// Whether it is settled.
    pub state: NoteState,
    /// Answers in order.
    pub replies: Vec<Reply>,
    /// Unknown keys.
    pub extra: Extra,
}

/// An answer to a note.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Who wrote it.
    pub author: Option<Annotator>,
    /// When.
    pub created: Option<Timestamp>,
    /// What it says.
    pub text: String,
    /// Unknown keys.
    pub extra: Extra,
}

/// Whether a note is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteState {
    /// Still to be settled.
    Open,
    /// Settled.
    Resolved,
}

names!(NoteState { Open = "open", Resolved = "resolved" });
