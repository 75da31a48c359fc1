//! The format `chat`: fine-tuning rows of messages. The system says what is asked, the user gives the article, the
//! assistant answers with JSON. It is written only.
//!
//! There are no positions: surfaces are copied exactly, and spans that stand alike are told apart by their order.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::model::{
    Annotator, Article, Attribute, Codebook, Event, EventType, Filler, Label, Layer, SpanId, Words, words_in,
};

use super::each_layer::each_layer;
use super::json_records::Beginning;
use super::jsonl::escape::Line;
use super::position::outside;
use super::registry::{Claim, DatasetWriter, Format, LeftOut, OffsetUnit, Shape, WriteOptions};
use super::{Diagnostic, Feature, Files, Out};

pub(super) const FORMAT: Format = Format {
    id: "chat",
    name: "Chat messages JSONL",
    endings: &["jsonl"],
    offset_unit: OffsetUnit::None,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Notes,
        Feature::Status,
        Feature::Review,
        Feature::Metadata,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::RoleRemarks,
        Feature::Ids,
        Feature::Annotators,
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: false,
    is_for_training: true,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/chat.md"),
    claim: |file| {
        let is_one =
            Beginning::of(file).is_some_and(|beginning| beginning.has("messages") && !beginning.has("text"));
        if is_one { Claim::Reads } else { Claim::No }
    },
    columns: None,
    read: None,
    write: Some(writer),
};

struct Writer<'a> {
    out: Out<'a>,
    /// What is asked, the same in each row.
    system: String,
    codebook: Arc<Codebook>,
    /// What has no text, which the format's reader refuses.
    left_out: LeftOut,
}

fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        out: files.main()?,
        system: system(&options.codebook),
        codebook: Arc::clone(&options.codebook),
        left_out: LeftOut::default(),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        if article.text.as_str().trim().is_empty() {
            self.left_out.article(layers);
            return Ok(());
        }
        each_layer(layers).try_for_each(|(_, layer)| self.row(article, &layer))
    }

    fn left_out(&self) -> LeftOut {
        self.left_out
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.flush()?;
        let found = (self.left_out.articles > 0).then(|| {
            let message = format!(
                "articles without any words, which are left out: {}",
                self.left_out.articles
            );
            Diagnostic::warning("empty_text", message)
                .with_hint("a model learns nothing from an empty message")
        });
        Ok(found.into_iter().collect())
    }
}

impl Writer<'_> {
    fn row(&mut self, article: &Article, layer: &Layer) -> io::Result<()> {
        let answer = answer(article, layer, &self.codebook)?;
        let messages = [
            ("system", self.system.as_str()),
            ("user", article.text.as_str()),
            ("assistant", answer.as_str()),
        ];
        let mut line = Line::default();
        line.object(|line| {
            line.key("messages");
            line.list(messages.into_iter(), |line, (role, content)| {
                line.object(|line| {
                    line.text("role", role);
                    line.text("content", content);
                });
            });
        });
        line.bytes.push(b'\n');
        self.out.write_all(&line.bytes)
    }
}

/// What the model is asked: the parts of the codebook, each with its description.
fn system(codebook: &Codebook) -> String {
    let relations = codebook.relation_types.iter().filter(|kind| !kind.retired);
    let relations = relations.map(|kind| described(kind.id.as_str(), &kind.description));
    let of_article = codebook
        .article_labels
        .iter()
        .map(|usage| format!("- {}", usage.id));
    let sections: [(&str, Vec<String>); 5] = [
        ("Labels:", label_lines(codebook)),
        (
            "Its \"relations\" are objects with \"type\" and the ids of two spans, \"from\" and \"to\". Types:",
            relations.collect(),
        ),
        (
            "Its \"events\" are objects with \"type\", maybe a \"trigger\" (the id of a span), \"roles\" (objects with \
             \"role\" and \"span\" or \"value\"), and maybe \"attributes\". Types:",
            event_lines(codebook),
        ),
        (
            "Its \"labels\" are values of the whole article, where there are any:",
            of_article.collect(),
        ),
        ("Attributes and their values:", attribute_lines(codebook)),
    ];
    let mut asked = String::from(
        "You mark spans in a news article. Answer with one JSON object and nothing else. Its \"spans\" are objects with \
         \"id\" (1, 2, 3, in the order of the text), \"label\", and \"text\", copied from the article to the letter (a \
         list of parts where the span is interrupted), and maybe \"attributes\".",
    );
    for (head, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        asked.push_str("\n\n");
        asked.push_str(head);
        asked.push('\n');
        asked.push_str(&lines.join("\n"));
    }
    asked
}

fn label_lines(codebook: &Codebook) -> Vec<String> {
    let labels = codebook.labels.iter().filter(|label| !label.retired);
    let line = |label: &Label| {
        let line = described(label.id.as_str(), &label.description);
        let attributes: Vec<&str> = label.attributes.iter().map(|usage| usage.id.as_str()).collect();
        match attributes.as_slice() {
            [] => line,
            _ => format!("{line} (attributes: {})", attributes.join(", ")),
        }
    };
    labels.map(line).collect()
}

