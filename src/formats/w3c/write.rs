//! Writing Web Annotations, one a line: the text of an article, then what each annotator marked in it.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::model::{Annotator, Article, Event, Filler, Layer, Note, Relation, Span, SpanId, Status};
use crate::text::{ByteOffset, ByteRange, Text};

use super::super::Diagnostic;
use super::super::files::{Files, Out};
use super::super::jsonl::rest::{rest_of, role_json};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::value_text::attributes_json;
use super::CONTEXT;

struct Writer<'a> {
    out: Out<'a>,
    is_first: bool,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let mut out = files.main()?;
    write!(
        out,
        "{{\"@context\":\"{CONTEXT}\",\"id\":\"urn:hashiya:{}\",\"type\":\"AnnotationPage\",\"items\":[",
        part(&options.name)
    )?;
    Ok(Box::new(Writer { out, is_first: true }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        let source = format!("urn:hashiya:article:{}", part(article.id.as_str()));
        self.item(&text_of(article, &source, count(layers)))?;
        for (annotator, layer) in layers.iter().filter(|(_, layer)| layer.exists()) {
            let base = format!("{source}:{}", part(annotator.as_str()));
            let creator = json!({ "type": "Person", "name": annotator.as_str() });
            let mut put = |kind: &str, id: &str, mut rest: Json| {
                let mut item = json!({
                    "id": format!("{base}:{kind}:{}", part(id)), "type": "Annotation", "creator": creator,
                });
                if let (Some(item), Some(rest)) = (item.as_object_mut(), rest.as_object_mut()) {
                    item.append(rest);
                }
                self.item(&item)
            };
            put("layer", "about", about(article, layer, &source))?;
            for span in layer.spans.iter() {
                put("span", span.id.as_str(), marked(&article.text, span, &source))?;
            }
            for relation in layer.relations.values() {
                put("relation", relation.id.as_str(), linked(relation, &base, &source))?;
            }
            for event in layer.events_in_order() {
                put("event", event.id.as_str(), classified(event, &base, &source))?;
            }
            for note in layer.notes.values() {
                put("note", note.id.as_str(), commented(note, &source))?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(Vec::new())
    }
}

fn linked(relation: &Relation, base: &str, source: &str) -> Json {
    let end = |id: &SpanId| format!("{base}:span:{}", part(id.as_str()));
    let rest = json!({
        "motivation": "linking",
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "value": relation.relation_type.as_str() },
            { "id": end(&relation.to), "purpose": "linking" },
        ],
        "target": end(&relation.from),
        "hashiya:id": relation.id.as_str(),
        "hashiya:from": relation.from.as_str(),
        "hashiya:to": relation.to.as_str(),
        "hashiya:source": source,
    });
    with(
        rest,
        [("hashiya:attributes", attributes_json(&relation.attributes).into())],
    )
}

fn commented(note: &Note, source: &str) -> Json {
    json!({
        "motivation": "commenting",
        "body": { "type": "TextualBody", "purpose": "commenting", "value": note.text },
        "target": source,
        "hashiya:id": note.id.as_str(),
        "hashiya:target": note.target.as_ref().map(ToString::to_string),
    })
}

impl Writer<'_> {
    fn item(&mut self, item: &Json) -> io::Result<()> {
        let comma = if self.is_first { "" } else { "," };
        self.is_first = false;
        write!(self.out, "{comma}\n{item}")
    }
}

/// A part of a URN: what is no letter or digit of ASCII as its bytes.
fn part(id: &str) -> String {
    let byte = |b: u8| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_') {
            char::from(b).to_string()
        } else {
            format!("%{b:02X}")
        }
    };
    id.bytes().map(byte).collect()
}

/// How many annotations follow the text of an article.
fn count(layers: &[(Annotator, Layer)]) -> usize {
    let marked = layers.iter().filter(|(_, layer)| layer.exists());
    let counts = marked.map(|(_, layer)| {
        1 + layer.spans.len() + layer.relations.len() + layer.events.len() + layer.notes.len()
    });
    counts.sum()
}

