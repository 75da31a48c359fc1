//! Reading a damaged database row by row: an error ends nothing, it is noted, and the next row is tried.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rusqlite::{Connection, OptionalExtension};

use crate::model::{
    Annotator, Article, ArticleId, Codebook, CodebookEntry, CodebookItem, Header, Layer, Sha256,
};
use crate::text::Text;

use super::super::article::Position;
use super::super::check::Finding;
use super::super::error::StoreResult;
use super::super::layer::{AnnotatorNumber, LayerKey, LayerRow, put_item, put_span, read_annotator, text};
use super::super::rows::Row;
use super::super::rows_codebook::read_key;
use super::super::rows_edit::read_extra;

/// Positions tried one after the other where the tables cannot say which is the next.
const BLIND_STEPS: i64 = 100_000;
/// Imports tried one after the other where neither their list nor the tables say which there are.
const BLIND_IMPORTS: i64 = 8;
/// The highest number that an import can have: positions have 31 bits for it.
const LAST_IMPORT: i64 = (1 << 31) - 2;

/// An article with its layers.
pub(super) type Saved = (Article, Vec<(Annotator, Layer)>);

/// An import whose articles are to be saved.
#[derive(Clone, Copy)]
struct Import {
    number: i64,
    /// How many its row says that there are; none where that is lost.
    articles: Option<i64>,
}

/// What the next article is.
pub(super) enum Next {
    /// There is none.
    End,
    /// It cannot be read.
    Lost,
    /// It was saved.
    Saved(Box<Saved>),
}

/// A damaged project being read.
pub(super) struct Salvage<'a> {
    old: &'a Connection,
    /// Batches to be seen, the first to be read next.
    batches: VecDeque<Import>,
    /// Position to be tried next.
    next: Option<i64>,
    /// Positions tried since the tables last said which is the next.
    blind: i64,
    /// Articles met of the batch that is being read.
    met: i64,
    annotators: BTreeMap<i64, Annotator>,
    lost: Vec<Finding>,
    /// Whether layers have flags, which version 1 does not know.
    has_flags: bool,
}

impl<'a> Salvage<'a> {
    pub fn new(old: &'a Connection) -> Self {
        let mut salvage = Self {
            old,
            batches: VecDeque::new(),
            next: None,
            blind: 0,
            met: 0,
            annotators: BTreeMap::new(),
            lost: Vec::new(),
            has_flags: has_flags(old),
        };
        salvage.batches = salvage.read_batches();
        salvage.annotators = salvage.read_annotators();
        salvage
    }

    /// What could not be saved.
    pub fn into_lost(self) -> Vec<Finding> {
        self.lost
    }

    pub fn expected_articles(&self) -> u64 {
        let counts = self.batches.iter().filter_map(|import| import.articles);
        counts.fold(0, |sum, count| sum.saturating_add(count.unsigned_abs()))
    }

    /// What is left of the codebook.
    pub fn codebook(&mut self) -> Codebook {
        let mut entries: BTreeMap<(String, String), CodebookEntry> = BTreeMap::new();
        for order in ["kind, id", "kind DESC, id DESC"] {
            let sql = format!("SELECT kind, id, position, body FROM codebook ORDER BY {order}");
            let read = each_row(self.old, &sql, &[], |row| {
                let (kind, id) = (text(row, 0)?.to_owned(), text(row, 1)?.to_owned());
                let position = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(usize::MAX);
                let item =
                    read_key(&kind, &id).and_then(|key| CodebookItem::from_row(&key, text_or_empty(row, 3)));
                if let Ok(item) = item {
                    entries.insert((kind, id), CodebookEntry { position, item });
                }
                Ok(())
            });
            if let Err(error) = read {
                self.lose("the codebook", &error.message);
            }
        }
        Codebook::from_entries(entries.into_values())
    }

    /// The next article.
    pub fn next_article(&mut self) -> Next {
        while let Some(import) = self.batches.front().copied() {
            if let Some(position) = self.following(import) {
                self.next = Some(position + 1);
                self.met += 1;
                return self
                    .article(Position::new(position))
                    .map_or(Next::Lost, |saved| Next::Saved(Box::new(saved)));
            }
            if import.articles.is_some_and(|articles| articles > self.met) {
                self.lose(
                    &format!("import {}", import.number),
                    "some of its articles are not there",
                );
            }
            self.batches.pop_front();
            (self.next, self.blind, self.met) = (None, 0, 0);
        }
        Next::End
    }

    /// The next position of the batch at which something may be. How many articles a damaged row says that there are is
    /// believed only where the tables cannot say it themselves.
    fn following(&mut self, import: Import) -> Option<i64> {
        let (first, behind) = Position::bounds(import.number);
        let position = self.next.unwrap_or(first.get());
        if let Ok(found) = least_from(self.old, position) {
            self.blind = 0;
            return found.filter(|found| *found < behind.get());
        }
        let count = import.articles.unwrap_or(BLIND_STEPS);
        let is_left = position - first.get() < count && position < behind.get();
        self.blind += 1;
        (is_left && self.blind <= BLIND_STEPS).then_some(position)
    }

