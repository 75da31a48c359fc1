//! What can go wrong with a project file, in words for the user.
//!
//! One place turns SQLite's codes into the codes that the window and the command line show. It does not know
//! what the caller was about to do.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

use crate::model::Conflict;

/// The kinds of failure; [`ErrorCode::name`] is the stable name in reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// No file has this name.
    NotFound,
    /// A file of this name is there already.
    Exists,
    /// The file is something else.
    NotAProject,
    /// A later version of the program wrote the file.
    NewerVersion,
    /// An older version wrote the file, and it cannot be brought up to date where it may only be read.
    OlderVersion,
    /// The file is not what was written.
    Damaged,
    /// Nothing of a damaged file can be saved.
    NothingSaved,
    /// An article's text is not what was imported.
    TextDamaged,
    /// The file or its folder may not be written.
    ReadOnly,
    /// The file or its folder may not be opened.
    NoAccess,
    /// No file can be called so.
    BadName,
    /// There is no room left.
    DiskFull,
    /// The file was moved or deleted while it was open.
    FileGone,
    /// Another program kept the file locked for too long.
    Busy,
    /// An item is not what an edit says it was.
    Conflict,
    /// The work was stopped on its way, and nothing was changed.
    Cancelled,
    /// A value that no project can hold.
    Invalid,
    /// The device failed.
    Io,
    /// Anything else that SQLite reports.
    Database,
}

impl ErrorCode {
    /// The stable name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Exists => "exists",
            Self::NotAProject => "not_a_project",
            Self::NewerVersion => "newer_version",
            Self::OlderVersion => "older_version",
            Self::Damaged => "damaged",
            Self::NothingSaved => "nothing_saved",
            Self::TextDamaged => "text_damaged",
            Self::ReadOnly => "read_only",
            Self::NoAccess => "no_access",
            Self::BadName => "bad_name",
            Self::DiskFull => "disk_full",
            Self::FileGone => "file_gone",
            Self::Busy => "busy",
            Self::Conflict => "conflict",
            Self::Cancelled => "cancelled",
            Self::Invalid => "invalid",
            Self::Io => "io",
            Self::Database => "database",
        }
    }

    /// What the user may do about it.
    const fn hint(self) -> Option<&'static str> {
        match self {
            Self::NotFound => Some("check the path, or make a new project"),
            Self::Exists => Some("choose another name, or move the file away first"),
            Self::NotAProject => Some("a project file ends in .hashiya; articles are imported into one"),
            Self::NewerVersion => {
                Some("install the newer version of the program; the file was left as it is")
            }
            Self::OlderVersion => {
                Some("open it once where it may be written, so that it can be brought up to date")
            }
            Self::Damaged | Self::TextDamaged => Some(
                "the file was left as it is; `hashiya recover` saves what can be read into a new project",
            ),
            Self::NothingSaved => {
                Some("the file was left as it is; look for a backup, or an export in JSON Lines to import")
            }
            Self::ReadOnly => Some("make the file and its folder writable, or copy the project elsewhere"),
            Self::NoAccess => Some("check the permissions of the file and its folder"),
            Self::BadName => Some("choose another name, a shorter one if it is long"),
            Self::DiskFull => Some("make room on the disk, then try again; what was saved before is safe"),
            Self::FileGone => Some("put the file back, or open the project where it is now"),
            Self::Busy => Some("another program is writing to the project; try again"),
            Self::Io => Some("check the disk or the network share, then try again"),
            Self::Cancelled | Self::Conflict | Self::Invalid | Self::Database => None,
        }
    }
}

