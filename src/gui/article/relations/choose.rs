//! The small menu at the target of a link where the codebook allows several relations: picked by number, by arrow and
//! Enter, or by a click. It takes no focus, so that keys stay with the article. A press beside it leaves the link and
//! does nothing else.

use egui::{Area, Event, Frame, Order, Pos2, Sense, Ui, pos2};

use crate::gui::article::act::ArticleAct;
use crate::gui::article::output::ArticleOutput;
use crate::gui::article::page::Page;
use crate::gui::article::state::ArticleState;
use crate::gui::article::view::article_id;
use crate::gui::keyboard::Press;
use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::panels::widgets::{heading_ui, paint_in, paint_keycap, row_key, row_of_press, row_ui};
use crate::gui::theme::{self, GRID, Palette};
use crate::gui::words;

/// Least and most width in points; between them it is as wide as its longest line.
const LEAST: f32 = 200.0;
const MOST: f32 = 460.0;
/// Characters of the span that a relation leads back from.
const QUOTE: usize = 24;
/// Room of a line beside its words: the margins, and the cap of its key.
const BESIDE: f32 = GRID * 12.0;

/// Shows the menu where it is open; a line that is clicked is taken.
pub(in crate::gui::article) fn choose_ui(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    let linking = state.links.linking.clone();
    let Some(linking) = linking.filter(|linking| !linking.choices.is_empty()) else {
        return;
    };
    let other = linking.target.as_ref().and_then(|target| state.index.get(target));
    let other = other.map(|span| words::quote(page.text, span, QUOTE));
    let names: Vec<String> = linking
        .choices
        .iter()
        .map(|choice| {
            let name = words::relation_type_name(page.codebook, &choice.relation_type);
            words::choice_of_relation(name, other.as_deref().filter(|_| choice.reversed))
        })
        .collect();
    let width = width_for(ui, engine, &names);
    if is_pressed_beside(ui) {
        outputs.extend(state.drop_link());
        ui.memory_mut(|memory| memory.request_focus(article_id()));
        return;
    }
    let mut picked = None;
    Area::new(article_id().with("relation types"))
        .order(Order::Foreground)
        .fixed_pos(place(state))
        .constrain(true)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                heading_ui(ui, palette, words::RELATION_TYPE);
                for (place, name) in names.iter().enumerate() {
                    let marked = linking.marked == place;
                    let cap = row_key(place).map(|key| page.keys.label_cap(key));
                    if line_ui(ui, engine, palette, (name, cap.as_deref()), marked) {
                        picked = Some(place);
                    }
                }
            });
        });
    if let Some(place) = picked {
        outputs.extend(state.perform(page, ArticleAct::Choose(place)));
        ui.memory_mut(|memory| memory.request_focus(article_id()));
    }
}

/// Lays a sheet of nothing over the window below the menu, which takes what is pressed there; whether something was.
/// Who means to leave the menu must not tag, select, or link what lies under the pointer.
fn is_pressed_beside(ui: &Ui) -> bool {
    let window = ui.ctx().content_rect();
    Area::new(article_id().with("beside relation types"))
        .order(Order::Middle)
        .fixed_pos(window.min)
        .show(ui.ctx(), |ui| {
            let sheet = ui.allocate_rect(window, Sense::CLICK | Sense::DRAG);
            sheet.is_pointer_button_down_on()
        })
        .inner
}

/// As wide as the longest line is, within bounds and the window.
fn width_for(ui: &Ui, engine: &mut TextEngine, names: &[String]) -> f32 {
    let style = TextStyle::new(theme::TEXT);
    let ink = egui::Color32::PLACEHOLDER;
    let longest = names
        .iter()
        .map(|name| ShortText::new(name, style, ink).size(ui, engine).x)
        .fold(0.0, f32::max);
    let window = ui.ctx().content_rect().width() - GRID * 8.0;
    (longest.ceil() + BESIDE).clamp(LEAST, MOST).min(window)
}

/// A line with its key; whether it was clicked. Where its words have no room, its tip has them whole.
fn line_ui(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    (name, cap): (&str, Option<&str>),
    marked: bool,
) -> bool {
    let (rect, response) = row_ui(ui, palette, theme::ROW, marked, name);
    if let Some(cap) = cap {
        let right = pos2(rect.right() - GRID, rect.center().y);
        paint_keycap(ui, palette, right, cap);
    }
    let mut words_rect = rect.shrink2(egui::vec2(GRID * 2.0, 0.0));
    words_rect.max.x = rect.right() - BESIDE + GRID * 2.0;
    let style = TextStyle::new(theme::TEXT);
    paint_in(ui, engine, name, style, palette.ink, words_rect);
    let shown = ShortText::new(name, style, palette.ink).max_width(words_rect.width());
    let clicked = response.clicked();
    if shown.layout(engine).is_elided() {
        response.on_hover_ui(|ui| {
            ShortText::new(name, style, palette.ink)
                .max_width(MOST)
                .wrap()
                .show(ui, engine);
        });
    }
    clicked
}

/// Below the target's words, else in the middle of the text.
fn place(state: &ArticleState) -> Pos2 {
    let target = state
        .links
        .linking
        .as_ref()
        .and_then(|linking| linking.target.as_ref());
    let span = target.and_then(|id| state.index.get(id));
    let view = state.sheet.viewport();
    let mut rects = span
        .into_iter()
        .flat_map(|span| state.sheet.rects(span.ranges.hull()));
    let seen = rects.find(|rect| view.y_range().contains(rect.center().y));
    seen.map_or(view.center(), |rect| {
        pos2(rect.left(), rect.bottom() + GRID * 4.0)
    })
}

/// The line of the open menu whose key was pressed.
pub(in crate::gui::article) fn chosen_by_key(
    page: &Page<'_>,
    state: &ArticleState,
    event: &Event,
) -> Option<ArticleAct> {
    let count = state.links.linking.as_ref()?.choices.len();
    let press = Press::of(event).filter(|press| press.modifiers.is_none())?;
    row_of_press(count, page.keys.keyboard, press).map(ArticleAct::Choose)
}
