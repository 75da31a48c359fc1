//! What a position in multilingual text is.
//!
//! Offsets and their conversion, grapheme clusters, words, sentences, paragraphs, direction. Knows nothing of
//! annotations, files, or fonts.

mod content;
mod direction;
mod offset;

pub use content::Text;
pub use direction::Direction;
pub use offset::{ByteOffset, ByteRange, CharOffset, CharRange, Offset, TextRange, Utf16Offset, Utf16Range};
