//! A dataset on disk: written beside its place, then renamed into it, so that it is there whole or as it was before.
//!
//! Only the file that was named is written over without a question. What lies in a folder, or is a part of a split, is
//! replaced where it is as an export before left it: a list says so, with digests.

mod folder;
mod list;
mod siblings;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::formats::{Diagnostic, Files, Format, Out};
use crate::session::atomic::{self, folder_of};
use crate::session::refusal::Refusal;
use crate::store::{Draft, Workshop};

use super::Stop;
use super::refusals::cannot_write;
use folder::{Inside, finish_folder, refuse_foreign, swap};
use list::{Failed, LIST, Listed, Watched, Written};
use siblings::Siblings;

/// A place for a dataset that was looked at: it may be written to.
pub(super) enum Site {
    /// A file, or one for each part of a split.
    Files(Vec<Target>, Siblings),
    /// A folder.
    Folder(PathBuf),
}

/// Where a file goes.
pub(super) struct Target {
    path: PathBuf,
    /// What the names of its companions begin with.
    stem: String,
}

impl Site {
    /// Looks at a place for a dataset of that format, in those parts.
    ///
    /// # Errors
    /// `not_found` where its folder is not there, `is_a_folder`, `not_a_file`, `not_a_folder`, `not_empty`,
    /// `file_exists`, and `changed_since_export` where something else is there.
    pub(super) fn look(format: &Format, path: &Path, parts: &[String]) -> Result<Self, Refusal> {
        let folder = folder_there(path)?;
        if format.is_one_file() {
            return Self::look_for_files(&folder, path, parts);
        }
        if path.exists() && !path.is_dir() {
            let message = format!(
                "{}: this is a file, and {} is a folder",
                path.display(),
                format.name
            );
            return Err(Refusal::new("not_a_folder", message).hint("name a folder that is not there yet"));
        }
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        refuse_foreign(&path)?;
        Ok(Self::Folder(path))
    }

    fn look_for_files(folder: &Path, path: &Path, parts: &[String]) -> Result<Self, Refusal> {
        let named = folder.join(path.file_name().unwrap_or_default());
        if parts.is_empty() {
            refuse_no_file(path)?;
            refuse_open_file(&named)?;
            // A link keeps pointing where it points: its target is what gets replaced.
            let path = fs::canonicalize(&named).unwrap_or_else(|_| named.clone());
            let stem = stem_of(&path);
            return Ok(Self::Files(
                vec![Target { path, stem }],
                Siblings::look(named, Vec::new()),
            ));
        }
        let places: Vec<PathBuf> = parts.iter().map(|part| path_of_part(&named, part)).collect();
        let siblings = Siblings::look(named.clone(), places.clone());
        let mut targets = Vec::new();
        for (place, part) in places.into_iter().zip(parts) {
            refuse_no_file(&place)?;
            siblings.refuse_over(&place)?;
            targets.push(Target {
                path: fs::canonicalize(&place).unwrap_or(place),
                stem: format!("{}.{part}", stem_of(&named)),
            });
        }
        Ok(Self::Files(targets, siblings))
    }

    /// What is to be said of what lies there already.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        match self {
            Self::Files(_, siblings) => siblings.left_over().findings(),
            Self::Folder(_) => Vec::new(),
        }
    }
}

/// The folder in which a path lies.
fn folder_there(path: &Path) -> Result<PathBuf, Refusal> {
    let folder = fs::canonicalize(folder_of(path)).map_err(|cause| cannot_write(path, &cause))?;
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(cannot_write(path, &io::ErrorKind::NotADirectory.into()))
}

/// Refuses to put a file where something else is: a device or a pipe would be replaced by it.
fn refuse_no_file(path: &Path) -> Result<(), Refusal> {
    if path.is_dir() {
        return Err(
            Refusal::new("is_a_folder", format!("{}: this is a folder", path.display()))
                .hint("name a file in it"),
        );
    }
    if path.exists() && !path.is_file() {
        return Err(no_file(path));
    }
    Ok(())
}

