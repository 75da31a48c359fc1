//! A key with its modifiers, as the table of actions names it and as a person writes it.
//!
//! Knows no keyboard and no window: a key is one of the names below.

use std::fmt;

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// The name of the key, one of [`KEYS`].
    pub key: &'static str,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// The keys that a shortcut can have: the name, and how it is written where that differs.
pub const KEYS: &[(&str, &str)] = &[
    ("ArrowDown", "Down"),
    ("ArrowUp", "Up"),
    ("ArrowLeft", "Left"),
    ("ArrowRight", "Right"),
    ("PageDown", "Page down"),
    ("PageUp", "Page up"),
    ("Escape", "Esc"),
    ("Plus", "+"),
    ("Minus", "-"),
    ("Period", "."),
    ("Comma", ","),
    ("Semicolon", ";"),
    ("Colon", ":"),
    ("Slash", "/"),
    ("Backslash", "\\"),
    ("Quote", "'"),
    ("Backtick", "`"),
    ("OpenBracket", "["),
    ("CloseBracket", "]"),
    ("Equals", "="),
    ("Enter", "Enter"),
    ("Tab", "Tab"),
    ("Space", "Space"),
    ("Backspace", "Backspace"),
    ("Delete", "Delete"),
    ("Insert", "Insert"),
    ("Home", "Home"),
    ("End", "End"),
    ("0", "0"),
    ("1", "1"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5"),
    ("6", "6"),
    ("7", "7"),
    ("8", "8"),
    ("9", "9"),
    ("A", "A"),
    ("B", "B"),
    ("C", "C"),
    ("D", "D"),
    ("E", "E"),
    ("F", "F"),
    ("G", "G"),
    ("H", "H"),
    ("I", "I"),
    ("J", "J"),
    ("K", "K"),
    ("L", "L"),
    ("M", "M"),
    ("N", "N"),
    ("O", "O"),
    ("P", "P"),
    ("Q", "Q"),
    ("R", "R"),
    ("S", "S"),
    ("T", "T"),
    ("U", "U"),
    ("V", "V"),
    ("W", "W"),
    ("X", "X"),
    ("Y", "Y"),
    ("Z", "Z"),
    ("F1", "F1"),
    ("F2", "F2"),
    ("F3", "F3"),
    ("F4", "F4"),
    ("F5", "F5"),
    ("F6", "F6"),
    ("F7", "F7"),
    ("F8", "F8"),
    ("F9", "F9"),
    ("F10", "F10"),
    ("F11", "F11"),
    ("F12", "F12"),
];

impl Shortcut {
    /// A key alone.
    pub const fn key(key: &'static str) -> Self {
        Self {
            key,
            ctrl: false,
            shift: false,
            alt: false,
        }
    }

    /// The same with Ctrl held too.
    #[must_use]
    pub const fn ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// The same with Alt held too.
    #[must_use]
    pub const fn alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// The same with Shift held too.
    #[must_use]
    pub const fn shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// Reads what [`fmt::Display`] writes, in any case: `Ctrl+Shift+Z`, `Alt+Left`, `]`, `+`.
    pub fn parse(words: &str) -> Option<Self> {
        let mut rest = words.trim();
        let mut shortcut = Self::key("");
        while let Some((before, behind)) = rest.split_once('+').filter(|(before, _)| !before.is_empty()) {
            let held = match before.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" | "command" => &mut shortcut.ctrl,
                "shift" => &mut shortcut.shift,
                "alt" | "option" => &mut shortcut.alt,
                _ => return None,
            };
            if std::mem::replace(held, true) {
                return None;
            }
            rest = behind;
        }
        let key = rest.trim();
        let same = |other: &str| other.eq_ignore_ascii_case(key);
        let (name, _) = KEYS.iter().find(|(name, written)| same(name) || same(written))?;
        Some(Self {
            key: name,
            ..shortcut
        })
    }

    /// Whether the place on the keyboard counts and not what the layout puts there: digits and brackets, which French
    /// and Arabic layouts have elsewhere or not at all.
    pub fn is_physical(&self) -> bool {
        matches!(self.key, "OpenBracket" | "CloseBracket")
            || self.key.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether it is free to be held or not: `+` and the full stop lie behind Shift on many keyboards.
    pub fn leaves_shift_free(&self) -> bool {
        matches!(self.key, "Plus" | "Period")
    }

    /// Whether it types something where text is edited.
    pub fn types(&self) -> bool {
        let is_function_key = self.key.len() > 1 && self.key.starts_with('F');
        !(self.ctrl || self.alt || is_function_key)
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")];
        for (_, name) in held.iter().filter(|(is_held, _)| *is_held) {
            f.write_str(name)?;
        }
        let written = KEYS.iter().find(|(name, _)| *name == self.key);
        f.write_str(written.map_or(self.key, |(_, written)| written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for (name, _) in KEYS {
            for shortcut in [
                Shortcut::key(name),
                Shortcut::key(name).ctrl().shift(),
                Shortcut::key(name).alt(),
            ] {
                assert_eq!(
                    Shortcut::parse(&shortcut.to_string()),
                    Some(shortcut),
                    "{shortcut}"
                );
            }
        }
    }

    #[test]
    fn hands_write_it_in_their_own_way_and_nonsense_is_nothing() {
        let undo = Shortcut::key("Z").ctrl().shift();
        assert_eq!(Shortcut::parse(" shift + CTRL+z "), Some(undo));
        assert_eq!(Shortcut::parse("Ctrl++"), Some(Shortcut::key("Plus").ctrl()));
        assert_eq!(
            Shortcut::parse("ctrl+pagedown"),
            Some(Shortcut::key("PageDown").ctrl())
        );
        for nonsense in ["", "Ctrl+", "Ctrl", "Hyper+Z", "Ctrl+Ctrl+Z", "é", "F99"] {
            assert_eq!(Shortcut::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn digits_and_brackets_are_places_and_letters_are_not() {
        assert!(Shortcut::key("0").ctrl().is_physical() && Shortcut::key("CloseBracket").is_physical());
        assert!(!Shortcut::key("Z").is_physical() && !Shortcut::key("F1").is_physical());
    }
}
