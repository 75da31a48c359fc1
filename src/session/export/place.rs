//! A dataset on disk: written beside its place, then renamed into it, so that it is there whole or as it was before.
//!
//! A folder is replaced only where everything in it is as an export before left it: a list in it says so, with digests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::Digest as _;
use tempfile::{NamedTempFile, TempDir};

use crate::formats::{EXPORT_LIST, Files, Format, Out};
use crate::session::atomic::{self, folder_of};
use crate::session::refusal::Refusal;

/// The files of a folder with their digests; none for one that is still being written.
type Written = BTreeMap<String, Option<String>>;

/// A dataset while it is written.
pub(super) struct Place {
    path: PathBuf,
    made: Made,
    /// What the file system said where a file was closed.
    failed: Arc<Mutex<Option<io::Error>>>,
}

enum Made {
    /// Each file with the place that it is meant for; the dataset's own is the first.
    Files(Arc<Mutex<Vec<(NamedTempFile, PathBuf)>>>),
    /// A folder that takes the place of another.
    Folder(TempDir, Arc<Mutex<Written>>),
}

impl Place {
    /// Somewhere to write a dataset of that format that shall be at that path.
    ///
    /// # Errors
    /// `is_a_folder`, `not_a_folder`, `not_empty` where something else is there, and whatever the disk reports.
    pub(super) fn prepare(format: &Format, path: &Path) -> Result<Self, Refusal> {
        let failed = Arc::default();
        if format.is_one_file() {
            if path.is_dir() {
                return Err(
                    Refusal::new("is_a_folder", format!("{}: this is a folder", path.display()))
                        .hint("name a file in it"),
                );
            }
            // A device or a pipe would be replaced by a file.
            if path.exists() && !path.is_file() {
                return Err(
                    Refusal::new("not_a_file", format!("{}: this is no file", path.display()))
                        .hint("name a file; `--output -` writes to standard output"),
                );
            }
            // A link keeps pointing where it points: its target is what gets replaced.
            let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            return Ok(Self {
                path,
                made: Made::Files(Arc::default()),
                failed,
            });
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
        let folder = tempfile::Builder::new()
            .prefix(".hashiya-")
            .suffix(".tmp")
            .tempdir_in(folder_of(&path))
            .map_err(|cause| super::cannot_write(&path, &cause))?;
        Ok(Self {
            path,
            made: Made::Folder(folder, Arc::default()),
            failed,
        })
    }

    /// What a writer asks for its files.
    pub(super) fn files(&self) -> Box<dyn Files<'static>> {
        let failed = Arc::clone(&self.failed);
        match &self.made {
            Made::Files(made) => Box::new(Beside {
                path: self.path.clone(),
                made: Arc::clone(made),
                failed,
            }),
            Made::Folder(folder, names) => Box::new(Inside {
                folder: folder.path().to_owned(),
                names: Arc::clone(names),
                failed,
            }),
        }
    }

    /// Puts everything in its place. The writer must be gone by then.
    ///
    /// # Errors
    /// What the file system says; what was there before is then as it was, but for companions of a file.
    pub(super) fn commit(self) -> io::Result<()> {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(failed) = failed {
            return Err(failed);
        }
        match self.made {
            Made::Files(made) => {
                let made = std::mem::take(&mut *made.lock().unwrap_or_else(PoisonError::into_inner));
                for (file, _) in &made {
                    file.as_file().sync_all()?;
                }
                // The dataset's own file goes last: once it is there, so are its companions.
                for (file, place) in made.into_iter().rev() {
                    file.persist(&place).map_err(|error| error.error)?;
                }
                atomic::sync_folder(folder_of(&self.path))
            }
            Made::Folder(folder, names) => {
                let names = std::mem::take(&mut *names.lock().unwrap_or_else(PoisonError::into_inner));
                finish_folder(folder.path(), &names)?;
                swap(folder, &self.path)
            }
        }
    }
}

/// Everything on disk, with the list of what is there.
fn finish_folder(folder: &Path, written: &Written) -> io::Result<()> {
    let mut list = String::new();
    for (name, digest) in written {
        let digest = match digest {
            Some(digest) => digest.clone(),
            None => digest_of(&folder.join(name))?,
        };
        list.extend([digest.as_str(), "  ", name.as_str(), "\n"]);
    }
    fs::write(folder.join(EXPORT_LIST), list)?;
    let mut folders = BTreeSet::from([folder.to_owned()]);
    for name in written.keys().map(String::as_str).chain([EXPORT_LIST]) {
        let path = folder.join(name);
        File::open(&path)?.sync_all()?;
        folders.insert(folder_of(&path).to_owned());
    }
    folders.iter().try_for_each(|folder| atomic::sync_folder(folder))
}

