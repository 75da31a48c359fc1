//! Writing TSV 3.3: a file for each article and annotator, and a `TypeSystem.xml` that makes the layers.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde_json::{Map, Value as Json};

use crate::model::{Annotator, Article, AttributeId, Attributes, Layer, Relation, Status};
use crate::text::{ByteOffset, ByteRange, Text, Utf16Offset};

use super::super::Diagnostic;
use super::super::cas::types::{ANNOTATION, STRING, Type, type_system};
use super::super::each_layer::each_document;
use super::super::files::{Files, put_file};
use super::super::piece_ids::NamedPieces;
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::value_text::value_text;
use super::units::{Sentence, sentences};
use super::{ABOUT, RELATION, SPAN, escape};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    /// The features of spans and of relations that occurred.
    features: [BTreeSet<String>; 2],
    /// Values with a carriage return, for which the format has no sign.
    returns: u64,
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the table of formats wants one kind of function, and others write at once"
)]
pub(super) fn writer<'a>(
    files: Box<dyn Files<'a> + 'a>,
    _options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        files,
        features: Default::default(),
        returns: 0,
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        for (path, annotator, layer) in each_document(article, layers) {
            let sheet = Sheet::of(&article.text, &layer);
            let columns = [&sheet.span_columns, &sheet.relation_columns];
            for (all, columns) in self.features.iter_mut().zip(columns) {
                all.extend(columns.iter().map(|column| column.name.clone()));
            }
            self.returns += sheet.returns();
            let tsv = sheet.written(&about(article, annotator, &layer));
            put_file(&mut *self.files, &format!("{path}.tsv"), &tsv)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        put_file(&mut *self.files, "TypeSystem.xml", &types(&self.features))?;
        if self.returns == 0 {
            return Ok(Vec::new());
        }
        let message = format!(
            "values with a carriage return, for which the format has no sign, and which is written \\r: {}",
            self.returns
        );
        let found = Diagnostic::info("characters_replaced", message);
        Ok(vec![found.with_hint(
            "INCEpTION shows the two signs; an import of the file turns them back",
        )])
    }
}

/// What the format has no place for, as one line of JSON that other readers pass over.
fn about(article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> String {
    let header = &article.header;
    let mut all = Map::new();
    all.insert("id".to_owned(), article.id.as_str().into());
    let known = [
        ("title", header.title.as_deref()),
        ("lang", header.lang.as_deref()),
        ("annotator", annotator.map(Annotator::as_str)),
        ("status", layer.status.map(Status::name)),
    ];
    for (key, value) in known {
        if let Some(value) = value {
            all.insert(key.to_owned(), value.into());
        }
    }
    if !header.meta.is_empty() {
        all.insert("meta".to_owned(), Json::Object(header.meta.clone()));
    }
    let mut line = String::new();
    for c in Json::Object(all).to_string().chars() {
        // Some readers end lines here.
        if matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}') {
            line.extend([format!("\\u{:04x}", u32::from(c))]);
        } else {
            line.push(c);
        }
    }
    line
}

/// A feature and the attribute that it is; the label is none.
struct Column {
    name: String,
    attribute: Option<AttributeId>,
}

/// The columns in the order of INCEpTION, by name; none where nothing has them.
fn columns<'l>(all: impl Iterator<Item = &'l Attributes>) -> Vec<Column> {
    let mut columns: BTreeMap<String, Option<AttributeId>> = BTreeMap::new();
    for attributes in all {
        columns.entry("label".to_owned()).or_default();
        for id in attributes.keys() {
            columns.insert(escape::feature_name(id.as_str()), Some(id.clone()));
        }
    }
    let columns = columns.into_iter();
    columns
        .map(|(name, attribute)| Column { name, attribute })
        .collect()
}

