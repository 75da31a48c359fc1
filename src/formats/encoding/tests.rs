//! Bytes as data: what each reads as.

use super::*;

fn read(bytes: &[u8]) -> (String, &'static str) {
    let decoded = decode(bytes).unwrap();
    assert_eq!(decoded.warnings, []);
    (decoded.text, decoded.encoding)
}

fn refusal(bytes: &[u8]) -> Diagnostic {
    let found = decode(bytes).unwrap_err();
    assert!(found.hint.is_some(), "{found}");
    found
}

#[test]
fn a_mark_is_not_text_and_nothing_else_is_touched() {
    for text in ["é\r\n\u{2028}a\t\u{a0}", "\u{feff}twice"] {
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let decoded = decode(&marked).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.had_bom), (text, true));
    }
}
