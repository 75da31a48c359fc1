//! Numerals: digits, number words, and both together, as one number.
//!
//! A number is read as parts that descend: a smaller number word adds to the parts, a multiplier takes the parts that
//! are smaller than itself. What the words may be is the table's business.

use super::digits::Digits;
use super::sentence::Sentence;
use super::table::{Joining, Meaning};

/// One way to read a number that starts at a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    /// Behind its last piece.
    pub end: usize,
    /// The number.
    pub value: u64,
    /// Whether it is nothing but an article.
    pub is_article: bool,
    /// Of how many digits it is, where they are not grouped.
    pub plain_digits: Option<usize>,
}

#[derive(Clone, Copy)]
struct Part {
    value: u64,
    /// What follows must be less.
    below: u64,
}

/// All ways to read a number that starts at a piece, the shortest first: `one hundred and two` may be 102, or 100
/// with something else behind it.
pub(super) fn numerals(sentence: &Sentence<'_>, start: usize) -> Vec<Numeral> {
    let mut found = Vec::new();
    let Some((mut at, mut parts, mut numeral)) = first(sentence, start) else {
        return found;
    };
    loop {
        numeral.end = at;
        numeral.value = parts
            .iter()
            .fold(0, |sum: u64, part| sum.saturating_add(part.value));
        // What a multiplier follows is no number by itself.
        if times(sentence, at).next().is_none() {
            found.push(numeral);
        }
        let Some(next) = extend(sentence, at, &mut parts) else {
            return found;
        };
        at = next;
        numeral.is_article = false;
        numeral.plain_digits = None;
    }
}

fn first(sentence: &Sentence<'_>, start: usize) -> Option<(usize, Vec<Part>, Numeral)> {
    let numeral = Numeral {
        end: start,
        value: 0,
        is_article: false,
        plain_digits: None,
    };
    if let Some(digits) = sentence.pieces.get(start)?.digits() {
        if let Some((len, part)) = decimal(sentence, start + 1, digits) {
            return Some((start + 1 + len, vec![part], numeral));
        }
        let part = Part {
            value: digits.whole?,
            below: 1,
        };
        let plain_digits = digits.plain;
        return Some((
            start + 1,
            vec![part],
            Numeral {
                plain_digits,
                ..numeral
            },
        ));
    }
    if let Some(len) = sentence.len_of(start, Meaning::One) {
        let part = Part { value: 1, below: 1 };
        let is_article = true;
        return Some((
            start + len,
            vec![part],
            Numeral {
                is_article,
                ..numeral
            },
        ));
    }
    let (len, part) = word(sentence, start).or_else(|| odd(sentence, start))?;
    Some((start + len, vec![part], numeral))
}

/// `百余`: a multiplier that is the number, since what says “and more” follows at once.
fn odd(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Part)> {
    let is_after = |meaning: Meaning| matches!(meaning, Meaning::After(_)).then_some(());
    let mut odd = times(sentence, at).filter(|(len, _)| sentence.find(at + len, is_after).is_some());
    odd.next().map(|(len, value)| (len, Part { value, below: value }))
}

/// `2,5 millions`: digits with a decimal mark and the multiplier behind them.
fn decimal(sentence: &Sentence<'_>, at: usize, digits: &Digits) -> Option<(usize, Part)> {
    let decimal = digits.decimal?;
    let (len, times) = times(sentence, at).find(|(_, times)| *times >= 1000)?;
    let is_mark = decimal.mark == sentence.table.decimal || decimal.mark == '\u{66b}';
    if digits.whole.is_some() && !is_mark {
        return None;
    }
    let whole = u128::from(decimal.digits) * u128::from(times);
    let value = u64::try_from(whole / 10_u128.checked_pow(decimal.places)?).ok()?;
    Some((len, Part { value, below: times }))
}

fn word(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Part)> {
    sentence.find(at, |meaning| match meaning {
        Meaning::Number { value, below } => Some(Part { value, below }),
        _ => None,
    })
}

