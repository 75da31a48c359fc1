//! Why an export is refused.

use std::io;
use std::path::Path;

use crate::formats::Format;
use crate::model::Annotator;
use crate::session::refusal::Refusal;
use crate::store::Reader;

use super::ExportOptions;

/// Refuses the layers of several annotators where the format has room for one.
pub(super) fn refuse_several(
    reader: &Reader,
    format: &Format,
    options: &ExportOptions,
) -> Result<(), Refusal> {
    if format.several_annotators || options.annotator.is_some() {
        return Ok(());
    }
    let annotators = reader.annotators()?;
    if annotators.len() <= 1 {
        return Ok(());
    }
    let names: Vec<&str> = annotators.iter().map(Annotator::as_str).collect();
    let message = format!(
        "{} has room for one annotator, the project has {}",
        format.name,
        names.len()
    );
    Err(Refusal::new("several_annotators", message)
        .hint(format!("pick one with --annotator: {}", names.join(", "))))
}

/// Refuses a unit of positions for a format that has its own.
pub(super) fn refuse_unit(format: &Format, options: &ExportOptions) -> Result<(), Refusal> {
    let Some(unit) = options
        .unit
        .filter(|unit| *unit != format.offset_unit && !format.unit_is_open)
    else {
        return Ok(());
    };
    let message = format!(
        "{} counts in {}, not in {}",
        format.name,
        format.offset_unit.name(),
        unit.name()
    );
    Err(Refusal::new("fixed_offsets", message).hint("leave --offsets out"))
}

/// Refuses what cannot go to a stream.
pub(super) fn refuse_split_stream(format: &Format, options: &ExportOptions) -> Result<(), Refusal> {
    let what = if !format.is_one_file() {
        format!("{} is a folder of files", format.name)
    } else if options.split.is_some() {
        "a split is several files".to_owned()
    } else {
        return Ok(());
    };
    Err(Refusal::new("not_one_file", what).hint("name a place with --output"))
}

/// What the file system has against a dataset at a path.
pub(super) fn cannot_write(path: &Path, cause: &io::Error) -> Refusal {
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
