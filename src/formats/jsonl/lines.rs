//! The lines of a file one by one, as bytes, so that one bad line never spoils the next, and memory holds one line.
//!
//! A line ends with LF; a CR before it belongs to the line end. A byte-order mark is not text. A file in UTF-16 is
//! turned into UTF-8 as it streams by.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

use super::super::MOST_BYTES;

/// A line has more bytes than an article may have.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::formats) struct TooLong;

/// A line without its end.
pub(in crate::formats) type Line<'a> = Result<&'a [u8], TooLong>;

/// A file read line by line.
pub(in crate::formats) struct Lines {
    reader: Box<dyn BufRead>,
    /// Bytes that a line may have.
    most: usize,
    line: Vec<u8>,
    number: u64,
    bytes: u64,
    /// The encoding, where it is not UTF-8.
    pub(in crate::formats) encoding: Option<&'static Encoding>,
}

impl Lines {
    pub(in crate::formats) fn open(path: &Path) -> io::Result<Self> {
        Self::open_up_to(path, MOST_BYTES)
    }

    fn open_up_to(path: &Path, most: usize) -> io::Result<Self> {
        let (reader, encoding) = utf8_reader(path)?;
        Ok(Self {
            reader,
            most,
            line: Vec::new(),
            number: 0,
            bytes: 0,
            encoding,
        })
    }

    /// The next line without its end, and its number from 1. Of a line that is too long there are no bytes.
    pub(in crate::formats) fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        self.line.clear();
        let read = (&mut self.reader)
            .take(self.most as u64 + 1)
            .read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.bytes += read as u64;
        self.number += 1;
        if read > self.most {
            if self.line.last() != Some(&b'\n') {
                self.skip_line()?;
            }
            return Ok(Some((self.number, Err(TooLong))));
        }
        let line = self.line.as_slice();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = match self.number {
            1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
            _ => line,
        };
        Ok(Some((self.number, Ok(line))))
    }

    /// Reads on behind the end of the line and keeps nothing of it.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.reader.fill_buf()?;
            let end = ahead.iter().position(|&byte| byte == b'\n');
            let (is_over, length) = match end {
                Some(at) => (true, at + 1),
                None => (ahead.is_empty(), ahead.len()),
            };
            self.reader.consume(length);
            self.bytes += length as u64;
            if is_over {
                return Ok(());
            }
        }
    }

    /// How many bytes were read so far.
    pub(in crate::formats) fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// A file of JSON as UTF-8, whatever it is encoded in, and its encoding where that is another one.
pub(in crate::formats) fn utf8_reader(
    path: &Path,
) -> io::Result<(Box<dyn BufRead>, Option<&'static Encoding>)> {
    let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let encoding = utf16(file.fill_buf()?);
    let reader: Box<dyn BufRead> = match encoding {
        None => Box::new(file),
        Some(encoding) => Box::new(BufReader::with_capacity(
            1 << 18,
            Utf8From {
                source: file,
                decoder: encoding.new_decoder(),
                ended: false,
            },
        )),
    };
    Ok((reader, encoding))
}

/// UTF-16, by its mark, or because an opening brace or bracket takes two bytes.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] | [b'{' | b'[', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 from another encoding, as it streams by; takes a byte-order mark off.
struct Utf8From<R> {
    source: R,
    decoder: Decoder,
    ended: bool,
}

impl<R: BufRead> Read for Utf8From<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let input = self.source.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, out, last);
            self.source.consume(read);
            self.ended = last && result == CoderResult::InputEmpty;
            // A reader's buffer has room for more than one character, so something is written in the end.
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.jsonl");
        for (content, expected) in [
            ("12345678\n1234567\nab", vec![None, Some("1234567"), Some("ab")]),
            ("123456789012345678901234\nab\n", vec![None, Some("ab")]),
            ("ab\n123456789012345678901234", vec![Some("ab"), None]),
        ] {
            std::fs::write(&path, content).unwrap();
            let mut lines = Lines::open_up_to(&path, 8).unwrap();
            let mut found = Vec::new();
            while let Some((_, line)) = lines.next().unwrap() {
                found.push(line.ok().map(|line| String::from_utf8(line.to_vec()).unwrap()));
            }
            assert_eq!(
                found.iter().map(Option::as_deref).collect::<Vec<_>>(),
                expected,
                "{content}"
            );
            assert_eq!(lines.bytes(), content.len() as u64);
        }
    }
}
