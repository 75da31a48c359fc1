//! Problems: what a careful colleague would ask about an article as one annotator marked it.
//!
//! A problem is a remark and never stops the work. Each rule has a file; it sees text, layer, and codebook as values.
//! A problem has a key made of what it is about, by which it is dismissed and known again. What the words of the text
//! say (casualty figures) is not known here.

mod attribute;
mod cluster;
mod dismissal;
mod duplicate;
mod edge;
mod event;
mod key;
mod label;
mod note;
mod relation;
#[cfg(test)]
mod tests;
mod unconfirmed;
mod value;

pub use dismissal::{carry_dismissals, forget_dismissals, names_part};
pub use key::ItemKind;

use super::value::names;
use super::{
    AttributeId, Codebook, EventId, Layer, NoteId, ProblemKey, RelationId, SpanId, Status, words_in,
};
use crate::text::{ByteRange, Text, beginning};

/// Something that a colleague would ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem.
    pub code: ProblemCode,
    /// What it is about.
    pub place: ProblemPlace,
    /// Where in the text that is; none for what is about the whole article.
    pub at: Option<ByteRange>,
    /// In words.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Names the problem as long as it is the same one.
    pub key: ProblemKey,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemCode {
    /// The codebook has no such label.
    UnknownLabel,
    /// A required attribute has no value.
    MissingAttribute,
    /// The codebook does not ask for an attribute here.
    UnknownAttribute,
    /// A value is of another type than its attribute.
    WrongType,
    /// A choice is none of the attribute's.
    UnknownChoice,
    /// A date is not in the calendar, or an interval ends before it begins.
    BadDate,
    /// Low, best, and high of a quantity are not in order.
    QuantityOrder,
    /// Another span has the same ranges and label.
    DuplicateSpan,
    /// A span starts or ends on white space or punctuation.
    LooseEdge,
    /// A span starts or ends inside a character as readers see it.
    SplitsCluster,
    /// The codebook has no such type of relation.
    UnknownRelationType,
    /// A relation links labels that its type does not link.
    RelationEnds,
    /// A relation leads from a span to itself.
    RelationToItself,
    /// Another relation says the same.
    DuplicateRelation,
    /// Relations from parts to wholes lead back to where they came from.
    RelationCircle,
    /// The codebook has no such type of event.
    UnknownEventType,
    /// The type of the event has no such role.
    UnknownRole,
    /// A role has fewer fillers than it needs.
    MissingRole,
    /// A role has more fillers than it takes.
    TooManyFillers,
    /// A filler has a label that the role does not take.
    RoleLabel,
    /// A span fills the same role twice.
    RepeatedFiller,
    /// A role whose labels ask for a figure or a date is filled with text.
    TextFiller,
    /// The article is done and a note is still open.
    OpenNote,
    /// The article is done and a value that the tool read was not confirmed, or was left open.
    UnconfirmedValue,
    /// Words say how many people were harmed, and no span holds them.
    UntaggedCasualty,
}

names!(ProblemCode {
    UnknownLabel = "unknown_label",
    MissingAttribute = "missing_attribute",
    UnknownAttribute = "unknown_attribute",
    WrongType = "wrong_type",
    UnknownChoice = "unknown_choice",
    BadDate = "bad_date",
    QuantityOrder = "quantity_order",
    DuplicateSpan = "duplicate_span",
    LooseEdge = "loose_edge",
    SplitsCluster = "splits_cluster",
    UnknownRelationType = "unknown_relation_type",
    RelationEnds = "relation_ends",
    RelationToItself = "relation_to_itself",
    DuplicateRelation = "duplicate_relation",
    RelationCircle = "relation_circle",
    UnknownEventType = "unknown_event_type",
    UnknownRole = "unknown_role",
    MissingRole = "missing_role",
    TooManyFillers = "too_many_fillers",
    RoleLabel = "role_label",
    RepeatedFiller = "repeated_filler",
    TextFiller = "text_filler",
    OpenNote = "open_note",
    UnconfirmedValue = "unconfirmed_value",
    UntaggedCasualty = "untagged_casualty",
});

impl ProblemCode {
    /// Whether the project is unsound with it; all others are remarks.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::UnknownLabel)
    }
}

/// What a problem is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemPlace {
    /// A span.
    Span(SpanId),
    /// A relation.
    Relation(RelationId),
    /// An event.
    Event(EventId),
    /// A note.
    Note(NoteId),
    /// A label of the whole article.
    ArticleLabel(AttributeId),
    /// Words of the text.
    Text(ByteRange),
}

