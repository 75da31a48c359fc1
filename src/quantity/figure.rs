//! Figures: a number with what makes it about, at least, a range, or dozens, and no date, age, or name.
//!
//! Knows where figures begin and end in a sentence; what they count is read elsewhere.

use crate::model::Modifier;
use crate::text::{Script, script_of};

use super::bounds::Amount;
use super::numeral::{Numeral, numerals};
use super::row::{behind_days, is_day, is_joined_to_thing, is_opened};
use super::sentence::Sentence;
use super::table::Meaning;
use super::token::{Token, TokenKind};

/// How many pieces an article may be away from the word for the one person.
const ARTICLE_REACH: usize = 5;

/// A figure in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// Its first piece.
    pub start: usize,
    /// Behind its last piece.
    pub end: usize,
    /// How many.
    pub amount: Amount,
}

/// The figures in the words that are read, in order.
pub(super) fn figures(sentence: &Sentence<'_>) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = sentence.inside.start;
    while at < sentence.inside.end {
        let is_counted = found.last().is_some_and(|last| last.end == at);
        let bare = (!is_counted).then(|| bare_person(sentence, at)).flatten();
        let figure = figure(sentence, at)
            .or(bare)
            .filter(|figure| figure.end <= sentence.inside.end);
        let Some(figure) = figure else {
            // A figure word in the words before a number is none: `as many as 11,000`.
            let len = sentence.find(at, before).map_or(0, |(len, _)| len);
            at = (at + len).max(behind_number(sentence, at));
            continue;
        };
        at = figure.end;
        match found.last_mut() {
            // `14 of the 52 hostages`: the second says of how many the first are.
            Some(last) if last.end < figure.start && sentence.skip_glue(last.end) == figure.start => {
                last.end = figure.end;
            }
            _ => found.push(figure),
        }
    }
    found
}

/// The figure that starts at a piece.
pub(super) fn figure(sentence: &Sentence<'_>, at: usize) -> Option<Figure> {
    let made = |(end, amount): (usize, Amount)| Figure {
        start: at,
        end,
        amount,
    };
    let is_modifier = sentence.find(at, before).is_some();
    let word = (!is_modifier).then(|| nobody(sentence, at)).flatten();
    word.or_else(|| between(sentence, at))
        .or_else(|| several(sentence, at))
        .or_else(|| numeral(sentence, at))
        .or_else(|| alone(sentence, at))
        .map(made)
}

/// Where to look on from a piece that starts no figure: behind the whole number, and behind the days that are joined to a
/// day of a month, so that no part of a date is read.
fn behind_number(sentence: &Sentence<'_>, at: usize) -> usize {
    let is_digits = |at: usize| {
        sentence
            .pieces
            .get(at)
            .is_some_and(|piece| piece.digits().is_some())
    };
    let longest = numerals(sentence, at).pop().filter(|_| is_digits(at));
    longest.map_or(at + 1, |longest| behind_days(sentence, at, longest))
}

/// `قتيل وثلاثة جرحى`: one person in a list, in a language without an article.
fn bare_person(sentence: &Sentence<'_>, at: usize) -> Option<Figure> {
    let end = at
        + sentence
            .len_of(at, Meaning::OnePerson)
            .filter(|_| !sentence.table.has_article)?;
    let is_listed = sentence.says(end, Meaning::And) || sentence.is(end, &TokenKind::Comma);
    is_listed.then_some(Figure {
        start: at,
        end,
        amount: Amount::Number(1),
    })
}

fn nobody(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Amount)> {
    if let Some(len) = sentence.len_of(at, Meaning::Nobody) {
        return Some((at + len, Amount::Number(0)));
    }
    let end = at + sentence.len_of(at, Meaning::No)?;
    let reach = end..end + 4;
    let people = reach
        .take_while(|at| !sentence.parts(*at))
        .find(|at| sentence.is_about_people(*at));
    people.map(|_| (end, Amount::Number(0)))
}

/// `entre 10 et 15`
fn between(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Amount)> {
    let start = sentence.skip_glue(at + sentence.len_of(at, Meaning::Opens)?);
    let joined = |at: usize| {
        sentence
            .len_of(at, Meaning::And)
            .or_else(|| sentence.len_of(at, Meaning::Joins))
            .or_else(|| sentence.is(at, &TokenKind::Dash).then_some(1))
    };
    range(sentence, start, joined)
}

