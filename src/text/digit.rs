//! Decimal digits of every script.
//!
//! Knows nothing of numbers: what a row of digits or number words says is the quantity reader's business.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// The value of a decimal digit (general category Nd) of any script: 5 for `5`, `٥`, `۵`, `५`, `５`.
///
/// Unicode encodes the digits of a script as ten code points in a row from zero (UAX #44, stability of
/// `Numeric_Type=Decimal`), so the value is the place in its row, counted from where the digits begin.
pub fn digit_value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|digit| digit as u8);
    }
    if !is_decimal(u32::from(c)) {
        return None;
    }
    let place = (1..=u32::from(c))
        .take_while(|back| is_decimal(u32::from(c) - back))
        .count();
    Some((place % 10) as u8)
}

/// A text with the digits of every script as ASCII digits; the rest as it is. Offsets may move.
pub fn to_ascii_digits(text: &str) -> String {
    text.chars()
        .map(|c| digit_value(c).map_or(c, |digit| char::from(b'0' + digit)))
        .collect()
}

fn is_decimal(code_point: u32) -> bool {
    CodePointMapData::<GeneralCategory>::new().get32(code_point) == GeneralCategory::DecimalNumber
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_their_value() {
        for digits in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "०१२३४५६७८९",
            "๐๑๒๓๔๕๖๗๘๙",
            "０１２３４５６７８９",
            "០១២៣៤៥៦៧៨៩",
            "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
            "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
        ] {
            let values: Vec<_> = digits.chars().map(digit_value).collect();
            assert_eq!(values, (0..10).map(Some).collect::<Vec<_>>(), "{digits}");
            assert_eq!(to_ascii_digits(digits), "0123456789");
        }
    }

    #[test]
    fn what_is_no_decimal_digit_has_none() {
        for c in ['a', '½', '²', 'Ⅳ', '五', '①', '٪', '\u{19da}'] {
            assert_eq!(digit_value(c), None, "{c}");
        }
        assert_eq!(to_ascii_digits("عام ٢٠٢٢ ½"), "عام 2022 ½");
    }

    #[test]
    fn every_row_of_digits_holds_whole_tens() {
        let all: Vec<u32> = ('\u{80}'..=char::MAX)
            .map(u32::from)
            .filter(|c| is_decimal(*c))
            .collect();
        let rows = all.chunk_by(|one, next| one + 1 == *next);
        let mut count = 0;
        for row in rows {
            assert_eq!(row.len() % 10, 0, "from {:x}", row[0]);
            count += row.len();
        }
        assert!(count > 600, "{count} digits");
    }
}
