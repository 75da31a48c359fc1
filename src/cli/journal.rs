//! `hashiya undo`, `hashiya redo`, and `hashiya log`.

use serde_json::{Map, Value as Json, json};

use crate::model::{Action, Annotator, ArticleId, Scope};
use crate::session::{Asked, Command, Config, JournalEntry, Redo, Session, Undo, open_to_read};

use super::args::{Log, Turn};
use super::terminal::{Exit, Stop, Terminal, annotator, article_id, printable};

/// Entries that are read at once.
const PAGE: u64 = 500;

pub fn undo(typed: &Turn, terminal: &mut Terminal) -> Result<Exit, Stop> {
    turn(typed, terminal, |article, annotator| {
        Undo { article, annotator }.into()
    })
}

pub fn redo(typed: &Turn, terminal: &mut Terminal) -> Result<Exit, Stop> {
    turn(typed, terminal, |article, annotator| {
        Redo { article, annotator }.into()
    })
}

fn turn(
    typed: &Turn,
    terminal: &mut Terminal,
    command: impl FnOnce(Option<ArticleId>, Option<Annotator>) -> Command,
) -> Result<Exit, Stop> {
    let article = typed.article.as_deref().map(article_id).transpose()?;
    let command = command(article, annotator(typed.annotator.as_ref())?);
    let mut session = Session::open(
        &typed.project,
        Config::from_environment(typed.annotator.as_deref())?,
    )?;
    let owner = session.annotator().clone();
    let done = terminal.watching(command.name(), |watch| {
        session.run_watched(&command, Asked::of(&owner), watch)
    })?;
    terminal.work_is_done(Exit::Done);
    let json = json!({"ok": true, "transaction": done.transaction.get(), "summary": done.summary});
    let words = printable(&format!("transaction {}: {}", done.transaction, done.summary));
    terminal.answer(typed.json, &json, words)?;
    Ok(Exit::Done)
}

pub fn log(typed: &Log, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let reader = open_to_read(&typed.project)?;
    if let Some(article) = &typed.article {
        return super::history::article_log(typed, article, &reader, terminal);
    }
    let mut last = None;
    loop {
        let page = reader.journal(last, PAGE)?;
        for entry in &page {
            if typed.json {
                terminal.json(&entry_json(entry))?;
            } else {
                terminal.line(printable(&entry_line(entry)))?;
            }
        }
        match page.last() {
            Some(entry) if page.len() as u64 == PAGE => last = Some(entry.id),
            _ => return Ok(Exit::Done),
        }
    }
}

/// A transaction in one line.
pub fn entry_line(entry: &JournalEntry) -> String {
    let undone = entry
        .undone_by
        .map_or_else(String::new, |by| format!("  (undone by {by})"));
    let (at, author, summary) = (entry.at.as_str(), &entry.author, &entry.summary);
    format!("{:>6}  {at}  {author}  {summary}{undone}", entry.id)
}

/// A transaction for a program.
pub fn entry_json(entry: &JournalEntry) -> Json {
    let mut json = Map::new();
    json.insert("transaction".to_owned(), json!(entry.id.get()));
    let (action, target) = match entry.action {
        Action::Do => ("do", None),
        Action::Undo(target) => ("undo", Some(target)),
        Action::Redo(target) => ("redo", Some(target)),
    };
    json.insert("action".to_owned(), json!(action));
    if let Some(target) = target {
        json.insert("target".to_owned(), json!(target.get()));
    }
    json.insert("author".to_owned(), json!(entry.author.as_str()));
    json.insert("at".to_owned(), json!(entry.at.as_str()));
    json.insert("summary".to_owned(), json!(entry.summary));
    let scopes = entry.scopes.iter().map(|scope| match scope {
        Scope::Project => json!("project"),
        Scope::Layer(article, annotator) => {
            json!({"article": article.as_str(), "annotator": annotator.as_str()})
        }
    });
    json.insert("scopes".to_owned(), scopes.collect());
    json.insert("edits".to_owned(), json!(entry.edits));
    if let Some(by) = entry.undone_by {
        json.insert("undone_by".to_owned(), json!(by.get()));
    }
    Json::Object(json)
}