/// Refuses what only points to a file that a process has open, such as `/dev/stdout`: the file would be replaced while it
/// is written to.
fn refuse_open_file(path: &Path) -> Result<(), Refusal> {
    let link = fs::read_link(path).unwrap_or_default();
    if link.starts_with("/proc") || path.starts_with("/proc") {
        return Err(no_file(path));
    }
    Ok(())
}

fn no_file(path: &Path) -> Refusal {
    Refusal::new("not_a_file", format!("{}: this is no file", path.display()))
        .hint("name a file; `--output -` writes to standard output")
}

/// `news.train.jsonl` for the part `train` of `news.jsonl`.
pub(super) fn path_of_part(path: &Path, part: &str) -> PathBuf {
    let stem = stem_of(path);
    let name = match path.extension() {
        Some(ending) => format!("{stem}.{part}.{}", ending.to_string_lossy()),
        None => format!("{stem}.{part}"),
    };
    path.with_file_name(name)
}

/// What a dataset at a path is called, and its companions begin with.
pub(super) fn stem_of(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A dataset while it is written.
pub(super) struct Place {
    made: Made,
    failed: Failed,
}

enum Made {
    /// Each file with the place that it is meant for; those of a dataset begin with its own.
    Files {
        targets: Vec<Target>,
        siblings: Siblings,
        files: Arc<Mutex<Vec<(Draft, PathBuf)>>>,
        /// The files of a split, to be listed.
        names: Arc<Mutex<Written>>,
    },
    /// A folder that takes the place of another.
    Folder {
        path: PathBuf,
        workshop: Workshop,
        folder: PathBuf,
        names: Arc<Mutex<Written>>,
    },
}

impl Place {
    /// Begins to write at a place.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub(super) fn at(site: Site) -> Result<Self, Refusal> {
        let made = match site {
            Site::Files(targets, siblings) => Made::Files {
                targets,
                siblings,
                files: Arc::default(),
                names: Arc::default(),
            },
            Site::Folder(path) => {
                let begin = || {
                    let workshop = Workshop::beside(&path)?;
                    workshop.make_folder().map(|folder| (workshop, folder))
                };
                let (workshop, folder) = begin().map_err(|cause| cannot_write(&path, &cause))?;
                Made::Folder {
                    path,
                    workshop,
                    folder,
                    names: Arc::default(),
                }
            }
        };
        Ok(Self {
            made,
            failed: Arc::default(),
        })
    }

    /// What the writers of a dataset's parts ask for their files, one for each part; of a dataset in one part, one.
    pub(super) fn files(&self, parts: &[String]) -> Vec<Box<dyn Files<'static>>> {
        let failed = || Arc::clone(&self.failed);
        match &self.made {
            Made::Files {
                targets,
                files,
                names,
                siblings,
            } => {
                let beside = targets.iter().map(|target| Beside {
                    path: target.path.clone(),
                    stem: target.stem.clone(),
                    made: Arc::clone(files),
                    failed: failed(),
                    listed: (!parts.is_empty()).then(|| (siblings.folder().to_owned(), Arc::clone(names))),
                });
                beside
                    .map(|files| -> Box<dyn Files<'static>> { Box::new(files) })
                    .collect()
            }
            Made::Folder { folder, names, .. } => {
                let inside = |part: Option<String>| -> Box<dyn Files<'static>> {
                    Box::new(Inside {
                        folder: folder.clone(),
                        part,
                        names: Arc::clone(names),
                        failed: failed(),
                    })
                };
                if parts.is_empty() {
                    return vec![inside(None)];
                }
                parts.iter().map(|part| inside(Some(part.clone()))).collect()
            }
        }
    }

    /// The names of the files that go with those of the dataset.
    pub(super) fn companions(&self) -> Vec<String> {
        let Made::Files { targets, files, .. } = &self.made else {
            return Vec::new();
        };
        let files = files.lock().unwrap_or_else(PoisonError::into_inner);
        let places = files.iter().map(|(_, place)| place);
        let beside = places.filter(|place| targets.iter().all(|target| target.path != **place));
        let names = beside.filter_map(|place| place.file_name());
        names.map(|name| name.display().to_string()).collect()
    }

    /// Puts everything in its place, and says what became of what an earlier export left there. The writers must be
    /// gone by then.
    ///
    /// # Errors
    /// What the file system says; what was there before is then as it was, but for companions of a file.
    pub(super) fn commit(self) -> Result<Vec<Diagnostic>, Stop> {
        let taken = |names: &Mutex<Written>| {
            std::mem::take(&mut *names.lock().unwrap_or_else(PoisonError::into_inner))
        };
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(failed) = failed {
            return Err(failed.into());
        }
        match self.made {
            Made::Files {
                siblings,
                files,
                names,
                ..
            } => {
                let files = std::mem::take(&mut *files.lock().unwrap_or_else(PoisonError::into_inner));
                put_files(files, &siblings, &taken(&names))
            }
            Made::Folder {
                path,
                workshop,
                folder,
                names,
            } => {
                finish_folder(&folder, &taken(&names))?;
                swap(workshop, &folder, &path)?;
                Ok(Vec::new())
            }
        }
    }
}

