//! Reading and writing from and to memory, for the tests of formats.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be made is a failed test, also in a helper"
)]

use std::io::Write;
use std::path::Path;

use hashiya::formats::{Collected, ReadOptions, Stream, WriteOptions, format, read, writer};
use hashiya::model::{Annotator, Article, Layer};

/// Reads bytes as a JSON Lines file.
pub fn read_bytes(bytes: &[u8]) -> Collected {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    read_file(file.path())
}

/// Reads a string as a JSON Lines file.
pub fn read_str(source: &str) -> Collected {
    read_bytes(source.as_bytes())
}

/// Reads a JSON Lines file.
pub fn read_file(path: &Path) -> Collected {
    let origin = Some("test".to_owned());
    read_with(
        "jsonl",
        path,
        &ReadOptions {
            origin,
            ..ReadOptions::default()
        },
    )
}

/// Reads a file as one of a format.
pub fn read_as(id: &str, path: &Path) -> Collected {
    read_with(id, path, &ReadOptions::default())
}

fn read_with(id: &str, path: &Path, options: &ReadOptions) -> Collected {
    let mut collected = Collected::default();
    assert!(read(format(id).unwrap(), path, options, &mut collected).is_continue());
    collected
}

/// The codes of what was found.
pub fn codes(read: &Collected) -> Vec<&'static str> {
    read.diagnostics.iter().map(|found| found.code).collect()
}

/// Writes articles as JSON Lines.
pub fn write<'a>(articles: impl IntoIterator<Item = (&'a Article, &'a [(Annotator, Layer)])>) -> String {
    let mut bytes = Vec::new();
    let mut writer = writer(
        format("jsonl").unwrap(),
        Box::new(Stream::new(&mut bytes)),
        &WriteOptions::default(),
    )
    .unwrap();
    for (article, layers) in articles {
        writer.article(article, layers).unwrap();
    }
    assert_eq!(writer.finish().unwrap(), []);
    String::from_utf8(bytes).unwrap()
}

/// Writes what was read; layers without an annotator go to `nobody`.
pub fn write_read(read: &Collected) -> String {
    let articles: Vec<(Article, Vec<(Annotator, Layer)>)> = read
        .articles
        .iter()
        .map(|one| {
            let nobody = Annotator::new("nobody").unwrap();
            let layers = one.layers.iter().cloned();
            let named = layers.map(|(annotator, layer)| (annotator.unwrap_or_else(|| nobody.clone()), layer));
            (one.article.clone(), named.collect())
        })
        .collect();
    write(
        articles
            .iter()
            .map(|(article, layers)| (article, layers.as_slice())),
    )
}
