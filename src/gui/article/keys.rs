//! Which label a key press means.
//!
//! A label's key is one character of the codebook. Digits and brackets stand for a place on the keyboard, so that
//! they work where the layout puts other characters there (AZERTY, Arabic); letters go by the layout.

use egui::Key;

use crate::model::{Codebook, Label};

/// The label whose key was pressed. `physical` is the place on the keyboard, where the platform tells it.
pub fn label_of_key(codebook: &Codebook, key: Key, physical: Option<Key>) -> Option<&Label> {
    codebook
        .labels
        .iter()
        .find(|label| label.key.is_some_and(|c| matches(c, key, physical)))
}

/// The label whose key is a typed character that no [`Key`] stands for, such as a letter of another script.
pub fn label_of_text<'a>(codebook: &'a Codebook, typed: &str) -> Option<&'a Label> {
    let mut chars = typed.chars();
    let (c, rest) = (chars.next()?, chars.next());
    if rest.is_some() || c.is_ascii() {
        return None;
    }
    codebook.labels.iter().find(|label| label.key == Some(c))
}

/// The label whose key is what an input method has settled.
pub fn label_of_commit<'a>(codebook: &'a Codebook, typed: &str) -> Option<&'a Label> {
    let mut chars = typed.chars();
    let (c, rest) = (chars.next()?, chars.next());
    let is_key = |key: char| key == c || key.eq_ignore_ascii_case(&c);
    let mut labels = codebook.labels.iter();
    labels.find(|label| rest.is_none() && label.key.is_some_and(is_key))
}

/// Whether a key press means a character.
fn matches(c: char, key: Key, physical: Option<Key>) -> bool {
    match by_place(c) {
        Some(place) => physical.unwrap_or(key) == place,
        None => Key::from_name(&c.to_ascii_uppercase().to_string()).is_some_and(|wanted| wanted == key),
    }
}

/// The place on the keyboard that a digit or bracket stands for.
fn by_place(c: char) -> Option<Key> {
    const DIGITS: [Key; 10] = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    match c {
        '[' => Some(Key::OpenBracket),
        ']' => Some(Key::CloseBracket),
        _ => DIGITS.get(usize::try_from(c.to_digit(10)?).ok()?).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_is_a_place_on_the_keyboard() {
        // AZERTY: the key of 3 types a quotation mark.
        assert!(matches('3', Key::Quote, Some(Key::Num3)));
        // A layout that types 3 elsewhere does not mean it.
        assert!(!matches('3', Key::Num3, Some(Key::Num5)));
        // A platform that does not tell the place.
        assert!(matches('3', Key::Num3, None));
        assert!(matches('[', Key::Num5, Some(Key::OpenBracket)));
    }

    #[test]
    fn a_letter_goes_by_the_layout() {
        // AZERTY: A lies where QWERTY has Q.
        assert!(matches('a', Key::A, Some(Key::Q)));
        assert!(!matches('q', Key::A, Some(Key::Q)));
    }
}
