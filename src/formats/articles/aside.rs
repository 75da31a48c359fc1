//! What stands inside an article and is not of it: navigation, links to other articles, advertising, offers of
//! newsletters and subscriptions, notices on cookies.
//!
//! Only an element of its own counts, told by its name or by all of its words; words of a sentence are never touched,
//! and what is doubtful stays. Nothing is taken away here. Knows nothing of the main text.

use std::collections::BTreeMap;

use dom_query::{Document, NodeId, NodeRef};

use super::super::title;
use super::aside_words::{Said, heads_links, said};
use super::credit::is_credit;
use super::dom::{attribute, name_of, one_line};
use super::measure::{Measure, measured};
use super::names::Names;
use super::prose::text_of;

/// Letters, without white space, of the largest part that counts as one, by what it is.
const LONGEST_NAVIGATION: usize = 5_000;
const LONGEST_NOTICE: usize = 1_000;
const LONGEST_LINKS: usize = 1_200;
const LONGEST_OFFER: usize = 600;
/// Without the words of its links.
const LONGEST_ADVERTISING: usize = 120;
const LONGEST_ABOUT: usize = 120;
const LONGEST_SHARING: usize = 300;
const LONGEST_LINE: usize = 300;
/// Elements and pieces of text in a part that is told by its words.
const MOST_ELEMENTS: usize = 100;

pub(super) const NAVIGATION: &str = "navigation";
pub(super) const NOTICE: &str = "a notice on cookies";
pub(super) const LINKS: &str = "links to other articles";
pub(super) const ABOUT: &str = "author or date";
pub(super) const COLUMN: &str = "a column beside the text";
pub(super) const CREDIT: &str = "the credit of a picture";
pub(super) const SHARE: &str = "links to share it";
pub(super) const OFFER: &str = "an offer";
pub(super) const ADVERTISING: &str = "advertising";
/// The line behind which the article goes on for subscribers only.
pub(super) const SUBSCRIBERS_ONLY: &str = "a line on what only subscribers read";

/// Elements of their own, which a browser sets apart.
const BLOCKS: &[&str] = &[
    "aside",
    "blockquote",
    "center",
    "dialog",
    "div",
    "dl",
    "figure",
    "footer",
    "form",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "ins",
    "li",
    "nav",
    "ol",
    "p",
    "section",
    "ul",
];
/// Those of them that hold a sentence or a heading, so that a name is no proof.
const LINES: &[&str] = &["blockquote", "h2", "h3", "h4", "h5", "h6", "li", "p"];

/// The parts of a page that are not of an article, each with what it is.
pub(super) type Asides = BTreeMap<NodeId, &'static str>;

/// Finds them.
pub(super) fn asides(page: &Document) -> Asides {
    let mut found = Asides::new();
    let Some(body) = page.body() else {
        return found;
    };
    let (nodes, measures) = measured(&body);
    let of_articles = nodes
        .iter()
        .filter(|node| node.has_name("article") || node.has_name("main"));
    let largest = of_articles
        .filter_map(|node| measures.get(&node.id))
        .map(|one| one.letters)
        .max();
    for node in &nodes {
        let Some(measure) = measures
            .get(&node.id)
            .filter(|one| one.letters > 0 && !one.has_article)
        else {
            continue;
        };
        let name = name_of(node);
        if measure.letters <= LONGEST_LINE && is_credit(node) {
            found.insert(node.id, CREDIT);
        }
        let is_beside = || {
            !node
                .ancestors_it(None)
                .any(|around| around.has_name("article") || around.has_name("main"))
        };
        if name == "aside" && largest.is_some_and(|largest| measure.letters < largest) && is_beside() {
            found.insert(node.id, COLUMN);
        }
        if name == "td" && is_column(node, *measure, &measures) {
            found.insert(node.id, NAVIGATION);
        }
        if !BLOCKS.contains(&name.as_str()) {
            continue;
        }
        if measure.letters <= LONGEST_ABOUT && is_about_the_page(node) {
            found.insert(node.id, ABOUT);
        }
        if let Some(kind) = by_name(node, &name, *measure).or_else(|| by_words(node, &name, *measure)) {
            found.insert(node.id, kind);
        }
        if measure.letters <= LONGEST_LINE && measure.linked == 0 {
            found.extend(headed_links(node, &measures).map(|id| (id, LINKS)));
        }
    }
    found
}

