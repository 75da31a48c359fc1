//! The find bar: what is looked for in the article, how many hits there are, and the way from one to the next.
//!
//! Lies over the top of the article like a note laid on the page, so that the text does not move. It sets what the
//! article's state looks for and queues the rest.

use egui::accesskit::Role;
use egui::{
    Align2, FontId, Id, Key, Margin, Modifiers, Rect, Response, Sense, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::widgets::{close_button, drop_typed, focus_ring, icon_button, tip};
use super::{Ask, Pane};
use crate::gui::article::{ArticleState, FindStatus};
use crate::gui::field::Field;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::action::Action;
use crate::text::Text;
use crate::text::find::{Query, QueryError};

/// Width of the bar where there is room for it.
const WIDTH: f32 = 600.0;
/// Room for the count.
const COUNT: f32 = 108.0;
/// Everything in the bar but the field.
const BESIDE_FIELD: f32 = 382.0;
/// A narrower field gets a row of its own.
const FIELD_LEAST: f32 = 96.0;
/// Height of the buttons.
const BUTTON: f32 = 28.0;

/// The id of the field, for the shortcut that goes there.
pub fn find_id() -> Id {
    Id::unique("find-in-article")
}

/// Draws the bar over the top of the article, which takes up `over`.
pub fn find_bar_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ArticleState, text: &Text, over: Rect) {
    let place = Rect::from_min_max(
        pos2(
            (over.right() - WIDTH - GRID * 5.0).max(over.left() + GRID),
            over.top() + GRID,
        ),
        pos2(over.right() - GRID * 5.0, over.bottom()),
    );
    let palette = pane.palette;
    let frame = egui::Frame::NONE
        .fill(palette.raised)
        .stroke((1.0, palette.border))
        .corner_radius(6.0)
        .shadow(egui::epaint::Shadow {
            offset: [0, 2],
            blur: 8,
            spread: 0,
            color: egui::Color32::from_black_alpha(if palette.dark { 96 } else { 32 }),
        })
        .inner_margin(Margin::same(5));
    let ground = ui.interact(
        state.find.cover.unwrap_or(Rect::NOTHING),
        Id::unique("find-bar"),
        Sense::click_and_drag(),
    );
    let shown = ui.scope_builder(egui::UiBuilder::new().max_rect(place).id_salt("find"), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(GRID);
            let left = bar_ui(ui, pane, state, text);
            message_ui(ui, pane, &state.find_status());
            left
        })
    });
    let frame = shown.inner;
    ground.widget_info(|| WidgetInfo::labeled(Role::Group, true, words::FIND_BAR));
    if state.find.cover.replace(frame.response.rect) != Some(frame.response.rect) {
        ui.ctx().request_repaint();
    }
    if frame.inner == Stays::No {
        state.close_find();
        pane.queue.push(Ask::FocusArticle);
    }
}

/// Whether the bar stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stays {
    Yes,
    No,
}

fn bar_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ArticleState, text: &Text) -> Stays {
    let width = ui.available_width();
    let beside = width - BESIDE_FIELD;
    let mut answers = Vec::new();
    let mut stays = Stays::Yes;
    if beside >= FIELD_LEAST {
        ui.horizontal(|ui| {
            stays = field_ui(ui, pane, state, text, beside);
            answers = controls_ui(ui, pane, state, text);
        });
    } else {
        stays = field_ui(ui, pane, state, text, width);
        ui.horizontal_wrapped(|ui| answers = controls_ui(ui, pane, state, text));
    }
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    let is_closed = answers.last().is_some_and(Response::clicked);
    if is_closed || (escaped && answers.iter().any(Response::lost_focus)) {
        stays = Stays::No;
    }
    stays
}

/// The field with its keys.
fn field_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ArticleState, text: &Text, width: f32) -> Stays {
    let mut query = state.find().query().clone();
    let mut is_backward = false;
    if ui.memory(|memory| memory.has_focus(find_id())) {
        switch_by_key(ui, &mut query);
        is_backward = ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Enter));
    }
    let tip = tip(Action::FindInArticle, pane);
    let field = Field::new(find_id(), words::FIND)
        .tip(&tip)
        .hint(words::FIND_HINT)
        .style(TextStyle::new(theme::TEXT))
        .width(width)
        .show(ui, pane.engine, &mut state.find.field);
    state.find.field.text().clone_into(&mut query.words);
    state.find.set_query(query);
    if field.submitted || is_backward {
        state.go_to_hit(!is_backward);
    }
    // At once, so that the count and the marks belong to what is in the field.
    state.look(ui.ctx(), text);
    if field.changed || field.submitted || is_backward {
        ui.ctx().request_repaint();
    }
    if field.cancelled { Stays::No } else { Stays::Yes }
}

