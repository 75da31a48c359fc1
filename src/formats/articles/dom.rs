//! The tree of a page: parsed with limits, and what is asked of it everywhere. Knows no format.

use std::sync::LazyLock;

use dom_query::{Document, NodeData, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use regex::{Captures, Regex};

use crate::text::fold;

use super::super::Diagnostic;

/// How deep elements may lie in each other. Browsers stop at 512, so a page that was saved by one is not deeper.
const MOST_DEEP: usize = 600;
/// Elements, pieces of text, and comments of a page; each takes some two hundred bytes of memory.
const MOST_NODES: usize = 4_000_000;
/// Bytes of a page between two looks at its tree: what is too deep is found before it is slow.
const PIECE: usize = 4096;

/// Elements that never have anything in them.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// The tree of a page.
///
/// # Errors
/// Where it is nested too deep, or has more elements than memory should hold.
pub(super) fn parse(html: &str, told: &mut Vec<Diagnostic>) -> Result<Document, Diagnostic> {
    if html
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with("<?xml")
    {
        parse_xml(html, told)
    } else {
        tree(html, told)
    }
}

/// The tree of a page that is XML, which may close an element in its own tag. HTML does not know that: `<script/>` would
/// take the rest of the page for its script.
///
/// # Errors
/// As those of [`parse`].
pub(super) fn parse_xml(page: &str, told: &mut Vec<Diagnostic>) -> Result<Document, Diagnostic> {
    static EMPTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"<([A-Za-z][\w:.-]*)((?:\s+[^\s<>"'=/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/>"#).ok()
    });
    let Some(empty) = EMPTY.as_ref() else {
        return tree(page, told);
    };
    let page = empty.replace_all(page, |found: &Captures<'_>| {
        let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
        if VOID.contains(&part(1).to_ascii_lowercase().as_str()) {
            part(0).to_owned()
        } else {
            format!("<{}{}></{}>", part(1), part(2), part(1))
        }
    });
    tree(&page, told)
}

fn tree(html: &str, told: &mut Vec<Diagnostic>) -> Result<Document, Diagnostic> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Document::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let end = rest.floor_char_boundary(PIECE);
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        parser.process(StrTendril::from(piece));
        let document = &parser.tokenizer.sink.sink;
        // Faults of the markup are forgiven, as browsers do; only their number would fill memory.
        document.errors.borrow_mut().clear();
        if document.tree.len() > MOST_NODES {
            return Err(too_much("it has more elements than an article has"));
        }
        if is_open_deep(document) {
            return Err(too_deep());
        }
    }
    let document = parser.finish();
    // What is still open where the page ends, but for what HTML allows to be.
    if !document.errors.borrow().is_empty() {
        told.push(cut_short());
    }
    if is_deep(&document) {
        return Err(too_deep());
    }
    Ok(document)
}

/// Whether anything in a page lies too deep.
fn is_deep(document: &Document) -> bool {
    let mut stack = vec![(document.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        if depth > MOST_DEEP {
            return true;
        }
        stack.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// Whether the elements that are still open lie too deep. They are at the end of the tree, but for what stands in a
/// table where no table allows it: that comes in front of the table.
fn is_open_deep(document: &Document) -> bool {
    const MOST_STEPS: usize = 20_000;
    let mut stack = vec![(document.root(), 0)];
    for _ in 0..MOST_STEPS {
        let Some((node, depth)) = stack.pop() else {
            return false;
        };
        if depth > MOST_DEEP {
            return true;
        }
        let Some(last) = node.last_child() else {
            continue;
        };
        if last.has_name("table")
            && let Some(before) = last.prev_sibling()
        {
            stack.push((before, depth + 1));
        }
        let hidden = last.query(|node| node.as_element().and_then(|element| element.template_contents));
        if let Some(contents) = hidden.flatten() {
            stack.push((NodeRef::new(contents, &document.tree), depth + 1));
        }
        stack.push((last, depth + 1));
    }
    false
}

fn cut_short() -> Diagnostic {
    let message = "the page ends in the middle of an element; what was in the rest of it is missing";
    Diagnostic::warning("cut_short", message)
        .with_hint("save the page anew, and compare the end of the text with the original")
}

fn too_deep() -> Diagnostic {
    too_much("its elements lie in each other deeper than those of any article")
}

fn too_much(reason: &str) -> Diagnostic {
    Diagnostic::error("too_complex", format!("the page is not read: {reason}"))
        .with_hint("copy the words of the page and paste them as an article")
}

/// The characters of a piece of text; `None` for any other node.
pub(super) fn words_of(node: &NodeRef<'_>) -> Option<StrTendril> {
    node.query(|node| match &node.data {
        NodeData::Text { contents } => Some(contents.clone()),
        _ => None,
    })?
}

/// The name of an element, in lower case for elements of HTML; empty for any other node.
pub(super) fn name_of(node: &NodeRef<'_>) -> String {
    node.node_name().map(|name| name.to_string()).unwrap_or_default()
}

/// The value of an attribute without white space around it; `None` where it is empty or absent.
pub(super) fn attribute(node: &NodeRef<'_>, name: &str) -> Option<String> {
    let value = node.attr(name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Whether an element has a class of which that is true.
pub(super) fn has_class(node: &NodeRef<'_>, is: impl Fn(&str) -> bool) -> bool {
    attribute(node, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(is))
}

/// The elements below a node, in their order.
pub(super) fn elements<'a>(root: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> {
    root.descendants_it().filter(NodeRef::is_element)
}

/// The first element below a node of which that is true.
pub(super) fn first<'a>(root: &NodeRef<'a>, is: impl Fn(&NodeRef<'a>) -> bool) -> Option<NodeRef<'a>> {
    elements(root).find(is)
}

/// All characters below a node on one line: each run of white space becomes one space, but for no-break spaces.
pub(super) fn line_of(node: &NodeRef<'_>) -> Option<String> {
    one_line(&node.text())
}

/// A text on one line; `None` where it has no words.
pub(super) fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let line = words.join(" ");
    let line = line.trim_matches('\u{a0}');
    (!line.is_empty()).then(|| line.to_owned())
}

/// A text on one line as it is held against another: neither case, accents, nor vowel signs count.
pub(super) fn folded_line(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}
