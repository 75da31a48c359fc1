//! Typed values of attributes.
//!
//! A value knows its own shape and no codebook. Text and a choice have the same shape; the attribute's
//! [`AttributeType`](super::AttributeType) says which it is and whether the value fits.

use std::collections::BTreeMap;

use super::{AttributeId, Extra};

/// Attribute values in the order of their ids.
pub type Attributes = BTreeMap<AttributeId, Value>;

/// One value of an attribute, an article-level label, or a typed filler of a role.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Free text, or the id of one choice.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number; its literal is kept.
    Number(serde_json::Number),
    /// Yes or no.
    Boolean(bool),
    /// Ids of several choices, in the order given.
    Choices(Vec<String>),
    /// A point or an interval in time.
    Date(DateValue),
    /// A casualty figure.
    Quantity(Quantity),
    /// Someone or something with an identity beyond the text.
    Entity(EntityRef),
}

impl Value {
    /// Holds the value to the rules of its own shape: a date to the calendar, a quantity to the order of its bounds.
    /// What is stored already may break them; what comes in may not.
    ///
    /// # Errors
    /// The reason in words for the user.
    pub fn check(&self) -> Result<(), super::InvalidValue> {
        match self {
            Self::Date(date) => date.check(),
            Self::Quantity(quantity) if !quantity.is_ordered() => {
                super::value_json::invalid("a quantity has low <= best <= high")
            }
            _ => Ok(()),
        }
    }
}

/// A date as precisely as the text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateValue {
    /// `2022`, `2022-01`, `2022-01-20`, an interval `a/b` of these, or without its year `--01`, `--01-20`.
    pub value: String,
    /// How fine the date is, where the value alone does not say (a week).
    pub precision: Option<Precision>,
    /// "About", "early", "around".
    pub approximate: bool,
    /// Unknown keys.
    pub extra: Extra,
}

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// One week.
    Week,
    /// One month.
    Month,
    /// One year.
    Year,
}

/// A casualty figure: how many, of whom, in which way. `low <= best <= high`, each may be unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantity {
    /// What befell them.
    pub kind: Option<QuantityKind>,
    /// At least this many.
    pub low: Option<u64>,
    /// The best estimate.
    pub best: Option<u64>,
    /// At most this many.
    pub high: Option<u64>,
    /// The words' own modifier.
    pub modifier: Option<Modifier>,
    /// Who is counted: civilians, combatants, children…
    pub who: Vec<String>,
    /// Unknown keys.
    pub extra: Extra,
}

impl Quantity {
    /// Whether `low <= best <= high` holds among those that are known.
    pub fn is_ordered(&self) -> bool {
        let known: Vec<u64> = [self.low, self.best, self.high].into_iter().flatten().collect();
        known.is_sorted()
    }
}

/// What befell the people counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum QuantityKind {
    Killed,
    Injured,
    Missing,
    Displaced,
    Detained,
    Abducted,
    Affected,
    Other,
}

/// How the words qualify the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum Modifier {
    Exact,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Vague,
}

/// A reference to an actor or place beyond the text: a free id and a name.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRef {
    /// Id in the annotator's own registry.
    pub id: String,
    /// Name as the annotator knows it.
    pub name: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// All variants in the order of their meaning.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in files and on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The variant of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
            }
        }
    };
}
pub(super) use names;

names!(Precision { Day = "day", Week = "week", Month = "month", Year = "year" });
names!(QuantityKind {
    Killed = "killed",
    Injured = "injured",
    Missing = "missing",
    Displaced = "displaced",
    Detained = "detained",
    Abducted = "abducted",
    Affected = "affected",
    Other = "other",
});
names!(Modifier {
    Exact = "exact",
    About = "about",
    AtLeast = "at_least",
    MoreThan = "more_than",
    AtMost = "at_most",
    LessThan = "less_than",
    Vague = "vague",
});
