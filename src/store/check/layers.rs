//! Articles and their layers: texts against their digests, annotations against the texts and each other, counts
//! against rows, and the journal walked backwards to what was imported.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::Connection;

use crate::model::{Article, Header, LabelId, Layer};
use crate::text::Text;

use super::super::article::{Position, header_at, id_at, read_article, shown};
use super::super::batch::{Digest, article_digest};
use super::super::codebook;
use super::super::error::{ErrorCode, StoreResult};
use super::super::fold;
use super::super::layer::{AnnotatorNumber, LayerKey, LayerRow, LayerRows, annotator_at, fill_layer, text};
use super::super::rows_edit::{EditPlace, layer_edit_from_row, read_edit};
use super::names::Names;
use super::{Finding, unreadable};

/// Rows that belong to no article or no transaction.
pub(super) fn check_strays(connection: &Connection, findings: &mut Vec<Finding>) -> StoreResult<()> {
    for (table, column, owner, owned_by) in [
        ("body", "position", "article", "position"),
        ("article", "position", "body", "position"),
        ("layer", "article", "article", "position"),
        ("span", "article", "article", "position"),
        ("item", "article", "article", "position"),
        ("edit", "number", "journal", "number"),
        ("scope", "number", "journal", "number"),
    ] {
        let strays: i64 = connection.query_row(
            &format!("SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT {owned_by} FROM {owner})"),
            [],
            |row| row.get(0),
        )?;
        if strays > 0 {
            findings.push(Finding::error(
                "stray_rows",
                format!("table {table}"),
                format!("{strays} rows have no {owner}"),
            ));
        }
    }
    let leftovers: i64 =
        connection.query_row("SELECT count(*) FROM batch WHERE state = 'loading'", [], |row| {
            row.get(0)
        })?;
    if leftovers > 0 {
        findings.push(Finding::warning(
            "leftover_import",
            "the imports",
            "an import is under way or was killed; its leftovers go at the next opening",
        ));
    }
    Ok(())
}

/// The columns by which annotations and articles are looked up say what the rows hold.
pub(super) fn check_lookups(connection: &Connection, findings: &mut Vec<Finding>) -> StoreResult<()> {
    const BODY_SAYS: [(&str, &str); 2] = [
        (
            "span",
            "json_valid(body) AND label IS NOT json_extract(body, '$.label')",
        ),
        (
            "item",
            "type IS NOT CASE kind WHEN 'label' THEN id WHEN 'dismissal' THEN NULL WHEN 'note' THEN \
             iif(json_valid(body), json_extract(body, '$.state'), type) \
             ELSE iif(json_valid(body), json_extract(body, '$.type'), type) END",
        ),
    ];
    for (table, wrong) in BODY_SAYS {
        let sql = format!("SELECT count(*) FROM {table} WHERE {wrong}");
        let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        if count > 0 {
            findings.push(Finding::error(
                "lookup_wrong",
                format!("table {table}"),
                format!("{count} rows are looked up by a label or type that they do not have"),
            ));
        }
    }
    let mut statement = connection.prepare(concat!(
        "SELECT id FROM article WHERE ",
        shown!("position"),
        " GROUP BY id HAVING count(*) > 1"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        findings.push(Finding::error(
            "id_twice",
            format!("article {}", text(row, 0)?),
            "two articles have this id",
        ));
    }
    Ok(())
}

/// A batch as its row says.
struct BatchRow {
    number: i64,
    id: String,
    is_shown: bool,
    articles: i64,
    layers: i64,
    digest: Vec<u8>,
}

/// What the articles of one batch were when they came in, as far as the journal leads back to it.
struct Origins<'a> {
    import: &'a str,
    digest: Digest,
    layers: i64,
    /// Whether something was found that makes the digest say nothing new.
    is_broken: bool,
}

/// The check of all articles.
pub(super) struct Articles<'a> {
    connection: &'a Connection,
    labels: BTreeSet<LabelId>,
    names: Names,
    done: u64,
    total: u64,
}

