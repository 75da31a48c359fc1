//! UTF-16 without a byte-order mark.
//!
//! Every pair of bytes is a code unit in both byte orders, so the evidence is what the units say: real text has
//! white space or the punctuation of its script every few dozen characters, no controls, and no unassigned
//! characters; the same bytes in the other order, or bytes of another encoding read as UTF-16, do not.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// How much of a file is looked at, in bytes.
const SAMPLE: usize = 1 << 16;

/// The byte order of a file that is UTF-16, else nothing.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let little = anchors(sample, u16::from_le_bytes);
    let big = anchors(sample, u16::from_be_bytes);
    match (little, big) {
        (Some(little), Some(big)) if big > little => Some(UTF_16BE),
        (Some(_), _) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        (None, None) => None,
    }
}

/// How many characters are white space or common punctuation, or nothing where this cannot be text.
fn anchors(sample: &[u8], unit: fn([u8; 2]) -> u16) -> Option<usize> {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let (pairs, _) = sample.as_chunks::<2>();
    let cut = sample.len() == SAMPLE;
    let (mut all, mut anchors) = (0_usize, 0_usize);
    let mut decoded = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).peekable();
    while let Some(c) = decoded.next() {
        let Ok(c) = c else {
            // The sample may end between the halves of a surrogate pair.
            if cut && decoded.peek().is_none() {
                break;
            }
            return None;
        };
        all += 1;
        anchors += usize::from(is_anchor(c));
        let impossible = super::is_odd_control(c)
            || matches!(
                categories.get(c),
                GeneralCategory::Unassigned | GeneralCategory::PrivateUse
            );
        if impossible {
            return None;
        }
    }
    (anchors * 100 >= all && anchors > 0).then_some(anchors)
}

fn is_anchor(c: char) -> bool {
    matches!(
        c,
        ' ' | '\n' | '\r' | '\t' | '\u{a0}' | '.' | ',' | '\u{60c}' | '\u{964}' | '\u{3000}'
            ..='\u{3002}' | '\u{ff0c}'
    )
}
