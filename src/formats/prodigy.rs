//! The format `prodigy`: JSON Lines with tokens, spans on them, and relations between the spans.
//!
//! Each annotator's layer is a row of its own with `_annotator_id`, as Prodigy's sessions write them. An answer is the
//! layer's state: `accept` is done, `ignore` is skipped, `reject` asks for changes.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::{Annotator, Article, Attributes, Layer, SpanId, Status, Tail, Verdict};
use crate::text::{ByteOffset, ByteRange, Text};

use super::each_layer::each_layer;
use super::json_records::{
    Beginning, Dialect, Reading, Record, needed_text, read as read_dialect, read_span, take_annotator,
    take_status,
};
use super::jsonl::escape::Line;
use super::jsonl::fields::{Fields, id_text};
use super::jsonl::foreign::take_if;
use super::jsonl::shown;
use super::marking::Marking;
use super::piece_ids::{NamedPiece, NamedPieces};
use super::position::{Unit, code_points, pairs};
use super::registry::{Claim, DatasetWriter, Format, Glimpse, OffsetUnit, Shape, WriteOptions};
use super::spacy_tokens::{SpacyToken, spacy_tokens, tokens_of};
use super::unit_probe::UnitProbe;
use super::{Diagnostic, Feature, Files, Incoming, Out, ReadOptions, Sink};

pub(super) const FORMAT: Format = Format {
    id: "prodigy",
    name: "Prodigy JSONL",
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
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: true,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/prodigy.md"),
    claim,
    columns: None,
    read: Some(read),
    write: Some(writer),
};

const DIALECT: Dialect = Dialect {
    own_unit: Unit::CodePoints,
    tail: Some(Tail {
        key: "tokens",
        most: MOST_TOKENS,
    }),
    probe,
    attributes: None,
    article,
};

fn claim(file: &Glimpse<'_>) -> Claim {
    let is_one = Beginning::of(file).is_some_and(|beginning| {
        let marks = ["tokens", "_task_hash", "_input_hash", "answer"];
        let has_spans = ["spans", "relations", "answer"]
            .iter()
            .any(|key| beginning.has(key));
        beginning.has("text") && has_spans && marks.iter().any(|key| beginning.has(key))
    });
    if is_one { Claim::Reads } else { Claim::No }
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read_dialect(path, options, sink, &DIALECT)
}

/// Tokens of one row that are held against the text; more say nothing new.
const MOST_TOKENS: usize = 400;

fn probe(record: &Record, tally: &mut UnitProbe) {
    let Some(text) = record.get("text").and_then(Json::as_str) else {
        return;
    };
    let text = Text::new(text);
    let list = |key: &str| {
        record
            .get(key)
            .and_then(Json::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    let (tokens, spans) = (list("tokens"), list("spans"));
    for quoted in spans.iter().chain(tokens.iter().rev()) {
        let Ok(pairs) = pairs(quoted.get("start"), quoted.get("end"), None) else {
            continue;
        };
        match quoted.get("text").and_then(Json::as_str) {
            Some(quote) => tally.add(&text, &pairs, quote),
            None => tally.add_unquoted(&text),
        }
    }
}

fn article(record: Record, reading: &mut Reading<'_>) -> Result<Incoming, Diagnostic> {
    let mut fields = Fields::new("the article", record);
    let text = needed_text(fields.take("text"), "text")?;
    fields.take("tokens");
    let mut list = |key: &str| take_if(&mut fields, key, |json| json.as_array().cloned()).unwrap_or_default();
    let (spans, relations) = (list("spans"), list("relations"));
    let answer = take_if(&mut fields, "answer", |json| Answer::of(json.as_str()?));
    let says_status = fields.has("status");
    let own_status = take_status(&mut fields);
    let annotator = take_annotator(&mut fields, "_annotator_id");
    // What Prodigy notes of a row is about the row, and so about the annotator's layer.
    let mut extra = crate::model::Extra::new();
    for key in [
        "_input_hash",
        "_task_hash",
        "_session_id",
        "_view_id",
        "_timestamp",
        "_is_binary",
    ] {
        if let Some(value) = fields.take(key) {
            extra.insert(key.to_owned(), value);
        }
    }
    let article = reading.article(text, fields)?;
    let origin = reading.origin;
    let layer = reading.layer(&article.text, origin, |marking| {
        let span = |span: &Json| {
            let id = span.get("id").and_then(id_text);
            read_span(span, id.as_deref(), marking)
        };
        let ids: Vec<Option<SpanId>> = spans.iter().map(span).collect();
        let ends = Ends::of(&spans, &ids);
        for relation in &relations {
            read_relation(relation, &ends, marking);
        }
        let layer = marking.layer();
        layer.status = own_status.or_else(|| answer.filter(|_| !says_status).map(Answer::status));
        layer.review = (answer == Some(Answer::Reject)).then_some(Verdict::ChangesRequested);
        layer.extra = extra;
    });
    Ok(Incoming::new(
        article,
        vec![(annotator, layer)],
        Some(reading.line),
    ))
}

/// What the annotator answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Accept,
    Reject,
    Ignore,
}

impl Answer {
    fn of(name: &str) -> Option<Self> {
        [Self::Accept, Self::Reject, Self::Ignore]
            .into_iter()
            .find(|answer| answer.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Ignore => "ignore",
        }
    }

    const fn status(self) -> Status {
        match self {
            Self::Accept => Status::Done,
            Self::Reject => Status::InProgress,
            Self::Ignore => Status::Skipped,
        }
    }

    fn of_layer(layer: &Layer) -> Self {
        if layer.review == Some(Verdict::ChangesRequested) {
            Self::Reject
        } else if layer.status == Some(Status::Skipped) {
            Self::Ignore
        } else {
            Self::Accept
        }
    }
}

/// The spans of a row as its relations name them.
struct Ends<'a> {
    spans: &'a [Json],
    ids: &'a [Option<SpanId>],
    /// Which spans have a place and a label.
    at: BTreeMap<String, Vec<usize>>,
    /// The first span that ends with a token.
    token_end: BTreeMap<String, usize>,
}

