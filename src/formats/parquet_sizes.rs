//! The sizes that a Parquet file announces, looked at before the library takes memory for them.
//!
//! Knows of Thrift's compact form only what it takes to walk through it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

/// Structures that may lie in each other.
const MOST_DEPTH: usize = 24;
/// Bytes that the description of the columns and groups may have.
const MOST_FOOTER: u64 = 256 << 20;
/// Bytes that a page may always have: some writers count the whole of a column wrongly.
const HARMLESS: u64 = 64 << 20;
/// Bytes in which the header of a page is looked for; one with long statistics takes more than a few.
const HEADERS: [u64; 2] = [1 << 12, 1 << 20];

/// Whether a file ends as it began: what was cut off does not.
pub(super) fn has_end(file: &mut File) -> io::Result<bool> {
    let mut mark = [0; 4];
    if file.seek(SeekFrom::End(0))? < 12 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-4))?;
    file.read_exact(&mut mark)?;
    // The latter where the list of columns is encrypted, which the library says.
    Ok(matches!(&mark, b"PAR1" | b"PARE"))
}

/// Whether the columns, as the end of a file lists them, lie in each other no deeper than any table's. Also where it
/// is no Parquet file at all, which others tell.
pub(super) fn has_flat_columns(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut tail = [0; 8];
    if length < 12 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut tail)?;
    let [a, b, c, d, ..] = tail;
    let size = u64::from(u32::from_le_bytes([a, b, c, d]));
    if size > MOST_FOOTER {
        return Ok(false);
    }
    if size + 8 > length {
        return Ok(true);
    }
    let mut footer = Vec::new();
    file.seek(SeekFrom::Start(length - 8 - size))?;
    file.take(size).read_to_end(&mut footer)?;
    Ok(depth(&footer).is_none_or(|depth| depth <= MOST_DEPTH))
}

/// How deep the columns lie in each other. `None` where that cannot be read.
fn depth(footer: &[u8]) -> Option<usize> {
    let mut walk = Walk(footer);
    let mut last = 0;
    loop {
        let (field, kind) = walk.field(&mut last)?;
        if kind == END {
            return None;
        }
        if field != SCHEMA {
            walk.skip(kind, 0)?;
            continue;
        }
        let (count, _) = walk.list()?;
        // How many elements are still to come in each structure that is open.
        let mut open: Vec<u64> = Vec::new();
        let mut deepest = 0;
        for _ in 0..count {
            let children = walk.sum_of(&[CHILDREN])?;
            if let Some(left) = open.last_mut() {
                *left = left.saturating_sub(1);
            }
            open.push(children);
            deepest = deepest.max(open.len());
            while open.last() == Some(&0) {
                open.pop();
            }
            if deepest > MOST_DEPTH {
                break;
            }
        }
        return Some(deepest);
    }
}

/// Fields of the structures of the format.
const SCHEMA: i64 = 2;
const CHILDREN: i64 = 5;
const UNPACKED: i64 = 2;
const PACKED: i64 = 3;
const DICTIONARY: i64 = 7;
const SECOND_VERSION: i64 = 8;
const VALUES: i64 = 1;
const DEFINITIONS: i64 = 5;
const REPETITIONS: i64 = 6;

/// Where the pages of a column lie, and how many bytes it has unpacked.
pub(super) struct Chunk {
    /// Its first byte.
    pub start: u64,
    /// The byte behind it.
    pub end: u64,
    /// The size of all its pages unpacked.
    pub unpacked: u64,
    /// Whether the library takes memory for whatever comes out of a page, and not for what it announces.
    pub is_gzip: bool,
}

/// Whether no page of a column announces, or unpacks to, more than the column has.
pub(super) fn are_pages_sound(file: &mut File, chunk: &Chunk) -> io::Result<bool> {
    let mut at = chunk.start;
    while at < chunk.end {
        let mut page = None;
        for most in HEADERS {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(at))?;
            file.take(most.min(chunk.end - at)).read_to_end(&mut bytes)?;
            page = Page::of(&bytes);
            if page.is_some() || (bytes.len() as u64) < most {
                break;
            }
        }
        let Some(page) = page else { return Ok(false) };
        // A value of a dictionary takes a byte and more.
        let fits = page.unpacked <= chunk.unpacked.max(HARMLESS) && page.values <= page.unpacked;
        let next = at
            .checked_add(page.header)
            .and_then(|at| at.checked_add(page.packed));
        match next {
            Some(next) if fits && next <= chunk.end => {
                if chunk.is_gzip && !keeps_its_word(file, at + page.header, &page)? {
                    return Ok(false);
                }
                at = next;
            }
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Whether no more comes out of a page that is packed with gzip than it announces. One that is damaged keeps its word:
/// the library says what is wrong with it.
fn keeps_its_word(file: &mut File, at: u64, page: &Page) -> io::Result<bool> {
    file.seek(SeekFrom::Start(at.saturating_add(page.levels)))?;
    let packed = file.take(page.packed.saturating_sub(page.levels));
    let most = page.unpacked.saturating_sub(page.levels);
    let mut out = MultiGzDecoder::new(io::BufReader::new(packed)).take(most.saturating_add(1));
    Ok(io::copy(&mut out, &mut io::sink()).is_err() || out.limit() > 0)
}

/// What the header of a page announces.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// Bytes of the header itself.
    header: u64,
    packed: u64,
    unpacked: u64,
    /// Values of a dictionary; 0 of a page that is none.
    values: u64,
    /// Bytes in front that are never packed, in pages of the second version.
    levels: u64,
}

impl Page {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut walk = Walk(bytes);
        let (mut page, mut last) = (Self::default(), 0);
        loop {
            let (field, kind) = walk.field(&mut last)?;
            match field {
                _ if kind == END => break,
                UNPACKED => page.unpacked = u64::try_from(walk.number()?).ok()?,
                PACKED => page.packed = u64::try_from(walk.number()?).ok()?,
                DICTIONARY if kind == STRUCTURE => page.values = walk.sum_of(&[VALUES])?,
                SECOND_VERSION if kind == STRUCTURE => {
                    page.levels = walk.sum_of(&[DEFINITIONS, REPETITIONS])?;
                }
                _ => walk.skip(kind, 0)?,
            }
        }
        page.header = (bytes.len() - walk.0.len()) as u64;
        Some(page)
    }
}

