//! `hashiya codebook`: shows, writes, or takes over a codebook.

use std::io::{ErrorKind, Read};

use serde_json::json;

use crate::session::{
    Command, Config, ImportCodebook, Refusal, Session, atomic, cannot_write, codebook_toml, open_to_read,
    refuse_project,
};

use super::args::Codebook;
use super::terminal::{Exit, Stop, Terminal, name, printable};

pub fn run(typed: &Codebook, terminal: &mut Terminal) -> Result<Exit, Stop> {
    if let Some(path) = &typed.import {
        return import(typed, path, terminal);
    }
    let reader = open_to_read(&typed.project)?;
    let codebook = reader.codebook()?;
    let version = reader.codebook_version()?;
    let toml = codebook_toml::write(&codebook);
    let answer = json!({
        "ok": true,
        "version": version.number,
        "sha256": version.digest.hex(),
        "labels": codebook.labels.len(),
        "attributes": codebook.attributes.len(),
        "relation_types": codebook.relation_types.len(),
        "event_types": codebook.event_types.len(),
        "article_labels": codebook.article_labels.len(),
        "toml": toml,
    });
    let Some(path) = typed.output.as_ref().filter(|path| path.as_os_str() != "-") else {
        if typed.json {
            terminal.json(&answer)?;
        } else {
            terminal.line(toml.trim_end())?;
        }
        return Ok(Exit::Done);
    };
    refuse_project(path)?;
    atomic::refuse_nameless(path)?;
    atomic::write(path, toml.as_bytes()).map_err(|cause| cannot_write(path, &cause))?;
    terminal.work_is_done(Exit::Done);
    let words = format!("codebook version {} written to {}", version.number, name(path));
    terminal.answer(typed.json, &answer, words)?;
    Ok(Exit::Done)
}

fn import(typed: &Codebook, path: &std::path::Path, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let unreadable = |cause: std::io::Error| {
        let message = format!("{}: {cause}", name(path));
        match cause.kind() {
            ErrorKind::NotFound => Refusal::new("not_found", message).hint("check the path"),
            ErrorKind::InvalidData => {
                Refusal::new("cannot_read", message).hint("a codebook is TOML, in UTF-8")
            }
            _ => Refusal::new("cannot_read", message),
        }
    };
    let toml = if path.as_os_str() == "-" {
        let mut toml = String::new();
        std::io::stdin().read_to_string(&mut toml).map_err(unreadable)?;
        toml
    } else {
        std::fs::read_to_string(path).map_err(unreadable)?
    };
    let mut session = Session::open(&typed.project, Config::from_environment(None)?)?;
    let replace = typed.replace;
    let command = Command::ImportCodebook(ImportCodebook { toml, replace });
    let (transaction, summary) = match session.run(&command, None) {
        Ok(done) => (Some(done.transaction.get()), done.summary),
        Err(refusal) if refusal.code == "unchanged" => {
            (None, format!("nothing to change: {}", refusal.message))
        }
        Err(refusal) => return Err(refusal.into()),
    };
    terminal.work_is_done(Exit::Done);
    let version = session.reader().codebook_version()?;
    let answer = json!({
        "ok": true,
        "transaction": transaction,
        "summary": summary,
        "version": version.number,
        "sha256": version.digest.hex(),
    });
    terminal.answer(typed.json, &answer, printable(&summary))?;
    Ok(Exit::Done)
}
