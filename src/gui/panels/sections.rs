//! The parts of the right pane, each under a heading that folds it: what is folded leaves its room to the others.
//!
//! What stands in a part, this does not know.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

use super::widgets::{focus_ring, hairline_ui};
use crate::gui::icons;
use crate::gui::theme::{self, GRID, Palette};
use crate::model::{EventId, RelationId, SpanId};

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
    /// The part that shall come into view, because what it is about was only just selected.
    wanted: Option<Section>,
    /// What was selected in the last frame.
    seen: Seen,
}

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The span.
    pub span: Option<SpanId>,
    /// How often a span was clicked in the text.
    pub clicks: u64,
    /// The relation.
    pub relation: Option<RelationId>,
    /// The event.
    pub event: Option<EventId>,
}

impl Folds {
    /// Shows what stands in a part, such as before a field of it takes the focus.
    pub fn unfold(&mut self, section: Section) {
        self.folded.remove(&section);
    }

    /// Whether what stands in a part is shown.
    pub fn shows(&self, section: Section) -> bool {
        !self.folded.contains(&section)
    }

    /// Brings the part of a span, a relation, or an event into view where another one is selected than before, that of a
    /// span also where it was clicked again.
    pub fn follow(&mut self, seen: Seen) {
        let is_clicked = seen.clicks != self.seen.clicks;
        if seen.span.is_some() && (is_clicked || seen.span != self.seen.span) {
            self.wanted = Some(Section::Span);
        }
        if seen.event.is_some() && seen.event != self.seen.event {
            self.wanted = Some(Section::Event);
        }
        if seen.relation.is_some() && seen.relation != self.seen.relation {
            self.wanted = Some(Section::Relations);
        }
        self.seen = seen;
    }

    /// Draws the heading of a part, below a line where another part stands above it; whether what stands in it is to be
    /// drawn below.
    pub fn heading_ui(&mut self, ui: &mut Ui, palette: &Palette, section: Section, name: &str) -> bool {
        if section != Section::Labels {
            hairline_ui(ui, palette);
        }
        ui.add_space(GRID);
        let is_open = self.shows(section);
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
        let corner = pos2(rect.right() - GRID * 2.0, rect.center().y);
        icons::paint_corner(ui.painter(), corner, is_open, ink);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if self.wanted.take_if(|wanted| *wanted == section).is_some() {
            // At once: a click that follows must find what it saw. A span leaves the labels above it where they are.
            let at_once = egui::style::ScrollAnimation::none();
            let place = (section != Section::Span).then_some(egui::Align::TOP);
            response.scroll_to_me_animation(place, at_once);
        }
        if response.clicked() && !self.folded.remove(&section) {
            self.folded.insert(section);
        }
        ui.add_space(GRID / 2.0);
        is_open
    }
}
