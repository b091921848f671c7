//! The visit log: encrypted, append-only, on disk before anything is shown.
//!
//! One table of records with a gapless sequence in an SQLCipher database, written with
//! `synchronous=FULL` by one thread of a process. Codes are kept as keyed hashes alone.

mod backup;
mod because;
mod columns;
mod connection;
mod database;
mod keys;
mod known;
mod lost;
mod people;
mod presence;
mod query;
mod record;
mod replacement;
mod retention;
mod rotation;
mod schema;
mod seal;
mod set_aside;
mod statistics;
mod store;
mod verify;

use std::path::PathBuf;
use std::time::Duration;

pub use backup::{Restored, back_up, restore};
pub use because::{Because, NotAReason, is_hidden};
pub use keys::{CodeHash, JournalKey, KeyError, KeySource};
pub use lost::Lost;
pub use people::{
    Credential, Credentials, NotAPerson, NotAPin, Person, Pin, PinChange, PinTry, Role, SetPinError,
    WrongPin, person_name,
};
pub use presence::{Passage, inside};
pub use query::{Filter, Page, Reader};
pub use record::{
    Act, DecidedBy, Deed, Environment, Export, Gone, Record, Recorded, Said, UnreadableRecord, Visit, Word,
};
pub use replacement::ReplacementError;
pub use retention::{KeptFile, delete_unfinished, kept_files};
pub use rotation::rotate;
pub use seal::{NotASeal, Seal};
pub use set_aside::has_vanished;
pub use statistics::{Counts, ServiceTimes, Statistics};
pub use store::{Deleted, Store, Use};
pub use verify::{Fault, Verification, verify};

/// Where the visit log is and what it keeps.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database file.
    pub path: PathBuf,
    /// Where the keys come from.
    pub keys: KeySource,
    /// Whether the masked holder of an admitted code is kept.
    pub keep_holder: bool,
    /// How long a code that was shown counts as shown before.
    pub repeat: Duration,
    /// After how many days a record's content is deleted, and what lies in `exports`.
    pub retention_days: u32,
    /// The program's own folder for what is taken out of the log and for reports: nothing in it outlives the log.
    pub exports: PathBuf,
}

#[cfg(test)]
impl Config {
    /// A log in a folder of a test's own.
    fn of_tests(folder: &std::path::Path) -> Self {
        Self {
            path: folder.join("log/visits.db"),
            keys: KeySource::File(folder.join("visits.key")),
            keep_holder: false,
            repeat: Duration::ZERO,
            retention_days: 30,
            exports: folder.join("exports"),
        }
    }
}

/// Why the visit log cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VisitsError {
    /// No space is left for a record.
    #[error("the disk of the visit log is full")]
    DiskFull,
    /// The file or its folder may not be written.
    #[error("the visit log may not be written")]
    NotWritable,
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
    /// The keys cannot be had.
    #[error(transparent)]
    Keys(#[from] KeyError),
}
