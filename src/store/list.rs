//! The list of articles, a page at a time. Looks at columns only, never at texts or at what an annotation says.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::model::{Annotator, ArticleId, LabelId, Status, Verdict};

use super::article::{Position, read_article_id, shown};
use super::error::{StoreError, StoreResult};
use super::fold;
use super::layer::{AnnotatorNumber, annotator_number};
use super::read::Reader;
use super::rows::named;

/// Characters from which on an id is found by its beginning.
const ID_BEGINNING: usize = 6;

/// Which articles a list shows, and whose work it shows on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Words that the title must hold, in any spelling, or how an id begins; all where empty.
    pub filter: String,
    /// Only articles on which the annotator's work is so far.
    pub status: Option<Status>,
    /// Only articles on which the annotator's work was reviewed so.
    pub review: Option<ReviewFilter>,
    /// Only articles that the annotator's layer flags.
    pub flagged: bool,
    /// Only articles with an open note on the annotator's layer.
    pub open_notes: bool,
    /// Only articles of this language.
    pub lang: Option<String>,
    /// Only articles in which the annotator used this label.
    pub label: Option<LabelId>,
    /// Whose status and spans are shown.
    pub annotator: Annotator,
}

impl ListQuery {
    /// All articles as one annotator sees them.
    pub fn all(annotator: Annotator) -> Self {
        Self {
            filter: String::new(),
            status: None,
            review: None,
            flagged: false,
            open_notes: false,
            lang: None,
            label: None,
            annotator,
        }
    }

    fn is_narrowed(&self) -> bool {
        self.is_narrowed_beside_status() || self.status.is_some()
    }

    fn is_narrowed_beside_status(&self) -> bool {
        let of_review = self.review.is_some() || self.flagged || self.open_notes;
        of_review || !self.filter.is_empty() || self.lang.is_some() || self.label.is_some()
    }
}

/// How the work on an article was reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewFilter {
    /// There is no verdict.
    Unreviewed,
    /// It has this verdict.
    Given(Verdict),
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// The article.
    pub id: ArticleId,
    /// Where it stands in the project.
    pub position: Position,
    /// Its headline.
    pub title: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// How far the annotator's work is.
    pub status: Status,
    /// The verdict on the annotator's work.
    pub review: Option<Verdict>,
    /// Whether the annotator's layer flags it.
    pub flagged: bool,
    /// How many notes on the annotator's layer are open.
    pub open_notes: u64,
    /// How many spans the annotator made.
    pub spans: u64,
    /// Length of the text in code points.
    pub chars: u64,
}

/// Which way from an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// The one after it in the list.
    Next,
    /// The one before it in the list.
    Previous,
    /// The next one, whatever status the query names, that is todo or in progress; from the end on from the start.
    NextUnfinished,
}

