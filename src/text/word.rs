//! Words: what a double-click selects and what a mouse drag snaps to.
//!
//! The ground is the word of UAX #29, section 4, with ICU's dictionaries and models for Chinese, Japanese, Thai, Lao,
//! Khmer, and Burmese. On it this file lays what an annotator takes for one word: a hyphenated name, a figure with
//! spaces between its thousands, an acronym with its last full stop. Knows no language; the scripts say enough.

use std::cell::OnceCell;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, WordBreak};
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::content::Text;
use super::digit::digit_value;
use super::elision::elision_len;
use super::grapheme;
use super::offset::{ByteOffset, ByteRange, range};
use super::window::{Grid, LONGEST_STEP, after, before};

const GRID: Grid = Grid {
    stride: 512,
    is_safe,
    forced: grapheme::at_or_behind,
};

thread_local! {
    /// Loading the models is far dearer than a search with them, so each thread loads them once.
    static SEGMENTER: OnceCell<WordSegmenterBorrowed<'static>> = const { OnceCell::new() };
}

/// A word, or what stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub start: usize,
    pub end: usize,
    pub is_word: bool,
    /// Bytes of a leading elision, such as the 2 of `d'Alep`.
    pub elision: usize,
}

impl Segment {
    /// The place behind a leading elision, where there is one.
    pub fn behind_elision(&self) -> Option<usize> {
        (self.elision > 0).then_some(self.start + self.elision)
    }
}

impl Text {
    /// The word at a position, less a leading elision: `Alep` anywhere in `d'Alep`. At the end of a word that word;
    /// elsewhere between words the run of spaces, or the sign, that stands there. Empty only in an empty text.
    pub fn word_at(&self, at: ByteOffset) -> ByteRange {
        let (text, at) = (self.as_str(), at.get());
        let mut segment = segment_at(text, at);
        if !segment.is_word && segment.start == at && at > 0 {
            let ahead = segment_at(text, at - 1);
            if ahead.is_word {
                segment = ahead;
            }
        }
        range(segment.start + segment.elision, segment.end)
    }

    /// The end of the word at or behind a position, the caret's step forward over words; an elision is a step of its
    /// own. In a text without words it stops after some 64 kB.
    pub fn next_word(&self, at: ByteOffset) -> ByteOffset {
        let (text, mut from) = (self.as_str(), at.get());
        while from < text.len() && from < at.get() + LONGEST_STEP {
            let segments = segments(text, from);
            let ends = segments
                .iter()
                .filter(|segment| segment.is_word)
                .flat_map(|segment| segment.behind_elision().into_iter().chain([segment.end]));
            if let Some(end) = ends.into_iter().find(|end| *end > at.get()) {
                return ByteOffset::new(end);
            }
            from = segments.last().map_or(text.len(), |last| last.end);
        }
        ByteOffset::new(from.min(text.len()))
    }

    /// The start of the word at or before a position, the caret's step backward over words.
    pub fn previous_word(&self, at: ByteOffset) -> ByteOffset {
        let (text, at) = (self.as_str(), at.get().min(self.end().get()));
        let mut from = at;
        while let Some(last) = from.checked_sub(1) {
            let segments = segments(text, last);
            let starts = segments
                .iter()
                .rev()
                .filter(|segment| segment.is_word)
                .flat_map(|segment| segment.behind_elision().into_iter().chain([segment.start]));
            if let Some(start) = starts.into_iter().find(|start| *start < at) {
                return ByteOffset::new(start);
            }
            from = segments.first().map_or(0, |first| first.start);
            if at - from > LONGEST_STEP {
                break;
            }
        }
        ByteOffset::new(from)
    }

    /// Where the words of a range begin; behind an elision another one does.
    pub fn word_starts(&self, within: ByteRange) -> Vec<ByteOffset> {
        let (text, mut from) = (self.as_str(), within.start().get());
        let end = within.end().get().min(text.len());
        let mut starts = Vec::new();
        while from < end {
            let segments = segments(text, from);
            for segment in segments.iter().filter(|segment| segment.is_word) {
                let both = [Some(segment.start), segment.behind_elision()]
                    .into_iter()
                    .flatten();
                starts.extend(
                    both.filter(|start| (from..end).contains(start))
                        .map(ByteOffset::new),
                );
            }
            // The segments tile their piece, so the next piece begins where the last one ends.
            from = segments.last().map_or(end, |last| last.end.max(from + 1));
        }
        starts
    }
}

