//! What of a page is not in its text, and how that is told: part by part, by what it is and how it begins. Knows not how
//! the text was chosen.

use std::collections::BTreeSet;

use dom_query::{NodeId, NodeRef};

use super::super::Diagnostic;
use super::aside::{ABOUT, ADVERTISING, Asides, COLUMN, LINKS, NAVIGATION, NOTICE, OFFER, SHARE};
use super::dom::{attribute, elements, line_of, name_of};
use super::prose::{is_blank, is_unseen, is_words, text_of};

/// Parts that are named one by one.
const MOST_NAMED: usize = 8;
/// Of those that stood inside the text.
const MOST_NAMED_INSIDE: usize = 30;
/// Letters from which a part may be a piece of the article.
const PROSE: usize = 140;

/// A part of the page that is not in the main text.
struct Part {
    kind: &'static str,
    words: String,
    /// Whether it reads like a piece of the article.
    is_prose: bool,
    /// Whether it stood between pieces of the text.
    is_inside: bool,
}

impl Part {
    fn letters(&self) -> usize {
        self.words.chars().count()
    }
}

/// Tells what of a page is not in its main text. A heading or line that is the title or the author is not missing: it
/// stands in the metadata.
pub(super) fn left_out(
    body: &NodeRef<'_>,
    kept: &BTreeSet<NodeId>,
    asides: &Asides,
    known: &[Option<&str>],
) -> Vec<Diagnostic> {
    let parts = parts(body, kept, asides, known);
    let (inside, around): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| part.is_inside);
    let inside = told(
        &inside,
        MOST_NAMED_INSIDE,
        "characters were left out where they stood inside the text",
    );
    let around = told(&around, MOST_NAMED, "characters of the page are not in its text");
    inside.into_iter().chain(around).collect()
}

/// Tells that a document ends before its file does; nothing where no byte stands behind it.
pub(in super::super) fn behind_end(bytes: usize) -> Option<Diagnostic> {
    let message =
        format!("the document ends before its file does: the {bytes} bytes behind its end were left out");
    let hint = "look whether words are missing; if so, save each document in a file of its own";
    (bytes > 0).then(|| Diagnostic::warning("behind_end", message).with_hint(hint))
}

fn parts(body: &NodeRef<'_>, kept: &BTreeSet<NodeId>, asides: &Asides, known: &[Option<&str>]) -> Vec<Part> {
    let with_kept = with_what_is_around(body, kept);
    let is_known = |words: &str| known.iter().flatten().any(|known| *known == words);
    let mut parts: Vec<Part> = Vec::new();
    // How many parts there are before the first piece of the text, and before the last one so far.
    let (mut before, mut inside_until) = (None, 0);
    let mut stack = vec![*body];
    while let Some(node) = stack.pop() {
        if is_unseen(&node) {
            continue;
        }
        if kept.contains(&node.id) {
            if is_words(&node) {
                before.get_or_insert(parts.len());
                inside_until = parts.len();
            }
        } else if with_kept.contains(&node.id) {
            stack.extend(node.children_it(true));
        } else {
            let words = text_of(&node, &|_| true);
            if !is_blank(&words) && !is_known(&words) {
                parts.push(part(&node, words, asides));
            }
        }
    }
    let inside = before.unwrap_or_default()..inside_until;
    for part in parts.get_mut(inside).unwrap_or_default() {
        part.is_inside = true;
    }
    parts
}

/// The elements in which a piece that is kept stands.
pub(super) fn with_what_is_around(body: &NodeRef<'_>, kept: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    let mut with_kept = BTreeSet::new();
    for id in kept {
        for id in body.tree.ancestor_ids_of_it(id, None) {
            if !with_kept.insert(id) {
                break;
            }
        }
    }
    with_kept
}

fn part(node: &NodeRef<'_>, words: String, asides: &Asides) -> Part {
    let letters = words.chars().count();
    let kind = asides
        .get(&node.id)
        .copied()
        .unwrap_or_else(|| match kind_of(node) {
            kind @ (OTHER | CAPTION) => kind_of_most(node, letters, asides).unwrap_or(kind),
            kind => kind,
        });
    let links: usize = elements(node)
        .filter(|element| element.has_name("a"))
        .filter_map(|link| line_of(&link))
        .map(|link| link.chars().count())
        .sum();
    Part {
        is_prose: kind == OTHER && letters >= PROSE && links * 3 < letters,
        words,
        kind,
        is_inside: false,
    }
}

