//! The writing side of an import: takes in what is new, edits what is there, adds to the codebook what it lacks.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::formats::{Diagnostic, Incoming, Seen, codebook_additions};
use crate::model::{
    Action, Annotator, Article, ArticleId, Change, Codebook, CodebookEntry, Edit, Header, Layer, LayerEdit,
    Scope, Transaction,
};
use crate::session::refusal::Refusal;
use crate::session::show::native_lines;
use crate::session::watch::Watch;
use crate::store::{Added, Batch, Writer};

use super::reading::Message;
use super::{ImportOptions, ImportReport, LabelMap};

/// The writing side.
pub(super) struct Intake<'a> {
    pub(super) batch: Batch<'a>,
    pub(super) report: ImportReport,
    codebook: Arc<Codebook>,
    seen: Seen,
    /// Layers for articles that the project has already.
    edits: Vec<Edit>,
    /// Whose layers of which articles those are.
    edited: BTreeSet<(ArticleId, Annotator)>,
    annotator: Annotator,
    labels: LabelMap,
    strict: bool,
}

/// Where a record stands, put on what is found about it.
type Place<'a> = &'a dyn Fn(Diagnostic) -> Diagnostic;

impl<'a> Intake<'a> {
    /// Nothing taken in yet; layers without a name become the annotator's.
    pub(super) fn new(
        batch: Batch<'a>,
        codebook: Arc<Codebook>,
        annotator: Annotator,
        options: &ImportOptions,
    ) -> Self {
        Self {
            batch,
            report: ImportReport::default(),
            seen: Seen::new(&codebook),
            codebook,
            edits: Vec::new(),
            edited: BTreeSet::new(),
            annotator,
            labels: options.labels.clone(),
            strict: options.strict,
        }
    }

    /// Takes in what comes through the queue, to its end or until the import is stopped.
    pub(super) fn take_all(
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
        let article = incoming.article;
        let mut layers: Vec<(Annotator, Layer)> = Vec::with_capacity(incoming.layers.len());
        for (annotator, mut layer) in incoming.layers {
            for found in self.labels.apply(&mut layer) {
                self.report.note(place(found));
            }
            layers.push((annotator.unwrap_or_else(|| self.annotator.clone()), layer));
        }
        // What stays out leaves nothing in the codebook, so that is known before layers are looked at.
        if !layers.is_empty()
            && let Some(met) = self.batch.meets(&article)?
        {
            return self.meet(met, &article, layers, &place);
        }
        if let Some(unknown) = self.refused_by_strict(&layers) {
            self.report.note(place(with_record(unknown, &article, layers)));
            return Ok(());
        }
        let mut taken = Vec::with_capacity(layers.len());
        for (annotator, mut layer) in layers {
            if self.batch.has_layer(&article.id, &annotator)? {
                let found = layer_taken(&article.id, &annotator);
                self.report
                    .note(place(with_record(found, &article, vec![(annotator, layer)])));
                continue;
            }
            for found in self.seen.admit(&mut layer) {
                self.report.note(place(found));
            }
            taken.push((annotator, layer));
        }
        let existing = taken.iter().filter(|(_, layer)| layer.exists()).count() as u64;
        match self.batch.add(&article, &taken)? {
            Added::Added => {
                self.report.added += 1;
                self.report.layers += existing;
            }
            Added::Joined => {
                self.report.layers += existing;
                let there = self.batch.header(&article.id)?;
                if there.is_some_and(|there| differs(&there, &article.header)) {
                    let message = format!(
                        "article {} came before with another title or metadata",
                        article.id
                    );
                    let found = Diagnostic::warning("metadata_differs", message)
                        .with_hint("what came first was kept; `set_meta` changes it");
                    self.report.note(place(found));
                }
            }
            met => self.meet(met, &article, taken, &place)?,
        }
        Ok(())
    }

    /// The article is there already, or has to stay out.
    fn meet(
        &mut self,
        met: Added,
        article: &Article,
        layers: Vec<(Annotator, Layer)>,
        place: Place<'_>,
    ) -> Result<(), Refusal> {
        let id = &article.id;
        match met {
            Added::Present => return self.meet_present(article, layers, place),
            Added::IdTaken => {
                let found =
                    Diagnostic::error("duplicate_id", format!("another text has the id {id} already"))
                        .with_hint("give one of them another id");
                self.report.note(place(with_record(found, article, layers)));
            }
            Added::SameText { of } => {
                self.report.skipped += 1;
                let message = format!("{id} has the same text as article {of} and was skipped");
                let found =
                    Diagnostic::warning("duplicate_text", message).with_hint("--duplicates keep takes it in");
                self.report.note(place(found));
            }
            // An article that came twice in one import, each time with the same annotator.
            Added::LayersTaken(annotators) => {
                for annotator in annotators {
                    self.report.note(place(layer_taken(id, &annotator)));
                }
            }
            Added::Added | Added::Joined => {}
        }
        Ok(())
    }

