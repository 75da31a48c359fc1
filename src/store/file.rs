//! The project file as the file system sees it: its first bytes, its identity, where it lies.
//!
//! Reads no row; SQLite is not asked here.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{ErrorCode, StoreError, StoreResult};
use super::held::head_of;
use super::schema::APPLICATION_ID;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Length of SQLite's header, which only the first page has.
pub(super) const HEADER: usize = 100;

/// Refuses a path that cannot be a project, before SQLite touches it.
pub(super) fn inspect(path: &Path) -> StoreResult<()> {
    let not_a_project = |what| not_a_project(path, what);
    let metadata = refuse_empty(path)?;
    let header = read_header(path)?;
    let magic = header.get(..MAGIC.len()).unwrap_or(&header);
    if !MAGIC.starts_with(magic) || magic.is_empty() {
        return Err(not_a_project("this is not a project file"));
    }
    if header.len() < HEADER {
        return Err(cut_short(path));
    }
    if number(&header, 68) != Some(APPLICATION_ID.cast_unsigned()) {
        return Err(not_a_project("this is a database of another program"));
    }
    let is_whole = full_length(&header).is_none_or(|length| metadata.len() >= length);
    if is_whole || has_content(&wal_path(path)) {
        Ok(())
    } else {
        Err(cut_short(path))
    }
}

/// Refuses what holds nothing that could be read: a folder, a device, an empty file.
pub(super) fn refuse_empty(path: &Path) -> StoreResult<Metadata> {
    let metadata = fs::metadata(path).map_err(|error| StoreError::io(path, error))?;
    if metadata.is_dir() {
        return Err(not_a_project(path, "this is a folder, not a project file"));
    }
    if !metadata.is_file() {
        return Err(not_a_project(path, "this is no ordinary file"));
    }
    if metadata.len() == 0 {
        return Err(not_a_project(path, "the file is empty"));
    }
    Ok(metadata)
}

fn not_a_project(path: &Path, what: &str) -> StoreError {
    StoreError::new(ErrorCode::NotAProject, format!("{}: {what}", path.display()))
}

/// The first bytes of a file, as many as there are of SQLite's header.
pub(super) fn read_header(path: &Path) -> StoreResult<Vec<u8>> {
    head_of(path, HEADER).map_err(|error| StoreError::io(path, error))
}

fn cut_short(path: &Path) -> StoreError {
    StoreError::new(
        ErrorCode::Damaged,
        format!("{}: the end of the project file is missing", path.display()),
    )
}

/// The length that the header promises, where it is up to date.
pub(super) fn full_length(header: &[u8]) -> Option<u64> {
    let page_size = page_size(header)? as u64;
    let is_current = number(header, 24) == number(header, 92);
    is_current.then_some(u64::from(number(header, 28)?) * page_size)
}

/// How long a page is.
pub(super) fn page_size(header: &[u8]) -> Option<usize> {
    if !header.starts_with(MAGIC) {
        return None;
    }
    Some(match u16::from_be_bytes(header.get(16..18)?.try_into().ok()?) {
        1 => 65_536,
        size => usize::from(size),
    })
}

fn number(header: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?))
}

/// Where SQLite writes first.
pub(super) fn wal_path(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// A file beside the project whose name begins with the project's.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The project to which a file of that name would belong, such as `news.hashiya` for `news.hashiya-wal`: what lies there
/// is the program's own, which it writes over and takes away.
pub fn project_beside(path: &Path) -> Option<PathBuf> {
    let of_name = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        let (project, number) = name.rsplit_once("-import-").unwrap_or((name, ""));
        let is_lease = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let project = if is_lease {
            project
        } else {
            ["-wal", "-shm", "-journal"]
                .iter()
                .find_map(|ending| name.strip_suffix(ending))?
        };
        let is_named_so = project.to_ascii_lowercase().ends_with(".hashiya");
        let project = path.with_file_name(project);
        let is_database =
            || project.is_file() && head_of(&project, MAGIC.len()).is_ok_and(|head| head == MAGIC);
        (is_named_so || is_database()).then_some(project)
    };
    of_name(path).or_else(|| of_name(&fs::canonicalize(path).ok()?))
}

/// Bytes that the name of a file may have, on every file system that matters.
const LONGEST_NAME: usize = 255;
/// The longest ending of a file beside the project, so that a project which can be made can be worked on.
const LONGEST_ENDING: &str = "-import-999999999";

