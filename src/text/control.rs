//! Characters that are not seen: their names, which of them could deceive, and what to draw for those that no font has.
//!
//! Knows nothing of how they are shown.

use std::borrow::Cow;

use super::offset::{ByteRange, range};
use super::script::{Script, script_of};

/// An invisible character in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Where it stands.
    pub range: ByteRange,
    /// What it is.
    pub character: char,
    /// Why it could deceive a reader, where it could.
    pub deception: Option<Deception>,
}

/// Why an invisible character could make a reader see another text than a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deception {
    /// It shows letters in another order than that in which they are stored.
    Override,
    /// It opens an embedding or isolate that its paragraph does not close.
    Unclosed,
    /// It closes what nothing opened.
    Unopened,
    /// It splits a word of a script that has no use for it: two words look the same and are not.
    HiddenInWord,
    /// A letter that is blank, or a tag outside a flag: text that nobody sees.
    HiddenText,
}

/// Abbreviation and name (of the Unicode standard, in lower case) of the characters that are not seen.
const NAMES: &[(char, &str, &str)] = &[
    ('\u{ad}', "SHY", "soft hyphen"),
    ('\u{34f}', "CGJ", "combining grapheme joiner"),
    ('\u{61c}', "ALM", "arabic letter mark"),
    ('\u{115f}', "HCF", "hangul choseong filler"),
    ('\u{1160}', "HJF", "hangul jungseong filler"),
    ('\u{180e}', "MVS", "mongolian vowel separator"),
    ('\u{200b}', "ZWSP", "zero width space"),
    ('\u{200c}', "ZWNJ", "zero width non-joiner"),
    ('\u{200d}', "ZWJ", "zero width joiner"),
    ('\u{200e}', "LRM", "left-to-right mark"),
    ('\u{200f}', "RLM", "right-to-left mark"),
    ('\u{202a}', "LRE", "left-to-right embedding"),
    ('\u{202b}', "RLE", "right-to-left embedding"),
    ('\u{202c}', "PDF", "pop directional formatting"),
    ('\u{202d}', "LRO", "left-to-right override"),
    ('\u{202e}', "RLO", "right-to-left override"),
    ('\u{2060}', "WJ", "word joiner"),
    ('\u{2061}', "FA", "function application"),
    ('\u{2062}', "IT", "invisible times"),
    ('\u{2063}', "IS", "invisible separator"),
    ('\u{2064}', "IP", "invisible plus"),
    ('\u{2066}', "LRI", "left-to-right isolate"),
    ('\u{2067}', "RLI", "right-to-left isolate"),
    ('\u{2068}', "FSI", "first strong isolate"),
    ('\u{2069}', "PDI", "pop directional isolate"),
    ('\u{3164}', "HF", "hangul filler"),
    ('\u{feff}', "ZWNBSP", "zero width no-break space"),
    ('\u{ffa0}', "HHF", "halfwidth hangul filler"),
    ('\u{fff9}', "IAA", "interlinear annotation anchor"),
    ('\u{fffa}', "IAS", "interlinear annotation separator"),
    ('\u{fffb}', "IAT", "interlinear annotation terminator"),
];

/// Abbreviation and name of a character that is not seen; none for one that is.
pub fn control_name(c: char) -> Option<(&'static str, &'static str)> {
    if matches!(c, '\u{e0001}' | '\u{e0020}'..='\u{e007f}') {
        return Some(("TAG", "tag character"));
    }
    let index = NAMES.binary_search_by_key(&c, |(control, ..)| *control).ok()?;
    NAMES.get(index).map(|(_, short, name)| (*short, *name))
}

/// Whether a character is never seen: [`control_name`] knows it.
pub fn is_control(c: char) -> bool {
    // Nearly all text is decided by this comparison.
    c >= '\u{ad}' && control_name(c).is_some()
}

/// The invisible characters of a text, in order.
pub fn controls(text: &str) -> Vec<Control> {
    let mut found: Vec<Control> = Vec::new();
    // What is open in this paragraph: index in `found`, and whether it is an isolate.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut before: Option<char> = None;
    // What is seen behind the run of invisible ones that is gone through, looked for once.
    let mut seen_behind: Option<Option<char>> = None;
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\r' | '\u{85}' | '\u{2029}') {
            flag_unclosed(&mut found, &mut open);
        }
        if is_control(c) {
            let seen_behind = *seen_behind.get_or_insert_with(|| {
                let behind = text.get(at..).unwrap_or_default();
                behind.chars().find(|c| !is_control(*c))
            });
            let deception = match c {
                '\u{202a}'..='\u{202b}' | '\u{202d}'..='\u{202e}' | '\u{2066}'..='\u{2068}' => {
                    open.push((found.len(), c >= '\u{2066}'));
                    matches!(c, '\u{202d}' | '\u{202e}').then_some(Deception::Override)
                }
                '\u{202c}' => (!close(&mut open, false)).then_some(Deception::Unopened),
                '\u{2069}' => (!close(&mut open, true)).then_some(Deception::Unopened),
                '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' => {
                    Some(Deception::HiddenText)
                }
                '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => {
                    (before != Some('\u{1f3f4}')).then_some(Deception::HiddenText)
                }
                // A soft hyphen is how the web hyphenates; it is shown on demand, like the rest.
                '\u{ad}' => None,
                _ => is_inside_word(before, seen_behind).then_some(Deception::HiddenInWord),
            };
            found.push(Control {
                range: range(at, at + c.len_utf8()),
                character: c,
                deception,
            });
        } else {
            before = Some(c);
            seen_behind = None;
        }
    }
    flag_unclosed(&mut found, &mut open);
    found
}

