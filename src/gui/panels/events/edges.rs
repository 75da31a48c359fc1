//! The sign that a table has more columns than are seen, at the edge behind which they lie; a click brings them into
//! view.

use egui::accesskit::Role;
use egui::{Align2, Color32, Id, Mesh, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::gui::theme::{GRID, Palette};
use crate::gui::words;

/// Width of the shade at an edge.
pub const SHADE: f32 = 12.0;
/// How much of what is seen makes room for what is not.
const STEP: f32 = 0.7;

/// A table as it is scrolled.
#[derive(Clone, Copy, Debug)]
pub struct Scrolled {
    /// The headings and the rows.
    pub table: Rect,
    /// Height of the headings.
    pub header: f32,
    /// Width of what stands still at the left.
    pub pinned: f32,
    /// How far the columns are scrolled.
    pub by: f32,
    /// Width of all columns.
    pub width: f32,
    /// What the table stands on.
    pub ground: Color32,
}

impl Scrolled {
    /// Whether columns lie behind the left edge, and behind the right one.
    fn hidden(&self) -> [bool; 2] {
        [self.by > 0.5, self.by + self.table.width() < self.width - 0.5]
    }

    /// From where to where an edge is shaded: beside the rows, for in the headings the arrow stands alone.
    fn shaded(&self) -> [f32; 2] {
        [self.table.top() + self.header, self.table.bottom()]
    }

    /// How far it is scrolled once most of what is seen has made room for what lies behind it on that side.
    fn further(&self, side: f32) -> f32 {
        let step = (self.table.width() - self.pinned) * STEP;
        let most = (self.width - self.table.width()).max(0.0);
        (self.by + side * step).clamp(0.0, most)
    }
}

/// Draws a shade and an arrow at each edge behind which columns lie. Where an arrow was clicked, answers how far the
/// columns are to be scrolled then.
pub fn edges_ui(ui: &Ui, palette: &Palette, id: Id, scrolled: &Scrolled) -> Option<f32> {
    let mut to = None;
    let table = scrolled.table;
    let left = (table.left() + scrolled.pinned, 1.0_f32, words::COLUMNS_BEFORE);
    let right = (table.right(), -1.0, words::COLUMNS_BEHIND);
    let hidden = scrolled.hidden().into_iter().zip([left, right]);
    for (_, (x, inwards, name)) in hidden.filter(|(is_hidden, _)| *is_hidden) {
        let mut shade = Mesh::default();
        let color = palette.border;
        let corners = scrolled
            .shaded()
            .map(|y| [pos2(x, y), pos2(x + inwards * SHADE, y)]);
        for [outer, inner] in corners {
            shade.colored_vertex(outer, color);
            shade.colored_vertex(inner, Color32::TRANSPARENT);
        }
        shade.add_triangle(0, 1, 2);
        shade.add_triangle(1, 2, 3);
        ui.painter().add(shade);
        let middle = pos2(x + inwards * GRID * 2.0, table.top() + scrolled.header / 2.0);
        // The arrow stands over no heading.
        let place = Align2::CENTER_CENTER.anchor_size(middle, vec2(SHADE + GRID, scrolled.header - GRID));
        ui.painter().rect_filled(place, 0.0, scrolled.ground);
        let tip = middle - vec2(inwards * 2.0, 0.0);
        let arms = [-1.0, 1.0].map(|y| middle + vec2(inwards * 2.0, y * GRID));
        // The keys of a table go from cell to cell, so that Tab does not stop here.
        let sign = ui.interact(place, id.with(name), Sense::CLICK);
        sign.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if sign.hovered() {
            ui.painter().rect_filled(place, 3.0, palette.hover);
        }
        for arm in arms {
            ui.painter()
                .line_segment([tip, arm], Stroke::new(1.5, palette.ink));
        }
        if sign.clicked() {
            to = Some(scrolled.further(-inwards));
            ui.ctx().request_repaint();
        }
        sign.on_hover_text(name);
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_has_its_sign_where_columns_lie_behind_it() {
        let table = Rect::from_min_size(pos2(10.0, 0.0), vec2(300.0, 100.0));
        let hidden = |by: f32, width: f32| {
            let scrolled = Scrolled {
                table,
                header: 20.0,
                pinned: 50.0,
                by,
                width,
                ground: Color32::TRANSPARENT,
            };
            scrolled.hidden()
        };
        assert_eq!(hidden(0.0, 300.0), [false, false]);
        assert_eq!(hidden(0.0, 400.0), [false, true]);
        assert_eq!(hidden(40.0, 400.0), [true, true]);
        assert_eq!(hidden(100.0, 400.0), [true, false]);
    }

    #[test]
    fn no_shade_stands_beside_the_arrow_in_the_headings() {
        let table = Rect::from_min_size(pos2(10.0, 30.0), vec2(300.0, 100.0));
        let scrolled = Scrolled {
            table,
            header: 20.0,
            pinned: 50.0,
            by: 0.0,
            width: 400.0,
            ground: Color32::TRANSPARENT,
        };
        assert_eq!(scrolled.shaded().map(|y| y as i32), [50, 130]);
    }

    #[test]
    fn an_arrow_leads_no_further_than_there_are_columns() {
        let scrolled = |by: f32| Scrolled {
            table: Rect::from_min_size(pos2(10.0, 0.0), vec2(300.0, 100.0)),
            header: 20.0,
            pinned: 100.0,
            by,
            width: 550.0,
            ground: Color32::TRANSPARENT,
        };
        let steps = [(0.0, 1.0), (140.0, 1.0), (250.0, -1.0), (110.0, -1.0)];
        let to = steps.map(|(by, side)| scrolled(by).further(side).round() as i32);
        assert_eq!(to, [140, 250, 110, 0]);
    }
}
