//! Files and folders into a project, as one transaction that can be undone.
//!
//! One thread reads and parses, the other writes; between them goes a bounded queue, so that memory does not grow
//! with the input. Until the one commit at the end nobody sees anything of it, and a kill leaves nothing.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::formats::{
    self, Diagnostic, Format, HEAD, Incoming, ReadOptions, Seen, Severity, Sink, codebook_additions,
};
use crate::model::{
    Action, Annotator, ArticleId, BatchId, Change, Codebook, CodebookEntry, Edit, Layer, LayerEdit, Scope,
    Transaction, TransactionId,
};
use crate::store::{Added, Batch, Duplicates, Writer};

use super::refusal::Refusal;
use super::sources::{SourceFile, Sources};
use super::transact::Session;
use super::watch::{Cancel, Watch};

/// Bytes of text that go through the queue at once.
const CHUNK_BYTES: usize = 512 << 10;
/// Chunks in the queue.
const CHUNKS: usize = 4;
/// Findings that a report lists; the others are counted.
const LISTED: usize = 10_000;

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
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            format: None,
            annotator: None,
            duplicates: Duplicates::Skip,
            strict: false,
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
        let sources = Sources::find(paths)?;
        let id = BatchId::new(self.config.ids.next())
            .map_err(|cause| Refusal::new("bad_id", format!("no new id could be made: {cause}")))?;
        let what = name_of(paths);
        let codebook = self.codebook()?;
        let config = self.config.clone();
        let batch = self.store.begin_batch(&id, options.duplicates)?;
        let mut intake = Intake {
            batch,
            report: ImportReport::default(),
            seen: Seen::new(&codebook),
            codebook,
            edits: Vec::new(),
            annotator: options
                .annotator
                .clone()
                .unwrap_or_else(|| config.annotator.clone()),
            strict: options.strict,
        };
        let total = sources.total_bytes();
        intake.report.files = sources.files.len() as u64;
        for found in sources.diagnostics {
            intake.report.note(found);
        }
        let taken = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(CHUNKS);
            let (cancel, format, files) = (watch.cancel().clone(), options.format, &sources.files);
            let reader = std::thread::Builder::new()
                .name("import-reader".to_owned())
                .spawn_scoped(scope, move || read_all(files, format, &cancel, sender))
                .map_err(|cause| Refusal::new("io", format!("no thread could be started: {cause}")))?;
            let taken = intake.take_all(receiver, total, watch);
            match reader.join() {
                Ok(()) => taken,
                Err(_panic) => Err(Refusal::new(
                    "reader_failed",
                    "a file could not be read to its end because of a fault in this program",
                )
                .hint("nothing was imported; import the files one by one to find the one that causes it")),
            }
        });
        match taken {
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

/// What goes through the queue.
enum Message {
    Article(PathBuf, Box<Incoming>),
    Finding(Diagnostic),
    /// Bytes read so far, of all files.
    Read(u64),
}

/// The writing side.
struct Intake<'a> {
    batch: Batch<'a>,
    report: ImportReport,
    codebook: Arc<Codebook>,
    seen: Seen,
    /// Layers for articles that the project has already.
    edits: Vec<Edit>,
    annotator: Annotator,
    strict: bool,
}

