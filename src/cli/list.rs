//! `hashiya list`, `hashiya show`, and `hashiya stats`.

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, ArticleId, Event, Filler, Layer, Relation, Span, SpanId, Status};
use crate::session::{self, Listed, Refusal, open_to_read};

use super::args::{List, Show, Stats};
use super::terminal::{Exit, Stop, Terminal, annotator, counted, printable};

pub fn list(typed: &List, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    let only = annotator(typed.annotator.as_ref())?;
    let mut count = 0_u64;
    session::each_listed(&reader, |mut listed: Listed| -> Result<(), Stop> {
        listed
            .work
            .retain(|(by, ..)| only.as_ref().is_none_or(|only| only == by));
        count += 1;
        if typed.json {
            terminal.json(&listed_json(&listed))?;
        } else {
            terminal.line(listed_line(&listed))?;
        }
        Ok(())
    })?;
    if count == 0 && !typed.json {
        terminal.line("no articles yet; `hashiya import PROJECT PATH…` adds some")?;
    }
    Ok(Exit::Done)
}

/// What all who worked on it agree on; where they differ, the least advanced that is not to do.
fn status_of(listed: &Listed) -> Status {
    listed
        .work
        .iter()
        .map(|(_, status, ..)| *status)
        .min()
        .unwrap_or_default()
}

fn spans_of(listed: &Listed) -> u64 {
    listed.work.iter().map(|(.., spans)| spans).sum()
}

fn listed_line(listed: &Listed) -> String {
    let (status, spans) = (status_of(listed).name(), spans_of(listed));
    let lang = listed.lang.as_deref().unwrap_or("-");
    let title = listed.title.as_deref().unwrap_or("");
    printable(&format!(
        "{}  {lang:<3} {status:<11} {spans:>5}  {title}",
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
    let work = listed.work.iter().map(|(by, status, review, spans)| {
        let mut work = Map::new();
        work.insert("annotator".to_owned(), json!(by.as_str()));
        work.insert("status".to_owned(), json!(status.name()));
        if let Some(review) = review {
            work.insert("review".to_owned(), json!(review.name()));
        }
        work.insert("spans".to_owned(), json!(spans));
        Json::Object(work)
    });
    json.insert("annotators".to_owned(), work.collect());
    Json::Object(json)
}

pub fn show(typed: &Show, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let id = ArticleId::new(&typed.article)
        .map_err(|cause| Stop::Usage(Refusal::new("bad_id", format!("{:?}: {cause}", typed.article))))?;
    let reader = open_to_read(&typed.project)?;
    let shown = session::show(&reader, &id, annotator(typed.annotator.as_ref())?.as_ref())?;
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
    terminal.line(printable(&format!("\n{by} · {status} · {spans}")))?;
    for span in layer.spans.iter() {
        terminal.line(printable(&span_line(article, span)))?;
    }
    for relation in layer.relations.values() {
        terminal.line(printable(&relation_line(article, layer, relation)))?;
    }
    for event in layer.events.values() {
        terminal.line(printable(&event_line(event)))?;
    }
    for (id, value) in &layer.labels {
        terminal.line(printable(&format!("  {id} = {}", value.to_json())))?;
    }
    for note in layer.notes.values() {
        terminal.line(printable(&format!(
            "  note ({}): {}  {}",
            note.state.name(),
            note.text,
            note.id
        )))?;
    }
    Ok(())
}

/// A relation by the words and the ids of its ends.
fn relation_line(article: &Article, layer: &Layer, relation: &Relation) -> String {
    let end = |id: &SpanId| {
        let span = layer.spans.get(id);
        let quote = span.and_then(|span| span.ranges.quote(&article.text));
        let quote = quote.unwrap_or_default().replace(['\n', '\r'], " ");
        format!("“{quote}” ({id})")
    };
    let attributes = relation.attributes.iter();
    let attributes: Vec<String> = attributes
        .map(|(id, value)| format!("  {id}={}", value.to_json()))
        .collect();
    format!(
        "  {}: {} → {}  {}{}",
        relation.relation_type,
        end(&relation.from),
        end(&relation.to),
        relation.id,
        attributes.concat(),
    )
}

fn event_line(event: &Event) -> String {
    let trigger = event.trigger.iter().map(|span| format!("trigger {span}"));
    let roles = event.roles.iter().map(|one| {
        let filler = match &one.filler {
            Filler::Span(span) => span.to_string(),
            Filler::Value(value) => value.to_json().to_string(),
        };
        let inferred = if one.inferred { " (inferred)" } else { "" };
        format!("{} {filler}{inferred}", one.role)
    });
    let parts: Vec<String> = trigger.chain(roles).collect();
    let attributes = event
        .attributes
        .iter()
        .map(|(id, value)| format!("  {id}={}", value.to_json()));
    format!(
        "  {}: {}  {}{}",
        event.event_type,
        parts.join("; "),
        event.id,
        attributes.collect::<String>()
    )
}

fn span_line(article: &Article, span: &Span) -> String {
    let ranges = span
        .ranges
        .as_slice()
        .iter()
        .filter_map(|range| article.text.char_range(*range));
    let places: Vec<String> = ranges
        .map(|range| format!("{}–{}", range.start(), range.end()))
        .collect();
    let quote = span
        .ranges
        .quote(&article.text)
        .unwrap_or_default()
        .replace(['\n', '\r'], " ");
    let attributes: Vec<String> = span
        .attributes
        .iter()
        .map(|(id, value)| format!("{id}={}", value.to_json()))
        .collect();
    let mut line = format!(
        "  {:<10} {:<12} “{quote}”  {}",
        places.join(","),
        span.label,
        span.id
    );
    if !attributes.is_empty() {
        line.push_str("  ");
        line.push_str(&attributes.join(" "));
    }
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
            (
                by.to_string(),
                json!({"spans": work.spans, "relations": work.relations, "status": by_status}),
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
        "relations": stats.relations,
        "relation_types": relation_types,
        "annotators": annotators,
        "languages": languages,
    })
}
