//! From a text to a [`Layout`]: shaping and line breaks by parley, then the order and place of every cluster.
//!
//! Parley does not apply rule L1 of the bidirectional algorithm: white space at the end of a line stays inside its
//! run. Taking it out and putting it at the line's end edge is the same as giving it the paragraph's level, since a
//! reversal of the rest does not depend on what was logically last. Knows nothing of carets and hits.

use parley::{
    Alignment, AlignmentOptions, BaseDirection, Cluster, FontStyle, FontWeight, Language, OverflowWrap,
    StyleProperty,
};

use super::fonts::{Fonts, Lead, emoji_stack, stack};
use super::plain::{arabic_ranges, drawable, emoji_ranges};
use super::shaped::{ClusterData, Face, Frame, GlyphData, Layout, LineData};
use super::style::{Align, Emphasis, Emphasised, Family, Request, finite, sane_scale};
use crate::text::Direction;

/// Noto Sans' ascent and descent for a size of one. Every line uses them, whatever font it falls back to, so that
/// lines keep one rhythm in all scripts.
const ASCENT: f32 = 1.069;
const DESCENT: f32 = 0.293;

/// Naskh letters are drawn small in their box; so much larger they read like the Latin ones beside them. The line
/// keeps its height.
const NASKH_SIZE: f32 = 1.1;

/// Lays out a text.
pub(super) fn build(fonts: &mut Fonts, request: &Request<'_>, emphasis: &[Emphasis]) -> Layout {
    let mut paragraph = std::mem::take(&mut fonts.scratch);
    let text = drawable(request.text, request.width.is_none());
    shape(fonts, request, emphasis, &text, &mut paragraph);
    let scale = sane_scale(request.scale);
    let max_advance = request
        .width
        .map(|width| (finite(width, 0.0).max(1.0) * scale).round());
    paragraph.break_all_lines(max_advance);
    paragraph.align(Alignment::Left, AlignmentOptions::default());
    let mut layout = Builder::new(request, &text, scale, max_advance).run(&paragraph);
    layout.bottoms = layout.bottoms_with(|_| request.leading);
    fonts.scratch = paragraph;
    layout
}

/// Extra space below a line, in whole physical pixels.
pub(super) fn leading_pixels(leading: f32, scale: f32) -> f32 {
    (finite(leading, 0.0).clamp(0.0, 10_000.0) * scale).round()
}

fn shape(
    fonts: &mut Fonts,
    request: &Request<'_>,
    emphasis: &[Emphasis],
    text: &str,
    paragraph: &mut parley::Layout<()>,
) {
    let style = request.style;
    let mut builder = fonts
        .layouts
        .ranged_builder(&mut fonts.context, text, sane_scale(request.scale), true);
    builder.set_base_direction(match request.direction {
        Direction::LeftToRight => BaseDirection::Ltr,
        Direction::RightToLeft => BaseDirection::Rtl,
    });
    let lead = Lead::of(text, request.direction);
    builder.push_default(StyleProperty::FontFamily(stack(style.family, lead)));
    builder.push_default(StyleProperty::FontSize(style.sane_size()));
    if style.bold {
        builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
    }
    builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
    if let Some(language) = request.lang.and_then(|tag| Language::parse(tag).ok()) {
        builder.push_default(StyleProperty::Locale(Some(language)));
    }
    if style.family == Family::Naskh {
        for range in arabic_ranges(text) {
            builder.push(StyleProperty::FontSize(style.sane_size() * NASKH_SIZE), range);
        }
    }
    for stretch in emphasis {
        let range = stretch.range.start().get()..stretch.range.end().get();
        if range.is_empty() || text.get(range.clone()).is_none() {
            continue;
        }
        builder.push(
            match stretch.face {
                Emphasised::Bold => StyleProperty::FontWeight(FontWeight::BOLD),
                Emphasised::Italic => StyleProperty::FontStyle(FontStyle::Italic),
            },
            range,
        );
    }
    for range in emoji_ranges(text) {
        builder.push(StyleProperty::FontFamily(emoji_stack()), range);
    }
    builder.build_into(paragraph, text);
}

struct Builder<'a> {
    text: &'a str,
    align: Align,
    frame: Frame,
    wraps: bool,
    lines: Vec<LineData>,
    clusters: Vec<ClusterData>,
    glyphs: Vec<GlyphData>,
    faces: Vec<Face>,
}

/// A cluster in parley's visual order with the glyphs that start at its left edge.
struct Piece {
    cluster: ClusterData,
    glyphs: std::ops::Range<usize>,
}

