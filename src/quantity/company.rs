//! Those who are counted with one person: `a teacher and her grandson` are two, `a woman and two children` three.
//!
//! `a teacher and activist` is one: whoever is joined has an article, is somebody's kin, or is a man, woman, or child. A
//! comma joins only in a list that ends with “and”, and `a man, a teacher` is one all the same.

use super::bounds::Amount;
use super::figure::Figure;
use super::numeral::numerals;
use super::sentence::Sentence;
use super::table::Meaning;
use super::token::TokenKind;

/// How many pieces an age and the like may take before the word for a person, and behind it.
const REACH: usize = 7;
/// How many pieces may stand between a number and the word for those whom it counts.
const TELLING: usize = 3;
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
    let mut numbers = numerals(sentence, figure.start).into_iter();
    // `1 soldier and 12 civilians` are two figures.
    let is_told = is_word || numbers.any(|number| number.end == figure.end && number.plain_digits.is_none());
    let (mut count, mut whole) = (1, None);
    while count < MOST
        && let Some(next) = joined(sentence, last)
        && (is_told || next.count == 1)
    {
        count = next.count.saturating_add(count);
        last = next.person;
        if !next.is_by_comma {
            whole = Some((count, last.end));
        }
    }
    whole.map_or(figure, |(count, end)| Figure {
        end,
        amount: Amount::Number(count),
        ..figure
    })
}

/// The word for one person, or for several.
#[derive(Clone, Copy)]
struct Person {
    at: usize,
    end: usize,
}

/// Those who are joined to a person.
struct Joined {
    person: Person,
    count: u64,
    /// Whether it is not said that nobody comes behind them.
    is_by_comma: bool,
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

/// The next person or persons, whom “and” or a comma joins to this one.
fn joined(sentence: &Sentence<'_>, first: Person) -> Option<Joined> {
    let (start, is_by_comma) = joint(sentence, first)?;
    if let Some((person, count)) = several(sentence, start) {
        // `a soldier and two civilians` are two figures.
        let is_one_figure = who(sentence, person).is_none() || is_family(sentence, person);
        return is_one_figure.then_some(Joined {
            person,
            count,
            is_by_comma,
        });
    }
    let one = numerals(sentence, start)
        .pop()
        .filter(|numeral| numeral.value == 1);
    let from = one.map_or(start, |one| one.end);
    let person = person(sentence, from, one.is_some())?;
    // `and mother of three` tells of the same woman.
    let is_bare = one.is_none() && !sentence.says(start, Meaning::Glue);
    if is_bare && sentence.says(person.at, Meaning::ParentOf) {
        return None;
    }
    let are_family = [first, person].map(|person| is_family(sentence, person));
    // `a man, woman and child`, but not `a woman and mother`
    let are_unlike = are_family == [true, true] && who(sentence, first) != who(sentence, person);
    let has_article = sentence.table.has_article;
    let is_other = one.is_some() && !(is_by_comma && are_family == [true, false])
        || are_unlike
        || if is_by_comma {
            !has_article && are_family == [true, true]
        } else if sentence.says(person.at, Meaning::Kin) {
            true
        } else if has_article {
            sentence.says(start, Meaning::Glue)
        } else {
            are_family.contains(&true)
        };
    (is_other && person.end <= sentence.inside.end).then_some(Joined {
        person,
        count: 1,
        is_by_comma,
    })
}

/// Where the words behind the next “and” or comma start, and whether it is a comma alone.
fn joint(sentence: &Sentence<'_>, first: Person) -> Option<(usize, bool)> {
    let reach = first.end..(first.end + REACH).min(sentence.inside.end);
    let is_joint = |at: &usize| sentence.says(*at, Meaning::And) || sentence.is(*at, &TokenKind::Comma);
    let at = reach.clone().find(is_joint)?;
    let is_parted =
        |at: usize| says_kind(sentence, at) || is_in_the_way(sentence, at) || is_person(sentence, at);
    if (reach.start..at).any(is_parted) {
        return None;
    }
    let comma = usize::from(sentence.is(at, &TokenKind::Comma));
    let and = sentence.len_of(at + comma, Meaning::And);
    Some((at + comma + and.unwrap_or_default(), and.is_none()))
}

/// `two children`, `her two children`, `طفلين`: several who are counted without anything between number and people but
/// what tells of them.
fn several(sentence: &Sentence<'_>, start: usize) -> Option<(Person, u64)> {
    let at = sentence.skip_glue(start);
    let (from, count) = if sentence.says(at, Meaning::TwoPersons) {
        (at, 2)
    } else {
        let number = numerals(sentence, at).pop();
        let number = number.filter(|number| number.value > 1 && !number.is_article)?;
        (sentence.skip_glue(number.end), number.value)
    };
    let is_other = |at: &usize| {
        let others = [Meaning::Thing, Meaning::Joins, Meaning::And];
        says_kind(sentence, *at)
            || sentence.parts(*at)
            || others.into_iter().any(|other| sentence.says(*at, other))
            || *at > from && !numerals(sentence, *at).is_empty()
    };
    let mut reach = (from..from + TELLING).take_while(|at| !is_other(at));
    let people = reach.find_map(|at| {
        let end = at + people(sentence, at).or_else(|| sentence.len_of(at, Meaning::TwoPersons))?;
        (end <= sentence.inside.end).then_some(Person { at, end })
    });
    people.map(|people| (people, count))
}

/// Whether a word says a man, a woman, or a child.
fn is_family(sentence: &Sentence<'_>, person: Person) -> bool {
    who(sentence, person).is_some_and(|who| FAMILY.contains(&who))
}

/// The id of those for whom a word stands.
fn who<'a>(sentence: &Sentence<'a>, person: Person) -> Option<&'a str> {
    let table = sentence.table;
    let who = sentence.find(person.at, |meaning| match meaning {
        Meaning::Who(place) => table.who.get(place),
        _ => None,
    });
    who.map(|(_, who)| who.as_str())
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

/// The length of a word for people, of whom a number says how many they are: `一名男子`.
fn people(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let found = sentence.find(at, |meaning| {
        matches!(meaning, Meaning::Who(_) | Meaning::People).then_some(())
    });
    found.map(|(len, ())| len)
}
