//! Icons as strokes on a grid of 16 by 16, so that they are sharp at every scale and take the theme's colours.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use super::article::LabelView;
use super::theme::Palette;
use crate::model::Status;
use crate::session::action::Action;

/// The strokes of an icon: polylines in units of a sixteenth of its side.
type Strokes = &'static [&'static [(f32, f32)]];

const FOLDER: Strokes = &[&[
    (2.0, 13.0),
    (2.0, 3.5),
    (6.5, 3.5),
    (8.0, 5.5),
    (14.0, 5.5),
    (14.0, 13.0),
    (2.0, 13.0),
]];
const ADD: Strokes = &[
    &[
        (3.0, 2.0),
        (9.5, 2.0),
        (13.0, 5.5),
        (13.0, 14.0),
        (3.0, 14.0),
        (3.0, 2.0),
    ],
    &[(8.0, 6.0), (8.0, 11.5)],
    &[(5.25, 8.75), (10.75, 8.75)],
];
const PAGE: Strokes = &[
    &[(3.0, 2.0), (13.0, 2.0), (13.0, 14.0), (3.0, 14.0), (3.0, 2.0)],
    &[(5.5, 5.5), (10.5, 5.5)],
    &[(5.5, 8.0), (10.5, 8.0)],
    &[(5.5, 10.5), (8.5, 10.5)],
];
const SAVE: Strokes = &[
    &[(8.0, 2.0), (8.0, 10.0)],
    &[(5.0, 7.0), (8.0, 10.0), (11.0, 7.0)],
    &[(2.5, 10.5), (2.5, 13.5), (13.5, 13.5), (13.5, 10.5)],
];
const UNDO: Strokes = &[
    &[(6.0, 3.0), (2.5, 6.5), (6.0, 10.0)],
    &[
        (2.5, 6.5),
        (9.5, 6.5),
        (12.0, 7.4),
        (13.4, 9.6),
        (13.0, 12.0),
        (11.5, 13.5),
    ],
];
const REDO: Strokes = &[
    &[(10.0, 3.0), (13.5, 6.5), (10.0, 10.0)],
    &[
        (13.5, 6.5),
        (6.5, 6.5),
        (4.0, 7.4),
        (2.6, 9.6),
        (3.0, 12.0),
        (4.5, 13.5),
    ],
];
const QUESTION: Strokes = &[
    &[
        (5.2, 5.6),
        (6.0, 3.6),
        (8.0, 2.7),
        (10.0, 3.6),
        (10.8, 5.5),
        (10.0, 7.1),
        (8.0, 8.7),
        (8.0, 10.3),
    ],
    &[(8.0, 12.4), (8.0, 13.3)],
];
const PREVIOUS: Strokes = &[&[(3.5, 10.0), (8.0, 5.5), (12.5, 10.0)]];
const NEXT: Strokes = &[&[(3.5, 6.0), (8.0, 10.5), (12.5, 6.0)]];
const DONE: Strokes = &[&[(2.5, 8.5), (6.0, 12.0), (13.5, 4.0)]];
const THEME: Strokes = &[&[
    (12.9, 10.2),
    (10.8, 10.3),
    (8.4, 9.4),
    (6.7, 7.5),
    (6.0, 5.0),
    (6.5, 2.8),
    (4.3, 4.0),
    (3.0, 6.1),
    (2.8, 8.6),
    (3.8, 11.0),
    (5.8, 12.6),
    (8.3, 13.1),
    (10.7, 12.4),
    (12.9, 10.2),
]];
const SEARCH: Strokes = &[
    &[
        (10.6, 6.5),
        (10.0, 8.6),
        (8.6, 10.0),
        (6.5, 10.6),
        (4.4, 10.0),
        (3.0, 8.6),
        (2.4, 6.5),
        (3.0, 4.4),
        (4.4, 3.0),
        (6.5, 2.4),
        (8.6, 3.0),
        (10.0, 4.4),
        (10.6, 6.5),
    ],
    &[(9.6, 9.6), (13.6, 13.6)],
];

