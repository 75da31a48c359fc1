//! Words that mix scripts whose letters look alike, such as a Latin word with one Cyrillic letter in it: a reader sees
//! one word, a program another.
//!
//! Which letters look alike is the table of Unicode Technical Standard #39, in the crate that the Rust compiler uses for
//! its own warnings. A word that is written in one script throughout is never one of them, whatever it looks like.

use unicode_security::skeleton;

use super::offset::{ByteRange, range};
use super::script::{Script, script_of};

/// A letter that stands among those of another script, one of which it could be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The word.
    pub word: ByteRange,
    /// The first letter in it that is not of its main script.
    pub letter: ByteRange,
    /// The script of that letter.
    pub script: Script,
    /// The script of the word's other letters.
    pub among: Script,
}

/// Scripts that share shapes of letters.
const ALIKE: [Script; 5] = [
    Script::LATIN,
    Script::GREEK,
    Script::CYRILLIC,
    Script::ARMENIAN,
    Script::CHEROKEE,
];

/// The words of a text that mix letters which look alike, in order.
pub fn look_alikes(text: &str) -> Vec<LookAlike> {
    // Two of these scripts are wanted in one word, so one that is not Latin. Most texts have none.
    if !text.chars().any(is_alike_and_not_latin) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut word: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // Nearly all words are written in one script, which costs only this comparison.
        if c.is_alphabetic() {
            word.push((at, c));
        } else if !word.is_empty() {
            found.extend(mixed(&word));
            word.clear();
        }
    }
    found
}

/// Whether a character is of one of [`ALIKE`] but Latin. No script is asked for where those have no characters: below
/// Greek, and from Hebrew to Georgian, which is nearly all of most texts.
fn is_alike_and_not_latin(c: char) -> bool {
    !matches!(c, ..'\u{370}' | '\u{590}'..'\u{13a0}')
        && script_of(c).is_some_and(|script| script != Script::LATIN && ALIKE.contains(&script))
}

fn mixed(word: &[(usize, char)]) -> Option<LookAlike> {
    if word.iter().all(|(_, c)| c.is_ascii()) {
        return None;
    }
    let scripts: Vec<Option<Script>> = word.iter().map(|(_, c)| script_of(*c)).collect();
    let count = |script: Script| scripts.iter().filter(|other| **other == Some(script)).count();
    // Of two as many the first in the list is the main one.
    let among = ALIKE.into_iter().rev().max_by_key(|script| count(*script))?;
    let ((at, c), script) = word.iter().zip(&scripts).find_map(|(letter, script)| {
        let script = script.filter(|script| *script != among && ALIKE.contains(script))?;
        Some((*letter, script))
    })?;
    let is_taken_for_another = word.iter().zip(&scripts).any(|((_, c), own)| {
        let looks_like = skeleton(c.encode_utf8(&mut [0; 4])).next().and_then(script_of);
        own.is_some()
            && looks_like.is_some_and(|looks_like| Some(looks_like) != *own && count(looks_like) > 0)
    });
    let (first, (last, end)) = (word.first()?.0, *word.last()?);
    is_taken_for_another.then(|| LookAlike {
        word: range(first, last + end.len_utf8()),
        letter: range(at, at + c.len_utf8()),
        script,
        among,
    })
}

#[cfg(test)]
mod tests {
    use super::super::marked::any_text;
    use super::*;
    use proptest::prelude::*;

    /// The words found, the letter that is not of their script in brackets.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = look_alikes(text)
            .iter()
            .map(|found| {
                let (word, letter) = (found.word.as_usize(), found.letter.as_usize());
                let part = |range| text.get(range).unwrap();
                format!(
                    "{}[{}]{}",
                    part(word.start..letter.start),
                    part(letter.clone()),
                    part(letter.end..word.end)
                )
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_letter_of_another_script_that_looks_the_same_is_found() {
        check("la ville d’\u{410}lep et", &["[\u{410}]lep"]);
        check("M\u{430}cron, Pari\u{455}", &["M[\u{430}]cron", "Pari[\u{455}]"]);
        check("М\u{6f}сква", &["М[\u{6f}]сква"]);
        check("\u{39f}ttawa", &["[\u{39f}]ttawa"]);
    }

    #[test]
    fn words_that_mix_scripts_openly_or_not_at_all_are_let_be() {
        check("Alep, Москва, Αθήνα, حلب", &[]);
        check("10 μm, β2, Δt, αβγ", &[]);
        check("جامعةParis東京タワーABC", &[]);
        check("Rock’n’roll naïve Ærø", &[]);
        check("", &[]);
    }

    #[test]
    fn no_letter_of_these_scripts_lies_where_none_is_looked_for() {
        for c in ('\0'..'\u{370}').chain('\u{590}'..'\u{13a0}') {
            let script = script_of(c).filter(|script| *script != Script::LATIN);
            assert!(!script.is_some_and(|script| ALIKE.contains(&script)), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn letters_lie_in_their_words_and_words_in_the_text(text in any_text()) {
            for found in look_alikes(&text) {
                prop_assert!(found.word.covers(found.letter));
                prop_assert!(text.get(found.word.as_usize()).is_some_and(|word| word.chars().all(char::is_alphabetic)));
                prop_assert_ne!(found.script, found.among);
            }
        }
    }
}
