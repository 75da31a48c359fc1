//! What befell the people of a figure, and who they are: read from the words around it.
//!
//! Every word that says a kind has a distance from the figure, in which commas, joints and other figures count for
//! more than words; the nearest says it.

use crate::model::QuantityKind;

use super::bounds::Amount;
use super::figure::Figure;
use super::numeral::numerals;
use super::sentence::Sentence;
use super::table::Meaning;
use super::token::{Place, TokenKind};

/// What is farther away says nothing about the figure.
const REACH: usize = 34;
/// How much farther than it stands a word outside the words that are read is.
const OUTSIDE: usize = 4;
/// How much farther a weak word is: `détenus`, who may have been killed.
const WEAK: usize = 10;
/// How far a comma, a joint, another figure puts things apart.
const PARTED: usize = 6;
/// How many pieces away is still at hand.
const NEAR: usize = 3;
/// How many pieces lie at most between two words that are joined.
const ACROSS: usize = 6;

/// A word that says what befell people.
#[derive(Clone, Copy)]
struct Said {
    at: usize,
    end: usize,
    kind: QuantityKind,
    is_weak: bool,
}

/// What befell the people of a figure; several kinds where the words leave open which of them, as `dead and wounded` does.
pub(super) fn kinds(sentence: &Sentence<'_>, figure: &Figure) -> Vec<QuantityKind> {
    let mut nearest: Option<(usize, Said)> = None;
    let is_part = (figure.start.saturating_sub(4)..figure.start).any(|at| sentence.says(at, Meaning::Part));
    for at in 0..sentence.pieces.len() {
        for (len, meaning) in sentence.meanings(at) {
            let Meaning::Kind { kind, is_weak } = *meaning else {
                continue;
            };
            let end = at + len;
            let is_inside = sentence.inside.contains(&at);
            // A part of another figure has what befell them where that one has it.
            let of_whole = if is_part && at < figure.start {
                2 * PARTED
            } else {
                0
            };
            let distance = distance(sentence, figure, at).saturating_sub(of_whole)
                + if is_inside { 0 } else { OUTSIDE }
                + if is_weak { WEAK } else { 0 };
            if distance <= REACH && nearest.is_none_or(|(least, _)| distance < least) {
                let said = Said {
                    at,
                    end,
                    kind,
                    is_weak,
                };
                nearest = Some((distance, said));
            }
        }
    }
    let Some((_, nearest)) = nearest else {
        return Vec::new();
    };
    let is_figure = (figure.start..figure.end).contains(&nearest.at);
    let other = (!is_figure)
        .then(|| other_kind(sentence, Some(figure), nearest))
        .flatten();
    [nearest.kind].into_iter().chain(other).collect()
}

/// Whether those who were missing or held are found unharmed behind the figure: nothing befell them.
pub(super) fn are_unharmed(sentence: &Sentence<'_>, figure: Option<&Figure>, kinds: &[QuantityKind]) -> bool {
    if !matches!(kinds, [QuantityKind::Missing | QuantityKind::Abducted]) {
        return false;
    }
    let start = figure.map_or(sentence.inside.start, |figure| figure.end);
    // The age of somebody is no other count.
    let is_other = |at: usize| {
        let behind = numerals(sentence, at).pop().map_or(at, |numeral| numeral.end);
        let behind = behind + usize::from(sentence.is(behind, &TokenKind::Dash));
        is_count(sentence, at) && !sentence.says(behind, Meaning::Thing)
    };
    let mut reach =
        (start..start + REACH).take_while(|at| !sentence.is(*at, &TokenKind::Stop) && !is_other(*at));
    reach.any(|at| sentence.says(at, Meaning::Unharmed))
}

/// The other kind that a word may say as well, `死伤`, or that stands beside it for the same people: `killed or wounded`.
fn other_kind(sentence: &Sentence<'_>, figure: Option<&Figure>, word: Said) -> Option<QuantityKind> {
    let both = said_at(sentence, word.at);
    let mut both = both.filter(|other| other.end == word.end && other.is_weak == word.is_weak);
    if let Some(other) = both.find(|other| other.kind != word.kind) {
        return Some(other.kind);
    }
    let nearby = word.at.saturating_sub(ACROSS)..word.end + ACROSS;
    let mut others = nearby.flat_map(|at| said_at(sentence, at));
    let other = others.find(|other| {
        let (first, second) = if other.at < word.at {
            (other, &word)
        } else {
            (&word, other)
        };
        other.kind != word.kind
            && !other.is_weak
            && are_joined(sentence, first, second)
            && !are_counted_apart(sentence, figure, first, second)
    });
    other.map(|other| other.kind)
}

