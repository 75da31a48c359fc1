//! Commands of the window: saved, shown, or kept waiting while nothing can be saved.
//!
//! What waits is in no snapshot, because it is not on disk; it is saved in the order in which it was asked for.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Annotator, Layer, Scope, Selection, TransactionId, counted};
use crate::session::command::Command;
use crate::session::config::Config;
use crate::session::refusal::Refusal;
use crate::session::request::UndoScope;
use crate::session::seen::{Asked, NOT_SEEN, Seen};
use crate::session::snapshot::{ArticleView, Blocked, LastDone, Reveal};
use crate::session::transact::{Done, Session};
use crate::session::turn::Turn;
use crate::session::view;
use crate::session::watch::Watch;

use super::{Worker, no_project};

/// A project as it is looked for again. It is kept where it could not be opened and none is open.
pub(super) struct Away {
    path: PathBuf,
    /// Its id, so that no other is taken for it.
    project: Option<String>,
}

impl Away {
    fn open(&self, config: &Config) -> Result<Session, Refusal> {
        if !self.path.exists() {
            let gone = format!("{}: the project file is not there", self.path.display());
            return Err(Refusal::new("file_gone", gone).hint("put the file back, then try again"));
        }
        let session = Session::open(&self.path, config.clone())?;
        let is_own = |own: &String| session.reader().project_id().ok().as_ref() == Some(own);
        if self.project.as_ref().is_none_or(is_own) {
            return Ok(session);
        }
        let another = "another project lies where this one was";
        Err(Refusal::new("file_gone", another).hint("put the project's own file back, then try again"))
    }
}

/// A command that could not be saved yet.
pub(super) struct Waiting {
    pub(super) command: Command,
    selection: Option<Selection>,
    /// Whose layer it changes where it names nobody, by the name that was drawn.
    pub(super) owner: Annotator,
    /// Behind which transaction the names hold; they are followed from there once, when it is saved.
    pub(super) names_as_of: TransactionId,
    /// The work that was drawn when it was asked for.
    drawn: Option<Arc<ArticleView>>,
}

impl Worker {
    /// Offers what the project names already; where none is open there is nothing to offer.
    pub(super) fn offer_entities(&mut self, typed: String) -> Result<(), Refusal> {
        let Some(session) = &mut self.session else {
            return Ok(());
        };
        let codebook = session.codebook()?;
        let reader = session.reader();
        let revision = reader.revision()?;
        self.snapshot.entities = self.entities.offers(reader, &codebook, revision, typed)?;
        Ok(())
    }

    /// Runs a command; what cannot be saved waits for `Retry`, and so does everything behind it.
    pub(super) fn run_or_wait(
        &mut self,
        command: Command,
        selection: Option<Selection>,
    ) -> Result<(), Refusal> {
        let drawn = self.drawn.clone();
        let (owner, names_as_of) = match &drawn {
            Some(drawn) => (drawn.annotator.clone(), drawn.as_of),
            None => (self.config.annotator.clone(), TransactionId::new(self.revision)),
        };
        self.run_on_or_wait(Waiting {
            command,
            selection,
            owner,
            names_as_of,
            drawn,
        })
    }

    pub(super) fn run_on_or_wait(&mut self, wish: Waiting) -> Result<(), Refusal> {
        if self.snapshot.blocked.is_some() {
            self.waiting.push_back(wish);
            return Ok(());
        }
        if self.is_held() {
            return self.hold(wish);
        }
        if self.starts_long(&wish)? {
            return Ok(());
        }
        self.run_now(wish)
    }

    pub(super) fn run_now(&mut self, wish: Waiting) -> Result<(), Refusal> {
        let (command, selection) = (&wish.command, &wish.selection);
        let asked = Asked {
            owner: &wish.owner,
            names_as_of: Some(wish.names_as_of),
            selection: selection.clone(),
            seen: wish.drawn.as_deref().map(|drawn| Seen {
                article: &drawn.id,
                annotator: &drawn.annotator,
                as_of: drawn.as_of,
                own: &self.made,
            }),
        };
        let Some(session) = &mut self.session else {
            return Err(no_project());
        };
        let is_verdict = matches!(command, Command::SetReview(_) | Command::SetSpanReview(_));
        let run = session.run_watched(command, asked, &mut Watch::silent());
        if run.is_ok() && is_verdict {
            self.snapshot.notices.retain(|notice| notice.code != NOT_SEEN);
        }
        match run {
            // The analyst may have selected something else since: only undo brings a selection back.
            Ok(done) => {
                self.after(Done {
                    selection: None,
                    ..done
                })?;
                // The open article alone is read again: what was done to another is seen in the list and the counts.
                let about = command.place().0;
                let is_elsewhere = about.is_some_and(|about| self.open_id().as_ref() != Some(about));
                if command.changes_codebook() || is_elsewhere {
                    self.refresh()?;
                }
                Ok(())
            }
            Err(refusal) if is_blocking(&refusal) => {
                self.waiting.push_back(wish);
                self.block(refusal);
                Ok(())
            }
            Err(refusal) => {
                self.reveal_twin(&refusal, command, selection.clone());
                if let (NOT_SEEN, Some(drawn)) = (refusal.code.as_str(), &wish.drawn) {
                    self.show_unseen(drawn)?;
                }
                Err(refusal)
            }
        }
    }

