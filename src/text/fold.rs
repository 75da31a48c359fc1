//! Folding for search: two spellings that a reader takes for the same become the same string.
//!
//! Knows nothing of languages: what one script allows is allowed everywhere. The result is for comparing, never for
//! showing. Its offsets are not the text's; a [`Folded`] text knows where each of its bytes came from.

use std::ops::Range;
use std::sync::LazyLock;

use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};

use super::digit::digit_value;

/// A string without case (full case folding), diacritics and vowel points (Latin, Greek, Cyrillic, Arabic, Hebrew,
/// Syriac; those of other scripts are letters to their readers, all but the nukta of Devanagari), tatweel and invisible
/// characters, in one form of alef, hamza, ya, kaf, ta marbuta, of digits, quotes, hyphens, spaces, and widths (NFKD of
/// UAX #15).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_pieces(text, &mut folded, |_| {});
    folded
}

/// A folded text that knows where each of its bytes came from.
#[derive(Debug)]
pub(super) struct Folded {
    content: String,
    /// In order; the first begins at the start of both texts.
    pieces: Vec<Piece>,
    source_len: usize,
}

/// Where a piece of the folded text begins, and where the piece of the text does that it stands for. Half the usual
/// width, because a text in which every letter has a mark has as many pieces as letters; no project holds one of 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    source: u32,
    folded: u32,
    /// Each of its characters became one character of the same length, so that a place inside it can be told.
    is_even: bool,
}

impl Folded {
    /// Folds a text, as [`fold`] does.
    pub fn new(text: &str) -> Self {
        let mut content = String::with_capacity(text.len());
        let mut pieces: Vec<Piece> = Vec::new();
        fold_pieces(text, &mut content, |piece| match pieces.last() {
            Some(last) if last.is_even && piece.is_even => {}
            _ => pieces.push(piece),
        });
        Self {
            content,
            pieces,
            source_len: text.len(),
        }
    }

    /// What [`fold`] gives.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The part of the text that a range of whole characters of the folded text stands for. Where one character became
    /// several, such as `½`, a part of those stands for the whole; what was dropped beside the range is left out.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.piece(|piece| piece.folded as usize <= range.start);
        let last = self.piece(|piece| (piece.folded as usize) < range.end);
        let start = match self.pieces.get(first) {
            Some(piece) if piece.is_even => piece.source as usize + (range.start - piece.folded as usize),
            Some(piece) => piece.source as usize,
            None => 0,
        };
        let end = match self.pieces.get(last) {
            Some(piece) if piece.is_even => piece.source as usize + (range.end - piece.folded as usize),
            _ => self
                .pieces
                .get(last + 1)
                .map_or(self.source_len, |next| next.source as usize),
        };
        start..end.max(start)
    }

    /// The number of the last piece of which something holds that holds of all before it.
    fn piece(&self, holds: impl Fn(&Piece) -> bool) -> usize {
        self.pieces.partition_point(holds).saturating_sub(1)
    }
}

/// Folds a text piece by piece, and tells of each where it begins.
///
/// A piece is a run of ASCII, or a character with the marks behind it. Decomposition puts marks in an order of their
/// own, but never moves one past a character that is none, so pieces can be folded one by one.
fn fold_pieces(text: &str, folded: &mut String, mut each: impl FnMut(Piece)) {
    // Points at compiled data: making it costs nothing.
    let normalizer = DecomposingNormalizer::new_nfkd();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = folded.len();
        let run = ascii_run(rest);
        let len = if run > 0 { run } else { marked_len(rest) };
        let piece = rest.get(..len).unwrap_or_default();
        let is_even = if run > 0 {
            folded.extend(piece.chars().map(fold_ascii));
            true
        } else if let Some(alone) = fold_alone(piece) {
            folded.push(alone);
            alone.len_utf8() == piece.len()
        } else {
            fold_marked(&normalizer, piece, folded);
            is_even(piece, folded.get(before..).unwrap_or_default())
        };
        each(Piece {
            source: at as u32,
            folded: before as u32,
            is_even,
        });
        at += len;
    }
}

/// How many bytes of ASCII a text starts with, less the last one where a mark follows.
fn ascii_run(text: &str) -> usize {
    let run = text
        .bytes()
        .position(|byte| !byte.is_ascii())
        .unwrap_or(text.len());
    let behind = text.get(run..).and_then(|rest| rest.chars().next());
    run - usize::from(run > 0 && behind.is_some_and(is_mark))
}

/// The length of the first character with the marks behind it.
fn marked_len(text: &str) -> usize {
    let mut chars = text.chars();
    let first = chars.next().map_or(0, char::len_utf8);
    first
        + chars
            .take_while(|c| is_mark(*c))
            .map(char::len_utf8)
            .sum::<usize>()
}

