//! An item of a feed while it is read, and which element says what of it. Knows nothing of XML.

use super::super::super::Diagnostic;
use super::super::{Facts, Words, date, filled, is_blank};

/// What an item, or the feed itself, says; the first that says anything counts.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub title: String,
    pub link: String,
    pub guid: String,
    pub published: String,
    pub updated: String,
    pub authors: Vec<String>,
    pub source: String,
    pub lang: String,
    pub content: String,
    pub summary: String,
    pub line: u64,
    /// Why words of it could not be read.
    pub trouble: Option<Diagnostic>,
}

/// Where the words of the open element go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    Guid,
    Published,
    Updated,
    Author,
    Source,
    Lang,
    Content,
    Summary,
}

/// How the words of an element are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    /// Plain or HTML, as each feed likes it.
    Either,
    Html,
    /// Elements of XHTML rather than words.
    Xhtml,
}

impl Item {
    /// Keeps what an element says.
    pub fn keep(&mut self, field: Field, text: &str) {
        match field {
            Field::Title => first(&mut self.title, text),
            Field::Link => first(&mut self.link, text),
            Field::Guid => first(&mut self.guid, text),
            Field::Published => first(&mut self.published, text),
            Field::Updated => first(&mut self.updated, text),
            Field::Source => first(&mut self.source, text),
            Field::Lang => first(&mut self.lang, text),
            Field::Content => first(&mut self.content, text),
            Field::Summary => first(&mut self.summary, text),
            Field::Author => {
                let text = person(text);
                if !text.is_empty() && !self.authors.iter().any(|known| known == text) {
                    self.authors.push(text.to_owned());
                }
            }
        }
    }

    /// Its date, as it is written.
    pub fn written(&self) -> Option<&str> {
        filled(&self.published).or_else(|| filled(&self.updated))
    }

    /// The article; what the item does not say, the feed says.
    pub fn into_words(self, channel: &Self) -> Words {
        let link = || filled(&self.guid).filter(|guid| guid.starts_with("http"));
        let url = filled(&self.link).or_else(link);
        let guid = filled(&self.guid).filter(|guid| Some(*guid) != url);
        let authors = if self.authors.is_empty() {
            &channel.authors
        } else {
            &self.authors
        };
        let lang = filled(&self.lang).or_else(|| filled(&channel.lang));
        let source = filled(&self.source).or_else(|| filled(&channel.title));
        let facts = Facts {
            lang: lang.map(str::to_owned),
            source: source.map(str::to_owned),
            guid: guid.map(str::to_owned),
            url: url.map(str::to_owned),
            published: self.written().map(date::iso),
            author: Some(authors.join(", ")),
            title: Some(self.title),
            ..Facts::default()
        };
        let is_whole = !is_blank(&self.content);
        let text = if is_whole { self.content } else { self.summary };
        Words { text, facts }
    }
}

/// What an element of an item or a channel says, and how it is written.
pub(super) fn field(name: &str, kind: Option<&str>, is_elsewhere: bool) -> Option<(Field, Manner)> {
    // Atom says how; in RSS what may be HTML is HTML.
    let manner = match kind {
        Some("xhtml" | "application/xhtml+xml") => Manner::Xhtml,
        Some("html" | "text/html") => Manner::Html,
        Some("text" | "text/plain") => Manner::Plain,
        _ => Manner::Either,
    };
    let is_bytes =
        kind.is_some_and(|kind| kind.contains('/') && !kind.starts_with("text/") && !kind.contains("xhtml"));
    let name = ["atom:", "a10:"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    Some(match name {
        "title" | "dc:title" => (Field::Title, manner),
        "link" => (Field::Link, Manner::Plain),
        "guid" | "id" | "dc:identifier" => (Field::Guid, Manner::Plain),
        "pubDate" | "pubdate" | "published" | "date" | "dc:date" | "issued" | "dcterms:issued"
        | "dcterms:created" => (Field::Published, Manner::Plain),
        "updated" | "modified" | "dcterms:modified" => (Field::Updated, Manner::Plain),
        "source" => (Field::Source, Manner::Plain),
        "author" | "dc:creator" => (Field::Author, Manner::Plain),
        "language" | "dc:language" => (Field::Lang, Manner::Plain),
        "content:encoded" => (Field::Content, Manner::Html),
        "content" | "fulltext" if !is_elsewhere && !is_bytes => (Field::Content, manner),
        "description" | "summary" | "dc:description" => (Field::Summary, manner),
        _ => return None,
    })
}

/// The name of a person, where her address stands before it: `a@b.org (Ada Lovelace)`.
fn person(written: &str) -> &str {
    let name = written
        .strip_suffix(')')
        .and_then(|written| written.split_once(" ("));
    match name {
        Some((address, name)) if address.contains('@') => name,
        _ => written,
    }
}

/// Keeps a value where there is none yet.
pub(super) fn first(kept: &mut String, value: &str) {
    if is_blank(kept) {
        value.clone_into(kept);
    }
}

/// Plain words in lines as they are, without white space around them.
pub(super) fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    lines.join("\n")
}
