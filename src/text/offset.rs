//! Positions in a text, one type for each unit in which tools count.
//!
//! This file knows no text: what an offset means in a given text is [`super::Text`]'s to say, and only
//! `Text` converts from one unit to another.

use std::fmt;

/// A position type: one of [`ByteOffset`], [`CharOffset`], [`Utf16Offset`].
pub trait Offset: Copy + Ord + fmt::Debug {}

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// The start of every text.
            pub const ZERO: Self = Self(0);

            /// Names a position that was counted elsewhere; [`super::Text`] says whether it exists in a text.
            pub const fn new(units: usize) -> Self {
                Self(units)
            }

            /// The bare count, for slicing at the place where the unit is known and for writing to a file.
            pub const fn get(self) -> usize {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Offset for $name {}
    };
}

offset! {
    /// A position in UTF-8 bytes: the unit inside the program.
    ByteOffset
}
offset! {
    /// A position in Unicode code points: the unit of JSONL and of Python.
    CharOffset
}
offset! {
    /// A position in UTF-16 code units: the unit of browsers, Java, and UIMA.
    Utf16Offset
}

/// From `start` up to, not including, `end`, with `start <= end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange<O> {
    start: O,
    end: O,
}

/// A range in UTF-8 bytes.
pub type ByteRange = TextRange<ByteOffset>;
/// A range in Unicode code points.
pub type CharRange = TextRange<CharOffset>;
/// A range in UTF-16 code units.
pub type Utf16Range = TextRange<Utf16Offset>;

impl<O: Offset> TextRange<O> {
    /// The range, or `None` where `end` lies before `start`.
    pub fn new(start: O, end: O) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The range between two positions given in any order, such as a selection's anchor and focus.
    pub fn between(one: O, other: O) -> Self {
        Self {
            start: one.min(other),
            end: one.max(other),
        }
    }

    /// The empty range at a position.
    pub fn caret(at: O) -> Self {
        Self { start: at, end: at }
    }

    /// First position.
    pub fn start(self) -> O {
        self.start
    }

    /// The position behind the last one.
    pub fn end(self) -> O {
        self.end
    }

    /// Whether nothing lies between start and end.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the position lies in the range; the end does not.
    pub fn contains(self, at: O) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the other range lies wholly in this one.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What two ranges share, where that is not empty.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }
}

impl ByteRange {
    /// The range as the standard library takes it, to slice a text with.
    pub fn as_usize(self) -> std::ops::Range<usize> {
        self.start.0..self.end.0
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.0 - self.start.0
    }
}

/// The range between two counts of bytes.
pub(super) fn range(start: usize, end: usize) -> ByteRange {
    ByteRange::between(ByteOffset::new(start), ByteOffset::new(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reversed_range_is_refused_and_a_selection_is_put_in_order() {
        assert_eq!(ByteRange::new(ByteOffset::new(5), ByteOffset::new(2)), None);
        assert_eq!(range(5, 2), range(2, 5));
    }

    #[test]
    fn ranges_that_touch_share_nothing() {
        assert_eq!(range(0, 3).intersection(range(3, 6)), None);
        assert_eq!(range(0, 4).intersection(range(3, 6)), Some(range(3, 4)));
        assert!(range(0, 4).covers(range(4, 4)) && !range(0, 4).contains(ByteOffset::new(4)));
    }
}
