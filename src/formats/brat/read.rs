//! Reading a brat document: the `.txt`, the `.ann` or the `.a1` with its `.a2`, and the `.json` of an export of ours.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::model::{
    Annotator, Article, ArticleId, Attributes, EventId, Extra, Filler, Header, Layer, Origin, OriginKind,
    Ranges, SpanId, Status, Value, parse_json,
};
use crate::text::Text;

use super::super::marking::{GivenSpan, Marking};
use super::super::position::{Pairs, Unit, ranges};
use super::super::unit_probe::UnitProbe;
use super::super::value_text::value_from_text;
use super::super::{Diagnostic, Incoming, ReadOptions, Sink, decode, jsonl, language_of, title_of};
use super::lines::{Record, bytes, split, text_bound};
use super::names::unescaped;
use super::write::{cut, joined};

pub(super) fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let mut size = 0;
    let mut load = |path: &Path, sink: &mut dyn Sink| match bytes(path) {
        Ok(bytes) => {
            size += bytes.len() as u64;
            if bytes.is_empty() {
                return Some(String::new());
            }
            match decode(&bytes) {
                Ok(decoded) => {
                    for warning in decoded.warnings {
                        sink.diagnostic(warning.in_file(path));
                    }
                    Some(decoded.text)
                }
                Err(found) => {
                    sink.diagnostic(found.in_file(path));
                    None
                }
            }
        }
        Err(found) => {
            sink.diagnostic(found);
            None
        }
    };
    let Some(text) = load(&path.with_extension("txt"), sink) else {
        return ControlFlow::Continue(());
    };
    let mut records = Vec::new();
    if let Some(lines) = load(path, sink) {
        split(path, &lines, &mut records, sink);
    }
    let second = path.with_extension("a2");
    if path.extension().is_some_and(|ending| ending == "a1")
        && second.is_file()
        && let Some(lines) = load(&second, sink)
    {
        split(&second, &lines, &mut records, sink);
    }
    let beside = path.with_extension("json");
    let sidecar = if beside.is_file() {
        load(&beside, sink)
    } else {
        None
    };
    let sidecar = sidecar.map(|json| parse_json(&json).map(|parsed| parsed.value));
    let sidecar = match sidecar {
        Some(Ok(Json::Object(map))) => map,
        None => Map::new(),
        Some(_) => {
            let found = Diagnostic::warning("bad_json", "the file beside the document is no JSON object");
            sink.diagnostic(
                found
                    .in_file(beside)
                    .with_hint("the document was read without it"),
            );
            Map::new()
        }
    };
    match article(path, text, &sidecar) {
        Ok(article) => {
            let (annotator, layer) = layer(path, &article.text, &records, &sidecar, options, sink);
            let layers = if layer.exists() || annotator.is_some() {
                vec![(annotator, layer)]
            } else {
                Vec::new()
            };
            sink.article(Incoming {
                article,
                layers,
                line: None,
            })?;
        }
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    sink.progress(size)
}

fn article(path: &Path, text: String, sidecar: &Map<String, Json>) -> Result<Article, Diagnostic> {
    let string = |key: &str| sidecar.get(key).and_then(Json::as_str).map(str::to_owned);
    let is_ours = sidecar.contains_key("id");
    let bad = |error: crate::model::InvalidId| Diagnostic::error("bad_id", error.to_string());
    let id = string("id")
        .map(|id| ArticleId::new(&id))
        .transpose()
        .map_err(bad)?;
    let mut meta = match sidecar.get("meta") {
        Some(Json::Object(meta)) => meta.clone(),
        _ => Extra::new(),
    };
    if !is_ours && let Some(name) = path.with_extension("txt").file_name() {
        meta.insert("file".to_owned(), name.to_string_lossy().into());
    }
    let guess = |own: Option<String>, guess: Option<String>| if is_ours { own } else { own.or(guess) };
    let header = Header {
        title: guess(string("title"), title_of(&text)),
        lang: guess(string("lang"), language_of(&text).map(str::to_owned)),
        meta,
        extra: Extra::new(),
    };
    Article::new(id, header, Text::new(text)).map_err(bad)
}

