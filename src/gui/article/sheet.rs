//! The laid-out article at its place on the screen.
//!
//! Wraps [`layout::Document`](crate::layout::Document), which counts from the top left of the column, and speaks in
//! screen coordinates. Everything that mouse, keyboard, and painter ask about geometry they ask here, so that what
//! is hit is what is seen.

use std::ops::Range;

use egui::{Pos2, Rangef, Rect, pos2, vec2};

use crate::gui::paint::TextEngine;
use crate::gui::reading::LabelDisplay;
use crate::gui::theme;
use crate::layout::{Affinity, Caret, Counted, Document, Hit, Layout, Room, Settings, Step, Style, Visible};
use crate::text::{ByteOffset, ByteRange, Direction, base_direction};

use super::index::SpanIndex;
use super::page::Page;
use super::paint::{CHIP_ROW, LANE};

/// Height of the type's own box as a multiple of its size. With the row for lanes and chips below it, a line comes
/// to about the line height that is comfortable to read.
const BOX: f32 = 1.36;
/// Space between paragraphs, as a share of the size.
const GAP: f32 = 0.35;
/// What is brought into view keeps this far from its edges.
const MARGIN: f32 = 48.0;

/// Where the text stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// What is seen of the text.
    pub viewport: Rect,
    /// From the left to the right edge of its lines.
    pub column: Rangef,
    /// Room above the first paragraph, which scrolls with the text.
    pub head: f32,
}

/// The spans for which lines make room.
#[derive(Clone, Copy)]
pub(super) struct Spans<'a> {
    /// By place.
    pub index: &'a SpanIndex,
    /// Another number whenever the index is another one.
    pub version: u64,
}

/// A laid-out article and where it is.
pub struct Sheet {
    document: Option<Document>,
    frame: Frame,
    generation: u64,
    /// The index of spans, and what of them is shown, that the room below the lines was made for.
    room: Option<(u64, LabelDisplay)>,
}

/// A paragraph in view, or the part of a very long one.
pub(super) struct Piece<'a> {
    document: &'a Document,
    layout: &'a Layout,
    visible: Visible,
    frame: Frame,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            document: None,
            frame: Frame {
                viewport: Rect::ZERO,
                column: Rangef::new(0.0, 0.0),
                head: 0.0,
            },
            generation: 0,
            room: None,
        }
    }
}

impl Sheet {
    /// Lays out what is in view at this place. Cheap where nothing changed.
    pub(super) fn prepare(
        &mut self,
        engine: &mut TextEngine,
        page: &Page<'_>,
        spans: Spans<'_>,
        headline: Option<ByteRange>,
        frame: Frame,
    ) {
        let settings = settings(page, headline, frame, engine.scale());
        let room = (spans.version, page.reading.labels);
        self.frame = frame;
        let generation = engine.generation();
        let document = match &mut self.document {
            Some(document) => document,
            empty => {
                self.generation = generation;
                self.room = None;
                let mut document = Document::new(page.text.clone(), settings.clone());
                // At its very top, where the headline is.
                document.scroll_to_position(0.0);
                empty.insert(document)
            }
        };
        if self.generation != generation {
            self.generation = generation;
            document.fonts_changed();
        }
        if document.settings().leading.to_bits() != settings.leading.to_bits() {
            self.room = None;
        }
        document.set_settings(settings);
        document.prepare(engine.fonts(), frame.viewport.height());
        if self.room != Some(room) {
            self.room = Some(room);
            if space_lines(document, page, spans.index) {
                document.prepare(engine.fonts(), frame.viewport.height());
            }
        }
    }

    /// What is seen of the text.
    pub(super) fn viewport(&self) -> Rect {
        self.frame.viewport
    }

    /// From the left to the right edge of the lines.
    pub(super) fn column(&self) -> Rangef {
        self.frame.column
    }

    /// The top of the room above the first paragraph, where that is in view.
    pub(super) fn head_top(&self) -> Option<f32> {
        let document = self.document.as_ref()?;
        let first = document.visible().first()?;
        (first.item.get() == 0).then(|| self.frame.viewport.top() + first.y - self.frame.head)
    }

