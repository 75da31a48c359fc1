//! The format `argilla`: a JSON list of Argilla records with the spans of a question as responses.
//!
//! Argilla knows annotators by UUIDs, so a name becomes one, and the record's metadata says which name it is. The
//! spans are answers to the question `spans`; article labels are questions of their own.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::model::{
    Annotator, Article, AttributeType, Extra, Layer, Origin, OriginKind, Sha256, Status, Value, parse_json,
};
use crate::text::Text;

use super::json_records::{
    Beginning, Dialect, Reading, Record, named_unit, read as read_dialect, read_span, take_text, text_in,
};
use super::jsonl::escape::Line;
use super::jsonl::fields::{Fields, id_text};
use super::marking::Marking;
use super::piece_ids::NamedPieces;
use super::position::{Unit, code_points, pairs};
use super::registry::{Claim, DatasetWriter, Format, Glimpse, OffsetUnit, Shape, WriteOptions};
use super::unit_probe::UnitProbe;
use super::value_text::{value_from_text, value_text};
use super::{Diagnostic, Feature, Files, Incoming, Out, ReadOptions, Sink};

pub(super) const FORMAT: Format = Format {
    id: "argilla",
    name: "Argilla records JSON",
    endings: &["json"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Attributes,
        Feature::Relations,
        Feature::Events,
        Feature::Notes,
        Feature::Review,
        Feature::Provenance,
        Feature::Ids,
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/argilla.md"),
    claim,
    columns: None,
    read: Some(read),
    write: Some(writer),
};

const DIALECT: Dialect = Dialect {
    own_unit: Unit::CodePoints,
    tail: None,
    probe,
    attributes: None,
    article,
};

/// The question whose answers are spans.
const SPANS: &str = "spans";
/// What the keys of metadata begin with that say whose a UUID is, and what the status of a layer is.
const ANNOTATOR: &str = "annotator.";
const STATUS: &str = "status.";

fn claim(file: &Glimpse<'_>) -> Claim {
    let is_one = Beginning::of(file).is_some_and(|beginning| {
        let marks = ["responses", "suggestions", "metadata", "vectors"];
        beginning.is_list && beginning.has("fields") && marks.iter().any(|key| beginning.has(key))
    });
    if is_one { Claim::Reads } else { Claim::No }
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read_dialect(path, options, sink, &DIALECT)
}

/// Every answer and every suggestion of a record: its question and what it says.
fn answers(record: &Record) -> Vec<(&str, &Json, bool)> {
    let object = |key: &str| record.get(key).and_then(Json::as_object).into_iter().flatten();
    let responses = object("responses").flat_map(|(question, answers)| {
        let answers = answers.as_array().into_iter().flatten();
        answers.map(|answer| (question.as_str(), answer, false))
    });
    let suggestions = object("suggestions").map(|(question, answer)| (question.as_str(), answer, true));
    responses.chain(suggestions).collect()
}

/// The spans of an answer; `None` where it answers another kind of question.
fn spans_of(answer: &Json) -> Option<&Vec<Json>> {
    let list = answer.get("value")?.as_array()?;
    list.iter().all(Json::is_object).then_some(list)
}

fn probe(record: &Record, tally: &mut UnitProbe) {
    let Some((_, text)) = record.get("fields").and_then(Json::as_object).and_then(text_in) else {
        return;
    };
    let text = Text::new(text);
    let unit = record
        .get("metadata")
        .and_then(|metadata| metadata.get("offsets"));
    let says_unit = unit.and_then(named_unit).is_some();
    for span in answers(record)
        .iter()
        .filter_map(|(_, answer, _)| spans_of(answer))
        .flatten()
    {
        let Ok(pairs) = pairs(span.get("start"), span.get("end"), None) else {
            continue;
        };
        match span.get("text").and_then(Json::as_str) {
            Some(quote) => tally.add(&text, &pairs, quote),
            None if says_unit => {}
            None => tally.add_unquoted(&text),
        }
    }
}

/// Whose answers a layer is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Author {
    User(String),
    Model(String),
}

