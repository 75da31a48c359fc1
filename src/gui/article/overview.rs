//! The strip along the scroll bar that shows the whole article at once: where its spans, hits, and notes lie.
//!
//! Each mark stands where the handle is when its text is in view. Spans are bars in their labels' colours at the left,
//! hits ticks in the middle, notes diamonds at the right, so that no two kinds differ by colour alone. All marks are one
//! mesh, which is made anew only when something that it shows has changed: a frame draws it at no cost to speak of.
//! Knows nothing of how the handle is drawn and dragged.

use std::sync::Arc;

use egui::{Color32, Mesh, Painter, Rangef, Rect, Shape, pos2, vec2};

use crate::gui::theme::{self, Palette};
use crate::model::{Layer, SpanId, TargetId};
use crate::text::{ByteOffset, ByteRange};

use super::index::SpanIndex;
use super::page::Page;
use super::paint::{colors_of_labels, label_colors};
use super::sheet::Sheet;

/// Height of a row of marks in points: what lies nearer together is one mark.
const ROW: f32 = 2.0;
/// Labels that stand side by side in one row at most.
const LABELS: usize = 3;
/// A click so many rows beside a mark goes to it.
const REACH: usize = 2;

/// What was looked for and found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hits<'a> {
    /// Another number whenever the hits are others.
    pub version: u64,
    /// Where they are, in the order of the text.
    pub ranges: &'a [ByteRange],
}

/// The marks of an article, as they were last drawn.
#[derive(Debug, Default)]
pub(super) struct Overview {
    made_for: Option<Key>,
    rows: Vec<Row>,
    mesh: Arc<Mesh>,
}

/// What the marks depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    page: u64,
    hits: u64,
    dark: bool,
    track: Rect,
    /// The height of the whole article, which goes with its width and its type.
    whole: f64,
}

/// What lies in a stretch of the article.
#[derive(Clone, Debug, Default)]
struct Row {
    /// Colours of the labels of its spans, and how many spans there are of each.
    labels: Vec<(Color32, u32)>,
    hit: bool,
    note: bool,
    /// The first text in it that is marked.
    first: Option<ByteOffset>,
}

impl Overview {
    /// Sees to it that the marks are those of the page.
    pub(super) fn prepare(
        &mut self,
        sheet: &Sheet,
        page: &Page<'_>,
        index: &SpanIndex,
        hits: Hits<'_>,
        palette: &Palette,
        track: Rect,
    ) {
        let key = Key {
            page: page.version,
            hits: hits.version,
            dark: palette.dark,
            track,
            whole: sheet.whole_height(),
        };
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        let count = (track.height() / ROW).ceil().max(1.0) as usize;
        let mut rows = Rows {
            rows: vec![Row::default(); count],
            sheet,
        };
        let known = colors_of_labels(page, palette);
        for span in index.spans() {
            let known = known.get(&span.label).copied();
            let color = known.unwrap_or_else(|| label_colors(page, palette, span)).line;
            rows.mark(span.ranges.hull(), |row| row.count(color));
        }
        for hit in hits.ranges {
            rows.mark(*hit, |row| row.hit = true);
        }
        for note in page.layer.notes.values() {
            if let Some(place) = place_of(note.target.as_ref(), page.layer) {
                rows.mark(place, |row| row.note = true);
            }
        }
        self.rows = rows.rows;
        self.mesh = Arc::new(mesh(&self.rows, track, palette));
    }

    /// Draws the marks.
    pub(super) fn paint(&self, painter: &Painter) {
        if !self.mesh.is_empty() {
            painter.add(Shape::Mesh(Arc::clone(&self.mesh)));
        }
    }

    /// The first marked text at or near a height of the screen.
    pub(super) fn near(&self, y: f32) -> Option<ByteOffset> {
        let track = self.made_for?.track;
        let row = ((y - track.top()).max(0.0) / ROW) as usize;
        let reached = (0..=REACH).flat_map(|far| [row.checked_sub(far), row.checked_add(far)]);
        reached.flatten().find_map(|row| self.rows.get(row)?.first)
    }
}

