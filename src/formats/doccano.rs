//! The format `doccano`: JSON Lines with label triples, or with entities and the relations between them.
//!
//! Every row has the same keys, none of them missing, because doccano's import reads rows into a table; and it is pure
//! ASCII, because doccano guesses encodings. What doccano has no place for but keeps as a row's metadata (id, title,
//! language, annotator, status) stands in keys of its own.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value as Json;
use tempfile::SpooledTempFile;

use crate::model::{Annotator, Article, Attributes, Layer, SpanId, Status};
use crate::text::Text;

use super::each_layer::each_layer;
use super::json_records::{
    Beginning, Dialect, Reading, Record, named_unit, needed_text, read as read_dialect, take_annotator,
    take_status,
};
use super::jsonl::escape::Line;
use super::jsonl::fields::{Fields, id_text};
use super::jsonl::foreign::take_if;
use super::marking::{GivenSpan, Marking};
use super::piece_ids::NamedPieces;
use super::position::{Unit, code_points, pairs};
use super::registry::{Claim, DatasetWriter, Format, Glimpse, LeftOut, OffsetUnit, Shape, WriteOptions};
use super::unit_probe::UnitProbe;
use super::{Diagnostic, Feature, Files, Incoming, Out, ReadOptions, Sink};

pub(super) const FORMAT: Format = Format {
    id: "doccano",
    name: "doccano JSONL",
    endings: &["jsonl"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Attributes,
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Notes,
        Feature::Review,
        Feature::Provenance,
        Feature::Ids,
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: false,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/doccano.md"),
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

fn claim(file: &Glimpse<'_>) -> Claim {
    let is_one = Beginning::of(file).is_some_and(|beginning| {
        let keys = beginning.keys();
        let has_text = keys.iter().any(|(key, _)| key == "text");
        has_text && keys.iter().any(|(key, value)| holds_spans(key, value))
    });
    if is_one { Claim::Reads } else { Claim::No }
}

/// Whether a key with the beginning of its value is one of doccano's with spans.
fn holds_spans(key: &str, value: &str) -> bool {
    let Some(list) = value.strip_prefix('[').map(str::trim_start) else {
        return false;
    };
    let first = list
        .strip_prefix(['[', '{'])
        .map(str::trim_start)
        .unwrap_or_default();
    let is_empty = list.starts_with(']');
    let is_triple = list.starts_with('[') && first.starts_with(|c: char| c.is_ascii_digit());
    let is_entity = list.starts_with('{')
        && first
            .split('}')
            .next()
            .is_some_and(|entity| entity.contains("\"start_offset\""));
    match key {
        "label" | "labels" => is_empty || is_triple || is_entity,
        "entities" => is_triple || is_entity || is_empty,
        _ => false,
    }
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read_dialect(path, options, sink, &DIALECT)
}

/// The keys under which rows hold spans.
const SPAN_KEYS: [&str; 3] = ["label", "labels", "entities"];

fn probe(record: &Record, tally: &mut UnitProbe) {
    let Some(text) = record.get("text").and_then(Json::as_str) else {
        return;
    };
    let text = Text::new(text);
    let says_unit = record.get("offsets").and_then(named_unit).is_some();
    for span in SPAN_KEYS
        .iter()
        .filter_map(|key| record.get(*key)?.as_array())
        .flatten()
    {
        match Given::of(span) {
            Ok(Given {
                pairs,
                quote: Some(quote),
                ..
            }) => tally.add(&text, &pairs, quote),
            Ok(_) if !says_unit => tally.add_unquoted(&text),
            _ => {}
        }
    }
}

/// A span as a row gives it.
struct Given<'a> {
    id: Option<String>,
    label: String,
    pairs: Vec<(usize, usize)>,
    quote: Option<&'a str>,
}

impl<'a> Given<'a> {
    fn of(span: &'a Json) -> Result<Self, String> {
        let (start, end, label) = match span {
            Json::Array(items) => match items.as_slice() {
                [start, end, label] => (Some(start), Some(end), Some(label)),
                _ => return Err("a span is [start, end, label]".to_owned()),
            },
            Json::Object(object) => (
                object.get("start_offset").or_else(|| object.get("start")),
                object.get("end_offset").or_else(|| object.get("end")),
                object.get("label"),
            ),
            _ => return Err("a span is a list of three or an object".to_owned()),
        };
        Ok(Self {
            id: span.get("id").and_then(id_text),
            label: label.and_then(id_text).ok_or("it has no label")?,
            pairs: pairs(start, end, None)?,
            quote: span.get("text").and_then(Json::as_str),
        })
    }
}

/// Whether a list holds spans rather than the names of classes.
fn are_spans(json: &Json) -> bool {
    json.as_array()
        .is_some_and(|list| list.iter().all(|item| item.is_array() || item.is_object()))
}

fn article(record: Record, reading: &mut Reading<'_>) -> Result<Incoming, Diagnostic> {
    let mut fields = Fields::new("the article", record);
    let text = needed_text(fields.take("text"), "text")?;
    let lists: Vec<Json> = SPAN_KEYS
        .iter()
        .filter_map(|key| take_if(&mut fields, key, |json| are_spans(json).then(|| json.clone())))
        .collect();
    let relations = take_if(&mut fields, "relations", |json| json.as_array().cloned()).unwrap_or_default();
    let comments = take_if(&mut fields, "Comments", |json| json.as_array().cloned()).unwrap_or_default();
    // A row that names its unit is taken at its word, unless that is the default.
    if let Some(unit) = take_if(&mut fields, "offsets", named_unit).filter(|unit| *unit != Unit::CodePoints) {
        reading.unit = unit;
    }
    let annotator = take_annotator(&mut fields, "annotator");
    let status = take_status(&mut fields);
    let article = reading.article(text, fields)?;
    let origin = reading.origin;
    let layer = reading.layer(&article.text, origin, |marking| {
        marking.layer().status = status;
        for span in lists.iter().filter_map(Json::as_array).flatten() {
            read_span(span, marking);
        }
        for relation in &relations {
            read_relation(relation, marking);
        }
        for comment in comments.iter().filter_map(Json::as_str) {
            marking.note(None, None, comment);
        }
    });
    Ok(Incoming::new(
        article,
        vec![(annotator, layer)],
        Some(reading.line),
    ))
}

fn read_span(span: &Json, marking: &mut Marking<'_>) {
    match Given::of(span) {
        Ok(given) => {
            marking.span(&GivenSpan {
                id: given.id.as_deref(),
                label: &given.label,
                pairs: &given.pairs,
                quote: given.quote,
            });
        }
        Err(reason) => {
            marking.kept_out("bad_span", format!("{}: {reason}", super::jsonl::shown(span)));
        }
    }
}

fn read_relation(relation: &Json, marking: &mut Marking<'_>) {
    let part = |key: &str| relation.get(key).and_then(id_text);
    let span = |key: &str| part(key).and_then(|id| SpanId::new(id).ok());
    let (Some(from), Some(to), Some(kind)) = (span("from_id"), span("to_id"), part("type")) else {
        let shown = super::jsonl::shown(relation);
        marking.kept_out(
            "bad_value",
            format!("{shown} is no relation: it has from_id, to_id, and type"),
        );
        return;
    };
    marking.relation(part("id").as_deref(), &kind, (&from, &to), Attributes::new());
}

/// Writes rows. Which of doccano's two variants they have is known only when the last article is seen, so the parts of
/// each row wait in a temporary file.
struct Writer<'a> {
    out: Out<'a>,
    rows: SpooledTempFile,
    count: u64,
    has_relations: bool,
    /// What has no text, which the format's reader refuses.
    left_out: LeftOut,
}