/// Why the store refused or failed. Whatever was under way is rolled back.
#[derive(Debug)]
pub struct StoreError {
    /// The kind.
    pub code: ErrorCode,
    /// What is wrong, in words for the user.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The item in the way, where the code is [`ErrorCode::Conflict`].
    pub conflict: Option<Conflict>,
    /// The error beneath.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

/// What the store's functions answer.
pub type StoreResult<T> = Result<T, StoreError>;

impl StoreError {
    /// An error with its code's own hint.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: code.hint().map(str::to_owned),
            conflict: None,
            cause: None,
        }
    }

    /// The same error with what lies beneath.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// An item that is not what an edit says, or that something else still needs.
    pub fn conflict(item: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            conflict: Some(Conflict { item: item.into() }),
            ..Self::new(ErrorCode::Conflict, message)
        }
    }

    /// A row that does not say what rows of its table say.
    pub(super) fn unreadable(place: &str, reason: impl fmt::Display) -> Self {
        Self::new(ErrorCode::Damaged, format!("{place} cannot be read: {reason}"))
    }

    /// What keeps a new file from being made at a path.
    pub(super) fn making(path: &Path, error: io::Error) -> Self {
        if error.kind() != io::ErrorKind::NotFound {
            return Self::io(path, error);
        }
        let message = format!("{}: the folder is not there", path.display());
        let mut missing = Self::new(ErrorCode::NotFound, message).caused_by(error);
        missing.hint = Some("make the folder first, or check the path".to_owned());
        missing
    }

    /// An error of the file system about a path.
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::NotFound => ErrorCode::NotFound,
            io::ErrorKind::AlreadyExists => ErrorCode::Exists,
            io::ErrorKind::PermissionDenied => ErrorCode::NoAccess,
            io::ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
            io::ErrorKind::InvalidFilename => ErrorCode::BadName,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
            _ => ErrorCode::Io,
        };
        let what = match code {
            ErrorCode::NotFound => "there is no such file or folder",
            ErrorCode::Exists => "there is a file of this name already",
            ErrorCode::NoAccess => "access is not allowed",
            ErrorCode::ReadOnly => "this place may only be read",
            ErrorCode::BadName => "no file can be called so",
            ErrorCode::DiskFull => "the disk is full",
            _ => "the file system reports an error",
        };
        Self::new(code, format!("{}: {what}", path.display())).caused_by(error)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let (code, message) = describe(&error);
        Self::new(code, message).caused_by(error)
    }
}

/// SQLite's word for a read that met the end of the file.
const SHORT_READ: i32 = 522;

fn describe(error: &rusqlite::Error) -> (ErrorCode, String) {
    use rusqlite::{Error as Sql, ErrorCode as Code};
    let unreadable = (ErrorCode::Damaged, "the project file is damaged".to_owned());
    match error {
        Sql::SqliteFailure(failure, _) => match failure.code {
            Code::DiskFull => (
                ErrorCode::DiskFull,
                "the disk is full; nothing was changed".to_owned(),
            ),
            Code::ReadOnly => (
                ErrorCode::ReadOnly,
                "the project file may only be read".to_owned(),
            ),
            Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed => (
                ErrorCode::Busy,
                "another program kept the project locked for too long".to_owned(),
            ),
            Code::DatabaseCorrupt | Code::NotADatabase => unreadable,
            Code::SystemIoFailure if failure.extended_code == SHORT_READ => unreadable,
            Code::CannotOpen | Code::PermissionDenied => (
                ErrorCode::NoAccess,
                "the project file cannot be opened".to_owned(),
            ),
            Code::SystemIoFailure => (
                ErrorCode::Io,
                "the disk reports an error; nothing was changed".to_owned(),
            ),
            Code::TooBig => (ErrorCode::Invalid, "a text is too long for a project".to_owned()),
            _ => (ErrorCode::Database, format!("the database reports: {error}")),
        },
        Sql::FromSqlConversionFailure(..)
        | Sql::IntegralValueOutOfRange(..)
        | Sql::Utf8Error(..)
        | Sql::InvalidColumnType(..) => unreadable,
        _ => (ErrorCode::Database, format!("the database reports: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_sqlite_become_codes_of_ours_and_keep_their_cause() {
        for (number, code) in [
            (13, ErrorCode::DiskFull),
            (8, ErrorCode::ReadOnly),
            (5, ErrorCode::Busy),
            (11, ErrorCode::Damaged),
            (26, ErrorCode::Damaged),
            (SHORT_READ, ErrorCode::Damaged),
            (778, ErrorCode::Io),
            (14, ErrorCode::NoAccess),
        ] {
            let error = StoreError::from(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(number),
                None,
            ));
            assert_eq!(error.code, code, "{number}");
            assert!(error.source().is_some() && error.hint.is_some(), "{number}");
        }
    }

    #[test]
    fn a_failure_of_the_file_system_names_the_path() {
        let error = StoreError::io(Path::new("/nowhere/x.hashiya"), io::ErrorKind::NotFound.into());
        assert_eq!(error.code.name(), "not_found");
        assert!(error.message.contains("/nowhere/x.hashiya"));
    }
}
