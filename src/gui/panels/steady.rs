//! Where the lists of the right pane begin. What is above them is as high as what is selected needs, so they would move with
//! each click on one of their rows, and the next click would miss: they stay while the mouse is at work in them.

use egui::{Rect, Ui};

/// Where the lists were in the last frame, and whether they stay there.
#[derive(Default)]
pub struct Steady {
    lists: Option<Rect>,
    stays: bool,
}

impl Steady {
    /// The top of the lists, where they stay: from a press in them on until the pointer leaves them, or until the focus goes to
    /// what is above, which needs its room then.
    pub fn top(&mut self, ui: &Ui) -> Option<f32> {
        let lists = self.lists?;
        let (pointer, is_pressed, is_clicked) = ui.input(|input| {
            let pointer = &input.pointer;
            (pointer.latest_pos(), pointer.any_pressed(), pointer.any_click())
        });
        let is_over = pointer.is_some_and(|at| lists.contains(at));
        // To ask for what has the focus takes it away in the frame of a click.
        self.stays = is_over && (is_pressed || (self.stays && (is_clicked || !has_focus_above(ui, lists))));
        self.stays.then_some(lists.top())
    }

    /// Notes where the lists begin in this frame; they reach to the bottom of the pane.
    pub fn begin(&mut self, ui: &Ui) {
        self.lists = Some(ui.available_rect_before_wrap());
    }
}

/// Whether something between the top of the pane and its lists has the focus.
fn has_focus_above(ui: &Ui, lists: Rect) -> bool {
    let focused = ui.memory(egui::Memory::focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    response.is_some_and(|response| {
        let at = response.rect.center();
        response.layer_id == ui.layer_id() && lists.x_range().contains(at.x) && at.y < lists.top()
    })
}
