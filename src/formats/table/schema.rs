//! The tables of a dataset: which columns each has, and the rows that an article gives. Knows no file.

use std::io;

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Annotator, Article, Attribute, AttributeId, AttributeType, Attributes, Codebook, Event, Filler, Layer,
    Note, Relation, RoleFiller, Span, SpanId, Status, TargetId, Timestamp, Value,
};
use crate::text::{ByteOffset, Text};

use super::super::OffsetUnit;
use super::super::value_text::{value_from_text, value_text};
use super::quantity;

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Spans,
    Relations,
    Events,
    Articles,
    Notes,
}

impl Table {
    pub(super) const ALL: [Self; 5] = [
        Self::Spans,
        Self::Relations,
        Self::Events,
        Self::Articles,
        Self::Notes,
    ];

    /// The name of its sheet, and of its file beside that of the spans.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Spans => "spans",
            Self::Relations => "relations",
            Self::Events => "events",
            Self::Articles => "articles",
            Self::Notes => "notes",
        }
    }

    /// Its place among all.
    pub(super) fn index(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or_default()
    }
}

/// What one cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Count(u64),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    fn json(json: &Json) -> Self {
        Self::Text(json.to_string())
    }

    /// A list as JSON, and nothing where it is empty.
    fn list(list: Vec<Json>) -> Self {
        if list.is_empty() {
            Self::Empty
        } else {
            Self::json(&Json::Array(list))
        }
    }

    /// An object as JSON, and nothing where it is empty.
    fn object(object: Map<String, Json>) -> Self {
        if object.is_empty() {
            Self::Empty
        } else {
            Self::json(&Json::Object(object))
        }
    }
}

/// A column: its name, and whether it holds whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub counts: bool,
}

/// Keys of an article's metadata that have a column of their own.
pub(super) const META: [&str; 4] = ["source", "url", "published", "author"];
/// What stands before the id of an attribute in the name of its column.
pub(super) const ATTRIBUTE: &str = "attribute.";

const SPANS: [&str; 12] = [
    "article_id",
    "title",
    "lang",
    "annotator",
    "status",
    "span_id",
    "label",
    "start",
    "end",
    "offsets",
    "text",
    "fragments",
];

/// The columns of all tables for one codebook, and the unit in which positions are counted.
#[derive(Debug)]
pub(super) struct Schema {
    attributes: Vec<(AttributeId, AttributeType)>,
    unit: OffsetUnit,
}

/// Where rows go.
pub(super) type TakeRow<'a> = dyn FnMut(Table, Vec<Cell>) -> io::Result<()> + 'a;

impl Schema {
    pub(super) fn new(codebook: &Codebook, unit: Option<OffsetUnit>) -> Self {
        let known = |one: &Attribute| (one.id.clone(), one.attribute_type);
        Self {
            attributes: codebook.attributes.iter().map(known).collect(),
            unit: unit.unwrap_or(OffsetUnit::CodePoints),
        }
    }

    /// The columns of a table in their order.
    pub(super) fn columns(&self, table: Table) -> Vec<Column> {
        let names: Vec<String> = match table {
            Table::Spans => return self.span_columns(),
            Table::Relations => owned(&[
                "article_id",
                "annotator",
                "relation_id",
                "type",
                "from",
                "from_text",
                "to",
                "to_text",
                "attributes",
            ]),
            Table::Events => owned(&[
                "article_id",
                "annotator",
                "event_id",
                "type",
                "trigger",
                "trigger_text",
                "attributes",
                "role",
                "span_id",
                "text",
                "value",
                "inferred",
                "note",
            ]),
            Table::Articles => owned(&[
                "article_id",
                "title",
                "lang",
                "source",
                "url",
                "published",
                "author",
                "meta",
                "text",
                "sha256",
            ]),
            Table::Notes => owned(&[
                "article_id",
                "annotator",
                "note_id",
                "target",
                "author",
                "created",
                "state",
                "text",
                "replies",
            ]),
        };
        let column = |name| Column { name, counts: false };
        names.into_iter().map(column).collect()
    }

    fn span_columns(&self) -> Vec<Column> {
        let column = |name: &str| Column {
            name: name.to_owned(),
            counts: matches!(name, "start" | "end"),
        };
        let mut columns: Vec<Column> = SPANS.into_iter().map(column).collect();
        for (id, kind) in &self.attributes {
            columns.push(column(&format!("{ATTRIBUTE}{id}")));
            if *kind == AttributeType::Quantity {
                columns.extend(quantity::columns(&format!("{ATTRIBUTE}{id}")));
            }
        }
        let rest = [
            "more_attributes",
            "unconfirmed",
            "origin_kind",
            "origin_name",
            "created",
            "modified",
            "article_labels",
        ];
        columns.extend(rest.map(column));
        columns
    }

