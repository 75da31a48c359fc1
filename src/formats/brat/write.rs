//! Writing a brat collection: a folder for each annotator, in it a `.txt`, an `.ann`, and a `.json` for each article.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Annotator, Article, Attributes, Codebook, Event, Filler, Layer, Note, Relation, Span, Value,
};
use crate::text::{ByteOffset, ByteRange, Text};

use super::super::Diagnostic;
use super::super::each_layer::each_document;
use super::super::files::{Files, put_file};
use super::super::jsonl::rest::{rest_of, role_json};
use super::super::jsonl::whole::Whole;
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::value_text::{attributes_json, value_from_text, value_text};
use super::configuration::{configuration, names_shown};
use super::names::{ends_line, one_line, role_name, type_name};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    codebook: Arc<Codebook>,
    /// Annotations for which brat has no line, which stand beside the document only.
    beside: usize,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    put_file(&mut *files, "annotation.conf", &configuration(&options.codebook))?;
    put_file(&mut *files, "visual.conf", &names_shown(&options.codebook))?;
    Ok(Box::new(Writer {
        files,
        codebook: Arc::clone(&options.codebook),
        beside: 0,
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_document(article, layers)
            .try_for_each(|(path, annotator, layer)| self.document(&path, article, annotator, &layer))
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        if self.beside == 0 {
            return Ok(Vec::new());
        }
        let message = format!(
            "annotations of nothing but line breaks, which have no line in brat, nor has what hangs on them: {}",
            self.beside
        );
        let found = Diagnostic::info("beside_only", message);
        Ok(vec![found.with_hint(
            "they stand in the .json files beside the documents, which brat does not read",
        )])
    }
}

impl Writer<'_> {
    fn document(
        &mut self,
        path: &str,
        article: &Article,
        annotator: Option<&Annotator>,
        layer: &Layer,
    ) -> io::Result<()> {
        let mut lines = Lines::new(&article.text, &self.codebook);
        lines.layer(layer);
        self.beside += lines.without_line;
        let files = &mut *self.files;
        put_file(files, &format!("{path}.txt"), article.text.as_str())?;
        put_file(files, &format!("{path}.ann"), &lines.ann)?;
        let sidecar = sidecar(article, annotator, layer, lines);
        put_file(files, &format!("{path}.json"), &one_a_line(&sidecar))
    }
}

