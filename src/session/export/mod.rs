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
use std::sync::{Mutex, PoisonError};

use crate::formats::{self, Contents, Diagnostic, Files, Format, Nowhere, OffsetUnit, Stream};
use crate::model::{Annotator, LabelId, counted};
use crate::store::{Reader, sweep_drafts};

use super::atomic;
use super::newline::Newline;
use super::project::refuse_project;
use super::refusal::Refusal;
use super::watch::Watch;
pub use choice::{StatusChoice, StayedBehind};
use place::{Place, Site, name_of, path_of_part};
pub use refusals::{cannot_write, refuse_stranger};
use refusals::{kind_of, refuse_split_stream, refuse_unit};
pub use split::Split;
use writing::{Destinations, write};

/// What to export.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportOptions {
    /// Only this annotator's work, and only articles that have some.
    pub annotator: Option<Annotator>,
    /// Work of which status.
    pub status: StatusChoice,
    /// Only spans of these labels, and what hangs on them; of all where empty. The articles stay.
    pub labels: BTreeSet<LabelId>,
    /// Only articles in these languages, in all where empty: `fr` also takes `fr-CA`, `und` those of no known language.
    pub languages: BTreeSet<String>,
    /// How line ends are written.
    pub newline: Newline,
    /// How positions are counted, in formats that leave it open.
    pub unit: Option<OffsetUnit>,
    /// In which parts.
    pub split: Option<Split>,
}

/// Where an export would go.
#[derive(Clone, Copy, Debug)]
pub enum Goal<'a> {
    /// Not known yet.
    Open,
    /// To a stream.
    Stream,
    /// To that file or folder.
    Place(&'a Path),
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
    /// The parts of a split.
    pub parts: Vec<PartReport>,
    /// What was written, or would be: the files with their companions, or the folder. Nothing of a stream.
    pub written: Vec<PathBuf>,
    /// What all of it holds, before anything was left out.
    pub contents: Contents,
    /// What the format had no room for, and what else is to be said.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it was stopped; the files are then as they were.
    pub cancelled: bool,
}

/// What went into a part of a split.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartReport {
    /// The part.
    pub name: String,
    /// Its file, where it is one of its own.
    pub file: Option<PathBuf>,
    /// Articles in it.
    pub articles: u64,
    /// Spans in it.
    pub spans: u64,
}

impl PartReport {
    fn named(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }
}

impl ExportReport {
    /// How much it is: `1 article, 2 spans`.
    pub fn amount(&self) -> String {
        amount(self.articles, self.spans)
    }

    /// The files of a dataset that was to be at a path: that one, or those of its parts, and what lies beside them, in
    /// words.
    pub fn files(&self, path: &Path) -> String {
        match self.written.as_slice() {
            [] => path.display().to_string(),
            [first, rest @ ..] => {
                let names = rest.iter().filter_map(|file| file.file_name());
                let names: Vec<String> = std::iter::once(first.display().to_string())
                    .chain(names.map(|name| name.display().to_string()))
                    .collect();
                names.join(", ")
            }
        }
    }

    /// The names of the files that lie beside the one of a dataset, which was to be at a path; of parts there is none.
    pub fn companions(&self, path: &Path) -> Vec<String> {
        if !self.parts.is_empty() {
            return Vec::new();
        }
        let names = self.written.iter().filter_map(|file| file.file_name());
        let beside = names.filter(|name| path.file_name() != Some(name));
        beside.map(|name| name.display().to_string()).collect()
    }
}

impl PartReport {
    /// The part in one line: `news.train.jsonl: 1 article, 2 spans`.
    pub fn line(&self) -> String {
        let file = self.file.as_deref().and_then(Path::file_name);
        let name = file.map_or_else(|| self.name.clone(), |file| file.display().to_string());
        format!("{name}: {}", amount(self.articles, self.spans))
    }
}

