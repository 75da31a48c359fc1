//! A project out as a dataset: streamed, filtered, whole or not at all.

mod place;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::formats::{self, Contents, Diagnostic, Files, Format, Stream, WriteOptions};
use crate::model::{Annotator, Status};
use crate::store::{ExportQuery, Reader};

use super::atomic;
use super::newline::Newline;
use super::project::refuse_project;
use super::refusal::Refusal;
use super::watch::Watch;
use place::Place;

/// What to export.
#[derive(Clone, Debug, Default)]
pub struct ExportOptions {
    /// Only this annotator's work, and only articles that have some.
    pub annotator: Option<Annotator>,
    /// Only work of this status.
    pub status: Option<Status>,
    /// How line ends are written.
    pub newline: Newline,
}

/// What an export did.
#[derive(Clone, Debug, Default)]
pub struct ExportReport {
    /// Articles written.
    pub articles: u64,
    /// Annotators' layers written.
    pub layers: u64,
    /// Spans written.
    pub spans: u64,
    /// What the format had no room for.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it was stopped; the file is then as it was.
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

/// Writes a dataset to its place, a file or a folder, which appears whole or stays as it was.
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
    let place = Place::prepare(format, path)?;
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let written = write(reader, format, place.files(), &name, options, watch)
        .and_then(|report| place.commit().map(|()| report).map_err(Stop::Io));
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
    if !format.is_one_file() {
        return Err(
            Refusal::new("not_one_file", format!("{} is a folder of files", format.name))
                .hint("name a folder with --output"),
        );
    }
    let files = Box::new(Stream::new(&mut *out));
    let written = write(reader, format, files, "dataset", options, watch);
    match written.and_then(|report| out.flush().map(|()| report).map_err(Stop::Io)) {
        Ok(report) => Ok(report),
        Err(Stop::Cancelled) => Ok(ExportReport {
            cancelled: true,
            ..ExportReport::default()
        }),
        Err(Stop::Refusal(refusal)) => Err(refusal),
        Err(Stop::Io(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(ExportReport::default()),
        Err(Stop::Io(cause)) => Err(cannot_write(Path::new("standard output"), &cause)),
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

fn write<'a>(
    reader: &Reader,
    format: &'static Format,
    files: Box<dyn Files<'a> + 'a>,
    name: &str,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Stop> {
    let refused = |error: crate::store::StoreError| Stop::Refusal(error.into());
    refuse_several(reader, format, options)?;
    let languages = reader.languages().map_err(refused)?;
    let total = languages.iter().map(|(_, articles)| articles).sum();
    let how = WriteOptions {
        codebook: reader.codebook().map_err(refused)?.into(),
        name: name.to_owned(),
        ..WriteOptions::default()
    };
    let mut dataset = formats::writer(format, files, &how)?;
    let query = ExportQuery {
        annotator: options.annotator.clone(),
        status: options.status,
    };
    let (mut report, mut contents, mut stop) = (ExportReport::default(), Contents::default(), None);
    reader
        .each_article(&query, &mut |stored, layers| {
            if watch.is_cancelled() {
                stop = Some(Stop::Cancelled);
                return ControlFlow::Break(());
            }
            let (article, layers) = options.newline.apply(stored.article, layers);
            if let Err(cause) = dataset.article(&article, &layers) {
                stop = Some(Stop::Io(cause));
                return ControlFlow::Break(());
            }
            if !format.cannot_hold.is_empty() {
                contents.add(&article, &layers);
            }
            report.articles += 1;
            report.layers += layers.len() as u64;
            report.spans += layers
                .iter()
                .map(|(_, layer)| layer.spans.len() as u64)
                .sum::<u64>();
            watch.report(report.articles, Some(total));
            ControlFlow::Continue(())
        })
        .map_err(refused)?;
    if let Some(stop) = stop {
        return Err(stop);
    }
    report.diagnostics = contents.findings(format);
    report.diagnostics.extend(dataset.finish()?);
    Ok(report)
}

/// Refuses the layers of several annotators where the format has room for one.
fn refuse_several(reader: &Reader, format: &Format, options: &ExportOptions) -> Result<(), Stop> {
    if format.several_annotators || options.annotator.is_some() {
        return Ok(());
    }
    let annotators = reader.annotators().map_err(|error| Stop::Refusal(error.into()))?;
    if annotators.len() <= 1 {
        return Ok(());
    }
    let names: Vec<&str> = annotators.iter().map(Annotator::as_str).collect();
    let message = format!(
        "{} has room for one annotator, the project has {}",
        format.name,
        names.len()
    );
    Err(Stop::Refusal(
        Refusal::new("several_annotators", message)
            .hint(format!("pick one with --annotator: {}", names.join(", "))),
    ))
}

fn cannot_write(path: &Path, cause: &io::Error) -> Refusal {
    let (code, what, hint) = match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
            "disk_full",
            "the disk is full",
            "make room on the disk, then try again",
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "read_only",
            "access is not allowed",
            "choose a place that you may write to",
        ),
        io::ErrorKind::NotFound => (
            "not_found",
            "there is no such folder",
            "make the folder first, or check the path",
        ),
        _ => {
            let message = format!("{}: it cannot be written: {cause}", path.display());
            return Refusal::new("io", message).hint("check the disk, then try again");
        }
    };
    Refusal::new(code, format!("{}: it cannot be written: {what}", path.display())).hint(hint)
}
