//! Reading a CAS: both notations into structures, and these into a layer. Types that are not ours become labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use quick_xml::events::Event as Xml;
use serde_json::{Map, Value as Json};

use crate::model::{
    Annotator, Article, ArticleId, AttributeId, Attributes, EventId, Extra, Filler, Header, Layer, Origin,
    OriginKind, Ranges, SpanId, Status, parse_json,
};
use crate::text::Text;

use super::super::marking::Marking;
use super::super::position::{Pairs, Unit, ranges};
use super::super::value_text::value_from_text;
use super::super::{
    Diagnostic, Incoming, MOST_BYTES, ReadOptions, Sink, cannot_read, decode, jsonl, language_of, title_of,
    too_large,
};

/// A structure as a file gives it: its id, its type, and its features as strings.
#[derive(Default)]
struct Given {
    id: String,
    kind: String,
    features: BTreeMap<String, String>,
}

impl Given {
    fn get(&self, feature: &str) -> Option<&str> {
        self.features.get(feature).map(String::as_str)
    }

    fn pair(&self) -> Option<(usize, usize)> {
        Some((self.get("begin")?.parse().ok()?, self.get("end")?.parse().ok()?))
    }
}

type Parse = fn(&str) -> Result<Vec<Given>, Diagnostic>;

pub(super) fn read_xmi(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read(path, options, sink, parse_xmi)
}

pub(super) fn read_json(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read(path, options, sink, parse_cas)
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink, parse: Parse) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes));
    let incoming = match read {
        Err(error) => Err(cannot_read(path, &error)),
        Ok(size) if size > MOST_BYTES => Err(too_large("the file").in_file(path)),
        Ok(_) => decode(&bytes)
            .and_then(|decoded| parse(&decoded.text))
            .and_then(|given| incoming(path, &given, options, sink))
            .map_err(|found| found.in_file(path)),
    };
    match incoming {
        Ok(incoming) => sink.article(incoming)?,
        Err(found) => sink.diagnostic(found),
    }
    sink.progress(bytes.len() as u64)
}

fn parse_cas(json: &str) -> Result<Vec<Given>, Diagnostic> {
    let parsed =
        parse_json(json).map_err(|_fault| Diagnostic::error("bad_json", "the file is no complete JSON"))?;
    let structures = match parsed.value.get("%FEATURE_STRUCTURES") {
        Some(Json::Array(list)) => list.clone(),
        Some(Json::Object(map)) => map
            .iter()
            .map(|(id, value)| {
                let mut value = value.clone();
                if let Some(value) = value.as_object_mut() {
                    value.insert("%ID".to_owned(), id.as_str().into());
                }
                value
            })
            .collect(),
        _ => {
            return Err(Diagnostic::error(
                "bad_json",
                "the file has no %FEATURE_STRUCTURES",
            ));
        }
    };
    let string = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let given = structures.iter().filter_map(Json::as_object).map(|object| {
        let mut given = Given::default();
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            match key.as_str() {
                "%ID" => given.id = string(value),
                "%TYPE" => given.kind = string(value),
                key => {
                    let name = key.strip_prefix('@').unwrap_or(key);
                    given.features.insert(name.to_owned(), string(value));
                }
            }
        }
        given
    });
    Ok(given.collect())
}

/// No entity but XML's own five is resolved, and nothing is nested but by one level: depth costs nothing.
fn parse_xmi(xml: &str) -> Result<Vec<Given>, Diagnostic> {
    let bad = |at: u64, what: String| {
        Diagnostic::error(
            "bad_xml",
            format!("the file is no complete XML at byte {at}: {what}"),
        )
    };
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut all, mut depth) = (Vec::new(), 0_usize);
    let mut spaces: BTreeMap<String, String> = BTreeMap::new();
    let mut has_ended = false;
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| bad(at, error.to_string()))?;
        let (element, is_open) = match &event {
            Xml::Start(element) => (element, true),
            Xml::Empty(element) => (element, false),
            Xml::End(_) => {
                depth = depth.saturating_sub(1);
                has_ended |= depth == 0;
                continue;
            }
            Xml::Eof if has_ended => return Ok(all),
            Xml::Eof => return Err(bad(at, "it ends too early".to_owned())),
            _ => continue,
        };
        let mut given = Given::default();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| bad(at, error.to_string()))?;
            let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| bad(at, error.to_string()))?;
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                spaces.insert(prefix.to_owned(), value.into_owned());
            } else if name == "xmi:id" {
                given.id = value.into_owned();
            } else {
                given.features.insert(name, value.into_owned());
            }
        }
        if depth == 1 {
            given.kind = type_of(&String::from_utf8_lossy(element.name().as_ref()), &spaces);
            all.push(given);
        }
        depth += usize::from(is_open);
    }
}

