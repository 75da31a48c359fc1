//! `hashiya list`, `hashiya show`, and `hashiya stats`.

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, Event, Filler, Layer, Relation, Span, SpanId, Status, counted};
use crate::session::{self, Listed, Reader, open_to_read, refuse_stranger};

use super::args::{List, Show, Stats};
use super::reviewed::{
    WorkFilter, layer_marks, note_lines, review_json, review_line, review_marks, span_marks, work_json,
};
use super::span_words::{places, quote, values};
use super::terminal::{Exit, Stop, Terminal, annotator, printable};

pub fn list(typed: &List, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    let only = known_annotator(&reader, typed.annotator.as_ref())?;
    let filter = WorkFilter::of(typed)?;
    let mut count = 0_u64;
    session::each_listed(&reader, |mut listed: Listed| -> Result<(), Stop> {
        listed
            .work
            .retain(|work| only.as_ref().is_none_or(|only| *only == work.annotator));
        if !filter.takes(&listed.work) {
            return Ok(());
        }
        count += 1;
        if typed.json {
            terminal.json(&listed_json(&listed))?;
        } else {
            terminal.line(listed_line(&listed))?;
        }
        Ok(())
    })?;
    // No result, so beside the results.
    if count == 0 && !typed.json {
        terminal.message(if filter.is_any() {
            "no article is like that"
        } else {
            "no articles yet; `hashiya import PROJECT PATH…` adds some"
        });
    }
    Ok(Exit::Done)
}

/// An annotator whose work is asked for. One who has none is refused: a wrong letter would show nothing.
fn known_annotator(reader: &Reader, typed: Option<&String>) -> Result<Option<Annotator>, Stop> {
    let named = annotator(typed)?;
    if let Some(named) = &named {
        refuse_stranger(reader, named)?;
    }
    Ok(named)
}

/// How far the work on it is; where several worked on it, that of who is least advanced.
fn status_of(listed: &Listed) -> Status {
    listed
        .work
        .iter()
        .map(|work| work.status)
        .min()
        .unwrap_or_default()
}

fn spans_of(listed: &Listed) -> u64 {
    listed.work.iter().map(|work| work.spans).sum()
}

fn listed_line(listed: &Listed) -> String {
    let (status, spans) = (status_of(listed).name(), spans_of(listed));
    let lang = listed.lang.as_deref().unwrap_or("-");
    let title = listed.title.as_deref().unwrap_or("");
    let marks = review_marks(&listed.work);
    printable(&format!(
        "{}  {lang:<3} {status:<11} {spans:>5}  {title}{marks}",
        listed.id
    ))
    .replace('\n', " ")
}

fn listed_json(listed: &Listed) -> Json {
    let mut json = Map::new();
    json.insert("id".to_owned(), json!(listed.id.as_str()));
    for (key, value) in [("title", &listed.title), ("lang", &listed.lang)] {
        if let Some(value) = value {
            json.insert(key.to_owned(), json!(value));
        }
    }
    json.insert("status".to_owned(), json!(status_of(listed).name()));
    json.insert("spans".to_owned(), json!(spans_of(listed)));
    json.insert("chars".to_owned(), json!(listed.chars));
    let work = listed.work.iter().map(work_json);
    json.insert("annotators".to_owned(), work.collect());
    Json::Object(json)
}

pub fn show(typed: &Show, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    let id = session::article_named(&reader, &typed.article)?;
    let only = known_annotator(&reader, typed.annotator.as_ref())?;
    let shown = session::show(&reader, &id, only.as_ref())?;
    if typed.json {
        let lines = session::native_lines(&shown)?;
        terminal.line(lines.trim_end_matches('\n'))?;
        return Ok(Exit::Done);
    }
    let (article, layers) = &shown;
    heading(article, terminal)?;
    terminal.line(printable(article.text.as_str()))?;
    for (by, layer) in layers {
        layer_lines(article, by, layer, terminal)?;
    }
    Ok(Exit::Done)
}

fn heading(article: &Article, terminal: &mut Terminal) -> Result<(), Stop> {
    if let Some(title) = &article.header.title {
        terminal.line(printable(title))?;
    }
    let mut facts = vec![article.id.to_string()];
    facts.extend(article.header.lang.clone());
    let meta = article.header.meta.iter().map(|(key, value)| match value {
        Json::String(text) => format!("{key}: {text}"),
        other => format!("{key}: {other}"),
    });
    facts.extend(meta);
    terminal.line(printable(&facts.join(" · ")))?;
    terminal.line("")?;
    Ok(())
}

fn layer_lines(
    article: &Article,
    by: &Annotator,
    layer: &Layer,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let (status, spans) = (
        layer.status_or_default().name(),
        counted(layer.spans.len() as u64, "span"),
    );
    let verdict = layer_marks(layer);
    terminal.line(printable(&format!("\n{by} · {status} · {spans}{verdict}")))?;
    for span in layer.spans.iter() {
        terminal.line(printable(&span_line(article, span)))?;
    }
    for relation in layer.relations.values() {
        terminal.line(printable(&relation_line(article, layer, relation)))?;
    }
    for event in layer.events_in_order() {
        terminal.line(printable(&event_line(article, layer, event)))?;
    }
    for (id, value) in &layer.labels {
        terminal.line(printable(&format!("  {id} = {}", value.to_json())))?;
    }
    for line in layer.notes.values().flat_map(note_lines) {
        terminal.line(printable(&line))?;
    }
    Ok(())
}

