//! What is asked of a layout: type, size, width, direction, alignment, scale.
//!
//! Plain values, no fonts and no colours: what a run of text is painted with is the window's affair.

use crate::text::{ByteRange, Direction};

/// The design of the letters. Latin is always set in Noto Sans, Hebrew in Noto Sans Hebrew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Family {
    /// Arabic script in Noto Sans Arabic: narrow and plain, for labels and lists.
    #[default]
    Sans,
    /// Arabic script in Noto Naskh Arabic, the better to read at length.
    Naskh,
}

/// How text looks, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Which letters.
    pub family: Family,
    /// Font size in logical pixels.
    pub size: f32,
    /// Height of a line as a multiple of the size.
    pub line_height: f32,
    /// Bold instead of regular.
    pub bold: bool,
}

impl Style {
    /// The article's type: comfortable for hours.
    pub const READING: Self = Self {
        family: Family::Sans,
        size: 18.0,
        line_height: 1.6,
        bold: false,
    };

    /// The same type at another size.
    #[must_use]
    pub const fn with_size(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// The same type in bold.
    #[must_use]
    pub const fn in_bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The height of one line in physical pixels, always whole, so that every baseline falls on a pixel.
    pub(super) fn line_pixels(self, scale: f32) -> f32 {
        (self.sane_size() * finite(self.line_height, 1.6).clamp(0.5, 10.0) * sane_scale(scale))
            .round()
            .max(1.0)
    }

    /// The font size, kept within what a rasteriser can do.
    pub(super) fn sane_size(self) -> f32 {
        finite(self.size, 18.0).clamp(1.0, 512.0)
    }
}

impl Default for Style {
    fn default() -> Self {
        Self::READING
    }
}

/// On which side lines begin or end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the side where reading begins.
    #[default]
    Start,
    /// At the side where reading ends.
    End,
}

/// A text to lay out: one paragraph, or a chunk of one.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The text. A line break in it is drawn as a space; U+2028 begins a new line.
    pub text: &'a str,
    /// The base direction, resolved by the caller over the whole paragraph.
    pub direction: Direction,
    /// On which side lines begin.
    pub align: Align,
    /// Width in logical pixels at which lines wrap; `None` keeps all on one line.
    pub width: Option<f32>,
    /// Type and size.
    pub style: Style,
    /// Physical pixels per logical pixel.
    pub scale: f32,
    /// The language as a tag such as `ar` or `zh-Hant`, which picks glyph variants and line-break rules.
    pub lang: Option<&'a str>,
    /// Extra space under each line in logical pixels, in which the lanes of spans are drawn.
    pub leading: f32,
}

/// A stretch of a text that is set otherwise than the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// Which part of the text.
    pub range: ByteRange,
    /// How it is set.
    pub face: Emphasised,
}

/// How an emphasised stretch is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasised {
    /// In bold.
    Bold,
    /// Slanted, where the script has such letters.
    Italic,
}

impl<'a> Request<'a> {
    /// One line of text at its natural width.
    pub fn line(text: &'a str, direction: Direction, style: Style, scale: f32) -> Self {
        Self {
            text,
            direction,
            align: Align::Start,
            width: None,
            style,
            scale,
            lang: None,
            leading: 0.0,
        }
    }

    /// The same text wrapped at a width.
    #[must_use]
    pub fn wrapped(self, width: f32) -> Self {
        Self {
            width: Some(width),
            ..self
        }
    }
}

/// A scale that can be divided by.
pub(super) fn sane_scale(scale: f32) -> f32 {
    finite(scale, 1.0).clamp(0.1, 16.0)
}

/// The value, or what stands in for one that is no number.
pub(super) fn finite(value: f32, otherwise: f32) -> f32 {
    if value.is_finite() { value } else { otherwise }
}