/// Puts files in their places, with the list of those of a split.
fn put_files(
    files: Vec<(Draft, PathBuf)>,
    siblings: &Siblings,
    listed: &Written,
) -> Result<Vec<Diagnostic>, Stop> {
    let is_split = !listed.is_empty();
    for (file, place) in &files {
        file.as_file().sync_all()?;
        if is_split {
            siblings.refuse_over(place)?;
        }
    }
    let left_over = siblings.left_over();
    let list = is_split
        .then(|| siblings.list_of(listed, &left_over))
        .transpose()?;
    let mut folders = BTreeSet::new();
    // The dataset's own file goes last: once it is there, so are its companions.
    for (file, place) in files.into_iter().rev() {
        file.replace(&place)?;
        folders.insert(folder_of(&place).to_owned());
    }
    let found = left_over.remove();
    if let Some((list, place)) = list {
        list.replace(&place)?;
    }
    for folder in folders {
        atomic::sync_folder(&folder)?;
    }
    Ok(found)
}

/// Files beside one another.
struct Beside {
    path: PathBuf,
    stem: String,
    made: Arc<Mutex<Vec<(Draft, PathBuf)>>>,
    failed: Failed,
    /// The list that they are put on, by their names in that folder.
    listed: Option<(PathBuf, Arc<Mutex<Written>>)>,
}

impl Beside {
    fn create(&self, place: PathBuf) -> io::Result<Out<'static>> {
        let file = atomic::draft_for(&place)?;
        let out = file.as_file().try_clone()?;
        let listed = self.listed.as_ref().map(|(folder, names)| {
            let name = place.strip_prefix(folder).unwrap_or(&place);
            Listed::new(&name.to_string_lossy(), names)
        });
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.push((file, place));
        Ok(Watched::open(out, &self.failed, listed))
    }
}

impl Files<'static> for Beside {
    fn main(&mut self) -> io::Result<Out<'static>> {
        self.create(self.path.clone())
    }

    fn further(&mut self, name: &str) -> io::Result<Option<Out<'static>>> {
        check_name(name)?;
        let name = format!("{}.{}", self.stem, name.replace('/', "."));
        self.create(self.path.with_file_name(name)).map(Some)
    }
}

/// A name stays inside its folder.
fn check_name(name: &str) -> io::Result<()> {
    let stays = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if stays && !name.is_empty() && name != LIST {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("{name:?} cannot be a file of a dataset"),
    ))
}

#[cfg(test)]
mod tests;
