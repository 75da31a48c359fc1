//! Who uses an entry of the codebook, or a part of one: what is used cannot be taken away.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::{Connection, ToSql};
use serde_json::Value as Json;

use crate::model::problem::names_part;
use crate::model::{
    ArticleId, Attribute, AttributeId, AttributeUse, CodebookItem, CodebookKey, CodebookPart as Part,
    ProblemKey, Value,
};

use super::article::{id_at, shown};
use super::error::{StoreError, StoreResult};
use super::kept::Kept;
use super::layer::{LayerKey, kind, layer_key, text};
use super::read::Reader;

/// How much of the work uses a part of the codebook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Annotations: spans, relations, events, or article-level labels.
    pub annotations: u64,
    /// Articles in which they are.
    pub articles: u64,
}

impl Reader {
    /// How much of the work, of all annotators, uses a part of the codebook.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn uses(&self, part: &Part) -> StoreResult<Uses> {
        let mut annotations = 0;
        let mut articles = BTreeSet::new();
        each_use(&self.connection, part, &mut |key| {
            annotations += 1;
            articles.insert(key.article.get());
            ControlFlow::Continue(())
        })?;
        Ok(Uses {
            annotations,
            articles: articles.len() as u64,
        })
    }

    /// An article that holds a value of an attribute which `fits` does not take.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn value_that_does_not_fit(
        &self,
        attribute: &AttributeId,
        fits: &dyn Fn(&Value) -> bool,
    ) -> StoreResult<Option<ArticleId>> {
        let mut found = None;
        let is_misfit = |json: &Json| Value::from_json(json).map_or(true, |value| !fits(&value));
        let in_body = |body: &Json| attribute_of(body, attribute).is_some_and(is_misfit);
        let mut stop = |key: LayerKey| {
            found = Some(key.article);
            ControlFlow::Break(())
        };
        let whole = &is_misfit as &dyn Fn(&Json) -> bool;
        if each_item(
            &self.connection,
            kind::LABEL,
            attribute.as_str(),
            &whole,
            &mut stop,
        )?
        .is_continue()
        {
            let _ended = each_with_attribute(&self.connection, attribute, &in_body, &mut stop)?;
        }
        found.map_or(Ok(None), |position| id_at(&self.connection, position))
    }
}

/// The layers, in order, that use a part, or hold a dismissed problem that may be about it: what lacks a value or a
/// filler names it nowhere else. Which it is, is for the layer itself to say.
pub(super) fn layers_with(connection: &Connection, part: &Part) -> StoreResult<BTreeSet<LayerKey>> {
    let mut layers = BTreeSet::new();
    each_use(connection, part, &mut |key| {
        layers.insert(key);
        ControlFlow::Continue(())
    })?;
    let mut statement = connection.prepare_cached(concat!(
        "SELECT article, annotator, id FROM item WHERE kind = ?1 AND ",
        shown!("article")
    ))?;
    let mut rows = statement.query([kind::DISMISSAL])?;
    while let Some(row) = rows.next()? {
        let problem = ProblemKey::new(text(row, 2)?);
        if problem.is_ok_and(|problem| names_part(&problem, part, None)) {
            layers.insert(layer_key(row)?);
        }
    }
    Ok(layers)
}

/// What an entry had and no longer has.
pub(super) fn lost_parts(before: &CodebookItem, after: Option<&CodebookItem>) -> Vec<Part> {
    use CodebookItem as Item;
    let key = before.key();
    let uses = |before: &[AttributeUse], after: &[AttributeUse]| -> Vec<Part> {
        let is_lost = |usage: &&AttributeUse| after.iter().all(|other| other.id != usage.id);
        let lost = before.iter().filter(is_lost);
        lost.map(|usage| Part::Use(key.clone(), usage.id.clone()))
            .collect()
    };
    match (before, after) {
        (_, None) => vec![Part::Entry(key)],
        (Item::Label(before), Some(Item::Label(after))) => uses(&before.attributes, &after.attributes),
        (Item::RelationType(before), Some(Item::RelationType(after))) => {
            uses(&before.attributes, &after.attributes)
        }
        (Item::EventType(before), Some(Item::EventType(after))) => {
            let is_lost = |role: &&crate::model::Role| after.roles.iter().all(|other| other.id != role.id);
            let roles = before.roles.iter().filter(is_lost);
            let roles = roles.map(|role| Part::Role(before.id.clone(), role.id.clone()));
            uses(&before.attributes, &after.attributes)
                .into_iter()
                .chain(roles)
                .collect()
        }
        (Item::Attribute(before), Some(Item::Attribute(after))) => lost_choices(before, after),
        _ => Vec::new(),
    }
}

fn lost_choices(before: &Attribute, after: &Attribute) -> Vec<Part> {
    let is_lost = |id: &String| after.choices.iter().all(|choice| choice.id != *id);
    let choices = before.choices.iter().map(|choice| &choice.id);
    choices
        .filter(|id| is_lost(id))
        .map(|id| Part::Choice(before.id.clone(), id.clone()))
        .collect()
}

/// An article, of those to be seen, in which the part is used.
pub(super) fn user_of(connection: &Connection, part: &Part) -> StoreResult<Option<ArticleId>> {
    let mut found = None;
    each_use(connection, part, &mut |key| {
        found = Some(key.article);
        ControlFlow::Break(())
    })?;
    found.map_or(Ok(None), |position| id_at(connection, position))
}

