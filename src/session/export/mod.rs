//! A project out as a dataset: streamed, filtered, whole or not at all.

mod alike;
mod choice;
mod place;
mod refusals;
mod split;
mod writing;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::formats::{self, Contents, Diagnostic, Format, OffsetUnit, Stream};
use crate::model::{Annotator, LabelId};
use crate::store::Reader;

use super::atomic;
use super::newline::Newline;
use super::project::refuse_project;
use super::refusal::Refusal;
use super::watch::Watch;
pub use choice::{StatusChoice, StayedBehind};
use place::Place;
use refusals::{cannot_write, refuse_split_stream, refuse_unit};
pub use split::Split;
use writing::{Destination, Parts, write};

/// What to export.
#[derive(Clone, Debug, Default)]
pub struct ExportOptions {
    /// Only this annotator's work, and only articles that have some.
    pub annotator: Option<Annotator>,
    /// Work of which status.
    pub status: StatusChoice,
    /// Only spans of these labels, and what hangs on them; of all where empty. The articles stay.
    pub labels: BTreeSet<LabelId>,
    /// Only articles in these languages, in all where empty: `fr` also takes `fr-CA`.
    pub languages: BTreeSet<String>,
    /// How line ends are written.
    pub newline: Newline,
    /// How positions are counted, in formats that leave it open.
    pub unit: Option<OffsetUnit>,
    /// In which parts.
    pub split: Option<Split>,
}

/// What an export did, or would do.
#[derive(Clone, Debug, Default)]
pub struct ExportReport {
    /// Articles written.
    pub articles: u64,
    /// Annotators' layers written.
    pub layers: u64,
    /// Spans written.
    pub spans: u64,
    /// Articles that were not chosen.
    pub behind: StayedBehind,
    /// The parts of a split with their articles.
    pub parts: Vec<(String, u64)>,
    /// What all of it holds, before anything was left out.
    pub contents: Contents,
    /// What the format had no room for, and what else is to be said.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it was stopped; the files are then as they were.
    pub cancelled: bool,
}

/// Why an export stopped.
enum Stop {
    Refusal(Refusal),
    Io(io::Error),
    Cancelled,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

/// The format of that id, where it can be written.
///
/// # Errors
/// `unknown_format`, `cannot_write_format`.
pub fn format_to_write(id: &str) -> Result<&'static Format, Refusal> {
    let writable = formats::registry()
        .iter()
        .filter(|format| format.writes())
        .map(|format| format.id);
    let known = format!(
        "formats that can be written: {}",
        writable.collect::<Vec<_>>().join(", ")
    );
    let format = formats::format(id).ok_or_else(|| {
        Refusal::new("unknown_format", format!("there is no format {id:?}")).hint(known.clone())
    })?;
    if !format.writes() {
        return Err(Refusal::new("cannot_write_format", format!("{} is read only", format.name)).hint(known));
    }
    Ok(format)
}

/// Writes a dataset to its place, a file or a folder, which appears whole or stays as it was. The parts of a split
/// become files beside one another (`news.train.jsonl`) or folders in the folder, where the format does not keep them
/// in one dataset.
///
/// # Errors
/// What the format cannot hold, and whatever the disk reports.
pub fn export_to_place(
    reader: &Reader,
    format: &'static Format,
    path: &Path,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Refusal> {
    refuse_project(path)?;
    refuse_unit(format, options)?;
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut places = Vec::new();
    let mut destinations = Vec::new();
    for part in parts_of(format, options) {
        match (&part, format.is_one_file()) {
            (Some(part), true) => places.push(Place::prepare(format, &path_of_part(path, part))?),
            _ if places.is_empty() => places.push(Place::prepare(format, path)?),
            _ => {}
        }
        let folder = part.filter(|_| !format.is_one_file());
        if let Some(place) = places.last() {
            destinations.push(Destination::new(place.files(), folder));
        }
    }
    let written = write(reader, format, destinations, &name, options, watch).and_then(|report| {
        let committed = places.into_iter().try_for_each(Place::commit);
        committed.map(|()| report).map_err(Stop::Io)
    });
    report_of(written, path)
}

/// Writes a dataset to a stream. A reader that hangs up (a broken pipe) is a success.
///
/// # Errors
/// What the format cannot hold, and whatever the disk reports.
pub fn export_to_stream(
    reader: &Reader,
    format: &'static Format,
    out: &mut (dyn Write + Send),
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Refusal> {
    refuse_split_stream(format, options)?;
    refuse_unit(format, options)?;
    let destinations = vec![Destination::new(Box::new(Stream::new(&mut *out)), None)];
    let written = write(reader, format, destinations, "dataset", options, watch);
    match written.and_then(|report| out.flush().map(|()| report).map_err(Stop::Io)) {
        Err(Stop::Io(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(ExportReport::default()),
        written => report_of(written, Path::new("standard output")),
    }
}

/// What an export would do, with what it would leave out, without writing anything.
///
/// # Errors
/// What the format cannot hold, and whatever the disk reports.
pub fn forecast(
    reader: &Reader,
    format: &'static Format,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Refusal> {
    refuse_unit(format, options)?;
    let parts = Parts::of(reader, format, options, watch);
    let foreseen = parts.and_then(|parts| writing::count(reader, format, options, &parts, watch));
    report_of(foreseen, Path::new("the project"))
}

/// A part for each dataset that is made: those of a split where the format does not hold them in one.
fn parts_of(format: &Format, options: &ExportOptions) -> Vec<Option<String>> {
    match &options.split {
        Some(split) if !format.holds_splits => split.names().into_iter().map(Some).collect(),
        _ => vec![None],
    }
}

/// `news.train.jsonl` for the part `train` of `news.jsonl`.
fn path_of_part(path: &Path, part: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match path.extension() {
        Some(ending) => format!("{stem}.{part}.{}", ending.to_string_lossy()),
        None => format!("{stem}.{part}"),
    };
    path.with_file_name(name)
}

fn report_of(written: Result<ExportReport, Stop>, path: &Path) -> Result<ExportReport, Refusal> {
    match written {
        Ok(report) => Ok(report),
        Err(Stop::Cancelled) => Ok(ExportReport {
            cancelled: true,
            ..ExportReport::default()
        }),
        Err(Stop::Refusal(refusal)) => Err(refusal),
        Err(Stop::Io(cause)) => Err(cannot_write(path, &cause)),
    }
}

/// Where the JSONL snapshot of a project lies: `exports/NAME.jsonl` beside it.
pub fn snapshot_path(project: &Path) -> PathBuf {
    let name = project.file_stem().map_or_else(
        || "project".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let folder = project.parent().unwrap_or(Path::new("."));
    folder.join("exports").join(format!("{name}.jsonl"))
}

/// Writes the whole project as JSONL beside it.
///
/// # Errors
/// Whatever the disk reports.
pub fn save_snapshot(
    reader: &Reader,
    project: &Path,
    watch: &mut Watch<'_>,
) -> Result<(PathBuf, ExportReport), Refusal> {
    let path = snapshot_path(project);
    if let Some(folder) = path.parent() {
        atomic::make_folder(folder).map_err(|cause| cannot_write(folder, &cause))?;
    }
    let format = format_to_write("jsonl")?;
    let report = export_to_place(reader, format, &path, &ExportOptions::default(), watch)?;
    Ok((path, report))
}
