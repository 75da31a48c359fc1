//! The codebook: labels, attributes, relation types, event types, and article-level labels of a project.

use std::collections::{BTreeMap, BTreeSet};

use super::value::names;
use super::{AttributeId, BoundRule, EventTypeId, LabelId, RelationTypeId, RoleId, Value, Wording};

/// A name or description by language (BCP 47 tag).
pub type Words = BTreeMap<String, String>;

/// The words in a language, else in English, else in any.
pub fn words_in<'a>(words: &'a Words, lang: &str) -> Option<&'a str> {
    words
        .get(lang)
        .or_else(|| words.get("en"))
        .or_else(|| words.values().next())
        .map(String::as_str)
}

/// Everything that an annotator may say, each list in its own order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codebook {
    /// Labels of spans.
    pub labels: Vec<Label>,
    /// Attributes, shared by whatever uses them.
    pub attributes: Vec<Attribute>,
    /// Types of relations.
    pub relation_types: Vec<RelationType>,
    /// Types of events.
    pub event_types: Vec<EventType>,
    /// Attributes of a whole article.
    pub article_labels: Vec<AttributeUse>,
}

/// A label of spans.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// As it is written in files.
    pub id: LabelId,
    /// As it is read on screen.
    pub names: Words,
    /// When to use it.
    pub description: Words,
    /// Its colour; the theme derives tint and ink for light and dark from it.
    pub color: Color,
    /// The key that tags with it: one character, compared with the physical key for digits.
    pub key: Option<char>,
    /// What is asked about a span under it.
    pub attributes: Vec<AttributeUse>,
    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub retired: bool,
}

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Color {
    /// Reads `#rrggbb`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let hex = text
            .strip_prefix('#')
            .filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
        Some(Self { r, g, b })
    }

    /// Writes `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

/// An attribute where it is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeUse {
    /// Which attribute.
    pub id: AttributeId,
    /// Whether done work must have it.
    pub required: bool,
    /// What a new annotation starts with.
    pub default: Option<Value>,
    /// Whether it is kept for what was annotated before and no longer asked here.
    pub retired: bool,
}

impl AttributeUse {
    /// An attribute that is asked, not required, and empty at first.
    pub const fn plain(id: AttributeId) -> Self {
        Self {
            id,
            required: false,
            default: None,
            retired: false,
        }
    }
}

/// An attribute; its id has one type in a codebook, wherever it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// As it is written in files.
    pub id: AttributeId,
    /// As it is read on screen.
    pub names: Words,
    /// How to fill it.
    pub description: Words,
    /// What values it takes.
    pub attribute_type: AttributeType,
    /// The values of a choice; the `who` of a quantity.
    pub choices: Vec<Choice>,
    /// What vague words of a quantity come to at least, by name (`dozens`); the defaults where absent.
    pub bounds: BTreeMap<String, u64>,
    /// What the wordings of a quantity come to; the usual rules where absent.
    pub rules: BTreeMap<Wording, BoundRule>,
    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub retired: bool,
}

impl Attribute {
    /// An attribute of which only its type is known.
    pub const fn plain(id: AttributeId, attribute_type: AttributeType) -> Self {
        Self {
            id,
            names: Words::new(),
            description: Words::new(),
            attribute_type,
            choices: Vec::new(),
            bounds: BTreeMap::new(),
            rules: BTreeMap::new(),
            retired: false,
        }
    }
}

/// The vague words that a codebook can give a bound, each with what it counts by; without one it is twice that.
pub const VAGUE_WORDS: [(&str, u64); 9] = [
    ("several", 1),
    ("tens", 10),
    ("dozens", 12),
    ("scores", 20),
    ("hundreds", 100),
    ("thousands", 1_000),
    ("ten thousands", 10_000),
    ("hundred thousands", 100_000),
    ("millions", 1_000_000),
];

/// What values an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum AttributeType {
    Text,
    Integer,
    Number,
    Boolean,
    Choice,
    Choices,
    Date,
    Quantity,
    Entity,
}

names!(AttributeType {
    Text = "text",
    Integer = "integer",
    Number = "number",
    Boolean = "boolean",
    Choice = "choice",
    Choices = "choices",
    Date = "date",
    Quantity = "quantity",
    Entity = "entity",
});

