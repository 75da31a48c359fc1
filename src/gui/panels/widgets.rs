//! Small widgets that several panes share: headings, rows, icon buttons, keycaps.

use egui::accesskit::Role;
use egui::{
    Align2, Event, EventFilter, FontId, Id, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use super::Pane;
use super::row_menu::is_menu_about;
use crate::gui::keyboard::{Keyboard, Press};
use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::theme::{self, GRID, Palette};
use crate::gui::{icons, words};
use crate::session::action::{Action, Shortcut};
use crate::session::shortcut::key_of_character;
use crate::text::Direction;

/// The heading of a part of a pane.
pub fn heading_ui(ui: &mut Ui, palette: &Palette, text: &str) -> Response {
    ui.add_space(GRID);
    let words = egui::RichText::new(text)
        .size(theme::TEXT_PANE)
        .strong()
        .color(palette.ink_weak);
    let response = ui.label(words);
    ui.add_space(GRID / 2.0);
    response
}

/// A hairline across the pane.
pub fn hairline_ui(ui: &mut Ui, palette: &Palette) {
    ui.add_space(GRID);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 1.0), Sense::hover());
    let reach = ui.clip_rect().x_range();
    ui.painter()
        .hline(reach, rect.center().y, Stroke::new(1.0, palette.hairline));
    ui.add_space(GRID);
}

/// Where nothing is to be shown: what is missing, and what to do next.
pub fn empty_ui(ui: &mut Ui, palette: &Palette, what: &str, next: &str) {
    ui.add_space(GRID);
    ui.label(egui::RichText::new(what).color(palette.ink_weak));
    ui.label(
        egui::RichText::new(next)
            .size(theme::TEXT_SMALL)
            .color(palette.ink_weak),
    );
    ui.add_space(GRID);
}

/// A button for an action of the table, by its name, disabled with the reason where it cannot be done.
pub fn action_button(ui: &mut Ui, pane: &mut Pane<'_>, action: Action) {
    let entry = action.entry();
    let can = entry.available(&pane.situation).is_ok();
    let words = egui::RichText::new(entry.name).size(theme::TEXT_SMALL);
    let button = ui.add_enabled(can, egui::Button::new(words).small());
    let tip = tip(action, pane);
    if button.on_hover_text(&tip).on_disabled_hover_text(tip).clicked() {
        pane.act(action);
    }
}

/// A row that can be clicked: its place, hover and selection are drawn, its content is the caller's.
pub fn row_ui(ui: &mut Ui, palette: &Palette, height: f32, selected: bool, name: &str) -> (Rect, Response) {
    let size = Vec2::new(ui.available_width(), height);
    // Not focusable: lists are walked with the arrow keys, so that Tab leaves them at once.
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    paint_row(ui, palette, rect, &response, selected);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, ui.is_enabled(), selected, name));
    (rect, response)
}

/// The ground of a row. The one that an open menu is about has an edge as well, since the pointer may be over others.
pub fn paint_row(ui: &Ui, palette: &Palette, rect: Rect, response: &Response, selected: bool) {
    let has_menu = is_menu_about(ui.ctx(), response.id);
    if selected {
        ui.painter().rect_filled(rect, 3.0, palette.accent_soft);
    } else if has_menu || response.hovered() && ui.is_enabled() {
        ui.painter().rect_filled(rect, 3.0, palette.hover);
    }
    if has_menu {
        let edge = Stroke::new(1.0, palette.border);
        ui.painter().rect_stroke(rect, 3.0, edge, StrokeKind::Inside);
    }
}

/// A ring round what has the focus.
pub fn focus_ring(ui: &Ui, palette: &Palette, rect: Rect) {
    ui.painter()
        .rect_stroke(rect, 4.0, Stroke::new(1.5, palette.accent), StrokeKind::Inside);
}