/// Where the content of a line lies: all but its trailing white space.
struct Place {
    left: f32,
    /// Its width.
    content: f32,
    /// By how much trailing white space stands left of it.
    shift: f32,
}

/// A ligature while its clusters are gone through from left to right.
#[derive(Default)]
struct Ligature {
    /// The width of its clusters that stand left of the one that holds its glyphs.
    before: f32,
    /// The end of their text.
    end: u32,
    /// Its glyphs, once that one was met.
    glyphs: std::ops::Range<usize>,
}

impl<'a> Builder<'a> {
    fn new(request: &Request<'_>, text: &'a str, scale: f32, max_advance: Option<f32>) -> Self {
        let size = request.style.sane_size() * scale;
        let line_height = request.style.line_pixels(scale);
        Self {
            text,
            align: request.align,
            frame: Frame {
                text_len: text.len() as u32,
                direction: request.direction,
                scale,
                width: max_advance.unwrap_or(0.0),
                line_height,
                ascent: ((line_height - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size).round(),
            },
            wraps: max_advance.is_some(),
            lines: Vec::new(),
            clusters: Vec::with_capacity(text.len() / 2),
            glyphs: Vec::with_capacity(text.len() / 2),
            faces: Vec::new(),
        }
    }

    fn run(mut self, paragraph: &parley::Layout<()>) -> Layout {
        for line in paragraph.lines() {
            self.line(&line);
        }
        self.close();
        self.clusters.shrink_to_fit();
        self.glyphs.shrink_to_fit();
        Layout {
            bottoms: Vec::new(),
            lines: self.lines,
            clusters: self.clusters,
            glyphs: self.glyphs,
            faces: self.faces,
            frame: self.frame,
        }
    }

    /// Takes over one line: collects its clusters, resets its trailing white space, gives every cluster its place.
    fn line(&mut self, line: &parley::Line<'_, ()>) {
        let start = self.lines.last().map_or(0, |line| line.end);
        let end = (line.text_range().end as u32).max(start);
        let text = self.text.get(start as usize..end as usize).unwrap_or_default();
        if text.is_empty() && !self.lines.is_empty() {
            return;
        }
        let hard_break = text.ends_with('\u{2028}');
        let trailing = start + text.trim_end_matches(hangs).len() as u32;
        let first_glyph = self.glyphs.len() as u32;
        let mut pieces = self.pieces(line, trailing);
        reset_trailing(&mut pieces, self.frame.direction);

        let Place { left, content, shift } = self.place(&pieces);
        let first_cluster = self.clusters.len() as u32;
        let mut x = left - shift;
        for piece in pieces {
            for glyph in self.glyphs.get_mut(piece.glyphs).unwrap_or_default() {
                glyph.x += x;
            }
            self.clusters.push(ClusterData { x, ..piece.cluster });
            x += piece.cluster.advance;
        }
        self.lines.push(LineData {
            start,
            end,
            clusters: first_cluster..self.clusters.len() as u32,
            glyphs: first_glyph..self.glyphs.len() as u32,
            left,
            right: left + content,
            hard_break,
        });
    }

    /// The clusters of a line in parley's visual order. Glyphs are stored with `x` relative to their cluster.
    fn pieces(&mut self, line: &parley::Line<'_, ()>, trailing: u32) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for run in line.runs() {
            let coords: Vec<i16> = run
                .normalized_coords()
                .iter()
                .map(|coord| coord.to_bits())
                .collect();
            let face = self.face(&run, &coords);
            let mut ligature = Ligature::default();
            for cluster in run.visual_clusters() {
                let range = cluster.text_range();
                let (start, end) = (range.start as u32, range.end as u32);
                let first = self.glyphs.len();
                let advance = cluster.advance();
                if cluster.is_ligature_continuation() {
                    self.continue_ligature(&mut ligature, run.is_rtl(), end, advance);
                } else {
                    if self.leaves_ink(range) {
                        self.glyphs(&cluster, face, &ligature);
                    }
                    ligature = Ligature {
                        glyphs: first..self.glyphs.len(),
                        ..Ligature::default()
                    };
                }
                pieces.push(Piece {
                    cluster: ClusterData {
                        start,
                        end,
                        x: 0.0,
                        advance,
                        rtl: run.is_rtl(),
                        trailing: start >= trailing,
                    },
                    glyphs: first..self.glyphs.len(),
                });
            }
        }
        pieces
    }