    /// Notes something that was not saved.
    pub fn lose(&mut self, place: &str, message: &str) {
        self.lost.push(Finding::error("lost", place, message));
    }

    /// Batches to be seen; where their list cannot be right, whatever the articles are of.
    fn read_batches(&mut self) -> VecDeque<Import> {
        let (mut batches, mut unseen, mut odd) = (VecDeque::new(), BTreeSet::new(), Vec::new());
        let sql = "SELECT number, articles, state FROM batch ORDER BY number";
        let read = each_row(self.old, sql, &[], |row| {
            let number: i64 = row.get(0)?;
            let articles = row.get(1).ok();
            let state = text_or_empty(row, 2);
            if ["loading", "hidden"].contains(&state) {
                unseen.insert(number);
            } else if !(1..=LAST_IMPORT).contains(&number) {
                odd.push(format!("no import can have the number {number}"));
            } else {
                if state != "shown" {
                    odd.push(format!("it is not known whether import {number} is to be seen"));
                }
                batches.push_back(Import { number, articles });
            }
            Ok(())
        });
        odd.extend(read.err().map(|error| error.message));
        if odd.is_empty() {
            return batches;
        }
        for message in odd {
            self.lose("the list of imports", &message);
        }
        let mut all = imports_of_articles(self.old);
        all.retain(|import| !unseen.contains(&import.number));
        all
    }

    fn read_annotators(&mut self) -> BTreeMap<i64, Annotator> {
        let mut annotators = BTreeMap::new();
        for order in ["number", "number DESC"] {
            let sql = format!("SELECT number, name FROM annotator ORDER BY {order}");
            let read = each_row(self.old, &sql, &[], |row| {
                annotators.insert(row.get(0)?, read_annotator(text(row, 1)?)?);
                Ok(())
            });
            if let Err(error) = read {
                self.lose("names of annotators", &error.message);
            }
        }
        annotators
    }

    fn article(&mut self, position: Position) -> Option<Saved> {
        let place = format!(
            "article {} of import {}",
            position.in_its_batch() + 1,
            position.batch()
        );
        let body = self.body(position);
        let own = self.own_row(position);
        let (text, meta, extra) = match body {
            Ok(Some(body)) => body,
            // Positions are guessed where the list of imports is lost: nothing there is nothing lost.
            Ok(None) if matches!(own, Ok(None)) => return None,
            Ok(None) => {
                self.lose(&place, "its text is not there");
                return None;
            }
            Err(message) => {
                self.lose(&place, &format!("its text cannot be read: {message}"));
                return None;
            }
        };
        let Ok(text) = String::from_utf8(text) else {
            self.lose(&place, "its text is damaged and no longer a text");
            return None;
        };
        let (id, header, sha256) = if let Ok(Some(own)) = own {
            own
        } else {
            self.lose(
                &place,
                "its id and title cannot be read; its text is saved under a new id",
            );
            (None, Header::default(), None)
        };
        let header = Header {
            meta,
            extra,
            ..header
        };
        let article = Article::new(id, header, Text::new(text)).ok()?;
        if sha256.is_some_and(|sha256| sha256 != article.sha256) {
            self.lost.push(Finding::warning(
                "text_damaged",
                format!("article {}", article.id),
                "its text is not what was imported; it is saved as it is now",
            ));
        }
        let layers = self.layers(position, &article);
        Some((article, layers))
    }

