//! Writing a brat collection: a folder for each annotator, in it a `.txt`, an `.ann`, and a `.json` for each article.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, Attributes, Codebook, Event, Filler, Layer, NoteState, Span};
use crate::text::{ByteOffset, ByteRange, Text};

use super::super::Diagnostic;
use super::super::files::{Files, file_name};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::value_text::value_text;
use super::names::{ends_line, one_line, role_name, type_name};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    left_out: u64,
    notes_cut: u64,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    put(&mut *files, "annotation.conf", &configuration(&options.codebook))?;
    put(&mut *files, "visual.conf", &names_shown(&options.codebook))?;
    Ok(Box::new(Writer {
        files,
        left_out: 0,
        notes_cut: 0,
    }))
}

fn put<'a>(files: &mut (dyn Files<'a> + 'a), name: &str, content: &str) -> io::Result<()> {
    if let Some(mut out) = files.further(name)? {
        out.write_all(content.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        let mut marked = layers.iter().filter(|(_, layer)| layer.exists()).peekable();
        if marked.peek().is_none() {
            return self.document(article, None, &Layer::default());
        }
        for (annotator, layer) in marked {
            self.document(article, Some(annotator), layer)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        let mut said = Vec::new();
        if self.left_out > 0 {
            said.push(Diagnostic::warning(
                "left_out",
                format!(
                    "{} spans of line breaks only, or events without any span, have no place in brat and were left out",
                    self.left_out
                ),
            ));
        }
        if self.notes_cut > 0 {
            said.push(Diagnostic::warning(
                "notes_cut",
                format!(
                    "of {} notes only the text was written, without author, state, and replies",
                    self.notes_cut
                ),
            ));
        }
        Ok(said)
    }
}

impl Writer<'_> {
    fn document(
        &mut self,
        article: &Article,
        annotator: Option<&Annotator>,
        layer: &Layer,
    ) -> io::Result<()> {
        let name = file_name(article.id.as_str());
        let path = match annotator {
            Some(annotator) => format!("{}/{name}", file_name(annotator.as_str())),
            None => name,
        };
        let mut lines = Lines::new(&article.text);
        lines.layer(layer);
        self.left_out += lines.left_out;
        let is_cut = |note: &&crate::model::Note| {
            note.author.is_some() || !note.replies.is_empty() || note.state != NoteState::Open
        };
        self.notes_cut += layer.notes.values().filter(is_cut).count() as u64;
        let sidecar = sidecar(article, annotator, layer, &lines);
        put(&mut *self.files, &format!("{path}.txt"), article.text.as_str())?;
        put(&mut *self.files, &format!("{path}.ann"), &lines.ann)?;
        put(
            &mut *self.files,
            &format!("{path}.json"),
            &format!("{sidecar:#}\n"),
        )
    }
}

/// What brat has no line for.
fn sidecar(article: &Article, annotator: Option<&Annotator>, layer: &Layer, lines: &Lines<'_>) -> Json {
    let mut all = Map::new();
    all.insert("id".to_owned(), article.id.as_str().into());
    let known = [
        ("title", article.header.title.as_deref()),
        ("lang", article.header.lang.as_deref()),
        ("annotator", annotator.map(Annotator::as_str)),
        ("status", layer.status.map(crate::model::Status::name)),
    ];
    for (key, value) in known {
        if let Some(value) = value {
            all.insert(key.to_owned(), value.into());
        }
    }
    if !article.header.meta.is_empty() {
        all.insert("meta".to_owned(), Json::Object(article.header.meta.clone()));
    }
    if !layer.labels.is_empty() {
        let labels = layer
            .labels
            .iter()
            .map(|(id, value)| (id.to_string(), value.to_json()));
        all.insert("labels".to_owned(), Json::Object(labels.collect()));
    }
    let notes: Map<String, Json> = layer
        .notes
        .values()
        .filter(|note| note.target.is_none())
        .map(|note| (note.id.to_string(), note.text.as_str().into()))
        .collect();
    if !notes.is_empty() {
        all.insert("notes".to_owned(), Json::Object(notes));
    }
    all.insert("ids".to_owned(), Json::Object(lines.ids.clone()));
    if !lines.whole.is_empty() {
        all.insert("ranges".to_owned(), Json::Object(lines.whole.clone()));
    }
    Json::Object(all)
}

