//! Markdown on screen: paragraphs, headings, lists, quotes, code, bold and italic words, in any script.
//!
//! `parse` makes blocks of a text, `sheet` sets them through the window's own text layout. What a text is about, and
//! where it is shown, is not known here.

mod parse;
mod sheet;

pub use parse::{Block, BlockKind, Look, Mark, blocks, first_paragraph};
pub use sheet::{Sheet, SheetOutput};