/// Bytes of waiting rows that memory holds before they go to a file.
const WAITING: usize = 16 << 20;

fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    _options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        out: files.main()?,
        rows: SpooledTempFile::new(WAITING),
        count: 0,
        has_relations: false,
        left_out: LeftOut::default(),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        if article.text.as_str().is_empty() {
            self.left_out.article(layers);
            return Ok(());
        }
        each_layer(layers).try_for_each(|(annotator, layer)| self.keep(article, annotator, &layer))
    }

    fn left_out(&self) -> LeftOut {
        self.left_out
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.rows.seek(SeekFrom::Start(0))?;
        for _ in 0..self.count {
            for part in 0..4 {
                let mut length = [0; 8];
                self.rows.read_exact(&mut length)?;
                let mut bytes = vec![0; usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX)];
                self.rows.read_exact(&mut bytes)?;
                let is_written = match part {
                    1 => !self.has_relations,
                    2 => self.has_relations,
                    _ => true,
                };
                if is_written {
                    self.out.write_all(&bytes)?;
                }
            }
        }
        self.out.flush()?;
        let found = (self.left_out.articles > 0).then(|| {
            let message = format!(
                "articles without any text, which are left out: {}",
                self.left_out.articles
            );
            Diagnostic::warning("empty_text", message).with_hint("doccano refuses a row whose text is empty")
        });
        Ok(found.into_iter().collect())
    }
}

