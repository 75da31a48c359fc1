//! Names of things. Every identifier is its own type, so that a label is never taken for a span.

use std::fmt;
use std::sync::Arc;

/// Why a string cannot be an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is not empty and has no control characters")
    }
}

impl std::error::Error for InvalidId {}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes any string that is not empty and has no control characters, in any script, and keeps it to
            /// the letter.
            ///
            /// # Errors
            /// [`InvalidId`] for any other string.
            pub fn new(id: impl AsRef<str>) -> Result<Self, InvalidId> {
                let id = id.as_ref();
                if id.is_empty() || id.chars().any(char::is_control) { Err(InvalidId) } else { Ok(Self(id.into())) }
            }

            /// The id as it is written in files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id! {
    /// An article; unique in its project.
    ArticleId,
    /// The name of the person (or program) whose layer an annotation is on.
    Annotator,
    /// A span; unique within one article and annotator.
    SpanId,
    /// A relation; unique within one article and annotator.
    RelationId,
    /// An event; unique within one article and annotator.
    EventId,
    /// A note; unique within one article and annotator.
    NoteId,
    /// What a note is about: the id of a span, a relation, or an event.
    TargetId,
    /// A label of the codebook.
    LabelId,
    /// An attribute of the codebook; it has one type wherever it is used.
    AttributeId,
    /// A relation type of the codebook.
    RelationTypeId,
    /// An event type of the codebook.
    EventTypeId,
    /// A role of an event type.
    RoleId,
    /// A problem, by which it is dismissed: its code and what it is about.
    ProblemKey,
    /// One import: the articles that came in together.
    BatchId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_may_be_in_any_script_but_not_empty_or_with_control_characters() {
        assert_eq!(LabelId::new("فاعل").map(|l| l.to_string()), Ok("فاعل".to_owned()));
        assert_eq!(LabelId::new(""), Err(InvalidId));
        assert_eq!(LabelId::new("a\nb"), Err(InvalidId));
    }
}
