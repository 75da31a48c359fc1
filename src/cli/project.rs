//! `hashiya new`.

use serde_json::json;

use crate::model::Codebook;
use crate::session::{Config, Refusal, Session, codebook_toml};

use super::args::New;
use super::terminal::{Exit, Stop, Terminal, name};

pub fn new(typed: &New, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let codebook = codebook(&typed.codebook)?;
    let session = Session::create(&typed.project, &codebook, Config::from_environment(None)?)?;
    let path = name(session.path());
    let words = format!("made {path}");
    terminal.answer(typed.json, &json!({"ok": true, "project": path}), words)?;
    Ok(Exit::Done)
}

/// A codebook of the program by its name, else one from a file.
fn codebook(typed: &str) -> Result<Codebook, Stop> {
    if let Some(codebook) = codebook_toml::builtin(typed) {
        return Ok(codebook);
    }
    let text = std::fs::read_to_string(typed).map_err(|cause| {
        Refusal::new(
            "unknown_codebook",
            format!("{typed:?} is no codebook of the program and no file: {cause}"),
        )
        .hint("leave --codebook out for `conflict`, or name a TOML file")
    })?;
    codebook_toml::read(&text).map_err(|found| {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        let refusal = Refusal::new("bad_codebook", format!("{typed}: {}", lines.join("; ")));
        Stop::Refusal(refusal.hint("mend the file; nothing was made"))
    })
}
