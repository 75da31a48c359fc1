//! The article on screen: tints, selection, words, underlines, chips, caret.
//!
//! Reads the state and the sheet, changes nothing. Everything is painted in few meshes: rectangles below the words,
//! the words, what lies above them.

use std::collections::BTreeMap;

use egui::{Color32, Mesh, Painter, Pos2, Rect, Ui, pos2, vec2};

use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::{LabelColors, Palette};
use crate::model::{LabelId, Ranges, Span};
use crate::text::Direction;

use super::find_marks::{add_hits, outline_current_hit};
use super::hidden::hidden_marks;
use super::input_mouse::{ARMED_OFFSET, edge_line};
use super::page::Page;
use super::state::{ArticleState, Edge, Gesture};

/// Height of one underline's lane in points before zoom: the line and the gap above it.
pub(super) const LANE: f32 = 3.0;
/// Thickness of an underline.
const UNDERLINE: f32 = 2.0;
/// Height of the row of chips below the lanes.
pub(super) const CHIP_ROW: f32 = 11.0;
/// Size of a chip's type.
const CHIP_TYPE: f32 = 10.0;
/// A chip narrower than this says nothing and is left out.
const CHIP_LEAST: f32 = 9.0;

/// Between two chips.
const CHIP_GAP: f32 = 4.0;

/// A fragment of a span that is in view.
struct Shown<'a> {
    span: &'a Span,
    lane: u16,
    colors: LabelColors,
    /// Hovered or selected: drawn stronger.
    raised: bool,
    /// Its rectangles in the order of the text, with the piece they are in.
    rects: Vec<Rect>,
    /// Where its first fragment starts, if that is in view.
    start: Option<(Rect, Direction)>,
    /// How many lanes stand above its chip: those of the spans that touch it.
    depth: u16,
}

/// Paints everything inside the text's viewport.
pub(super) fn paint_text(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    focused: bool,
) {
    let painter = ui.painter().with_clip_rect(state.sheet.viewport());
    let shown = shown_spans(page, palette, state);
    painter.add(ground(engine, palette, state, &shown));
    outline_current_hit(engine, palette, state, &painter);
    words(ui, engine, palette, state, &painter);
    painter.add(underlines(engine, page, &shown));
    chips(ui, engine, palette, page, state, &shown, &painter);
    hidden_marks(ui, engine, palette, page, state, &painter);
    edges(palette, page, state, &shown, &painter);
    if focused {
        caret(engine, palette, state, &painter);
    }
    armed(ui, engine, palette, page, state);
}

/// The spans in view with their rectangles, lowest first: the longer under the shorter, also where the longer one is
/// selected, and of equal ones the raised on top.
fn shown_spans<'a>(page: &Page<'_>, palette: &Palette, state: &'a ArticleState) -> Vec<Shown<'a>> {
    let mut shown = Vec::new();
    let known = colors_of_labels(page, palette);
    for piece in state.sheet.pieces() {
        for fragment in state.index.touching(piece.range()) {
            let Some(span) = state.index.span(fragment.span) else {
                continue;
            };
            let dragged = dragged_ranges(state, span);
            let range = dragged
                .and_then(|ranges| ranges.as_slice().get(fragment.number).copied())
                .unwrap_or(fragment.range);
            let raised =
                state.selected_span.as_ref() == Some(&span.id) || state.hovered.as_ref() == Some(&span.id);
            let rects = piece.rects(range);
            shown.push(Shown {
                colors: known
                    .get(&span.label)
                    .copied()
                    .unwrap_or_else(|| label_colors(page, palette, span)),
                lane: state.index.lane(fragment.span),
                depth: state.index.depth(range),
                start: (fragment.number == 0).then(|| piece.start(range)).flatten(),
                span,
                raised,
                rects,
            });
        }
    }
    shown.sort_by_key(|s| (std::cmp::Reverse(s.span.ranges.hull().len()), s.raised));
    shown
}

/// Where a span is while its edge is dragged.
fn dragged_ranges<'a>(state: &'a ArticleState, of: &Span) -> Option<&'a Ranges> {
    match &state.gesture {
        Gesture::Edge { span, ranges, .. } if *span == of.id => Some(ranges),
        _ => None,
    }
}

/// The colours of all labels on this theme, worked out once a frame.
fn colors_of_labels<'a>(page: &Page<'a>, palette: &Palette) -> BTreeMap<&'a LabelId, LabelColors> {
    let labels = page.codebook.labels.iter();
    labels
        .map(|label| (&label.id, palette.label(label.color)))
        .collect()
}

/// The colours of a span; grey where the codebook lacks its label.
pub(super) fn label_colors(page: &Page<'_>, palette: &Palette, span: &Span) -> LabelColors {
    let color = page.codebook.label(&span.label).map_or(
        crate::model::Color {
            r: 128,
            g: 128,
            b: 128,
        },
        |label| label.color,
    );
    palette.label(color)
}

