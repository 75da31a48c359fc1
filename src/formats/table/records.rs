//! Relations, events, and notes from the companion tables, kept until their article comes.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::{Annotator, Attributes, Extra, Filler, NoteState, Reply, SpanId, Timestamp, Value};

use super::super::jsonl::checked_value;
use super::super::marking::Marking;
use super::super::{Diagnostic, Sink};
use super::read::values_of_object;
use super::schema::Table;
use super::source::Sheet;

/// A row by the names of its columns; what is empty is not there.
type Record = BTreeMap<String, String>;

/// Rows of companion tables by the article and the annotator.
#[derive(Debug, Default)]
pub(super) struct Records {
    rows: BTreeMap<(String, String), Vec<(Table, Record)>>,
}

/// A value from its JSON.
pub(super) fn value_of_json(json: &Json) -> Option<Value> {
    checked_value(json).ok()
}

impl Records {
    /// Takes a table in.
    pub(super) fn take(&mut self, table: Table, sheet: Sheet, sink: &mut dyn Sink) {
        for row in sheet.rows {
            let row = match row {
                Ok(row) => row,
                Err(found) => {
                    sink.diagnostic(found);
                    continue;
                }
            };
            let pairs = sheet.header.iter().cloned().zip(row.cells);
            let record: Record = pairs.filter(|(_, cell)| !cell.is_empty()).collect();
            let of = |name: &str| record.get(name).cloned().unwrap_or_default();
            let key = (of("article_id"), of("annotator"));
            self.rows.entry(key).or_default().push((table, record));
        }
    }

    /// Marks what belongs to an annotator's layer of an article.
    pub(super) fn mark(&mut self, marking: &mut Marking<'_>, article: &str, annotator: &str) {
        let rows = self.rows.remove(&(article.to_owned(), annotator.to_owned()));
        let mut event = None;
        for (table, record) in rows.unwrap_or_default() {
            let of = |name: &str| record.get(name).map(String::as_str);
            match table {
                Table::Relations => relation(marking, &record),
                Table::Events => mark_filler(marking, &record, &mut event),
                Table::Notes => {
                    let id = marking.note(of("note_id"), of("target"), of("text").unwrap_or_default());
                    if let Some(note) = id.and_then(|id| marking.layer().notes.get_mut(&id)) {
                        note.author = of("author").and_then(|name| Annotator::new(name).ok());
                        note.created = of("created").and_then(Timestamp::new);
                        note.state = of("state")
                            .and_then(NoteState::from_name)
                            .unwrap_or(NoteState::Open);
                        note.replies = of("replies").map(replies).unwrap_or_default();
                    }
                }
                Table::Spans | Table::Articles => {}
            }
        }
    }

    /// Says what belongs to no article that came.
    pub(super) fn tell_rest(&self, path: &Path, sink: &mut dyn Sink) {
        let rest: usize = self.rows.values().map(Vec::len).sum();
        if rest > 0 {
            let message = format!(
                "rows of relations, events, and notes whose article or annotator is not in the table of spans: {rest}"
            );
            let found = Diagnostic::error("dangling", message).in_file(path);
            sink.diagnostic(found.with_hint("they are kept out; look at their article_id and annotator"));
        }
    }
}

fn span_id(marking: &mut Marking<'_>, id: Option<&str>) -> Option<SpanId> {
    let found = id.and_then(|id| SpanId::new(id).ok());
    if found.is_none() {
        marking.kept_out("dangling", "a row names no span where it needs one".to_owned());
    }
    found
}

fn attributes(marking: &mut Marking<'_>, json: Option<&str>) -> Attributes {
    let values = json.map(values_of_object).unwrap_or_default();
    let pairs = values.into_iter();
    pairs
        .filter_map(|(name, value)| marking.checked_attribute(&name, value))
        .collect()
}

fn relation(marking: &mut Marking<'_>, record: &Record) {
    let of = |name: &str| record.get(name).map(String::as_str);
    let (Some(from), Some(to)) = (span_id(marking, of("from")), span_id(marking, of("to"))) else {
        return;
    };
    let attributes = attributes(marking, of("attributes"));
    marking.relation(
        of("relation_id"),
        of("type").unwrap_or_default(),
        (&from, &to),
        attributes,
    );
}

/// A row of an event: the event itself where it is the first one of it, and a filler where it has one.
fn mark_filler(
    marking: &mut Marking<'_>,
    record: &Record,
    current: &mut Option<(String, Option<crate::model::EventId>)>,
) {
    let of = |name: &str| record.get(name).map(String::as_str);
    let own = of("event_id").unwrap_or_default();
    if current.as_ref().is_none_or(|(id, _)| id != own) {
        let trigger = of("trigger").and_then(|id| SpanId::new(id).ok());
        let attributes = attributes(marking, of("attributes"));
        let id = marking.event(
            of("event_id"),
            of("type").unwrap_or_default(),
            trigger.as_ref(),
            attributes,
        );
        *current = Some((own.to_owned(), id));
    }
    let (Some((_, Some(event))), Some(role)) = (current.as_ref(), of("role")) else {
        return;
    };
    let value = of("value").and_then(|json| crate::model::parse_json(json).ok());
    let filler = match value.and_then(|parsed| value_of_json(&parsed.value)) {
        Some(value) => Filler::Value(value),
        None => match span_id(marking, of("span_id")) {
            Some(span) => Filler::Span(span),
            None => return,
        },
    };
    if let Some(filled) = marking.fill(event, role, filler) {
        filled.inferred = of("inferred") == Some("true");
        filled.note = of("note").map(str::to_owned);
    }
}

fn replies(json: &str) -> Vec<Reply> {
    let list: Vec<Json> = serde_json::from_str(json).unwrap_or_default();
    let text = |reply: &Json, key: &str| reply.get(key).and_then(Json::as_str).map(str::to_owned);
    let replies = list.iter().filter_map(|reply| {
        Some(Reply {
            author: text(reply, "author").and_then(|name| Annotator::new(name).ok()),
            created: text(reply, "created").and_then(|at| Timestamp::new(&at)),
            text: text(reply, "text")?,
            extra: Extra::new(),
        })
    });
    replies.collect()
}
