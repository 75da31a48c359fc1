//! Sentences: what a triple-click selects.
//!
//! The ground is the sentence of UAX #29, section 5; on it lies one short table of abbreviations, because the annex
//! ends a sentence at `M. Dupont`. Knows no grammar: Thai, which marks no end, has one sentence a paragraph.

use icu_properties::CodePointMapData;
use icu_properties::props::SentenceBreak as Class;
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use super::content::Text;
use super::grapheme;
use super::offset::{ByteOffset, ByteRange, range};
use super::window::{Grid, LONGEST_STEP, after, before};

const GRID: Grid = Grid {
    stride: 4 * 1024,
    is_safe,
    forced: grapheme::at_or_behind,
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
        words_of(text, start, end).unwrap_or_else(|| ByteRange::caret(ByteOffset::new(start)))
    }

    /// All sentences that have words, in order, each without the white space around it.
    pub fn sentences(&self) -> Vec<ByteRange> {
        let (text, mut from) = (self.as_str(), 0);
        let mut all = Vec::new();
        while from < text.len() {
            let piece = sentences(text, from);
            let new = piece.iter().filter(|(start, _)| *start >= from);
            all.extend(new.filter_map(|(start, end)| words_of(text, *start, *end)));
            from = piece.last().map_or(text.len(), |last| last.1.max(from + 1));
        }
        all
    }

    /// The start of the next sentence that has words; the end of the text behind the last.
    pub fn next_sentence(&self, at: ByteOffset) -> ByteOffset {
        let (text, mut from) = (self.as_str(), at.get());
        while from < text.len() && from < at.get() + LONGEST_STEP {
            let sentences = sentences(text, from);
            if let Some(start) = starts(text, &sentences).find(|start| *start > at.get()) {
                return ByteOffset::new(start);
            }
            from = sentences.last().map_or(text.len(), |last| last.1);
        }
        ByteOffset::new(from.min(text.len()))
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
            if at - from > LONGEST_STEP {
                break;
            }
        }
        ByteOffset::new(from)
    }
}

/// Where the sentences that have words start, white space skipped.
fn starts<'a>(text: &'a str, sentences: &'a [(usize, usize)]) -> impl DoubleEndedIterator<Item = usize> + 'a {
    let words = sentences
        .iter()
        .filter_map(|(start, end)| words_of(text, *start, *end));
    words.map(|words| words.start().get())
}

/// A sentence without the white space around it, clusters kept whole; none where nothing remains.
fn words_of(text: &str, start: usize, end: usize) -> Option<ByteRange> {
    let sentence = text.get(start..end)?;
    let first = start + sentence.find(|c: char| !c.is_whitespace())?;
    let last = start + sentence.trim_end().len();
    // A mark may sit on a space.
    Some(range(
        grapheme::at_or_before(text, first),
        grapheme::at_or_behind(text, last),
    ))
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
        // A vowel sign of Thai or Lao behind a full stop is one cluster with it.
        let end = grapheme::at_or_behind(inside, end + late_closing(inside, end));
        if end <= start {
            continue;
        }
        match all.last_mut() {
            Some(last) if goes_on => last.1 = base + end,
            _ => all.push((base + start, base + end)),
        }
        goes_on = ends_in_abbreviation(inside.get(start..end).unwrap_or_default());
        start = end;
    }
    all
}

/// Bytes of the closing guillemet, with the space behind it, that a sentence seems to start with: French sets a space
/// before it, at which the annex ends the sentence (`Rien n'est sûr. »`).
fn late_closing(text: &str, at: usize) -> usize {
    let is_space = |c| CodePointMapData::<Class>::new().get(c) == Class::Sp;
    let Some(behind) = text.get(at..).and_then(|rest| rest.strip_prefix('»')) else {
        return 0;
    };
    let rest = behind.trim_start_matches(is_space);
    if rest.len() < behind.len() && before(text, at).is_some_and(is_space) {
        text.len() - at - rest.len()
    } else {
        0
    }
}

/// Whether a sentence only seems to end: at an abbreviation of the table, or at an initial, such as
/// the last one of `U.S.`
pub(super) fn ends_in_abbreviation(sentence: &str) -> bool {
    let words = sentence.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let Some(words) = words.strip_suffix('.') else {
        return false;
    };
    let back = words.chars().rev().take(LOOK_BACK);
    let letters: Vec<char> = back.take_while(|c| c.is_alphanumeric()).collect();
    match letters.as_slice() {
        [] => false,
        [initial] if initial.is_uppercase() => true,
        letters => {
            let word: String = letters.iter().rev().flat_map(|c| c.to_lowercase()).collect();
            ABBREVIATIONS.contains(&word.as_str())
        }
    }
}

