//! Text on screen: every string that may hold another script is drawn through here.
//!
//! [`TextEngine`] owns the fonts, the glyph atlas, and the layouts of short strings; [`ShortText`] draws one
//! label or one row with it; [`Glyphs`] gathers longer layouts. What a text means, and where a long one is broken
//! into pages, is not known here.

mod atlas;
mod engine;
mod short;

pub use engine::{Glyphs, SystemFonts, TextEngine};
pub use short::{ShortLayout, ShortText, TextStyle, any_script_tip};