    /// Undoes or redoes in a scope; never past what still waits to be saved.
    pub(super) fn turn(&mut self, scope: UndoScope, turn: Turn) -> Result<(), Refusal> {
        self.refuse_held()?;
        if self.snapshot.blocked.is_some() && !self.waiting.is_empty() {
            return Err(Refusal::new("blocked", "changes made before wait to be saved")
                .hint("try again to save them first"));
        }
        let owner = self.owner()?;
        let session = self.session()?;
        let (scope, only) = match scope {
            UndoScope::Project => (Scope::Project, None),
            UndoScope::Change(change) => (Scope::Project, Some(change)),
            UndoScope::Article(article) => (session.scope(Some(&article), Some(&owner)), None),
        };
        if self.starts_long_turn(&scope, turn, only)? {
            return Ok(());
        }
        let session = self.session()?;
        match session.turn(&scope, turn, only, &mut Watch::silent()) {
            Ok(done) if scope == Scope::Project => {
                self.after(done)?;
                self.refresh()
            }
            Ok(done) => self.after(done),
            Err(refusal) if is_blocking(&refusal) => {
                self.block(refusal);
                Ok(())
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// Tries again to save what waits, in order.
    pub(super) fn retry(&mut self) -> Result<(), Refusal> {
        let away = match &self.session {
            Some(session) => Away {
                path: session.path().to_owned(),
                project: session.reader().project_id().ok(),
            },
            None => self.away.take().ok_or_else(no_project)?,
        };
        if let Err(refusal) = self.open_again(away) {
            self.block(refusal);
            return Ok(());
        }
        self.snapshot.blocked = None;
        self.run_waiting();
        if self.snapshot.blocked.is_some() {
            return Ok(());
        }
        self.refresh()
    }

    /// Opens the project anew: a file that was put back is another file to the system.
    fn open_again(&mut self, away: Away) -> Result<(), Refusal> {
        // Two connections of one process to a file share what they know of its log, also of one that was taken away.
        // Else what is open may be the last hold on the work, and stays until the project is found again.
        if self.session.as_ref().is_some_and(Session::has_lost_its_log) {
            self.session = None;
        }
        let opened = away.open(&self.config);
        if opened.is_err() && self.session.is_none() {
            self.away = Some(away);
        }
        self.session = Some(opened?);
        self.follow_from_what_is_shown();
        Ok(())
    }

    /// Shows what a transaction has changed.
    pub(super) fn after(&mut self, done: Done) -> Result<(), Refusal> {
        let at = self.config.clock.now();
        let renamed = self.follow_names()?;
        if let Some(before) = &renamed {
            self.tell_name(before, Some(done.did));
        }
        let session = self.session()?;
        // Another process may have committed between this worker's last look and its own commit.
        let revision = session.reader().revision()?;
        let is_alone = revision == done.transaction.get() && revision == self.revision + 1;
        self.revision = revision;
        self.made.insert(done.transaction);
        self.snapshot.last_done = Some(LastDone {
            counter: self.next_number(),
            did: done.did,
            summary: done.summary,
            created: done.created,
        });
        if let Some(selection) = done.selection {
            self.reveal(selection);
        }
        if !is_alone || renamed.is_some() {
            self.refresh()?;
        }
        if let Some(open) = self.snapshot.article.clone() {
            let article = view::article_again(self.session()?, &open)?;
            let list = view::list_with(&self.snapshot.list, &open, &article);
            let project = self
                .snapshot
                .project
                .as_deref()
                .map(|p| view::project_with(p, &open, &article));
            self.snapshot.list = Arc::new(list);
            self.snapshot.project = project.map(Arc::new);
            // Who marks her first article is one of the annotators from then on.
            let has_layer = |it: &ArticleView| it.layer != Layer::default();
            if has_layer(&open) != has_layer(&article) {
                let annotators = self.session()?.reader().annotators()?;
                let project = self.snapshot.project.as_mut();
                if let Some(project) = project.map(Arc::make_mut) {
                    project.annotators = annotators;
                }
            }
            let stands = |it: &ArticleView| (it.layer.status, it.layer.review);
            let is_judged = stands(&open) != stands(&article);
            self.snapshot.article = Some(Arc::new(article));
            if is_judged {
                self.count_to_review()?;
            }
        }
        if let Some(project) = &mut self.snapshot.project {
            Arc::make_mut(project).saved_at = Some(at);
        }
        self.show_project_undo()
    }

    pub(super) fn reveal(&mut self, selection: Selection) {
        let counter = self.next_number();
        self.snapshot.reveal = Some(Reveal { counter, selection });
    }

    /// A span that is there already is selected instead of made again.
    fn reveal_twin(&mut self, refusal: &Refusal, command: &Command, selection: Option<Selection>) {
        let (Command::AddSpan(add), "duplicate_span", Some(open), Some(selection)) = (
            command,
            refusal.code.as_str(),
            self.snapshot.article.clone(),
            selection,
        ) else {
            return;
        };
        if let Some(span) = view::twin(&open, add) {
            self.reveal(Selection {
                span: Some(span),
                ..selection
            });
        }
    }

    fn block(&mut self, refusal: Refusal) {
        self.snapshot.blocked = Some(Blocked {
            code: refusal.code,
            message: refusal.message,
            hint: refusal.hint,
            waiting: self.waiting.len(),
        });
    }

    /// Gives up what could not be saved, and says so.
    pub(super) fn give_up_waiting(&mut self) {
        let count = self.waiting.len();
        if count == 0 {
            return;
        }
        self.waiting.clear();
        let changes = counted(count, "change");
        let text = format!("The project was closed with {changes} that could not be saved.");
        self.notice(view::warning("changes_not_saved", text, None));
    }
}

/// Whether a command could be saved once something outside has changed.
fn is_blocking(refusal: &Refusal) -> bool {
    matches!(
        refusal.code.as_str(),
        "read_only" | "disk_full" | "file_gone" | "no_access" | "io" | "busy" | "not_found"
    )
}
