//! The keyboard under the analyst's hands: which press means which key, and what is printed on a key.
//!
//! The layout is learned from the presses that come by, since no platform tells it. It knows keys and no actions.
//!
//! A press comes with the key by the layout (`key`) and its place on a keyboard of the United States (`physical`).
//! Where the layout types a character that egui has no key for, as on Arabic, Cyrillic, or Hebrew layouts, `key` is the
//! place too. But where such a layout types a mark at the place of a letter, as Hebrew does at Q and W, `key` is that
//! mark, and only the place says which letter is meant.

use std::collections::BTreeMap;

use egui::{Event, Key, Modifiers};

use crate::session::action::Shortcut;
use crate::session::shortcut::KeyKind;

/// What is known of the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyboard {
    /// What the key at a place types by itself, where that is not what it types in the United States.
    caps: BTreeMap<Key, String>,
    /// Whether the layout has Latin letters.
    latin: Option<bool>,
    /// Whether the keys of review mode are on.
    reviewing: bool,
}

/// How well a press fits a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the key.
    Exact,
    /// It lies where the key would lie, and the layout has nothing there that would be meant instead.
    ByPlace,
}

/// A key that went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The key by the layout.
    pub key: Key,
    /// Its place, where the platform tells it.
    pub physical: Option<Key>,
    /// What was held.
    pub modifiers: Modifiers,
}

impl Press {
    /// The press that an event is, if it is one.
    pub const fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Key {
                key,
                physical_key,
                pressed: true,
                modifiers,
                ..
            } => Some(Self {
                key: *key,
                physical: *physical_key,
                modifiers: *modifiers,
            }),
            _ => None,
        }
    }
}

/// The place of a bracket whose key types a brace with Shift, for platforms that do not tell the place.
const fn unshifted(key: Key) -> Key {
    match key {
        Key::OpenCurlyBracket => Key::OpenBracket,
        Key::CloseCurlyBracket => Key::CloseBracket,
        key => key,
    }
}

impl Keyboard {
    /// A keyboard of which nothing is known yet.
    pub const fn new() -> Self {
        Self {
            caps: BTreeMap::new(),
            latin: None,
            reviewing: false,
        }
    }

    /// Turns the keys of review mode on or off.
    pub fn set_reviewing(&mut self, on: bool) {
        self.reviewing = on;
    }

    /// Whether the keys of review mode are on.
    pub const fn is_reviewing(&self) -> bool {
        self.reviewing
    }

    /// Whether a press is of the key of a shortcut; modifiers aside.
    pub fn fit(&self, shortcut: Shortcut, press: Press) -> Option<Fit> {
        let meant = Key::from_name(shortcut.key)?;
        let kind = shortcut.kind();
        if kind == KeyKind::Place {
            // The digits' pad without its lock: it moves, and types no digit.
            let moves = press.physical.is_some() && !is_typed(press.key);
            let place = press.physical.unwrap_or(unshifted(press.key));
            return (place == meant && !moves).then_some(Fit::Exact);
        }
        if press.key == meant {
            return Some(Fit::Exact);
        }
        // A layout that has the letter elsewhere means it there and only there.
        let may_go_by_place = match kind {
            KeyKind::Letter => self.latin != Some(true),
            KeyKind::Mark => true,
            KeyKind::Place | KeyKind::Function | KeyKind::Named => false,
        };
        let lies_there = press.physical == Some(meant) && is_mark(press.key);
        (may_go_by_place && lies_there).then_some(Fit::ByPlace)
    }

    /// Whether a press is the shortcut, with exactly its modifiers.
    pub fn is_press(&self, shortcut: Shortcut, press: Press) -> Option<Fit> {
        let held = press.modifiers;
        let fits = held.command == shortcut.ctrl
            && held.alt == shortcut.alt
            && (held.shift == shortcut.shift || shortcut.has_free_shift());
        fits.then(|| self.fit(shortcut, press)).flatten()
    }

    /// The shortcut that a press would be found by again; none for a modifier alone and for keys that have no name.
    pub fn recorded(&self, press: Press) -> Option<Shortcut> {
        let by_place = press.physical.filter(|place| {
            let kind = shortcut_of(*place).map(Shortcut::kind);
            let is_letter_without_one = kind == Some(KeyKind::Letter) && self.latin == Some(false);
            // Shift makes another character of a mark, but not another key.
            let is_shifted_mark = kind == Some(KeyKind::Mark) && press.modifiers.shift && is_mark(press.key);
            let counts = kind == Some(KeyKind::Place) || is_letter_without_one || is_shifted_mark;
            counts && is_typed(press.key)
        });
        let by_layout = Some(press.key).filter(|key| press.physical.is_none() || !is_place(*key));
        let key = by_place.or(by_layout).or(press.physical)?;
        let shortcut = shortcut_of(key)?;
        Some(Shortcut {
            ctrl: press.modifiers.command,
            shift: press.modifiers.shift && !shortcut.has_free_shift(),
            alt: press.modifiers.alt,
            ..shortcut
        })
    }

