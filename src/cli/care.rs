//! `hashiya check`, `hashiya recover`, and `hashiya backup`.

use std::io::{self, Write as _};
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json, json};

use crate::model::counted;
use crate::session::{self, Config, Finding, FoundProblem, Watch, each_problem, open_to_read};

use super::args::{Backup, Check, Recover};
use super::terminal::{Exit, Stop, Terminal, name, printable, refuse_stream};

pub fn check(typed: &Check, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    let findings = terminal.watching("check", |watch| session::check(&reader, watch))?;
    let errors = findings.iter().filter(|finding| finding.is_error).count();
    let mut report = Report {
        terminal,
        as_json: typed.json,
        // Whatever is told from here on is an error or a warning.
        passes_with_warnings: errors == 0 && !typed.strict,
        told: 0,
    };
    for finding in &findings {
        report.tell(|| finding_line(finding), || finding_json(finding))?;
    }
    // What is unsound cannot be read to its end.
    if errors == 0 {
        let mut written = Ok(());
        each_problem(&reader, &mut Watch::silent(), &mut |found| {
            // An unsound problem is one of the findings already.
            if found.problem.code.is_error() {
                return ControlFlow::Continue(());
            }
            written = report.tell(|| problem_line(&found), || problem_json(&found));
            if written.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        written?;
    }
    Ok(report.end(errors)?)
}

/// The answer of `check`, written while it is found: there may be more to tell than fits into memory.
struct Report<'a> {
    terminal: &'a mut Terminal,
    as_json: bool,
    passes_with_warnings: bool,
    told: u64,
}

impl Report<'_> {
    fn tell(&mut self, line: impl FnOnce() -> String, json: impl FnOnce() -> Json) -> io::Result<()> {
        let written = self.write(line, json);
        // Who looks away has still asked whether it is sound.
        let is_unread = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
        if written.as_ref().is_err_and(is_unread) && !self.passes_with_warnings {
            self.terminal.work_is_done(Exit::Failed);
        }
        written
    }

    fn write(&mut self, line: impl FnOnce() -> String, json: impl FnOnce() -> Json) -> io::Result<()> {
        self.told += 1;
        if !self.as_json {
            return self.terminal.line(line());
        }
        if self.told == 1 {
            self.open(self.passes_with_warnings)?;
        } else {
            write!(self.terminal.out(), ",")?;
        }
        write!(self.terminal.out(), "{}", json())
    }

    fn open(&mut self, passes: bool) -> io::Result<()> {
        write!(self.terminal.out(), "{{\"ok\":{passes},\"findings\":[")
    }

    fn end(mut self, errors: usize) -> io::Result<Exit> {
        let passes = self.told == 0 || self.passes_with_warnings;
        if self.as_json {
            if self.told == 0 {
                self.open(passes)?;
            }
            self.terminal.line("]}")?;
        } else {
            self.terminal.line(match (errors, self.told) {
                (0, 0) => "sound".to_owned(),
                (0, warnings) => format!("sound, with {}", counted(warnings, "warning")),
                _ => "not sound; `hashiya recover PROJECT --output NEW` saves what can be read".to_owned(),
            })?;
        }
        Ok(if passes { Exit::Done } else { Exit::Failed })
    }
}

fn finding_line(finding: &Finding) -> String {
    let kind = if finding.is_error { "error" } else { "warning" };
    said(&format!("{kind}[{}]", finding.code), finding)
}

/// A finding in one line behind what it is called, with its place.
fn said(what: &str, finding: &Finding) -> String {
    let place = finding.place.as_ref().map(|place| format!("{place}: "));
    printable(&format!(
        "{what}: {}{}",
        place.unwrap_or_default(),
        finding.message
    ))
}

fn problem_line(found: &FoundProblem) -> String {
    let (code, message) = (found.problem.code.name(), &found.problem.message);
    let (place, hint) = (problem_place(found), &found.problem.hint);
    printable(&format!("warning[{code}]: {place}: {message} ({hint})"))
}

/// Where a problem is, in the words of every other finding.
fn problem_place(found: &FoundProblem) -> String {
    let place = format!("article {}, annotator {}", found.article, found.annotator);
    match found.at {
        Some(range) => format!("{place}, {}–{}", range.start(), range.end()),
        None => place,
    }
}

fn problem_json(found: &FoundProblem) -> Json {
    let mut json = json!({
        "code": found.problem.code.name(),
        "severity": "warning",
        "place": problem_place(found),
        "message": found.problem.message,
        "hint": found.problem.hint,
        "article": found.article.as_str(),
        "annotator": found.annotator.as_str(),
    });
    if let Some((map, range)) = json.as_object_mut().zip(found.at) {
        map.insert("start".to_owned(), json!(range.start().get()));
        map.insert("end".to_owned(), json!(range.end().get()));
    }
    if let Some(map) = json.as_object_mut() {
        map.insert("problem".to_owned(), json!(found.problem.key.as_str()));
    }
    json
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
    refuse_stream("--output", [&typed.output])?;
    let config = Config::from_environment(None)?;
    let recovered = terminal.watching("recover", |watch| {
        session::recover(&typed.project, &typed.output, &config, watch)
    })?;
    let recovered = recovered.unwrap_or_default();
    let lost: Vec<Finding> = recovered.lost.iter().cloned().map(Finding::from).collect();
    let exit = if lost.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    };
    terminal.work_is_done(exit);
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
            terminal.line(said("lost", finding))?;
        }
        let (articles, layers, spans) = (recovered.articles, recovered.layers, recovered.spans);
        let new = name(&typed.output);
        let [articles, layers, spans] =
            [(articles, "article"), (layers, "layer"), (spans, "span")].map(|(n, noun)| counted(n, noun));
        let words = format!("{articles}, {layers}, {spans} saved to {new}");
        terminal.line(printable(&words))?;
    }
    Ok(exit)
}

pub fn backup(typed: &Backup, terminal: &mut Terminal) -> Result<Exit, Stop> {
    refuse_stream("--output", [&typed.output])?;
    let reader = open_to_read(&typed.project)?;
    terminal.watching("backup", |watch| session::backup(&reader, &typed.output, watch))?;
    terminal.work_is_done(Exit::Done);
    let path = name(&typed.output);
    let words = format!("copied to {path}");
    terminal.answer(typed.json, &json!({"ok": true, "backup": path}), words)?;
    Ok(Exit::Done)
}