impl Intake<'_> {
    fn take_all(
        &mut self,
        receiver: Receiver<Vec<Message>>,
        total: u64,
        watch: &mut Watch<'_>,
    ) -> Result<(), Refusal> {
        for chunk in receiver {
            for message in chunk {
                match message {
                    Message::Article(file, incoming) => self.take(&file, *incoming)?,
                    Message::Finding(found) => self.report.note(found),
                    Message::Read(bytes) => watch.report(bytes, Some(total)),
                }
            }
            if watch.is_cancelled() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn take(&mut self, file: &Path, incoming: Incoming) -> Result<(), Refusal> {
        let place = |found: Diagnostic| {
            let found = found.in_file(file);
            match incoming.line {
                Some(line) => found.at_line(line),
                None => found,
            }
        };
        let mut layers = Vec::with_capacity(incoming.layers.len());
        for (annotator, mut layer) in incoming.layers {
            if self.strict
                && let Some(unknown) = unknown_in(&self.codebook, &layer)
            {
                self.report.note(place(unknown));
                return Ok(());
            }
            for found in self.seen.admit(&mut layer) {
                self.report.note(place(found));
            }
            layers.push((annotator.unwrap_or_else(|| self.annotator.clone()), layer));
        }
        let id = &incoming.article.id;
        let existing = layers.iter().filter(|(_, layer)| layer.exists()).count() as u64;
        match self.batch.add(&incoming.article, &layers)? {
            Added::Added => {
                self.report.added += 1;
                self.report.layers += existing;
            }
            Added::Joined => self.report.layers += existing,
            Added::LayersTaken(annotators) => {
                self.report.layers += existing.saturating_sub(annotators.len() as u64);
                for annotator in annotators {
                    self.report.note(place(layer_taken(id, &annotator)));
                }
            }
            Added::Present => self.meet_present(id, layers, &place)?,
            Added::IdTaken => self.report.note(place(
                Diagnostic::error("duplicate_id", format!("another text has the id {id} already"))
                    .with_hint("give one of them another id"),
            )),
            Added::SameText { of } => {
                self.report.skipped += 1;
                self.report.note(place(
                    Diagnostic::warning(
                        "duplicate_text",
                        format!("{id} has the same text as article {of} and was skipped"),
                    )
                    .with_hint("--duplicates keep takes it in"),
                ));
            }
        }
        Ok(())
    }

    /// The project has the article; layers that it lacks come in as edits.
    fn meet_present(
        &mut self,
        id: &ArticleId,
        layers: Vec<(Annotator, Layer)>,
        place: &impl Fn(Diagnostic) -> Diagnostic,
    ) -> Result<(), Refusal> {
        let mut is_new = false;
        for (annotator, layer) in layers.into_iter().filter(|(_, layer)| layer.exists()) {
            let there = self.batch.store().layer(id, &annotator)?;
            if there == layer {
                continue;
            }
            if there.exists() || self.has_edits(id, &annotator) {
                self.report.note(place(layer_taken(id, &annotator)));
                continue;
            }
            is_new = true;
            self.report.layers += 1;
            let edits = layer_edits(&layer).into_iter();
            self.edits
                .extend(edits.map(|edit| Edit::Layer(id.clone(), annotator.clone(), edit)));
        }
        if !is_new {
            self.report.skipped += 1;
            self.report.note(place(Diagnostic::info(
                "present",
                format!("article {id} is in the project already"),
            )));
        }
        Ok(())
    }

    fn has_edits(&self, id: &ArticleId, annotator: &Annotator) -> bool {
        self.edits
            .iter()
            .any(|edit| matches!(edit, Edit::Layer(a, by, _) if a == id && by == annotator))
    }

    /// The one commit that shows everything.
    fn finish(mut self, what: &str, config: &super::Config) -> Result<ImportReport, Refusal> {
        let mut report = std::mem::take(&mut self.report);
        if report.added == 0 && self.edits.is_empty() {
            self.batch.discard()?;
            return Ok(report);
        }
        let (seen, edits, id) = (&self.seen, &self.edits, self.batch.id().clone());
        let summary = match report.added {
            0 => format!("import annotations from {what}"),
            1 => format!("import 1 article from {what}"),
            many => format!("import {many} articles from {what}"),
        };
        let (number, findings, codebook) = self.batch.finish(|writer: &mut Writer<'_>| {
            let codebook = writer.codebook()?;
            let (additions, findings) = codebook_additions(&codebook, seen);
            let mut all = vec![];
            let mut words = vec![];
            for entry in additions {
                words.push(in_words(&entry));
                all.push(addition(&codebook, entry));
            }
            all.push(Edit::Batch(id, Change::add(())));
            all.extend(edits.iter().cloned());
            let number = writer.append(&Transaction {
                action: Action::Do,
                author: config.annotator.clone(),
                at: config.clock.now(),
                summary,
                scopes: vec![Scope::Project],
                edits: all,
                selection_before: None,
                selection_after: None,
            })?;
            Ok::<_, Refusal>((number, findings, words))
        })?;
        for found in findings {
            report.note(found);
        }
        report.transaction = Some(number);
        report.codebook = codebook;
        Ok(report)
    }
}

