//! Snapping: from what a mouse dragged over to the words it meant.

use super::content::Text;
use super::offset::{ByteOffset, ByteRange};
use super::word::{range, segment_at};

impl Text {
    /// The words that a range touches, without a leading elision and trimmed as [`Text::trim`] does: what a drag of
    /// the mouse selects. An empty range stays one. Snapping twice changes nothing.
    #[must_use]
    pub fn snap_to_words(&self, dragged: ByteRange) -> ByteRange {
        let (text, last) = (self.as_str(), self.end().get());
        let (start, end) = (dragged.start().get().min(last), dragged.end().get().min(last));
        if start == end {
            return ByteRange::caret(ByteOffset::new(start));
        }
        let (first, last) = (segment_at(text, start), segment_at(text, end - 1));
        self.trim(range(first.start + first.elision, last.end))
    }
}
