//! Which key of a row holds what, by the names and the shapes that datasets usually have.

use serde_json::{Map, Value as Json};

use super::super::json_records::Record;
use super::super::position::{Pairs, pairs};
use crate::model::counted;

/// Keys of the article's words.
pub(super) const TEXTS: &[&str] = &["text", "sentence", "content", "body"];
/// Keys of tokens.
pub(super) const TOKENS: &[&str] = &["tokens", "words", "token"];
/// Keys of the tokens' tags, the most telling first.
pub(super) const TAGS: &[&str] = &[
    "ner_tags",
    "ner",
    "ner_labels",
    "entity_tags",
    "bio_tags",
    "iob_tags",
    "tags",
    "labels",
    "label",
    "fine_ner_tags",
];
/// Keys of spans.
pub(super) const SPANS: &[&str] = &[
    "spans",
    "entities",
    "named_entities",
    "ner",
    "mentions",
    "annotations",
    "labels",
    "label",
];
/// Keys of where a span starts.
pub(super) const STARTS: &[&str] = &[
    "start",
    "begin",
    "start_offset",
    "start_char",
    "char_start",
    "start_index",
    "start_idx",
    "start_position",
];
/// Keys of where a span ends.
pub(super) const ENDS: &[&str] = &[
    "end",
    "stop",
    "end_offset",
    "end_char",
    "char_end",
    "end_index",
    "end_idx",
    "end_position",
];
/// Keys of a span's label.
pub(super) const LABELS: &[&str] = &[
    "label",
    "type",
    "entity_type",
    "entity_group",
    "tag",
    "category",
    "class",
    "labels",
];
/// Keys of a span's words.
const QUOTES: &[&str] = &["text", "word", "mention", "surface", "surface_form", "entity"];

/// The marks of a row.
#[derive(Debug, Default)]
pub(super) struct Roles<'a> {
    /// The words, and their key.
    pub text: Option<(&'static str, &'a str)>,
    /// The tokens, and their key; a token that is null is empty.
    pub tokens: Option<(&'static str, Vec<&'a str>)>,
    /// The tags, and their key.
    pub tags: Option<(&'static str, &'a [Json])>,
    /// The spans, each an object, and their key; the reason where they cannot be read.
    pub spans: Option<(&'static str, Result<Vec<Record>, String>)>,
}

impl<'a> Roles<'a> {
    /// Finds them.
    pub(super) fn of(record: &'a Record) -> Self {
        let text = first(TEXTS, |key| record.get(key)?.as_str());
        let tokens = first(TOKENS, |key| strings(record.get(key)?));
        let tags = tokens.as_ref().and_then(|(_, tokens)| {
            let lists = |key: &str| record.get(key)?.as_array().filter(|list| are_tags(list));
            // What is as long as the tokens goes before what should have been.
            let fitting = first(TAGS, |key| lists(key).filter(|list| list.len() == tokens.len()));
            fitting.or_else(|| first(TAGS, lists))
        });
        let spans = first(SPANS, |key| spans(record.get(key)?));
        Self {
            text,
            tokens,
            tags: tags.map(|(key, list)| (key, list.as_slice())),
            spans,
        }
    }

    /// Every key that is understood.
    pub(super) fn keys(&self) -> Vec<&'static str> {
        let keys = [
            self.text.map(|(key, _)| key),
            self.tokens.as_ref().map(|(key, _)| *key),
            self.spans.as_ref().map(|(key, _)| *key),
            self.tags.map(|(key, _)| key),
        ];
        keys.into_iter().flatten().collect()
    }
}

