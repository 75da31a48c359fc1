//! Children of whom somebody is said to be the parent: `père de quatre enfants`. They are none of those who are counted.

use std::ops::Range;

use super::numeral::numerals;
use super::sentence::Sentence;
use super::table::Meaning;

/// How many pieces before a word for the parent the number stands at most.
const REACH: usize = 6;

/// Leaves out the number and the word for the children.
pub(super) fn leave_out(sentence: &mut Sentence<'_>) {
    let found: Vec<Range<usize>> = (0..sentence.pieces.len())
        .filter_map(|at| behind_parent(sentence, at).or_else(|| before_parent(sentence, at)))
        .collect();
    for piece in found.into_iter().flatten() {
        sentence.leave_out(piece);
    }
}

/// `father of four`, `father of four children`
fn behind_parent(sentence: &Sentence<'_>, at: usize) -> Option<Range<usize>> {
    let start = sentence.skip_glue(at + sentence.len_of(at, Meaning::ParentOf)?);
    let number = numerals(sentence, start).pop()?;
    let end = people_end(sentence, sentence.skip_glue(number.end));
    Some(start..end.unwrap_or(number.end))
}

/// `四个孩子的父亲`
fn before_parent(sentence: &Sentence<'_>, at: usize) -> Option<Range<usize>> {
    sentence.len_of(at, Meaning::TheirParent)?;
    (at.saturating_sub(REACH)..at).find_map(|start| {
        let number = numerals(sentence, start).pop()?;
        let end = people_end(sentence, sentence.skip_glue(number.end))?;
        (end == at).then_some(start..at)
    })
}

/// Where the longest phrase for people ends that starts at a piece.
fn people_end(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let people = sentence.meanings(at).iter().filter(|(_, meaning)| {
        matches!(
            meaning,
            Meaning::Who(_) | Meaning::OnePerson | Meaning::TwoPersons | Meaning::People
        )
    });
    people.map(|(len, _)| at + len).max()
}
