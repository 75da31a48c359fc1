//! The values of a JSON file one by one, as bytes: the lines of JSON Lines, or the elements of one long list, which is
//! never in memory as a whole. The list may be the value of a key of one object, as in `{"data": […]}`.
//!
//! Knows brackets and strings only: whether a value is JSON is for others to say.

use std::io::{self, BufRead};
use std::path::Path;

use encoding_rs::Encoding;
use memchr::{memchr_iter, memchr2};

use super::jsonl::lines::{Line, Lines, TooLong, utf8_reader};
use super::jsonl::looks_like_lines;
use super::{Diagnostic, MOST_BYTES};

/// The values of a file.
pub(super) enum JsonValues {
    /// One a line.
    Lines(Lines),
    /// The elements of a list, or whole values one behind the other.
    Elements(Elements),
}

impl JsonValues {
    /// Opens a file; its first bytes tell whether it has a value a line.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Self::open_as(path, false)
    }

    /// Opens a file that is named as one with a value a line, which it is unless it is a list: an object that goes on
    /// in the second line is a first line that is broken.
    pub(super) fn open_lines(path: &Path) -> io::Result<Self> {
        Self::open_as(path, true)
    }

    fn open_as(path: &Path, are_lines: bool) -> io::Result<Self> {
        let (mut reader, encoding) = utf8_reader(path)?;
        let ahead = reader.fill_buf()?;
        let head = ahead.strip_prefix(b"\xef\xbb\xbf").unwrap_or(ahead);
        let start = head.iter().position(|byte| !byte.is_ascii_whitespace());
        let head = head.get(start.unwrap_or_default()..).unwrap_or_default();
        let whole = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        if !are_lines && let Some(inside) = ListInside::of(whole) {
            let at = ahead.len() - head.len() + inside.at;
            let before = ahead.get(..at).unwrap_or_default();
            let line = 1 + memchr_iter(b'\n', before).count() as u64;
            reader.consume(at);
            return Ok(Self::Elements(Elements {
                line,
                bytes: at as u64,
                beside: Some(inside.beside),
                ..Elements::new(reader, encoding)
            }));
        }
        let has_lines = match head.first() {
            Some(b'[') => false,
            // An object of one line alone, or one over several lines.
            Some(b'{') => are_lines || looks_like_lines(head) || !opens_over_lines(head),
            _ => true,
        };
        if has_lines {
            return Lines::open(path).map(Self::Lines);
        }
        Ok(Self::Elements(Elements::new(reader, encoding)))
    }

    /// The encoding, where it is not UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        match self {
            Self::Lines(lines) => lines.encoding,
            Self::Elements(elements) => elements.encoding,
        }
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Lines(lines) => lines.bytes(),
            Self::Elements(elements) => elements.bytes,
        }
    }

    /// What is to be said, once all values were read, of what stands beside them.
    pub(super) fn left_out(&self) -> Option<Diagnostic> {
        let Self::Elements(elements) = self else {
            return None;
        };
        let beside = elements.beside.as_ref().filter(|keys| !keys.is_empty())?;
        let message = format!(
            "the articles are the list inside the file's object; what stands beside it is left out: {}",
            beside.join(", ")
        );
        Some(Diagnostic::info("keys_left_out", message))
    }

    /// The next value and the line in which it starts.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        match self {
            Self::Lines(lines) => lines.next(),
            Self::Elements(elements) => elements.next(),
        }
    }
}

/// Whether the first line opens an object and goes on in the next line.
fn opens_over_lines(head: &[u8]) -> bool {
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let last = first.iter().rev().find(|byte| !byte.is_ascii_whitespace());
    first.len() < head.len() && matches!(last, Some(b'{' | b'[' | b',' | b':'))
}

/// Keys under which an object may hold the list that a file is of.
const LISTS: [&str; 6] = ["data", "articles", "documents", "records", "rows", "examples"];

/// A list of objects that is the value of a key of an object.
pub(super) struct ListInside {
    /// Where its bracket stands, in bytes.
    pub(super) at: usize,
    /// The object's keys before it.
    beside: Vec<String>,
}

