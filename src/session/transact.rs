//! One open project: runs commands as durable transactions, undoes and redoes them.
//!
//! Each command is planned on the state that the store holds at that moment, inside the transaction that commits it.
//! Knows no window and no command line.

mod foresee;
mod names;
mod present;

pub use foresee::{CodebookPreview, CodebookStep, Fate, ForeseenCodebook};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::model::{
    Action, Annotator, Article, ArticleId, Codebook, Edit, Layer, Scope, Selection, SpanId, Transaction,
    TransactionId, invert,
};
use crate::store::{ErrorCode, Reader, Store, StoreError, Writer};

use super::command::{Batch, Command};
use super::config::Config;
use super::plan::{self, Desk, LayerKey, Outcome, Setting, Source as _};
use super::refusal::Refusal;
use super::seen::{Asked, refuse_unseen};
use super::turn::Turn;
use super::watch::Watch;
use names::Named;
use present::Present;

/// Texts that are kept after use; each may be of many megabytes.
const KEPT_ARTICLES: usize = 4;
/// Layers that are kept after use.
const KEPT_LAYERS: usize = 4;
/// Edits of a transaction that are held in memory to be taken back; more are read from the journal as they are needed.
pub(super) const EDITS_AT_ONCE: u64 = 2_000;

/// An open project.
pub struct Session {
    pub(super) store: Store,
    pub(super) config: Config,
    kept: Kept,
    /// The newest transaction whose new names of annotators are known here.
    names_as_of: TransactionId,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The transaction's number in the journal.
    pub transaction: TransactionId,
    /// Whether it was new work.
    pub did: Did,
    /// Ids of what was made.
    pub created: Vec<String>,
    /// In words: `tag actor “Alep”`.
    pub summary: String,
    /// The selection to show then.
    pub selection: Option<Selection>,
}

/// How a transaction came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// As new work.
    New,
    /// By taking another one back.
    Undone,
    /// By doing one again that had been taken back.
    Redone,
}

/// What was read or made for the last commands, good as long as nobody else commits.
#[derive(Default)]
struct Kept {
    revision: i64,
    articles: Vec<Arc<Article>>,
    layers: Vec<(LayerKey, Layer)>,
    codebook: Option<Arc<Codebook>>,
}

impl Session {
    /// Makes an empty project and opens it.
    ///
    /// # Errors
    /// Where a file has this name already, and whatever the disk reports.
    pub fn create(path: &Path, codebook: &Codebook, config: Config) -> Result<Self, Refusal> {
        let store = Store::create(path, codebook, &config.ids.next(), &config.clock.now())?;
        Self::on(store, config)
    }

    /// Opens a project.
    ///
    /// # Errors
    /// Where the file is no project, is damaged, or may not be written.
    pub fn open(path: &Path, config: Config) -> Result<Self, Refusal> {
        Self::on(Store::open(path)?, config)
    }

    fn on(store: Store, config: Config) -> Result<Self, Refusal> {
        Ok(Self {
            names_as_of: TransactionId::new(store.revision()?),
            store,
            config,
            kept: Kept::default(),
        })
    }

    /// Whether the project lies where it was and its log does not; see [`Store::has_lost_its_log`].
    pub fn has_lost_its_log(&self) -> bool {
        self.store.has_lost_its_log()
    }

    /// Writes the log back into the project file; see [`Store::write_back`].
    ///
    /// # Errors
    /// What the store says.
    pub fn write_back(&self) -> Result<(), Refusal> {
        Ok(self.store.write_back()?)
    }

    /// Reads what is on disk.
    pub fn reader(&self) -> &Reader {
        &self.store
    }

    /// The project file, links resolved.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Whose layers commands change.
    pub fn annotator(&self) -> &Annotator {
        &self.config.annotator
    }

    /// Annotates under another name from now on.
    pub fn set_annotator(&mut self, annotator: Annotator) {
        self.config.annotator = annotator;
    }

