//! The names of relations beside their ways, each where it covers neither text nor another name.

use egui::{Color32, Rect, Vec2, pos2, vec2};

use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme;

use super::draw::Canvas;
use super::geometry::Way;

/// From the head of an arrow to the name beside it.
const BESIDE: f32 = 7.0;

impl Canvas<'_, '_> {
    /// Writes the name where it covers nothing; where it stands then.
    pub(super) fn name(&mut self, way: &Way, name: &str, color: Color32, is_strong: bool) -> Option<Rect> {
        let style = TextStyle::new(theme::RELATION_TYPE * self.page.zoom).line_height(1.2);
        let style = if is_strong { style.bold() } else { style };
        let words = ShortText::new(name, style, color);
        let size = words.layout(self.engine).size();
        let (place, width) = self.name_place(way, size)?;
        let words = words.max_width(width);
        let layout = words.layout(self.engine);
        let rect = Rect::from_min_size(place.min, vec2(layout.size().x, size.y));
        self.painter.rect_filled(
            self.engine.snap_rect(rect.expand2(vec2(2.0, -0.5))),
            2.0,
            self.palette.canvas,
        );
        words.gather(self.ui.ctx(), self.engine, &layout, rect.min, &mut self.glyphs);
        self.taken.push(rect);
        Some(rect)
    }

    /// The first of the places at a way where its name covers nothing, and how wide it may be there.
    fn name_place(&self, way: &Way, size: Vec2) -> Option<(Rect, f32)> {
        let free = |rect: &Rect| {
            let clear = rect.expand2(vec2(2.0, -1.0));
            self.view.contains_rect(*rect) && !self.taken.iter().any(|other| other.intersects(clear))
        };
        let column = self.state.sheet.column();
        let middle = way.middle;
        if !way.in_line {
            let is_right = middle.x > column.max;
            let room = if is_right {
                self.view.right() - 2.0 - middle.x + 3.0
            } else {
                middle.x - self.view.left() - 2.0 + 3.0
            };
            let left = if is_right {
                middle.x - 3.0
            } else {
                middle.x + 3.0 - size.x.min(room)
            };
            let beside = |down: f32| {
                let at = pos2(left, middle.y - size.y / 2.0 + down);
                Rect::from_min_size(at, vec2(size.x.min(room), size.y))
            };
            let steps = [0.0, -1.0, 1.0, -2.0, 2.0].map(|step| beside(step * size.y));
            let wide = size.x <= room || !self.has_row();
            if wide && room >= theme::RELATION_NAME_LEAST {
                return steps.into_iter().find(free).map(|rect| (rect, room));
            }
        }
        if !self.has_row() {
            return None;
        }
        let rows = self.row_places(way, size);
        rows.into_iter().find(free).map(|rect| (rect, f32::INFINITY))
    }

    /// Whether there is a row between the lines in which a name fits.
    fn has_row(&self) -> bool {
        self.page.reading.labels.has_names()
    }

    /// Places in the row of names above the line of either end.
    fn row_places(&self, way: &Way, size: Vec2) -> Vec<Rect> {
        let column = self.state.sheet.column();
        let mut places = Vec::new();
        let mut put = |x: f32, bottom: f32| {
            let x = x.clamp(column.min, (column.max - size.x).max(column.min));
            places.push(Rect::from_min_size(pos2(x, bottom - size.y), size));
        };
        let (first, last) = (way.points.first(), way.points.last());
        let rise = last.map_or(0.0, |last| last.y - way.middle.y);
        if way.in_line {
            // In the arc where that is high enough, else over it.
            let down = if rise > size.y / 2.0 { size.y / 2.0 } else { 0.0 };
            put(way.middle.x - size.x / 2.0, way.middle.y + down);
        }
        for end in last.into_iter().chain(first) {
            // Beside the head, on the side from which its way comes.
            let from_right = way.middle.x > end.x;
            for step in 0..6_u8 {
                let away = BESIDE + f32::from(step) * size.x * 0.6;
                let (right, left) = (end.x + away, end.x - away - size.x);
                put(if from_right { right } else { left }, end.y);
            }
        }
        places
    }
}
