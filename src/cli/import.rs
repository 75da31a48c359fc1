//! `hashiya import`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use crate::model::counted;
use crate::session::atomic::NewFile;
use crate::session::{
    AnnotatorMap, Config, Diagnostic, Duplicates, Format, ImportOptions, ImportReport, LabelMap, Refusal,
    Session, cannot_write, formats,
};

use super::args::{self, Import};
use super::export::unit;
use super::terminal::{Exit, Form, Stop, Terminal, annotator, finding_json, name, printable, refuse_stream};

pub fn run(typed: &Import, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let options = options(typed)?;
    refuse_stream("PATH", &typed.paths)?;
    refuse_stream("--rejected", &typed.rejected)?;
    let mut rejected = typed.rejected.as_deref().map(NewFile::at).transpose()?;
    let config = Config::from_environment(typed.annotator.as_deref())?;
    let mut session = Session::open(&typed.project, config)?;
    let mut kept_out = |found: &Diagnostic| {
        if let Some(file) = &mut rejected {
            file.line(finding_json(found, true));
        }
    };
    let report = terminal.watching("import", |watch| {
        session.import_telling(&typed.paths, &options, &mut kept_out, watch)
    })?;
    let exit = if report.refused > 0 {
        Exit::Refused
    } else {
        Exit::Done
    };
    terminal.work_is_done(exit);
    let saved = rejected.map_or(Ok(0), NewFile::finish);
    if typed.json {
        let written = typed.rejected.as_deref().filter(|_| matches!(saved, Ok(1..)));
        terminal.json(&report_json(&report, written))?;
    } else {
        tell(
            typed,
            &report,
            saved.as_ref().copied().unwrap_or_default(),
            terminal,
        )?;
    }
    if let Some((path, cause)) = typed.rejected.as_deref().zip(saved.err()) {
        let refusal = cannot_write(path, &cause).hint("the import itself is done; what was kept out is lost");
        terminal.refuse(&refusal, Form::Words);
        return Ok(Exit::Refused);
    }
    Ok(exit)
}

/// The report in words.
fn tell(typed: &Import, report: &ImportReport, saved: u64, terminal: &mut Terminal) -> Result<(), Stop> {
    terminal.findings(&report.diagnostics, report.findings);
    terminal.line(report.summary())?;
    if let Some(path) = typed.rejected.as_deref().filter(|_| saved > 0) {
        let words = format!("{} written to {}", counted(saved, "kept-out record"), name(path));
        terminal.line(printable(&words))?;
    }
    if !report.codebook.is_empty() {
        let words = format!("codebook: added or changed {}", report.codebook.join(", "));
        terminal.line(printable(&words))?;
    }
    if let Some(transaction) = report.transaction {
        terminal.line(format!(
            "transaction {transaction}; `hashiya undo PROJECT` takes it back"
        ))?;
    }
    Ok(())
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

fn report_json(report: &ImportReport, rejected: Option<&Path>) -> serde_json::Value {
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
        "rejected": rejected.map(name),
        "findings": report.findings,
        "listed": diagnostics.len(),
        "diagnostics": diagnostics,
    })
}
