//! The writing side of an import: takes in what is new, edits what is there, adds to the codebook what it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::formats::{Diagnostic, Incoming, Seen, Severity, codebook_additions};
use crate::model::{
    Action, Annotator, Article, ArticleId, Change, Codebook, CodebookEntry, Edit, Header, LabelId, Layer,
    LayerEdit, Scope, Transaction, counted,
};
use crate::session::refusal::Refusal;
use crate::session::show::native_lines;
use crate::session::watch::Watch;
use crate::store::{Added, Batch, Duplicates, Writer};

use super::reading::Message;
use super::standing::{Standing, Work, id_with_work, layer_taken, left_hanging};
use super::{AnnotatorMap, ImportOptions, ImportReport, LabelMap};

/// The writing side.
pub(super) struct Intake<'a> {
    pub(super) batch: Batch<'a>,
    pub(super) report: ImportReport,
    /// Is told of each record that stays out, however many there are.
    kept_out: &'a mut dyn FnMut(&Diagnostic),
    codebook: Arc<Codebook>,
    seen: Seen,
    /// Layers for articles that the project has already.
    edits: Vec<Edit>,
    /// Those layers, by article and annotator.
    edited: BTreeMap<(ArticleId, Annotator), Layer>,
    annotator: Annotator,
    duplicates: Duplicates,
    labels: LabelMap,
    met_labels: BTreeSet<LabelId>,
    annotators: AnnotatorMap,
    met_annotators: BTreeSet<Annotator>,
    /// Layers of annotators that are left out, as asked.
    left_out: BTreeMap<Annotator, u64>,
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
        kept_out: &'a mut dyn FnMut(&Diagnostic),
    ) -> Self {
        Self {
            batch,
            report: ImportReport::default(),
            kept_out,
            seen: Seen::new(&codebook),
            codebook,
            edits: Vec::new(),
            edited: BTreeMap::new(),
            annotator,
            duplicates: options.duplicates,
            labels: options.labels.clone(),
            met_labels: BTreeSet::new(),
            annotators: options.annotators.clone(),
            met_annotators: BTreeSet::new(),
            left_out: BTreeMap::new(),
            strict: options.strict,
        }
    }

    /// Puts a finding into the report, and hands on what stays out.
    pub(super) fn note(&mut self, found: Diagnostic) {
        if found.severity == Severity::Error {
            (self.kept_out)(&found);
        }
        self.report.note(found);
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
                    Message::Finding(found) => self.note(found),
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
        let mut article = incoming.article;
        let has_work = incoming.layers.iter().any(|(_, layer)| layer.exists());
        let works = self.renamed(incoming.layers, &place);
        if has_work && works.is_empty() && self.is_there(&article.id)? {
            // Left out, as asked: there is nothing else in the record.
            return Ok(());
        }
        // What stays out leaves nothing in the codebook, so that is known before layers are looked at.
        let mut met = if works.is_empty() {
            None
        } else {
            self.batch.meets(&article)?
        };
        if let Some(why @ (Added::IdTaken | Added::SameText { .. })) = met {
            self.keep_out(why, &article, works, &place);
            return Ok(());
        }
        let mut standing = self.standing(&article, &works)?;
        if !standing.other.is_empty() && self.duplicates == Duplicates::Keep && article.has_made_id() {
            article.id = id_with_work(&article, &works)?;
            met = self.batch.meets(&article)?;
            standing = self.standing(&article, &works)?;
        }
        let Standing { new, other } = standing;
        if let Some(unknown) = self.refused_by_strict(&new) {
            self.note(place(with_record(unknown, &article, new)));
            return Ok(());
        }
        let is_all_there = new.is_empty() && other.is_empty() && !works.is_empty();
        if is_all_there {
            return self.there_already(&article, &place);
        }
        for work in other {
            let found = layer_taken(&article, &work);
            self.note(place(with_record(found, &article, vec![work])));
        }
        if new.is_empty() && !works.is_empty() {
            return Ok(());
        }
        let layers = self.admitted(new, &place);
        if met == Some(Added::Present) {
            self.edit(&article.id, layers);
            return Ok(());
        }
        self.add(&article, &layers, &place)
    }

    /// The work of a record under the names that it shall have, without what is left out or empty.
    fn renamed(&mut self, layers: Vec<(Option<Annotator>, Layer)>, place: Place<'_>) -> Vec<Work> {
        let mut works = Vec::with_capacity(layers.len());
        for (name, mut layer) in layers {
            if !self.labels.is_empty() {
                self.met_labels
                    .extend(layer.spans.iter().map(|span| span.label.clone()));
            }
            for found in self.labels.apply(&mut layer) {
                self.note(place(found));
            }
            if let Some(found) = left_hanging(layer.drop_dangling()) {
                self.note(place(found));
            }
            let by = match &name {
                None => &self.annotator,
                Some(name) => {
                    self.met_annotators.insert(name.clone());
                    let Some(by) = self.annotators.get(name) else {
                        *self.left_out.entry(name.clone()).or_default() += u64::from(layer.exists());
                        continue;
                    };
                    by
                }
            };
            if layer.exists() {
                works.push(Work {
                    by: by.clone(),
                    in_file: name,
                    layer,
                });
            }
        }
        works
    }

    fn standing(&self, article: &Article, works: &[Work]) -> Result<Standing, Refusal> {
        let there = |by: &Annotator| match self.edited.get(&(article.id.clone(), by.clone())) {
            Some(layer) => Ok(layer.clone()),
            None => self.batch.layer(&article.id, by),
        };
        // Looked at without remembering it.
        let as_it_would_come = |layer: &Layer| {
            let mut layer = layer.clone();
            self.seen.clone().admit(&mut layer);
            layer
        };
        Ok(Standing::of(works, there, as_it_would_come)?)
    }

    /// The layers of what is new, with their attributes as the codebook will have them.
    fn admitted(&mut self, works: Vec<Work>, place: Place<'_>) -> Vec<(Annotator, Layer)> {
        let mut layers = Vec::with_capacity(works.len());
        for mut work in works {
            for found in self.seen.admit(&mut work.layer) {
                self.note(place(found));
            }
            layers.push((work.by, work.layer));
        }
        layers
    }

    /// Takes in an article that the project does not have yet; it may have come earlier in this import.
    fn add(
        &mut self,
        article: &Article,
        layers: &[(Annotator, Layer)],
        place: Place<'_>,
    ) -> Result<(), Refusal> {
        match self.batch.add(article, layers)? {
            Added::Added => {
                self.report.added += 1;
                self.report.layers += layers.len() as u64;
            }
            Added::Present => self.there_already(article, place)?,
            Added::Joined if layers.is_empty() => self.there_already(article, place)?,
            Added::Joined => {
                self.report.layers += layers.len() as u64;
                self.tell_other_metadata(article, place)?;
            }
            why => self.keep_out(why, article, Vec::new(), place),
        }
        Ok(())
    }

    /// The article has to stay out.
    fn keep_out(&mut self, why: Added, article: &Article, works: Vec<Work>, place: Place<'_>) {
        let id = &article.id;
        match why {
            Added::IdTaken => {
                let found =
                    Diagnostic::error("duplicate_id", format!("another text has the id {id} already"))
                        .with_hint("give one of them another id");
                self.note(place(with_record(found, article, works)));
            }
            Added::SameText { of } => {
                self.report.skipped += 1;
                let message = format!("{id} has the same text as article {of} and was skipped");
                let found =
                    Diagnostic::warning("duplicate_text", message).with_hint("--duplicates keep takes it in");
                self.note(place(found));
            }
            // All that is held against what is there before it is added.
            Added::LayersTaken(_) | Added::Present | Added::Added | Added::Joined => {}
        }
    }

    /// Whether the project has an article, or this import had it before.
    fn is_there(&self, id: &ArticleId) -> Result<bool, Refusal> {
        Ok(self.batch.header(id)?.is_some() || self.batch.store().header(id)?.is_some())
    }

    /// Counts a record that says nothing new.
    fn there_already(&mut self, article: &Article, place: Place<'_>) -> Result<(), Refusal> {
        self.report.skipped += 1;
        let id = &article.id;
        let message = match self.batch.store().header(id)? {
            Some(there) if differs(&there, &article.header) => {
                format!("article {id} is in the project already; its title and metadata there were kept")
            }
            Some(_) => format!("article {id} is in the project already"),
            None if self.tell_other_metadata(article, place)? => return Ok(()),
            None => format!("article {id} came before in this import, the same as here"),
        };
        self.note(place(Diagnostic::info("present", message)));
        Ok(())
    }

    /// Tells where an article that came earlier in this import has another title or metadata here.
    fn tell_other_metadata(&mut self, article: &Article, place: Place<'_>) -> Result<bool, Refusal> {
        let there = self.batch.header(&article.id)?;
        let is_other = there.is_some_and(|there| differs(&there, &article.header));
        if is_other {
            let message = format!(
                "article {} came before with another title or metadata",
                article.id
            );
            let found = Diagnostic::warning("metadata_differs", message)
                .with_hint("what came first was kept; `set_meta` changes it");
            self.note(place(found));
        }
        Ok(is_other)
    }

    /// Layers for an article that the project has, as edits.
    fn edit(&mut self, id: &ArticleId, layers: Vec<(Annotator, Layer)>) {
        for (annotator, layer) in layers {
            self.report.layers += 1;
            let edits = layer_edits(&layer).into_iter();
            self.edits
                .extend(edits.map(|edit| Edit::Layer(id.clone(), annotator.clone(), edit)));
            self.edited.insert((id.clone(), annotator), layer);
        }
    }

    /// What `--strict` has against layers.
    fn refused_by_strict(&self, works: &[Work]) -> Option<Diagnostic> {
        if !self.strict {
            return None;
        }
        works
            .iter()
            .find_map(|work| unknown_in(&self.codebook, &work.layer))
    }

    /// Says of the names that were to be changed which were left out, and which are nowhere.
    fn tell_names(&mut self) {
        for (name, layers) in std::mem::take(&mut self.left_out) {
            let message = format!("{} of {name} left out, as asked", counted(layers, "layer"));
            self.note(Diagnostic::info("annotator_left_out", message));
        }
        let labels = self.labels.unused(&self.met_labels);
        let unused: Vec<Diagnostic> = labels
            .chain(self.annotators.unused(&self.met_annotators))
            .collect();
        for found in unused {
            self.note(found);
        }
    }

    /// The one commit that shows everything.
    pub(super) fn finish(
        mut self,
        what: &str,
        config: &crate::session::Config,
    ) -> Result<ImportReport, Refusal> {
        self.tell_names();
        let mut report = std::mem::take(&mut self.report);
        if report.added == 0 && self.edits.is_empty() {
            self.batch.discard()?;
            return Ok(report);
        }
        let edits = std::mem::take(&mut self.edits);
        let (seen, id) = (&self.seen, self.batch.id().clone());
        let summary = match report.added {
            0 => format!("import annotations from {what}"),
            some => format!("import {} from {what}", counted(some, "article")),
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
            if found.severity == Severity::Error {
                (self.kept_out)(&found);
            }
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

/// A finding with the line that stays out, to be mended and imported again.
fn with_record(found: Diagnostic, article: &Article, works: Vec<Work>) -> Diagnostic {
    let layers = works.into_iter().map(|work| (work.by, work.layer)).collect();
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
    let is_there = |entry: &&CodebookEntry| {
        codebook
            .entries()
            .any(|there| there.item.key() == entry.item.key())
    };
    let (changed, new): (Vec<_>, Vec<_>) = additions.iter().partition(is_there);
    let names = |entries: &[&CodebookEntry]| -> String {
        let names: Vec<String> = entries.iter().map(|entry| in_words(entry)).collect();
        names.join(", ")
    };
    let message = match (new.as_slice(), changed.as_slice()) {
        ([], []) if renamed.is_empty() => return None,
        ([], []) => "an attribute has another type in the codebook".to_owned(),
        (new, []) => format!("the codebook has no {}", names(new)),
        ([], changed) => format!(
            "in the codebook, {} does not allow what is used here",
            names(changed)
        ),
        (new, changed) => format!(
            "the codebook has no {}, and {} does not allow what is used here",
            names(new),
            names(changed)
        ),
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