fn article(mut record: Record, reading: &mut Reading<'_>) -> Result<Incoming, Diagnostic> {
    const HINT: &str = "a record is an object with fields, of which one is the text";
    let Some(mut header) = record.get("fields").and_then(Json::as_object).cloned() else {
        return Err(Diagnostic::error("no_text", "the record has no fields").with_hint(HINT));
    };
    let Some(text) = take_text(&mut header) else {
        return Err(Diagnostic::error("no_text", "the fields of the record hold no text").with_hint(HINT));
    };
    if let Some(id) = record.get("id") {
        header.insert("id".to_owned(), id.clone());
    }
    let users = match record.shift_remove("metadata") {
        Some(Json::Object(metadata)) => take_metadata(metadata, &mut header, reading),
        _ => Users::default(),
    };
    let article = reading.article(text, Fields::new("the article", header))?;
    let mut layers = Vec::new();
    for (author, answers) in by_author(&record, &users) {
        let mut layer = read_layer(&author, &answers, &article.text, reading);
        users.set_status(&author, &mut layer);
        let name = users.name_of(&author);
        layers.push((name.and_then(|name| Annotator::new(name).ok()), layer));
    }
    Ok(Incoming::new(article, layers, Some(reading.line)))
}

/// What the metadata of a record says of its users, by their UUIDs.
#[derive(Default)]
struct Users {
    names: BTreeMap<String, String>,
    states: BTreeMap<String, String>,
}

impl Users {
    fn name_of(&self, author: &Author) -> Option<String> {
        match author {
            Author::Model(name) => Some(name.clone()),
            Author::User(user) if user.is_empty() => None,
            Author::User(user) => Some(self.names.get(user).unwrap_or(user).clone()),
        }
    }

    /// Sets the status that the metadata names, which goes before that of the answers.
    fn set_status(&self, author: &Author, layer: &mut Layer) {
        if let Author::User(user) = author
            && let Some(status) = self.states.get(user)
        {
            layer.status = Status::from_name(status).filter(|_| !user.is_empty());
        }
    }
}

/// Takes what is known here out of the metadata of a record; the rest goes to the article's header.
fn take_metadata(metadata: Record, header: &mut Record, reading: &mut Reading<'_>) -> Users {
    let mut users = Users::default();
    for (key, value) in metadata {
        let told = value.as_str().map(str::to_owned);
        if let (Some(user), Some(name)) = (key.strip_prefix(ANNOTATOR), &told) {
            users.names.insert(user.to_owned(), name.clone());
        } else if let (Some(user), Some(status)) = (key.strip_prefix(STATUS), &told) {
            users.states.insert(user.to_owned(), status.clone());
        } else if let Some(unit) = Some(&value).filter(|_| key == "offsets").and_then(named_unit) {
            // What is the default may have been found out to be another one.
            if unit != Unit::CodePoints {
                reading.unit = unit;
            }
        } else if key == "meta"
            && let Some(Ok(parsed)) = told.as_deref().map(parse_json)
            && parsed.value.is_object()
        {
            header.insert(key, parsed.value);
        } else {
            header.insert(key, value);
        }
    }
    users
}

/// The answers of a record, each with its question, by who gave them.
fn by_author<'r>(record: &'r Record, users: &Users) -> BTreeMap<Author, Vec<(&'r str, &'r Json)>> {
    let mut authors: BTreeMap<Author, Vec<(&str, &Json)>> = BTreeMap::new();
    // A user who answered no question has a layer too, when the record names them.
    for user in users.names.keys() {
        authors.insert(Author::User(user.clone()), Vec::new());
    }
    for (question, answer, is_suggestion) in answers(record) {
        let told = |key: &str| answer.get(key).and_then(id_text);
        let author = if is_suggestion {
            Author::Model(told("agent").unwrap_or_else(|| "suggestions".to_owned()))
        } else {
            Author::User(told("user_id").unwrap_or_default())
        };
        authors.entry(author).or_default().push((question, answer));
    }
    authors
}

fn read_layer(author: &Author, answers: &[(&str, &Json)], text: &Text, reading: &mut Reading<'_>) -> Layer {
    let origin = match author {
        Author::Model(name) => Origin {
            kind: OriginKind::Model,
            name: Some(name.clone()),
            extra: Extra::new(),
        },
        Author::User(_) => reading.origin.clone(),
    };
    let options = reading.options;
    reading.layer(text, &origin, |marking| {
        for (question, answer) in answers {
            if let Some(status) = answer.get("status").and_then(Json::as_str) {
                marking.layer().status = match status {
                    "submitted" => Some(Status::Done),
                    "discarded" => Some(Status::Skipped),
                    _ => Some(Status::InProgress),
                };
            }
            match (spans_of(answer), answer.get("value")) {
                (_, None | Some(Json::Null)) => {}
                (Some(spans), _) => {
                    for span in spans {
                        read_span(span, None, marking);
                    }
                }
                (None, Some(value)) => read_label(question, value, options.attribute_type(question), marking),
            }
        }
    })
}

