//! The first way through a file: in which unit it counts, in which way it tags, and whether its ids are ids.

use serde_json::Value as Json;

use crate::text::Text;

use super::super::json_records::Record;
use super::super::position::Unit;
use super::super::tagging::{Place, SchemeSurvey, Tag};
use super::super::unit_probe::UnitProbe;
use super::super::{Diagnostic, ReadOptions};
use super::names::Features;
use super::roles::{GivenRecord, Roles};

/// What was seen of a file.
#[derive(Default)]
pub(super) struct Survey {
    probe: UnitProbe,
    tags: SchemeSurvey,
    /// Tags that say where in a span they stand, and such as only name a label.
    placed: u64,
    bare: u64,
    rows: u64,
    /// The number of the row before, where all ids so far count rows.
    last_id: Option<u64>,
    has_ids: bool,
}

impl Survey {
    /// Looks at a row.
    pub(super) fn add(&mut self, record: &Record, features: &Features) {
        self.rows += 1;
        self.add_id(record.get("id"));
        let roles = Roles::of(record);
        if let Some((_, Ok(spans))) = &roles.spans
            && !spans.is_empty()
        {
            if let Some((_, text)) = roles.text {
                self.add_spans(text, spans);
            }
            return;
        }
        let Some((key, tags)) = roles.tags else {
            return;
        };
        let names = features.class_names(key, None);
        self.tags.end_sentence();
        for tag in tags {
            let Some(name) = tag_name(tag, names.as_deref()) else {
                continue;
            };
            match Tag::of(name) {
                Some(tag) => {
                    self.placed += u64::from(tag != Tag::Outside);
                    self.tags.add(tag);
                }
                None => self.bare += 1,
            }
        }
    }

    fn add_id(&mut self, id: Option<&Json>) {
        let number = id.and_then(|id| match id {
            Json::String(text) => text.parse::<u64>().ok(),
            other => other.as_u64(),
        });
        self.has_ids = match (number, self.last_id) {
            (Some(_), None) if self.rows == 1 => true,
            (Some(number), Some(last)) => self.has_ids && last.checked_add(1) == Some(number),
            _ => false,
        };
        self.last_id = number;
    }

    fn add_spans(&mut self, text: &str, spans: &[Record]) {
        // Where all is ASCII the units are the same.
        if text.is_ascii() {
            return;
        }
        let text = Text::new(text);
        for span in spans {
            let given = GivenRecord::of(span);
            match (given.pairs, given.quote) {
                (Ok(pairs), Some(quote)) => self.probe.add(&text, &pairs, &quote),
                (Ok(_), None) => self.probe.add_unquoted(&text),
                _ => {}
            }
        }
    }

    /// Whether tags only name labels.
    pub(super) fn is_bare(&self) -> bool {
        self.placed == 0
    }

    /// Whether the ids only count the rows, so that they are no ids of articles.
    pub(super) fn ids_count_rows(&self) -> bool {
        self.has_ids && self.rows > 1
    }

    /// The unit of the file, and what is to be said of all this.
    pub(super) fn verdict(&self, options: &ReadOptions) -> (Unit, Vec<Diagnostic>) {
        let (unit, found) = self.probe.verdict(Unit::CodePoints, options);
        let mut found: Vec<Diagnostic> = found.into_iter().collect();
        if !self.is_bare() {
            found.extend(self.tags.scheme.findings());
        } else if self.bare > 0 {
            found.push(Diagnostic::info(
                "tag_scheme",
                "the tags name labels and no beginnings; tokens of one label that follow each other were read as one span",
            ));
        }
        (unit, found)
    }
}

/// What a tag is called. `None` where it is a number that has no name.
pub(super) fn tag_name<'a>(tag: &'a Json, names: Option<&'a [String]>) -> Option<&'a str> {
    match tag {
        Json::Null => Some("O"),
        Json::String(name) => Some(name),
        other => {
            let at = usize::try_from(other.as_u64()?).ok()?;
            names?.get(at).map(String::as_str)
        }
    }
}

/// What a name says as a tag: one that says no place goes on with its label.
pub(super) fn tag_of(name: &str, is_bare: bool) -> Option<Tag<'_>> {
    match Tag::of(name) {
        None if is_bare && !name.is_empty() => Some(Tag::In(Place::Inside, name)),
        tag => tag,
    }
}
