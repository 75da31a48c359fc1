//! Writing datasets. Labels get their numbers as they come, behind those of the codebook, so the card and the metadata of
//! each file are written last; and so are the names of files, which say how many there are.

use std::io::{self, Write as _};
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, Layer};
use crate::text::{ByteOffset, ByteRange};

use super::super::Diagnostic;
use super::super::each_layer::each_layer;
use super::super::files::{Files, Out};
use super::super::flat::{Blanks, flat_choice, pieces};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::table::parquet::{failed, number_type, properties, string_type};
use super::card::{card_text, features};

/// The columns of an article's own, all strings.
pub(super) const STRINGS: [&str; 7] = ["id", "title", "lang", "annotator", "status", "meta", "text"];
/// Bytes of text that wait in memory before they go to disk as a group.
const GROUP_BYTES: usize = 16 << 20;
/// Bytes of text and tokens that one file of a dataset gets; packed, they are about half of it.
const SHARD_BYTES: usize = 512 << 20;

struct Row {
    strings: [Option<String>; 7],
    tokens: Vec<String>,
    tags: Vec<i64>,
    spans: Vec<SpanRow>,
}

struct SpanRow {
    id: String,
    start: i64,
    end: i64,
    label: i64,
    text: String,
    attributes: String,
}

/// One of the files of a part of a split.
struct Shard<'a> {
    split: String,
    /// Its name until the number of files is known.
    name: String,
    out: SerializedFileWriter<Out<'a>>,
    rows: Vec<Row>,
    /// Bytes that wait for the next group, and such as were written.
    bytes: usize,
    written: usize,
}

/// Writes a dataset.
pub(super) struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    name: String,
    labels: Vec<String>,
    split: String,
    shards: Vec<Shard<'a>>,
    /// Bytes of text and tokens after which a file is full.
    pub(super) shard_bytes: usize,
    only_in_spans: usize,
    /// Of those that tags could hold.
    blanks: Blanks,
}

impl<'a> Writer<'a> {
    pub(super) fn new(files: Box<dyn Files<'a> + 'a>, options: &WriteOptions) -> Self {
        Self {
            shard_bytes: SHARD_BYTES,
            files,
            name: options.name.clone(),
            labels: options
                .codebook
                .labels
                .iter()
                .map(|label| label.id.to_string())
                .collect(),
            split: "train".to_owned(),
            shards: Vec::new(),
            only_in_spans: 0,
            blanks: Blanks::default(),
        }
    }

