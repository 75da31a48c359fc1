//! Reading the JSON formats of other tools: record by record, each an object, with the unit of positions found over
//! the whole file before.
//!
//! Knows what these formats share. Which key of a record holds what is said by each format's [`Dialect`].

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use memchr::memmem::Finder;
use serde_json::{Map, Value as Json};

use crate::model::{
    Annotator, Article, Extra, Header, Layer, Origin, SpanId, Status, Tail, parse_json, parse_json_with_tail,
};
use crate::text::Text;

use super::json_values::{JsonValues, ListInside, first_keys};
use super::jsonl::fields::{Fields, Findings, id_text, shown};
use super::jsonl::foreign::{language_tag, metadata, take_id, take_if};
use super::jsonl::lines::utf8_reader;
use super::jsonl::{object_of, utf8};
use super::marking::{GivenSpan, Marking};
use super::position::{Unit, pairs};
use super::registry::Glimpse;
use super::unit_probe::UnitProbe;
use super::value_text::ToldTypes;
use super::{
    Diagnostic, Incoming, ReadOptions, Sink, cannot_read, encoding, language_of, title_of, too_large,
};

/// An object as it was read.
pub(super) type Record = Map<String, Json>;

/// How a format writes its records.
pub(super) struct Dialect {
    /// The unit in which it counts.
    pub(super) own_unit: Unit,
    /// A list of which only the end is looked at.
    pub(super) tail: Option<Tail>,
    /// Holds the quotes of a record against its text.
    pub(super) probe: fn(&Record, &mut UnitProbe),
    /// Looks at the values of attributes in a record, where the format holds them as strings.
    pub(super) attributes: Option<fn(&Record, &mut ToldTypes)>,
    /// Makes an article of a record.
    pub(super) article: fn(Record, &mut Reading<'_>) -> Result<Incoming, Diagnostic>,
}

/// What a record is read with, and what was found in it.
pub(super) struct Reading<'a> {
    /// The unit of the whole file.
    pub(super) unit: Unit,
    /// The types of attributes that no codebook knows, where the format holds them as strings.
    pub(super) types: &'a ToldTypes,
    /// The origin of spans that do not say where they come from.
    pub(super) origin: &'a Origin,
    /// What the caller knows.
    pub(super) options: &'a ReadOptions,
    /// Where the record starts.
    pub(super) line: u64,
    /// What was found.
    pub(super) found: Vec<Diagnostic>,
}

impl Reading<'_> {
    /// Makes a layer; what the making finds is told with the record's place.
    pub(super) fn layer(
        &mut self,
        text: &Text,
        origin: &Origin,
        make: impl FnOnce(&mut Marking<'_>),
    ) -> Layer {
        let line = self.line;
        let place = move |found: Diagnostic| found.at_line(line);
        let mut marking = Marking::new(text, self.unit, origin, &place);
        make(&mut marking);
        let (layer, found) = marking.finish();
        self.found.extend(found);
        layer
    }

    /// The findings as functions take them that read fields one by one.
    pub(super) fn findings(&mut self) -> Findings<'_> {
        Findings {
            line: self.line,
            list: &mut self.found,
        }
    }

    /// An article of its text, its id, title, and language under those names, and everything else as metadata. A title
    /// or a language that is an empty string is none; where the key is not there it is guessed.
    pub(super) fn article(&mut self, text: String, mut fields: Fields) -> Result<Article, Diagnostic> {
        let id = take_id(&mut fields, &mut self.findings());
        let title = take_if(&mut fields, "title", |title| title.as_str().map(str::to_owned));
        let lang = take_if(&mut fields, "lang", language_or_none)
            .or_else(|| take_if(&mut fields, "language", language_tag));
        let header = Header {
            title: match title {
                Some(title) if title.is_empty() => None,
                Some(title) if !title.trim().is_empty() => Some(title),
                _ => title_of(&text),
            },
            lang: match lang {
                Some(lang) => Some(lang).filter(|lang| !lang.is_empty()),
                None => language_of(&text).map(str::to_owned),
            },
            meta: metadata(fields),
            extra: Extra::new(),
        };
        Ok(Article::new(id, header, Text::new(text))?)
    }
}

/// The unit that a record names, as those do that are written here.
pub(super) fn named_unit(json: &Json) -> Option<Unit> {
    json.as_str().and_then(Unit::from_name)
}