/// Tints, hits, and the selection, below the words.
fn ground(engine: &TextEngine, palette: &Palette, state: &ArticleState, shown: &[Shown<'_>]) -> Mesh {
    let mut mesh = Mesh::default();
    for span in shown {
        let tint = if span.raised {
            span.colors.tint_strong
        } else {
            span.colors.tint
        };
        for rect in &span.rects {
            mesh.add_colored_rect(engine.snap_rect(*rect), tint);
        }
    }
    add_hits(&mut mesh, engine, palette, state);
    // A hit that is selected has a colour of its own.
    if state.current_hit().is_none() {
        for rect in state.sheet.rects(state.selection()) {
            mesh.add_colored_rect(engine.snap_rect(rect), palette.selection);
        }
    }
    mesh
}

fn words(ui: &Ui, engine: &mut TextEngine, palette: &Palette, state: &ArticleState, painter: &Painter) {
    let mut glyphs = Glyphs::default();
    for piece in state.sheet.pieces() {
        glyphs.add(
            ui.ctx(),
            engine,
            piece.layout(),
            piece.lines(),
            piece.left_top(),
            palette.ink,
        );
    }
    glyphs.paint(painter);
}

/// Each span's own line below its words, in its lane.
fn underlines(engine: &TextEngine, page: &Page<'_>, shown: &[Shown<'_>]) -> Mesh {
    let mut mesh = Mesh::default();
    for span in shown {
        let thickness = if span.raised { UNDERLINE + 0.5 } else { UNDERLINE };
        for rect in &span.rects {
            let top = rect.bottom() + f32::from(span.lane) * LANE * page.zoom;
            let line = Rect::from_min_max(
                pos2(rect.left(), top),
                pos2(rect.right(), top + thickness * page.zoom),
            );
            mesh.add_colored_rect(engine.snap_rect(line), span.colors.line);
        }
    }
    mesh
}

/// The label's name below the start of each span, cut where the next one begins.
fn chips(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    shown: &[Shown<'_>],
    painter: &Painter,
) {
    let mut placed: Vec<Chip> = shown.iter().filter_map(|span| Chip::new(page, span)).collect();
    // In reading order of their starts, so that each is cut by the one that follows it.
    placed.sort_by(|a, b| a.line.total_cmp(&b.line).then(a.start.total_cmp(&b.start)));
    let column = state.sheet.viewport();
    let mut glyphs = Glyphs::default();
    // How far the chips that start at the same point reach, which stand one behind the other.
    let (mut taken, mut before) = (0.0, None);
    for chip in &placed {
        if before.is_none_or(|before: &Chip| !before.starts_with(chip)) {
            taken = 0.0;
        }
        before = Some(chip);
        let room = chip.room(&placed, column) - taken;
        if room < CHIP_LEAST * page.zoom && !chip.raised {
            continue;
        }
        let style = TextStyle::new(CHIP_TYPE * page.zoom).line_height(1.2);
        let style = if chip.raised { style.bold() } else { style };
        let width = if chip.raised { f32::INFINITY } else { room };
        let words = ShortText::new(&chip.name, style, chip.colors.ink).max_width(width);
        let layout = words.layout(engine);
        let size = layout.size();
        let left = match chip.direction {
            Direction::LeftToRight => (chip.start + taken).min(column.right() - size.x),
            Direction::RightToLeft => (chip.start - taken - size.x).max(column.left()),
        };
        let at = pos2(left, chip.top - 0.15 * style.size);
        if chip.raised {
            let ground = Rect::from_min_size(pos2(left, chip.top), vec2(size.x, CHIP_ROW * page.zoom + 1.0));
            painter.rect_filled(
                engine.snap_rect(ground.expand2(vec2(2.0, 0.0))),
                0.0,
                palette.canvas,
            );
        }
        words.gather(ui, engine, &layout, at, &mut glyphs);
        taken += size.x + CHIP_GAP;
    }
    glyphs.paint(painter);
}

/// A label's name to be placed under its span's start.
struct Chip {
    name: String,
    colors: LabelColors,
    raised: bool,
    direction: Direction,
    /// The x of the span's first edge.
    start: f32,
    /// The bottom of the line of text, which tells the lines apart.
    line: f32,
    top: f32,
}

impl Chip {
    fn new(page: &Page<'_>, span: &Shown<'_>) -> Option<Self> {
        let (rect, direction) = span.start?;
        Some(Self {
            name: page.label_name(&span.span.label).to_owned(),
            colors: span.colors,
            raised: span.raised,
            direction,
            start: match direction {
                Direction::LeftToRight => rect.left(),
                Direction::RightToLeft => rect.right(),
            },
            line: rect.bottom(),
            top: rect.bottom() + f32::from(span.depth) * LANE * page.zoom,
        })
    }

    /// Whether both start at one point, such as two labels on the same words.
    fn starts_with(&self, other: &Self) -> bool {
        self.direction == other.direction
            && (self.line - other.line).abs() < 1.0
            && (self.start - other.start).abs() < 1.0
    }

    /// How wide it may be before it meets the next chip on its line that starts elsewhere.
    fn room(&self, all: &[Self], column: Rect) -> f32 {
        let others = all
            .iter()
            .filter(|chip| (chip.line - self.line).abs() < 1.0)
            .map(|chip| chip.start);
        match self.direction {
            Direction::LeftToRight => others
                .filter(|start| *start >= self.start + 1.0)
                .map(|start| start - CHIP_GAP - self.start)
                .fold(column.right() - self.start, f32::min),
            Direction::RightToLeft => others
                .filter(|start| *start <= self.start - 1.0)
                .map(|start| self.start - start - CHIP_GAP)
                .fold(self.start - column.left(), f32::min),
        }
    }
}

/// The edges of the selected span, which can be dragged.
fn edges(palette: &Palette, page: &Page<'_>, state: &ArticleState, shown: &[Shown<'_>], painter: &Painter) {
    if !page.editable {
        return;
    }
    let selected = shown
        .iter()
        .find(|shown| state.selected_span.as_ref() == Some(&shown.span.id));
    let Some(selected) = selected else { return };
    let ranges = dragged_ranges(state, selected.span).unwrap_or(&selected.span.ranges);
    for range in ranges.as_slice() {
        for edge in [Edge::Start, Edge::End] {
            if let Some(line) = edge_line(state, *range, edge) {
                let bar = Rect::from_center_size(line.center(), vec2(2.0, line.height()));
                painter.rect_filled(bar, 1.0, selected.colors.line);
                let knob = match edge {
                    Edge::Start => line.center_top(),
                    Edge::End => line.center_bottom(),
                };
                painter.circle(knob, 3.0, selected.colors.line, (1.0, palette.canvas));
            }
        }
    }
}

