//! Who uses an entry of the codebook: an entry that is used cannot be taken away.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value as Json;

use crate::model::{ArticleId, AttributeId, CodebookKey};

use super::article::{Position, id_at, shown};
use super::error::{StoreError, StoreResult};
use super::layer::{kind, text};

/// An article, of those to be seen, in which the entry is used.
pub(super) fn user_of(connection: &Connection, key: &CodebookKey) -> StoreResult<Option<ArticleId>> {
    let found = match key {
        CodebookKey::Label(id) => connection
            .prepare_cached(concat!(
                "SELECT article FROM span WHERE label = ?1 AND ",
                shown!("article"),
                " LIMIT 1"
            ))?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?,
        CodebookKey::RelationType(id) => item_of_type(connection, kind::RELATION, id.as_str())?,
        CodebookKey::EventType(id) => item_of_type(connection, kind::EVENT, id.as_str())?,
        CodebookKey::ArticleLabel(id) => item_of_type(connection, kind::LABEL, id.as_str())?,
        CodebookKey::Attribute(id) => match item_of_type(connection, kind::LABEL, id.as_str())? {
            None => row_with_attribute(connection, id)?,
            found => found,
        },
    };
    found.map_or(Ok(None), |position| id_at(connection, Position::new(position)))
}

fn item_of_type(connection: &Connection, kind: &str, item_type: &str) -> StoreResult<Option<i64>> {
    Ok(connection
        .prepare_cached(concat!(
            "SELECT article FROM item WHERE kind = ?1 AND type = ?2 AND ",
            shown!("article"),
            " LIMIT 1"
        ))?
        .query_row([kind, item_type], |row| row.get(0))
        .optional()?)
}

/// Looks through the annotations: attributes have no index, because only taking one away asks.
fn row_with_attribute(connection: &Connection, id: &AttributeId) -> StoreResult<Option<i64>> {
    let quoted = Json::String(id.to_string()).to_string();
    let mut statement = connection.prepare_cached(concat!(
        "SELECT article, body FROM span WHERE instr(body, ?1) AND ",
        shown!("article"),
        " UNION ALL SELECT article, body FROM item WHERE instr(body, ?1) AND ",
        shown!("article")
    ))?;
    let mut rows = statement.query([quoted])?;
    while let Some(row) = rows.next()? {
        let body: Json = serde_json::from_str(text(row, 1)?)
            .map_err(|error| StoreError::unreadable("an annotation", error))?;
        let uses = |attributes: &Json| attributes.get(id.as_str()).is_some();
        if body.get("attributes").is_some_and(uses) {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}
