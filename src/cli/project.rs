//! `hashiya new`.

use std::io::Read as _;

use serde_json::json;

use crate::model::Codebook;
use crate::session::{Config, Refusal, Session, codebook_toml};

use super::args::New;
use super::terminal::{Exit, Stop, Terminal, name, refuse_stream};

pub fn new(typed: &New, terminal: &mut Terminal) -> Result<Exit, Stop> {
    refuse_stream("PROJECT", [&typed.project])?;
    let codebook = codebook(&typed.codebook)?;
    let session = Session::create(&typed.project, &codebook, Config::from_environment(None)?)?;
    terminal.work_is_done(Exit::Done);
    let path = name(session.path());
    let words = format!("made {path}");
    terminal.answer(typed.json, &json!({"ok": true, "project": path}), words)?;
    Ok(Exit::Done)
}

/// A codebook of the program by its name, else one from a file or standard input.
fn codebook(typed: &str) -> Result<Codebook, Stop> {
    if let Some(codebook) = codebook_toml::builtin(typed) {
        return Ok(codebook);
    }
    let text = if typed == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|cause| {
            Refusal::new("cannot_read", format!("standard input: {cause}"))
                .hint("a codebook is TOML, in UTF-8; nothing was made")
        })?;
        text
    } else {
        read_file(typed)?
    };
    codebook_toml::read(&text).map_err(|found| {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        let refusal = Refusal::new("bad_codebook", format!("{typed}: {}", lines.join("; ")));
        Stop::Refusal(refusal.hint("mend the file; nothing was made"))
    })
}

fn read_file(typed: &str) -> Result<String, Refusal> {
    std::fs::read_to_string(typed).map_err(|cause| {
        Refusal::new(
            "unknown_codebook",
            format!("{typed:?} is no codebook of the program and no file: {cause}"),
        )
        .hint("leave --codebook out for `conflict`, or name a TOML file")
    })
}