/// What an element is by its name, class, id, or role.
fn by_name(node: &NodeRef<'_>, name: &str, measure: Measure) -> Option<&'static str> {
    let letters = measure.letters;
    let is_navigation = name == "nav" || attribute(node, "role").is_some_and(|role| role == "navigation");
    if is_navigation {
        return (letters <= LONGEST_NAVIGATION).then_some(NAVIGATION);
    }
    if LINES.contains(&name) {
        return None;
    }
    let names = Names::of(node);
    let is_linked = measure.linked * 2 >= letters;
    let has_way_in = measure.has_button || measure.linked > 0;
    if letters <= LONGEST_NOTICE && names.have(NOTICES) {
        Some(NOTICE)
    } else if letters <= LONGEST_LINKS && is_linked && names.have(PATHS) {
        Some(NAVIGATION)
    } else if letters <= LONGEST_LINKS && is_linked && names.have(RELATED) {
        Some(LINKS)
    } else if letters <= LONGEST_SHARING && (is_linked || measure.has_button) && names.have(SHARING) {
        Some(SHARE)
    } else if letters <= LONGEST_OFFER
        && (measure.has_button && names.have(OFFERS) || has_way_in && names.have(NEWSLETTERS))
    {
        Some(OFFER)
    } else if letters.saturating_sub(measure.linked) <= LONGEST_ADVERTISING && names.have(ADVERTS) {
        Some(ADVERTISING)
    } else {
        None
    }
}

/// Whether a cell is a column of links beside another that holds a text: a page of old that is laid out as a table.
fn is_column(cell: &NodeRef<'_>, measure: Measure, measures: &BTreeMap<NodeId, Measure>) -> bool {
    const FEWEST_LINKS: usize = 2;
    const FEWEST_LETTERS: usize = 300;
    let holds_text = |cell: NodeRef<'_>| {
        measures
            .get(&cell.id)
            .is_some_and(|one| one.letters.saturating_sub(one.linked) >= FEWEST_LETTERS)
    };
    let is_of_links = measure.links >= FEWEST_LINKS && measure.linked * 2 >= measure.letters;
    let mut row = cell
        .parent()
        .into_iter()
        .flat_map(|row| row.children_it(false).collect::<Vec<_>>());
    measure.letters <= LONGEST_NAVIGATION && is_of_links && row.any(holds_text)
}

/// A line that only says when the article was published, or how long it takes to read it.
fn is_about_the_page(node: &NodeRef<'_>) -> bool {
    let names = Names::of(node);
    if !names.have(DATES) && !names.have(READING_TIMES) {
        return false;
    }
    let line = one_line(&text_of(node, &|_| true)).unwrap_or_default();
    names.have(READING_TIMES) || title::is_about_the_page(&line)
}

/// Names of elements, as words one space apart.
const DATES: &[&str] = &["date", "published", "pubdate", "timestamp", "updated"];
const READING_TIMES: &[&str] = &["reading time", "read time", "readingtime", "readtime"];
const NOTICES: &[&str] = &["cookie", "cookies", "consent", "gdpr", "onetrust", "didomi"];
const PATHS: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "tags",
    "keywords",
    "etiquetas",
];
const RELATED: &[&str] = &[
    "related",
    "recommended",
    "recommendation",
    "recommendations",
    "read more",
    "readmore",
    "read also",
    "reading also",
    "see also",
    "more on",
    "lire aussi",
    "a lire",
    "most read",
    "next prev",
    "post navigation",
];
const SHARING: &[&str] = &[
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "partage",
    "partager",
    "addtoany",
];
const NEWSLETTERS: &[&str] = &["newsletter", "newsletters"];
const OFFERS: &[&str] = &[
    "subscribe",
    "subscription",
    "signup",
    "sign up",
    "paywall",
    "abo",
    "abonnement",
    "mc4wp",
    "mailchimp",
    "optin",
    "boletin",
];
const ADVERTS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "adslot",
    "adsbygoogle",
    "dfp",
    "mpu",
    "publicite",
    "publicidad",
    "sponsored",
    "taboola",
    "outbrain",
];

/// What all words of an element say that it is.
fn by_words(node: &NodeRef<'_>, name: &str, measure: Measure) -> Option<&'static str> {
    if measure.letters > LONGEST_LINE || measure.elements > MOST_ELEMENTS {
        return None;
    }
    let outside = text_of(node, &|piece| !is_linked(piece, node.id));
    let linked = if measure.linked > 0 {
        text_of(node, &|piece| is_linked(piece, node.id))
    } else {
        String::new()
    };
    let kind = match said(&outside, &linked, measure.has_button)? {
        Said::ReadAlso => LINKS,
        Said::Advertising => ADVERTISING,
        Said::SubscribersOnly => SUBSCRIBERS_ONLY,
        Said::Offer => OFFER,
    };
    // A heading may say in one word what the article is about.
    let is_heading = name.starts_with('h') && name != "header";
    (!is_heading || measure.linked > 0).then_some(kind)
}

/// Whether a piece of text stands in a link below an element.
fn is_linked(piece: &NodeRef<'_>, below: NodeId) -> bool {
    let around = piece.ancestors_it(None);
    around
        .take_while(|node| node.id != below)
        .any(|node| node.has_name("a"))
}

/// An element that is nothing but words before links, and the links behind it.
fn headed_links(
    head: &NodeRef<'_>,
    measures: &BTreeMap<NodeId, Measure>,
) -> impl Iterator<Item = NodeId> + use<> {
    let links = head.next_element_sibling().filter(|links| {
        measures
            .get(&links.id)
            .is_some_and(|one| one.letters > 0 && one.letters <= LONGEST_LINKS && one.linked == one.letters)
    });
    let links = links.filter(|_| heads_links(&text_of(head, &|_| true)));
    let ids = links.map(|links| [head.id, links.id]);
    ids.into_iter().flatten()
}
