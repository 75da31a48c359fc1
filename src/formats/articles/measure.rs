//! How much each element of a page holds: letters, links, buttons. Knows not what that means.

use std::collections::BTreeMap;

use dom_query::{NodeId, NodeRef};

use super::dom::{name_of, words_of};
use super::prose::{is_unseen, letters};

/// What an element holds.
#[derive(Clone, Copy, Default)]
pub(super) struct Measure {
    /// Elements and pieces of text, itself among them.
    pub elements: usize,
    /// Letters without white space, and those of them that are in links.
    pub letters: usize,
    pub linked: usize,
    pub links: usize,
    pub has_button: bool,
    /// Whether an article, or its headline, stands in it.
    pub has_article: bool,
}

/// The elements below a node that can be seen, in their order, and what each holds.
pub(super) fn measured<'a>(body: &NodeRef<'a>) -> (Vec<NodeRef<'a>>, BTreeMap<NodeId, Measure>) {
    let mut nodes: Vec<NodeRef<'a>> = Vec::new();
    let mut stack = vec![*body];
    while let Some(node) = stack.pop() {
        if !is_unseen(&node) || name_of(&node) == "input" {
            nodes.push(node);
            stack.extend(node.children_it(true));
        }
    }
    let mut measures: BTreeMap<NodeId, Measure> = BTreeMap::new();
    // What is in an element comes behind it, so backwards it is known before the element is.
    for node in nodes.iter().rev() {
        let mut measure = measures.get(&node.id).copied().unwrap_or_default();
        if let Some(words) = words_of(node) {
            measure.letters = letters(&words);
        }
        measure.elements += 1;
        match name_of(node).as_str() {
            "a" => {
                measure.linked = measure.letters;
                measure.links = 1;
            }
            "button" | "form" | "input" | "select" => measure.has_button = true,
            "article" | "h1" | "main" => measure.has_article = true,
            _ => {}
        }
        measures.insert(node.id, measure);
        if let Some(parent) = node.parent() {
            let around = measures.entry(parent.id).or_default();
            around.elements += measure.elements;
            around.letters += measure.letters;
            around.linked += measure.linked;
            around.links += measure.links;
            around.has_button |= measure.has_button;
            around.has_article |= measure.has_article;
        }
    }
    nodes.retain(NodeRef::is_element);
    (nodes, measures)
}
