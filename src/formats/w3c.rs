//! The format `w3c`: Web Annotations in JSON-LD, one `AnnotationCollection` in one file, an annotation a line.
//!
//! Each article is an annotation of its own that carries the text, so that a file reads back alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Annotator, Article, ArticleId, Attributes, Extra, Header, Layer, Origin, OriginKind, Span, SpanId,
    Status, parse_json,
};
use crate::text::{ByteOffset, ByteRange, Text};

use super::files::{Files, Out};
use super::marking::{GivenSpan, Marking};
use super::position::{Pairs, Unit};
use super::registry::{Claim, DatasetWriter, Format, Glimpse, OffsetUnit, Shape, WriteOptions};
use super::unit_probe::UnitProbe;
use super::{
    Diagnostic, Feature, Incoming, MOST_BYTES, ReadOptions, Sink, cannot_read, decode, jsonl, too_large,
};

pub(super) const FORMAT: Format = Format {
    id: "w3c",
    name: "W3C Web Annotation",
    endings: &["jsonld", "json"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[Feature::Events, Feature::Review],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/w3c.md"),
    columns: None,
    claim,
    read: Some(read),
    write: Some(writer),
};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

fn claim(file: &Glimpse<'_>) -> Claim {
    let is_it = memchr::memmem::find(file.head, CONTEXT.as_bytes()).is_some();
    if matches!(file.ending, "json" | "jsonld") && is_it {
        Claim::Reads
    } else {
        Claim::No
    }
}

struct Writer<'a> {
    out: Out<'a>,
    is_first: bool,
}

