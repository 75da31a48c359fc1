//! Reading a brat document: the `.txt`, the `.ann` or the `.a1` with its `.a2`, and the `.json` of an export of ours.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::{
    Annotator, Attributes, EventId, Filler, Layer, Ranges, RelationId, SpanId, Value, parse_json,
};
use crate::text::Text;

use super::super::jsonl::checked_value;
use super::super::jsonl::rest::{apply_rest, fill_role, tell_gone};
use super::super::jsonl::whole::{read_whole_records, read_whole_spans};
use super::super::marking::{GivenSpan, Marking};
use super::super::position::{Pairs, Unit, ranges};
use super::super::unit_probe::UnitProbe;
use super::super::value_text::{value_from_text, value_text};
use super::super::{Diagnostic, Incoming, ReadOptions, Sink};
use super::lines::{Record, split, text_bound};
use super::names::unescaped;
use super::sidecar::Sidecar;
use super::write::{cut, joined};

pub(super) fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    if let Some(found) = missing(path) {
        sink.diagnostic(found.in_file(path));
        return ControlFlow::Continue(());
    }
    let sidecar = Sidecar::beside(path, sink);
    let mut size = sidecar.size;
    let mut encoding = None;
    let mut load = |path: &Path, sink: &mut dyn Sink| match sidecar.text(path, encoding, sink) {
        Ok(loaded) => {
            size += loaded.size;
            encoding.get_or_insert(loaded.encoding);
            Some(loaded.text)
        }
        Err(found) => {
            sink.diagnostic(found);
            None
        }
    };
    let Some(text) = load(&path.with_extension("txt"), sink) else {
        return sink.progress(size);
    };
    let mut records = Vec::new();
    if let Some(lines) = load(path, sink) {
        split(path, &lines, &mut records, sink);
        if sidecar.is_ours() && !lines.is_empty() && !lines.ends_with('\n') {
            let message = "the last line has no end; the file may have been cut";
            sink.diagnostic(Diagnostic::warning("cut_line", message).in_file(path));
        }
    }
    let second = path.with_extension("a2");
    if path.extension().is_some_and(|ending| ending == "a1")
        && second.is_file()
        && let Some(lines) = load(&second, sink)
    {
        split(&second, &lines, &mut records, sink);
    }
    match sidecar.article(path, text, sink) {
        Ok(article) => {
            let (annotator, layer) = layer(path, &article.text, &records, &sidecar, options, sink);
            sink.article(Incoming::new(article, vec![(annotator, layer)], None))?;
        }
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    sink.progress(size)
}

/// The finding that a file without which the marks say nothing does not lie beside them.
fn missing(path: &Path) -> Option<Diagnostic> {
    let is_second = path.extension().is_some_and(|ending| ending == "a2");
    let (needed, what) = if is_second {
        (path.with_extension("a1"), "the spans of these events")
    } else {
        (path.with_extension("txt"), "the text of these marks")
    };
    let name = needed.file_name()?.to_string_lossy().into_owned();
    let found = Diagnostic::error("no_text", format!("{what}, {name}, does not lie beside the file"));
    (!needed.is_file()).then(|| found.with_hint(format!("put {name} into the same folder and import that")))
}

