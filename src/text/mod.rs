//! What a position in multilingual text is.
//!
//! Offsets and their conversion, grapheme clusters, words, sentences, paragraphs, direction, script, digits, folding
//! for search, finding, control characters. All that asks for a place works in a bounded piece of the text around it.
//! Knows nothing of annotations, files, or fonts.
//!
//! A position has a type of its own for each unit, and only a [`Text`] turns one into another:
//!
//! ```
//! use hashiya::text::{CharOffset, CharRange, Text};
//!
//! let text = Text::new("🔴 حلب");
//! let aleppo = CharRange::between(CharOffset::new(2), CharOffset::new(5));
//! let bytes = text.byte_range(aleppo).expect("it lies in the text");
//! assert_eq!(text.slice(bytes), Some("حلب"));
//! // What Python counts as 2, JavaScript counts as 3.
//! assert_eq!(text.utf16_of(bytes.start()).map(|at| at.get()), Some(3));
//! ```

mod candidate;
mod content;
mod control;
mod digit;
mod direction;
mod elision;
pub mod find;
mod fold;
mod grapheme;
mod look_alike;
mod offset;
mod pairs;
mod paragraph;
mod proclitic;
mod quotation;
mod script;
mod sentence;
mod snap;
mod token;
mod trim;
mod window;
mod word;

#[cfg(test)]
pub(crate) mod marked;

pub use content::Text;
pub use control::{Control, Deception, control_name, controls, drawable, is_control};
pub use digit::{digit_value, to_ascii_digits};
pub use direction::{Direction, base_direction, paragraph_directions};
pub use fold::fold;
pub use grapheme::beginning;
pub use look_alike::{LookAlike, look_alikes};
pub use offset::{ByteOffset, ByteRange, CharOffset, CharRange, Offset, TextRange, Utf16Offset, Utf16Range};
pub use paragraph::{Paragraph, is_one_paragraph, paragraph_index, paragraphs};
pub use script::{Script, main_script, script_of, script_runs};