/// Puts a folder in the place of another, which goes once the new one is there.
fn swap(folder: TempDir, place: &Path) -> io::Result<()> {
    open_to_others(folder.path())?;
    if place.exists() {
        let old = tempfile::Builder::new()
            .prefix(".hashiya-old-")
            .tempdir_in(folder_of(place))?;
        let before = old.path().join("before");
        fs::rename(place, &before)?;
        let moved = fs::rename(folder.path(), place);
        if let Err(cause) = moved {
            fs::rename(&before, place)?;
            return Err(cause);
        }
    } else {
        fs::rename(folder.path(), place)?;
    }
    // It is no temporary folder any more.
    let _gone = folder.keep();
    atomic::sync_folder(folder_of(place))
}

/// Temporary folders are closed to others; an exported one is like any that the user makes.
fn open_to_others(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A folder made the usual way shows what the mask of the process allows.
        let model = folder.join("model");
        fs::create_dir(&model)?;
        let mode = fs::metadata(&model)?.permissions().mode();
        fs::remove_dir(&model)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Refuses a folder with anything in it that is not as an export wrote it: somebody may have worked there.
fn refuse_foreign(folder: &Path) -> Result<(), Refusal> {
    if !folder.is_dir() {
        return Ok(());
    }
    let failed = |cause: &dyn std::fmt::Display| {
        Refusal::new("io", format!("{}: {cause}", folder.display())).hint("check its permissions")
    };
    let list = fs::read_to_string(folder.join(EXPORT_LIST)).unwrap_or_default();
    let known: BTreeMap<PathBuf, &str> = list
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(digest, name)| (folder.join(name), digest))
        .collect();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|cause| failed(&cause))?;
        let path = entry.path();
        if entry.file_type().is_dir() || path == folder.join(EXPORT_LIST) {
            continue;
        }
        let name = path.strip_prefix(folder).unwrap_or(path).display();
        let Some(digest) = known.get(path) else {
            let message = format!(
                "{}: the folder holds {name}, which no export wrote",
                folder.display()
            );
            return Err(Refusal::new("not_empty", message)
                .hint("name a new folder; only an earlier export is replaced"));
        };
        if digest_of(path).map_err(|cause| failed(&cause))? != *digest {
            let message = format!("{}: {name} was changed since it was exported", folder.display());
            return Err(Refusal::new("changed_since_export", message)
                .hint("import that work first, or name a new folder"));
        }
    }
    Ok(())
}

/// The digest of a file as the list has it.
fn digest_of(path: &Path) -> io::Result<String> {
    let mut digest = sha2::Sha256::new();
    let mut file = File::open(path)?;
    let mut bytes = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut bytes)?;
        let Some(bytes) = bytes.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hexadecimal(digest));
        };
        digest.update(bytes);
    }
}

fn hexadecimal(digest: sha2::Sha256) -> String {
    crate::model::Sha256(digest.finalize().into()).hex()
}

/// Files beside one another.
struct Beside {
    path: PathBuf,
    made: Arc<Mutex<Vec<(NamedTempFile, PathBuf)>>>,
    failed: Arc<Mutex<Option<io::Error>>>,
}

impl Beside {
    fn create(&self, place: PathBuf) -> io::Result<Out<'static>> {
        let file = atomic::temporary_for(&place)?;
        let out = file.as_file().try_clone()?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.push((file, place));
        Ok(Watched::open(out, &self.failed, None))
    }
}

impl Files<'static> for Beside {
    fn main(&mut self) -> io::Result<Out<'static>> {
        self.create(self.path.clone())
    }

    fn further(&mut self, name: &str) -> io::Result<Option<Out<'static>>> {
        check_name(name)?;
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let place = self
            .path
            .with_file_name(format!("{stem}.{}", name.replace('/', ".")));
        self.create(place).map(Some)
    }
}

/// Files in a folder.
struct Inside {
    folder: PathBuf,
    names: Arc<Mutex<Written>>,
    failed: Arc<Mutex<Option<io::Error>>>,
}

impl Files<'static> for Inside {
    fn main(&mut self) -> io::Result<Out<'static>> {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "a folder has no file of its own",
        ))
    }

    fn further(&mut self, name: &str) -> io::Result<Option<Out<'static>>> {
        check_name(name)?;
        let path = self.folder.join(name);
        fs::create_dir_all(folder_of(&path))?;
        let file = File::create_new(&path)?;
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.to_owned(), None);
        let listed = Listed {
            digest: sha2::Sha256::new(),
            name: name.to_owned(),
            names: Arc::clone(&self.names),
        };
        Ok(Some(Watched::open(file, &self.failed, Some(listed))))
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        check_name(to)?;
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        // Neither what the writer did not make nor another file of it.
        let moved = names.get(from).filter(|_| !names.contains_key(to)).cloned();
        let Some(digest) = moved else {
            let message = format!("{from:?} cannot become {to:?}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        fs::rename(self.folder.join(from), self.folder.join(to))?;
        names.remove(from);
        names.insert(to.to_owned(), digest);
        Ok(())
    }
}