    /// The file that rows of this part of a split go to now.
    fn shard(&mut self) -> io::Result<&mut Shard<'a>> {
        let (split, most) = (&self.split, self.shard_bytes);
        let is_open = |shard: &Shard<'_>| shard.split == *split && shard.written + shard.bytes < most;
        let at = if let Some(at) = self.shards.iter().position(is_open) {
            at
        } else {
            let number = self.shards.iter().filter(|shard| shard.split == *split).count();
            let name = format!("data/{split}-{number:05}.parquet");
            let out = self.files.further(&name)?.ok_or_else(no_folder)?;
            self.shards.push(Shard {
                split: split.clone(),
                name,
                out: SerializedFileWriter::new(out, schema().map_err(failed)?, Arc::new(properties()))
                    .map_err(failed)?,
                rows: Vec::new(),
                bytes: 0,
                written: 0,
            });
            self.shards.len() - 1
        };
        self.shards.get_mut(at).ok_or_else(no_folder)
    }

    /// Ends every file, and names it after how many there are of its part.
    fn close_shards(&mut self) -> io::Result<Vec<String>> {
        let metadata = json!({"info": {"features": features(&self.labels)}}).to_string();
        let mut names: Vec<(String, String)> = Vec::new();
        for mut shard in std::mem::take(&mut self.shards) {
            if !shard.rows.is_empty() {
                shard.write_group().map_err(failed)?;
            }
            shard
                .out
                .append_key_value_metadata(KeyValue::new("huggingface".to_owned(), metadata.clone()));
            shard.out.close().map_err(failed)?;
            names.push((shard.split, shard.name));
        }
        let mut parts: Vec<String> = Vec::new();
        for (split, name) in &names {
            let count = names.iter().filter(|(one, _)| one == split).count();
            let stem = name.strip_suffix(".parquet").unwrap_or(name);
            self.files
                .rename(name, &format!("{stem}-of-{count:05}.parquet"))?;
            if !parts.contains(split) {
                parts.push(split.clone());
            }
        }
        Ok(parts)
    }

    /// The number of a label; a label outside the codebook gets the next one.
    fn label(&mut self, label: &str) -> i64 {
        let at = self.labels.iter().position(|known| known == label);
        let at = at.unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        });
        i64::try_from(at).unwrap_or(i64::MAX)
    }

    fn row(&mut self, article: &Article, layer: Option<&(Annotator, Layer)>) -> io::Result<Row> {
        let (text, header) = (&article.text, &article.header);
        let empty = Layer::default();
        let marks = layer.map_or(&empty, |(_, layer)| layer);
        let all = pieces(marks);
        let choice = flat_choice(text, marks);
        self.only_in_spans += choice.left_out;
        for piece in &choice.pieces {
            let words = text.slice(piece.range).unwrap_or_default();
            self.blanks.add(words, char::is_whitespace);
        }
        let cuts = choice
            .pieces
            .iter()
            .flat_map(|piece| [piece.range.start(), piece.range.end()]);
        let tokens = text.tokens(cuts);
        let mut tags = Vec::with_capacity(tokens.len());
        let mut next = choice.pieces.iter().peekable();
        let mut inside: Option<(ByteRange, i64)> = None;
        for token in &tokens {
            while next
                .peek()
                .is_some_and(|piece| piece.range.end() <= token.start())
            {
                next.next();
            }
            let piece = next.peek().filter(|piece| piece.range.start() <= token.start());
            let Some(piece) = piece else {
                inside = None;
                tags.push(0);
                continue;
            };
            let tag = 1 + 2 * self.label(piece.span.label.as_str());
            let is_inner = inside.is_some_and(|(range, _)| range == piece.range);
            inside = Some((piece.range, tag));
            tags.push(tag + i64::from(is_inner));
        }
        let char_of = |at: ByteOffset| text.char_of(at).and_then(|at| i64::try_from(at.get()).ok());
        let mut spans = Vec::with_capacity(all.len());
        for piece in all {
            let words = text.slice(piece.range);
            let place = char_of(piece.range.start()).zip(char_of(piece.range.end()));
            let (Some(words), Some((start, end))) = (words, place) else {
                let message = format!(
                    "span {} of article {} does not lie in its text",
                    piece.span.id, article.id
                );
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            };
            let attributes = piece.span.attributes.iter();
            let attributes: Map<String, Json> = attributes
                .map(|(id, value)| (id.to_string(), value.to_json()))
                .collect();
            spans.push(SpanRow {
                id: piece.span.id.to_string(),
                start,
                end,
                label: self.label(piece.span.label.as_str()),
                text: words.to_owned(),
                attributes: Json::Object(attributes).to_string(),
            });
        }
        Ok(Row {
            strings: [
                Some(article.id.to_string()),
                header.title.clone(),
                header.lang.clone(),
                layer.map(|(annotator, _)| annotator.to_string()),
                marks.status.map(|status| status.name().to_owned()),
                Some(Json::Object(header.meta.clone()).to_string()),
                Some(text.as_str().to_owned()),
            ],
            tokens: tokens
                .iter()
                .filter_map(|token| text.slice(*token))
                .map(str::to_owned)
                .collect(),
            tags,
            spans,
        })
    }

    fn take(&mut self, row: Row) -> io::Result<()> {
        let shard = self.shard()?;
        let words = row.strings.iter().flatten().chain(&row.tokens);
        shard.bytes += words.map(String::len).sum::<usize>();
        shard.rows.push(row);
        if shard.bytes >= GROUP_BYTES {
            shard.write_group().map_err(failed)?;
        }
        Ok(())
    }
}

fn no_folder() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the dataset is a folder")
}

