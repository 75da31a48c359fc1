//! The package's own files, read for the rules. Knows nothing of what a rule asks.

use std::fs;
use std::path::{Path, PathBuf};

use super::paths::ModulePath;

/// One Rust file of the package.
pub struct SourceFile {
    /// Relative to the package.
    pub path: PathBuf,
    /// Where it stands in the tree of modules.
    pub module: ModulePath,
    /// Its whole text.
    pub text: String,
}

/// The package's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src`, in the order of their paths.
pub fn sources() -> Vec<SourceFile> {
    rust_files("src")
}

/// Every Rust file of the program, its tests and its benches.
pub fn all_sources() -> Vec<SourceFile> {
    ["src", "tests", "benches"]
        .into_iter()
        .flat_map(rust_files)
        .collect()
}

fn rust_files(folder: &str) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let path = relative(&path);
            SourceFile {
                module: module_of(&path),
                path,
                text,
            }
        })
        .collect()
}

/// Every text file that belongs to the package, with its text. Files that are not UTF-8 (fonts, pictures, sample
/// articles in old encodings) are left out.
pub fn tracked_texts() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    for entry in top_level() {
        walk(&root().join(entry), &mut paths);
    }
    paths
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            Some((relative(&path), text))
        })
        .collect()
}

/// The names at the top of the package, less what is never tracked.
pub fn top_level() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root())
        .expect("the package's folder can be listed")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !matches!(name.as_str(), ".git" | "target" | "proptest-regressions"))
        .collect();
    names.sort();
    names
}

fn relative(path: &Path) -> PathBuf {
    path.strip_prefix(root()).unwrap_or(path).to_owned()
}

fn walk(path: &Path, into: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        into.push(path.to_owned());
        return;
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for entry in entries {
        walk(&entry, into);
    }
}

/// `src/model/span.rs` is `model::span`, `src/model/mod.rs` is `model`, `src/lib.rs` is the root, and
/// `src/main.rs`, another crate, is `main`.
fn module_of(path: &Path) -> ModulePath {
    let inner = path.strip_prefix("src").unwrap_or(path).with_extension("");
    let mut parts: Vec<String> = inner
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod") || parts == ["lib"] {
        parts.pop();
    }
    ModulePath::new(parts)
}