impl ListInside {
    /// Looks at the beginning of a file. `None` where it is no object, or one that is an article itself.
    pub(super) fn of(head: &str) -> Option<Self> {
        let keys = first_keys(head);
        if !head.starts_with('{') || keys.iter().any(|(key, _)| key == "text") {
            return None;
        }
        let is_list = |(key, value): &(String, &str)| {
            let inside = value.strip_prefix('[').map(str::trim_start);
            LISTS.contains(&key.as_str()) && inside.is_some_and(|first| first.starts_with('{'))
        };
        let place = keys.iter().position(is_list)?;
        let (_, value) = keys.get(place)?;
        Some(Self {
            at: head.len() - value.len(),
            beside: keys.iter().take(place).map(|(key, _)| key.clone()).collect(),
        })
    }
}

/// Bytes behind the list of an object in which its further keys are looked for.
const BEHIND: usize = 1 << 16;

/// A file read element by element.
pub(super) struct Elements {
    reader: Box<dyn BufRead>,
    encoding: Option<&'static Encoding>,
    /// Bytes that an element may have.
    most: usize,
    value: Vec<u8>,
    in_list: bool,
    /// The keys beside the list, where it lies in an object: its end is that of the values.
    beside: Option<Vec<String>>,
    line: u64,
    bytes: u64,
}

/// Where in a value the splitter is.
#[derive(Default)]
struct Place {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    length: usize,
}

impl Elements {
    fn new(reader: Box<dyn BufRead>, encoding: Option<&'static Encoding>) -> Self {
        Self {
            reader,
            encoding,
            most: MOST_BYTES,
            value: Vec::new(),
            in_list: false,
            beside: None,
            line: 1,
            bytes: 0,
        }
    }

    fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        self.value.clear();
        if !self.skip_between()? {
            return Ok(None);
        }
        let start = self.line;
        let mut place = Place::default();
        loop {
            let ahead = self.reader.fill_buf()?;
            if ahead.is_empty() {
                break;
            }
            let mut taken = 0;
            let mut is_over = false;
            while let Some(&byte) = ahead.get(taken) {
                // A scalar ends before what follows it.
                if place.depth == 0 && !place.in_string && place.length > 0 && is_between(byte) {
                    is_over = true;
                    break;
                }
                taken += 1;
                self.line += u64::from(byte == b'\n');
                if place.take(byte) {
                    is_over = true;
                    break;
                }
                // The most of a file is inside strings, and nothing there but these two can matter.
                if place.in_string && !place.is_escaped {
                    let rest = ahead.get(taken..).unwrap_or_default();
                    let plain = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                    let passed = rest.get(..plain).unwrap_or_default();
                    self.line += memchr_iter(b'\n', passed).count() as u64;
                    taken += plain;
                }
            }
            let room = (self.most + 1).saturating_sub(self.value.len()).min(taken);
            self.value
                .extend_from_slice(ahead.get(..room).unwrap_or_default());
            self.reader.consume(taken);
            self.bytes += taken as u64;
            if is_over {
                break;
            }
        }
        let value = if self.value.len() > self.most {
            Err(TooLong)
        } else {
            Ok(self.value.as_slice())
        };
        Ok(Some((start, value)))
    }

    /// Passes over white space, commas, and the brackets of the list; `false` at the end of the file.
    fn skip_between(&mut self) -> io::Result<bool> {
        loop {
            let ahead = self.reader.fill_buf()?;
            let Some(&byte) = ahead.first() else {
                return Ok(false);
            };
            let mark = if self.bytes == 0 && ahead.starts_with(b"\xef\xbb\xbf") {
                3
            } else {
                1
            };
            if byte == b']' && self.beside.is_some() {
                self.pass_rest()?;
                return Ok(false);
            }
            let opens = byte == b'[' && !self.in_list;
            if mark == 1 && !opens && !is_between(byte) {
                return Ok(true);
            }
            self.in_list |= opens;
            self.line += u64::from(byte == b'\n');
            self.reader.consume(mark);
            self.bytes += mark as u64;
        }
    }

    /// Reads what follows the list of an object, which is no value any more, and notes its keys.
    fn pass_rest(&mut self) -> io::Result<()> {
        let mut rest = Vec::new();
        loop {
            let ahead = self.reader.fill_buf()?;
            if ahead.is_empty() {
                break;
            }
            let (length, room) = (ahead.len(), BEHIND.saturating_sub(rest.len()));
            rest.extend(ahead.iter().take(room));
            self.reader.consume(length);
            self.bytes += length as u64;
        }
        // Behind the end of the list the keys belong to the object again.
        let rest = String::from_utf8_lossy(&rest);
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, ']' | ','));
        let object = format!("{{{rest}");
        let keys = first_keys(&object);
        let beside = self.beside.get_or_insert_default();
        beside.extend(keys.into_iter().map(|(key, _)| key));
        Ok(())
    }
}