impl DatasetWriter for Writer<'_> {
    fn enter_split(&mut self, split: &str) {
        split.clone_into(&mut self.split);
    }

    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_layer(layers).try_for_each(|layer| {
            let row = self.row(article, layer)?;
            self.take(row)
        })
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.shard()?;
        let parts = self.close_shards()?;
        let mut card = self.files.further("README.md")?.ok_or_else(no_folder)?;
        card.write_all(card_text(&self.name, &self.labels, &parts).as_bytes())?;
        card.flush()?;
        let mut found = Vec::new();
        for (code, count, what) in [
            (
                "only_in_spans",
                self.only_in_spans,
                "that overlap a longer one and are in spans but not in ner_tags",
            ),
            (
                "only_in_spans",
                self.blanks.blank,
                "of nothing but white space, in spans but not in ner_tags",
            ),
            (
                "trimmed_in_tags",
                self.blanks.trimmed,
                "with white space at an edge, whole in spans but without it in ner_tags",
            ),
        ] {
            if count > 0 {
                let message = format!("spans or fragments {what}: {count}");
                found.push(Diagnostic::info(code, message));
            }
        }
        Ok(found)
    }
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

fn schema() -> Result<Arc<Type>, ParquetError> {
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

/// The levels of a column of lists: of an empty list only that it is there, else `full` for each element.
fn levels(lengths: impl Iterator<Item = usize>, full: i16) -> (Vec<i16>, Vec<i16>) {
    let (mut definition, mut repetition) = (Vec::new(), Vec::new());
    for length in lengths {
        if length == 0 {
            definition.push(1);
            repetition.push(0);
        }
        for at in 0..length {
            definition.push(full);
            repetition.push(i16::from(at > 0));
        }
    }
    (definition, repetition)
}

fn write_strings<'s>(
    group: &mut SerializedRowGroupWriter<'_, Out<'_>>,
    texts: impl Iterator<Item = &'s str>,
    levels: (&[i16], Option<&[i16]>),
) -> Result<(), ParquetError> {
    let texts: Vec<ByteArray> = texts.map(ByteArray::from).collect();
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<ByteArrayType>()
            .write_batch(&texts, Some(levels.0), levels.1)?;
        column.close()?;
    }
    Ok(())
}

fn write_numbers(
    group: &mut SerializedRowGroupWriter<'_, Out<'_>>,
    numbers: impl Iterator<Item = i64>,
    levels: (&[i16], Option<&[i16]>),
) -> Result<(), ParquetError> {
    let numbers: Vec<i64> = numbers.collect();
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<Int64Type>()
            .write_batch(&numbers, Some(levels.0), levels.1)?;
        column.close()?;
    }
    Ok(())
}

impl Shard<'_> {
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        self.written += std::mem::take(&mut self.bytes);
        let mut group = self.out.next_row_group()?;
        for at in 0..STRINGS.len() {
            let cells = || rows.iter().filter_map(|row| row.strings.get(at));
            let there: Vec<i16> = cells().map(|cell| i16::from(cell.is_some())).collect();
            write_strings(&mut group, cells().flatten().map(String::as_str), (&there, None))?;
        }
        let (definition, repetition) = levels(rows.iter().map(|row| row.tokens.len()), 3);
        let of_tokens = (definition.as_slice(), Some(repetition.as_slice()));
        let tokens = rows.iter().flat_map(|row| &row.tokens);
        write_strings(&mut group, tokens.map(String::as_str), of_tokens)?;
        write_numbers(
            &mut group,
            rows.iter().flat_map(|row| row.tags.iter().copied()),
            of_tokens,
        )?;
        let (definition, repetition) = levels(rows.iter().map(|row| row.spans.len()), 4);
        let of_spans = (definition.as_slice(), Some(repetition.as_slice()));
        let spans = || rows.iter().flat_map(|row| &row.spans);
        write_strings(&mut group, spans().map(|span| span.id.as_str()), of_spans)?;
        write_numbers(&mut group, spans().map(|span| span.start), of_spans)?;
        write_numbers(&mut group, spans().map(|span| span.end), of_spans)?;
        write_numbers(&mut group, spans().map(|span| span.label), of_spans)?;
        write_strings(&mut group, spans().map(|span| span.text.as_str()), of_spans)?;
        write_strings(&mut group, spans().map(|span| span.attributes.as_str()), of_spans)?;
        group.close()?;
        Ok(())
    }
}
