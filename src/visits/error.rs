//! What keeps the log from being read or written.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

use super::KeyError;

/// Why the visit log cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VisitsError {
    /// No space is left for a record.
    #[error("the disk of the visit log is full")]
    DiskFull,
    /// The file or its folder may not be written.
    #[error("the visit log may not be written")]
    NotWritable,
    /// This file of the log, the database or what SQLite keeps beside it, may not be read or written by this user.
    #[error("{}: this file of the visit log may not be written", .0.display())]
    Forbidden(PathBuf),
    /// The disk failed.
    #[error("the disk of the visit log failed")]
    Disk,
    /// The file is no database of this key, or damaged.
    #[error("the visit log is damaged or was written with another key")]
    Unreadable,
    /// There was a log here, and it is gone or another file has its name, while somebody may still use it.
    #[error("the visit log is gone")]
    Gone,
    /// Another process holds the database for too long.
    #[error("the visit log is held by another program")]
    Busy,
    /// Another kiosk runs on this database.
    #[error("another kiosk is running on this visit log")]
    AlreadyRunning,
    /// The database file has another name, beside which a write-ahead log of its own would lie.
    #[error("the file of the visit log has a second name (a hard link): leave it one")]
    Linked,
    /// The database was written by a newer program.
    #[error("the visit log was written by a newer version of this program")]
    Newer,
    /// Somebody with the log's key changed what the program made: the log says that it is older than its seals, but
    /// bears them or has keys that are younger, or its tables or triggers are others.
    #[error("the visit log is not intact: its version, seals, tables or triggers were changed")]
    Altered,
    /// The disk did not answer in time.
    #[error("the disk of the visit log does not answer")]
    TimedOut,
    /// Somebody's word on the visit stands in the log: another one is not taken.
    #[error("somebody has decided on this visit already")]
    Settled,
    /// The keys cannot be had.
    #[error(transparent)]
    Keys(#[from] KeyError),
}

impl VisitsError {
    pub(crate) fn from_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::InvalidInput => Self::NotWritable,
            _ => Self::Disk,
        }
    }
}

impl From<rusqlite::Error> for VisitsError {
    fn from(error: rusqlite::Error) -> Self {
        // A full disk shows first where the file that is shared by all readers is made larger.
        if let Some(SQLITE_IOERR_SHMSIZE) = error.sqlite_error().map(|error| error.extended_code) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::NotWritable
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Unreadable,
            // The program does nothing that its own tables and triggers refuse.
            Some(ErrorCode::ConstraintViolation) => Self::Altered,
            Some(_) => Self::Disk,
            None => Self::Unreadable,
        }
    }
}
