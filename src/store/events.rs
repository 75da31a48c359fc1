//! The events of all articles, a page at a time: in the order of articles, annotators, and the annotators' own order.
//!
//! A page begins behind a layer that is named, so that no page costs more than another one. A query that few events
//! answer to looks at a bounded number of them and says where to go on.

use rusqlite::{OptionalExtension, params};

use crate::model::{
    Annotator, ArticleId, Codebook, Event, EventId, EventTypeId, Filler, LabelId, Ranges, Span, SpanId,
    Status,
};
use crate::text::{Text, fold};

use super::article::{article_at, shown};
use super::error::{StoreError, StoreResult};
use super::layer::{
    AnnotatorNumber, LayerKey, LayerRow, annotator_at, annotator_number, kind, layer_key, text,
};
use super::read::Reader;
use super::rows::{Row, RowResult};

/// Layers that one call looks at, however few of their events answer.
const LOOKED_AT: usize = 2_000;
/// Layers whose names are read at once.
const CHUNK: usize = 200;

/// Which events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// Only events of this type.
    pub event_type: Option<EventTypeId>,
    /// Only this annotator's.
    pub annotator: Option<Annotator>,
    /// Only those on layers of this status.
    pub status: Option<Status>,
    /// Words that a filler must hold, in any spelling; all where empty.
    pub filler: String,
    /// Only those that lack something that the codebook asks for.
    pub incomplete: bool,
}

/// The layer behind which a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventsAfter(LayerKey);

/// A page of events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventPage {
    /// The events. A layer's events are on one page.
    pub rows: Vec<EventRow>,
    /// Where the next page begins; none behind the last event.
    pub next: Option<EventsAfter>,
}

/// An event with what is needed to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Where it is.
    pub article: ArticleId,
    /// The article's headline.
    pub title: Option<String>,
    /// Whose it is.
    pub annotator: Annotator,
    /// How far the work on the article is.
    pub status: Status,
    /// Its number in the annotator's order, from 1.
    pub number: usize,
    /// The event.
    pub event: Event,
    /// Its spans: which, under which label, where, and their words.
    pub spans: Vec<EventSpan>,
}

/// A span of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventSpan {
    /// Which.
    pub id: SpanId,
    /// Its label.
    pub label: LabelId,
    /// Where it lies.
    pub ranges: Ranges,
    /// Its words.
    pub quote: String,
}

impl EventRow {
    /// A span of the event.
    pub fn span(&self, id: &SpanId) -> Option<&EventSpan> {
        self.spans.iter().find(|span| span.id == *id)
    }
}

