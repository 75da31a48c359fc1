//! Reading TSV 3: the layers of a file as labels, attributes, and relations. A file is one article with one
//! annotator's layer.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::model::{Annotator, Article, ArticleId, Attributes, Extra, Header, Layer, Ranges, SpanId, Status};
use crate::text::Text;

use super::super::jsonl::shown;
use super::super::marking::Marking;
use super::super::position::Unit;
use super::super::value_text::value_from_text;
use super::super::{
    Diagnostic, Incoming, ReadOptions, Sink, bytes_of, decode, decoded_text, language_of, title_of,
};
use super::lines::{Head, Holds, Sheet, parse};
use super::marks::{Link, Mark, Marks, is_ground, marks};
use super::rebuild::rebuild;
use super::{RELATION, SPAN, escape};

pub(super) fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let incoming = bytes_of(path)
        .and_then(|bytes| text_of(path, bytes, sink))
        .and_then(|text| incoming(path, &text, options, sink));
    match incoming {
        Ok(incoming) => sink.article(incoming)?,
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    sink.progress(std::fs::metadata(path).map_or(0, |file| file.len()))
}

/// The file's text. INCEpTION writes UTF-8, in which a NUL may stand, so that is looked for first.
fn text_of(path: &Path, bytes: Vec<u8>, sink: &mut dyn Sink) -> Result<String, Diagnostic> {
    match String::from_utf8(bytes) {
        Ok(text) if !text.is_empty() => Ok(match text.strip_prefix('\u{feff}') {
            Some(behind) => behind.to_owned(),
            None => text,
        }),
        given => {
            let bytes = given.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
            let (text, told) = decoded_text(decode(&bytes)?);
            for found in told {
                sink.diagnostic(found.in_file(path));
            }
            Ok(text)
        }
    }
}

fn incoming(
    path: &Path,
    text: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Incoming, Diagnostic> {
    let sheet = parse(path, text, sink)?;
    let rebuilt = rebuild(path, &sheet, options, sink);
    let origin = Origins::of(path, &sheet);
    let article = origin.article(rebuilt.text)?;
    let marks = marks(&sheet, &rebuilt.places);
    let mut layer = layer(path, &article.text, &sheet, &marks, options, sink);
    layer.status = origin.string("status").and_then(|name| Status::from_name(&name));
    // A project of INCEpTION has a file of everybody for each document, marked or not.
    let annotator = origin.annotator().filter(|_| layer.exists() || origin.is_ours());
    Ok(Incoming::new(article, vec![(annotator, layer)], None))
}

/// What is known of the article: from an export of ours, or from where INCEpTION puts the files of a project.
struct Origins<'a> {
    path: &'a Path,
    about: Option<&'a Map<String, Json>>,
    /// The document and the annotator of `annotation/DOCUMENT/ANNOTATOR.tsv`.
    project: Option<(String, String)>,
}

impl<'a> Origins<'a> {
    fn of(path: &'a Path, sheet: &'a Sheet<'_>) -> Self {
        let name = |path: Option<&Path>| Some(path?.file_name()?.to_string_lossy().into_owned());
        let folder = path.parent();
        let above = name(folder.and_then(Path::parent));
        let is_project = matches!(above.as_deref(), Some("annotation" | "curation"));
        let annotator = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        Self {
            path,
            about: sheet.about.as_ref(),
            project: name(folder).zip(annotator).filter(|_| is_project),
        }
    }

    fn is_ours(&self) -> bool {
        self.about.is_some()
    }

    fn string(&self, key: &str) -> Option<String> {
        self.about?.get(key)?.as_str().map(str::to_owned)
    }

    fn article(&self, text: String) -> Result<Article, Diagnostic> {
        let id = self.string("id").map(ArticleId::new).transpose()?;
        let mut meta = match self.about.and_then(|about| about.get("meta")) {
            Some(Json::Object(meta)) => meta.clone(),
            _ => Extra::new(),
        };
        let file = match &self.project {
            Some((document, _)) => Some(document.clone()),
            None => self
                .path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
        };
        if let Some(file) = file.filter(|_| !self.is_ours()) {
            meta.insert("file".to_owned(), file.into());
        }
        let guess = |own: Option<String>, guess: Option<String>| if self.is_ours() { own } else { guess };
        let header = Header {
            title: guess(self.string("title"), title_of(&text)),
            lang: guess(self.string("lang"), language_of(&text).map(str::to_owned)),
            meta,
            extra: Extra::new(),
        };
        Ok(Article::new(id, header, Text::new(text))?)
    }

