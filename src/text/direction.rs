//! The base direction of a paragraph.
//!
//! Knows nothing of the order inside a line: that is the layout's, which resolves the levels of UAX #9.

use unicode_bidi::BidiClass;

use super::paragraph::Paragraph;

/// Which way a paragraph reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Latin, Cyrillic, Chinese, Devanagari…
    #[default]
    LeftToRight,
    /// Arabic, Hebrew, Syriac…
    RightToLeft,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::LeftToRight => Self::RightToLeft,
            Self::RightToLeft => Self::LeftToRight,
        }
    }
}

/// The direction of the first strong character of a text of one or more paragraphs, isolates skipped (UAX #9, P2
/// and P3); none where it has no strong character, as in `12/05/2022`.
pub fn base_direction(text: &str) -> Option<Direction> {
    let mut depth = 0_usize;
    for c in text.chars() {
        match unicode_bidi::bidi_class(c) {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => depth += 1,
            BidiClass::PDI => depth = depth.saturating_sub(1),
            // An isolate that nobody closed ends with its paragraph.
            BidiClass::B => depth = 0,
            BidiClass::L if depth == 0 => return Some(Direction::LeftToRight),
            BidiClass::R | BidiClass::AL if depth == 0 => return Some(Direction::RightToLeft),
            _ => {}
        }
    }
    None
}

/// The direction of each paragraph. One without a strong character (a date, a figure, a rule of dashes) follows the
/// article: the direction in which most of its text reads, left to right where there is none at all.
pub fn paragraph_directions(text: &str, paragraphs: &[Paragraph]) -> Vec<Direction> {
    let own: Vec<Option<Direction>> = paragraphs
        .iter()
        .map(|paragraph| base_direction(text.get(paragraph.content.as_usize()).unwrap_or_default()))
        .collect();
    let bytes_in = |direction| -> usize {
        let those = paragraphs
            .iter()
            .zip(&own)
            .filter(|(_, own)| **own == Some(direction));
        those.map(|(paragraph, _)| paragraph.content.len()).sum()
    };
    let majority = if bytes_in(Direction::RightToLeft) > bytes_in(Direction::LeftToRight) {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    };
    own.into_iter().map(|own| own.unwrap_or(majority)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::Direction::{LeftToRight as L, RightToLeft as R};
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<Direction>) {
        assert_eq!(base_direction(text), expected, "{text:?}");
    }

    #[test]
    fn the_first_strong_character_decides() {
        check("Alep est calme", Some(L));
        check("12 قتيلا في حلب", Some(R));
        check("« حلب » selon Reuters", Some(R));
        check("Reuters: حلب", Some(L));
        check("בירושלים", Some(R));
        check("阿勒颇", Some(L));
        check("हलब", Some(L));
        check("12/05/2022", None);
        check("١٢/٥", None);
        check("", None);
        check("😀 …", None);
        check("\u{200f}2022", Some(R));
    }

    #[test]
    fn isolates_are_skipped() {
        check("\u{2068}حلب\u{2069} is quiet", Some(L));
        check("\u{2067}never closed حلب", None);
        check("\u{2067}never closed\nحلب", Some(R));
        check("\u{2069}حلب", Some(R));
    }

    #[test]
    fn a_neutral_paragraph_follows_most_of_the_article() {
        let check = |text: &str, expected: &[Direction]| {
            assert_eq!(
                paragraph_directions(text, &paragraphs(text)),
                expected,
                "{text:?}"
            );
        };
        check("12/05/2022\nقتل خمسون مدنيا\nAFP", &[R, R, L]);
        check("12/05/2022\nCinquante civils tués\nحلب", &[L, L, R]);
        check("1\n2", &[L, L]);
        check("", &[L]);
    }

    proptest! {
        #[test]
        fn agrees_with_unicode_bidi_on_one_paragraph(text in "(?s)[ -~א-ת؀-ي\u{2066}-\u{2069}\u{200e}\u{200f}0-9٠-٩é]{0,20}") {
            let theirs = match unicode_bidi::get_base_direction(text.as_str()) {
                unicode_bidi::Direction::Ltr => Some(L),
                unicode_bidi::Direction::Rtl => Some(R),
                unicode_bidi::Direction::Mixed => None,
            };
            prop_assert_eq!(base_direction(&text), theirs);
        }
    }
}