type Visit<'a> = dyn FnMut(LayerKey) -> ControlFlow<()> + 'a;
type Flow = StoreResult<ControlFlow<()>>;

/// Shows each annotation, of the articles to be seen, that uses a part.
fn each_use(connection: &Connection, part: &Part, visit: &mut Visit<'_>) -> StoreResult<()> {
    let _ended = match part {
        Part::Entry(key) => each_use_of_entry(connection, key, visit)?,
        Part::Use(owner, attribute) => {
            let uses = |body: &Json| attribute_of(body, attribute).is_some();
            let id = owner.id();
            match owner {
                CodebookKey::Label(_) => each_span(connection, id, &uses, visit)?,
                CodebookKey::RelationType(_) => each_item(connection, kind::RELATION, id, &uses, visit)?,
                _ => each_item(connection, kind::EVENT, id, &uses, visit)?,
            }
        }
        Part::Choice(attribute, choice) => {
            let uses = |body: &Json| attribute_of(body, attribute).is_some_and(|value| names(value, choice));
            let as_label = |body: &Json| names(body, choice);
            match each_item(connection, kind::LABEL, attribute.as_str(), &as_label, visit)? {
                ControlFlow::Continue(()) => each_with_attribute(connection, attribute, &uses, visit)?,
                ended @ ControlFlow::Break(()) => ended,
            }
        }
        Part::Role(event_type, role) => {
            let fills = |filled: &Json| filled.get("role").and_then(Json::as_str) == Some(role.as_str());
            let uses = |body: &Json| {
                let roles = body.get("roles").and_then(Json::as_array);
                roles.is_some_and(|roles| roles.iter().any(fills))
            };
            each_item(connection, kind::EVENT, event_type.as_str(), &uses, visit)?
        }
    };
    Ok(())
}

fn each_use_of_entry(connection: &Connection, key: &CodebookKey, visit: &mut Visit<'_>) -> Flow {
    let any = |_: &Json| true;
    match key {
        CodebookKey::Label(id) => {
            let sql = concat!(
                "SELECT article, annotator FROM span WHERE label = ?1 AND ",
                shown!("article")
            );
            each_row(connection, sql, &[&id.as_str()], None, visit)
        }
        CodebookKey::RelationType(id) => each_item(connection, kind::RELATION, id.as_str(), &any, visit),
        CodebookKey::EventType(id) => each_item(connection, kind::EVENT, id.as_str(), &any, visit),
        CodebookKey::ArticleLabel(id) => each_item(connection, kind::LABEL, id.as_str(), &any, visit),
        CodebookKey::Attribute(id) => {
            let has_it = |body: &Json| attribute_of(body, id).is_some();
            match each_item(connection, kind::LABEL, id.as_str(), &any, visit)? {
                ControlFlow::Continue(()) => each_with_attribute(connection, id, &has_it, visit),
                ended @ ControlFlow::Break(()) => Ok(ended),
            }
        }
    }
}

fn attribute_of<'a>(body: &'a Json, id: &AttributeId) -> Option<&'a Json> {
    body.get("attributes")?.get(id.as_str())
}

/// The choices that a value names: as itself, among several, or as who is counted.
pub(super) fn choices_of(value: &Json) -> Vec<&str> {
    match value {
        Json::String(one) => vec![one],
        Json::Array(several) => several.iter().filter_map(Json::as_str).collect(),
        Json::Object(quantity) => quantity.get("who").map(choices_of).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn names(value: &Json, choice: &str) -> bool {
    choices_of(value).contains(&choice)
}

type Test<'a> = dyn Fn(&Json) -> bool + 'a;

fn each_span(connection: &Connection, label: &str, uses: &Test<'_>, visit: &mut Visit<'_>) -> Flow {
    let sql = concat!(
        "SELECT article, annotator, body FROM span WHERE label = ?1 AND ",
        shown!("article")
    );
    each_row(connection, sql, &[&label], Some(uses), visit)
}

fn each_item(
    connection: &Connection,
    kind: &str,
    item_type: &str,
    uses: &Test<'_>,
    visit: &mut Visit<'_>,
) -> Flow {
    let sql = concat!(
        "SELECT article, annotator, body FROM item WHERE kind = ?1 AND type = ?2 AND ",
        shown!("article")
    );
    each_row(connection, sql, &[&kind, &item_type], Some(uses), visit)
}

/// Looks through the annotations: attributes have no index, because only a change of the codebook asks.
fn each_with_attribute(
    connection: &Connection,
    id: &AttributeId,
    uses: &Test<'_>,
    visit: &mut Visit<'_>,
) -> Flow {
    let quoted = Json::String(id.to_string()).to_string();
    let sql = concat!(
        "SELECT article, annotator, body FROM span WHERE instr(body, ?1) AND ",
        shown!("article"),
        " UNION ALL SELECT article, annotator, body FROM item WHERE instr(body, ?1) AND ",
        shown!("article")
    );
    each_row(connection, sql, &[&quoted], Some(uses), visit)
}

fn each_row(
    connection: &Connection,
    sql: &str,
    parameters: &[&dyn ToSql],
    uses: Option<&Test<'_>>,
    visit: &mut Visit<'_>,
) -> Flow {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        if let Some(uses) = uses {
            let body: Kept = serde_json::from_str(text(row, 2)?)
                .map_err(|error| StoreError::unreadable("an annotation", error))?;
            if !uses(&body.0) {
                continue;
            }
        }
        if visit(layer_key(row)?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
