//! Which label a key press means.
//!
//! A label's key is one character of the codebook. Digits and brackets stand for a place on the keyboard, so that
//! they work where the layout puts other characters there (AZERTY, Arabic); letters go by the layout.

use crate::gui::keyboard::{Fit, Keyboard, Press};
use crate::model::{Codebook, Label};
use crate::session::action::Shortcut;
use crate::session::shortcut::key_of_character;

/// The label whose key was pressed, modifiers aside.
pub fn label_of_key<'a>(codebook: &'a Codebook, keyboard: &Keyboard, press: Press) -> Option<&'a Label> {
    let fits = |wanted: Fit| {
        offered(codebook).find(|label| {
            let key = label.key.and_then(key_of_character).map(Shortcut::key);
            key.and_then(|key| keyboard.fit(key, press)) == Some(wanted)
        })
    };
    fits(Fit::Exact).or_else(|| fits(Fit::ByPlace))
}

/// The label whose key is a typed character that no key stands for, such as a letter of another script.
pub fn label_of_text<'a>(codebook: &'a Codebook, typed: &str) -> Option<&'a Label> {
    let mut chars = typed.chars();
    let (c, rest) = (chars.next()?, chars.next());
    if rest.is_some() || c.is_ascii() {
        return None;
    }
    offered(codebook).find(|label| label.key == Some(c))
}

/// The label whose key is what an input method has settled.
pub fn label_of_commit<'a>(codebook: &'a Codebook, typed: &str) -> Option<&'a Label> {
    let mut chars = typed.chars();
    let (c, rest) = (chars.next()?, chars.next());
    let is_key = |key: char| key == c || key.eq_ignore_ascii_case(&c);
    let mut labels = offered(codebook);
    labels.find(|label| rest.is_none() && label.key.is_some_and(is_key))
}

/// Labels that are offered for new work.
fn offered(codebook: &Codebook) -> impl Iterator<Item = &Label> {
    codebook.labels.iter().filter(|label| !label.retired)
}
