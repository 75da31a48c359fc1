//! Searching the manual: in which section of which page all words stand that were typed.
//!
//! Words are found in any spelling, and by their beginnings. What is found in a heading comes first, then the manual
//! before the formats.

use super::topic::{Place, Topic, slug};
use crate::gui::keys::Keys;
use crate::gui::markdown::{Block, BlockKind};
use crate::text::fold;

/// Sections that are shown at most.
const MOST: usize = 60;

/// All sections of all pages.
pub(super) struct Index {
    sections: Vec<Section>,
}

/// A heading with what stands below it.
struct Section {
    place: Place,
    title: String,
    /// Words of the headings, folded.
    heading: Vec<String>,
    /// Each sentence as it is read, and its words, folded.
    parts: Vec<(String, Vec<String>)>,
}

/// A section that has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is.
    pub(super) place: Place,
    /// The page, and the heading in it.
    pub(super) title: String,
    /// The part of it that has most of the words.
    pub(super) part: String,
}

impl Index {
    /// Reads all pages.
    pub(super) fn new() -> Self {
        let topics = Topic::pages().chain(Topic::formats());
        Self {
            sections: topics.flat_map(sections).collect(),
        }
    }

    /// The sections with all words of a query; none for a query without words.
    pub(super) fn find(&self, query: &str) -> Vec<Found> {
        let query = words_of(query);
        if query.is_empty() {
            return Vec::new();
        }
        let (in_heading, below): (Vec<&Section>, Vec<&Section>) = self
            .sections
            .iter()
            .filter(|section| section.has(&query))
            .partition(|section| query.iter().all(|word| has(&section.heading, word)));
        let all = in_heading.into_iter().chain(below).take(MOST);
        all.map(|section| section.found(&query)).collect()
    }
}

/// The sections of a page.
fn sections(topic: Topic) -> Vec<Section> {
    let title = topic.title();
    let mut sections: Vec<Section> = Vec::new();
    for block in topic.blocks(Keys::defaults(), None) {
        let BlockKind::Heading(level) = block.kind else {
            if let Some(section) = sections.last_mut() {
                section.take(block);
            }
            continue;
        };
        let is_top = level == 1;
        let name = if is_top {
            title.to_owned()
        } else {
            format!("{title} › {}", block.text)
        };
        sections.push(Section {
            place: Place {
                topic,
                heading: (!is_top).then(|| slug(&block.text)),
            },
            heading: words_of(&name),
            title: name,
            parts: Vec::new(),
        });
    }
    sections
}

impl Section {
    fn take(&mut self, block: Block) {
        let words = match block.at_end {
            Some(end) => format!("{}  {end}", block.text),
            None => block.text,
        };
        let words = words.replace('\u{2028}', " ");
        let sentences = words.split_inclusive(". ");
        self.parts
            .extend(sentences.map(|part| (part.to_owned(), words_of(part))));
    }

    fn has(&self, query: &[String]) -> bool {
        let below = |word: &String| self.parts.iter().any(|(_, words)| has(words, word));
        query.iter().all(|word| has(&self.heading, word) || below(word))
    }

    fn found(&self, query: &[String]) -> Found {
        let count = |words: &[String]| query.iter().filter(|word| has(words, word)).count();
        let best = self
            .parts
            .iter()
            .rev()
            .max_by_key(|(_, words)| count(words))
            .map(|(text, _)| text.clone());
        Found {
            place: self.place.clone(),
            title: self.title.clone(),
            part: best.unwrap_or_default(),
        }
    }
}

/// Whether one of some words begins with another.
fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|own| own.starts_with(word))
}

fn words_of(text: &str) -> Vec<String> {
    fold(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Vec<String> {
        let index = Index::new();
        let found = index.find(query).into_iter();
        found
            .map(|found| format!("{} | {}", found.title, found.part))
            .collect()
    }

    #[test]
    fn all_words_must_stand_in_one_section_and_headings_come_first() {
        let first = found("damaged file").into_iter().next().unwrap();
        assert!(
            first.starts_with("What happens to your data › When a file is damaged"),
            "{first}"
        );
        assert!(found("undo zebra").is_empty() && found(" … ").is_empty());
    }

    #[test]
    fn words_are_found_in_any_spelling_by_their_beginnings_and_commands_in_the_list_of_keys() {
        assert_eq!(found("RECOVER"), found("récover"));
        assert!(found("proclit").iter().any(|found| found.contains("Arabic")));
        let keys = found("merge spans");
        assert!(
            keys.iter()
                .any(|found| found == "All commands and keys › Annotate | Merge spans  M"),
            "{keys:?}"
        );
        assert!(
            found("doccano")
                .iter()
                .any(|found| found.starts_with("doccano JSONL"))
        );
    }

    #[test]
    fn the_part_that_is_shown_has_the_words() {
        let found = found("network share");
        assert!(found[0].contains("network share"), "{found:?}");
    }
}
