//! What the words beside a number make of it: the bounds that “more than 50” or “from 10 to 15” comes to.
//!
//! There is a usual rule for each wording, and a codebook may have others for an attribute. Knows no words of any
//! language; `quantity` reads those.

use std::fmt;

use super::value::names;
use super::{Attribute, Modifier, Quantity};

/// How words qualify what they count: by a modifier, or from one number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum Wording {
    Exact,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Range,
}

names!(Wording {
    Exact = "exact",
    About = "about",
    AtLeast = "at_least",
    MoreThan = "more_than",
    AtMost = "at_most",
    LessThan = "less_than",
    Range = "range",
});

/// What one bound comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The number that the words say.
    Number,
    /// One more.
    Above,
    /// One less.
    Below,
    /// The first number of a range.
    From,
    /// The last number of a range.
    To,
}

names!(Term {
    Number = "n",
    Above = "n+1",
    Below = "n-1",
    From = "a",
    To = "b",
});

impl Term {
    /// The terms that a rule of that wording may have, the lowest first.
    pub const fn of(wording: Wording) -> &'static [Self] {
        match wording {
            Wording::Range => &[Self::From, Self::To],
            _ => &[Self::Below, Self::Number, Self::Above],
        }
    }

    fn apply(self, first: u64, last: u64) -> u64 {
        match self {
            Self::Number | Self::From => first,
            Self::To => last,
            Self::Above => first.saturating_add(1),
            Self::Below => first.saturating_sub(1),
        }
    }

    /// The number that comes to this bound.
    fn number_of(self, bound: u64) -> u64 {
        match self {
            Self::Above => bound.saturating_sub(1),
            Self::Below => bound.saturating_add(1),
            _ => bound,
        }
    }
}

/// The bounds that a wording comes to; none where it says nothing of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundRule {
    /// At least.
    pub low: Option<Term>,
    /// The best estimate.
    pub best: Option<Term>,
    /// At most.
    pub high: Option<Term>,
}

/// Why a rule is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidRule {
    /// A term that the wording does not have.
    Term(Wording, Term),
    /// The bounds would be out of order.
    Order(Wording),
    /// It says nothing at all.
    Empty(Wording),
}

impl fmt::Display for InvalidRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(wording, term) => {
                let known: Vec<&str> = Term::of(*wording).iter().map(|term| term.name()).collect();
                write!(
                    f,
                    "the rule of {} has {}; it may have {}",
                    wording.name(),
                    term.name(),
                    known.join(", ")
                )
            }
            Self::Order(wording) => {
                write!(f, "the rule of {} breaks low <= best <= high", wording.name())
            }
            Self::Empty(wording) => {
                write!(
                    f,
                    "the rule of {} has no bound and would lose the number",
                    wording.name()
                )
            }
        }
    }
}

impl Wording {
    /// The wording of a modifier; a vague word has a bound of its own and no rule.
    pub const fn of(modifier: Modifier) -> Option<Self> {
        Some(match modifier {
            Modifier::Exact => Self::Exact,
            Modifier::About => Self::About,
            Modifier::AtLeast => Self::AtLeast,
            Modifier::MoreThan => Self::MoreThan,
            Modifier::AtMost => Self::AtMost,
            Modifier::LessThan => Self::LessThan,
            Modifier::Vague => return None,
        })
    }

    /// What it comes to where the codebook says nothing else.
    pub const fn usual(self) -> BoundRule {
        let (low, best, high) = match self {
            Self::Exact => (Some(Term::Number), Some(Term::Number), Some(Term::Number)),
            Self::About => (None, Some(Term::Number), None),
            Self::AtLeast => (Some(Term::Number), None, None),
            Self::MoreThan => (Some(Term::Above), None, None),
            Self::AtMost => (None, None, Some(Term::Number)),
            Self::LessThan => (None, None, Some(Term::Below)),
            Self::Range => (Some(Term::From), None, Some(Term::To)),
        };
        BoundRule { low, best, high }
    }
}

