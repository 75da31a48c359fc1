//! Changes of very many annotations, which go on a thread of their own: they say how far they are and can be stopped.
//!
//! Such a change is one transaction, beside which nobody else can write. What is asked for meanwhile is held and done
//! behind it, in order; what is shown is the project as it was before.

use std::collections::VecDeque;
use std::path::Path;

use crate::model::{Scope, TransactionId};
use crate::session::command::Command;
use crate::session::jobs::{Work, Writes};
use crate::session::refusal::Refusal;
use crate::session::transact::{Done, EDITS_AT_ONCE, Session};
use crate::session::turn::Turn;
use crate::session::view;

use super::Worker;
use super::saving::Waiting;

/// From how many layers on a change of the codebook that moves annotations is no matter of a moment.
const MANY_LAYERS: u64 = 500;

/// Names the notice that is there while commands are held.
const HELD: &str = "held";

impl Worker {
    /// Whether a job writes to the open project, beside which nobody else can.
    pub(super) fn is_held(&self) -> bool {
        let open = self.session.as_ref().map(Session::path);
        open.is_some_and(|open| self.jobs.is_written(open, Writes::AtOnce))
    }

    /// Keeps a command until it can be done, and says so. What changes the codebook speaks of it as it was, and may mean
    /// another thing then.
    pub(super) fn hold(&mut self, wish: Waiting) -> Result<(), Refusal> {
        if wish.command.changes_codebook() {
            return self.refuse_held();
        }
        let text = "A change of very many annotations is under way; what you do now is done behind it.";
        if self.waiting.is_empty() {
            self.notice(view::info(HELD, text));
        }
        self.waiting.push_back(wish);
        Ok(())
    }

    /// Refuses what must know what is there: undo, and changes of the codebook.
    pub(super) fn refuse_held(&self) -> Result<(), Refusal> {
        if self.is_held() {
            return Err(
                Refusal::new("work_goes_on", "a change of very many annotations is under way")
                    .hint("let it end, or stop it, first"),
            );
        }
        Ok(())
    }

    /// Of two jobs that write to a project one would only wait for the other, and in the end give up.
    pub(super) fn refuse_beside(&self, project: &Path, writes: Writes) -> Result<(), Refusal> {
        let is_written = |how| self.jobs.is_written(project, how);
        let what = match writes {
            Writes::Nothing => return Ok(()),
            _ if is_written(Writes::AtOnce) => "a change of very many annotations is under way",
            Writes::AtOnce if is_written(Writes::InPieces) => "an import into this project is under way",
            Writes::AtOnce | Writes::InPieces => return Ok(()),
        };
        Err(Refusal::new("work_goes_on", what).hint("let it end, or stop it, then try again"))
    }

    /// Starts a command on a thread of its own where it may take long; says whether it did.
    pub(super) fn starts_long(&mut self, wish: &Waiting) -> Result<bool, Refusal> {
        let Some(title) = title(&wish.command) else {
            return Ok(false);
        };
        if !self.session()?.reader().has_layers(MANY_LAYERS)? {
            return Ok(false);
        }
        let work = Work::Change {
            owner: wish.owner.clone(),
            names_as_of: wish.names_as_of,
            command: Box::new(wish.command.clone()),
        };
        self.start(&title, work)?;
        Ok(true)
    }

    /// The same for undo and redo.
    pub(super) fn starts_long_turn(
        &mut self,
        scope: &Scope,
        turn: Turn,
        only: Option<TransactionId>,
    ) -> Result<bool, Refusal> {
        let session = self.session()?;
        let candidate = turn.candidate(session.reader(), scope, session.annotator())?;
        let Some(entry) = candidate.filter(|entry| entry.edits > EDITS_AT_ONCE) else {
            return Ok(false);
        };
        let scope = scope.clone();
        self.start(
            &format!("{}: {}", turn.word(), entry.summary),
            Work::Turn { scope, turn, only },
        )?;
        Ok(true)
    }

    /// Shows what a long change has come to.
    pub(super) fn changed(&mut self, project: Option<&Path>, done: Done) -> Result<(), Refusal> {
        // It may have been a project that is no longer the open one.
        if self.session.as_ref().map(Session::path) != project {
            return Ok(());
        }
        // What was selected when it began may have been left long ago.
        self.after(Done {
            selection: None,
            ..done
        })?;
        self.refresh()
    }

    /// Does what was asked for while a long change was under way.
    pub(super) fn run_what_was_held(&mut self) {
        if self.snapshot.blocked.is_some() || self.session.is_none() || self.is_held() {
            return;
        }
        self.snapshot.notices.retain(|notice| notice.code != HELD);
        self.run_waiting();
    }

    /// Does what waits, one after the other, up to what holds the rest.
    pub(super) fn run_waiting(&mut self) {
        self.run_in_order(|worker, wish| {
            let done = worker.run_on_or_wait(wish);
            (done, worker.snapshot.blocked.is_none() && !worker.is_held())
        });
    }

    /// What cannot be saved waits again, and so does all behind it.
    fn run_in_order(&mut self, run: impl Fn(&mut Self, Waiting) -> (Result<(), Refusal>, bool)) {
        let wishes = std::mem::take(&mut self.waiting);
        let rest = in_order(wishes, |wish| {
            let (done, goes_on) = run(self, wish);
            // One that is refused must not keep those behind it.
            if let Err(refusal) = done {
                self.refuse(&refusal);
            }
            goes_on
        });
        self.waiting.extend(rest);
    }

    /// Stops what holds the project that is about to be closed, and does what waited for it.
    pub(super) fn stop_holding(&mut self) {
        if !self.is_held() {
            return;
        }
        if let Some(session) = &self.session {
            self.jobs.stop_holding(session.path());
        }
        self.snapshot.notices.retain(|notice| notice.code != HELD);
        // What could not be saved before may be now.
        self.snapshot.blocked = None;
        self.run_in_order(|worker, wish| {
            // The store waits for the lock, which is free as soon as the job has seen that it shall stop.
            let done = worker.run_now(wish);
            (done, worker.snapshot.blocked.is_none())
        });
    }
}

/// Does one after the other as long as it goes on; what is left comes back.
fn in_order<T>(mut wishes: VecDeque<T>, mut goes_on: impl FnMut(T) -> bool) -> VecDeque<T> {
    while let Some(wish) = wishes.pop_front() {
        if !goes_on(wish) {
            break;
        }
    }
    wishes
}

/// What a command does that may move annotations of all articles; none for any other.
fn title(command: &Command) -> Option<String> {
    match command {
        Command::RenameCodebookId(rename) => Some(format!("Rename {} to {}", rename.id, rename.to)),
        Command::RemoveCodebookEntry(remove) => Some(match &remove.migrate_to {
            Some(to) => format!("Move {} to {to}", remove.id),
            None => format!("Remove {}", remove.id),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overtakes_what_could_not_be_saved() {
        let mut done = Vec::new();
        let rest = in_order(VecDeque::from([1, 2, 3, 4]), |wish| {
            done.push(wish);
            wish != 2
        });
        assert_eq!((done, rest), (vec![1, 2], VecDeque::from([3, 4])));
    }
}
