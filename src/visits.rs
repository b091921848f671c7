//! The visit log: encrypted, append-only, on disk before anything is shown.
//!
//! One table of records with a gapless sequence in an SQLCipher database, written with
//! `synchronous=FULL` by one thread of a process. Codes are kept as keyed hashes alone.

mod backup;
mod because;
mod columns;
mod connection;
mod database;
mod error;
mod keys;
mod known;
mod lost;
mod people;
mod presence;
mod query;
mod record;
mod replacement;
mod retention;
mod rights;
mod rotation;
mod schema;
mod seal;
mod set_aside;
mod settled;
mod statistics;
mod store;
mod verify;

use std::path::PathBuf;
use std::time::Duration;

pub use backup::{Restored, back_up, restore};
pub use because::{Because, NotAReason, is_hidden};
#[cfg(test)]
pub(crate) use connection::OPENING;
pub use connection::{files_of, marks_of};
pub use error::VisitsError;
pub use keys::{CodeHash, JournalKey, KeyError, KeySource};
pub use lost::Lost;
pub use people::{
    Credential, Credentials, LONGEST_PIN, NotAPerson, NotAPin, Person, Pin, PinChange, PinMemory, PinTry,
    Role, SetPinError, Unrecorded, WrongPin, folded, person_name, read_people,
};
pub use presence::{Passage, inside};
pub use query::{Filter, Page, Reader};
pub use record::{
    Act, DecidedBy, Deed, Environment, Export, Gone, Record, Recorded, Said, UnreadableRecord, Visit, Word,
    source_name,
};
pub use replacement::ReplacementError;
pub use retention::{Deleted, KeptFile, delete_unfinished, kept_files};
pub use rotation::rotate;
pub use seal::{NotASeal, Seal};
pub use set_aside::has_vanished;
pub use statistics::{Counts, ServiceTimes, Statistics};
pub use store::{Store, Use};
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
    pub(crate) fn of_tests(folder: &std::path::Path) -> Self {
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
