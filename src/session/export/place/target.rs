//! Where a file of a dataset goes and its companions with it, and the look ahead at all of them before one is written.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::siblings::Siblings;
use super::{check_name, refuse_no_file};
use crate::formats::{Files, Out};
use crate::session::project::refuse_project;
use crate::session::refusal::Refusal;

/// Where a file goes.
#[derive(Clone)]
pub(in crate::session::export) struct Target {
    pub(super) path: PathBuf,
    /// What the names of its companions begin with.
    pub(super) stem: String,
    /// Whether companions may be written over: the file itself is there, so that they are of an earlier export; or a
    /// list says which of them are.
    pub(super) may_replace: bool,
}

impl Target {
    /// The place of a companion.
    ///
    /// # Errors
    /// A [`Refusal`] within where something else is there.
    pub(super) fn companion(&self, name: &str) -> io::Result<PathBuf> {
        check_name(name)?;
        let name = format!("{}.{}", self.stem, name.replace('/', "."));
        let place = self.path.with_file_name(name);
        self.refuse_over(&place).map_err(io::Error::other)?;
        Ok(place)
    }

    fn refuse_over(&self, place: &Path) -> Result<(), Refusal> {
        refuse_no_file(place)?;
        refuse_project(place)?;
        if self.may_replace || !place.exists() {
            return Ok(());
        }
        let message = format!(
            "{}: this file is there already, and would be written beside {}, which is new",
            place.display(),
            self.path.display()
        );
        Err(Refusal::new("file_exists", message).hint("move it away, or name another file"))
    }
}

/// Files that are only asked for: nothing is written, and what would be is noted.
pub(super) struct Foreseen<'s> {
    pub(super) target: &'s Target,
    /// Of a split, whose files are listed.
    pub(super) siblings: Option<&'s Siblings>,
    pub(super) asked: &'s Mutex<Vec<PathBuf>>,
}

impl Foreseen<'_> {
    fn note(&self, place: PathBuf) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(place);
    }
}

impl<'a> Files<'a> for Foreseen<'_> {
    fn main(&mut self) -> io::Result<Out<'a>> {
        self.note(self.target.path.clone());
        Ok(Box::new(io::sink()))
    }

    fn further(&mut self, name: &str) -> io::Result<Option<Out<'a>>> {
        let place = self.target.companion(name)?;
        if let Some(siblings) = self.siblings {
            siblings.refuse_over(&place).map_err(io::Error::other)?;
        }
        self.note(place);
        Ok(Some(Box::new(io::sink())))
    }
}
