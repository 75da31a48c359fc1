//! The parts of a split lie beside one another under names that nobody typed (`news.train.jsonl` for `news.jsonl`). A
//! hidden list beside them says which files a split wrote: no other is written over, and those that a later split does
//! not write again are removed, unless somebody changed them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::list::{LIST, Written, digest_of, line, read_list};
use super::stem_of;
use crate::formats::Diagnostic;
use crate::session::atomic::{self, folder_of};
use crate::session::export::split::is_part_name;
use crate::session::refusal::Refusal;
use crate::store::Draft;

/// Names that are written out in a message.
const NAMES: usize = 5;

/// What lies around a file that was named.
pub(in crate::session::export) struct Siblings {
    named: PathBuf,
    /// The parts that are written now; none where all goes into the named file.
    parts: Vec<PathBuf>,
    /// The files of earlier splits, with their digests.
    listed: BTreeMap<PathBuf, String>,
}

/// Files that an export does not write again.
#[derive(Default)]
pub(super) struct LeftOver {
    /// Of an earlier split, as it left them: they go.
    unchanged: Vec<PathBuf>,
    /// Of an earlier split, and changed since, with what it left.
    changed: Vec<(PathBuf, String)>,
    /// Of no split that is known, with names like parts.
    alike: Vec<PathBuf>,
    /// Of an earlier split, beside a dataset in one part.
    beside_whole: Vec<PathBuf>,
}

impl Siblings {
    pub(super) fn look(named: PathBuf, parts: Vec<PathBuf>) -> Self {
        let list = list_beside(&named);
        let listed = read_list(&list, folder_of(&named));
        Self { named, parts, listed }
    }

    /// The folder in which all of them lie.
    pub(super) fn folder(&self) -> &Path {
        folder_of(&self.named)
    }

    /// Refuses to put a part in the place of a file that no split wrote, or that was changed since.
    ///
    /// # Errors
    /// `file_exists`, `changed_since_export`.
    pub(super) fn refuse_over(&self, place: &Path) -> Result<(), Refusal> {
        if !place.exists() {
            return Ok(());
        }
        let refused = |code, what: &str, hint| {
            Err(Refusal::new(code, format!("{}: {what}", place.display())).hint(hint))
        };
        match self.listed.get(place) {
            None => refused(
                "file_exists",
                "this file is there already, and no split wrote it",
                "move it away, or name another file",
            ),
            Some(digest) if digest_of(place).ok().as_ref() != Some(digest) => refused(
                "changed_since_export",
                "this part was changed since it was exported",
                "import that work and move the file away, or name another file",
            ),
            Some(_) => Ok(()),
        }
    }

    /// What lies there that this export does not write again.
    pub(super) fn left_over(&self) -> LeftOver {
        let mut left = LeftOver::default();
        let listed = self.listed.iter().filter(|(path, _)| path.is_file());
        if self.parts.is_empty() {
            left.beside_whole = listed.map(|(path, _)| path.clone()).collect();
            return left;
        }
        let mut parts: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
        for (path, digest) in listed.filter(|(path, _)| !self.is_written_now(path)) {
            let files = parts.entry(self.part_of(path)).or_default();
            files.push((path.clone(), digest.clone()));
        }
        // A part with its companions goes or stays as a whole.
        for files in parts.into_values() {
            let is_as_written =
                |(path, digest): &(PathBuf, String)| digest_of(path).ok().as_ref() == Some(digest);
            if files.iter().all(is_as_written) {
                left.unchanged.extend(files.into_iter().map(|(path, _)| path));
            } else {
                left.changed.extend(files);
            }
        }
        left.alike = self.alike();
        left
    }

