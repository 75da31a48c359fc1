//! The application without a window: commands, plans, undo, imports, exports, jobs, and what a window draws.
//!
//! Knows no widget and no argument of a command line. Command line and window see store and formats through this
//! module only, so what they need of them is named here.

pub mod action;
pub mod atomic;
mod check;
mod clock;
#[cfg(test)]
mod codebook_tests;
mod command;
mod command_codebook;
mod command_json;
mod config;
pub mod dates;
#[cfg(test)]
mod doubt_tests;
mod entities;
mod export;
pub mod figures;
mod history;
mod import;
mod jobs;
pub mod keymap;
pub mod manual;
mod newline;
mod places;
mod plan;
mod preview;
mod problem;
mod project;
mod refusal;
mod request;
mod sample;
mod seen;
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
mod turn;
pub mod unsettled;
#[cfg(test)]
mod verdict_tests;
mod view;
mod watch;
mod worker;

pub use check::{Finding, check, recover};
pub use clock::{Clock, IdSource, SystemClock, UuidSource};
pub use command::*;
pub use config::{Config, Folders, annotator_named};
pub use entities::EntityOffers;
pub use export::{
    ExportOptions, ExportReport, Goal, PartReport, Split, StatusChoice, StayedBehind, cannot_write,
    export_to_place, export_to_stream, forecast, format_to_write, refuse_stranger, save_snapshot,
    snapshot_path,
};
pub use history::{SpanHistory, span_history};
pub use import::{AnnotatorMap, ImportOptions, ImportReport, LabelMap};
pub use newline::Newline;
pub use preview::{ArticlePreview, FilePreview, ImportPreview, LabelPreview};
pub use problem::{CheckReport, FoundProblem, Problems, casualty_words, each_problem, problems_of};
pub use project::{backup, is_project, open_to_read, open_untitled, project_name, refuse_project};
pub use refusal::{About, InTheWay, Refusal};
pub use request::{Request, UndoScope};
pub use seen::{Asked, Seen};
pub use service::Service;
pub use show::{Shown, article_named, native_lines, show};
pub use snapshot::{
    ArticleView, Blocked, CodebookUses, EventsView, Exported, Foreseen, JobId, JobView, LastDone, ListView,
    Notice, ProjectTurn, ProjectView, RecentProject, Reveal, Snapshot,
};
pub use stats::{AnnotatorStats, EventStats, Listed, Stats, Work, each_listed, stats};
pub use transact::{CodebookPreview, CodebookStep, Did, Done, Fate, ForeseenCodebook, Session};
pub use watch::{Cancel, Watch};

pub use crate::formats::{
    COLUMN_USES, Diagnostic, Format, LABEL_COLORS, OffsetUnit, Severity, codebook_toml, free_color, free_key,
    hush_guarded_panics, registry as formats,
};
pub use crate::quantity::{Bounds, Context, read as read_quantity};
pub use crate::store::{
    CodebookVersion, Duplicates, ErrorCode, EventPage, EventQuery, EventRow, EventSpan, EventsAfter,
    ExportQuery, JournalEntry, LabelCount, ListQuery, ListRow, Neighbour, Progress, Reader, Recovered,
    ReviewCounts, ReviewFilter, SpanChange, StoreError, ToReview, Uses,
};
