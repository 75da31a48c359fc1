//! Bounded pieces of a text in which a segmenter may work as if the rest did not exist.
//!
//! The rules of UAX #29 look back and ahead without limit, so the boundaries near a place can be known for certain
//! only from a *safe* cut: a place that is a boundary whatever stands around it, and past which no rule looks.
//! Each segmenter says which places are safe for it. This file lays cuts through the text at a stride counted from
//! its start, so that every piece, and with it every boundary, is the same from wherever it is asked for.

use std::ops::Range;

/// How one kind of segmenter cuts texts into pieces.
pub(super) struct Grid {
    /// Bytes from one place where a cut is looked for to the next. A piece is at most three strides long.
    pub stride: usize,
    /// Whether cutting at this code point boundary, which is neither end of the text, changes nothing.
    pub is_safe: fn(&str, usize) -> bool,
    /// The cut near a place that is followed by no safe one within a stride: a single cluster or word of kilobytes,
    /// which no living text holds. It is a boundary then, so that no text costs more than its share.
    pub forced: fn(&str, usize) -> usize,
}

impl Grid {
    /// The piece that holds the byte at `at`, or the last one; empty only for an empty text.
    pub fn piece(&self, text: &str, at: usize) -> Range<usize> {
        let at = at.min(text.len().saturating_sub(1));
        let mut index = at / self.stride;
        while index > 0 && self.cut(text, index) > at {
            index -= 1;
        }
        let start = self.cut(text, index);
        let mut end = start;
        while end <= at && end < text.len() {
            index += 1;
            end = self.cut(text, index);
        }
        start..end
    }

    /// The cut that belongs to a place of the grid; they never descend.
    fn cut(&self, text: &str, index: usize) -> usize {
        let from = index.saturating_mul(self.stride);
        if from == 0 || from >= text.len() {
            return from.min(text.len());
        }
        let from = text.ceil_char_boundary(from);
        let to = from.saturating_add(self.stride).min(text.len());
        let safe = (from..to).find(|at| text.is_char_boundary(*at) && (self.is_safe)(text, *at));
        // A tail of less than a stride goes with the piece before it.
        safe.unwrap_or_else(|| {
            if to == text.len() {
                to
            } else {
                (self.forced)(text, from)
            }
        })
    }
}

/// How many bytes without a word a caret step goes over before it stops, so that it ends soon in any text.
pub(super) const LONGEST_STEP: usize = 64 * 1024;

/// The code point that ends at a code point boundary.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The code point that starts at a code point boundary.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}
