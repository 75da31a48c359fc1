//! The format `hf`: a folder that `datasets.load_dataset` reads, Parquet with a card. Each row is an article as one
//! annotator marked it: tokens with a flat choice of tags, and every span with its characters.
//!
//! It is written only. Labels get their numbers as they come, behind those of the codebook, so the card and the
//! metadata of each file are written last.

use std::fmt::Write as _;
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

use super::files::{Files, Out};
use super::flat::{flat_choice, pieces};
use super::registry::{Claim, DatasetWriter, Format, OffsetUnit, Shape, WriteOptions};
use super::table::parquet::{failed, number_type, properties, string_type};
use super::{Diagnostic, Feature};

pub(super) const FORMAT: Format = Format {
    id: "hf",
    name: "Hugging Face dataset",
    endings: &["parquet"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Relations,
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Notes,
        Feature::Review,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::FurtherKeys,
    ],
    shape: Shape::Folder,
    several_annotators: true,
    is_for_training: true,
    holds_splits: true,
    page: include_str!("../../assets/help/formats/hf.md"),
    claim: |_| Claim::No,
    columns: None,
    read: None,
    write: Some(|files, options| Ok(Box::new(Writer::new(files, options)))),
};

const STRINGS: [&str; 7] = ["id", "title", "lang", "annotator", "status", "meta", "text"];
/// Bytes of text that wait in memory before they go to disk as a group.
const GROUP_BYTES: usize = 16 << 20;

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

/// The file of one part of a split.
struct Shard<'a> {
    name: String,
    out: SerializedFileWriter<Out<'a>>,
    rows: Vec<Row>,
    bytes: usize,
}

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    name: String,
    labels: Vec<String>,
    split: String,
    shards: Vec<Shard<'a>>,
    only_in_spans: usize,
}

impl<'a> Writer<'a> {
    fn new(files: Box<dyn Files<'a> + 'a>, options: &WriteOptions) -> Self {
        Self {
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
        }
    }

