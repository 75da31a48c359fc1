//! What the session has to say: a project that cannot be written to stands above the panes, where nobody passes it
//! by; notices float over the lower corner, so that nothing moves under the analyst's hand, and once there was time to
//! read them they wait behind a button of the status bar.

use std::time::Duration;

use egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Layout, Margin, Memory, Modifiers, Order, Popup, Stroke,
    Ui, vec2,
};

use super::widgets::{close_button, tip};
use super::{Ask, Pane};
use crate::gui::dialogs::Dialog;
use crate::gui::field::is_typing;
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
/// Seconds after which any other one no longer covers what lies below it.
const FOLDED_AFTER: f64 = 20.0;

/// Draws the notices above the status bar, the newest lowest.
pub fn notices_ui(ctx: &Context, pane: &mut Pane<'_>) {
    fold_with_escape(ctx);
    let unfolded = is_unfolded(ctx);
    let newest = pane.snapshot.notices.iter().rev();
    let shown = newest.filter(|notice| unfolded || !is_folded(ctx, notice));
    let most = if unfolded { usize::MAX } else { AT_ONCE };
    let notices: Vec<Notice> = shown.take(most).cloned().collect();
    if notices.is_empty() {
        return;
    }
    let area = Area::new(Id::unique("notices"))
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
                if asks_for_nothing(notice) && has_stood(ctx, notice, READ_AFTER) {
                    pane.send(Request::DismissNotice(notice.id));
                }
            }
        });
    // Nothing goes from under the pointer: who reads on has all the time. What was asked for stays until it is put away.
    if !unfolded && area.response.contains_pointer() {
        let now = ctx.input(|input| input.time);
        for notice in &notices {
            ctx.data_mut(|data| data.insert_temp(since_id(notice), now));
        }
    }
}

/// The button behind which notices wait that have stood for long; shows them, and puts them away again.
pub fn folded_ui(ui: &mut Ui, pane: &Pane<'_>) {
    let ctx = ui.ctx().clone();
    let unfolded = is_unfolded(&ctx);
    let notices = pane.snapshot.notices.iter();
    let count = notices.filter(|notice| is_folded(&ctx, notice)).count();
    if count == 0 {
        ctx.data_mut(|data| data.remove::<bool>(unfolded_id()));
        return;
    }
    let words = egui::RichText::new(words::notices(count)).size(theme::TEXT_SMALL);
    let button = egui::Button::selectable(unfolded, words.color(pane.palette.warning)).small();
    if ui.add(button).on_hover_text(words::NOTICES_TIP).clicked() {
        ctx.data_mut(|data| data.insert_temp(unfolded_id(), !unfolded));
    }
}

/// Puts the notices away that were asked for, before what lies below them takes the key for itself.
fn fold_with_escape(ctx: &Context) {
    let is_below = Popup::is_any_open(ctx) || ctx.memory(Memory::top_modal_layer).is_some() || is_typing(ctx);
    if !is_unfolded(ctx) || is_below {
        return;
    }
    if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        ctx.data_mut(|data| data.remove::<bool>(unfolded_id()));
    }
}

fn unfolded_id() -> Id {
    Id::unique("notices-unfolded")
}

fn is_unfolded(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(unfolded_id())).unwrap_or(false)
}

fn asks_for_nothing(notice: &Notice) -> bool {
    notice.severity == Severity::Info && notice.details.is_empty()
}

/// Whether a notice has stood long enough to wait for who wants it.
fn is_folded(ctx: &Context, notice: &Notice) -> bool {
    !asks_for_nothing(notice) && has_stood(ctx, notice, FOLDED_AFTER)
}

fn since_id(notice: &Notice) -> Id {
    Id::unique("notice").with(notice.id)
}

/// Whether a notice has stood so many seconds.
fn has_stood(ctx: &Context, notice: &Notice, seconds: f64) -> bool {
    let now = ctx.input(|input| input.time);
    let since = ctx.data_mut(|data| *data.get_temp_mut_or(since_id(notice), now));
    let rest = since + seconds - now;
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
                let hint = words::told_hint(&blocked.code, blocked.hint.as_deref()).unwrap_or_default();
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
                let told = words::told_notice(notice, pane.snapshot);
                line(ui, pane, &told.text, ink, false);
                if let Some(hint) = &told.hint {
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