impl<'a> Ends<'a> {
    fn of(spans: &'a [Json], ids: &'a [Option<SpanId>]) -> Self {
        let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut token_end = BTreeMap::new();
        for (nth, span) in spans.iter().enumerate() {
            at.entry(place_and_label(span)).or_default().push(nth);
            if let Some(token) = span.get("token_end") {
                token_end.entry(token.to_string()).or_insert(nth);
            }
        }
        Self {
            spans,
            ids,
            at,
            token_end,
        }
    }

    /// The span that a relation names, or else the one of the token that stands for it.
    fn find(&self, given: Option<&Json>, token: Option<&Json>) -> Option<SpanId> {
        let nth = match given {
            Some(given) => {
                let there = self.at.get(&place_and_label(given))?;
                let is_it =
                    |nth: &&usize| self.spans.get(**nth).map(|span| span.get("id")) == Some(given.get("id"));
                there.iter().find(is_it).or_else(|| there.first())?
            }
            None => self.token_end.get(&token?.to_string())?,
        };
        self.ids.get(*nth)?.clone()
    }
}

/// What tells a span from others, as one string.
fn place_and_label(span: &Json) -> String {
    let values = ["start", "end", "label"].map(|key| span.get(key));
    let values = values.map(|value| value.map_or_else(String::new, ToString::to_string));
    values.join("\n")
}

/// Reads a relation. Its ends are found among the spans by their places and labels, or else by the token that stands
/// for them.
fn read_relation(relation: &Json, ends: &Ends<'_>, marking: &mut Marking<'_>) {
    let end = |key: &str, token: &str| ends.find(relation.get(key), relation.get(token));
    let kind = relation.get("label").and_then(id_text);
    let (Some(from), Some(to)) = (end("head_span", "head"), end("child_span", "child")) else {
        marking.kept_out(
            "dangling",
            format!("{}: a relation's end is none of the spans", shown(relation)),
        );
        return;
    };
    let Some(kind) = kind else {
        marking.kept_out(
            "bad_value",
            format!("{}: a relation has no label", shown(relation)),
        );
        return;
    };
    let id = relation.get("id").and_then(id_text);
    marking.relation(id.as_deref(), &kind, (&from, &to), Attributes::new());
}

struct Writer<'a> {
    out: Out<'a>,
    line: Line,
}

fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    _options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        out: files.main()?,
        line: Line::default(),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_layer(layers).try_for_each(|(annotator, layer)| self.row(article, annotator, &layer))
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.flush()?;
        Ok(Vec::new())
    }
}

