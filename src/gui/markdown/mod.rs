//! Markdown on screen: paragraphs, headings, lists, quotes, code, bold and italic words, links and pictures, in any
//! script.
//!
//! `parse` makes blocks of a text, `sheet` sets them through the window's own text layout, `nodes` tells assistive
//! technology of them, `scroll` shows a sheet in a pane and scrolls it by keys. What a text is about, and where it is
//! shown, is not known here.

mod nodes;
mod parse;
mod scroll;
mod sheet;

pub use parse::{Behind, Block, BlockKind, Link, Look, Mark, blocks, first_paragraph, page};
pub use scroll::{Document, Scroll};
pub use sheet::{Sheet, SheetOutput, SheetStyle};