    /// What is in view, from top to bottom.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let document = self.document.as_ref();
        let visible = document.map_or(&[][..], Document::visible);
        visible.iter().filter_map(move |visible| {
            let document = document?;
            Some(Piece {
                document,
                layout: document.layout(visible.item)?,
                visible: *visible,
                frame: self.frame,
            })
        })
    }

    /// What is at a point.
    pub(super) fn hit(&self, pos: Pos2) -> Hit {
        let Some(document) = &self.document else {
            return Hit {
                caret: Caret::default(),
                cluster: None,
            };
        };
        document.hit(pos.x - self.frame.column.min, pos.y - self.frame.viewport.top())
    }

    /// The character under a point, else the one nearest to it.
    pub(super) fn character(&self, page: &Page<'_>, pos: Pos2) -> ByteOffset {
        let hit = self.hit(pos);
        match hit.cluster {
            Some(cluster) => cluster.start(),
            // Behind the end of a line: its last character.
            None if hit.caret.affinity == Affinity::Upstream => page.text.previous_grapheme(hit.caret.offset),
            None => hit.caret.offset,
        }
    }

    /// The rectangles of what is in view of a range.
    pub(super) fn rects(&self, range: ByteRange) -> Vec<Rect> {
        self.pieces().flat_map(|piece| piece.rects(range)).collect()
    }

    /// The first or last rectangle of a range, and the direction in which its text runs there.
    pub(super) fn edge(&self, range: ByteRange, at_start: bool) -> Option<(Rect, Direction)> {
        let mut found = self.pieces().filter_map(|piece| piece.edge(range, at_start));
        found.next()
    }

    /// The same as it is seen: what begins with a number that runs against it begins at its far side.
    pub(super) fn seen_edge(&self, range: ByteRange, at_start: bool) -> Option<(Rect, Direction)> {
        self.pieces().find_map(|piece| piece.seen_edge(range, at_start))
    }

    /// The characters in a row, in one direction, among which the one that begins at an offset in view stands.
    pub(super) fn run_of(&self, at: ByteOffset) -> Option<ByteRange> {
        let mut pieces = self.pieces();
        let piece = pieces.find(|piece| piece.range().contains(at))?;
        piece.run_of(at)
    }

    /// Where a caret is drawn.
    pub(super) fn caret(&self, caret: Caret) -> Option<Rect> {
        let rect = self.document.as_ref()?.caret(caret)?;
        Some(self.frame.on_screen(rect))
    }

    /// The distance of a caret from the left of the column.
    pub(super) fn caret_column(&self, caret: Caret) -> f32 {
        self.document
            .as_ref()
            .and_then(|document| document.caret(caret))
            .map_or(0.0, |rect| rect.x)
    }

    /// The caret after a step.
    pub(super) fn step(&mut self, engine: &mut TextEngine, caret: Caret, step: Step) -> Option<Caret> {
        let document = self.document.as_mut()?;
        Some(document.move_caret(engine.fonts(), caret, step))
    }

    /// Scrolls by nearly a view and gives the caret at the same height in it.
    pub(super) fn page(
        &mut self,
        engine: &mut TextEngine,
        caret: Caret,
        column: f32,
        down: bool,
    ) -> Option<Caret> {
        let document = self.document.as_mut()?;
        let height = self.frame.viewport.height();
        let at = document
            .caret(caret)
            .map_or(height / 2.0, |rect| rect.y + rect.height / 2.0)
            .clamp(0.0, height);
        let before = document.scroll().position;
        let distance = f64::from((height - 2.0 * MARGIN).max(MARGIN));
        document.scroll_by(if down { distance } else { -distance });
        document.prepare(engine.fonts(), height);
        if (document.scroll().position - before).abs() < 1.0 {
            // At the end of the article there is nothing to scroll: the caret goes all the way.
            return Some(if down {
                Caret::upstream(document.text().end())
            } else {
                Caret::default()
            });
        }
        Some(document.hit(column, at).caret)
    }

    /// The direction of the paragraph in which a position lies.
    pub(super) fn direction_at(&self, offset: ByteOffset) -> Direction {
        self.document.as_ref().map_or(Direction::LeftToRight, |document| {
            document.item_direction(document.item_at(offset))
        })
    }

    /// Where the paragraph in which a position lies starts, and the direction in which it is shown.
    pub(super) fn paragraph_at(&self, offset: ByteOffset) -> (ByteOffset, Direction) {
        let Some(document) = &self.document else {
            return Default::default();
        };
        let item = document.item_at(offset);
        (document.paragraph_start(item), document.item_direction(item))
    }

    /// Moves the text up by a distance, down where it is negative.
    pub(super) fn scroll_by(&mut self, distance: f64) {
        if let Some(document) = &mut self.document {
            document.scroll_by(distance);
        }
    }

    /// Brings a caret into view, out from under what hides so much of the top.
    pub(super) fn reveal(&mut self, engine: &mut TextEngine, caret: Caret, hidden: f32) {
        if let Some(document) = &mut self.document {
            document.reveal(engine.fonts(), caret, MARGIN.max(hidden + theme::GRID * 2.0));
        }
    }

    /// Whether a letter of the text stands at a point.
    pub(super) fn is_letter(&self, pos: Pos2) -> bool {
        let at = self.hit(pos).cluster;
        at.is_some_and(|at| self.rects(at).iter().any(|rect| rect.contains(pos)))
    }

    /// How far down the view is, from 0 to 1, and which part of the whole it shows.
    pub(super) fn scroll_fraction(&self) -> (f64, f64) {
        let Some(scroll) = self.document.as_ref().map(Document::scroll) else {
            return (0.0, 1.0);
        };
        if scroll.total <= scroll.viewport {
            return (0.0, 1.0);
        }
        (scroll.fraction(), scroll.viewport / scroll.total)
    }

    /// Goes to a part of the whole, from 0 to 1.
    pub(super) fn scroll_to_fraction(&mut self, engine: &mut TextEngine, fraction: f64) {
        if let Some(document) = &mut self.document {
            document.scroll_to_fraction(engine.fonts(), fraction);
        }
    }

    /// The height of the whole article, as it is estimated.
    pub(super) fn whole_height(&self) -> f64 {
        self.document.as_ref().map_or(0.0, Document::height_estimated)
    }

    /// How far down the whole article a place lies, from 0 to 1.
    pub(super) fn part_of(&self, offset: ByteOffset) -> f64 {
        self.document.as_ref().map_or(0.0, |document| {
            document.position_of(offset) / document.height_estimated().max(1.0)
        })
    }

    /// The place that lies so far down the whole article, from 0 to 1; it may lie inside a character.
    pub(super) fn offset_at(&self, part: f64) -> ByteOffset {
        self.document.as_ref().map_or(ByteOffset::ZERO, |document| {
            document.offset_at(part * document.height_estimated())
        })
    }

    /// Brings what lies so far down the whole article, from 0 to 1, into the middle of the view.
    pub(super) fn scroll_to_part(&mut self, engine: &mut TextEngine, part: f64) {
        if let Some(document) = &mut self.document {
            let height = self.frame.viewport.height();
            document.scroll_to_position(part * document.height_estimated() - f64::from(height) / 2.0);
            document.prepare(engine.fonts(), height);
        }
    }

    /// Uses a moment without input to lay out what will come into view next; whether there was anything.
    pub(super) fn prepare_ahead(&mut self, engine: &mut TextEngine) -> bool {
        self.document
            .as_mut()
            .is_some_and(|document| document.prepare_ahead(engine.fonts()))
    }
}