impl AttributeType {
    /// The type that a value has by its shape alone; a string is text.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Text(_) => Self::Text,
            Value::Integer(_) => Self::Integer,
            Value::Number(_) => Self::Number,
            Value::Boolean(_) => Self::Boolean,
            Value::Choices(_) => Self::Choices,
            Value::Date(_) => Self::Date,
            Value::Quantity(_) => Self::Quantity,
            Value::Entity(_) => Self::Entity,
        }
    }

    /// Whether a value of that shape can be of this type.
    pub fn accepts(self, value: &Value) -> bool {
        let shape = Self::of(value);
        shape == self
            || matches!(
                (self, shape),
                (Self::Choice, Self::Text) | (Self::Number, Self::Integer)
            )
    }
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// As it is written in files.
    pub id: String,
    /// As it is read on screen.
    pub names: Words,
    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub retired: bool,
}

/// A type of relation.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationType {
    /// As it is written in files.
    pub id: RelationTypeId,
    /// As it is read on screen.
    pub names: Words,
    /// When to use it.
    pub description: Words,
    /// Labels that it may start from; any where empty.
    pub from: Vec<LabelId>,
    /// Labels that it may lead to; any where empty.
    pub to: Vec<LabelId>,
    /// What is asked about it.
    pub attributes: Vec<AttributeUse>,
    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub retired: bool,
}

impl RelationType {
    /// A type of relation of which only its id is known.
    pub const fn plain(id: RelationTypeId) -> Self {
        Self {
            id,
            names: Words::new(),
            description: Words::new(),
            from: Vec::new(),
            to: Vec::new(),
            attributes: Vec::new(),
            retired: false,
        }
    }
}

/// A type of event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventType {
    /// As it is written in files.
    pub id: EventTypeId,
    /// As it is read on screen.
    pub names: Words,
    /// When to use it.
    pub description: Words,
    /// Its roles in order.
    pub roles: Vec<Role>,
    /// What is asked about it.
    pub attributes: Vec<AttributeUse>,
    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub retired: bool,
}

impl EventType {
    /// A type of event of which only its id is known.
    pub const fn plain(id: EventTypeId) -> Self {
        Self {
            id,
            names: Words::new(),
            description: Words::new(),
            roles: Vec::new(),
            attributes: Vec::new(),
            retired: false,
        }
    }
}

/// A role of an event type.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// As it is written in files.
    pub id: RoleId,
    /// As it is read on screen.
    pub names: Words,
    /// Who or what fills it.
    pub description: Words,
    /// Labels of the spans that may fill it; any where empty.
    pub labels: Vec<LabelId>,
    /// How many fillers it needs.
    pub min: u32,
    /// How many it takes at most; no bound where absent.
    pub max: Option<u32>,
    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub retired: bool,
}

impl Role {
    /// A role of which only its id is known: it needs no filler, and takes any.
    pub const fn plain(id: RoleId) -> Self {
        Self {
            id,
            names: Words::new(),
            description: Words::new(),
            labels: Vec::new(),
            min: 0,
            max: None,
            retired: false,
        }
    }
}

/// Which entry of a codebook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodebookKey {
    /// A label.
    Label(LabelId),
    /// An attribute.
    Attribute(AttributeId),
    /// A relation type.
    RelationType(RelationTypeId),
    /// An event type.
    EventType(EventTypeId),
    /// An article-level label.
    ArticleLabel(AttributeId),
}

/// An entry of a codebook with its place in its list, as an edit holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct CodebookEntry {
    /// Place among the entries of its kind, from 0.
    pub position: usize,
    /// The entry.
    pub item: CodebookItem,
}

/// What an entry of a codebook says.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum CodebookItem {
    Label(Label),
    Attribute(Attribute),
    RelationType(RelationType),
    EventType(EventType),
    ArticleLabel(AttributeUse),
}

impl CodebookItem {
    /// Which entry this is.
    pub fn key(&self) -> CodebookKey {
        match self {
            Self::Label(label) => CodebookKey::Label(label.id.clone()),
            Self::Attribute(attribute) => CodebookKey::Attribute(attribute.id.clone()),
            Self::RelationType(kind) => CodebookKey::RelationType(kind.id.clone()),
            Self::EventType(kind) => CodebookKey::EventType(kind.id.clone()),
            Self::ArticleLabel(usage) => CodebookKey::ArticleLabel(usage.id.clone()),
        }
    }

    /// Whether it is kept for what was annotated before and no longer offered for new work.
    pub const fn is_retired(&self) -> bool {
        match self {
            Self::Label(label) => label.retired,
            Self::Attribute(attribute) => attribute.retired,
            Self::RelationType(kind) => kind.retired,
            Self::EventType(kind) => kind.retired,
            Self::ArticleLabel(usage) => usage.retired,
        }
    }
}

