//! The main text of a page, and what of the page is not in it.
//!
//! What is the main text is judged by `dom_smoothie`, after the reader view of Firefox, once what is clearly of no
//! article is out of its sight. It only chooses: the text is read off the page as it was, from the pieces that were
//! chosen, so that no letter of it is changed on the way.

use std::collections::BTreeSet;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::super::Diagnostic;
use super::aside::{Asides, asides};
use super::dom::{elements, name_of, one_line, words_of};
use super::facts::Facts;
use super::headline::headline;
use super::left_out::left_out;
use super::prose::{is_blank, is_words, letters, text_of};
use super::{belonging, teasers};

/// What a page says, and what its library finds about it on the way.
#[derive(Debug, Default)]
pub(super) struct MainText {
    pub text: String,
    /// The headline, without the name of the site.
    pub title: Option<String>,
    /// Whether the page has only links or beginnings of other articles.
    pub is_list: bool,
    /// What was left out, or that the main text was not found.
    pub told: Vec<Diagnostic>,
}

/// Letters times depth beyond which the search for the main text would take minutes, not a second.
const MOST_WORK: usize = 1_000_000_000;
/// Elements beyond which it would.
const MOST_ELEMENTS: usize = 200_000;
/// Letters of a text that is accepted at the first try.
const FEWEST_LETTERS: usize = 200;
/// Letters of a link to a hundred letters of text from which a text is a list of links.
const MOST_LINKS: usize = 70;

/// Finds the main text of a page that says this of itself.
pub(super) fn main_text(page: &Document, facts: &Facts) -> MainText {
    let Some(body) = page.body() else {
        return MainText::default();
    };
    let (asides, chosen) = if is_workable(&body) {
        let asides = asides(page);
        let chosen = choose(page, &asides);
        (asides, chosen)
    } else {
        (Asides::new(), Chosen::default())
    };
    let title = headline(&body, facts);
    let (kept, missing) = match chosen.kept {
        Some(mut kept) => {
            remove_headline(&body, title.as_deref(), &mut kept);
            kept.extend(belonging::pieces(&body, &kept, &asides));
            (kept, None)
        }
        None => (all_but(&body, &asides), Some(not_found(chosen.reason))),
    };
    let teasers = teasers::count(&body, &kept);
    let is_part = teasers.is_none() && belonging::is_for_subscribers(&body, &kept, &asides);
    let is_list = chosen.is_links || teasers.is_some();
    let mut told: Vec<Diagnostic> = missing.into_iter().collect();
    told.extend(teasers.map(teasers::told));
    if is_part {
        told.push(for_subscribers());
    }
    told.extend(left_out(
        &body,
        &kept,
        &asides,
        &[title.as_deref(), chosen.byline.as_deref()],
    ));
    MainText {
        text: text_of(&body, &|piece| kept.contains(&piece.id)),
        title,
        is_list,
        told,
    }
}

/// What the library chose and found.
struct Chosen {
    /// The pieces of text; their ids are those of the page.
    kept: Option<BTreeSet<NodeId>>,
    /// Why there are none.
    reason: &'static str,
    /// Whether what it chose is nothing but links.
    is_links: bool,
    /// The line that reads like the names of authors.
    byline: Option<String>,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            kept: None,
            reason: "the page is too large to look for its main text",
            is_links: false,
            byline: None,
        }
    }
}

fn choose(page: &Document, asides: &Asides) -> Chosen {
    let copy = page.clone();
    // A page that was saved from a reader view has an element of this name, which the library gives its own.
    copy.select("#readability-page-1").remove_attr("id");
    for id in asides.keys() {
        NodeRef::new(*id, &copy.tree).remove_from_parent();
    }
    let config = Config {
        disable_json_ld: true,
        // Below so many letters the library tries again with less care, and takes comments and menus in. News can be
        // short, so this is less than its usual number; what it then misses is told.
        char_threshold: FEWEST_LETTERS,
        ..Config::default()
    };
    let none = Chosen {
        reason: "no main text was found",
        ..Chosen::default()
    };
    let Ok(mut reader) = Readability::with_document(copy, None, Some(config)) else {
        return none;
    };
    let Ok(article) = reader.parse() else {
        return none;
    };
    let kept = pieces(&reader.doc);
    let is_text = kept.iter().any(|id| is_words(&NodeRef::new(*id, &page.tree)));
    let is_links = is_text && is_list_of_links(&reader.doc);
    Chosen {
        kept: (is_text && !is_links).then_some(kept),
        is_links,
        byline: article.byline.filter(|line| !line.is_empty()),
        ..none
    }
}

/// Takes out the heading that became the title.
fn remove_headline(body: &NodeRef<'_>, title: Option<&str>, kept: &mut BTreeSet<NodeId>) {
    let is_it = |heading: &NodeRef<'_>| {
        matches!(name_of(heading).as_str(), "h1" | "h2")
            && one_line(&text_of(heading, &|piece| kept.contains(&piece.id))).as_deref() == title
    };
    let found = elements(body).find(is_it).filter(|_| title.is_some());
    let pieces = found.map(|heading| pieces_below(&heading)).unwrap_or_default();
    if kept
        .iter()
        .any(|id| !pieces.contains(id) && is_words(&NodeRef::new(*id, body.tree)))
    {
        kept.retain(|id| !pieces.contains(id));
    }
}

/// Whether what was chosen is a menu or a front page rather than a text.
fn is_list_of_links(chosen: &Document) -> bool {
    let article = chosen.select_single("#readability-page-1");
    let all = letters(&article.text());
    let links = article.select("a");
    let links: usize = links.nodes().iter().map(|link| letters(&link.text())).sum();
    links * 100 >= all * MOST_LINKS
}

fn not_found(reason: &str) -> Diagnostic {
    let message =
        format!("{reason}; all words of the page were taken that are not clearly of a menu or the like");
    Diagnostic::warning("no_main_text", message)
        .with_hint("look over the text; where menus and the like stand in it, copy the words of the article and paste them")
}

fn for_subscribers() -> Diagnostic {
    let message = "the page says that the rest of the article is for subscribers: the text seems to be its beginning only";
    Diagnostic::warning("for_subscribers", message)
        .with_hint("save the page again as a subscriber, or tag it knowing that the end is missing")
}

/// All pieces of a page but those in the parts that are of no article, unless there are no others.
fn all_but(body: &NodeRef<'_>, asides: &Asides) -> BTreeSet<NodeId> {
    let apart: BTreeSet<NodeId> = asides
        .keys()
        .flat_map(|id| pieces_below(&NodeRef::new(*id, body.tree)))
        .collect();
    let kept: BTreeSet<NodeId> = pieces_below(body)
        .into_iter()
        .filter(|id| !apart.contains(id))
        .collect();
    if is_blank(&text_of(body, &|piece| kept.contains(&piece.id))) {
        return apart;
    }
    kept
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

fn pieces(chosen: &Document) -> BTreeSet<NodeId> {
    let article = chosen.select_single("#readability-page-1");
    article.nodes().iter().flat_map(pieces_below).collect()
}

fn pieces_below(root: &NodeRef<'_>) -> Vec<NodeId> {
    let pieces = root.descendants_it().filter(NodeRef::is_text);
    pieces.map(|piece| piece.id).collect()
}
