//! `hashiya apply`: commands as JSON Lines in, one answer line each out, after the commit.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use serde_json::{Value as Json, json};

use crate::session::{Asked, Command, Config, Refusal, Session, Watch};

use super::args::Apply;
use super::terminal::{Exit, Stop, Terminal, annotator, error_json};

pub fn run(typed: &Apply, terminal: &mut Terminal) -> Result<Exit, Stop> {
    annotator(typed.annotator.as_ref())?;
    let config = Config::from_environment(typed.annotator.as_deref())?;
    let mut session = Session::open(&typed.project, config)?;
    let mut input: Box<dyn BufRead> = match &typed.file {
        None => Box::new(BufReader::new(io::stdin())),
        Some(path) if path.as_os_str() == "-" => Box::new(BufReader::new(io::stdin())),
        Some(path) => Box::new(BufReader::new(File::open(path).map_err(|cause| {
            Refusal::new("cannot_read", format!("{}: {cause}", path.display())).hint("check the path")
        })?)),
    };
    let mut exit = Exit::Done;
    let mut line = Vec::new();
    let mut is_first = true;
    loop {
        line.clear();
        let read = input.read_until(b'\n', &mut line).map_err(|cause| {
            Refusal::new(
                "cannot_read",
                format!("the commands cannot be read to their end: {cause}"),
            )
        })?;
        if read == 0 {
            return Ok(exit);
        }
        // Some shells put a byte-order mark in front of what they pipe.
        if std::mem::take(&mut is_first) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = terminal.watching("apply", |watch| answer(&mut session, &line, watch));
        if answer.get("ok") != Some(&Json::Bool(true)) {
            exit = Exit::Refused;
        }
        terminal.json(&answer)?;
        terminal.flush()?;
    }
}

fn answer(session: &mut Session, line: &[u8], watch: &mut Watch<'_>) -> Json {
    let owner = session.annotator().clone();
    let command = std::str::from_utf8(line)
        .map_err(|cause| Refusal::new("bad_json", format!("this line is no UTF-8: {cause}")))
        .and_then(Command::from_json);
    match command.and_then(|command| session.run_watched(&command, Asked::of(&owner), watch)) {
        Ok(done) => json!({"ok": true, "transaction": done.transaction.get(), "created": done.created}),
        Err(refusal) => json!({"ok": false, "error": error_json(&refusal)}),
    }
}