    /// A shortcut in words, with what is printed on the analyst's own key.
    pub fn in_words(&self, shortcut: Shortcut) -> String {
        shortcut.with_cap(self.cap(shortcut))
    }

    /// What is printed on the key of a shortcut.
    pub fn cap(&self, shortcut: Shortcut) -> &str {
        let usual = shortcut.cap();
        let goes_by_place = match shortcut.kind() {
            KeyKind::Place => true,
            // Where the mark is known to lie elsewhere, it is pressed there.
            KeyKind::Mark => !self.caps.values().any(|cap| cap == usual),
            KeyKind::Letter | KeyKind::Function | KeyKind::Named => false,
        };
        let own = Key::from_name(shortcut.key).and_then(|place| self.caps.get(&place));
        own.filter(|_| goes_by_place).map_or(usual, String::as_str)
    }

    /// Learns from the events of a frame what the keys type. Only caps that can be drawn are taken.
    pub fn learn(&mut self, events: &[Event], can_draw: impl Fn(&str) -> bool) {
        for (at, event) in events.iter().enumerate() {
            let Some(press) = Press::of(event) else { continue };
            let Some(place) = press.physical else { continue };
            let held = press.modifiers;
            if held.shift || held.alt {
                continue;
            }
            // With Ctrl nothing is typed; the layout's key still tells some.
            let typed = match events.get(at + 1) {
                Some(Event::Text(typed)) if !held.command && !held.ctrl => Some(typed.as_str()),
                _ => None,
            };
            self.learn_letters(press.key, place, typed);
            let by_key = || {
                (press.key != place)
                    .then(|| shortcut_of(press.key))
                    .flatten()
                    .map(Shortcut::cap)
            };
            if let Some(cap) = typed.or_else(by_key).filter(|cap| can_draw(cap)) {
                self.learn_cap(place, cap);
            }
        }
    }

    fn learn_letters(&mut self, key: Key, place: Key, typed: Option<&str>) {
        let is_letter = |key| shortcut_of(key).is_some_and(|key| key.kind() == KeyKind::Letter);
        let first = typed.and_then(|typed| typed.chars().next());
        if is_letter(key) && (key != place || first.is_some_and(|c| c.is_ascii_alphabetic())) {
            self.latin = Some(true);
        } else if is_letter(place) && first.is_some_and(|c| c.is_alphabetic() && !c.is_ascii()) {
            self.latin = Some(false);
        }
    }

    fn learn_cap(&mut self, place: Key, cap: &str) {
        let Some(usual) = shortcut_of(place) else { return };
        let one_letter =
            cap.chars().count() == 1 && !cap.contains(|c: char| c.is_control() || c.is_whitespace());
        if !one_letter || !matches!(usual.kind(), KeyKind::Place | KeyKind::Mark | KeyKind::Letter) {
            return;
        }
        // Letters are printed as capitals, but not beside a digit: a French key says `é` and 2.
        let is_digit = usual.cap().chars().all(|c| c.is_ascii_digit());
        let cap = if is_digit {
            cap.to_owned()
        } else {
            cap.to_uppercase()
        };
        if cap == usual.cap() {
            self.caps.remove(&place);
        } else {
            self.caps.insert(place, cap);
        }
    }
}

/// The shortcut of a key alone.
fn shortcut_of(key: Key) -> Option<Shortcut> {
    key.name().parse().ok()
}

/// Whether the key is no letter, so that the place may say what is meant.
fn is_mark(key: Key) -> bool {
    shortcut_of(key).is_some_and(|key| matches!(key.kind(), KeyKind::Mark | KeyKind::Place))
}

/// Whether the key is a digit or a bracket.
fn is_place(key: Key) -> bool {
    shortcut_of(key).is_some_and(|key| key.kind() == KeyKind::Place)
}

