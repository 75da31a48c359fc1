//! Glyph-level geometry of text in any script: shaping, direction runs, lines, caret, hits, rectangles, lanes.
//!
//! Built on parley, which stays inside. Knows nothing of the window, of colours, or of annotations: it turns text
//! and a width into glyphs at positions, and positions on the screen into positions in the text.

mod build;
mod document;
mod editor;
mod fonts;
mod geometry;
mod lanes;
mod movement;
mod plain;
mod raster;
mod shaped;
mod style;
#[cfg(test)]
mod tests;

pub use document::{Counted, Document, ItemId, Room, Scroll, Settings, Visible};
pub use editor::{Editor, EditorParagraph, EditorSelection, EditorSettings, EditorStep};
pub use fonts::Fonts;
pub use geometry::{Affinity, Caret, Hit, Rect};
pub use lanes::{LaneMap, lanes};
pub use movement::Step;
pub use raster::{Bitmap, GlyphKey, Pixels, Placed, Raster};
pub use shaped::{Face, Glyph, Layout, Line, VisualCluster};
pub use style::{Align, Emphasis, Emphasised, Family, Request, Style};
