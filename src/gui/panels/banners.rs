//! What the session has to say: a project that cannot be written to stands above the panes, where nobody passes it
//! by; notices float over the lower corner, so that nothing moves under the analyst's hand.

use std::time::Duration;

use egui::{Align, Align2, Area, Context, Frame, Id, Layout, Margin, Order, Stroke, Ui, vec2};

use super::widgets::{close_button, tip};
use super::{Ask, Pane};
use crate::gui::dialogs::Dialog;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::action::Action;
use crate::session::{Notice, Request, Severity};

/// Notices shown at once; older ones come up as these are put away.
const AT_ONCE: usize = 3;
/// Widest notice.
const NOTICE_WIDTH: f32 = 440.0;
/// Seconds after which a notice that asks for nothing goes by itself: time to read a line twice.
const READ_AFTER: f64 = 8.0;

/// Draws the notices above the status bar, the newest lowest.
pub fn notices_ui(ctx: &Context, pane: &mut Pane<'_>) {
    let newest = pane.snapshot.notices.iter().rev().take(AT_ONCE);
    let notices: Vec<Notice> = newest.cloned().collect();
    if notices.is_empty() {
        return;
    }
    Area::new(Id::unique("notices"))
        .order(Order::Middle)
        .anchor(
            Align2::RIGHT_BOTTOM,
            vec2(-GRID * 3.0, -theme::STATUS_BAR - GRID * 3.0),
        )
        .show(ctx, |ui| {
            ui.set_max_width(NOTICE_WIDTH);
            ui.spacing_mut().item_spacing.y = GRID * 2.0;
            for notice in notices.iter().rev() {
                notice_ui(ui, pane, notice);
                if is_read(ctx, notice) {
                    pane.send(Request::DismissNotice(notice.id));
                }
            }
        });
}

/// Whether a notice that asks for nothing has stood long enough.
fn is_read(ctx: &Context, notice: &Notice) -> bool {
    if notice.severity != Severity::Info || !notice.details.is_empty() {
        return false;
    }
    let now = ctx.input(|input| input.time);
    let since = ctx.data_mut(|data| *data.get_temp_mut_or(Id::unique("notice").with(notice.id), now));
    let rest = since + READ_AFTER - now;
    if rest > 0.0 {
        ctx.request_repaint_after(Duration::from_secs_f64(rest));
    }
    rest <= 0.0
}

/// Draws why nothing can be saved, with the way out.
pub fn banner_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let Some(blocked) = pane.snapshot.blocked.clone() else {
        return;
    };
    bar(pane.palette.danger_soft).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            buttons(ui, |ui| {
                let response = ui.button(words::RETRY);
                if response.on_hover_text(tip(Action::Retry, pane)).clicked() {
                    pane.act(Action::Retry);
                }
            });
            ui.vertical(|ui| {
                line(ui, pane, &blocked.message, pane.palette.danger, true);
                let hint = words::sentence(blocked.hint.as_deref().unwrap_or_default());
                let text = format!("{} {hint}", words::BLOCKED);
                line(ui, pane, text.trim_end(), pane.palette.ink, false);
            });
        });
    });
}

fn notice_ui(ui: &mut Ui, pane: &mut Pane<'_>, notice: &Notice) {
    let (ground, ink) = match notice.severity {
        Severity::Error => (pane.palette.danger_soft, pane.palette.danger),
        Severity::Warning => (pane.palette.raised, pane.palette.warning),
        Severity::Info => (pane.palette.raised, pane.palette.ink),
    };
    let edge = Stroke::new(1.0, pane.palette.hairline);
    bar(ground).stroke(edge).corner_radius(GRID).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            buttons(ui, |ui| {
                if close_button(ui, pane.palette, words::DISMISS).clicked() {
                    pane.send(Request::DismissNotice(notice.id));
                }
                if !notice.details.is_empty() && ui.button(words::DETAILS).clicked() {
                    pane.queue.push(Ask::Open(Dialog::report(notice)));
                }
            });
            ui.vertical(|ui| {
                line(ui, pane, &notice.text, ink, false);
                if let Some(hint) = &notice.hint {
                    line(ui, pane, hint, pane.palette.ink_weak, false);
                }
            });
        });
    });
}

fn bar(ground: egui::Color32) -> Frame {
    Frame::NONE.fill(ground).inner_margin(Margin::symmetric(12, 6))
}

/// Buttons at the far end of the bar.
fn buttons(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    let place = egui::Rect::from_min_size(ui.cursor().min, vec2(width, GRID * 7.0));
    let builder = egui::UiBuilder::new()
        .max_rect(place)
        .layout(Layout::right_to_left(Align::Center));
    let mut at_end = ui.new_child(builder);
    add(&mut at_end);
    let taken = at_end.min_rect().width();
    ui.set_max_width((width - taken - GRID * 4.0).max(120.0));
}

fn line(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, ink: egui::Color32, bold: bool) {
    let style = TextStyle::new(theme::TEXT).own();
    let style = if bold { style.bold() } else { style };
    let width = ui.available_width();
    ShortText::new(text, style, ink)
        .max_width(width)
        .wrap()
        .show(ui, pane.engine);
}
