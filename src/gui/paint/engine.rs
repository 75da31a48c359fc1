//! The one owner of fonts, glyph bitmaps, and cached layouts; lives in the app and is handed to panels.

use egui::Context;

/// Whether to look for the fonts of the machine beside the bundled ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemFonts {
    /// Find them on a thread and take them in when they are there.
    Search,
    /// Bundled fonts only: the same picture on every machine, as tests need it.
    Off,
}

/// Fonts, glyph atlas, and layouts of short strings.
pub struct TextEngine {
    system_fonts: SystemFonts,
}

impl TextEngine {
    /// Starts with the bundled fonts.
    pub fn new(system_fonts: SystemFonts) -> Self {
        Self { system_fonts }
    }

    /// Call once before anything is drawn in a frame: takes in fonts that were found, and follows the theme and
    /// the pixel density.
    pub fn begin_frame(&mut self, ctx: &Context) {
        if self.system_fonts == SystemFonts::Search {
            ctx.options(|_| ());
        }
    }

    /// Call once after everything is drawn in a frame: uploads the new glyphs.
    pub fn end_frame(&mut self, ctx: &Context) {
        ctx.options(|_| ());
    }
}
