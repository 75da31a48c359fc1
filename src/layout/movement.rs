//! Steps of a caret inside one layout.
//!
//! Left and right go by what is seen: one cluster a step, across direction runs without a jump. What lies beyond the
//! first and the last line is the caller's to know. Words and sentences are steps in the text, not here.

use super::geometry::{Caret, Place, Toward};
use super::shaped::Layout;
use crate::text::Direction;

/// A step of a caret.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// One cluster to the left on the screen.
    Left,
    /// One cluster to the right on the screen.
    Right,
    /// To the line above, at the place nearest to an x in logical pixels.
    Up(f32),
    /// To the line below, at the place nearest to an x in logical pixels.
    Down(f32),
    /// To where the line begins in the text.
    LineStart,
    /// To where the line ends in the text.
    LineEnd,
}

impl Layout {
    /// The caret after a step; `None` where the step leaves this layout.
    pub fn move_visual(&self, caret: Caret, step: Step) -> Option<Caret> {
        match step {
            Step::Left => self.sideways(caret, Toward::Left),
            Step::Right => self.sideways(caret, Toward::Right),
            Step::Up(x) => {
                let line = self.place(caret).line.checked_sub(1)?;
                Some(self.nearest(line, x))
            }
            Step::Down(x) => {
                let line = self.place(caret).line + 1;
                (line < self.lines.len()).then(|| self.nearest(line, x))
            }
            Step::LineStart => {
                let line = self.lines.get(self.place(caret).line)?;
                Some(Caret::downstream(line.range().start()))
            }
            Step::LineEnd => Some(self.line_end(self.place(caret).line)),
        }
    }

    /// The caret of a line that is nearest to an x in logical pixels.
    pub fn nearest(&self, line: usize, x: f32) -> Caret {
        let middle = self.top(line) + self.frame.line_height / 2.0;
        self.hit(x, middle / self.frame.scale).caret
    }

    /// The caret at the end of a line.
    fn line_end(&self, index: usize) -> Caret {
        let Some(line) = self.lines.get(index) else {
            return Caret::upstream(self.end());
        };
        let breaks = self
            .clusters_of(index)
            .iter()
            .find(|cluster| cluster.end == line.end);
        match breaks {
            Some(cluster) if line.hard_break => Caret::downstream(cluster.range().start()),
            _ => Caret::upstream(line.range().end()),
        }
    }

    fn sideways(&self, caret: Caret, toward: Toward) -> Option<Caret> {
        let mut place = self.place(caret);
        // A cluster without width is passed together with the next, for a step must be seen.
        let x = self.edge_x(place);
        loop {
            let passed = self.pass(place, toward);
            let Some(next) = passed else {
                return self.around(caret, place, toward);
            };
            place = next;
            if (self.edge_x(place) - x).abs() > f32::EPSILON {
                let back = match toward {
                    Toward::Left => Toward::Right,
                    Toward::Right => Toward::Left,
                };
                return Some(self.caret_at(place, back));
            }
        }
    }

    /// The next place on the same line.
    fn pass(&self, place: Place, toward: Toward) -> Option<Place> {
        let edge = match toward {
            Toward::Left => place.edge.checked_sub(1)?,
            Toward::Right => place.edge + 1,
        };
        (edge <= self.clusters_of(place.line).len()).then_some(Place { edge, ..place })
    }

    /// Over the edge of a line onto its neighbour. At a wrap the end of one line and the start of the next are one
    /// offset, which is not stopped at twice.
    fn around(&self, caret: Caret, place: Place, toward: Toward) -> Option<Caret> {
        let forward = (toward == Toward::Right) == (self.frame.direction == Direction::LeftToRight);
        let line = if forward {
            place.line + 1
        } else {
            place.line.checked_sub(1)?
        };
        let count = self.lines.get(line).map(|_| self.clusters_of(line).len())?;
        let (edge, inner) = match toward {
            Toward::Right => (0, Toward::Right),
            Toward::Left => (count, Toward::Left),
        };
        let entered = self.caret_at(Place { line, edge }, inner);
        if entered.offset == caret.offset {
            return self.sideways(entered, toward).or(Some(entered));
        }
        Some(entered)
    }
}
