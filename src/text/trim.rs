//! Trimming: taking off what a selection has at its ends and a span should not have.
//!
//! Knows nothing of words; it looks at characters alone.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory as Category, WordBreak};

use super::content::Text;
use super::digit::digit_value;
use super::grapheme;
use super::offset::{ByteRange, range};
use super::pairs::{partner_of_first, partner_of_last};

impl Text {
    /// A range without the space and punctuation at its ends. Kept are
    /// - a bracket or quotation mark whose partner is inside, as in `État islamique (EI)`; a pair around the whole goes;
    /// - a percent sign, currency, or sign beside a digit: `50 %`, `$50`, `+3`;
    /// - what belongs to the word: the last full stop of `U.S.`, a Hebrew geresh;
    /// - a range of nothing but punctuation, which loses its space only.
    ///
    /// Whole clusters are taken off or kept. A range outside the text or inside a code point comes back as it is.
    #[must_use]
    pub fn trim(&self, range_given: ByteRange) -> ByteRange {
        let Some(words) = self.slice(range_given) else {
            return range_given;
        };
        let base = range_given.start().get();
        let kept = trimmed(words);
        let kept = if kept.is_empty() {
            without_space(words)
        } else {
            kept
        };
        let (start, end) = (base + kept.start, base + kept.end);
        // The words alone may hide a cluster that the text around them makes; then the end stays where it was.
        let is_whole = |at: usize| grapheme::is_boundary(self.as_str(), at);
        range(
            if is_whole(start) { start } else { base },
            if is_whole(end) {
                end
            } else {
                range_given.end().get()
            },
        )
    }
}

/// What remains without the space at the ends; nothing else goes, not even a pair around the whole.
fn without_space(words: &str) -> std::ops::Range<usize> {
    let start = words.len() - words.trim_start_matches(is_space).len();
    start..words.trim_end_matches(is_space).len().max(start)
}

/// What remains when what [`is_trimmed`] names goes, and pairs around the whole.
fn trimmed(words: &str) -> std::ops::Range<usize> {
    let (mut start, mut end) = (0, words.len());
    while start < end {
        let inside = words.get(start..end).unwrap_or_default();
        let (Some(first), Some(last)) = (inside.chars().next(), inside.chars().next_back()) else {
            break;
        };
        let last_at = inside.len() - last.len_utf8();
        let partner = partner_of_first(inside);
        if partner.is_some_and(|partner| partner == last_at) {
            start += first.len_utf8();
            end -= last.len_utf8();
        } else if partner.is_none() && is_trimmed(inside, 0, first) {
            start += first.len_utf8();
        } else if partner_of_last(inside).is_none() && is_trimmed(inside, last_at, last) {
            end -= last.len_utf8();
        } else {
            break;
        }
    }
    start..end.max(start)
}

fn is_space(c: char) -> bool {
    let category = CodePointMapData::<Category>::new().get(c);
    c.is_whitespace() || matches!(category, Category::Control | Category::Format)
}

fn is_trimmed(words: &str, at: usize, c: char) -> bool {
    is_space(c) || (is_mark(c) && !belongs(words, at, c))
}