/// An object with one key a line.
fn one_a_line(all: &Map<String, Json>) -> String {
    let lines = all
        .iter()
        .map(|(key, value)| format!("{}: {value}", Json::from(key.as_str())));
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// What brat has no line for.
fn sidecar(
    article: &Article,
    annotator: Option<&Annotator>,
    layer: &Layer,
    lines: Lines<'_>,
) -> Map<String, Json> {
    let mut all = Map::new();
    let known = [
        ("id", Some(article.id.as_str())),
        ("title", article.header.title.as_deref()),
        ("lang", article.header.lang.as_deref()),
        ("sha256", Some(&*article.sha256.hex())),
        ("annotator", annotator.map(Annotator::as_str)),
        ("status", layer.status.map(crate::model::Status::name)),
    ];
    for (key, value) in known {
        if let Some(value) = value {
            all.insert(key.to_owned(), value.into());
        }
    }
    for (key, map) in [
        ("meta", article.header.meta.clone()),
        ("labels", attributes_json(&layer.labels)),
        ("ids", lines.ids),
        ("ranges", lines.whole_ranges),
        ("values", lines.values),
        ("triggers", lines.triggers),
        ("more", rest_of(article, layer)),
    ] {
        if !map.is_empty() {
            all.insert(key.to_owned(), Json::Object(map));
        }
    }
    lines.whole.put(&mut all);
    all
}

/// The lines of one `.ann` file.
struct Lines<'a> {
    text: &'a Text,
    codebook: &'a Codebook,
    ann: String,
    /// Our id behind each of brat's.
    ids: Map<String, Json>,
    /// brat's id for each of ours, by the letter of their kind.
    given: BTreeMap<(char, String), String>,
    /// The ranges of spans that were cut at line breaks.
    whole_ranges: Map<String, Json>,
    /// The values that their lines alone would not give back.
    values: Map<String, Json>,
    /// The triggers of events that have no line.
    triggers: Map<String, Json>,
    /// What has no line.
    whole: Whole,
    counts: BTreeMap<char, usize>,
    without_line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a Text, codebook: &'a Codebook) -> Self {
        Self {
            text,
            codebook,
            ann: String::new(),
            ids: Map::new(),
            given: BTreeMap::new(),
            whole_ranges: Map::new(),
            values: Map::new(),
            triggers: Map::new(),
            whole: Whole::default(),
            counts: BTreeMap::new(),
            without_line: 0,
        }
    }

    fn layer(&mut self, layer: &Layer) {
        for span in layer.spans.iter() {
            self.span(span);
        }
        for relation in layer.relations.values() {
            self.relation(relation);
        }
        for event in layer.events_in_order() {
            self.event(layer, event);
        }
        for note in layer.notes.values() {
            self.note(note);
        }
    }

    fn line(&mut self, kind: char, rest: &str) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let id = format!("{kind}{count}");
        self.ann.extend([format!("{id}\t{rest}\n")]);
        id
    }

    fn name(&mut self, kind: char, id: &str, own: &str) {
        self.ids.insert(id.to_owned(), own.into());
        self.given.insert((kind, own.to_owned()), id.to_owned());
    }

    fn given(&self, kind: char, own: &str) -> Option<&String> {
        self.given.get(&(kind, own.to_owned()))
    }

    fn span(&mut self, span: &Span) {
        let given = span.ranges.as_slice();
        let fragments = cut(self.text, given);
        if fragments.is_empty() {
            self.without_line += 1;
            self.whole.span(self.text, span);
            return;
        }
        let id = self.text_bound(span.label.as_str(), &fragments);
        self.name('T', &id, span.id.as_str());
        if joined(self.text, &fragments) != given {
            let pairs = given.iter().filter_map(|range| self.text.char_range(*range));
            let pairs: Vec<Json> = pairs
                .map(|range| json!([range.start().get(), range.end().get()]))
                .collect();
            self.whole_ranges.insert(id.clone(), Json::Array(pairs));
        }
        self.attributes(&id, &span.attributes);
    }

    fn relation(&mut self, relation: &Relation) {
        let from = self.given('T', relation.from.as_str());
        let (Some(from), Some(to)) = (from, self.given('T', relation.to.as_str())) else {
            self.without_line += 1;
            self.whole.relation(relation);
            return;
        };
        let kind = type_name(relation.relation_type.as_str());
        let line = format!("{kind} Arg1:{from} Arg2:{to}");
        let id = self.line('R', &line);
        self.name('R', &id, relation.id.as_str());
        self.attributes(&id, &relation.attributes);
    }

    fn note(&mut self, note: &Note) {
        let own = note.target.as_ref().map(crate::model::TargetId::as_str);
        let target = own.and_then(|own| ['T', 'R', 'E'].into_iter().find_map(|kind| self.given(kind, own)));
        let Some(target) = target.cloned() else {
            self.without_line += usize::from(own.is_some());
            self.whole.note(note);
            return;
        };
        let id = self.line('#', &format!("AnnotatorNotes {target}\t{}", one_line(&note.text)));
        self.ids.insert(id, note.id.as_str().into());
    }

    fn text_bound(&mut self, kind: &str, fragments: &[ByteRange]) -> String {
        let places: Vec<String> = fragments
            .iter()
            .filter_map(|range| self.text.char_range(*range))
            .map(|range| format!("{} {}", range.start().get(), range.end().get()))
            .collect();
        let words: Vec<&str> = fragments
            .iter()
            .filter_map(|range| self.text.slice(*range))
            .collect();
        let line = format!("{} {}\t{}", type_name(kind), places.join(";"), words.join(" "));
        self.line('T', &line)
    }

    fn attributes(&mut self, target: &str, attributes: &Attributes) {
        for (id, value) in attributes {
            let name = type_name(id.as_str());
            if *value == Value::Boolean(true) {
                self.line('A', &format!("{name} {target}"));
                continue;
            }
            let text = value_text(value);
            let line = self.line('A', &format!("{name} {target} {}", one_line(&text)));
            let known = self.codebook.attribute(id).map(|known| known.attribute_type);
            if [None, known]
                .iter()
                .any(|known| value_from_text(&text, *known) != *value)
            {
                self.values.insert(line, value.to_json());
            }
        }
    }

    fn event(&mut self, layer: &Layer, event: &Event) {
        let Some(place) = self.trigger_place(layer, event) else {
            self.without_line += 1;
            self.whole.event(event);
            return;
        };
        let trigger = self.text_bound(event.event_type.as_str(), &place);
        let (arguments, told) = self.roles(event);
        let kind = type_name(event.event_type.as_str());
        let id = self.line('E', &format!("{kind}:{trigger}{arguments}"));
        self.name('E', &id, event.id.as_str());
        self.attributes(&id, &event.attributes);
        let own = event.trigger.as_ref();
        let stands_for = own.and_then(|own| self.given('T', own.as_str()).cloned());
        if let Some(own) = own.filter(|_| stands_for.is_none()) {
            self.triggers.insert(id.clone(), own.as_str().into());
        }
        let stands_for = stands_for.unwrap_or_else(|| "none".to_owned());
        self.line('#', &format!("Trigger {id}\t{stands_for}"));
        if let Some(told) = told {
            self.line('#', &format!("Roles {id}\t{}", one_line(&told.to_string())));
        }
    }

    /// Where the trigger of an event stands: where its own does, or a filler, or the first word. Nowhere in a text
    /// without any word.
    fn trigger_place(&self, layer: &Layer, event: &Event) -> Option<Vec<ByteRange>> {
        let span_of = |id: &crate::model::SpanId| {
            let span = layer.spans.get(id)?;
            Some(cut(self.text, span.ranges.as_slice())).filter(|fragments| !fragments.is_empty())
        };
        let fillers = event.roles.iter().filter_map(|role| match &role.filler {
            Filler::Span(id) => Some(id),
            Filler::Value(_) => None,
        });
        let mut spans = event.trigger.iter().chain(fillers);
        spans
            .find_map(span_of)
            .or_else(|| first_word(self.text).map(|range| vec![range]))
    }

    /// The arguments of an event's line, and all its roles in order where the line alone would not give them back.
    fn roles(&self, event: &Event) -> (String, Option<Json>) {
        let (mut arguments, mut all, mut is_plain) = (String::new(), Vec::new(), true);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for role in &event.roles {
            let mut entry = role_json(role);
            is_plain &= !role.inferred && role.note.is_none();
            match &role.filler {
                Filler::Span(id) => {
                    if let Some(given) = self.given('T', id.as_str()) {
                        let name = role_name(role.role.as_str());
                        let count = seen.entry(name.clone()).or_default();
                        *count += 1;
                        let number = if *count > 1 {
                            count.to_string()
                        } else {
                            String::new()
                        };
                        arguments.extend([format!(" {name}{number}:{given}")]);
                        entry["span"] = given.as_str().into();
                    } else {
                        is_plain = false;
                        entry["own"] = true.into();
                    }
                }
                Filler::Value(_) => is_plain = false,
            }
            all.push(entry);
        }
        (arguments, (!is_plain).then_some(Json::Array(all)))
    }
}

