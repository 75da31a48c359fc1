//! The application without a window: commands, plans, undo, imports, exports, jobs, and what a window draws.
//!
//! Knows no widget and no argument of a command line. Command line and window see store and formats through this
//! module only, so what they need of them is named here.

pub mod action;
pub mod atomic;
mod check;
mod clock;
mod command;
mod command_json;
mod config;
mod entities;
mod export;
mod import;
mod jobs;
pub mod keymap;
mod newline;
mod plan;
mod project;
mod refusal;
mod request;
mod sample;
mod service;
#[cfg(test)]
mod service_tests;
pub mod shortcut;
mod show;
mod situation;
mod snapshot;
mod sources;
mod stats;
pub mod testing;
mod transact;
mod view;
mod watch;
mod worker;

pub use check::{Finding, check, recover};
pub use clock::{Clock, IdSource, SystemClock, UuidSource};
pub use command::{
    AddEvent, AddNote, AddRelation, AddSpan, Batch, Command, MergeSpans, Redo, RemoveEvent, RemoveNote,
    RemoveRelation, RemoveSpan, RenameAnnotator, SetAttribute, SetLabel, SetMeta, SetNote, SetRanges,
    SetReview, SetStatus, SplitSpan, Undo,
};
pub use config::{Config, Folders, annotator_named};
pub use entities::EntityOffers;
pub use export::{
    ExportOptions, ExportReport, export_to_file, export_to_stream, format_to_write, save_snapshot,
    snapshot_path,
};
pub use import::{ImportOptions, ImportReport};
pub use newline::Newline;
pub use project::{backup, is_project, open_to_read, open_untitled, project_name, refuse_project};
pub use refusal::Refusal;
pub use request::{GoTo, Request, UndoScope};
pub use service::Service;
pub use show::{Shown, native_lines, show};
pub use snapshot::{
    ArticleView, Blocked, JobId, JobView, LastDone, ListView, Notice, ProjectView, Reveal, Snapshot,
};
pub use stats::{AnnotatorStats, Listed, Stats, each_listed, stats};
pub use transact::{Did, Done, Session};
pub use watch::{Cancel, Watch};

pub use crate::formats::{Diagnostic, Format, OffsetUnit, Severity, codebook_toml, registry as formats};
pub use crate::store::{
    Duplicates, ErrorCode, ExportQuery, JournalEntry, LabelCount, ListQuery, ListRow, Neighbour, Progress,
    Reader, Recovered, StoreError,
};