/// What the phrases at a piece say of what befell people.
fn said_at(sentence: &Sentence<'_>, at: usize) -> impl Iterator<Item = Said> {
    let meanings = sentence.meanings(at).iter();
    meanings.filter_map(move |(len, meaning)| match *meaning {
        Meaning::Kind { kind, is_weak } => Some(Said {
            at,
            end: at + len,
            kind,
            is_weak,
        }),
        _ => None,
    })
}

/// Whether nothing but “and” or “or” stands between two words, and before the second what stands before the first, too:
/// `de morts et de blessés`, but not `12 morts et des blessés`.
fn are_joined(sentence: &Sentence<'_>, first: &Said, second: &Said) -> bool {
    let joint = [Meaning::And, Meaning::Joins];
    let joint = joint
        .into_iter()
        .find_map(|joint| sentence.len_of(first.end, joint));
    let Some(gap) = joint.map(|len| first.end + len) else {
        return false;
    };
    let before: Vec<&str> = (first.at.saturating_sub(NEAR)..first.at)
        .filter_map(|at| word_at(sentence, at))
        .collect();
    let is_said_twice = |at: usize| {
        let is_clitic = sentence.pieces.get(at).is_some_and(|piece| piece.is_clitic);
        let is_known = word_at(sentence, at).is_some_and(|word| before.contains(&word));
        sentence.says(at, Meaning::Glue) && (is_clitic || is_known)
    };
    gap <= second.at && (gap..second.at).all(is_said_twice)
}

/// Whether each of two words has a count of its own: `12 killed and wounded 30`.
fn are_counted_apart(sentence: &Sentence<'_>, figure: Option<&Figure>, first: &Said, second: &Said) -> bool {
    let is_other = |at: &usize| figure.is_none_or(|figure| !(figure.start..figure.end).contains(at));
    let behind = sentence.skip_glue(second.end);
    let is_before = figure.is_some_and(|figure| figure.end <= first.at);
    if is_before || figure.is_none() {
        return is_count(sentence, behind) && is_other(&behind);
    }
    let before = first.at.saturating_sub(NEAR)..first.at;
    before.filter(is_other).any(|at| is_count(sentence, at))
}

fn is_count(sentence: &Sentence<'_>, at: usize) -> bool {
    let is_number = numerals(sentence, at).iter().any(|numeral| !numeral.is_article);
    let is_word = |meaning: Meaning| match meaning {
        Meaning::Vague(_) | Meaning::Collective(_) | Meaning::Several => Some(()),
        _ => None,
    };
    is_number || sentence.find(at, is_word).is_some()
}

fn word_at<'a>(sentence: &'a Sentence<'_>, at: usize) -> Option<&'a str> {
    sentence.pieces.get(at)?.word()
}

/// What befell people that no figure counts, by the first word that says it; where they name people or families only, by
/// the words around them.
pub(super) fn kinds_without_figure(sentence: &Sentence<'_>) -> Vec<QuantityKind> {
    if let Some(word) = said_inside(sentence) {
        let other = other_kind(sentence, None, word);
        return [word.kind].into_iter().chain(other).collect();
    }
    let all = Figure {
        start: sentence.inside.start,
        end: sentence.inside.end,
        amount: Amount::Vague(1),
    };
    let is_counted = |at: usize| sentence.is_about_people(at) || sentence.says(at, Meaning::Thing);
    let is_counted = sentence.inside.clone().any(is_counted);
    if is_counted {
        kinds(sentence, &all)
    } else {
        Vec::new()
    }
}

fn said_inside(sentence: &Sentence<'_>) -> Option<Said> {
    let said = sentence.inside.clone().flat_map(|at| said_at(sentence, at));
    said.min_by_key(|said| said.is_weak)
}

