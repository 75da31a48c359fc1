//! Formats: bytes to model values and back, with diagnostics.
//!
//! Each format is one file or folder behind the [`registry`]. Nothing here knows projects, the store, or the
//! window; reading goes to a [`Sink`] one article at a time.
//!
//! ```
//! use hashiya::formats::{Collected, Detected, ReadOptions, detect, read};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let path = folder.path().join("dataset.jsonl");
//! std::fs::write(&path, r#"{"text": "🔴 50 civils à Alep", "label": [[14, 18, "location"]]}"#)?;
//!
//! let Ok(Detected::Reads(format)) = detect(&path) else { unreachable!("a line of doccano's") };
//! let mut found = Collected::default();
//! // It breaks only where the sink does.
//! let _whole = read(format, &path, &ReadOptions::default(), &mut found);
//! let article = &found.articles[0];
//! let (_annotator, layer) = &article.layers[0];
//! let span = layer.spans.iter().next().expect("one span");
//! assert_eq!((format.id, span.label.as_str()), ("doccano", "location"));
//! # Ok(())
//! # }
//! ```

#![allow(
    clippy::result_large_err,
    reason = "a diagnostic is made once for a bad record, never on the way of a good one"
)]

mod argilla;
mod articles;
mod brat;
mod cas;
mod chat;
pub mod codebook_toml;
mod conll;
mod diagnostic;
mod doccano;
mod each_layer;
mod encoding;
mod feature;
mod files;
mod first_element;
mod flat;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod generated_full;
mod gliner;
mod guarded;
mod hf;
#[cfg(test)]
mod json_reading_tests;
mod json_records;
#[cfg(test)]
mod json_tests;
mod json_values;
mod jsonl;
mod labelstudio;
mod language;
mod made_ids;
mod marking;
mod office;
mod palette;
mod parquet_rows;
mod parquet_sizes;
#[cfg(test)]
mod parquet_tests;
mod piece_ids;
mod plain;
mod position;
mod prodigy;
mod registry;
#[cfg(test)]
mod registry_tests;
mod seen;
#[cfg(test)]
mod seen_tests;
mod sink;
mod spacing;
mod spacy;
mod spacy_tokens;
#[cfg(test)]
mod standoff_broken_tests;
#[cfg(test)]
mod standoff_tests;
mod table;
mod tagging;
mod tei;
#[cfg(test)]
pub(crate) mod testing;
mod title;
mod unit_probe;
mod unknown;
mod value_text;
mod w3c;
mod webanno;
mod xml_text;

use std::io::Read as _;

use language::language_of;
use title::title_of;

pub use diagnostic::{Diagnostic, Severity};
pub use encoding::{Decoded, decode};
pub use feature::{Contents, Feature};
pub use files::{EXPORT_LIST, Files, Nowhere, Out, Stream, hidden_file, is_hidden};
pub use guarded::hush_guarded_panics;
pub use palette::{LABEL_COLORS, free_color, free_key};
pub use registry::{
    DatasetWriter, Detected, Format, HEAD, LeftOut, OffsetUnit, Shape, WriteOptions, detect, detect_as,
    format, read, registry, writer,
};
pub use seen::{Seen, codebook_additions};
pub use sink::{COLUMN_USES, Collected, Incoming, RARE_COLUMN_USES, ReadOptions, Sink};

/// Bytes that one article may have in a file: a book of a hundred million letters fits, and memory holds it.
const MOST_BYTES: usize = 256 << 20;

/// The finding that an article has more than [`MOST_BYTES`].
fn too_large(what: &str) -> Diagnostic {
    let most = MOST_BYTES >> 20;
    Diagnostic::error(
        "too_large",
        format!("{what} has more than {most} MiB and is no article"),
    )
    .with_hint("cut it into articles, one a line or one a file")
}

/// The bytes of a file that is one article, or a few.
fn bytes_of(path: &std::path::Path) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| cannot_read(path, &error))?;
    if bytes.len() > MOST_BYTES {
        return Err(too_large("the file").in_file(path));
    }
    Ok(bytes)
}

/// A text that was decoded, and what is to be said of how.
fn decoded_text(decoded: Decoded) -> (String, Vec<Diagnostic>) {
    let encoding = (decoded.encoding != "UTF-8").then(|| Diagnostic::not_utf8(decoded.encoding));
    let told = encoding.into_iter().chain(decoded.warnings);
    (decoded.text, told.collect())
}

/// The finding that a file cannot be opened or read.
fn cannot_read(path: &std::path::Path, error: &std::io::Error) -> Diagnostic {
    use std::io::ErrorKind;
    let hint = match error.kind() {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied => "ask for the right to read it, or copy it to a folder of yours",
        ErrorKind::IsADirectory => "name the files in it",
        _ => "check the disk or the network share, then import it again",
    };
    Diagnostic::error("cannot_read", format!("the file cannot be read: {error}"))
        .in_file(path)
        .with_hint(hint)
}