/// Whether a cut is safe for sentences: behind the end of a paragraph, or where a sentence ends for certain.
///
/// The rules join over a terminator only what goes on in lower case (SB8), with a number or a capital without space
/// (SB6, SB7), or with a further mark (`SB8a`, SB9): before a capital or a letter without case, behind a space, none
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
    if !matches!(class(behind), Class::Upper | Class::OLetter) || !grapheme::is_safe(text, at) {
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

#[cfg(test)]
mod tests {
    use super::super::marked::{any_text, mark, unmark};
    use super::*;
    use proptest::prelude::*;

    /// Brackets around each sentence.
    fn check(marked: &str) {
        let (content, _) = unmark(marked, &['[', ']']);
        let text = Text::new(content.as_str());
        let mut marks = Vec::new();
        let mut at = 0;
        while at < content.len() {
            let sentence = text.sentence_at(ByteOffset::new(at));
            if !sentence.is_empty() {
                marks.extend([(sentence.start().get(), '['), (sentence.end().get(), ']')]);
            }
            at = text.next_sentence(ByteOffset::new(at)).get();
        }
        assert_eq!(mark(&content, &marks), marked);
    }

    #[test]
    fn a_sentence_ends_where_a_reader_ends_it() {
        check(
            "[Cinquante civils ont été tués.] [« Rien n'est sûr. »] [Selon M. Dupont, 3.5 millions ont fui !]",
        );
        check("[Gen. J. K. Smith of the U.S. Army spoke.] [Mr. Lee, e.g. he, did not.] [Nor we.]");
        check("[قتل خمسون مدنيا.] [هل هذا صحيح؟] [نعم.]");
        check("[נהרגו חמישים.] [מה קרה?]");
        check("[据报道，五十人死亡。][没有人知道。]");
        check("[爆発があった。][死者はいない！]");
        check("[पचास लोग मारे गए।] [कोई नहीं जानता।]");
        check("[ประเทศไทย สงบ]");
        check("[¿Qué pasó?] [El Sr. Gómez calla.]");
        check("[Titre]\r\n[2M · 4 juin]\n\n  [Texte.]\n");
    }

    #[test]
    fn the_space_behind_a_sentence_belongs_to_it_and_a_blank_line_to_none() {
        let text = Text::new("Un.  Deux.\n\nTrois");
        assert_eq!(text.sentence_at(ByteOffset::new(4)).as_usize(), 0..3);
        assert_eq!(
            text.sentence_at(ByteOffset::new(11)),
            ByteRange::caret(ByteOffset::new(11))
        );
        assert_eq!(text.sentence_at(text.end()).as_usize(), 12..17);
        assert_eq!(text.previous_sentence(text.end()).get(), 12);
        assert_eq!(text.previous_sentence(ByteOffset::new(12)).get(), 5);
        assert_eq!(text.previous_sentence(ByteOffset::new(5)), ByteOffset::ZERO);
        assert!(Text::new("").sentence_at(ByteOffset::ZERO).is_empty());
    }

    #[test]
    fn a_vowel_sign_of_thai_behind_a_full_stop_belongs_to_it() {
        check("[据报道。\u{e33}][北京。]");
        check("[Fin.\u{eb3}] [Deux.]");
    }

    #[test]
    fn a_megabyte_paragraph_is_worked_in_bounded_pieces() {
        for unit in ["mot ", "a. ", "Une phrase. ", "。", "\u{301}", "中国"] {
            let content = unit.repeat(1_000_000 / unit.len());
            let piece = GRID.piece(&content, 500_000);
            assert!(
                piece.contains(&500_000) && piece.len() <= 3 * GRID.stride,
                "{piece:?} of {unit}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_cut_at_a_safe_place_changes_nothing(text in any_text()) {
            for at in (1..text.len()).filter(|at| text.is_char_boundary(*at) && is_safe(&text, *at)) {
                let (head, tail) = text.split_at(at);
                let mut parts = sentences(head, 0);
                parts.extend(sentences(tail, 0).into_iter().map(|(start, end)| (at + start, at + end)));
                prop_assert_eq!(&parts, &sentences(&text, 0), "cut at {}", at);
            }
        }

        #[test]
        fn sentences_hold_their_place_and_steps_advance(content in any_text()) {
            let text = Text::new(content.as_str());
            for at in 0..=content.len() {
                let at = ByteOffset::new(at);
                let sentence = text.sentence_at(at);
                prop_assert!(text.is_grapheme_boundary(sentence.start()) && text.is_grapheme_boundary(sentence.end()));
                let (next, previous) = (text.next_sentence(at), text.previous_sentence(at));
                prop_assert!(next > at || at == text.end());
                prop_assert!(previous < at || at == ByteOffset::ZERO);
                prop_assert!(text.is_grapheme_boundary(next) && text.is_grapheme_boundary(previous));
            }
        }
    }
}
