//! Rows while they wait to be written as a group, and how a group is written: column by column, row by row, so that
//! nothing of it is in memory twice.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::super::files::Out;
use super::super::table::parquet::{number_type, string_type};
use crate::text::ByteRange;

/// The columns of an article's own, all strings.
pub(super) const STRINGS: [&str; 7] = ["id", "title", "lang", "annotator", "status", "meta", "text"];
/// The place of the text among them.
const TEXT: usize = 6;
/// Bytes that rows may take in memory before they go to disk as a group.
pub(super) const GROUP_BYTES: usize = 32 << 20;

/// Words of an article, its text among them; what lies in the text is never copied out of it.
pub(super) type Words = ByteArray;

/// An article as one annotator marked it.
pub(super) struct Row {
    pub strings: [Option<Words>; 7],
    /// Where each token lies in the text.
    pub tokens: Vec<ByteRange>,
    /// The tag of each.
    pub tags: Vec<u32>,
    pub spans: Vec<SpanRow>,
}

/// A fragment of a span.
pub(super) struct SpanRow {
    pub id: Words,
    pub start: i64,
    pub end: i64,
    pub label: i64,
    pub place: ByteRange,
    pub attributes: Words,
}

impl Row {
    /// Bytes of its words and of its tokens, as a file has them.
    pub(super) fn bytes(&self) -> usize {
        let strings = self.strings.iter().flatten().map(ByteArray::len);
        let tokens = self.tokens.iter().map(|token| token.len());
        strings.sum::<usize>() + tokens.sum::<usize>()
    }

    /// Bytes that it takes in memory, about.
    pub(super) fn memory(&self) -> usize {
        let strings = self.strings.iter().flatten().map(ByteArray::len).sum::<usize>();
        let spans = self
            .spans
            .iter()
            .map(|span| span.id.len() + span.attributes.len());
        strings
            + size_of::<Self>()
            + spans.sum::<usize>()
            + self.spans.len() * size_of::<SpanRow>()
            + self.tokens.capacity() * size_of::<ByteRange>()
            + self.tags.len() * size_of::<u32>()
    }

    /// Words of the text.
    fn words(&self, place: ByteRange) -> Words {
        let text = self.strings.get(TEXT).and_then(Option::as_ref);
        let there = text.filter(|text| place.end().get() <= text.len());
        there.map_or_else(Words::default, |text| {
            text.slice(place.start().get(), place.len())
        })
    }
}

/// Writes rows as a group.
///
/// # Errors
/// What the library or the file system says.
pub(super) fn write_group(out: &mut SerializedFileWriter<Out<'_>>, rows: &[Row]) -> Result<(), ParquetError> {
    let mut group = out.next_row_group()?;
    for at in 0..STRINGS.len() {
        let cell = |row: &Row| row.strings.get(at).cloned().flatten();
        write_column::<ByteArrayType>(&mut group, rows, |row, column| column.one(cell(row)))?;
    }
    write_column::<ByteArrayType>(&mut group, rows, |row, column| {
        column.list(row.tokens.iter().map(|token| row.words(*token)), IN_LIST);
    })?;
    write_column::<Int64Type>(&mut group, rows, |row, column| {
        column.list(row.tags.iter().map(|tag| i64::from(*tag)), IN_LIST);
    })?;
    write_span_words(&mut group, rows, |_, span| span.id.clone())?;
    write_span_numbers(&mut group, rows, |span| span.start)?;
    write_span_numbers(&mut group, rows, |span| span.end)?;
    write_span_numbers(&mut group, rows, |span| span.label)?;
    write_span_words(&mut group, rows, |row, span| row.words(span.place))?;
    write_span_words(&mut group, rows, |_, span| span.attributes.clone())?;
    group.close()?;
    Ok(())
}

/// How deep an element of a list lies, and a value of a structure in one.
const IN_LIST: i16 = 3;
const IN_STRUCTURE: i16 = 4;

/// What goes into a column with the next batch.
struct Batch<T> {
    values: Vec<T>,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

/// Values after which a batch is written.
const BATCH: usize = 1024;

impl<T> Batch<T> {
    /// A value or none.
    fn one(&mut self, value: Option<T>) {
        self.definition.push(i16::from(value.is_some()));
        self.repetition.push(0);
        self.values.extend(value);
    }

    /// A list; of an empty one only that it is there.
    fn list(&mut self, values: impl Iterator<Item = T>, depth: i16) {
        let before = self.values.len();
        for value in values {
            self.definition.push(depth);
            self.repetition.push(i16::from(self.values.len() > before));
            self.values.push(value);
        }
        if self.values.len() == before {
            self.definition.push(1);
            self.repetition.push(0);
        }
    }
}

fn write_column<D: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Out<'_>>,
    rows: &[Row],
    add: impl Fn(&Row, &mut Batch<D::T>),
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Ok(());
    };
    let mut batch = Batch {
        values: Vec::new(),
        definition: Vec::new(),
        repetition: Vec::new(),
    };
    for (number, row) in rows.iter().enumerate() {
        add(row, &mut batch);
        if batch.definition.len() >= BATCH || number + 1 == rows.len() {
            let (definition, repetition) = (Some(&*batch.definition), Some(&*batch.repetition));
            column
                .typed::<D>()
                .write_batch(&batch.values, definition, repetition)?;
            batch.values.clear();
            batch.definition.clear();
            batch.repetition.clear();
        }
    }
    column.close()
}

fn write_span_words(
    group: &mut SerializedRowGroupWriter<'_, Out<'_>>,
    rows: &[Row],
    words: impl Fn(&Row, &SpanRow) -> Words,
) -> Result<(), ParquetError> {
    write_column::<ByteArrayType>(group, rows, |row, column| {
        column.list(row.spans.iter().map(|span| words(row, span)), IN_STRUCTURE);
    })
}

fn write_span_numbers(
    group: &mut SerializedRowGroupWriter<'_, Out<'_>>,
    rows: &[Row],
    number: impl Fn(&SpanRow) -> i64,
) -> Result<(), ParquetError> {
    write_column::<Int64Type>(group, rows, |row, column| {
        column.list(row.spans.iter().map(&number), IN_STRUCTURE);
    })
}

fn list(name: &str, element: Arc<Type>) -> Result<Arc<Type>, ParquetError> {
    let inner = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![element])
        .build()?;
    let outer = Type::group_type_builder(name)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(inner)])
        .build()?;
    Ok(Arc::new(outer))
}

/// The columns of a file.
///
/// # Errors
/// Where the library does not take them.
pub(super) fn schema() -> Result<Arc<Type>, ParquetError> {
    let mut fields = Vec::new();
    for name in STRINGS {
        fields.push(string_type(name)?);
    }
    fields.push(list("tokens", string_type("element")?)?);
    fields.push(list("ner_tags", number_type("element")?)?);
    let span = Type::group_type_builder("element")
        .with_repetition(Repetition::OPTIONAL)
        .with_fields(vec![
            string_type("id")?,
            number_type("start")?,
            number_type("end")?,
            number_type("label")?,
            string_type("text")?,
            string_type("attributes")?,
        ])
        .build()?;
    fields.push(list("spans", Arc::new(span))?);
    Ok(Arc::new(
        Type::group_type_builder("schema").with_fields(fields).build()?,
    ))
}