fn writer<'a>(
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
        self.item(&text_of(article, &source))?;
        for (annotator, layer) in layers.iter().filter(|(_, layer)| layer.exists()) {
            let base = format!("{source}:{}", part(annotator.as_str()));
            let creator = json!({ "type": "Person", "name": annotator.as_str() });
            let put = |kind: &str, id: &str, mut rest: Json| {
                let mut item = json!({
                    "id": format!("{base}:{kind}:{}", part(id)), "type": "Annotation", "creator": creator,
                });
                if let (Some(item), Some(rest)) = (item.as_object_mut(), rest.as_object_mut()) {
                    item.append(rest);
                }
                item
            };
            self.item(&put("layer", "about", about(layer, &source)))?;
            for span in layer.spans.iter() {
                self.item(&put(
                    "span",
                    span.id.as_str(),
                    marked(&article.text, span, &source),
                ))?;
            }
            for relation in layer.relations.values() {
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
                    "hashiya:attributes": attributes(&relation.attributes),
                });
                self.item(&put("relation", relation.id.as_str(), rest))?;
            }
            for note in layer.notes.values() {
                let target = note.target.as_ref().map(ToString::to_string);
                let rest = json!({
                    "motivation": "commenting",
                    "body": { "type": "TextualBody", "purpose": "commenting", "value": note.text },
                    "target": source,
                    "hashiya:id": note.id.as_str(),
                    "hashiya:target": target,
                });
                self.item(&put("note", note.id.as_str(), rest))?;
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

/// The annotation that carries an article's text.
fn text_of(article: &Article, source: &str) -> Json {
    json!({
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
        "hashiya:meta": article.header.meta,
    })
}

fn about(layer: &Layer, source: &str) -> Json {
    json!({
        "motivation": "assessing",
        "target": source,
        "hashiya:status": layer.status.map(Status::name),
        "hashiya:labels": attributes(&layer.labels),
    })
}

fn attributes(attributes: &Attributes) -> Json {
    Json::Object(
        attributes
            .iter()
            .map(|(id, value)| (id.to_string(), value.to_json()))
            .collect(),
    )
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
    json!({
        "motivation": "tagging",
        "body": { "type": "TextualBody", "purpose": "tagging", "value": span.label.as_str() },
        "target": targets,
        "hashiya:id": span.id.as_str(),
        "hashiya:attributes": attributes(&span.attributes),
    })
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

/// One article while the annotations on it come in.
struct Open {
    source: String,
    article: Article,
    items: Vec<Map<String, Json>>,
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            sink.diagnostic(cannot_read(path, &error));
            return ControlFlow::Continue(());
        }
    };
    // The first line tells whether the file has an annotation a line, as ours have; any other is read as a whole.
    let mut lines = BufReader::new(file.take(u64::MAX));
    let mut first = Vec::new();
    let is_ours = lines
        .by_ref()
        .take(MOST_BYTES as u64)
        .read_until(b'\n', &mut first)
        .is_ok()
        && first.ends_with(b"\"items\":[\n")
        && memchr::memmem::find(&first, b"\"id\":\"urn:hashiya:").is_some();
    let mut bytes = first.len() as u64;
    if !is_ours {
        let read = lines.take(MOST_BYTES as u64 + 1).read_to_end(&mut first);
        match read {
            Err(error) => sink.diagnostic(cannot_read(path, &error)),
            Ok(_) if first.len() > MOST_BYTES => sink.diagnostic(too_large("the file").in_file(path)),
            Ok(_) => whole(path, &first, options, sink)?,
        }
        return sink.progress(first.len() as u64);
    }
    let (mut open, mut number, mut has_ended) = (None, 1, false);
    loop {
        let mut line = Vec::new();
        let size = match lines
            .by_ref()
            .take(MOST_BYTES as u64)
            .read_until(b'\n', &mut line)
        {
            Ok(size) => size,
            Err(error) => {
                sink.diagnostic(cannot_read(path, &error));
                break;
            }
        };
        if size == 0 {
            break;
        }
        number += 1;
        bytes += size as u64;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line == "]}" {
            has_ended = true;
            break;
        }
        match parse_json(line.strip_suffix(',').unwrap_or(line)).map(|parsed| parsed.value) {
            Ok(Json::Object(item)) => take(path, item, &mut open, options, sink)?,
            _ => sink.diagnostic(
                Diagnostic::error("bad_json", "the line holds no annotation")
                    .in_file(path)
                    .at_line(number)
                    .with_hint("it is kept out; mend it and import the file again"),
            ),
        }
        sink.progress(bytes)?;
    }
    close(path, open, options, sink)?;
    if !has_ended {
        sink.diagnostic(Diagnostic::error("bad_json", "the file ends too early").in_file(path));
    }
    sink.progress(bytes)
}

/// A file that others wrote: a page, a collection, or a list, which has to carry its texts as ours do.
fn whole(path: &Path, bytes: &[u8], options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let parsed = decode(bytes).and_then(|decoded| {
        parse_json(&decoded.text)
            .map(|parsed| parsed.value)
            .map_err(|_fault| Diagnostic::error("bad_json", "the file is no complete JSON"))
    });
    let value = match parsed {
        Ok(value) => value,
        Err(found) => {
            sink.diagnostic(found.in_file(path));
            return ControlFlow::Continue(());
        }
    };
    let items = value
        .get("items")
        .or_else(|| value.get("first").and_then(|first| first.get("items")));
    let items = items
        .unwrap_or(&value)
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![value.clone()]);
    let mut open = None;
    for item in items {
        if let Json::Object(item) = item {
            take(path, item, &mut open, options, sink)?;
        }
    }
    close(path, open, options, sink)
}