/// `custom:Span` under `http:///a/b.ecore` is `a.b.Span`.
fn type_of(element: &str, spaces: &BTreeMap<String, String>) -> String {
    let Some((prefix, name)) = element.split_once(':') else {
        return element.to_owned();
    };
    let space = spaces.get(prefix).map_or(prefix, String::as_str);
    let space = space.strip_prefix("http:///").unwrap_or(space);
    let space = space.strip_suffix(".ecore").unwrap_or(space).replace('/', ".");
    format!("{space}.{name}")
}

/// Types that say how a text is cut or what a document is, not what somebody marked in it.
fn is_ground(kind: &str) -> bool {
    kind.starts_with("uima.")
        || kind.starts_with("de.tudarmstadt.ukp.dkpro.core.api.segmentation.")
        || kind.starts_with("de.tudarmstadt.ukp.dkpro.core.api.metadata.")
        || kind.starts_with("de.tudarmstadt.ukp.clarin.webanno.api.type.")
}

fn incoming(
    path: &Path,
    all: &[Given],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Incoming, Diagnostic> {
    let sofa = all.iter().find(|one| one.kind == "uima.cas.Sofa");
    let text = sofa.and_then(|sofa| sofa.get("sofaString"));
    let empty = sofa
        .filter(|_| all.iter().any(|one| one.kind == "hashiya.Article"))
        .map(|_| "");
    let text = text
        .or(empty)
        .ok_or_else(|| Diagnostic::error("no_text", "the CAS holds no text (sofaString)"))?;
    let nothing = Given::default();
    let about = all.iter().find(|one| one.kind == "hashiya.Article");
    let is_ours = about.is_some();
    let about = about.unwrap_or(&nothing);
    let bad = |error: crate::model::InvalidId| Diagnostic::error("bad_id", error.to_string());
    let id = about
        .get("articleId")
        .map(ArticleId::new)
        .transpose()
        .map_err(bad)?;
    let mut meta = about.get("meta").and_then(object).unwrap_or_default();
    if !is_ours && let Some(name) = path.file_name() {
        meta.insert("file".to_owned(), name.to_string_lossy().into());
    }
    let own = |feature: &str| about.get(feature).map(str::to_owned);
    let header = Header {
        title: if is_ours { own("title") } else { title_of(text) },
        lang: if is_ours {
            own("lang")
        } else {
            language_of(text).map(str::to_owned)
        },
        meta,
        extra: Extra::new(),
    };
    let article = Article::new(id, header, Text::new(text)).map_err(bad)?;
    let annotator = about.get("annotator").and_then(|name| Annotator::new(name).ok());
    let layer = layer(path, &article.text, all, options, sink);
    let is_marked = layer.exists() || annotator.is_some();
    Ok(Incoming {
        layers: if is_marked {
            vec![(annotator, layer)]
        } else {
            Vec::new()
        },
        article,
        line: None,
    })
}

fn object(json: &str) -> Option<Map<String, Json>> {
    match parse_json(json).ok()?.value {
        Json::Object(map) => Some(map),
        _ => None,
    }
}

fn layer(path: &Path, text: &Text, all: &[Given], options: &ReadOptions, sink: &mut dyn Sink) -> Layer {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let origin = Origin {
        kind: OriginKind::Import,
        name: options.origin.clone().or(file),
        extra: Extra::new(),
    };
    let place = |found: Diagnostic| found.in_file(path);
    let mut reading = Reading {
        text,
        options,
        marking: Marking::new(text, Unit::Utf16, &origin, &place),
        spans: BTreeMap::new(),
    };
    reading.spans(all);
    for one in all {
        match one.kind.as_str() {
            "hashiya.Event" => reading.event(one),
            "hashiya.Article" => reading.article(one),
            kind if !is_ground(kind) && one.get("Governor").is_some() => reading.relation(one),
            _ => {}
        }
    }
    for note in all.iter().filter(|one| one.kind == "hashiya.Note") {
        let text = note.get("text").unwrap_or_default();
        reading.marking.note(note.get("noteId"), note.get("target"), text);
    }
    let (layer, found) = reading.marking.finish();
    for found in found {
        sink.diagnostic(found);
    }
    layer
}

struct Reading<'a> {
    text: &'a Text,
    options: &'a ReadOptions,
    marking: Marking<'a>,
    /// Our span behind each structure.
    spans: BTreeMap<String, SpanId>,
}

