//! Reading JSON without losing anything: numbers keep their literal, a key given twice is told, and each fault has
//! its place.
//!
//! `serde_json`'s own reader cannot serve here: it writes `1e5` back as `1e+5`, keeps the last of two equal keys in
//! silence, and takes an object with one private key of its own for a number. Writing stays with `serde_json`.

use std::fmt;

use serde_json::{Map, Number, Value as Json};

use crate::text::ByteOffset;

/// Nothing sane nests deeper, and every level costs stack. A project keeps what was read inside objects of its own,
/// and those are read back to 128 levels.
const DEEPEST: usize = 100;

/// A JSON value as read.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedJson {
    /// The value; of equal keys in one object, the first.
    pub value: Json,
    /// Keys that an object has more than once, with the place of the later one.
    pub duplicates: Vec<(String, ByteOffset)>,
}

/// Why a string is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// It ends too early: a line that was cut.
    Cut,
    /// Something else should stand here; says what.
    Expected(&'static str),
    /// Something follows the value.
    Trailing,
    /// A `\u` escape is one half of a surrogate pair and has no other half.
    LoneSurrogate,
    /// A backslash is followed by what is no escape.
    BadEscape,
    /// A control character stands in a string unescaped.
    Control,
    /// A number is written in a way that JSON does not have.
    BadNumber,
    /// Objects and lists nest too deeply.
    TooDeep,
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut => f.write_str("the line ends in the middle of a value"),
            Self::Expected(what) => write!(f, "{what} should stand here"),
            Self::Trailing => f.write_str("something follows the end of the object"),
            Self::LoneSurrogate => f.write_str("an escape is one half of a surrogate pair without the other"),
            Self::BadEscape => f.write_str("a backslash is followed by what is no escape"),
            Self::Control => f.write_str("a control character stands in a string unescaped"),
            Self::BadNumber => f.write_str("a number is written in a way that JSON does not have"),
            Self::TooDeep => write!(f, "objects and lists nest more than {DEEPEST} deep"),
        }
    }
}

impl std::error::Error for JsonFault {}

/// Reads one JSON value with nothing but white space around it.
///
/// # Errors
/// The fault and its place.
pub fn parse_json(text: &str) -> Result<ParsedJson, (JsonFault, ByteOffset)> {
    parse(text, None)
}

/// The same of a record with a long list of which few elements are needed: only its last ones are kept.
///
/// # Errors
/// The fault and its place.
pub fn parse_json_with_tail(text: &str, tail: Tail) -> Result<ParsedJson, (JsonFault, ByteOffset)> {
    parse(text, Some(tail))
}

/// The list of a record of which the last elements are kept.
#[derive(Clone, Copy, Debug)]
pub struct Tail {
    /// Its key in the outermost object.
    pub key: &'static str,
    /// How many of its elements are kept.
    pub most: usize,
}

