//! Where an annotation of a given id is: ids are unique only within one article and annotator.

use crate::model::{Annotator, ArticleId, EventId, NoteId, RelationId, SpanId};

use super::article::{Position, article_at, shown};
use super::error::StoreResult;
use super::layer::{AnnotatorNumber, annotator_at, kind};
use super::read::Reader;

/// A layer that holds what was looked for.
type Holder = (ArticleId, Annotator);

impl Reader {
    /// The layers that have a span of this id, in the order of articles.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn holders_of_span(&self, id: &SpanId) -> StoreResult<Vec<Holder>> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT article, annotator FROM span WHERE id = ?1 AND ",
            shown!("article"),
            " ORDER BY article, annotator"
        ))?;
        let found = statement.query_map([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.holders(found)
    }

    /// The layers that have a relation of this id, in the order of articles.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn holders_of_relation(&self, id: &RelationId) -> StoreResult<Vec<Holder>> {
        self.holders_of_item(kind::RELATION, id.as_str())
    }

    /// The layers that have an event of this id, in the order of articles.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn holders_of_event(&self, id: &EventId) -> StoreResult<Vec<Holder>> {
        self.holders_of_item(kind::EVENT, id.as_str())
    }

    /// The layers that have a note of this id, in the order of articles.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn holders_of_note(&self, id: &NoteId) -> StoreResult<Vec<Holder>> {
        self.holders_of_item(kind::NOTE, id.as_str())
    }

    fn holders_of_item(&self, kind: &str, id: &str) -> StoreResult<Vec<Holder>> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT article, annotator FROM item WHERE id = ?2 AND kind = ?1 AND ",
            shown!("article"),
            " ORDER BY article, annotator"
        ))?;
        let found = statement.query_map([kind, id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.holders(found)
    }

    fn holders(&self, found: impl Iterator<Item = rusqlite::Result<(i64, i64)>>) -> StoreResult<Vec<Holder>> {
        let mut holders = Vec::new();
        for row in found {
            let (article, annotator) = row?;
            holders.push((
                article_at(&self.connection, Position::new(article))?,
                annotator_at(&self.connection, AnnotatorNumber(annotator))?,
            ));
        }
        Ok(holders)
    }
}