/// What a part is that is there for little else than something in it.
fn kind_of_most(node: &NodeRef<'_>, letters: usize, asides: &Asides) -> Option<&'static str> {
    let inner = elements(node).filter_map(|inner| Some((inner, *asides.get(&inner.id)?)));
    let mut most = inner.filter(|(inner, _)| text_of(inner, &|_| true).chars().count() * 2 >= letters);
    most.next().map(|(_, kind)| kind)
}

fn told(parts: &[Part], most_named: usize, what: &str) -> Option<Diagnostic> {
    if parts.is_empty() {
        return None;
    }
    let mut largest: Vec<usize> = (0..parts.len()).collect();
    largest.sort_by_key(|at| std::cmp::Reverse(parts.get(*at).map(Part::letters)));
    largest.truncate(most_named);
    largest.sort_unstable();
    let named = largest.iter().filter_map(|at| parts.get(*at));
    let mut named: Vec<String> = named
        .map(|part| {
            let (kind, letters, beginning) = (part.kind, part.letters(), beginning(&part.words));
            format!("{kind} ({letters} characters: “{beginning}”)")
        })
        .collect();
    let more = parts.len() - largest.len();
    if more > 0 {
        named.push(format!("{more} smaller parts"));
    }
    let all: usize = parts.iter().map(Part::letters).sum();
    let message = format!("{all} {what}: {}", named.join(", "));
    let found = if parts.iter().any(|part| part.is_prose) {
        Diagnostic::warning("left_out", message)
    } else {
        Diagnostic::info("left_out", message)
    };
    Some(
        found.with_hint(
            "where a paragraph is missing, copy the words of the page and paste them as an article",
        ),
    )
}

/// The first words of a part.
fn beginning(words: &str) -> String {
    const LONGEST: usize = 40;
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(LONGEST) {
        None => line,
        Some((at, _)) => {
            let cut = line.get(..at).unwrap_or_default();
            let cut = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
            format!("{cut}…")
        }
    }
}

const OTHER: &str = "another part";
const CAPTION: &str = "a caption";

/// What parts of a page are called, by the words in their names; the first that fits counts.
const KINDS: &[(&str, &[&str])] = &[
    ("comments", &["comment", "disqus", "respond", "reactions"]),
    (NOTICE, &["cookie", "consent", "gdpr", "onetrust", "didomi"]),
    (SHARE, &["share", "sharing", "social", "partage"]),
    (
        LINKS,
        &[
            "related",
            "recommend",
            "readmore",
            "read-more",
            "lire-aussi",
            "also",
            "popular",
            "trending",
            "most-read",
        ],
    ),
    (
        OFFER,
        &[
            "newsletter",
            "subscri",
            "paywall",
            "abonn",
            "signup",
            "sign-up",
            "login",
        ],
    ),
    (
        ADVERTISING,
        &["advert", "sponsor", "promo", "publicite", "banner", "adsbygoogle"],
    ),
    (
        NAVIGATION,
        &["nav", "menu", "breadcrumb", "pagination", "skip-link", "toolbar"],
    ),
    (
        ABOUT,
        &["byline", "author", "dateline", "pubdate", "timestamp", "metadata"],
    ),
    ("the foot of the page", &["footer", "copyright"]),
    ("the head of the page", &["header", "masthead"]),
    (COLUMN, &["sidebar", "aside", "widget"]),
    (CAPTION, &["caption", "legend"]),
    (
        "a window over the page",
        &["popup", "modal", "dialog", "overlay", "tooltip"],
    ),
];

fn kind_of(node: &NodeRef<'_>) -> &'static str {
    let by_element = match name_of(node).as_str() {
        "nav" | "menu" => Some(NAVIGATION),
        "footer" => Some("the foot of the page"),
        "aside" => Some(COLUMN),
        "header" => Some("the head of the page"),
        "form" | "button" | "select" | "textarea" | "label" | "fieldset" => Some("a form"),
        "figcaption" | "figure" | "caption" => Some(CAPTION),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some("a heading"),
        "time" => Some(ABOUT),
        "table" => Some("a table"),
        _ => None,
    };
    by_element.or_else(|| kind_by_name(node)).unwrap_or(OTHER)
}

fn kind_by_name(node: &NodeRef<'_>) -> Option<&'static str> {
    let names = ["class", "id", "role", "itemprop"].map(|name| attribute(node, name).unwrap_or_default());
    let names = names.join(" ").to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| names.contains(word));
    let found = KINDS.iter().find(|(_, words)| has(words));
    found.map(|(kind, _)| *kind)
}
