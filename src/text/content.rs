//! An article's text with an index that converts offsets between units in O(log n).
//!
//! The text never changes; this is the only place in the program where one unit becomes another.

use std::sync::Arc;

use super::offset::{ByteOffset, ByteRange, CharOffset, CharRange, Utf16Offset, Utf16Range};

/// Bytes between two index entries: a conversion scans at most this much after its binary search.
const STRIDE: usize = 512;

/// Counts of all three units at one code point boundary.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    byte: usize,
    char: usize,
    utf16: usize,
}

impl Mark {
    fn after(self, c: char) -> Self {
        Self {
            byte: self.byte + c.len_utf8(),
            char: self.char + 1,
            utf16: self.utf16 + c.len_utf16(),
        }
    }

    /// The mark behind whole code points, counted by their first bytes.
    fn behind(self, piece: &[u8]) -> Self {
        let chars = count(piece, |byte| byte & 0b1100_0000 != 0b1000_0000);
        // Four bytes in UTF-8 are two code units in UTF-16.
        let pairs = count(piece, |byte| byte >= 0b1111_0000);
        Self {
            byte: self.byte + piece.len(),
            char: self.char + chars,
            utf16: self.utf16 + chars + pairs,
        }
    }
}

/// How many bytes are such. Sums of so few fit a byte, so that the compiler adds a whole register of them at once.
fn count(piece: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    let sum = |block: &[u8]| block.iter().map(|&byte| u8::from(is_such(byte))).sum::<u8>();
    let (blocks, rest) = piece.as_chunks::<128>();
    let whole: usize = blocks.iter().map(|block| usize::from(sum(block))).sum();
    whole + usize::from(sum(rest))
}

/// The bytes up to the first boundary at least [`STRIDE`] behind `from`, and whether more come; none at the end.
fn stride(content: &str, from: usize) -> Option<(&[u8], bool)> {
    let end = content.ceil_char_boundary(from + STRIDE);
    let piece = content.as_bytes().get(from..end)?;
    (!piece.is_empty()).then_some((piece, end < content.len()))
}

/// An immutable text, cheap to clone.
#[derive(Clone, Debug)]
pub struct Text {
    content: Arc<str>,
    /// One mark about every [`STRIDE`] bytes, the first at zero, the last at the end of the text.
    marks: Arc<[Mark]>,
}