/// Takes the annotator's name, where the key holds one; an empty string is none.
pub(super) fn take_annotator(fields: &mut Fields, key: &str) -> Option<Annotator> {
    take_named(fields, key, |name| Annotator::new(name).ok())
}

/// Takes the status, where the key `status` holds one; an empty string is none.
pub(super) fn take_status(fields: &mut Fields) -> Option<Status> {
    take_named(fields, "status", Status::from_name)
}

fn take_named<T>(fields: &mut Fields, key: &str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
    let named = take_if(fields, key, |name| match name.as_str()? {
        "" => Some(None),
        name => from_name(name).map(Some),
    });
    named.flatten()
}

/// The key and the words of a text: under `text`, or else the longest string.
pub(super) fn text_in(fields: &Record) -> Option<(&str, &str)> {
    let strings = fields.iter();
    let strings = strings.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)));
    let own = strings.clone().find(|(key, _)| *key == "text");
    own.or_else(|| strings.max_by_key(|(_, text)| text.len()))
}

/// Takes the words that [`text_in`] finds.
pub(super) fn take_text(fields: &mut Record) -> Option<String> {
    let key = text_in(fields)?.0.to_owned();
    match fields.shift_remove(&key) {
        Some(Json::String(text)) => Some(text),
        _ => None,
    }
}

/// Takes a span with `start`, `end`, `label`, and maybe the words that it quotes as `text`. `None`, and a finding, where
/// it has to stay out.
pub(super) fn read_span(span: &Json, id: Option<&str>, marking: &mut Marking<'_>) -> Option<SpanId> {
    let label = span.get("label").and_then(id_text);
    let given = pairs(span.get("start"), span.get("end"), None)
        .and_then(|pairs| Ok((pairs, label.ok_or("it has no label")?)));
    match given {
        Ok((pairs, label)) => marking.span(&GivenSpan {
            id,
            label: &label,
            pairs: &pairs,
            quote: span.get("text").and_then(Json::as_str),
        }),
        Err(reason) => {
            marking.kept_out("bad_span", format!("{}: {reason}", shown(span)));
            None
        }
    }
}

/// A text that a record must have.
pub(super) fn needed_text(text: Option<Json>, key: &str) -> Result<String, Diagnostic> {
    const HINT: &str = "each record holds the article's words as a string";
    match text {
        Some(Json::String(text)) => Ok(text),
        Some(other) => {
            let message = format!("{key} is a string, not {}", shown(&other));
            Err(Diagnostic::error("bad_text", message).with_hint(HINT))
        }
        None => Err(Diagnostic::error("no_text", format!("the record has no {key}")).with_hint(HINT)),
    }
}

fn language_or_none(json: &Json) -> Option<String> {
    match json.as_str() {
        Some("") => Some(String::new()),
        _ => language_tag(json),
    }
}

/// Reads a file of a dialect.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    dialect: &Dialect,
) -> ControlFlow<()> {
    match read_records(path, options, sink, dialect) {
        Ok(flow) => flow,
        Err(error) => {
            sink.diagnostic(cannot_read(path, &error));
            ControlFlow::Continue(())
        }
    }
}

fn read_records(
    path: &Path,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    dialect: &Dialect,
) -> io::Result<ControlFlow<()>> {
    let (unit, types, warning) = survey(path, dialect, options)?;
    let origin = options.origin_in(path);
    let mut values = JsonValues::open(path)?;
    read_values(path, &mut values, warning, sink, |value, line, found| {
        let mut reading = Reading {
            unit,
            types: &types,
            origin: &origin,
            options,
            line,
            found: Vec::new(),
        };
        let read = record(value, dialect.tail).and_then(|record| (dialect.article)(record, &mut reading));
        found.append(&mut reading.found);
        read
    })
}

/// Bytes between two reports of progress.
const STRIDE: u64 = 1 << 18;