fn first<T>(keys: &[&'static str], find: impl Fn(&str) -> Option<T>) -> Option<(&'static str, T)> {
    keys.iter().find_map(|key| Some((*key, find(key)?)))
}

fn strings(json: &Json) -> Option<Vec<&str>> {
    let list = json.as_array()?;
    let words = list.iter().map(|item| match item {
        Json::Null => Some(""),
        other => other.as_str(),
    });
    words.collect()
}

fn are_tags(list: &[Json]) -> bool {
    let is_tag = |item: &Json| item.is_string() || item.is_null() || item.as_i64().is_some();
    list.iter().all(is_tag)
}

/// The spans in a list of objects, or in an object of lists, as the library once made it of a sequence of objects.
fn spans(json: &Json) -> Option<Result<Vec<Record>, String>> {
    let has_place = |object: &Map<String, Json>| {
        let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
        has(&["offsets"]) || has(STARTS) && has(ENDS)
    };
    match json {
        Json::Array(list) => {
            let is_one = list.is_empty() || list.iter().any(|item| item.as_object().is_some_and(has_place));
            is_one.then(|| {
                let objects = list.iter().map(|item| match item {
                    Json::Object(object) => Ok(object.clone()),
                    other => Err(format!(
                        "a span is an object, not {}",
                        super::super::jsonl::shown(other)
                    )),
                });
                objects.collect()
            })
        }
        Json::Object(lists) if has_place(lists) && lists.values().any(Json::is_array) => Some(turned(lists)),
        _ => None,
    }
}

/// Objects from an object of lists.
fn turned(lists: &Map<String, Json>) -> Result<Vec<Record>, String> {
    let mut objects: Vec<Record> = Vec::new();
    let length = lists.values().filter_map(Json::as_array).map(Vec::len).max();
    objects.resize(length.unwrap_or_default(), Record::new());
    for (key, list) in lists {
        let Some(list) = list.as_array() else {
            return Err(format!("{key} of the spans is not a list as the other keys are"));
        };
        if list.len() != objects.len() {
            return Err(format!(
                "{key} of the spans has {} where another key has {}",
                counted(list.len(), "element"),
                objects.len()
            ));
        }
        for (object, item) in objects.iter_mut().zip(list) {
            object.insert(key.clone(), item.clone());
        }
    }
    Ok(objects)
}

/// A span as a row gives it.
pub(super) struct GivenRecord<'a> {
    /// Its label, a name or a number, and its key.
    pub label: Option<(&'static str, &'a Json)>,
    /// Where it lies, or the reason why that is not known.
    pub pairs: Result<Pairs, String>,
    /// Its own words.
    pub quote: Option<String>,
    /// The keys that were understood.
    pub taken: Vec<&'static str>,
}

impl<'a> GivenRecord<'a> {
    /// Reads what it is.
    pub(super) fn of(span: &'a Record) -> Self {
        let value = |keys: &[&'static str]| {
            first(keys, |key| {
                span.get(key).is_some_and(|value| !value.is_null()).then_some(())
            })
            .and_then(|(key, ())| Some((key, span.get(key)?)))
        };
        let (start, end, label) = (value(STARTS), value(ENDS), value(LABELS));
        let offsets = span.get("offsets").filter(|offsets| offsets.is_array());
        let number = |given: Option<(&str, &Json)>| given.map(|(_, json)| whole(json));
        let quote = first(QUOTES, |key| words(span.get(key)?));
        let mut taken: Vec<&'static str> = [start, end, label]
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .collect();
        taken.extend(quote.as_ref().map(|(key, _)| *key));
        taken.extend(offsets.map(|_| "offsets"));
        Self {
            label,
            pairs: pairs(number(start).as_ref(), number(end).as_ref(), offsets),
            quote: quote.map(|(_, words)| words),
            taken,
        }
    }
}

/// Words, or the words of fragments.
fn words(json: &Json) -> Option<String> {
    match json {
        Json::String(words) => Some(words.clone()),
        list => strings(list)
            .filter(|list| !list.is_empty())
            .map(|list| list.join(" ")),
    }
}

/// A whole number, which tables with holes in them keep as a broken one.
fn whole(json: &Json) -> Json {
    let text = json.as_number().map(ToString::to_string);
    let number = text
        .as_deref()
        .and_then(|text| text.strip_suffix(".0")?.parse::<u64>().ok());
    number.map_or_else(|| json.clone(), Json::from)
}