fn take(
    path: &Path,
    item: Map<String, Json>,
    open: &mut Option<Open>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    let string = |key: &str| item.get(key).and_then(Json::as_str);
    if string("motivation") == Some("describing")
        && let Some(text) = item
            .get("body")
            .and_then(|body| body.get("value"))
            .and_then(Json::as_str)
    {
        close(path, open.take(), options, sink)?;
        let source = string("target").unwrap_or_default().to_owned();
        let lang = item
            .get("body")
            .and_then(|body| body.get("language"))
            .and_then(Json::as_str);
        let header = Header {
            title: string("hashiya:title").map(str::to_owned),
            lang: lang.map(str::to_owned),
            meta: item
                .get("hashiya:meta")
                .and_then(Json::as_object)
                .cloned()
                .unwrap_or_default(),
            extra: Extra::new(),
        };
        let id = string("hashiya:article").map(ArticleId::new).transpose();
        match id.and_then(|id| Article::new(id, header, Text::new(text))) {
            Ok(article) => {
                *open = Some(Open {
                    source,
                    article,
                    items: Vec::new(),
                });
            }
            Err(error) => sink.diagnostic(Diagnostic::error("bad_id", error.to_string()).in_file(path)),
        }
        return ControlFlow::Continue(());
    }
    let target = item.get("target").map(|target| target.get(0).unwrap_or(target));
    let target = target.and_then(|target| target.get("source").unwrap_or(target).as_str());
    let source = string("hashiya:source").or(target);
    match open {
        Some(open) if source == Some(&open.source) => open.items.push(item),
        _ => {
            let what = string("id").unwrap_or("an annotation");
            let message = format!("{what} is on a text that the file does not carry before it");
            sink.diagnostic(Diagnostic::error("no_text", message).in_file(path).with_hint(
                "it is kept out; import a file in which the text stands as a describing annotation",
            ));
        }
    }
    ControlFlow::Continue(())
}

fn close(path: &Path, open: Option<Open>, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let Some(open) = open else {
        return ControlFlow::Continue(());
    };
    let text = &open.article.text;
    let mut probe = UnitProbe::default();
    for item in &open.items {
        if let Some((pairs, Some(quote))) = places(item) {
            probe.add(text, &pairs, &quote);
        }
    }
    let (unit, found) = probe.verdict(Unit::CodePoints);
    if let Some(found) = found {
        sink.diagnostic(found.in_file(path));
    }
    let mut by_annotator: BTreeMap<Option<String>, Vec<&Map<String, Json>>> = BTreeMap::new();
    for item in &open.items {
        let creator = item.get("creator");
        let name = creator.map(|creator| creator.get("name").unwrap_or(creator));
        by_annotator
            .entry(name.and_then(Json::as_str).map(str::to_owned))
            .or_default()
            .push(item);
    }
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let origin = Origin {
        kind: OriginKind::Import,
        name: options.origin.clone().or(file),
        extra: Extra::new(),
    };
    let place = |found: Diagnostic| found.in_file(path);
    let mut layers = Vec::new();
    for (name, items) in by_annotator {
        let mut marking = Marking::new(text, unit, &origin, &place);
        let (links, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| {
            matches!(
                item.get("motivation").and_then(Json::as_str),
                Some("linking" | "commenting")
            )
        });
        for item in rest.into_iter().chain(links) {
            annotation(&mut marking, item);
        }
        let (layer, found) = marking.finish();
        for found in found {
            sink.diagnostic(found);
        }
        layers.push((name.and_then(|name| Annotator::new(&name).ok()), layer));
    }
    sink.article(Incoming {
        article: open.article,
        layers,
        line: None,
    })
}

/// The positions of an annotation and the words that it quotes for them.
fn places(item: &Map<String, Json>) -> Option<(Pairs, Option<String>)> {
    let list = |json: &Json| json.as_array().cloned().unwrap_or_else(|| vec![json.clone()]);
    let (mut pairs, mut quotes) = (Pairs::new(), Vec::new());
    for target in list(item.get("target")?) {
        for selector in list(target.get("selector")?) {
            let number = |key: &str| usize::try_from(selector.get(key)?.as_u64()?).ok();
            match selector.get("type").and_then(Json::as_str) {
                Some("TextPositionSelector") => pairs.push((number("start")?, number("end")?)),
                Some("TextQuoteSelector") => quotes.push(selector.get("exact")?.as_str()?.to_owned()),
                _ => {}
            }
        }
    }
    let quote = (quotes.len() == pairs.len()).then(|| quotes.join(" "));
    (!pairs.is_empty()).then_some((pairs, quote))
}

