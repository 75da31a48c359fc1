//! The application without a window: commands, plans, undo, imports, exports, jobs, and what a window draws.
//!
//! Knows no widget and no argument of a command line. Command line and window see store and formats through this
//! module only, so what they need of them is named here.

pub mod action;
mod atomic;
mod clock;
mod command;
mod command_json;
mod config;
mod interim;
mod refusal;
mod request;
mod service;
mod snapshot;
pub mod testing;

pub use clock::{Clock, IdSource, SystemClock, UuidSource};
pub use command::{
    AddEvent, AddNote, AddRelation, AddSpan, Batch, Command, Redo, RemoveEvent, RemoveNote, RemoveRelation,
    RemoveSpan, SetAttribute, SetLabel, SetMeta, SetNote, SetRanges, SetReview, SetStatus, Undo,
};
pub use config::{Config, Folders, annotator_named};
pub use interim::{Diagnostic, ListQuery, ListRow, Progress, Severity};
pub use refusal::Refusal;
pub use request::{GoTo, Request, UndoScope};
pub use service::Service;
pub use snapshot::{
    ArticleView, Blocked, JobId, JobView, LastDone, ListView, Notice, ProjectView, Reveal, Snapshot,
};
