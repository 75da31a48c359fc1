//! Writing tasks: one element of the list for each article, and the config at the end, when all that is used is known.

use std::io;
use std::sync::Arc;

use crate::model::{Annotator, Article, AttributeId, Codebook, Layer, Status, Value};
use crate::text::ByteRange;

use super::super::Diagnostic;
use super::super::files::{Files, Out};
use super::super::jsonl::escape::Line;
use super::super::piece_ids::{NamedPiece, NamedPieces};
use super::super::position::outside;
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::value_text::value_text;
use super::config::{BESIDE, Control, Used, config, tag_name};
use super::{ARTICLE, ATTRIBUTE, LABELS, TEXT};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    out: Out<'a>,
    codebook: Arc<Codebook>,
    used: Used,
    count: usize,
    /// Attributes of relations, for which Label Studio has no place.
    of_relations: usize,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let out = files.main()?;
    Ok(Box::new(Writer {
        files,
        out,
        codebook: Arc::clone(&options.codebook),
        used: Used::default(),
        count: 0,
        of_relations: 0,
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        let marked: Vec<&(Annotator, Layer)> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
        for (_, layer) in &marked {
            self.note(layer);
        }
        let marked = marked
            .into_iter()
            .map(|(annotator, layer)| Annotation::of(article, annotator, layer));
        let marked: Vec<Annotation<'_>> = marked.collect::<io::Result<_>>()?;
        self.count += 1;
        let mut line = Line::default();
        line.object(|line| {
            line.count("id", self.count);
            line.key("data");
            line.object(|line| write_data(line, article));
            line.key("annotations");
            line.list(marked.iter(), |line, one| {
                one.write(line, &self.codebook, &self.used);
            });
        });
        self.out
            .write_all(if self.count == 1 { b"[\n" } else { b",\n" })?;
        self.out.write_all(&line.bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out
            .write_all(if self.count == 0 { b"[]\n" } else { b"\n]\n" })?;
        self.out.flush()?;
        let mut found = Vec::new();
        if self.of_relations > 0 {
            let message = format!(
                "attribute values of relations, which are left out: {}",
                self.of_relations
            );
            found.push(Diagnostic::info("left_out", message));
        }
        let xml = config(&self.codebook, &self.used);
        match self.files.further("config.xml")? {
            Some(mut out) => {
                out.write_all(xml.as_bytes())?;
                out.flush()?;
            }
            None => found.push(
                Diagnostic::warning(
                    "companion_left_out",
                    "the labelling config is left out of a stream",
                )
                .with_hint("export to a file; the config is written beside it"),
            ),
        }
        Ok(found)
    }
}

impl Writer<'_> {
    /// Notes what a layer uses, so that the config declares it.
    fn note(&mut self, layer: &Layer) {
        for span in layer.spans.iter() {
            self.used.labels.insert(span.label.to_string());
            for (id, value) in &span.attributes {
                let attribute = self.used.attributes.entry(id.clone()).or_default();
                attribute.labels.insert(span.label.to_string());
                attribute.add(Control::of(&self.codebook, id, value), value);
            }
        }
        for (id, value) in &layer.labels {
            let attribute = self.used.article.entry(id.clone()).or_default();
            attribute.add(Control::of(&self.codebook, id, value), value);
        }
        for relation in layer.relations.values() {
            self.used.relations.insert(relation.relation_type.to_string());
            self.of_relations += relation.attributes.len();
        }
    }
}

fn write_data(line: &mut Line, article: &Article) {
    let header = &article.header;
    line.text(TEXT, article.text.as_str());
    line.text("id", article.id.as_str());
    line.text("title", header.title.as_deref().unwrap_or_default());
    line.text("lang", header.lang.as_deref().unwrap_or_default());
    line.map("meta", &header.meta);
}

/// One layer as an annotation.
struct Annotation<'a> {
    annotator: &'a Annotator,
    layer: &'a Layer,
    named: NamedPieces<'a>,
    regions: Vec<Region<'a>>,
}

/// A piece with its place as Label Studio gives it.
struct Region<'a> {
    start: usize,
    end: usize,
    quote: &'a str,
}

impl<'a> Region<'a> {
    fn of(article: &'a Article, range: ByteRange) -> io::Result<Self> {
        let unit = |at| article.text.utf16_of(at).map(crate::text::Utf16Offset::get);
        let place = unit(range.start()).zip(unit(range.end()));
        let place = place.zip(article.text.slice(range));
        let ((start, end), quote) = place.ok_or_else(|| outside(article))?;
        Ok(Self { start, end, quote })
    }
}

