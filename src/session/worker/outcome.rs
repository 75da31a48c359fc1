//! What jobs have come to, and whatever else the window is told in notices.

use std::path::Path;
use std::sync::Arc;

use crate::model::TransactionId;
use crate::session::ImportReport;
use crate::session::jobs::JobDone;
use crate::session::preview::ImportPreview;
use crate::session::problem::CheckReport;
use crate::session::refusal::Refusal;
use crate::session::snapshot::{Exported, Foreseen, Notice};
use crate::session::transact::Session;
use crate::session::view;

use super::Worker;

/// Notices that stay whatever project is open: about the window itself, and about work that was lost.
const STAY: [&str; 3] = ["preferences_not_saved", "keys_in_conflict", "changes_not_saved"];

impl Worker {
    /// Shows what a job has come to; a job of a project that is no longer open has nothing to show in this one.
    pub(super) fn job_done(
        &mut self,
        project: Option<&Path>,
        done: Result<JobDone, Refusal>,
    ) -> Result<(), Refusal> {
        let is_open = self.session.as_ref().map(Session::path) == project;
        // What is shown with this number is new to the window.
        let number = self.snapshot.revision + 1;
        match done? {
            JobDone::Imported(report) => {
                self.notice(view::import_notice(&report));
                self.imported(is_open, &report)?;
            }
            JobDone::Opened(report) => {
                // Who opens the same files again goes on with them, and adds nothing.
                if !report.is_all_there() {
                    self.notice(view::import_notice(&report));
                }
                self.imported(is_open, &report)?;
            }
            JobDone::Changed(done) => self.changed(project, *done)?,
            JobDone::Saved(path, report) => self.notice(view::export_notice(&path, &report)),
            JobDone::Exported(exported) => {
                self.notice(view::export_notice(&exported.path, &exported.report));
                if !exported.report.cancelled {
                    self.snapshot.exported = Some(Arc::new(Exported { number, ..*exported }));
                }
            }
            JobDone::Foreseen(foreseen) => {
                let is_stopped = foreseen.outcome.as_ref().is_ok_and(|report| report.cancelled);
                if is_open && !is_stopped {
                    self.snapshot.foreseen = Some(Arc::new(Foreseen { number, ..*foreseen }));
                }
            }
            JobDone::Previewed(seen) => {
                if is_open {
                    self.snapshot.preview = Some(Arc::new(ImportPreview { number, ..*seen }));
                }
            }
            JobDone::Checked(report) => {
                if is_open && !report.cancelled {
                    self.snapshot.check = Some(Arc::new(CheckReport { number, ..*report }));
                }
            }
        }
        Ok(())
    }

    fn imported(&mut self, is_open: bool, report: &ImportReport) -> Result<(), Refusal> {
        if is_open {
            self.show_imported()?;
            self.show_saved(report.transaction)?;
        }
        Ok(())
    }

    /// Shows the articles that came in, and the first of them that is to be worked on where none is open.
    fn show_imported(&mut self) -> Result<(), Refusal> {
        self.refresh()?;
        let query = self.query();
        let session = self.session()?;
        let first = view::where_to_go_on(session.reader(), &query)?;
        match first {
            Some(first) if self.snapshot.article.is_none() => self.show_article(&first),
            _ => Ok(()),
        }
    }

    /// Shows when the transaction of a job was saved.
    fn show_saved(&mut self, transaction: Option<TransactionId>) -> Result<(), Refusal> {
        let Some(transaction) = transaction else {
            return Ok(());
        };
        let entry = self.session()?.reader().journal_entry(transaction)?;
        if let (Some(project), Some(entry)) = (&mut self.snapshot.project, entry) {
            Arc::make_mut(project).saved_at = Some(entry.at);
        }
        Ok(())
    }

    pub(super) fn refuse(&mut self, refusal: &Refusal) {
        self.notice(view::refused(refusal));
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        let id = self.next_number();
        let request = self.answering;
        let notice = Notice {
            id,
            request,
            ..notice
        };
        view::push_notice(&mut self.snapshot.notices, notice);
    }

    /// What was said about a project goes with it; what was not opened is no matter once another is.
    pub(super) fn forget_notices(&mut self) {
        let stays = |notice: &Notice| STAY.contains(&notice.code.as_str());
        self.snapshot.notices.retain(stays);
    }

    /// Says why a job came to nothing; being stopped is no fault.
    pub(super) fn job_failed(&mut self, refusal: &Refusal) {
        if refusal.code == "cancelled" {
            self.notice(view::info(
                "cancelled",
                "The change was stopped; nothing was changed by it.",
            ));
        } else {
            self.refuse(refusal);
        }
    }
}