/// Says of places in a text whether a word, or what stands between two, starts or ends there. Keeps the piece in which
/// it looked last, so that asking in the order of the text segments it once.
pub(super) struct WordEdges<'a> {
    text: &'a str,
    piece: std::ops::Range<usize>,
    /// In order.
    edges: Vec<usize>,
}

impl<'a> WordEdges<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            piece: 0..0,
            edges: Vec::new(),
        }
    }

    /// Whether a code point boundary is the edge of a word; the end of an elision is one too.
    pub fn is_edge(&mut self, at: usize) -> bool {
        let (Some(before), Some(after)) = (before(self.text, at), after(self.text, at)) else {
            return true;
        };
        // Most places need no segments: no rule breaks between two such letters (WB5), and a break at a space before
        // or behind one is always seen.
        match (is_plain_letter(before), is_plain_letter(after)) {
            (true, true) => return false,
            (true, false) if after == ' ' => return true,
            (false, true) if before == ' ' => return true,
            _ => {}
        }
        if !self.piece.contains(&at) {
            let segments = segments(self.text, at);
            self.piece =
                segments.first().map_or(0, |first| first.start)..segments.last().map_or(0, |last| last.end);
            self.edges.clear();
            for segment in segments {
                self.edges.push(segment.start);
                self.edges.extend(segment.behind_elision());
            }
        }
        self.edges.binary_search(&at).is_ok()
    }
}

/// Whether this is a letter of Latin, Greek, Cyrillic, Hebrew, or Arabic that never ends a word before another
/// one. Of letters that are newer than these blocks the segmenter may know less than the properties do.
fn is_plain_letter(c: char) -> bool {
    let class = CodePointMapData::<WordBreak>::new();
    c.is_ascii_alphabetic()
        || (matches!(c, '\0'..='\u{52f}' | '\u{5d0}'..='\u{6ff}')
            && matches!(class.get(c), WordBreak::ALetter | WordBreak::HebrewLetter))
}

/// The segment that holds the byte at a position, or the last one; empty only in an empty text.
pub(super) fn segment_at(text: &str, at: usize) -> Segment {
    let at = at.min(text.len().saturating_sub(1));
    let found = segments(text, at).into_iter().find(|segment| at < segment.end);
    found.unwrap_or(Segment {
        start: 0,
        end: text.len(),
        is_word: false,
        elision: 0,
    })
}

/// The segments of the piece around a position; they tile it.
pub(super) fn segments(text: &str, at: usize) -> Vec<Segment> {
    let piece = GRID.piece(text, at);
    let (base, inside) = (piece.start, text.get(piece).unwrap_or_default());
    let mut joined: Vec<Segment> = Vec::new();
    for segment in unicode_segments(inside) {
        join(inside, &mut joined, segment);
    }
    for segment in &mut joined {
        if segment.is_word {
            segment.elision = elision_len(inside.get(segment.start..segment.end).unwrap_or_default());
        }
        segment.start += base;
        segment.end += base;
    }
    joined
}

/// The segments of UAX #29, with narrow no-break spaces as segments of their own: the annex counts U+202F as a
/// connector, because Mongolian sets it before suffixes, and so glues the French `50 %` and `« Alep` together.
fn unicode_segments(text: &str) -> Vec<Segment> {
    let mut all: Vec<Segment> = Vec::new();
    let mut clusters: Option<Vec<usize>> = None;
    let mut push = |start: usize, end: usize, is_word: bool| {
        // A cluster is never split: a number sign of Arabic (class Prepend) belongs to what follows it.
        let splits_none = grapheme::is_safe(text, start)
            || clusters
                .get_or_insert_with(|| grapheme::all_boundaries(text).collect())
                .binary_search(&start)
                .is_ok();
        match all.last_mut() {
            Some(last) if !splits_none => {
                last.end = end;
                last.is_word |= is_word;
            }
            _ => all.push(Segment {
                start,
                end,
                is_word,
                elision: 0,
            }),
        }
    };
    SEGMENTER.with(|cell| {
        let segmenter = cell.get_or_init(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));
        let mut start = 0;
        for (end, kind) in segmenter.segment_str(text).iter_with_word_type() {
            let Some(segment) = text.get(start..end).filter(|segment| !segment.is_empty()) else {
                continue;
            };
            let mut at = start;
            for part in segment.split_inclusive('\u{202f}') {
                let words = part.strip_suffix('\u{202f}').unwrap_or(part);
                if !words.is_empty() {
                    let is_word = kind.is_word_like() && words.chars().any(char::is_alphanumeric);
                    push(at, at + words.len(), is_word);
                }
                if words.len() < part.len() {
                    push(at + words.len(), at + part.len(), false);
                }
                at += part.len();
            }
            start = end;
        }
    });
    all
}

