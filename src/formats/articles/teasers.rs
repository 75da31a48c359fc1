//! Whether a page is a list of the beginnings of other articles, as front pages and pages of a subject are. Knows not how
//! its text was chosen.

use std::collections::BTreeSet;

use dom_query::{NodeId, NodeRef};

use super::super::Diagnostic;
use super::dom::{attribute, elements, line_of, name_of, words_of};
use super::prose::{is_blank, is_unseen, letters};

/// Headings that are links from which a page is a list.
const FEWEST: usize = 3;
/// Letters between two of them, beyond which one of them has an article of its own here.
const LONGEST_BETWEEN: usize = 700;
/// Letters before the first of them, beyond which the page has a text of its own.
const LONGEST_BEFORE: usize = 200;

/// How many articles begin in a text that consists of these pieces; nothing where it is a text of its own.
pub(super) fn count(body: &NodeRef<'_>, kept: &BTreeSet<NodeId>) -> Option<usize> {
    let (mut heads, mut between, mut before) = (0, 0_usize, None);
    let mut longest = 0;
    let mut stack = vec![*body];
    while let Some(node) = stack.pop() {
        if is_unseen(&node) {
            continue;
        }
        if is_head(&node) {
            if node.descendants_it().any(|piece| kept.contains(&piece.id)) {
                heads += 1;
                before.get_or_insert(between);
                longest = longest.max(std::mem::take(&mut between));
            }
        } else if let Some(words) = words_of(&node).filter(|_| kept.contains(&node.id)) {
            between += letters(&words);
        } else {
            stack.extend(node.children_it(true));
        }
    }
    let is_list = heads >= FEWEST
        && before.is_some_and(|before| before <= LONGEST_BEFORE)
        && longest.max(between) <= LONGEST_BETWEEN;
    is_list.then_some(heads)
}

/// Tells that a page is such a list.
pub(super) fn told(count: usize) -> Diagnostic {
    let message = format!(
        "the page is a list with the beginnings of {count} articles; nothing was split, and it has no date of its own"
    );
    Diagnostic::warning("not_split", message).with_hint("save the page of each article, and import those")
}

/// Whether all of a heading is a link.
fn is_head(node: &NodeRef<'_>) -> bool {
    let is_heading = matches!(name_of(node).as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if !is_heading {
        return false;
    }
    let leads_away = |link: &NodeRef<'_>| {
        link.has_name("a") && attribute(link, "href").is_some_and(|address| !address.starts_with('#'))
    };
    let Some(line) = line_of(node).filter(|line| !is_blank(line)) else {
        return false;
    };
    elements(node).any(|link| leads_away(&link) && line_of(&link).as_ref() == Some(&line))
        || node.ancestors_it(None).any(|around| leads_away(&around))
}