impl<'a> Piece<'a> {
    /// Its number in the article.
    pub(super) fn number(&self) -> usize {
        self.visible.item.get()
    }

    /// Its number in the margin, where a paragraph begins with it.
    pub(super) fn margin_number(&self, counted: Counted) -> Option<usize> {
        self.document.number(self.visible.item, counted)
    }

    /// The direction in which it reads.
    pub(super) fn direction(&self) -> Direction {
        self.document.item_direction(self.visible.item)
    }

    /// Its text in the article.
    pub(super) fn range(&self) -> ByteRange {
        self.visible.range
    }

    /// Its layout.
    pub(super) fn layout(&self) -> &'a Layout {
        self.layout
    }

    /// Its top left corner.
    pub(super) fn left_top(&self) -> Pos2 {
        pos2(self.frame.column.min, self.frame.viewport.top() + self.visible.y)
    }

    /// All of it.
    pub(super) fn rect(&self) -> Rect {
        let (_, height) = self.layout.size();
        Rect::from_min_size(self.left_top(), vec2(self.frame.column.span(), height))
    }

    /// The lines of it that are in view.
    pub(super) fn lines(&self) -> Range<usize> {
        let top = -self.visible.y;
        // A line above and below, whose marks may reach in.
        let lines = self.layout.lines_between(top, top + self.frame.viewport.height());
        lines.start.saturating_sub(1)..lines.end + 1
    }

    /// The rectangles of a range's part in it.
    pub(super) fn rects(&self, range: ByteRange) -> Vec<Rect> {
        self.placed(self.document.rects_in(self.visible.item, range))
    }

    /// The same without the white space at which lines wrap, as a mark on words is drawn.
    pub(super) fn word_rects(&self, range: ByteRange) -> Vec<Rect> {
        self.placed(self.document.word_rects_in(self.visible.item, range))
    }

    fn placed(&self, rects: Vec<crate::layout::Rect>) -> Vec<Rect> {
        let y = self.visible.y;
        rects
            .into_iter()
            .map(|rect| self.frame.on_screen(rect.moved(0.0, y)))
            .collect()
    }

    /// Where a range starts (or ends), if that is in it: the rectangle of its first (or last) cluster, and the
    /// direction in which that runs.
    pub(super) fn edge(&self, range: ByteRange, at_start: bool) -> Option<(Rect, Direction)> {
        let own = self.range();
        let start = own.start().get();
        let inside = if at_start {
            own.contains(range.start())
        } else {
            own.start() < range.end() && range.end() <= own.end()
        };
        if !inside || range.is_empty() {
            return None;
        }
        let at = if at_start {
            Caret::downstream(ByteOffset::new(range.start().get() - start))
        } else {
            Caret::upstream(ByteOffset::new(range.end().get() - start))
        };
        let line = self.layout.line_of(at);
        let wanted = |cluster: &crate::layout::VisualCluster| {
            if at_start {
                cluster.range.start() <= at.offset && at.offset < cluster.range.end()
            } else {
                cluster.range.start() < at.offset && at.offset <= cluster.range.end()
            }
        };
        let cluster = self.layout.clusters(line).find(wanted)?;
        let line = self.layout.lines().nth(line)?;
        let rect = crate::layout::Rect {
            x: cluster.x,
            y: line.y + self.visible.y,
            width: cluster.width,
            height: line.height,
        };
        Some((self.frame.on_screen(rect), cluster.direction))
    }

    /// Where a range's words begin (or end) for who reads them, if that is in it: a rectangle, and the direction in which
    /// it is read.
    pub(super) fn seen_edge(&self, range: ByteRange, at_start: bool) -> Option<(Rect, Direction)> {
        let (edge, direction) = self.edge(range, at_start)?;
        let base = self.document.item_direction(self.visible.item);
        let words = self.document.text().slice(range).unwrap_or_default();
        let is_against = direction != base && self.reaches_over(range, at_start);
        if !is_against && !is_number_against(words, at_start, direction, base) {
            return Some((edge, direction));
        }
        let mut parts = self.rects(range).into_iter();
        let whole = parts.find(|part| part.contains(edge.center()));
        Some((whole.unwrap_or(edge), base))
    }

    /// Whether the words in one direction with which a range begins (or ends) are all in it, and others beside them.
    fn reaches_over(&self, range: ByteRange, at_start: bool) -> bool {
        let text = self.document.text();
        let at = if at_start {
            range.start()
        } else {
            text.previous_grapheme(range.end())
        };
        self.run_of(at)
            .is_some_and(|run| run != range && range.start() <= run.start() && run.end() <= range.end())
    }

    /// The characters in a row, in one direction, among which the one that begins at an offset stands.
    fn run_of(&self, at: ByteOffset) -> Option<ByteRange> {
        let start = self.range().start().get();
        let offset = ByteOffset::new(at.get().checked_sub(start)?);
        let line = self.layout.line_of(Caret::downstream(offset));
        let clusters: Vec<_> = self.layout.clusters(line).collect();
        let mut runs = clusters.chunk_by(|one, next| one.direction == next.direction);
        let run = runs.find(|run| run.iter().any(|cluster| cluster.range.start() == offset))?;
        let first = run.iter().map(|cluster| cluster.range.start()).min()?;
        let last = run.iter().map(|cluster| cluster.range.end()).max()?;
        let in_text = |offset: ByteOffset| ByteOffset::new(start + offset.get());
        Some(ByteRange::between(in_text(first), in_text(last)))
    }
}