impl Writer<'_> {
    /// Keeps the four parts of a row: what stands before the spans, the spans in either variant, and the rest.
    fn keep(&mut self, article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> io::Result<()> {
        let pieces = Pieces::of(article, layer)?;
        self.has_relations |= !layer.relations.is_empty();
        for part in [
            opening(article),
            pieces.labels(),
            pieces.entities(layer),
            closing(article, annotator, layer),
        ] {
            let part = ascii(&part);
            self.rows.write_all(&(part.len() as u64).to_le_bytes())?;
            self.rows.write_all(part.as_bytes())?;
        }
        self.count += 1;
        Ok(())
    }
}

fn opening(article: &Article) -> Vec<u8> {
    let mut line = Line::default();
    line.bytes.push(b'{');
    line.text("id", article.id.as_str());
    line.text("text", article.text.as_str());
    line.bytes.push(b',');
    line.bytes
}

fn closing(article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> Vec<u8> {
    let header = &article.header;
    let mut line = Line::default();
    line.object(|line| {
        line.text("offsets", "codepoint");
        line.text("title", header.title.as_deref().unwrap_or_default());
        line.text("lang", header.lang.as_deref().unwrap_or_default());
        line.text("annotator", annotator.map_or("", Annotator::as_str));
        line.text("status", layer.status.map_or("", Status::name));
        line.map("meta", &header.meta);
    });
    // The opening brace stands before the text already.
    if let Some(first) = line.bytes.first_mut() {
        *first = b',';
    }
    line.bytes.push(b'\n');
    line.bytes
}

/// The pieces of a layer with their positions and the whole numbers by which doccano names them.
struct Pieces<'a> {
    named: NamedPieces<'a>,
    places: Vec<(usize, usize)>,
    numbers: Vec<usize>,
}

impl<'a> Pieces<'a> {
    fn of(article: &Article, layer: &'a Layer) -> io::Result<Self> {
        let named = NamedPieces::of(layer);
        let places = named.list.iter().map(|piece| code_points(article, piece.range));
        let places = places.collect::<io::Result<_>>()?;
        let own: Option<Vec<usize>> = named.list.iter().map(|piece| whole_number(&piece.id)).collect();
        let numbers = own.unwrap_or_else(|| (1..=named.list.len()).collect());
        Ok(Self {
            named,
            places,
            numbers,
        })
    }

    fn rows(&self) -> impl Iterator<Item = (usize, (usize, usize), &str)> {
        let places = self.numbers.iter().copied().zip(self.places.iter().copied());
        let labels = self.named.list.iter().map(|piece| piece.span.label.as_str());
        places
            .zip(labels)
            .map(|((number, place), label)| (number, place, label))
    }

    fn labels(&self) -> Vec<u8> {
        let mut line = Line::default();
        line.key("label");
        line.list(self.rows(), |line, (_, (start, end), label)| {
            line.triple((start, end, label));
        });
        line.bytes
    }

    fn entities(&self, layer: &Layer) -> Vec<u8> {
        let mut line = Line::default();
        line.key("entities");
        line.list(self.rows(), |line, (number, (start, end), label)| {
            line.object(|line| {
                line.count("id", number);
                line.count("start_offset", start);
                line.count("end_offset", end);
                line.text("label", label);
            });
        });
        line.key("relations");
        let number_of = |span| self.numbers.get(self.named.first_of(span)?).copied();
        let own: Option<Vec<usize>> = layer
            .relations
            .keys()
            .map(|id| whole_number(id.as_str()))
            .collect();
        let numbers = own.unwrap_or_else(|| (1..=layer.relations.len()).collect());
        let relations = layer
            .relations
            .values()
            .zip(numbers)
            .filter_map(|(relation, number)| {
                Some((
                    number,
                    number_of(&relation.from)?,
                    number_of(&relation.to)?,
                    relation,
                ))
            });
        line.list(relations, |line, (number, from, to, relation)| {
            line.object(|line| {
                line.count("id", number);
                line.count("from_id", from);
                line.count("to_id", to);
                line.text("type", relation.relation_type.as_str());
            });
        });
        line.bytes
    }
}

/// A number that an id is already, written in the one way in which numbers are.
fn whole_number(id: &str) -> Option<usize> {
    let number: u32 = id.parse().ok()?;
    (number.to_string() == id).then_some(number as usize)
}

/// JSON with everything beyond ASCII as escapes, which it can have in strings only.
fn ascii(json: &[u8]) -> String {
    let json = String::from_utf8_lossy(json);
    let mut ascii = String::with_capacity(json.len() * 2);
    for c in json.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Digit by digit: formatting would take a third of the time of an export.
                ascii.push_str("\\u");
                let digits = [12, 8, 4, 0].map(|shift| u32::from(*unit) >> shift & 0xf);
                ascii.extend(digits.map(|digit| char::from_digit(digit, 16).unwrap_or('0')));
            }
        }
    }
    ascii
}