    fn body(&self, position: Position) -> Result<Option<Body>, String> {
        let body = self
            .old
            .prepare_cached("SELECT text, meta, extra FROM body WHERE position = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([position.get()], |row| {
                        let keys = |column| read_extra(text(row, column).ok()).unwrap_or_default();
                        Ok((row.get_ref(0)?.as_bytes()?.to_vec(), keys(1), keys(2)))
                    })
                    .optional()
            });
        body.map_err(|error| error.to_string())
    }

    fn own_row(&self, position: Position) -> rusqlite::Result<Option<OwnRow>> {
        self.old
            .prepare_cached("SELECT id, title, lang, sha256 FROM article WHERE position = ?1")?
            .query_row([position.get()], |row| {
                let header = Header {
                    title: row.get(1).unwrap_or_default(),
                    lang: row.get(2).unwrap_or_default(),
                    ..Header::default()
                };
                Ok((
                    ArticleId::new(row.get::<_, String>(0)?).ok(),
                    header,
                    row.get(3).ok().map(Sha256),
                ))
            })
            .optional()
    }

    fn layers(&mut self, position: Position, article: &Article) -> Vec<(Annotator, Layer)> {
        let place = format!("article {}", article.id);
        let mut numbers = BTreeSet::new();
        for table in ["layer", "span", "item"] {
            for order in ["annotator", "annotator DESC"] {
                let sql = format!("SELECT annotator FROM {table} WHERE article = ?1 ORDER BY {order}");
                let read = each_row(self.old, &sql, &[position.get()], |row| {
                    numbers.insert(row.get::<_, i64>(0)?);
                    Ok(())
                });
                if let Err(error) = read {
                    self.lose(&place, &format!("annotations may be missing: {}", error.message));
                }
            }
        }
        let mut layers = Vec::new();
        for number in numbers {
            let annotator = match self.annotators.get(&number) {
                Some(annotator) => annotator.clone(),
                None => match Annotator::new(format!("annotator {number}")) {
                    Ok(annotator) => annotator,
                    Err(_) => continue,
                },
            };
            let key = LayerKey {
                article: position,
                annotator: AnnotatorNumber(number),
            };
            let layer = self.layer(key, &format!("{place}, annotator {annotator}"), article);
            if layer.exists() {
                layers.push((annotator, layer));
            }
        }
        layers
    }

    fn layer(&mut self, key: LayerKey, place: &str, article: &Article) -> Layer {
        let mut layer = Layer::default();
        let own = if self.has_flags {
            LayerRow::read(self.old, key)
        } else {
            LayerRow::read_of_version_1(self.old, key)
        };
        match own {
            Ok(own) => {
                (layer.status, layer.review, layer.extra) = (own.status, own.review, own.extra);
                layer.flagged = own.flagged;
            }
            Err(error) => self.lose(place, &format!("its status cannot be read: {}", error.message)),
        }
        let (number, annotator) = key.columns();
        let mut bad = Vec::new();
        for order in ["ASC", "DESC"] {
            let spans = format!(
                "SELECT id, body FROM span WHERE article = ?1 AND annotator = ?2 ORDER BY id {order}"
            );
            let read = each_row(self.old, &spans, &[number, annotator], |row| {
                put_span(&mut layer, text(row, 0)?, text(row, 1)?)
                    .or_else(|error| note(&mut bad, error.message))
            });
            bad.extend(
                read.err()
                    .map(|error| format!("spans may be missing: {}", error.message)),
            );
            let items = format!(
                "SELECT kind, id, body FROM item WHERE article = ?1 AND annotator = ?2 ORDER BY kind {order}, id {order}"
            );
            let read = each_row(self.old, &items, &[number, annotator], |row| {
                put_item(&mut layer, text(row, 0)?, text(row, 1)?, text(row, 2)?)
                    .or_else(|error| note(&mut bad, error.message))
            });
            bad.extend(
                read.err()
                    .map(|error| format!("annotations may be missing: {}", error.message)),
            );
        }
        drop_misplaced(&mut layer, article, &mut bad);
        for lost in layer.take_dangling() {
            bad.push(format!(
                "{} refers to {}, which is lost",
                lost.holder, lost.target
            ));
        }
        bad.sort();
        bad.dedup();
        for message in bad {
            self.lose(place, &message);
        }
        layer
    }
}

type Body = (Vec<u8>, crate::model::Extra, crate::model::Extra);
type OwnRow = (Option<ArticleId>, Header, Option<Sha256>);

#[allow(
    clippy::unnecessary_wraps,
    reason = "it stands in for the error that it notes"
)]
fn note(bad: &mut Vec<String>, message: String) -> StoreResult<()> {
    bad.push(message);
    Ok(())
}

/// Spans that no longer lie in the text.
fn drop_misplaced(layer: &mut Layer, article: &Article, bad: &mut Vec<String>) {
    let misplaced: Vec<_> = layer
        .spans
        .iter()
        .filter(|span| span.ranges.quote(&article.text).is_none())
        .map(|span| span.id.clone())
        .collect();
    for id in misplaced {
        layer.spans.remove(&id);
        bad.push(format!("span {id} does not lie in its text"));
    }
}

/// The imports that the articles themselves name.
fn imports_of_articles(old: &Connection) -> VecDeque<Import> {
    let mut imports = VecDeque::new();
    let (mut number, mut blind) = (1, 0);
    while number <= LAST_IMPORT && blind < BLIND_IMPORTS {
        let found = match least_from(old, Position::bounds(number).0.get()) {
            Ok(None) => break,
            Ok(Some(found)) => {
                blind = 0;
                Position::new(found).batch()
            }
            Err(_) => {
                blind += 1;
                number
            }
        };
        imports.push_back(Import {
            number: found,
            articles: None,
        });
        number = found + 1;
    }
    imports
}

/// The first position from one on at which there is an article, or the text of one.
fn least_from(old: &Connection, position: i64) -> rusqlite::Result<Option<i64>> {
    old.prepare_cached(
        "SELECT min(position) FROM (SELECT min(position) AS position FROM article WHERE position >= ?1 \
         UNION ALL SELECT min(position) FROM body WHERE position >= ?1)",
    )?
    .query_row([position], |row| row.get(0))
}

/// Whether the table of layers has the column, which says more than the version in a damaged header.
fn has_flags(old: &Connection) -> bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('layer') WHERE name = 'flagged')";
    old.query_row(sql, [], |row| row.get(0)).unwrap_or(true)
}

fn text_or_empty<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> &'a str {
    text(row, column).unwrap_or_default()
}

/// Every row up to the first that cannot be read.
fn each_row(
    connection: &Connection,
    sql: &str,
    parameters: &[i64],
    mut take: impl FnMut(&rusqlite::Row<'_>) -> StoreResult<()>,
) -> StoreResult<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}
