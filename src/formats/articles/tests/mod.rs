//! What articles come of files, and what damaged ones do.

mod books;
mod exports;
mod feeds;
mod heads;
mod mail;
mod news;
mod pages;
mod unfinished;

use crate::formats::testing::detected;
use crate::formats::{Collected, Diagnostic, Format, ReadOptions, read};
use crate::model::Article;

fn import(format: &Format, bytes: &[u8]) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("file.{}", format.endings[0]));
    std::fs::write(&path, bytes).unwrap();
    let mut found = Collected::default();
    assert!(read(format, &path, &ReadOptions::default(), &mut found).is_continue());
    found
}

/// The texts of the articles of a file.
fn texts(found: &Collected) -> Vec<&str> {
    found
        .articles
        .iter()
        .map(|one| one.article.text.as_str())
        .collect()
}

/// The only article of a file.
fn only(found: &Collected) -> &Article {
    assert_eq!(found.articles.len(), 1, "{:?}", found.diagnostics);
    &found.articles[0].article
}

fn codes(found: &Collected) -> Vec<&'static str> {
    found.diagnostics.iter().map(|found| found.code).collect()
}

fn told<'a>(found: &'a Collected, code: &str) -> &'a Diagnostic {
    let all = &found.diagnostics;
    all.iter()
        .find(|found| found.code == code)
        .unwrap_or_else(|| panic!("{code} is not among {all:?}"))
}

fn meta(article: &Article) -> Vec<(&str, &str)> {
    let meta = article.header.meta.iter();
    meta.map(|(key, value)| (key.as_str(), value.as_str().unwrap()))
        .collect()
}

/// A file cut anywhere, and one with any byte changed, gives articles or findings, and no panic.
fn survives_damage(format: &Format, bytes: &[u8]) {
    for end in 0..bytes.len() {
        let found = import(format, &bytes[..end]);
        assert!(
            !found.articles.is_empty() || !found.diagnostics.is_empty(),
            "cut at {end}"
        );
        for article in &found.articles {
            assert!(!article.article.text.as_str().trim().is_empty(), "cut at {end}");
        }
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        changed[at] ^= 0x15;
        let found = import(format, &changed);
        assert!(
            !found.articles.is_empty() || !found.diagnostics.is_empty(),
            "changed at {at}"
        );
    }
}
