//! `hashiya check`, `hashiya recover`, and `hashiya backup`.

use serde_json::{Map, Value as Json, json};

use crate::session::{self, Config, Finding, open_to_read};

use super::args::{Backup, Check, Recover};
use super::terminal::{Exit, Stop, Terminal, counted, name, printable};

pub fn check(typed: &Check, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    let findings = terminal.watching("check", |watch| session::check(&reader, watch))?;
    let errors = findings.iter().filter(|finding| finding.is_error).count();
    let is_sound = errors == 0 && (!typed.strict || findings.is_empty());
    if typed.json {
        let list: Vec<Json> = findings.iter().map(finding_json).collect();
        terminal.json(&json!({"ok": is_sound, "findings": list}))?;
    } else {
        for finding in &findings {
            let kind = if finding.is_error { "error" } else { "warning" };
            let place = finding
                .place
                .as_ref()
                .map_or_else(String::new, |place| format!("{place}: "));
            terminal.line(printable(&format!(
                "{kind}[{}]: {place}{}",
                finding.code, finding.message
            )))?;
        }
        terminal.line(match (findings.len(), is_sound) {
            (0, _) => "sound".to_owned(),
            (warnings, true) => format!("sound, with {}", counted(warnings as u64, "warning")),
            _ => "not sound; `hashiya recover PROJECT --output NEW` saves what can be read".to_owned(),
        })?;
    }
    Ok(if is_sound { Exit::Done } else { Exit::Failed })
}

fn finding_json(finding: &Finding) -> Json {
    let mut json = Map::new();
    json.insert("code".to_owned(), json!(finding.code));
    json.insert(
        "severity".to_owned(),
        json!(if finding.is_error { "error" } else { "warning" }),
    );
    if let Some(place) = &finding.place {
        json.insert("place".to_owned(), json!(place));
    }
    json.insert("message".to_owned(), json!(finding.message));
    Json::Object(json)
}

pub fn recover(typed: &Recover, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let config = Config::from_environment(None)?;
    let recovered = terminal.watching("recover", |watch| {
        session::recover(&typed.project, &typed.output, &config, watch)
    })?;
    let recovered = recovered.unwrap_or_default();
    let lost: Vec<Finding> = recovered.lost.iter().cloned().map(Finding::from).collect();
    if typed.json {
        let not_saved: Vec<Json> = lost.iter().map(finding_json).collect();
        terminal.json(&json!({
            "ok": true,
            "articles": recovered.articles,
            "layers": recovered.layers,
            "spans": recovered.spans,
            "lost": not_saved,
        }))?;
    } else {
        for finding in &lost {
            let place = finding
                .place
                .as_ref()
                .map_or_else(String::new, |place| format!("{place}: "));
            terminal.line(printable(&format!("lost: {place}{}", finding.message)))?;
        }
        let (articles, layers, spans) = (recovered.articles, recovered.layers, recovered.spans);
        let new = name(&typed.output);
        let [articles, layers, spans] =
            [(articles, "article"), (layers, "layer"), (spans, "span")].map(|(n, noun)| counted(n, noun));
        terminal.line(format!("{articles}, {layers}, {spans} saved to {new}"))?;
    }
    Ok(if lost.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

pub fn backup(typed: &Backup, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    terminal.watching("backup", |watch| session::backup(&reader, &typed.output, watch))?;
    let path = name(&typed.output);
    let words = format!("copied to {path}");
    terminal.answer(typed.json, &json!({"ok": true, "backup": path}), words)?;
    Ok(Exit::Done)
}