/// The lines of one `.ann` file.
struct Lines<'a> {
    text: &'a Text,
    ann: String,
    /// Our id behind each of brat's.
    ids: Map<String, Json>,
    /// brat's id for each of ours, by kind.
    given: BTreeMap<String, String>,
    /// The ranges of spans that were cut at line breaks.
    whole: Map<String, Json>,
    counts: BTreeMap<char, usize>,
    left_out: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a Text) -> Self {
        Self {
            text,
            ann: String::new(),
            ids: Map::new(),
            given: BTreeMap::new(),
            whole: Map::new(),
            counts: BTreeMap::new(),
            left_out: 0,
        }
    }

    fn layer(&mut self, layer: &Layer) {
        for span in layer.spans.iter() {
            self.span(span);
        }
        for relation in layer.relations.values() {
            let ends = (
                self.given.get(relation.from.as_str()),
                self.given.get(relation.to.as_str()),
            );
            let (Some(from), Some(to)) = ends else {
                self.left_out += 1;
                continue;
            };
            let line = format!(
                "{} Arg1:{from} Arg2:{to}",
                type_name(relation.relation_type.as_str())
            );
            let id = self.line('R', &line);
            self.name(&id, relation.id.as_str());
            self.attributes(&id, &relation.attributes);
        }
        for event in layer.events_in_order() {
            self.event(layer, event);
        }
        for note in layer.notes.values() {
            let target = note
                .target
                .as_ref()
                .and_then(|target| self.given.get(target.as_str()));
            if let Some(target) = target.cloned() {
                let id = self.line('#', &format!("AnnotatorNotes {target}\t{}", one_line(&note.text)));
                self.ids.insert(id, note.id.as_str().into());
            } else if note.target.is_some() {
                self.left_out += 1;
            }
        }
    }

    fn line(&mut self, kind: char, rest: &str) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let id = format!("{kind}{count}");
        self.ann.extend([format!("{id}\t{rest}\n")]);
        id
    }

    fn name(&mut self, id: &str, own: &str) {
        self.ids.insert(id.to_owned(), own.into());
        self.given.insert(own.to_owned(), id.to_owned());
    }

    fn span(&mut self, span: &Span) {
        let given = span.ranges.as_slice();
        let fragments = cut(self.text, given);
        if fragments.is_empty() {
            self.left_out += 1;
            return;
        }
        let id = self.text_bound(span.label.as_str(), &fragments);
        self.name(&id, span.id.as_str());
        if joined(self.text, &fragments) != given {
            let pairs = given.iter().filter_map(|range| self.text.char_range(*range));
            let pairs: Vec<Json> = pairs
                .map(|range| json!([range.start().get(), range.end().get()]))
                .collect();
            self.whole.insert(id.clone(), Json::Array(pairs));
        }
        self.attributes(&id, &span.attributes);
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
            let line = format!(
                "{} {target} {}",
                type_name(id.as_str()),
                one_line(&value_text(value))
            );
            self.line('A', &line);
        }
    }

    fn event(&mut self, layer: &Layer, event: &Event) {
        let span_of = |id: &crate::model::SpanId| {
            let span = layer.spans.get(id)?;
            Some(cut(self.text, span.ranges.as_slice())).filter(|fragments| !fragments.is_empty())
        };
        let own = event.trigger.as_ref().and_then(span_of);
        let fillers = event.roles.iter().filter_map(|role| match &role.filler {
            Filler::Span(id) => Some(id),
            Filler::Value(_) => None,
        });
        let place = own
            .or_else(|| fillers.into_iter().find_map(span_of))
            .or_else(|| first_word(self.text).map(|range| vec![range]));
        let Some(place) = place else {
            self.left_out += 1;
            return;
        };
        let trigger = self.text_bound(event.event_type.as_str(), &place);
        let (mut arguments, mut all, mut is_plain) = (String::new(), Vec::new(), true);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for role in &event.roles {
            let mut entry = json!({ "role": role.role.as_str() });
            match &role.filler {
                Filler::Span(id) => {
                    let Some(given) = self.given.get(id.as_str()) else {
                        continue;
                    };
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
                }
                Filler::Value(value) => {
                    is_plain = false;
                    entry["value"] = value.to_json();
                }
            }
            if role.inferred {
                entry["inferred"] = true.into();
            }
            if let Some(note) = &role.note {
                entry["note"] = note.as_str().into();
            }
            is_plain &= !role.inferred && role.note.is_none();
            all.push(entry);
        }
        let id = self.line(
            'E',
            &format!("{}:{trigger}{arguments}", type_name(event.event_type.as_str())),
        );
        self.name(&id, event.id.as_str());
        self.attributes(&id, &event.attributes);
        let stands_for = match &event.trigger {
            Some(own) => self.given.get(own.as_str()).cloned(),
            None => Some("none".to_owned()),
        };
        if let Some(stands_for) = stands_for {
            self.line('#', &format!("Trigger {id}\t{stands_for}"));
        }
        if !is_plain {
            self.line(
                '#',
                &format!("Roles {id}\t{}", one_line(&Json::Array(all).to_string())),
            );
        }
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

fn configuration(codebook: &Codebook) -> String {
    let mut conf = String::from("[entities]\n");
    for label in &codebook.labels {
        conf.extend([format!("{}\n", type_name(label.id.as_str()))]);
    }
    conf.push_str("\n[relations]\n");
    let kinds = |labels: &[crate::model::LabelId]| {
        let names: Vec<String> = labels.iter().map(|label| type_name(label.as_str())).collect();
        if names.is_empty() {
            "<ENTITY>".to_owned()
        } else {
            names.join("|")
        }
    };
    for relation in &codebook.relation_types {
        conf.extend([format!(
            "{}\tArg1:{}, Arg2:{}\n",
            type_name(relation.id.as_str()),
            kinds(&relation.from),
            kinds(&relation.to)
        )]);
    }
    conf.push_str("\n[events]\n");
    for event in &codebook.event_types {
        let roles = event.roles.iter().map(|role| {
            let many = if role.max == Some(1) { "?" } else { "*" };
            format!("{}{many}:{}", role_name(role.id.as_str()), kinds(&role.labels))
        });
        let roles: Vec<String> = roles.collect();
        conf.extend([format!(
            "{}\t{}\n",
            type_name(event.id.as_str()),
            roles.join(", ")
        )]);
    }
    conf.push_str("\n[attributes]\n");
    for attribute in &codebook.attributes {
        let name = type_name(attribute.id.as_str());
        let choices: Vec<String> = attribute
            .choices
            .iter()
            .map(|choice| one_line(&choice.id))
            .collect();
        let values = if choices.is_empty() {
            String::new()
        } else {
            format!(", Value:{}", choices.join("|"))
        };
        conf.extend([format!("{name}\tArg:<ANY>{values}\n")]);
    }
    conf
}

/// The names that brat shows for the types.
fn names_shown(codebook: &Codebook) -> String {
    let labels = codebook.labels.iter().map(|label| label.id.as_str());
    let relations = codebook.relation_types.iter().map(|kind| kind.id.as_str());
    let events = codebook.event_types.iter().map(|kind| kind.id.as_str());
    let shown: Vec<String> = labels
        .chain(relations)
        .chain(events)
        .map(|name| format!("{} | {name}", type_name(name)))
        .collect();
    let colors: Vec<String> = codebook
        .labels
        .iter()
        .map(|label| format!("{}\tbgColor:{}", type_name(label.id.as_str()), label.color.hex()))
        .collect();
    let (shown, colors) = (shown.join("\n"), colors.join("\n"));
    format!("[labels]\n{shown}\n\n[drawing]\n{colors}\n")
}
