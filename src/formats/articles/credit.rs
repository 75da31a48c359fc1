//! The lines at the pictures of an article that only say whose these are. Knows not how the text was chosen.

use dom_query::NodeRef;

use super::dom::{folded_line, has_class, name_of};
use super::names::Names;
use super::prose::text_of;

/// Letters of such a line at most.
const LONGEST_CREDIT: usize = 120;
/// Letters of one that is told by how it begins, at most.
const LONGEST_SAID: usize = 60;

/// The words of an element's class that make it a credit.
const CREDIT: &[&str] = &[
    "credit",
    "credits",
    "copyright",
    "photographer",
    "attribution",
    "credito",
    "creditos",
];
/// How a line begins that is nothing but a credit.
const BEGINNINGS: &[&str] = &[
    "©",
    "(c)",
    "photo:",
    "photo :",
    "photos:",
    "photos :",
    "photograph:",
    "image:",
    "image :",
    "credit:",
    "credit :",
    "credits:",
    "credits :",
    "foto:",
    "fotos:",
    "صورة:",
    "الصورة:",
    "تصوير:",
    "צילום:",
    "קרדיט:",
];

/// Whether an element of a picture only says whose it is.
pub(super) fn is_credit(node: &NodeRef<'_>) -> bool {
    let is_line = matches!(
        name_of(node).as_str(),
        "cite" | "div" | "em" | "figcaption" | "i" | "p" | "small" | "span"
    );
    if !is_line || !stands_in_picture(node) {
        return false;
    }
    let line = folded_line(&text_of(node, &|_| true));
    let letters = line.chars().count();
    let is_named = Names::of(node).have(CREDIT);
    let is_said = || {
        BEGINNINGS
            .iter()
            .any(|start| line.starts_with(&folded_line(start)))
    };
    (is_named && letters <= LONGEST_CREDIT) || (letters <= LONGEST_SAID && is_said())
}

fn stands_in_picture(node: &NodeRef<'_>) -> bool {
    let mut around = std::iter::once(*node).chain(node.ancestors_it(Some(6)));
    around.any(|node| is_picture(&node))
}

fn is_picture(node: &NodeRef<'_>) -> bool {
    node.has_name("figure") || has_class(node, |class| class == "wp-caption")
}
