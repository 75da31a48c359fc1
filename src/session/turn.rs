//! What undo and redo have in common: their words, what each refuses, and the long way round for very many edits.

use crate::model::{Action, Annotator, Scope, Transaction, TransactionId};
use crate::store::{ErrorCode, JournalEntry, Reader, StoreError, Writer};

use super::config::Config;
use super::refusal::{About, InTheWay, Refusal};
use super::transact::{Did, Done};
use super::watch::Watch;

/// Undo or redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Undo,
    Redo,
}

impl Turn {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    pub(super) const fn did(self) -> Did {
        match self {
            Self::Undo => Did::Undone,
            Self::Redo => Did::Redone,
        }
    }

    /// The transaction that is turned next in a scope, where there is one.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub(super) fn candidate(
        self,
        reader: &Reader,
        scope: &Scope,
        author: &Annotator,
    ) -> Result<Option<JournalEntry>, StoreError> {
        match self {
            Self::Undo => reader.undo_candidate(scope, author),
            Self::Redo => reader.redo_candidate(scope, author),
        }
    }

    pub(super) fn nothing(self, scope: &Scope, author: &Annotator) -> Refusal {
        let word = self.word();
        let whose = match scope {
            Scope::Project => {
                "in the project's own changes (imports, codebook, changes of several articles)".to_owned()
            }
            Scope::Layer(article, annotator) if annotator == author => {
                format!("by {author} in article {article}")
            }
            Scope::Layer(article, annotator) => {
                format!("by {author} on {annotator}'s work in article {article}")
            }
        };
        Refusal::new(
            &format!("nothing_to_{word}"),
            format!("there is nothing to {word} {whose}"),
        )
    }

    /// What came in between is not what was asked for.
    pub(super) fn refuse_other(
        self,
        only: Option<TransactionId>,
        candidate: &JournalEntry,
    ) -> Result<(), Refusal> {
        if only.is_none_or(|only| only == candidate.id) {
            return Ok(());
        }
        let (word, id, summary) = (self.word(), candidate.id, &candidate.summary);
        Err(Refusal::new(
            "not_next",
            format!("what {word} is about is transaction {id} ({summary}) by now"),
        )
        .hint(format!(
            "look at what was changed meanwhile, then {word} in the project"
        )))
    }

    /// The undo of one article never changes another.
    pub(super) fn refuse_reach(self, scope: &Scope, candidate: &JournalEntry) -> Result<(), Refusal> {
        if matches!(scope, Scope::Layer(..)) && candidate.scopes.contains(&Scope::Project) {
            let word = self.word();
            let (id, summary) = (candidate.id, &candidate.summary);
            return Err(Refusal::new(
                &format!("{word}_blocked"),
                format!("transaction {id} ({summary}) changed other articles as well"),
            )
            .hint(format!(
                "{word} it in the project: {word} without naming an article"
            ))
            .about(self.about(candidate, InTheWay::OtherArticles)));
        }
        Ok(())
    }

    /// What was approved since stays as it was judged; new work withdraws the approval.
    pub(super) fn refuse_approved(self, reader: &Reader, candidate: &JournalEntry) -> Result<(), Refusal> {
        let Some((article, annotator)) = reader.approved_since(candidate.id)? else {
            return Ok(());
        };
        let (word, id, summary) = (self.word(), candidate.id, &candidate.summary);
        Err(Refusal::new(
            &format!("{word}_blocked"),
            format!(
                "{annotator}'s work on article {article} was approved after transaction {id} ({summary})"
            ),
        )
        .hint("change the work instead, which withdraws the approval, or take the verdict back first")
        .about(self.about(candidate, InTheWay::Approved(annotator))))
    }

    /// Turns a transaction of very many edits, which renames no annotator, round as it lies in the journal.
    pub(super) fn run_long(
        self,
        writer: &mut Writer<'_>,
        config: &Config,
        candidate: &JournalEntry,
        watch: &mut Watch<'_>,
    ) -> Result<Done, Refusal> {
        let summary = format!("{}: {}", self.word(), candidate.summary);
        let transaction = Transaction {
            action: match self {
                Self::Undo => Action::Undo(candidate.id),
                Self::Redo => Action::Redo(candidate.id),
            },
            author: config.annotator.clone(),
            at: config.clock.now(),
            summary: summary.clone(),
            scopes: candidate.scopes.clone(),
            edits: Vec::new(),
            selection_before: None,
            selection_after: None,
        };
        let number = writer
            .append_turned(&transaction, &mut watch.meter())
            .map_err(|error| self.blocked(candidate, error))?;
        Ok(Done {
            transaction: number,
            did: self.did(),
            created: Vec::new(),
            summary,
            selection: None,
        })
    }

    /// A conflict in words of undo; any other failure as it is.
    pub(super) fn blocked(self, candidate: &JournalEntry, error: StoreError) -> Refusal {
        if error.code != ErrorCode::Conflict {
            return error.into();
        }
        let (word, id, summary) = (self.word(), candidate.id, &candidate.summary);
        Refusal::new(
            &format!("{word}_blocked"),
            format!(
                "{word} of transaction {id} ({summary}) is not possible: {}",
                error.message
            ),
        )
        .hint("take back the later change first; `hashiya log` lists all")
        .about(self.about(candidate, InTheWay::LaterWork))
    }

    fn about(self, candidate: &JournalEntry, because: InTheWay) -> About {
        About::Turn {
            is_undo: self == Self::Undo,
            summary: candidate.summary.clone(),
            because,
        }
    }
}
