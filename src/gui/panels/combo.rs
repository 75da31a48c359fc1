//! Lists to choose from that open at a click or at a key, in panes and dialogs alike.
//!
//! While one is open, its keys are those of a menu. Enter takes a choice and closes it; Space takes one and leaves it
//! open where several can be taken. Esc closes it, and Tab goes on to what comes behind it; the focus is back on it then.

use egui::accesskit::Role;
use egui::{
    Button, ComboBox, FocusDirection, Key, Memory, Modifiers, Order, Popup, PopupCloseBehavior, Response, Ui,
    WidgetInfo, pos2, vec2,
};

use super::Pane;
use super::menu_keys::{enter, enter_choice, enter_menu, walked_ui};
use super::widgets::{any_script_button, list_corner, reveal_focus};
use crate::gui::paint::{ShortText, TextStyle, any_script_tip};
use crate::gui::theme::{self, GRID};
use crate::gui::words;

/// What a list to choose from has at the sides of its words: space, and the corner that opens it.
pub const COMBO_EDGES: f32 = GRID * 8.0;

/// The width at which a list to choose from shows these words whole.
pub fn combo_width(ui: &Ui, pane: &mut Pane<'_>, shown: &str) -> f32 {
    let words = ShortText::new(shown, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink);
    words.size(ui, pane.engine).x.ceil() + COMBO_EDGES
}

/// A list to choose from. What it offers is drawn by the functions below, which its keys know.
pub fn combo(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    name: &str,
    shown: &str,
    width: f32,
    choices: impl FnOnce(&mut Ui, &mut Pane<'_>),
) {
    // A language is whatever an import called it, in any script.
    let style = TextStyle::new(theme::TEXT_SMALL);
    let room = (width - COMBO_EDGES).max(GRID);
    let words = ShortText::new(shown, style, pane.palette.ink).max_width(room);
    let size = words.size(ui, pane.engine);
    let place = egui::Atom::custom(egui::IdSalt::new("chosen"), vec2(size.x.min(room), size.y));
    let salt = egui::IdSalt::new(name);
    let id = ui.make_persistent_id(salt);
    let was_open = ComboBox::is_open(ui.ctx(), id);
    if was_open {
        leave_by_tab(ui, id);
    }
    let response = ComboBox::from_id_salt(name)
        .selected_text(place)
        .icon(list_corner)
        .width(width)
        .truncate()
        // What is taken closes it; of several more can be ticked.
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            walked_ui(ui, |ui| choices(ui, pane));
            reveal_focus(ui);
        })
        .response;
    follow_focus(ui, id, was_open);
    let left_top = pos2(
        response.rect.left() + GRID * 2.0,
        response.rect.center().y - size.y / 2.0,
    );
    words.paint_at(ui, pane.engine, left_top);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    any_script_tip(response, pane.engine, &words::value_is(name, shown));
}

/// Tab closes the list and goes on from it, as from any other control.
fn leave_by_tab(ui: &Ui, id: egui::Id) {
    let way = ui.input_mut(|input| {
        // With Shift first: `consume_key` takes it without as well.
        if input.consume_key(Modifiers::SHIFT, Key::Tab) {
            Some(FocusDirection::Previous)
        } else {
            let on = input.consume_key(Modifiers::NONE, Key::Tab);
            on.then_some(FocusDirection::Next)
        }
    });
    if let Some(way) = way {
        Popup::close_all(ui.ctx());
        ui.memory_mut(|memory| {
            memory.request_focus(id);
            memory.move_focus(way);
        });
    }
}

/// What is chosen, else the first choice, has the focus once a key has opened the list, and the list has it again once it is closed.
fn follow_focus(ui: &Ui, id: egui::Id, was_open: bool) {
    let is_open = ComboBox::is_open(ui.ctx(), id);
    let focused = ui.memory(Memory::focused);
    let opens = is_open && !was_open;
    let by_key = opens && focused == Some(id);
    if by_key {
        enter_menu(ui.ctx());
    }
    let by_key_id = id.with("by key");
    if opens {
        ui.data_mut(|data| data.insert_temp(by_key_id, by_key));
    }
    // Where a click in a pane opened it, what had the focus before has it again without any help.
    let is_kept = ui.layer_id().order != Order::Background
        || ui.data(|data| data.get_temp::<bool>(by_key_id)) == Some(true);
    // An entry that had the focus is drawn no longer.
    let is_lost = focused.is_none_or(|focused| {
        let response = ui.ctx().read_response(focused);
        response.is_none_or(|response| response.layer_id != ui.layer_id())
    });
    if was_open && !is_open && is_lost && is_kept {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// A choice; whether it was taken.
pub fn offer_ui(ui: &mut Ui, is_chosen: bool, name: &str) -> bool {
    let response = ui.selectable_label(is_chosen, name);
    taken(ui, &response, is_chosen)
}

/// The same in words of any script.
pub fn offer_any_script_ui(ui: &mut Ui, pane: &mut Pane<'_>, is_chosen: bool, name: &str) -> bool {
    let response = any_script_button(ui, pane.engine, name, true, |words| {
        Button::selectable(is_chosen, words)
    });
    taken(ui, &response, is_chosen)
}

/// A choice that gives a variable a value.
pub fn offer_value_ui<V: PartialEq>(ui: &mut Ui, current: &mut V, value: V, name: &str) {
    if offer_ui(ui, *current == value, name) {
        *current = value;
    }
}

/// One of several that can be chosen together; whether it was changed.
pub fn offer_several_ui(ui: &mut Ui, is_chosen: &mut bool, name: &str) -> bool {
    let response = ui.checkbox(is_chosen, name);
    enter(ui, &response);
    if response.clicked() && ui.input(|input| input.key_pressed(Key::Enter)) {
        ui.close();
    }
    response.changed()
}

fn taken(ui: &Ui, response: &Response, is_chosen: bool) -> bool {
    enter_choice(ui, response, is_chosen);
    let taken = response.clicked();
    if taken {
        ui.close();
    }
    taken
}