    /// The part that a file is of, by its name.
    fn part_of(&self, path: &Path) -> String {
        let name = name_of(path);
        let behind = name.strip_prefix(&stem_of(&self.named)).unwrap_or(&name);
        behind
            .trim_start_matches('.')
            .split('.')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// Whether a file is one of the parts or a companion of one.
    fn is_written_now(&self, path: &Path) -> bool {
        let has_ending = self.named.extension().is_some();
        self.parts.iter().any(|part| {
            let stem = if has_ending { stem_of(part) } else { name_of(part) };
            path == part || name_of(path).starts_with(&format!("{stem}."))
        })
    }

    /// The named file itself and others whose names are like those of its parts.
    fn alike(&self) -> Vec<PathBuf> {
        let (stem, ending) = (self.named.file_stem(), self.named.extension());
        let is_like = |path: &Path| {
            let part = path.file_stem().map(Path::new);
            let name = part.and_then(Path::extension).and_then(|name| name.to_str());
            part.and_then(Path::file_stem) == stem
                && path.extension() == ending
                && name.is_some_and(is_part_name)
        };
        let entries = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        let mut alike: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| (*path == self.named || is_like(path)) && path.is_file())
            .filter(|path| !self.is_written_now(path) && !self.listed.contains_key(path))
            .collect();
        alike.sort();
        alike
    }

    /// The list as it shall be after this split, ready to be put beside it.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn list_of(&self, written: &Written, left: &LeftOver) -> io::Result<(Draft, PathBuf)> {
        let mut lines = String::new();
        for (name, digest) in written {
            let digest = digest
                .as_ref()
                .ok_or_else(|| io::Error::other(format!("{name} was not closed")))?;
            lines.push_str(&line(digest, name));
        }
        for (path, digest) in &left.changed {
            let name = path.strip_prefix(self.folder()).unwrap_or(path);
            lines.push_str(&line(digest, &name.to_string_lossy()));
        }
        let place = list_beside(&self.named);
        let file = atomic::draft_for(&place)?;
        file.as_file().write_all(lines.as_bytes())?;
        file.as_file().sync_all()?;
        Ok((file, place))
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The list of the parts of that file.
fn list_beside(named: &Path) -> PathBuf {
    named.with_file_name(format!(".{}{LIST}", name_of(named)))
}

impl LeftOver {
    /// Removes what nobody changed, and says what became of everything.
    pub(super) fn remove(mut self) -> Vec<Diagnostic> {
        let unchanged = std::mem::take(&mut self.unchanged).into_iter();
        let (removed, kept) = unchanged.partition(|path| fs::remove_file(path).is_ok());
        self.unchanged = removed;
        let mut found = self.findings();
        say(
            &mut found,
            &kept,
            "files of an earlier split could not be removed",
            |message| Diagnostic::warning("stale_part", message).with_hint("remove them by hand"),
        );
        found
    }

    /// What is to be said of them.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let changed: Vec<PathBuf> = self.changed.iter().map(|(path, _)| path.clone()).collect();
        let mut found = Vec::new();
        say(
            &mut found,
            &self.unchanged,
            "files of an earlier split that are not written again are removed",
            |message| Diagnostic::info("stale_part", message),
        );
        say(
            &mut found,
            &changed,
            "files of an earlier split that are not written again stay, since something in them was changed",
            |message| {
                Diagnostic::warning("stale_part", message)
                    .with_hint("move them away: their articles are in the new parts too")
            },
        );
        say(
            &mut found,
            &self.alike,
            "files of no split lie beside the parts",
            |message| {
                Diagnostic::info("beside_parts", message)
                    .with_hint("where they hold the same articles, keep them apart from the parts")
            },
        );
        say(
            &mut found,
            &self.beside_whole,
            "parts of an earlier split stay beside it as they are",
            |message| {
                Diagnostic::info("beside_parts", message)
                    .with_hint("export with --split to renew them, or remove them")
            },
        );
        found
    }
}

/// Says something of files, where there are any.
fn say(
    found: &mut Vec<Diagnostic>,
    files: &[PathBuf],
    what: &str,
    finding: impl FnOnce(String) -> Diagnostic,
) {
    if !files.is_empty() {
        found.push(finding(format!("{what}: {}", names(files))));
    }
}

/// The names of some files, the first of them where they are many.
fn names(paths: &[PathBuf]) -> String {
    let mut names: Vec<String> = paths.iter().take(NAMES).map(|path| name_of(path)).collect();
    if paths.len() > NAMES {
        names.push(format!("and {} more", paths.len() - NAMES));
    }
    names.join(", ")
}