impl Writer<'_> {
    fn row(&mut self, article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> io::Result<()> {
        let named = NamedPieces::of(layer);
        let tokens = spacy_tokens(&article.text, named.list.iter().map(|piece| piece.range));
        let spans = named.list.iter().map(|piece| Placed::of(article, piece, &tokens));
        let spans: Vec<Placed<'_>> = spans.collect::<io::Result<_>>()?;
        let token_places = places_of(article, &tokens);
        self.line.bytes.clear();
        self.line.object(|line| {
            line.text("id", article.id.as_str());
            line.text("text", article.text.as_str());
            line.key("tokens");
            let all = tokens.iter().zip(token_places).enumerate();
            line.list(all, |line, (number, (token, place))| {
                write_token(line, &article.text, number, token, place);
            });
            line.key("spans");
            line.list(spans.iter(), |line, span| span.write(line));
            line.key("relations");
            let relations = layer.relations.values().filter_map(|relation| {
                let end = |span| spans.get(named.first_of(span)?);
                Some((relation, end(&relation.from)?, end(&relation.to)?))
            });
            line.list(relations, |line, (relation, from, to)| {
                line.object(|line| {
                    line.count("head", from.tokens.1);
                    line.count("child", to.tokens.1);
                    line.key("head_span");
                    from.write(line);
                    line.key("child_span");
                    to.write(line);
                    line.text("label", relation.relation_type.as_str());
                    line.text("id", relation.id.as_str());
                });
            });
            line.text("answer", Answer::of_layer(layer).name());
            write_header(line, article, annotator, layer);
        });
        self.line.bytes.push(b'\n');
        self.out.write_all(&self.line.bytes)
    }
}

/// What Prodigy keeps of a row beside its task.
fn write_header(line: &mut Line, article: &Article, annotator: Option<&Annotator>, layer: &Layer) {
    let header = &article.header;
    line.text("title", header.title.as_deref().unwrap_or_default());
    line.text("lang", header.lang.as_deref().unwrap_or_default());
    line.text("status", layer.status.map_or("", Status::name));
    line.text("_annotator_id", annotator.map_or("", Annotator::as_str));
    let extra = layer.extra.iter();
    for (key, value) in extra.filter(|(key, _)| key.starts_with('_') && *key != "_annotator_id") {
        line.key(key);
        line.json(value);
    }
    line.map("meta", &header.meta);
}

/// Where tokens lie in code points, counted on from one to the next: looking up each by itself takes as long as all the
/// rest of a row.
fn places_of(article: &Article, tokens: &[SpacyToken]) -> Vec<(usize, usize)> {
    let (mut at, mut count) = (ByteOffset::ZERO, 0);
    let mut count_to = |to: ByteOffset| {
        let between = ByteRange::new(at, to).and_then(|range| article.text.slice(range));
        count += between.map_or(0, |words| words.chars().count());
        at = to;
        count
    };
    let places = tokens
        .iter()
        .map(|token| (count_to(token.range.start()), count_to(token.range.end())));
    places.collect()
}

fn write_token(line: &mut Line, text: &Text, number: usize, token: &SpacyToken, place: (usize, usize)) {
    line.object(|line| {
        line.text("text", text.slice(token.range).unwrap_or_default());
        line.count("start", place.0);
        line.count("end", place.1);
        line.count("id", number);
        line.boolean("ws", token.space);
    });
}

/// A span with its places.
struct Placed<'a> {
    piece: &'a NamedPiece<'a>,
    quote: &'a str,
    chars: (usize, usize),
    /// Its first and its last token.
    tokens: (usize, usize),
}

impl<'a> Placed<'a> {
    fn of(article: &'a Article, piece: &'a NamedPiece<'a>, tokens: &[SpacyToken]) -> io::Result<Self> {
        let chars = code_points(article, piece.range)?;
        Ok(Self {
            piece,
            quote: article.text.slice(piece.range).unwrap_or_default(),
            chars,
            tokens: tokens_of(tokens, piece.range)?,
        })
    }

    fn write(&self, line: &mut Line) {
        line.object(|line| {
            line.count("start", self.chars.0);
            line.count("end", self.chars.1);
            line.count("token_start", self.tokens.0);
            line.count("token_end", self.tokens.1);
            line.text("label", self.piece.span.label.as_str());
            line.text("text", self.quote);
            line.text("id", &self.piece.id);
        });
    }
}
