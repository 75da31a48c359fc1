//! Where a field's words are on the screen, and what moves its caret: keys and the mouse.
//!
//! Coordinates are logical pixels from the field's top left; what does not fit a single line is moved so that the
//! caret is in view.

use super::{Editor, EditorSelection, EditorStep};
use crate::layout::fonts::Fonts;
use crate::layout::geometry::{Caret, Hit, Rect, range_in_part};
use crate::layout::movement::Step;
use crate::layout::shaped::Layout;
use crate::layout::style::{Align, Request};
use crate::text::{ByteOffset, ByteRange, Direction, Text, base_direction};

/// A paragraph of the field, laid out.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    range: ByteRange,
    y: f32,
    layout: Layout,
}

/// A paragraph of the field, to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct EditorParagraph<'a> {
    /// Its text in the field, without the line break.
    pub range: ByteRange,
    /// Left edge of its layout.
    pub x: f32,
    /// Top edge of its layout.
    pub y: f32,
    /// Its layout.
    pub layout: &'a Layout,
}

impl Editor {
    /// Lays out what has changed and moves a long line so that the caret is in view. To be called before anything is
    /// drawn or asked for.
    pub fn prepare(&mut self, fonts: &mut Fonts) {
        if self.paragraphs.is_empty() {
            self.lay_out(fonts);
        }
        let width = self.settings.width;
        let long = self
            .paragraphs
            .first()
            .map(|placed| placed.layout.size().0)
            .filter(|long| !self.settings.multiline && *long > width);
        self.shift = match (long, self.paragraphs.first()) {
            (Some(long), Some(placed)) if self.shows_start => match placed.layout.direction() {
                Direction::LeftToRight => 0.0,
                Direction::RightToLeft => width - long,
            },
            (Some(long), Some(placed)) => {
                let focus = self.selection.focus;
                let caret = placed.layout.caret(focus).x;
                let shift = self.shift.clamp(width - long, 0.0);
                shift.clamp(-caret, (width - caret).max(-caret))
            }
            _ => 0.0,
        };
    }