/// Whether a character may change places with marks beside it when it is decomposed.
fn is_mark(c: char) -> bool {
    let is_half_width_voicing = matches!(c, '\u{ff9e}' | '\u{ff9f}');
    c >= '\u{300}'
        && (is_half_width_voicing
            || GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c)))
}

/// Whether one character became one of the same length.
fn is_even(source: &str, folded: &str) -> bool {
    let is_one = |text: &str| {
        let first = text.chars().next();
        first.is_some_and(|c| c.len_utf8() == text.len())
    };
    source.len() == folded.len() && is_one(source) && is_one(folded)
}

/// Where the table of what characters fold to begins and ends; most scripts lie between.
const TABLE: Range<u32> = 0x80..0x2000;

/// What the characters of the table fold to, where that is one character: looking it up is many times as fast as
/// decomposing, and one character without marks is by far the most usual piece.
static FOLDED_ALONE: LazyLock<Box<[Option<char>]>> = LazyLock::new(|| {
    let normalizer = DecomposingNormalizer::new_nfkd();
    let fold_one = |code_point| {
        let c = char::from_u32(code_point)?;
        let mut folded = String::new();
        fold_marked(&normalizer, c.encode_utf8(&mut [0; 4]), &mut folded);
        let mut chars = folded.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    TABLE.map(fold_one).collect()
});

/// What a character without marks folds to, where that is known to be one character.
fn fold_alone(piece: &str) -> Option<char> {
    let c = piece.chars().next().filter(|c| c.len_utf8() == piece.len())?;
    if is_ideograph(c) {
        return Some(c);
    }
    let place = u32::from(c).checked_sub(TABLE.start)?;
    *FOLDED_ALONE.get(place as usize)?
}

/// Whether this is one of the ideographs in everyday use, which fold to themselves.
fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Folds a character with the marks behind it.
fn fold_marked(normalizer: &DecomposingNormalizerBorrowed<'_>, piece: &str, folded: &mut String) {
    let decomposed = normalizer.normalize_iter(piece.chars());
    for c in decomposed.filter(|c| !is_ignored(*c)) {
        if c.is_ascii() {
            folded.push(fold_ascii(c));
        } else if let Some(digit) = digit_value(c) {
            folded.push(char::from(b'0' + digit));
        } else if let Some(same) = same_as(c) {
            folded.push_str(same);
        } else {
            // By way of the upper case, so that ß, final sigma, and dotless i meet their plain forms.
            folded.extend(
                c.to_uppercase()
                    .flat_map(char::to_lowercase)
                    .filter(|c| !is_ignored(*c)),
            );
        }
    }
}

fn fold_ascii(c: char) -> char {
    if c.is_whitespace() {
        ' '
    } else {
        c.to_ascii_lowercase()
    }
}

/// What search does not see: diacritics and vowel points, tatweel, joiners, direction marks, soft hyphens.
fn is_ignored(c: char) -> bool {
    match CodePointMapData::<GeneralCategory>::new().get(c) {
        GeneralCategory::NonspacingMark => {
            let script = CodePointMapData::<Script>::new().get(c);
            let is_kana_voicing = matches!(c, '\u{3099}' | '\u{309a}');
            // Newspapers in Hindi write it or leave it out, as they do vowel points elsewhere.
            let is_nukta = c == '\u{93c}';
            is_nukta
                || !is_kana_voicing
                    && [
                        Script::Inherited,
                        Script::Latin,
                        Script::Greek,
                        Script::Cyrillic,
                        Script::Arabic,
                        Script::Hebrew,
                        Script::Syriac,
                    ]
                    .contains(&script)
        }
        GeneralCategory::Format => true,
        _ => c == '\u{640}',
    }
}

/// Letters and marks that have no decomposition and yet are looked for under another form.
fn same_as(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{671}' => "\u{627}",                                     // alef wasla: alef
        '\u{649}' | '\u{6cc}' => "\u{64a}",                         // alef maqsura, Persian ya: ya
        '\u{6a9}' => "\u{643}",                                     // Persian kaf: kaf
        '\u{629}' | '\u{6c1}' | '\u{6be}' | '\u{6d5}' => "\u{647}", // ta marbuta and other forms of ha: ha
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'þ' | 'Þ' => "th",
        // The capital has no other upper case, by way of which it could meet the small one.
        'ẞ' => "ss",
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{2bb}' | '\u{5f3}' => "'",
        '«' | '»' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{5f4}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5be}' => "-",
        '\u{60c}' => ",",
        '\u{61b}' => ";",
        '\u{61f}' => "?",
        c if c.is_whitespace() => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(same: &[&str]) {
        for pair in same.windows(2) {
            assert_eq!(fold(pair[0]), fold(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn spellings_that_a_reader_takes_for_the_same_meet() {
        check(&["Équateur", "EQUATEUR", "e\u{301}quateur", "équateur"]);
        check(&["Cœur d’Alep", "coeur d'alep", "CŒUR D'ALEP"]);
        check(&["STRASSE", "Straße", "STRAẞE"]);
        check(&["Νίκος", "ΝΙΚΟΣ", "νικοσ"]);
        check(&["Łódź", "lodz"]);
        check(&["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"]);
        check(&["أحمد", "احمد", "إحمد", "آحمد", "ٱحمد", "أَحْمَد", "أحمــد"]);
        check(&["مدرسة", "مدرسه"]);
        check(&["على", "علي", "علی"]);
        check(&["كتاب", "کتاب"]);
        check(&["مسؤول", "مسوول"]);
        check(&["رئيس", "رييس"]);
        check(&["ﻻ", "لا"]);
        check(&["٢٠٢٢", "۲۰۲۲", "2022", "２０２２", "२०२२"]);
        check(&["שָׁלוֹם", "שלום"]);
        check(&["תל־אביב", "תל-אביב"]);
        check(&["50\u{a0}%", "50\u{202f}%", "50 %"]);
        check(&["mi\u{ad}lice", "mi\u{200b}lice", "milice"]);
        check(&["a\tb", "a b", "a\u{b}b", "A\u{3000}b"]);
        check(&["ニュース", "ﾆｭｰｽ"]);
        check(&["Ёлка", "елка"]);
        check(&["फरवरी", "\u{92b}\u{93c}रवरी", "\u{95e}रवरी"]);
        check(&["रामगढी", "रामग\u{95d}ी", "रामग\u{922}\u{93c}ी"]);
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for c in '\0'..=char::MAX {
            let folded = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&folded), folded, "{c:?}");
        }
    }

    #[test]
    fn what_differs_for_its_readers_stays_apart() {
        for (one, other) in [
            ("हिंदी", "हद"),
            ("กิน", "กน"),
            ("が", "か"),
            ("حلب", "حلف"),
            ("a b", "ab"),
        ] {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn a_part_of_a_folded_text_knows_where_it_came_from() {
        for (text, wanted, source) in [
            ("les États", "etats", "États"),
            ("la ﬁn", "f", "ﬁ"),
            ("un ½ litre", "2", "½"),
            ("كتــاب", "كتاب", "كتــاب"),
            ("قال أَحْمَد أمس", "احمد", "أَحْمَد"),
            ("ال ـــ", "ال", "ال"),
            ("Straße", "ss", "ß"),
            ("mi\u{ad}lice\u{ad}", "milice", "mi\u{ad}lice"),
            ("a e\u{301}b", "e", "e\u{301}"),
            ("12 \u{95e}रवरी को", "फरवरी", "\u{95e}रवरी"),
            ("12 \u{92b}\u{93c}रवरी को", "फरवरी", "\u{92b}\u{93c}रवरी"),
            ("रामग\u{922}\u{93c}ी में", "ढी", "\u{922}\u{93c}ी"),
        ] {
            let folded = Folded::new(text);
            let at = folded.as_str().find(wanted).unwrap();
            let range = folded.source(at..at + wanted.len());
            assert_eq!(text.get(range), Some(source), "{wanted} in {text}");
        }
    }

    #[test]
    fn what_is_looked_up_is_what_is_worked_out() {
        for c in ('\0'..='\u{ffff}').map(String::from) {
            assert_eq!(fold(&c), fold_at_once(&c), "{c:?}");
        }
    }

    #[test]
    fn no_character_but_a_mark_decomposes_into_one_that_moves() {
        let classes = icu_normalizer::properties::CanonicalCombiningClassMapBorrowed::new();
        let normalizer = DecomposingNormalizer::new_nfkd();
        for c in ('\0'..=char::MAX).filter(|c| !is_mark(*c)) {
            let first = normalizer.normalize_iter(std::iter::once(c)).next();
            assert_eq!(first.map(|first| classes.get_u8(first)), Some(0), "{c:?}");
        }
    }

    /// Folding without pieces: the whole text decomposed at once.
    fn fold_at_once(text: &str) -> String {
        let mut folded = String::new();
        fold_marked(&DecomposingNormalizer::new_nfkd(), text, &mut folded);
        folded
    }

    proptest! {
        #[test]
        fn folding_by_pieces_gives_what_folding_at_once_does(text in super::super::marked::any_text()) {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.as_str(), fold_at_once(&text));
            prop_assert_eq!(folded.as_str(), fold(&text));
        }

        #[test]
        fn every_part_of_a_folded_text_stands_for_a_part_that_folds_to_it(text in super::super::marked::any_text()) {
            let folded = Folded::new(&text);
            let places: Vec<usize> = folded.as_str().char_indices().map(|(at, _)| at).chain([folded.as_str().len()]).collect();
            for (place, start) in places.iter().enumerate() {
                for end in places.iter().skip(place + 1) {
                    let source = folded.source(*start..*end);
                    let part = fold(text.get(source).unwrap());
                    prop_assert!(part.contains(folded.as_str().get(*start..*end).unwrap()));
                }
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in super::super::marked::any_text()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
