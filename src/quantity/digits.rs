//! Rows of digits with what stands between them: `12 341`, `12.341`, `١٢٬٣٤١`, `1,23,456`, `2,5`.
//!
//! Knows no language, so what can be read in two ways is kept in both.

use crate::text::digit_value;

/// A row of digits, read as whole and as a fraction where it can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Digits {
    /// As a whole number.
    pub whole: Option<u64>,
    /// As a number with a decimal mark.
    pub decimal: Option<Decimal>,
    /// How many digits it has, where nothing groups them.
    pub plain: Option<usize>,
}

/// A number with a decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    /// All its digits as one number.
    pub digits: u64,
    /// How many of them are behind the mark.
    pub places: u32,
    /// The mark.
    pub mark: char,
}

/// A row of digits and what stands before it.
struct Group {
    separator: Option<char>,
    digits: String,
}

/// Reads the row that starts here, and says how many characters it takes.
pub(super) fn read(chars: &[char]) -> (Digits, usize) {
    let mut groups = Vec::new();
    let (first, mut at) = group(chars);
    groups.push(Group {
        separator: None,
        digits: first,
    });
    while let Some(separator) = chars.get(at).copied().and_then(separator) {
        let (digits, len) = group(chars.get(at + 1..).unwrap_or_default());
        // A space groups by three and nothing else; what else stands behind one is another number.
        let is_spaced = separator == ' ';
        let head = groups.first().map_or(0, |group| group.digits.len());
        let goes_on = groups.iter().skip(1).all(|group| group.separator == Some(' '));
        if len == 0 || (is_spaced && !(len == 3 && head <= 3 && goes_on)) {
            break;
        }
        groups.push(Group {
            separator: Some(separator),
            digits,
        });
        at += 1 + len;
    }
    (classify(&groups), at)
}

/// The digits at the start, as ASCII, and how many characters they take.
fn group(chars: &[char]) -> (String, usize) {
    let digits: String = chars
        .iter()
        .map_while(|c| digit_value(*c))
        .map(|digit| char::from(b'0' + digit))
        .collect();
    let len = digits.len();
    (digits, len)
}

/// What can stand between digits, in one form each.
fn separator(c: char) -> Option<char> {
    Some(match c {
        ',' | '،' | '，' => ',',
        '.' | '．' => '.',
        '\'' | '\u{2019}' | '\u{2bc}' | '\u{2032}' => '\'',
        '\u{66c}' => '\u{66c}',
        '\u{66b}' => '\u{66b}',
        '/' | ':' => '/',
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2008}' | '\u{2007}' => ' ',
        _ => return None,
    })
}

fn classify(groups: &[Group]) -> Digits {
    let all: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let value: Option<u64> = all.parse().ok();
    let separators: Vec<char> = groups.iter().filter_map(|group| group.separator).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    match separators.as_slice() {
        [] => Digits {
            whole: value,
            decimal: None,
            plain: Some(all.len()),
        },
        separators if separators.contains(&'/') => Digits::default(),
        [.., last] => {
            let is_one_kind = separators.iter().all(|separator| separator == last);
            let whole = (is_one_kind && *last != '\u{66b}' && is_grouped(&lengths, *last))
                .then_some(value)
                .flatten();
            let head = lengths.split_last().map_or(&[][..], |(_, head)| head);
            let grouped_before = separators.len() == 1
                || separators.split_last().is_some_and(|(_, before)| {
                    let kind = before.first().copied().unwrap_or_default();
                    kind != *last && before.iter().all(|one| *one == kind) && is_grouped(head, kind)
                });
            let can_be_decimal = matches!(*last, ',' | '.' | '\u{66b}') && grouped_before;
            let places = lengths.last().copied().unwrap_or(0) as u32;
            Digits {
                whole,
                decimal: value.filter(|_| can_be_decimal).map(|digits| Decimal {
                    digits,
                    places,
                    mark: *last,
                }),
                plain: None,
            }
        }
    }
}

/// Whether groups are of three digits, or, with commas, of two and at last three, as in India.
fn is_grouped(lengths: &[usize], separator: char) -> bool {
    let [first, middle @ .., last] = lengths else {
        return false;
    };
    let by_threes = *first <= 3 && *last == 3 && middle.iter().all(|len| *len == 3);
    let by_twos = separator == ',' && *first <= 2 && *last == 3 && middle.iter().all(|len| *len == 2);
    *first > 0 && (by_threes || by_twos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Option<u64> {
        let chars: Vec<char> = text.chars().collect();
        let (digits, len) = read(&chars);
        assert_eq!(len, chars.len(), "{text}");
        digits.whole
    }

    #[test]
    fn digits_of_any_script_in_any_grouping_are_one_number() {
        for text in [
            "12341",
            "12 341",
            "12\u{a0}341",
            "12\u{202f}341",
            "12,341",
            "12.341",
            "12'341",
            "12’341",
            "١٢٬٣٤١",
            "١٢٣٤١",
            "۱۲۳۴۱",
            "१२,३४१",
            "১২,৩৪১",
            "１２，３４１",
        ] {
            assert_eq!(whole(text), Some(12_341), "{text}");
        }
        assert_eq!(whole("1,23,456"), Some(123_456));
        assert_eq!(whole("१,२३,४५६"), Some(123_456));
        assert_eq!(whole("1.234.567"), Some(1_234_567));
        assert_eq!(whole("1 234 567"), Some(1_234_567));
    }

    #[test]
    fn what_is_no_whole_number_has_none() {
        for text in ["2,5", "12/05", "12:30", "12.05.2022", "1,2,3", "٢٫٥", "1.234,5"] {
            assert_eq!(whole(text), None, "{text}");
        }
        let (digits, _) = read(&"1.234,5".chars().collect::<Vec<_>>());
        assert_eq!(
            digits.decimal,
            Some(Decimal {
                digits: 12_345,
                places: 1,
                mark: ','
            })
        );
    }

    #[test]
    fn a_space_before_anything_but_three_digits_ends_the_number() {
        for (text, first) in [
            ("12 34", "12"),
            ("2022 300", "2022"),
            ("12 3411", "12"),
            ("12, 341", "12"),
            ("12.", "12"),
        ] {
            let (_, len) = read(&text.chars().collect::<Vec<_>>());
            assert_eq!(text.get(..len), Some(first), "{text}");
        }
    }
}
