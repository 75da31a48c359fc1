//! Numbers in a row, of which one says for the others that they count nobody: `10-12 février`, `February 10 to 12`,
//! `10 to 12 houses`.

use super::figure::{ends_before, is_before_people, is_thing};
use super::numeral::{Numeral, numerals};
use super::sentence::Sentence;
use super::table::Meaning;
use super::token::{Token, TokenKind};

/// What joins a number to the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Range,
    And,
    Comma,
}

/// The next number of a row.
struct Next {
    start: usize,
    numeral: Numeral,
    joint: Joint,
}

/// Numbers of a row that are looked at: more days are not listed, and each is asked for those behind it.
const LONGEST_ROW: usize = 8;

/// Whether a number is joined to one behind it that counts no people, and so counts none itself.
pub(super) fn is_joined_to_thing(sentence: &Sentence<'_>, start: usize, first: &Numeral) -> bool {
    let (mut start, mut first) = (start, *first);
    for _ in 0..LONGEST_ROW {
        let Some(next) = next(sentence, first.end) else {
            return false;
        };
        let behind = sentence.skip_glue(next.numeral.end);
        if sentence.is_about_people(behind) {
            return false;
        }
        let are_days = is_day(&first) && is_day(&next.numeral);
        if next.joint != Joint::Comma {
            let is_range = next.joint == Joint::Range || is_opened(sentence, start);
            let is_more = first.value < next.numeral.value;
            return are_days && sentence.says(behind, Meaning::Date)
                || is_range && is_more && is_thing(sentence, next.start, next.numeral.end, &next.numeral);
        }
        if !are_days {
            return false;
        }
        (start, first) = (next.start, next.numeral);
    }
    false
}

/// Behind a number and, where it is a day behind its month, behind the days that are joined to it.
pub(super) fn behind_days(sentence: &Sentence<'_>, start: usize, first: Numeral) -> usize {
    let is_of_month = |day: &Numeral| is_day(day) && !is_before_people(sentence, day.end);
    let mut last = first;
    if is_of_month(&first) && ends_before(sentence, start, Meaning::Date) {
        while let Some(next) = next(sentence, last.end)
            && next.joint != Joint::Comma
            && is_of_month(&next.numeral)
        {
            last = next.numeral;
        }
    }
    last.end
}

/// Whether digits can be a day of a month.
pub(super) fn is_day(numeral: &Numeral) -> bool {
    numeral.plain_digits.is_some() && (1..=31).contains(&numeral.value)
}

fn next(sentence: &Sentence<'_>, end: usize) -> Option<Next> {
    let is_mark = |at: usize| {
        let sign = sentence.pieces.get(at).and_then(Token::sign);
        sentence.is(at, &TokenKind::Dash) || sign == Some('~')
    };
    let (len, joint) = if let Some(len) = sentence.len_of(end, Meaning::Joins) {
        (len, Joint::Range)
    } else if is_mark(end) {
        (1, Joint::Range)
    } else if let Some(len) = sentence.len_of(end, Meaning::And) {
        (len, Joint::And)
    } else {
        sentence.is(end, &TokenKind::Comma).then_some((1, Joint::Comma))?
    };
    let start = sentence.skip_glue(end + len);
    // `ל-12`
    let start = start + usize::from(sentence.is(start, &TokenKind::Dash));
    Some(Next {
        start,
        numeral: numerals(sentence, start).pop()?,
        joint,
    })
}

/// Whether what opens a range stands right before a number.
pub(super) fn is_opened(sentence: &Sentence<'_>, start: usize) -> bool {
    ends_before(sentence, start, Meaning::Opens)
}
