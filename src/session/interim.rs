//! Types of the store and of the formats that the snapshot names, until those modules stand; they take this file's place.
#![allow(missing_docs, reason = "the modules that these come from say it")]

use std::path::PathBuf;

use crate::model::{Annotator, ArticleId, LabelId, Status, Verdict};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    pub filter: String,
    pub status: Option<Status>,
    pub lang: Option<String>,
    pub label: Option<LabelId>,
    pub annotator: Annotator,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    pub id: ArticleId,
    pub title: Option<String>,
    pub lang: Option<String>,
    pub status: Status,
    pub review: Option<Verdict>,
    pub spans: u32,
    pub chars: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub code: &'static str,
    pub severity: Severity,
    pub file: Option<PathBuf>,
    pub line: Option<u64>,
    pub column: Option<u64>,
    pub message: String,
    pub hint: Option<String>,
    pub record: Option<String>,
}
