//! Text as XML holds it, and how many characters it could not hold.

use super::Diagnostic;

/// Escapes text. Each character that XML cannot hold becomes one space, so that positions stay.
#[derive(Default)]
pub(super) struct XmlText {
    replaced: u64,
}

impl XmlText {
    /// For what stands in an element; tabs and line breaks stay as they are.
    pub(super) fn content(&mut self, text: &str) -> String {
        self.escaped(text, false)
    }

    /// For the value of an attribute, in which a tab or a line break that is not escaped is read as a space.
    pub(super) fn attribute(&mut self, text: &str) -> String {
        self.escaped(text, true)
    }

    fn escaped(&mut self, text: &str, escapes_breaks: bool) -> String {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\t' | '\n' if !escapes_breaks => escaped.push(c),
                '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => {
                    escaped.extend([format!("&#{};", u32::from(c))]);
                }
                c if is_refused(c) => {
                    self.replaced += 1;
                    escaped.push(' ');
                }
                c => escaped.push(c),
            }
        }
        escaped
    }

    /// The finding that characters were replaced, where any was.
    pub(super) fn finding(&self) -> Option<Diagnostic> {
        let message = format!(
            "control characters, which XML cannot hold and for which spaces stand: {}",
            self.replaced
        );
        (self.replaced > 0).then(|| Diagnostic::warning("characters_replaced", message))
    }
}

/// Whether XML cannot hold a character, not even as an escape.
pub(super) const fn is_refused(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