/// The ranges without any character that ends a line.
pub(super) fn cut(text: &Text, ranges: &[ByteRange]) -> Vec<ByteRange> {
    let mut cut = Vec::new();
    for range in ranges {
        let mut start = range.start();
        for (at, c) in text.slice(*range).unwrap_or_default().char_indices() {
            if ends_line(c) {
                let end = ByteOffset::new(range.start().get() + at);
                cut.push(ByteRange::between(start, end));
                start = ByteOffset::new(end.get() + c.len_utf8());
            }
        }
        cut.push(ByteRange::between(start, range.end()));
    }
    cut.retain(|range| !range.is_empty());
    cut
}

/// The ranges as they are read: joined where nothing but ends of lines stands between them.
pub(super) fn joined(text: &Text, ranges: &[ByteRange]) -> Vec<ByteRange> {
    let mut joined: Vec<ByteRange> = Vec::new();
    for range in ranges {
        let gap = joined
            .last()
            .filter(|last| last.end() < range.start())
            .and_then(|last| text.slice(ByteRange::between(last.end(), range.start())));
        match joined.last_mut() {
            Some(last) if gap.is_some_and(|gap| gap.chars().all(ends_line)) => {
                *last = ByteRange::between(last.start(), range.end());
            }
            _ => joined.push(*range),
        }
    }
    joined
}

/// The first character that is no white space: where the trigger of an event stands that has none.
fn first_word(text: &Text) -> Option<ByteRange> {
    let (at, c) = text.as_str().char_indices().find(|(_, c)| !c.is_whitespace())?;
    Some(ByteRange::between(
        ByteOffset::new(at),
        ByteOffset::new(at + c.len_utf8()),
    ))
}