/// Brings what got the focus just now into view; to be called in a scroll area, behind what it holds.
pub fn reveal_focus(ui: &Ui) {
    // To ask for what has the focus takes it away where the click was elsewhere, as on a button that gave it.
    if ui.input(|input| input.pointer.any_click()) {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    let is_here = |response: &egui::Response| {
        response.layer_id == ui.layer_id() && ui.min_rect().contains(response.rect.center())
    };
    let Some(response) = response.filter(is_here) else {
        return;
    };
    // Where it is in what is scrolled: that changes as rows come in above it, and not by scrolling.
    let place = (response.id, response.rect.min - ui.min_rect().min);
    let before: Option<(Id, Vec2)> = ui.data_mut(|data| {
        let before = data.get_temp(ui.scope_id());
        data.insert_temp(ui.scope_id(), place);
        before
    });
    let is_moved =
        before.is_some_and(|before| before.0 == place.0 && (before.1 - place.1).abs().max_elem() > 0.5);
    if response.gained_focus() || is_moved {
        response.scroll_to_me(None);
    }
}

/// The rows of a list as one thing that can have the focus. While it has it, a ring stands round it, and Up, Down, and
/// Esc are its own. A click in it leaves it the focus: what it shows only then would go, and the row under the pointer with
/// it, before the click is taken.
pub fn list_focus(ui: &Ui, palette: &Palette, area: Rect, id: Id, name: &str) -> Response {
    let focus = ui.interact(area, id, Sense::focusable_noninteractive());
    let before: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let is_lost = before && ui.memory(|memory| memory.focused().is_none());
    if is_lost && ui.input(|input| input.pointer.any_click()) && ui.rect_contains_pointer(area) {
        focus.request_focus();
    }
    let has_focus = focus.has_focus();
    ui.data_mut(|data| data.insert_temp(id, has_focus));
    focus.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    if has_focus {
        focus_ring(ui, palette, area.expand(3.0));
        let keep = EventFilter {
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keep));
    }
    focus
}

/// Whether a key was pressed with no other one held.
pub fn is_pressed(ui: &Ui, key: Key) -> bool {
    ui.input(|input| input.modifiers.is_none() && input.key_pressed(key))
}

/// Takes out of the input what a key typed that was used: it is meant for no field.
pub fn drop_typed(ui: &Ui) {
    ui.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
}

/// Draws a string in its own direction into a rectangle: at the left, or at the right where it runs leftwards.
pub fn paint_in(
    ui: &Ui,
    engine: &mut TextEngine,
    text: &str,
    style: TextStyle,
    color: egui::Color32,
    rect: Rect,
) {
    let short = ShortText::new(text, style, color).max_width(rect.width());
    let size = short.size(ui, engine);
    let x = match style.direction(text) {
        Direction::RightToLeft => rect.right() - size.x,
        Direction::LeftToRight => rect.left(),
    };
    short.paint_at(
        ui,
        engine,
        egui::pos2(x.max(rect.left()), rect.center().y - size.y / 2.0),
    );
}

/// Draws a key as a small cap, its right edge there; returns its width.
pub fn paint_keycap(ui: &Ui, palette: &Palette, right_center: egui::Pos2, key: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(
        key.to_owned(),
        FontId::proportional(theme::TEXT_SMALL - 1.0),
        palette.ink_weak,
    );
    let size = Vec2::new((galley.size().x + 8.0).max(18.0), 18.0);
    let rect = Rect::from_min_size(right_center - Vec2::new(size.x, size.y / 2.0), size);
    ui.painter()
        .rect_stroke(rect, 3.0, Stroke::new(1.0, palette.border), StrokeKind::Inside);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, palette.ink_weak);
    size.x
}

/// The key of a row of a menu that is picked from by keys: digits first, then letters.
pub fn row_key(place: usize) -> Option<char> {
    "123456789abcdefghijklmnopqrstuvwxyz".chars().nth(place)
}

/// The row whose key was pressed, of so many.
pub fn row_of_press(rows: usize, keyboard: &Keyboard, press: Press) -> Option<usize> {
    (0..rows).find(|place| {
        let key = row_key(*place).and_then(key_of_character).map(Shortcut::key);
        key.is_some_and(|key| keyboard.is_press(key, press).is_some())
    })
}

/// Draws small words of the window itself.
pub fn paint_small(ui: &Ui, at: egui::Pos2, anchor: Align2, text: &str, color: egui::Color32) -> Rect {
    ui.painter()
        .text(at, anchor, text, FontId::proportional(theme::TEXT_SMALL), color)
}

/// What a tooltip says of an action: name, key, help, and why it cannot be done now.
pub fn tip(action: Action, pane: &Pane<'_>) -> String {
    let entry = action.entry();
    // The key that removes a span removes the relation while one is selected.
    let of_relation =
        || (action == Action::RemoveRelation).then(|| pane.keys.shortcut(Action::RemoveSpan))?;
    let key = pane.keys.shortcut(action).or_else(of_relation);
    let key = key.map(|key| format!("  {key}")).unwrap_or_default();
    let refusal = match entry.available(&pane.situation) {
        Ok(()) => String::new(),
        Err(reason) => format!("\n{} {reason}.", words::NOT_NOW),
    };
    format!(
        "{}{key}\n{}.{refusal}",
        entry.name.trim_end_matches('…'),
        entry.help
    )
}