fn layer(
    path: &Path,
    text: &Text,
    records: &[Record],
    sidecar: &Sidecar,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> (Option<Annotator>, Layer) {
    let mut probe = UnitProbe::default();
    for record in records.iter().filter(|record| record.id.starts_with('T')) {
        if let (Some((_, pairs)), Some(quote)) = (text_bound(&record.data), &record.tail) {
            probe.add(text, &pairs, quote);
        }
    }
    let (unit, found) = probe.verdict(Unit::CodePoints, options);
    if let Some(found) = found {
        sink.diagnostic(found.in_file(path));
    }
    let origin = options.origin_in(path);
    let line = Cell::new(0);
    let place = |found: Diagnostic| {
        let found = found.in_file(path);
        if line.get() > 0 {
            found.at_line(line.get())
        } else {
            found
        }
    };
    let mut reading = Reading {
        text,
        unit,
        records,
        by_id: records
            .iter()
            .map(|record| (record.id.as_str(), record))
            .collect(),
        told: told(records),
        sidecar,
        options,
        line: &line,
        marking: Marking::new(text, unit, &origin, &place),
        spans: BTreeMap::new(),
        events: BTreeMap::new(),
        relations: BTreeMap::new(),
        through_events: (0, None),
    };
    reading.all();
    let (layer, found) = reading.marking.finish();
    for found in found {
        sink.diagnostic(found);
    }
    (sidecar.annotator(sink), layer)
}

/// What notes say, by their kind and what they are on.
fn told(records: &[Record]) -> BTreeMap<(&str, &str), &str> {
    let notes = records.iter().filter(|record| record.id.starts_with('#'));
    let notes = notes.filter_map(|record| Some((record.data.split_once(' ')?, record.tail.as_deref()?)));
    notes.collect()
}

struct Reading<'a> {
    text: &'a Text,
    unit: Unit,
    records: &'a [Record],
    by_id: BTreeMap<&'a str, &'a Record>,
    /// What notes say, by their kind and what they are on.
    told: BTreeMap<(&'a str, &'a str), &'a str>,
    sidecar: &'a Sidecar,
    options: &'a ReadOptions,
    line: &'a Cell<u64>,
    marking: Marking<'a>,
    spans: BTreeMap<String, SpanId>,
    events: BTreeMap<String, EventId>,
    relations: BTreeMap<String, RelationId>,
    /// Where events stand in roles and relations, whose triggers were taken for them, and the first of them.
    through_events: (u64, Option<String>),
}