/// Rows while they are filled.
struct Rows<'a> {
    rows: Vec<Row>,
    sheet: &'a Sheet,
}

impl Rows<'_> {
    /// Marks all rows over which a stretch of the text goes.
    fn mark(&mut self, range: ByteRange, mark: impl Fn(&mut Row)) {
        let first = self.row_of(range.start());
        let last = self.row_of(range.end()).max(first);
        for (number, row) in self.rows.iter_mut().enumerate().take(last + 1).skip(first) {
            mark(row);
            if number == first {
                row.first = row.first.min(Some(range.start())).or(Some(range.start()));
            }
        }
    }

    fn row_of(&self, offset: ByteOffset) -> usize {
        let count = self.rows.len();
        let row = self.sheet.part_of(offset) * count as f64;
        (row.max(0.0) as usize).min(count.saturating_sub(1))
    }
}

impl Row {
    fn count(&mut self, color: Color32) {
        match self.labels.iter_mut().find(|(known, _)| *known == color) {
            Some((_, count)) => *count += 1,
            None => self.labels.push((color, 1)),
        }
    }

    /// The labels that most of its spans have, always in the same order.
    fn leading_labels(&self) -> Vec<Color32> {
        let mut labels = self.labels.clone();
        labels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        labels.truncate(LABELS);
        let mut colors: Vec<Color32> = labels.into_iter().map(|(color, _)| color).collect();
        colors.sort_by_key(Color32::to_array);
        colors
    }
}

/// The text that a note is about; a note on the article is about none of it.
fn place_of(target: Option<&TargetId>, layer: &Layer) -> Option<ByteRange> {
    let target = target?.as_str();
    let span = |id: &SpanId| layer.spans.get(id).map(|span| span.ranges.hull());
    let of_span = SpanId::new(target).ok().and_then(|id| span(&id));
    let of_relation = || {
        let mut relations = layer.relations.values();
        relations
            .find(|relation| relation.id.as_str() == target)
            .and_then(|relation| span(&relation.from))
    };
    let of_event = || {
        let mut events = layer.events.values();
        events
            .find(|event| event.id.as_str() == target)
            .and_then(|event| span(event.trigger.as_ref()?))
    };
    of_span.or_else(of_relation).or_else(of_event)
}

fn mesh(rows: &[Row], track: Rect, palette: &Palette) -> Mesh {
    let mut mesh = Mesh::default();
    let left = track.left();
    let spans = Rangef::new(left, left + theme::OVERVIEW_SPANS);
    let hits = Rangef::new(
        spans.max + theme::OVERVIEW_GAP,
        spans.max + theme::OVERVIEW_GAP + theme::OVERVIEW_HITS,
    );
    let notes = Rangef::new(hits.max + theme::OVERVIEW_GAP, track.right());
    // Two diamonds that would lie upon each other are one.
    let mut next_note = track.top();
    for (number, row) in rows.iter().enumerate() {
        let top = track.top() + number as f32 * ROW;
        let bottom = (top + ROW).min(track.bottom());
        let colors = row.leading_labels();
        let width = spans.span() / colors.len().max(1) as f32;
        for (nth, color) in colors.into_iter().enumerate() {
            let left = spans.min + nth as f32 * width;
            mesh.add_colored_rect(
                Rect::from_min_max(pos2(left, top), pos2(left + width, bottom)),
                color,
            );
        }
        if row.hit {
            let tick = Rect::from_x_y_ranges(hits, top..=bottom);
            mesh.add_colored_rect(tick, palette.accent);
        }
        if row.note && top >= next_note {
            let diamond = Rect::from_center_size(
                pos2(notes.center(), f32::midpoint(top, bottom)),
                vec2(notes.span(), notes.span()),
            );
            add_diamond(&mut mesh, diamond, palette.ink_weak);
            next_note = diamond.bottom();
        }
    }
    mesh
}

fn add_diamond(mesh: &mut Mesh, rect: Rect, color: Color32) {
    let first = mesh.vertices.len() as u32;
    for corner in [
        rect.center_top(),
        rect.right_center(),
        rect.center_bottom(),
        rect.left_center(),
    ] {
        mesh.colored_vertex(corner, color);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}