/// Takes the answer to a question about the whole record.
fn read_label(question: &str, value: &Json, known: Option<AttributeType>, marking: &mut Marking<'_>) {
    let read = match value {
        Json::String(text) => Ok(value_from_text(text, known)),
        other => super::jsonl::checked_value(other),
    };
    match read {
        Ok(value) => {
            if let Some((id, value)) = marking.checked_attribute(question, value) {
                marking.layer().labels.insert(id, value);
            }
        }
        Err(error) => marking.kept_out("bad_value", format!("{question}: {error}")),
    }
}

struct Writer<'a> {
    out: Out<'a>,
    any: bool,
    /// Article labels that are called like the question with the spans.
    unasked: u64,
}

fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    _options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        out: files.main()?,
        any: false,
        unasked: 0,
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        let marked: Vec<&(Annotator, Layer)> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
        let mut answers = Vec::new();
        for (annotator, layer) in &marked {
            let value = spans(article, layer)?;
            let mut add = |question: &str, value: Json| {
                let status = response_status(layer.status);
                let answer = json!({"value": value, "user_id": user_id(annotator), "status": status});
                answers.push((question.to_owned(), answer));
            };
            add(SPANS, Json::Array(value));
            for (id, value) in &layer.labels {
                if id.as_str() == SPANS {
                    self.unasked += 1;
                    continue;
                }
                let value = match value {
                    Value::Integer(_) | Value::Choices(_) => value.to_json(),
                    other => Json::String(value_text(other)),
                };
                add(id.as_str(), value);
            }
        }
        let mut responses: BTreeMap<String, Vec<Json>> = BTreeMap::new();
        for (question, answer) in answers {
            responses.entry(question).or_default().push(answer);
        }
        let mut line = Line::default();
        line.object(|line| {
            line.text("id", article.id.as_str());
            line.key("fields");
            line.object(|line| line.text("text", article.text.as_str()));
            line.key("metadata");
            line.object(|line| write_metadata(line, article, &marked));
            line.key("suggestions");
            line.object(|_| {});
            line.key("responses");
            line.object(|line| {
                for (question, answers) in &responses {
                    line.key(question);
                    line.list(answers.iter(), Line::json);
                }
            });
            line.key("vectors");
            line.object(|_| {});
        });
        self.out.write_all(if self.any { b",\n" } else { b"[\n" })?;
        self.any = true;
        self.out.write_all(&line.bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.write_all(if self.any { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()?;
        let found = (self.unasked > 0).then(|| {
            let message = format!(
                "article labels called {SPANS:?}, which are left out: {}",
                self.unasked
            );
            Diagnostic::warning("left_out", message)
                .with_hint("that is the name of the question with the spans")
        });
        Ok(found.into_iter().collect())
    }
}

fn spans(article: &Article, layer: &Layer) -> io::Result<Vec<Json>> {
    let named = NamedPieces::of(layer);
    let spans = named.list.iter().map(|piece| {
        let (start, end) = code_points(article, piece.range)?;
        Ok(json!({"start": start, "end": end, "label": piece.span.label.as_str()}))
    });
    spans.collect()
}

/// Metadata as Argilla takes it: strings. What is no string of its own is JSON in one.
fn write_metadata(line: &mut Line, article: &Article, layers: &[&(Annotator, Layer)]) {
    let header = &article.header;
    line.text("offsets", "codepoint");
    line.text("title", header.title.as_deref().unwrap_or_default());
    line.text("lang", header.lang.as_deref().unwrap_or_default());
    line.text("meta", &Json::Object(header.meta.clone()).to_string());
    for (annotator, layer) in layers {
        let user = user_id(annotator);
        line.text(&format!("{ANNOTATOR}{user}"), annotator.as_str());
        line.text(&format!("{STATUS}{user}"), layer.status.map_or("", Status::name));
    }
}

/// What Argilla calls the state of an answer.
fn response_status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Done) => "submitted",
        Some(Status::Skipped) => "discarded",
        _ => "draft",
    }
}

/// A UUID from a name: one that is already one stays; otherwise version 8, from the digest.
fn user_id(annotator: &Annotator) -> String {
    let name = annotator.as_str();
    if uuid::Uuid::parse_str(name).is_ok_and(|uuid| uuid.to_string() == name) {
        return name.to_owned();
    }
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(Sha256::of(name).0) {
        *to = from;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
