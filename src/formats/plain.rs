//! The format `text`: one plain text file is one article. It is read only, because a text has no room for marks.
//!
//! Title and language are guessed from the text; the file's name is kept as metadata.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Article, Extra, Header};
use crate::text::Text;

use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use super::{
    Diagnostic, Feature, Incoming, MOST_BYTES, ReadOptions, Sink, decode, encoding, language_of, title_of,
    too_large,
};

pub(super) const FORMAT: Format = Format {
    id: "text",
    name: "Plain text",
    endings: &["txt", "text"],
    offset_unit: OffsetUnit::None,
    unit_is_open: false,
    cannot_hold: &Feature::ALL,
    shape: Shape::File,
    several_annotators: false,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/text.md"),
    claim,
    columns: None,
    read: Some(read),
    write: None,
};

fn claim(file: &Glimpse<'_>) -> Claim {
    if matches!(file.ending, "" | "txt" | "text") && encoding::signature(file.head).is_none() {
        Claim::Reads
    } else {
        Claim::No
    }
}

fn read(path: &Path, _options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let read = File::open(path).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    let bytes = match read {
        Ok(bytes) if bytes.len() > MOST_BYTES => {
            sink.diagnostic(too_large("the file").in_file(path));
            return ControlFlow::Continue(());
        }
        Ok(bytes) => bytes,
        Err(error) => {
            sink.diagnostic(super::cannot_read(path, &error));
            return ControlFlow::Continue(());
        }
    };
    let size = bytes.len() as u64;
    match article(path, &bytes, sink) {
        Ok(article) => sink.article(Incoming {
            article,
            layers: Vec::new(),
            line: None,
        })?,
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    sink.progress(size)
}

fn article(path: &Path, bytes: &[u8], sink: &mut dyn Sink) -> Result<Article, Diagnostic> {
    let decoded = decode(bytes)?;
    if decoded.text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return Err(encoding::empty("the file holds white space and nothing else"));
    }
    if decoded.encoding != "UTF-8" {
        let message = format!("the file is not in UTF-8; it was read as {}", decoded.encoding);
        sink.diagnostic(
            Diagnostic::info("encoding", message)
                .in_file(path)
                .with_hint("where words look wrong, convert the file to UTF-8 and import it again"),
        );
    }
    for warning in decoded.warnings {
        sink.diagnostic(warning.in_file(path));
    }
    let mut meta = Extra::new();
    if let Some(name) = path.file_name() {
        meta.insert("file".to_owned(), name.to_string_lossy().into());
    }
    let header = Header {
        title: title_of(&decoded.text),
        lang: language_of(&decoded.text).map(str::to_owned),
        meta,
        extra: Extra::new(),
    };
    Article::new(None, header, Text::new(decoded.text))
        .map_err(|error| Diagnostic::error("bad_id", error.to_string()))
}