    /// Hands over every row that an article gives.
    ///
    /// # Errors
    /// What taking a row meets, and `InvalidData` where a span does not lie in its text.
    pub(super) fn rows(
        &self,
        article: &Article,
        layers: &[(Annotator, Layer)],
        take: &mut TakeRow<'_>,
    ) -> io::Result<()> {
        take(Table::Articles, article_row(article))?;
        let mut is_marked = false;
        for (annotator, layer) in layers.iter().filter(|(_, layer)| layer.exists()) {
            is_marked = true;
            if layer.spans.is_empty() {
                take(Table::Spans, self.empty_row(article, Some((annotator, layer))))?;
            }
            for span in layer.spans.iter() {
                let row = self.span_row(article, annotator, layer, span);
                take(Table::Spans, row.ok_or_else(|| outside(article, &span.id))?)?;
            }
            records(article, annotator, layer, take)?;
        }
        if !is_marked {
            take(Table::Spans, self.empty_row(article, None))?;
        }
        Ok(())
    }

    fn front(article: &Article, layer: Option<(&Annotator, &Layer)>) -> Vec<Cell> {
        let status = layer.and_then(|(_, layer)| layer.status);
        vec![
            Cell::text(article.id.as_str()),
            Cell::maybe(article.header.title.as_deref()),
            Cell::maybe(article.header.lang.as_deref()),
            Cell::maybe(layer.map(|(annotator, _)| annotator.as_str())),
            Cell::maybe(status.map(Status::name)),
        ]
    }

    /// The row of an article in which nobody found a span.
    fn empty_row(&self, article: &Article, layer: Option<(&Annotator, &Layer)>) -> Vec<Cell> {
        let mut row = Self::front(article, layer);
        row.resize(self.span_columns().len() - 1, Cell::Empty);
        row.push(layer.map_or(Cell::Empty, |(_, layer)| attributes_cell(&layer.labels)));
        row
    }

    fn span_row(
        &self,
        article: &Article,
        annotator: &Annotator,
        layer: &Layer,
        span: &Span,
    ) -> Option<Vec<Cell>> {
        let text = &article.text;
        let at = |at: ByteOffset| self.position(text, at);
        let hull = span.ranges.hull();
        let mut row = Self::front(article, Some((annotator, layer)));
        row.extend([
            Cell::text(span.id.as_str()),
            Cell::text(span.label.as_str()),
            Cell::Count(at(hull.start())?),
            Cell::Count(at(hull.end())?),
            Cell::text(self.unit.name()),
            Cell::Text(span.ranges.quote(text)?),
        ]);
        let fragments = span.ranges.as_slice().iter();
        let fragments: Option<Vec<Json>> = fragments
            .map(|range| Some(json!([at(range.start())?, at(range.end())?])))
            .collect();
        row.push(if span.ranges.is_discontinuous() {
            Cell::json(&Json::Array(fragments?))
        } else {
            Cell::Empty
        });
        self.attribute_cells(&span.attributes, &mut row);
        let unconfirmed: Vec<Json> = span.unconfirmed.iter().map(|id| json!(id.as_str())).collect();
        row.extend([
            Cell::list(unconfirmed),
            Cell::text(span.origin.kind.name()),
            Cell::maybe(span.origin.name.as_deref()),
            Cell::maybe(span.created.as_ref().map(Timestamp::as_str)),
            Cell::maybe(span.modified.as_ref().map(Timestamp::as_str)),
            attributes_cell(&layer.labels),
        ]);
        Some(row)
    }

    fn attribute_cells(&self, attributes: &Attributes, row: &mut Vec<Cell>) {
        let mut rest = attributes.clone();
        for (id, kind) in &self.attributes {
            // A value that its column would not give back goes to the column for all others.
            let held = attributes
                .get(id)
                .filter(|value| comes_back(value, *kind))
                .inspect(|_| {
                    rest.remove(id);
                });
            row.push(held.map_or(Cell::Empty, |value| Cell::Text(value_text(value))));
            if *kind == AttributeType::Quantity {
                row.extend(quantity::cells(match held {
                    Some(Value::Quantity(quantity)) => Some(quantity),
                    _ => None,
                }));
            }
        }
        row.push(attributes_cell(&rest));
    }

    fn position(&self, text: &Text, at: ByteOffset) -> Option<u64> {
        let at = match self.unit {
            OffsetUnit::Bytes => at.get(),
            OffsetUnit::Utf16 => text.utf16_of(at)?.get(),
            _ => text.char_of(at)?.get(),
        };
        Some(at as u64)
    }
}