fn parse(text: &str, tail: Option<Tail>) -> Result<ParsedJson, (JsonFault, ByteOffset)> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tail,
        duplicates: Vec::new(),
    };
    let value = reader
        .document()
        .map_err(|fault| (fault, ByteOffset::new(reader.at)))?;
    Ok(ParsedJson {
        value,
        duplicates: reader.duplicates,
    })
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where the next byte is; where reading stopped, once a fault is met.
    at: usize,
    tail: Option<Tail>,
    duplicates: Vec<(String, ByteOffset)>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Json, JsonFault> {
        let value = self.value(0)?;
        match self.next_token() {
            None => Ok(value),
            Some(_) => Err(JsonFault::Trailing),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is not white space, without taking it.
    fn next_token(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    fn value(&mut self, depth: usize) -> Result<Json, JsonFault> {
        if depth >= DEEPEST {
            return Err(JsonFault::TooDeep);
        }
        match self.next_token().ok_or(JsonFault::Cut)? {
            b'{' => self.object(depth),
            b'[' => self.list(depth, usize::MAX),
            b'"' => self.string().map(Json::String),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => Err(JsonFault::Expected("a value")),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, JsonFault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        Err(if word.as_bytes().starts_with(rest) {
            JsonFault::Cut
        } else {
            JsonFault::Expected("a value")
        })
    }

    fn object(&mut self, depth: usize) -> Result<Json, JsonFault> {
        let mut object = Map::new();
        self.at += 1;
        if self.next_token() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(object));
        }
        loop {
            match self.next_token() {
                Some(b'"') => {}
                None => return Err(JsonFault::Cut),
                Some(_) => return Err(JsonFault::Expected("a key in double quotes")),
            }
            let key_at = self.at;
            let key = self.string()?;
            self.take(b':', "a colon")?;
            let value = self.value_of(&key, depth)?;
            if object.contains_key(&key) {
                self.duplicates.push((key, ByteOffset::new(key_at)));
            } else {
                object.insert(key, value);
            }
            if self.ends(b'}', "a comma or a closing brace")? {
                return Ok(Json::Object(object));
            }
        }
    }

    /// The value of a key in an object of that depth.
    fn value_of(&mut self, key: &str, depth: usize) -> Result<Json, JsonFault> {
        match self.tail.filter(|tail| depth == 0 && tail.key == key) {
            Some(tail) if self.next_token() == Some(b'[') => self.list(depth + 1, tail.most),
            _ => self.value(depth + 1),
        }
    }

    /// Takes a list, and keeps its last elements, up to that many.
    fn list(&mut self, depth: usize, most: usize) -> Result<Json, JsonFault> {
        let mut list = Vec::new();
        self.at += 1;
        if self.next_token() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            // Now and then all at once, so that no element is moved often.
            if list.len() / 2 >= most {
                list.drain(..list.len() - most);
            }
            if self.ends(b']', "a comma or a closing bracket")? {
                list.drain(..list.len().saturating_sub(most));
                return Ok(Json::Array(list));
            }
        }
    }

    fn take(&mut self, byte: u8, what: &'static str) -> Result<(), JsonFault> {
        match self.next_token() {
            Some(found) if found == byte => {
                self.at += 1;
                Ok(())
            }
            None => Err(JsonFault::Cut),
            Some(_) => Err(JsonFault::Expected(what)),
        }
    }

    /// Takes a comma (false) or the closing byte (true).
    fn ends(&mut self, close: u8, what: &'static str) -> Result<bool, JsonFault> {
        match self.next_token() {
            Some(b',') => {
                self.at += 1;
                Ok(false)
            }
            Some(found) if found == close => {
                self.at += 1;
                Ok(true)
            }
            None => Err(JsonFault::Cut),
            Some(_) => Err(JsonFault::Expected(what)),
        }
    }

    fn number(&mut self) -> Result<Json, JsonFault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits()?;
        if leading_zero && whole > 1 {
            return Err(JsonFault::BadNumber);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        let literal = self.text.get(start..self.at).unwrap_or_default();
        // The one way to a number that keeps its literal; the literal was checked above.
        Ok(Json::Number(Number::from_string_unchecked(literal.to_owned())))
    }

    /// Takes at least one digit and says how many.
    fn digits(&mut self) -> Result<usize, JsonFault> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        match self.at - start {
            0 if self.peek().is_none() => Err(JsonFault::Cut),
            0 => Err(JsonFault::BadNumber),
            digits => Ok(digits),
        }
    }

    fn string(&mut self) -> Result<String, JsonFault> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let start = self.at;
            let rest = self.bytes.get(start..).unwrap_or_default();
            let end = memchr::memchr2(b'"', b'\\', rest);
            let plain = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            if let Some(control) = control_in(plain) {
                self.at += control;
                return Err(JsonFault::Control);
            }
            self.at += plain.len();
            let piece = self.text.get(start..self.at).unwrap_or_default();
            match self.peek() {
                Some(b'"') if string.is_empty() => {
                    self.at += 1;
                    return Ok(piece.to_owned());
                }
                Some(b'"') => {
                    self.at += 1;
                    string.push_str(piece);
                    return Ok(string);
                }
                Some(b'\\') => {
                    string.push_str(piece);
                    string.push(self.escape()?);
                }
                _ => return Err(JsonFault::Cut),
            }
        }
    }

    /// Takes an escape, from its backslash on. A fault leaves the place at the backslash.
    fn escape(&mut self) -> Result<char, JsonFault> {
        let start = self.at;
        let kind = *self.bytes.get(start + 1).ok_or(JsonFault::Cut)?;
        let simple = match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let (c, length) = self.unicode_escape(start)?;
                self.at += length;
                return Ok(c);
            }
            _ => return Err(JsonFault::BadEscape),
        };
        self.at += 2;
        Ok(simple)
    }

    fn unicode_escape(&self, start: usize) -> Result<(char, usize), JsonFault> {
        let first = self.hex(start + 2)?;
        if let Some(c) = char::from_u32(first) {
            return Ok((c, 6));
        }
        let is_pair = first < 0xdc00 && self.bytes.get(start + 6..start + 8) == Some(b"\\u");
        let second = if is_pair { self.hex(start + 8)? } else { 0 };
        if (0xdc00..0xe000).contains(&second) {
            let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return char::from_u32(code)
                .map(|c| (c, 12))
                .ok_or(JsonFault::LoneSurrogate);
        }
        Err(JsonFault::LoneSurrogate)
    }

    fn hex(&self, at: usize) -> Result<u32, JsonFault> {
        let digits = self.bytes.get(at..at + 4).ok_or(JsonFault::Cut)?;
        digits.iter().try_fold(0, |code, &digit| {
            let value = char::from(digit).to_digit(16).ok_or(JsonFault::BadEscape)?;
            Ok(code * 16 + value)
        })
    }
}