impl Place {
    /// Takes one byte; whether the value ends with it.
    fn take(&mut self, byte: u8) -> bool {
        self.length += 1;
        if self.in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return self.depth == 0 && !self.in_string;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b']')
}

/// The keys of the first record's own level that begin in the bytes that are there, each with the first bytes of its
/// value.
pub(super) fn first_keys(record: &str) -> Vec<(String, &str)> {
    let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
    let mut begin = 0;
    let mut keys = Vec::new();
    for (at, byte) in record.bytes().enumerate() {
        if in_string {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => {
                    in_string = false;
                    let behind = record.get(at + 1..).unwrap_or_default().trim_start();
                    if depth == 1
                        && let Some(value) = behind.strip_prefix(':')
                    {
                        let key = record.get(begin..at).unwrap_or_default();
                        keys.push((key.to_owned(), value.trim_start()));
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => (in_string, begin) = (true, at + 1),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(content: &[u8], most: usize) -> Vec<(u64, Option<String>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("values.json");
        std::fs::write(&path, content).unwrap();
        let mut values = JsonValues::open(&path).unwrap();
        if let JsonValues::Elements(elements) = &mut values {
            elements.most = most;
        }
        let mut found = Vec::new();
        while let Some((line, value)) = values.next().unwrap() {
            found.push((
                line,
                value.ok().map(|value| String::from_utf8(value.to_vec()).unwrap()),
            ));
        }
        assert_eq!(values.bytes(), content.len() as u64);
        found
    }

    #[test]
    fn elements_come_one_by_one_with_their_lines() {
        let some = |line: u64, value: &str| (line, Some(value.to_owned()));
        let list = "\u{feff}[\n {\"a\": \"]}\\\"\"},\n [1, 2], 7,\"x,y\"\n, {\"b\": {\"c\": []}}]\n";
        assert_eq!(
            values(list.as_bytes(), 100),
            [
                some(2, r#"{"a": "]}\""}"#),
                some(3, "[1, 2]"),
                some(3, "7"),
                some(3, "\"x,y\""),
                some(4, r#"{"b": {"c": []}}"#)
            ]
        );
        assert_eq!(values(b"{\n\"a\":\n1}", 100), [some(1, "{\n\"a\":\n1}")]);
        assert_eq!(
            values(b"{\"a\":1}\n{\"b\":2}\n", 100),
            [some(1, "{\"a\":1}"), some(2, "{\"b\":2}")]
        );
        assert_eq!(
            values(b"[{\"a\":1}, {\"b\": [", 100),
            [some(1, "{\"a\":1}"), some(1, "{\"b\": [")]
        );
        assert_eq!(values(b"[\"123456789\",{}]", 8), [(1, None), some(1, "{}")]);
        assert_eq!(values(b"[]", 8), []);
        let broken = "[{\"a\":\"un\ndeux \\\\\"},{}]";
        assert_eq!(
            values(broken.as_bytes(), 100),
            [some(1, "{\"a\":\"un\ndeux \\\\\"}"), some(2, "{}")]
        );
    }
}
