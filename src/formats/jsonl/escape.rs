//! Writing JSON by hand into a buffer: fast, the same bytes each time, and with the line ends of every reader in mind.
//!
//! U+0085, U+2028, and U+2029 are written escaped, because some readers take them for line ends.

use serde_json::Value as Json;

use crate::model::{Attributes, Extra};

/// One line in the making.
#[derive(Debug, Default)]
pub(in crate::formats) struct Line {
    pub(in crate::formats) bytes: Vec<u8>,
}

impl Line {
    /// A comma, where something stands before. A value never ends like an opening, so the last byte tells.
    fn separate(&mut self) {
        if !matches!(self.bytes.last(), None | Some(b'{' | b'[' | b':')) {
            self.bytes.push(b',');
        }
    }

    /// A key; its value must follow.
    pub(in crate::formats) fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.bytes.push(b':');
    }

    /// A key with a string.
    pub(in crate::formats) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.string(value);
    }

    /// A key with a whole number.
    pub(in crate::formats) fn count(&mut self, key: &str, value: usize) {
        self.key(key);
        self.number(value);
    }

    /// A key with a string, where there is one.
    pub(in crate::formats) fn text_if(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    /// A key with yes or no.
    pub(in crate::formats) fn boolean(&mut self, key: &str, value: bool) {
        self.key(key);
        self.json(&Json::Bool(value));
    }

    /// A key with an object as it is.
    pub(in crate::formats) fn map(&mut self, key: &str, object: &Extra) {
        self.key(key);
        self.object(|line| line.extra(object, &[]));
    }

    /// A key with a list of strings.
    pub(in crate::formats) fn texts<'a>(&mut self, key: &str, values: impl Iterator<Item = &'a str>) {
        self.key(key);
        self.list(values, Self::string);
    }

    /// A list whose items are written by a function.
    pub(in crate::formats) fn list<T>(
        &mut self,
        items: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.bytes.push(b'[');
        for item in items {
            self.separate();
            write(self, item);
        }
        self.bytes.push(b']');
    }

    /// A list of two numbers and a string.
    pub(in crate::formats) fn triple(&mut self, (one, other, string): (usize, usize, &str)) {
        self.bytes.push(b'[');
        self.item(|line| line.number(one));
        self.item(|line| line.number(other));
        self.item(|line| line.string(string));
        self.bytes.push(b']');
    }

    /// An item of a list that is opened and closed by hand.
    pub(in crate::formats) fn item(&mut self, write: impl FnOnce(&mut Self)) {
        self.separate();
        write(self);
    }

    /// An object whose keys are written by a function.
    pub(in crate::formats) fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.bytes.push(b'{');
        write(self);
        self.bytes.push(b'}');
    }

    /// Unknown keys behind the known ones; a key that is known here cannot be written twice.
    pub(in crate::formats) fn extra(&mut self, extra: &Extra, known: &[&str]) {
        for (key, value) in extra {
            if !known.contains(&key.as_str()) {
                self.key(key);
                self.json(value);
            }
        }
    }

    /// Attributes under a key, where there are any.
    pub(in crate::formats) fn attributes(&mut self, key: &str, attributes: &Attributes) {
        if attributes.is_empty() {
            return;
        }
        self.key(key);
        self.object(|line| {
            for (id, value) in attributes {
                line.key(id.as_str());
                line.json(&value.to_json());
            }
        });
    }

    pub(in crate::formats) fn number(&mut self, value: usize) {
        self.bytes.extend_from_slice(value.to_string().as_bytes());
    }

    pub(in crate::formats) fn json(&mut self, value: &Json) {
        match value {
            Json::Null => self.bytes.extend_from_slice(b"null"),
            Json::Bool(true) => self.bytes.extend_from_slice(b"true"),
            Json::Bool(false) => self.bytes.extend_from_slice(b"false"),
            Json::Number(number) => self.bytes.extend_from_slice(number.as_str().as_bytes()),
            Json::String(string) => self.string(string),
            Json::Array(items) => self.list(items.iter(), Self::json),
            Json::Object(object) => self.object(|line| line.extra(object, &[])),
        }
    }

    pub(in crate::formats) fn string(&mut self, string: &str) {
        let bytes = string.as_bytes();
        self.bytes.reserve(bytes.len() + 2);
        self.bytes.push(b'"');
        let mut done = 0;
        let mut at = 0;
        while let Some(offset) = bytes.get(at..).and_then(stop_in) {
            at += offset;
            let rest = bytes.get(at..).unwrap_or_default();
            let Some((escape, length)) = escaped(rest) else {
                at += 1;
                continue;
            };
            self.bytes
                .extend_from_slice(bytes.get(done..at).unwrap_or_default());
            match escape {
                Escape::Short(letter) => self.bytes.extend_from_slice(&[b'\\', letter]),
                Escape::Code(code) => self.bytes.extend_from_slice(format!("\\u{code:04x}").as_bytes()),
            }
            at += length;
            done = at;
        }
        self.bytes
            .extend_from_slice(bytes.get(done..).unwrap_or_default());
        self.bytes.push(b'"');
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// The first byte at which an escape may be needed: a control, a quote, a backslash, or the first byte of a line end
/// of Unicode. Blocks without one, the most of any text, are passed by whole:
/// without a branch in it, the compiler turns the look at a block into wide instructions.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "a lazy operator is a branch, which keeps the loop from wide instructions"
)]
fn stop_in(bytes: &[u8]) -> Option<usize> {
    let is_stop =
        |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\') | (byte == 0xc2) | (byte == 0xe2);
    let mut blocks = 0;
    for block in bytes.as_chunks::<BLOCK>().0 {
        if block.iter().fold(false, |any, &byte| any | is_stop(byte)) {
            break;
        }
        blocks += 1;
    }
    let passed = blocks * BLOCK;
    let rest = bytes.get(passed..)?;
    rest.iter().position(|&byte| is_stop(byte)).map(|at| passed + at)
}

