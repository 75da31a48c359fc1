//! How a text is cut into sentences and units, so that a reader which knows only these has the whole text again.
//!
//! A file holds the words of sentences; between two it means a line feed and spaces, before the first one spaces. So
//! a sentence takes with it whatever else stands behind it, and white space becomes a unit of its own where a span
//! begins or ends in it, or the text begins with it.

use std::collections::BTreeSet;

use crate::text::{ByteOffset, ByteRange, Text};

/// A sentence of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Sentence {
    /// From the start of its first unit to where the words of the file end.
    pub(super) range: ByteRange,
    /// Its tokens, at least one.
    pub(super) units: Vec<ByteRange>,
}

/// The sentences of a text: at least one, each with at least one unit, and every piece begins and ends with a unit.
/// Pieces are sorted; two sentences that one joins stay one.
pub(super) fn sentences(text: &Text, pieces: &[ByteRange]) -> Vec<Sentence> {
    let mut groups: Vec<Vec<ByteRange>> = Vec::new();
    let mut starts = text.sentences().into_iter().map(ByteRange::start).peekable();
    let mut pieces_before = pieces.iter().peekable();
    let mut reach = ByteOffset::ZERO;
    let mut has_words = false;
    for unit in units(text, pieces) {
        while let Some(piece) = pieces_before.next_if(|piece| piece.start() < unit.start()) {
            reach = reach.max(piece.end());
        }
        let mut begins = false;
        while starts.next_if(|start| *start <= unit.start()).is_some() {
            begins = true;
        }
        match groups.last_mut() {
            Some(group) if !begins || reach > unit.start() || !has_words => group.push(unit),
            _ => groups.push(vec![unit]),
        }
        has_words |= text.slice(unit).is_some_and(|words| !words.trim().is_empty());
    }
    let next_starts: Vec<Option<ByteOffset>> = groups
        .iter()
        .skip(1)
        .map(|group| group.first().map(|unit| unit.start()))
        .chain([None])
        .collect();
    let groups = groups.into_iter().zip(next_starts);
    groups
        .filter_map(|(units, next)| {
            let (first, last) = (units.first()?.start(), units.last()?.end());
            let end = next.map_or(text.end(), |next| end_of(text, ByteRange::between(last, next)));
            Some(Sentence {
                range: ByteRange::between(first, end),
                units,
            })
        })
        .collect()
}

/// Where the words of a sentence end, given what lies between its last unit and the next sentence: before a line feed
/// that only spaces follow, which readers put there by themselves, or else where the next one begins.
fn end_of(text: &Text, gap: ByteRange) -> ByteOffset {
    let between = text.slice(gap).unwrap_or_default();
    match between.trim_end_matches(' ').strip_suffix('\n') {
        Some(before) => ByteOffset::new(gap.start().get() + before.len()),
        None => gap.end(),
    }
}

/// The words and signs of a text and the white space that has to be a unit, in order.
fn units(text: &Text, pieces: &[ByteRange]) -> Vec<ByteRange> {
    let mut starts: BTreeSet<ByteOffset> = pieces.iter().map(|piece| piece.start()).collect();
    let ends: BTreeSet<ByteOffset> = pieces.iter().map(|piece| piece.end()).collect();
    let words = text.tokens(starts.iter().chain(&ends).copied());
    let lead = words.first().map_or(text.end(), |word| word.start());
    let lead = text.slice(ByteRange::between(ByteOffset::ZERO, lead));
    if lead.is_some_and(|lead| lead.contains(|c| c != ' ')) {
        starts.insert(ByteOffset::ZERO);
    }
    let mut units = Vec::with_capacity(words.len());
    let mut behind = ByteOffset::ZERO;
    for word in words.into_iter().chain([ByteRange::caret(text.end())]) {
        blanks(
            ByteRange::between(behind, word.start()),
            &starts,
            &ends,
            &mut units,
        );
        if !word.is_empty() {
            units.push(word);
        }
        behind = word.end();
    }
    if units.is_empty() {
        units.push(text.full_range());
    }
    units
}

/// The parts of a gap with which a span begins or ends.
fn blanks(
    gap: ByteRange,
    starts: &BTreeSet<ByteOffset>,
    ends: &BTreeSet<ByteOffset>,
    units: &mut Vec<ByteRange>,
) {
    if gap.is_empty() {
        return;
    }
    let mut edges: Vec<ByteOffset> = [starts, ends]
        .into_iter()
        .flat_map(|edges| edges.range(gap.start()..=gap.end()))
        .copied()
        .chain([gap.start(), gap.end()])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        if starts.contains(from) || ends.contains(to) {
            units.push(ByteRange::between(*from, *to));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sentence as its words between `‹` and `›` and its units between bars.
    fn shown(text: &str, pieces: &[(usize, usize)]) -> String {
        let text = Text::new(text);
        let range = |(start, end): &(usize, usize)| {
            ByteRange::between(ByteOffset::new(*start), ByteOffset::new(*end))
        };
        let pieces: Vec<ByteRange> = pieces.iter().map(range).collect();
        let slice = |range| text.slice(range).unwrap();
        let shown = sentences(&text, &pieces).into_iter().map(|sentence| {
            let units: Vec<&str> = sentence.units.iter().map(|unit| slice(*unit)).collect();
            format!("‹{}›{}", slice(sentence.range), units.join("|"))
        });
        shown.collect()
    }

    #[test]
    fn a_sentence_takes_what_readers_would_not_put_behind_it() {
        assert_eq!(shown("Un. Deux.", &[]), "‹Un. ›Un|.‹Deux.›Deux|.");
        assert_eq!(shown("Un.\nDeux.\n", &[]), "‹Un.›Un|.‹Deux.\n›Deux|.");
        assert_eq!(shown("Un.\r\n\n  Deux.", &[]), "‹Un.\r\n›Un|.‹Deux.›Deux|.");
    }

    #[test]
    fn white_space_is_a_unit_where_the_text_or_a_span_needs_it() {
        assert_eq!(shown("  Un", &[]), "‹Un›Un");
        assert_eq!(shown("\tUn", &[]), "‹\tUn›\t|Un");
        assert_eq!(shown("Un deux", &[(2, 7)]), "‹Un deux›Un| |deux");
        assert_eq!(shown("Un \t deux", &[(0, 3), (4, 9)]), "‹Un \t deux›Un| | |deux");
        assert_eq!(shown("Un \t deux", &[(3, 4)]), "‹Un \t deux›Un|\t|deux");
    }

    #[test]
    fn a_text_without_words_is_one_sentence() {
        assert_eq!(shown("", &[]), "‹›");
        assert_eq!(shown("  ", &[]), "‹  ›  ");
        assert_eq!(shown(" \n", &[]), "‹ \n› \n");
    }

    #[test]
    fn sentences_that_a_span_joins_stay_one() {
        assert_eq!(shown("Un. Deux.", &[(0, 8)]), "‹Un. Deux.›Un|.|Deux|.");
    }
}
