//! What is to be reviewed: work that is done and not approved, found in the order of the list.
//!
//! Looks at layers' own rows only, never at texts or annotations.

use rusqlite::OptionalExtension;

use crate::model::{Annotator, ArticleId};

use super::article::{Position, position_of, read_article_id, shown};
use super::error::StoreResult;
use super::layer::read_annotator;
use super::read::Reader;

/// Whose work is to be reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToReview {
    /// That of one annotator.
    Of(Annotator),
    /// That of all but one, who reviews it.
    OthersThan(Annotator),
}

/// How much of an annotator's work was reviewed, flagged, and remarked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewCounts {
    /// Articles with the verdict approved.
    pub approved: u64,
    /// Articles with the verdict changes requested.
    pub changes_requested: u64,
    /// Articles that are flagged.
    pub flagged: u64,
    /// Notes that are open.
    pub open_notes: u64,
}

/// The layers to be reviewed; `?1` is the annotator's number, `?2` says whether it is that one or all others.
const WAITING: &str = concat!(
    "SELECT a.id, n.name FROM layer l JOIN article a ON a.position = l.article \
     JOIN annotator n ON n.number = l.annotator \
     WHERE l.status = 'done' AND (l.review IS NULL OR l.review <> 'approved') AND (l.annotator = ?1) = ?2 AND ",
    shown!("l.article")
);

impl Reader {
    /// The next work to be reviewed behind one article and annotator in the order of articles and names, round the end;
    /// from the article on where no annotator is named, and the first one where nothing is. The one it starts behind is
    /// never the answer.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn next_to_review(
        &self,
        which: &ToReview,
        behind: Option<(&ArticleId, Option<&Annotator>)>,
    ) -> StoreResult<Option<(ArticleId, Annotator)>> {
        let here = match behind {
            Some((article, annotator)) => position_of(&self.connection, article)?
                .map(|position| (position, annotator.map_or("", Annotator::as_str))),
            None => None,
        };
        let (position, name) = here.unwrap_or((Position::new(-1), ""));
        let after = self.waiting(
            which,
            "l.article >= ?3 AND (l.article, n.name) > (?3, ?4)",
            position,
            name,
        )?;
        if after.is_some() || here.is_none() {
            return Ok(after);
        }
        self.waiting(
            which,
            "l.article <= ?3 AND (l.article, n.name) < (?3, ?4)",
            position,
            name,
        )
    }

    /// How much of an annotator's work waits to be reviewed, or of everyone's else.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn count_to_review(&self, which: &ToReview) -> StoreResult<u64> {
        let (number, is_that_one) = self.numbers(which)?;
        let count: i64 = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM ({WAITING})"))?
            .query_row((number, is_that_one), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// How much of an annotator's work was reviewed, flagged, and remarked on.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn review_counts(&self, annotator: &Annotator) -> StoreResult<ReviewCounts> {
        let number = self.number_of(annotator)?.0;
        let layers = concat!(
            "SELECT coalesce(sum(review = 'approved'), 0), coalesce(sum(review = 'changes_requested'), 0), \
             coalesce(sum(flagged <> 0), 0) FROM layer WHERE annotator = ?1 AND ",
            shown!("article")
        );
        let (approved, changes_requested, flagged): (i64, i64, i64) = self
            .connection
            .prepare_cached(layers)?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let notes = concat!(
            "SELECT count(*) FROM item WHERE kind = 'note' AND type = 'open' AND annotator = ?1 AND ",
            shown!("article")
        );
        let open_notes: i64 = self
            .connection
            .prepare_cached(notes)?
            .query_row([number], |row| row.get(0))?;
        Ok(ReviewCounts {
            approved: approved.unsigned_abs(),
            changes_requested: changes_requested.unsigned_abs(),
            flagged: flagged.unsigned_abs(),
            open_notes: open_notes.unsigned_abs(),
        })
    }

    fn numbers(&self, which: &ToReview) -> StoreResult<(i64, bool)> {
        let (annotator, is_that_one) = match which {
            ToReview::Of(annotator) => (annotator, true),
            ToReview::OthersThan(annotator) => (annotator, false),
        };
        let number = self.number_of(annotator)?.0;
        Ok((number, is_that_one))
    }

    fn waiting(
        &self,
        which: &ToReview,
        from: &str,
        position: Position,
        name: &str,
    ) -> StoreResult<Option<(ArticleId, Annotator)>> {
        let (number, is_that_one) = self.numbers(which)?;
        let sql = format!("{WAITING} AND {from} ORDER BY l.article, n.name LIMIT 1");
        let found: Option<(String, String)> = self
            .connection
            .prepare_cached(&sql)?
            .query_row((number, is_that_one, position.get(), name), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        found
            .map(|(article, annotator)| Ok((read_article_id(&article)?, read_annotator(&annotator)?)))
            .transpose()
    }
}