impl Reader {
    /// The lines of the list from `offset` on, `limit` at most.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn list(&self, query: &ListQuery, offset: u64, limit: u64) -> StoreResult<Vec<ListRow>> {
        let annotator = self.number_of(&query.annotator)?;
        let mut positions = Condition::new(query, annotator);
        let mut skipped = offset;
        if !query.is_narrowed() {
            match self.position_at(offset)? {
                None => return Ok(Vec::new()),
                Some(position) => positions.and("a.position >= ?", position.get()),
            }
            skipped = 0;
        }
        let sql = format!(
            "SELECT a.id, a.position, a.title, a.lang, l.status, l.review, coalesce(l.spans, 0), a.chars, \
             coalesce(l.flagged, 0), CASE WHEN l.items > 0 THEN (SELECT count(*) FROM item i \
             WHERE i.article = l.article AND i.annotator = l.annotator AND i.kind = 'note' AND i.type = 'open') \
             ELSE 0 END \
             FROM ({} ORDER BY a.position LIMIT ? OFFSET ?) p CROSS JOIN article a ON a.position = p.position \
             LEFT JOIN layer l ON l.article = a.position AND l.annotator = ? ORDER BY a.position",
            positions.sql
        );
        let page = [limit, skipped].map(|number| Sql::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
        positions.parameters.extend(page);
        positions.parameters.push(Sql::Integer(annotator.0));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(positions.parameters))?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(read_row(row)?);
        }
        Ok(list)
    }

    /// How many lines the list has.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn count(&self, query: &ListQuery) -> StoreResult<u64> {
        if !query.is_narrowed_beside_status() {
            let progress = self.progress(&query.annotator)?;
            return Ok(match query.status {
                None => progress.total,
                Some(Status::Todo) => progress.todo,
                Some(Status::InProgress) => progress.in_progress,
                Some(Status::Done) => progress.done,
                Some(Status::Skipped) => progress.skipped,
            });
        }
        let condition = Condition::new(query, self.number_of(&query.annotator)?);
        self.count_where(&condition)
    }

    /// Which line of the list an article is, from 0; none where the list does not show it.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn line_of(&self, article: &ArticleId, query: &ListQuery) -> StoreResult<Option<u64>> {
        let Some(position) = self.position(article)? else {
            return Ok(None);
        };
        let annotator = self.number_of(&query.annotator)?;
        let mut itself = Condition::new(query, annotator);
        itself.and("a.position = ?", position.get());
        if self.count_where(&itself)? == 0 {
            return Ok(None);
        }
        if !query.is_narrowed() {
            return self.place_of(position).map(Some);
        }
        let mut before = Condition::new(query, annotator);
        before.and("a.position < ?", position.get());
        self.count_where(&before).map(Some)
    }

    /// The article next to one in the list; the one asked from need not be in it.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn neighbour(
        &self,
        article: &ArticleId,
        query: &ListQuery,
        which: Neighbour,
    ) -> StoreResult<Option<ArticleId>> {
        let Some(position) = self.position(article)? else {
            return Ok(None);
        };
        let annotator = self.number_of(&query.annotator)?;
        let find = |condition: &Condition, compare: &str, order: &str| {
            let mut condition = condition.clone();
            condition.and(compare, position.get());
            self.first(&condition, order)
        };
        match which {
            Neighbour::Next => find(&Condition::new(query, annotator), "a.position > ?", ""),
            Neighbour::Previous => find(&Condition::new(query, annotator), "a.position < ?", " DESC"),
            Neighbour::NextUnfinished => {
                let anywhere = ListQuery {
                    status: None,
                    ..query.clone()
                };
                let mut open = Condition::new(&anywhere, annotator);
                open.and(
                    "NOT EXISTS (SELECT 1 FROM layer l WHERE l.article = a.position AND l.annotator = ? \
                     AND l.status IN ('done', 'skipped'))",
                    annotator.0,
                );
                match find(&open, "a.position > ?", "")? {
                    None => find(&open, "a.position < ?", ""),
                    found => Ok(found),
                }
            }
        }
    }

    /// An annotator's number; one that nobody has for a name that is not in the project.
    pub(super) fn number_of(&self, annotator: &Annotator) -> StoreResult<AnnotatorNumber> {
        Ok(annotator_number(&self.connection, annotator)?.unwrap_or(AnnotatorNumber(-1)))
    }

    /// The position of the article that is the `offset`th of all: articles of a batch are numbered without gaps, so
    /// this counts batches, not articles.
    fn position_at(&self, offset: u64) -> StoreResult<Option<Position>> {
        let mut left = i64::try_from(offset).unwrap_or(i64::MAX);
        for (batch, articles) in self.shown_batches()? {
            if left < articles {
                return Ok(Some(Position::in_batch(batch, left)));
            }
            left = left.saturating_sub(articles.max(0));
        }
        Ok(None)
    }

    /// How many articles stand before a position.
    fn place_of(&self, position: Position) -> StoreResult<u64> {
        let batches = self.shown_batches()?.into_iter();
        let before: i64 = batches
            .take_while(|(batch, _)| *batch < position.batch())
            .map(|(_, articles)| articles)
            .fold(0, i64::saturating_add);
        Ok(before.saturating_add(position.in_its_batch()).unsigned_abs())
    }

    fn shown_batches(&self) -> StoreResult<Vec<(i64, i64)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, articles FROM batch WHERE state = 'shown' ORDER BY number")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| row.map_err(StoreError::from)).collect()
    }

    fn count_where(&self, condition: &Condition) -> StoreResult<u64> {
        let sql = format!("SELECT count(*) FROM ({})", condition.sql);
        let count: i64 = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&condition.parameters), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    fn first(&self, condition: &Condition, order: &str) -> StoreResult<Option<ArticleId>> {
        let sql = format!(
            "SELECT id FROM article WHERE position = ({} ORDER BY a.position{order} LIMIT 1)",
            condition.sql
        );
        let id: Option<String> = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&condition.parameters), |row| row.get(0))
            .optional()?;
        id.map(|id| read_article_id(&id)).transpose()
    }
}

/// The positions of the articles that a query takes, as a statement.
#[derive(Clone)]
struct Condition {
    sql: String,
    parameters: Vec<Sql>,
}

