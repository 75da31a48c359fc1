//! A key with its modifiers, and how a person writes it: `Ctrl+Shift+Z`, `Alt+Left`, `]`, `Esc`.
//!
//! It knows the names of keys and what kind of key each is, and no window: which press is meant is for the window to
//! say.

use std::fmt;
use std::str::FromStr;

use KeyKind::{Function, Letter, Mark, Named, Place};

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// The name of the key, such as `Z`, `Enter`, `PageDown`, `F1`.
    pub key: &'static str,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What a key is for, which decides how a press is told to be its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A Latin letter: it goes by the layout, and by its place where the layout has none.
    Letter,
    /// A digit or a bracket: the place on the keyboard counts and not the character, as for digits on a French one.
    Place,
    /// Another mark: it goes by the layout, and by its place where the layout has no letter there.
    Mark,
    /// `F1` and the like, which type nothing and move nothing.
    Function,
    /// A key with a name: arrows, Enter, Tab.
    Named,
}

impl Shortcut {
    /// The key alone.
    pub const fn key(key: &'static str) -> Self {
        Self {
            key,
            ctrl: false,
            shift: false,
            alt: false,
        }
    }

    /// The key with Ctrl.
    pub const fn ctrl(key: &'static str) -> Self {
        Self {
            ctrl: true,
            ..Self::key(key)
        }
    }

    /// The key with Alt.
    pub const fn alt(key: &'static str) -> Self {
        Self {
            alt: true,
            ..Self::key(key)
        }
    }

    /// The same with Shift held too.
    #[must_use]
    pub const fn shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// The same with the key's one name, where the table of actions calls it by another.
    #[must_use]
    pub fn canonical(self) -> Self {
        Self {
            key: known(self.key).map_or(self.key, |known| known.name),
            ..self
        }
    }

    /// What kind of key it is; a key that is not known goes by its name.
    pub fn kind(self) -> KeyKind {
        known(self.key).map_or(Named, |known| known.kind)
    }

    /// Whether no modifier is held.
    pub const fn is_plain(self) -> bool {
        !self.ctrl && !self.shift && !self.alt
    }

    /// Whether Shift may be held or not: `+` lies behind it on many keyboards.
    pub fn has_free_shift(self) -> bool {
        matches!(self.key, "Plus" | "Period")
    }

    /// Whether the press types a character, or moves in a field or a list.
    pub fn is_typed(self) -> bool {
        !self.ctrl && !self.alt && self.kind() != Function
    }

    /// How the key alone is written, on a keyboard as in the United States.
    pub fn cap(self) -> &'static str {
        known(self.key).map_or(self.key, |known| known.written)
    }

    /// How it is written with that cap on its key.
    pub fn with_cap(self, cap: &str) -> String {
        let held = [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")];
        let mut words: String = held
            .iter()
            .filter(|(held, _)| *held)
            .map(|(_, name)| *name)
            .collect();
        words.push_str(cap);
        words
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_cap(self.cap()))
    }
}

/// Some words that are no shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoShortcut;

impl FromStr for Shortcut {
    type Err = NoShortcut;

    /// Reads it as a person writes it: upper or lower case, with or without spaces.
    fn from_str(words: &str) -> Result<Self, NoShortcut> {
        let mut shortcut = Self::key("");
        let mut rest = words.trim();
        // A `+` that stands alone is the key itself.
        while let Some((held, behind)) = rest.split_once('+') {
            match held.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "cmd" | "command" => shortcut.ctrl = true,
                "shift" => shortcut.shift = true,
                "alt" | "option" => shortcut.alt = true,
                _ => break,
            }
            rest = behind.trim();
        }
        let known = known(rest).ok_or(NoShortcut)?;
        Ok(Self {
            key: known.name,
            ..shortcut
        })
    }
}

/// The name of the key on which a character stands, where it has one: for the keys of labels.
pub fn key_of_character(character: char) -> Option<&'static str> {
    KEYS.iter()
        .find(|key| {
            let mut letters = key.written.chars();
            letters.next().is_some_and(|c| c.eq_ignore_ascii_case(&character)) && letters.next().is_none()
        })
        .map(|key| key.name)
}

/// A key that a shortcut can have.
struct KnownKey {
    /// As the window knows it.
    name: &'static str,
    /// As it is written.
    written: &'static str,
    kind: KeyKind,
}

/// The key of a name, of its written form, or of another usual name.
fn known(words: &str) -> Option<&'static KnownKey> {
    // Every frame asks by the names of the table, a person's spelling comes from a file once.
    KEYS.iter()
        .find(|key| key.name == words)
        .or_else(|| known_by_spelling(words))
}

fn known_by_spelling(words: &str) -> Option<&'static KnownKey> {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let same = |name: &str| {
        let letters = name.chars().filter(|c| !c.is_whitespace());
        bare.chars().count() == letters.clone().count()
            && bare
                .chars()
                .zip(letters)
                .all(|(one, other)| one.eq_ignore_ascii_case(&other))
    };
    let other = OTHER_NAMES
        .iter()
        .find(|(name, _)| same(name))
        .map(|(_, key)| *key);
    KEYS.iter()
        .find(|key| same(key.name) || same(key.written) || other == Some(key.name))
}

const fn row(name: &'static str, written: &'static str, kind: KeyKind) -> KnownKey {
    KnownKey { name, written, kind }
}

/// Names that people write beside those of the table.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("Del", "Delete"),
    ("Ins", "Insert"),
    ("Return", "Enter"),
    ("PgUp", "PageUp"),
    ("PgDown", "PageDown"),
    ("Spacebar", "Space"),
];

