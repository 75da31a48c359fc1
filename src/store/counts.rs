//! What the work comes to, counted: how far an annotator is, and how often labels and relation types are used.
//!
//! Looks at columns only, never at texts or at what an annotation says.

use crate::model::{Annotator, LabelId, RelationTypeId, Status};

use super::article::shown;
use super::error::{StoreError, StoreResult};
use super::layer::{kind, read_annotator};
use super::list::read_status;
use super::read::Reader;

/// How far an annotator is with the whole project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All articles.
    pub total: u64,
    /// Not begun.
    pub todo: u64,
    /// Begun.
    pub in_progress: u64,
    /// Finished.
    pub done: u64,
    /// Not to be annotated.
    pub skipped: u64,
}

/// How often a label is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelCount {
    /// By whom.
    pub annotator: Annotator,
    /// The label.
    pub label: LabelId,
    /// Spans under it.
    pub spans: u64,
}

/// How often a relation type is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationCount {
    /// By whom.
    pub annotator: Annotator,
    /// The type.
    pub relation_type: RelationTypeId,
    /// Relations of it.
    pub relations: u64,
}

impl Reader {
    /// How far an annotator is with the whole project.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn progress(&self, annotator: &Annotator) -> StoreResult<Progress> {
        let total: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(sum(articles), 0) FROM batch WHERE state = 'shown'")?
            .query_row([], |row| row.get(0))?;
        let mut progress = Progress {
            total: total.unsigned_abs(),
            ..Progress::default()
        };
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT status, count(*) FROM layer WHERE annotator = ?1 AND ",
            shown!("article"),
            " GROUP BY status"
        ))?;
        let mut rows = statement.query([self.number_of(annotator)?.0])?;
        while let Some(row) = rows.next()? {
            let count = row.get::<_, i64>(1)?.unsigned_abs();
            match read_status(row.get(0)?)? {
                Status::Todo => {}
                Status::InProgress => progress.in_progress = count,
                Status::Done => progress.done = count,
                Status::Skipped => progress.skipped = count,
            }
        }
        let begun = progress.in_progress + progress.done + progress.skipped;
        progress.todo = progress.total.saturating_sub(begun);
        Ok(progress)
    }

    /// How often each annotator used each label, in the order of their names and the labels' ids.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn label_counts(&self) -> StoreResult<Vec<LabelCount>> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT n.name, s.label, count(*) FROM span s JOIN annotator n ON n.number = s.annotator WHERE ",
            shown!("s.article"),
            " GROUP BY n.name, s.label ORDER BY n.name, s.label"
        ))?;
        let mut rows = statement.query([])?;
        let mut counts = Vec::new();
        while let Some(row) = rows.next()? {
            let (annotator, label): (String, String) = (row.get(0)?, row.get(1)?);
            counts.push(LabelCount {
                annotator: read_annotator(&annotator)?,
                label: LabelId::new(&label).map_err(|error| StoreError::unreadable("a label", error))?,
                spans: row.get::<_, i64>(2)?.unsigned_abs(),
            });
        }
        Ok(counts)
    }

    /// How often each annotator used each relation type, in the order of their names and the types' ids.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn relation_counts(&self) -> StoreResult<Vec<RelationCount>> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT n.name, i.type, count(*) FROM item i JOIN annotator n ON n.number = i.annotator ",
            "WHERE i.kind = ?1 AND i.type IS NOT NULL AND ",
            shown!("i.article"),
            " GROUP BY n.name, i.type ORDER BY n.name, i.type"
        ))?;
        let mut rows = statement.query([kind::RELATION])?;
        let mut counts = Vec::new();
        while let Some(row) = rows.next()? {
            let (annotator, id): (String, String) = (row.get(0)?, row.get(1)?);
            let relation_type = RelationTypeId::new(&id);
            counts.push(RelationCount {
                annotator: read_annotator(&annotator)?,
                relation_type: relation_type
                    .map_err(|error| StoreError::unreadable("a relation type", error))?,
                relations: row.get::<_, i64>(2)?.unsigned_abs(),
            });
        }
        Ok(counts)
    }
}