/// Whether the key types a character.
fn is_typed(key: Key) -> bool {
    is_mark(key) || shortcut_of(key).is_some_and(|key| key.kind() == KeyKind::Letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, physical: Key) -> Press {
        Press {
            key,
            physical: Some(physical),
            modifiers: Modifiers::NONE,
        }
    }

    fn ctrl(key: Key, physical: Key) -> Press {
        Press {
            modifiers: Modifiers::COMMAND,
            ..press(key, physical)
        }
    }

    fn shortcut(words: &str) -> Shortcut {
        words.parse().unwrap()
    }

    fn event(press: Press) -> Event {
        Event::Key {
            key: press.key,
            physical_key: press.physical,
            pressed: true,
            repeat: false,
            modifiers: press.modifiers,
        }
    }

    /// A keyboard on which these keys were typed, each with what it typed.
    fn typed(keys: &[(Key, Key, &str)]) -> Keyboard {
        let mut keyboard = Keyboard::new();
        for (key, physical, text) in keys {
            let events = [event(press(*key, *physical)), Event::Text((*text).to_owned())];
            keyboard.learn(&events, |_| true);
        }
        keyboard
    }

    /// A French keyboard: the events are those of egui on AZERTY.
    fn azerty() -> Keyboard {
        typed(&[
            (Key::A, Key::Q, "a"),
            (Key::Num1, Key::Num1, "&"),
            (Key::Num2, Key::Num2, "é"),
            (Key::Quote, Key::Num3, "\""),
            (Key::CloseBracket, Key::CloseBracket, "$"),
            (Key::Colon, Key::Period, ":"),
            (Key::Comma, Key::M, ","),
        ])
    }

    fn arabic() -> Keyboard {
        typed(&[
            (Key::D, Key::D, "ي"),
            (Key::CloseBracket, Key::CloseBracket, "د"),
            (Key::Num1, Key::Num1, "١"),
        ])
    }

    #[test]
    fn every_key_that_can_be_recorded_is_found_again() {
        let mut recorded = 0;
        for key in Key::ALL {
            let press = press(*key, *key);
            let Some(shortcut) = Keyboard::new().recorded(press) else {
                continue;
            };
            recorded += 1;
            assert_eq!(Key::from_name(shortcut.key), Some(*key), "{shortcut}");
            assert_eq!(
                Keyboard::new().is_press(shortcut, press),
                Some(Fit::Exact),
                "{shortcut}"
            );
        }
        assert!(recorded > 80, "{recorded}");
    }

    #[test]
    fn digits_and_brackets_are_places_on_every_layout() {
        for keyboard in [Keyboard::new(), azerty(), arabic()] {
            // AZERTY: the key of 3 types a quotation mark.
            assert_eq!(
                keyboard.fit(shortcut("3"), press(Key::Quote, Key::Num3)),
                Some(Fit::Exact)
            );
            assert_eq!(keyboard.fit(shortcut("3"), press(Key::Num3, Key::Num5)), None);
            assert_eq!(
                keyboard.fit(shortcut("["), press(Key::Num5, Key::OpenBracket)),
                Some(Fit::Exact)
            );
            // Arabic: Shift and the key of D type a bracket.
            assert_eq!(
                keyboard.fit(shortcut("]"), press(Key::CloseBracket, Key::D)),
                None
            );
            // The digits' pad without its lock.
            assert_eq!(
                keyboard.fit(shortcut("4"), press(Key::ArrowLeft, Key::Num4)),
                None
            );
        }
    }

    #[test]
    fn a_letter_goes_by_the_layout_that_has_it() {
        for keyboard in [Keyboard::new(), azerty()] {
            // AZERTY: A lies where QWERTY has Q.
            assert_eq!(
                keyboard.fit(shortcut("A"), press(Key::A, Key::Q)),
                Some(Fit::Exact)
            );
            assert_eq!(keyboard.fit(shortcut("Q"), press(Key::A, Key::Q)), None);
        }
        // The comma lies where QWERTY has M, and M elsewhere.
        assert_eq!(azerty().fit(shortcut("M"), press(Key::Comma, Key::M)), None);
    }

    #[test]
    fn a_letter_that_the_layout_lacks_goes_by_its_place() {
        for keyboard in [Keyboard::new(), arabic()] {
            // Arabic: egui gives the place as the key.
            assert_eq!(
                keyboard.fit(shortcut("Ctrl+Z"), ctrl(Key::Z, Key::Z)),
                Some(Fit::Exact)
            );
            // Hebrew: the keys of Q and W type marks.
            assert_eq!(
                keyboard.fit(shortcut("Ctrl+Q"), ctrl(Key::Slash, Key::Q)),
                Some(Fit::ByPlace)
            );
            assert_eq!(
                keyboard.fit(shortcut("Ctrl+W"), ctrl(Key::Quote, Key::W)),
                Some(Fit::ByPlace)
            );
        }
    }

    #[test]
    fn a_mark_goes_by_the_layout_and_by_its_place_where_no_letter_lies_there() {
        let keyboard = azerty();
        assert_eq!(
            keyboard.fit(shortcut("."), press(Key::Period, Key::Comma)),
            Some(Fit::Exact)
        );
        assert_eq!(
            keyboard.fit(shortcut("."), press(Key::Colon, Key::Period)),
            Some(Fit::ByPlace)
        );
        // Dvorak: V lies there.
        assert_eq!(keyboard.fit(shortcut("."), press(Key::V, Key::Period)), None);
        // Arabic and Russian: a letter that egui has no key for.
        assert_eq!(
            arabic().fit(shortcut("."), press(Key::Period, Key::Period)),
            Some(Fit::Exact)
        );
    }

    #[test]
    fn the_analysts_own_caps_are_shown_where_the_place_counts() {
        let plain = Keyboard::new();
        assert_eq!(plain.in_words(shortcut("Ctrl+1")), "Ctrl+1");
        let azerty = azerty();
        assert_eq!(azerty.in_words(shortcut("Ctrl+1")), "Ctrl+&");
        assert_eq!(azerty.in_words(shortcut("2")), "é");
        assert_eq!(azerty.in_words(shortcut("]")), "$");
        assert_eq!(azerty.in_words(shortcut(".")), ":");
        assert_eq!(
            azerty.in_words(shortcut("Ctrl+,")),
            "Ctrl+,",
            "it is pressed where it lies"
        );
        assert_eq!(azerty.in_words(shortcut("Ctrl+A")), "Ctrl+A");
        assert_eq!(arabic().in_words(shortcut("]")), "د");
        assert_eq!(arabic().in_words(shortcut("1")), "١");
        let back = [event(press(Key::Num1, Key::Num1)), Event::Text("1".to_owned())];
        let mut changed = arabic();
        changed.learn(&back, |_| true);
        assert_eq!(changed.in_words(shortcut("1")), "1", "another layout was chosen");
        changed.learn(&back[..1], |_| true);
        let undrawn = [event(press(Key::Num1, Key::Num1)), Event::Text("१".to_owned())];
        changed.learn(&undrawn, |_| false);
        assert_eq!(
            changed.in_words(shortcut("1")),
            "1",
            "what cannot be drawn is not shown"
        );
    }

    #[test]
    fn what_is_recorded_is_found_again_by_the_same_press() {
        let shifted = |press| Press {
            modifiers: Modifiers::COMMAND | Modifiers::SHIFT,
            ..press
        };
        let (plain, azerty, arabic) = (Keyboard::new(), azerty(), arabic());
        for (keyboard, press, words) in [
            (&plain, ctrl(Key::Z, Key::Z), "Ctrl+Z"),
            (
                &plain,
                shifted(press(Key::CloseCurlyBracket, Key::CloseBracket)),
                "Ctrl+Shift+]",
            ),
            (
                &plain,
                shifted(press(Key::Questionmark, Key::Slash)),
                "Ctrl+Shift+/",
            ),
            (&plain, shifted(press(Key::Plus, Key::Equals)), "Ctrl+Shift+="),
            (&plain, press(Key::ArrowLeft, Key::Num4), "Left"),
            (&azerty, ctrl(Key::A, Key::Q), "Ctrl+A"),
            (&azerty, press(Key::Quote, Key::Num3), "3"),
            (&azerty, press(Key::Comma, Key::M), ","),
            (&arabic, ctrl(Key::Z, Key::Z), "Ctrl+Z"),
            (&arabic, ctrl(Key::Slash, Key::Q), "Ctrl+Q"),
            (&arabic, press(Key::CloseBracket, Key::CloseBracket), "]"),
            (&arabic, shifted(press(Key::CloseBracket, Key::D)), "Ctrl+Shift+D"),
        ] {
            let recorded = keyboard.recorded(press).unwrap();
            assert_eq!(recorded.to_string(), words);
            assert!(keyboard.is_press(recorded, press).is_some(), "{words}");
        }
        assert_eq!(plain.recorded(press(Key::ShiftLeft, Key::ShiftLeft)), None);
        let mut placeless = press(Key::Num3, Key::Num3);
        placeless.physical = None;
        assert_eq!(plain.recorded(placeless), Some(shortcut("3")));
    }
}
