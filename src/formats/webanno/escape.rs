//! What stands escaped in a TSV file: texts, values of features, and the names of features. Knows no lines.

use super::super::brat::names::{type_name, unescaped};

/// Names that are no features, because every annotation has a place of that name.
const TAKEN: [&str; 6] = ["label", "begin", "end", "sofa", "Governor", "Dependent"];

/// In front of the name of a feature that would otherwise be read as something else.
const APART: &str = "x_x_";

/// One line of a text. Line feeds do not come here, because a text is cut at them.
pub(super) fn text(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            '\u{c}' => written.push_str("\\f"),
            '\u{8}' => written.push_str("\\b"),
            '\\' => written.push_str("\\\\"),
            '\0'..='\u{7}' | '\u{e}'..='\u{1f}' => written.extend(['\\', c]),
            c => written.push(c),
        }
    }
    written
}

/// What [`text`] was given. The oldest versions of the format escape as Java does.
pub(super) fn unescaped_text(written: &str, is_java: bool) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once('\\') {
        text.push_str(before);
        let mut characters = behind.chars();
        let (c, after) = match characters.next() {
            Some('t') => ('\t', characters.as_str()),
            Some('n') => ('\n', characters.as_str()),
            Some('r') => ('\r', characters.as_str()),
            Some('f') => ('\u{c}', characters.as_str()),
            Some('b') => ('\u{8}', characters.as_str()),
            Some(c @ ('\\' | '\0'..='\u{1f}')) => (c, characters.as_str()),
            Some(c @ ('"' | '\'' | '/')) if is_java => (c, characters.as_str()),
            Some('u') if is_java => match by_code(characters.as_str()) {
                Some(found) => found,
                None => ('\\', behind),
            },
            _ => ('\\', behind),
        };
        text.push(c);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The character of Java's `uXXXX`, behind the first `u`, and what follows it; a character beyond the first 65,536 is
/// written as two.
fn by_code(behind: &str) -> Option<(char, &str)> {
    let unit = |behind: &str| {
        let hex = behind.trim_start_matches('u');
        let code = u16::from_str_radix(hex.get(..4)?, 16).ok()?;
        Some((code, hex.len()))
    };
    let (first, length) = unit(behind)?;
    let after = behind.get(behind.len() - length + 4..)?;
    if let Some(Ok(c)) = char::decode_utf16([first]).next() {
        return Some((c, after));
    }
    let behind = after.strip_prefix("\\u")?;
    let (second, length) = unit(behind)?;
    let after = behind.get(behind.len() - length + 4..)?;
    let c = char::decode_utf16([first, second]).next()?.ok()?;
    Some((c, after))
}

/// The value of a feature.
pub(super) fn value(value: &str) -> String {
    let mut written = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => written.extend(['\\', c]),
            '-' if characters.peek() == Some(&'>') => written.push_str("\\-"),
            '\t' => written.push_str("\\t"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            c => written.push(c),
        }
    }
    written
}

/// What [`value`] was given.
pub(super) fn unescaped_value(written: &str) -> String {
    let mut value = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once('\\') {
        value.push_str(before);
        let mut characters = behind.chars();
        let c = match characters.next() {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some(c @ ('\\' | '[' | ']' | '|' | '_' | ';' | '*')) => c,
            Some('-') if characters.as_str().starts_with('>') => '-',
            _ => {
                value.push('\\');
                rest = behind;
                continue;
            }
        };
        value.push(c);
        rest = characters.as_str();
    }
    value.push_str(rest);
    value
}

/// The parts of a cell between signs that are not escaped.
pub(super) fn split(cell: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, c) in cell.char_indices() {
        if c == sign && !is_escaped {
            parts.extend(cell.get(start..at));
            start = at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.extend(cell.get(start..));
    parts
}

/// A value without the `[…]` behind it, and what stands in that.
pub(super) fn suffix(value: &str) -> (&str, Option<&str>) {
    let inside = value.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match inside {
        Some((before, inside))
            if !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_digit() || b == b'_') =>
        {
            (before, Some(inside))
        }
        _ => (value, None),
    }
}

/// An attribute's name as that of a feature: letters, digits, and `_`, a letter first.
pub(super) fn feature_name(attribute: &str) -> String {
    let name = type_name(attribute).replace('-', "_x2d_");
    let is_free = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !TAKEN.contains(&name.as_str())
        && !name.starts_with("ROLE_")
        && !name.starts_with("BT_");
    if is_free { name } else { [APART, &name].concat() }
}

/// What [`feature_name`] was given; a feature of others keeps its name.
pub(super) fn attribute_name(feature: &str) -> String {
    unescaped(feature.strip_prefix(APART).unwrap_or(feature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_escaped_as_inception_escapes_them() {
        assert_eq!(value(r"a\[b]|_->-;*"), r"a\\\[b\]\|\_\->-\;\*");
        assert_eq!(value("a\tb\nc"), r"a\tb\nc");
        assert_eq!(unescaped_value(r"a\qb\"), r"a\qb\");
        assert_eq!(text("a\tb\\\u{1}\u{b}\r"), "a\\tb\\\\\\\u{1}\u{b}\\r");
    }

    #[test]
    fn only_signs_that_stand_for_themselves_part_a_cell() {
        assert_eq!(split(r"a\|b|c\\|d", '|'), [r"a\|b", r"c\\", "d"]);
        assert_eq!(suffix(r"PER[12]"), ("PER", Some("12")));
        assert_eq!(suffix("1-1[0_2]"), ("1-1", Some("0_2")));
        assert_eq!(suffix(r"a\[1\]"), (r"a\[1\]", None));
        assert_eq!(suffix("*"), ("*", None));
    }

    #[test]
    fn the_oldest_versions_escape_as_java_does() {
        assert_eq!(
            unescaped_text(r"\u00e9 \uD83D\uDE00 \'a\' \q", true),
            "é 😀 'a' \\q"
        );
        assert_eq!(unescaped_text(r"\u00e9", false), r"\u00e9");
        for cut in 0..12 {
            let _ = unescaped_text(r"\uD83D\uDE00".get(..cut).unwrap(), true);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_escaped_comes_back(given in "[a-z\\\\|_*;\\[\\]>\t\r\n\u{0}\u{1}\u{8}\u{b}\u{c}é😀-]{0,20}") {
            prop_assert_eq!(&unescaped_value(&value(&given)), &given);
            let (line, escaped) = (given.replace('\n', ""), value(&given));
            prop_assert_eq!(&unescaped_text(&text(&line), false), &line);
            let cell = [&escaped, "[3]"].concat();
            prop_assert_eq!(suffix(&cell), (escaped.as_str(), Some("3")));
            let stack = [cell.as_str(), "|", &cell].concat();
            prop_assert_eq!(split(&stack, '|'), [cell.as_str(), &cell]);
            prop_assert!(!text(&line).contains(['\t', '\r']) && !value(&given).contains(['\t', '\r', '\n']));
        }

        #[test]
        fn every_attribute_has_a_name_that_is_one(given in "[a-zA-Z_x -]{1,9}|label|end|ROLE_a|7|ville de départ|x_x_label") {
            let name = feature_name(&given);
            prop_assert_eq!(attribute_name(&name), given);
            prop_assert!(name.starts_with(|c: char| c.is_ascii_alphabetic()), "{}", name);
            prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{}", name);
            prop_assert!(!TAKEN.contains(&name.as_str()), "{}", name);
        }
    }
}