impl Text {
    /// Indexes a text; O(n), once.
    pub fn new(content: impl Into<Arc<str>>) -> Self {
        let content = content.into();
        let mut marks = vec![Mark::default()];
        let mut mark = Mark::default();
        if content.is_ascii() {
            // Each unit is one byte: two marks say it all, because scanning is skipped (see `locate`).
            mark = Mark {
                byte: content.len(),
                char: content.len(),
                utf16: content.len(),
            };
        } else {
            while let Some((piece, more)) = stride(&content, mark.byte) {
                mark = mark.behind(piece);
                if more {
                    marks.push(mark);
                }
            }
        }
        marks.push(mark);
        Self {
            content,
            marks: marks.into(),
        }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The end of the text, which is its length in bytes.
    pub fn end(&self) -> ByteOffset {
        ByteOffset::new(self.content.len())
    }

    /// From the first byte to the last.
    pub fn full_range(&self) -> ByteRange {
        ByteRange::between(ByteOffset::ZERO, self.end())
    }

    /// Length in code points.
    pub fn char_len(&self) -> usize {
        self.last().char
    }

    /// Length in UTF-16 code units.
    pub fn utf16_len(&self) -> usize {
        self.last().utf16
    }

    /// The words in a range, or `None` where it leaves the text or splits a code point.
    pub fn slice(&self, range: ByteRange) -> Option<&str> {
        self.content.get(range.as_usize())
    }

    /// Whether a code point starts or the text ends here.
    pub fn is_boundary(&self, at: ByteOffset) -> bool {
        self.content.is_char_boundary(at.get())
    }

    /// Bytes as code points; `None` outside the text or inside a code point.
    pub fn char_of(&self, at: ByteOffset) -> Option<CharOffset> {
        self.locate(at.get(), |m| m.byte).map(|m| CharOffset::new(m.char))
    }

    /// Bytes as UTF-16 code units; `None` outside the text or inside a code point.
    pub fn utf16_of(&self, at: ByteOffset) -> Option<Utf16Offset> {
        self.locate(at.get(), |m| m.byte)
            .map(|m| Utf16Offset::new(m.utf16))
    }

    /// Code points as bytes; `None` outside the text.
    pub fn byte_of_char(&self, at: CharOffset) -> Option<ByteOffset> {
        self.locate(at.get(), |m| m.char).map(|m| ByteOffset::new(m.byte))
    }

    /// UTF-16 code units as bytes; `None` outside the text or between the halves of a surrogate pair.
    pub fn byte_of_utf16(&self, at: Utf16Offset) -> Option<ByteOffset> {
        self.locate(at.get(), |m| m.utf16)
            .map(|m| ByteOffset::new(m.byte))
    }

    /// A byte range as a code point range.
    pub fn char_range(&self, range: ByteRange) -> Option<CharRange> {
        CharRange::new(self.char_of(range.start())?, self.char_of(range.end())?)
    }

    /// A code point range as a byte range.
    pub fn byte_range(&self, range: CharRange) -> Option<ByteRange> {
        ByteRange::new(self.byte_of_char(range.start())?, self.byte_of_char(range.end())?)
    }

    /// A UTF-16 range as a byte range.
    pub fn byte_range_of_utf16(&self, range: Utf16Range) -> Option<ByteRange> {
        ByteRange::new(
            self.byte_of_utf16(range.start())?,
            self.byte_of_utf16(range.end())?,
        )
    }

    fn last(&self) -> Mark {
        self.marks.last().copied().unwrap_or_default()
    }

    /// The code point boundary at which `unit` counts `at`.
    fn locate(&self, at: usize, unit: impl Fn(&Mark) -> usize) -> Option<Mark> {
        let last = self.last();
        if last.byte == last.char {
            return (at <= last.byte).then_some(Mark {
                byte: at,
                char: at,
                utf16: at,
            });
        }
        let mut mark = *self
            .marks
            .get(self.marks.partition_point(|m| unit(m) <= at).checked_sub(1)?)?;
        let mut rest = self.content.get(mark.byte..)?.chars();
        while unit(&mark) < at {
            mark = mark.after(rest.next()?);
        }
        (unit(&mark) == at).then_some(mark)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        // Clones are compared at once, however long they are.
        Arc::ptr_eq(&self.content, &other.content) || self.content == other.content
    }
}

impl Eq for Text {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_emoji_moves_each_unit_by_its_own_width() {
        let text = Text::new("a🧕🏽b");
        let b = ByteOffset::new(9);
        assert_eq!(text.char_of(b), Some(CharOffset::new(3)));
        assert_eq!(text.utf16_of(b), Some(Utf16Offset::new(5)));
        assert_eq!(text.char_of(ByteOffset::new(2)), None, "inside a code point");
        assert_eq!(
            text.byte_of_utf16(Utf16Offset::new(2)),
            None,
            "between two surrogates"
        );
        assert_eq!(text.byte_of_char(CharOffset::new(5)), None, "behind the end");
    }

    proptest! {
        #[test]
        fn offsets_round_trip_at_every_boundary(content in "(?s).{0,900}") {
            let text = Text::new(content.as_str());
            let ends = content.char_indices().map(|(i, _)| i).chain([content.len()]);
            for (chars, byte) in ends.enumerate() {
                let byte = ByteOffset::new(byte);
                prop_assert_eq!(text.char_of(byte), Some(CharOffset::new(chars)));
                prop_assert_eq!(text.byte_of_char(CharOffset::new(chars)), Some(byte));
                let utf16 = text.utf16_of(byte).unwrap();
                prop_assert_eq!(utf16.get(), content.get(..byte.get()).unwrap().encode_utf16().count());
                prop_assert_eq!(text.byte_of_utf16(utf16), Some(byte));
            }
            prop_assert_eq!(text.byte_of_char(CharOffset::new(text.char_len() + 1)), None);
        }
    }
}
