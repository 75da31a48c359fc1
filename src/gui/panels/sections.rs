//! The parts of the right pane, each under a heading that folds it: what is folded leaves its room to the others.
//!
//! What stands in a part, this does not know.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::widgets::focus_ring;
use crate::gui::theme::{self, GRID, Palette};

/// A part of the right pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The labels of the codebook.
    Labels,
    /// The selected span.
    Span,
    /// Its relations.
    Relations,
    /// The selected event.
    Event,
    /// The article as a whole.
    Article,
}

/// Which parts are folded; at first none is.
#[derive(Debug, Default)]
pub struct Folds {
    folded: BTreeSet<Section>,
}

impl Folds {
    /// Shows what stands in a part, such as before a field of it takes the focus.
    pub fn unfold(&mut self, section: Section) {
        self.folded.remove(&section);
    }

    /// Draws the heading of a part; whether what stands in it is to be drawn below.
    pub fn heading_ui(&mut self, ui: &mut Ui, palette: &Palette, section: Section, name: &str) -> bool {
        ui.add_space(GRID);
        let is_open = !self.folded.contains(&section);
        let ink = palette.ink_weak;
        let font = egui::FontId::proportional(theme::TEXT_PANE);
        // As bold as a heading is, in the window's own words, cut where the pane is narrow.
        let words = egui::RichText::new(name).font(font).strong().color(ink);
        let room = (ui.available_width() - GRID * 5.0).max(GRID);
        let galley = egui::WidgetText::from(words).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            room,
            egui::TextStyle::Body,
        );
        let size = vec2(ui.available_width(), galley.size().y);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response
            .widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, ui.is_enabled(), is_open, name));
        ui.painter().galley(rect.min, galley, ink);
        if response.has_focus() {
            focus_ring(ui, palette, rect.expand(3.0));
        }
        paint_corner(
            ui,
            pos2(rect.right() - GRID * 2.0, rect.center().y),
            is_open,
            Stroke::new(1.5, ink),
        );
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.clicked() && !self.folded.remove(&section) {
            self.folded.insert(section);
        }
        ui.add_space(GRID / 2.0);
        is_open
    }
}

/// A small corner that points down where the part is open, else to the side.
fn paint_corner(ui: &Ui, at: egui::Pos2, is_open: bool, stroke: Stroke) {
    let (wide, high) = (3.5, 2.0);
    let points = if is_open {
        [vec2(-wide, -high), vec2(0.0, high), vec2(wide, -high)]
    } else {
        [vec2(high, -wide), vec2(-high, 0.0), vec2(high, wide)]
    };
    let points = points.map(|offset| at + offset);
    ui.painter().line(points.to_vec(), stroke);
}