    fn shard(&mut self) -> io::Result<&mut Shard<'a>> {
        let at = self.shards.iter().position(|shard| shard.name == self.split);
        let at = if let Some(at) = at {
            at
        } else {
            let name = format!("data/{}-00000-of-00001.parquet", self.split);
            let out = self.files.further(&name)?.ok_or_else(no_folder)?;
            self.shards.push(Shard {
                name: self.split.clone(),
                out: SerializedFileWriter::new(out, schema().map_err(failed)?, Arc::new(properties()))
                    .map_err(failed)?,
                rows: Vec::new(),
                bytes: 0,
            });
            self.shards.len() - 1
        };
        self.shards.get_mut(at).ok_or_else(no_folder)
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
        let choice = flat_choice(marks);
        self.only_in_spans += choice.left_out;
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
        shard.bytes += row.strings.iter().flatten().map(String::len).sum::<usize>();
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
        let marked: Vec<&(Annotator, Layer)> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
        if marked.is_empty() {
            let row = self.row(article, None)?;
            return self.take(row);
        }
        for layer in marked {
            let row = self.row(article, Some(layer))?;
            self.take(row)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.shard()?;
        let features = features(&self.labels);
        let metadata = json!({"info": {"features": features}}).to_string();
        let mut parts = Vec::new();
        for mut shard in std::mem::take(&mut self.shards) {
            if !shard.rows.is_empty() {
                shard.write_group().map_err(failed)?;
            }
            shard
                .out
                .append_key_value_metadata(KeyValue::new("huggingface".to_owned(), metadata.clone()));
            shard.out.close().map_err(failed)?;
            parts.push(shard.name);
        }
        let mut card = self.files.further("README.md")?.ok_or_else(no_folder)?;
        card.write_all(card_text(&self.name, &self.labels, &parts).as_bytes())?;
        card.flush()?;
        let mut found = Vec::new();
        if self.only_in_spans > 0 {
            let message = format!(
                "spans or fragments that overlap a longer one and are in spans but not in ner_tags: {}",
                self.only_in_spans
            );
            found.push(Diagnostic::info("only_in_spans", message));
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
        self.bytes = 0;
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

fn tags(labels: &[String]) -> Vec<String> {
    let both = labels
        .iter()
        .flat_map(|label| [format!("B-{label}"), format!("I-{label}")]);
    std::iter::once("O".to_owned()).chain(both).collect()
}

/// The features as the library keeps them in a Parquet file.
fn features(labels: &[String]) -> Json {
    let value = |kind: &str| json!({"dtype": kind, "_type": "Value"});
    let list = |of: Json| json!({"feature": of, "_type": "List"});
    let class = |names: &[String]| json!({"names": names, "_type": "ClassLabel"});
    let mut features = Map::new();
    for name in STRINGS {
        features.insert(name.to_owned(), value("string"));
    }
    features.insert("tokens".to_owned(), list(value("string")));
    features.insert("ner_tags".to_owned(), list(class(&tags(labels))));
    let span = json!({
        "id": value("string"),
        "start": value("int64"),
        "end": value("int64"),
        "label": class(labels),
        "text": value("string"),
        "attributes": value("string"),
    });
    features.insert("spans".to_owned(), list(span));
    Json::Object(features)
}

/// The card: its head is what the library reads, in YAML whose strings are JSON.
fn card_text(name: &str, labels: &[String], parts: &[String]) -> String {
    let quoted = |text: &str| Json::from(text).to_string();
    let names = |names: &[String], indent: &str| {
        let lines = names.iter().enumerate();
        let lines = lines.map(|(at, name)| format!("{indent}'{at}': {}\n", quoted(name)));
        lines.collect::<String>()
    };
    let mut card = String::from("---\ndataset_info:\n  features:\n");
    for name in STRINGS {
        card.extend(["  - name: ", name, "\n    dtype: string\n"]);
    }
    card += "  - name: tokens\n    list: string\n  - name: ner_tags\n    list:\n      class_label:\n        names:\n";
    card += &names(&tags(labels), "          ");
    card += "  - name: spans\n    list:\n    - name: id\n      dtype: string\n    - name: start\n      dtype: int64\n    - name: end\n      dtype: int64\n    - name: label\n      dtype:\n        class_label:\n          names:\n";
    card += &names(labels, "            ");
    card += "    - name: text\n      dtype: string\n    - name: attributes\n      dtype: string\n";
    card += "configs:\n- config_name: default\n  data_files:\n";
    for part in parts {
        card.extend(["  - split: ", part, "\n    path: data/", part, "-*\n"]);
    }
    card += "---\n\n";
    let title = if name.is_empty() { "Dataset" } else { name };
    let written = write!(
        card,
        "# {title}\n\nEach row is an article as one annotator marked it. `spans` count code points of `text`; `ner_tags` \
         are IOB2 over `tokens`, with the longest of spans that overlap.\n"
    );
    // Writing to a string cannot fail.
    debug_assert!(written.is_ok());
    card
}

#[cfg(test)]
mod tests {
    use super::super::testing::{marked, options, write_to};
    use super::*;

    #[test]
    fn a_folder_has_a_card_and_a_file_of_rows() {
        let folder = tempfile::tempdir().unwrap();
        let articles = [
            marked("a", "La {1:actor|famille 👨‍👩‍👧|1} de {2:other thing|حلب|2}"),
            marked("b", ""),
            marked("c", "{1:actor|la {2:location|Syrie|1} et|2}"),
        ];
        let (path, found) = write_to(folder.path(), &FORMAT, &options(), &articles);
        assert_eq!(
            found.iter().map(|one| one.code).collect::<Vec<_>>(),
            ["only_in_spans"]
        );
        let card = std::fs::read_to_string(path.join("README.md")).unwrap();
        assert!(
            card.contains("\"B-other thing\"") && card.contains("path: data/train-*"),
            "{card}"
        );
        let bytes = std::fs::read(path.join("data/train-00000-of-00001.parquet")).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }
}
