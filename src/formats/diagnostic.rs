//! What a reader or writer has to tell beside its articles: one finding with its place and a way out.
//!
//! Knows no format. Every code is a stable word that tests, scripts, and the window may rely on.

use std::fmt;
use std::path::PathBuf;

use crate::model::{Annotator, ArticleId, InvalidId};

use super::Incoming;

/// What to do about a text that may have been read in the wrong encoding.
const MEND_ENCODING: &str =
    "where words look wrong, undo the import, convert the file to UTF-8, and import it again";

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was kept out.
    Error,
    /// Everything came in, but something about it is doubtful or was changed on the way.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// The name in reports and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One finding of a reader or writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable word for programs, such as `bad_offsets`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// In which file.
    pub file: Option<PathBuf>,
    /// In which line, from 1.
    pub line: Option<u64>,
    /// At which code point of that line, from 1.
    pub column: Option<u64>,
    /// What was found, in a sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The input that was kept out, so that it can be saved and mended.
    pub record: Option<String>,
    /// The article that came in without what was kept out.
    pub article: Option<ArticleId>,
    /// Whose work that was, where the file says so.
    pub annotator: Option<Annotator>,
}

impl Diagnostic {
    /// What to do about a part of an article that is kept out. The rest of it came in, so that it alone cannot follow: by
    /// then the annotator has work there.
    pub(super) const MEND_PART: &'static str =
        "it is kept out: undo the import, mend it, and import again; or add it by hand";

    /// A finding that keeps something out.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A finding about something that came in nevertheless.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A finding that is only good to know.
    pub fn info(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    /// A layer is told to be of somebody whose name cannot be one.
    pub(super) fn bad_annotator(name: &str) -> Self {
        Self::warning("bad_annotator", format!("{name:?} cannot be an annotator"))
            .with_hint("the layer came in as yours")
    }

    /// A file is in another encoding than UTF-8.
    pub(super) fn not_utf8(encoding: &str) -> Self {
        let message = format!("the file is not in UTF-8; it was read as {encoding}");
        Self::encoding(message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            file: None,
            line: None,
            column: None,
            message: message.into(),
            hint: None,
            record: None,
            article: None,
            annotator: None,
        }
    }

    /// The text may have been read in the wrong encoding.
    pub(super) fn encoding(message: impl Into<String>) -> Self {
        Self::info("encoding", message).with_hint(MEND_ENCODING)
    }

    /// With a way out.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the line that it is about.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// With its line in the file, where it counted lines in a part of it that begins in that line.
    #[must_use]
    pub(super) fn in_part_from(self, first: u64) -> Self {
        let inside = self.line.unwrap_or(1);
        self.at_line(first + inside - 1)
    }

    /// With the line and the code point that it is about, both from 1.
    #[must_use]
    pub fn at(mut self, line: u64, column: u64) -> Self {
        (self.line, self.column) = (Some(line), Some(column));
        self
    }

    /// With the file that it is about.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// With the article that came in without it, where something of it was kept out.
    pub(super) fn left_out_of(&mut self, incoming: &Incoming) {
        if self.severity != Severity::Error {
            return;
        }
        self.article = Some(incoming.article.id.clone());
        if let [(annotator, _)] = incoming.layers.as_slice() {
            self.annotator.clone_from(annotator);
        }
    }

    /// With the input that was kept out.
    #[must_use]
    pub fn with_record(mut self, record: impl Into<String>) -> Self {
        self.record = Some(record.into());
        self
    }
}

/// A record is kept out because its id cannot be one.
impl From<InvalidId> for Diagnostic {
    fn from(error: InvalidId) -> Self {
        Self::error("bad_id", error.to_string())
            .with_hint("give it another id, or none: then it gets one of its text")
    }
}

impl fmt::Display for Diagnostic {
    /// `file:line:column: severity: message (hint)`, as compilers write it and editors understand it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
        }
        for place in [self.line, self.column].into_iter().flatten() {
            write!(f, "{place}:")?;
        }
        if self.file.is_some() || self.line.is_some() {
            f.write_str(" ")?;
        }
        write!(f, "{}: {}", self.severity.name(), self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

/// Line and column, both from 1, of a byte position; the column counts code points.
pub(super) fn place_in(text: &str, byte: usize) -> (u64, u64) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let lines = before.bytes().filter(|&byte| byte == b'\n').count();
    let column = before.get(line_start..).unwrap_or_default().chars().count();
    (lines as u64 + 1, column as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_is_written_as_editors_read_it() {
        let found = Diagnostic::error("bad_offsets", "the span ends behind the text").at(3, 7);
        let found = found.in_file("a.jsonl").with_hint("count code points");
        assert_eq!(
            found.to_string(),
            "a.jsonl:3:7: error: the span ends behind the text (count code points)"
        );
    }

    #[test]
    fn a_column_counts_code_points_from_one() {
        assert_eq!(place_in("été\nété", 9), (2, 3));
        assert_eq!(place_in("", 0), (1, 1));
    }
}
