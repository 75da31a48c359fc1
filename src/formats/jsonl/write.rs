//! Writing `hashiya/1`: keys in a fixed order, absent where nothing is known, positions in code points.
//!
//! A line whose annotator is named always has `spans`, maybe empty: that nobody found one is known then.

use std::io;

use crate::model::{
    Annotator, Article, AttributeId, Event, Filler, Layer, Note, Origin, ProblemKey, Relation, Span, SpanId,
    SpanReview, Status, TargetId, Timestamp, Verdict,
};
use crate::text::{ByteRange, Text};

use super::super::Diagnostic;
use super::super::each_layer::each_layer;
use super::super::files::{Files, Out};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::escape::Line;
use super::keys;

/// Writes one line for each annotator's layer, or one without an annotator where nobody marked the article.
pub(super) struct Writer<'a> {
    out: Out<'a>,
    /// Kept between lines, so that its memory is used again.
    line: Line,
}

pub(super) fn writer<'a>(
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
        each_layer(layers).try_for_each(|(annotator, layer)| self.write(article, annotator, &layer))
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.flush()?;
        Ok(Vec::new())
    }
}

impl Writer<'_> {
    fn write(&mut self, article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> io::Result<()> {
        self.line.bytes.clear();
        let mut outside = None;
        self.line.object(|line| {
            write_article(line, article);
            match annotator {
                Some(annotator) => {
                    outside = write_layer(line, &article.text, annotator, layer);
                    let known = [
                        keys::ARTICLE,
                        &layer.extra.keys().map(String::as_str).collect::<Vec<_>>(),
                    ]
                    .concat();
                    line.extra(&layer.extra, keys::ARTICLE);
                    line.extra(&article.header.extra, &known);
                }
                None => line.extra(&article.header.extra, keys::ARTICLE),
            }
        });
        if let Some(span) = outside {
            let message = format!("span {span} of article {} does not lie in its text", article.id);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        self.line.bytes.push(b'\n');
        self.out.write_all(&self.line.bytes)
    }
}

fn write_article(line: &mut Line, article: &Article) {
    line.text("schema", "hashiya/1");
    line.text("offsets", "codepoint");
    line.text("id", article.id.as_str());
    line.text_if("title", article.header.title.as_deref());
    line.text_if("lang", article.header.lang.as_deref());
    line.text("text", article.text.as_str());
    line.text("sha256", &article.sha256.hex());
    if !article.header.meta.is_empty() {
        line.map("meta", &article.header.meta);
    }
}

/// Writes a layer; names a span that does not lie in the text, if there is one.
fn write_layer(line: &mut Line, text: &Text, annotator: &Annotator, layer: &Layer) -> Option<String> {
    line.text("annotator", annotator.as_str());
    line.text_if("status", layer.status.map(Status::name));
    line.text_if("review", layer.review.map(Verdict::name));
    if layer.flagged {
        line.boolean("flagged", true);
    }
    let mut outside = None;
    line.key("spans");
    line.list(layer.spans.iter(), |line, span| {
        if write_span(line, text, span).is_none() {
            outside.get_or_insert_with(|| span.id.to_string());
        }
    });
    if !layer.relations.is_empty() {
        line.key("relations");
        line.list(layer.relations.values(), write_relation);
    }
    if !layer.events.is_empty() {
        line.key("events");
        line.list(layer.events_in_order().into_iter(), write_event);
    }
    line.attributes("labels", &layer.labels);
    if !layer.notes.is_empty() {
        line.key("notes");
        line.list(layer.notes.values(), write_note);
    }
    if !layer.dismissed.is_empty() {
        line.texts("dismissed", layer.dismissed.iter().map(ProblemKey::as_str));
    }
    outside
}

pub(super) fn write_span(line: &mut Line, text: &Text, span: &Span) -> Option<()> {
    let chars = |range: ByteRange| {
        let range = text.char_range(range)?;
        Some((range.start().get(), range.end().get()))
    };
    let (start, end) = chars(span.ranges.hull())?;
    let fragments: Vec<(usize, usize)> = span
        .ranges
        .as_slice()
        .iter()
        .map(|range| chars(*range))
        .collect::<Option<_>>()?;
    let quote = span.ranges.quote(text)?;
    line.object(|line| {
        line.text("id", span.id.as_str());
        line.count("start", start);
        line.count("end", end);
        line.text("label", span.label.as_str());
        line.text("text", &quote);
        if span.ranges.is_discontinuous() {
            line.key("fragments");
            line.list(fragments.into_iter(), |line, (start, end)| {
                line.list([start, end].into_iter(), Line::number);
            });
        }
        line.attributes("attributes", &span.attributes);
        if !span.unconfirmed.is_empty() {
            line.texts("unconfirmed", span.unconfirmed.iter().map(AttributeId::as_str));
        }
        if let Some(review) = &span.review {
            write_review(line, review);
        }
        write_origin(line, &span.origin);
        line.text_if("created", span.created.as_ref().map(Timestamp::as_str));
        line.text_if("modified", span.modified.as_ref().map(Timestamp::as_str));
        line.extra(&span.extra, keys::SPAN);
    });
    Some(())
}

fn write_review(line: &mut Line, review: &SpanReview) {
    line.key("review");
    line.object(|line| {
        line.text("verdict", review.verdict.name());
        line.text_if("by", review.by.as_ref().map(Annotator::as_str));
        line.text_if("at", review.at.as_ref().map(Timestamp::as_str));
        line.extra(&review.extra, keys::REVIEW);
    });
}

fn write_origin(line: &mut Line, origin: &Origin) {
    line.key("origin");
    line.object(|line| {
        line.text("kind", origin.kind.name());
        line.text_if("name", origin.name.as_deref());
        line.extra(&origin.extra, keys::ORIGIN);
    });
}

pub(super) fn write_relation(line: &mut Line, relation: &Relation) {
    line.object(|line| {
        line.text("id", relation.id.as_str());
        line.text("type", relation.relation_type.as_str());
        line.text("from", relation.from.as_str());
        line.text("to", relation.to.as_str());
        line.attributes("attributes", &relation.attributes);
        line.extra(&relation.extra, keys::RELATION);
    });
}

pub(super) fn write_event(line: &mut Line, event: &Event) {
    line.object(|line| {
        line.text("id", event.id.as_str());
        line.text("type", event.event_type.as_str());
        line.text_if("trigger", event.trigger.as_ref().map(SpanId::as_str));
        if !event.roles.is_empty() {
            line.key("roles");
            line.list(event.roles.iter(), |line, role| {
                line.object(|line| {
                    line.text("role", role.role.as_str());
                    match &role.filler {
                        Filler::Span(span) => line.text("span", span.as_str()),
                        Filler::Value(value) => {
                            line.key("value");
                            line.json(&value.to_json());
                        }
                    }
                    if role.inferred {
                        line.boolean("inferred", true);
                    }
                    line.text_if("note", role.note.as_deref());
                    line.extra(&role.extra, keys::ROLE);
                });
            });
        }
        line.attributes("attributes", &event.attributes);
        line.extra(&event.extra, keys::EVENT);
    });
}

pub(super) fn write_note(line: &mut Line, note: &Note) {
    line.object(|line| {
        line.text("id", note.id.as_str());
        line.text_if("target", note.target.as_ref().map(TargetId::as_str));
        write_remark(line, note.author.as_ref(), note.created.as_ref(), &note.text);
        line.text("state", note.state.name());
        if !note.replies.is_empty() {
            line.key("replies");
            line.list(note.replies.iter(), |line, reply| {
                line.object(|line| {
                    write_remark(line, reply.author.as_ref(), reply.created.as_ref(), &reply.text);
                    line.extra(&reply.extra, keys::REPLY);
                });
            });
        }
        line.extra(&note.extra, keys::NOTE);
    });
}

fn write_remark(line: &mut Line, author: Option<&Annotator>, created: Option<&Timestamp>, text: &str) {
    line.text_if("author", author.map(Annotator::as_str));
    line.text_if("created", created.map(Timestamp::as_str));
    line.text("text", text);
}
