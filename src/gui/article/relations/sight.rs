//! Where the spans at the ends of relations are seen.

use egui::Rect;

use crate::model::Span;
use crate::text::{ByteOffset, Direction};

use super::draw::Canvas;
use super::geometry::{End, Side, nearest};

/// Where a span is seen.
#[derive(Clone)]
pub(super) enum Sight {
    /// The first and last line of each fragment in view, and the direction in which it is read.
    Lines(Vec<Rect>, Direction),
    Above,
    Below,
}

impl Canvas<'_, '_> {
    /// Where a span is seen, found out once a frame.
    pub(super) fn sight(&mut self, span: &Span) -> Sight {
        if let Some(known) = self.sights.get(&span.id) {
            return known.clone();
        }
        let sight = self.look_for(span);
        self.sights.insert(span.id.clone(), sight.clone());
        sight
    }

    fn look_for(&self, span: &Span) -> Sight {
        let sheet = &self.state.sheet;
        let ranges = self.state.moved_ranges(&span.id).unwrap_or(&span.ranges);
        let (mut lines, mut above) = (Vec::new(), false);
        for range in ranges.as_slice() {
            let all = sheet.pieces().flat_map(|piece| piece.word_rects(*range));
            let mut in_view = Vec::new();
            for rect in all {
                above |= rect.bottom() < self.view.top();
                if self.view.y_range().contains(rect.center().y) {
                    in_view.push(rect);
                }
            }
            lines.extend(in_view.first());
            lines.extend(in_view.last().filter(|_| in_view.len() > 1));
        }
        let hull = ranges.hull();
        if !lines.is_empty() {
            return Sight::Lines(lines, sheet.direction_at(hull.start()));
        }
        let first = sheet
            .pieces()
            .next()
            .map_or(ByteOffset::ZERO, |piece| piece.range().start());
        if above || hull.end() <= first {
            Sight::Above
        } else {
            Sight::Below
        }
    }
}

/// The margin in which the ways of a span run: where its text ends to be read.
pub(super) fn side_of(sight: &Sight) -> Option<Side> {
    match sight {
        Sight::Lines(_, Direction::LeftToRight) => Some(Side::Right),
        Sight::Lines(_, Direction::RightToLeft) => Some(Side::Left),
        Sight::Above | Sight::Below => None,
    }
}

/// The two ends of a way: of spans in several lines those that are nearest to each other.
pub(super) fn ends(from: &Sight, to: &Sight) -> Option<(End, End)> {
    let out = |sight: &Sight| match sight {
        Sight::Above => End::Above,
        _ => End::Below,
    };
    let towards = |lines: &[Rect], end: End| {
        let by_y = |a: &&Rect, b: &&Rect| a.top().total_cmp(&b.top());
        let nearest = if end == End::Above {
            lines.iter().min_by(by_y)
        } else {
            lines.iter().max_by(by_y)
        };
        nearest.map(|rect| End::Seen(*rect))
    };
    match (from, to) {
        (Sight::Lines(from, _), Sight::Lines(to, _)) => {
            let (from, to) = nearest(from, to)?;
            Some((End::Seen(from), End::Seen(to)))
        }
        (Sight::Lines(from, _), other) => Some((towards(from, out(other))?, out(other))),
        (other, Sight::Lines(to, _)) => Some((out(other), towards(to, out(other))?)),
        _ => None,
    }
}
