//! Scripts: which writing system a text is in (UAX #24).
//!
//! Knows nothing of languages and fonts.

use std::collections::BTreeMap;

use icu_properties::props::Script as Property;
use icu_properties::{CodePointMapData, PropertyNamesLong, PropertyNamesShort};

use super::offset::{ByteRange, range};

/// A writing system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Script(Property);

impl Script {
    /// Arabic, which also writes Persian, Urdu, Kurdish, Pashto.
    pub const ARABIC: Self = Self(Property::Arabic);
    /// Hebrew.
    pub const HEBREW: Self = Self(Property::Hebrew);
    /// Latin.
    pub const LATIN: Self = Self(Property::Latin);
    /// Greek.
    pub const GREEK: Self = Self(Property::Greek);
    /// Cyrillic.
    pub const CYRILLIC: Self = Self(Property::Cyrillic);
    /// Armenian.
    pub const ARMENIAN: Self = Self(Property::Armenian);
    /// Cherokee.
    pub const CHEROKEE: Self = Self(Property::Cherokee);
    /// Devanagari, which writes Hindi, Marathi, Nepali.
    pub const DEVANAGARI: Self = Self(Property::Devanagari);
    /// Chinese characters.
    pub const HAN: Self = Self(Property::Han);

    /// Its code of ISO 15924, such as `Arab`.
    pub fn code(self) -> &'static str {
        PropertyNamesShort::<Property>::new()
            .get(self.0)
            .unwrap_or("Zzzz")
    }

    /// Its name in English, such as `Arabic`.
    pub fn name(self) -> &'static str {
        PropertyNamesLong::<Property>::new()
            .get(self.0)
            .unwrap_or("unknown script")
    }
}

/// The script of a character; none where it serves many scripts (digits, spaces, marks, punctuation).
pub fn script_of(c: char) -> Option<Script> {
    let script = CodePointMapData::<Property>::new().get(c);
    let is_shared = matches!(script, Property::Common | Property::Inherited | Property::Unknown);
    (!is_shared).then_some(Script(script))
}

/// The stretches of a text in one script each, which tile it. What serves many scripts goes with the stretch before it,
/// at the start of the text with the one behind it; a text of nothing else has no stretch.
pub fn script_runs(text: &str) -> Vec<(ByteRange, Script)> {
    let mut runs: Vec<(ByteRange, Script)> = Vec::new();
    let (mut start, mut current) = (0, None);
    for (at, c) in text.char_indices() {
        let Some(script) = script_of(c) else { continue };
        match current {
            Some(current) if current == script => continue,
            Some(current) => {
                runs.push((range(start, at), current));
                start = at;
            }
            None => {}
        }
        current = Some(script);
    }
    runs.extend(current.map(|script| (range(start, text.len()), script)));
    runs
}

/// The script of most of a text's characters that have one.
pub fn main_script(text: &str) -> Option<Script> {
    let mut counts: BTreeMap<Script, usize> = BTreeMap::new();
    for script in text.chars().filter_map(script_of) {
        *counts.entry(script).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(script, _)| script)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs as `code:words`.
    fn check(text: &str, expected: &[&str]) {
        let runs: Vec<String> = script_runs(text)
            .iter()
            .map(|(range, script)| format!("{}:{}", script.code(), text.get(range.as_usize()).unwrap()))
            .collect();
        assert_eq!(runs, expected);
    }

    #[test]
    fn runs_tile_the_text_and_shared_characters_follow() {
        check("", &[]);
        check("2022 !", &[]);
        check(
            "« قال Macron, أمس »",
            &["Arab:« قال ", "Latn:Macron, ", "Arab:أمس »"],
        );
        check("阿勒颇 is حلب", &["Hani:阿勒颇 ", "Latn:is ", "Arab:حلب"]);
        check(
            "e\u{301}t हिंदी ไทย",
            &["Latn:e\u{301}t ", "Deva:हिंदी ", "Thai:ไทย"],
        );
    }

    #[test]
    fn most_characters_decide() {
        assert_eq!(main_script("AFP — قتل خمسون مدنيا"), Some(Script::ARABIC));
        assert_eq!(main_script("12/05"), None);
        assert_eq!(script_of('ש'), Some(Script::HEBREW));
    }
}