impl Condition {
    fn new(query: &ListQuery, annotator: AnnotatorNumber) -> Self {
        let mut condition = Self {
            sql: concat!("SELECT a.position FROM article a WHERE ", shown!("a.position")).to_owned(),
            parameters: Vec::new(),
        };
        match query.status {
            None => {}
            Some(Status::Todo) => condition.and(
                "NOT EXISTS (SELECT 1 FROM layer l WHERE l.article = a.position AND l.annotator = ? \
                 AND l.status <> 'todo')",
                annotator.0,
            ),
            Some(status) => {
                condition.and(
                    "a.position IN (SELECT article FROM layer WHERE annotator = ? AND status = ?)",
                    annotator.0,
                );
                condition.parameters.push(Sql::Text(status.name().to_owned()));
            }
        }
        condition.of_review(query, annotator);
        if let Some(lang) = &query.lang {
            condition.and("a.lang = ?", lang.clone());
        }
        if let Some(label) = &query.label {
            condition.and(
                "a.position IN (SELECT article FROM span WHERE label = ? AND annotator = ?)",
                label.to_string(),
            );
            condition.parameters.push(Sql::Integer(annotator.0));
        }
        condition.of_filter(&fold::fold(&query.filter));
        condition
    }

    /// The title has all words, or the id is what was written or begins with it: an id is not seen in the list, so a few
    /// letters or digits somewhere in it are not what anyone looks for.
    fn of_filter(&mut self, filter: &str) {
        let filter = filter.trim();
        if filter.is_empty() {
            return;
        }
        let words: Vec<&str> = filter.split_whitespace().collect();
        let in_title = "instr(substr(a.folded, 1, instr(a.folded, char(10)) - 1), ?) > 0";
        let title = vec![in_title; words.len()].join(" AND ");
        let id = if filter.chars().count() >= ID_BEGINNING {
            "instr(a.folded, char(10) || ?) > 0"
        } else {
            "substr(a.folded, instr(a.folded, char(10)) + 1) = ?"
        };
        let values = words.into_iter().chain([filter]);
        let values: Vec<Sql> = values.map(|value| Sql::Text(value.to_owned())).collect();
        self.sql = format!("{} AND ({title} OR {id})", self.sql);
        self.parameters.extend(values);
    }

    fn of_review(&mut self, query: &ListQuery, annotator: AnnotatorNumber) {
        match query.review {
            None => {}
            Some(ReviewFilter::Unreviewed) => self.and(
                "NOT EXISTS (SELECT 1 FROM layer l WHERE l.article = a.position AND l.annotator = ? \
                 AND l.review IS NOT NULL)",
                annotator.0,
            ),
            Some(ReviewFilter::Given(verdict)) => {
                self.and(
                    "a.position IN (SELECT article FROM layer WHERE annotator = ? AND review = ?)",
                    annotator.0,
                );
                self.parameters.push(Sql::Text(verdict.name().to_owned()));
            }
        }
        if query.flagged {
            self.and(
                "a.position IN (SELECT article FROM layer WHERE annotator = ? AND flagged <> 0)",
                annotator.0,
            );
        }
        if query.open_notes {
            self.and(
                "a.position IN (SELECT article FROM item WHERE kind = 'note' AND type = 'open' AND annotator = ?)",
                annotator.0,
            );
        }
    }

    fn and(&mut self, sql: &str, parameter: impl Into<Sql>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.parameters.push(parameter.into());
    }
}

pub(super) fn read_status(name: Option<String>) -> StoreResult<Status> {
    name.map_or(Ok(Status::Todo), |name| {
        named(&name, Status::from_name).map_err(|error| StoreError::unreadable("a status", error))
    })
}

fn read_row(row: &rusqlite::Row<'_>) -> StoreResult<ListRow> {
    let id: String = row.get(0)?;
    let review: Option<String> = row.get(5)?;
    let review = review.map(|name| named(&name, Verdict::from_name)).transpose();
    Ok(ListRow {
        id: read_article_id(&id)?,
        position: Position::new(row.get(1)?),
        title: row.get(2)?,
        lang: row.get(3)?,
        status: read_status(row.get(4)?)?,
        review: review.map_err(|error| StoreError::unreadable("a verdict", error))?,
        spans: row.get::<_, i64>(6)?.unsigned_abs(),
        chars: row.get::<_, i64>(7)?.unsigned_abs(),
        flagged: row.get(8)?,
        open_notes: row.get::<_, i64>(9)?.unsigned_abs(),
    })
}
