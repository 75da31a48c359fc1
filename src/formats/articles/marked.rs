//! What the text of a page marks as its date and its authors, where its head says nothing of them. A page has such marks for
//! other articles too: those count that stand with the headline.

use dom_query::NodeRef;

use super::date;
use super::dom::{attribute, elements, first, line_of, name_of, one_line};
use super::names::Names;
use super::page::{is_name, name_in};
use super::prose::text_of;

/// Letters of the name of an author at most.
const LONGEST_NAME: usize = 80;

/// A date that is marked as that of the publication, or else the first that is marked at all.
pub(super) fn date(root: &NodeRef<'_>) -> Option<String> {
    let value = |element: &NodeRef<'_>| {
        ["datetime", "content"]
            .iter()
            .find_map(|name| attribute(element, name))
            .or_else(|| line_of(element))
    };
    let is_of_publication = |element: &NodeRef<'_>| {
        attribute(element, "itemprop").is_some_and(|name| name == "datePublished")
            || (element.has_name("time") && element.has_attr("pubdate"))
    };
    let of_publication = first(root, is_of_publication).and_then(|element| value(&element));
    let of_any = || {
        let is_time = |element: &NodeRef<'_>| element.has_name("time") && element.has_attr("datetime");
        nearest(root, is_time).first().and_then(value)
    };
    of_publication.or_else(of_any).map(|date| date::iso(&date))
}

/// The authors that are marked, with commas between them, or else the line that is named after them.
pub(super) fn authors(root: &NodeRef<'_>) -> Option<String> {
    let is_author = |element: &NodeRef<'_>| {
        let has = |name: &str| {
            attribute(element, name)
                .is_some_and(|words| words.split_ascii_whitespace().any(|word| word == "author"))
        };
        has("rel") || has("itemprop")
    };
    let mut names: Vec<String> = Vec::new();
    for element in nearest(root, is_author) {
        let is_name_of =
            |inner: &NodeRef<'_>| attribute(inner, "itemprop").is_some_and(|name| name == "name");
        let holder = first(&element, is_name_of).unwrap_or(element);
        names.extend(name(&holder).filter(|name| !names.contains(name)));
    }
    if names.is_empty() {
        let is_line = |element: &NodeRef<'_>| {
            matches!(name_of(element).as_str(), "a" | "address" | "div" | "p" | "span")
                && Names::of(element).have(&["author", "authors", "byline", "auteur"])
                && name(element).is_some()
        };
        return nearest(root, is_line).first().and_then(name);
    }
    Some(names.join(", "))
}

/// The name in an element that holds little else.
fn name(element: &NodeRef<'_>) -> Option<String> {
    let line = attribute(element, "content").or_else(|| one_line(&text_of(element, &|_| true)))?;
    let name = name_in(&line);
    let is_short = (2..=LONGEST_NAME).contains(&name.chars().count());
    (is_short && is_name(&name) && name.chars().any(char::is_alphabetic)).then_some(name)
}

/// All elements of which that is true and that stand with a headline, or else the first that stands neither in a menu nor
/// in a column.
fn nearest<'a>(root: &NodeRef<'a>, is: impl Fn(&NodeRef<'a>) -> bool) -> Vec<NodeRef<'a>> {
    let stands_beside = |element: &NodeRef<'_>| {
        let mut around = element.ancestors_it(None);
        around.any(|node| matches!(name_of(&node).as_str(), "nav" | "aside" | "footer"))
    };
    let has_headline = |element: &NodeRef<'_>| {
        let mut around = element.ancestors_it(None);
        let article = around.find(|node| node.has_name("article") || node.has_name("main"));
        article.is_some_and(|article| first(&article, |inner| inner.has_name("h1")).is_some())
    };
    let marked = elements(root).filter(|element| is(element) && !stands_beside(element));
    let (with_headline, mut others): (Vec<_>, Vec<_>) = marked.partition(has_headline);
    if with_headline.is_empty() {
        others.truncate(1);
        return others;
    }
    with_headline
}
