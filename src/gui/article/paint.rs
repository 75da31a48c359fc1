//! The article on screen: tints, selection, words, underlines, chips, caret.
//!
//! Reads the state and the sheet, changes nothing. Everything is painted in few meshes: rectangles below the words,
//! the words, what lies above them.

use std::collections::BTreeMap;

use egui::{Mesh, Painter, Pos2, Rect, Ui, pos2, vec2};

use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::{LabelColors, Palette};
use crate::model::{Color, LabelId, Ranges, Span, SpanId};
use crate::text::{ByteRange, Direction};

use super::chips::chips;
use super::find_marks::{add_hits, outline_current_hit};
use super::hidden::hidden_marks;
use super::input_mouse::ARMED_OFFSET;
use super::margin::margin_numbers;
use super::page::Page;
use super::sheet::Piece;
use super::span_edges::{EDGE_KNOB, edge_line};
use super::state::{ArticleState, Edge, Gesture};

/// Height of one underline's lane in points before zoom: the line and the gap above it.
pub(super) const LANE: f32 = 3.0;
/// Thickness of an underline.
const UNDERLINE: f32 = 2.0;
/// Height of the row of chips below the lanes.
pub(super) const CHIP_ROW: f32 = 11.0;
/// Length of the dashes, and of the gaps between them, that join the fragments of a span.
const DASH: f32 = 3.0;
/// Size of the type of the armed label beside the pointer.
const ARMED_TYPE: f32 = 10.5;
/// How much is left of the colours of spans that lie behind the one under the pointer.
const DIMMED: f32 = 0.35;

/// A fragment of a span that is in view.
pub(super) struct Shown<'a> {
    pub span: &'a Span,
    pub lane: u16,
    pub colors: LabelColors,
    pub stand: Stand,
    /// Its rectangles in the order of the text.
    pub rects: Vec<Rect>,
    /// Those of the words between it and the fragments before and behind it.
    pub gaps: Vec<Rect>,
    /// Where its first fragment starts, if that is in view.
    pub start: Option<(Rect, Direction)>,
    /// How many lanes stand above its chip: those of the spans that touch it.
    pub depth: u16,
}

/// How a span stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// Behind the one under the pointer, with which it shares words, or behind those of the event that is looked at.
    Dimmed,
    /// As usual.
    Plain,
    /// Under the pointer, selected, or in the event that is looked at.
    Raised,
}

/// Paints everything inside the text's viewport; answers where the names of labels stand.
pub(super) fn paint_text(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    focused: bool,
) -> Vec<(Rect, SpanId)> {
    let mut places = Vec::new();
    let painter = ui.painter().with_clip_rect(state.sheet.viewport());
    let shown = shown_spans(page, palette, state);
    painter.add(ground(engine, palette, page, state, &shown));
    outline_current_hit(engine, palette, state, &painter);
    words(ui, engine, palette, state, &painter);
    margin_numbers(ui, engine, palette, page, state);
    if page.reading.labels.has_underlines() {
        painter.add(underlines(engine, page, &shown));
    }
    if page.reading.labels.has_names() {
        places = chips(ui, engine, palette, page, state, &shown, &painter);
    }
    hidden_marks(ui, engine, palette, page, state, &painter);
    edges(palette, page, state, &shown, &painter);
    if focused {
        caret(engine, palette, state, &painter);
    }
    armed(ui, engine, palette, page, state);
    places
}

