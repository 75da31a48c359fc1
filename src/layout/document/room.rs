//! Room under single lines, in which the lanes of spans are drawn.
//!
//! Only layouts that are kept, and those made later, get it: what the scroll bar goes by are estimates without it. Knows
//! nothing of spans.

use super::Document;
use crate::layout::geometry::range_in_whole;
use crate::layout::shaped::Layout;
use crate::text::ByteRange;

/// A stretch of the text whose lines have more room than others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The stretch.
    pub range: ByteRange,
    /// The room under each line that it touches, in logical pixels.
    pub leading: f32,
}

impl Document {
    /// Gives lines more room than [`super::Settings::leading`]. The stretches are in the order of the text and disjoint.
    /// The line at the top of the view stays there; answers whether any line moved.
    pub fn set_rooms(&mut self, rooms: Vec<Room>) -> bool {
        if rooms == self.rooms {
            return false;
        }
        self.rooms = rooms;
        let mut changed = false;
        for item in self.cache.items() {
            let range = self.item_range(super::ItemId(item));
            let bottoms = self.cache.get(item).map(|layout| self.bottoms(range, layout));
            let (Some(bottoms), Some(layout)) = (bottoms, self.cache.get_mut(item)) else {
                continue;
            };
            if bottoms != layout.bottoms {
                let held = self.anchor.line(item, layout);
                layout.bottoms = bottoms;
                self.anchor.hold(held, layout);
                changed = true;
            }
        }
        changed
    }

    /// How far down the lines of an item's layout end, each with its room, in physical pixels.
    pub(super) fn bottoms(&self, item: ByteRange, layout: &Layout) -> Vec<f32> {
        let usual = self.settings.leading_of(item);
        layout.bottoms_with(|line| self.room_in(range_in_whole(line, item.start())).max(usual))
    }

    /// The most room that a stretch of the text asks for.
    fn room_in(&self, range: ByteRange) -> f32 {
        let first = self
            .rooms
            .partition_point(|room| room.range.end() <= range.start());
        let touching = self
            .rooms
            .iter()
            .skip(first)
            .take_while(|room| room.range.start() < range.end());
        touching.map(|room| room.leading).fold(0.0, f32::max)
    }
}

impl Layout {
    /// The line at a distance from the top in physical pixels, and how far below its top that is.
    pub(super) fn line_and_rest(&self, offset: f64) -> (usize, f64) {
        let line = self.line_at_height(offset as f32);
        (line, offset - f64::from(self.top(line)))
    }

    /// The height of a line with its room, in physical pixels.
    pub(super) fn line_pixels(&self, line: usize) -> f64 {
        f64::from((self.top(line + 1) - self.top(line)).max(1.0))
    }
}
