//! Annotations as a whole, each an object with the keys of `hashiya/1`, for what a format of another tool has no line for
//! at all.

use serde_json::{Map, Value as Json};

use crate::model::{Event, Note, Relation, Span, parse_json};
use crate::text::Text;

use super::super::marking::Marking;
use super::super::position::Unit;
use super::escape::Line;
use super::fields::{Fields, Findings};
use super::records::read_records;
use super::rest::tell_all;
use super::{native, write};

/// Annotations by their kind.
#[derive(Debug, Default)]
pub(in crate::formats) struct Whole {
    spans: Vec<Json>,
    relations: Vec<Json>,
    events: Vec<Json>,
    notes: Vec<Json>,
}

impl Whole {
    /// Takes a span in.
    pub(in crate::formats) fn span(&mut self, text: &Text, span: &Span) {
        self.spans.extend(whole(|line| {
            // One that does not lie in its text is refused by whoever writes its fragments.
            let _outside = write::write_span(line, text, span);
        }));
    }

    /// Takes a relation in.
    pub(in crate::formats) fn relation(&mut self, relation: &Relation) {
        self.relations
            .extend(whole(|line| write::write_relation(line, relation)));
    }

    /// Takes an event in.
    pub(in crate::formats) fn event(&mut self, event: &Event) {
        self.events.extend(whole(|line| write::write_event(line, event)));
    }

    /// Takes a note in.
    pub(in crate::formats) fn note(&mut self, note: &Note) {
        self.notes.extend(whole(|line| write::write_note(line, note)));
    }

    /// Puts the lists that are not empty into an object.
    pub(in crate::formats) fn put(self, all: &mut Map<String, Json>) {
        let lists = [
            ("spans", self.spans),
            ("relations", self.relations),
            ("events", self.events),
            ("notes", self.notes),
        ];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            all.insert(key.to_owned(), Json::Array(list));
        }
    }
}

fn whole(write: impl FnOnce(&mut Line)) -> Option<Json> {
    let mut line = Line::default();
    write(&mut line);
    let json = String::from_utf8(line.bytes).ok()?;
    Some(parse_json(&json).ok()?.value)
}

/// Reads the spans that [`Whole`] wrote.
pub(in crate::formats) fn read_whole_spans(all: &Map<String, Json>, marking: &mut Marking<'_>) {
    let mut list = Vec::new();
    let mut found = Findings {
        line: 0,
        list: &mut list,
    };
    let reading = native::Reading {
        unit: Unit::CodePoints,
        code_points: Unit::CodePoints,
        origin: marking.origin(),
    };
    let (spans, text) = (list_of(all, "spans"), marking.text());
    native::read_spans(spans, text, &reading, marking.layer(), &mut found);
    tell_all(list, marking);
}

/// Reads the relations, events, and notes that [`Whole`] wrote; their spans must have been read.
pub(in crate::formats) fn read_whole_records(all: &Map<String, Json>, marking: &mut Marking<'_>) {
    let mut list = Vec::new();
    let mut found = Findings {
        line: 0,
        list: &mut list,
    };
    let keys = ["relations", "events", "notes"];
    let records = keys.map(|key| (key.to_owned(), Json::Array(list_of(all, key))));
    let mut fields = Fields::new("the article", records.into_iter().collect());
    read_records(&mut fields, marking.layer(), &mut found);
    tell_all(list, marking);
}

fn list_of(all: &Map<String, Json>, key: &str) -> Vec<Json> {
    let list = all.get(key).and_then(Json::as_array);
    list.cloned().unwrap_or_default()
}