/// The kind of a field that is a structure, and of what ends one.
const STRUCTURE: u8 = 12;
const END: u8 = 0;

/// Bytes that are walked through; nothing where they end too early.
struct Walk<'a>(&'a [u8]);

impl Walk<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn pass(&mut self, count: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    fn count(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn number(&mut self) -> Option<i64> {
        let count = self.count()?;
        let half = i64::try_from(count >> 1).ok()?;
        Some(if count & 1 == 0 { half } else { -half - 1 })
    }

    /// The number and the kind of the next field of a structure; [`END`] behind the last.
    fn field(&mut self, last: &mut i64) -> Option<(i64, u8)> {
        let head = self.byte()?;
        if head == 0 {
            return Some((0, END));
        }
        *last = match head >> 4 {
            0 => self.number()?,
            step => last.checked_add(i64::from(step))?,
        };
        let kind = head & 0x0f;
        (kind != END).then_some((*last, kind))
    }

    /// How many elements a list has, and of which kind.
    fn list(&mut self) -> Option<(u64, u8)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.count()?,
            count => u64::from(count),
        };
        Some((count, head & 0x0f))
    }

    /// The sum of the numbers of these fields of a structure, to its end.
    fn sum_of(&mut self, fields: &[i64]) -> Option<u64> {
        let (mut sum, mut last) = (0_u64, 0);
        loop {
            match self.field(&mut last)? {
                (_, END) => return Some(sum),
                (field, 4..=6) if fields.contains(&field) => {
                    sum = sum.checked_add(u64::try_from(self.number()?).ok()?)?;
                }
                (_, kind) => self.skip(kind, 0)?,
            }
        }
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > MOST_DEPTH {
            return None;
        }
        match kind {
            // A field that is true or false has no more bytes.
            1 | 2 => Some(()),
            3 => self.pass(1),
            4..=6 => self.count().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.count()?;
                self.pass(length)
            }
            9 | 10 => {
                let (count, kind) = self.list()?;
                for _ in 0..count {
                    self.skip_element(kind, depth)?;
                }
                Some(())
            }
            11 => {
                let count = self.count()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                for _ in 0..count {
                    self.skip_element(kinds >> 4, depth)?;
                    self.skip_element(kinds & 0x0f, depth)?;
                }
                Some(())
            }
            STRUCTURE => {
                let mut last = 0;
                loop {
                    match self.field(&mut last)? {
                        (_, END) => return Some(()),
                        (_, kind) => self.skip(kind, depth + 1)?,
                    }
                }
            }
            _ => None,
        }
    }

    fn skip_element(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            // In a list it takes a byte.
            1 | 2 => self.pass(1),
            kind => self.skip(kind, depth + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_pages_say_their_sizes() {
        // A dictionary: type 2, 300 bytes unpacked, 20 packed, 7 values in encoding 2.
        let dictionary = [
            0x15, 4, 0x15, 0xd8, 4, 0x15, 40, 0x4c, 0x15, 14, 0x15, 4, 0, 0, 99,
        ];
        let page = Page {
            header: 14,
            packed: 20,
            unpacked: 300,
            values: 7,
            levels: 0,
        };
        assert_eq!(Page::of(&dictionary), Some(page));
        for end in 0..14 {
            assert_eq!(Page::of(&dictionary[..end]), None, "{end}");
        }
    }

    #[test]
    fn a_page_of_gzip_that_holds_more_than_it_says_does_not_keep_its_word() {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(vec![7, 7], flate2::Compression::best());
        packed.write_all(&[0; 5000]).unwrap();
        let packed = packed.finish().unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&packed).unwrap();
        let mut keeps = |unpacked, levels| {
            let page = Page {
                packed: packed.len() as u64,
                unpacked,
                levels,
                ..Page::default()
            };
            keeps_its_word(&mut file, 0, &page).unwrap()
        };
        assert!(keeps(5002, 2) && keeps(6000, 2));
        assert!(!keeps(5001, 2) && !keeps(0, 2));
        // No gzip at all, which the library tells.
        assert!(keeps(1, 0));
    }

    #[test]
    fn columns_that_lie_too_deep_are_found() {
        let footer = |depth: usize| {
            // Version 1, then a list of structures, each with one child but the last.
            let mut bytes = vec![0x15, 2, 0x19, 0xfc];
            bytes.extend([
                u8::try_from(depth & 0x7f).unwrap() | 0x80,
                u8::try_from(depth >> 7).unwrap(),
            ]);
            for left in (0..depth).rev() {
                bytes.extend([0x48, 1, b'a', 0x15, if left == 0 { 0 } else { 2 }, 0]);
            }
            bytes
        };
        assert_eq!(depth(&footer(5)), Some(5));
        assert_eq!(depth(&footer(9000)), Some(MOST_DEPTH + 1));
        assert_eq!(depth(&[]), None);
    }
}
