//! Why an export is refused.

use std::error::Error;
use std::io;
use std::path::Path;

use crate::formats::Format;
use crate::model::Annotator;
use crate::session::plan::{known_label, one_of};
use crate::session::refusal::{About, Refusal};
use crate::store::Reader;

use super::ExportOptions;
use super::choice::{StayedBehind, UNDETERMINED, is_of};

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
    let hint = format!("pick one with --annotator: {}", names.join(", "));
    Err(Refusal::new("several_annotators", message)
        .hint(hint)
        .about(About::OneOfAnnotators {
            format: format.name,
            annotators,
        }))
}

/// Refuses an annotator who has no work in the project.
///
/// # Errors
/// `unknown_annotator`, and whatever the disk reports.
pub fn refuse_stranger(reader: &Reader, annotator: &Annotator) -> Result<(), Refusal> {
    let known = reader.annotators()?;
    if known.contains(annotator) {
        return Ok(());
    }
    let message = format!("{annotator} has no work in this project");
    let known = one_of("annotators", known.iter().map(Annotator::as_str));
    Err(Refusal::new("unknown_annotator", message).hint(known))
}

/// Refuses labels, annotators, and languages that the project does not have: a wrong letter would empty the dataset.
pub(super) fn refuse_unknown(reader: &Reader, options: &ExportOptions) -> Result<(), Refusal> {
    let codebook = reader.codebook()?;
    for label in &options.labels {
        known_label(&codebook, label)?;
    }
    if let Some(annotator) = &options.annotator {
        refuse_stranger(reader, annotator)?;
    }
    let known: Vec<String> = reader
        .languages()?
        .into_iter()
        .map(|(lang, _)| lang.unwrap_or_else(|| UNDETERMINED.to_owned()))
        .collect();
    let is_there = |wanted: &&String| known.iter().any(|lang| is_of(lang, wanted));
    if let Some(wanted) = options.languages.iter().find(|wanted| !is_there(wanted)) {
        let message = format!("no article of this project is in the language {wanted}");
        let known = one_of("languages", known.iter().map(String::as_str));
        return Err(Refusal::new("unknown_language", message).hint(known));
    }
    Ok(())
}

/// Refuses a dataset of nothing where the project has articles: an earlier one would be written over with it.
pub(super) fn refuse_nothing(
    reader: &Reader,
    format: &Format,
    options: &ExportOptions,
    behind: StayedBehind,
) -> Result<(), Refusal> {
    let languages = reader.languages()?;
    if languages.iter().map(|(_, articles)| articles).sum::<u64>() == 0 {
        return Ok(());
    }
    let whose = options.annotator.as_ref().map(|name| format!(" of {name}"));
    let whose = whose.unwrap_or_default();
    let among = if behind.language > 0 {
        " in these languages"
    } else {
        ""
    };
    let refused = |message: String| Refusal::new("nothing_chosen", message);
    match options.status.wanted(format).filter(|_| behind.status > 0) {
        Some(status) => {
            let number = match behind.status {
                1 => "the only article".to_owned(),
                many => format!("none of the {many} articles"),
            };
            let is = if behind.status == 1 { "is not" } else { "is" };
            let status = status.in_words();
            let message = format!("nothing to export: {number}{whose}{among} {is} “{status}”");
            Err(refused(message).hint("choose any status (`--status any`)"))
        }
        None => Err(
            refused(format!("nothing to export: there is no article{whose}{among}"))
                .hint("choose other languages, or all"),
        ),
    }
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

/// What the file system said, also where a library that packs or quotes hands it on in an error of its own.
pub(super) fn kind_of(cause: &io::Error) -> io::ErrorKind {
    let mut inner = cause.get_ref().map(|inner| inner as &(dyn Error + 'static));
    while let Some(error) = inner {
        if let Some(cause) = error.downcast_ref::<io::Error>() {
            return kind_of(cause);
        }
        inner = error.source();
    }
    cause.kind()
}

/// What the file system has against a dataset, or another file, at a path.
pub fn cannot_write(path: &Path, cause: &io::Error) -> Refusal {
    let (code, what, hint) = match kind_of(cause) {
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
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => (
            "not_found",
            "there is no such folder",
            "make the folder first, or check the path",
        ),
        io::ErrorKind::InvalidFilename => ("bad_name", "no file can be called so", "choose another name"),
        _ => {
            let message = format!("{}: it cannot be written: {cause}", path.display());
            return Refusal::new("io", message).hint("check the disk, then try again");
        }
    };
    Refusal::new(code, format!("{}: it cannot be written: {what}", path.display())).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that is full.
    struct Full(io::ErrorKind);

    impl io::Write for Full {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_writer_says_what_the_file_system_said() {
        use crate::formats::testing::{marked, options};
        for format in crate::formats::registry() {
            for kind in [io::ErrorKind::StorageFull, io::ErrorKind::BrokenPipe] {
                if !format.writes() || !format.is_one_file() {
                    continue;
                }
                let files = Box::new(crate::formats::Stream::new(Full(kind)));
                let written = crate::formats::writer(format, files, &options()).and_then(|mut writer| {
                    let (article, layers) = marked("a", "{1:actor|mot|1}");
                    writer.article(&article, &layers)?;
                    writer.finish()
                });
                assert_eq!(kind_of(&written.unwrap_err()), kind, "{}", format.id);
            }
        }
    }
}
