//! Preparing a text for shaping without moving a single byte of it.
//!
//! Control characters would draw boxes and line breaks would open lines, so they are replaced by white space of the
//! same length; graphemes that are emoji are found so that they can be set in a colour font. Knows no fonts.

use std::borrow::Cow;
use std::ops::Range;

use icu_properties::CodePointSetData;
use icu_properties::props::EmojiPresentation;
use icu_segmenter::GraphemeClusterSegmenter;

/// The text as it is drawn, of the same length. `one_line` also takes U+2028 away.
pub(super) fn drawable(text: &str, one_line: bool) -> Cow<'_, str> {
    let substitute = |c: char| substitute(c, one_line);
    if !text.chars().any(|c| substitute(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| substitute(c).unwrap_or(c)).collect())
}

/// White space of the same length for what cannot be drawn.
fn substitute(c: char, one_line: bool) -> Option<char> {
    match c {
        '\u{0}'..='\u{1f}' | '\u{7f}' => Some(' '),
        // The C1 controls, NEL among them.
        '\u{80}'..='\u{9f}' => Some('\u{a0}'),
        '\u{2029}' => Some('\u{2002}'),
        '\u{2028}' if one_line => Some('\u{2002}'),
        _ => None,
    }
}

/// The graphemes to be set in the emoji family: those with a variation selector for it, keycaps, and those whose
/// characters are emoji by default.
pub(super) fn emoji_ranges(text: &str) -> Vec<Range<usize>> {
    let emoji = CodePointSetData::new::<EmojiPresentation>();
    let asks = |c: char| matches!(c, '\u{fe0f}' | '\u{20e3}') || (c >= '\u{231a}' && emoji.contains(c));
    if !text.chars().any(asks) {
        return Vec::new();
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let segmenter = GraphemeClusterSegmenter::new();
    let mut start = 0;
    for end in segmenter.segment_str(text).skip(1) {
        let grapheme = text.get(start..end).unwrap_or_default();
        if grapheme.chars().any(asks) && !grapheme.contains('\u{fe0e}') {
            match ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => ranges.push(start..end),
            }
        }
        start = end;
    }
    ranges
}

/// The stretches of Arabic letters, with the space and punctuation between them, as whole graphemes.
pub(super) fn arabic_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    // Whether nothing but space and punctuation came since the last Arabic letter, and no more than marks.
    let (mut near, mut attached) = (false, false);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_arabic(c) {
            match ranges.last_mut() {
                Some(last) if near => last.end = end,
                _ => ranges.push(at..end),
            }
            (near, attached) = (true, true);
        } else if attached && attaches(c) {
            if let Some(last) = ranges.last_mut() {
                last.end = end;
            }
        } else {
            near &= !c.is_alphanumeric();
            attached = false;
        }
    }
    ranges
}

/// Letters, marks, digits, and punctuation of the Arabic blocks.
const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{870}'..='\u{8ff}')
        || matches!(c, '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// Marks and joiners of any script, which belong to the letter before them.
const fn attaches(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
        || matches!(c, '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_white_space_of_their_own_length() {
        let text = "a\tb\u{b}c\u{85}d\u{7f}e\r\nf\u{2029}g\u{2028}h";
        for one_line in [false, true] {
            let drawn = drawable(text, one_line);
            assert_eq!(drawn.len(), text.len());
            assert!(!drawn.chars().any(char::is_control), "{drawn:?}");
            assert_eq!(drawn.contains('\u{2028}'), !one_line);
            for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
                assert_eq!(drawn.get(at..at + c.len_utf8()), Some(c.to_string().as_str()));
            }
        }
    }

    #[test]
    fn a_text_without_controls_is_not_copied() {
        assert!(matches!(drawable("حلب, Alep", false), Cow::Borrowed(_)));
    }

    #[test]
    fn emoji_are_found_by_selector_keycap_and_default() {
        let found = |text: &str| -> Vec<String> {
            emoji_ranges(text)
                .into_iter()
                .filter_map(|range| text.get(range).map(str::to_owned))
                .collect()
        };
        assert_eq!(found("heart ❤\u{fe0f} end"), ["❤\u{fe0f}"]);
        assert_eq!(found("press 1\u{fe0f}\u{20e3} or 2"), ["1\u{fe0f}\u{20e3}"]);
        assert_eq!(found("a 🧕🏽🔥 b"), ["🧕🏽🔥"]);
        assert_eq!(found("flag 🇸🇾."), ["🇸🇾"]);
        assert!(found("text heart ❤ and digit 1 © ⌚\u{fe0e}").is_empty());
    }

    #[test]
    fn arabic_is_found_with_what_stands_between_its_words() {
        let found = |text: &'static str| -> Vec<&str> {
            let ranges = arabic_ranges(text).into_iter();
            ranges.filter_map(|range| text.get(range)).collect()
        };
        assert_eq!(
            found("قال Emmanuel إن القوات، (وصلت)."),
            ["قال", "إن القوات، (وصلت"]
        );
        assert_eq!(found("ب\u{301}\u{200d} x"), ["ب\u{301}\u{200d}"]);
        assert_eq!(found("في 18 متظاهرا"), ["في", "متظاهرا"]);
        assert!(found("plus de 50").is_empty());
    }
}