/// The annotation that carries an article's text.
fn text_of(article: &Article, source: &str, count: usize) -> Json {
    let text = json!({
        "id": format!("{source}:text"),
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody", "purpose": "describing", "format": "text/plain",
            "language": article.header.lang, "value": article.text.as_str(),
        },
        "target": source,
        "hashiya:article": article.id.as_str(),
        "hashiya:title": article.header.title,
        "hashiya:annotations": count,
    });
    let more = rest_of(article, &Layer::default());
    with(
        text,
        [
            ("hashiya:meta", Json::Object(article.header.meta.clone())),
            ("hashiya:more", Json::Object(more)),
        ],
    )
}

fn about(article: &Article, layer: &Layer, source: &str) -> Json {
    let mut more = rest_of(article, layer);
    // It stands with the text.
    more.shift_remove("article");
    let about = json!({
        "motivation": "assessing",
        "target": source,
        "hashiya:status": layer.status.map(Status::name),
    });
    with(
        about,
        [
            ("hashiya:labels", attributes_json(&layer.labels).into()),
            ("hashiya:more", Json::Object(more)),
        ],
    )
}

/// An event: its type is said of the spans that take part, and of the article where none does.
fn classified(event: &Event, base: &str, source: &str) -> Json {
    let fillers = event.roles.iter().filter_map(|role| match &role.filler {
        Filler::Span(span) => Some(span),
        Filler::Value(_) => None,
    });
    let spans = event.trigger.iter().chain(fillers);
    let mut targets: Vec<String> = spans
        .map(|span| format!("{base}:span:{}", part(span.as_str())))
        .collect();
    if targets.is_empty() {
        targets.push(source.to_owned());
    }
    let roles: Vec<Json> = event.roles.iter().map(role_json).collect();
    let event_item = json!({
        "motivation": "classifying",
        "body": { "type": "TextualBody", "purpose": "classifying", "value": event.event_type.as_str() },
        "target": targets,
        "hashiya:id": event.id.as_str(),
        "hashiya:trigger": event.trigger.as_ref().map(SpanId::as_str),
        "hashiya:source": source,
    });
    with(
        event_item,
        [
            ("hashiya:roles", Json::Array(roles)),
            ("hashiya:attributes", attributes_json(&event.attributes).into()),
        ],
    )
}

/// Puts in values that come from elsewhere as they are; the macro would write their numbers in another way.
fn with<const N: usize>(mut item: Json, values: [(&str, Json); N]) -> Json {
    for (key, value) in values {
        item[key] = value;
    }
    item
}

fn marked(text: &Text, span: &Span, source: &str) -> Json {
    let target = |range: &ByteRange| {
        let places = text.char_range(*range)?;
        let (before, after) = around(text, *range);
        Some(json!({
            "source": source,
            "selector": [
                { "type": "TextPositionSelector", "start": places.start().get(), "end": places.end().get() },
                { "type": "TextQuoteSelector", "exact": text.slice(*range)?, "prefix": before, "suffix": after },
            ],
        }))
    };
    let mut targets: Vec<Json> = span.ranges.as_slice().iter().filter_map(target).collect();
    let targets = if targets.len() == 1 {
        targets.remove(0)
    } else {
        Json::Array(targets)
    };
    let tagging = json!({
        "motivation": "tagging",
        "body": { "type": "TextualBody", "purpose": "tagging", "value": span.label.as_str() },
        "target": targets,
        "hashiya:id": span.id.as_str(),
    });
    with(
        tagging,
        [("hashiya:attributes", attributes_json(&span.attributes).into())],
    )
}

/// Up to 24 characters on both sides, whole ones as readers see them.
fn around(text: &Text, range: ByteRange) -> (&str, &str) {
    const MOST: usize = 24;
    let (mut from, mut to) = (range.start(), range.end());
    for _ in 0..MOST {
        from = text.previous_grapheme(from);
        to = text.next_grapheme(to);
    }
    let slice =
        |from: ByteOffset, to: ByteOffset| text.slice(ByteRange::between(from, to)).unwrap_or_default();
    (slice(from, range.start()), slice(range.end(), to))
}