/// A name stays inside its folder.
fn check_name(name: &str) -> io::Result<()> {
    let stays = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if stays && !name.is_empty() && name != EXPORT_LIST {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("{name:?} cannot be a file of a dataset"),
    ))
}

/// A file whose last bytes are not lost in silence where it is closed without a flush.
struct Watched {
    out: BufWriter<File>,
    failed: Arc<Mutex<Option<io::Error>>>,
    /// Where its digest belongs, if it has one.
    listed: Option<Listed>,
}

/// The digest of a file that is being written, and the list that it goes to.
struct Listed {
    digest: sha2::Sha256,
    name: String,
    names: Arc<Mutex<Written>>,
}

impl Watched {
    fn open(file: File, failed: &Arc<Mutex<Option<io::Error>>>, listed: Option<Listed>) -> Out<'static> {
        Box::new(Self {
            out: BufWriter::with_capacity(1 << 16, file),
            failed: Arc::clone(failed),
            listed,
        })
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        if let (Some(listed), Some(bytes)) = (&mut self.listed, bytes.get(..written)) {
            listed.digest.update(bytes);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Err(cause) = self.out.flush() {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(cause);
        }
        if let Some(listed) = self.listed.take() {
            let mut names = listed.names.lock().unwrap_or_else(PoisonError::into_inner);
            // It may have another name by now; then its bytes are read for the list.
            if let Some(digest) = names.get_mut(&listed.name) {
                *digest = Some(hexadecimal(listed.digest));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::format;
    use crate::formats::testing::as_folder;

    fn names(folder: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name();
        let files = entries
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file());
        let name =
            |entry: walkdir::DirEntry| entry.path().strip_prefix(folder).unwrap().display().to_string();
        files.map(name).collect()
    }

    fn write(place: &Place, names: &[&str]) {
        let mut files = place.files();
        for name in names {
            let mut out = files.further(name).unwrap().unwrap();
            out.write_all(name.as_bytes()).unwrap();
        }
    }

    #[test]
    fn a_file_and_its_companions_appear_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spans.csv");
        let jsonl = format("jsonl").unwrap();
        let abandoned = Place::prepare(jsonl, &path).unwrap();
        write(&abandoned, &["relations.csv"]);
        drop(abandoned);
        assert_eq!(names(folder.path()), Vec::<String>::new());
        let place = Place::prepare(jsonl, &path).unwrap();
        place.files().main().unwrap().write_all(b"spans").unwrap();
        write(&place, &["relations.csv"]);
        place.commit().unwrap();
        assert_eq!(names(folder.path()), ["spans.csv", "spans.relations.csv"]);
        assert_eq!(fs::read(&path).unwrap(), b"spans");
    }

    #[test]
    fn a_folder_is_replaced_only_where_an_export_wrote_all_of_it() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("brat");
        let folder = as_folder("jsonl");
        for files in [&["a.ann", "sub/b.ann"][..], &["c.ann"]] {
            let place = Place::prepare(&folder, &path).unwrap();
            write(&place, files);
            place.commit().unwrap();
            let list = [&[EXPORT_LIST], files].concat();
            assert_eq!(names(&path), list);
        }
        let list = fs::read_to_string(path.join(EXPORT_LIST)).unwrap();
        assert_eq!(
            list,
            format!("{}  c.ann\n", digest_of(&path.join("c.ann")).unwrap())
        );
        // Work that somebody did there is not thrown away.
        fs::write(path.join("c.ann"), "c.ann and more").unwrap();
        let refused = Place::prepare(&folder, &path).err().unwrap();
        assert_eq!(refused.code, "changed_since_export");
        assert!(refused.message.contains("c.ann"), "{refused}");
        fs::write(path.join("c.ann"), "c.ann").unwrap();
        fs::write(path.join("mine.txt"), "words").unwrap();
        let refused = Place::prepare(&folder, &path).err().unwrap();
        assert_eq!(refused.code, "not_empty");
        assert!(refused.message.contains("mine.txt"), "{refused}");
        assert_eq!(
            fs::read_dir(outer.path()).unwrap().count(),
            1,
            "nothing is left over"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_replaced_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let refused = Place::prepare(format("jsonl").unwrap(), &path).err().unwrap();
        assert_eq!(refused.code, "not_a_file");
    }

    #[test]
    fn no_name_leaves_the_folder() {
        let outer = tempfile::tempdir().unwrap();
        let folder = as_folder("jsonl");
        let place = Place::prepare(&folder, &outer.path().join("d")).unwrap();
        for name in ["../x", "/x", "", "a/../../x", EXPORT_LIST] {
            assert!(place.files().further(name).is_err(), "{name}");
        }
    }
}