impl Reader {
    /// The events that a query takes, about `limit` of them, behind the page before. A page may be empty and yet have
    /// one behind it: then so many layers were looked at in vain.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn events(
        &self,
        query: &EventQuery,
        codebook: &Codebook,
        after: Option<EventsAfter>,
        limit: usize,
    ) -> StoreResult<EventPage> {
        let annotator = match &query.annotator {
            None => None,
            Some(name) => match annotator_number(&self.connection, name)? {
                None => return Ok(EventPage::default()),
                number => number,
            },
        };
        let filler = fold(query.filler.trim());
        let mut page = EventPage {
            rows: Vec::new(),
            next: after,
        };
        let mut looked_at = 0;
        loop {
            let chunk = self.layers_with_events(query, annotator, page.next)?;
            let is_last = chunk.len() < CHUNK;
            for key in chunk {
                let rows = self.events_of(key, query, codebook, &filler)?;
                page.rows.extend(rows);
                page.next = Some(EventsAfter(key));
                looked_at += 1;
                if page.rows.len() >= limit || looked_at >= LOOKED_AT {
                    return Ok(page);
                }
            }
            if is_last {
                page.next = None;
                return Ok(page);
            }
        }
    }

    /// Shows every event of every article, in no order to rely on.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn each_event(&self, visit: &mut dyn FnMut(Event)) -> StoreResult<()> {
        let mut statement = self.connection.prepare(concat!(
            "SELECT id, body FROM item WHERE kind = ?1 AND ",
            shown!("article")
        ))?;
        let mut rows = statement.query([kind::EVENT])?;
        while let Some(row) = rows.next()? {
            visit(read_event(text(row, 0)?, text(row, 1)?)?);
        }
        Ok(())
    }

    /// The layers that have an event, behind one, in order.
    fn layers_with_events(
        &self,
        query: &EventQuery,
        annotator: Option<AnnotatorNumber>,
        after: Option<EventsAfter>,
    ) -> StoreResult<Vec<LayerKey>> {
        let (article, number) = after.map_or((i64::MIN, i64::MIN), |after| after.0.columns());
        // By the index of the type where one is asked for, else by that of the kind: both run in the order of layers.
        let of_type = if query.event_type.is_some() {
            "AND type = ?5"
        } else {
            "AND ?5 IS NULL"
        };
        let sql = format!(
            "SELECT DISTINCT article, annotator FROM item WHERE kind = ?1 {of_type} \
             AND article >= ?2 AND (article, annotator) > (?2, ?3) AND (?4 IS NULL OR annotator = ?4) \
             AND {} ORDER BY article, annotator LIMIT ?6",
            shown!("article")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let event_type = query.event_type.as_ref().map(EventTypeId::as_str);
        let only = annotator.map(|number| number.0);
        let limit = i64::try_from(CHUNK).unwrap_or(i64::MAX);
        let parameters = params![kind::EVENT, article, number, only, event_type, limit];
        let mut rows = statement.query(parameters)?;
        let mut layers = Vec::new();
        while let Some(row) = rows.next()? {
            layers.push(layer_key(row)?);
        }
        Ok(layers)
    }

    /// The events of a layer that a query takes.
    fn events_of(
        &self,
        key: LayerKey,
        query: &EventQuery,
        codebook: &Codebook,
        filler: &str,
    ) -> StoreResult<Vec<EventRow>> {
        let status = LayerRow::read(&self.connection, key)?.status.unwrap_or_default();
        if query.status.is_some_and(|wanted| wanted != status) {
            return Ok(Vec::new());
        }
        let mut events = self.stored_events(key)?;
        events.sort_by(|one, other| one.place().cmp(&other.place()));
        let is_incomplete = |event: &Event| {
            let kind = codebook.event_type(&event.event_type);
            kind.is_some_and(|kind| !kind.missing(event, codebook).is_empty())
        };
        let numbered: Vec<(usize, Event)> = events
            .into_iter()
            .enumerate()
            .filter(|(_, event)| {
                let of_type = query.event_type.as_ref();
                of_type.is_none_or(|wanted| *wanted == event.event_type)
            })
            .filter(|(_, event)| !query.incomplete || is_incomplete(event))
            .collect();
        if numbered.is_empty() {
            return Ok(Vec::new());
        }
        let layer = self.named_layer(key)?;
        let mut rows = Vec::new();
        for (place, event) in numbered {
            let spans = self.spans_of_event(key, &layer.text, &event)?;
            let row = EventRow {
                article: layer.article.clone(),
                title: layer.title.clone(),
                annotator: layer.annotator.clone(),
                status,
                number: place + 1,
                event,
                spans,
            };
            if filler.is_empty() || holds(&row, filler) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn stored_events(&self, key: LayerKey) -> StoreResult<Vec<Event>> {
        let (article, annotator) = key.columns();
        let mut statement = self.connection.prepare_cached(
            "SELECT id, body FROM item WHERE article = ?1 AND annotator = ?2 AND kind = ?3",
        )?;
        let mut rows = statement.query((article, annotator, kind::EVENT))?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(read_event(text(row, 0)?, text(row, 1)?)?);
        }
        Ok(events)
    }

    fn named_layer(&self, key: LayerKey) -> StoreResult<NamedLayer> {
        let article = article_at(&self.connection, key.article)?;
        let (title, text) = self
            .connection
            .prepare_cached(
                "SELECT a.title, b.text FROM article a JOIN body b USING (position) WHERE a.position = ?1",
            )?
            .query_row([key.article.get()], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?))
            })?;
        Ok(NamedLayer {
            article,
            title,
            annotator: annotator_at(&self.connection, key.annotator)?,
            text: Text::new(text),
        })
    }

    fn spans_of_event(&self, key: LayerKey, text: &Text, event: &Event) -> StoreResult<Vec<EventSpan>> {
        let (article, annotator) = key.columns();
        let mut statement = self
            .connection
            .prepare_cached("SELECT body FROM span WHERE article = ?1 AND annotator = ?2 AND id = ?3")?;
        let mut spans: Vec<EventSpan> = Vec::new();
        for id in event.spans() {
            if spans.iter().any(|span| span.id == *id) {
                continue;
            }
            let body: Option<String> = statement
                .query_row((article, annotator, id.as_str()), |row| row.get(0))
                .optional()?;
            let Some(body) = body else { continue };
            let span = Span::from_row(id, &body)
                .map_err(|error| StoreError::unreadable(&format!("span {id}"), error))?;
            spans.push(EventSpan {
                id: span.id,
                label: span.label,
                quote: span.ranges.quote(text).unwrap_or_default(),
                ranges: span.ranges,
            });
        }
        Ok(spans)
    }
}

fn read_event(id: &str, body: &str) -> StoreResult<Event> {
    let read = || -> RowResult<Event> { Event::from_row(&EventId::new(id)?, body) };
    read().map_err(|error| StoreError::unreadable(&format!("event {id}"), error))
}

/// A layer's article and annotator.
struct NamedLayer {
    article: ArticleId,
    title: Option<String>,
    annotator: Annotator,
    text: Text,
}

/// Whether a filler of the event holds folded words.
fn holds(row: &EventRow, words: &str) -> bool {
    let mut fillers = row.event.roles.iter().map(|filler| &filler.filler);
    fillers.any(|filler| match filler {
        Filler::Span(id) => row.span(id).is_some_and(|span| fold(&span.quote).contains(words)),
        Filler::Value(value) => match value {
            crate::model::Value::Text(text) => fold(text).contains(words),
            other => fold(&other.to_json().to_string()).contains(words),
        },
    })
}
