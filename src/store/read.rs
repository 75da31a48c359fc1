//! Reading a project as a whole: its state, its languages, and all of it in order for an export.

use std::ops::ControlFlow;

use rusqlite::{Connection, Transaction};

use crate::model::{Annotator, Layer, TransactionId};

use super::article::{Position, StoredArticle, read_article, shown};
use super::error::{StoreError, StoreResult};
use super::held::{Held, LogUse};
use super::layer::{AnnotatorNumber, LayerKey, LayerRow, annotator_at, annotator_number, fill_layer};
use super::schema;

/// A connection to a project through which everything can be read. A [`Store`](super::Store) is one, and a
/// [`Writer`](super::Writer) sees through it what it has just written.
pub struct Reader {
    // In the order in which they go.
    pub(super) _log: Option<LogUse>,
    pub(super) connection: Connection,
    pub(super) held: Held,
}

/// What an export takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportQuery {
    /// Only this annotator's layers, and only articles that have one.
    pub annotator: Option<Annotator>,
}

impl Reader {
    /// Whether annotators have at least that many layers, of all articles together.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn has_layers(&self, many: u64) -> StoreResult<bool> {
        let before = i64::try_from(many).unwrap_or(i64::MAX).saturating_sub(1).max(0);
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM layer LIMIT 1 OFFSET ?1)")?
            .query_row([before], |row| row.get(0))?)
    }

    /// The number of the newest transaction; 0 before the first. It grows with every commit.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn revision(&self) -> StoreResult<i64> {
        Ok(self
            .connection
            .prepare_cached("SELECT coalesce(max(number), 0) FROM journal")?
            .query_row([], |row| row.get(0))?)
    }

    /// The newest transaction.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn newest(&self) -> StoreResult<Option<TransactionId>> {
        let revision = self.revision()?;
        Ok((revision > 0).then(|| TransactionId::new(revision)))
    }

    /// A number that changes when another connection has committed; cheap enough to poll.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn data_version(&self) -> StoreResult<i64> {
        Ok(self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// How many pages the file has.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn page_count(&self) -> StoreResult<i64> {
        Ok(self
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))?)
    }

    /// Lets the file grow to this many pages and no further, through this connection: a disk that is full, for
    /// tests and quotas. Never less than the file has.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn limit_pages(&self, pages: i64) -> StoreResult<()> {
        Ok(self
            .connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
    }

    /// The project's own id.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn project_id(&self) -> StoreResult<String> {
        schema::fact(&self.connection, "id")?
            .ok_or_else(|| StoreError::unreadable("the project", "its id is missing"))
    }

    /// Languages of the articles with how many articles each has; none for those whose language is not known.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn languages(&self) -> StoreResult<Vec<(Option<String>, u64)>> {
        // Every opening asks for it. To ask of each article whether its batch is shown takes twice as long as to
        // count all of them and to take off those of the batches that are not, which are few.
        let mut statement = self.connection.prepare_cached(
            "SELECT lang, sum(articles) FROM (\
                 SELECT lang, count(*) AS articles FROM article GROUP BY lang \
                 UNION ALL \
                 SELECT a.lang, -count(*) FROM batch b CROSS JOIN article a \
                     ON a.position BETWEEN b.number << 32 AND ((b.number + 1) << 32) - 1 \
                     WHERE b.state <> 'shown' GROUP BY a.lang\
             ) GROUP BY lang HAVING sum(articles) > 0 ORDER BY lang",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| {
            row.map(|(lang, count)| (lang, count.unsigned_abs()))
                .map_err(StoreError::from)
        })
        .collect()
    }

    /// Shows every article that a query takes, in order, with its layers in the order of annotators' names: one
    /// moment of the project, whoever writes meanwhile. Stops where `visit` breaks.
    ///
    /// # Errors
    /// [`ErrorCode::TextDamaged`](super::ErrorCode::TextDamaged) and
    /// [`ErrorCode::Damaged`](super::ErrorCode::Damaged) at the first article that is not what was written.
    pub fn each_article(
        &self,
        query: &ExportQuery,
        visit: &mut dyn FnMut(StoredArticle, Vec<(Annotator, Layer)>) -> ControlFlow<()>,
    ) -> StoreResult<()> {
        let moment = self.moment()?;
        let chosen = match &query.annotator {
            None => None,
            Some(name) => match annotator_number(&self.connection, name)? {
                None => return Ok(()),
                number => number,
            },
        };
        let mut layers = LayerCursor::new(&self.connection)?;
        let mut statement = self.connection.prepare(concat!(
            "SELECT a.id, a.title, a.lang, a.sha256, b.meta, b.extra, b.text, a.position \
             FROM article a JOIN body b USING (position) WHERE ",
            shown!("a.position"),
            " ORDER BY a.position"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let position = Position::new(row.get(7)?);
            let found = layers.of(position)?;
            let taken: Vec<&(AnnotatorNumber, LayerRow)> = found
                .iter()
                .filter(|(annotator, _)| chosen.is_none_or(|chosen| chosen == *annotator))
                .collect();
            let is_unmarked = found.is_empty() && chosen.is_none();
            if taken.is_empty() && !is_unmarked {
                continue;
            }
            let mut named = Vec::with_capacity(taken.len());
            for (annotator, row) in taken {
                let key = LayerKey {
                    article: position,
                    annotator: *annotator,
                };
                let layer = fill_layer(&self.connection, key, row.clone())?;
                named.push((annotator_at(&self.connection, *annotator)?, layer));
            }
            named.sort_by(|(one, _), (other, _)| one.cmp(other));
            if visit(read_article(row)?, named).is_break() {
                break;
            }
        }
        drop(moment);
        Ok(())
    }

    /// A read transaction, so that what is read belongs together; none inside a writer, which has one.
    pub(super) fn moment(&self) -> StoreResult<Option<Transaction<'_>>> {
        if self.connection.is_autocommit() {
            Ok(Some(self.connection.unchecked_transaction()?))
        } else {
            Ok(None)
        }
    }
}