    /// Notes a cluster that is drawn by the glyphs of another: in a right-to-left run one that is still to come, else
    /// the last one.
    fn continue_ligature(&mut self, ligature: &mut Ligature, rtl: bool, end: u32, advance: f32) {
        if rtl {
            ligature.before += advance;
            ligature.end = ligature.end.max(end);
        } else {
            for glyph in self.glyphs.get_mut(ligature.glyphs.clone()).unwrap_or_default() {
                glyph.end = end;
            }
        }
    }

    fn glyphs(&mut self, cluster: &Cluster<'_, ()>, face: u16, ligature: &Ligature) {
        let range = cluster.text_range();
        let end = (range.end as u32).max(ligature.end);
        let mut pen = -ligature.before;
        for glyph in cluster.glyphs() {
            if let Ok(id) = u16::try_from(glyph.id) {
                self.glyphs.push(GlyphData {
                    face,
                    id,
                    start: range.start as u32,
                    end,
                    x: pen + glyph.x,
                    y: glyph.y,
                });
            }
            pen += glyph.advance;
        }
    }

    fn leaves_ink(&self, range: std::ops::Range<usize>) -> bool {
        self.text
            .get(range)
            .is_some_and(|text| !text.chars().all(char::is_whitespace))
    }

    fn face(&mut self, run: &parley::Run<'_, ()>, coords: &[i16]) -> u16 {
        let (font, size, synthesis) = (run.font(), run.font_size(), run.synthesis());
        let known = self
            .faces
            .iter()
            .position(|face| face.is(font, size, synthesis, coords));
        let index = known.unwrap_or_else(|| {
            self.faces.push(Face {
                font: font.clone(),
                size,
                synthesis,
                coords: coords.into(),
            });
            self.faces.len() - 1
        });
        index as u16
    }

    /// Where the content of a line lies.
    fn place(&mut self, pieces: &[Piece]) -> Place {
        let width_of = |trailing: bool| -> f32 {
            pieces
                .iter()
                .map(|piece| piece.cluster)
                .filter(|cluster| cluster.trailing == trailing)
                .map(|cluster| cluster.advance)
                .sum()
        };
        let (content, hanging) = (width_of(false), width_of(true));
        let rtl = self.frame.direction == Direction::RightToLeft;
        let shift = if rtl { hanging } else { 0.0 };
        if !self.wraps {
            // The only line: its box holds the trailing white space too.
            self.frame.width = (content + hanging).ceil();
            let left = if rtl { self.frame.width - content } else { 0.0 };
            return Place { left, content, shift };
        }
        let left = if rtl == (self.align == Align::Start) {
            (self.frame.width - content).round()
        } else {
            0.0
        };
        Place { left, content, shift }
    }

    /// Sees to it that there is a line, that the last reaches the end, and that U+2028 at the end opens one more.
    fn close(&mut self) {
        let end = self.frame.text_len;
        if let Some(last) = self.lines.last_mut() {
            last.end = end;
            if !last.hard_break {
                return;
            }
        }
        let left = self.place(&[]).left;
        let (clusters, glyphs) = (self.clusters.len() as u32, self.glyphs.len() as u32);
        self.lines.push(LineData {
            start: end,
            end,
            clusters: clusters..clusters,
            glyphs: glyphs..glyphs,
            left,
            right: left,
            hard_break: false,
        });
    }
}

/// Moves the white space that ends a line to the edge where the line ends.
fn reset_trailing(pieces: &mut Vec<Piece>, direction: Direction) {
    if !pieces.iter().any(|piece| piece.cluster.trailing) {
        return;
    }
    let rtl = direction == Direction::RightToLeft;
    let (mut trailing, rest): (Vec<_>, Vec<_>) = std::mem::take(pieces)
        .into_iter()
        .partition(|piece| piece.cluster.trailing);
    trailing.sort_by_key(|piece| piece.cluster.start);
    for piece in &mut trailing {
        piece.cluster.rtl = rtl;
    }
    if rtl {
        trailing.reverse();
        trailing.extend(rest);
        *pieces = trailing;
    } else {
        pieces.extend(rest);
        pieces.extend(trailing);
    }
}

/// What rule L1 resets at the end of a line: white space, isolate controls, and what the algorithm ignores.
fn hangs(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' | '\u{85}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
            | '\u{2028}' | '\u{2029}' | '\u{205f}' | '\u{3000}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}'
            | '\u{200b}'..='\u{200d}' | '\u{feff}'
    )
}
