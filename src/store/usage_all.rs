//! How much of the work uses each part of the codebook, counted in one walk over all annotations; and how often the
//! codebook was changed. Knows nothing of what the counts are for.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::model::{
    AttributeId, CodebookKey, CodebookPart, EventTypeId, LabelId, RelationTypeId, RoleId, Sha256,
};

use super::article::shown;
use super::codebook;
use super::error::{StoreError, StoreResult};
use super::kept::Kept;
use super::layer::{kind, text};
use super::read::Reader;
use super::usage::{Uses, choices_of};

/// Which codebook a project has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodebookVersion {
    /// One more than the transactions of the journal that changed it.
    pub number: u64,
    /// A digest of all that it says.
    pub digest: Sha256,
}

/// The count of a part, and the last article that was counted.
type Counts = BTreeMap<CodebookPart, (Uses, i64)>;

impl Reader {
    /// How much of the work, of all annotators, uses each part that is in use.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn all_uses(&self) -> StoreResult<BTreeMap<CodebookPart, Uses>> {
        let mut statement = self.connection.prepare(concat!(
            "SELECT article, 'span', label, body FROM span WHERE ",
            shown!("article"),
            " UNION ALL SELECT article, kind, type, body FROM item WHERE kind NOT IN ('note', 'dismissal') AND ",
            shown!("article"),
            " ORDER BY article"
        ))?;
        let mut rows = statement.query([])?;
        let mut counts = Counts::new();
        while let Some(row) = rows.next()? {
            let body: Kept = serde_json::from_str(text(row, 3)?)
                .map_err(|error| StoreError::unreadable("an annotation", error))?;
            for part in parts(text(row, 1)?, text(row, 2)?, &body.0) {
                let article: i64 = row.get(0)?;
                let (uses, last) = counts.entry(part).or_insert((Uses::default(), -1));
                uses.annotations += 1;
                uses.articles += u64::from(*last != article);
                *last = article;
            }
        }
        Ok(counts.into_iter().map(|(part, (uses, _))| (part, uses)).collect())
    }

    /// Which codebook the project has now.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn codebook_version(&self) -> StoreResult<CodebookVersion> {
        let changes: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(DISTINCT number) FROM edit WHERE article IS NULL AND body LIKE '{\"codebook\"%'",
            )?
            .query_row([], |row| row.get(0))?;
        Ok(CodebookVersion {
            number: 1 + changes.unsigned_abs(),
            digest: codebook::digest(&codebook::read(&self.connection)?)?,
        })
    }
}

/// The parts that one annotation uses, each once.
fn parts(row_kind: &str, item_type: &str, body: &Json) -> Vec<CodebookPart> {
    let mut parts = Vec::new();
    match row_kind {
        "span" => parts.extend(LabelId::new(item_type).map(|id| CodebookPart::Entry(CodebookKey::Label(id)))),
        kind::RELATION => parts.extend(
            RelationTypeId::new(item_type).map(|id| CodebookPart::Entry(CodebookKey::RelationType(id))),
        ),
        kind::EVENT => {
            if let Ok(id) = EventTypeId::new(item_type) {
                let filled = body.get("roles").and_then(Json::as_array).into_iter().flatten();
                let roles = filled.filter_map(|one| RoleId::new(one.get("role")?.as_str()?).ok());
                parts.extend(roles.map(|role| CodebookPart::Role(id.clone(), role)));
                parts.push(CodebookPart::Entry(CodebookKey::EventType(id)));
            }
        }
        kind::LABEL => {
            if let Ok(id) = AttributeId::new(item_type) {
                parts.push(CodebookPart::Entry(CodebookKey::ArticleLabel(id.clone())));
                add_value(&id, body, &mut parts);
            }
        }
        _ => {}
    }
    let values = body.get("attributes").and_then(Json::as_object);
    for (id, value) in values.into_iter().flatten() {
        if let Ok(id) = AttributeId::new(id) {
            add_value(&id, value, &mut parts);
        }
    }
    parts.sort();
    parts.dedup();
    parts
}

fn add_value(id: &AttributeId, value: &Json, parts: &mut Vec<CodebookPart>) {
    parts.push(CodebookPart::Entry(CodebookKey::Attribute(id.clone())));
    let choices = choices_of(value).into_iter();
    parts.extend(choices.map(|choice| CodebookPart::Choice(id.clone(), choice.to_owned())));
}
