//! Tables with one span a row: rows that follow each other and name one article become that article with its layers.
//!
//! The rows stream, and so do those of companion tables that are in the same order. A file that does not say in which
//! unit it counts is read once more, to hold its quotes against its positions.

use std::borrow::Cow;
use std::cell::Cell as Shared;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::{
    Annotator, Article, ArticleId, AttributeId, AttributeType, Extra, Header, Layer, Origin, OriginKind,
    SpanId, Status, Timestamp, Value,
};
use crate::text::Text;

use super::super::jsonl::checked_value;
use super::super::marking::{GivenSpan, Marking};
use super::super::position::Unit;
use super::super::value_text::value_from_text;
use super::super::{Collected, Diagnostic, Incoming, ReadOptions, Sink};
use super::articles::{self, Beside};
use super::columns::Columns;
use super::quantity;
use super::records::Records;
use super::schema::Table;
use super::source::{self, Kind, MOST_WAITING, Row, Sheet};
use super::survey::{Survey, pairs_of};

/// Reads whatever table a file holds.
pub(super) fn read(kind: Kind, path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let mut found = Vec::new();
    let sheet = source::main(kind, path, &mut found);
    for one in found {
        sink.diagnostic(one);
    }
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(one) => {
            sink.diagnostic(one);
            return ControlFlow::Continue(());
        }
    };
    let columns = Columns::find(&sheet.header, &options.columns);
    if let Some(name) = columns.missing.first() {
        let message = format!(
            "there is no column {name:?}; the columns are {}",
            sheet.header.join(", ")
        );
        sink.diagnostic(
            Diagnostic::error("no_column", message)
                .in_file(path)
                .with_hint("choose one of these"),
        );
        return ControlFlow::Continue(());
    }
    let mut rows = sheet.rows.peekable();
    let is_empty = rows.peek().is_none();
    if is_empty {
        sink.diagnostic(source::no_rows(path));
    }
    let sheet = Sheet {
        header: sheet.header,
        rows: Box::new(rows),
    };
    if columns.are_of_spans() {
        read_spans(kind, path, sheet, columns, options, sink)
    } else if is_empty {
        ControlFlow::Continue(())
    } else {
        articles::read(path, sheet, columns, options, sink)
    }
}

fn read_spans(
    kind: Kind,
    path: &Path,
    sheet: Sheet,
    mut columns: Columns,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    let Sheet { header, mut rows } = sheet;
    let beside = Beside::open(kind, path, sink);
    let first: Vec<Result<Row, Diagnostic>> = rows.by_ref().take(20).collect();
    tell_id_from_text(&first, beside.is_some(), options, &mut columns);
    tell_quote_from_text(&header, &first, beside.is_some(), options, &mut columns);
    sink.columns(columns.found());
    let records = Records::open(kind, path, sink);
    let origin = options.origin_in(path);
    let mut spans = Spans {
        kind,
        path,
        columns,
        options,
        beside,
        records,
        origin,
        survey: Survey::default(),
        without_text: 0,
    };
    // What is wrong in the other table is told when it is read.
    let beside = Beside::open(kind, path, &mut Collected::default());
    let rows = first.into_iter().chain(rows);
    if kind.is_in_memory() {
        let rows: Vec<Result<Row, Diagnostic>> = rows.collect();
        let all = rows.iter().flatten().map(Cow::Borrowed);
        spans.survey = Survey::of(all, &spans.columns, beside, options);
        return spans.read_in_order(rows.into_iter(), sink);
    }
    if let Ok(again) = source::main(kind, path, &mut Vec::new()) {
        let all = again.rows.flatten().map(Cow::Owned);
        spans.survey = Survey::of(all, &spans.columns, beside, options);
    }
    spans.read_in_order(rows, sink)
}

/// A column `article` names the article where the texts lie elsewhere, or where spans end behind what it holds: half of
/// them at least, as a single one may be wrong.
fn tell_id_from_text(
    first: &[Result<Row, Diagnostic>],
    has_articles: bool,
    options: &ReadOptions,
    columns: &mut Columns,
) {
    if columns.place("article").is_none()
        || columns.place("article") != columns.place("text")
        || options.columns.contains_key("text")
    {
        return;
    }
    let is_behind = |row: &Row| {
        let end = columns.get("end", &row.cells)?.trim().parse::<usize>().ok()?;
        // No text has fewer bytes than units of any kind.
        Some(end > columns.get("text", &row.cells).map_or(0, str::len))
    };
    let told: Vec<bool> = first.iter().flatten().filter_map(is_behind).collect();
    let behind = told.iter().filter(|is_behind| **is_behind).count();
    if has_articles || (behind > 0 && 2 * behind >= told.len()) {
        columns.unset("text");
    }
}

