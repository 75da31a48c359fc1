//! The main text of a page, and what of the page is not in it.
//!
//! What is the main text is judged by `dom_smoothie`, after the reader view of Firefox. It only chooses: the text is
//! read off the page as it was, from the pieces that were chosen, so that no letter of it is changed on the way.

use std::collections::BTreeSet;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::super::Diagnostic;
use super::dom::{attribute, elements, line_of, name_of, one_line, words_of};
use super::page::name_in;
use super::prose::{is_blank, is_unseen, text_of};

/// What a page says, and what its library finds about it on the way.
#[derive(Debug, Default)]
pub(super) struct MainText {
    pub text: String,
    /// The title that the page names, or else that of its window, without the name of the site.
    pub title: Option<String>,
    /// The name in a line that reads like the names of authors.
    pub author: Option<String>,
    /// What was left out, or that the main text was not found.
    pub told: Vec<Diagnostic>,
}

/// Letters times depth beyond which the search for the main text would take minutes, not a second.
const MOST_WORK: usize = 1_000_000_000;
/// Elements beyond which it would.
const MOST_ELEMENTS: usize = 200_000;
/// Parts that are named one by one in the note on what was left out.
const MOST_NAMED: usize = 8;
/// Letters of a text that is accepted at the first try.
const FEWEST_LETTERS: usize = 200;
/// Letters of a notice on cookies at most.
const LONGEST_NOTICE: usize = 1_000;
/// Letters from which a part that was left out may be a piece of the article.
const PROSE: usize = 140;

/// Letters of a link to a hundred letters of text from which a text is a list of links.
const MOST_LINKS: usize = 70;

/// Finds the main text of a page with that title, where it names one.
pub(super) fn main_text(page: &Document, title: Option<&str>) -> MainText {
    let Some(body) = page.body() else {
        return MainText::default();
    };
    if !is_workable(&body) {
        return whole(&body, "the page is too large to look for its main text");
    }
    let copy = page.clone();
    // A page that was saved from a reader view has an element of this name, which the library gives its own.
    copy.select("#readability-page-1").remove_attr("id");
    remove_notices(&copy);
    let config = Config {
        disable_json_ld: true,
        // Below so many letters the library tries again with less care, and takes comments and menus in. News can be
        // short, so this is less than its usual number; what it then misses is told.
        char_threshold: FEWEST_LETTERS,
        ..Config::default()
    };
    let chosen = Readability::with_document(copy, None, Some(config))
        .and_then(|mut reader| reader.parse().map(|article| (reader.doc, article)));
    let Ok((chosen, article)) = chosen else {
        return whole(&body, "no main text was found");
    };
    let kept = pieces(&chosen);
    let text = text_of(&body, &|piece| kept.contains(&piece.id));
    let title = headline(&body, title.unwrap_or(&article.title));
    let byline = article.byline.filter(|line| !line.is_empty());
    let author = byline.as_deref().map(name_in);
    if is_blank(&text) || is_list_of_links(&chosen) {
        let mut whole = whole(&body, "no main text was found");
        (whole.title, whole.author) = (title, author);
        return whole;
    }
    MainText {
        told: left_out(&body, &kept, &[title.as_deref(), byline.as_deref()])
            .into_iter()
            .collect(),
        text,
        title,
        author,
    }
}

/// Takes notices on cookies away, which read like an article. One that stands around the text is none.
fn remove_notices(page: &Document) {
    let is_notice = |node: &NodeRef<'_>| {
        matches!(
            name_of(node).as_str(),
            "div" | "section" | "aside" | "form" | "dialog"
        ) && kind_by_name(node) == Some(NOTICE)
            && !elements(node).any(|inner| matches!(name_of(&inner).as_str(), "article" | "h1" | "main"))
            && node.text().chars().count() <= LONGEST_NOTICE
    };
    let notices: Vec<NodeRef<'_>> = elements(&page.root()).filter(is_notice).collect();
    for notice in notices {
        notice.remove_from_parent();
    }
}

/// The headline of the page, where the title of its window is that with the name of the site; otherwise that title.
fn headline(body: &NodeRef<'_>, title: &str) -> Option<String> {
    const SIGNS: [char; 10] = ['-', '–', '—', '|', '·', '•', ':', '/', '»', '«'];
    let is_sign = |rest: &str, at_start: bool| {
        let rest = rest.trim();
        if at_start {
            rest.starts_with(SIGNS)
        } else {
            rest.ends_with(SIGNS)
        }
    };
    let title = one_line(title)?;
    let headlines = elements(body).filter(|element| element.has_name("h1"));
    let mut headlines = headlines.filter_map(|element| line_of(&element));
    let shorter = headlines.find(|line| {
        let behind = title
            .strip_prefix(line.as_str())
            .is_some_and(|rest| is_sign(rest, true));
        behind
            || title
                .strip_suffix(line.as_str())
                .is_some_and(|rest| is_sign(rest, false))
    });
    shorter.or(Some(title))
}

/// Whether what was chosen is a menu or a front page rather than a text.
fn is_list_of_links(chosen: &Document) -> bool {
    let article = chosen.select_single("#readability-page-1");
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let all = count(&article.text());
    let links = article
        .select("a")
        .nodes()
        .iter()
        .map(|link| count(&link.text()))
        .sum::<usize>();
    links * 100 >= all * MOST_LINKS
}

/// All words of the page, where the main text cannot be told.
fn whole(body: &NodeRef<'_>, reason: &str) -> MainText {
    let found = Diagnostic::warning(
        "no_main_text",
        format!("{reason}; all words of the page were taken"),
    )
    .with_hint("look over the text; where menus and the like stand in it, copy the words of the article and paste them");
    MainText {
        text: text_of(body, &|_| true),
        told: vec![found],
        ..MainText::default()
    }
}

