//! In which unit a file counts: the quotes of its spans held against each unit, over the whole file.

use crate::text::Text;

use super::Diagnostic;
use super::position::{Pairs, Unit, ranges};

/// How many quotes agree with each unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UnitProbe {
    quotes: usize,
    agree: [usize; 3],
}

impl UnitProbe {
    /// Holds one quote against the text that the positions give in each unit.
    pub(super) fn add(&mut self, text: &Text, pairs: &Pairs, quote: &str) {
        self.quotes += 1;
        for (sum, unit) in self.agree.iter_mut().zip(Unit::ALL) {
            let own = ranges(text, unit, pairs)
                .ok()
                .and_then(|ranges| ranges.quote(text));
            *sum += usize::from(own.as_deref() == Some(quote));
        }
    }

    /// The unit with which most quotes agree, with a finding where it is not the one that the format counts in. Where
    /// equally many agree it is the format's own; then code points go first, then UTF-16, then bytes.
    pub(super) fn verdict(&self, own: Unit) -> (Unit, Option<Diagnostic>) {
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
            return (own, None);
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
}
