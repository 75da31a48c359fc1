//! One paragraph, or a chunk of one, laid out: lines of visual clusters and placed glyphs.
//!
//! The parley layout is only passed through: what is kept is small and already in visual order, with the white
//! space at the end of a line at the paragraph's own level (rule L1 of the bidirectional algorithm), so that paint,
//! hits, and rectangles cannot disagree. How it is computed is [`super::build`]'s affair; what is asked of it is in
//! [`super::geometry`] and [`super::movement`].

use std::ops::Range;

use parley::FontData;
use parley::fontique::Synthesis;

use super::build;
use super::fonts::Fonts;
use super::style::{Emphasis, Request};
use crate::text::{ByteOffset, ByteRange, Direction};

/// A text laid out. Positions in it are byte offsets from the start of the text.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Top to bottom, which is logical order; never empty.
    pub(super) lines: Vec<LineData>,
    /// How far down each line ends with the leading below it, in physical pixels.
    pub(super) bottoms: Vec<f32>,
    /// Line by line, each line's from left to right.
    pub(super) clusters: Vec<ClusterData>,
    /// Line by line, from left to right.
    pub(super) glyphs: Vec<GlyphData>,
    pub(super) faces: Vec<Face>,
    pub(super) frame: Frame,
}

/// What holds for all lines of a layout. Lengths are in physical pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) text_len: u32,
    pub(super) direction: Direction,
    pub(super) scale: f32,
    /// The width asked for, or that of the only line.
    pub(super) width: f32,
    pub(super) line_height: f32,
    /// From the top of a line down to its baseline, whole.
    pub(super) ascent: f32,
}

#[derive(Clone, Debug)]
pub(super) struct LineData {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) clusters: Range<u32>,
    pub(super) glyphs: Range<u32>,
    /// Left and right edge of what is not trailing white space.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Whether U+2028 ends the line.
    pub(super) hard_break: bool,
}

/// A grapheme cluster, or the part of it that one font could draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClusterData {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) x: f32,
    pub(super) advance: f32,
    pub(super) rtl: bool,
    /// White space at the end of its line, which may hang over the edge.
    pub(super) trailing: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct GlyphData {
    pub(super) face: u16,
    pub(super) id: u16,
    /// The text that it draws.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) x: f32,
    /// Below the baseline.
    pub(super) y: f32,
}

/// A font at a size, as a run of glyphs is drawn with it.
#[derive(Clone, Debug)]
pub struct Face {
    pub(super) font: FontData,
    /// Font size in physical pixels.
    pub(super) size: f32,
    pub(super) synthesis: Synthesis,
    /// Normalised variation coordinates, empty for a static font.
    pub(super) coords: Box<[i16]>,
}

/// A glyph to draw.
#[derive(Clone, Copy, Debug)]
pub struct Glyph<'a> {
    /// With which font and size.
    pub face: &'a Face,
    /// Its number in the font.
    pub id: u16,
    /// Its pen position from the left of the layout, in physical pixels.
    pub x: f32,
    /// Its baseline from the top of the layout, in physical pixels.
    pub y: f32,
    /// The text that it draws, for a ligature all of it.
    pub range: ByteRange,
}

/// A line, in logical pixels from the top left of its layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// The text on the line with the white space at which it wraps.
    pub range: ByteRange,
    /// Top edge.
    pub y: f32,
    /// Height without the extra leading below.
    pub height: f32,
    /// The baseline.
    pub baseline: f32,
    /// Left edge of the text, without trailing white space.
    pub left: f32,
    /// Right edge of the text, without trailing white space.
    pub right: f32,
}

/// One grapheme cluster on the screen, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisualCluster {
    /// Its text.
    pub range: ByteRange,
    /// Left edge from the left of the layout.
    pub x: f32,
    /// Width.
    pub width: f32,
    /// The direction of the run it stands in.
    pub direction: Direction,
}

impl Layout {
    /// Lays out a text.
    pub fn new(fonts: &mut Fonts, request: &Request<'_>) -> Self {
        build::build(fonts, request, &[])
    }

    /// Lays out a text of which some stretches are emphasised.
    pub fn emphasised(fonts: &mut Fonts, request: &Request<'_>, emphasis: &[Emphasis]) -> Self {
        build::build(fonts, request, emphasis)
    }

    /// Width and height in logical pixels, with the leading below the last line.
    pub fn size(&self) -> (f32, f32) {
        (
            self.frame.width / self.frame.scale,
            self.height() / self.frame.scale,
        )
    }

    /// The base direction.
    pub fn direction(&self) -> Direction {
        self.frame.direction
    }

    /// The end of the text, which is its length.
    pub fn end(&self) -> ByteOffset {
        ByteOffset::new(self.frame.text_len as usize)
    }

