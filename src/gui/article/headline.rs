//! The line of a text that is its headline, so that it is set as one and is not shown twice.
//!
//! Looks at the first lines only, however long the text is.

use crate::text::{ByteOffset, ByteRange, Text, fold};

/// Nothing longer is a headline, in code points.
const LONGEST: usize = 200;
/// How much of a text is looked at, in bytes, and how many of its lines that hold words: scraped pages open with
/// navigation.
const REACH: usize = 8 << 10;
const LINES: usize = 30;

/// Where a title stands in the text, whatever its case, its marks, and its spaces.
pub(super) fn headline(text: &Text, title: &str) -> Option<ByteRange> {
    let wanted = fold(title.trim());
    if wanted.is_empty() {
        return None;
    }
    first_lines(text)
        .find(|(_, line)| fold(line) == wanted)
        .map(|(range, _)| range)
}

/// The first line that holds words, where it is short enough for a headline: the title of an article that has none.
pub fn first_line(text: &Text) -> Option<&str> {
    first_lines(text)
        .next()
        .map(|(_, line)| line)
        .filter(|line| line.chars().count() <= LONGEST)
}

/// The first lines that hold words, trimmed. One that is cut off where the look ends is left out.
fn first_lines(text: &Text) -> impl Iterator<Item = (ByteRange, &str)> {
    let whole = text.as_str();
    let end = (0..=REACH.min(whole.len()))
        .rev()
        .find(|at| whole.is_char_boundary(*at));
    let start = whole.get(..end.unwrap_or_default()).unwrap_or_default();
    let is_whole = start.len() == whole.len();
    let lines = start.split_inclusive(['\n', '\r', '\u{85}', '\u{2029}']);
    let mut at = 0;
    lines
        .filter(move |line| is_whole || line.ends_with(['\n', '\r', '\u{85}', '\u{2029}']))
        .filter_map(move |line| {
            let words = line.trim();
            let first = at + line.len() - line.trim_start().len();
            at += line.len();
            let range = ByteRange::between(ByteOffset::new(first), ByteOffset::new(first + words.len()));
            (!words.is_empty()).then_some((range, words))
        })
        .take(LINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: &str, expected: Option<&str>) {
        let text = Text::new(text);
        let found = headline(&text, title).map(|range| text.slice(range).unwrap());
        assert_eq!(found, expected);
    }

    #[test]
    fn the_line_that_is_the_title_is_found_behind_navigation() {
        check(
            "Accueil > Afrique\r\n\r\n  Raid à Alep \nTexte",
            "Raid à Alep",
            Some("Raid à Alep"),
        );
        check("RAID À ALEP\nTexte", "Raid a\u{300} Alep", Some("RAID À ALEP"));
        check("غارة على حلب", "غارة على حلب", Some("غارة على حلب"));
        check("Texte seul\nAutre", "Raid", None);
        check("", "Raid", None);
        check("\n \n", " ", None);
    }

    #[test]
    fn a_line_far_down_or_cut_off_is_no_headline() {
        check(&format!("{}Raid\n", "x\n".repeat(LINES)), "Raid", None);
        let long = "é".repeat(REACH);
        check(&long, &long, None);
        assert_eq!(first_line(&Text::new(long)), None);
        assert_eq!(first_line(&Text::new("\n  Raid \nTexte")), Some("Raid"));
    }
}
