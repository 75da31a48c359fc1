//! How far the words of a figure reach beyond a part of them: back to the hedge, on to the people whom it counts.
//!
//! Knows nothing of where sentences end; whoever asks gives no more around the words than may belong to them.

use super::figure::{figure, figures, qualifier_before};
use super::numeral::numerals;
use super::sentence::Sentence;
use super::table::Meaning;
use super::token::Place;
use super::{Context, best_sentence};

/// How many pieces a figure may begin before those that were found of it.
const BACK: usize = 6;

/// Bytes around some words that belong to their figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// At the end of what stands before them.
    pub before: usize,
    /// At the beginning of what stands behind them.
    pub after: usize,
}

/// How much of the words around belongs to the figure: `[as many as] 11,000 islanders`, `at least 50 [or more civilians]`.
pub fn reach(words: &str, lang: Option<&str>, context: Context<'_>) -> Reach {
    let Some(sentence) = best_sentence(words, lang, context) else {
        return Reach::default();
    };
    let figures = figures(&sentence);
    let first = figures.first().map_or(sentence.inside.start, |first| first.start);
    let last = figures.last().map_or(first, |last| last.start);
    let bytes = |at: Option<usize>, place: Place| {
        let piece = at.and_then(|at| sentence.pieces.get(at));
        piece
            .filter(|piece| piece.place == place)
            .map(|piece| &piece.bytes)
    };
    let start = bytes(Some(start(&sentence, first)), Place::Before);
    let end = bytes(end(&sentence, last).checked_sub(1), Place::After);
    Reach {
        before: start.map_or(0, |bytes| context.before.len().saturating_sub(bytes.start)),
        after: end.map_or(0, |bytes| bytes.end),
    }
}

/// The first piece of a figure with its hedge: `plus d'une [trentaine]`, `between 20 and [30]`.
fn start(sentence: &Sentence<'_>, first: usize) -> usize {
    let covers = |at: &usize| figure(sentence, *at).is_some_and(|figure| figure.end > first);
    let mut back = first.saturating_sub(BACK)..first;
    let start = back.find(covers).unwrap_or(first);
    qualifier_before(sentence, start).map_or(start, |(at, _)| at)
}

/// Behind the last piece of a figure with the people whom it counts: `blesse [neuf] commerçants`, `[50] من المدنيين`.
fn end(sentence: &Sentence<'_>, last: usize) -> usize {
    let people = |at: usize| {
        sentence.find(at, |meaning| {
            matches!(
                meaning,
                Meaning::Who(_) | Meaning::OnePerson | Meaning::TwoPersons | Meaning::People
            )
            .then_some(())
        })
    };
    let has_people = (last..sentence.inside.end).any(|at| people(at).is_some());
    let mut end = sentence.inside.end;
    let mut at = end;
    loop {
        let behind = |(len, ()): (usize, ())| at + len;
        // `50 or more`; what stands before another number is said of that one.
        let hedge = sentence.find(at, |meaning| matches!(meaning, Meaning::After(_)).then_some(()));
        let is_own = |behind: &usize| numerals(sentence, sentence.skip_glue(*behind)).is_empty();
        if let Some(behind) = hedge.map(behind).filter(is_own) {
            (at, end) = (behind, behind);
            continue;
        }
        if has_people {
            return end;
        }
        if let Some(behind) = people(at).map(behind) {
            return behind;
        }
        let is_between = |meaning| matches!(meaning, Meaning::Glue | Meaning::Kind { .. }).then_some(());
        let Some(behind) = sentence.find(at, is_between).map(behind) else {
            return end;
        };
        at = behind;
    }
}
