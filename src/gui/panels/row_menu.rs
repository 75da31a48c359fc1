//! Context menus: of rows, opened by a right click on a row, or by a key while the list has the focus; of what else has
//! one; and the entries of all menus.
//!
//! What an entry does is the caller's. A menu takes the focus, so that the arrow keys walk it, and gives it back.

use egui::accesskit::Role;
use egui::{
    AreaState, Button, Context, Id, LayerId, Layout, Popup, PopupKind, Pos2, Rect, Response, ScrollArea, Ui,
    WidgetInfo, pos2,
};

use super::Pane;
use super::menu_keys::{enter, enter_menu, walked_ui};
use super::menu_place;
use super::widgets::{any_script_button, reveal_focus, tip};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::action::{Action, Shortcut};

/// How far from the start of a row its menu opens where a key asked for it.
const INDENT: f32 = GRID * 6.0;
/// Passes for which a list can answer the key: its row at hand may have to come into view first.
const PATIENCE: u64 = 12;

/// A menu that was asked for by a key: of which list, and when.
#[derive(Clone, Copy)]
struct AskedFor {
    list: Id,
    pass: u64,
}

/// Where a menu is open, and what has the focus once it is closed.
#[derive(Clone, Copy)]
struct Place {
    at: Pos2,
    /// What it is about, beside which it goes.
    beside: Option<Rect>,
    back: Option<Id>,
}

fn asked_id() -> Id {
    Id::unique("row-menu-asked")
}

/// Opens the menu of the row that is at hand in a list.
pub fn ask_row_menu(ctx: &Context, list: Id) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(asked_id(), AskedFor { list, pass }));
    ctx.request_repaint();
}

/// Whether the menu of a list's row at hand was asked for and is not open yet: the row is to come into view.
pub fn is_row_menu_asked(ctx: &Context, list: Id) -> bool {
    let now = ctx.cumulative_pass_nr();
    let asked = ctx.data(|data| data.get_temp::<AskedFor>(asked_id()));
    asked.is_some_and(|asked| asked.list == list && now.saturating_sub(asked.pass) <= PATIENCE)
}

/// Whether a menu was asked for and no row has answered: the list shows none, or what it shows is not at hand.
pub fn take_lapsed(ctx: &Context) -> bool {
    let now = ctx.cumulative_pass_nr();
    let asked = ctx.data(|data| data.get_temp::<AskedFor>(asked_id()));
    let Some(asked) = asked else { return false };
    let has_lapsed = now.saturating_sub(asked.pass) > PATIENCE;
    if has_lapsed {
        ctx.data_mut(|data| data.remove::<AskedFor>(asked_id()));
    } else {
        ctx.request_repaint();
    }
    has_lapsed
}

/// The menu of a row of a list. `item` names what the row is about, `at_hand` says whether keys mean this row.
pub fn row_menu(response: &Response, list: Id, (item, at_hand): (&str, bool), entries: impl FnOnce(&mut Ui)) {
    open_row_menu(response, list, (item, at_hand));
    show_row_menu(&response.ctx, response.layer_id, list, item, entries);
}

/// Opens the menu of a row where it was asked for. Who calls it shows the menu, also where the row is no longer drawn.
pub fn open_row_menu(response: &Response, list: Id, (item, at_hand): (&str, bool)) {
    let ctx = &response.ctx;
    let id = menu_id(list, item);
    if response.secondary_clicked() {
        let at = ctx.pointer_interact_pos().unwrap_or(response.rect.center());
        open_menu(ctx, list, id, (at, None));
        ctx.data_mut(|data| data.insert_temp(about_id(), (id, response.id)));
    } else if at_hand && is_row_menu_asked(ctx, list) {
        ctx.data_mut(|data| data.remove::<AskedFor>(asked_id()));
        let rect = response.rect;
        open_menu(ctx, list, id, (pos2(rect.left() + INDENT, rect.bottom()), None));
        ctx.data_mut(|data| data.insert_temp(about_id(), (id, response.id)));
        enter_menu(ctx);
    }
}

/// Draws the menu of a row, where it is open.
pub fn show_row_menu(ctx: &Context, layer: LayerId, list: Id, item: &str, entries: impl FnOnce(&mut Ui)) {
    show_menu(ctx, layer, menu_id(list, item), entries);
}

/// Whether the menu that is open is about this row, which then shows it.
pub fn is_menu_about(ctx: &Context, row: Id) -> bool {
    let about = ctx.data(|data| data.get_temp::<(Id, Id)>(about_id()));
    about.is_some_and(|(menu, of)| of == row && Popup::is_id_open(ctx, menu))
}

/// Where it is kept which menu was opened last, and about which row.
fn about_id() -> Id {
    Id::unique("row-menu-about")
}

fn menu_id(list: Id, item: &str) -> Id {
    list.with(("menu", item))
}

/// Opens a context menu of something that may have the focus, which it takes and gives back: at a point, or there beside
/// what it is about.
pub fn open_menu(ctx: &Context, of: Id, id: Id, (at, beside): (Pos2, Option<Rect>)) {
    let focused = ctx.memory(egui::Memory::focused);
    let back = focused.filter(|focused| *focused == of);
    ctx.data_mut(|data| data.insert_temp(id, Place { at, beside, back }));
    Popup::open_id(ctx, id);
    if let Some(focused) = focused {
        // The keys are the menu's now.
        ctx.memory_mut(|memory| memory.surrender_focus(focused));
    }
    ctx.request_repaint();
}

