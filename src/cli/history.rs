//! `hashiya log --article`: the journal of one article, and the history of one of its spans.

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, ArticleId, Span, SpanId};
use crate::session::{self, Reader, Refusal, SpanChange, SpanHistory};

use super::args::Log;
use super::journal::{entry_json, entry_line};
use super::span_words::{places, quote, values};
use super::terminal::{Exit, Stop, Terminal, annotator, article_id, bad_id, printable};

/// Writes what touched an article, or what was done to a span of it.
pub fn article_log(
    typed: &Log,
    article: &str,
    reader: &Reader,
    terminal: &mut Terminal,
) -> Result<Exit, Stop> {
    let id = article_id(article)?;
    if let Some(span) = &typed.span {
        let span = SpanId::new(span).map_err(|cause| bad_id(span, &cause))?;
        return span_log(typed, &id, &span, reader, terminal);
    }
    // An article that is not there is refused, as everywhere.
    session::show(reader, &id, None)?;
    for entry in reader.article_journal(&id).map_err(Refusal::from)? {
        if typed.json {
            terminal.json(&entry_json(&entry))?;
        } else {
            terminal.line(printable(&entry_line(&entry)))?;
        }
    }
    Ok(Exit::Done)
}

fn span_log(
    typed: &Log,
    id: &ArticleId,
    span: &SpanId,
    reader: &Reader,
    terminal: &mut Terminal,
) -> Result<Exit, Stop> {
    let (article, layers) = session::show(reader, id, None)?;
    let whose = match annotator(typed.annotator.as_ref())? {
        Some(named) => named,
        None => whose(reader, id, span, &layers)?,
    };
    let history = session::span_history(reader, id, &whose, span)?;
    if typed.json {
        terminal.json(&first_json(&article, &history))?;
        for change in &history.changes {
            terminal.json(&change_json(&article, change))?;
        }
        return Ok(Exit::Done);
    }
    for line in history_lines(&article, &history) {
        terminal.line(printable(&line))?;
    }
    Ok(Exit::Done)
}

/// The one annotator who has, or ever had, a span of that id in the article.
fn whose(
    reader: &Reader,
    article: &ArticleId,
    span: &SpanId,
    layers: &[(Annotator, crate::model::Layer)],
) -> Result<Annotator, Refusal> {
    let mut having = Vec::new();
    for (by, layer) in layers {
        let had = layer.spans.get(span).is_some()
            || !reader
                .span_history(article, by, span)
                .map_err(Refusal::from)?
                .is_empty();
        if had {
            having.push(by.clone());
        }
    }
    match having.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Refusal::new(
            "unknown_span",
            format!("article {article} never had a span {span}"),
        )),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            let message = format!("{span} is on the layers of {}", names.join(", "));
            Err(Refusal::new("ambiguous_id", message).hint("name the annotator: --annotator NAME"))
        }
    }
}

fn history_lines(article: &Article, history: &SpanHistory) -> Vec<String> {
    let origin = &history.origin;
    let mut first = vec![format!("origin: {}", origin.kind.name())];
    first.extend(origin.name.clone());
    first.extend(history.created.as_ref().map(|at| at.as_str().to_owned()));
    first.push(state(article, &history.first));
    let mut lines = vec![first.join("  ")];
    for SpanChange { entry, change } in &history.changes {
        lines.push(entry_line(entry));
        let before = change.before.as_ref().map(|span| state(article, span));
        let after = change.after.as_ref().map(|span| state(article, span));
        if let (Some(before), Some(_)) = (&before, &after) {
            lines.push(format!("        before: {before}"));
        }
        if let Some(after) = after {
            lines.push(format!("        after:  {after}"));
        }
    }
    lines
}

/// What a span says, in one line.
fn state(article: &Article, span: &Span) -> String {
    format!(
        "{} “{}” {}{}{}",
        span.label,
        quote(article, span),
        places(article, span),
        values(&span.attributes),
        super::reviewed::span_marks(span)
    )
}

fn first_json(article: &Article, history: &SpanHistory) -> Json {
    let mut origin = Map::new();
    origin.insert("kind".to_owned(), json!(history.origin.kind.name()));
    if let Some(name) = &history.origin.name {
        origin.insert("name".to_owned(), json!(name));
    }
    let mut json = Map::new();
    json.insert("article".to_owned(), json!(history.article.as_str()));
    json.insert("annotator".to_owned(), json!(history.annotator.as_str()));
    json.insert("span".to_owned(), json!(history.span.as_str()));
    json.insert("origin".to_owned(), Json::Object(origin));
    if let Some(created) = &history.created {
        json.insert("created".to_owned(), json!(created.as_str()));
    }
    json.insert("first".to_owned(), span_json(article, &history.first));
    Json::Object(json)
}

fn change_json(article: &Article, change: &SpanChange) -> Json {
    let mut json = entry_json(&change.entry);
    if let Json::Object(fields) = &mut json {
        for (key, span) in [("before", &change.change.before), ("after", &change.change.after)] {
            if let Some(span) = span {
                fields.insert(key.to_owned(), span_json(article, span));
            }
        }
    }
    json
}

/// A span as the journal had it, in the words of the native format.
fn span_json(article: &Article, span: &Span) -> Json {
    let ranges: Vec<Json> = span
        .ranges
        .as_slice()
        .iter()
        .filter_map(|range| article.text.char_range(*range))
        .map(|range| json!([range.start().get(), range.end().get()]))
        .collect();
    let mut json = Map::new();
    json.insert("label".to_owned(), json!(span.label.as_str()));
    json.insert("ranges".to_owned(), json!(ranges));
    json.insert(
        "text".to_owned(),
        json!(span.ranges.quote(&article.text).unwrap_or_default()),
    );
    let attributes: Map<String, Json> = span
        .attributes
        .iter()
        .map(|(id, value)| (id.to_string(), value.to_json()))
        .collect();
    if !attributes.is_empty() {
        json.insert("attributes".to_owned(), Json::Object(attributes));
    }
    if let Some(review) = &span.review {
        json.insert("review".to_owned(), json!(review.verdict.name()));
    }
    Json::Object(json)
}