/// A button that shows an action's icon.
pub fn icon_button(ui: &mut Ui, pane: &Pane<'_>, action: Action) -> Response {
    let palette = pane.palette;
    let enabled = action.entry().available(&pane.situation).is_ok();
    let side = theme::ICON + GRID * 3.0;
    // No scope around it where it can do nothing: that would not go to the next line of a row that wraps.
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), sense);
    if response.hovered() && enabled {
        ui.painter().rect_filled(rect, 4.0, palette.hover);
    }
    if response.has_focus() {
        focus_ring(ui, palette, rect);
    }
    let color = if enabled { palette.ink } else { palette.ink_faint };
    let square = Rect::from_center_size(rect.center(), Vec2::splat(theme::ICON));
    icons::paint(ui.painter(), action, square, color);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, enabled, action.entry().name.trim_end_matches('…'))
    });
    let words = tip(action, pane);
    response
        .on_hover_text(words.clone())
        .on_disabled_hover_text(words)
}

/// A small cross that closes or puts away something.
pub fn close_button(ui: &mut Ui, palette: &Palette, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(GRID * 5.0), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, palette.hover);
    }
    if response.has_focus() {
        focus_ring(ui, palette, rect);
    }
    let square = Rect::from_center_size(rect.center(), Vec2::splat(12.0));
    icons::paint_cross(ui.painter(), square, palette.ink_weak);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}

/// The button that a dialog is there for.
pub fn primary_button(ui: &mut Ui, palette: &Palette, text: &str) -> Response {
    let words = egui::RichText::new(text).color(palette.accent_ink);
    let button = egui::Button::new(words)
        .fill(palette.accent)
        .min_size(Vec2::new(80.0, 28.0));
    let response = ui.add(button);
    // A border of the accent is not seen on the accent.
    if response.has_focus() {
        focus_ring(ui, palette, response.rect.expand(3.0));
    }
    response
}

/// The same where it can do something only once there is something to take.
pub fn primary_button_if(ui: &mut Ui, palette: &Palette, text: &str, is_ready: bool) -> Response {
    ui.add_enabled_ui(is_ready, |ui| primary_button(ui, palette, text))
        .inner
}

/// A button beside it.
pub fn plain_button(ui: &mut Ui, text: &str) -> Response {
    ui.add(egui::Button::new(text).min_size(Vec2::new(80.0, 28.0)))
}

/// A button whose words may be in any script: egui lays the button out, the text engine draws them into it.
pub fn any_script_button(
    ui: &mut Ui,
    engine: &mut TextEngine,
    text: &str,
    enabled: bool,
    button: impl FnOnce(egui::Atom<'static>) -> egui::Button<'static>,
) -> Response {
    any_script_button_in(ui, engine, (text, f32::INFINITY), enabled, button)
}

/// The same whose words are cut where they have less room than they need.
pub fn any_script_button_in(
    ui: &mut Ui,
    engine: &mut TextEngine,
    (text, room): (&str, f32),
    enabled: bool,
    button: impl FnOnce(egui::Atom<'static>) -> egui::Button<'static>,
) -> Response {
    let place = egui::IdSalt::new("words");
    let style = TextStyle::new(theme::TEXT);
    let short = |ink| ShortText::new(text, style, ink).max_width(room);
    let size = short(egui::Color32::PLACEHOLDER).size(ui, engine);
    let draw = |ui: &mut Ui| {
        let answer = button(egui::Atom::custom(place, size)).atom_ui(ui);
        if let Some(rect) = answer.rect(place) {
            let ink = ui.style().interact(&answer.response).text_color();
            short(ink).paint_at(ui, engine, rect.left_top());
        }
        let response = answer.response;
        // Its name is the words and not the empty place that egui knows of.
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
        response
    };
    // A scope around it would not go to the next line of a row that wraps.
    if enabled {
        draw(ui)
    } else {
        ui.add_enabled_ui(false, draw).inner
    }
}

/// The corner of a list that opens, as all such controls have it.
pub fn list_corner(ui: &Ui, rect: Rect, _: &egui::style::WidgetVisuals, _is_open: bool) {
    icons::paint_corner(ui.painter(), rect.center(), true, Palette::of(ui.ctx()).ink_weak);
}

/// The title of an article, or that it has none.
pub fn title_or_none(title: Option<&str>) -> &str {
    title
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .unwrap_or(words::UNTITLED)
}
