//! Whether a date is to come: what the words around it say, such as “due to meet on”, “jusqu'au”, “तक”.
//!
//! Knows the words of a table, and no grammar: what stands near counts, in the same clause.

use crate::quantity::Context;

use super::cues::{Cue, Side};
use super::table::{Sense, Table, words_in};

/// How many words before a date, and behind it, are looked at.
const REACH: usize = 10;

/// Where a date lies that does not say its year, or is a weekday only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outlook {
    /// Nothing speaks against the last one.
    #[default]
    Past,
    /// It may be the coming one as well.
    Open,
    /// It is the coming one, most likely.
    ToCome,
}

/// Where the date in these words lies, by them and by those around them.
pub(super) fn outlook(words: &str, around: Context<'_>, table: &Table) -> Outlook {
    let spelled = table.cues.spelled(words);
    let inside: Vec<&str> = words_in(&spelled).collect();
    let is_word = |at: &usize| !is_date(inside.get(*at..).unwrap_or_default(), table);
    let leading = (0..inside.len()).take_while(is_word).count();
    let trailing = (leading..inside.len()).rev().take_while(is_word).count();
    let (leads, rest) = inside.split_at_checked(leading).unwrap_or_default();
    let trails = rest.get(rest.len() - trailing..).unwrap_or_default();

    let before = table.cues.spelled(last_clause(around.before));
    let mut before: Vec<&str> = words_in(&before).collect();
    before.extend(leads);
    let from = before.len().saturating_sub(REACH);
    let before = before.get(from..).unwrap_or_default();
    let after = table.cues.spelled(first_clause(around.after));
    let mut behind = trails.to_vec();
    behind.extend(words_in(&after));
    behind.truncate(REACH);
    by_cues(before, &behind, table)
}

fn by_cues(before: &[&str], behind: &[&str], table: &Table) -> Outlook {
    let ahead = found(before, table, Side::Before);
    let cues = found(behind, table, Side::Behind);
    let next = behind
        .iter()
        .position(|word| !is_glue(word, table))
        .unwrap_or_default();
    let at_once = |cue: Cue| cues.iter().any(|found| found.cue == cue && found.start <= next);
    if at_once(Cue::Gone) {
        return Outlook::Past;
    }
    // `from Thursday on`
    let from = ahead
        .iter()
        .any(|found| found.cue == Cue::From && found.end == before.len());
    if at_once(Cue::Next) || (from && at_once(Cue::On)) {
        return Outlook::ToCome;
    }
    let is_past = |found: &&Found| found.cue == Cue::Past;
    let first = cues
        .iter()
        .find(|found| matches!(found.cue, Cue::Past | Cue::FarBehind));
    if first.is_some_and(|found| found.cue == Cue::FarBehind) {
        return Outlook::ToCome;
    }
    if at_once(Cue::Behind) {
        return if cues.iter().any(|found| is_past(&found)) {
            Outlook::Open
        } else {
            Outlook::ToCome
        };
    }
    let touches = |end: usize| {
        before
            .get(end..)
            .is_some_and(|between| between.iter().all(|word| is_glue(word, table)))
    };
    let ahead: Vec<&Found> = ahead
        .iter()
        .filter(|found| match found.cue {
            Cue::Before | Cue::Past => true,
            Cue::At => touches(found.end),
            _ => false,
        })
        .collect();
    match ahead.as_slice() {
        // `were killed by Thursday`, `was closed until Thursday`
        [rest @ .., last] if last.cue == Cue::At => {
            if rest.iter().any(is_past) {
                Outlook::Open
            } else {
                Outlook::ToCome
            }
        }
        // `was due to meet`
        [.., past, last] if last.cue == Cue::Before && past.cue == Cue::Past && past.end == last.start => {
            Outlook::Open
        }
        [.., last] if last.cue == Cue::Before => Outlook::ToCome,
        // `will resign after talks were held on`
        [rest @ .., _] if !rest.iter().all(is_past) => Outlook::Open,
        _ => Outlook::Past,
    }
}

/// A cue in words, from one of them to behind another.
struct Found {
    start: usize,
    end: usize,
    cue: Cue,
}

/// The cues in words, in order; none inside another.
fn found(words: &[&str], table: &Table, side: Side) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = words.get(start..).filter(|rest| !rest.is_empty()) {
        match table.cue(rest, side) {
            Some((length, cue)) => {
                let end = start + length;
                found.push(Found { start, end, cue });
                start = end;
            }
            None => start += 1,
        }
    }
    found
}

/// Whether a date, or a part of one, begins with these words.
fn is_date(words: &[&str], table: &Table) -> bool {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_numeric());
    let sense = sense(words, table);
    words.first().is_some_and(is_number)
        || sense.is_some_and(|sense| {
            matches!(
                sense,
                Sense::Number(_)
                    | Sense::First
                    | Sense::Month(_)
                    | Sense::Weekday(_)
                    | Sense::Relative(..)
                    | Sense::Unit(..)
                    | Sense::Short(..)
                    | Sense::Weekend(_)
            )
        })
}

/// Whether a word may stand between a cue and its date: one of a date, or one that says nothing.
fn is_glue(word: &str, table: &Table) -> bool {
    let says_little = |sense| matches!(sense, Sense::Skip | Sense::About | Sense::Part | Sense::This);
    is_date(&[word], table) || sense(&[word], table).is_some_and(says_little)
}

/// What stands at the start of these words, less a letter or two that is written onto the first.
fn sense(words: &[&str], table: &Table) -> Option<Sense> {
    let folded: Vec<String> = words.iter().take(4).map(|word| crate::text::fold(word)).collect();
    let mut words: Vec<&str> = folded.iter().map(String::as_str).collect();
    for _ in 0..3 {
        if let Some((_, sense)) = table.longest(&words) {
            return Some(sense);
        }
        let first = words.first_mut()?;
        let mut letters = first.chars();
        table.proclitic(letters.next()?)?;
        *first = letters.as_str();
        if first.is_empty() {
            return Some(Sense::Skip);
        }
    }
    None
}

fn ends_clause(c: char) -> bool {
    ",،，、;؛；!?؟！？。।\n\r".contains(c)
}

/// What stands before a date in its clause: up to the last comma, less one right before the date.
fn last_clause(before: &str) -> &str {
    let is_between = |c: char| c.is_whitespace() || ",،，(（«“\"".contains(c);
    let before = before.trim_end_matches(is_between);
    before.rsplit(ends_clause).next().unwrap_or_default()
}

/// What stands behind a date in its clause.
fn first_clause(after: &str) -> &str {
    let is_between = |c: char| c.is_whitespace() || ")）»”\"".contains(c);
    let after = after.trim_start_matches(is_between);
    after.split(ends_clause).next().unwrap_or_default()
}
