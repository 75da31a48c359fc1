//! The history of one span, and of one article: the journal asked by what it was about.
//!
//! Knows which transactions named a span and what they made of it; what is worth telling is the caller's to say.

use std::sync::Arc;

use crate::model::{Annotator, ArticleId, Change, LayerEdit, Span, SpanId, TransactionId};

use super::article::position_of;
use super::error::{StoreError, StoreResult};
use super::journal::{JournalEntry, entry_of};
use super::layer::{layer_of, text};
use super::read::Reader;
use super::rows_edit::layer_edit_from_row;

/// What one transaction did to a span.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanChange {
    /// The transaction: who, when, in words.
    pub entry: JournalEntry,
    /// The span before it and after it.
    pub change: Change<Arc<Span>>,
}

impl Reader {
    /// All changes of a span on one annotator's layer, the oldest first; also of one that is there no more.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn span_history(
        &self,
        article: &ArticleId,
        annotator: &Annotator,
        span: &SpanId,
    ) -> StoreResult<Vec<SpanChange>> {
        let Some(key) = layer_of(&self.connection, article, annotator)? else {
            return Ok(Vec::new());
        };
        let (article, annotator) = key.columns();
        // Only the edits of this span are parsed: each body begins with the kind and the id of its item.
        let start = span_edit_start(span)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT number, body FROM edit WHERE article = ?1 AND annotator = ?2 \
             AND substr(body, 1, length(?3)) = ?3 ORDER BY number, place",
        )?;
        let mut rows = statement.query((article, annotator, start))?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let id = TransactionId::new(row.get(0)?);
            let unreadable = |reason: &dyn std::fmt::Display| {
                StoreError::unreadable(&format!("an edit of transaction {id}"), reason.to_string())
            };
            let edit = layer_edit_from_row(text(row, 1)?).map_err(|error| unreadable(&error))?;
            let LayerEdit::Span(_, change) = edit else {
                return Err(unreadable(&"it is not the edit of a span that it begins as"));
            };
            let entry =
                entry_of(&self.connection, id)?.ok_or_else(|| unreadable(&"its transaction is not there"))?;
            changes.push(SpanChange { entry, change });
        }
        Ok(changes)
    }

    /// The transactions that touched an article, whoever's layer of it, the oldest first; also those of the project that
    /// changed something in it, such as a new id of a label.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn article_journal(&self, article: &ArticleId) -> StoreResult<Vec<JournalEntry>> {
        let Some(position) = position_of(&self.connection, article)? else {
            return Ok(Vec::new());
        };
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT number FROM scope WHERE article = ?1 UNION SELECT number FROM edit WHERE article = ?1 ORDER BY number",
            )?;
        let numbers = statement.query_map([position.get()], |row| row.get::<_, i64>(0))?;
        let mut entries = Vec::new();
        for number in numbers {
            entries.extend(entry_of(&self.connection, TransactionId::new(number?))?);
        }
        Ok(entries)
    }
}

/// How the body of an edit of this span begins.
fn span_edit_start(span: &SpanId) -> StoreResult<String> {
    let id =
        serde_json::to_string(span.as_str()).map_err(|error| StoreError::unreadable("a span's id", error))?;
    Ok(format!("{{\"span\":{{\"id\":{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Edit};
    use crate::store::rows_edit::edit_row;

    /// The search by the beginning holds as long as bodies begin so.
    #[test]
    fn an_edit_of_a_span_begins_with_its_id_and_no_other_does() {
        let body = |id: &str| {
            let id = SpanId::new(id).unwrap();
            let edit = LayerEdit::Span(
                id,
                Change {
                    before: None,
                    after: None,
                },
            );
            let (article, annotator) = (ArticleId::new("a").unwrap(), Annotator::new("me").unwrap());
            edit_row(&Edit::Layer(article, annotator, edit)).unwrap()
        };
        let start = |id: &str| span_edit_start(&SpanId::new(id).unwrap()).unwrap();
        for id in ["s1", "حرف \"x\" \\ y", "s"] {
            assert!(body(id).starts_with(&start(id)), "{}", body(id));
        }
        assert!(!body("s1").starts_with(&start("s")));
    }
}