impl Reading<'_> {
    /// Structures with one `spanId` are the fragments of one span.
    fn spans(&mut self, all: &[Given]) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for one in all {
            let is_span =
                !is_ground(&one.kind) && one.get("Governor").is_none() && one.get("begin").is_some();
            if !is_span || !seen.insert(one.get("spanId").unwrap_or(&one.id)) {
                continue;
            }
            let id = one.get("spanId");
            let pieces: Vec<&Given> = match id {
                Some(id) => all
                    .iter()
                    .filter(|other| other.get("spanId") == Some(id))
                    .collect(),
                None => vec![one],
            };
            let pairs: Option<Pairs> = pieces.iter().map(|piece| piece.pair()).collect();
            let short = one.kind.rsplit('.').next().unwrap_or_default();
            let label = one
                .get("label")
                .or_else(|| one.get("value"))
                .filter(|label| !label.is_empty());
            let label = label.unwrap_or(short);
            let places: Result<Ranges, String> = pairs
                .ok_or_else(|| "begin and end are no numbers".to_owned())
                .and_then(|pairs| ranges(self.text, Unit::Utf16, &pairs));
            let taken = match places {
                Ok(places) => self.marking.span_at(id, label, places),
                Err(reason) => {
                    let message = format!("{short} {}: {reason}", one.id);
                    self.marking.kept_out("bad_offsets", message);
                    continue;
                }
            };
            let Some(taken) = taken else { continue };
            for (name, value) in self.attributes(one) {
                self.marking.change_span(&taken, |span| {
                    span.attributes.insert(name, value);
                });
            }
            for piece in pieces {
                self.spans.insert(piece.id.clone(), taken.clone());
            }
        }
    }

    /// The attributes as our exports write them, or else every feature that is not known here.
    fn attributes(&mut self, one: &Given) -> Attributes {
        let mut attributes = Attributes::new();
        if (one.kind.starts_with("custom.") || one.kind.starts_with("hashiya."))
            && let Some(map) = one.get("attributes").and_then(object)
        {
            for (name, value) in &map {
                if let Ok(value) = jsonl::checked_value(value) {
                    attributes.extend(self.marking.checked_attribute(name, value));
                }
            }
            return attributes;
        }
        let known = [
            "begin",
            "end",
            "sofa",
            "label",
            "value",
            "spanId",
            "relationId",
            "Governor",
            "Dependent",
            "eventType",
            "eventId",
            "trigger",
            "roles",
        ];
        for (name, value) in one
            .features
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()))
        {
            let kind = AttributeId::new(name)
                .ok()
                .and_then(|id| Some(self.options.codebook.as_ref()?.attribute(&id)?.attribute_type));
            let value = value_from_text(value, kind);
            attributes.extend(self.marking.checked_attribute(name, value));
        }
        attributes
    }

    fn relation(&mut self, one: &Given) {
        let end = |feature: &str| one.get(feature).and_then(|id| self.spans.get(id)).cloned();
        let (Some(from), Some(to)) = (end("Governor"), end("Dependent")) else {
            let message = format!(
                "relation {} names something that is no span that was read",
                one.id
            );
            self.marking.kept_out("dangling", message);
            return;
        };
        let short = one.kind.rsplit('.').next().unwrap_or_default().to_owned();
        let kind = one
            .get("label")
            .or_else(|| one.get("value"))
            .unwrap_or(&short)
            .to_owned();
        let attributes = self.attributes(one);
        self.marking
            .relation(one.get("relationId"), &kind, (&from, &to), attributes);
    }

    fn event(&mut self, one: &Given) {
        let trigger = one.get("trigger").and_then(|id| SpanId::new(id).ok());
        let attributes = self.attributes(one);
        let kind = one.get("eventType").unwrap_or_default();
        let Some(event) = self
            .marking
            .event(one.get("eventId"), kind, trigger.as_ref(), attributes)
        else {
            return;
        };
        let roles = one
            .get("roles")
            .and_then(|json| parse_json(json).ok())
            .map(|parsed| parsed.value);
        for entry in roles.as_ref().and_then(Json::as_array).into_iter().flatten() {
            self.fill(&event, entry);
        }
    }

    fn fill(&mut self, event: &EventId, entry: &Json) {
        let role = entry.get("role").and_then(Json::as_str).unwrap_or_default();
        let span = entry
            .get("span")
            .and_then(Json::as_str)
            .and_then(|id| SpanId::new(id).ok());
        let value = entry
            .get("value")
            .and_then(|value| jsonl::checked_value(value).ok());
        let Some(filler) = span.map(Filler::Span).or(value.map(Filler::Value)) else {
            let message = format!("a role {role:?} of event {event} is filled by nothing that is known");
            self.marking.kept_out("bad_value", message);
            return;
        };
        let count = |marking: &mut Marking<'_>| {
            marking
                .layer()
                .events
                .get(event)
                .map_or(0, |event| event.roles.len())
        };
        let before = count(&mut self.marking);
        self.marking.fill(event, role, filler);
        if count(&mut self.marking) > before
            && let Some(event) = self.marking.layer().events.get_mut(event)
            && let Some(filled) = event.roles.last_mut()
        {
            filled.inferred = entry.get("inferred").and_then(Json::as_bool).unwrap_or_default();
            filled.note = entry.get("note").and_then(Json::as_str).map(str::to_owned);
        }
    }

    fn article(&mut self, one: &Given) {
        self.marking.layer().status = one.get("status").and_then(Status::from_name);
        for (name, value) in one.get("labels").and_then(object).unwrap_or_default() {
            let Ok(value) = jsonl::checked_value(&value) else {
                continue;
            };
            if let Some((id, value)) = self.marking.checked_attribute(&name, value) {
                self.marking.layer().labels.insert(id, value);
            }
        }
    }
}
