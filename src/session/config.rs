//! Who annotates, and in which folders things lie.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Annotator, BatchId};

use super::clock::{Clock, IdSource, SystemClock, UuidSource};
use super::refusal::Refusal;

/// What a session takes from its surroundings.
#[derive(Clone)]
pub struct Config {
    /// Whose layers commands change.
    pub annotator: Annotator,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where new ids come from.
    pub ids: Arc<dyn IdSource>,
    /// Where things lie.
    pub folders: Folders,
}

/// The program's own folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Preferences.
    pub config: PathBuf,
    /// Untitled projects.
    pub data: PathBuf,
    /// What may be forgotten: recent projects, the window's state.
    pub state: PathBuf,
}

impl Config {
    /// The annotator is the flag's, else `HASHIYA_ANNOTATOR`, else the preference, else the system's user name.
    ///
    /// # Errors
    /// `bad_annotator` where the name given is empty or has control characters; `no_home` where no folder is known.
    pub fn from_environment(annotator: Option<&str>) -> Result<Self, Refusal> {
        let folders = Folders::from_environment()?;
        let variable = std::env::var("HASHIYA_ANNOTATOR")
            .ok()
            .filter(|name| !name.is_empty());
        let given = annotator.map(str::to_owned).or(variable);
        let annotator = match given {
            Some(name) => annotator_named(&name)?,
            None => folders
                .preferred_annotator()
                .or_else(system_user)
                .map_or_else(|| annotator_named("annotator"), Ok)?,
        };
        Ok(Self {
            annotator,
            clock: Arc::new(SystemClock),
            ids: Arc::new(UuidSource),
            folders,
        })
    }

    /// The id of a new import.
    ///
    /// # Errors
    /// `fault` where what the source of ids gives is none.
    pub(super) fn new_batch(&self) -> Result<BatchId, Refusal> {
        BatchId::new(self.ids.next())
            .map_err(|cause| Refusal::new("fault", format!("no new id could be made: {cause}")))
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("annotator", &self.annotator)
            .field("folders", &self.folders)
            .finish_non_exhaustive()
    }
}

impl Folders {
    /// All in one place.
    pub fn at(home: &Path) -> Self {
        Self {
            config: home.join("config"),
            data: home.join("data"),
            state: home.join("state"),
        }
    }

    /// `HASHIYA_HOME`, else the platform's folders.
    ///
    /// # Errors
    /// `no_home` where the system names no home folder.
    pub fn from_environment() -> Result<Self, Refusal> {
        use etcetera::BaseStrategy;
        if let Some(home) = std::env::var_os("HASHIYA_HOME").filter(|home| !home.is_empty()) {
            return Ok(Self::at(Path::new(&home)));
        }
        let base = etcetera::choose_base_strategy().map_err(|cause| {
            Refusal::new("no_home", format!("the system names no home folder: {cause}"))
                .hint("set HASHIYA_HOME to a folder")
        })?;
        let data = base.data_dir().join("hashiya");
        Ok(Self {
            config: base.config_dir().join("hashiya"),
            state: base
                .state_dir()
                .map_or_else(|| data.clone(), |state| state.join("hashiya")),
            data,
        })
    }

    /// The annotator's name that was last set in the window.
    pub fn preferred_annotator(&self) -> Option<Annotator> {
        let name = std::fs::read_to_string(self.annotator_file()).ok()?;
        Annotator::new(name.trim()).ok()
    }

    /// Remembers the annotator's name for the next start.
    ///
    /// # Errors
    /// What the file system says.
    pub fn set_preferred_annotator(&self, annotator: &Annotator) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.config)?;
        super::atomic::write(&self.annotator_file(), format!("{annotator}\n").as_bytes())
    }

    fn annotator_file(&self) -> PathBuf {
        self.config.join("annotator")
    }
}

/// An annotator's name as someone typed it.
///
/// # Errors
/// `bad_annotator` where it is empty or has control characters.
pub fn annotator_named(name: &str) -> Result<Annotator, Refusal> {
    Annotator::new(name.trim()).map_err(|cause| {
        Refusal::new(
            "bad_annotator",
            format!("{name:?} cannot name an annotator: {cause}"),
        )
    })
}

fn system_user() -> Option<Annotator> {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|variable| std::env::var(variable).ok())
        .find_map(|name| Annotator::new(name.trim()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_set_once_is_found_again() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::at(home.path());
        assert_eq!(folders.preferred_annotator(), None);
        let name = annotator_named("  ليلى ").unwrap();
        folders.set_preferred_annotator(&name).unwrap();
        assert_eq!(folders.preferred_annotator(), Some(name));
    }

    #[test]
    fn a_name_of_nothing_is_refused() {
        assert_eq!(annotator_named(" ").unwrap_err().code, "bad_annotator");
        assert_eq!(annotator_named("a\nb").unwrap_err().code, "bad_annotator");
    }
}
