//! What a page says of itself: title, language, publisher, address, date, author. Asked are, in this order, its JSON-LD
//! and its `meta` elements. Knows nothing of its text.

use dom_query::{Document, NodeRef};

use super::dom::{attribute, elements, first, line_of, one_line};
use super::facts::Facts;
use super::{date, json_ld};

impl Facts {
    /// What a page says of itself.
    pub fn of(page: &Document) -> Self {
        let root = page.root();
        let mut facts = json_ld::facts(&root);
        let metas = metas(&root);
        let said = |names: &'static [&'static str]| {
            let metas = &metas;
            let found = names
                .iter()
                .flat_map(move |name| metas.iter().filter(move |(key, _)| key == name));
            found.filter_map(|(_, value)| plain(value))
        };
        let meta = |names: &'static [&'static str]| said(names).next();
        let or = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        facts.sites.extend(facts.source.clone());
        facts.sites.extend(said(SOURCES));
        let window = first(&root, |element| element.has_name("title"));
        facts.window = window.and_then(|window| line_of(&window));
        or(&mut facts.title, meta(TITLES));
        or(&mut facts.source, meta(SOURCES));
        or(&mut facts.published, meta(DATES));
        or(&mut facts.author, said(AUTHORS).find(|author| is_name(author)));
        facts.url = canonical(&root)
            .or_else(|| meta(&["og:url"]).filter(|url| is_address(url)))
            .or(facts.url.take())
            .or_else(|| saved_from(&root));
        facts.lang = said_language(&root)
            .or(facts.lang.take())
            .or_else(|| meta(&["content-language", "language", "dc.language", "og:locale"]));
        facts.published = facts.published.map(|published| date::iso(&published));
        facts
    }
}

/// Names of `meta` elements, the best first.
const TITLES: &[&str] = &[
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "twitter:title",
    "title",
];
const SOURCES: &[&str] = &[
    "og:site_name",
    "citation_journal_title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "article:publisher_name",
    "application-name",
];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
];

/// The names and values of `meta` elements, in their order.
fn metas(root: &NodeRef<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for element in elements(root).filter(|element| element.has_name("meta")) {
        let Some(content) = attribute(&element, "content") else {
            continue;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(names) = attribute(&element, key) {
                let names = names.to_ascii_lowercase();
                found.extend(
                    names
                        .split_ascii_whitespace()
                        .map(|name| (name.to_owned(), content.clone())),
                );
            }
        }
    }
    found
}

/// A value on one line. Sites escape what they put into metadata once more than they should.
pub(super) fn plain(value: &str) -> Option<String> {
    if value.contains('&') && value.contains(';') {
        return one_line(&Document::fragment(value.replace('<', "&lt;")).text());
    }
    one_line(value)
}

/// The address that a page says is its own.
fn canonical(root: &NodeRef<'_>) -> Option<String> {
    let is_it = |element: &NodeRef<'_>| {
        element.has_name("link")
            && attribute(element, "rel").is_some_and(|found| found.eq_ignore_ascii_case("canonical"))
    };
    let found = elements(root).filter(is_it);
    found
        .filter_map(|link| attribute(&link, "href"))
        .find(|url| is_address(url))
}

/// The address that a browser or an archiver leaves in a comment when it saves a page.
fn saved_from(root: &NodeRef<'_>) -> Option<String> {
    let comments = root.descendants_it().take(200);
    let comments = comments.filter_map(|node| {
        node.query(|node| match &node.data {
            dom_query::NodeData::Comment { contents } => Some(contents.to_string()),
            _ => None,
        })?
    });
    let mut addresses = comments.filter_map(|comment| {
        let address = if let Some((_, behind)) = comment.split_once("saved from url=(") {
            behind.split_once(')')?.1
        } else if comment.contains("SingleFile") {
            comment.split_once("url:")?.1.trim_start()
        } else {
            return None;
        };
        address.split_ascii_whitespace().next().map(str::to_owned)
    });
    addresses.find(|url| is_address(url))
}

fn said_language(root: &NodeRef<'_>) -> Option<String> {
    let html = first(root, |element| element.has_name("html"))?;
    attribute(&html, "lang").or_else(|| attribute(&html, "xml:lang"))
}

/// The name in a line that says who wrote an article: without the word before it. After such a word names begin with a
/// capital, unlike those of which it is a part.
pub(super) fn name_in(line: &str) -> String {
    const BEFORE: &[&str] = &["by ", "par ", "von ", "por ", "بقلم", "كتب:", "كتبت:"];
    let line =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '·' | ','));
    let name = BEFORE.iter().find_map(|before| {
        let (start, name) = line.split_at_checked(before.len())?;
        let name = name.trim_matches([':', ' ', '\u{a0}']);
        let is_name = name.chars().next().is_some_and(|c| !c.is_lowercase());
        (start.to_lowercase() == **before && is_name).then_some(name)
    });
    name.unwrap_or(line).to_owned()
}

/// Whether a text may be the name of somebody, and not the address of a page about them.
pub(super) fn is_name(text: &str) -> bool {
    let is_path = text.contains('/') && !text.contains(char::is_whitespace);
    !is_path && !is_address(text) && !text.starts_with("www.")
}

/// Whether a text is an address of the web.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}
