//! Salvages what can be read of a damaged project into a new one. Never writes to the damaged file.
//!
//! Works on a copy, row by row, so that one unreadable page costs only what lies on it. What was saved comes into
//! the new project as one import; the history of how it came about stays in the damaged file.

mod salvage;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;

use crate::model::{
    Action, Annotator, Attribute, AttributeId, AttributeType, AttributeUse, Attributes, BatchId, Change,
    Codebook, CodebookKey as Key, Color, Edit, EventType, Label, LabelId, Layer, RelationType, Scope,
    Timestamp, Transaction, Words,
};

use self::salvage::{Next, Salvage};
use super::batch::{Added, Duplicates};
use super::check::{Finding, Severity};
use super::draft::Workshop;
use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::{refuse_empty, refuse_taken, wal_path};
use super::held::Held;
use super::open::Store;
use super::read::Reader;
use super::{log, schema};

/// What a recovery needs from outside: ids, a name, and the time.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The new project's id.
    pub project_id: String,
    /// The id of the import that holds what was saved.
    pub batch: BatchId,
    /// Who the journal says did it.
    pub author: Annotator,
    /// When.
    pub at: Timestamp,
}

/// What a recovery saved and lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Articles saved.
    pub articles: u64,
    /// Layers saved.
    pub layers: u64,
    /// Spans saved.
    pub spans: u64,
    /// What was not, as far as it is known.
    pub lost: Vec<Finding>,
}

