//! What the manual is about: its pages, the pages of the formats, and the list of all keys; and where a link leads.
//!
//! Pages are read from their Markdown. Where a command is named with its key, the key is the one that holds.

use super::all_keys;
use crate::gui::keys::Keys;
use crate::gui::markdown::{Block, page};
use crate::gui::words;
use crate::model::{Codebook, words_in};
use crate::session::action::{Action, Shortcut, table};
use crate::session::codebook_toml::default_codebook;
use crate::session::{formats, manual};

/// A page that the pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A page of the manual.
    Page(&'static str),
    /// The page of a format.
    Format(&'static str),
    /// Every command with its keys.
    AllKeys,
}

/// A place in the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub topic: Topic,
    /// A heading in it, as links name it; the top where there is none.
    pub heading: Option<String>,
}

impl Topic {
    /// The page that takes a beginner by the hand.
    pub const FIRST: Self = Self::Page("first-ten-minutes");
    /// The page with which those of the formats belong.
    pub const FORMATS: Self = Self::Page("formats");

    /// The pages in the order in which they are listed, without those of the formats.
    pub fn pages() -> impl Iterator<Item = Self> {
        let pages = manual::pages().iter().map(|page| Self::Page(page.id));
        pages.chain([Self::AllKeys])
    }

    /// The pages of the formats.
    pub fn formats() -> impl Iterator<Item = Self> {
        formats().iter().map(|format| Self::Format(format.id))
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::AllKeys => words::ALL_KEYS,
            Self::Page(_) | Self::Format(_) => manual::title(self.text()),
        }
    }

    /// Its words. Commands get the keys that hold, labels those of the codebook at hand.
    pub fn blocks(self, keys: Keys<'_>, codebook: Option<&Codebook>) -> Vec<Block> {
        match self {
            Self::AllKeys => all_keys::blocks(keys, codebook),
            Self::Page(_) | Self::Format(_) => page(self.text(), &mut |name, written| {
                key_behind(name, written, keys, codebook)
            }),
        }
    }

    fn text(self) -> &'static str {
        let text = match self {
            Self::Page(id) => manual::page(id).map(|page| page.text),
            Self::Format(id) => formats()
                .iter()
                .find(|format| format.id == id)
                .map(|format| format.page),
            Self::AllKeys => None,
        };
        text.unwrap_or_default()
    }
}

impl Place {
    /// The top of a page.
    pub const fn top(topic: Topic) -> Self {
        Self { topic, heading: None }
    }

    /// A heading of a page of the manual.
    pub fn heading(page: &'static str, heading: &str) -> Self {
        Self {
            topic: Topic::Page(page),
            heading: Some(heading.to_owned()),
        }
    }

    /// Where a link of a page leads, if it leads to a page. Links are written as they hold between the files.
    pub fn of_link(from: Topic, target: &str) -> Option<Self> {
        let (path, heading) = match target.split_once('#') {
            Some((path, heading)) => (path, Some(heading.to_owned())),
            None => (target, None),
        };
        if path.is_empty() {
            return Some(Self { topic: from, heading });
        }
        let file = path.rsplit('/').next().unwrap_or(path);
        if file == "README.md" {
            return Some(Self::top(Topic::AllKeys));
        }
        let page = manual::pages().iter().find(|page| page.file == file);
        let of_format = || {
            let id = file.strip_suffix(".md")?;
            formats().iter().find(|format| format.id == id)
        };
        let topic = page
            .map(|page| Topic::Page(page.id))
            .or_else(|| of_format().map(|format| Topic::Format(format.id)))?;
        Some(Self { topic, heading })
    }
}

/// A heading as links name it: in small letters, with hyphens for spaces and without other signs.
pub fn slug(heading: &str) -> String {
    let letters = heading.trim().chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter.is_alphanumeric().then_some(letter),
    });
    letters.flat_map(char::to_lowercase).collect()
}

/// The command that a page names in bold: with or without its menu before it and dots behind it.
pub fn command_named(name: &str) -> Option<Action> {
    let name = name.rsplit(" › ").next().unwrap_or(name).trim_end_matches('…');
    let named = |entry: &&crate::session::action::Entry| {
        entry.takes_keys() && entry.name.trim_end_matches('…') == name
    };
    table().iter().find(named).map(|entry| entry.action)
}

/// The key of a command or of a label, as it is set and printed on the keyboard at hand.
fn key_behind(name: &str, written: &str, keys: Keys<'_>, codebook: Option<&Codebook>) -> Option<String> {
    match command_named(name) {
        Some(action) => {
            let own = keys.map.of(action);
            let meant = written.parse::<Shortcut>().ok().filter(|key| own.contains(key));
            let key = meant.or_else(|| own.first().copied());
            let words = key.map(|key| keys.keyboard.in_words(key));
            Some(words.unwrap_or_else(|| words::NO_KEY.to_lowercase()))
        }
        None => codebook
            .and_then(|codebook| label_key(name, codebook))
            .or_else(|| label_key(name, &default_codebook()))
            .map(|key| keys.label_cap(key)),
    }
}

/// The key of the label of that name.
pub fn label_key(name: &str, codebook: &Codebook) -> Option<char> {
    let is_it = |names| words_in(names, words::LANG) == Some(name);
    codebook.labels.iter().find(|label| is_it(&label.names))?.key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::keymap::Keymap;

    #[test]
    fn links_lead_where_the_files_are() {
        let lead = |target| Place::of_link(Topic::FIRST, target);
        assert_eq!(
            lead("02-article.md#find-words"),
            Some(Place::heading("article", "find-words"))
        );
        assert_eq!(
            lead("#look-around"),
            Some(Place::heading("first-ten-minutes", "look-around"))
        );
        assert_eq!(lead("formats/csv.md"), Some(Place::top(Topic::Format("csv"))));
        assert_eq!(
            lead("../../README.md#commands-and-keys"),
            Some(Place::top(Topic::AllKeys))
        );
        assert_eq!(lead("99-nowhere.md"), None);
    }

    #[test]
    fn headings_are_named_as_links_name_them() {
        assert_eq!(slug("Let it read a figure"), "let-it-read-a-figure");
        assert_eq!(slug("What is “this”?"), "what-is-this");
    }

    #[test]
    fn a_page_shows_the_keys_as_they_are_set() {
        let mut map = Keymap::default();
        map.set(Action::Undo, vec!["Alt+U".parse().unwrap()]);
        map.set(Action::Copy, Vec::new());
        let keys = Keys {
            map: &map,
            ..Keys::defaults()
        };
        let shown = |name, written| key_behind(name, written, keys, None);
        assert_eq!(shown("Undo", "Ctrl+Z").as_deref(), Some("Alt+U"));
        assert_eq!(shown("Edit › Copy", "Ctrl+C").as_deref(), Some("no key"));
        assert_eq!(shown("Redo", "Ctrl+Y").as_deref(), Some("Ctrl+Y"), "one of two");
        assert_eq!(shown("Export…", "Ctrl+E").as_deref(), Some("Ctrl+E"));
        assert_eq!(shown("Casualty", "3").as_deref(), Some("3"));
        assert_eq!(shown("Rename.", "Enter"), None);
        let mut own = default_codebook();
        own.labels[0].key = Some('q');
        assert_eq!(key_behind("Actor", "1", keys, Some(&own)).as_deref(), Some("q"));
    }
}