/// Takes one more segment, joined to those before it where an annotator sees one word.
fn join(text: &str, joined: &mut Vec<Segment>, next: Segment) {
    let words = |segment: &Segment| text.get(segment.start..segment.end).unwrap_or_default();
    let full_stop = !next.is_word && words(&next) == ".";
    match joined.as_mut_slice() {
        [.., last] if full_stop && last.is_word && is_dotted(words(last)) => last.end = next.end,
        [.., first, link] if next.is_word && first.is_word && !link.is_word => {
            if links(words(first), words(link), words(&next)) {
                first.end = next.end;
                joined.pop();
            } else {
                joined.push(next);
            }
        }
        _ => joined.push(next),
    }
}

/// Whether what stands between two words makes them one.
fn links(left: &str, link: &str, right: &str) -> bool {
    match link {
        // Hyphen-minus, hyphen, no-break hyphen, and the Hebrew maqaf: Jean-Noël, Al-Qaïda, F-16, תל־אביב.
        "-" | "\u{2010}" | "\u{2011}" | "\u{5be}" => true,
        // The dot between the parts of a foreign name in Katakana.
        "\u{30fb}" => is_katakana(left.chars().next_back()) && is_katakana(right.chars().next()),
        // No-break, figure, thin, and narrow no-break space between thousands: 12 000.
        "\u{a0}" | "\u{2007}" | "\u{2009}" | "\u{202f}" => is_thousands(left) && is_digits(right, 3..=3),
        _ => false,
    }
}

fn is_katakana(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'))
}

/// Whether these are one to three digits, then groups of three.
fn is_thousands(words: &str) -> bool {
    let mut groups = words.split(['\u{a0}', '\u{2007}', '\u{2009}', '\u{202f}']);
    groups.next().is_some_and(|group| is_digits(group, 1..=3)) && groups.all(|group| is_digits(group, 3..=3))
}

fn is_digits(words: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&words.chars().count()) && words.chars().all(|c| digit_value(c).is_some())
}

/// Whether this is an acronym with full stops that lacks its last one: `U.S`.
fn is_dotted(words: &str) -> bool {
    let mut letters = words.split('.');
    let one_letter = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    words.contains('.') && letters.all(one_letter)
}

/// Whether a cut is safe for words: behind a space or a mark that is never part of a word, before something that
/// starts anew.
///
/// Behind a character of class Other or `WSegSpace` the annex breaks before all but marks, format characters, and more
/// spaces (`WB3d`, WB4, WB999); no rule looks across such a break, and a run of a dictionary script ends at a space or
/// mark too. Spaces and marks that this file joins words over are left out.
fn is_safe(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (before(text, at), after(text, at)) else {
        return true;
    };
    let classes = CodePointMapData::<WordBreak>::new();
    let starts_anew = !matches!(
        classes.get(after),
        WordBreak::Extend
            | WordBreak::Format
            | WordBreak::ZWJ
            | WordBreak::WSegSpace
            | WordBreak::CR
            | WordBreak::LF
            | WordBreak::Newline
    );
    let ends = match classes.get(before) {
        WordBreak::WSegSpace => before != '\u{2009}',
        WordBreak::LF | WordBreak::Newline => true,
        WordBreak::Other => {
            let category = CodePointMapData::<GeneralCategory>::new().get(before);
            let marks = GeneralCategoryGroup::OtherPunctuation
                .union(GeneralCategoryGroup::OpenPunctuation)
                .union(GeneralCategoryGroup::ClosePunctuation)
                .union(GeneralCategoryGroup::InitialPunctuation)
                .union(GeneralCategoryGroup::FinalPunctuation);
            marks.contains(category) && before != '\u{30fb}'
        }
        _ => false,
    };
    // A vowel sign of Thai or Lao that is a letter to this annex is one cluster with whatever stands before it.
    starts_anew && ends && grapheme::is_safe(text, at)
}

