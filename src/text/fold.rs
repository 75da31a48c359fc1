//! Folding for search: two spellings that a reader takes for the same become the same string.
//!
//! Knows nothing of languages: what one script allows is allowed everywhere. The result is for comparing, never for
//! showing, and its offsets are not the text's.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, Script};

use super::digit::digit_value;

/// A string without case (full case folding), diacritics and vowel points (Latin, Greek, Cyrillic, Arabic, Hebrew,
/// Syriac; those of other scripts are letters to their readers), tatweel and invisible characters, in one form of alef,
/// hamza, ya, kaf, ta marbuta, of digits, quotes, hyphens, spaces, and widths (NFKD of UAX #15).
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().map(fold_ascii).collect();
    }
    // Points at compiled data: making it costs nothing.
    let normalizer = DecomposingNormalizerBorrowed::new_nfkd();
    let mut folded = String::with_capacity(text.len());
    for c in normalizer
        .normalize_iter(text.chars())
        .filter(|c| !is_ignored(*c))
    {
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
    folded
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
            !is_kana_voicing
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
        check(&["STRASSE", "Straße"]);
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

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in super::super::marked::any_text()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