/// A column `text` holds the span's words where the articles lie elsewhere or the words are as long as the span.
fn tell_quote_from_text(
    header: &[String],
    first: &[Result<Row, Diagnostic>],
    has_articles: bool,
    options: &ReadOptions,
    columns: &mut Columns,
) {
    if columns.has("quote") || options.columns.contains_key("text") {
        return;
    }
    let named_text = header.iter().position(|name| name.eq_ignore_ascii_case("text"));
    if let Some(place) = named_text.filter(|place| columns.place("text") != Some(*place)) {
        columns.set("quote", place);
        return;
    }
    let is_as_long = first.iter().flatten().any(|row| {
        let number = |what| columns.get(what, &row.cells)?.trim().parse::<usize>().ok();
        let length = columns.get("text", &row.cells).map(|text| text.chars().count());
        let span = number("end")
            .zip(number("start"))
            .and_then(|(end, start)| end.checked_sub(start));
        span.is_some() && span == length
    });
    if (has_articles || is_as_long || columns.has("offsets"))
        && let Some(place) = columns.unset("text")
    {
        columns.set("quote", place);
    }
}

struct Spans<'a> {
    kind: Kind,
    path: &'a Path,
    columns: Columns,
    options: &'a ReadOptions,
    /// The articles of the companion table.
    beside: Option<Beside>,
    records: Records,
    origin: Origin,
    survey: Survey,
    /// Rows whose article has no text anywhere.
    without_text: u64,
}