fn comes_back(value: &Value, kind: AttributeType) -> bool {
    let text = value_text(value);
    !text.is_empty() && value_from_text(&text, Some(kind)) == *value
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn outside(article: &Article, span: &SpanId) -> io::Error {
    let message = format!("span {span} of article {} does not lie in its text", article.id);
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn attributes_cell(attributes: &Attributes) -> Cell {
    let pairs = attributes
        .iter()
        .map(|(id, value)| (id.to_string(), value.to_json()));
    Cell::object(pairs.collect())
}

fn article_row(article: &Article) -> Vec<Cell> {
    let header = &article.header;
    let mut rest = header.meta.clone();
    let mut row = vec![
        Cell::text(article.id.as_str()),
        Cell::maybe(header.title.as_deref()),
        Cell::maybe(header.lang.as_deref()),
    ];
    for key in META {
        let text = header
            .meta
            .get(key)
            .and_then(Json::as_str)
            .filter(|text| !text.is_empty());
        if text.is_some() {
            rest.shift_remove(key);
        }
        row.push(Cell::maybe(text));
    }
    row.push(Cell::object(rest));
    row.push(Cell::text(article.text.as_str()));
    row.push(Cell::Text(article.sha256.hex()));
    row
}

/// The rows of relations, events, and notes.
fn records(
    article: &Article,
    annotator: &Annotator,
    layer: &Layer,
    take: &mut TakeRow<'_>,
) -> io::Result<()> {
    let quote = |id: &SpanId| {
        let span = layer.spans.get(id);
        Cell::maybe(span.and_then(|span| span.ranges.quote(&article.text)).as_deref())
    };
    let front = [Cell::text(article.id.as_str()), Cell::text(annotator.as_str())];
    let mut take = |table, cells: Vec<Cell>| take(table, front.iter().cloned().chain(cells).collect());
    for relation in layer.relations.values() {
        take(Table::Relations, relation_cells(relation, &quote))?;
    }
    for event in layer.events_in_order() {
        for cells in event_cells(event, &quote) {
            take(Table::Events, cells)?;
        }
    }
    for note in layer.notes.values() {
        take(Table::Notes, note_cells(note))?;
    }
    Ok(())
}

fn relation_cells(relation: &Relation, quote: &dyn Fn(&SpanId) -> Cell) -> Vec<Cell> {
    vec![
        Cell::text(relation.id.as_str()),
        Cell::text(relation.relation_type.as_str()),
        Cell::text(relation.from.as_str()),
        quote(&relation.from),
        Cell::text(relation.to.as_str()),
        quote(&relation.to),
        attributes_cell(&relation.attributes),
    ]
}

/// A row for each filled role, and one for an event without any.
fn event_cells(event: &Event, quote: &dyn Fn(&SpanId) -> Cell) -> Vec<Vec<Cell>> {
    let start = [
        Cell::text(event.id.as_str()),
        Cell::text(event.event_type.as_str()),
        Cell::maybe(event.trigger.as_ref().map(SpanId::as_str)),
        event.trigger.as_ref().map_or(Cell::Empty, quote),
        attributes_cell(&event.attributes),
    ];
    if event.roles.is_empty() {
        let no_role = std::iter::repeat_n(Cell::Empty, 6);
        return vec![start.into_iter().chain(no_role).collect()];
    }
    let of_role = |filled| start.iter().cloned().chain(role_cells(filled, quote)).collect();
    event.roles.iter().map(of_role).collect()
}

fn role_cells(filled: &RoleFiller, quote: &dyn Fn(&SpanId) -> Cell) -> [Cell; 6] {
    let (span, text, value) = match &filled.filler {
        Filler::Span(span) => (Cell::text(span.as_str()), quote(span), Cell::Empty),
        Filler::Value(value) => (Cell::Empty, Cell::Empty, Cell::json(&value.to_json())),
    };
    [
        Cell::text(filled.role.as_str()),
        span,
        text,
        value,
        Cell::maybe(filled.inferred.then_some("true")),
        Cell::maybe(filled.note.as_deref()),
    ]
}

fn note_cells(note: &Note) -> Vec<Cell> {
    let replies = note.replies.iter().map(|reply| {
        let author = reply.author.as_ref().map(Annotator::as_str);
        let created = reply.created.as_ref().map(Timestamp::as_str);
        json!({"author": author, "created": created, "text": reply.text})
    });
    vec![
        Cell::text(note.id.as_str()),
        Cell::maybe(note.target.as_ref().map(TargetId::as_str)),
        Cell::maybe(note.author.as_ref().map(Annotator::as_str)),
        Cell::maybe(note.created.as_ref().map(Timestamp::as_str)),
        Cell::text(note.state.name()),
        Cell::text(note.text.as_str()),
        Cell::list(replies.collect()),
    ]
}
