//! What jobs have come to, as the window is told.

use std::path::Path;
use std::sync::Arc;

use crate::session::jobs::JobDone;
use crate::session::preview::ImportPreview;
use crate::session::problem::CheckReport;
use crate::session::refusal::Refusal;
use crate::session::snapshot::{Exported, Foreseen};
use crate::session::transact::Session;
use crate::session::view;

use super::Worker;

impl Worker {
    /// Shows what a job has come to; a job of a project that is no longer open has nothing to show in this one.
    pub(super) fn job_done(
        &mut self,
        project: Option<&Path>,
        done: Result<JobDone, Refusal>,
    ) -> Result<(), Refusal> {
        match done? {
            JobDone::Imported(report) => {
                if let Some(notice) = view::import_notice(&report) {
                    self.notice(notice);
                }
                // It may have come into a project that is no longer the open one.
                if self.session.as_ref().map(Session::path) != project {
                    return Ok(());
                }
                self.refresh()?;
                let query = self.query();
                let session = self.session()?;
                let first = view::where_to_go_on(session.reader(), &query)?;
                match first {
                    Some(first) if self.snapshot.article.is_none() => self.show_article(&first),
                    _ => Ok(()),
                }
            }
            JobDone::Changed(done) => self.changed(project, *done),
            JobDone::Saved(path, report) => {
                self.notice(view::export_notice(&path, &report));
                Ok(())
            }
            JobDone::Exported(exported) => {
                self.notice(view::export_notice(&exported.path, &exported.report));
                if !exported.report.cancelled {
                    let number = self.snapshot.revision + 1;
                    self.snapshot.exported = Some(Arc::new(Exported { number, ..*exported }));
                }
                Ok(())
            }
            JobDone::Foreseen(foreseen) => {
                let is_stopped = foreseen.outcome.as_ref().is_ok_and(|report| report.cancelled);
                if self.session.as_ref().map(Session::path) == project && !is_stopped {
                    let number = self.snapshot.revision + 1;
                    self.snapshot.foreseen = Some(Arc::new(Foreseen { number, ..*foreseen }));
                }
                Ok(())
            }
            JobDone::Previewed(seen) => {
                if self.session.as_ref().map(Session::path) == project {
                    let number = self.snapshot.revision + 1;
                    self.snapshot.preview = Some(Arc::new(ImportPreview { number, ..*seen }));
                }
                Ok(())
            }
            JobDone::Checked(report) => {
                // A report of a project that is closed leads nowhere.
                if self.session.as_ref().map(Session::path) == project && !report.cancelled {
                    let number = self.snapshot.revision + 1;
                    self.snapshot.check = Some(Arc::new(CheckReport { number, ..*report }));
                }
                Ok(())
            }
        }
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
