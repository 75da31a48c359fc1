//! In which unit a file counts: the quotes of its spans held against each unit, over the whole file.

use crate::text::Text;

use super::position::{Pairs, Unit, ranges};
use super::{Diagnostic, ReadOptions};

/// What to do where nothing proves the unit.
pub(super) const SAY_UNIT: &str = "look at spans behind an emoji; where they are shifted, undo the import and say how \
                                   the file counts: --offsets codepoint, utf16, or byte";

/// How many quotes agree with each unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UnitProbe {
    quotes: usize,
    agree: [usize; 3],
    /// Quotes that tell the units apart.
    telling: usize,
    /// Spans without a quote, in texts on whose characters code points and UTF-16 differ.
    unverified: usize,
}

impl UnitProbe {
    /// Holds one quote against the text that the positions give in each unit.
    pub(super) fn add(&mut self, text: &Text, pairs: &Pairs, quote: &str) {
        self.add_if(text, pairs, |own| own == quote);
    }

    /// Holds one quote, which a function compares, against the text that the positions give in each unit.
    pub(super) fn add_if(&mut self, text: &Text, pairs: &Pairs, is_quoted: impl Fn(&str) -> bool) {
        self.quotes += 1;
        let agrees = Unit::ALL.map(|unit| {
            let own = ranges(text, unit, pairs)
                .ok()
                .and_then(|ranges| ranges.quote(text));
            own.is_some_and(|own| is_quoted(&own))
        });
        let [points, units, _] = agrees;
        self.telling += usize::from(points != units);
        for (sum, agrees) in self.agree.iter_mut().zip(agrees) {
            *sum += usize::from(agrees);
        }
    }

    /// Counts a span that the file does not quote.
    pub(super) fn add_unquoted(&mut self, text: &Text) {
        self.unverified += usize::from(text.char_len() != text.utf16_len());
    }

    /// The unit with which most quotes agree, with a finding where it is not the one that was expected: the one that
    /// the user says, or else the format's own. Where equally many agree it is that one; then code points go first,
    /// then UTF-16, then bytes.
    pub(super) fn verdict(&self, own: Unit, options: &ReadOptions) -> (Unit, Option<Diagnostic>) {
        let said = options.unit.and_then(Unit::of);
        let own = said.unwrap_or(own);
        let agree = |unit: Unit| {
            let place = Unit::ALL.iter().position(|one| *one == unit);
            place
                .and_then(|place| self.agree.get(place))
                .copied()
                .unwrap_or_default()
        };
        let best = Unit::ALL
            .into_iter()
            .rev()
            .max_by_key(|unit| agree(*unit))
            .unwrap_or(own);
        if agree(best) <= agree(own) {
            let unverified = self.unverified(own).filter(|_| said.is_none());
            return (own, unverified);
        }
        let message = format!(
            "positions are counted in {}: {} of {} quotes agree with that, {} with {}",
            best.name(),
            agree(best),
            self.quotes,
            agree(own),
            own.name(),
        );
        let found = Diagnostic::warning("offset_unit", message)
            .with_hint("the whole file was read so; where a quote still disagrees, the span is kept out");
        (best, Some(found))
    }

    /// That nothing in the file tells in which unit it counts, where that matters.
    fn unverified(&self, own: Unit) -> Option<Diagnostic> {
        (self.unverified > 0 && self.telling == 0).then(|| {
            let message = format!(
                "positions were taken as {}; spans that the file does not quote, in texts where emoji or rare \
                 characters make other units differ: {}",
                own.name(),
                self.unverified
            );
            Diagnostic::warning("offset_unit_unverified", message).with_hint(SAY_UNIT)
        })
    }
}
