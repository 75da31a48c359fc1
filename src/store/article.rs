//! Articles in rows: where they stand, what is known about them, and their texts, each checked when it is read.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow};

use crate::model::{Article, ArticleId, Header, Sha256};
use crate::text::Text;

use super::error::{ErrorCode, StoreError, StoreResult};
use super::fold;
use super::read::Reader;
use super::rows_edit::{extra_row, read_extra};

/// Where an article stands in its project: imports in order, articles of one import in order. It never changes
/// and never names another article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(i64);

/// Bits that number the articles of one batch.
const BATCH_SHIFT: u32 = 32;

impl Position {
    /// A position that was kept by its number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number, as it is stored.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The place of an article in a batch, from 0.
    pub(super) const fn in_batch(batch: i64, place: i64) -> Self {
        Self((batch << BATCH_SHIFT) | place)
    }

    /// The batch that the article came with.
    pub(super) const fn batch(self) -> i64 {
        self.0 >> BATCH_SHIFT
    }

    /// The place among the articles of its batch, from 0.
    pub(super) const fn in_its_batch(self) -> i64 {
        self.0 - (self.batch() << BATCH_SHIFT)
    }

    /// Where the articles of a batch begin, and where those of the next do.
    pub(super) const fn bounds(batch: i64) -> (Self, Self) {
        (
            Self::in_batch(batch, 0),
            Self::in_batch(batch.saturating_add(1), 0),
        )
    }
}

/// An article as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The article, its text checked against its digest.
    pub article: Article,
    /// Where it stands.
    pub position: Position,
}

/// The condition on a column of positions that its article is to be seen.
macro_rules! shown {
    ($column:literal) => {
        concat!(
            "(",
            $column,
            " >> 32) IN (SELECT number FROM batch WHERE state = 'shown')"
        )
    };
}
pub(super) use shown;

impl Reader {
    /// The article of that id with its text.
    ///
    /// # Errors
    /// [`ErrorCode::TextDamaged`] where the text is not what was imported.
    pub fn article(&self, id: &ArticleId) -> StoreResult<Option<StoredArticle>> {
        match position_of(&self.connection, id)? {
            None => Ok(None),
            Some(position) => self.article_at(position),
        }
    }

    /// The article at that position, to be seen or not.
    pub(super) fn article_at(&self, position: Position) -> StoreResult<Option<StoredArticle>> {
        let article = self
            .connection
            .prepare_cached(
                "SELECT a.id, a.title, a.lang, a.sha256, b.meta, b.extra, b.text, a.position \
                 FROM article a JOIN body b USING (position) WHERE a.position = ?1",
            )?
            .query_row([position.get()], |row| Ok(read_article(row)))
            .optional()?;
        article.transpose()
    }

    /// What is known about an article beside its text.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn header(&self, id: &ArticleId) -> StoreResult<Option<Header>> {
        match position_of(&self.connection, id)? {
            None => Ok(None),
            Some(position) => header_at(&self.connection, position),
        }
    }

    /// Where the article of that id stands; none where there is no such article to be seen.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn position(&self, id: &ArticleId) -> StoreResult<Option<Position>> {
        position_of(&self.connection, id)
    }

    /// The article with exactly this text, the first where there are several.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn article_of_text(&self, sha256: &Sha256) -> StoreResult<Option<ArticleId>> {
        let id: Option<String> = self
            .connection
            .prepare_cached(concat!(
                "SELECT id FROM article WHERE sha256 = ?1 AND ",
                shown!("position"),
                " ORDER BY position LIMIT 1"
            ))?
            .query_row([sha256.0.as_slice()], |row| row.get(0))
            .optional()?;
        id.map(|id| read_article_id(&id)).transpose()
    }
}

/// Where the article of that id stands, among those to be seen.
pub(super) fn position_of(connection: &Connection, id: &ArticleId) -> StoreResult<Option<Position>> {
    Ok(connection
        .prepare_cached(concat!(
            "SELECT position FROM article WHERE id = ?1 AND ",
            shown!("position"),
            " LIMIT 1"
        ))?
        .query_row([id.as_str()], |row| row.get(0).map(Position))
        .optional()?)
}

/// The same for a change, which needs the article to be there.
pub(super) fn position_for_change(connection: &Connection, id: &ArticleId) -> StoreResult<Position> {
    position_of(connection, id)?
        .ok_or_else(|| StoreError::conflict(format!("article {id}"), format!("there is no article {id}")))
}

/// The id of the article at a position, to be seen or not.
pub(super) fn id_at(connection: &Connection, position: Position) -> StoreResult<Option<ArticleId>> {
    let id: Option<String> = connection
        .prepare_cached("SELECT id FROM article WHERE position = ?1")?
        .query_row([position.get()], |row| row.get(0))
        .optional()?;
    id.map(|id| read_article_id(&id)).transpose()
}