impl Reading<'_> {
    fn all(&mut self) {
        read_whole_spans(self.sidecar.all(), &mut self.marking);
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
        self.line.set(0);
        self.tell_events();
        read_whole_records(self.sidecar.all(), &mut self.marking);
        self.sidecar.mark(&mut self.marking);
        let more = self.sidecar.object("more").cloned().unwrap_or_default();
        let gone = apply_rest(more, &mut self.marking);
        let ids = self.sidecar.object("ids").into_iter().flatten();
        let missing = ids
            .filter(|(id, _)| !self.by_id.contains_key(id.as_str()))
            .count();
        tell_gone(gone.max(missing), &mut self.marking);
    }

    /// Our id behind one of brat's; brat's own where the export did not name it.
    fn own_id(&self, id: &str) -> String {
        let own = self.sidecar.entry("ids", id).and_then(Json::as_str);
        own.unwrap_or(id).to_owned()
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
        let told = self.sidecar.whole_pairs(id);
        let told = told.and_then(|pairs| ranges(self.text, Unit::CodePoints, &pairs).ok());
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

    /// The span of that id; of an event, its trigger, which is counted.
    fn end(&mut self, id: &str) -> Option<SpanId> {
        if let Some(span) = self.spans.get(id) {
            return Some(span.clone());
        }
        let event = self.by_id.get(id).filter(|_| id.starts_with('E'))?;
        let trigger = event.data.split(' ').next()?.split_once(':')?.1;
        let span = self.spans.get(trigger).cloned()?;
        let (count, first) = &mut self.through_events;
        *count += 1;
        first.get_or_insert_with(|| id.to_owned());
        Some(span)
    }

    /// Says of events in roles and relations what stands for them.
    fn tell_events(&mut self) {
        if let (count, Some(first)) = &self.through_events {
            let message = format!(
                "events that fill a role or are joined by a relation: {count}; the spans of their triggers stand for them \
                 (the first is {first})"
            );
            let hint = "roles and relations hold spans here; a note on the event can say more";
            self.marking
                .tell(Diagnostic::warning("event_as_span", message).with_hint(hint));
        }
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
        let without_line = self.sidecar.entry("triggers", &record.id).and_then(Json::as_str);
        let named = match self.told.get(&("Trigger", record.id.as_str())) {
            _ if without_line.is_some() => None,
            Some(&"none") => None,
            Some(own) => Some(*own),
            None => Some(trigger),
        };
        let trigger = match (without_line, named) {
            (Some(own), _) => SpanId::new(own).ok(),
            (None, Some(named)) => {
                let trigger = self.spans.get(named).cloned();
                if trigger.is_none() {
                    let message = format!("event {} names trigger {named}, which was not read", record.id);
                    self.marking.kept_out("dangling", message);
                    return;
                }
                trigger
            }
            (None, None) => None,
        };
        let own = self.own_id(&record.id);
        let taken = self
            .marking
            .event(Some(&own), &unescaped(kind), trigger.as_ref(), Attributes::new());
        if let Some(taken) = taken {
            self.events.insert(record.id.clone(), taken);
        }
    }

    fn arguments(&mut self, record: &Record) {
        let Some(event) = self.events.get(&record.id).cloned() else {
            return;
        };
        let mut arguments: Vec<(String, String)> = Vec::new();
        for argument in record.data.split_whitespace().skip(1) {
            let Some((role, filler)) = argument.split_once(':') else {
                let message = format!("event {}: {argument:?} is no role with its filler", record.id);
                self.marking.kept_out("bad_line", message);
                continue;
            };
            let role = unescaped(role.trim_end_matches(|c: char| c.is_ascii_digit()));
            arguments.push((role, filler.to_owned()));
        }
        if let Some(told) = self.told.get(&("Roles", record.id.as_str())).copied() {
            let told = parse_json(&unescaped(told)).map(|parsed| parsed.value);
            if let Ok(Json::Array(told)) = told {
                for entry in &told {
                    self.told_role(&event, entry, &mut arguments);
                }
            } else {
                let message = format!(
                    "the note with the roles of event {} is no complete JSON",
                    record.id
                );
                self.marking.kept_out("bad_json", message);
            }
        }
        for (role, filler) in arguments {
            self.fill(&event, &role, &filler);
        }
    }

    /// Fills a role as our note says, unless its argument was taken out in brat.
    fn told_role(&mut self, event: &EventId, entry: &Json, arguments: &mut Vec<(String, String)>) {
        let role = entry.get("role").and_then(Json::as_str).unwrap_or_default();
        let mut entry = entry.clone();
        if let Some(given) = entry.get("span").and_then(Json::as_str)
            && entry.get("own").is_none()
        {
            let is_it = |(one, filler): &(String, String)| one == role && filler == given;
            let Some(at) = arguments.iter().position(is_it) else {
                return;
            };
            arguments.remove(at);
            let Some(span) = self.end(given) else {
                self.kept_out_filler(event, given);
                return;
            };
            entry["span"] = span.as_str().into();
        }
        fill_role(&mut self.marking, event, &entry);
    }

    fn kept_out_filler(&mut self, event: &EventId, filler: &str) {
        let message = format!("event {event} names {filler}, which is no span that was read");
        self.marking.kept_out("dangling", message);
    }

    fn fill(&mut self, event: &EventId, role: &str, filler: &str) {
        if let Some(span) = self.end(filler) {
            self.marking.fill(event, role, Filler::Span(span));
        } else {
            self.kept_out_filler(event, filler);
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
        let known = self.options.attribute_type(&name);
        let value = words.next().filter(|value| !value.is_empty());
        let value = value.map_or(Value::Boolean(true), |value| {
            let text = unescaped(value);
            let exact = self.sidecar.entry("values", &record.id);
            let exact = exact.and_then(|json| checked_value(json).ok());
            exact
                .filter(|exact| value_text(exact) == text)
                .unwrap_or_else(|| value_from_text(&text, known))
        });
        self.give(target, &name, value);
    }

    fn give(&mut self, target: &str, name: &str, value: Value) {
        let Some((id, value)) = self.marking.checked_attribute(name, value) else {
            return;
        };
        let mut taken = None;
        let layer = self.marking.layer();
        if let Some(span) = self.spans.get(target) {
            self.marking.change_span(span, |span| {
                taken = Some(span.attributes.insert(id, value));
            });
        } else if let Some(event) = self
            .events
            .get(target)
            .and_then(|event| layer.events.get_mut(event))
        {
            taken = Some(event.attributes.insert(id, value));
        } else if let Some(relation) = self
            .relations
            .get(target)
            .and_then(|id| layer.relations.get_mut(id))
        {
            taken = Some(relation.attributes.insert(id, value));
        }
        let (code, message) = match taken {
            Some(None) => return,
            Some(Some(before)) => (
                "duplicate_id",
                format!(
                    "attribute {name:?} of {target} is there twice; its first value was {}",
                    value_text(&before)
                ),
            ),
            None => (
                "dangling",
                format!("attribute {name:?} belongs to {target}, which was not read"),
            ),
        };
        self.marking.kept_out(code, message);
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
}