fn caret(engine: &TextEngine, palette: &Palette, state: &ArticleState, painter: &Painter) {
    let Some(rect) = state.sheet.caret(state.caret()) else {
        return;
    };
    let width = if state.selection().is_empty() { 1.5 } else { 1.0 };
    let bar = Rect::from_min_size(
        pos2(rect.left() - width / 2.0, rect.top()),
        vec2(width, rect.height()),
    );
    painter.rect_filled(engine.snap_rect(bar), 0.0, palette.ink);
}

/// The armed label beside the pointer, so that the hand knows what it will do.
fn armed(ui: &Ui, engine: &mut TextEngine, palette: &Palette, page: &Page<'_>, state: &ArticleState) {
    let label = state.armed.as_ref().and_then(|id| page.codebook.label(id));
    let pointer: Option<Pos2> = ui.input(|input| input.pointer.hover_pos());
    let (Some(label), Some(pointer)) = (label, pointer) else {
        return;
    };
    if !state.sheet.viewport().contains(pointer) {
        return;
    }
    let colors = palette.label(label.color);
    let words = ShortText::new(page.label_name(&label.id), TextStyle::new(12.0), palette.ink);
    let layer = egui::LayerId::new(egui::Order::Tooltip, ui.scope_id().with("armed"));
    let above_all = ui.ctx().layer_painter(layer);
    let layout = words.layout(engine);
    let rect = Rect::from_min_size(pointer + ARMED_OFFSET, layout.size() + vec2(12.0, 4.0));
    above_all.rect(
        rect,
        3.0,
        colors.tint,
        (1.0, colors.line),
        egui::StrokeKind::Inside,
    );
    let mut glyphs = Glyphs::default();
    words.gather(ui, engine, &layout, rect.min + vec2(6.0, 2.0), &mut glyphs);
    glyphs.paint(&above_all);
}

/// A colour that lets the ground through.
pub(super) fn faded(color: Color32, share: f32) -> Color32 {
    color.gamma_multiply(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chip(start: f32, direction: Direction) -> Chip {
        let grey = crate::model::Color {
            r: 128,
            g: 128,
            b: 128,
        };
        Chip {
            name: String::new(),
            colors: crate::gui::theme::LIGHT.label(grey),
            raised: false,
            direction,
            start,
            line: 20.0,
            top: 20.0,
        }
    }

    #[test]
    fn chips_of_one_start_leave_each_other_room_and_others_cut_them() {
        let column = Rect::from_min_max(pos2(0.0, 0.0), pos2(500.0, 100.0));
        let (left, right) = (Direction::LeftToRight, Direction::RightToLeft);
        let all = [chip(100.0, left), chip(100.0, left), chip(180.0, left)];
        assert!(all[0].starts_with(&all[1]) && !all[1].starts_with(&all[2]));
        let rooms = all.each_ref().map(|chip| chip.room(&all, column));
        assert_eq!(rooms.map(|room| room.round() as i32), [76, 76, 320]);
        let all = [chip(100.0, right), chip(180.0, right), chip(180.0, right)];
        let rooms = all.each_ref().map(|chip| chip.room(&all, column));
        assert_eq!(rooms.map(|room| room.round() as i32), [100, 76, 76]);
    }
}