/// Multipliers at a piece.
fn times<'a>(sentence: &'a Sentence<'_>, at: usize) -> impl Iterator<Item = (usize, u64)> + 'a {
    sentence
        .meanings(at)
        .iter()
        .filter_map(|(len, meaning)| match meaning {
            Meaning::Times(times) => Some((*len, *times)),
            _ => None,
        })
}

/// Takes one more word into the parts; where the next one starts then.
fn extend(sentence: &Sentence<'_>, at: usize, parts: &mut Vec<Part>) -> Option<usize> {
    for (len, times) in times(sentence, at) {
        if multiply(parts, times) {
            return Some(at + len);
        }
    }
    let last = *parts.last()?;
    // `un million et demi`
    if let Some(len) = sentence.len_of(at, Meaning::Half).filter(|_| last.below >= 1000) {
        let value = last.below / 2;
        parts.push(Part { value, below: 1 });
        return Some(at + len);
    }
    let (next, is_joined) = match sentence.len_of(at, Meaning::And) {
        Some(len) => (skip_article(sentence, at + len), true),
        None => (at, false),
    };
    if let Some((len, part)) = word(sentence, next) {
        return add(sentence, parts, part, is_joined).then_some(next + len);
    }
    // `12 millions 500 mille`
    let digits = sentence.pieces.get(next)?.digits()?.whole?;
    let fits = !is_joined && last.below >= 1000 && digits < last.below && digits > 0;
    fits.then(|| {
        parts.push(Part {
            value: digits,
            below: 1,
        });
        next + 1
    })
}

/// `المئة والعشرون`: the article between a joint and the next number.
fn skip_article(sentence: &Sentence<'_>, at: usize) -> usize {
    let is_article =
        sentence.says(at, Meaning::Glue) && sentence.pieces.get(at).is_some_and(|piece| piece.is_clitic);
    if is_article { at + 1 } else { at }
}

/// Multiplies the parts that are smaller than the multiplier.
fn multiply(parts: &mut Vec<Part>, times: u64) -> bool {
    let kept = parts.iter().take_while(|part| part.value >= times).count();
    let taken = parts.get(kept..).unwrap_or_default();
    let sum = taken.iter().map(|part| part.value).sum::<u64>();
    let Some(value) = sum.checked_mul(times).filter(|value| *value > 0) else {
        return false;
    };
    let room = kept.checked_sub(1).and_then(|last| parts.get(last));
    if room.is_some_and(|part| value >= part.below) {
        return false;
    }
    parts.truncate(kept);
    parts.push(Part { value, below: times });
    true
}

/// Adds a number word to the parts, where the language joins them so.
fn add(sentence: &Sentence<'_>, parts: &mut Vec<Part>, part: Part, is_joined: bool) -> bool {
    let Some(last) = parts.last().copied() else {
        return false;
    };
    let joining = sentence.table.joining;
    let is_unit = |value: u64| (1..10).contains(&value);
    let is_tens = |value: u64| (20..100).contains(&value) && value.is_multiple_of(10);
    // `خمسة وعشرون`: five and twenty.
    let room = parts.len().checked_sub(2).and_then(|before| parts.get(before));
    let is_reversed = joining == Joining::Always
        && is_joined
        && is_unit(last.value)
        && is_tens(part.value)
        && room.is_none_or(|room| part.value < room.below);
    if is_reversed {
        parts.pop();
        parts.push(Part {
            value: last.value + part.value,
            below: 1,
        });
        return true;
    }
    let only = &sentence.table.joined;
    let may_join = match joining {
        Joining::Anywhere => true,
        Joining::Always => is_joined,
        Joining::BehindHundreds => !is_joined || last.below >= 100,
        Joining::BehindTens => {
            let is_listed = only.is_empty() || only.contains(&part.value);
            !is_joined || (is_tens(last.value) && is_listed)
        }
    };
    let fits = may_join && part.value > 0 && part.value < last.below;
    if fits {
        parts.push(part);
    }
    fits
}