/// A relation by the words and the ids of its ends.
fn relation_line(article: &Article, layer: &Layer, relation: &Relation) -> String {
    let end = |id: &SpanId| {
        let span = layer.spans.get(id);
        let quote = span.map(|span| quote(article, span));
        format!("“{}” ({id})", quote.unwrap_or_default())
    };
    format!(
        "  {}: {} → {}  {}{}",
        relation.relation_type,
        end(&relation.from),
        end(&relation.to),
        relation.id,
        values(&relation.attributes),
    )
}

fn event_line(article: &Article, layer: &Layer, event: &Event) -> String {
    let quoted = |id: &SpanId| {
        layer.spans.get(id).map_or_else(
            || id.to_string(),
            |span| format!("“{}” {id}", quote(article, span)),
        )
    };
    let trigger = event
        .trigger
        .iter()
        .map(|span| format!("trigger {}", quoted(span)));
    let roles = event.roles.iter().map(|one| {
        let filler = match &one.filler {
            Filler::Span(span) => quoted(span),
            Filler::Value(value) => value.to_json().to_string(),
        };
        let inferred = if one.inferred { " (inferred)" } else { "" };
        let note = one.note.iter().map(|note| format!(" (note: {note})"));
        format!("{} {filler}{inferred}{}", one.role, note.collect::<String>())
    });
    let parts: Vec<String> = trigger.chain(roles).collect();
    format!(
        "  {}: {}  {}{}",
        event.event_type,
        parts.join("; "),
        event.id,
        values(&event.attributes)
    )
}

fn span_line(article: &Article, span: &Span) -> String {
    let attributes: Vec<String> = span
        .attributes
        .iter()
        .map(|(id, value)| format!("{id}={}", value.to_json()))
        .collect();
    let mut line = format!(
        "  {:<10} {:<12} “{}”  {}",
        places(article, span),
        span.label,
        quote(article, span),
        span.id
    );
    if !attributes.is_empty() {
        line.push_str("  ");
        line.push_str(&attributes.join(" "));
    }
    line.push_str(&span_marks(span));
    line
}

pub fn stats(typed: &Stats, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    let stats = session::stats(&reader)?;
    if typed.json {
        terminal.json(&stats_json(&stats))?;
        return Ok(Exit::Done);
    }
    terminal.line(format!("articles    {}", stats.articles))?;
    terminal.line(format!("spans       {}", stats.spans))?;
    for (label, count) in &stats.labels {
        terminal.line(printable(&format!("  {label:<16} {count}")))?;
    }
    let events: u64 = stats.events.values().map(|count| count.events).sum();
    terminal.line(format!("events      {events}"))?;
    for (kind, count) in &stats.events {
        let incomplete = match count.incomplete {
            0 => String::new(),
            number => format!(", {number} incomplete"),
        };
        terminal.line(printable(&format!(
            "  {:<16} {}{incomplete}",
            kind.as_str(),
            count.events
        )))?;
    }
    terminal.line(format!("relations   {}", stats.relations))?;
    for (kind, count) in &stats.relation_types {
        terminal.line(printable(&format!("  {kind:<16} {count}")))?;
    }
    for (by, one) in &stats.annotators {
        let p = &one.progress;
        terminal.line(printable(&format!(
            "{by}: {}; {} done, {} in progress, {} to do, {} skipped",
            work_of(one),
            p.done,
            p.in_progress,
            p.todo,
            p.skipped
        )))?;
        if let Some(line) = review_line(&one.review) {
            terminal.line(line)?;
        }
    }
    terminal.line(format!("languages   {}", stats.languages.len()))?;
    for (lang, count) in &stats.languages {
        terminal.line(printable(&format!(
            "  {:<16} {count}",
            lang.as_deref().unwrap_or("(unknown)")
        )))?;
    }
    Ok(Exit::Done)
}

fn work_of(one: &session::AnnotatorStats) -> String {
    let spans = counted(one.spans, "span");
    match one.relations {
        0 => spans,
        some => format!("{spans}, {}", counted(some, "relation")),
    }
}

fn stats_json(stats: &session::Stats) -> Json {
    let labels: Map<String, Json> = stats
        .labels
        .iter()
        .map(|(id, n)| (id.to_string(), json!(n)))
        .collect();
    let events: Map<String, Json> = stats
        .events
        .iter()
        .map(|(id, count)| {
            let numbers = json!({"events": count.events, "incomplete": count.incomplete});
            (id.to_string(), numbers)
        })
        .collect();
    let relation_types: Map<String, Json> = stats
        .relation_types
        .iter()
        .map(|(id, n)| (id.to_string(), json!(n)))
        .collect();
    let annotators: Map<String, Json> = stats
        .annotators
        .iter()
        .map(|(by, work)| {
            let p = &work.progress;
            let by_status =
                json!({"todo": p.todo, "in_progress": p.in_progress, "done": p.done, "skipped": p.skipped});
            let review = review_json(&work.review);
            (
                by.to_string(),
                json!({
                    "spans": work.spans,
                    "relations": work.relations,
                    "status": by_status,
                    "review": review,
                }),
            )
        })
        .collect();
    let languages: Map<String, Json> = stats
        .languages
        .iter()
        .map(|(lang, n)| (lang.clone().unwrap_or_else(|| "und".to_owned()), json!(n)))
        .collect();
    json!({
        "articles": stats.articles,
        "spans": stats.spans,
        "labels": labels,
        "events": events,
        "relations": stats.relations,
        "relation_types": relation_types,
        "annotators": annotators,
        "languages": languages,
    })
}
