//! Reading datasets: once through a file to see how it counts and tags, and once more row by row. What this program
//! wrote is known beforehand, and its tokens and tags say nothing that its spans do not.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::super::json_records::{Record, record};
use super::super::json_values::JsonValues;
use super::super::parquet_rows::{ParquetFile, Rows, row_json};
use super::super::{Diagnostic, ReadOptions, Sink, cannot_read, encoding, too_large};
use super::names::Features;
use super::record::{Maker, is_own};
use super::survey::Survey;
use super::{has_marks, is_card, split};

pub(super) fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    if is_card(path) {
        let found = Diagnostic::warning("companion", "it tells of a dataset and has no article of its own");
        sink.diagnostic(found.with_hint("import the folder of the dataset").in_file(path));
        return ControlFlow::Continue(());
    }
    let (features, survey, mut source) = match surveyed(path) {
        Ok(surveyed) => surveyed,
        Err(found) => {
            sink.diagnostic(found.in_file(path));
            return ControlFlow::Continue(());
        }
    };
    let origin = options.origin_in(path);
    let (unit, found) = survey.verdict(options);
    for found in source.findings.drain(..).chain(found) {
        sink.diagnostic(found.in_file(path));
    }
    let split = split::among_several(path);
    let mut maker = Maker::new(&features, &survey, unit, split, &origin, options);
    let is_empty = read_rows(path, &mut source, &mut maker, sink)?;
    if is_empty {
        sink.diagnostic(encoding::empty("the file has no row").in_file(path));
    }
    if let RowSource::Json(values) = &source.rows
        && let Some(found) = values.left_out()
    {
        sink.diagnostic(found.in_file(path));
    }
    for found in maker.findings() {
        sink.diagnostic(found.in_file(path));
    }
    sink.progress(source.bytes())
}

/// How a file counts and tags, and its rows, to be read from the first one.
fn surveyed(path: &Path) -> Result<(Features, Survey, Source), Diagnostic> {
    let mut first = Source::open(path)?;
    let features = Features::of(path, first.metadata.as_deref());
    let mut survey = Survey::default();
    if first.is_own {
        return Ok((features, survey, first));
    }
    while let Some(row) = first.next() {
        // What is wrong is told when it is read.
        if let Ok((_, record)) = row {
            survey.add(&record, &features);
        }
    }
    Ok((features, survey, Source::open(path)?))
}

/// Hands over the article of each row; answers whether there was none.
fn read_rows(
    path: &Path,
    source: &mut Source,
    maker: &mut Maker<'_>,
    sink: &mut dyn Sink,
) -> ControlFlow<(), bool> {
    let mut is_empty = true;
    while let Some(row) = source.next() {
        is_empty = false;
        let (line, record) = match row {
            Ok(row) => row,
            Err(found) => {
                sink.diagnostic(found.in_file(path));
                continue;
            }
        };
        let (incoming, found) = maker.article(line, record, source.is_own);
        for found in found {
            sink.diagnostic(found.in_file(path));
        }
        if let Some(incoming) = incoming {
            sink.article(incoming)?;
        }
        if line.is_multiple_of(64) {
            sink.progress(source.bytes())?;
        }
    }
    ControlFlow::Continue(is_empty)
}

/// Rows of a file, whatever it is.
struct Source {
    rows: RowSource,
    /// What the library noted in a Parquet file.
    metadata: Option<String>,
    /// Whether this program wrote the file.
    is_own: bool,
    findings: Vec<Diagnostic>,
}

enum RowSource {
    Parquet {
        rows: Rows,
        done: u64,
        total: u64,
        bytes: u64,
    },
    Json(JsonValues),
    /// Nothing more can be read.
    Ended,
}

impl Source {
    fn open(path: &Path) -> Result<Self, Diagnostic> {
        let failed = |error: io::Error| cannot_read(path, &error);
        let mut head = Vec::new();
        let file = File::open(path).map_err(failed)?;
        file.take(4).read_to_end(&mut head).map_err(failed)?;
        if head == b"PAR1" {
            let file = ParquetFile::open(path)?;
            let mut findings = Vec::new();
            if !has_marks(&file) {
                let names: Vec<&str> = file.fields().iter().map(|field| field.name()).collect();
                let message = format!(
                    "the file has no tokens with tags and no text with spans; its columns are {}",
                    names.join(", ")
                );
                findings.push(
                    Diagnostic::warning("no_marks", message)
                        .with_hint("--format parquet reads a table with one article or one span a row"),
                );
            }
            let is_own =
                file.is_own() && is_own(|name| file.fields().iter().any(|field| field.name() == name));
            return Ok(Self {
                metadata: file.note("huggingface").map(str::to_owned),
                is_own,
                findings,
                rows: RowSource::Parquet {
                    done: 0,
                    total: file.row_count(),
                    bytes: std::fs::metadata(path).map_or(0, |metadata| metadata.len()),
                    rows: if is_own {
                        file.rows_without(&["tokens", "ner_tags"])?
                    } else {
                        file.rows()
                    },
                },
            });
        }
        let values = JsonValues::open(path).map_err(failed)?;
        let encoding = values
            .encoding()
            .map(|encoding| Diagnostic::not_utf8(encoding.name()));
        Ok(Self {
            rows: RowSource::Json(values),
            metadata: None,
            is_own: false,
            findings: encoding.into_iter().collect(),
        })
    }

    fn next(&mut self) -> Option<Result<(u64, Record), Diagnostic>> {
        match &mut self.rows {
            RowSource::Parquet { rows, done, .. } => {
                let row = rows.next()?;
                Some(row.map(|(number, row)| {
                    *done = number;
                    (number, row_json(row))
                }))
            }
            RowSource::Json(values) => loop {
                let (line, value) = match values.next() {
                    Ok(value) => value?,
                    Err(error) => {
                        let message = format!("the file cannot be read any further: {error}");
                        self.rows = RowSource::Ended;
                        return Some(Err(Diagnostic::error("cannot_read", message)
                            .with_hint("check the disk or the network share, then import it again")));
                    }
                };
                return Some(match value {
                    Err(_too_long) => Err(too_large("the record").at_line(line)),
                    Ok(value) if value.iter().all(u8::is_ascii_whitespace) => continue,
                    Ok(value) => record(value, None).map(|record| (line, record)).map_err(|found| {
                        found
                            .in_part_from(line)
                            .with_record(String::from_utf8_lossy(value))
                    }),
                });
            },
            RowSource::Ended => None,
        }
    }

    /// How far the reading is, in bytes of the file.
    fn bytes(&self) -> u64 {
        match &self.rows {
            RowSource::Parquet {
                done, total, bytes, ..
            } => {
                let part = u128::from(*bytes) * u128::from(*done) / u128::from(*total).max(1);
                u64::try_from(part).unwrap_or(*bytes)
            }
            RowSource::Json(values) => values.bytes(),
            RowSource::Ended => 0,
        }
    }
}