impl BoundRule {
    /// Its three bounds by name, in order.
    pub const fn named(&self) -> [(&'static str, Option<Term>); 3] {
        [("low", self.low), ("best", self.best), ("high", self.high)]
    }

    /// Holds it to the terms of its wording and to the order of the bounds.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, wording: Wording) -> Result<(), InvalidRule> {
        let terms = Term::of(wording);
        let mut places = Vec::new();
        for term in self.named().into_iter().filter_map(|(_, term)| term) {
            let place = terms.iter().position(|known| *known == term);
            places.push(place.ok_or(InvalidRule::Term(wording, term))?);
        }
        if places.is_empty() {
            return Err(InvalidRule::Empty(wording));
        }
        if places.is_sorted() {
            Ok(())
        } else {
            Err(InvalidRule::Order(wording))
        }
    }

    /// The bounds of a number, or of a range from the first to the last.
    pub fn bounds(&self, first: u64, last: u64) -> (Option<u64>, Option<u64>, Option<u64>) {
        let bound = |term: Option<Term>| term.map(|term| term.apply(first, last));
        (bound(self.low), bound(self.best), bound(self.high))
    }

    /// The one number that comes to these bounds, where there is one.
    pub fn number(&self, quantity: &Quantity) -> Option<u64> {
        let bounds = [quantity.low, quantity.best, quantity.high];
        let mut said = None;
        for ((_, term), bound) in self.named().into_iter().zip(bounds) {
            let number = match (term, bound) {
                (None, None) => continue,
                (Some(term), Some(bound)) => term.number_of(bound),
                _ => return None,
            };
            if said.is_some_and(|said| said != number) {
                return None;
            }
            said = Some(number);
        }
        said
    }

    /// The number that one bound comes from, whatever the others are.
    pub fn number_below(&self, low: u64) -> u64 {
        self.low.map_or(low, |term| term.number_of(low))
    }

    /// The same from the upper bound.
    pub fn number_above(&self, high: u64) -> u64 {
        self.high.map_or(high, |term| term.number_of(high))
    }
}

impl Attribute {
    /// What a wording comes to for values of this attribute.
    pub fn rule(&self, wording: Wording) -> BoundRule {
        self.rules
            .get(&wording)
            .copied()
            .unwrap_or_else(|| wording.usual())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(low: &str, best: &str, high: &str) -> BoundRule {
        BoundRule {
            low: Term::from_name(low),
            best: Term::from_name(best),
            high: Term::from_name(high),
        }
    }

    #[test]
    fn the_usual_rules_are_rules() {
        for wording in Wording::ALL {
            assert_eq!(wording.usual().check(*wording), Ok(()), "{wording:?}");
        }
    }

    #[test]
    fn a_rule_out_of_order_is_none() {
        use Wording::{About, Range};
        assert_eq!(rule("n-1", "n", "n+1").check(About), Ok(()));
        assert_eq!(rule("n+1", "", "n").check(About), Err(InvalidRule::Order(About)));
        assert_eq!(rule("b", "", "a").check(Range), Err(InvalidRule::Order(Range)));
        assert_eq!(rule("", "", "").check(About), Err(InvalidRule::Empty(About)));
        assert_eq!(
            rule("a", "", "").check(About),
            Err(InvalidRule::Term(About, Term::From))
        );
        assert_eq!(
            InvalidRule::Order(About).to_string(),
            "the rule of about breaks low <= best <= high"
        );
    }

    fn any_rule() -> impl Strategy<Value = (Wording, BoundRule)> {
        let wordings: Vec<Wording> = Wording::ALL.to_vec();
        let term = || prop::option::of(prop::sample::select(Term::ALL.to_vec()));
        (prop::sample::select(wordings), term(), term(), term())
            .prop_map(|(wording, low, best, high)| (wording, BoundRule { low, best, high }))
            .prop_filter("rules only", |(wording, rule)| rule.check(*wording).is_ok())
    }

    proptest! {
        #[test]
        fn what_a_rule_comes_to_is_in_order_and_gives_the_number_back(
            (wording, rule) in any_rule(),
            first in 1u64..1_000_000,
            more in 0u64..1_000,
        ) {
            let (low, best, high) = rule.bounds(first, first + more);
            let quantity = Quantity { low, best, high, ..Quantity::default() };
            prop_assert!(quantity.is_ordered());
            if wording != Wording::Range {
                prop_assert_eq!(rule.number(&quantity), Some(first));
            }
        }
    }
}