/// One annotator's layer of one article, cut into rows.
struct Sheet<'l> {
    text: &'l Text,
    layer: &'l Layer,
    pieces: NamedPieces<'l>,
    sentences: Vec<Sentence>,
    /// Each row's number of sentence and token, from 1.
    names: Vec<(usize, usize)>,
    /// The pieces on each row.
    stacks: Vec<Vec<usize>>,
    /// The first row of each piece.
    first: Vec<usize>,
    /// The number of each piece that has several rows or shares one.
    numbers: Vec<Option<usize>>,
    /// The relations whose target begins on a row.
    relations: BTreeMap<usize, Vec<&'l Relation>>,
    span_columns: Vec<Column>,
    relation_columns: Vec<Column>,
}

impl<'l> Sheet<'l> {
    fn of(text: &'l Text, layer: &'l Layer) -> Self {
        let pieces = NamedPieces::of(layer);
        let ranges: Vec<ByteRange> = pieces.list.iter().map(|piece| piece.range).collect();
        let sentences = sentences(text, &ranges);
        let mut names = Vec::new();
        let mut rows: Vec<ByteRange> = Vec::new();
        for (sentence, number) in sentences.iter().zip(1..) {
            names.extend((1..=sentence.units.len()).map(|unit| (number, unit)));
            rows.extend(&sentence.units);
        }
        let mut stacks: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        let mut first = Vec::with_capacity(ranges.len());
        for (piece, range) in ranges.iter().enumerate() {
            let from = rows.partition_point(|row| row.start() < range.start());
            let to = rows.partition_point(|row| row.start() < range.end());
            for stack in stacks.get_mut(from..to).unwrap_or_default() {
                stack.push(piece);
            }
            first.push(from);
        }
        let mut seen = vec![0_usize; ranges.len()];
        let mut needs = vec![false; ranges.len()];
        for stack in &stacks {
            for piece in stack {
                if let (Some(seen), Some(needs)) = (seen.get_mut(*piece), needs.get_mut(*piece)) {
                    *seen += 1;
                    *needs |= *seen > 1 || stack.len() > 1;
                }
            }
        }
        let mut count = 0;
        let numbers = needs.into_iter().map(|needs| {
            count += usize::from(needs);
            needs.then_some(count)
        });
        let numbers = numbers.collect();
        let mut relations: BTreeMap<usize, Vec<&Relation>> = BTreeMap::new();
        for relation in layer.relations.values() {
            let row = pieces.first_of(&relation.to).and_then(|piece| first.get(piece));
            if let (Some(row), Some(_)) = (row, pieces.first_of(&relation.from)) {
                relations.entry(*row).or_default().push(relation);
            }
        }
        Self {
            text,
            layer,
            pieces,
            sentences,
            names,
            stacks,
            first,
            numbers,
            relations,
            span_columns: columns(layer.spans.iter().map(|span| &span.attributes)),
            relation_columns: columns(layer.relations.values().map(|relation| &relation.attributes)),
        }
    }

    /// How many values hold a carriage return.
    fn returns(&self) -> u64 {
        let spans = self.layer.spans.iter().map(|span| &span.attributes);
        let relations = self.layer.relations.values().map(|relation| &relation.attributes);
        let values = spans.chain(relations).flat_map(Attributes::values);
        values.filter(|value| value_text(value).contains('\r')).count() as u64
    }

    fn written(&self, about: &str) -> String {
        let mut out = String::from("#FORMAT=WebAnno TSV 3.3\n");
        let names = |columns: &[Column]| {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            names.join("|")
        };
        if !self.span_columns.is_empty() {
            out.extend([format!("#T_SP={SPAN}|{}\n", names(&self.span_columns))]);
        }
        if !self.relation_columns.is_empty() {
            let columns = names(&self.relation_columns);
            out.extend([format!("#T_RL={RELATION}|{columns}|BT_{SPAN}\n")]);
        }
        out.push('\n');
        let mut row = 0;
        for (number, sentence) in self.sentences.iter().enumerate() {
            out.push('\n');
            if number == 0 {
                out.extend([ABOUT, about, "\n"]);
            }
            for line in self.text.slice(sentence.range).unwrap_or_default().split('\n') {
                out.extend(["#Text=", &escape::text(line), "\n"]);
            }
            for unit in &sentence.units {
                self.row(row, *unit, &mut out);
                row += 1;
            }
        }
        out
    }

