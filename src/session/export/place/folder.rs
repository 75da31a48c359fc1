//! A dataset that is a folder: it is replaced only where everything in it is as an export before left it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::check_name;
use super::list::{Failed, LIST, Listed, Watched, Written, digest_of, line, read_list};
use crate::formats::{Files, Out};
use crate::session::atomic::{self, folder_of};
use crate::session::refusal::Refusal;
use crate::store::Workshop;

/// Files in a folder.
pub(super) struct Inside {
    pub(super) folder: PathBuf,
    /// The folder in it where they lie, for a part of a split.
    pub(super) part: Option<String>,
    pub(super) names: Arc<Mutex<Written>>,
    pub(super) failed: Failed,
}

impl Inside {
    /// A file's name in the folder.
    fn name_of(&self, name: &str) -> String {
        match &self.part {
            Some(part) => format!("{part}/{name}"),
            None => name.to_owned(),
        }
    }
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
        let name = self.name_of(name);
        let path = self.folder.join(&name);
        fs::create_dir_all(folder_of(&path))?;
        let file = File::create_new(&path)?;
        let listed = Listed::new(&name, &self.names);
        Ok(Some(Watched::open(file, &self.failed, Some(listed))))
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        check_name(to)?;
        let (from, to) = (self.name_of(from), self.name_of(to));
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        // Neither what the writer did not make nor another file of it.
        let moved = names.get(&from).filter(|_| !names.contains_key(&to)).cloned();
        let Some(digest) = moved else {
            let message = format!("{from:?} cannot become {to:?}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        fs::rename(self.folder.join(&from), self.folder.join(&to))?;
        names.remove(&from);
        names.insert(to, digest);
        Ok(())
    }
}

/// Everything on disk, with the list of what is there.
pub(super) fn finish_folder(folder: &Path, written: &Written) -> io::Result<()> {
    let mut list = String::new();
    for (name, digest) in written {
        let digest = match digest {
            Some(digest) => digest.clone(),
            None => digest_of(&folder.join(name))?,
        };
        list.push_str(&line(&digest, name));
    }
    fs::write(folder.join(LIST), list)?;
    let mut folders = BTreeSet::from([folder.to_owned()]);
    for name in written.keys().map(String::as_str).chain([LIST]) {
        let path = folder.join(name);
        // Not every system lets a file be synced that is open to be read alone.
        File::options().write(true).open(&path)?.sync_all()?;
        folders.insert(folder_of(&path).to_owned());
    }
    folders.iter().try_for_each(|folder| atomic::sync_folder(folder))
}

/// Puts a folder in the place of another, which goes once the new one is there.
pub(super) fn swap(workshop: Workshop, folder: &Path, place: &Path) -> io::Result<()> {
    if place.exists() {
        let before = workshop.set_aside(place)?;
        if let Err(cause) = fs::rename(folder, place) {
            return Err(put_back(workshop, &before, place, cause));
        }
    } else {
        fs::rename(folder, place)?;
    }
    atomic::sync_folder(folder_of(place))
}

/// Puts what was there into its place again; where that fails as well, it stays where it lies, and the error says where.
fn put_back(workshop: Workshop, before: &Path, place: &Path, cause: io::Error) -> io::Error {
    if fs::rename(before, place).is_ok() {
        return cause;
    }
    let message = format!("{cause}; what was there before lies in {}", before.display());
    workshop.leave();
    io::Error::new(cause.kind(), message)
}

/// Refuses a folder with anything in it that is not as an export wrote it: somebody may have worked there.
pub(super) fn refuse_foreign(folder: &Path) -> Result<(), Refusal> {
    if !folder.is_dir() {
        return Ok(());
    }
    let failed = |cause: &dyn std::fmt::Display| {
        Refusal::new("io", format!("{}: {cause}", folder.display())).hint("check its permissions")
    };
    let list = folder.join(LIST);
    let known = read_list(&list, folder);
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|cause| failed(&cause))?;
        let path = entry.path();
        if entry.file_type().is_dir() || path == list {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_put_back_is_kept_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("out");
        fs::create_dir(&place).unwrap();
        fs::write(place.join("work.ann"), "T1").unwrap();
        let workshop = Workshop::beside(&place).unwrap();
        let before = workshop.set_aside(&place).unwrap();
        // Meanwhile something else has taken the place.
        fs::create_dir_all(place.join("full")).unwrap();
        let told = put_back(workshop, &before, &place, io::Error::other("no"));
        crate::store::sweep_drafts(folder.path());
        assert_eq!(fs::read_to_string(before.join("work.ann")).unwrap(), "T1");
        assert!(told.to_string().contains(&before.display().to_string()), "{told}");
    }
}
