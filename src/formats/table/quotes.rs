//! Whether a CSV file ends inside a cell in quotes, which then holds all rows behind the one that it stands in.
//!
//! Knows quotes and delimiters only; the rows are read by the library.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Reads on, and keeps in mind whether a quote is open.
pub(super) struct Quotes<R> {
    input: R,
    delimiter: u8,
    open: Arc<AtomicBool>,
    before: Before,
}

/// What the next byte stands behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The start of a cell, where a quote opens it.
    Start,
    /// Anything in a cell without quotes.
    Words,
    /// Anything in a cell with quotes.
    Quoted,
    /// A quote in such a cell: it ends there, or the next one makes both a sign.
    Quote,
}

impl<R> Quotes<R> {
    /// The input, and what says whether a quote is open in what was read of it.
    pub fn new(input: R, delimiter: u8) -> (Self, Arc<AtomicBool>) {
        let open = Arc::new(AtomicBool::new(false));
        let quotes = Self {
            input,
            delimiter,
            open: Arc::clone(&open),
            before: Before::Start,
        };
        (quotes, open)
    }

    fn pass(&mut self, byte: u8) {
        let ends = byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        self.before = match (self.before, byte) {
            (Before::Quoted, b'"') => Before::Quote,
            (Before::Start | Before::Quote, b'"') | (Before::Quoted, _) => Before::Quoted,
            _ if ends => Before::Start,
            _ => Before::Words,
        };
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        for byte in buffer.get(..read).unwrap_or_default() {
            self.pass(*byte);
        }
        self.open.store(self.before == Before::Quoted, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_open_only_where_a_cell_began_with_it() {
        for (text, is_open) in [
            ("a,b\n", false),
            ("a,\"b\"\n", false),
            ("a,\"b\n", true),
            ("a,\"b \"\"c\"\" d\"\n", false),
            ("a,\"b \"\"", true),
            ("a,5\" long\n", false),
            ("\"a\"\n\"b", true),
            ("", false),
        ] {
            let (mut quotes, open) = Quotes::new(text.as_bytes(), b',');
            io::copy(&mut quotes, &mut io::sink()).unwrap();
            assert_eq!(open.load(Ordering::Relaxed), is_open, "{text:?}");
        }
    }
}
