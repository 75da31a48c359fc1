//! The menu bar, drawn from the table of actions.

use egui::{FocusDirection, Id, Key, Modifiers, Popup, Response, Ui};

use super::menu_keys::{enter_menu, take_menu_bar_asked};
use super::row_menu::{menu_frame_ui, switch_entry_as};
use super::{Pane, toolbar};
use crate::gui::act_reading::{chosen, is_direction};
use crate::gui::theme::GRID;
use crate::gui::window::is_crowded;
use crate::gui::words;
use crate::model::ReadingDirections;
use crate::session::ProjectTurn;
use crate::session::action::{Action, Entry, Menu, table};

/// Characters of what would be taken back that an entry shows at most.
const MENU_WORDS: usize = 48;

/// Narrowest menu.
const MENU_WIDTH: f32 = 260.0;

/// Draws menus at the left, then the toolbar.
pub fn menu_bar_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    // Names of menus stand at the height of the icons beside them.
    ui.spacing_mut().interact_size.y = ui.available_height();
    egui::MenuBar::new().ui(ui, |ui| {
        let buttons: Vec<Response> = Menu::ALL
            .into_iter()
            .map(|menu| ui.menu_button(menu.name(), |ui| menu_ui(ui, pane, menu)).response)
            .collect();
        walk_menus(ui, &buttons);
        ui.add_space(GRID * 4.0);
        toolbar::toolbar_ui(ui, pane);
        toolbar::toolbar_end_ui(ui, pane);
    });
}

/// The keys of the menus: Left and Right go from one to the next, Down opens the one whose name has the focus.
fn walk_menus(ui: &Ui, buttons: &[Response]) {
    let ctx = ui.ctx();
    let popups: Vec<Id> = buttons.iter().map(Popup::default_response_id).collect();
    let open = popups.iter().position(|id| Popup::is_id_open(ctx, *id));
    let focused = buttons.iter().position(Response::has_focus);
    let asked = take_menu_bar_asked(ctx);
    let to = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        let count = popups.len().max(1);
        match (open, focused) {
            (Some(open), _) if pressed(Key::ArrowRight) => Some((open + 1) % count),
            (Some(open), _) if pressed(Key::ArrowLeft) => Some((open + count - 1) % count),
            (None, Some(focused)) if pressed(Key::ArrowDown) => Some(focused),
            _ => asked.then_some(0),
        }
    });
    if let Some(popup) = to.and_then(|to| popups.get(to)) {
        Popup::open_id(ctx, *popup);
        enter_menu(ctx);
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        ctx.request_repaint();
    }
}

fn menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, menu: Menu) {
    let widen = |ui: &mut Ui| ui.set_min_width(MENU_WIDTH);
    menu_frame_ui(ui, widen, |ui| entries_ui(ui, pane, menu));
}

fn entries_ui(ui: &mut Ui, pane: &mut Pane<'_>, menu: Menu) {
    let mut group_before = None;
    for entry in table() {
        let Some((_, group)) = entry.menu.filter(|(of, _)| *of == menu) else {
            continue;
        };
        if group_before.is_some_and(|before| before != group) {
            ui.separator();
        }
        group_before = Some(group);
        entry_ui(ui, pane, entry);
    }
}

fn entry_ui(ui: &mut Ui, pane: &mut Pane<'_>, entry: &Entry) {
    let width = ui.ctx().content_rect().width();
    let name = menu_words(pane, width, entry);
    let is_on = switched(pane, width, entry.action).map(|switch| switch.is_on);
    if switch_entry_as(ui, pane, entry.action, (&name, is_on)) {
        pane.act(entry.action);
    }
}

/// The entry's name; undo and redo say what they would take back, what is switched or chosen how it is. The list has no
/// room beside other panes in a window that is too narrow.
fn menu_words(pane: &Pane<'_>, width: f32, entry: &Entry) -> String {
    let article = pane.snapshot.article.as_ref();
    let what = match entry.action {
        Action::Undo => article.and_then(|article| article.undo.as_deref()),
        Action::Redo => article.and_then(|article| article.redo.as_deref()),
        Action::UndoProject => pane.snapshot.project_undo.as_ref().map(summary),
        Action::RedoProject => pane.snapshot.project_redo.as_ref().map(summary),
        _ => None,
    };
    match what {
        Some(what) => format!("{}: {}", entry.name, words::shorten(what, MENU_WORDS)),
        None => with_state(pane, width, entry).unwrap_or_else(|| entry.name.to_owned()),
    }
}

fn summary(turn: &ProjectTurn) -> &str {
    &turn.summary
}

/// The name of what is switched on and off, or chosen among several, with how it is now.
fn with_state(pane: &Pane<'_>, width: f32, entry: &Entry) -> Option<String> {
    let name = entry.name;
    match switched(pane, width, entry.action) {
        Some(switch) => Some(match switch.says {
            Says::Shown => words::shown_or_not(name, switch.is_on),
            Says::On => format!("{name}: {}", words::on_or_off(switch.is_on)),
            Says::InForce if switch.is_on => words::in_force(name),
            Says::InForce => name.to_owned(),
        }),
        None if entry.action == Action::ToggleTheme => {
            Some(format!("{name}: {}", words::light_or_dark(pane.palette.dark)))
        }
        None => chosen(pane.prefs.reading, entry.action).map(|state| format!("{name}: {state}")),
    }
}

/// How something is that an action switches on and off.
struct Switch {
    is_on: bool,
    says: Says,
}

/// What is said of it.
enum Says {
    /// That it is shown, or not.
    Shown,
    /// That it is on or off.
    On,
    /// That this one of several is in force.
    InForce,
}

fn switched(pane: &Pane<'_>, width: f32, action: Action) -> Option<Switch> {
    let prefs = pane.prefs;
    let has_room = action != Action::ToggleList || !is_crowded(prefs, width);
    let article = pane.snapshot.article.as_ref();
    let shown = prefs.is_shown(action).map(|shown| shown && has_room);
    let shown = shown.or((action == Action::ShowRelations).then_some(pane.situation.all_relations));
    if let Some(is_on) = shown {
        let says = Says::Shown;
        return Some(Switch { is_on, says });
    }
    let is_on = match action {
        Action::ReviewMode => pane.situation.reviewing,
        Action::ToggleFlag => article?.layer.flagged,
        _ => {
            let own = ReadingDirections::of(&article?.header.meta).article;
            let is_on = is_direction(action, own)?;
            let says = Says::InForce;
            return Some(Switch { is_on, says });
        }
    };
    let says = Says::On;
    Some(Switch { is_on, says })
}
