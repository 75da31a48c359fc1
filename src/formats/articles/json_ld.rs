//! What a page says of its article in JSON-LD, the vocabulary of schema.org. Only the first article of a page counts: the
//! next is another one.

use std::collections::BTreeMap;

use dom_query::{Document, NodeRef};
use serde_json::Value as Json;

use super::dom::{attribute, elements};
use super::facts::Facts;
use super::page::{is_address, is_name, plain};
use super::prose::{is_blank, text_of};

/// What is said of the first article; nothing where none is described.
pub(super) fn facts(root: &NodeRef<'_>) -> Facts {
    let mut data = Data::of(root);
    let sites = std::mem::take(&mut data.sites);
    let Some(article) = &data.article else {
        return Facts {
            sites,
            ..Facts::default()
        };
    };
    let names = |key: &str| data.names(article.get(key)?);
    let page = article.get("mainEntityOfPage").and_then(|page| match page {
        Json::Object(_) => text(page, "@id"),
        _ => page.as_str().map(str::to_owned),
    });
    Facts {
        title: text(article, "headline").or_else(|| text(article, "name")),
        lang: text(article, "inLanguage"),
        source: names("publisher"),
        url: text(article, "url").or(page).filter(|url| is_address(url)),
        published: text(article, "datePublished"),
        author: names("author").or_else(|| names("creator")),
        sites,
        ..Facts::default()
    }
}

/// The text of an article that stands in the data of a page: of the first article that is described, or else in what the
/// scripts of the page are given.
pub(super) fn article_body(root: &NodeRef<'_>) -> Option<String> {
    let data = Data::of(root);
    let described = data
        .article
        .as_ref()
        .and_then(|article| article.get("articleBody"));
    let given = || blocks(root, "application/json").find_map(|block| any_body(&block).map(str::to_owned));
    let body = described
        .and_then(Json::as_str)
        .map(str::to_owned)
        .or_else(given)?;
    let lines: Vec<String> = if body.contains("</p>") || body.contains("<br") {
        vec![text_of(&Document::fragment(body).root(), &|_| true)]
    } else {
        body.lines().filter_map(plain).collect()
    };
    let text = lines.join("\n");
    (!is_blank(&text)).then_some(text)
}

/// The first text of that name anywhere in a value.
fn any_body(json: &Json) -> Option<&str> {
    match json {
        Json::Object(map) => map
            .get("articleBody")
            .and_then(Json::as_str)
            .filter(|body| !body.is_empty())
            .or_else(|| map.values().find_map(any_body)),
        Json::Array(list) => list.iter().find_map(any_body),
        _ => None,
    }
}

fn blocks(root: &NodeRef<'_>, kind: &'static str) -> impl Iterator<Item = Json> {
    let is_block = move |element: &NodeRef<'_>| {
        element.has_name("script")
            && attribute(element, "type").is_some_and(|found| found.eq_ignore_ascii_case(kind))
    };
    let blocks = elements(root).filter(is_block);
    blocks.filter_map(|block| {
        let code = block.text();
        let code = code
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>");
        serde_json::from_str(code).ok()
    })
}

/// What the blocks of a page hold.
#[derive(Default)]
struct Data {
    article: Option<Json>,
    /// Names of persons and houses by their ids, with which an article may refer to them.
    by_id: BTreeMap<String, String>,
    /// What the site is called.
    sites: Vec<String>,
}

impl Data {
    fn of(root: &NodeRef<'_>) -> Self {
        let mut data = Self::default();
        for block in blocks(root, "application/ld+json") {
            data.gather(block);
        }
        data
    }

    fn gather(&mut self, json: Json) {
        match json {
            Json::Array(list) => list.into_iter().for_each(|one| self.gather(one)),
            Json::Object(mut map) => {
                if let Some(graph) = map.remove("@graph") {
                    self.gather(graph);
                }
                let json = Json::Object(map);
                if let (Some(id), Some(name)) = (text(&json, "@id"), text(&json, "name")) {
                    self.by_id.insert(id, name);
                }
                if has_kind(&json, |kind| kind == "WebSite") {
                    self.sites.extend(text(&json, "name"));
                }
                if self.article.is_none() && is_article(&json) {
                    self.article = Some(json);
                }
            }
            _ => {}
        }
    }

    /// The names of persons or houses: one, or several with commas between them.
    fn names(&self, value: &Json) -> Option<String> {
        match value {
            Json::String(name) => plain(name).filter(|name| is_name(name)),
            Json::Object(_) => text(value, "name")
                .or_else(|| self.by_id.get(&text(value, "@id")?).cloned())
                .filter(|name| is_name(name)),
            Json::Array(list) => {
                let mut all: Vec<String> = Vec::new();
                for name in list.iter().filter_map(|one| self.names(one)) {
                    if !all.contains(&name) {
                        all.push(name);
                    }
                }
                (!all.is_empty()).then(|| all.join(", "))
            }
            _ => None,
        }
    }
}

fn is_article(json: &Json) -> bool {
    has_kind(json, |kind| {
        kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
    })
}

fn has_kind(json: &Json, is: impl Fn(&str) -> bool) -> bool {
    match json.get("@type") {
        Some(Json::String(kind)) => is(kind),
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).any(is),
        _ => false,
    }
}

fn text(json: &Json, key: &str) -> Option<String> {
    plain(json.get(key)?.as_str()?)
}