/// A number, a joint, and a larger number.
fn range(
    sentence: &Sentence<'_>,
    start: usize,
    joined: impl Fn(usize) -> Option<usize>,
) -> Option<(usize, Amount)> {
    numerals(sentence, start).into_iter().rev().find_map(|numeral| {
        let low = counted(sentence, numeral)?;
        let at = low.end;
        let at = if joined(at).is_some() {
            at
        } else {
            sentence.skip_glue(at)
        };
        // `from 40 to more than 100`
        let next = at + joined(at)?;
        let next = sentence.skip_glue(next + sentence.find(next, before).map_or(0, |(len, _)| len));
        let last = numerals(sentence, next).pop()?;
        let high = counted(sentence, last)?;
        let value = shared_scale(&low, &high);
        let is_article = high.unit == 1 && last.is_article;
        let is_of_years = is_year(&numeral) && is_year(&last) && !sentence.is_about_people(high.end);
        let is_thing = is_of_years || is_thing(sentence, next, high.end, &last);
        let is_range = value < high.value && !is_article && !is_thing;
        is_range.then_some((high.end, Amount::Range(value, high.value)))
    })
}

/// A number with the collective behind it, where there is one.
struct Counted {
    end: usize,
    value: u64,
    /// What the collective counts by; one without it.
    unit: u64,
}

fn counted(sentence: &Sentence<'_>, numeral: Numeral) -> Option<Counted> {
    let (end, unit) = collective(sentence, numeral.end).unwrap_or((numeral.end, 1));
    let value = numeral.value.checked_mul(unit)?;
    Some(Counted { end, value, unit })
}

/// `10 à 15 000`, `2 à 3 millions`, `three to four dozen`: the first number shares the scale of the second.
fn shared_scale(low: &Counted, high: &Counted) -> u64 {
    if low.unit == 1 && high.unit > 1 && low.value < high.value / high.unit {
        return low.value.saturating_mul(high.unit);
    }
    let (low, high) = (low.value, high.value);
    let scales = [1_000_000, 1_000];
    let shares =
        |scale: &&u64| low < 1_000 && high.is_multiple_of(**scale) && low > 0 && low < high / **scale;
    scales.iter().find(shares).map_or(low, |scale| low * scale)
}

/// `plusieurs centaines de milliers`, `several people`
fn several(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Amount)> {
    let end = at + sentence.len_of(at, Meaning::Several)?;
    let next = sentence.skip_glue(end);
    let first = unit(sentence, next).or_else(|| multiplier(sentence, next));
    Some(match first {
        Some((end, unit)) => scaled(sentence, end, unit),
        None => (end, Amount::Vague(1)),
    })
}

/// A number, alone, in a range, or before a collective.
fn numeral(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Amount)> {
    // `between [20 and 30 passengers]`
    let is_opened = is_opened(sentence, at);
    let joined = |at: usize| {
        sentence
            .len_of(at, Meaning::Joins)
            .or_else(|| sentence.len_of(at, Meaning::And).filter(|_| is_opened))
            .or_else(|| sentence.is(at, &TokenKind::Dash).then_some(1))
            .or_else(|| (sentence.pieces.get(at)?.sign()? == '~').then_some(1))
    };
    let numeral = numerals(sentence, at).pop()?;
    if is_part_of_name(sentence, at) || is_thing(sentence, at, numeral.end, &numeral) {
        return None;
    }
    if let Some(range) = range(sentence, at, joined) {
        return Some(range);
    }
    if is_joined_to_thing(sentence, at, &numeral) {
        return None;
    }
    if let Some((end, unit)) = collective(sentence, numeral.end) {
        if is_of_things(sentence, end) {
            return None;
        }
        return Some((end, Amount::Collective(numeral.value.checked_mul(unit)?)));
    }
    // Alone it is the number, where the language has one word for both.
    let is_number = sentence.inside == (at..numeral.end)
        && sentence
            .find(at, |meaning| {
                matches!(meaning, Meaning::Number { .. }).then_some(())
            })
            .is_some();
    if numeral.is_article && !is_number && !is_before_one_person(sentence, numeral.end) {
        return None;
    }
    Some((numeral.end, Amount::Number(numeral.value)))
}

/// A word that says how many without a number: `trentaine`, `dozens`, `قتيلان`.
fn alone(sentence: &Sentence<'_>, at: usize) -> Option<(usize, Amount)> {
    let vague = sentence.find(at, |meaning| match meaning {
        Meaning::Vague(unit) => Some(unit),
        _ => None,
    });
    if let Some((len, unit)) = vague {
        let (end, amount) = scaled(sentence, at + len, unit);
        return (!is_of_things(sentence, end)).then_some((end, amount));
    }
    let collective = sentence.find(at, |meaning| match meaning {
        Meaning::Collective(number) => Some(number),
        _ => None,
    });
    if let Some((len, number)) = collective {
        return Some((at + len, Amount::Collective(number)));
    }
    let len = sentence.len_of(at, Meaning::TwoPersons)?;
    Some((at + len, Amount::Number(2)))
}

