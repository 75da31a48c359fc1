//! `hashiya export` and `hashiya formats`.

use std::collections::BTreeMap;

use serde_json::json;

use crate::model::{LabelId, Status};
use crate::session::{
    self, ExportOptions, ExportReport, Format, Goal, OffsetUnit, Refusal, Split, StatusChoice,
    export_to_place, export_to_stream, forecast, format_to_write, open_to_read,
};

use super::args::{self, Export, Formats};
use super::terminal::{Exit, Stop, Terminal, annotator, finding_json, name, printable};

pub fn run(typed: &Export, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let format = format_to_write(&typed.format).map_err(Stop::Usage)?;
    let options = options(typed)?;
    let reader = open_to_read(&typed.project)?;
    if typed.dry_run {
        let goal = if is_stream(typed) {
            Goal::Stream
        } else {
            Goal::Place(&typed.output)
        };
        let report = terminal.watching("count", |watch| forecast(&reader, format, goal, &options, watch))?;
        return answer(
            typed,
            &report,
            match goal {
                Goal::Place(path) => {
                    format!("{} would be written to {}", report.amount(), report.files(path))
                }
                _ => format!("{} would be written", report.amount()),
            },
            terminal,
        );
    }
    if is_stream(typed) {
        let mut out = Terminal::standard();
        let report = terminal.watching("export", |watch| {
            export_to_stream(&reader, format, out.out(), &options, watch)
        })?;
        if typed.json {
            terminal.message(&report_json(&report).to_string());
        } else {
            terminal.findings(&report.diagnostics, report.diagnostics.len() as u64);
        }
        return Ok(Exit::Done);
    }
    let report = terminal.watching("export", |watch| {
        export_to_place(&reader, format, &typed.output, &options, watch)
    })?;
    terminal.work_is_done(Exit::Done);
    let words = format!("{} written to {}", report.amount(), report.files(&typed.output));
    answer(typed, &report, words, terminal)
}

fn answer(
    typed: &Export,
    report: &ExportReport,
    words: String,
    terminal: &mut Terminal,
) -> Result<Exit, Stop> {
    if !typed.json {
        terminal.findings(&report.diagnostics, report.diagnostics.len() as u64);
        for part in &report.parts {
            terminal.line(printable(&part.line()))?;
        }
    }
    terminal.answer(typed.json, &report_json(report), words)?;
    Ok(Exit::Done)
}

/// Whether the dataset goes to standard output.
fn is_stream(typed: &Export) -> bool {
    typed.output.as_os_str() == "-"
}

fn options(typed: &Export) -> Result<ExportOptions, Stop> {
    let label = |typed: &String| {
        LabelId::new(typed).map_err(|cause| {
            let refusal = Refusal::new("bad_label", format!("{typed:?} cannot be a label: {cause}"));
            Stop::Usage(refusal.hint("`hashiya codebook` writes the labels that there are"))
        })
    };
    let split = typed.split.as_ref().map(|parts| Split::parse(parts, typed.seed));
    Ok(ExportOptions {
        annotator: annotator(typed.annotator.as_ref())?,
        status: typed.status.as_deref().map_or(Ok(StatusChoice::Usual), status)?,
        labels: typed.label.iter().map(label).collect::<Result<_, _>>()?,
        languages: typed.lang.iter().cloned().collect(),
        newline: match typed.newline {
            args::Newline::Keep => session::Newline::Keep,
            args::Newline::Lf => session::Newline::Lf,
        },
        unit: typed.offsets.as_deref().map(unit).transpose()?,
        split: split.transpose().map_err(Stop::Usage)?,
    })
}

/// The unit of that name.
pub(super) fn unit(typed: &str) -> Result<OffsetUnit, Stop> {
    OffsetUnit::of_characters(typed).ok_or_else(|| {
        let refusal = Refusal::new("unknown_offsets", format!("there is no unit {typed:?}"));
        Stop::Usage(refusal.hint("one of codepoint, utf16, byte"))
    })
}

fn status(typed: &str) -> Result<StatusChoice, Stop> {
    if typed == "any" {
        return Ok(StatusChoice::Any);
    }
    Status::from_name(typed).map(StatusChoice::Only).ok_or_else(|| {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        let refusal = Refusal::new("unknown_status", format!("there is no status {typed:?}"));
        Stop::Usage(refusal.hint(format!("one of {}, any", names.join(", "))))
    })
}

fn report_json(report: &ExportReport) -> serde_json::Value {
    let diagnostics: Vec<_> = report
        .diagnostics
        .iter()
        .map(|found| finding_json(found, false))
        .collect();
    let files = report.parts.iter();
    let files = files.filter_map(|part| Some((part.name.as_str(), name(part.file.as_deref()?))));
    json!({
        "ok": true,
        "articles": report.articles,
        "layers": report.layers,
        "spans": report.spans,
        "other_status": report.behind.status,
        "other_language": report.behind.language,
        "parts": report.parts.iter().map(|part| (part.name.as_str(), part.articles)).collect::<BTreeMap<_, _>>(),
        "files": files.collect::<BTreeMap<_, _>>(),
        "written": report.written.iter().map(|file| name(file)).collect::<Vec<_>>(),
        "diagnostics": diagnostics,
    })
}

pub fn formats(typed: &Formats, terminal: &mut Terminal) -> Result<Exit, Stop> {
    if let Some(id) = &typed.format {
        return one_format(id, typed.json, terminal);
    }
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
            terminal.line(format!("{:<12} cannot hold: {}", "", format.lacks_in_words()))?;
        }
    }
    Ok(Exit::Done)
}

/// The page of one format.
fn one_format(id: &str, as_json: bool, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let format = session::formats()
        .iter()
        .find(|format| format.id == id)
        .ok_or_else(|| {
            let known: Vec<&str> = session::formats().iter().map(|format| format.id).collect();
            let refusal = Refusal::new("unknown_format", format!("there is no format {id:?}"));
            Stop::Usage(refusal.hint(format!("formats: {}", known.join(", "))))
        })?;
    if as_json {
        terminal.json(&format_json(format))?;
    } else {
        terminal.line(format.page.trim_end())?;
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
        "for_training": format.is_for_training,
        "holds_splits": format.holds_splits,
        "cannot_hold": format.lacks(),
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_help_names_the_formats_that_leave_the_unit_open() {
        let command = args::Typed::command();
        let export = command.find_subcommand("export").unwrap();
        let offsets = export
            .get_arguments()
            .find(|one| one.get_id() == "offsets")
            .unwrap();
        let help = offsets.get_help().unwrap().to_string();
        for format in session::formats().iter().filter(|format| format.writes()) {
            let name = format!("`{}`", format.id);
            assert_eq!(help.contains(&name), format.unit_is_open, "{name}: {help}");
        }
    }
}