fn amount(articles: u64, spans: u64) -> String {
    format!("{}, {}", counted(articles, "article"), counted(spans, "span"))
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
/// What the format cannot hold, what lies at the place already, and whatever the disk reports.
pub fn export_to_place(
    reader: &Reader,
    format: &'static Format,
    path: &Path,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Refusal> {
    refuse_unit(format, options)?;
    let parts = parts_of(format, options);
    // What a killed export had set aside is back before anyone looks what lies there.
    sweep_drafts(atomic::folder_of(path));
    let place = Place::at(look(format, path, &parts)?)?;
    let written = write(
        reader,
        format,
        place.files(&parts),
        &name_of(format, path),
        options,
        watch,
    );
    let committed = written.and_then(|mut report| {
        let (found, written) = place.commit()?;
        report.diagnostics.extend(found);
        report.written = as_named(written, path, options);
        Ok(report)
    });
    report_of(committed, path).map(|report| with_files(report, format, path))
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
    let destinations: Destinations<'_> = vec![Box::new(Stream::new(&mut *out))];
    let written = write(reader, format, destinations, STREAM, options, watch);
    match written.and_then(|report| out.flush().map(|()| report).map_err(Stop::Io)) {
        Err(Stop::Io(cause)) if kind_of(&cause) == io::ErrorKind::BrokenPipe => Ok(ExportReport::default()),
        written => report_of(written, Path::new("standard output")),
    }
}

/// What an export would do, with all that it would say: it is made, and leads nowhere.
///
/// # Errors
/// Whatever the export itself would be refused for, as far as that is known beforehand.
pub fn forecast(
    reader: &Reader,
    format: &'static Format,
    goal: Goal<'_>,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Refusal> {
    refuse_unit(format, options)?;
    let parts = parts_of(format, options);
    let asked = Mutex::default();
    let site = match goal {
        Goal::Place(path) => Some(look(format, path, &parts)?),
        Goal::Open | Goal::Stream => None,
    };
    let (path, destinations): (_, Destinations<'_>) = match (goal, &site) {
        (Goal::Stream, _) => {
            refuse_split_stream(format, options)?;
            let stream = Stream::new(io::sink());
            (Path::new(STREAM), vec![Box::new(stream)])
        }
        (Goal::Place(path), Some(site)) => (path, site.foreseen(&parts, &asked)),
        _ => (Path::new("the dataset"), nowhere(&parts)),
    };
    let written = write(
        reader,
        format,
        destinations,
        &name_of(format, path),
        options,
        watch,
    );
    let mut report = report_of(written, path)?;
    report.diagnostics.extend(site.iter().flat_map(Site::findings));
    let asked = asked.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.written = as_named(asked, path, options);
    Ok(match goal {
        Goal::Place(path) => with_files(report, format, path),
        Goal::Open | Goal::Stream => report,
    })
}

/// Files that lead nowhere, for each part, or one.
fn nowhere<'a>(parts: &[String]) -> Destinations<'a> {
    let one = |_| -> Box<dyn Files<'a> + 'a> { Box::new(Nowhere) };
    (0..parts.len().max(1)).map(one).collect()
}

/// Files of a dataset by the path that was typed.
fn as_named(files: Vec<PathBuf>, path: &Path, options: &ExportOptions) -> Vec<PathBuf> {
    let folder = std::fs::canonicalize(atomic::folder_of(path)).unwrap_or_default();
    let by_name = |(at, file): (usize, PathBuf)| match file.file_name() {
        _ if at == 0 && options.split.is_none() => path.to_owned(),
        Some(name) if file.parent() == Some(&*folder) => path.with_file_name(name),
        _ => file,
    };
    files.into_iter().enumerate().map(by_name).collect()
}

/// What a dataset is called in a stream.
const STREAM: &str = "dataset";

/// Looks at the place of an export.
fn look(format: &Format, path: &Path, parts: &[String]) -> Result<Site, Refusal> {
    refuse_project(path)?;
    Site::look(format, path, parts)
}

/// The parts that are datasets of their own: those of a split where the format does not hold them in one.
fn parts_of(format: &Format, options: &ExportOptions) -> Vec<String> {
    let split = options.split.as_ref().filter(|_| !format.holds_splits);
    split.map(Split::names).unwrap_or_default()
}

/// The report with the files of the parts, where they are files of their own.
fn with_files(mut report: ExportReport, format: &Format, path: &Path) -> ExportReport {
    if format.is_one_file() && !format.holds_splits {
        for part in &mut report.parts {
            part.file = Some(path_of_part(path, &part.name));
        }
    }
    report
}

fn report_of(written: Result<ExportReport, Stop>, path: &Path) -> Result<ExportReport, Refusal> {
    match written {
        Ok(report) => Ok(report),
        Err(Stop::Cancelled) => Ok(ExportReport {
            cancelled: true,
            ..ExportReport::default()
        }),
        Err(Stop::Refusal(refusal)) => Err(refusal),
        // A place is refused where a writer asks for it.
        Err(Stop::Io(cause)) => Err(match cause.downcast::<Refusal>() {
            Ok(refusal) => refusal,
            Err(cause) => cannot_write(path, &cause),
        }),
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
