//! What an export shall be, as it is chosen in the dialog and remembered for the next time.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::model::{Annotator, LabelId, Status};
use crate::session::{ExportOptions, Newline, OffsetUnit, Refusal, Request, Split, StatusChoice};

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportForm {
    /// Id of the format.
    pub format: String,
    /// Whose work; everyone's where absent.
    pub annotator: Option<String>,
    /// Of which status: `any`, or a status; what is usual for the format where absent.
    pub status: Option<String>,
    /// Only spans of these labels; of all where empty.
    pub labels: Vec<String>,
    /// Only articles in these languages; in all where empty.
    pub languages: Vec<String>,
    /// Whether every line end becomes a line feed.
    pub line_feeds: bool,
    /// The unit of positions, where the format leaves it open.
    pub unit: Option<String>,
    /// The parts of a split; none where empty.
    pub split: String,
    /// Deals articles to parts.
    pub seed: u64,
}

/// The name of the choice of any status.
pub const ANY_STATUS: &str = "any";

impl ExportForm {
    /// As the session takes it. What cannot be read, from a file of another version, counts as not chosen.
    ///
    /// # Errors
    /// Where the parts of a split are not written as parts.
    pub fn options(&self) -> Result<ExportOptions, Refusal> {
        let status = self
            .status
            .as_deref()
            .map(|status| match Status::from_name(status) {
                Some(status) => StatusChoice::Only(status),
                None if status == ANY_STATUS => StatusChoice::Any,
                None => StatusChoice::Usual,
            });
        let split = self.split.trim();
        Ok(ExportOptions {
            annotator: self.annotator.as_ref().and_then(|name| Annotator::new(name).ok()),
            status: status.unwrap_or_default(),
            labels: self
                .labels
                .iter()
                .filter_map(|id| LabelId::new(id).ok())
                .collect(),
            languages: self.languages.iter().cloned().collect(),
            newline: if self.line_feeds {
                Newline::Lf
            } else {
                Newline::Keep
            },
            unit: self.unit.as_deref().and_then(OffsetUnit::of_characters),
            split: if split.is_empty() {
                None
            } else {
                Some(Split::parse(split, self.seed)?)
            },
        })
    }
}

/// An export that was made, to be made again with one key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PastExport {
    /// Of which project.
    pub project: PathBuf,
    /// What was chosen.
    pub form: ExportForm,
    /// Where it went.
    pub path: PathBuf,
}

/// Exports that are remembered, of all projects.
const REMEMBERED: usize = 20;

impl PastExport {
    /// What the session is asked to make it again.
    ///
    /// # Errors
    /// As [`ExportForm::options`].
    pub fn request(&self) -> Result<Request, Refusal> {
        Ok(Request::ExportTo {
            format: self.form.format.clone(),
            path: self.path.clone(),
            options: self.form.options()?,
        })
    }

    /// Puts an export before those that were made before it; one to the same place goes.
    pub fn remember(self, past: &mut Vec<Self>) {
        past.retain(|other| (&other.project, &other.path) != (&self.project, &self.path));
        past.insert(0, self);
        past.truncate(REMEMBERED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_what_the_session_gets() {
        let form = ExportForm {
            annotator: Some("ana".to_owned()),
            status: Some("done".to_owned()),
            labels: vec!["actor".to_owned()],
            languages: vec!["fr".to_owned()],
            line_feeds: true,
            unit: Some("utf16".to_owned()),
            split: " train=4,test=1 ".to_owned(),
            ..ExportForm::default()
        };
        let options = form.options().unwrap();
        assert_eq!(options.annotator.as_ref().map(Annotator::as_str), Some("ana"));
        assert_eq!(options.status, StatusChoice::Only(Status::Done));
        assert_eq!((options.labels.len(), options.languages.len()), (1, 1));
        assert_eq!(
            (options.newline, options.unit),
            (Newline::Lf, Some(OffsetUnit::Utf16))
        );
        assert_eq!(
            options.split.map(|split| split.names()),
            Some(vec!["train".into(), "test".into()])
        );
        let bad = ExportForm {
            split: "train".to_owned(),
            ..ExportForm::default()
        };
        assert_eq!(bad.options().unwrap_err().code, "bad_split");
    }

    #[test]
    fn the_last_export_is_the_first_remembered_and_each_place_once() {
        let mut past = Vec::new();
        for (project, path) in [("p", "a"), ("p", "b"), ("q", "a"), ("p", "a")] {
            let export = PastExport {
                project: project.into(),
                path: path.into(),
                ..PastExport::default()
            };
            export.remember(&mut past);
        }
        let places: Vec<String> = past
            .iter()
            .map(|one| format!("{}{}", one.project.display(), one.path.display()))
            .collect();
        assert_eq!(places, ["pa", "qa", "pb"]);
    }
}
