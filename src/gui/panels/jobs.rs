//! Work that goes on in the background: how far it is, and the button that stops it. Knows nothing of what it does.

use egui::accesskit::Role;
use egui::{Align, Layout, Rect, Sense, Spinner, Ui, WidgetInfo, vec2};

use super::Pane;
use super::widgets::close_button;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::{JobView, Request};

/// Size of the bar that fills.
const BAR: egui::Vec2 = vec2(96.0, 4.0);

/// Widest tip.
const TIP_WIDTH: f32 = 320.0;

/// Height of a row of them.
const HEIGHT: f32 = GRID * 5.0;

/// Draws all jobs, the first one at the right end.
pub fn jobs_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    for job in pane.snapshot.jobs.clone() {
        job_ui(ui, pane, &job);
    }
}

/// The jobs in a row of their own, where a dialog lies over the bar that has them otherwise.
pub fn jobs_row_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    if pane.snapshot.jobs.is_empty() {
        return;
    }
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GRID * 2.0;
        jobs_ui(ui, pane);
    });
}

fn job_ui(ui: &mut Ui, pane: &mut Pane<'_>, job: &JobView) {
    if close_button(ui, pane.palette, words::CANCEL_JOB).clicked() {
        pane.send(Request::CancelJob(job.id));
    }
    if let Some(total) = job.total.filter(|total| *total > 0) {
        let share = (job.done as f32 / total as f32).clamp(0.0, 1.0);
        let (rect, response) = ui.allocate_exact_size(BAR, Sense::hover());
        ui.painter().rect_filled(rect, 2.0, pane.palette.hairline);
        let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
        ui.painter().rect_filled(filled, 2.0, pane.palette.accent);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, &job.title);
            info.value = Some(f64::from(share));
            info
        });
        response.on_hover_ui(|ui| title_ui(ui, pane, &job.title));
    } else {
        ui.add(Spinner::new().size(12.0).color(pane.palette.accent));
    }
    let width = ui.available_width().max(0.0);
    let style = TextStyle::new(theme::TEXT_SMALL);
    let response = ShortText::new(&words::shorten(&job.title, 48), style, pane.palette.ink_weak)
        .max_width(width)
        .show(ui, pane.engine);
    response.on_hover_ui(|ui| title_ui(ui, pane, &job.title));
}

/// What goes on, whole.
fn title_ui(ui: &mut Ui, pane: &mut Pane<'_>, title: &str) {
    ui.set_max_width(TIP_WIDTH);
    ShortText::new(title, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink)
        .max_width(TIP_WIDTH)
        .wrap()
        .show(ui, pane.engine);
}
