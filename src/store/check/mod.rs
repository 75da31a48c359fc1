//! Proves a project sound: the database, each text, each annotation, and that the journal leads to exactly this.
//!
//! A check only reads. It goes on after a finding, so that one report says all.

mod history;
mod layers;
mod names;

use std::ops::ControlFlow;

use rusqlite::Connection;

use super::error::{StoreError, StoreResult};
use super::read::Reader;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but it should be known.
    Warning,
    /// The project is not what it should be.
    Error,
}

/// Something that a check or a recovery found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind, a stable name.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where, such as `article a-1, annotator me`.
    pub place: Option<String>,
    /// What, in words for the user.
    pub message: String,
}

impl Finding {
    pub(super) fn error(code: &'static str, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place: Some(place.into()),
            message: message.into(),
        }
    }

    pub(super) fn warning(code: &'static str, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, place, message)
        }
    }
}

/// Findings of SQLite's own check that are listed.
const DATABASE_FINDINGS: u32 = 100;

impl Reader {
    /// Looks at everything in the project, as it is at one moment. `progress` gets articles looked at and articles
    /// in all; a break ends the check with what was found so far.
    ///
    /// # Errors
    /// Only where the project cannot be read at all; what is wrong in it is a finding.
    pub fn check(&self, progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> StoreResult<Vec<Finding>> {
        let moment = self.moment()?;
        let mut findings = Vec::new();
        check_database(&self.connection, &mut findings)?;
        for part in [
            history::check_chain,
            history::check_undone,
            history::check_project_edits,
            layers::check_strays,
            layers::check_lookups,
        ] {
            note_failure(&mut findings, "the journal or the tables", |findings| {
                part(&self.connection, findings)
            });
        }
        let mut articles = layers::Articles::new(&self.connection);
        note_failure(&mut findings, "the articles", |findings| {
            articles.check(findings, progress)
        });
        drop(moment);
        Ok(findings)
    }
}

/// Makes a finding of a part of the check that could not go on.
fn note_failure(
    findings: &mut Vec<Finding>,
    place: &str,
    part: impl FnOnce(&mut Vec<Finding>) -> StoreResult<()>,
) {
    if let Err(error) = part(findings) {
        findings.push(unreadable(place, &error));
    }
}

fn unreadable(place: &str, error: &StoreError) -> Finding {
    Finding::error("unreadable", place, error.message.clone())
}

fn check_database(connection: &Connection, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let mut statement = connection.prepare(&format!("PRAGMA integrity_check({DATABASE_FINDINGS})"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            findings.push(Finding::error("database_damaged", "the database", line));
        }
    }
    Ok(())
}
