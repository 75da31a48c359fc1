//! From a glyph to its bitmap: coverage for outlines, colours for emoji.
//!
//! Glyphs stand at quarter pixels in x and at whole pixels in y, unhinted; a key names one such picture, so that
//! whoever keeps an atlas asks only once. Knows nothing of textures.

use swash::FontRef;
use swash::scale::image::Content;
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};

use super::shaped::{Face, Glyph};

/// Positions in a pixel at which a glyph may stand.
const STEPS: f32 = 4.0;

/// Names one picture of a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GlyphKey {
    font: u64,
    index: u32,
    id: u16,
    size: u32,
    /// Quarters of a pixel to the right.
    quarter: u8,
    embolden: bool,
    skew: i8,
    variation: u64,
}

/// A glyph's picture and the whole pixel at which its pen stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which picture.
    pub key: GlyphKey,
    /// The pen's pixel column.
    pub x: i32,
    /// The baseline's pixel row.
    pub y: i32,
}

/// A picture of a glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// Pixels from the pen to the left edge.
    pub left: i32,
    /// Pixels from the baseline up to the top edge.
    pub top: i32,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// What it is made of, row by row.
    pub pixels: Pixels,
}

/// What a picture is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// How much of each pixel is covered, one byte each; the text's colour is painted through it.
    Coverage(Vec<u8>),
    /// The glyph's own colours: red, green, blue, alpha, not premultiplied.
    Color(Vec<u8>),
}

/// Draws glyphs. Keeps caches of the fonts it has seen.
#[derive(Default)]
pub struct Raster {
    context: ScaleContext,
}

impl Glyph<'_> {
    /// The picture and the pixel for this glyph in a layout whose top left is at a point in physical pixels.
    pub fn placed(&self, origin_x: f32, origin_y: f32) -> Placed {
        let quarters = ((origin_x + self.x) * STEPS).round();
        let column = (quarters / STEPS).floor();
        Placed {
            key: self.face.key(self.id, (quarters - column * STEPS) as u8),
            x: column as i32,
            y: (origin_y + self.y).round() as i32,
        }
    }
}

impl Face {
    fn key(&self, id: u16, quarter: u8) -> GlyphKey {
        // FNV-1a over the coordinates, which for a static font are none.
        let variation = self
            .coords
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &coord| {
                (hash ^ u64::from(coord.cast_unsigned())).wrapping_mul(0x0100_0000_01b3)
            });
        GlyphKey {
            font: self.font_id(),
            index: self.font.index,
            id,
            size: self.size.to_bits(),
            quarter,
            embolden: self.synthesis.embolden(),
            skew: self.synthesis.skew().unwrap_or(0.0) as i8,
            variation,
        }
    }
}

impl Raster {
    /// A rasteriser with empty caches.
    pub fn new() -> Self {
        Self::default()
    }

    /// The picture that a key of this face names; `None` where the glyph leaves no ink.
    pub fn draw(&mut self, face: &Face, key: GlyphKey) -> Option<Bitmap> {
        let font = FontRef::from_index(face.font.data.data(), face.font.index as usize)?;
        let mut scaler = self
            .context
            .builder_with_id(font, [face.font_id(), u64::from(face.font.index)])
            .size(face.size)
            .normalized_coords(face.coords.iter())
            .build();
        let sources = [
            Source::ColorOutline(0),
            Source::ColorBitmap(StrikeWith::BestFit),
            Source::Outline,
            Source::Bitmap(StrikeWith::BestFit),
        ];
        let mut render = Render::new(&sources);
        render
            .format(Format::Alpha)
            .offset(Vector::new(f32::from(key.quarter) / STEPS, 0.0));
        if key.embolden {
            render.embolden(face.size / 48.0);
        }
        if key.skew != 0 {
            let angle = Angle::from_degrees(f32::from(key.skew));
            render.transform(Some(Transform::skew(angle, Angle::ZERO)));
        }
        let image = render.render(&mut scaler, key.id)?;
        let (width, height) = (image.placement.width as usize, image.placement.height as usize);
        let (pixels, bytes) = match image.content {
            Content::Color => (Pixels::Color(image.data), 4),
            Content::Mask | Content::SubpixelMask => (Pixels::Coverage(image.data), 1),
        };
        let (Pixels::Coverage(data) | Pixels::Color(data)) = &pixels;
        let whole = width > 0 && height > 0 && data.len() == width * height * bytes;
        whole.then_some(Bitmap {
            left: image.placement.left,
            top: image.placement.top,
            width,
            height,
            pixels,
        })
    }
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Raster").finish_non_exhaustive()
    }
}
