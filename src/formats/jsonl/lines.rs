//! The lines of a file one by one, as bytes, so that one bad line never spoils the next, and memory holds one line.
//!
//! A line ends with LF; a CR before it belongs to the line end. A byte-order mark is not text. A file in UTF-16 is
//! turned into UTF-8 as it streams by.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

/// A file read line by line.
pub(super) struct Lines {
    reader: Box<dyn BufRead>,
    line: Vec<u8>,
    number: u64,
    bytes: u64,
    /// The encoding, where it is not UTF-8.
    pub(super) encoding: Option<&'static Encoding>,
}

impl Lines {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
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
        Ok(Self {
            reader,
            line: Vec::new(),
            number: 0,
            bytes: 0,
            encoding,
        })
    }

    /// The next line without its end, and its number from 1.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        self.line.clear();
        let read = self.reader.read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.bytes += read as u64;
        self.number += 1;
        let line = self.line.as_slice();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = match self.number {
            1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
            _ => line,
        };
        Ok(Some((self.number, line)))
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// UTF-16, by its mark, or because an opening brace takes two bytes.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] | [b'{', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'{', ..] => Some(UTF_16BE),
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