fn layer(
    path: &Path,
    text: &Text,
    records: &[Record],
    sidecar: &Map<String, Json>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> (Option<Annotator>, Layer) {
    let mut probe = UnitProbe::default();
    for record in records.iter().filter(|record| record.id.starts_with('T')) {
        if let (Some((_, pairs)), Some(quote)) = (text_bound(&record.data), &record.tail) {
            probe.add(text, &pairs, quote);
        }
    }
    let (unit, found) = probe.verdict(Unit::CodePoints);
    if let Some(found) = found {
        sink.diagnostic(found.in_file(path));
    }
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let origin = Origin {
        kind: OriginKind::Import,
        name: options.origin.clone().or(file),
        extra: Extra::new(),
    };
    let line = std::cell::Cell::new(0);
    let place = |found: Diagnostic| found.in_file(path).at_line(line.get());
    let mut reading = Reading {
        text,
        unit,
        records,
        sidecar,
        options,
        line: &line,
        marking: Marking::new(text, unit, &origin, &place),
        spans: BTreeMap::new(),
        events: BTreeMap::new(),
        relations: BTreeMap::new(),
    };
    reading.all();
    let annotator = sidecar.get("annotator").and_then(Json::as_str);
    let annotator = annotator.and_then(|name| Annotator::new(name).ok());
    let (layer, found) = reading.marking.finish();
    for found in found {
        sink.diagnostic(found);
    }
    (annotator, layer)
}

struct Reading<'a> {
    text: &'a Text,
    unit: Unit,
    records: &'a [Record],
    sidecar: &'a Map<String, Json>,
    options: &'a ReadOptions,
    line: &'a std::cell::Cell<u64>,
    marking: Marking<'a>,
    spans: BTreeMap<String, SpanId>,
    events: BTreeMap<String, EventId>,
    relations: BTreeMap<String, crate::model::RelationId>,
}