/// The spans in view with their rectangles, lowest first: the longer under the shorter, also where the longer one is
/// selected, and of equal ones the raised on top.
fn shown_spans<'a>(page: &Page<'_>, palette: &Palette, state: &'a ArticleState) -> Vec<Shown<'a>> {
    let mut shown = Vec::new();
    let known = colors_of_labels(page, palette);
    let unknown = palette.label(UNKNOWN_LABEL);
    for piece in state.sheet.pieces() {
        for fragment in state.index.touching(piece.range()) {
            let Some(span) = state.index.span(fragment.span) else {
                continue;
            };
            let dragged = dragged_ranges(state, span);
            let range = dragged
                .and_then(|ranges| ranges.as_slice().get(fragment.number).copied())
                .unwrap_or(fragment.range);
            shown.push(Shown {
                colors: known.get(&span.label).copied().unwrap_or(unknown),
                lane: state.index.lane(fragment.span),
                depth: state.index.depth(range),
                start: (fragment.number == 0)
                    .then(|| piece.seen_edge(range, true))
                    .flatten(),
                stand: stand(state, span),
                rects: piece.word_rects(range),
                gaps: gaps(&piece, dragged.unwrap_or(&span.ranges), fragment.number),
                span,
            });
        }
    }
    shown.sort_by_key(|s| (std::cmp::Reverse(s.span.ranges.hull().len()), s.stand));
    shown
}

/// Whether a span is brought forward, or lies behind the one that is.
fn stand(state: &ArticleState, span: &Span) -> Stand {
    if let Some(linking) = state.linking() {
        return if linking.from == span.id || linking.target.as_ref() == Some(&span.id) {
            Stand::Raised
        } else if linking.allows(span) {
            Stand::Plain
        } else {
            Stand::Dimmed
        };
    }
    if state.selected_span.as_ref() == Some(&span.id) || state.hovered.as_ref() == Some(&span.id) {
        return Stand::Raised;
    }
    if state.stage.is_set() {
        return match state.stage.roles_of(&span.id) {
            Some(_) => Stand::Raised,
            None => Stand::Dimmed,
        };
    }
    let hovered = state.hovered.as_ref().and_then(|id| state.index.get(id));
    let behind = hovered.is_some_and(|hovered| {
        let hull = hovered.ranges.hull();
        hull.intersection(span.ranges.hull()).is_some()
    });
    if behind { Stand::Dimmed } else { Stand::Plain }
}

/// The rectangles in a piece of the words between a fragment and its neighbours. What lies between two fragments of
/// one piece is given for the second of them only.
fn gaps(piece: &Piece<'_>, ranges: &Ranges, number: usize) -> Vec<Rect> {
    let ranges = ranges.as_slice();
    let end_of = |at: Option<usize>| at.and_then(|at| ranges.get(at)).map(|range| range.end());
    let start_of = |at: usize| ranges.get(at).map(|range| range.start());
    let before = end_of(number.checked_sub(1)).zip(start_of(number));
    let behind = end_of(Some(number)).zip(start_of(number + 1));
    let behind = behind.filter(|(_, next)| *next >= piece.range().end());
    let gaps = before.into_iter().chain(behind);
    gaps.flat_map(|(from, to)| piece.word_rects(ByteRange::between(from, to)))
        .collect()
}

/// Where a span is while its edge is dragged.
fn dragged_ranges<'a>(state: &'a ArticleState, of: &Span) -> Option<&'a Ranges> {
    match &state.gesture {
        Gesture::Edge { at, ranges, .. } if at.span == of.id => Some(ranges),
        _ => state.moved_ranges(&of.id),
    }
}

/// The colours of all labels on this theme, worked out once a frame.
pub(super) fn colors_of_labels<'a>(page: &Page<'a>, palette: &Palette) -> BTreeMap<&'a LabelId, LabelColors> {
    let labels = page.codebook.labels.iter();
    labels
        .map(|label| (&label.id, palette.label(label.color)))
        .collect()
}

/// What is drawn for a label that the codebook lacks.
pub(super) const UNKNOWN_LABEL: Color = Color {
    r: 128,
    g: 128,
    b: 128,
};

/// The colours of a span; grey where the codebook lacks its label.
pub(super) fn label_colors(page: &Page<'_>, palette: &Palette, span: &Span) -> LabelColors {
    let known = page.codebook.label(&span.label);
    palette.label(known.map_or(UNKNOWN_LABEL, |label| label.color))
}