    /// How many lines; at least one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The lines from top to bottom, which is also their logical order.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Line> + '_ {
        (0..self.lines.len()).map(|index| self.line(index))
    }

    /// The clusters of a line from left to right.
    pub fn clusters(&self, line: usize) -> impl Iterator<Item = VisualCluster> + '_ {
        let scale = self.frame.scale;
        self.clusters_of(line).iter().map(move |cluster| VisualCluster {
            range: cluster.range(),
            x: cluster.x / scale,
            width: cluster.advance / scale,
            direction: if cluster.rtl {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            },
        })
    }

    /// All glyphs that leave ink.
    pub fn glyphs(&self) -> impl Iterator<Item = Glyph<'_>> {
        self.glyphs_of(0..self.lines.len())
    }

    /// The glyphs of some lines, for a text of which only a part is in view.
    pub fn glyphs_of(&self, lines: Range<usize>) -> impl Iterator<Item = Glyph<'_>> {
        let end = lines.end.min(self.lines.len());
        let start = lines.start.min(end);
        (start..end).flat_map(move |index| {
            let baseline = self.baseline(index);
            self.lines
                .get(index)
                .and_then(|line| self.glyphs.get(span(&line.glyphs)))
                .unwrap_or_default()
                .iter()
                .filter_map(move |glyph| {
                    Some(Glyph {
                        face: self.faces.get(usize::from(glyph.face))?,
                        id: glyph.id,
                        x: glyph.x,
                        y: baseline + glyph.y,
                        range: bytes(glyph.start, glyph.end),
                    })
                })
        })
    }

    /// The lines that touch the stretch between two heights in logical pixels.
    pub fn lines_between(&self, top: f32, bottom: f32) -> Range<usize> {
        let scale = self.frame.scale;
        let first = self.bottoms.partition_point(|line| *line <= top * scale);
        let last = self.bottoms.partition_point(|line| *line < bottom * scale) + usize::from(bottom > 0.0);
        let (first, last) = (first.min(self.lines.len()), last.min(self.lines.len()));
        first..last.max(first)
    }

    /// How far down each line ends where so much space is below it, by its text, in logical pixels; answers in physical
    /// ones. Nothing else moves relative to its line.
    pub(super) fn bottoms_with(&self, leading: impl Fn(ByteRange) -> f32) -> Vec<f32> {
        let Frame {
            scale, line_height, ..
        } = self.frame;
        let mut bottom = 0.0;
        let bottoms = self.lines.iter().map(|line| {
            bottom += line_height + build::leading_pixels(leading(line.range()), scale);
            bottom
        });
        bottoms.collect()
    }

    /// About how many bytes it keeps, for a bounded cache.
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.lines.len() * (size_of::<LineData>() + size_of::<f32>())
            + self.clusters.len() * size_of::<ClusterData>()
            + self.glyphs.len() * size_of::<GlyphData>()
            + self.faces.len() * size_of::<Face>()
    }

    /// The height in physical pixels, with the leading below the last line.
    pub(super) fn height(&self) -> f32 {
        self.bottoms.last().copied().unwrap_or(0.0)
    }

    /// The top of a line in physical pixels.
    pub(super) fn top(&self, line: usize) -> f32 {
        let above = line.checked_sub(1).map(|above| self.bottoms.get(above));
        above.map_or(0.0, |above| above.copied().unwrap_or_else(|| self.height()))
    }

    /// The line at a distance from the top in physical pixels, with its leading; the first or the last one outside.
    pub(super) fn line_at_height(&self, y: f32) -> usize {
        let line = self.bottoms.partition_point(|bottom| *bottom <= y);
        line.min(self.lines.len().saturating_sub(1))
    }

    pub(super) fn baseline(&self, line: usize) -> f32 {
        self.top(line) + self.frame.ascent
    }

    pub(super) fn clusters_of(&self, line: usize) -> &[ClusterData] {
        self.lines
            .get(line)
            .and_then(|line| self.clusters.get(span(&line.clusters)))
            .unwrap_or_default()
    }

    fn line(&self, index: usize) -> Line {
        let scale = self.frame.scale;
        let data = self.lines.get(index);
        Line {
            range: data.map_or(ByteRange::caret(self.end()), LineData::range),
            y: self.top(index) / scale,
            height: self.frame.line_height / scale,
            baseline: self.baseline(index) / scale,
            left: data.map_or(0.0, |line| line.left) / scale,
            right: data.map_or(0.0, |line| line.right) / scale,
        }
    }
}

impl Face {
    /// Which font file, as one number while the program runs.
    pub fn font_id(&self) -> u64 {
        self.font.data.id()
    }

    /// Font size in physical pixels.
    pub fn size(&self) -> f32 {
        self.size
    }

    pub(super) fn is(&self, font: &FontData, size: f32, synthesis: Synthesis, coords: &[i16]) -> bool {
        self.font == *font
            && self.size.to_bits() == size.to_bits()
            && self.synthesis == synthesis
            && *self.coords == *coords
    }
}

impl LineData {
    pub(super) fn range(&self) -> ByteRange {
        bytes(self.start, self.end)
    }
}

impl ClusterData {
    pub(super) fn range(&self) -> ByteRange {
        bytes(self.start, self.end)
    }
}

/// A byte range of the layout's text.
fn bytes(start: u32, end: u32) -> ByteRange {
    ByteRange::between(ByteOffset::new(start as usize), ByteOffset::new(end as usize))
}

fn span(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
