//! `hashiya import`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::session::{
    AnnotatorMap, Config, Diagnostic, Duplicates, Format, ImportOptions, ImportReport, LabelMap, Refusal,
    Session, Severity, atomic, formats, refuse_project,
};

use super::args::{self, Import};
use super::export::unit;
use super::terminal::{Exit, Stop, Terminal, annotator, finding_json, name};

pub fn run(typed: &Import, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let options = options(typed)?;
    if let Some(path) = &typed.rejected {
        refuse_project(path)?;
        refuse_missing_folder(path)?;
    }
    let config = Config::from_environment(typed.annotator.as_deref())?;
    let mut session = Session::open(&typed.project, config)?;
    let report = terminal.watching("import", |watch| session.import(&typed.paths, &options, watch))?;
    if let Some(path) = &typed.rejected {
        let saved = save_rejected(path, &report.diagnostics)?;
        if saved < report.refused {
            let (path, all) = (name(path), report.refused);
            terminal.message(&format!(
                "{path} has the first {saved} of {all} that were kept out"
            ));
        }
    }
    if typed.json {
        terminal.json(&report_json(&report))?;
    } else {
        terminal.findings(&report.diagnostics, report.findings);
        terminal.line(report.summary())?;
        if !report.codebook.is_empty() {
            terminal.line(format!(
                "codebook: added or changed {}",
                report.codebook.join(", ")
            ))?;
        }
        if let Some(transaction) = report.transaction {
            terminal.line(format!(
                "transaction {transaction}; `hashiya undo PROJECT` takes it back"
            ))?;
        }
    }
    Ok(if report.refused > 0 {
        Exit::Refused
    } else {
        Exit::Done
    })
}

fn options(typed: &Import) -> Result<ImportOptions, Stop> {
    Ok(ImportOptions {
        columns: columns(&typed.column)?,
        labels: LabelMap::parse(typed.label_map.iter().map(String::as_str)).map_err(Stop::Usage)?,
        annotators: AnnotatorMap::parse(typed.annotator_map.iter().map(String::as_str))
            .map_err(Stop::Usage)?,
        unit: typed.offsets.as_deref().map(unit).transpose()?,
        format: typed.format.as_deref().map(readable_format).transpose()?,
        annotator: annotator(typed.annotator.as_ref())?,
        duplicates: match typed.duplicates {
            args::Duplicates::Skip => Duplicates::Skip,
            args::Duplicates::Keep => Duplicates::Keep,
        },
        strict: typed.strict,
    })
}

fn columns(typed: &[String]) -> Result<BTreeMap<String, String>, Stop> {
    typed
        .iter()
        .map(|pair| {
            let (what, column) = pair.split_once('=').ok_or_else(|| {
                let refusal = Refusal::new("bad_column", format!("{pair:?}: there is no = in it"));
                Stop::Usage(refusal.hint("write what a column holds and its name: text=Body"))
            })?;
            Ok((what.to_owned(), column.to_owned()))
        })
        .collect()
}

fn readable_format(id: &str) -> Result<&'static Format, Stop> {
    formats()
        .iter()
        .find(|format| format.id == id && format.reads())
        .ok_or_else(|| {
            let known: Vec<&str> = formats()
                .iter()
                .filter(|format| format.reads())
                .map(|format| format.id)
                .collect();
            let refusal = Refusal::new("unknown_format", format!("there is no format {id:?} to read"));
            Stop::Usage(refusal.hint(format!("formats that can be read: {}", known.join(", "))))
        })
}

fn report_json(report: &ImportReport) -> serde_json::Value {
    let diagnostics: Vec<_> = report
        .diagnostics
        .iter()
        .map(|found| finding_json(found, false))
        .collect();
    json!({
        "ok": true,
        "transaction": report.transaction.map(crate::model::TransactionId::get),
        "files": report.files,
        "added": report.added,
        "layers": report.layers,
        "skipped": report.skipped,
        "refused": report.refused,
        "codebook": report.codebook,
        "findings": report.findings,
        "diagnostics": diagnostics,
    })
}

/// An import is not begun where its list of what was kept out could not be written.
fn refuse_missing_folder(path: &Path) -> Result<(), Refusal> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let is_free = !path.exists() || path.is_file();
    if folder.is_none_or(Path::is_dir) && is_free {
        return Ok(());
    }
    let message = format!("{}: what is kept out cannot be written here", path.display());
    Err(Refusal::new("not_found", message)
        .hint("name a file in a folder that is there; nothing was imported"))
}

/// What was kept out, as JSON Lines, to be mended and imported again; answers how many lines that are.
fn save_rejected(path: &Path, findings: &[Diagnostic]) -> Result<u64, Stop> {
    let failed = |cause: std::io::Error| {
        Refusal::new("io", format!("{}: it cannot be written: {cause}", path.display()))
            .hint("the import itself is done")
    };
    let is_rejected = |found: &&Diagnostic| found.severity == Severity::Error;
    let rejected: Vec<&Diagnostic> = findings.iter().filter(is_rejected).collect();
    atomic::write_with(path, |out| {
        let mut lines = rejected.iter();
        lines.try_for_each(|found| writeln!(out, "{}", finding_json(found, true)))
    })
    .map_err(failed)?;
    Ok(rejected.len() as u64)
}
