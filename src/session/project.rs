//! Where projects lie: recent ones, untitled ones that articles become, and the move to a place of their own.

use std::path::{Path, PathBuf};

use crate::formats::codebook_toml::default_codebook;
use crate::model::Sha256;
use crate::store::{ErrorCode, Reader, Store, head_of, project_beside};

use super::atomic;
use super::config::{Config, Folders};
use super::refusal::Refusal;
use super::snapshot::RecentProject;
use super::transact::Session;
use super::watch::Watch;

/// Projects that are remembered.
const RECENT: usize = 12;

impl Folders {
    /// Projects opened before that are still there, the last one first.
    pub fn recent_projects(&self) -> Vec<RecentProject> {
        let paths = self.recent_paths().into_iter();
        let named = paths.map(|path| RecentProject {
            name: project_name(self, &path),
            untitled: self.is_untitled(&path),
            path,
        });
        named.collect()
    }

    fn recent_paths(&self) -> Vec<PathBuf> {
        let list = std::fs::read_to_string(self.recent_file()).unwrap_or_default();
        list.lines()
            .map(PathBuf::from)
            .filter(|path| path.is_file())
            .take(RECENT)
            .collect()
    }

    /// Puts a project at the head of the recent ones.
    ///
    /// # Errors
    /// What the file system says.
    pub fn remember_project(&self, project: &Path) -> std::io::Result<()> {
        let mut recent = self.recent_paths();
        recent.retain(|path| path != project);
        recent.insert(0, project.to_owned());
        let lines: String = recent
            .iter()
            .take(RECENT)
            .map(|path| path.display().to_string() + "\n")
            .collect();
        std::fs::create_dir_all(&self.state)?;
        atomic::write(&self.recent_file(), lines.as_bytes())
    }

    fn recent_file(&self) -> PathBuf {
        self.state.join("recent")
    }

    fn untitled(&self) -> PathBuf {
        self.data.join("untitled")
    }

    /// Whether a project lies among the untitled ones.
    pub fn is_untitled(&self, project: &Path) -> bool {
        let folder = self.untitled();
        let real = std::fs::canonicalize(&folder).unwrap_or(folder);
        project.starts_with(real)
    }

    /// The untitled project that these files and folders become: the same ones the same project, in any order.
    ///
    /// # Errors
    /// `not_found` where a path leads nowhere.
    pub fn untitled_project(&self, paths: &[PathBuf]) -> Result<PathBuf, Refusal> {
        let real = paths.iter().map(|path| {
            std::fs::canonicalize(path).map_err(|cause| {
                Refusal::new("not_found", format!("{}: {cause}", path.display())).hint("check the path")
            })
        });
        let mut real = real.collect::<Result<Vec<_>, _>>()?;
        real.sort();
        real.dedup();
        let name = real.first().and_then(|path| path.file_stem()).map_or_else(
            || "articles".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let lines: String = real
            .iter()
            .map(|path| path.display().to_string() + "\n")
            .collect();
        let digest: String = Sha256::of(&lines).hex().chars().take(12).collect();
        let name: String = name.chars().take(60).collect();
        Ok(self.untitled().join(format!("{name}-{digest}.hashiya")))
    }
}

/// What a project is called: its file's name; of an untitled one without the digest.
pub fn project_name(folders: &Folders, project: &Path) -> String {
    let name = project
        .file_stem()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match name.rsplit_once('-') {
        Some((head, _)) if folders.is_untitled(project) => head.to_owned(),
        _ => name,
    }
}

/// Whether a path names a project file rather than articles.
pub fn is_project(path: &Path) -> bool {
    let has_ending = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("hashiya"));
    has_ending && !path.is_dir()
}

/// Refuses to write over a project, or over any other database, or where the files lie that belong to one.
///
/// # Errors
/// `is_a_project`.
pub fn refuse_project(path: &Path) -> Result<(), Refusal> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    /// A log of changes begins so; its last bit is the order of the bytes in its sums.
    const LOGS: [&[u8]; 2] = [b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"];
    if let Some(project) = project_beside(path) {
        let (path, project) = (path.display(), project.display());
        let message = format!("{path}: a file of this name belongs to the project {project}");
        return Err(Refusal::new("is_a_project", message).hint("name another file"));
    }
    // A pipe would be waited for.
    if !path.is_file() {
        return Ok(());
    }
    let is_project = head_of(path, MAGIC.len())
        .is_ok_and(|head| head == MAGIC || LOGS.iter().any(|log| head.starts_with(log)));
    if is_project {
        let message = format!("{}: this is a project and is not written over", path.display());
        return Err(Refusal::new("is_a_project", message).hint("name another file"));
    }
    Ok(())
}

/// Opens the untitled project of these files and folders, or makes it; they are still to be imported.
///
/// # Errors
/// `not_found` where a path leads nowhere, and whatever the disk reports.
pub fn open_untitled(paths: &[PathBuf], config: Config) -> Result<Session, Refusal> {
    let path = config.folders.untitled_project(paths)?;
    if path.exists() {
        return Session::open(&path, config);
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Refusal::new("read_only", format!("{}: {cause}", folder.display())))?;
    }
    Session::create(&path, &default_codebook(), config)
}

/// Opens a project to read it, also where it may not be written.
///
/// # Errors
/// Where the file is no project or is damaged.
pub fn open_to_read(path: &Path) -> Result<Reader, Refusal> {
    match Store::open_read_only(path) {
        Ok(reader) => Ok(reader),
        Err(error) if error.code == ErrorCode::OlderVersion => {
            // Opening to write brings the file up to date.
            drop(Store::open(path)?);
            Ok(Store::open_read_only(path)?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Copies a project to a new file, whoever writes to it meanwhile. Answers whether it came to its end.
///
/// # Errors
/// `exists` where there is a file of that name, and whatever the disk reports.
pub fn backup(reader: &Reader, to: &Path, watch: &mut Watch<'_>) -> Result<bool, Refusal> {
    let flow = reader.backup(to, &mut watch.meter())?;
    Ok(flow.is_continue())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_paths_in_any_order_are_the_same_untitled_project() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::at(&home.path().join("home"));
        let [a, b] = ["أخبار.txt", "b.txt"].map(|name| home.path().join(name));
        std::fs::write(&a, "a").unwrap();
        std::fs::write(&b, "b").unwrap();
        let one = folders.untitled_project(&[a.clone(), b.clone()]).unwrap();
        assert_eq!(one, folders.untitled_project(&[b.clone(), a]).unwrap());
        assert_ne!(one, folders.untitled_project(&[b]).unwrap());
        assert_eq!(
            folders.untitled_project(&["no/where".into()]).unwrap_err().code,
            "not_found"
        );
    }

    #[test]
    fn recent_projects_are_those_still_there_the_last_one_first() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::at(home.path());
        let paths: Vec<PathBuf> = ["a", "b", "c"].map(|name| home.path().join(name)).into();
        for path in &paths {
            std::fs::write(path, "").unwrap();
            folders.remember_project(path).unwrap();
        }
        folders.remember_project(&paths[1]).unwrap();
        std::fs::remove_file(&paths[0]).unwrap();
        let recent = folders.recent_projects();
        let recent: Vec<&PathBuf> = recent.iter().map(|project| &project.path).collect();
        assert_eq!(recent, [&paths[1], &paths[2]]);
    }
}