impl Spans<'_> {
    fn read(
        &mut self,
        rows: impl Iterator<Item = Result<Row, Diagnostic>>,
        sink: &mut dyn Sink,
    ) -> ControlFlow<()> {
        let mut group: Vec<Row> = Vec::new();
        let mut bytes = 0;
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(found) => {
                    sink.diagnostic(found);
                    continue;
                }
            };
            bytes += row.cells.iter().map(String::len).sum::<usize>() as u64;
            if group
                .first()
                .is_some_and(|first| self.subject(first) != self.subject(&row))
            {
                self.emit(&std::mem::take(&mut group), sink)?;
                sink.progress(bytes)?;
            }
            group.push(row);
        }
        if !group.is_empty() {
            self.emit(&group, sink)?;
        }
        if self.without_text > 0 {
            sink.diagnostic(self.no_text());
        }
        if let Some(beside) = self.beside.take() {
            beside.hand_over_rest(sink)?;
        }
        self.records.tell_rest(self.path, sink);
        sink.progress(bytes)
    }

    /// What is said of rows whose article has no text: which file with the texts is missing, where one is.
    fn no_text(&self) -> Diagnostic {
        let rows = self.without_text;
        let Some(missing) = source::missing_companion(self.kind, self.path, Table::Articles) else {
            let message = format!(
                "rows whose article has no text in this table or beside it: {rows}; they were kept out"
            );
            let hint = "put these articles into the table of articles, with the columns article_id and text";
            return Diagnostic::error("no_text", message)
                .in_file(self.path)
                .with_hint(hint);
        };
        let message = format!(
            "{missing}, the table with the texts of the articles, is not beside this one; rows without a text that \
             were kept out: {rows}"
        );
        let hint = format!(
            "put {missing}, with the columns article_id and text, into the folder of this file and import it again"
        );
        Diagnostic::error("no_text", message)
            .in_file(self.path)
            .with_hint(hint)
    }

    fn read_in_order(
        &mut self,
        rows: impl Iterator<Item = Result<Row, Diagnostic>>,
        sink: &mut dyn Sink,
    ) -> ControlFlow<()> {
        if let Some(found) = self.survey.found.take() {
            sink.diagnostic(found.in_file(self.path));
        }
        if self.survey.is_scattered {
            let rows = self.gathered(rows, sink);
            return self.read(rows.into_iter().map(Ok), sink);
        }
        self.read(rows, sink)
    }

    /// All rows, those of each article together, in the order in which the articles come first.
    fn gathered(&self, rows: impl Iterator<Item = Result<Row, Diagnostic>>, sink: &mut dyn Sink) -> Vec<Row> {
        let mut order: BTreeMap<String, usize> = BTreeMap::new();
        let mut gathered: Vec<(usize, Row)> = Vec::new();
        let (mut bytes, mut left_out) = (0, 0_u64);
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(found) => {
                    sink.diagnostic(found);
                    continue;
                }
            };
            bytes += row.cells.iter().map(String::len).sum::<usize>();
            if bytes > MOST_WAITING {
                left_out += 1;
                continue;
            }
            let next = order.len();
            let subject = self.subject(&row).unwrap_or_default().to_owned();
            gathered.push((*order.entry(subject).or_insert(next), row));
        }
        let found = Diagnostic::info(
            "rows_apart",
            "rows of one article stand apart, so the whole table was put in order first",
        );
        sink.diagnostic(found.in_file(self.path));
        if left_out > 0 {
            let message =
                format!("rows that do not fit into memory while the table is put in order: {left_out}");
            let found = Diagnostic::error("too_large", message).in_file(self.path);
            sink.diagnostic(found.with_hint("sort the table by its article_id and import it again"));
        }
        gathered.sort_by_key(|(place, _)| *place);
        gathered.into_iter().map(|(_, row)| row).collect()
    }

    /// What tells the rows of one article from those of another.
    fn subject<'r>(&self, row: &'r Row) -> Option<&'r str> {
        let of = |what| self.columns.get(what, &row.cells);
        of("article").or_else(|| of("text"))
    }

    fn article(&mut self, first: &Row, sink: &mut dyn Sink) -> Result<Option<Article>, Diagnostic> {
        let of = |what| self.columns.get(what, &first.cells);
        let id = of("article");
        if let Some((id, beside)) = id.zip(self.beside.as_mut())
            && let Some(article) = beside.take(id, sink)
        {
            return Ok(Some(article));
        }
        let Some(text) = of("text") else {
            return Ok(None);
        };
        let id = id.map(ArticleId::new).transpose()?;
        let header = Header {
            title: of("title").map(str::to_owned),
            lang: of("lang").map(str::to_owned),
            ..Header::default()
        };
        Ok(Some(Article::new(id, header, Text::new(text.to_owned()))?))
    }

    /// Hands over the article of rows that follow each other.
    fn emit(&mut self, group: &[Row], sink: &mut dyn Sink) -> ControlFlow<()> {
        let Some(first) = group.first() else {
            return ControlFlow::Continue(());
        };
        let article = match self.article(first, sink) {
            Ok(Some(article)) => article,
            Ok(None) => {
                self.without_text += group.len() as u64;
                return ControlFlow::Continue(());
            }
            Err(found) => {
                sink.diagnostic(found.in_file(self.path).at_line(first.line));
                return ControlFlow::Continue(());
            }
        };
        // Annotators in the order in which they come.
        let mut by_annotator: Vec<(Option<&str>, Vec<&Row>)> = Vec::new();
        for row in group {
            let annotator = self.columns.get("annotator", &row.cells);
            match by_annotator.iter_mut().find(|(name, _)| *name == annotator) {
                Some((_, rows)) => rows.push(row),
                None => by_annotator.push((annotator, vec![row])),
            }
        }
        let mut layers = Vec::new();
        for (name, rows) in by_annotator {
            let annotator = name.map(Annotator::new).transpose();
            let Ok(annotator) = annotator else {
                let message = format!("{:?} cannot be an annotator", name.unwrap_or_default());
                sink.diagnostic(
                    Diagnostic::error("bad_annotator", message)
                        .with_hint("a name is not empty and has no control characters")
                        .in_file(self.path)
                        .at_line(first.line),
                );
                continue;
            };
            let (layer, found) = self.layer(&article, name.unwrap_or_default(), &rows, sink);
            for one in found {
                sink.diagnostic(one);
            }
            if layer.exists() || annotator.is_some() {
                layers.push((annotator, layer));
            }
        }
        sink.article(Incoming {
            article,
            layers,
            line: Some(first.line),
        })
    }

    fn layer(
        &mut self,
        article: &Article,
        annotator: &str,
        rows: &[&Row],
        sink: &mut dyn Sink,
    ) -> (Layer, Vec<Diagnostic>) {
        let line = Shared::new(0);
        let path = self.path;
        let place = |found: Diagnostic| {
            let found = found.in_file(path);
            if line.get() > 0 {
                found.at_line(line.get())
            } else {
                found
            }
        };
        let mut units = rows
            .iter()
            .filter_map(|row| self.columns.get("offsets", &row.cells));
        let unit = units.find_map(Unit::from_name).unwrap_or(self.survey.unit);
        let mut marking = Marking::new(&article.text, unit, &self.origin, &place);
        for row in rows {
            line.set(row.line);
            self.row(&mut marking, &row.cells);
        }
        line.set(0);
        self.records
            .mark(&mut marking, article.id.as_str(), annotator, sink);
        marking.finish()
    }

    fn row(&self, marking: &mut Marking<'_>, cells: &[String]) {
        self.mark_article(marking, cells);
        let Some(id) = self.mark_span(marking, cells) else {
            return;
        };
        self.mark_attributes(marking, &id, cells);
        self.mark_provenance(marking, &id, cells);
    }

    /// The status and the labels of the article, which each of its rows repeats.
    fn mark_article(&self, marking: &mut Marking<'_>, cells: &[String]) {
        if let Some(status) = self.columns.get("status", cells) {
            match Status::from_name(status) {
                Some(status) => marking.layer().status = Some(status),
                None => marking.tell(
                    Diagnostic::warning("bad_value", format!("{status:?} is no status of an article"))
                        .with_hint("it is todo, in_progress, done, or skipped"),
                ),
            }
        }
        if let Some(json) = self.columns.named("article_labels", cells) {
            for (name, value) in values_of_object(json) {
                if let Some((id, value)) = marking.checked_attribute(&name, value) {
                    marking.layer().labels.insert(id, value);
                }
            }
        }
    }

    fn mark_span(&self, marking: &mut Marking<'_>, cells: &[String]) -> Option<SpanId> {
        let of = |what| self.columns.get(what, cells);
        let is_empty = ["span", "label", "start", "end"]
            .iter()
            .all(|what| of(what).is_none());
        if is_empty {
            return None;
        }
        let pairs = pairs_of(&self.columns, cells)
            .map_err(|reason| marking.kept_out("bad_offsets", format!("a span: {reason}")))
            .ok()?;
        marking.span(&GivenSpan {
            id: of("span"),
            label: of("label").unwrap_or_default(),
            pairs: &pairs,
            quote: of("quote"),
        })
    }

    fn mark_attributes(&self, marking: &mut Marking<'_>, span: &SpanId, cells: &[String]) {
        let type_of = |name: &str| self.options.attribute_type(name);
        let is_quantity = |name: &str| type_of(name) == Some(AttributeType::Quantity);
        for (name, text) in self.columns.attributes(cells, &is_quantity) {
            let known = type_of(name).or_else(|| self.survey.types.get(name));
            marking.attribute(span, name, value_from_text(text, known));
        }
        for (name, parts) in self.columns.quantities(cells, &is_quantity) {
            mark_quantity(marking, span, name, &parts);
        }
        if let Some(json) = self.columns.named("more_attributes", cells) {
            for (name, value) in values_of_object(json) {
                marking.attribute(span, &name, value);
            }
        }
    }

    /// What a program read, whence a span comes, and when.
    fn mark_provenance(&self, marking: &mut Marking<'_>, span: &SpanId, cells: &[String]) {
        let named = |name| self.columns.named(name, cells);
        let unconfirmed: Vec<String> = named("unconfirmed")
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
        marking.change_span(span, |span| {
            let ids = unconfirmed.iter().filter_map(|id| AttributeId::new(id).ok());
            span.unconfirmed = ids.filter(|id| span.attributes.contains_key(id)).collect();
            if let Some(kind) = named("origin_kind").and_then(OriginKind::from_name) {
                span.origin = Origin {
                    kind,
                    name: named("origin_name").map(str::to_owned),
                    extra: Extra::new(),
                };
            }
            span.created = named("created").and_then(Timestamp::new);
            span.modified = named("modified").and_then(Timestamp::new);
        });
    }
}

