//! What stands above the panes until it is put away: a project that cannot be written to, and notices.

use egui::{Align, Frame, Layout, Margin, Ui};

use super::widgets::close_button;
use super::{Ask, Pane};
use crate::gui::dialogs::Dialog;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::{Blocked, Notice, Request, Severity};

/// Notices shown at once; older ones come up as these are put away.
const AT_ONCE: usize = 3;

/// Draws them, the gravest first.
pub fn banners_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    if let Some(blocked) = pane.snapshot.blocked.clone() {
        blocked_ui(ui, pane, &blocked);
    }
    let notices: Vec<Notice> = pane
        .snapshot
        .notices
        .iter()
        .rev()
        .take(AT_ONCE)
        .cloned()
        .collect();
    for notice in notices {
        notice_ui(ui, pane, &notice);
    }
}

fn blocked_ui(ui: &mut Ui, pane: &mut Pane<'_>, blocked: &Blocked) {
    bar(pane.palette.danger_soft).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            buttons(ui, |ui| {
                if ui.button(words::RETRY).clicked() {
                    pane.send(Request::Retry);
                }
            });
            ui.vertical(|ui| {
                line(ui, pane, &blocked.message, pane.palette.danger, true);
                let hint = blocked.hint.as_deref().unwrap_or_default();
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
    bar(ground).show(ui, |ui| {
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
    let place = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(width, GRID * 7.0));
    let builder = egui::UiBuilder::new()
        .max_rect(place)
        .layout(Layout::right_to_left(Align::Center));
    let mut at_end = ui.new_child(builder);
    add(&mut at_end);
    let taken = at_end.min_rect().width();
    ui.set_max_width((width - taken - GRID * 4.0).max(120.0));
}

fn line(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, ink: egui::Color32, bold: bool) {
    let style = TextStyle::new(theme::TEXT);
    let style = if bold { style.bold() } else { style };
    let width = ui.available_width();
    ShortText::new(text, style, ink)
        .max_width(width)
        .wrap()
        .show(ui, pane.engine);
}