/// Draws a context menu that is open; whether it still is.
pub fn show_menu(ctx: &Context, layer: LayerId, id: Id, entries: impl FnOnce(&mut Ui)) -> bool {
    let place = ctx.data(|data| data.get_temp::<Place>(id));
    let Some(place) = place.filter(|_| Popup::is_id_open(ctx, id)) else {
        return false;
    };
    // How large it is, is known as soon as it was drawn once.
    let size = AreaState::load(ctx, id).and_then(|area| area.size);
    let beside = place.beside.zip(size);
    let at = beside.map_or(place.at, |(about, size)| {
        menu_place::beside(about, place.at, size, ctx.content_rect())
    });
    Popup::new(id, ctx.clone(), at, layer)
        .kind(PopupKind::Menu)
        .open_memory(None)
        .layout(Layout::top_down_justified(egui::Align::Min))
        .style(egui::containers::menu::menu_style)
        .show(|ui| menu_frame_ui(ui, |ui| ui.set_width(theme::CONTEXT_MENU), entries));
    let is_open = Popup::is_id_open(ctx, id);
    if !is_open {
        give_back(ctx, id, place.back);
    }
    is_open
}

/// Gives the focus back, unless what was chosen has moved it elsewhere.
fn give_back(ctx: &Context, id: Id, back: Option<Id>) {
    let focused = ctx.memory(egui::Memory::focused);
    let in_menu = |focused: Id| {
        let response = ctx.read_response(focused);
        response.is_none_or(|response| response.layer_id.id == id)
    };
    if let Some(back) = back.filter(|_| focused.is_none_or(in_menu)) {
        ctx.memory_mut(|memory| memory.request_focus(back));
    }
}

/// The inside of a menu; `widen` gives it its width. Where the window is too low for it, it scrolls, with a bar that is
/// always seen.
pub fn menu_frame_ui(ui: &mut Ui, widen: impl Fn(&mut Ui), entries: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - 2.0 * theme::BAR).max(theme::BAR);
    widen(ui);
    ui.spacing_mut().scroll = theme::menu_scroll();
    // An entry is as high as a hand needs it; room between entries only makes long menus scroll.
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .max_height(height)
        // A menu in the making has no height yet, from which it would never grow.
        .min_scrolled_height(height)
        .show(ui, |ui| {
            widen(ui);
            walked_ui(ui, entries);
            reveal_focus(ui);
        });
}

/// An entry of a menu: its name, the key that does the same, and the whole tip where it can do nothing now. Whether it
/// was chosen, which closes the menu.
pub fn entry_ui(ui: &mut Ui, pane: &mut Pane<'_>, name: &str, key: &str, refusal: Option<&str>) -> bool {
    switch_ui(ui, pane, (name, None), key, refusal)
}

/// An entry that says whether what it switches is on, where it switches something.
fn switch_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    (name, is_on): (&str, Option<bool>),
    key: &str,
    refusal: Option<&str>,
) -> bool {
    let enabled = refusal.is_none();
    let response = any_script_button(ui, pane.engine, name, enabled, |words| {
        Button::new(words).shortcut_text(key)
    });
    if let Some(is_on) = is_on {
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, is_on, name));
    }
    if enabled {
        enter(ui, &response);
    }
    let response = match refusal {
        Some(refusal) => response.on_disabled_hover_text(refusal),
        None => response,
    };
    let chosen = response.clicked();
    if chosen {
        ui.close();
    }
    chosen
}

/// An action of the table as an entry, under that name. Whether it was chosen: what is done is the caller's.
pub fn action_entry_as(ui: &mut Ui, pane: &mut Pane<'_>, action: Action, name: &str) -> bool {
    switch_entry_as(ui, pane, action, (name, None))
}

/// The same with whether it is on.
pub fn switch_entry_as(ui: &mut Ui, pane: &mut Pane<'_>, action: Action, name: (&str, Option<bool>)) -> bool {
    let key = pane.keys.shortcut(action).unwrap_or_default();
    let is_possible = action.entry().available(&pane.situation).is_ok();
    let refusal = (!is_possible).then(|| tip(action, pane));
    switch_ui(ui, pane, name, &key, refusal.as_deref())
}

/// An action of the table as an entry, done where it is chosen; answers whether it was.
pub fn action_entry(ui: &mut Ui, pane: &mut Pane<'_>, action: Action) -> bool {
    let chosen = action_entry_as(ui, pane, action, action.entry().name);
    if chosen {
        pane.act(action);
    }
    chosen
}

/// What a list does at a key of its own, as an entry. Whether it was chosen.
pub fn key_entry(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    name: &str,
    key: Option<Shortcut>,
    reason: Option<&str>,
) -> bool {
    let key = key
        .map(|key| pane.keys.keyboard.in_words(key))
        .unwrap_or_default();
    let refusal = reason.map(words::not_now);
    entry_ui(ui, pane, name, &key, refusal.as_deref())
}