/// Whether a character is punctuation or a sign; pictographs and other symbols say something by themselves.
fn is_mark(c: char) -> bool {
    matches!(
        CodePointMapData::<Category>::new().get(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
            | Category::MathSymbol
            | Category::CurrencySymbol
            | Category::ModifierSymbol
    )
}

/// Whether a mark at an end of the words belongs to what stands beside it.
fn belongs(words: &str, at: usize, c: char) -> bool {
    let ahead = words.get(..at).unwrap_or_default();
    let behind = words.get(at + c.len_utf8()..).unwrap_or_default();
    let number_ahead = ahead.chars().next_back().and_then(digit_value).is_some();
    let number_behind = behind.chars().next().and_then(digit_value).is_some();
    let is_currency = CodePointMapData::<Category>::new().get(c) == Category::CurrencySymbol;
    let is_percent = matches!(c, '%' | '٪' | '‰' | '\u{609}' | '％');
    if is_currency || is_percent {
        let ends_in_digit = |text: &str| {
            text.trim_end()
                .chars()
                .next_back()
                .and_then(digit_value)
                .is_some()
        };
        let starts_with_digit = |text: &str| text.trim_start().chars().next().and_then(digit_value).is_some();
        return ends_in_digit(ahead) || starts_with_digit(behind);
    }
    match c {
        '+' => number_ahead || number_behind,
        '-' | '\u{2212}' | '±' | '~' | '≈' | '<' | '>' | '≤' | '≥' => number_behind,
        '.' => ends_in_dotted_acronym(ahead),
        // The geresh of an abbreviation, and the apostrophe typed for it (WB7a).
        '\u{5f3}' | '\'' | '\u{2019}' => ahead
            .chars()
            .next_back()
            .is_some_and(|c| CodePointMapData::<WordBreak>::new().get(c) == WordBreak::HebrewLetter),
        _ => false,
    }
}

/// Whether single letters between full stops end here, without the last stop: `U.S`.
fn ends_in_dotted_acronym(ahead: &str) -> bool {
    let mut back = ahead.chars().rev();
    let (last, stop, first, before) = (back.next(), back.next(), back.next(), back.next());
    last.is_some_and(char::is_alphabetic)
        && stop == Some('.')
        && first.is_some_and(char::is_alphabetic)
        && !before.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::super::marked::{any_text, mark, unmark};
    use super::*;
    use proptest::prelude::*;

    /// What is selected between `⟨⟩`, what is left of it between `⟦⟧`.
    fn check(marked: &str) {
        let (content, marks) = unmark(marked, &['⟨', '⟦', '⟧', '⟩']);
        let given = range(marks[0].1, marks[marks.len() - 1].1);
        let kept = Text::new(content.as_str()).trim(given);
        let found = [
            (given.start().get(), '⟨'),
            (kept.start().get(), '⟦'),
            (kept.end().get(), '⟧'),
            (given.end().get(), '⟩'),
        ];
        assert_eq!(mark(&content, &found), marked);
    }

    #[test]
    fn a_range_of_nothing_but_a_pair_keeps_it() {
        check("⟨⟦״״⟧⟩");
        check("⟨ ⟦()⟧ ⟩");
    }

    #[test]
    fn space_and_punctuation_go() {
        check("⟨ ⟦Alep⟧, ⟩et");
        check("⟨«\u{a0}⟦Alep⟧\u{a0}»⟩");
        check("⟨«\u{202f}⟦Alep⟧\u{202f}».⟩");
        check("⟨— ⟦plus de 50 civils⟧ :⟩");
        check("⟨،⟦حلب⟧؟⟩");
        check("⟨\u{200f}⟦حلب⟧\u{200e}\n⟩");
        check("⟨「⟦阿勒颇⟧」。⟩");
        check("⟨#⟦Alep⟧…⟩");
        check("⟨¿⟦Qué⟧?⟩");
        check("⟨⟦हलब⟧।⟩");
        check("⟨\r\n⟦a⟧\r\n⟩");
        check("⟨⟦⟧⟩");
    }

    #[test]
    fn a_mark_stays_where_its_partner_is_inside() {
        check("⟨⟦Islamic State (ISIS)⟧,⟩");
        check("⟨(⟦ISIS⟧)⟩");
        check("⟨⟦(al-)Qaïda⟧.⟩");
        check("⟨(⟦ISIS⟧⟩");
        check("⟨⟦ISIS⟧)⟩");
        check("⟨⟦(A) et (B)⟧⟩");
        check("⟨“⟦the “A” team⟧”⟩");
        check("⟨⟦groupe « Daech »⟧ ⟩");
        check("⟨⟦the so-called \"state\"⟧.⟩");
        check("⟨\"⟦state⟧\"⟩");
        check("⟨[(⟦x⟧)]⟩");
        check("⟨⟦تنظيم «داعش»⟧،⟩");
        check("⟨⟦ארגון ״חמאס״⟧.⟩");
        check("⟨⟦「A」和「B」⟧⟩");
    }

    #[test]
    fn signs_stay_beside_a_digit() {
        check("⟨⟦50 %⟧.⟩");
        check("⟨⟦50\u{202f}%⟧ ⟩");
        check("⟨⟦٥٠٪⟧،⟩");
        check("⟨⟦%50⟧⟩");
        check("⟨⟦$50⟧,⟩");
        check("⟨⟦50 €⟧)⟩");
        check("⟨⟦-5⟧ ⟩");
        check("⟨- ⟦5 morts⟧⟩");
        check("⟨⟦50+⟧.⟩");
        check("⟨⟦±3⟧⟩");
        check("⟨€ ⟦Alep⟧ %⟩");
        check("⟨⟦50⟧-⟩");
    }

    #[test]
    fn what_belongs_to_the_word_stays() {
        check("the ⟨⟦U.S.⟧, ⟩");
        check("⟨⟦the end⟧.⟩");
        check("⟨⟦רח׳⟧, ⟩");
        check("⟨⟦rebels⟧'⟩");
        check("⟨⟦👩\u{200d}👧⟧!⟩");
        check("⟨⟦e\u{301}⟧.⟩");
        check("⟨⟦1\u{fe0f}\u{20e3}⟧ ⟩");
        check("⟨⟦38°⟧⟩");
    }

    #[test]
    fn nothing_but_punctuation_loses_its_space_only() {
        check("a⟨ ⟦!?⟧ ⟩b");
        check("a⟨  ⟦⟧⟩b");
    }

    #[test]
    fn a_range_that_is_no_text_comes_back() {
        let text = Text::new("é,");
        for (start, end) in [(1, 3), (0, 9), (7, 9)] {
            assert_eq!(text.trim(range(start, end)), range(start, end));
        }
    }

    proptest! {
        #[test]
        fn trimming_stays_inside_on_clusters_and_settles(content in any_text(), one in 0_usize..200, other in 0_usize..200) {
            let text = Text::new(content.as_str());
            let given = text.snap_to_graphemes(range(one, other));
            let kept = text.trim(given);
            prop_assert!(given.covers(kept));
            prop_assert!(text.is_grapheme_boundary(kept.start()) && text.is_grapheme_boundary(kept.end()));
            prop_assert_eq!(text.trim(kept), kept);
            let words = text.slice(given).unwrap();
            prop_assert!(!kept.is_empty() || words.chars().all(is_space));
        }
    }
}
