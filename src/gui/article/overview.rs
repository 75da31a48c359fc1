//! The strip along the scroll bar that shows the whole article at once: where its spans, hits, open notes, and problems
//! lie.
//!
//! Each mark stands where the handle is when its text is in view. Spans are bars in their labels' colours at the left,
//! hits ticks in the middle, notes diamonds and problems triangles at the right, so that no two kinds differ by colour
//! alone. All marks are one mesh, which is made anew only when something that it shows has changed: a frame draws it at
//! no cost to speak of.
//! Knows nothing of how the handle is drawn and dragged.

use std::sync::Arc;

use egui::{Color32, Mesh, Painter, Rangef, Rect, Shape, pos2, vec2};

use crate::gui::theme::{self, Palette};
use crate::model::{Layer, Span, TargetId};
use crate::text::{ByteOffset, ByteRange};

use super::page::Page;
use super::paint::{UNKNOWN_LABEL, colors_of_labels};
use super::sheet::{Sheet, Spans};
use super::stage::Stage;

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

/// What is marked beside spans and notes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks<'a> {
    /// What was looked for and found.
    pub hits: Hits<'a>,
    /// What is to be asked about.
    pub problems: Hits<'a>,
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
    /// The index, which is another one also where other labels are seen.
    spans: u64,
    hits: u64,
    stage: u64,
    problems: u64,
    dark: bool,
    track: Rect,
    /// The height of the whole article, which goes with its width and its type.
    whole: f64,
}

/// What lies in a stretch of the article.
#[derive(Clone, Debug, Default)]
struct Row {
    /// Numbers of the labels of its spans, and how many spans there are of each.
    labels: Vec<(usize, u32)>,
    hit: bool,
    note: bool,
    problem: bool,
    /// The first text in it that is marked.
    first: Option<ByteOffset>,
}

