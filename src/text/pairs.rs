//! Pairs of brackets and quotation marks.
//!
//! Knows which mark closes which; what to do with a pair is [`super::trim`]'s business.

use super::quotation::QUOTATION_MARKS;

/// Opening and closing brackets.
const BRACKETS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('【', '】'),
    ('〔', '〕'),
    ('（', '）'),
    ('［', '］'),
    ('｛', '｝'),
    ('﴾', '﴿'),
];

/// All opening and closing marks.
fn pairs() -> impl Iterator<Item = &'static (char, char)> {
    BRACKETS.iter().chain(QUOTATION_MARKS)
}

/// How many characters apart two marks are still looked upon as partners.
const REACH: usize = 1000;

/// Where the partner of the closing mark that ends `text` starts: the nearest one that is not another's.
pub(super) fn partner_of_last(text: &str) -> Option<usize> {
    let closing = text.chars().next_back()?;
    if !pairs().any(|(_, close)| *close == closing) {
        return None;
    }
    let back = text.char_indices().rev().skip(1);
    partner(back, |c| pairs().any(|pair| *pair == (c, closing)), closing)
}

/// Where the partner of the opening mark that starts `text` starts.
pub(super) fn partner_of_first(text: &str) -> Option<usize> {
    let opening = text.chars().next()?;
    if !pairs().any(|(open, _)| *open == opening) {
        return None;
    }
    let forward = text.char_indices().skip(1);
    partner(forward, |c| pairs().any(|pair| *pair == (opening, c)), opening)
}

/// The first mark that fits and is not the partner of another like `mark`.
fn partner(
    chars: impl Iterator<Item = (usize, char)>,
    fits: impl Fn(char) -> bool,
    mark: char,
) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in chars.take(REACH) {
        if fits(c) {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if c == mark {
            depth += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_found_over_nested_pairs() {
        for (text, place) in [
            ("a (b (c) d)", Some(2)),
            ("« un « deux » »", Some(0)),
            ("b) c)", None),
            ("„ja“", Some(0)),
            ("”så”", Some(0)),
            ("\"a\" \"b\"", Some(4)),
            ("a)", None),
            ("", None),
        ] {
            assert_eq!(partner_of_last(text), place, "{text}");
        }
        for (text, place) in [
            ("(b (c) d) e", Some(8)),
            ("(a (b)", None),
            ("“a”", Some(4)),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(partner_of_first(text), place, "{text}");
        }
    }
}
