//! Windows-1256 or ISO-8859-6: two encodings of Arabic that agree on half of the letters.
//!
//! From alef to dad (C1–D6) both are alike. Behind that Windows has French letters between the Arabic ones,
//! where ISO has the rest of the alphabet and, at EB–F2, the vowel signs. So each wrong reading shows itself: read
//! as Windows, an ISO text has French letters inside Arabic words; read as ISO, a Windows text has case endings
//! inside words (its yeh, the commonest letter, is ISO's kasratan) or bytes that ISO does not have at all.

use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1256};

/// Chooses between the two for a text that is in one of them; Windows where nothing tells.
pub(super) fn choose(bytes: &[u8]) -> &'static Encoding {
    let Some(iso) = ISO_8859_6.decode_without_bom_handling_and_without_replacement(bytes) else {
        return WINDOWS_1256;
    };
    let (windows, _) = WINDOWS_1256.decode_without_bom_handling(bytes);
    if faults(&iso) < faults(&windows) {
        ISO_8859_6
    } else {
        WINDOWS_1256
    }
}

/// Pairs of neighbours that no word has: a Latin letter beside an Arabic one, a tanwin before a letter other than
/// alef, a vowel sign without a letter in front, a C1 control.
fn faults(text: &str) -> usize {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .filter(|&(one, next)| {
            (is_letter(one) && is_latin(next))
                || (is_latin(one) && is_letter(next))
                || (is_tanwin(one) && is_letter(next) && next != 'ا')
                || (is_sign(next) && !is_letter(one) && !is_sign(one) && one != '\u{640}')
                || ('\u{80}'..='\u{9f}').contains(&next)
        })
        .count()
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}')
}

fn is_tanwin(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{64d}')
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}')
}