/// Whether words begin (or end) with a number that runs against them: they are read from its far side, or up to it.
fn is_number_against(words: &str, at_start: bool, number: Direction, base: Direction) -> bool {
    let is_number = if at_start {
        words.starts_with(char::is_numeric)
    } else {
        words.ends_with(char::is_numeric)
    };
    number != base && is_number && base_direction(words).is_none_or(|direction| direction == base)
}

impl Frame {
    fn on_screen(self, rect: crate::layout::Rect) -> Rect {
        Rect::from_min_size(
            pos2(self.column.min + rect.x, self.viewport.top() + rect.y),
            vec2(rect.width, rect.height),
        )
    }
}

fn settings(page: &Page<'_>, headline: Option<ByteRange>, frame: Frame, scale: f32) -> Settings {
    let size = theme::article_size(page.reading.size) * page.zoom;
    let style = Style {
        family: page.reading.arabic.into(),
        size,
        line_height: BOX,
        bold: false,
    };
    let paragraphs = page.directions.paragraphs.iter();
    Settings {
        width: frame.column.span(),
        headline: headline.map(|range| (range, style.with_size(size * theme::HEADLINE).in_bold())),
        style,
        scale,
        lang: page.lang.map(ToOwned::to_owned),
        direction: page.directions.article,
        paragraphs: paragraphs
            .filter_map(|(start, direction)| Some((page.text.byte_of_char(*start)?, *direction)))
            .collect(),
        leading: room_below(page, 1),
        gap: size * GAP,
        head: frame.head,
        foot: frame.viewport.height() / 3.0,
    }
}

