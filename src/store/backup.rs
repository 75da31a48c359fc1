//! A consistent copy of a project while it is open, whoever writes to it.

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::refuse_taken;
use super::open::{draft_file, persist};
use super::read::Reader;

/// Pages between two looks at whether the user gave up.
const PAGES_PER_STEP: i32 = 1024;

impl Reader {
    /// Copies the project as it is now to a new file, which appears whole or not at all. `progress` gets pages
    /// copied and pages in all; a break leaves nothing behind.
    ///
    /// # Errors
    /// [`ErrorCode::Exists`] where a file has this name, and whatever the disk reports.
    pub fn backup(
        &self,
        to: &Path,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> StoreResult<ControlFlow<()>> {
        copy_to(&self.connection, to, progress)
    }
}

pub(super) fn copy_to(
    connection: &Connection,
    to: &Path,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> StoreResult<ControlFlow<()>> {
    refuse_taken(to)?;
    let draft = draft_file(to)?;
    let mut copy = Connection::open(draft.path())?;
    // An open read transaction holds the copy to one moment, though others commit meanwhile.
    let moment = connection.unchecked_transaction()?;
    moment.query_row("SELECT count(*) FROM project", [], |_| Ok(()))?;
    let flow = copy_pages(&moment, &mut copy, progress)?;
    drop(moment);
    copy.close().map_err(|(_, error)| StoreError::from(error))?;
    if flow.is_break() {
        return Ok(flow);
    }
    persist(draft, to)?;
    Ok(flow)
}

fn copy_pages(
    from: &Connection,
    copy: &mut Connection,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> StoreResult<ControlFlow<()>> {
    let backup = Backup::new(from, copy)?;
    loop {
        let step = backup.step(PAGES_PER_STEP)?;
        let state = backup.progress();
        let total = u64::try_from(state.pagecount).unwrap_or_default();
        let left = u64::try_from(state.remaining).unwrap_or_default();
        match step {
            StepResult::Done => return Ok(ControlFlow::Continue(())),
            StepResult::More => {}
            _ => {
                return Err(StoreError::new(
                    ErrorCode::Busy,
                    "another program kept the project locked",
                ));
            }
        }
        if progress(total.saturating_sub(left), total).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}