impl ImportReport {
    /// In one sentence.
    pub fn summary(&self) -> String {
        let articles = |count: u64| {
            if count == 1 {
                "1 article".to_owned()
            } else {
                format!("{count} articles")
            }
        };
        let mut parts = vec![format!("{} added", articles(self.added))];
        if self.layers > 0 {
            parts.push(format!("{} annotated", articles(self.layers)));
        }
        if self.skipped > 0 {
            parts.push(format!("{} there already", articles(self.skipped)));
        }
        if self.refused > 0 {
            let records = if self.refused == 1 {
                "1 record".to_owned()
            } else {
                format!("{} records", self.refused)
            };
            parts.push(format!("{records} kept out"));
        }
        parts.join(", ")
    }

    fn note(&mut self, found: Diagnostic) {
        self.findings += 1;
        if found.severity == Severity::Error {
            self.refused += 1;
        }
        if self.diagnostics.len() < LISTED {
            self.diagnostics.push(found);
        }
    }
}

fn layer_taken(id: &ArticleId, annotator: &Annotator) -> Diagnostic {
    Diagnostic::error(
        "layer_exists",
        format!("{annotator} has other annotations of article {id} already"),
    )
    .with_hint("import them under another name with --annotator, or into another project")
}

/// What in a layer the codebook does not know, where there is any.
fn unknown_in(codebook: &Codebook, layer: &Layer) -> Option<Diagnostic> {
    let mut seen = Seen::new(codebook);
    let renamed = seen.admit(&mut layer.clone());
    let (additions, _) = codebook_additions(codebook, &seen);
    let names: Vec<String> = additions.iter().map(in_words).collect();
    if names.is_empty() && renamed.is_empty() {
        return None;
    }
    let message = if names.is_empty() {
        "an attribute has another type in the codebook".to_owned()
    } else {
        format!("the codebook lacks something of {}", names.join(", "))
    };
    Some(
        Diagnostic::error("not_in_codebook", message)
            .with_hint("without --strict it is added to the codebook"),
    )
}

fn in_words(entry: &CodebookEntry) -> String {
    use crate::model::CodebookKey;
    match entry.item.key() {
        CodebookKey::Label(id) => format!("label {id}"),
        CodebookKey::Attribute(id) => format!("attribute {id}"),
        CodebookKey::RelationType(id) => format!("relation type {id}"),
        CodebookKey::EventType(id) => format!("event type {id}"),
        CodebookKey::ArticleLabel(id) => format!("article label {id}"),
    }
}

fn addition(codebook: &Codebook, entry: CodebookEntry) -> Edit {
    let key = entry.item.key();
    let before = codebook.entries().find(|there| there.item.key() == key);
    Edit::Codebook(
        key,
        Change {
            before,
            after: Some(entry),
        },
    )
}