    /// The paragraphs to draw.
    pub fn paragraphs(&self) -> impl Iterator<Item = EditorParagraph<'_>> {
        self.paragraphs.iter().map(|placed| EditorParagraph {
            range: placed.range,
            x: self.left(placed),
            y: placed.y,
            layout: &placed.layout,
        })
    }

    /// The height of all lines.
    pub fn height(&self) -> f32 {
        self.paragraphs
            .last()
            .map_or(0.0, |placed| placed.y + placed.layout.size().1)
    }

    /// Where the caret is.
    pub fn caret(&self) -> Rect {
        self.caret_rect(self.selection.focus)
    }

    /// The rectangles of the selection.
    pub fn selection_rects(&self) -> Vec<Rect> {
        self.rects(self.selection.range())
    }

    /// The exact rectangles of a range.
    pub fn rects(&self, range: ByteRange) -> Vec<Rect> {
        self.paragraphs
            .iter()
            .filter_map(|placed| Some((placed, range_in_part(range, placed.range)?)))
            .flat_map(|(placed, part)| {
                let rects = placed.layout.rects(part);
                let (x, y) = (self.left(placed), placed.y);
                rects.into_iter().map(move |rect| rect.moved(x, y))
            })
            .collect()
    }

    /// The caret position nearest to a point.
    pub fn hit(&self, x: f32, y: f32) -> Hit {
        let below = self.paragraphs.partition_point(|placed| placed.y <= y);
        let Some(placed) = self.paragraphs.get(below.saturating_sub(1)) else {
            return Hit::NOTHING;
        };
        let hit = placed.layout.hit(x - self.left(placed), y - placed.y);
        hit.in_whole(placed.range.start())
    }

    /// Puts the caret where the mouse was pressed; `extend` keeps the other end of the selection.
    pub fn click(&mut self, fonts: &mut Fonts, x: f32, y: f32, extend: bool) {
        self.prepare(fonts);
        let caret = self.hit(x, y).caret;
        // What is composed stays as it is shown, so that the caret stands where it was clicked.
        self.accept_preedit();
        let anchor = if extend { self.selection.anchor } else { caret };
        self.moved_to(caret);
        self.selection.anchor = anchor;
    }

    /// Selects the word under a double click; a drag from there goes by whole words.
    pub fn double_click(&mut self, fonts: &mut Fonts, x: f32, y: f32) {
        self.accept_preedit();
        self.prepare(fonts);
        let word = self.word_at(self.hit(x, y));
        self.moved_to(Caret::upstream(word.end()));
        self.selection.anchor = Caret::downstream(word.start());
        self.word = Some(word);
    }

    /// Moves the end of the selection to where the mouse was dragged.
    pub fn drag(&mut self, fonts: &mut Fonts, x: f32, y: f32) {
        self.prepare(fonts);
        let hit = self.hit(x, y);
        self.goal = None;
        let Some(first) = self.word else {
            self.selection.focus = hit.caret;
            return;
        };
        let here = self.word_at(hit);
        let backward = here.start() < first.start();
        self.selection = if backward {
            EditorSelection {
                anchor: Caret::upstream(first.end()),
                focus: Caret::downstream(here.start()),
            }
        } else {
            EditorSelection {
                anchor: Caret::downstream(first.start()),
                focus: Caret::upstream(here.end().max(first.end())),
            }
        };
    }

    /// Moves the caret; `extend` keeps the other end of the selection where it is.
    pub fn step(&mut self, fonts: &mut Fonts, step: EditorStep, extend: bool) {
        self.clear_preedit();
        self.prepare(fonts);
        let before = self.selection;
        let sideways = matches!(step, EditorStep::Left | EditorStep::Right);
        let upright = matches!(step, EditorStep::Up | EditorStep::Down);
        let goal = self.goal.unwrap_or_else(|| self.caret().x);
        let caret = if sideways && !extend && !before.range().is_empty() {
            self.side_of_selection(step == EditorStep::Left)
        } else {
            self.target(before.focus, step, goal)
        };
        self.moved_to(caret);
        if extend {
            self.selection.anchor = before.anchor;
        }
        if upright {
            self.goal = Some(goal);
        }
    }

    fn target(&self, caret: Caret, step: EditorStep, goal: f32) -> Caret {
        let Some((index, placed)) = self.paragraph_of(caret) else {
            return caret;
        };
        let rtl = placed.layout.direction() == Direction::RightToLeft;
        let text = || Text::new(self.text.as_str());
        let local_goal = goal - self.left(placed);
        match step {
            EditorStep::Left => self.visual(index, placed, caret, Step::Left, rtl),
            EditorStep::Right => self.visual(index, placed, caret, Step::Right, !rtl),
            EditorStep::Up => self.visual(index, placed, caret, Step::Up(local_goal), false),
            EditorStep::Down => self.visual(index, placed, caret, Step::Down(local_goal), true),
            EditorStep::LineStart => self.visual(index, placed, caret, Step::LineStart, false),
            EditorStep::LineEnd => self.visual(index, placed, caret, Step::LineEnd, true),
            EditorStep::WordLeft | EditorStep::WordRight => {
                if (step == EditorStep::WordRight) == rtl {
                    Caret::downstream(text().previous_word(caret.offset))
                } else {
                    Caret::upstream(text().next_word(caret.offset))
                }
            }
            EditorStep::TextStart => Caret::default(),
            EditorStep::TextEnd => Caret::upstream(self.end()),
        }
    }

    /// A step inside a paragraph, or into its neighbour.
    fn visual(&self, index: usize, placed: &Placed, caret: Caret, step: Step, forward: bool) -> Caret {
        if let Some(moved) = placed.layout.move_visual(caret.in_part(placed.range), step) {
            return moved.in_whole(placed.range.start());
        }
        let next = if forward {
            Some(index + 1)
        } else {
            index.checked_sub(1)
        };
        let next = next.and_then(|next| self.paragraphs.get(next));
        match (step, next) {
            (Step::Up(x), Some(next)) => {
                let line = next.layout.line_count() - 1;
                next.layout.nearest(line, x).in_whole(next.range.start())
            }
            (Step::Down(x), Some(next)) => next.layout.nearest(0, x).in_whole(next.range.start()),
            (Step::Up(_), None) => Caret::default(),
            (Step::Down(_), None) => Caret::upstream(self.end()),
            (_, Some(next)) if forward => Caret::downstream(next.range.start()),
            (_, Some(next)) => Caret::upstream(next.range.end()),
            (_, None) => caret,
        }
    }

    /// The end of the selection that is further left or right on the screen.
    fn side_of_selection(&self, left: bool) -> Caret {
        let EditorSelection { anchor, focus } = self.selection;
        let (start, end) = if anchor.offset <= focus.offset {
            (anchor, focus)
        } else {
            (focus, anchor)
        };
        let (first, last) = (self.caret_rect(start), self.caret_rect(end));
        let one_line = (first.y - last.y).abs() < f32::EPSILON;
        let rtl = self
            .paragraph_of(start)
            .is_some_and(|(_, placed)| placed.layout.direction() == Direction::RightToLeft);
        let start_is_left = if one_line { first.x <= last.x } else { !rtl };
        if start_is_left == left { start } else { end }
    }

    fn caret_rect(&self, caret: Caret) -> Rect {
        let Some((_, placed)) = self.paragraph_of(caret) else {
            return Rect::default();
        };
        let rect = placed.layout.caret(caret.in_part(placed.range));
        rect.moved(self.left(placed), placed.y)
    }

    fn word_at(&self, hit: Hit) -> ByteRange {
        let at = hit.cluster.map_or(hit.caret.offset, ByteRange::start);
        Text::new(self.text.as_str()).word_at(at)
    }

    /// A caret between two paragraphs stands on the later one: between them is a line break.
    fn paragraph_of(&self, caret: Caret) -> Option<(usize, &Placed)> {
        let index = self
            .paragraphs
            .partition_point(|placed| placed.range.start() <= caret.offset);
        let index = index.saturating_sub(1);
        Some((index, self.paragraphs.get(index)?))
    }

    fn left(&self, placed: &Placed) -> f32 {
        let free = self.settings.width - placed.layout.size().0;
        if self.settings.multiline {
            0.0
        } else if free < 0.0 {
            self.shift
        } else if placed.layout.direction() == Direction::RightToLeft {
            free
        } else {
            0.0
        }
    }

    fn lay_out(&mut self, fonts: &mut Fonts) {
        let (mut start, mut y) = (0, 0.0);
        let mut direction = self.settings.direction;
        let mut paragraphs = Vec::new();
        for words in self.text.split('\n') {
            // A line without a letter follows the one before it.
            direction = base_direction(words).unwrap_or(direction);
            let request = Request {
                align: Align::Start,
                width: self.settings.multiline.then_some(self.settings.width),
                lang: self.settings.lang.as_deref(),
                ..Request::line(words, direction, self.settings.style, self.settings.scale)
            };
            let layout = Layout::new(fonts, &request);
            let end = start + words.len();
            let height = layout.size().1;
            paragraphs.push(Placed {
                range: ByteRange::between(ByteOffset::new(start), ByteOffset::new(end)),
                y,
                layout,
            });
            y += height;
            start = end + 1;
        }
        self.paragraphs = paragraphs;
    }
}
