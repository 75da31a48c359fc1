//! What an annotation is, and the edits that change one.
//!
//! Pure values: nothing here reads a file, a clock, or a database, and nothing is serialised; every boundary has
//! row types of its own.

mod approval;
mod article;
mod chunked;
mod circle;
mod codebook;
mod codebook_change;
mod completeness;
mod counted;
mod dangling;
mod date;
mod edit;
mod event_order;
mod id;
mod json;
mod language_tag;
mod layer;
mod link;
mod part;
pub mod problem;
mod reading;
mod recoding;
mod record;
mod role_fit;
mod span;
mod value;
mod value_json;
mod wording;

#[cfg(test)]
pub(crate) mod testing;

pub use approval::withdraw_verdicts;
pub use article::{Article, Header, Sha256};
pub use circle::{Circle, circles, way};
pub use codebook::{
    Attribute, AttributeType, AttributeUse, Choice, Codebook, CodebookEntry, CodebookItem, CodebookKey,
    Color, EventType, Label, RelationType, Role, VAGUE_WORDS, Words, words_in,
};
pub use codebook_change::Unmovable;
pub use completeness::Missing;
pub use counted::counted;
pub use dangling::Dangling;
pub use edit::{
    Action, Change, Conflict, Edit, LayerEdit, Scope, Selection, Transaction, TransactionId, invert,
};
pub use event_order::{EventPlace, rank_behind, ranks_to_stand_at};
pub use id::{
    Annotator, ArticleId, AttributeId, BatchId, EventId, EventTypeId, InvalidId, LabelId, NoteId, ProblemKey,
    RelationId, RelationTypeId, RoleId, SpanId, TargetId,
};
pub use json::{JsonFault, ParsedJson, Tail, parse_json, parse_json_with_tail};
pub use language_tag::{article_language, language_tag};
pub use layer::{Layer, SpanMap, Status};
pub use link::Link;
pub use part::CodebookPart;
pub use reading::ReadingDirections;
pub use recoding::{Recoding, Unrecodable};
pub use record::{Event, Filler, Note, NoteState, Relation, Reply, RoleFiller};
pub use span::{InvalidRanges, Origin, OriginKind, Ranges, Span, SpanReview, Timestamp, Verdict};
pub use value::{Attributes, DateValue, EntityRef, Modifier, Precision, Quantity, QuantityKind, Value};
pub use value_json::InvalidValue;
pub use wording::{BoundRule, InvalidRule, Term, Wording};

/// Keys that this version does not know, kept in their order with numbers to the letter.
pub type Extra = serde_json::Map<String, serde_json::Value>;