/// The id of the article at a position that something names.
pub(super) fn article_at(connection: &Connection, position: Position) -> StoreResult<ArticleId> {
    id_at(connection, position)?.ok_or_else(|| StoreError::unreadable("an article", "its row is missing"))
}

pub(super) fn read_article_id(id: &str) -> StoreResult<ArticleId> {
    ArticleId::new(id).map_err(|error| StoreError::unreadable("an article's id", error))
}

pub(super) fn header_at(connection: &Connection, position: Position) -> StoreResult<Option<Header>> {
    let header = connection
        .prepare_cached(
            "SELECT a.title, a.lang, b.meta, b.extra FROM article a JOIN body b USING (position) \
             WHERE a.position = ?1",
        )?
        .query_row([position.get()], |row| {
            let (meta, extra): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok((row.get(0)?, row.get(1)?, meta, extra))
        })
        .optional()?;
    header
        .map(|(title, lang, meta, extra)| build_header(title, lang, meta.as_deref(), extra.as_deref()))
        .transpose()
}

fn build_header(
    title: Option<String>,
    lang: Option<String>,
    meta: Option<&str>,
    extra: Option<&str>,
) -> StoreResult<Header> {
    let read = |row| read_extra(row).map_err(|error| StoreError::unreadable("an article's metadata", error));
    Ok(Header {
        title,
        lang,
        meta: read(meta)?,
        extra: read(extra)?,
    })
}

/// Reads `id, title, lang, sha256, meta, extra, text, position`, and checks the text.
pub(super) fn read_article(row: &SqlRow<'_>) -> StoreResult<StoredArticle> {
    let id: String = row.get(0)?;
    let id = read_article_id(&id)?;
    let stored = row.get_ref(3)?.as_blob().unwrap_or_default();
    let damaged = || {
        StoreError::new(
            ErrorCode::TextDamaged,
            format!("the text of article {id} is not what was imported; the disk or the file is damaged"),
        )
    };
    let text = row.get_ref(6)?.as_str().map_err(|_not_utf8| damaged())?;
    let sha256 = Sha256::of(text);
    if sha256.0.as_slice() != stored {
        return Err(damaged());
    }
    let optional = |column: usize| -> StoreResult<Option<&str>> {
        row.get_ref(column)?
            .as_str_or_null()
            .map_err(|error| StoreError::unreadable("an article's metadata", error))
    };
    let header = build_header(row.get(1)?, row.get(2)?, optional(4)?, optional(5)?)?;
    let text = Text::new(text);
    Ok(StoredArticle {
        position: Position(row.get(7)?),
        article: Article {
            id,
            header,
            text,
            sha256,
        },
    })
}

/// Writes a new article's rows.
pub(super) fn insert(connection: &Connection, position: Position, article: &Article) -> StoreResult<()> {
    let (meta, extra) = header_rows(&article.header)?;
    let text = article.text.as_str();
    let title = article.header.title.as_deref();
    connection
        .prepare_cached(
            "INSERT INTO article (position, id, title, lang, folded, chars, bytes, sha256) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((
            position.get(),
            article.id.as_str(),
            title,
            article.header.lang.as_deref(),
            fold::haystack(article.id.as_str(), title),
            i64::try_from(article.text.char_len()).unwrap_or(i64::MAX),
            i64::try_from(text.len()).unwrap_or(i64::MAX),
            article.sha256.0.as_slice(),
        ))?;
    connection
        .prepare_cached("INSERT INTO body (position, meta, extra, text) VALUES (?1, ?2, ?3, ?4)")?
        .execute((position.get(), meta, extra, text))?;
    Ok(())
}

/// Writes what is known about an article beside its text.
pub(super) fn set_header(
    connection: &Connection,
    position: Position,
    id: &ArticleId,
    header: &Header,
) -> StoreResult<()> {
    let (meta, extra) = header_rows(header)?;
    let title = header.title.as_deref();
    connection
        .prepare_cached("UPDATE article SET title = ?2, lang = ?3, folded = ?4 WHERE position = ?1")?
        .execute((
            position.get(),
            title,
            header.lang.as_deref(),
            fold::haystack(id.as_str(), title),
        ))?;
    connection
        .prepare_cached("UPDATE body SET meta = ?2, extra = ?3 WHERE position = ?1")?
        .execute((position.get(), meta, extra))?;
    Ok(())
}

fn header_rows(header: &Header) -> StoreResult<(Option<String>, Option<String>)> {
    let row = |extra| {
        extra_row(extra).map_err(|error| StoreError::new(ErrorCode::Invalid, format!("metadata: {error}")))
    };
    Ok((row(&header.meta)?, row(&header.extra)?))
}