#[cfg(test)]
mod tests {
    use super::super::marked::{any_text, mark, unmark};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_piece_is_cut_before_a_vowel_sign_of_thai() {
        let text = Text::new("mot, \u{e33}".repeat(400));
        for at in (0..text.end().get()).filter(|at| text.is_boundary(ByteOffset::new(*at))) {
            let word = text.word_at(ByteOffset::new(at));
            assert!(
                text.is_grapheme_boundary(word.start()) && text.is_grapheme_boundary(word.end()),
                "{word:?}"
            );
        }
    }

    /// A caret and the word that a double-click there selects: `d'[Al|ep]`.
    fn check(marked: &str) {
        let (content, marks) = unmark(marked, &['[', '|', ']']);
        let caret = marks.iter().find(|(c, _)| *c == '|').unwrap().1;
        let found = Text::new(content.as_str()).word_at(ByteOffset::new(caret));
        // In the order of equal places that the marks of this text have.
        let order = |c: char| {
            marks
                .iter()
                .position(|(mark, _)| *mark == c)
                .unwrap_or(usize::MAX)
        };
        let mut all = [(found.start().get(), '['), (caret, '|'), (found.end().get(), ']')];
        all.sort_by_key(|(at, c)| (*at, order(*c)));
        assert_eq!(mark(&content, &all), marked);
    }

    #[test]
    fn words_of_a_range_are_found_by_their_starts() {
        let text = Text::new("L'armée, à Alep\nقال 北京大学");
        let found = |from: &str, to: &str| -> Vec<String> {
            let at = |words: &str| ByteOffset::new(text.as_str().find(words).unwrap());
            let starts = text.word_starts(ByteRange::between(at(from), at(to)));
            let rest = starts
                .iter()
                .map(|start| text.as_str().get(start.get()..).unwrap());
            rest.map(|rest| rest.chars().take(3).collect()).collect()
        };
        assert_eq!(found("L'", "Alep"), ["L'a", "arm", "à A"]);
        assert_eq!(found("Alep", "大"), ["Ale", "قال", "北京大"]);
        let long = Text::new("mot ".repeat(2_000));
        assert_eq!(long.word_starts(long.full_range()).len(), 2_000);
    }

    #[test]
    fn no_word_ends_between_plain_letters() {
        let split: Vec<char> = ('\0'..='\u{6ff}')
            .filter(|c| is_plain_letter(*c) && segments(&format!("b{c}{c}b"), 0).len() != 1)
            .collect();
        assert!(split.is_empty(), "{split:?}");
    }

    #[test]
    fn french_elisions_and_hyphens() {
        check("la province d'[Al|ep] et");
        check("la province d|'[Alep] et");
        check("près d’[A|l-Qaïda].");
        check("[Jean|-Noël] Barrot");
        check("[Jean-No|ël] Barrot");
        check("[aujourd'|hui]");
        check("[N'Dja|mena]");
        check("[plus|] de 50");
        check("plus  [de|]");
        check("« [Alep|] »");
        check("«\u{202f}[Al|ep]\u{202f}»");
        check("[5|0]\u{202f}% des");
        check("[12\u{202f}|000] morts");
        check("[1\u{a0}2|34\u{a0}567] morts");
        check("le 4 [2022|]\u{a0}300 morts");
        check("le 12\u{a0}[mo|rts]");
        check("un [F|-16] et");
        check("celui [|-]- ici");
    }

    #[test]
    fn english_contractions_acronyms_and_possessives() {
        check("they [do|n't] say");
        check("the [U|.S.] troops");
        check("the [U.S.|] troops");
        check("an [O'Br|ien] said");
        check("the [rebel|s]'");
        check("ends [he|re].");
        check("a [12-ye|ar-old] boy");
    }

    #[test]
    fn arabic_and_hebrew() {
        check("في [بالم|غرب] أمس");
        check("«[حل|ب]»،");
        check("[مُحَ|مَّد]");
        check("نحو [٥|٠]٪");
        check("[תל־א|ביב]");
        check("[צה\"|ל] אמר");
        check("[ב־א|לפא]");
        check("[שָׁל|וֹם]");
    }

    #[test]
    fn chinese_japanese_thai_and_hindi() {
        check("在[叙|利亚]和");
        check("住在[上|海]。");
        check("[北|京]大学");
        check("[東|京]で");
        check("[バラク|・オバマ]氏");
        check("[ประ|เทศ]ไทย");
        check("में [हिं|दी] है");
    }