impl Reading<'_> {
    fn all(&mut self) {
        let stand_ins = self.stand_ins();
        for record in self.records {
            self.line.set(record.line);
            if record.id.starts_with('T') && !stand_ins.contains(&record.id) {
                self.span(record);
            }
        }
        for record in self.records {
            self.line.set(record.line);
            match record.id.chars().next() {
                Some('R') => self.relation(record),
                Some('E') => self.event(record),
                Some('*') => self.equal(record),
                _ => {}
            }
        }
        for record in self.records {
            self.line.set(record.line);
            match record.id.chars().next() {
                Some('E') => self.arguments(record),
                Some('A' | 'M') => self.attribute(record),
                Some('N') => self.normalisation(record),
                Some('#') => self.note(record),
                Some('T' | 'R' | '*') => {}
                _ => self
                    .marking
                    .kept_out("bad_line", format!("brat has no lines like {}", record.id)),
            }
        }
        self.document();
    }

    /// Our id behind one of brat's; brat's own where the export did not name it.
    fn own_id(&self, id: &str) -> String {
        let ids = self.sidecar.get("ids").and_then(Json::as_object);
        ids.and_then(|ids| ids.get(id))
            .and_then(Json::as_str)
            .unwrap_or(id)
            .to_owned()
    }

    /// Triggers that were written only because brat wants one.
    fn stand_ins(&self) -> BTreeSet<String> {
        let records = self.records;
        let marked: BTreeSet<&str> = records
            .iter()
            .filter_map(|record| record.data.strip_prefix("Trigger "))
            .collect();
        let events = records
            .iter()
            .filter(|record| marked.contains(record.id.as_str()));
        let triggers = events.filter_map(|record| record.data.split(' ').next()?.split_once(':'));
        triggers.map(|(_, trigger)| trigger.to_owned()).collect()
    }

    fn span(&mut self, record: &Record) {
        let Some((kind, pairs)) = text_bound(&record.data) else {
            let message = format!("{} is no type with its positions: {:?}", record.id, record.data);
            self.marking.kept_out("bad_line", message);
            return;
        };
        let label = unescaped(kind);
        let own = self.own_id(&record.id);
        let given = GivenSpan {
            id: Some(&own),
            label: &label,
            pairs: &pairs,
            quote: record.tail.as_deref(),
        };
        let Some(id) = self.marking.span(&given) else {
            return;
        };
        if let Some(whole) = self.whole(&record.id, &pairs) {
            self.marking.change_span(&id, |span| span.ranges = whole);
        }
        self.spans.insert(record.id.clone(), id);
    }

    /// What a span was before it was cut at line breaks: as the export says, where that still fits, or joined.
    fn whole(&self, id: &str, pairs: &Pairs) -> Option<Ranges> {
        let read = ranges(self.text, self.unit, pairs).ok()?;
        let told = self
            .sidecar
            .get("ranges")
            .and_then(|all| all.get(id))
            .and_then(|told| {
                let pairs: Option<Pairs> = told
                    .as_array()?
                    .iter()
                    .map(|pair| {
                        let number = |at| usize::try_from(pair.get(at)?.as_u64()?).ok();
                        Some((number(0)?, number(1)?))
                    })
                    .collect();
                ranges(self.text, Unit::CodePoints, &pairs?).ok()
            });
        told.filter(|told| cut(self.text, told.as_slice()) == read.as_slice())
            .or_else(|| Ranges::new(joined(self.text, read.as_slice())).ok())
    }

    fn relation(&mut self, record: &Record) {
        let mut words = record.data.split_whitespace();
        let kind = unescaped(words.next().unwrap_or_default());
        let ends: Vec<&str> = words
            .filter_map(|end| end.split_once(':').map(|(_, id)| id))
            .collect();
        let [from, to] = ends.as_slice() else {
            let message = format!("relation {} has {} ends, not two", record.id, ends.len());
            self.marking.kept_out("bad_line", message);
            return;
        };
        self.link(Some(&record.id), &kind, from, to);
    }

    fn link(&mut self, id: Option<&str>, kind: &str, from: &str, to: &str) {
        let (Some(one), Some(other)) = (self.end(from), self.end(to)) else {
            let message = format!("a relation joins {from} and {to}, of which one is no span that was read");
            self.marking.kept_out("dangling", message);
            return;
        };
        let own = id.map(|id| self.own_id(id));
        let taken = self
            .marking
            .relation(own.as_deref(), kind, (&one, &other), Attributes::new());
        if let (Some(id), Some(taken)) = (id, taken) {
            self.relations.insert(id.to_owned(), taken);
        }
    }

    /// The span of that id; of an event, its trigger.
    fn end(&self, id: &str) -> Option<SpanId> {
        if let Some(span) = self.spans.get(id) {
            return Some(span.clone());
        }
        let event = self
            .records
            .iter()
            .find(|record| record.id == id && id.starts_with('E'))?;
        let trigger = event.data.split(' ').next()?.split_once(':')?.1;
        self.spans.get(trigger).cloned()
    }

    /// `*  Equiv T1 T2 T3`: each is linked to the first.
    fn equal(&mut self, record: &Record) {
        let mut words = record.data.split_whitespace();
        let kind = unescaped(words.next().unwrap_or_default());
        let Some(first) = words.next() else { return };
        for other in words {
            self.link(None, &kind, other, first);
        }
    }

    fn event(&mut self, record: &Record) {
        let head = record
            .data
            .split(' ')
            .next()
            .and_then(|head| head.split_once(':'));
        let Some((kind, trigger)) = head else {
            let message = format!("event {} names no trigger", record.id);
            self.marking.kept_out("bad_line", message);
            return;
        };
        let trigger = match self.told(&record.id, "Trigger") {
            Some("none") => None,
            Some(own) => self.spans.get(own).cloned(),
            None => self.spans.get(trigger).cloned(),
        };
        let own = self.own_id(&record.id);
        let taken = self
            .marking
            .event(Some(&own), &unescaped(kind), trigger.as_ref(), Attributes::new());
        if let Some(taken) = taken {
            self.events.insert(record.id.clone(), taken);
        }
    }

    /// What one of our notes says of a record.
    fn told(&self, id: &str, kind: &str) -> Option<&str> {
        let is_it =
            |record: &&Record| record.id.starts_with('#') && record.data.split_once(' ') == Some((kind, id));
        self.records.iter().find(is_it)?.tail.as_deref()
    }

    fn arguments(&mut self, record: &Record) {
        let Some(event) = self.events.get(&record.id).cloned() else {
            return;
        };
        let mut arguments: Vec<(String, String)> = Vec::new();
        for argument in record.data.split_whitespace().skip(1) {
            if let Some((role, filler)) = argument.split_once(':') {
                let role = unescaped(role.trim_end_matches(|c: char| c.is_ascii_digit()));
                arguments.push((role, filler.to_owned()));
            }
        }
        let told = self.told(&record.id, "Roles").map(unescaped);
        let told = told
            .and_then(|json| parse_json(&json).ok())
            .map(|parsed| parsed.value);
        for entry in told.as_ref().and_then(Json::as_array).into_iter().flatten() {
            let role = entry.get("role").and_then(Json::as_str).unwrap_or_default();
            let span = entry.get("span").and_then(Json::as_str);
            if let Some(span) = span {
                let is_it = |(one, filler): &(String, String)| one == role && filler == span;
                let Some(at) = arguments.iter().position(is_it) else {
                    continue;
                };
                arguments.remove(at);
                self.fill(&event, role, span);
            } else if let Some(Ok(value)) = entry.get("value").map(jsonl::checked_value) {
                self.marking.fill(&event, role, Filler::Value(value));
            }
            if let Some(filled) = self
                .marking
                .layer()
                .events
                .get_mut(&event)
                .and_then(|event| event.roles.last_mut())
            {
                filled.inferred = entry.get("inferred").and_then(Json::as_bool).unwrap_or_default();
                filled.note = entry.get("note").and_then(Json::as_str).map(str::to_owned);
            }
        }
        for (role, filler) in arguments {
            self.fill(&event, &role, &filler);
        }
    }

    fn fill(&mut self, event: &EventId, role: &str, filler: &str) {
        if let Some(span) = self.end(filler) {
            self.marking.fill(event, role, Filler::Span(span));
        } else {
            let message = format!("event {event} names {filler}, which is no span that was read");
            self.marking.kept_out("dangling", message);
        }
    }

    fn attribute(&mut self, record: &Record) {
        let mut words = record.data.splitn(3, ' ');
        let (Some(name), Some(target)) = (words.next(), words.next()) else {
            let message = format!("attribute {} names nothing that has it", record.id);
            self.marking.kept_out("bad_line", message);
            return;
        };
        let name = unescaped(name);
        let known = self.options.codebook.as_ref().and_then(|codebook| {
            let attribute = codebook
                .attributes
                .iter()
                .find(|attribute| attribute.id.as_str() == name)?;
            Some(attribute.attribute_type)
        });
        let value = words.next().filter(|value| !value.is_empty());
        let value = value.map_or(Value::Boolean(true), |value| {
            value_from_text(&unescaped(value), known)
        });
        self.give(target, &name, value);
    }

    fn give(&mut self, target: &str, name: &str, value: Value) {
        if let Some(span) = self.spans.get(target).cloned() {
            self.marking.attribute(&span, name, value);
            return;
        }
        let Some((id, value)) = self.marking.checked_attribute(name, value) else {
            return;
        };
        let layer = self.marking.layer();
        if let Some(event) = self
            .events
            .get(target)
            .and_then(|event| layer.events.get_mut(event))
        {
            event.attributes.insert(id, value);
        } else if let Some(relation) = self
            .relations
            .get(target)
            .and_then(|id| layer.relations.get_mut(id))
        {
            relation.attributes.insert(id, value);
        } else {
            let message = format!("attribute {name:?} belongs to {target}, which was not read");
            self.marking.kept_out("dangling", message);
        }
    }

    /// `Reference T1 Wikidata:Q42`: an attribute of that name.
    fn normalisation(&mut self, record: &Record) {
        let words: Vec<&str> = record.data.splitn(3, ' ').collect();
        match words.as_slice() {
            [name, target, entry] => {
                self.give(target, &unescaped(name), Value::Text((*entry).to_owned()));
            }
            _ => self
                .marking
                .kept_out("bad_line", format!("normalisation {} is not complete", record.id)),
        }
    }

    fn note(&mut self, record: &Record) {
        let Some((kind, target)) = record.data.split_once(' ') else {
            self.marking
                .kept_out("bad_line", format!("note {} has no target", record.id));
            return;
        };
        if matches!(kind, "Trigger" | "Roles") && self.events.contains_key(target) {
            return;
        }
        let text = unescaped(record.tail.as_deref().unwrap_or_default());
        let own = self.spans.get(target).map(ToString::to_string);
        let own = own
            .or_else(|| self.events.get(target).map(ToString::to_string))
            .or_else(|| self.relations.get(target).map(ToString::to_string));
        let Some(own) = own else {
            let message = format!("note {} is on {target}, which was not read", record.id);
            self.marking.kept_out("dangling", message);
            return;
        };
        let id = self.own_id(&record.id);
        let id = (id != record.id).then_some(id);
        self.marking.note(id.as_deref(), Some(&own), &text);
    }

    /// What the export says of the article itself.
    fn document(&mut self) {
        let sidecar = self.sidecar;
        let status = sidecar.get("status").and_then(Json::as_str);
        self.marking.layer().status = status.and_then(Status::from_name);
        for (id, text) in sidecar
            .get("notes")
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
        {
            self.marking
                .note(Some(id), None, text.as_str().unwrap_or_default());
        }
        for (name, value) in sidecar
            .get("labels")
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
        {
            let Ok(value) = jsonl::checked_value(value) else {
                continue;
            };
            if let Some((id, value)) = self.marking.checked_attribute(name, value) {
                self.marking.layer().labels.insert(id, value);
            }
        }
    }
}