const EYE: Strokes = &[
    &[
        (1.5, 8.0),
        (4.0, 5.2),
        (8.0, 3.8),
        (12.0, 5.2),
        (14.5, 8.0),
        (12.0, 10.8),
        (8.0, 12.2),
        (4.0, 10.8),
        (1.5, 8.0),
    ],
    &[
        (10.2, 8.0),
        (9.5, 9.5),
        (8.0, 10.2),
        (6.5, 9.5),
        (5.8, 8.0),
        (6.5, 6.5),
        (8.0, 5.8),
        (9.5, 6.5),
        (10.2, 8.0),
    ],
];
const STRUCK: Strokes = &[&[(3.0, 13.0), (13.0, 3.0)]];
const LOCK: Strokes = &[
    &[(3.5, 7.5), (12.5, 7.5), (12.5, 13.5), (3.5, 13.5), (3.5, 7.5)],
    &[(8.0, 9.8), (8.0, 11.2)],
];
const SHACKLE: Strokes = &[&[
    (5.2, 7.5),
    (5.2, 4.8),
    (6.2, 3.0),
    (8.0, 2.4),
    (9.8, 3.0),
    (10.8, 4.8),
    (10.8, 7.5),
]];
const SHACKLE_OPEN: Strokes = &[&[
    (5.2, 7.5),
    (5.2, 4.8),
    (6.2, 3.0),
    (8.0, 2.4),
    (9.8, 3.0),
    (10.6, 4.2),
]];

const BIN: Strokes = &[
    &[(2.5, 4.5), (13.5, 4.5)],
    &[(6.0, 4.5), (6.0, 2.5), (10.0, 2.5), (10.0, 4.5)],
    &[(4.0, 4.5), (4.7, 13.5), (11.3, 13.5), (12.0, 4.5)],
    &[(6.7, 7.0), (6.9, 11.0)],
    &[(9.3, 7.0), (9.1, 11.0)],
];

fn strokes(action: Action) -> Strokes {
    match action {
        Action::OpenProject | Action::OpenArticles => FOLDER,
        Action::Import | Action::NewProject => ADD,
        Action::OpenSample => PAGE,
        Action::SaveSnapshot => SAVE,
        Action::Undo => UNDO,
        Action::Redo => REDO,
        Action::PreviousArticle | Action::FindPrevious => PREVIOUS,
        Action::NextArticle | Action::FindNext => NEXT,
        Action::MarkDoneAndNext => DONE,
        Action::ToggleTheme => THEME,
        Action::Palette => SEARCH,
        Action::Help => QUESTION,
        Action::RemoveSpan | Action::RemoveRelation => BIN,
        _ => &[],
    }
}

/// Draws the icon of an action into a square.
pub fn paint(painter: &Painter, action: Action, square: Rect, color: Color32) {
    paint_strokes(painter, strokes(action), square, color);
}

/// Draws how a label is viewed, or that it is not viewed so: an eye, struck out where the label is hidden, or a lock.
pub fn paint_label_view(painter: &Painter, view: LabelView, on: bool, square: Rect, color: Color32) {
    let parts: [Strokes; 2] = match (view, on) {
        (LabelView::Locked, true) => [LOCK, SHACKLE],
        (LabelView::Locked, false) => [LOCK, SHACKLE_OPEN],
        (_, true) => [EYE, STRUCK],
        (_, false) => [EYE, &[]],
    };
    for strokes in parts {
        paint_strokes(painter, strokes, square, color);
    }
}

/// A small corner: down where something is open or opens below, else to the side.
pub fn paint_corner(painter: &Painter, at: Pos2, is_open: bool, color: Color32) {
    let (wide, high) = (3.5, 2.0);
    let points = if is_open {
        [(-wide, -high), (0.0, high), (wide, -high)]
    } else {
        [(high, -wide), (-high, 0.0), (high, wide)]
    };
    let points = points.map(|(x, y)| at + Vec2::new(x, y));
    painter.line(points.to_vec(), Stroke::new(1.5, color));
}

/// Draws a cross, for closing.
pub fn paint_cross(painter: &Painter, square: Rect, color: Color32) {
    paint_strokes(
        painter,
        &[&[(4.0, 4.0), (12.0, 12.0)], &[(12.0, 4.0), (4.0, 12.0)]],
        square,
        color,
    );
}