#[rustfmt::skip]
static KEYS: &[KnownKey] = &[
    row("A", "A", Letter), row("B", "B", Letter), row("C", "C", Letter), row("D", "D", Letter), row("E", "E", Letter),
    row("F", "F", Letter), row("G", "G", Letter), row("H", "H", Letter), row("I", "I", Letter), row("J", "J", Letter),
    row("K", "K", Letter), row("L", "L", Letter), row("M", "M", Letter), row("N", "N", Letter), row("O", "O", Letter),
    row("P", "P", Letter), row("Q", "Q", Letter), row("R", "R", Letter), row("S", "S", Letter), row("T", "T", Letter),
    row("U", "U", Letter), row("V", "V", Letter), row("W", "W", Letter), row("X", "X", Letter), row("Y", "Y", Letter),
    row("Z", "Z", Letter),
    row("0", "0", Place), row("1", "1", Place), row("2", "2", Place), row("3", "3", Place), row("4", "4", Place),
    row("5", "5", Place), row("6", "6", Place), row("7", "7", Place), row("8", "8", Place), row("9", "9", Place),
    row("OpenBracket", "[", Place), row("CloseBracket", "]", Place),
    row("Period", ".", Mark), row("Comma", ",", Mark), row("Semicolon", ";", Mark), row("Colon", ":", Mark),
    row("Quote", "'", Mark), row("Slash", "/", Mark), row("Backslash", "\\", Mark), row("Backtick", "`", Mark),
    row("Minus", "-", Mark), row("Plus", "+", Mark), row("Equals", "=", Mark), row("Questionmark", "?", Mark),
    row("Exclamationmark", "!", Mark), row("Pipe", "|", Mark), row("OpenCurlyBracket", "{", Mark),
    row("CloseCurlyBracket", "}", Mark), row("IntlBackslash", "<", Mark), row("Space", "Space", Named),
    row("F1", "F1", Function), row("F2", "F2", Function), row("F3", "F3", Function), row("F4", "F4", Function),
    row("F5", "F5", Function), row("F6", "F6", Function), row("F7", "F7", Function), row("F8", "F8", Function),
    row("F9", "F9", Function), row("F10", "F10", Function), row("F11", "F11", Function), row("F12", "F12", Function),
    row("F13", "F13", Function), row("F14", "F14", Function), row("F15", "F15", Function), row("F16", "F16", Function),
    row("F17", "F17", Function), row("F18", "F18", Function), row("F19", "F19", Function), row("F20", "F20", Function),
    row("F21", "F21", Function), row("F22", "F22", Function), row("F23", "F23", Function), row("F24", "F24", Function),
    row("BrowserBack", "Browser back", Function), row("BrowserForward", "Browser forward", Function),
    row("Pause", "Pause", Function), row("Help", "Help", Function), row("Menu", "Menu", Function),
    row("Escape", "Esc", Named), row("Tab", "Tab", Named), row("Backspace", "Backspace", Named),
    row("Enter", "Enter", Named), row("Insert", "Insert", Named), row("Delete", "Delete", Named),
    row("Home", "Home", Named), row("End", "End", Named), row("PageUp", "Page up", Named),
    row("PageDown", "Page down", Named), row("ArrowUp", "Up", Named), row("ArrowDown", "Down", Named),
    row("ArrowLeft", "Left", Named), row("ArrowRight", "Right", Named),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_for_every_key_and_all_modifiers() {
        for key in KEYS {
            for held in 0..8u8 {
                let shortcut = Shortcut {
                    key: key.name,
                    ctrl: held & 1 > 0,
                    shift: held & 2 > 0,
                    alt: held & 4 > 0,
                };
                assert_eq!(shortcut.to_string().parse(), Ok(shortcut), "{shortcut}");
                assert_eq!(shortcut.canonical(), shortcut);
            }
        }
    }

    #[test]
    fn a_shortcut_is_read_as_people_write_it() {
        for (words, meant) in [
            ("Ctrl+Shift+Z", Shortcut::ctrl("Z").shift()),
            ("shift + ctrl + z", Shortcut::ctrl("Z").shift()),
            ("Alt+Left", Shortcut::alt("ArrowLeft")),
            ("alt+arrowleft", Shortcut::alt("ArrowLeft")),
            ("]", Shortcut::key("CloseBracket")),
            (".", Shortcut::key("Period")),
            ("esc", Shortcut::key("Escape")),
            ("Escape", Shortcut::key("Escape")),
            ("Ctrl++", Shortcut::ctrl("Plus")),
            ("+", Shortcut::key("Plus")),
            ("page DOWN", Shortcut::key("PageDown")),
            ("Cmd+Return", Shortcut::ctrl("Enter")),
        ] {
            assert_eq!(words.parse(), Ok(meant), "{words}");
        }
    }

    #[test]
    fn what_is_no_shortcut_is_refused() {
        for words in [
            "",
            " ",
            "Ctrl+",
            "Ctrl",
            "Ctrl+Shift",
            "Hyper+A",
            "A+B",
            "AB",
            "ي",
            "F99",
            "\u{0}",
        ] {
            assert_eq!(words.parse::<Shortcut>(), Err(NoShortcut), "{words:?}");
        }
    }

    #[test]
    fn the_key_of_a_character_is_found_in_either_case() {
        assert_eq!(key_of_character('3'), Some("3"));
        assert_eq!(key_of_character('a'), Some("A"));
        assert_eq!(key_of_character('['), Some("OpenBracket"));
        assert_eq!(key_of_character('ق'), None);
    }
}
