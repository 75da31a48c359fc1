//! The sample articles, kept in the program so that they are there wherever it was installed.

use std::path::{Path, PathBuf};

use super::atomic;
use super::config::Folders;
use super::refusal::Refusal;

/// Names and contents, as in the folder `seeds`.
const SAMPLE: &[(&str, &[u8])] = &[];

/// Writes the sample into the data folder, where it is not there yet, and answers where it lies.
///
/// # Errors
/// What the file system says.
pub(super) fn unpack(folders: &Folders) -> Result<PathBuf, Refusal> {
    let folder = folders.data.join("sample");
    let failed = |path: &Path, cause: &std::io::Error| {
        Refusal::new(
            "read_only",
            format!("{}: the sample cannot be written: {cause}", path.display()),
        )
        .hint("check the permissions of the data folder, or set HASHIYA_HOME to a folder of yours")
    };
    std::fs::create_dir_all(&folder).map_err(|cause| failed(&folder, &cause))?;
    for (name, content) in SAMPLE {
        let path = folder.join(name);
        if !path.exists() {
            atomic::write(&path, content).map_err(|cause| failed(&path, &cause))?;
        }
    }
    Ok(folder)
}