impl Codebook {
    /// The label of that id.
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// A label by its name, with its id behind it where another label has the same name.
    pub fn label_apart(&self, id: &LabelId, lang: &str) -> String {
        let name_of = |label: &Label| {
            words_in(&label.names, lang)
                .unwrap_or(label.id.as_str())
                .to_owned()
        };
        let Some(name) = self.label(id).map(name_of) else {
            return id.to_string();
        };
        let mut labels = self.labels.iter();
        if labels.any(|other| other.id != *id && name_of(other) == name) {
            format!("{name} ({id})")
        } else {
            name
        }
    }

    /// The attributes that are asked for new work, of those that a list names: neither the attribute is retired nor its
    /// use there.
    pub fn asked<'a>(&'a self, uses: &'a [AttributeUse]) -> impl Iterator<Item = &'a AttributeUse> {
        let is_retired = |id| self.attribute(id).is_some_and(|attribute| attribute.retired);
        uses.iter()
            .filter(move |usage| !usage.retired && !is_retired(&usage.id))
    }

    /// The attribute of that id.
    pub fn attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == *id)
    }

    /// The relation type of that id.
    pub fn relation_type(&self, id: &RelationTypeId) -> Option<&RelationType> {
        self.relation_types.iter().find(|kind| kind.id == *id)
    }

    /// The labels that are offered for new work, in order.
    pub fn offered_labels(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(|label| !label.retired)
    }

    /// The event types that are offered for new work, in order.
    pub fn offered_event_types(&self) -> impl Iterator<Item = &EventType> {
        self.event_types.iter().filter(|kind| !kind.retired)
    }

    /// The event type of that id.
    pub fn event_type(&self, id: &EventTypeId) -> Option<&EventType> {
        self.event_types.iter().find(|kind| kind.id == *id)
    }

    /// The languages in which anything is named or described, in order.
    pub fn languages(&self) -> BTreeSet<&str> {
        let mut words: Vec<&Words> = Vec::new();
        for label in &self.labels {
            words.extend([&label.names, &label.description]);
        }
        for attribute in &self.attributes {
            words.extend([&attribute.names, &attribute.description]);
            words.extend(attribute.choices.iter().map(|choice| &choice.names));
        }
        for kind in &self.relation_types {
            words.extend([&kind.names, &kind.description]);
        }
        for kind in &self.event_types {
            words.extend([&kind.names, &kind.description]);
            let roles = kind.roles.iter();
            words.extend(roles.flat_map(|role| [&role.names, &role.description]));
        }
        words
            .into_iter()
            .flat_map(|one| one.keys().map(String::as_str))
            .collect()
    }

    /// All entries, kind by kind, each with its position.
    pub fn entries(&self) -> impl Iterator<Item = CodebookEntry> {
        fn placed<T: Clone>(list: &[T], item: fn(T) -> CodebookItem) -> impl Iterator<Item = CodebookEntry> {
            list.iter()
                .cloned()
                .enumerate()
                .map(move |(position, entry)| CodebookEntry {
                    position,
                    item: item(entry),
                })
        }
        placed(&self.labels, CodebookItem::Label)
            .chain(placed(&self.attributes, CodebookItem::Attribute))
            .chain(placed(&self.relation_types, CodebookItem::RelationType))
            .chain(placed(&self.event_types, CodebookItem::EventType))
            .chain(placed(&self.article_labels, CodebookItem::ArticleLabel))
    }

    /// A codebook from entries in any order; positions decide, ids break ties.
    pub fn from_entries(entries: impl IntoIterator<Item = CodebookEntry>) -> Self {
        let mut entries: Vec<CodebookEntry> = entries.into_iter().collect();
        entries.sort_by_cached_key(|entry| (entry.position, entry.item.key()));
        let mut codebook = Self::default();
        for entry in entries {
            match entry.item {
                CodebookItem::Label(label) => codebook.labels.push(label),
                CodebookItem::Attribute(attribute) => codebook.attributes.push(attribute),
                CodebookItem::RelationType(kind) => codebook.relation_types.push(kind),
                CodebookItem::EventType(kind) => codebook.event_types.push(kind),
                CodebookItem::ArticleLabel(usage) => codebook.article_labels.push(usage),
            }
        }
        codebook
    }
}
