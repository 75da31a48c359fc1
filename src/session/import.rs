//! Files and folders into a project, as one transaction that can be undone.
//!
//! One thread reads and parses, the other writes; between them goes a bounded queue, so that memory does not grow
//! with the input. Until the one commit at the end nobody sees anything of it, and a kill leaves nothing.

mod intake;
mod name_map;
mod reading;
mod standing;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use crate::formats::{Diagnostic, Format, OffsetUnit, ReadOptions, Severity};
use crate::model::{Annotator, Codebook, TransactionId, counted};
use crate::store::Duplicates;

use super::refusal::Refusal;
use super::sources::Sources;
use super::transact::Session;
use super::watch::Watch;
use intake::Intake;
pub use name_map::{AnnotatorMap, LabelMap};
use reading::read_all;

/// Chunks in the queue.
const CHUNKS: usize = 4;
/// Findings that a report lists of what was kept out, and as many of the rest; the others are counted.
const LISTED: usize = 10_000;
/// Bytes of rejected records that a report keeps; of the others it says only what is wrong.
const RECORDS: usize = 64 << 20;

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The format of all files; found out for each where absent.
    pub format: Option<&'static Format>,
    /// Whose layers annotations without a name become; the session's annotator where absent.
    pub annotator: Option<Annotator>,
    /// What to do with a text that is there under another id.
    pub duplicates: Duplicates,
    /// Refuse annotations that the codebook does not know, instead of adding to it.
    pub strict: bool,
    /// Which column or field of a table holds what, where its name does not say so.
    pub columns: BTreeMap<String, String>,
    /// How files count positions that leave it open, unless their quotes prove otherwise; each format's own way where
    /// absent.
    pub unit: Option<OffsetUnit>,
    /// Other names for the labels of the files.
    pub labels: LabelMap,
    /// Other names for the annotators of the files.
    pub annotators: AnnotatorMap,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            format: None,
            annotator: None,
            duplicates: Duplicates::Skip,
            strict: false,
            columns: BTreeMap::new(),
            unit: None,
            labels: LabelMap::default(),
            annotators: AnnotatorMap::default(),
        }
    }
}

impl ImportOptions {
    /// What of it the readers of files are told.
    pub(super) fn reading(&self, codebook: &Arc<Codebook>) -> ReadOptions {
        ReadOptions {
            origin: None,
            codebook: Some(Arc::clone(codebook)),
            columns: self.columns.clone(),
            unit: self.unit,
        }
    }
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Files read.
    pub files: u64,
    /// Articles that are new.
    pub added: u64,
    /// Annotators' layers that are new.
    pub layers: u64,
    /// Articles that were there already.
    pub skipped: u64,
    /// Records that were kept out because something is wrong with them.
    pub refused: u64,
    /// Entries added to or changed in the codebook, in words.
    pub codebook: Vec<String>,
    /// The findings, the first ones where there are very many.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings there are in all.
    pub findings: u64,
    /// The transaction, where anything came in.
    pub transaction: Option<TransactionId>,
    /// Whether it was stopped; nothing came in then.
    pub cancelled: bool,
    /// How many of the findings listed say what was kept out.
    errors: usize,
    /// Bytes of the records among the findings.
    record_bytes: usize,
}

impl Session {
    /// Imports files and folders.
    ///
    /// # Errors
    /// Where a path leads nowhere, and whatever the disk reports; nothing came in then.
    pub fn import(
        &mut self,
        paths: &[PathBuf],
        options: &ImportOptions,
        watch: &mut Watch<'_>,
    ) -> Result<ImportReport, Refusal> {
        self.import_telling(paths, options, &mut |_| {}, watch)
    }

