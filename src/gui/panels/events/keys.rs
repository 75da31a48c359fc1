//! The keys of the sheet of events, while it has the focus.

use egui::{Context, Event, EventFilter, Key, Modifiers};

use super::sheet_id;
use crate::gui::keyboard::{Keyboard, Press};
use crate::session::action::Shortcut;

/// What a key or an entry of a menu asks of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetAct {
    /// Goes to the filler or cell before or behind.
    Beside(bool),
    /// Goes to the row above or below.
    Row(bool),
    /// Goes to the first or last column.
    End(bool),
    /// Fills the cell, or changes its value.
    Fill,
    /// Takes out the filler, or the value.
    Empty,
    /// Marks the filler inferred, or as read.
    Inferred,
    /// Writes why.
    Note,
    /// Moves the event up or down.
    Move(bool),
    /// Records the event again.
    Duplicate,
    /// Marks the event for a merge.
    Mark,
    /// Merges the marked events, or this one with the next.
    Merge,
    /// Removes the event.
    Remove,
    /// Records a new event.
    New,
    /// Goes to the words of the filler in the text.
    Show,
    /// Goes back to the article.
    Leave,
}

impl SheetAct {
    /// Its key, as menus show it.
    pub const fn key(self) -> Shortcut {
        match self {
            Self::Beside(false) => Shortcut::key("ArrowLeft"),
            Self::Beside(true) => Shortcut::key("ArrowRight"),
            Self::Row(false) => Shortcut::key("ArrowUp"),
            Self::Row(true) => Shortcut::key("ArrowDown"),
            Self::End(false) => Shortcut::key("Home"),
            Self::End(true) => Shortcut::key("End"),
            Self::Fill => Shortcut::key("Enter"),
            Self::Empty => Shortcut::key("Delete"),
            Self::Inferred => Shortcut::key("I"),
            Self::Note => Shortcut::key("N"),
            Self::Move(false) => Shortcut::ctrl("ArrowUp"),
            Self::Move(true) => Shortcut::ctrl("ArrowDown"),
            Self::Duplicate => Shortcut::ctrl("D"),
            Self::Mark => Shortcut::key("Space"),
            Self::Merge => Shortcut::key("M"),
            Self::Remove => Shortcut::ctrl("Delete"),
            Self::New => Shortcut::key("E"),
            Self::Show => Shortcut::key("G"),
            Self::Leave => Shortcut::key("Escape"),
        }
    }
}

/// Takes what the sheet knows out of the input, in order.
pub fn take(ctx: &Context, keyboard: &Keyboard, pressed: &mut Vec<SheetAct>) {
    ctx.memory_mut(|memory| {
        let keep = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        memory.set_focus_lock_filter(sheet_id(), keep);
    });
    ctx.input_mut(|input| {
        input.events.retain(|event| match of_event(event, keyboard) {
            Some(act) => {
                pressed.push(act);
                false
            }
            // The letters that the keys type are meant for nothing else.
            None => !matches!(event, Event::Text(_)),
        });
    });
}

fn of_event(event: &Event, keyboard: &Keyboard) -> Option<SheetAct> {
    let press = Press::of(event)?;
    let letter = |name| keyboard.is_press(Shortcut::key(name), press).is_some();
    let held = press.modifiers;
    if held.matches_exact(Modifiers::COMMAND) {
        return Some(match press.key {
            Key::ArrowUp => SheetAct::Move(false),
            Key::ArrowDown => SheetAct::Move(true),
            Key::Delete | Key::Backspace => SheetAct::Remove,
            _ if keyboard.is_press(Shortcut::ctrl("D"), press).is_some() => SheetAct::Duplicate,
            _ => return None,
        });
    }
    if !held.is_none() {
        return None;
    }
    Some(match press.key {
        Key::ArrowLeft => SheetAct::Beside(false),
        Key::ArrowRight => SheetAct::Beside(true),
        Key::ArrowUp => SheetAct::Row(false),
        Key::ArrowDown => SheetAct::Row(true),
        Key::Home => SheetAct::End(false),
        Key::End => SheetAct::End(true),
        Key::Enter => SheetAct::Fill,
        Key::Delete | Key::Backspace => SheetAct::Empty,
        Key::Space => SheetAct::Mark,
        Key::Insert => SheetAct::New,
        Key::Escape => SheetAct::Leave,
        _ if letter("I") => SheetAct::Inferred,
        _ if letter("N") => SheetAct::Note,
        _ if letter("M") => SheetAct::Merge,
        _ if letter("E") => SheetAct::New,
        _ if letter("G") => SheetAct::Show,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_that_a_menu_shows_does_what_its_entry_does() {
        let keyboard = Keyboard::new();
        let two_ways = [false, true].into_iter().flat_map(|way| {
            [
                SheetAct::Beside(way),
                SheetAct::Row(way),
                SheetAct::End(way),
                SheetAct::Move(way),
            ]
        });
        let others = [
            SheetAct::Fill,
            SheetAct::Empty,
            SheetAct::Inferred,
            SheetAct::Note,
            SheetAct::Duplicate,
            SheetAct::Mark,
            SheetAct::Merge,
            SheetAct::Remove,
            SheetAct::New,
            SheetAct::Show,
            SheetAct::Leave,
        ];
        for act in two_ways.chain(others) {
            let shortcut = act.key();
            let key = Key::from_name(shortcut.key).unwrap();
            let modifiers = if shortcut.ctrl {
                Modifiers::COMMAND
            } else {
                Modifiers::NONE
            };
            let event = Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers,
            };
            assert_eq!(of_event(&event, &keyboard), Some(act));
        }
    }
}
