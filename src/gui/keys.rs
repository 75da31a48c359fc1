//! What presses ask for: the keymap read with the keyboard under the analyst's hands.
//!
//! Keys that act in the whole window are taken here; those of the article are found here for its widget.

use egui::Event;

use super::field::is_typing;
use super::keyboard::{Fit, Keyboard, Press};
use crate::session::action::{Action, Entry, Reach, Shortcut, table};
use crate::session::keymap::Keymap;
use crate::session::shortcut::key_of_character;

/// The keys that hold, and what is printed on them.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    /// Which keys do what.
    pub map: &'a Keymap,
    /// What is known of the keyboard.
    pub keyboard: &'a Keyboard,
}

impl Keys<'static> {
    /// The keys of the table on a keyboard of which nothing is known.
    pub fn defaults() -> Self {
        static KEYBOARD: Keyboard = Keyboard::new();
        Self {
            map: Keymap::defaults(),
            keyboard: &KEYBOARD,
        }
    }
}

impl Keys<'_> {
    /// The first key of an action, in words.
    pub fn shortcut(&self, action: Action) -> Option<String> {
        let first = self.map.of(action).first()?;
        Some(self.keyboard.in_words(*first))
    }

    /// All keys of an action, each in words.
    pub fn shortcuts(&self, action: Action) -> Vec<String> {
        let shortcuts = self.map.of(action).iter();
        shortcuts
            .map(|shortcut| self.keyboard.in_words(*shortcut))
            .collect()
    }

    /// What is printed on the key of a label.
    pub fn label_cap(&self, character: char) -> String {
        match key_of_character(character) {
            Some(key) if !character.is_alphabetic() => self.keyboard.cap(Shortcut::key(key)).to_owned(),
            _ => character.to_string(),
        }
    }

    /// Takes the shortcuts pressed since the last frame out of the input, each press for itself, in their order.
    /// While a field is typed in, undo, redo, Ctrl+Enter, and what else types or edits are the field's own.
    pub fn take_shortcuts(&self, ctx: &egui::Context) -> Vec<Action> {
        self.take_shortcuts_of(ctx, |_| true)
    }

    /// The same of some actions only; the presses of others stay.
    pub fn take_shortcuts_of(&self, ctx: &egui::Context, counts: impl Fn(Action) -> bool) -> Vec<Action> {
        let typing = is_typing(ctx);
        let mut pressed = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let hit = self.window_action(event, typing).filter(|action| counts(*action));
                let Some(action) = hit else { return true };
                if !is_repeat(event) || repeats(action) {
                    pressed.push(action);
                }
                false
            });
        });
        pressed
    }

    /// What a press means anywhere in the window; while a field is typed in, what is the field's own means nothing else.
    pub fn window_action(&self, event: &Event, typing: bool) -> Option<Action> {
        let hit = self.best(event, |entry, shortcut| {
            let is_free = !typing || !is_of_field(entry.action, shortcut);
            (entry.reach == Reach::Window && is_free).then_some(false)
        });
        hit.map(|(action, _)| action)
    }

    /// What a press means in the article, and whether it selects on the way, which Shift does for keys that move the
    /// caret. The caller knows that the article has the focus.
    pub fn article_action(&self, event: &Event) -> Option<(Action, bool)> {
        let of_review = || self.best(event, |entry, _| (entry.reach == Reach::Review).then_some(false));
        let plain = || self.best(event, |entry, _| (entry.reach == Reach::Article).then_some(false));
        let first = self.keyboard.is_reviewing().then(of_review).flatten();
        first
            .or_else(plain)
            .or_else(|| self.best(event, |entry, _| entry.moves.then_some(true)))
            // Outside review mode its keys mean nothing else; that it is off is said by the action itself.
            .or_else(of_review)
    }

    /// Whether the window or the article has a shortcut of Ctrl and this character, which then never means a label.
    pub fn has_ctrl(&self, character: char) -> bool {
        let Some(key) = key_of_character(character) else {
            return false;
        };
        let mut shortcuts = table().iter().flat_map(|entry| self.map.of(entry.action));
        shortcuts.any(|shortcut| *shortcut == Shortcut::ctrl(key))
    }

    /// The action whose shortcut a press is; one that is there by the layout goes before one that only lies there.
    /// `with_shift` says of a shortcut whether it counts, and whether with Shift added to it.
    fn best(
        &self,
        event: &Event,
        with_shift: impl Fn(&Entry, Shortcut) -> Option<bool>,
    ) -> Option<(Action, bool)> {
        let press = Press::of(event)?;
        let mut by_place = None;
        for entry in table() {
            for own in self.map.of(entry.action) {
                let Some(shifted) = with_shift(entry, *own) else {
                    continue;
                };
                let shortcut = if shifted { own.shift() } else { *own };
                match self.keyboard.is_press(shortcut, press) {
                    Some(Fit::Exact) => return Some((entry.action, shifted)),
                    Some(Fit::ByPlace) => {
                        by_place.get_or_insert((entry.action, shifted));
                    }
                    None => {}
                }
            }
        }
        by_place
    }
}

