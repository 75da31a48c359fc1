//! The project file: articles, annotations, codebook, and journal in one SQLite file.
//!
//! Knows the model and how to keep it; knows no command, no file format, and no window. Whatever a function here
//! has acknowledged is on disk. Clock and ids come from the caller.

mod approval;
mod article;
mod backup;
mod batch;
mod check;
mod codebook;
mod counts;
mod draft;
mod entities;
mod error;
mod events;
mod file;
mod find;
mod fold;
mod held;
mod history;
mod journal;
mod kept;
mod layer;
mod layer_edit;
mod list;
mod log;
mod migrate;
mod needed;
mod open;
mod read;
mod recover;
mod review;
mod rows;
mod rows_codebook;
mod rows_edit;
mod schema;
mod usage;
mod usage_all;
mod write;

pub use article::{Position, StoredArticle};
pub use batch::{Added, Batch, Duplicates};
pub use check::{Finding, Severity};
pub use counts::{LabelCount, Progress, RelationCount};
pub use draft::{Draft, Workshop, sweep as sweep_drafts};
pub use entities::UsedEntity;
pub use error::{ErrorCode, StoreError, StoreResult};
pub use events::{EventPage, EventQuery, EventRow, EventSpan, EventsAfter};
pub use file::{ends_in_separator, project_beside};
pub use held::{head_of, is_open};
pub use history::SpanChange;
pub use journal::JournalEntry;
pub use list::{ListQuery, ListRow, Neighbour, ReviewFilter};
pub use open::Store;
pub use read::{ExportQuery, Reader};
pub use recover::{Recovered, Recovery, recover};
pub use review::{ReviewCounts, ToReview};
pub use usage::Uses;
pub use usage_all::CodebookVersion;
pub use write::{Meter, Writer};