fn annotation(marking: &mut Marking<'_>, item: &Map<String, Json>) {
    let string = |key: &str| item.get(key).and_then(Json::as_str);
    let body = item.get("body").map(|body| body.get(0).unwrap_or(body));
    let value = body
        .and_then(|body| body.get("value").unwrap_or(body).as_str())
        .unwrap_or_default();
    let given = item
        .get("hashiya:attributes")
        .or_else(|| item.get("hashiya:labels"));
    let mut attributes = Attributes::new();
    for (name, value) in given.and_then(Json::as_object).into_iter().flatten() {
        if let Ok(value) = jsonl::checked_value(value) {
            attributes.extend(marking.checked_attribute(name, value));
        }
    }
    match string("motivation") {
        Some("assessing") => {
            marking.layer().status = string("hashiya:status").and_then(Status::from_name);
            marking.layer().labels = attributes;
        }
        Some("linking") => {
            let end = |key: &str| string(key).and_then(|id| SpanId::new(id).ok());
            if let (Some(from), Some(to)) = (end("hashiya:from"), end("hashiya:to")) {
                marking.relation(string("hashiya:id"), value, (&from, &to), attributes);
            } else {
                marking.kept_out(
                    "dangling",
                    format!("a link {value:?} does not name its two spans"),
                );
            }
        }
        Some("commenting") => {
            marking.note(string("hashiya:id"), string("hashiya:target"), value);
        }
        _ => {
            let Some((pairs, quote)) = places(item) else {
                let what = string("id").unwrap_or("an annotation");
                marking.kept_out("bad_offsets", format!("{what} has no TextPositionSelector"));
                return;
            };
            let taken = marking.span(&GivenSpan {
                id: string("hashiya:id"),
                label: value,
                pairs: &pairs,
                quote: quote.as_deref(),
            });
            if let Some(taken) = taken {
                marking.change_span(&taken, |span| span.attributes = attributes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{marked, options, read_from, write_to};
    use super::*;

    #[test]
    fn what_was_written_comes_back_and_each_cut_is_told() {
        let markup = "{1:a|👩‍👩‍👧 la {2:b é|Sy\u{2028}rie|2}|1}\r\n{3:حلب|un|3} deux {3|=A1|3}";
        let article = marked("a b", markup);
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = write_to(folder.path(), &FORMAT, &options(), std::slice::from_ref(&article));
        let read = read_from(&path, &ReadOptions::default());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.articles[0].article, article.0);
        let spans = |layer: &Layer| -> Vec<_> {
            let spans = layer.spans.iter();
            spans
                .map(|span| (span.id.clone(), span.label.clone(), span.ranges.clone()))
                .collect()
        };
        assert_eq!(spans(&read.articles[0].layers[0].1), spans(&article.1[0].1));
        let bytes = std::fs::read(&path).unwrap();
        for end in 90..bytes.len() - 3 {
            std::fs::write(&path, &bytes[..end]).unwrap();
            assert!(
                !read_from(&path, &ReadOptions::default()).diagnostics.is_empty(),
                "{end}"
            );
        }
    }

    #[test]
    fn positions_of_scripts_in_a_browser_are_put_right() {
        let json = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[
            {"type":"Annotation","motivation":"describing","body":{"value":"😀 Sony"},"target":"urn:x"},
            {"type":"Annotation","body":{"value":"org"},"target":{"source":"urn:x","selector":[
            {"type":"TextPositionSelector","start":3,"end":7},{"type":"TextQuoteSelector","exact":"Sony"}]}}]}"#;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonld");
        std::fs::write(&path, json).unwrap();
        let read = read_from(&path, &ReadOptions::default());
        assert_eq!(read.diagnostics[0].code, "offset_unit");
        assert_eq!(read.articles[0].layers[0].1.spans.len(), 1);
    }
}