/// The edits that make an empty layer this one.
fn layer_edits(layer: &Layer) -> Vec<LayerEdit> {
    let mut edits: Vec<LayerEdit> = Vec::new();
    edits.extend(
        layer
            .spans
            .iter()
            .map(|span| LayerEdit::Span(span.id.clone(), Change::add(Arc::clone(span)))),
    );
    edits.extend(
        layer
            .relations
            .iter()
            .map(|(id, it)| LayerEdit::Relation(id.clone(), Change::add(it.clone()))),
    );
    edits.extend(
        layer
            .events
            .iter()
            .map(|(id, it)| LayerEdit::Event(id.clone(), Change::add(it.clone()))),
    );
    edits.extend(
        layer
            .notes
            .iter()
            .map(|(id, it)| LayerEdit::Note(id.clone(), Change::add(it.clone()))),
    );
    edits.extend(
        layer
            .labels
            .iter()
            .map(|(id, it)| LayerEdit::Label(id.clone(), Change::add(it.clone()))),
    );
    edits.extend(layer.status.map(|status| LayerEdit::Status(Change::add(status))));
    edits.extend(layer.review.map(|review| LayerEdit::Review(Change::add(review))));
    if !layer.extra.is_empty() {
        edits.push(LayerEdit::Extra(Change::add(layer.extra.clone())));
    }
    edits
}

/// The reading side: all files in order, until the other side hangs up.
fn read_all(
    files: &[SourceFile],
    format: Option<&'static Format>,
    cancel: &Cancel,
    sender: SyncSender<Vec<Message>>,
) {
    let mut feeder = Feeder {
        sender,
        cancel,
        chunk: Vec::new(),
        chunk_bytes: 0,
        file: PathBuf::new(),
        read_before: 0,
    };
    for file in files {
        feeder.file.clone_from(&file.path);
        let found = match format {
            Some(format) => Ok(format),
            None => detect(&file.path),
        };
        let flow = match found {
            Ok(format) => formats::read(format, &file.path, &ReadOptions::default(), &mut feeder),
            Err(found) => {
                feeder.diagnostic(found);
                ControlFlow::Continue(())
            }
        };
        feeder.read_before += file.bytes;
        if flow.is_break() || feeder.progress(0).is_break() {
            return;
        }
    }
    // The last chunk goes as it is; where nobody listens any more nothing is to be done.
    feeder.flush().is_break();
}

#[allow(clippy::result_large_err, reason = "made once a file")]
fn detect(path: &Path) -> Result<&'static Format, Diagnostic> {
    let mut head = Vec::with_capacity(HEAD);
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    match read {
        Ok(_) => formats::detect(path, &head),
        Err(cause) => {
            Err(Diagnostic::error("cannot_read", format!("the file cannot be read: {cause}")).in_file(path))
        }
    }
}

struct Feeder<'a> {
    sender: SyncSender<Vec<Message>>,
    cancel: &'a Cancel,
    chunk: Vec<Message>,
    chunk_bytes: usize,
    file: PathBuf,
    read_before: u64,
}

impl Feeder<'_> {
    fn push(&mut self, message: Message, bytes: usize) -> ControlFlow<()> {
        self.chunk.push(message);
        self.chunk_bytes += bytes;
        if self.chunk_bytes >= CHUNK_BYTES {
            self.flush()
        } else {
            ControlFlow::Continue(())
        }
    }

    fn flush(&mut self) -> ControlFlow<()> {
        self.chunk_bytes = 0;
        let chunk = std::mem::take(&mut self.chunk);
        if self.cancel.is_cancelled() || self.sender.send(chunk).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

impl Sink for Feeder<'_> {
    fn article(&mut self, incoming: Incoming) -> ControlFlow<()> {
        let spans: usize = incoming.layers.iter().map(|(_, layer)| layer.spans.len()).sum();
        let bytes = 200 + incoming.article.text.end().get() + 300 * spans;
        self.push(Message::Article(self.file.clone(), Box::new(incoming)), bytes)
    }

    fn diagnostic(&mut self, found: Diagnostic) {
        let bytes = 200 + found.record.as_ref().map_or(0, String::len);
        // A hang-up is noticed at the next article or at the next report of progress.
        self.push(Message::Finding(found), bytes).is_break();
    }

    fn progress(&mut self, bytes: u64) -> ControlFlow<()> {
        self.push(Message::Read(self.read_before + bytes), 50)
    }
}