/// Tints, hits, and the selection, below the words.
fn ground(
    engine: &TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    shown: &[Shown<'_>],
) -> Mesh {
    let display = page.reading.labels;
    let mut mesh = Mesh::default();
    for span in shown {
        let tint = match span.stand {
            Stand::Raised => span.colors.tint_strong,
            _ if !display.has_tints() => continue,
            Stand::Plain => span.colors.tint,
            Stand::Dimmed => span.colors.tint.gamma_multiply(DIMMED),
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

/// Each span's own line below its words, in its lane, dashed between its fragments.
fn underlines(engine: &TextEngine, page: &Page<'_>, shown: &[Shown<'_>]) -> Mesh {
    let mut mesh = Mesh::default();
    for span in shown {
        let (thickness, color) = match span.stand {
            Stand::Raised => (UNDERLINE + 0.5, span.colors.line),
            Stand::Plain => (UNDERLINE, span.colors.line),
            Stand::Dimmed => (UNDERLINE, span.colors.line.gamma_multiply(DIMMED)),
        };
        let top = |rect: &Rect| rect.bottom() + f32::from(span.lane) * LANE * page.zoom;
        for rect in &span.rects {
            let size = vec2(rect.width(), thickness * page.zoom);
            let line = Rect::from_min_size(pos2(rect.left(), top(rect)), size);
            mesh.add_colored_rect(engine.snap_rect(line), color);
        }
        for gap in &span.gaps {
            let y = top(gap) + (UNDERLINE - 1.0) / 2.0 * page.zoom;
            let dashes = (gap.width() / (2.0 * DASH)).ceil() as usize;
            for dash in 0..dashes {
                let left = gap.left() + dash as f32 * 2.0 * DASH;
                let size = vec2(DASH.min(gap.right() - left), page.zoom);
                let line = Rect::from_min_size(pos2(left, y), size);
                mesh.add_colored_rect(engine.snap_rect(line), color);
            }
        }
    }
    mesh
}

/// The edges of the selected span, which can be dragged.
fn edges(palette: &Palette, page: &Page<'_>, state: &ArticleState, shown: &[Shown<'_>], painter: &Painter) {
    let selected = shown
        .iter()
        .find(|shown| state.selected_span.as_ref() == Some(&shown.span.id));
    let Some(selected) = selected else { return };
    if !page.editable || state.labels.locks(&selected.span.label) {
        return;
    }
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
                painter.circle(knob, EDGE_KNOB, selected.colors.line, (1.0, palette.canvas));
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

/// The armed label below the line of the pointer, so that the hand knows what it will do; not while words are dragged
/// over, which must be read.
fn armed(ui: &Ui, engine: &mut TextEngine, palette: &Palette, page: &Page<'_>, state: &ArticleState) {
    let label = state.armed.as_ref().and_then(|id| page.codebook.label(id));
    let pointer: Option<Pos2> = ui.input(|input| input.pointer.hover_pos());
    let (Some(label), Some(pointer)) = (label, pointer) else {
        return;
    };
    if state.is_selecting() || !ui.rect_contains_pointer(state.sheet.viewport()) {
        return;
    }
    let colors = palette.label(label.color);
    let words = ShortText::new(
        page.label_name(&label.id),
        TextStyle::new(ARMED_TYPE),
        palette.ink,
    );
    let layer = egui::LayerId::new(egui::Order::Tooltip, ui.scope_id().with("armed"));
    let above_all = ui.ctx().layer_painter(layer);
    let layout = words.layout(engine);
    let size = layout.size() + vec2(8.0, 0.0);
    let line = state.sheet.caret(state.sheet.hit(pointer).caret);
    // Between the lines, where it covers the fewest letters.
    let top = match line.filter(|line| line.expand2(vec2(f32::INFINITY, line.height())).contains(pointer)) {
        Some(line) if pointer.y < line.top() => line.top() - size.y,
        Some(line) => line.bottom(),
        None => pointer.y + ARMED_OFFSET.y,
    };
    let rect = Rect::from_min_size(pos2(pointer.x + ARMED_OFFSET.x, top), size);
    above_all.rect(
        rect,
        3.0,
        colors.tint,
        (1.0, colors.line),
        egui::StrokeKind::Inside,
    );
    words.paint(&above_all, engine, &layout, rect.min + vec2(4.0, 0.0));
}
