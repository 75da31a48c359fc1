//! The foot of a dialog: its buttons, which Tab walks in the order in which they are seen.

use std::panic::Location;

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder, vec2};

use crate::gui::theme::GRID;

/// Height of the buttons.
const HEIGHT: f32 = 28.0;

/// The buttons at the foot of a dialog, from the first to the one that the dialog is there for, at the far end.
#[track_caller]
pub fn foot_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    foot_with_ui(ui, |_| {}, add);
}

/// The same with others at the near end.
#[track_caller]
pub fn foot_with_ui(ui: &mut Ui, near: impl FnOnce(&mut Ui), far: impl FnOnce(&mut Ui)) {
    // Each dialog has buttons of its own, and so a width of its own.
    let here = Location::caller();
    let id = Id::unique("foot").with((here.file(), here.line()));
    ui.add_space(GRID * 3.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), egui::Sense::hover());
    let inside = |rect: Rect| {
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center))
    };
    near(&mut ui.new_child(inside(rect)));
    // Laid out from the far end they would be walked backwards, so where they begin is known from the frame before.
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    let width = known.unwrap_or(rect.width()).min(rect.width());
    let mut row = ui.new_child(inside(rect.with_min_x(rect.right() - width)));
    if known.is_none() {
        row.set_invisible();
    }
    far(&mut row);
    let drawn = row.min_rect().width();
    if known.is_none_or(|known| (known - drawn).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, drawn));
        ui.ctx().request_repaint();
    }
}
