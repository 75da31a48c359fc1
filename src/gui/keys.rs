//! Shortcuts as keys of egui: which action a press means, and which shortcut a press is.
//!
//! Only keys that act in the whole window are taken here; those of the article are its widget's.

use egui::{Event, Key, Modifiers};

use super::field::is_typing;
use crate::session::action::{Action, Reach, table};
use crate::session::keymap::Keymap;
use crate::session::shortcut::{KEYS, Shortcut};

/// Takes the shortcuts pressed since the last frame out of the input, each press for itself, in their order. While a
/// field is typed in, undo, redo, and Ctrl+Enter are the field's own.
pub fn take_shortcuts(ctx: &egui::Context, keymap: &Keymap) -> Vec<Action> {
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
            let hit = keys.find(|entry| {
                let mut shortcuts = keymap.of(entry.action).iter();
                shortcuts.any(|shortcut| is_press(event, shortcut))
            });
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

/// What a press means in the article, and whether it selects on the way, which Shift does for keys that move the
/// caret. The caller knows that the article has the focus.
pub fn article_action(keymap: &Keymap, event: &Event) -> Option<(Action, bool)> {
    let of_article = table().iter().filter(|entry| entry.reach == Reach::Article);
    of_article.into_iter().find_map(|entry| {
        let pressed = |shifted: bool| {
            let mut shortcuts = keymap.of(entry.action).iter();
            shortcuts.any(|key| is_press(event, &if shifted { key.shift() } else { *key }))
        };
        if pressed(false) {
            Some((entry.action, false))
        } else {
            (entry.moves && pressed(true)).then_some((entry.action, true))
        }
    })
}

/// Whether the window or the article has a shortcut of Ctrl and this character, which then never means a label.
pub fn has_ctrl(keymap: &Keymap, character: char) -> bool {
    let name = character.to_ascii_uppercase().to_string();
    let mut shortcuts = table().iter().flat_map(|entry| keymap.of(entry.action));
    shortcuts.any(|shortcut| shortcut.ctrl && !shortcut.shift && shortcut.key == name)
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
    let hit = if shortcut.is_physical() {
        Some(physical_key.unwrap_or(unshifted(*key))) == meant
    } else {
        Some(*key) == meant
    };
    hit && held(*modifiers, shortcut)
}

/// The shortcut that a press is, to be remembered: digits and brackets by their place, other keys by what they type.
/// None for a key that no shortcut can have.
pub fn shortcut_of(event: &Event) -> Option<Shortcut> {
    let Event::Key {
        key,
        physical_key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return None;
    };
    let named = |key: Key| {
        let mut names = KEYS.iter().map(|(name, _)| Shortcut::key(name));
        names.find(|shortcut| Key::from_name(shortcut.key) == Some(key))
    };
    let by_place = physical_key.and_then(named).filter(Shortcut::is_physical);
    let shortcut = by_place.or_else(|| named(unshifted(*key)))?;
    Some(Shortcut {
        ctrl: modifiers.command,
        shift: modifiers.shift && !shortcut.leaves_shift_free(),
        alt: modifiers.alt,
        ..shortcut
    })
}

/// The place of a bracket whose key types a brace with Shift, for platforms that do not tell the place.
const fn unshifted(key: Key) -> Key {
    match key {
        Key::OpenCurlyBracket => Key::OpenBracket,
        Key::CloseCurlyBracket => Key::CloseBracket,
        key => key,
    }
}

/// Whether exactly the modifiers of the shortcut are held. `+` and the full stop lie behind Shift on many keyboards, so
/// there Shift is free.
fn held(modifiers: Modifiers, shortcut: &Shortcut) -> bool {
    modifiers.command == shortcut.ctrl
        && modifiers.alt == shortcut.alt
        && (modifiers.shift == shortcut.shift || shortcut.leaves_shift_free())
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
        take_shortcuts(&ctx, &Keymap::default())
    }

    #[test]
    fn every_key_of_the_table_is_a_key_of_egui() {
        for (name, _) in KEYS {
            assert!(Key::from_name(name).is_some(), "{name}");
        }
        for entry in table() {
            for shortcut in entry.shortcuts {
                let known = KEYS.iter().any(|(name, _)| *name == shortcut.key);
                assert!(known, "{}: {}", entry.id, shortcut.key);
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
        assert_eq!(take_shortcuts(&ctx, &Keymap::default()), order);
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
    fn a_press_is_remembered_as_what_it_is_on_the_keyboard_at_hand() {
        let remembered = |key, place, modifiers| {
            shortcut_of(&press(key, place, modifiers)).map(|shortcut| shortcut.to_string())
        };
        // AZERTY: the key of 3 types a quotation mark, the key of Q an A. Arabic: no Latin letter, so the place is told.
        assert_eq!(
            remembered(Key::Quote, Some(Key::Num3), Modifiers::NONE).as_deref(),
            Some("3")
        );
        assert_eq!(
            remembered(Key::A, Some(Key::Q), Modifiers::COMMAND).as_deref(),
            Some("Ctrl+A")
        );
        assert_eq!(
            remembered(Key::Z, Some(Key::Z), Modifiers::COMMAND).as_deref(),
            Some("Ctrl+Z")
        );
        let brace = remembered(Key::CloseCurlyBracket, Some(Key::CloseBracket), Modifiers::SHIFT);
        assert_eq!(brace.as_deref(), Some("Shift+]"));
        assert_eq!(
            remembered(Key::Period, None, Modifiers::SHIFT).as_deref(),
            Some(".")
        );
        assert_eq!(remembered(Key::F24, None, Modifiers::NONE), None);
    }

    #[test]
    fn changed_keys_act_and_those_of_the_table_no_longer_do() {
        let mut keymap = Keymap::default();
        keymap.set(Action::Undo, vec![Shortcut::key("U").ctrl()]);
        let ctx = egui::Context::default();
        for (key, expected) in [(Key::U, vec![Action::Undo]), (Key::Z, vec![])] {
            ctx.input_mut(|input| input.events = vec![press(key, None, Modifiers::COMMAND)]);
            assert_eq!(take_shortcuts(&ctx, &keymap), expected);
        }
        keymap.set(Action::NextSpan, vec![Shortcut::key("K")]);
        let next = press(Key::K, Some(Key::K), Modifiers::NONE);
        assert_eq!(article_action(&keymap, &next), Some((Action::NextSpan, false)));
    }

    #[test]
    fn keys_of_the_article_are_left_alone() {
        assert_eq!(pressed(press(Key::Delete, None, Modifiers::NONE)), []);
        assert_eq!(pressed(press(Key::Tab, None, Modifiers::NONE)), []);
    }
}