/// The library looks at the words of an element again for each element around it.
fn is_workable(body: &NodeRef<'_>) -> bool {
    let (mut count, mut work) = (0, 0_usize);
    let mut stack = vec![(*body, 1_usize)];
    while let Some((node, depth)) = stack.pop() {
        match words_of(&node) {
            Some(words) => work = work.saturating_add(words.len() * depth),
            None => count += 1,
        }
        stack.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    count <= MOST_ELEMENTS && work <= MOST_WORK
}

/// The pieces of text that the library chose; their ids are those of the page.
fn pieces(chosen: &Document) -> BTreeSet<NodeId> {
    let article = chosen.select_single("#readability-page-1");
    let roots = article.nodes().iter();
    roots
        .flat_map(NodeRef::descendants_it)
        .filter(NodeRef::is_text)
        .map(|piece| piece.id)
        .collect()
}

/// A part of the page that is not in the main text.
struct Part {
    kind: &'static str,
    words: String,
    /// Whether it reads like a piece of the article.
    is_prose: bool,
}

/// Tells what of a page is not in its main text; `None` where nothing is missing. A heading or line that is the title
/// or the author is not missing: it stands in the metadata.
fn left_out(body: &NodeRef<'_>, kept: &BTreeSet<NodeId>, known: &[Option<&str>]) -> Option<Diagnostic> {
    let mut with_kept = BTreeSet::new();
    for id in kept {
        let around = body.tree.ancestor_ids_of_it(id, None);
        for id in around {
            if !with_kept.insert(id) {
                break;
            }
        }
    }
    let is_known = |words: &str| known.iter().flatten().any(|known| *known == words);
    let mut parts = Vec::new();
    let mut stack = vec![*body];
    while let Some(node) = stack.pop() {
        if kept.contains(&node.id) || is_unseen(&node) {
            continue;
        }
        if with_kept.contains(&node.id) {
            stack.extend(node.children_it(true));
            continue;
        }
        let words = text_of(&node, &|_| true);
        if !is_blank(&words) && !is_known(&words) {
            parts.push(part(&node, words));
        }
    }
    told(&parts)
}

fn part(node: &NodeRef<'_>, words: String) -> Part {
    let kind = kind_of(node);
    let links: usize = elements(node)
        .filter(|element| element.has_name("a"))
        .filter_map(|link| line_of(&link))
        .map(|link| link.chars().count())
        .sum();
    let letters = words.chars().count();
    Part {
        is_prose: kind == OTHER && letters >= PROSE && links * 3 < letters,
        words,
        kind,
    }
}

fn told(parts: &[Part]) -> Option<Diagnostic> {
    if parts.is_empty() {
        return None;
    }
    let letters = |part: &Part| part.words.chars().count();
    let mut largest: Vec<usize> = (0..parts.len()).collect();
    largest.sort_by_key(|at| std::cmp::Reverse(parts.get(*at).map(letters)));
    largest.truncate(MOST_NAMED);
    largest.sort_unstable();
    let mut named: Vec<String> = largest
        .iter()
        .filter_map(|at| parts.get(*at))
        .map(|part| {
            format!(
                "{} ({} characters: “{}”)",
                part.kind,
                letters(part),
                beginning(&part.words)
            )
        })
        .collect();
    let more = parts.len() - largest.len();
    if more > 0 {
        named.push(format!("{more} smaller parts"));
    }
    let all: usize = parts.iter().map(letters).sum();
    let message = format!(
        "{all} characters of the page are not in its text: {}",
        named.join(", ")
    );
    let hint = "where a paragraph is missing, copy the words of the page and paste them as an article";
    let found = if parts.iter().any(|part| part.is_prose) {
        Diagnostic::warning("left_out", message)
    } else {
        Diagnostic::info("left_out", message)
    };
    Some(found.with_hint(hint))
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
const NOTICE: &str = "a notice on cookies";

/// What parts of a page are called, by the words in their names; the first that fits counts.
const KINDS: &[(&str, &[&str])] = &[
    ("comments", &["comment", "disqus", "respond", "reactions"]),
    (NOTICE, &["cookie", "consent", "gdpr"]),
    ("links to share it", &["share", "sharing", "social", "partage"]),
    (
        "links to other articles",
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
        "an offer",
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
        "advertising",
        &["advert", "sponsor", "promo", "publicite", "banner", "adsbygoogle"],
    ),
    (
        "navigation",
        &["nav", "menu", "breadcrumb", "pagination", "skip-link", "toolbar"],
    ),
    (
        "author or date",
        &["byline", "author", "dateline", "pubdate", "timestamp", "metadata"],
    ),
    ("the foot of the page", &["footer", "copyright"]),
    ("the head of the page", &["header", "masthead"]),
    ("a column beside the text", &["sidebar", "aside", "widget"]),
    ("a caption", &["caption", "legend"]),
    (
        "a window over the page",
        &["popup", "modal", "dialog", "overlay", "tooltip"],
    ),
];

fn kind_of(node: &NodeRef<'_>) -> &'static str {
    let by_element = match name_of(node).as_str() {
        "nav" | "menu" => Some("navigation"),
        "footer" => Some("the foot of the page"),
        "aside" => Some("a column beside the text"),
        "header" => Some("the head of the page"),
        "form" | "button" | "select" | "textarea" | "label" | "fieldset" => Some("a form"),
        "figcaption" | "figure" | "caption" => Some("a caption"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some("a heading"),
        "time" => Some("author or date"),
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