    /// Imports files and folders, and hands over each record that stays out, with all that is known of it: a report
    /// lists the first ones only.
    ///
    /// # Errors
    /// As [`Self::import`].
    pub fn import_telling(
        &mut self,
        paths: &[PathBuf],
        options: &ImportOptions,
        kept_out: &mut dyn FnMut(&Diagnostic),
        watch: &mut Watch<'_>,
    ) -> Result<ImportReport, Refusal> {
        let mut sources = Sources::find(paths)?;
        let id = self.config.new_batch()?;
        let what = name_of(paths);
        let codebook = self.codebook()?;
        let config = self.config.clone();
        let annotator = options
            .annotator
            .clone()
            .unwrap_or_else(|| config.annotator.clone());
        let reading = options.reading(&codebook);
        let batch = self.store.begin_batch(&id, options.duplicates)?;
        let mut intake = Intake::new(batch, codebook, annotator, options, kept_out);
        intake.report.files = sources.files.len() as u64;
        for found in std::mem::take(&mut sources.diagnostics) {
            intake.note(found);
        }
        match read_into(&mut intake, &sources, options.format, &reading, watch) {
            Ok(()) if !watch.is_cancelled() => intake.finish(&what, &config),
            Ok(()) => {
                intake.batch.discard()?;
                Ok(ImportReport {
                    cancelled: true,
                    added: 0,
                    layers: 0,
                    ..intake.report
                })
            }
            Err(refusal) => {
                // The leftovers are swept at the next opening where taking them away fails as well.
                intake.batch.discard().unwrap_or_default();
                Err(refusal)
            }
        }
    }
}

/// Reads the files on a thread of its own, while what it hands over is taken in on this one.
fn read_into(
    intake: &mut Intake<'_>,
    sources: &Sources,
    format: Option<&'static Format>,
    reading: &ReadOptions,
    watch: &mut Watch<'_>,
) -> Result<(), Refusal> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(CHUNKS);
        let cancel = watch.cancel().clone();
        let reader = std::thread::Builder::new()
            .name("import-reader".to_owned())
            .spawn_scoped(scope, move || {
                read_all(&sources.files, format, reading, &cancel, sender);
            })
            .map_err(|cause| Refusal::no_thread(&cause))?;
        let taken = intake.take_all(receiver, sources.total_bytes(), watch);
        match reader.join() {
            Ok(()) => taken,
            Err(_panic) => Err(Refusal::new(
                "reader_failed",
                "a file could not be read to its end because of a fault in this program",
            )
            .hint("nothing was imported; import the files one by one to find the one that causes it")),
        }
    })
}

/// What the files are called in the journal.
fn name_of(paths: &[PathBuf]) -> String {
    let name = |path: &PathBuf| {
        path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    match paths {
        [one] => name(one),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
        [] => "nothing".to_owned(),
    }
}

impl ImportReport {
    /// In one sentence.
    pub fn summary(&self) -> String {
        let articles = |count: u64| counted(count, "article");
        let mut parts = vec![format!("{} added", articles(self.added))];
        if self.layers > 0 {
            parts.push(format!("{} annotated", articles(self.layers)));
        }
        if self.skipped > 0 {
            parts.push(format!("{} there already", articles(self.skipped)));
        }
        if self.refused > 0 {
            parts.push(format!("{} kept out", counted(self.refused, "record")));
        }
        parts.join(", ")
    }

    /// Whether all that was read is in the project already.
    pub fn is_all_there(&self) -> bool {
        let news = self.added + self.layers + self.refused;
        news == 0 && self.skipped > 0 && !self.cancelled
    }

    fn note(&mut self, mut found: Diagnostic) {
        self.findings += 1;
        let is_error = found.severity == Severity::Error;
        self.refused += u64::from(is_error);
        // What was kept out is to be mended: whatever else is said does not crowd it out.
        let listed = if is_error {
            self.errors
        } else {
            self.diagnostics.len() - self.errors
        };
        if listed >= LISTED {
            return;
        }
        let bytes = found.record.as_ref().map_or(0, String::len);
        if self.record_bytes + bytes > RECORDS {
            found.record = None;
        } else {
            self.record_bytes += bytes;
        }
        self.errors += usize::from(is_error);
        self.diagnostics.push(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_out_is_listed_however_much_else_is_said() {
        let mut report = ImportReport::default();
        for _ in 0..LISTED + 5 {
            report.note(Diagnostic::info("present", "it is in the project already"));
        }
        report.note(Diagnostic::error(
            "duplicate_id",
            "another text has the id already",
        ));
        let codes: Vec<&str> = report.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!((codes.len(), codes.last()), (LISTED + 1, Some(&"duplicate_id")));
        assert_eq!((report.findings, report.refused), (LISTED as u64 + 6, 1));
    }
}