/// Draws a check box into a square.
pub fn paint_check(painter: &Painter, square: Rect, is_on: bool, palette: &Palette) {
    if is_on {
        painter.rect_filled(square, 3.0, palette.accent);
        paint_strokes(painter, DONE, square.shrink(2.0), palette.accent_ink);
    } else {
        let line = Stroke::new(1.0, palette.ink_faint);
        painter.rect_stroke(square, 3.0, line, egui::StrokeKind::Inside);
    }
}

fn paint_strokes(painter: &Painter, strokes: Strokes, square: Rect, color: Color32) {
    let unit = square.width() / 16.0;
    for line in strokes {
        let points = line
            .iter()
            .map(|(x, y)| square.min + Vec2::new(x * unit, y * unit))
            .collect();
        painter.add(Shape::line(points, Stroke::new(1.4 * unit, color)));
    }
}

/// Draws a status as a mark that can be told without colour: a ring, a half disc, a disc with a tick, a ring struck out.
pub fn paint_status(painter: &Painter, status: Status, center: Pos2, ink: Color32, ground: Color32) {
    const RADIUS: f32 = 4.5;
    let ring = Stroke::new(1.3, ink);
    match status {
        Status::Todo => {
            painter.circle_stroke(center, RADIUS, ring);
        }
        Status::InProgress => {
            painter.circle_stroke(center, RADIUS, ring);
            let half = (0..=12u8).map(|step| {
                let turn = std::f32::consts::PI * (f32::from(step) / 12.0) - std::f32::consts::FRAC_PI_2;
                center + Vec2::angled(turn) * RADIUS
            });
            painter.add(Shape::convex_polygon(half.collect(), ink, Stroke::NONE));
        }
        Status::Done => {
            painter.circle_filled(center, RADIUS + 0.7, ink);
            let tick = [(-2.3, 0.1), (-0.6, 1.8), (2.4, -1.6)];
            let points = tick.iter().map(|(x, y)| center + Vec2::new(*x, *y)).collect();
            painter.add(Shape::line(points, Stroke::new(1.4, ground)));
        }
        Status::Skipped => {
            painter.circle_stroke(center, RADIUS, ring);
            let reach = Vec2::splat(RADIUS * 0.7);
            painter.line_segment([center - reach, center + reach], ring);
        }
    }
}

/// The window's icon: a page with a note in its margin, 64 by 64 pixels.
pub fn window_icon() -> egui::IconData {
    const SIDE: u32 = 64;
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            rgba.extend(icon_pixel(x, y));
        }
    }
    egui::IconData {
        rgba,
        width: SIDE,
        height: SIDE,
    }
}

fn icon_pixel(x: u32, y: u32) -> [u8; 4] {
    let page = (8..56).contains(&x) && (4..60).contains(&y);
    let margin = x < 22;
    let line = (14..52).contains(&y) && (y - 14) % 8 < 3;
    let marked = (30..33).contains(&y);
    match (page, margin, line) {
        (false, ..) => [0, 0, 0, 0],
        (true, true, _) if (26..38).contains(&y) && x >= 11 => [0xf2, 0xb1, 0x34, 0xff],
        (true, true, _) => [0x1f, 0x62, 0xc9, 0xff],
        (true, false, true) if (26..52).contains(&x) => {
            if marked {
                [0xd9, 0x8a, 0x00, 0xff]
            } else {
                [0x8f, 0x94, 0x9b, 0xff]
            }
        }
        (true, false, _) => [0xfb, 0xfb, 0xf9, 0xff],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::panels::toolbar::ACTIONS;

    #[test]
    fn every_action_of_the_toolbar_has_an_icon_within_its_square() {
        for action in ACTIONS.iter().copied().flatten() {
            let lines = strokes(*action);
            assert!(!lines.is_empty(), "{action:?}");
            for (x, y) in lines.iter().copied().flatten() {
                assert!((0.0..=16.0).contains(x) && (0.0..=16.0).contains(y), "{action:?}");
            }
        }
    }

    #[test]
    fn the_window_icon_has_all_its_pixels() {
        let icon = window_icon();
        assert_eq!(icon.rgba.len(), (icon.width * icon.height * 4) as usize);
    }
}
