//! What a page says of its article in JSON-LD, the vocabulary of schema.org. Only the first article of a page counts: the
//! next is another one.

use std::collections::BTreeMap;

use dom_query::NodeRef;
use serde_json::Value as Json;

use super::dom::{attribute, elements};
use super::facts::Facts;
use super::page::{is_address, plain};

/// What is said of the first article; nothing where none is described.
pub(super) fn facts(root: &NodeRef<'_>) -> Facts {
    let mut data = Data::default();
    for block in blocks(root) {
        data.gather(block);
    }
    let Some(article) = &data.article else {
        return Facts::default();
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
        ..Facts::default()
    }
}

fn blocks(root: &NodeRef<'_>) -> impl Iterator<Item = Json> {
    let is_block = |element: &NodeRef<'_>| {
        element.has_name("script")
            && attribute(element, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
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
}

impl Data {
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
            Json::String(name) if !is_address(name) => plain(name),
            Json::Object(_) => text(value, "name").or_else(|| self.by_id.get(&text(value, "@id")?).cloned()),
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
    let kinds = match json.get("@type") {
        Some(Json::String(kind)) => vec![kind.as_str()],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    let is_one = |kind: &&str| kind.ends_with("Article") || kind.ends_with("Posting") || *kind == "Report";
    kinds.iter().any(is_one)
}

fn text(json: &Json, key: &str) -> Option<String> {
    plain(json.get(key)?.as_str()?)
}