enum Escape {
    Short(u8),
    Code(u16),
}

/// The escape of the character that starts here and its length in bytes, where it needs one.
fn escaped(rest: &[u8]) -> Option<(Escape, usize)> {
    Some(match *rest {
        [b'"', ..] => (Escape::Short(b'"'), 1),
        [b'\\', ..] => (Escape::Short(b'\\'), 1),
        [0x08, ..] => (Escape::Short(b'b'), 1),
        [0x09, ..] => (Escape::Short(b't'), 1),
        [0x0a, ..] => (Escape::Short(b'n'), 1),
        [0x0c, ..] => (Escape::Short(b'f'), 1),
        [0x0d, ..] => (Escape::Short(b'r'), 1),
        [control @ 0..=0x1f, ..] => (Escape::Code(u16::from(control)), 1),
        [0xc2, 0x85, ..] => (Escape::Code(0x85), 2),
        [0xe2, 0x80, 0xa8, ..] => (Escape::Code(0x2028), 3),
        [0xe2, 0x80, 0xa9, ..] => (Escape::Code(0x2029), 3),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_json;
    use proptest::prelude::*;

    fn written(string: &str) -> String {
        let mut line = Line::default();
        line.string(string);
        String::from_utf8(line.bytes).unwrap()
    }

    #[test]
    fn line_ends_of_unicode_are_escaped_and_their_neighbours_are_not() {
        assert_eq!(
            written("a\u{85}\u{2028}\u{2029}’é\u{a0}\u{1}\"\\\n"),
            "\"a\\u0085\\u2028\\u2029’é\u{a0}\\u0001\\\"\\\\\\n\""
        );
    }

    proptest! {
        #[test]
        fn every_string_is_read_back(string in "(?s)[\u{0}-\u{ff}\u{2020}-\u{2030}😀\"\\\\]{0,40}") {
            let json = written(&string);
            let has_line_end = json.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']);
            prop_assert!(!has_line_end);
            prop_assert_eq!(parse_json(&json).unwrap().value, Json::String(string));
        }
    }
}
