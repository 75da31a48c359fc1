//! Entities that the project's annotations name already, for a field that completes them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::model::{AttributeId, EntityRef, Value};

use super::article::shown;
use super::error::{StoreError, StoreResult};
use super::kept::Kept;
use super::read::Reader;

/// An entity with how often it is named.
#[derive(Clone, Debug, PartialEq)]
pub struct UsedEntity {
    /// Its id and name.
    pub entity: EntityRef,
    /// By how many annotations, among those that were looked at.
    pub count: u64,
}

impl Reader {
    /// The entities that are values of these attributes, the one that is named most often first. Looks at that many
    /// annotations of each kind at most, the newest articles first, so that a large project does not keep a typing
    /// analyst waiting.
    ///
    /// # Errors
    /// Whatever the disk reports, and an annotation that cannot be read.
    pub fn used_entities(&self, attributes: &[AttributeId], most: u32) -> StoreResult<Vec<UsedEntity>> {
        let mut used: BTreeMap<(String, Option<String>), UsedEntity> = BTreeMap::new();
        for attribute in attributes {
            for sql in [SPANS, ITEMS, LABELS] {
                count_in(&self.connection, sql, attribute, most, &mut used)?;
            }
        }
        let mut used: Vec<UsedEntity> = used.into_values().collect();
        used.sort_by(|one, other| {
            let by_count = other.count.cmp(&one.count);
            by_count.then_with(|| one.entity.id.cmp(&other.entity.id))
        });
        Ok(used)
    }
}

const SPANS: &str = concat!(
    "SELECT body FROM span WHERE instr(body, ?1) AND ",
    shown!("article"),
    " ORDER BY article DESC LIMIT ?2"
);
const ITEMS: &str = concat!(
    "SELECT body FROM item WHERE kind IN ('relation', 'event') AND instr(body, ?1) AND ",
    shown!("article"),
    " ORDER BY article DESC LIMIT ?2"
);
/// Article-level labels, whose body is the value itself.
const LABELS: &str = concat!(
    "SELECT body FROM item WHERE kind = 'label' AND type = json_extract(?1, '$') AND ",
    shown!("article"),
    " ORDER BY article DESC LIMIT ?2"
);

fn count_in(
    connection: &Connection,
    sql: &str,
    attribute: &AttributeId,
    most: u32,
    used: &mut BTreeMap<(String, Option<String>), UsedEntity>,
) -> StoreResult<()> {
    let quoted = serde_json::Value::String(attribute.to_string()).to_string();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((quoted, most))?;
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        let body: Kept =
            serde_json::from_str(&body).map_err(|error| StoreError::unreadable("an annotation", error))?;
        let of_attribute = body
            .0
            .get("attributes")
            .and_then(|attributes| attributes.get(attribute.as_str()));
        let Ok(Value::Entity(entity)) = Value::from_json(of_attribute.unwrap_or(&body.0)) else {
            continue;
        };
        let key = (entity.id.clone(), entity.name.clone());
        let entry = used.entry(key).or_insert(UsedEntity { entity, count: 0 });
        entry.count += 1;
    }
    Ok(())
}