/// Refuses the name of a new project where it is too long for the files beside it, where a file has it, or where another
/// project's last changes lie beside it: SQLite would take them for the new one's.
pub(super) fn refuse_taken(path: &Path) -> StoreResult<()> {
    let length = path.file_name().map_or(0, |name| name.as_encoded_bytes().len());
    if length + LONGEST_ENDING.len() > LONGEST_NAME {
        return Err(StoreError::io(path, io::ErrorKind::InvalidFilename.into()));
    }
    if ends_in_separator(path) {
        let message = format!("{}: the name of the file is missing", path.display());
        let mut nameless = StoreError::new(ErrorCode::BadName, message);
        nameless.hint = Some("write it behind the folder, such as folder/news.hashiya".to_owned());
        return Err(nameless);
    }
    if path.exists() {
        return Err(StoreError::io(path, io::ErrorKind::AlreadyExists.into()));
    }
    if let Some(project) = project_beside(path) {
        let (path, project) = (path.display(), project.display());
        let message = format!("{path}: a file of this name belongs to the project {project}");
        return Err(StoreError::new(ErrorCode::BadName, message));
    }
    for ending in ["-wal", "-journal"] {
        let beside = beside(path, ending);
        if has_content(&beside) {
            let message = format!(
                "{}: the last changes of another project of this name lie here",
                beside.display()
            );
            return Err(StoreError {
                hint: Some(
                    "put them beside the project that they belong to, or choose another name".to_owned(),
                ),
                ..StoreError::new(ErrorCode::Exists, message)
            });
        }
    }
    Ok(())
}

/// Whether a path names a folder by its end, `x/`, whatever lies there.
pub fn ends_in_separator(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    last.is_some_and(|&byte| std::path::is_separator(char::from(byte)))
}

fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() > 0)
}

/// Which file a path named when it was opened, so that a file put in its place is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileIdentity {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

impl FileIdentity {
    /// The file that a path names now.
    pub fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|metadata| Self::from(&metadata))
    }

    /// Whether a path names this file.
    pub fn is_at(self, path: &Path) -> bool {
        Self::of(path).is_ok_and(|now| now == self)
    }
}

#[cfg(unix)]
impl From<&Metadata> for FileIdentity {
    fn from(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
        }
    }
}

/// Elsewhere an open file can be neither moved nor deleted, so that it exists says enough.
#[cfg(not(unix))]
impl From<&Metadata> for FileIdentity {
    fn from(_: &Metadata) -> Self {
        Self {}
    }
}

/// Opens a file to lock it: some file systems, NFS among them, lock only what is open for writing.
pub(super) fn open_to_lock(path: &Path) -> io::Result<File> {
    let both = File::options().read(true).write(true).open(path);
    both.or_else(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => File::open(path),
        _ => Err(error),
    })
}

/// Makes a change of a folder's entries last.
pub(super) fn sync_folder(path: &Path) -> StoreResult<()> {
    let folder = folder_of(path);
    if cfg!(unix) {
        File::open(&folder)
            .and_then(|file| file.sync_all())
            .map_err(|error| StoreError::io(&folder, error))?;
    }
    Ok(())
}

/// The folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// The kind of network share that a file lies on, where the system says so.
pub(super) fn network_share(path: &Path) -> Option<String> {
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    share_of(&mounts, path).map(str::to_owned)
}

/// The type of the mount that holds a path, where it is a network's.
fn share_of<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    const SHARES: [&str; 14] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs",
        "davfs",
    ];
    let holder = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let point = words.nth(1)?.replace("\\040", " ");
            let kind = words.next()?;
            path.starts_with(&point).then_some((point.len(), kind))
        })
        // Of several mounts at one point the last one counts.
        .max_by_key(|(depth, _)| *depth)?;
    SHARES.contains(&holder.1).then_some(holder.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_mount_says_whether_a_file_is_on_a_share() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n\
                      server:/home /mnt/team\\040work nfs4 rw 0 0\n\
                      /dev/sdb1 /mnt/team\\040work/local ext4 rw 0 0\n";
        let kind = |path: &str| share_of(mounts, Path::new(path));
        assert_eq!(kind("/mnt/team work/a.hashiya"), Some("nfs4"));
        assert_eq!(kind("/mnt/team work/local/a.hashiya"), None);
        assert_eq!(kind("/mnt/team workers/a.hashiya"), None, "another folder");
        assert_eq!(kind("/home/a.hashiya"), None);
    }

    #[test]
    fn what_is_opened_to_be_locked_is_open_for_writing_and_keeps_what_it_holds() {
        use std::io::{Read, Write};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        assert_eq!(open_to_lock(&path).unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::write(&path, "words").unwrap();
        let mut file = open_to_lock(&path).unwrap();
        file.write_all(b"W").unwrap();
        let mut rest = String::new();
        file.read_to_string(&mut rest).unwrap();
        assert_eq!(
            (rest.as_str(), fs::read_to_string(&path).unwrap().as_str()),
            ("ords", "Words")
        );
    }

    #[test]
    fn the_folder_of_a_bare_name_is_here() {
        assert_eq!(folder_of(Path::new("a.hashiya")), Path::new("."));
        assert_eq!(folder_of(Path::new("/x/a.hashiya")), Path::new("/x"));
    }
}