/// Saves what can be read of the project at `damaged` into a new project at `new`. `progress` gets articles tried
/// and articles in all, as far as these are known; a break leaves no new project.
///
/// # Errors
/// [`ErrorCode::Exists`] where there is a file at `new`; [`ErrorCode::NotAProject`] where `damaged` has nothing to
/// read at all; [`ErrorCode::NothingSaved`] where no article can be read.
pub fn recover(
    damaged: &Path,
    new: &Path,
    recovery: &Recovery,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> StoreResult<ControlFlow<(), Recovered>> {
    refuse_taken(new)?;
    refuse_empty(damaged)?;
    let folder = Workshop::beside(new).map_err(|error| StoreError::making(new, error))?;
    let (old, described_anew, log_was_damaged) =
        open_copy(damaged, folder.path(), recovery).map_err(|error| match error.code {
            ErrorCode::Damaged => nothing_saved(damaged).caused_by(error),
            _ => error,
        })?;
    let mut salvage = Salvage::new(&old);
    let draft = folder.path().join("new.hashiya");
    let mut store = Store::create(&draft, &salvage.codebook(), &recovery.project_id, &recovery.at)?;
    let mut recovered = Recovered::default();
    let flow = fill(&mut store, &mut salvage, recovery, &mut recovered, progress)?;
    if flow.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    recovered.lost = salvage.into_lost();
    if recovered.articles == 0 && (described_anew || !recovered.lost.is_empty()) {
        return Err(nothing_saved(damaged));
    }
    if recovered.lost.is_empty() {
        recovered.lost = unsound(old);
    }
    if log_was_damaged {
        recovered.lost.push(Finding::warning(
            "log_damaged",
            "the last changes",
            "they lay in a damaged file beside the project; what could be read of them was taken over, so look at them",
        ));
    }
    let copied = store.backup(new, &mut |_, _| ControlFlow::Continue(()))?;
    debug_assert!(copied.is_continue(), "nobody can break off this copy");
    Ok(ControlFlow::Continue(recovered))
}

/// What a check finds in a file of which each row could be read: what was read is then not what was written. Of an older
/// version it knows nothing.
fn unsound(old: Connection) -> Vec<Finding> {
    if schema::version(&old).ok() != Some(schema::VERSION) {
        return Vec::new();
    }
    let held = Held::of(Path::new(old.path().unwrap_or_default()));
    let found = held
        .map_err(|error| StoreError::io(Path::new("the copy"), error))
        .and_then(|held| {
            let reader = Reader {
                _log: None,
                connection: old,
                held,
            };
            reader.check(&mut |_, _| ControlFlow::Continue(()))
        });
    let mut found =
        found.unwrap_or_else(|error| vec![Finding::warning("unreadable", "the project", error.message)]);
    found.retain(|finding| finding.severity == Severity::Error || finding.code == "unreadable");
    found
}

fn nothing_saved(damaged: &Path) -> StoreError {
    StoreError::new(
        ErrorCode::NothingSaved,
        format!("{}: no article can be read", damaged.display()),
    )
}

/// A copy of the damaged file with what waits beside it, opened as far as it can be; whether its tables had to be
/// described anew; and whether what waits beside it was damaged.
fn open_copy(damaged: &Path, folder: &Path, recovery: &Recovery) -> StoreResult<(Connection, bool, bool)> {
    let copy = folder.join("old.hashiya");
    let copied = Held::of(damaged).and_then(|held| {
        io::copy(
            &mut BufReader::with_capacity(1 << 20, held.reader()),
            &mut File::create(&copy)?,
        )
    });
    copied.map_err(|error| StoreError::io(damaged, error))?;
    let wal = wal_path(damaged);
    if wal.exists() {
        fs::copy(&wal, wal_path(&copy)).map_err(|error| StoreError::io(&wal, error))?;
    }
    let log_was_damaged = log::mend(&copy)?;
    pad(&copy)?;
    let new = folder.join("tables.hashiya");
    drop(Store::create(
        &new,
        &Codebook::default(),
        &recovery.project_id,
        &recovery.at,
    )?);
    let (connection, described_anew) = tables::open(&copy, &new)?;
    Ok((connection, described_anew, log_was_damaged))
}

/// Gives a file that was cut short its length back: SQLite reads nothing of a file that is shorter than it says.
fn pad(copy: &Path) -> StoreResult<()> {
    let io = |error| StoreError::io(copy, error);
    let file = fs::OpenOptions::new().write(true).open(copy).map_err(io)?;
    let header = super::file::read_header(copy)?;
    let found = file.metadata().map_err(io)?.len();
    match super::file::full_length(&header) {
        // A header that promises far more than is there is damaged itself.
        Some(length) if found < length && length / 1024 <= found => file.set_len(length).map_err(io),
        _ => Ok(()),
    }
}

fn fill(
    store: &mut Store,
    salvage: &mut Salvage<'_>,
    recovery: &Recovery,
    recovered: &mut Recovered,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> StoreResult<ControlFlow<()>> {
    let mut missing = Missing::default();
    let codebook = store.codebook()?;
    let mut batch = store.begin_batch(&recovery.batch, Duplicates::Keep)?;
    let total = salvage.expected_articles();
    let mut tried = 0;
    loop {
        let saved = match salvage.next_article() {
            Next::End => break,
            Next::Lost => None,
            Next::Saved(saved) => Some(saved),
        };
        tried += 1;
        if progress(tried, total.max(tried)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let Some((article, layers)) = saved.map(|saved| *saved) else {
            continue;
        };
        for (_, layer) in &layers {
            missing.note(&codebook, layer);
        }
        if batch.add(&article, &layers)? == Added::Added {
            recovered.articles += 1;
            recovered.layers += layers.len() as u64;
            let spans: usize = layers.iter().map(|(_, layer)| layer.spans.len()).sum();
            recovered.spans += spans as u64;
        } else {
            let place = format!("article {}", article.id);
            salvage.lose(&place, "another article that was saved has its id");
        }
    }
    let mut edits = missing.edits(&codebook);
    edits.push(Edit::Batch(recovery.batch.clone(), Change::add(())));
    let transaction = Transaction {
        action: Action::Do,
        author: recovery.author.clone(),
        at: recovery.at.clone(),
        summary: "recover from a damaged project".to_owned(),
        scopes: vec![Scope::Project],
        edits,
        selection_before: None,
        selection_after: None,
    };
    batch.finish(|writer| writer.append(&transaction))?;
    Ok(ControlFlow::Continue(()))
}

/// Entries that annotations need and that a damaged codebook lacks.
#[derive(Default)]
struct Missing {
    entries: BTreeSet<Key>,
    types: BTreeMap<AttributeId, AttributeType>,
}

impl Missing {
    fn note(&mut self, codebook: &Codebook, layer: &Layer) {
        for span in layer.spans.iter() {
            if codebook.label(&span.label).is_none() {
                self.entries.insert(Key::Label(span.label.clone()));
            }
            self.note_attributes(codebook, &span.attributes);
        }
        for relation in layer.relations.values() {
            if codebook.relation_type(&relation.relation_type).is_none() {
                self.entries
                    .insert(Key::RelationType(relation.relation_type.clone()));
            }
            self.note_attributes(codebook, &relation.attributes);
        }
        for event in layer.events.values() {
            if codebook.event_type(&event.event_type).is_none() {
                self.entries.insert(Key::EventType(event.event_type.clone()));
            }
            self.note_attributes(codebook, &event.attributes);
        }
        for id in layer.labels.keys() {
            if !codebook.article_labels.iter().any(|usage| usage.id == *id) {
                self.entries.insert(Key::ArticleLabel(id.clone()));
            }
        }
        self.note_attributes(codebook, &layer.labels);
    }

    fn note_attributes(&mut self, codebook: &Codebook, attributes: &Attributes) {
        for (id, value) in attributes {
            if codebook.attribute(id).is_none() {
                self.entries.insert(Key::Attribute(id.clone()));
                self.types
                    .entry(id.clone())
                    .or_insert_with(|| AttributeType::of(value));
            }
        }
    }

    /// Adds each entry behind those of its kind.
    fn edits(&self, codebook: &Codebook) -> Vec<Edit> {
        let mut codebook = codebook.clone();
        for key in &self.entries {
            self.add_to(&mut codebook, key);
        }
        codebook
            .entries()
            .filter(|entry| self.entries.contains(&entry.item.key()))
            .map(|entry| Edit::Codebook(entry.item.key(), Change::add(entry)))
            .collect()
    }

    fn add_to(&self, codebook: &mut Codebook, key: &Key) {
        match key {
            Key::Label(id) => codebook.labels.push(bare_label(id)),
            Key::Attribute(id) => {
                let attribute_type = self.types.get(id).copied().unwrap_or(AttributeType::Text);
                codebook
                    .attributes
                    .push(Attribute::plain(id.clone(), attribute_type));
            }
            Key::RelationType(id) => codebook.relation_types.push(RelationType::plain(id.clone())),
            Key::EventType(id) => codebook.event_types.push(EventType::plain(id.clone())),
            Key::ArticleLabel(id) => codebook.article_labels.push(AttributeUse::plain(id.clone())),
        }
    }
}

fn bare_label(id: &LabelId) -> Label {
    Label {
        id: id.clone(),
        names: Words::new(),
        description: Words::new(),
        color: Color {
            r: 128,
            g: 128,
            b: 128,
        },
        key: None,
        attributes: Vec::new(),
        retired: false,
    }
}