/// Reads the values of a file one by one, with what was found in each; a bad one is told with its line, and the next
/// one is read.
pub(super) fn read_values(
    path: &Path,
    values: &mut JsonValues,
    warning: Option<Diagnostic>,
    sink: &mut dyn Sink,
    mut read: impl FnMut(&[u8], u64, &mut Vec<Diagnostic>) -> Result<Incoming, Diagnostic>,
) -> io::Result<ControlFlow<()>> {
    let tell = |found: Diagnostic, sink: &mut dyn Sink| sink.diagnostic(found.in_file(path));
    if let Some(encoding) = values.encoding() {
        tell(Diagnostic::not_utf8(encoding.name()), sink);
    }
    if let Some(warning) = warning {
        tell(warning, sink);
    }
    let (mut any, mut told) = (false, 0);
    while let Some((line, value)) = values.next()? {
        let Ok(value) = value else {
            any = true;
            tell(too_large("the record").at_line(line), sink);
            continue;
        };
        if value.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        any = true;
        let mut list = Vec::new();
        let incoming = read(value, line, &mut list);
        for mut found in list {
            if let Ok(incoming) = &incoming {
                found.left_out_of(incoming);
            }
            tell(found, sink);
        }
        match incoming {
            Ok(incoming) => {
                if sink.article(incoming).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Err(found) => {
                let record = String::from_utf8_lossy(value);
                tell(found.in_part_from(line).with_record(record), sink);
            }
        }
        if values.bytes() - told >= STRIDE {
            told = values.bytes();
            if sink.progress(told).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    if !any {
        tell(encoding::empty("the file has no record"), sink);
    }
    if let Some(found) = values.left_out() {
        tell(found, sink);
    }
    Ok(sink.progress(values.bytes()))
}

/// An object from its bytes.
///
/// # Errors
/// Where they are none.
pub(super) fn record(value: &[u8], tail: Option<Tail>) -> Result<Record, Diagnostic> {
    let value = utf8(value)?;
    object_of(
        value,
        tail.map_or_else(|| parse_json(value), |tail| parse_json_with_tail(value, tail)),
    )
}

/// The unit of a file and the types of its attributes, with a finding where the unit is not the dialect's own or cannot
/// be known.
fn survey(
    path: &Path,
    dialect: &Dialect,
    options: &ReadOptions,
) -> io::Result<(Unit, ToldTypes, Option<Diagnostic>)> {
    let (mut tally, mut types) = (UnitProbe::default(), ToldTypes::default());
    let mut values = JsonValues::open(path)?;
    let escape = Finder::new("\\u");
    while let Some((_, value)) = values.next()? {
        let Ok(value) = value else { continue };
        // Where all is ASCII the units are the same.
        let tells_unit = !value.is_ascii() || escape.find(value).is_some();
        if !tells_unit && dialect.attributes.is_none() {
            continue;
        }
        let Ok(record) = record(value, dialect.tail) else {
            continue;
        };
        if tells_unit {
            (dialect.probe)(&record, &mut tally);
        }
        if let Some(look) = dialect.attributes {
            look(&record, &mut types);
        }
    }
    let (unit, found) = tally.verdict(dialect.own_unit, options);
    Ok((unit, types, found))
}

/// How much of a file is looked at to tell whose it is, where its first record is long.
const FIRST: u64 = 1 << 20;

/// The beginning of a file of JSON records as [`detect`](super::detect) needs it.
pub(super) struct Beginning {
    /// Whether the file is a list.
    pub(super) is_list: bool,
    record: String,
}

impl Beginning {
    /// Looks at a file. `None` where it holds no objects, or those of the native format.
    pub(super) fn of(file: &Glimpse<'_>) -> Option<Self> {
        Self::of_any(file).filter(|beginning| {
            let keys = beginning.keys();
            let mut keys = keys.iter();
            !keys.any(|(key, value)| key == "schema" && value.starts_with("\"hashiya/"))
        })
    }

    /// Looks at a file. `None` where it holds no objects.
    pub(super) fn of_any(file: &Glimpse<'_>) -> Option<Self> {
        if !file.may_be_json() || encoding::signature(file.head).is_some() {
            return None;
        }
        let mut bytes = Vec::new();
        let (reader, _) = utf8_reader(file.path).ok()?;
        reader.take(FIRST).read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let text = ListInside::of(text).map_or(text, |inside| text.get(inside.at..).unwrap_or_default());
        let (is_list, record) = match text.strip_prefix('[') {
            Some(inside) => (true, inside.trim_start()),
            None => (false, text),
        };
        record.starts_with('{').then(|| Self {
            is_list,
            record: record.to_owned(),
        })
    }

    /// The keys of the first record, each with what follows it.
    pub(super) fn keys(&self) -> Vec<(String, &str)> {
        first_keys(&self.record)
    }

    /// Whether the first record has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys().iter().any(|(own, _)| own == key)
    }
}
