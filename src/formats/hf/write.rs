//! Writing datasets. Labels get their numbers as they come, behind those of the codebook, so the card and the metadata of
//! each file are written last; and so are the names of files, which say how many there are.

use std::io::{self, Write as _};
use std::sync::Arc;

use parquet::file::metadata::KeyValue;
use parquet::file::writer::SerializedFileWriter;
use serde_json::{Value as Json, json};

use crate::model::{Annotator, Article, Layer};
use crate::text::ByteRange;

use super::super::Diagnostic;
use super::super::each_layer::each_layer;
use super::super::files::{Files, Out};
use super::super::flat::{Blanks, Holder, Piece, flat_choice, holders, pieces};
use super::super::position::code_points;
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::table::parquet::{failed, properties};
use super::super::value_text::attributes_json;
use super::card::{card_text, features};
use super::rows::{GROUP_BYTES, Row, SpanRow, Words, schema, write_group};

/// Bytes of text and tokens that one file of a dataset gets; packed, they are about half of it.
const SHARD_BYTES: usize = 512 << 20;

/// One of the files of a part of a split.
struct Shard<'a> {
    split: String,
    /// Its name until the number of files is known.
    name: String,
    out: SerializedFileWriter<Out<'a>>,
    rows: Vec<Row>,
    /// Bytes of memory that the rows take.
    memory: usize,
    /// Bytes of all rows so far.
    bytes: usize,
}

impl Shard<'_> {
    fn take(&mut self, row: Row, group_bytes: usize) -> io::Result<()> {
        self.bytes += row.bytes();
        self.memory += row.memory();
        self.rows.push(row);
        if self.memory >= group_bytes {
            self.write_rows()?;
        }
        Ok(())
    }

    /// Writes what waits.
    fn write_rows(&mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            write_group(&mut self.out, &self.rows).map_err(failed)?;
        }
        self.rows.clear();
        self.memory = 0;
        Ok(())
    }
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
    /// Bytes of memory after which the rows of a part are written: all parts together take what one would.
    pub(super) group_bytes: usize,
    only_in_spans: usize,
    /// Of those that tags could hold.
    blanks: Blanks,
}

impl<'a> Writer<'a> {
    pub(super) fn new(files: Box<dyn Files<'a> + 'a>, options: &WriteOptions) -> Self {
        Self {
            shard_bytes: SHARD_BYTES,
            group_bytes: GROUP_BYTES / options.splits.len().max(1),
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
        let is_open = |shard: &Shard<'_>| shard.split == *split && shard.bytes < most;
        let at = if let Some(at) = self.shards.iter().position(is_open) {
            at
        } else {
            // Its predecessor is full, and waits for nothing but its end.
            for shard in self.shards.iter_mut().filter(|shard| shard.split == *split) {
                shard.write_rows()?;
            }
            let number = self.shards.iter().filter(|shard| shard.split == *split).count();
            let name = format!("data/{split}-{number:05}.parquet");
            let out = self.files.further(&name)?.ok_or_else(no_folder)?;
            self.shards.push(Shard {
                split: split.clone(),
                name,
                out: SerializedFileWriter::new(out, schema().map_err(failed)?, Arc::new(properties()))
                    .map_err(failed)?,
                rows: Vec::new(),
                memory: 0,
                bytes: 0,
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
            shard.write_rows()?;
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
    fn label(&mut self, label: &str) -> u32 {
        let at = self.labels.iter().position(|known| known == label);
        let at = at.unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    fn row(&mut self, article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> io::Result<Row> {
        let (text, header) = (&article.text, &article.header);
        let choice = flat_choice(text, layer);
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
        let tags = self.tags(&tokens, &choice.pieces);
        let spans: io::Result<Vec<SpanRow>> = pieces(layer)
            .iter()
            .map(|piece| self.span_row(article, piece))
            .collect();
        Ok(Row {
            strings: [
                Some(words(article.id.as_str())),
                header.title.as_deref().map(words),
                header.lang.as_deref().map(words),
                annotator.map(|annotator| words(annotator.as_str())),
                layer.status.map(|status| words(status.name())),
                Some(words(&Json::Object(header.meta.clone()).to_string())),
                Some(words(text.as_str())),
            ],
            tokens,
            tags,
            spans: spans?,
        })
    }

    /// The tag of each token: 0 outside of all pieces, and two for each label, for its first token and for those behind.
    fn tags(&mut self, tokens: &[ByteRange], pieces: &[Piece<'_>]) -> Vec<u32> {
        let holders = holders(tokens, pieces).into_iter();
        let tag = |holder: Option<Holder<'_, '_>>| {
            holder.map_or(0, |holder| {
                1 + 2 * self.label(holder.piece.span.label.as_str()) + u32::from(!holder.is_first)
            })
        };
        holders.map(tag).collect()
    }

    fn span_row(&mut self, article: &Article, piece: &Piece<'_>) -> io::Result<SpanRow> {
        let (start, end) = code_points(article, piece.range)?;
        let number = |at: usize| i64::try_from(at).map_err(io::Error::other);
        let attributes = Json::Object(attributes_json(&piece.span.attributes));
        Ok(SpanRow {
            id: words(piece.span.id.as_str()),
            start: number(start)?,
            end: number(end)?,
            label: self.label(piece.span.label.as_str()).into(),
            place: piece.range,
            attributes: words(&attributes.to_string()),
        })
    }

    fn take(&mut self, row: Row) -> io::Result<()> {
        let group_bytes = self.group_bytes;
        self.shard()?.take(row, group_bytes)
    }
}

fn words(words: &str) -> Words {
    Words::from(words)
}

fn no_folder() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the dataset is a folder")
}

impl DatasetWriter for Writer<'_> {
    fn enter_split(&mut self, split: &str) {
        split.clone_into(&mut self.split);
    }

    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_layer(layers).try_for_each(|(annotator, layer)| {
            let row = self.row(article, annotator, &layer)?;
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