impl ProblemPlace {
    /// The span that shows the place: the span itself, where a relation starts, the trigger or first filler of an
    /// event, what a note is about.
    pub fn span(&self, layer: &Layer) -> Option<SpanId> {
        match self {
            Self::Span(id) => layer.spans.get(id).map(|span| span.id.clone()),
            Self::Relation(id) => layer.relations.get(id).map(|relation| relation.from.clone()),
            Self::Event(id) => layer.events.get(id)?.spans().next().cloned(),
            Self::Note(id) => layer.notes.get(id).and_then(|note| {
                let target = note.target.as_ref()?.as_str();
                let at = [
                    SpanId::new(target).ok().map(Self::Span),
                    RelationId::new(target).ok().map(Self::Relation),
                    EventId::new(target).ok().map(Self::Event),
                ];
                at.into_iter().flatten().find_map(|place| place.span(layer))
            }),
            Self::ArticleLabel(_) | Self::Text(_) => None,
        }
    }

    /// Where in the text the place is.
    pub fn range(&self, layer: &Layer) -> Option<ByteRange> {
        match self {
            Self::Text(range) => Some(*range),
            place => Some(layer.spans.get(&place.span(layer)?)?.ranges.hull()),
        }
    }
}

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// One annotator's annotations of it.
    pub layer: &'a Layer,
    /// What may be said.
    pub codebook: &'a Codebook,
    /// How far the work is taken to be: the layer's own status, or another one to know what would be left then.
    pub status: Status,
    /// The language of the names in messages.
    pub lang: &'a str,
}

/// All problems in the order of the text, what has no place in it behind the rest.
pub fn problems(checked: &Checked<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    for rule in [
        label::check,
        attribute::check,
        value::check,
        duplicate::check,
        edge::check,
        cluster::check,
        relation::check,
        event::check,
        note::check,
        unconfirmed::check,
    ] {
        rule(checked, &mut found);
    }
    in_order(&mut found);
    found
}

/// Puts problems in the order in which they are shown.
pub fn in_order(problems: &mut [Problem]) {
    // No two have one key, so nothing is gained by keeping equal ones in order, and the room for that is spared.
    problems.sort_unstable_by(|one, other| {
        let key = |problem: &Problem| (problem.at.is_none(), problem.at, problem.code);
        key(one).cmp(&key(other)).then_with(|| one.key.cmp(&other.key))
    });
}

impl Checked<'_> {
    /// A problem at a place of the layer; the detail tells apart what is otherwise about the same item.
    pub fn problem(
        &self,
        code: ProblemCode,
        place: ProblemPlace,
        detail: &str,
        message: String,
        hint: &str,
    ) -> Option<Problem> {
        Some(Problem {
            code,
            at: place.range(self.layer),
            key: key::key(code, &place, detail, self.text)?,
            place,
            message,
            hint: hint.to_owned(),
        })
    }

    /// Whether somebody means to finish the work, so that what lacks is worth a word.
    fn is_worked_on(&self) -> bool {
        self.status != Status::Skipped
    }

    fn is_done(&self) -> bool {
        self.status == Status::Done
    }

    /// A name in the language of the messages, else the id.
    fn name<'b>(&self, names: Option<&'b super::Words>, id: &'b str) -> &'b str {
        names.and_then(|names| words_in(names, self.lang)).unwrap_or(id)
    }

    /// A span in words: `Actor “la coalition”`.
    pub fn span_in_words(&self, id: &SpanId) -> String {
        let Some(span) = self.layer.spans.get(id) else {
            return format!("Span {id}");
        };
        let name = self.codebook.label_apart(&span.label, self.lang);
        let quote = span.ranges.quote(self.text).unwrap_or_default();
        format!("{name} {}", quoted(&quote))
    }

    fn relation_in_words(&self, relation: &super::Relation) -> String {
        let kind = self.codebook.relation_type(&relation.relation_type);
        let name = self.name(kind.map(|kind| &kind.names), relation.relation_type.as_str());
        format!("Relation {name} of {}", self.span_in_words(&relation.from))
    }

    fn event_in_words(&self, event: &super::Event) -> String {
        let kind = self.codebook.event_type(&event.event_type);
        let name = self.name(kind.map(|kind| &kind.names), event.event_type.as_str());
        let span = ProblemPlace::Event(event.id.clone()).span(self.layer);
        match span {
            Some(span) => format!("{name} of {}", self.span_in_words(&span)),
            None => name.to_owned(),
        }
    }

    /// The name of an attribute.
    pub fn attribute_name<'b>(&'b self, id: &'b AttributeId) -> &'b str {
        let attribute = self.codebook.attribute(id);
        self.name(attribute.map(|attribute| &attribute.names), id.as_str())
    }
}

/// Words in quotation marks on one line, short enough for a row.
pub fn quoted(words: &str) -> String {
    const MOST: usize = 48;
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    match beginning(&line, MOST) {
        Some(words) => format!("“{words}…”"),
        None => format!("“{line}”"),
    }
}
