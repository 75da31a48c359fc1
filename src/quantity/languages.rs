//! Which tables there are, and which of them may read given words.

use std::sync::LazyLock;

use crate::text::{Script, main_script};

use super::Context;
use super::table::Table;

/// A table with the script that its language is written in.
struct Language {
    tag: &'static str,
    script: Script,
    table: LazyLock<Table>,
}

macro_rules! languages {
    ($($tag:literal $script:expr),+ $(,)?) => {
        [$(Language {
            tag: $tag,
            script: $script,
            table: LazyLock::new(|| shipped($tag, include_str!(concat!("../../assets/quantity/", $tag, ".toml")))),
        }),+]
    };
}

/// In the order in which they are tried.
static LANGUAGES: [Language; 7] = languages![
    "fr" Script::LATIN,
    "en" Script::LATIN,
    "es" Script::LATIN,
    "ar" Script::ARABIC,
    "he" Script::HEBREW,
    "zh" Script::HAN,
    "hi" Script::DEVANAGARI,
];

/// A table that ships with the program; a test reads them all.
fn shipped(tag: &str, source: &str) -> Table {
    Table::read(tag, source).unwrap_or_else(|error| {
        debug_assert!(false, "a table cannot be read: {error}");
        Table::empty()
    })
}

/// The table of a language, by its tag.
#[cfg(test)]
pub(super) fn table(tag: &str) -> Option<&'static Table> {
    let language = LANGUAGES.iter().find(|language| language.tag == tag);
    language.map(|language| &*language.table)
}

/// All tables.
pub(super) fn tables() -> impl Iterator<Item = &'static Table> {
    LANGUAGES.iter().map(|language| &*language.table)
}

/// The tags of all tables.
#[cfg(test)]
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|language| language.tag)
}

/// The tables that may read these words: the one of the language, where it is written in the words' script, else all
/// of the script; for words without letters those of the script around them.
pub(super) fn for_words(words: &str, context: Context<'_>, lang: Option<&str>) -> Vec<&'static Table> {
    let primary = lang.map(|tag| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase());
    let script = main_script(words)
        .or_else(|| main_script(context.before))
        .or_else(|| main_script(context.after));
    let is_of_script = |language: &&Language| script.is_none_or(|script| script == language.script);
    let own = LANGUAGES
        .iter()
        .find(|language| primary.as_deref() == Some(language.tag))
        .filter(is_of_script);
    if let Some(language) = own {
        return vec![&language.table];
    }
    let of_script: Vec<&Table> = LANGUAGES
        .iter()
        .filter(is_of_script)
        .map(|language| &*language.table)
        .collect();
    if of_script.is_empty() {
        // A script that no table is for: the digits can still be read.
        return LANGUAGES
            .first()
            .map(|language| &*language.table)
            .into_iter()
            .collect();
    }
    of_script
}