    fn row(&self, row: usize, unit: ByteRange, out: &mut String) {
        let at = |offset: ByteOffset| self.text.utf16_of(offset).map_or(0, Utf16Offset::get);
        out.extend([format!(
            "{}\t{}-{}\t",
            self.name(row),
            at(unit.start()),
            at(unit.end())
        )]);
        let words = self.text.slice(unit).unwrap_or_default().chars();
        out.extend(words.map(|c| if ends_cell(c) { ' ' } else { c }));
        out.push('\t');
        let stack = self.stacks.get(row).map(Vec::as_slice).unwrap_or_default();
        for column in &self.span_columns {
            let values = stack.iter().filter_map(|piece| {
                let span = self.pieces.list.get(*piece)?.span;
                let value = value_in(column, span.label.as_str(), &span.attributes);
                let number = self.numbers.get(*piece).copied().flatten();
                Some(number.map_or(value.clone(), |number| format!("{value}[{number}]")))
            });
            cell(&values.collect::<Vec<_>>(), out);
        }
        let relations = self.relations.get(&row).map(Vec::as_slice).unwrap_or_default();
        for column in &self.relation_columns {
            let values = relations
                .iter()
                .map(|relation| value_in(column, relation.relation_type.as_str(), &relation.attributes));
            cell(&values.collect::<Vec<_>>(), out);
        }
        if !self.relation_columns.is_empty() {
            let values = relations.iter().filter_map(|relation| self.source(relation));
            cell(&values.collect::<Vec<_>>(), out);
        }
        out.push('\n');
    }

    /// A relation's source, and the numbers of both ends where one has any.
    fn source(&self, relation: &Relation) -> Option<String> {
        let from = self.pieces.first_of(&relation.from)?;
        let to = self.pieces.first_of(&relation.to)?;
        let row = self.name(*self.first.get(from)?);
        let number = |piece: usize| self.numbers.get(piece).copied().flatten();
        Some(match (number(from), number(to)) {
            (None, None) => row,
            (from, to) => format!("{row}[{}_{}]", from.unwrap_or(0), to.unwrap_or(0)),
        })
    }

    fn name(&self, row: usize) -> String {
        let (sentence, unit) = self.names.get(row).copied().unwrap_or_default();
        format!("{sentence}-{unit}")
    }
}

/// Characters that cannot stand in the column of words; readers take the words from the text.
pub(super) fn ends_cell(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn value_in(column: &Column, label: &str, attributes: &Attributes) -> String {
    match &column.attribute {
        None => escape::value(label),
        Some(id) => attributes
            .get(id)
            .map_or("*".to_owned(), |value| escape::value(&value_text(value))),
    }
}

fn cell(values: &[String], out: &mut String) {
    if values.is_empty() {
        out.push('_');
    } else {
        out.push_str(&values.join("|"));
    }
    out.push('\t');
}

/// The layers with the features that occurred, as INCEpTION takes them under the layers of a project.
fn types([spans, relations]: &[BTreeSet<String>; 2]) -> String {
    let label = BTreeSet::from(["label".to_owned()]);
    let strings = |features: &BTreeSet<String>| {
        let features = features.union(&label).map(|name| (name.clone(), STRING));
        features.collect::<Vec<_>>()
    };
    let mut of_relations = vec![("Governor".to_owned(), SPAN), ("Dependent".to_owned(), SPAN)];
    of_relations.extend(strings(relations));
    let layers = [(SPAN, strings(spans)), (RELATION, of_relations)];
    type_system(layers.map(|(name, features)| Type {
        name,
        above: ANNOTATION,
        features,
    }))
}