fn attribute_lines(codebook: &Codebook) -> Vec<String> {
    let attributes = codebook.attributes.iter().filter(|attribute| !attribute.retired);
    let line = |attribute: &Attribute| {
        let choices = attribute.choices.iter();
        let choices: Vec<&str> = choices.map(|choice| choice.id.as_str()).collect();
        let kind = attribute.attribute_type.name();
        match choices.as_slice() {
            [] => format!("- {}: {kind}", attribute.id),
            _ => format!("- {}: {kind} of {}", attribute.id, choices.join(", ")),
        }
    };
    attributes.map(line).collect()
}

fn event_lines(codebook: &Codebook) -> Vec<String> {
    let events = codebook.event_types.iter().filter(|kind| !kind.retired);
    let line = |kind: &EventType| {
        let roles: Vec<&str> = kind.roles.iter().map(|role| role.id.as_str()).collect();
        let kind = described(kind.id.as_str(), &kind.description);
        format!("{kind} (roles: {})", roles.join(", "))
    };
    events.map(line).collect()
}

/// A part of the codebook with the first paragraph of its description, which says what it is; guidelines and examples
/// for people follow there.
fn described(id: &str, description: &Words) -> String {
    let description = words_in(description, "en").unwrap_or_default().trim();
    let first = description.split("\n\n").next().unwrap_or_default();
    let first: Vec<&str> = first.split_whitespace().collect();
    if first.is_empty() {
        format!("- {id}")
    } else {
        format!("- {id}: {}", first.join(" "))
    }
}

/// The answer that the model learns: one line of JSON. Keys of which nothing is there stay with an empty list where the
/// codebook asks for them, so that every answer has the same shape.
fn answer(article: &Article, layer: &Layer, codebook: &Codebook) -> io::Result<String> {
    let ids = layer.spans.iter().enumerate();
    let numbers: Numbers<'_> = ids.map(|(at, span)| (&span.id, at + 1)).collect();
    let mut is_outside = false;
    let mut line = Line::default();
    line.object(|line| {
        line.key("spans");
        line.list(layer.spans.iter().enumerate(), |line, (at, span)| {
            let parts: Vec<&str> = span
                .ranges
                .as_slice()
                .iter()
                .filter_map(|range| article.text.slice(*range))
                .collect();
            is_outside |= parts.len() != span.ranges.as_slice().len();
            line.object(|line| {
                line.count("id", at + 1);
                line.text("label", span.label.as_str());
                match parts.as_slice() {
                    [part] => line.text("text", part),
                    parts => line.texts("text", parts.iter().copied()),
                }
                line.attributes("attributes", &span.attributes);
            });
        });
        if !codebook.relation_types.is_empty() || !layer.relations.is_empty() {
            write_relations(line, layer, &numbers);
        }
        if !codebook.event_types.is_empty() || !layer.events.is_empty() {
            line.key("events");
            line.list(layer.events_in_order().into_iter(), |line, event| {
                write_event(line, event, &numbers);
            });
        }
        line.attributes("labels", &layer.labels);
    });
    if is_outside {
        return Err(outside(article));
    }
    String::from_utf8(line.bytes).map_err(io::Error::other)
}

/// The numbers by which an answer names spans.
type Numbers<'a> = BTreeMap<&'a SpanId, usize>;

fn write_relations(line: &mut Line, layer: &Layer, numbers: &Numbers<'_>) {
    let relations = layer.relations.values().filter_map(|relation| {
        let number = |id| numbers.get(id).copied();
        Some((relation, number(&relation.from)?, number(&relation.to)?))
    });
    line.key("relations");
    line.list(relations, |line, (relation, from, to)| {
        line.object(|line| {
            line.text("type", relation.relation_type.as_str());
            line.count("from", from);
            line.count("to", to);
            line.attributes("attributes", &relation.attributes);
        });
    });
}

fn write_event(line: &mut Line, event: &Event, numbers: &Numbers<'_>) {
    line.object(|line| {
        line.text("type", event.event_type.as_str());
        if let Some(trigger) = event.trigger.as_ref().and_then(|id| numbers.get(id)) {
            line.count("trigger", *trigger);
        }
        line.key("roles");
        line.list(event.roles.iter(), |line, role| {
            line.object(|line| {
                line.text("role", role.role.as_str());
                match &role.filler {
                    Filler::Span(span) => {
                        if let Some(number) = numbers.get(span) {
                            line.count("span", *number);
                        }
                    }
                    Filler::Value(value) => {
                        line.key("value");
                        line.json(&value.to_json());
                    }
                }
            });
        });
        line.attributes("attributes", &event.attributes);
    });
}
