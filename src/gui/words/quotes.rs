//! Quotes of the text in which something may not be seen.

use super::shorten;

/// Words of the text in quotation marks, isolated, for they may run either way.
pub fn quoted(quote: &str) -> String {
    format!("“\u{2068}{quote}\u{2069}”")
}

/// Words of the text in quotation marks, isolated, for they may run either way; what is only space or a line break by
/// its name.
pub fn quote_or_break(text: &str, most: usize) -> String {
    let short = shorten(text, most);
    if !short.is_empty() {
        return quoted(&short);
    }
    let is_break = text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    (if is_break { LINE_BREAK } else { SPACE }).to_owned()
}

/// What a selected line break is called.
const LINE_BREAK: &str = "line break";
/// What selected space is called.
const SPACE: &str = "space";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_in_a_quote_has_its_name() {
        assert_eq!(quote_or_break("\n", 40), "line break");
        assert_eq!(quote_or_break("\r\n\r\n", 40), "line break");
        assert_eq!(quote_or_break("  ", 40), "space");
        assert_eq!(quote_or_break("Alep\n", 40), "“\u{2068}Alep\u{2069}”");
    }
}