/// A text of the same length in bytes, with the same boundaries, for the layout: tabs and other control codes, for
/// which fonts have no glyph, become spaces, those of two bytes (NEL among them) no-break spaces.
pub fn drawable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let substitute = |c: char| match c {
        '\0'..='\u{1f}' | '\u{7f}' => ' ',
        '\u{80}'..='\u{9f}' => '\u{a0}',
        c => c,
    };
    Cow::Owned(text.chars().map(substitute).collect())
}

/// Closes the last open embedding (or override), or the last open isolate with what was opened inside it; whether
/// there was one. An embedding outside an isolate cannot be closed from inside it (UAX #9, X7 and X6a).
fn close(open: &mut Vec<(usize, bool)>, isolate: bool) -> bool {
    if !isolate {
        return open.pop_if(|(_, is_isolate)| !*is_isolate).is_some();
    }
    let last = open.iter().rposition(|(_, is_isolate)| *is_isolate);
    open.truncate(last.unwrap_or(open.len()));
    last.is_some()
}

fn flag_unclosed(found: &mut [Control], open: &mut Vec<(usize, bool)>) {
    for (index, _) in open.drain(..) {
        if let Some(control) = found.get_mut(index) {
            control.deception.get_or_insert(Deception::Unclosed);
        }
    }
}

/// Whether both neighbours are letters of one script that joins and orders its letters without help.
fn is_inside_word(before: Option<char>, behind: Option<char>) -> bool {
    let script = |c: Option<char>| c.filter(|c| c.is_alphabetic()).and_then(script_of);
    let simple = [Script::LATIN, Script::GREEK, Script::CYRILLIC, Script::HEBREW];
    script(before).is_some_and(|one| simple.contains(&one) && script(behind) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::super::marked::any_text;
    use super::*;
    use proptest::prelude::*;

    /// The abbreviations of what is found, with `!` and the reason where it could deceive.
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = controls(text)
            .iter()
            .map(|control| {
                let short = control_name(control.character).unwrap().0;
                let found = text.get(control.range.as_usize()).unwrap();
                assert_eq!(found, control.character.to_string());
                control
                    .deception
                    .map_or(short.to_owned(), |why| format!("{short}!{why:?}"))
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text:?}");
    }

    #[test]
    fn what_scripts_need_does_not_deceive() {
        check("Alep, حلب, अलेप्पो\t\n", "");
        check("می\u{200c}خواهم", "ZWNJ");
        check("क्\u{200d}ष", "ZWJ");
        check("👩\u{200d}👧", "ZWJ");
        check("ไทย\u{200b}แลนด์", "ZWSP");
        check("\u{feff}Titre", "ZWNBSP");
        check("mi\u{ad}lice", "SHY");
        check("حلب\u{200f} (ISIS)\u{200e}", "RLM LRM");
        check("\u{2067}حلب\u{2069} and \u{202a}a\u{202c}", "RLI PDI LRE PDF");
        check("🏴\u{e0067}\u{e0062}\u{e007f}", "TAG TAG TAG");
    }

    #[test]
    fn what_could_deceive_is_flagged_with_its_reason() {
        check("\u{202e}cba\u{202c}", "RLO!Override PDF");
        check("\u{2067}abc\ndef", "RLI!Unclosed");
        check("abc\u{2069}\u{202c}", "PDI!Unopened PDF!Unopened");
        check(
            "\u{202a}a\u{2067}b\u{202c}c\u{2069}d\u{202c}",
            "LRE RLI PDF!Unopened PDI PDF",
        );
        check("mili\u{200b}ce", "ZWSP!HiddenInWord");
        check("mili\u{200b}\u{200d}ce", "ZWSP!HiddenInWord ZWJ!HiddenInWord");
        check("מל\u{200e}ה", "LRM!HiddenInWord");
        check("a\u{3164}b", "HF!HiddenText");
        check("a\u{e0041}b", "TAG!HiddenText");
    }

    #[test]
    fn a_megabyte_of_what_is_not_seen_is_gone_through_once() {
        let hidden = "\u{200b}".repeat(350_000);
        let all = controls(&format!("mili{hidden}ce"));
        assert_eq!(all.len(), 350_000);
        assert!(
            all.iter()
                .all(|control| control.deception == Some(Deception::HiddenInWord))
        );
    }

    #[test]
    fn the_table_is_in_order_and_names_are_unique() {
        assert!(NAMES.is_sorted_by(|one, next| one.0 < next.0));
        let shorts: std::collections::BTreeSet<_> = NAMES.iter().map(|(_, short, _)| short).collect();
        assert_eq!(shorts.len(), NAMES.len());
    }

    #[test]
    fn what_has_no_glyph_is_drawn_as_space_of_the_same_length() {
        assert_eq!(
            drawable("a\tb\u{b}\u{c}\0\u{7f}\r\n"),
            "a b      ".get(..9).unwrap_or_default()
        );
        assert_eq!(drawable("a\u{85}b\u{9f}"), "a\u{a0}b\u{a0}");
        assert!(matches!(drawable("حلب\u{2028}Alep\u{200f}"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn drawing_keeps_every_boundary(text in any_text()) {
            let drawn = drawable(&text);
            prop_assert_eq!(drawn.len(), text.len());
            for at in 0..=text.len() {
                prop_assert_eq!(drawn.is_char_boundary(at), text.is_char_boundary(at));
            }
            prop_assert!(!drawn.chars().any(char::is_control));
        }
    }
}
