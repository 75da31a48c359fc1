//! Shortcuts of the table of actions as keys of egui.
//!
//! Only keys that act in the whole window are taken here; those of the article are its widget's.

use egui::{Event, Key, Modifiers};

use super::field::is_typing;
use crate::session::action::{Action, Reach, Shortcut, table};

/// Takes the shortcuts pressed since the last frame out of the input, each press for itself, in their order. While a
/// field is typed in, undo, redo, and Ctrl+Enter are the field's own.
pub fn take_shortcuts(ctx: &egui::Context) -> Vec<Action> {
    let typing = is_typing(ctx);
    let of_field = |action| typing && matches!(action, Action::Undo | Action::Redo | Action::MarkDoneAndNext);
    let window_keys = || {
        table()
            .iter()
            .filter(|entry| entry.reach == Reach::Window && !of_field(entry.action))
    };
    let mut pressed = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let mut keys = window_keys();
            let hit = keys.find(|entry| entry.shortcuts.iter().any(|shortcut| is_press(event, shortcut)));
            let Some(entry) = hit else { return true };
            if !is_repeat(event) || repeats(entry.action) {
                pressed.push(entry.action);
            }
            false
        });
    });
    pressed
}

/// Whether a key that is held down does the action again and again. A held Ctrl+Enter must not finish article after
/// article.
const fn repeats(action: Action) -> bool {
    matches!(
        action,
        Action::Undo
            | Action::Redo
            | Action::NextArticle
            | Action::PreviousArticle
            | Action::FindNext
            | Action::FindPrevious
            | Action::ZoomIn
            | Action::ZoomOut
    )
}

const fn is_repeat(event: &Event) -> bool {
    matches!(event, Event::Key { repeat: true, .. })
}

/// Whether the key of an action of the article was pressed alone; the caller knows that the article has the focus.
pub fn take_article_key(ctx: &egui::Context, action: Action) -> bool {
    let shortcuts = action.entry().shortcuts;
    ctx.input_mut(|input| shortcuts.iter().any(|shortcut| take(&mut input.events, shortcut)))
}

/// Removes the events of one shortcut, and says whether there was any.
fn take(events: &mut Vec<Event>, shortcut: &Shortcut) -> bool {
    let before = events.len();
    events.retain(|event| !is_press(event, shortcut));
    events.len() < before
}

fn is_press(event: &Event, shortcut: &Shortcut) -> bool {
    let Event::Key {
        key,
        physical_key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    let meant = Key::from_name(shortcut.key);
    let hit = if shortcut.physical {
        physical_key.or(Some(*key)) == meant
    } else {
        Some(*key) == meant
    };
    hit && held(*modifiers, shortcut)
}

/// Whether exactly the modifiers of the shortcut are held. `+` lies behind Shift on many keyboards, so there Shift is free.
fn held(modifiers: Modifiers, shortcut: &Shortcut) -> bool {
    let shift_is_free = matches!(shortcut.key, "Plus");
    modifiers.command == shortcut.ctrl
        && modifiers.alt == shortcut.alt
        && (modifiers.shift == shortcut.shift || shift_is_free)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, physical_key: Option<Key>, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key,
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    fn pressed(event: Event) -> Vec<Action> {
        let ctx = egui::Context::default();
        ctx.input_mut(|input| input.events = vec![event]);
        take_shortcuts(&ctx)
    }

    #[test]
    fn every_key_of_the_table_is_a_key_of_egui() {
        for entry in table() {
            for shortcut in entry.shortcuts {
                assert!(
                    Key::from_name(shortcut.key).is_some(),
                    "{}: {}",
                    entry.id,
                    shortcut.key
                );
            }
        }
    }

    #[test]
    fn modifiers_must_be_those_of_the_shortcut() {
        let shifted = Modifiers::COMMAND | Modifiers::SHIFT;
        assert_eq!(pressed(press(Key::Z, None, Modifiers::COMMAND)), [Action::Undo]);
        assert_eq!(pressed(press(Key::Z, None, shifted)), [Action::Redo]);
        assert_eq!(pressed(press(Key::Y, None, Modifiers::COMMAND)), [Action::Redo]);
        assert_eq!(pressed(press(Key::Z, None, Modifiers::NONE)), []);
        assert_eq!(pressed(press(Key::Plus, None, shifted)), [Action::ZoomIn]);
    }

    #[test]
    fn each_press_in_a_frame_counts_and_their_order_is_kept() {
        let ctx = egui::Context::default();
        let undo = || press(Key::Z, None, Modifiers::COMMAND);
        let next = press(Key::PageDown, None, Modifiers::COMMAND);
        ctx.input_mut(|input| input.events = vec![next, undo(), undo()]);
        let order = [Action::NextArticle, Action::Undo, Action::Undo];
        assert_eq!(take_shortcuts(&ctx), order);
        assert!(ctx.input(|input| input.events.is_empty()));
    }

    #[test]
    fn a_held_key_undoes_again_but_finishes_one_article_only() {
        let held = |key| {
            let mut event = press(key, None, Modifiers::COMMAND);
            if let Event::Key { repeat, .. } = &mut event {
                *repeat = true;
            }
            pressed(event)
        };
        assert_eq!(held(Key::Z), [Action::Undo]);
        assert_eq!(held(Key::Enter), []);
    }

    #[test]
    fn a_digit_is_found_by_its_place_on_a_french_keyboard() {
        let azerty_zero = press(Key::Quote, Some(Key::Num0), Modifiers::COMMAND);
        assert_eq!(pressed(azerty_zero), [Action::ZoomReset]);
    }

    #[test]
    fn keys_of_the_article_are_left_alone() {
        assert_eq!(pressed(press(Key::Delete, None, Modifiers::NONE)), []);
        assert_eq!(pressed(press(Key::Tab, None, Modifiers::NONE)), []);
    }
}
