//! Any object with a `text`: other tools' lines. What is understood becomes id, title, language, spans, and
//! relations; every other key is metadata.

use serde_json::{Map, Value as Json, json};

use crate::model::{Article, ArticleId, Extra, Header, Layer};
use crate::text::Text;

use super::super::json_records::{named_unit, needed_text, take_annotator};
use super::super::position::Unit;
use super::super::{Diagnostic, Incoming, language_of, title_of};
use super::fields::{Fields, Findings, id_text, shown};
use super::native::{Reading, read_spans};
use super::records::read_records;

/// Reads a line of another tool.
///
/// # Errors
/// The reason why the whole line is kept out.
pub(super) fn read(
    map: Map<String, Json>,
    reading: &Reading,
    found: &mut Findings,
) -> Result<Incoming, Diagnostic> {
    let mut fields = Fields::new("the article", map);
    let text = needed_text(fields.take("text"), "text")?;
    let id = take_id(&mut fields, found);
    let given_title = take_if(&mut fields, "title", |title| {
        title
            .as_str()
            .filter(|title| !title.trim().is_empty())
            .map(str::to_owned)
    });
    let lang =
        take_if(&mut fields, "lang", language_tag).or_else(|| take_if(&mut fields, "language", language_tag));
    let has_spans = fields.peek("spans").is_some();
    let (spans, relations) = take_spans(&mut fields);
    // Of a line without marks the name is kept as metadata: there is no layer whose it could be.
    let annotator = (has_spans && !spans.is_empty() && !fields.has("spans"))
        .then(|| take_annotator(&mut fields, "annotator"))
        .flatten();
    let unit = match take_if(&mut fields, "offsets", named_unit) {
        None => reading.unit,
        Some(Unit::CodePoints) => reading.code_points,
        Some(unit) => unit,
    };
    let reading = &Reading { unit, ..*reading };
    let header = Header {
        title: given_title.or_else(|| title_of(&text)),
        lang: lang.or_else(|| language_of(&text).map(str::to_owned)),
        meta: metadata(fields),
        extra: Extra::new(),
    };
    let article = Article::new(id, header, Text::new(text))?;
    let mut layer = Layer::default();
    read_spans(spans, &article.text, reading, &mut layer, found);
    if !relations.is_empty() {
        let mut records = Fields::new(
            "the article",
            Map::from_iter([("relations".to_owned(), Json::Array(relations))]),
        );
        read_records(&mut records, &mut layer, found);
    }
    Ok(Incoming::new(article, vec![(annotator, layer)], Some(found.line)))
}

/// The article's id. What cannot be one stays, and becomes metadata.
pub(in crate::formats) fn take_id(fields: &mut Fields, found: &mut Findings) -> Option<ArticleId> {
    let id = take_if(fields, "id", id_text).and_then(|id| ArticleId::new(id).ok());
    if fields.has("id") {
        let id = fields.peek("id").map(shown).unwrap_or_default();
        let message =
            format!("{id} cannot be an article's id; it is kept as metadata, and the text gives the id");
        found.doubt(
            "bad_id",
            message,
            "an id is a string that is not empty, without control characters",
        );
    }
    id
}

/// Takes a key only where its value has the shape; otherwise it stays, and becomes metadata.
pub(in crate::formats) fn take_if<T>(
    fields: &mut Fields,
    key: &str,
    shape: impl FnOnce(&Json) -> Option<T>,
) -> Option<T> {
    let value = fields.peek(key).and_then(shape)?;
    fields.take(key);
    Some(value)
}

/// A BCP 47 tag by its shape.
pub(in crate::formats) fn language_tag(json: &Json) -> Option<String> {
    let tag = json.as_str()?;
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let primary = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let fits = primary
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    // A language's name in full ("french") has the shape of a tag but is none.
    (fits && first.len() <= 3).then(|| tag.to_owned())
}

/// The keys that are left, with those of a `meta` object among them where none collides.
pub(in crate::formats) fn metadata(mut fields: Fields) -> Extra {
    let is_free = |inner: &Map<String, Json>| {
        let mut keys = inner.keys().filter(|key| *key != "meta");
        keys.all(|key| fields.peek(key).is_none())
    };
    let inner = fields.peek("meta").and_then(Json::as_object);
    let Some(mut meta) = inner.filter(|inner| is_free(inner)).cloned() else {
        return fields.rest();
    };
    fields.take("meta");
    meta.extend(fields.rest());
    meta
}

/// The spans of all keys that hold spans, in the shape of the native format, and the relations between them.
fn take_spans(fields: &mut Fields) -> (Vec<Json>, Vec<Json>) {
    let mut spans = Vec::new();
    let mut have_ids = false;
    for key in ["spans", "entities", "label", "labels"] {
        let Some(list) = take_if(fields, key, |json| {
            json.as_array().filter(|list| are_spans(list)).cloned()
        }) else {
            continue;
        };
        have_ids |= key == "entities" && list.iter().any(|item| item.get("id").is_some());
        spans.extend(list.into_iter().map(native_span));
    }
    let relations = if have_ids {
        take_if(fields, "relations", |json| {
            let list = json.as_array()?;
            list.iter()
                .all(|one| one.get("from_id").is_some())
                .then(|| list.clone())
        })
    } else {
        None
    };
    let relations = relations
        .unwrap_or_default()
        .into_iter()
        .map(native_relation)
        .collect();
    (spans, relations)
}

/// Whether a list holds spans rather than, say, the names of classes. One item that reads like a span is enough: the
/// others are then told as faulty spans, and not kept in silence as metadata.
fn are_spans(list: &[Json]) -> bool {
    let is_span = |item: &Json| match item {
        Json::Array(items) => items.len() >= 3 && items.first().is_some_and(|start| !start.is_array()),
        Json::Object(object) => ["start", "start_offset", "end", "end_offset"]
            .iter()
            .any(|key| object.contains_key(*key)),
        _ => false,
    };
    list.is_empty() || list.iter().any(is_span)
}

fn native_span(span: Json) -> Json {
    match span {
        Json::Array(mut items) if items.len() == 3 => {
            let label = items.pop().unwrap_or_default();
            let end = items.pop().unwrap_or_default();
            json!({"start": items.pop(), "end": end, "label": label})
        }
        Json::Object(object) => {
            let renamed = object.into_iter().map(|(key, value)| match key.as_str() {
                "start_offset" => ("start".to_owned(), value),
                "end_offset" => ("end".to_owned(), value),
                _ => (key, value),
            });
            Json::Object(renamed.collect())
        }
        other => other,
    }
}

fn native_relation(relation: Json) -> Json {
    let Json::Object(object) = relation else {
        return relation;
    };
    let renamed = object.into_iter().map(|(key, value)| match key.as_str() {
        "from_id" => ("from".to_owned(), value),
        "to_id" => ("to".to_owned(), value),
        _ => (key, value),
    });
    Json::Object(renamed.collect())
}
