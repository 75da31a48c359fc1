//! Single persons joined by “and”: `a teacher and her grandson` are two.
//!
//! `a teacher and activist` is one: whoever is joined has an article, is somebody's kin, or is a man, woman, or child.

use super::bounds::Amount;
use super::figure::Figure;
use super::numeral::numerals;
use super::sentence::Sentence;
use super::table::Meaning;

/// How many pieces an age and the like may take before the word for a person, and behind it.
const REACH: usize = 7;
/// More are told one by one in no sentence.
const MOST: u64 = 6;
/// Ids of those whom no other word for the same person stands beside.
const FAMILY: [&str; 3] = ["men", "women", "children"];

/// One person with those who are joined to them.
pub(super) fn with_company(sentence: &Sentence<'_>, figure: Figure) -> Figure {
    let is_word = sentence.says(figure.start, Meaning::OnePerson);
    let from = if is_word { figure.start } else { figure.end };
    if figure.amount != Amount::Number(1) {
        return figure;
    }
    let Some(mut last) = person(sentence, from, !is_word).or_else(|| unknown(sentence, from)) else {
        return figure;
    };
    let mut count = 1;
    while count < MOST
        && let Some(next) = joined(sentence, last)
    {
        count += 1;
        last = next;
    }
    if count == 1 {
        return figure;
    }
    Figure {
        end: last.end,
        amount: Amount::Number(count),
        ..figure
    }
}

/// The word for one person.
#[derive(Clone, Copy)]
struct Person {
    at: usize,
    end: usize,
}

/// The person at or soon behind a place; `is_one` where a number before says that there is one.
fn person(sentence: &Sentence<'_>, from: usize, is_one: bool) -> Option<Person> {
    for at in from..(from + REACH).min(sentence.inside.end) {
        if says_kind(sentence, at) {
            return None;
        }
        let single = [Meaning::Kin, Meaning::OnePerson];
        let mut end = single
            .into_iter()
            .filter_map(|meaning| sentence.len_of(at, meaning))
            .max();
        if is_one && !sentence.table.has_article {
            end = end.or_else(|| people(sentence, at));
        }
        if let Some(len) = end {
            return Some(Person { at, end: at + len });
        }
        if is_in_the_way(sentence, at) {
            return None;
        }
    }
    None
}

/// `a welder and his brother`: a word behind an article that no table has.
fn unknown(sentence: &Sentence<'_>, at: usize) -> Option<Person> {
    let is_word = sentence.pieces.get(at)?.word().is_some() && sentence.meanings(at).is_empty();
    is_word.then_some(Person { at, end: at + 1 })
}

/// The next person, whom “and” joins to this one.
fn joined(sentence: &Sentence<'_>, first: Person) -> Option<Person> {
    let reach = first.end..(first.end + REACH).min(sentence.inside.end);
    let is_and = |at: &usize| sentence.says(*at, Meaning::And);
    let and = reach.clone().find(is_and)?;
    let is_parted =
        |at: usize| says_kind(sentence, at) || is_in_the_way(sentence, at) || is_person(sentence, at);
    if (reach.start..and).any(is_parted) {
        return None;
    }
    let start = and + sentence.len_of(and, Meaning::And)?;
    let one = numerals(sentence, start)
        .pop()
        .filter(|numeral| numeral.value == 1);
    let from = one.map_or(start, |one| one.end);
    let next = person(sentence, from, one.is_some())?;
    let is_family = |person: Person| {
        let who = sentence.find(person.at, |meaning| match meaning {
            Meaning::Who(place) => sentence.table.who.get(place),
            _ => None,
        });
        who.is_some_and(|(_, who)| FAMILY.contains(&who.as_str()))
    };
    let is_other = one.is_some()
        || sentence.says(next.at, Meaning::Kin)
        || if sentence.table.has_article {
            sentence.says(start, Meaning::Glue)
        } else {
            is_family(first) || is_family(next)
        };
    (is_other && next.end <= sentence.inside.end).then_some(next)
}

fn says_kind(sentence: &Sentence<'_>, at: usize) -> bool {
    let mut meanings = sentence.meanings(at).iter();
    meanings.any(|(_, meaning)| matches!(meaning, Meaning::Kind { .. }))
}

fn is_person(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.says(at, Meaning::OnePerson) || sentence.says(at, Meaning::Kin)
}

/// Whether a piece parts two persons, or speaks of several.
fn is_in_the_way(sentence: &Sentence<'_>, at: usize) -> bool {
    let others = [Meaning::And, Meaning::People, Meaning::TwoPersons, Meaning::Part];
    sentence.parts(at)
        || others.into_iter().any(|meaning| sentence.says(at, meaning)) && !is_person(sentence, at)
}

/// The length of a word for people, of whom a number says that there is one: `一名男子`.
fn people(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let found = sentence.find(at, |meaning| {
        matches!(meaning, Meaning::Who(_) | Meaning::People).then_some(())
    });
    found.map(|(len, ())| len)
}