/// How far a piece is from a figure.
fn distance(sentence: &Sentence<'_>, figure: &Figure, at: usize) -> usize {
    let (between, is_before) = if at < figure.start {
        (at + 1..figure.start, true)
    } else if at >= figure.end {
        (figure.end..at, false)
    } else {
        return 0;
    };
    let mut distance = usize::from(is_before);
    let mut at = between.start;
    while at < between.end {
        let number = numerals(sentence, at).pop().filter(|numeral| !numeral.is_article);
        let (len, cost) = if let Some(numeral) = number {
            ((numeral.end - at).max(1), PARTED)
        } else if sentence.is(at, &TokenKind::Stop) {
            (1, 2 * PARTED)
        } else if sentence.parts(at) || sentence.is(at, &TokenKind::Dash) {
            (1, PARTED)
        } else if sentence.says(at, Meaning::And) {
            (1, if is_before { PARTED / 2 } else { PARTED })
        } else {
            (1, usize::from(!sentence.says(at, Meaning::Glue)))
        };
        at += len;
        distance += cost;
    }
    distance
}

/// Who the people of a figure are, as places in the table's list, in the order of the text.
pub(super) fn who(sentence: &Sentence<'_>, figure: &Figure, others: &[Figure]) -> Vec<usize> {
    let inside = &sentence.inside;
    // `قتيلان`, `قتيل` are figure and people in one.
    let own = named(sentence, figure.start..figure.end);
    if !own.is_empty() {
        return own;
    }
    let next = others
        .iter()
        .map(|other| other.start)
        .find(|start| *start >= figure.end);
    let ends = |at: &usize| !sentence.says(*at, Meaning::Part);
    let behind = figure.end..next.unwrap_or(inside.end);
    let found = named(sentence, behind.clone().take_while(ends));
    if !found.is_empty() {
        return found;
    }
    let previous = others
        .iter()
        .map(|other| other.end)
        .filter(|end| *end <= figure.start)
        .max();
    let ahead_from = previous.unwrap_or(inside.start);
    let ahead = named(sentence, ahead_from..figure.start);
    if !ahead.is_empty() && !are_who_did_it(sentence, ahead_from, figure) {
        return ahead;
    }
    // `hundreds, perhaps thousands, of civilians`: what the next figure counts.
    if let Some(start) = next {
        let says_whom = |at: usize| sentence.is_about_people(at) || sentence.says(at, Meaning::Part);
        let is_same = start <= figure.end + NEAR && !behind.into_iter().any(says_whom);
        return if is_same {
            named(sentence, start..inside.end)
        } else {
            Vec::new()
        };
    }
    // The people stand right behind the words that are read.
    let is_bare = !behind.into_iter().any(|at| sentence.is_about_people(at));
    let near = inside.end..inside.end + if is_bare { NEAR } else { 1 };
    let is_near = |at: &usize| {
        sentence
            .pieces
            .get(*at)
            .is_some_and(|piece| piece.place == Place::After)
            && !sentence.parts(*at)
            && !sentence.says(*at, Meaning::And)
            && !sentence.says(*at, Meaning::Part)
    };
    named(sentence, near.take_while(is_near))
}

/// `la policía detiene a 22 huelguistas`: whether people before a figure did to those whom it counts what is said between
/// the two, and others are named behind it.
fn are_who_did_it(sentence: &Sentence<'_>, from: usize, figure: &Figure) -> bool {
    let is_kind = |at: usize| {
        let mut meanings = sentence.meanings(at).iter();
        meanings.any(|(_, meaning)| matches!(meaning, Meaning::Kind { .. }))
    };
    let is_who = |at: &usize| {
        let mut meanings = sentence.meanings(*at).iter();
        meanings.any(|(_, meaning)| matches!(meaning, Meaning::Who(_)))
    };
    let last = (from..figure.start).rev().find(is_who);
    let between = last.map_or(figure.start, |last| last + 1)..figure.start;
    let is_done = between.clone().any(is_kind) && !between.into_iter().any(|at| sentence.parts(at));
    let behind = sentence.skip_glue(figure.end);
    let is_word = sentence
        .pieces
        .get(behind)
        .is_some_and(|piece| piece.word().is_some());
    is_done && is_word && sentence.inside.contains(&behind) && !is_kind(behind)
}

/// Who is named at these pieces, each once.
pub(super) fn named(sentence: &Sentence<'_>, pieces: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut covered = 0;
    for at in pieces {
        if at < covered {
            continue;
        }
        let who = sentence.find(at, |meaning| match meaning {
            Meaning::Who(who) => Some(who),
            _ => None,
        });
        if let Some((len, who)) = who {
            covered = at + len;
            if !found.contains(&who) {
                found.push(who);
            }
        }
    }
    found
}