/// The first control character of a piece, which has none almost always: so all of it is asked first, without a
/// branch, which the compiler turns into wide instructions.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "a lazy operator is a branch, which keeps the loop from wide instructions"
)]
fn control_in(piece: &[u8]) -> Option<usize> {
    let any = piece.iter().fold(false, |any, &byte| any | (byte < 0x20));
    any.then(|| piece.iter().position(|&byte| byte < 0x20)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_keeps_its_literal() {
        for literal in [
            "0",
            "-0",
            "1.0",
            "1e5",
            "1E+05",
            "-12.50e-3",
            "123456789012345678901234567890",
        ] {
            assert_eq!(parse_json(literal).unwrap().value.to_string(), literal);
        }
    }

    #[test]
    fn a_key_given_twice_is_told_and_the_first_kept() {
        let parsed = parse_json(r#"{"a":1,"b":{"c":1,"c":2},"a":3}"#).unwrap();
        assert_eq!(parsed.value.to_string(), r#"{"a":1,"b":{"c":1}}"#);
        let keys: Vec<_> = parsed
            .duplicates
            .iter()
            .map(|(key, at)| (key.as_str(), at.get()))
            .collect();
        assert_eq!(keys, [("c", 18), ("a", 25)]);
    }

    #[test]
    fn of_a_long_list_the_tail_is_kept_and_only_at_the_outermost() {
        let tail = Tail { key: "t", most: 3 };
        let numbers = |from: u32, to: u32| (from..to).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        for count in [0, 1, 3, 4, 6, 7, 100] {
            let inner = format!(r#"{{"t":[{}]}}"#, numbers(0, count));
            let text = format!(r#"{{"a":[{0}],"t":[{0}],"b":{inner}}}"#, numbers(0, count));
            let last = numbers(count.saturating_sub(3), count);
            let wanted = format!(r#"{{"a":[{0}],"t":[{last}],"b":{inner}}}"#, numbers(0, count));
            let parsed = parse_json_with_tail(&text, tail).unwrap();
            assert_eq!(parsed.value.to_string(), wanted);
        }
        let broken = parse_json_with_tail(r#"{"t":[1,2,3,4,5,6,x]}"#, tail).unwrap_err();
        assert_eq!(broken.0, JsonFault::Expected("a value"));
        assert_eq!(
            parse_json_with_tail(r#"{"t":7}"#, tail)
                .unwrap()
                .value
                .to_string(),
            r#"{"t":7}"#
        );
    }

    #[test]
    fn each_fault_has_its_place() {
        for (text, fault, at) in [
            ("", JsonFault::Cut, 0),
            (r#"{"a":"b"#, JsonFault::Cut, 7),
            (r#"{"a":tru"#, JsonFault::Cut, 5),
            (r#"{"a" 1}"#, JsonFault::Expected("a colon"), 5),
            (r#"{"a":1,}"#, JsonFault::Expected("a key in double quotes"), 7),
            (r"[1 2]", JsonFault::Expected("a comma or a closing bracket"), 3),
            (r#"{"a":nan}"#, JsonFault::Expected("a value"), 5),
            (r#"{"a":1} x"#, JsonFault::Trailing, 8),
            (r#""\ud83d""#, JsonFault::LoneSurrogate, 1),
            (r#""\ud83d\u0041""#, JsonFault::LoneSurrogate, 1),
            (r#""\udc00""#, JsonFault::LoneSurrogate, 1),
            (r#""\x41""#, JsonFault::BadEscape, 1),
            (r#""\u00é""#, JsonFault::BadEscape, 1),
            ("\"a\tb\"", JsonFault::Control, 2),
            ("01", JsonFault::BadNumber, 2),
            ("1.x", JsonFault::BadNumber, 2),
        ] {
            assert_eq!(parse_json(text), Err((fault, ByteOffset::new(at))), "{text}");
        }
    }

    #[test]
    fn what_nests_too_deeply_is_refused_before_the_stack_is_full() {
        let deep = "[".repeat(1_000_000);
        assert!(matches!(parse_json(&deep), Err((JsonFault::TooDeep, _))));
        let fits = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert!(parse_json(&fits).is_ok());
    }

    proptest! {
        #[test]
        fn it_agrees_with_serde_json_on_any_bytes(text in r#"[\[\]{},:"\\ue0-9dD8cC+.\-a-f\n truefalsn€😀]{0,40}"#) {
            let ours = parse_json(&text);
            let theirs = serde_json::from_str::<Json>(&text);
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
        }

        #[test]
        fn every_string_comes_back(string in "(?s).{0,60}") {
            let written = serde_json::to_string(&string).unwrap();
            prop_assert_eq!(parse_json(&written).unwrap().value, Json::String(string));
        }
    }
}
