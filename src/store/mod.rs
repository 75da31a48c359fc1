//! The project file: articles, annotations, codebook, and journal in one SQLite file.
//!
//! Knows the model and how to keep it; knows no command, no file format, and no window. Whatever a function here
//! has acknowledged is on disk. Clock and ids come from the caller.

mod article;
mod backup;
mod batch;
mod check;
mod codebook;
mod entities;
mod error;
mod file;
mod find;
mod fold;
mod journal;
mod kept;
mod layer;
mod layer_edit;
mod list;
mod migrate;
mod open;
mod read;
mod recover;
mod rows;
mod rows_codebook;
mod rows_edit;
mod schema;
mod usage;
mod write;

pub use article::{Position, StoredArticle};
pub use batch::{Added, Batch, Duplicates};
pub use check::{Finding, Severity};
pub use entities::UsedEntity;
pub use error::{ErrorCode, StoreError, StoreResult};
pub use journal::JournalEntry;
pub use list::{LabelCount, ListQuery, ListRow, Neighbour, Progress};
pub use open::Store;
pub use read::{ExportQuery, Reader};
pub use recover::{Recovered, Recovery, recover};
pub use write::Writer;
