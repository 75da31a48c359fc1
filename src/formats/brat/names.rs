//! Names and values as brat takes them, and back. What brat refuses is written as `_xHEX_`, so that a file explains
//! itself without any table. Knows no lines.

/// Characters at which Python's `readlines` ends a line: no fragment and no line of an `.ann` file may hold one.
pub(super) fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A type or a name in `[A-Za-z0-9_-]+`. One that ends in a digit keeps it, which roles must not: see [`role_name`].
pub(in super::super) fn type_name(name: &str) -> String {
    escaped(name, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// A role. brat numbers roles that are there twice, so a digit at the end of its own name is escaped.
pub(super) fn role_name(name: &str) -> String {
    let mut written = type_name(name);
    if let Some(digit) = written.pop() {
        if digit.is_ascii_digit() {
            written.extend([format!("_x{:x}_", u32::from(digit))]);
        } else {
            written.push(digit);
        }
    }
    written
}

/// A value or a note on one line. An empty one is `_x_`, because brat takes nothing for a flag that is set.
pub(super) fn one_line(value: &str) -> String {
    if value.is_empty() {
        return "_x_".to_owned();
    }
    let written = escaped(value, |c| !ends_line(c) && !c.is_control());
    let inner = written.trim_matches(char::is_whitespace);
    if inner.len() == written.len() {
        return written;
    }
    // brat trims a value; white space at its ends is kept by its escape.
    let at = written.find(inner).unwrap_or_default();
    let (before, rest) = written.split_at(at);
    let (inner, after) = rest.split_at(inner.len());
    [
        escaped(before, |_| false),
        inner.to_owned(),
        escaped(after, |_| false),
    ]
    .concat()
}

/// A label in a column of a table that is cut at white space.
pub(in super::super) fn column_name(name: &str) -> String {
    escaped(name, |c| !c.is_whitespace() && !c.is_control())
}

/// What [`type_name`], [`role_name`], [`column_name`], and [`one_line`] were given.
pub(in super::super) fn unescaped(written: &str) -> String {
    let mut name = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once("_x") {
        name.push_str(before);
        let character = behind.split_once('_').and_then(|(hex, after)| {
            let is_hex = hex.len() <= 6
                && hex
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
            if hex.is_empty() {
                return Some((None, after));
            }
            let code = u32::from_str_radix(hex, 16).ok().filter(|_| is_hex)?;
            Some((Some(char::from_u32(code)?), after))
        });
        if let Some((character, after)) = character {
            name.extend(character);
            rest = after;
        } else {
            name.push_str("_x");
            rest = behind;
        }
    }
    name.push_str(rest);
    name
}

/// Everything but what is kept, and every `_` before an `x`, as its code.
pub(in super::super) fn escaped(name: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut written = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        if is_kept(c) && !(c == '_' && characters.peek() == Some(&'x')) {
            written.push(c);
        } else {
            written.extend([format!("_x{:x}_", u32::from(c))]);
        }
    }
    written
}