/// Throws a switch by its key. The letter of the key is not meant for the field.
fn switch_by_key(ui: &Ui, query: &mut Query) {
    let mut is_switched = false;
    for (key, switch) in [
        (Key::R, &mut query.is_pattern),
        (Key::W, &mut query.whole_words),
        (Key::C, &mut query.exact),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
            *switch = !*switch;
            is_switched = true;
        }
    }
    if is_switched {
        drop_typed(ui);
    }
}

/// Count, steps, switches, tagging, and the cross, which comes last.
fn controls_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ArticleState, text: &Text) -> Vec<Response> {
    count_ui(ui, pane, &state.find_status());
    let mut answers = Vec::new();
    for action in [Action::FindPrevious, Action::FindNext] {
        let answer = icon_button(ui, pane, action);
        if answer.clicked() {
            pane.act(action);
            back_to_field(ui);
        }
        answers.push(answer);
    }
    let mut query = state.find().query().clone();
    for (sign, name, help, switch) in [
        (
            ".*",
            words::FIND_PATTERN,
            words::FIND_PATTERN_TIP,
            &mut query.is_pattern,
        ),
        (
            "|ab|",
            words::FIND_WHOLE,
            words::FIND_WHOLE_TIP,
            &mut query.whole_words,
        ),
        ("Aa", words::FIND_EXACT, words::FIND_EXACT_TIP, &mut query.exact),
    ] {
        let answer = switch_ui(ui, pane, sign, name, *switch).on_hover_text(help);
        if answer.clicked() {
            *switch = !*switch;
            back_to_field(ui);
        }
        answers.push(answer);
    }
    state.find.set_query(query);
    state.look(ui.ctx(), text);
    let is_possible = Action::TagAllHits.entry().available(&pane.situation).is_ok();
    let words = tip(Action::TagAllHits, pane);
    let button = egui::Button::new(words::TAG_ALL).min_size(vec2(0.0, BUTTON));
    let answer = ui.add_enabled(is_possible, button);
    let answer = answer.on_hover_text(words.clone()).on_disabled_hover_text(words);
    if answer.clicked() {
        pane.act(Action::TagAllHits);
    }
    answers.push(answer);
    answers.push(close_button(ui, pane.palette, words::FIND_CLOSE));
    answers
}

/// Gives the field the focus that a press on a button has taken from it: the words are likely to be typed on.
fn back_to_field(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(find_id()));
}

/// "3 of 17", or that there is none.
fn count_ui(ui: &mut Ui, pane: &Pane<'_>, status: &FindStatus) {
    let (rect, response) = ui.allocate_exact_size(vec2(COUNT, BUTTON), Sense::hover());
    let (text, color) = match status {
        FindStatus::Nothing | FindStatus::Refused(QueryError::Empty) => return,
        FindStatus::Searching => (words::FIND_SEARCHING.to_owned(), pane.palette.ink_weak),
        FindStatus::Refused(_) => (words::FIND_NOT_POSSIBLE.to_owned(), pane.palette.warning),
        FindStatus::Hits { count: 0, .. } => (words::FIND_NONE.to_owned(), pane.palette.warning),
        FindStatus::Hits {
            count,
            current,
            is_cut,
        } => (words::hits(*count, *current, *is_cut), pane.palette.ink_weak),
    };
    let font = FontId::proportional(theme::TEXT_SMALL);
    let center = pos2(rect.left() + GRID, rect.center().y);
    ui.painter().text(center, Align2::LEFT_CENTER, &text, font, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
}

/// A switch with a sign of Latin letters.
fn switch_ui(ui: &mut Ui, pane: &Pane<'_>, sign: &str, name: &str, is_on: bool) -> Response {
    let palette = pane.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(32.0, BUTTON), Sense::click());
    if is_on {
        let stroke = (1.0, palette.accent);
        let inside = rect.shrink(2.0);
        ui.painter()
            .rect(inside, 4.0, palette.accent_soft, stroke, egui::StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect.shrink(2.0), 4.0, palette.hover);
    }
    if response.has_focus() {
        focus_ring(ui, palette, rect);
    }
    let color = if is_on { palette.accent } else { palette.ink_weak };
    let font = FontId::proportional(theme::TEXT);
    ui.painter()
        .text(rect.center(), Align2::CENTER_CENTER, sign, font, color);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, name));
    response
}

/// What is wrong, where a word in the place of the count does not say it.
fn message_ui(ui: &mut Ui, pane: &mut Pane<'_>, status: &FindStatus) {
    let text = match status {
        FindStatus::Refused(QueryError::NothingLeft) => words::FIND_NOTHING_LEFT.to_owned(),
        FindStatus::Refused(QueryError::Pattern(reason)) => words::wrong_pattern(reason),
        FindStatus::Refused(QueryError::PatternTooLarge) => words::FIND_TOO_LARGE.to_owned(),
        FindStatus::Hits {
            count, is_cut: true, ..
        } => words::too_many_hits(*count),
        _ => return,
    };
    ShortText::new(&text, TextStyle::new(theme::TEXT_SMALL), pane.palette.warning)
        .max_width(ui.available_width())
        .wrap()
        .show(ui, pane.engine);
}