    #[test]
    fn signs_emoji_and_nothing() {
        check("a [|👩\u{200d}👩\u{200d}👧] b");
        check("[a|]  b");
        check("([|)]");
        let empty = Text::new("");
        assert!(empty.word_at(ByteOffset::ZERO).is_empty());
        assert_eq!(empty.next_word(ByteOffset::ZERO), ByteOffset::ZERO);
        assert_eq!(empty.previous_word(ByteOffset::new(9)), ByteOffset::ZERO);
    }

    /// Bars where the caret stops going forward, `^` where it stops going back.
    fn check_steps(marked: &str) {
        let (content, _) = unmark(marked, &['|', '^']);
        let text = Text::new(content.as_str());
        let mut marks = Vec::new();
        let mut at = ByteOffset::ZERO;
        while at < text.end() {
            at = text.next_word(at);
            marks.push((at.get(), '|'));
        }
        while at > ByteOffset::ZERO {
            at = text.previous_word(at);
            marks.push((at.get(), '^'));
        }
        marks.sort_unstable_by_key(|(at, c)| (*at, *c == '^'));
        assert_eq!(mark(&content, &marks), marked);
    }

    #[test]
    fn the_caret_stops_at_ends_of_words_forward_and_at_starts_backward() {
        check_steps("^plus| ^de| ^50|, ^d'|^Alep| !|");
        check_steps("^قتل| ^خمسون| («^مدنيا|»)|");
        check_steps("^東京|^で|");
    }

    #[test]
    fn a_megabyte_without_a_space_is_worked_in_bounded_pieces() {
        for unit in ["a", "ไทยแลนด์", "中国", "-a", "\u{301}", " ", "👧", "12\u{a0}"] {
            let content = unit.repeat(1_000_000 / unit.len());
            let piece = GRID.piece(&content, 500_000);
            assert!(
                piece.contains(&500_000) && piece.len() <= 3 * GRID.stride,
                "{piece:?} of {unit}"
            );
            let text = Text::new(content);
            let word = text.word_at(ByteOffset::new(500_000));
            assert!(
                word.len() <= piece.len() && word.end().get() >= 500_000,
                "{word:?} of {unit}"
            );
        }
    }

    /// Boundaries by the segmenter alone, over the whole text.
    fn plain(text: &str) -> Vec<usize> {
        WordSegmenter::new_auto(WordBreakInvariantOptions::default())
            .segment_str(text)
            .collect()
    }

    proptest! {
        #[test]
        fn a_cut_at_a_safe_place_changes_nothing(text in any_text()) {
            let whole = plain(&text);
            for at in (1..text.len()).filter(|at| text.is_char_boundary(*at) && is_safe(&text, *at)) {
                let (head, tail) = text.split_at(at);
                let mut parts = plain(head);
                parts.extend(plain(tail).into_iter().skip(1).map(|boundary| at + boundary));
                prop_assert_eq!(&parts, &whole, "cut at {}", at);
                let mut joined = segments(head, 0);
                joined.extend(segments(tail, 0).into_iter().map(|segment| Segment {
                    start: segment.start + at,
                    end: segment.end + at,
                    ..segment
                }));
                prop_assert_eq!(joined, segments(&text, 0), "cut at {}", at);
            }
        }

        #[test]
        fn segments_tile_the_text_on_grapheme_boundaries(text in any_text()) {
            let mut at = 0;
            for segment in segments(&text, 0) {
                prop_assert_eq!(segment.start, at);
                prop_assert!(segment.start + segment.elision < segment.end);
                prop_assert!(grapheme::is_boundary(&text, segment.start + segment.elision));
                at = segment.end;
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn steps_over_words_advance_and_meet(content in any_text()) {
            let text = Text::new(content.as_str());
            for at in 0..=content.len() {
                let at = ByteOffset::new(at);
                let (next, previous) = (text.next_word(at), text.previous_word(at));
                prop_assert!(next > at || at == text.end());
                prop_assert!(previous < at || at == ByteOffset::ZERO);
                prop_assert!(text.is_grapheme_boundary(next) && text.is_grapheme_boundary(previous));
                let word = text.word_at(at);
                prop_assert!(text.is_grapheme_boundary(word.start()) && text.is_grapheme_boundary(word.end()));
                prop_assert!(!word.is_empty() || content.is_empty());
            }
        }
    }
}