impl<'a> Annotation<'a> {
    fn of(article: &'a Article, annotator: &'a Annotator, layer: &'a Layer) -> io::Result<Self> {
        let named = NamedPieces::of(layer);
        let regions = named.list.iter().map(|piece| Region::of(article, piece.range));
        let regions = regions.collect::<io::Result<_>>()?;
        Ok(Self {
            annotator,
            layer,
            named,
            regions,
        })
    }

    fn write(&self, line: &mut Line, codebook: &Codebook, used: &Used) {
        line.object(|line| {
            line.key("result");
            line.bytes.push(b'[');
            for (piece, region) in self.named.list.iter().zip(&self.regions) {
                write_region(line, piece, region);
                for (id, value) in &piece.span.attributes {
                    let has_list = has_list(codebook, id, used.attributes.get(id));
                    let control = (ATTRIBUTE, Control::of(codebook, id, value), has_list);
                    write_value(line, (control, id, value), &piece.id, Some(region));
                }
            }
            for (id, value) in &self.layer.labels {
                let has_list = has_list(codebook, id, used.article.get(id));
                let control = (ARTICLE, Control::of(codebook, id, value), has_list);
                write_value(line, (control, id, value), &format!("{ARTICLE}{id}"), None);
            }
            self.write_relations(line);
            line.bytes.push(b']');
            let status = self.layer.status;
            line.boolean("was_cancelled", status == Some(Status::Skipped));
            line.text("annotator", self.annotator.as_str());
            line.text("status", status.map_or("", Status::name));
        });
    }

    fn write_relations(&self, line: &mut Line) {
        for relation in self.layer.relations.values() {
            let end = |span| self.named.list.get(self.named.first_of(span)?);
            let Some((from, to)) = end(&relation.from).zip(end(&relation.to)) else {
                continue;
            };
            let is_both_ways = relation.extra.get("direction").is_some_and(|way| way == "bi");
            line.item(|line| {
                line.object(|line| {
                    line.text("id", relation.id.as_str());
                    line.text("type", "relation");
                    line.text("from_id", &from.id);
                    line.text("to_id", &to.id);
                    line.text("direction", if is_both_ways { "bi" } else { "right" });
                    line.texts("labels", [relation.relation_type.as_str()].into_iter());
                });
            });
        }
    }
}

/// Whether the config gives an attribute a list of choices.
fn has_list(codebook: &Codebook, id: &AttributeId, used: Option<&super::config::UsedAttribute>) -> bool {
    use crate::model::AttributeType::{Choice, Choices};
    let known = codebook.attribute(id);
    let of_codebook = known
        .is_some_and(|known| matches!(known.attribute_type, Choice | Choices) && !known.choices.is_empty());
    of_codebook || used.is_some_and(|used| !used.choices.is_empty())
}

fn write_region(line: &mut Line, piece: &NamedPiece<'_>, region: &Region<'_>) {
    line.item(|line| {
        line.object(|line| {
            line.text("id", &piece.id);
            line.text("from_name", LABELS);
            line.text("to_name", TEXT);
            line.text("type", "labels");
            line.key("value");
            line.object(|line| {
                line.count("start", region.start);
                line.count("end", region.end);
                line.text("text", region.quote);
                line.texts("labels", [piece.span.label.as_str()].into_iter());
            });
        });
    });
}

/// The value of an attribute: the beginning of its tag's name, its control, and whether it has a list of choices too.
type Given<'a> = ((&'static str, Control, bool), &'a AttributeId, &'a Value);

fn write_value(line: &mut Line, given: Given<'_>, id: &str, region: Option<&Region<'_>>) {
    let ((prefix, control, has_list), attribute, value) = given;
    let is_beside = control == Control::TextArea && has_list;
    let name = format!(
        "{}{}",
        tag_name(prefix, attribute),
        if is_beside { BESIDE } else { "" }
    );
    let texts: Vec<String> = match value {
        Value::Choices(choices) => choices.clone(),
        other => vec![value_text(other)],
    };
    line.item(|line| {
        line.object(|line| {
            line.text("id", id);
            line.text("from_name", &name);
            line.text("to_name", TEXT);
            line.text("type", control.result_type());
            line.key("value");
            line.object(|line| {
                let texts = texts.iter().map(String::as_str);
                if let Some(region) = region {
                    line.count("start", region.start);
                    line.count("end", region.end);
                }
                // What is typed stands where other results quote their region.
                match (control, region) {
                    (Control::TextArea, _) => line.texts("text", texts),
                    (Control::Choices, Some(region)) => {
                        line.text("text", region.quote);
                        line.texts("choices", texts);
                    }
                    (Control::Choices, None) => line.texts("choices", texts),
                }
            });
        });
    });
}