/// The layers' rows in the order of articles, read along with the articles.
struct LayerCursor<'a> {
    connection: &'a Connection,
    /// Rows read ahead, in order.
    ahead: std::collections::VecDeque<(LayerKey, LayerRow)>,
    /// The last row read.
    last: (i64, i64),
    is_done: bool,
}

/// Rows read at once.
const READ_AHEAD: u32 = 1000;

impl<'a> LayerCursor<'a> {
    fn new(connection: &'a Connection) -> StoreResult<Self> {
        let mut cursor = Self {
            connection,
            ahead: std::collections::VecDeque::new(),
            last: (i64::MIN, i64::MIN),
            is_done: false,
        };
        cursor.read_ahead()?;
        Ok(cursor)
    }

    /// The layers of an article; articles are asked for in order.
    fn of(&mut self, article: Position) -> StoreResult<Vec<(AnnotatorNumber, LayerRow)>> {
        let mut found = Vec::new();
        loop {
            while let Some((key, row)) = self.ahead.pop_front_if(|(key, _)| key.article <= article) {
                if key.article == article {
                    found.push((key.annotator, row));
                }
            }
            if self.is_done || !self.ahead.is_empty() {
                return Ok(found);
            }
            self.read_ahead()?;
        }
    }

    fn read_ahead(&mut self) -> StoreResult<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT article, annotator, status, review, spans, items, extra, flagged FROM layer \
             WHERE (article, annotator) > (?1, ?2) ORDER BY article, annotator LIMIT ?3",
        )?;
        let mut rows = statement.query((self.last.0, self.last.1, READ_AHEAD))?;
        let mut count: u32 = 0;
        while let Some(row) = rows.next()? {
            self.last = (row.get(0)?, row.get(1)?);
            let key = LayerKey {
                article: Position::new(self.last.0),
                annotator: AnnotatorNumber(self.last.1),
            };
            let own = LayerRow::from_columns(row, 2)?;
            self.ahead.push_back((key, own));
            count += 1;
        }
        self.is_done = count < READ_AHEAD;
        Ok(())
    }
}