/// A collective or vague word behind a number, which it multiplies.
fn collective(sentence: &Sentence<'_>, at: usize) -> Option<(usize, u64)> {
    unit(sentence, sentence.skip_glue(at))
}

fn unit(sentence: &Sentence<'_>, at: usize) -> Option<(usize, u64)> {
    let (len, unit) = sentence.find(at, |meaning| match meaning {
        Meaning::Vague(unit) | Meaning::Collective(unit) => Some(unit),
        _ => None,
    })?;
    Some((at + len, unit))
}

fn multiplier(sentence: &Sentence<'_>, at: usize) -> Option<(usize, u64)> {
    let (len, unit) = sentence.find(at, |meaning| match meaning {
        Meaning::Times(unit) => Some(unit),
        _ => None,
    })?;
    Some((at + len, unit))
}

/// A vague word with the larger ones behind it: tens of thousands.
fn scaled(sentence: &Sentence<'_>, mut end: usize, mut unit_so_far: u64) -> (usize, Amount) {
    loop {
        let next = sentence.skip_glue(end);
        let more = unit(sentence, next).or_else(|| multiplier(sentence, next));
        match more.filter(|(_, unit)| *unit >= 1_000) {
            Some((behind, unit)) => {
                end = behind;
                unit_so_far = unit_so_far.saturating_mul(unit);
            }
            None => return (end, Amount::Vague(unit_so_far)),
        }
    }
}

/// Whether things follow, and no people; `四百多户` has its modifier before them.
fn is_of_things(sentence: &Sentence<'_>, end: usize) -> bool {
    let after = sentence.find(end, |meaning| matches!(meaning, Meaning::After(_)).then_some(()));
    let next = sentence.skip_glue(end + after.map_or(0, |(len, ())| len));
    sentence.says(next, Meaning::Thing) && !sentence.is_about_people(next)
}

/// Whether a word for one person follows an article soon enough.
fn is_before_one_person(sentence: &Sentence<'_>, end: usize) -> bool {
    let is_kind = |(_, meaning): &(usize, Meaning)| matches!(meaning, Meaning::Kind { .. });
    if sentence.meanings(end).iter().any(is_kind) {
        return true;
    }
    let is_in_the_way = |at: &usize| {
        let is_article = numerals(sentence, *at)
            .last()
            .is_some_and(|numeral| numeral.is_article);
        sentence.parts(*at) || sentence.says(*at, Meaning::And) || is_article
    };
    let reach = (end..end + ARTICLE_REACH).take_while(|at| !is_in_the_way(at));
    let mut reach = reach.skip_while(|at| !sentence.says(*at, Meaning::OnePerson));
    reach.next().is_some()
}

/// `M23`, `F-16`: digits that belong to a name.
fn is_part_of_name(sentence: &Sentence<'_>, at: usize) -> bool {
    let is_digits = sentence
        .pieces
        .get(at)
        .is_some_and(|piece| piece.digits().is_some() && piece.is_attached);
    let Some(mut before) = at.checked_sub(1).filter(|_| is_digits) else {
        return false;
    };
    if sentence.is(before, &TokenKind::Dash) {
        if !sentence.pieces.get(before).is_some_and(|piece| piece.is_attached) {
            return false;
        }
        let Some(word) = before.checked_sub(1) else {
            return false;
        };
        before = word;
    }
    let is_one_of_many = |word: &str| word.chars().all(|c| script_of(c) == Some(Script::HAN));
    sentence
        .pieces
        .get(before)
        .is_some_and(|piece| !piece.is_clitic && piece.word().is_some_and(|word| !is_one_of_many(word)))
}