/// Whether a field keeps the key to itself while it is typed in.
fn is_of_field(action: Action, shortcut: Shortcut) -> bool {
    let of_words = matches!(action, Action::Undo | Action::Redo | Action::MarkDoneAndNext);
    // Ctrl+Enter ends what is typed; with Shift as well it is no key of a field.
    let is_other = shortcut.key == "Enter" && shortcut.shift;
    let edits = shortcut.ctrl && !shortcut.alt && !is_other && FIELD_KEYS.contains(&shortcut.key);
    of_words || edits || shortcut.is_typed()
}

/// The keys with which a field is edited while Ctrl is held.
const FIELD_KEYS: [&str; 10] = [
    "A",
    "Z",
    "Y",
    "Enter",
    "Backspace",
    "Delete",
    "ArrowLeft",
    "ArrowRight",
    "Home",
    "End",
];

/// Whether a key that is held down does the action again and again. A held Ctrl+Enter must not finish article after
/// article.
const fn repeats(action: Action) -> bool {
    matches!(
        action,
        Action::Undo
            | Action::Redo
            | Action::NextArticle
            | Action::PreviousArticle
            | Action::ZoomIn
            | Action::ZoomOut
    )
}

const fn is_repeat(event: &Event) -> bool {
    matches!(event, Event::Key { repeat: true, .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Key, Modifiers};

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
        Keys::defaults().take_shortcuts(&ctx)
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
        assert_eq!(Keys::defaults().take_shortcuts(&ctx), order);
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

    #[test]
    fn letters_and_marks_are_found_on_arabic_and_hebrew_keyboards() {
        // Arabic: egui gives the place, for the layout has no Latin letter.
        assert_eq!(
            pressed(press(Key::Z, Some(Key::Z), Modifiers::COMMAND)),
            [Action::Undo]
        );
        assert_eq!(
            pressed(press(Key::Comma, Some(Key::Comma), Modifiers::COMMAND)),
            [Action::Settings]
        );
        // Hebrew: marks lie at the places of Q and W.
        assert_eq!(
            pressed(press(Key::Slash, Some(Key::Q), Modifiers::COMMAND)),
            [Action::Quit]
        );
        assert_eq!(
            pressed(press(Key::Quote, Some(Key::W), Modifiers::COMMAND)),
            [Action::CloseProject]
        );
        // French: W is where it is printed, and Z lies where others have W.
        assert_eq!(
            pressed(press(Key::W, Some(Key::Z), Modifiers::COMMAND)),
            [Action::CloseProject]
        );
        assert_eq!(
            pressed(press(Key::Z, Some(Key::W), Modifiers::COMMAND)),
            [Action::Undo]
        );
    }

    #[test]
    fn what_the_layout_has_goes_before_what_only_lies_there() {
        let mut map = Keymap::default();
        map.set(Action::About, vec![Shortcut::ctrl("Slash")]);
        let keys = Keys {
            map: &map,
            ..Keys::defaults()
        };
        let ctx = egui::Context::default();
        ctx.input_mut(|input| input.events = vec![press(Key::Slash, Some(Key::Q), Modifiers::COMMAND)]);
        assert_eq!(keys.take_shortcuts(&ctx), [Action::About]);
    }
}