    fn annotator(&self) -> Option<Annotator> {
        let of_project = || {
            let (_, annotator) = self.project.clone()?;
            Some(annotator).filter(|name| name != "INITIAL_CAS")
        };
        let name = self.string("annotator").or_else(of_project)?;
        Annotator::new(name).ok()
    }
}

fn layer(
    path: &Path,
    text: &Text,
    sheet: &Sheet<'_>,
    marks: &Marks<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Layer {
    let origin = options.origin_in(path);
    let line = Cell::new(0);
    let place = |found: Diagnostic| match line.get() {
        0 => found.in_file(path),
        line => found.in_file(path).at_line(line),
    };
    let mut reading = Reading {
        sheet,
        marks,
        options,
        line: &line,
        marking: Marking::new(text, Unit::Utf16, &origin, &place),
        spans: Vec::with_capacity(marks.spans.len()),
        rows: BTreeMap::new(),
        left_out: 0,
    };
    reading.all();
    let (layer, found) = reading.marking.finish();
    for found in found {
        sink.diagnostic(found);
    }
    layer
}

struct Reading<'a> {
    sheet: &'a Sheet<'a>,
    marks: &'a Marks<'a>,
    options: &'a ReadOptions,
    line: &'a Cell<u64>,
    marking: Marking<'a>,
    /// Our span behind each mark.
    spans: Vec<Option<SpanId>>,
    /// The rows by their names.
    rows: BTreeMap<&'a str, usize>,
    /// Relations whose ends belong to layers that are not read.
    left_out: u64,
}