impl<'a> Articles<'a> {
    pub fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            labels: BTreeSet::new(),
            names: Names::default(),
            done: 0,
            total: 0,
        }
    }

    pub fn check(
        &mut self,
        findings: &mut Vec<Finding>,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> StoreResult<()> {
        let codebook = codebook::read(self.connection)?;
        self.labels = codebook.labels.into_iter().map(|label| label.id).collect();
        self.names = Names::read(self.connection)?;
        let batches = self.batches()?;
        let counts = batches.iter().map(|batch| batch.articles.unsigned_abs());
        self.total = counts.fold(0, u64::saturating_add);
        for batch in &batches {
            if self.check_batch(batch, findings, progress)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn batches(&self) -> StoreResult<Vec<BatchRow>> {
        let mut statement = self.connection.prepare(
            "SELECT number, id, state, articles, layers, digest FROM batch WHERE state <> 'loading' ORDER BY number",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(BatchRow {
                number: row.get(0)?,
                id: row.get(1)?,
                is_shown: row.get::<_, String>(2)? == "shown",
                articles: row.get(3)?,
                layers: row.get(4)?,
                digest: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn check_batch(
        &mut self,
        batch: &BatchRow,
        findings: &mut Vec<Finding>,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> StoreResult<ControlFlow<()>> {
        let place = format!("import {}", batch.id);
        let mut origins = Origins {
            import: &batch.id,
            digest: Digest::default(),
            layers: 0,
            is_broken: false,
        };
        let (first, behind) = Position::bounds(batch.number);
        let mut statement = self.connection.prepare(
            "SELECT a.id, a.title, a.lang, a.sha256, b.meta, b.extra, b.text, a.position, a.chars, a.bytes, a.folded \
             FROM article a JOIN body b USING (position) WHERE a.position >= ?1 AND a.position < ?2 \
             ORDER BY a.position",
        )?;
        let mut rows = statement.query((first.get(), behind.get()))?;
        let mut expected = first.get();
        while let Some(row) = rows.next()? {
            let position = Position::new(row.get(7)?);
            if position.get() != expected {
                findings.push(Finding::error(
                    "article_missing",
                    &place,
                    "articles of this import are missing",
                ));
                origins.is_broken = true;
            }
            expected = position.get().saturating_add(1);
            self.check_article(row, position, batch.is_shown, &mut origins, findings)?;
            self.done += 1;
            if progress(self.done, self.total).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if expected.saturating_sub(first.get()) != batch.articles {
            findings.push(Finding::error(
                "count_wrong",
                &place,
                "the import does not have as many articles as it says",
            ));
        } else if !origins.is_broken
            && (origins.digest.bytes().as_slice() != batch.digest || origins.layers != batch.layers)
        {
            findings.push(Finding::error(
                "import_changed",
                &place,
                "metadata or annotations that came with this import are not what they were, and no edit says why",
            ));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn check_article(
        &self,
        row: &rusqlite::Row<'_>,
        position: Position,
        is_shown: bool,
        origins: &mut Origins<'_>,
        findings: &mut Vec<Finding>,
    ) -> StoreResult<()> {
        let place = format!("article {}", row.get_ref(0)?.as_str().unwrap_or("?"));
        let article = match read_article(row) {
            Ok(stored) => Some(stored.article),
            Err(error) => {
                origins.is_broken = true;
                findings.push(match error.code {
                    ErrorCode::TextDamaged => Finding::error("text_damaged", &place, error.message),
                    _ => unreadable(&place, &error),
                });
                None
            }
        };
        if let Some(article) = &article {
            check_columns(row, article, &place, findings)?;
            self.check_header(position, article, &place, origins, findings)?;
        }
        let text = article.as_ref().map(|article| &article.text);
        for annotator in self.annotators(position)? {
            let key = LayerKey {
                article: position,
                annotator,
            };
            let name = annotator_at(self.connection, annotator)
                .map_or_else(|_| annotator.0.to_string(), |name| name.to_string());
            let layer_place = format!("{place}, annotator {name}");
            match self.read_layer(key, &layer_place, findings) {
                Ok(layer) => {
                    self.check_layer(&layer, text, is_shown, &layer_place, findings);
                    self.check_origin(key, layer, &layer_place, origins, findings)?;
                }
                Err(error) => {
                    origins.is_broken = true;
                    findings.push(unreadable(&layer_place, &error));
                }
            }
        }
        Ok(())
    }

    /// Everyone of whom a row says that they were at an article.
    fn annotators(&self, position: Position) -> StoreResult<Vec<AnnotatorNumber>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT annotator FROM layer WHERE article = ?1 UNION SELECT annotator FROM span WHERE article = ?1 \
             UNION SELECT annotator FROM item WHERE article = ?1 \
             UNION SELECT annotator FROM edit WHERE article IS NOT NULL AND article = ?1 AND annotator IS NOT NULL",
        )?;
        let rows = statement.query_map([position.get()], |row| row.get(0).map(AnnotatorNumber))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Reads a layer whatever its own row counts, and holds the counts against it.
    fn read_layer(&self, key: LayerKey, place: &str, findings: &mut Vec<Finding>) -> StoreResult<Layer> {
        let row = LayerRow::read(self.connection, key)?;
        let said = (row.spans, row.items);
        let all = LayerRow {
            spans: 1,
            items: 1,
            ..row
        };
        let layer = fill_layer(self.connection, key, all)?;
        let items = layer.relations.len()
            + layer.events.len()
            + layer.notes.len()
            + layer.labels.len()
            + layer.dismissed.len();
        let found = (i64::try_from(layer.spans.len()).ok(), i64::try_from(items).ok());
        if found != (Some(said.0), Some(said.1)) {
            findings.push(Finding::error(
                "count_wrong",
                place,
                "the layer does not have as many annotations as it says",
            ));
        }
        Ok(layer)
    }

    fn check_layer(
        &self,
        layer: &Layer,
        text: Option<&Text>,
        is_shown: bool,
        place: &str,
        findings: &mut Vec<Finding>,
    ) {
        for span in layer.spans.iter() {
            let place = format!("{place}, span {}", span.id);
            if text.is_some_and(|text| span.ranges.quote(text).is_none()) {
                findings.push(Finding::error(
                    "span_outside_text",
                    &place,
                    "the span leaves its text or splits a character",
                ));
            }
            if is_shown && !self.labels.contains(&span.label) {
                findings.push(Finding::error(
                    "label_unknown",
                    &place,
                    format!("the codebook has no label {}", span.label),
                ));
            }
        }
        if let Some(dangling) = layer.dangling() {
            findings.push(Finding::error(
                "reference_missing",
                format!("{place}, {}", dangling.holder),
                format!("it refers to {}, which is not there", dangling.target),
            ));
        }
    }

    /// Walks a layer back to what came in with its import.
    fn check_origin(
        &self,
        key: LayerKey,
        mut layer: Layer,
        place: &str,
        origins: &mut Origins<'_>,
        findings: &mut Vec<Finding>,
    ) -> StoreResult<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number, body FROM edit WHERE article = ?1 AND annotator = ?2 ORDER BY number DESC, place DESC",
        )?;
        let mut rows = statement.query(key.columns())?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let edit = layer_edit_from_row(text(row, 1)?).map_err(|error| error.to_string());
            let undone = edit.and_then(|edit| {
                layer
                    .apply(&edit.inverse())
                    .map_err(|conflict| format!("{} is not what transaction {number} left", conflict.item))
            });
            if let Err(message) = undone {
                findings.push(Finding::error("journal_mismatch", place, message));
                origins.is_broken = true;
                return Ok(());
            }
        }
        if !layer.exists() {
            return Ok(());
        }
        let article = id_at(self.connection, key.article)?;
        let annotator = annotator_at(self.connection, key.annotator)?;
        let annotator = self.names.at_import(annotator, origins.import);
        let digest = LayerRows::new(&layer).and_then(|rows| match &article {
            Some(article) => rows.digest(article, &annotator).map(Some),
            None => Ok(None),
        });
        if let Ok(Some(digest)) = digest {
            origins.digest.add(digest);
            origins.layers += 1;
        }
        Ok(())
    }

    /// Walks an article's metadata back to what came in with its import.
    fn check_header(
        &self,
        position: Position,
        article: &Article,
        place: &str,
        origins: &mut Origins<'_>,
        findings: &mut Vec<Finding>,
    ) -> StoreResult<()> {
        let mut header: Option<Header> = header_at(self.connection, position)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT number, body FROM edit WHERE article = ?1 AND annotator IS NULL ORDER BY number DESC, place DESC",
        )?;
        let mut rows = statement.query([position.get()])?;
        while let Some(row) = rows.next()? {
            let here = EditPlace {
                article: Some(article.id.clone()),
                annotator: None,
            };
            match read_edit(here, text(row, 1)?) {
                Ok(crate::model::Edit::Header(_, change)) if change.after == header => header = change.before,
                _ => {
                    let number: i64 = row.get(0)?;
                    findings.push(Finding::error(
                        "journal_mismatch",
                        place,
                        format!("its metadata is not what transaction {number} left"),
                    ));
                    origins.is_broken = true;
                    return Ok(());
                }
            }
        }
        if let Some(header) = header {
            origins
                .digest
                .add(article_digest(&article.id, &header, &article.sha256)?);
        }
        Ok(())
    }
}

/// What the list shows of an article is what the article says.
fn check_columns(
    row: &rusqlite::Row<'_>,
    article: &Article,
    place: &str,
    findings: &mut Vec<Finding>,
) -> StoreResult<()> {
    let counted = (
        i64::try_from(article.text.char_len()).ok(),
        i64::try_from(article.text.as_str().len()).ok(),
    );
    let said: (Option<i64>, Option<i64>) = (row.get(8)?, row.get(9)?);
    let folded = fold::haystack(article.id.as_str(), article.header.title.as_deref());
    if counted != said {
        findings.push(Finding::error(
            "count_wrong",
            place,
            "its length is not what the list says",
        ));
    }
    if text(row, 10)? != folded {
        // Harmless: another version of the program may fold otherwise, and an edit of the title mends it.
        findings.push(Finding::warning(
            "filter_stale",
            place,
            "the list's filter looks for another title",
        ));
    }
    Ok(())
}
