//! What stands on a transaction: an approval that was given after it; and what came to work since a transaction.

use crate::model::{Annotator, ArticleId, LayerEdit, TransactionId, Verdict};

use super::article::{Position, id_at};
use super::error::{StoreError, StoreResult};
use super::layer::{AnnotatorNumber, annotator_at, layer_of, text};
use super::read::Reader;
use super::rows_edit::layer_edit_from_row;

/// Later transactions that stand. An undo gives no verdict: it brings one back that was given before.
const GIVEN_SINCE: &str =
    "IN (SELECT number FROM journal WHERE number > ?3 AND action <> 'undo' AND undone_by IS NULL)";

impl Reader {
    /// Whose work of which article was approved after a transaction changed it, where that stands. What an approval
    /// was given for is not taken away under it.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn approved_since(&self, id: TransactionId) -> StoreResult<Option<(ArticleId, Annotator)>> {
        let mut touched = self.connection.prepare_cached(
            "SELECT DISTINCT e.article, e.annotator FROM edit e JOIN layer l USING (article, annotator) \
             WHERE e.number = ?1 AND l.review = ?2 ORDER BY e.article, e.annotator",
        )?;
        let mut rows = touched.query((id.get(), Verdict::Approved.name()))?;
        while let Some(row) = rows.next()? {
            let (article, annotator): (i64, i64) = (row.get(0)?, row.get(1)?);
            let is_judged = |edit: &LayerEdit| matches!(edit, LayerEdit::Review(_));
            let is_approval = |edit: &LayerEdit| matches!(edit, LayerEdit::Review(change) if change.after == Some(Verdict::Approved));
            if self.has_edit(id, (article, annotator), "= ?3", LayerEdit::is_work)?
                && !self.has_edit(id, (article, annotator), "= ?3", is_judged)?
                && self.has_edit(id, (article, annotator), GIVEN_SINCE, is_approval)?
            {
                let article = id_at(&self.connection, Position::new(article))?;
                let annotator = annotator_at(&self.connection, AnnotatorNumber(annotator))?;
                return Ok(article.map(|article| (article, annotator)));
            }
        }
        Ok(None)
    }

    /// The edits of a layer behind a transaction, oldest first, each with the transaction that made it.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn edits_since(
        &self,
        article: &ArticleId,
        annotator: &Annotator,
        since: TransactionId,
    ) -> StoreResult<Vec<(TransactionId, LayerEdit)>> {
        let Some(key) = layer_of(&self.connection, article, annotator)? else {
            return Ok(Vec::new());
        };
        let (article, annotator) = key.columns();
        let mut statement = self.connection.prepare_cached(
            "SELECT number, body FROM edit WHERE article = ?1 AND annotator = ?2 AND number > ?3 \
             ORDER BY number, place",
        )?;
        let mut rows = statement.query((article, annotator, since.get()))?;
        let mut edits = Vec::new();
        while let Some(row) = rows.next()? {
            let id = TransactionId::new(row.get(0)?);
            let edit = layer_edit_from_row(text(row, 1)?)
                .map_err(|error| StoreError::unreadable(&format!("an edit of transaction {id}"), error))?;
            edits.push((id, edit));
        }
        Ok(edits)
    }

    /// Whether such transactions, as seen from one, hold such an edit of a layer.
    fn has_edit(
        &self,
        id: TransactionId,
        layer: (i64, i64),
        which: &str,
        is_it: impl Fn(&LayerEdit) -> bool,
    ) -> StoreResult<bool> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT body FROM edit WHERE article = ?1 AND annotator = ?2 AND number {which}"
        ))?;
        let mut rows = statement.query((layer.0, layer.1, id.get()))?;
        while let Some(row) = rows.next()? {
            let edit = layer_edit_from_row(text(row, 0)?)
                .map_err(|error| StoreError::unreadable(&format!("an edit about transaction {id}"), error))?;
            if is_it(&edit) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
