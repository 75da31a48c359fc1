//! The keys of an open menu, the same for those of the bar and of rows: they walk its entries, round the ends, also where
//! a click has opened it.
//!
//! Knows the entries by their ids alone, as the last frame drew them.

use egui::{Context, FocusDirection, Id, Key, Modifiers, Response, Ui};

/// What is drawn of the open menu.
#[derive(Clone, Default)]
struct Drawn {
    /// The entries that can be chosen.
    entries: Vec<Id>,
    /// The one that is chosen now, from which its keys go on.
    chosen: Option<Id>,
    /// Whether a key has opened it in this pass.
    entered: bool,
    /// In which pass.
    pass: u64,
}

fn drawn_id() -> Id {
    Id::unique("menu-entries")
}

fn enters_id() -> Id {
    Id::unique("menu-enters")
}

fn asked_id() -> Id {
    Id::unique("menu-asked")
}

/// Opens the first menu of the bar in the next frame.
pub fn ask_menu_bar(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(asked_id(), true));
    ctx.request_repaint();
}

/// Whether that was asked for, which is done with the answer.
pub fn take_menu_bar_asked(ctx: &Context) -> bool {
    ctx.data_mut(|data| data.remove_temp::<bool>(asked_id()))
        .is_some()
}

/// The first entry of the menu that opens next takes the focus.
pub fn enter_menu(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(enters_id(), true));
}

/// Whether the last frame drew a menu.
pub fn is_menu_open(ctx: &Context) -> bool {
    let drawn = ctx.data(|data| data.get_temp::<Drawn>(drawn_id()));
    drawn.is_some_and(|drawn| drawn.pass + 1 >= ctx.cumulative_pass_nr())
}

/// Whether a key would come to the entry that it is meant for: no menu is about to open.
pub fn is_menu_ready(ctx: &Context) -> bool {
    ctx.data(|data| {
        let is_set = |id| data.get_temp::<bool>(id).is_some();
        !is_set(asked_id()) && !is_set(enters_id())
    })
}

/// Leaves the keys that walk to the menu that is open: egui would go on to what lies beside or behind it.
pub fn keep_keys_in_menu(ctx: &Context) {
    if is_menu_open(ctx) {
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
}

/// Draws the entries of a menu, which its keys walk.
pub fn walked_ui(ui: &mut Ui, entries: impl FnOnce(&mut Ui)) {
    if ui.is_sizing_pass() {
        entries(ui);
        return;
    }
    let before: Option<Drawn> = ui.data_mut(|data| data.remove_temp(drawn_id()));
    if let Some(to) = before.and_then(|before| walk(ui, &before)) {
        ui.memory_mut(|memory| memory.request_focus(to));
    }
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let drawn = Drawn {
            pass,
            ..Drawn::default()
        };
        data.insert_temp(drawn_id(), drawn);
    });
    entries(ui);
    // A menu in which nothing can be chosen was entered as well.
    ui.data_mut(|data| data.remove_temp::<bool>(enters_id()));
}

/// Notes an entry that can be chosen, and gives it the focus where it is the first one of a menu opened by a key.
pub fn enter(ui: &Ui, entry: &Response) {
    if ui.is_sizing_pass() {
        return;
    }
    let enters = ui.data_mut(|data| {
        let mut drawn: Drawn = data.get_temp(drawn_id()).unwrap_or_default();
        let enters = data.remove_temp::<bool>(enters_id()).is_some();
        drawn.entries.push(entry.id);
        drawn.entered |= enters;
        data.insert_temp(drawn_id(), drawn);
        enters
    });
    if enters {
        entry.request_focus();
    }
}

/// Notes an entry of a list as [`enter`] does. The one that is chosen has the focus where a key has opened the list.
pub fn enter_choice(ui: &Ui, entry: &Response, is_chosen: bool) {
    enter(ui, entry);
    if !is_chosen || ui.is_sizing_pass() {
        return;
    }
    let entered = ui.data_mut(|data| {
        let mut drawn: Drawn = data.get_temp(drawn_id()).unwrap_or_default();
        let is_first = drawn.chosen.is_none();
        drawn.chosen.get_or_insert(entry.id);
        let entered = drawn.entered && is_first;
        data.insert_temp(drawn_id(), drawn);
        entered
    });
    if entered {
        entry.request_focus();
    }
}

/// The entry that the keys of this frame lead to.
fn walk(ui: &Ui, drawn: &Drawn) -> Option<Id> {
    let entries = &drawn.entries;
    let place = |id: Id| entries.iter().position(|entry| *entry == id);
    let focused = ui.memory(egui::Memory::focused);
    let here = focused.and_then(place).or_else(|| drawn.chosen.and_then(place));
    let last = entries.len().checked_sub(1)?;
    let to = ui.input_mut(|input| {
        let mut pressed = |modifiers, key| input.consume_key(modifiers, key);
        // With Shift first: `consume_key` takes it without as well.
        let back = pressed(Modifiers::SHIFT, Key::Tab) || pressed(Modifiers::NONE, Key::ArrowUp);
        let on = pressed(Modifiers::NONE, Key::Tab) || pressed(Modifiers::NONE, Key::ArrowDown);
        let (home, end) = (
            pressed(Modifiers::NONE, Key::Home),
            pressed(Modifiers::NONE, Key::End),
        );
        match here {
            _ if home => Some(0),
            _ if end => Some(last),
            None if back => Some(last),
            None => on.then_some(0),
            Some(here) if back => Some(here.checked_sub(1).unwrap_or(last)),
            Some(here) => on.then_some(if here == last { 0 } else { here + 1 }),
        }
    });
    entries.get(to?).copied()
}