/// Gives lines the room that their lanes need; whether anything in view moved. Every line has room for one lane and its
/// chips, so that the first span in it moves nothing.
fn space_lines(document: &mut Document, page: &Page<'_>, index: &SpanIndex) -> bool {
    let deep = index.lane_groups().iter().filter(|(_, depth)| *depth > 1);
    let rooms = deep.map(|(range, depth)| Room {
        range: *range,
        leading: room_below(page, *depth),
    });
    document.set_rooms(rooms.collect())
}

/// The room below a line for so many lanes, and for the names of labels where they are shown.
pub(super) fn room_below(page: &Page<'_>, depth: u16) -> f32 {
    let lanes = f32::from(depth.max(1)) * LANE * page.zoom;
    let least = theme::article_size(page.reading.size) * page.zoom * (theme::LINE_ARTICLE - BOX);
    match page.reading.labels {
        LabelDisplay::Names => lanes + CHIP_ROW * page.zoom,
        LabelDisplay::Underlines => lanes.max(least),
        LabelDisplay::Tints => least,
    }
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet")
            .field("frame", &self.frame)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_with_a_number_are_read_from_its_far_side() {
        use Direction::{LeftToRight, RightToLeft};
        assert!(is_number_against("١٥ جثة", true, LeftToRight, RightToLeft));
        assert!(is_number_against("120", true, LeftToRight, RightToLeft));
        assert!(!is_number_against("9 du mois", true, LeftToRight, RightToLeft));
        assert!(!is_number_against("Nour Relief", true, LeftToRight, RightToLeft));
        assert!(!is_number_against("50 civils", true, LeftToRight, LeftToRight));
        assert!(is_number_against("شباط 2031", false, LeftToRight, RightToLeft));
        assert!(!is_number_against("شباط 2031", true, RightToLeft, RightToLeft));
        assert!(!is_number_against("12 March", false, LeftToRight, RightToLeft));
    }
}
