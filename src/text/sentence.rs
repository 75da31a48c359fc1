//! Sentences: what a triple-click selects.
//!
//! The ground is the sentence of UAX #29, section 5; on it lies one short table of abbreviations, because the annex
//! ends a sentence at `M. Dupont`. Knows no grammar: Thai, which marks no end, has one sentence a paragraph.

use icu_properties::CodePointMapData;
use icu_properties::props::SentenceBreak as Class;
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use super::content::Text;
use super::offset::{ByteOffset, ByteRange};
use super::window::{Grid, after};
use super::word::{grapheme_at_or_behind, range};

const GRID: Grid = Grid {
    stride: 8 * 1024,
    is_safe,
    forced: grapheme_at_or_behind,
};

/// Abbreviations that stand before a name or a number, so that their full stop ends no sentence; in lower case.
const ABBREVIATIONS: &[&str] = &[
    // titles and ranks: English, French, Spanish, Italian, German
    "mr", "mrs", "ms", "dr", "prof", "st", "ste", "gen", "col", "lt", "sgt", "capt", "maj", "brig", "adm",
    "gov", "sen", "rep", "rev", "hon", "mm", "mme", "mlle", "me", "pr", "gén", "cdt", "sr", "sra", "srta",
    "gral", "cnel", "sig", "dott", "hr", "fr", // before a number or a name
    "no", "nos", "núm", "art", "p", "pp", "vol", "fig", "vs", "cf", "approx", "env", "av", "bd",
];

/// How many characters a place looks back for the end of a sentence, and an abbreviation for its start.
const LOOK_BACK: usize = 32;

impl Text {
    /// The sentence at a position without the white space around it; empty on a blank line. A position in the space
    /// between two sentences belongs to the first.
    pub fn sentence_at(&self, at: ByteOffset) -> ByteRange {
        let (text, at) = (self.as_str(), at.get().min(self.end().get().saturating_sub(1)));
        let sentences = sentences(text, at);
        let found = sentences.into_iter().find(|(_, end)| at < *end);
        let (start, end) = found.unwrap_or((0, text.len()));
        let words = text.get(start..end).unwrap_or_default();
        let lead = words.len() - words.trim_start().len();
        let trail = words.len() - words.trim_end().len();
        if lead + trail > words.len() {
            return ByteRange::caret(ByteOffset::new(start));
        }
        range(start + lead, end - trail)
    }

    /// The start of the next sentence that has words; the end of the text behind the last.
    pub fn next_sentence(&self, at: ByteOffset) -> ByteOffset {
        let (text, mut from) = (self.as_str(), at.get());
        while from < text.len() {
            let sentences = sentences(text, from);
            if let Some(start) = starts(text, &sentences).find(|start| *start > at.get()) {
                return ByteOffset::new(start);
            }
            from = sentences.last().map_or(text.len(), |last| last.1);
        }
        self.end()
    }

    /// The start of the sentence before a position; the start of the text before the first.
    pub fn previous_sentence(&self, at: ByteOffset) -> ByteOffset {
        let (text, at) = (self.as_str(), at.get().min(self.end().get()));
        let mut from = at;
        while let Some(last) = from.checked_sub(1) {
            let sentences = sentences(text, last);
            if let Some(start) = starts(text, &sentences).rev().find(|start| *start < at) {
                return ByteOffset::new(start);
            }
            from = sentences.first().map_or(0, |first| first.0);
        }
        ByteOffset::ZERO
    }
}

/// Where the sentences that have words start, white space skipped.
fn starts<'a>(text: &'a str, sentences: &'a [(usize, usize)]) -> impl DoubleEndedIterator<Item = usize> + 'a {
    sentences.iter().filter_map(|(start, end)| {
        let words = text.get(*start..*end)?;
        let trimmed = words.trim_start();
        (!trimmed.is_empty()).then(|| start + words.len() - trimmed.len())
    })
}

/// Start and end of the sentences of the piece around a position; they tile it.
fn sentences(text: &str, at: usize) -> Vec<(usize, usize)> {
    // Points at compiled data: making it costs nothing.
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let piece = GRID.piece(text, at);
    let (base, inside) = (piece.start, text.get(piece).unwrap_or_default());
    let mut all: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut goes_on) = (0, false);
    for end in segmenter.segment_str(inside).skip(1) {
        match all.last_mut() {
            Some(last) if goes_on => last.1 = base + end,
            _ => all.push((base + start, base + end)),
        }
        goes_on = ends_in_abbreviation(inside.get(start..end).unwrap_or_default());
        start = end;
    }
    all
}

/// Whether a sentence only seems to end: at an abbreviation of the table, an initial, or a dotted acronym.
fn ends_in_abbreviation(sentence: &str) -> bool {
    let words = sentence.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let Some(words) = words.strip_suffix('.') else {
        return false;
    };
    let word: String = {
        let back = words.chars().rev().take(LOOK_BACK);
        let letters: Vec<char> = back.take_while(|c| c.is_alphanumeric() || *c == '.').collect();
        letters.into_iter().rev().collect()
    };
    let is_initials = !word.is_empty()
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        });
    is_initials || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Whether a cut is safe for sentences: behind the end of a paragraph, or where a sentence ends for certain.
///
/// The rules join over a terminator only what goes on in lower case (SB8), with a number or a capital without space
/// (SB6, SB7), or with a further mark (SB8a, SB9): before a capital or a letter without case, behind a space, none
/// applies, and none looks back further than to the start of its sentence.
fn is_safe(text: &str, at: usize) -> bool {
    let (Some(ahead), Some(behind)) = (text.get(..at), after(text, at)) else {
        return true;
    };
    let class = |c: char| CodePointMapData::<Class>::new().get(c);
    let mut back = ahead.char_indices().rev().take(LOOK_BACK).peekable();
    match back.peek().map(|(_, c)| class(*c)) {
        Some(Class::Sep | Class::LF) => return true,
        Some(Class::CR) => return behind != '\n',
        _ => {}
    }
    if !matches!(class(behind), Class::Upper | Class::OLetter) {
        return false;
    }
    let mut spaces = 0;
    while back.next_if(|(_, c)| class(*c) == Class::Sp).is_some() {
        spaces += 1;
    }
    while back.next_if(|(_, c)| class(*c) == Class::Close).is_some() {}
    match back.next().map(|(start, c)| (start + c.len_utf8(), class(c))) {
        Some((_, Class::STerm)) => true,
        Some((end, Class::ATerm)) => spaces > 0 && !text.get(..end).is_some_and(ends_in_abbreviation),
        _ => false,
    }
}
