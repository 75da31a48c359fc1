//! What belongs to an article though it stands beside its text: the lines under the headline, the captions of its
//! pictures, and boxes with a text of their own. Knows not how the text was chosen.

use std::collections::BTreeSet;

use dom_query::{NodeId, NodeRef};

use super::super::title::is_about_the_page;
use super::aside::{Asides, SUBSCRIBERS_ONLY};
use super::dom::{elements, has_class, name_of, one_line};
use super::left_out::with_what_is_around;
use super::names::Names;
use super::prose::{is_unseen, is_words, text_of};

/// Letters of the lines under a headline.
const STANDFIRST: std::ops::RangeInclusive<usize> = 25..=900;

/// Names of the lines under a headline.
const STANDFIRSTS: &[&str] = &[
    "standfirst",
    "chapo",
    "chapeau",
    "chapô",
    "deck",
    "dek",
    "desc",
    "lead",
    "lede",
    "subtitle",
    "sub title",
    "subhead",
    "subheading",
    "subheadline",
    "summary",
    "entradilla",
    "subtitulo",
    "bajada",
];

/// The pieces of what belongs to the article in which the text stands, but for what is of no article.
pub(super) fn pieces(body: &NodeRef<'_>, kept: &BTreeSet<NodeId>, asides: &Asides) -> Vec<NodeId> {
    let mut found = Vec::new();
    let Some(place) = Place::of(body, kept) else {
        return found;
    };
    let with_kept = with_what_is_around(body, kept);
    let is_other = |node: &NodeRef<'_>| {
        is_unseen(node)
            || asides.contains_key(&node.id)
            || matches!(name_of(node).as_str(), "a" | "aside" | "footer" | "nav")
            || node.has_name("article") && !with_kept.contains(&node.id)
    };
    let is_of_article = |node: &NodeRef<'_>| {
        let mut around = node
            .ancestors_it(None)
            .take_while(|node| node.id != place.article.id);
        !around.any(|node| is_other(&node))
    };
    let (mut is_before, mut is_behind) = (true, false);
    for element in elements(&place.article) {
        is_before &= element.id != place.first;
        is_behind |= element.id == place.last;
        let is_it = is_caption(&element) && !is_other(&element)
            || is_before && is_standfirst(&element) && !is_other(&element)
            || !is_before && !is_behind && is_box(&element) && !asides.contains_key(&element.id);
        if is_it && is_of_article(&element) && !is_link(&element) {
            found.extend(pieces_of(&element, asides));
        }
    }
    found
}

/// Where the text stands.
struct Place<'a> {
    /// The outermost article, or else the main part of the page.
    article: NodeRef<'a>,
    /// The elements with its first and its last words.
    first: NodeId,
    last: NodeId,
}

impl<'a> Place<'a> {
    fn of(body: &NodeRef<'a>, kept: &BTreeSet<NodeId>) -> Option<Self> {
        let is_kept = |piece: &NodeRef<'_>| kept.contains(&piece.id) && is_words(piece);
        let mut pieces = body.descendants_it().filter(is_kept);
        let piece = pieces.next()?;
        let last = pieces.last().unwrap_or(piece).parent()?.id;
        let around: Vec<NodeRef<'a>> = piece.ancestors_it(None).collect();
        let outermost = |name: &str| around.iter().rev().find(|node| node.has_name(name)).copied();
        let has_headline = |node: &NodeRef<'a>| elements(node).any(|inner| inner.has_name("h1"));
        let (article, main) = (outermost("article"), outermost("main"));
        // The headline may stand before the article, in the main part that both are in.
        let main =
            main.filter(|main| article.is_none_or(|article| !has_headline(&article) && has_headline(main)));
        Some(Self {
            article: main.or(article)?,
            first: around.first()?.id,
            last,
        })
    }
}

/// Whether an element is a box with a text of its own, as newspapers put them into an article.
fn is_box(node: &NodeRef<'_>) -> bool {
    const FEWEST_LETTERS: usize = 140;
    let is_paragraph = |inner: &NodeRef<'_>| {
        inner.has_name("p") && text_of(inner, &|_| true).chars().count() >= FEWEST_LETTERS && !is_link(inner)
    };
    let is_control = |inner: &NodeRef<'_>| matches!(name_of(inner).as_str(), "button" | "form" | "input");
    node.has_name("aside")
        && elements(node).any(|inner| is_paragraph(&inner))
        && !elements(node).any(|inner| is_control(&inner))
}

/// Whether the text seems to end early: a line in the same article says that the rest is for subscribers.
pub(super) fn is_for_subscribers(body: &NodeRef<'_>, kept: &BTreeSet<NodeId>, asides: &Asides) -> bool {
    let article = Place::of(body, kept).map(|place| place.article.id);
    let stands_in_it = |line: NodeId| {
        let mut around = body.tree.ancestor_ids_of_it(&line, None);
        article.is_none_or(|article| around.any(|id| id == article))
    };
    let mut lines = asides.iter().filter(|(_, kind)| **kind == SUBSCRIBERS_ONLY);
    lines.any(|(line, _)| stands_in_it(*line))
}

fn is_caption(node: &NodeRef<'_>) -> bool {
    node.has_name("figcaption") || has_class(node, |class| class == "wp-caption-text")
}

/// Whether an element before the text says in a sentence what the article is about: by its name, or because it stands
/// with the headline.
fn is_standfirst(node: &NodeRef<'_>) -> bool {
    let name = name_of(node);
    if !matches!(name.as_str(), "div" | "h2" | "h3" | "p") {
        return false;
    }
    let is_headed = || {
        let parent = node.parent();
        name != "div"
            && parent.is_some_and(|around| {
                let mut beside = around.children_it(false);
                beside.any(|node| node.has_name("h1")) && around.has_name("header")
            })
    };
    if !Names::of(node).have(STANDFIRSTS) && !is_headed() {
        return false;
    }
    let text = text_of(node, &|_| true);
    let line = one_line(&text).unwrap_or_default();
    STANDFIRST.contains(&line.chars().count()) && !is_about_the_page(&line)
}

/// Whether half of an element leads to other pages, as a teaser does.
fn is_link(node: &NodeRef<'_>) -> bool {
    let is_linked = |piece: &NodeRef<'_>| piece.ancestors_it(Some(6)).any(|around| around.has_name("a"));
    let letters = |text: String| text.chars().count();
    letters(text_of(node, &is_linked)) * 2 > letters(text_of(node, &|_| true))
}

fn pieces_of(node: &NodeRef<'_>, asides: &Asides) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut stack = vec![*node];
    while let Some(node) = stack.pop() {
        if node.is_text() {
            found.push(node.id);
        } else if !asides.contains_key(&node.id) {
            stack.extend(node.children_it(false));
        }
    }
    found
}
