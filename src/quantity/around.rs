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

/// What befell the people of a figure.
pub(super) fn kind(sentence: &Sentence<'_>, figure: &Figure) -> Option<QuantityKind> {
    let mut nearest: Option<(usize, QuantityKind)> = None;
    let is_part = (figure.start.saturating_sub(4)..figure.start).any(|at| sentence.says(at, Meaning::Part));
    for at in 0..sentence.pieces.len() {
        for (_, meaning) in sentence.meanings(at) {
            let Meaning::Kind { kind, is_weak } = *meaning else {
                continue;
            };
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
                nearest = Some((distance, kind));
            }
        }
    }
    nearest.map(|(_, kind)| kind)
}

/// What befell people that no figure counts, by the first word that says it; where they name people or families only, by
/// the words around them.
pub(super) fn kind_without_figure(sentence: &Sentence<'_>) -> Option<QuantityKind> {
    if let Some(kind) = kind_inside(sentence) {
        return Some(kind);
    }
    let all = Figure {
        start: sentence.inside.start,
        end: sentence.inside.end,
        amount: Amount::Vague(1),
    };
    let is_counted = |at: usize| sentence.is_about_people(at) || sentence.says(at, Meaning::Thing);
    let is_counted = sentence.inside.clone().any(is_counted);
    is_counted.then(|| kind(sentence, &all)).flatten()
}

fn kind_inside(sentence: &Sentence<'_>) -> Option<QuantityKind> {
    let kinds = sentence.inside.clone().flat_map(|at| sentence.meanings(at));
    let kinds = kinds.filter_map(|(_, meaning)| match meaning {
        Meaning::Kind { kind, is_weak } => Some((*is_weak, *kind)),
        _ => None,
    });
    kinds.min_by_key(|(is_weak, _)| *is_weak).map(|(_, kind)| kind)
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
