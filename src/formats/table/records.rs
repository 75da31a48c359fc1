//! Relations, events, and notes from the companion tables, kept until their article comes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::model::{Annotator, Attributes, Extra, Filler, NoteState, Reply, SpanId, Timestamp};

use super::super::jsonl::checked_value;
use super::super::marking::Marking;
use super::super::{Collected, Diagnostic, Sink};
use super::articles::too_much_waits;
use super::read::values_of_object;
use super::schema::Table;
use super::source::{self, Kind, MOST_WAITING, Row};

/// A row by the names of its columns; what is empty is not there.
type Record = BTreeMap<String, String>;

/// Whose rows they are: the article and the annotator.
type Key = (String, String);

/// The companion tables. Each is gone through once beforehand to count the rows of each layer, and then read as far as
/// they are asked for, so that tables in one order are never in memory as a whole.
pub(super) struct Records(Vec<Companion>);

/// One of the tables.
struct Companion {
    table: Table,
    /// The file in which it lies.
    path: PathBuf,
    header: Vec<String>,
    rows: Box<dyn Iterator<Item = Result<Row, Diagnostic>>>,
    /// How many rows of each layer are still to come.
    to_come: BTreeMap<Key, u64>,
    /// Rows that were passed on the way to others.
    waiting: BTreeMap<Key, Vec<Record>>,
    waiting_bytes: usize,
}

impl Companion {
    fn open(kind: Kind, path: &Path, table: Table, sink: &mut dyn Sink) -> Option<Self> {
        let mut to_come: BTreeMap<Key, u64> = BTreeMap::new();
        let mut sheet = source::told(kind, path, table, sink)?;
        let header = sheet.header.clone();
        let mut count = |row: Row| *to_come.entry(key_of(&record_of(&header, row))).or_default() += 1;
        if kind.is_in_memory() {
            let rows: Vec<Result<Row, Diagnostic>> = sheet.rows.collect();
            rows.iter().flatten().cloned().for_each(&mut count);
            sheet.rows = Box::new(rows.into_iter());
        } else {
            let again = source::told(kind, path, table, &mut Collected::default())?;
            again.rows.flatten().for_each(&mut count);
        }
        Some(Self {
            table,
            path: source::file_of(kind, path, table),
            header: sheet.header,
            rows: sheet.rows,
            to_come,
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
        })
    }

    /// The rows of a layer in their order.
    fn take(&mut self, key: &Key, sink: &mut dyn Sink) -> Vec<Record> {
        let mut taken = self.waiting.remove(key).unwrap_or_default();
        self.waiting_bytes -= taken.iter().map(size).sum::<usize>().min(self.waiting_bytes);
        while self.to_come.get(key).is_some_and(|left| *left > 0) {
            let Some((own, record)) = self.next(sink) else {
                break;
            };
            if own == *key {
                taken.push(record);
                continue;
            }
            let bytes = size(&record);
            if self.waiting_bytes + bytes > MOST_WAITING {
                let what = format!("a row of {} of article", self.table.name());
                sink.diagnostic(too_much_waits(&what, &own.0).in_file(&self.path));
                continue;
            }
            self.waiting_bytes += bytes;
            self.waiting.entry(own).or_default().push(record);
        }
        self.to_come.remove(key);
        taken
    }

    fn next(&mut self, sink: &mut dyn Sink) -> Option<(Key, Record)> {
        loop {
            match self.rows.next()? {
                Ok(row) => {
                    let record = record_of(&self.header, row);
                    let key = key_of(&record);
                    if let Some(left) = self.to_come.get_mut(&key) {
                        *left = left.saturating_sub(1);
                    }
                    return Some((key, record));
                }
                Err(found) => sink.diagnostic(found),
            }
        }
    }

    /// How many rows nobody asked for.
    fn rest(mut self, sink: &mut dyn Sink) -> usize {
        let mut rest = self.waiting.values().map(Vec::len).sum();
        while self.next(sink).is_some() {
            rest += 1;
        }
        rest
    }
}

fn record_of(header: &[String], row: Row) -> Record {
    let pairs = header.iter().cloned().zip(row.cells);
    pairs.filter(|(_, cell)| !cell.is_empty()).collect()
}

fn key_of(record: &Record) -> Key {
    let of = |name: &str| record.get(name).cloned().unwrap_or_default();
    (of("article_id"), of("annotator"))
}

fn size(record: &Record) -> usize {
    record
        .iter()
        .map(|(name, cell)| name.len() + cell.len() + 48)
        .sum()
}

impl Records {
    /// Opens those that are there.
    pub(super) fn open(kind: Kind, path: &Path, sink: &mut dyn Sink) -> Self {
        let tables = [Table::Relations, Table::Events, Table::Notes].into_iter();
        Self(
            tables
                .filter_map(|table| Companion::open(kind, path, table, sink))
                .collect(),
        )
    }

    /// Marks what belongs to an annotator's layer of an article.
    pub(super) fn mark(
        &mut self,
        marking: &mut Marking<'_>,
        article: &str,
        annotator: &str,
        sink: &mut dyn Sink,
    ) {
        let key = (article.to_owned(), annotator.to_owned());
        let mut event = None;
        for companion in &mut self.0 {
            for record in companion.take(&key, sink) {
                match companion.table {
                    Table::Relations => mark_relation(marking, &record),
                    Table::Events => mark_filler(marking, &record, &mut event),
                    Table::Notes => mark_note(marking, &record),
                    Table::Spans | Table::Articles => {}
                }
            }
        }
    }

    /// Says what belongs to no article that came.
    pub(super) fn tell_rest(&mut self, path: &Path, sink: &mut dyn Sink) {
        let companions = std::mem::take(&mut self.0).into_iter();
        let rest: usize = companions.map(|companion| companion.rest(sink)).sum();
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

fn mark_relation(marking: &mut Marking<'_>, record: &Record) {
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
    let filler = match value.and_then(|parsed| checked_value(&parsed.value).ok()) {
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

fn mark_note(marking: &mut Marking<'_>, record: &Record) {
    let of = |name: &str| record.get(name).map(String::as_str);
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
