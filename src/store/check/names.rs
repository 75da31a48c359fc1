//! What annotators were called before: what an import brought is held against the names that it came with.
//!
//! Reads only the journal's renamings and imports.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::model::{Annotator, BatchId, Change, Edit};

use super::super::error::StoreResult;
use super::super::layer::text;
use super::super::rows_edit::{EditPlace, read_edit};

/// The renamings of a project, and the transactions that first showed its imports.
#[derive(Default)]
pub(super) struct Names {
    /// The newest first.
    renamings: Vec<(i64, Change<Annotator>)>,
    imports: BTreeMap<BatchId, i64>,
}

impl Names {
    /// Reads them. What cannot be read is another part's to report.
    pub fn read(connection: &Connection) -> StoreResult<Self> {
        let mut names = Self::default();
        let mut statement = connection.prepare(
            "SELECT number, body FROM edit WHERE article IS NULL AND (body LIKE '{\"annotator\"%' \
             OR body LIKE '{\"batch\"%') ORDER BY number DESC, place DESC",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number = row.get(0)?;
            match read_edit(EditPlace::default(), text(row, 1)?) {
                Ok(Edit::Annotator(change)) => names.renamings.push((number, change)),
                Ok(Edit::Batch(batch, _)) => drop(names.imports.insert(batch, number)),
                _ => {}
            }
        }
        Ok(names)
    }

    /// What the annotator of that name was called when the import came in.
    pub fn at_import(&self, now: Annotator, import: &str) -> Annotator {
        let import = BatchId::new(import).ok();
        let Some(came) = import.and_then(|import| self.imports.get(&import).copied()) else {
            return now;
        };
        let later = self.renamings.iter().take_while(|(number, _)| *number > came);
        later.fold(now, |name, (_, change)| match (&change.before, &change.after) {
            (Some(before), Some(after)) if *after == name => before.clone(),
            _ => name,
        })
    }
}
