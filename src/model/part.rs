//! The parts of a codebook that annotations can use, and how entries and parts are called in files, commands, and words.

use std::fmt;

use super::{AttributeId, CodebookKey, EventTypeId, RoleId};

/// What annotations use of a codebook: an entry, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodebookPart {
    /// A whole entry.
    Entry(CodebookKey),
    /// An attribute of what the entry is about.
    Use(CodebookKey, AttributeId),
    /// One value of an attribute.
    Choice(AttributeId, String),
    /// A role of an event type.
    Role(EventTypeId, RoleId),
}

impl CodebookPart {
    /// Its id as it is written.
    pub fn id(&self) -> &str {
        match self {
            Self::Entry(key) => key.id(),
            Self::Use(_, attribute) => attribute.as_str(),
            Self::Choice(_, choice) => choice,
            Self::Role(_, role) => role.as_str(),
        }
    }
}

impl CodebookKey {
    /// The kinds of entries as commands name them, in the order in which a codebook lists them.
    pub const KINDS: [&'static str; 5] = [
        "label",
        "attribute",
        "relation_type",
        "event_type",
        "article_label",
    ];

    /// The kind of entry, as files and commands write it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Label(_) => "label",
            Self::Attribute(_) => "attribute",
            Self::RelationType(_) => "relation_type",
            Self::EventType(_) => "event_type",
            Self::ArticleLabel(_) => "article_label",
        }
    }

    /// The entry's id as it is written.
    pub fn id(&self) -> &str {
        match self {
            Self::Label(id) => id.as_str(),
            Self::Attribute(id) | Self::ArticleLabel(id) => id.as_str(),
            Self::RelationType(id) => id.as_str(),
            Self::EventType(id) => id.as_str(),
        }
    }
}

impl fmt::Display for CodebookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind().replace('_', " "), self.id())
    }
}

impl fmt::Display for CodebookPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(key) => key.fmt(f),
            Self::Use(key, attribute) => write!(f, "attribute {attribute} of {key}"),
            Self::Choice(attribute, choice) => write!(f, "choice {choice} of attribute {attribute}"),
            Self::Role(event_type, role) => write!(f, "role {role} of event type {event_type}"),
        }
    }
}