impl Overview {
    /// Sees to it that the marks are those of the page.
    pub(super) fn prepare(
        &mut self,
        sheet: &Sheet,
        page: &Page<'_>,
        (spans, stage): (Spans<'_>, &Stage),
        marks: Marks<'_>,
        palette: &Palette,
        track: Rect,
    ) {
        let Marks { hits, problems } = marks;
        let index = spans.index;
        let key = Key {
            page: page.version,
            spans: spans.version,
            hits: hits.version,
            stage: stage.version(),
            problems: problems.version,
            dark: palette.dark,
            track,
            whole: sheet.whole_height(),
        };
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        let mut rows = Rows::new(sheet, track);
        let colors = colors_of_labels(page, palette);
        let unknown = palette.label(UNKNOWN_LABEL);
        let colors: Vec<Color32> = index
            .labels()
            .map(|label| colors.get(label).unwrap_or(&unknown).line)
            .collect();
        for (number, place) in index.places().iter().enumerate() {
            // Of an event that is looked at, only its own spans.
            let plays = |span: &Arc<Span>| stage.roles_of(&span.id).is_some();
            if stage.is_set() && !index.span(number).is_some_and(plays) {
                continue;
            }
            rows.mark(place.hull, |row| row.count(place.label));
        }
        for hit in hits.ranges {
            rows.mark(*hit, |row| row.hit = true);
        }
        for note in page.layer.open_notes() {
            if let Some(place) = place_of(note.target.as_ref(), page.layer) {
                rows.mark(place, |row| row.note = true);
            }
        }
        for problem in problems.ranges {
            rows.mark_start(*problem, |row| row.problem = true);
        }
        self.rows = rows.rows;
        self.mesh = Arc::new(mesh(&self.rows, &colors, track, palette));
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
struct Rows {
    rows: Vec<Row>,
    /// Where in the text each of them starts.
    starts: Vec<ByteOffset>,
}

impl Rows {
    fn new(sheet: &Sheet, track: Rect) -> Self {
        let count = (track.height() / ROW).ceil().max(1.0) as usize;
        let start = |row: usize| sheet.offset_at(row as f64 / count as f64);
        Self {
            rows: vec![Row::default(); count],
            starts: (0..count).map(start).collect(),
        }
    }

    /// Marks all rows over which a stretch of the text goes.
    fn mark(&mut self, range: ByteRange, mark: impl Fn(&mut Row)) {
        let first = self.row_of(range.start());
        let behind = self.row_of(range.end()).max(first) + 1;
        let Some(marked) = self.rows.get_mut(first..behind) else {
            return;
        };
        if let Some(row) = marked.first_mut() {
            row.first = Some(row.first.map_or(range.start(), |first| first.min(range.start())));
        }
        marked.iter_mut().for_each(mark);
    }

    /// Marks the row in which a stretch of the text begins.
    fn mark_start(&mut self, range: ByteRange, mark: impl Fn(&mut Row)) {
        self.mark(ByteRange::caret(range.start()), mark);
    }

    fn row_of(&self, offset: ByteOffset) -> usize {
        let behind = self.starts.partition_point(|start| *start <= offset);
        behind.saturating_sub(1)
    }
}

impl Row {
    fn count(&mut self, label: usize) {
        match self.labels.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => self.labels.push((label, 1)),
        }
    }

    /// The labels that most of its spans have, always in the same order.
    fn leading_labels(&self) -> Vec<usize> {
        let mut labels = self.labels.clone();
        labels.sort_by_key(|(label, count)| (std::cmp::Reverse(*count), *label));
        labels.truncate(LABELS);
        labels.sort_unstable();
        labels.into_iter().map(|(label, _)| label).collect()
    }
}

/// The text that a note is about; a note on the article is about none of it.
fn place_of(target: Option<&TargetId>, layer: &Layer) -> Option<ByteRange> {
    let spans = layer.spans_of(target?);
    let found = spans.iter().find_map(|id| layer.spans.get(id));
    found.map(|span| span.ranges.hull())
}

fn mesh(rows: &[Row], colors: &[Color32], track: Rect, palette: &Palette) -> Mesh {
    let mut mesh = Mesh::default();
    let left = track.left();
    let spans = Rangef::new(left, left + theme::OVERVIEW_SPANS);
    let hits = Rangef::new(
        spans.max + theme::OVERVIEW_GAP,
        spans.max + theme::OVERVIEW_GAP + theme::OVERVIEW_HITS,
    );
    let notes = Rangef::new(hits.max + theme::OVERVIEW_GAP, track.right());
    // Two diamonds that would lie upon each other are one.
    let (mut next_note, mut next_problem) = (track.top(), track.top());
    for (number, row) in rows.iter().enumerate() {
        let top = track.top() + number as f32 * ROW;
        let bottom = (top + ROW).min(track.bottom());
        let labels = row.leading_labels();
        let width = spans.span() / labels.len().max(1) as f32;
        for (nth, label) in labels.into_iter().enumerate() {
            let color = colors.get(label).copied().unwrap_or(palette.ink_faint);
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
        // A triangle beneath a diamond, so that neither hides the other.
        if row.problem && top >= next_problem {
            let top = top.max(next_note);
            let triangle = Rect::from_min_size(pos2(notes.min, top), vec2(notes.span(), notes.span()));
            add_triangle(&mut mesh, triangle, palette.warning);
            (next_note, next_problem) = (triangle.bottom(), triangle.bottom());
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

fn add_triangle(mesh: &mut Mesh, rect: Rect, color: Color32) {
    let first = mesh.vertices.len() as u32;
    for corner in [rect.center_top(), rect.right_bottom(), rect.left_bottom()] {
        mesh.colored_vertex(corner, color);
    }
    mesh.add_triangle(first, first + 1, first + 2);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::LIGHT;
    use crate::model::{Extra, Note, NoteId, NoteState, Relation, RelationId, RelationTypeId, SpanId};

    fn bytes(start: usize, end: usize) -> ByteRange {
        ByteRange::between(ByteOffset::new(start), ByteOffset::new(end))
    }

    /// Ten rows over a hundred bytes.
    fn rows() -> Rows {
        Rows {
            rows: vec![Row::default(); 10],
            starts: (0..10).map(|row| ByteOffset::new(row * 10)).collect(),
        }
    }

    #[test]
    fn a_row_shows_the_labels_that_most_of_its_spans_have_in_one_order() {
        let mut rows = rows();
        for label in [4, 1, 1, 0, 2, 2, 2, 4] {
            rows.mark(bytes(25, 27), |row| row.count(label));
        }
        rows.mark(bytes(38, 61), |row| row.count(3));
        let shown: Vec<Vec<usize>> = rows.rows.iter().map(Row::leading_labels).collect();
        assert_eq!(shown[2], [1, 2, 4]);
        assert!(shown[3..=6].iter().all(|labels| *labels == [3]), "{shown:?}");
        assert!(shown[0].is_empty() && shown[7].is_empty());
        assert_eq!(rows.rows[3].first, Some(ByteOffset::new(38)));
        assert_eq!(rows.rows[4].first, None, "it only goes on there");
    }

    #[test]
    fn a_press_near_a_mark_finds_the_first_text_that_is_marked_there() {
        let mut rows = rows();
        rows.mark(bytes(55, 56), |row| row.hit = true);
        rows.mark(bytes(52, 53), |row| row.note = true);
        let overview = Overview {
            made_for: Some(Key {
                page: 0,
                spans: 0,
                hits: 0,
                stage: 0,
                problems: 0,
                dark: false,
                track: Rect::from_min_size(pos2(0.0, 100.0), vec2(19.0, 10.0 * ROW)),
                whole: 1_000.0,
            }),
            rows: rows.rows,
            mesh: Arc::default(),
        };
        let there = Some(ByteOffset::new(52));
        for far in -2_i8..=2 {
            assert_eq!(
                overview.near(100.5 + (5.0 + f32::from(far)) * ROW),
                there,
                "{far} rows away"
            );
        }
        assert_eq!(overview.near(100.5 + ROW), None);
        assert_eq!(overview.near(-50.0), None);
    }

    #[test]
    fn each_kind_of_mark_stands_in_a_column_of_its_own() {
        let mut rows = rows();
        rows.mark(bytes(0, 1), |row| row.count(0));
        rows.mark(bytes(40, 41), |row| row.hit = true);
        rows.mark(bytes(80, 81), |row| row.note = true);
        let track = Rect::from_min_size(pos2(0.0, 0.0), vec2(theme::OVERVIEW, 10.0 * ROW));
        let mesh = mesh(&rows.rows, &[Color32::RED], track, &LIGHT);
        let columns = |color: Color32| {
            let of_color = mesh.vertices.iter().filter(|vertex| vertex.color == color);
            of_color.fold(Rangef::NOTHING, |range, vertex| {
                Rangef::new(range.min.min(vertex.pos.x), range.max.max(vertex.pos.x))
            })
        };
        let [spans, hits, notes] = [Color32::RED, LIGHT.accent, LIGHT.ink_weak].map(columns);
        assert!(
            spans.max < hits.min && hits.max < notes.min,
            "{spans:?} {hits:?} {notes:?}"
        );
        assert!(notes.max <= track.right());
    }

    #[test]
    fn a_note_on_a_relation_stands_where_the_relation_starts() {
        let span = |id: &str| SpanId::new(id).unwrap();
        let mut layer = Layer::default();
        let relation = Relation {
            id: RelationId::new("r").unwrap(),
            relation_type: RelationTypeId::new("victims").unwrap(),
            from: span("s"),
            to: span("t"),
            attributes: crate::model::Attributes::default(),
            extra: Extra::default(),
        };
        layer.relations.insert(relation.id.clone(), relation);
        let note = Note {
            id: NoteId::new("n").unwrap(),
            target: TargetId::new("r").ok(),
            author: None,
            created: None,
            text: String::new(),
            state: NoteState::Open,
            replies: Vec::new(),
            extra: Extra::default(),
        };
        assert_eq!(
            place_of(note.target.as_ref(), &layer),
            None,
            "its span is not there"
        );
        layer.spans = [super::super::index::tests::span_of("s", bytes(7, 9))]
            .into_iter()
            .collect();
        assert_eq!(place_of(note.target.as_ref(), &layer), Some(bytes(7, 9)));
        assert_eq!(
            place_of(None, &layer),
            None,
            "a note on the article has no place in it"
        );
    }
}
