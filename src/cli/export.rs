//! `hashiya export` and `hashiya formats`.

use serde_json::json;

use crate::model::Status;
use crate::session::{
    self, ExportOptions, ExportReport, Format, Refusal, export_to_place, export_to_stream, format_to_write,
    open_to_read,
};

use super::args::{self, Export, Formats};
use super::terminal::{Exit, Stop, Terminal, annotator, counted, finding_json, name};

pub fn run(typed: &Export, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let format = format_to_write(&typed.format).map_err(Stop::Usage)?;
    let options = ExportOptions {
        annotator: annotator(typed.annotator.as_ref())?,
        status: typed.status.as_deref().map(status).transpose()?,
        newline: match typed.newline {
            args::Newline::Keep => session::Newline::Keep,
            args::Newline::Lf => session::Newline::Lf,
        },
    };
    let reader = open_to_read(&typed.project)?;
    if typed.output.as_os_str() == "-" {
        let mut out = Terminal::standard();
        let report = terminal.watching("export", |watch| {
            export_to_stream(&reader, format, out.out(), &options, watch)
        })?;
        terminal.findings(&report.diagnostics, report.diagnostics.len() as u64);
        if typed.json {
            terminal.message(&report_json(&report).to_string());
        }
        return Ok(Exit::Done);
    }
    let report = terminal.watching("export", |watch| {
        export_to_place(&reader, format, &typed.output, &options, watch)
    })?;
    if !typed.json {
        terminal.findings(&report.diagnostics, report.diagnostics.len() as u64);
    }
    let words = format!(
        "{}, {} written to {}",
        counted(report.articles, "article"),
        counted(report.spans, "span"),
        name(&typed.output)
    );
    terminal.answer(typed.json, &report_json(&report), words)?;
    Ok(Exit::Done)
}

fn status(typed: &str) -> Result<Status, Stop> {
    Status::from_name(typed).ok_or_else(|| {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        let refusal = Refusal::new("unknown_status", format!("there is no status {typed:?}"));
        Stop::Usage(refusal.hint(format!("one of {}", names.join(", "))))
    })
}

fn report_json(report: &ExportReport) -> serde_json::Value {
    let diagnostics: Vec<_> = report
        .diagnostics
        .iter()
        .map(|found| finding_json(found, false))
        .collect();
    json!({
        "ok": true,
        "articles": report.articles,
        "layers": report.layers,
        "spans": report.spans,
        "diagnostics": diagnostics,
    })
}

pub fn formats(typed: &Formats, terminal: &mut Terminal) -> Result<Exit, Stop> {
    for format in session::formats() {
        if typed.json {
            terminal.json(&format_json(format))?;
            continue;
        }
        let does = match (format.reads(), format.writes()) {
            (true, true) => "reads, writes",
            (true, false) => "reads",
            (false, true) => "writes",
            (false, false) => "",
        };
        let unit = format.offset_unit.name();
        terminal.line(format!(
            "{:<12} {:<28} {does:<14} offsets: {unit}",
            format.id, format.name
        ))?;
        if !format.cannot_hold.is_empty() {
            terminal.line(format!("{:<12} cannot hold: {}", "", format.lacks().join(", ")))?;
        }
    }
    Ok(Exit::Done)
}

fn format_json(format: &Format) -> serde_json::Value {
    json!({
        "id": format.id,
        "name": format.name,
        "reads": format.reads(),
        "writes": format.writes(),
        "offsets": format.offset_unit.name(),
        "endings": format.endings,
        "one_file": format.is_one_file(),
        "several_annotators": format.several_annotators,
        "cannot_hold": format.lacks(),
    })
}