/// Takes a quantity from the columns of its parts, where it has none of its own; else these are held against it.
fn mark_quantity(marking: &mut Marking<'_>, span: &SpanId, name: &str, parts: &[(&str, &str)]) {
    let given = match quantity::from_parts(parts.iter().copied()) {
        Ok(given) => given,
        Err(reason) => {
            marking.kept_out(
                "bad_attribute",
                format!("attribute {name:?} of span {span}: {reason}"),
            );
            return;
        }
    };
    let own = AttributeId::new(name).ok().and_then(|id| {
        let span = marking.layer().spans.get(span)?;
        span.attributes.get(&id).cloned()
    });
    match own {
        None => marking.attribute(span, name, Value::Quantity(given)),
        Some(Value::Quantity(own)) if !quantity::agree(&own, &given, parts) => {
            let message = format!(
                "attribute {name:?} of span {span} and the columns of its parts differ; the former was taken"
            );
            marking.tell(Diagnostic::warning("quantity_differs", message).with_hint(
                "to have the columns taken, empty the cell of the attribute itself and import it again",
            ));
        }
        Some(_) => {}
    }
}

/// The values of a JSON object by their names.
pub(super) fn values_of_object(json: &str) -> Vec<(String, Value)> {
    let Ok(Json::Object(object)) = crate::model::parse_json(json).map(|parsed| parsed.value) else {
        return Vec::new();
    };
    let pairs = object.into_iter();
    pairs
        .filter_map(|(name, json)| Some((name, checked_value(&json).ok()?)))
        .collect()
}
