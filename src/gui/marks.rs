//! Small marks that say how work stands: a flag, a verdict, an open note. Drawn as shapes, so that no font must have them.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::model::Verdict;

/// Side of a mark in points.
pub const MARK: f32 = 9.0;

/// A diamond: here is an open note.
pub fn paint_note(painter: &Painter, center: Pos2, side: f32, color: Color32) {
    let half = side / 2.0;
    let corners = [
        vec2(0.0, -half),
        vec2(half, 0.0),
        vec2(0.0, half),
        vec2(-half, 0.0),
    ];
    let points = corners.map(|corner| center + corner).to_vec();
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
}

/// A flag on its pole: come back to this.
pub fn paint_flag(painter: &Painter, center: Pos2, color: Color32) {
    let square = Rect::from_center_size(center, Vec2::splat(MARK));
    let pole = [square.left_top(), square.left_bottom()];
    painter.line_segment(pole, Stroke::new(1.5, color));
    let cloth = vec![
        square.left_top(),
        pos2(square.right(), square.top() + MARK * 0.3),
        pos2(square.left(), square.top() + MARK * 0.6),
    ];
    painter.add(Shape::convex_polygon(cloth, color, Stroke::NONE));
}

/// A tick where the work is approved, a bent arrow back where it is to be changed.
pub fn paint_verdict(painter: &Painter, verdict: Verdict, center: Pos2, color: Color32) {
    let half = MARK / 2.0;
    let at = |x: f32, y: f32| center + vec2(x * half, y * half);
    let stroke = Stroke::new(1.6, color);
    match verdict {
        Verdict::Approved => {
            painter.line(vec![at(-0.9, 0.1), at(-0.25, 0.75), at(0.95, -0.7)], stroke);
        }
        Verdict::ChangesRequested => {
            painter.line(vec![at(0.9, 0.8), at(0.9, -0.2), at(-0.8, -0.2)], stroke);
            painter.line(vec![at(-0.25, -0.85), at(-0.9, -0.2), at(-0.25, 0.45)], stroke);
        }
    }
}
