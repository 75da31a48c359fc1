//! Whether two tokens had a space between them. A file of columns does not say; these few rules surprise least.

/// Whether a space goes between two tokens of a sentence: not before signs that close, not behind signs that open or
/// an elision, not between scripts that write none. Everywhere else.
pub(super) fn is_spaced(before: &str, behind: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), behind.chars().next()) else {
        return false;
    };
    let closes = |c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…' | '،' | '؛' | '؟' | '।'
        )
    };
    let opens = |c: char| matches!(c, '(' | '[' | '{' | '¿' | '¡');
    let is_apostrophe = |c: char| matches!(c, '\'' | '’');
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    if behind.chars().all(closes) || before.chars().all(opens) {
        return false;
    }
    if is_apostrophe(last) && (1..=LONGEST_ELISION).contains(&letters(before)) {
        return false;
    }
    if is_apostrophe(first) && (1..=LONGEST_CLITIC).contains(&letters(behind)) {
        return false;
    }
    let joins = |c: char| writes_no_spaces(c) || !c.is_alphabetic();
    let is_joined = (writes_no_spaces(last) || writes_no_spaces(first)) && joins(last) && joins(first);
    !is_joined
}

/// Letters of `dell’`, the longest elision that is usual.
const LONGEST_ELISION: usize = 4;

/// Letters of `'ll` and its like.
const LONGEST_CLITIC: usize = 2;

/// Han, Kana, Bopomofo, Thai, Lao, Khmer, Myanmar, Tibetan, and the signs that go with them. Hangul has spaces.
fn writes_no_spaces(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0E00..=0x0FFF
            | 0x1000..=0x109F
            | 0x1780..=0x17FF
            | 0x2E80..=0x312F
            | 0x31A0..=0x31FF
            | 0x3400..=0x9FFF
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE4F
            | 0xFF00..=0xFFEF
            | 0x2_0000..=0x3_FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stand_where_readers_expect_them() {
        for (sentence, expected) in [
            (
                "Plus de 50|,|dit|l’|ONU|(|Reuters|)|.",
                "Plus de 50, dit l’ONU (Reuters).",
            ),
            ("It|'s|the|UN|'s|.", "It's the UN's."),
            ("北|京|发生|50|人|。", "北京发生50人。"),
            ("قُتل|٥٠|،|أمس", "قُتل ٥٠، أمس"),
            ("the|\"|rebels|\"", "the \" rebels \""),
        ] {
            let mut text = String::new();
            let mut before = "";
            for token in sentence.split('|') {
                if is_spaced(before, token) {
                    text.push(' ');
                }
                text.push_str(token);
                before = token;
            }
            assert_eq!(text, expected);
        }
    }
}
