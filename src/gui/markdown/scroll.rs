//! A sheet in a pane: what is longer than the pane is scrolled, by keys while the text has the focus.

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::sheet::{Sheet, SheetOutput};
use crate::gui::paint::TextEngine;
use crate::gui::panels::widgets::focus_ring;
use crate::gui::theme::{GRID, Palette};

/// How far an arrow key scrolls.
const LINE: f32 = 40.0;
/// Margin of the text within the pane.
const MARGIN: f32 = GRID * 2.0;

/// How far a sheet is scrolled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scroll {
    /// Where to scroll in this frame.
    go_to: Option<f32>,
    offset: f32,
}

/// What a text is called, and the id that takes the focus of its pane.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: &'a str,
}

impl Scroll {
    /// The width that a sheet has in what is left of a pane.
    pub fn width(ui: &Ui) -> f32 {
        (ui.available_width() - MARGIN * 2.0).max(80.0)
    }

    /// Goes to a height of the sheet.
    pub fn to(&mut self, y: f32) {
        self.go_to = Some(y);
    }

    /// Goes to the top, unless it is asked to go elsewhere.
    pub fn to_top(&mut self) {
        self.go_to = self.go_to.or(Some(0.0));
    }

    /// How far it is scrolled.
    pub const fn offset(&self) -> f32 {
        self.offset
    }

    /// The text as one thing that can have the focus, in all that is left of a pane, with its keys. True where it is
    /// left with Esc.
    pub fn document_ui(&mut self, ui: &Ui, palette: &Palette, document: Document<'_>) -> bool {
        let area = ui.available_rect_before_wrap();
        let focus = ui.interact(area, document.id, Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::Document, true, document.name));
        if !focus.has_focus() {
            return false;
        }
        focus_ring(ui, palette, area.expand(3.0));
        self.keys(ui, document.id, area)
    }

    fn keys(&mut self, ui: &Ui, id: Id, area: Rect) -> bool {
        ui.memory_mut(|memory| {
            let keep = EventFilter {
                vertical_arrows: true,
                escape: true,
                ..Default::default()
            };
            memory.set_focus_lock_filter(id, keep);
        });
        let screen = (area.height() - LINE).max(LINE);
        let steps = [
            (Key::ArrowDown, LINE),
            (Key::ArrowUp, -LINE),
            (Key::PageDown, screen),
            (Key::PageUp, -screen),
            (Key::Space, screen),
            (Key::Home, f32::NEG_INFINITY),
            (Key::End, f32::INFINITY),
        ];
        let step: f32 = ui.input_mut(|input| {
            let pressed = steps
                .iter()
                .filter(|(key, _)| input.consume_key(Modifiers::NONE, *key));
            pressed.map(|(_, step)| *step).sum()
        });
        if step.abs() > 0.0 {
            self.go_to = Some(self.offset + step);
        }
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
    }

    /// Draws the sheet under the node of its document. What leads elsewhere in the sheet is followed here, and gives the
    /// focus back to the document.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        palette: &Palette,
        engine: &mut TextEngine,
        sheet: &Sheet,
        document: Id,
    ) -> SheetOutput {
        let size = sheet.size();
        let mut area = ScrollArea::vertical()
            .id_salt(document.with("scroll"))
            .auto_shrink([false, false]);
        if let Some(offset) = self.go_to.take() {
            let most = (size.y - ui.available_height()).max(0.0);
            area = area.vertical_scroll_offset(offset.clamp(0.0, most));
        }
        let shown = area.show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size.y), Sense::hover());
            let left_top = rect.left_top() + vec2(MARGIN, 0.0);
            let output = sheet.show(ui, palette, engine, left_top, document);
            if let Some(reveal) = output.reveal {
                ui.scroll_to_rect(reveal, None);
            }
            output
        });
        self.offset = shown.state.clamped_offset().y;
        if let Some(y) = shown.inner.go_to {
            self.go_to = Some(y);
            ui.memory_mut(|memory| memory.request_focus(document));
            ui.ctx().request_repaint();
        }
        shown.inner
    }
}
