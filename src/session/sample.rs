//! The sample, kept in the program so that it is there wherever it was installed: articles in seven languages, coded in
//! full, as the project of them is exported.

use std::path::PathBuf;

use crate::model::Annotator;

use super::atomic;
use super::config::Folders;
use super::refusal::Refusal;

/// The project as JSON Lines, on the layer of an annotator called [`CODER`].
const SAMPLE: &str = include_str!("../../exports/sample.jsonl");

/// Who coded the sample.
const CODER: &str = "sample";

/// Writes the sample into the data folder as the work of an annotator, so that it can be looked at and changed at once,
/// and answers where it lies.
///
/// # Errors
/// What the file system says.
pub(super) fn unpack(folders: &Folders, annotator: &Annotator) -> Result<PathBuf, Refusal> {
    let folder = folders.data.join("sample");
    let path = folder.join("sample.jsonl");
    let failed = |cause: std::io::Error| {
        let message = format!("{}: the sample cannot be written: {cause}", path.display());
        Refusal::new("read_only", message)
            .hint("check the permissions of the data folder, or set HASHIYA_HOME to a folder of yours")
    };
    let content = as_work_of(annotator);
    if std::fs::read_to_string(&path).is_ok_and(|there| there == content) {
        return Ok(path);
    }
    std::fs::create_dir_all(&folder).map_err(failed)?;
    atomic::write(&path, content.as_bytes()).map_err(failed)?;
    Ok(path)
}

/// The sample on another layer. The key cannot stand inside a text, whose quotation marks are escaped.
fn as_work_of(annotator: &Annotator) -> String {
    let key = |name: &str| format!("\"annotator\":{}", serde_json::Value::from(name));
    SAMPLE.replace(&key(CODER), &key(annotator.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_the_work_of_who_opens_it() {
        let annotator = Annotator::new("ليلى \"L\"").unwrap();
        let lines = as_work_of(&annotator);
        assert_eq!(lines.lines().count(), SAMPLE.lines().count());
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(row["annotator"], annotator.as_str());
        }
    }
}