    /// The project has the article; layers that it lacks come in as edits.
    fn meet_present(
        &mut self,
        article: &Article,
        layers: Vec<(Annotator, Layer)>,
        place: Place<'_>,
    ) -> Result<(), Refusal> {
        let id = &article.id;
        let mut is_new = false;
        for (annotator, mut layer) in layers.into_iter().filter(|(_, layer)| layer.exists()) {
            let there = self.batch.store().layer(id, &annotator)?;
            if there.exists() || self.edited.contains(&(id.clone(), annotator.clone())) {
                // Held against what is there as it would come in, without remembering it.
                self.seen.clone().admit(&mut layer);
                if there != layer {
                    let found = layer_taken(id, &annotator);
                    self.report
                        .note(place(with_record(found, article, vec![(annotator, layer)])));
                }
                continue;
            }
            let mut one = vec![(annotator, layer)];
            if let Some(unknown) = self.refused_by_strict(&one) {
                self.report.note(place(with_record(unknown, article, one)));
                continue;
            }
            for (annotator, layer) in &mut one {
                for found in self.seen.admit(layer) {
                    self.report.note(place(found));
                }
                is_new = true;
                self.report.layers += 1;
                self.edited.insert((id.clone(), annotator.clone()));
                let edits = layer_edits(layer).into_iter();
                self.edits
                    .extend(edits.map(|edit| Edit::Layer(id.clone(), annotator.clone(), edit)));
            }
        }
        if !is_new {
            self.report.skipped += 1;
            let there = self.batch.store().header(id)?;
            let message = if there.is_some_and(|there| differs(&there, &article.header)) {
                format!("article {id} is in the project already; its title and metadata there were kept")
            } else {
                format!("article {id} is in the project already")
            };
            self.report.note(place(Diagnostic::info("present", message)));
        }
        Ok(())
    }

    /// What `--strict` has against layers.
    fn refused_by_strict(&self, layers: &[(Annotator, Layer)]) -> Option<Diagnostic> {
        if !self.strict {
            return None;
        }
        layers
            .iter()
            .find_map(|(_, layer)| unknown_in(&self.codebook, layer))
    }

    /// The one commit that shows everything.
    pub(super) fn finish(
        mut self,
        what: &str,
        config: &crate::session::Config,
    ) -> Result<ImportReport, Refusal> {
        let mut report = std::mem::take(&mut self.report);
        if report.added == 0 && self.edits.is_empty() {
            self.batch.discard()?;
            return Ok(report);
        }
        let edits = std::mem::take(&mut self.edits);
        let (seen, id) = (&self.seen, self.batch.id().clone());
        let summary = match report.added {
            0 => format!("import annotations from {what}"),
            1 => format!("import 1 article from {what}"),
            many => format!("import {many} articles from {what}"),
        };
        let published = self.batch.finish(|writer: &mut Writer<'_>| {
            let codebook = writer.codebook()?;
            if let Some(attribute) = seen.clash(&codebook) {
                let message =
                    format!("attribute {attribute} was given another type while the import was under way");
                return Err(Refusal::new("conflict", message).hint("import again; nothing came in"));
            }
            let (additions, findings) = codebook_additions(&codebook, seen);
            let mut all = vec![];
            let mut words = vec![];
            for entry in additions {
                words.push(in_words(&entry));
                all.push(addition(&codebook, entry));
            }
            all.push(Edit::Batch(id, Change::add(())));
            all.extend(edits);
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
        });
        let (number, findings, codebook) = match published {
            Ok(published) => published,
            Err(refusal) => {
                // Swept at the next opening where taking it away fails as well.
                self.batch.discard().unwrap_or_default();
                return Err(refusal);
            }
        };
        for found in findings {
            report.note(found);
        }
        report.transaction = Some(number);
        report.codebook = codebook;
        Ok(report)
    }
}

/// Whether a line says otherwise about an article than what is there. Unknown keys are each line's own.
fn differs(there: &Header, line: &Header) -> bool {
    (&there.title, &there.lang, &there.meta) != (&line.title, &line.lang, &line.meta)
}

fn layer_taken(id: &ArticleId, annotator: &Annotator) -> Diagnostic {
    Diagnostic::error(
        "layer_exists",
        format!("{annotator} has other annotations of article {id} already"),
    )
    .with_hint("import them under another name with --annotator, or into another project")
}

/// A finding with the line that stays out, to be mended and imported again.
fn with_record(found: Diagnostic, article: &Article, layers: Vec<(Annotator, Layer)>) -> Diagnostic {
    match native_lines(&(article.clone(), layers)) {
        Ok(lines) => found.with_record(lines.trim_end_matches('\n')),
        Err(_unwritable) => found,
    }
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
    edits.extend(
        layer
            .dismissed
            .iter()
            .map(|key| LayerEdit::Dismissal(key.clone(), Change::add(()))),
    );
    edits.extend(layer.status.map(|status| LayerEdit::Status(Change::add(status))));
    edits.extend(layer.review.map(|review| LayerEdit::Review(Change::add(review))));
    if layer.flagged {
        edits.push(LayerEdit::Flag(Change::add(())));
    }
    if !layer.extra.is_empty() {
        edits.push(LayerEdit::Extra(Change::add(layer.extra.clone())));
    }
    edits
}