/// Whether a number counts no people: it is a date, an ordinal, an age, money, or a share.
pub(super) fn is_thing(sentence: &Sentence<'_>, start: usize, end: usize, numeral: &Numeral) -> bool {
    let plain_digits = numeral.plain_digits;
    let sign = |at: Option<usize>| at.and_then(|at| sentence.pieces.get(at)?.sign());
    let next_is_attached = sentence.pieces.get(end).is_some_and(|piece| piece.is_attached);
    if sign(Some(end)).is_some_and(|sign| matches!(sign, '%' | '$' | '€' | '£' | '¥' | '₪' | '°'))
        || sign(start.checked_sub(1))
            .is_some_and(|sign| matches!(sign, '$' | '€' | '£' | '¥' | '₪' | '#' | '№'))
        || (next_is_attached && plain_digits.is_some() && sentence.says(end, Meaning::Ordinal))
    {
        return true;
    }
    let behind = if sentence.is(end, &TokenKind::Dash) {
        end + 1
    } else {
        end
    };
    if is_of_things(sentence, behind) {
        return true;
    }
    let behind = sentence.skip_glue(behind);
    if ends_before(sentence, start, Meaning::Not) {
        return true;
    }
    let (is_year, is_day) = (is_year(numeral), is_day(numeral));
    let is_behind_date = || ends_before(sentence, start, Meaning::Date);
    ((is_day || is_year) && sentence.says(behind, Meaning::Date))
        || (is_year && is_behind_date())
        || (is_day && !is_before_people(sentence, end) && is_behind_date())
}

/// Whether a phrase that says this stands right before a piece.
pub(super) fn ends_before(sentence: &Sentence<'_>, start: usize, meaning: Meaning) -> bool {
    let mut reach = start.saturating_sub(4)..start;
    reach.any(|at| {
        let len = sentence.len_of(at, meaning);
        len.is_some_and(|len| sentence.skip_glue(at + len) == start)
    })
}

/// Whether people stand right behind a number.
pub(super) fn is_before_people(sentence: &Sentence<'_>, end: usize) -> bool {
    (end..end + 2).any(|at| sentence.is_about_people(at))
}

/// Whether digits can be a year.
fn is_year(numeral: &Numeral) -> bool {
    numeral.plain_digits == Some(4) && (1900..2100).contains(&numeral.value)
}

fn before(meaning: Meaning) -> Option<Modifier> {
    match meaning {
        Meaning::Before(modifier) => Some(modifier),
        _ => None,
    }
}

/// The words' own modifier of a figure.
pub(super) fn modifier(sentence: &Sentence<'_>, figure: &Figure) -> Option<Modifier> {
    let found = qualifier(sentence, figure);
    found
        .filter(|(at, _)| sentence.inside.contains(at))
        .map(|(_, modifier)| modifier)
}

/// Whether only words beside those that are read qualify a figure.
pub(super) fn is_qualified_beside(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    qualifier(sentence, figure).is_some_and(|(at, _)| !sentence.inside.contains(&at))
}

/// What qualifies a figure, before or behind it, with its piece.
fn qualifier(sentence: &Sentence<'_>, figure: &Figure) -> Option<(usize, Modifier)> {
    if let Some(found) = qualifier_before(sentence, figure.start) {
        return Some(found);
    }
    if sentence.pieces.get(figure.end).and_then(Token::sign) == Some('+') {
        return Some((figure.end, Modifier::AtLeast));
    }
    for at in figure.end..figure.end + ARTICLE_REACH {
        let found = sentence.find(at, |meaning| match meaning {
            Meaning::After(modifier) => Some(modifier),
            _ => None,
        });
        // What stands right before the next figure is said of that one.
        let is_of_next = |len: usize| !numerals(sentence, sentence.skip_glue(at + len)).is_empty();
        if let Some((_, modifier)) = found.filter(|(len, _)| !is_of_next(*len)) {
            return Some((at, modifier));
        }
        if sentence.parts(at) || sentence.says(at, Meaning::And) || sentence.says(at, Meaning::Part) {
            return None;
        }
    }
    None
}

/// What stands before a figure and qualifies it, with its first piece.
pub(super) fn qualifier_before(sentence: &Sentence<'_>, start: usize) -> Option<(usize, Modifier)> {
    let sign_at = start.checked_sub(1);
    let sign = sign_at.and_then(|at| match sentence.pieces.get(at)?.sign()? {
        '~' | '≈' | '±' => Some((at, Modifier::About)),
        '>' => Some((at, Modifier::MoreThan)),
        '<' => Some((at, Modifier::LessThan)),
        '≥' | '+' => Some((at, Modifier::AtLeast)),
        '≤' => Some((at, Modifier::AtMost)),
        _ => None,
    });
    if sign.is_some() {
        return sign;
    }
    let first = start.saturating_sub(8);
    let found = (first..start).filter_map(|at| {
        let (len, modifier) = sentence.find(at, before)?;
        let gap = start.checked_sub(at + len)?;
        let touches = sentence.skip_glue(at + len) >= start;
        touches.then_some((len, std::cmp::Reverse(gap), (at, modifier)))
    });
    found
        .max_by_key(|(len, gap, _)| (*gap, *len))
        .map(|(.., found)| found)
}