    /// The codebook as it is now.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn codebook(&mut self) -> Result<Arc<Codebook>, Refusal> {
        self.kept.refresh(&self.store)?;
        self.kept.codebook(&self.store)
    }

    /// One annotator's annotations of an article, as they are now.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn layer(&mut self, article: &ArticleId, annotator: &Annotator) -> Result<Layer, Refusal> {
        self.kept.refresh(&self.store)?;
        let mut present = Present {
            reader: &self.store,
            kept: &mut self.kept,
        };
        present.layer(article, annotator)
    }

    /// An article as it is on disk, its text checked anew; kept, since the next command is about it. None where there is
    /// no such article.
    ///
    /// # Errors
    /// Whatever the disk reports, and a text that is not what was imported.
    pub fn open_article(&mut self, id: &ArticleId) -> Result<Option<Arc<Article>>, Refusal> {
        self.kept.refresh(&self.store)?;
        self.kept.articles.retain(|kept| kept.id != *id);
        let mut present = Present {
            reader: &self.store,
            kept: &mut self.kept,
        };
        present.article(id)
    }

    /// The kind of network share on which the project lies, where it does.
    pub fn network_share(&self) -> Option<String> {
        self.store.network_share()
    }

    /// Runs a command as one transaction; when this returns, it is on disk.
    ///
    /// # Errors
    /// Why it was refused; the project is then as it was.
    pub fn run(&mut self, command: &Command, selection: Option<Selection>) -> Result<Done, Refusal> {
        let owner = self.config.annotator.clone();
        let asked = Asked {
            selection,
            ..Asked::of(&owner)
        };
        self.run_watched(command, asked, &mut Watch::silent())
    }

    /// The same for what may take long, such as a change of the codebook that moves annotations, its undo or redo: it is
    /// one transaction all the same, and where it is stopped, nothing has changed. A command that names nobody changes
    /// the layer of whom it was asked for; the session's annotator is the author in the journal.
    ///
    /// # Errors
    /// Why it was refused, `cancelled` where it was stopped; the project is then as it was.
    pub fn run_watched(
        &mut self,
        command: &Command,
        asked: Asked<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Done, Refusal> {
        let turn = match command {
            Command::Undo(_) => Turn::Undo,
            Command::Redo(_) => Turn::Redo,
            command => return self.commit(command, asked, watch),
        };
        let named = Named::follow(&self.store, command, &asked, self.names_as_of)?;
        let (article, annotator) = named.command.place();
        let scope = self.scope(article, Some(annotator.unwrap_or(&named.owner)));
        self.turn(&scope, turn, None, watch)
    }

    fn commit(
        &mut self,
        command: &Command,
        asked: Asked<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Done, Refusal> {
        let Self {
            store,
            config,
            kept,
            names_as_of,
        } = self;
        let committed = store.write(|writer| {
            let named = Named::follow(writer, command, &asked, *names_as_of)?;
            names::follow(writer, config, names_as_of)?;
            plan_and_append(writer, kept, config, &named.command, named.asked(asked), watch)
        });
        match committed {
            Ok((number, outcome, selection)) => {
                *names_as_of = number;
                config.annotator = author_of(&config.annotator, &outcome.edits);
                let (created, summary) = (outcome.created.clone(), outcome.summary.clone());
                kept.after(number, outcome);
                Ok(Done {
                    transaction: number,
                    did: Did::New,
                    created,
                    summary,
                    selection,
                })
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// The scope of an article's undo, or the project's.
    pub fn scope(&self, article: Option<&ArticleId>, annotator: Option<&Annotator>) -> Scope {
        let annotator = annotator.unwrap_or(&self.config.annotator);
        article.map_or(Scope::Project, |article| {
            Scope::Layer(article.clone(), annotator.clone())
        })
    }

    /// Takes back the last transaction of a scope that is in force.
    ///
    /// # Errors
    /// `nothing_to_undo`, or `undo_blocked` where something later depends on it.
    pub fn undo(&mut self, scope: &Scope) -> Result<Done, Refusal> {
        self.turn(scope, Turn::Undo, None, &mut Watch::silent())
    }

    /// Does again what the last undo in a scope took back.
    ///
    /// # Errors
    /// `nothing_to_redo`, or `redo_blocked` where something changed meanwhile.
    pub fn redo(&mut self, scope: &Scope) -> Result<Done, Refusal> {
        self.turn(scope, Turn::Redo, None, &mut Watch::silent())
    }

    /// The same two for what may take long. Where `only` names a transaction no other one is turned.
    ///
    /// # Errors
    /// As theirs, `not_next` where another one is next than was named, and `cancelled` where it was stopped.
    pub(super) fn turn(
        &mut self,
        scope: &Scope,
        turn: Turn,
        only: Option<TransactionId>,
        watch: &mut Watch<'_>,
    ) -> Result<Done, Refusal> {
        let Self {
            store,
            config,
            kept,
            names_as_of,
        } = self;
        kept.forget();
        let turned = store.write(|writer: &mut Writer<'_>| {
            names::follow(writer, config, names_as_of)?;
            check_scope(writer, scope)?;
            let candidate = turn.candidate(writer, scope, &config.annotator)?;
            let candidate = candidate.ok_or_else(|| turn.nothing(scope, &config.annotator))?;
            turn.refuse_other(only, &candidate)?;
            turn.refuse_reach(scope, &candidate)?;
            turn.refuse_approved(writer, &candidate)?;
            if candidate.edits > EDITS_AT_ONCE {
                let done = turn.run_long(writer, config, &candidate, watch)?;
                watch.refuse_cancelled()?;
                return Ok((done, Vec::new()));
            }
            let done = writer
                .transaction(candidate.id)?
                .ok_or_else(|| turn.nothing(scope, &config.annotator))?;
            let summary = format!("{}: {}", turn.word(), done.summary);
            let transaction = match turn {
                Turn::Undo => Transaction {
                    action: Action::Undo(candidate.id),
                    edits: invert(done.edits),
                    selection_before: done.selection_after,
                    selection_after: done.selection_before,
                    ..done
                },
                Turn::Redo => Transaction {
                    action: Action::Redo(candidate.id),
                    ..done
                },
            };
            let transaction = Transaction {
                author: author_of(&config.annotator, &transaction.edits),
                at: config.clock.now(),
                summary: summary.clone(),
                ..transaction
            };
            let number = writer
                .append(&transaction)
                .map_err(|error| turn.blocked(&candidate, error))?;
            let done = Done {
                transaction: number,
                did: turn.did(),
                created: Vec::new(),
                summary,
                selection: transaction.selection_after,
            };
            Ok::<_, Refusal>((done, transaction.edits))
        });
        let (done, edits) = turned?;
        *names_as_of = done.transaction;
        config.annotator = author_of(&config.annotator, &edits);
        Ok(done)
    }
}

/// Who did it: the session's annotator, who goes by the new name from the very transaction that gives it.
fn author_of(annotator: &Annotator, edits: &[Edit]) -> Annotator {
    let renamed = edits.iter().find_map(|edit| match edit {
        Edit::Annotator(change) if change.before.as_ref() == Some(annotator) => change.after.clone(),
        _ => None,
    });
    renamed.unwrap_or_else(|| annotator.clone())
}

/// An article named for its undo must be there.
fn check_scope(reader: &Reader, scope: &Scope) -> Result<(), Refusal> {
    match scope {
        Scope::Layer(article, _) if reader.position(article)?.is_none() => {
            Err(plan::unknown_article(article))
        }
        _ => Ok(()),
    }
}

/// Plans a command on what the store holds now, and appends what it comes to; answers also with the selection to show.
fn plan_and_append(
    writer: &mut Writer<'_>,
    kept: &mut Kept,
    config: &Config,
    command: &Command,
    asked: Asked<'_>,
    watch: &mut Watch<'_>,
) -> Result<(TransactionId, Outcome, Option<Selection>), Refusal> {
    let Asked {
        owner,
        selection,
        seen,
        ..
    } = asked;
    kept.refresh(writer)?;
    if let Some(seen) = seen {
        refuse_unseen(writer, command, owner, seen)?;
    }
    let codebook = kept.codebook(writer)?;
    let at = config.clock.now();
    let setting = Setting {
        annotator: &config.annotator,
        owner,
        at: at.clone(),
        ids: config.ids.as_ref(),
        codebook,
    };
    let mut present = Present { reader: writer, kept };
    let mut desk = Desk::new(&mut present, setting);
    plan::plan(&mut desk, command)?;
    let outcome = desk.finish();
    let after = selection
        .as_ref()
        .map(|before| selection_after(before, command, &outcome));
    let transaction = Transaction {
        action: Action::Do,
        author: author_of(&config.annotator, &outcome.edits),
        at,
        summary: outcome.summary.clone(),
        scopes: outcome.scopes.clone(),
        edits: outcome.edits.clone(),
        selection_before: selection,
        selection_after: after.clone(),
    };
    let appended = if outcome.recodings.is_empty() {
        writer.append(&transaction)
    } else {
        writer.append_recoding(&transaction, &outcome.recodings, &mut watch.meter())
    };
    // What was planned did not fit what is on disk: what is kept may not, either. A refusal of the plan leaves it.
    let number = appended.map_err(|error| {
        kept.forget();
        refused(command, error)
    })?;
    watch.refuse_cancelled()?;
    Ok((number, outcome, after))
}

/// Why a transaction was not taken. A name that only the journal has is found when it is given away.
fn refused(command: &Command, error: StoreError) -> Refusal {
    match command {
        Command::RenameAnnotator(rename) if error.code == ErrorCode::Conflict => {
            plan::annotator_exists(&format!("{} has done work in this project before", rename.to))
        }
        _ => error.into(),
    }
}

impl Kept {
    /// Forgets all where the project has moved on.
    fn refresh(&mut self, reader: &Reader) -> Result<(), Refusal> {
        let revision = reader.revision()?;
        if revision != self.revision {
            self.forget();
            self.revision = revision;
        }
        Ok(())
    }

    fn forget(&mut self) {
        *self = Self::default();
    }

    fn codebook(&mut self, reader: &Reader) -> Result<Arc<Codebook>, Refusal> {
        if let Some(codebook) = &self.codebook {
            return Ok(Arc::clone(codebook));
        }
        let codebook = Arc::new(reader.codebook()?);
        self.codebook = Some(Arc::clone(&codebook));
        Ok(codebook)
    }

    /// Keeps what a transaction has made.
    fn after(&mut self, number: TransactionId, outcome: Outcome) {
        self.revision = number.get();
        for edit in &outcome.edits {
            match edit {
                Edit::Header(article, _) => self.articles.retain(|kept| kept.id != *article),
                // Layers are kept by their annotators' names.
                Edit::Annotator(_) => self.layers.clear(),
                Edit::Codebook(..) => self.codebook = None,
                Edit::Layer(..) | Edit::Batch(..) => {}
            }
        }
        if !outcome.recodings.is_empty() {
            self.layers.clear();
        }
        let mut layers: BTreeMap<LayerKey, Layer> = outcome.layers;
        self.layers.retain(|(key, _)| !layers.contains_key(key));
        while let Some(entry) = layers.pop_first() {
            self.layers.insert(0, entry);
        }
        self.layers.truncate(KEPT_LAYERS);
    }
}

/// The selection that a gesture leaves: a new span is selected, a removed one is not.
fn selection_after(before: &Selection, command: &Command, outcome: &Outcome) -> Selection {
    let last = match command {
        Command::Batch(Batch { commands }) => commands.last().unwrap_or(command),
        command => command,
    };
    let span = match last {
        Command::AddSpan(_) => outcome.created.last().and_then(|id| SpanId::new(id).ok()),
        Command::RemoveSpan(removed) if before.span.as_ref() == Some(&removed.span) => None,
        _ => before.span.clone(),
    };
    Selection {
        span,
        ..before.clone()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self {
            code: error.code.name().to_owned(),
            message: error.message,
            hint: error.hint,
            about: None,
        }
    }
}