impl Reading<'_> {
    fn all(&mut self) {
        let marks = self.marks;
        for (line, cell, what) in &marks.bad {
            self.line.set(*line);
            let message = format!("{}: {what}", shown(&(*cell).into()));
            self.marking.kept_out("bad_value", message);
        }
        self.number_rows();
        for mark in &marks.spans {
            let span = self.span(mark);
            self.spans.push(span);
        }
        for link in &marks.links {
            self.relation(link);
        }
        self.chains();
        self.line.set(0);
        self.tell();
    }

    fn number_rows(&mut self) {
        let sheet = self.sheet;
        let rows = sheet.blocks.iter().flat_map(|block| &block.rows);
        for (number, row) in rows.enumerate() {
            if self.rows.insert(row.name, number).is_some() {
                self.line.set(row.line);
                let message = format!("row {} is there twice; relations go to this one", row.name);
                self.marking.tell(Diagnostic::warning("duplicate_id", message));
            }
        }
    }

    fn tell(&mut self) {
        let marks = self.marks;
        let counts = [
            (
                marks.of_words,
                "annotations of layers that describe words (parts of speech, lemmas, dependencies)",
            ),
            (marks.slots, "links from annotations to others (slots)"),
            (
                self.left_out,
                "relations between annotations of layers that are not read",
            ),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            let message = format!("{count} {what} have no place here and are left out");
            self.marking.tell(Diagnostic::warning("left_out", message));
        }
        if !marks.chains.is_empty() {
            let message = format!(
                "{} elements of chains became spans, each with a relation to the next one",
                marks.chains.len()
            );
            self.marking
                .tell(Diagnostic::info("chains_as_relations", message));
        }
    }

    fn span(&mut self, mark: &Mark<'_>) -> Option<SpanId> {
        self.line.set(mark.line);
        let head = self.sheet.heads.get(mark.head)?;
        let column = label_column(head);
        let id = self.span_under(mark, &named(head, column, &mark.values))?;
        let attributes = self.attributes(head, column, &mark.values);
        self.marking.change_span(&id, |span| span.attributes = attributes);
        Some(id)
    }

    fn span_under(&mut self, mark: &Mark<'_>, label: &str) -> Option<SpanId> {
        if mark.is_broken {
            let message = format!("a span under {label:?} stands on a row that is kept out");
            self.marking.kept_out("bad_offsets", message);
            return None;
        }
        let Some(ranges) = Ranges::one(mark.range) else {
            self.marking
                .kept_out("bad_offsets", format!("a span under {label:?} is empty"));
            return None;
        };
        self.marking.span_at(None, label, ranges)
    }

    /// What the columns beside the label say.
    fn attributes(
        &mut self,
        head: &Head<'_>,
        label: Option<usize>,
        values: &BTreeMap<usize, &str>,
    ) -> Attributes {
        let mut attributes = Attributes::new();
        for (column, value) in values.iter().filter(|(column, _)| Some(**column) != label) {
            let Some(Holds::Feature(feature)) = head
                .columns
                .get(*column)
                .filter(|holds| **holds != Holds::Feature(""))
            else {
                continue;
            };
            let name = match head.name {
                SPAN | RELATION => escape::attribute_name(feature),
                _ => (*feature).to_owned(),
            };
            let known = self.options.attribute_type(&name);
            let value = value_from_text(&escape::unescaped_value(value), known);
            attributes.extend(self.marking.checked_attribute(&name, value));
        }
        attributes
    }

    fn relation(&mut self, link: &Link<'_>) {
        self.line.set(link.line);
        let Some(head) = self.sheet.heads.get(link.head) else {
            return;
        };
        let base = head.columns.iter().find_map(|holds| match holds {
            Holds::Source(layer) => Some(*layer),
            _ => None,
        });
        let layer = base.and_then(|base| self.sheet.heads.iter().position(|head| head.name == base));
        if base.is_some_and(is_ground) {
            self.left_out += 1;
            return;
        }
        let column = label_column(head);
        let kind = named(head, column, &link.values);
        let source = self.rows.get(link.source).copied();
        let ends = layer.and_then(|layer| {
            let from = self.end(layer, source, link.numbers.0)?;
            Some((from, self.end(layer, Some(link.row), link.numbers.1)?))
        });
        let Some((from, to)) = ends else {
            let message = format!(
                "a relation {kind:?} from row {:?} has an end that is no span that was read",
                link.source
            );
            self.marking.kept_out("dangling", message);
            return;
        };
        let attributes = self.attributes(head, column, &link.values);
        self.marking.relation(None, &kind, (&from, &to), attributes);
    }

    /// The span of a layer with that number, or else the first one on a row.
    fn end(&self, layer: usize, row: Option<usize>, number: Option<&str>) -> Option<SpanId> {
        let mark = match number {
            Some(number) => *self.marks.numbered.get(&(layer, number))?,
            None => *self.marks.on.get(&(layer, row?))?.first()?,
        };
        self.spans.get(mark).cloned().flatten()
    }

    /// Each element of a chain as a span, with a relation to the next one.
    fn chains(&mut self) {
        let marks = self.marks;
        let mut last: Option<((usize, u64), SpanId, String)> = None;
        for ((layer, chain, _), mark) in &marks.chains {
            self.line.set(mark.line);
            let Some(head) = self.sheet.heads.get(*layer) else {
                continue;
            };
            let value = |name: &str| {
                let column = head
                    .columns
                    .iter()
                    .position(|holds| *holds == Holds::Feature(name));
                named(head, column, &mark.values)
            };
            let Some(span) = self.span_under(mark, &value("referenceType")) else {
                continue;
            };
            if let Some((_, before, kind)) = last.filter(|(of, _, _)| *of == (*layer, *chain)) {
                self.marking
                    .relation(None, &kind, (&before, &span), Attributes::new());
            }
            last = Some(((*layer, *chain), span, value("referenceRelation")));
        }
    }
}

/// The column whose value is the label: `label`, `value`, or the first one whose name ends like that.
fn label_column(head: &Head<'_>) -> Option<usize> {
    let place = |is_it: &dyn Fn(&str) -> bool| {
        head.columns
            .iter()
            .position(|holds| matches!(holds, Holds::Feature(name) if is_it(name)))
    };
    place(&|name| name == "label")
        .or_else(|| place(&|name| name == "value"))
        .or_else(|| place(&|name| name.ends_with("Value")))
}

/// The value of a column, or else the layer's own name.
fn named(head: &Head<'_>, column: Option<usize>, values: &BTreeMap<usize, &str>) -> String {
    let value = column.and_then(|column| values.get(&column));
    let value = value.map(|value| escape::unescaped_value(value));
    value
        .filter(|value| !value.is_empty())
        .unwrap_or_else(|| head.short().to_owned())
}
