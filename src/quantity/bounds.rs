//! From what the words say to bounds: how few, how many at best, and how many at most.
//!
//! Knows no words. What a vague word such as “dozens” and a wording such as “more than” come to is the codebook's to
//! say.

use std::collections::BTreeMap;

use crate::model::{Attribute, BoundRule, Modifier, Quantity, VAGUE_WORDS, Wording};

/// What vague words come to at least, by name: `tens`, `dozens`, `hundreds`…; what it does not name has its default,
/// twice what the word counts by. And the rules of wordings that are not the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    vague: BTreeMap<String, u64>,
    rules: BTreeMap<Wording, BoundRule>,
}

impl Bounds {
    /// The bounds of an attribute of a codebook.
    pub fn of(attribute: &Attribute) -> Self {
        Self {
            vague: attribute.bounds.clone(),
            rules: attribute.rules.clone(),
        }
    }

    fn rule(&self, wording: Wording) -> BoundRule {
        let own = self.rules.get(&wording).copied();
        own.unwrap_or_else(|| wording.usual())
    }

    /// The least that a vague word says, by what it counts by.
    fn least(&self, unit: u64) -> u64 {
        let name = VAGUE_WORDS
            .iter()
            .find(|(_, named)| *named == unit)
            .map(|(name, _)| *name);
        let named = name.and_then(|name| self.vague.get(name)).copied();
        named.unwrap_or_else(|| unit.saturating_mul(2))
    }
}

/// How many, as the words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// This number.
    Number(u64),
    /// About this number, by the word itself: a dozen.
    Collective(u64),
    /// From one number to another.
    Range(u64, u64),
    /// More than one of what the word counts by: dozens.
    Vague(u64),
}

/// A quantity with the bounds that the amount and its modifier come to, and nothing else.
pub(super) fn bounded(amount: Amount, modifier: Option<Modifier>, bounds: &Bounds) -> Quantity {
    let (number, modifier) = match amount {
        Amount::Number(number) => (number, modifier.unwrap_or(Modifier::Exact)),
        Amount::Collective(number) => (number, modifier.unwrap_or(Modifier::About)),
        Amount::Range(first, last) => {
            let (low, best, high) = bounds.rule(Wording::Range).bounds(first, last);
            return Quantity {
                low,
                best,
                high,
                modifier,
                ..Quantity::default()
            };
        }
        Amount::Vague(unit) => {
            return Quantity {
                low: Some(bounds.least(unit)),
                modifier: Some(Modifier::Vague),
                ..Quantity::default()
            };
        }
    };
    // A vague word beside a number, “some 50”, says no more than about that number.
    let wording = Wording::of(modifier).unwrap_or(Wording::About);
    let (low, best, high) = bounds.rule(wording).bounds(number, number);
    Quantity {
        low,
        best,
        high,
        modifier: Some(modifier),
        ..Quantity::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `low best high`, a dot where there is none.
    fn shown(amount: Amount, modifier: Option<Modifier>, bounds: &Bounds) -> String {
        let quantity = bounded(amount, modifier, bounds);
        assert!(quantity.is_ordered());
        let shown = |bound: Option<u64>| bound.map_or_else(|| ".".to_owned(), |bound| bound.to_string());
        [quantity.low, quantity.best, quantity.high].map(shown).join(" ")
    }

    #[test]
    fn bounds_follow_the_modifier() {
        let none = Bounds::default();
        for (modifier, bounds) in [
            (None, "50 50 50"),
            (Some(Modifier::Exact), "50 50 50"),
            (Some(Modifier::AtLeast), "50 . ."),
            (Some(Modifier::MoreThan), "51 . ."),
            (Some(Modifier::About), ". 50 ."),
            (Some(Modifier::AtMost), ". . 50"),
            (Some(Modifier::LessThan), ". . 49"),
        ] {
            assert_eq!(shown(Amount::Number(50), modifier, &none), bounds, "{modifier:?}");
        }
        assert_eq!(shown(Amount::Collective(30), None, &none), ". 30 .");
        assert_eq!(
            shown(Amount::Collective(30), Some(Modifier::MoreThan), &none),
            "31 . ."
        );
        assert_eq!(shown(Amount::Range(10, 15), None, &none), "10 . 15");
    }

    #[test]
    fn wordings_come_to_what_the_codebook_says() {
        use crate::model::Term;
        let rule = |low, best, high| BoundRule { low, best, high };
        let own = Bounds {
            rules: [
                (Wording::MoreThan, rule(Some(Term::Number), None, None)),
                (
                    Wording::About,
                    rule(Some(Term::Below), Some(Term::Number), Some(Term::Above)),
                ),
                (Wording::Range, rule(None, Some(Term::From), Some(Term::To))),
            ]
            .into(),
            ..Bounds::default()
        };
        assert_eq!(
            shown(Amount::Number(50), Some(Modifier::MoreThan), &own),
            "50 . ."
        );
        assert_eq!(shown(Amount::Collective(30), None, &own), "29 30 31");
        assert_eq!(shown(Amount::Range(10, 15), None, &own), ". 10 15");
        assert_eq!(
            shown(Amount::Number(50), Some(Modifier::LessThan), &own),
            ". . 49"
        );
    }

    #[test]
    fn vague_words_come_to_what_the_codebook_says() {
        let none = Bounds::default();
        for (unit, low) in [
            (10, 20),
            (12, 24),
            (20, 40),
            (100, 200),
            (1_000, 2_000),
            (10_000, 20_000),
        ] {
            assert_eq!(shown(Amount::Vague(unit), None, &none), format!("{low} . ."));
        }
        let own = Bounds {
            vague: [("dozens".to_owned(), 12)].into(),
            ..Bounds::default()
        };
        assert_eq!(shown(Amount::Vague(12), None, &own), "12 . .");
        assert_eq!(shown(Amount::Vague(100), None, &own), "200 . .");
    }
}
