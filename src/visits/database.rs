//! The SQLCipher database: its statements.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{
    Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params, params_from_iter,
};

use super::columns::{CONTENT, times, timestamp};
use super::connection::{BUSY_TIMEOUT, cause, make_private, unlock};
use super::keys::{CodeHash, Keys};
use super::known::Known;
use super::people::{self, Credentials, Person, PinChange, PinTry, WrongPin};
use super::record::{Act, Deed, Environment, Record, Recorded, UnreadableRecord, Visit};
use super::replacement::Used;
use super::retention::{BY_TIME, Deleted};
use super::rights::{Search, found, sequences_of};
use super::seal::{SALT_LENGTH, Seal, Sealed};
use super::{Config, VisitsError, presence, retention, schema, set_aside, settled};
use crate::code::Code;

/// How long what was deleted waits for readers. Nobody can record meanwhile: what they still need goes the next time.
const READERS_TIMEOUT: Duration = Duration::from_millis(300);

/// The open database and its keys.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    keys: Keys,
    identity: Option<FileIdentity>,
    /// What codes that were just hashed are called in records from before a change of keys.
    earlier_hashes: HashMap<CodeHash, Vec<CodeHash>>,
    /// Shared by all who use the database, so that nobody replaces it meanwhile.
    used: Used,
    known: Known,
}

/// What tells one file from another that took its name.
type FileIdentity = (u64, u64);

impl Database {
    /// Opens the database for whoever records visits, and for its owner alone: where it is damaged or gone another one
    /// begins, if nobody uses it.
    pub(super) fn open_or_begin_anew(config: &Config) -> Result<Self, VisitsError> {
        if set_aside::is_suspect(&config.path) {
            set_aside::set_aside(config)?;
        }
        make_private(&config.path)?;
        match Self::open(config) {
            Err(VisitsError::Unreadable | VisitsError::Gone) if set_aside::set_aside(config)? => {
                Self::open(config)
            }
            opened => opened,
        }
    }

    /// Opens the database, makes it where there never was one, and brings its schema up to date.
    pub(super) fn open(config: &Config) -> Result<Self, VisitsError> {
        let mut used = Used::with_others(&config.path)?;
        let (keys, mut connection) = unlock(config)?;
        used.note(&config.path)?;
        schema::migrate(&mut connection, &keys).map_err(|error| cause(&connection, error))?;
        let known = Known::now(&connection, &keys).map_err(|error| cause(&connection, error))?;
        warn_of_impossible_times(&connection).map_err(|error| cause(&connection, error))?;
        let identity = identity(&config.path);
        Ok(Self { connection, keys, known, identity, earlier_hashes: HashMap::new(), used })
    }

    /// The seal of the last record that was written or found.
    pub(super) fn last(&self) -> Seal {
        self.known.last
    }

    /// Says which record this program wrote last, before it opened the database.
    pub(super) fn expect(&mut self, last: Seal) {
        self.known.last = last;
    }

    /// Does something in a transaction in which nobody else writes, unless the log is another one than before.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &Keys, &mut Seal) -> Result<T, VisitsError>,
    ) -> Result<T, VisitsError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut last = self.known.hold_against(&transaction, &self.keys)?;
        let done = work(&transaction, &self.keys, &mut last)?;
        transaction.commit()?;
        self.known.last = last;
        Ok(done)
    }

    /// Whether the file that is open still has its name: a record in a removed file would be lost.
    pub(super) fn is_in_place(&self, path: &Path) -> bool {
        self.identity == identity(path)
    }

    /// The keys and the connection, for whoever only reads, and what keeps others from replacing the database.
    pub(super) fn into_parts(self) -> (Keys, Connection, Used) {
        (self.keys, self.connection, self.used)
    }

    /// The connection and the keys, for whoever copies the log.
    pub(super) fn parts(&self) -> (&Connection, &Keys) {
        (&self.connection, &self.keys)
    }

    /// The keyed hash of a code that was shown.
    pub(super) fn hash(&mut self, code: &Code) -> CodeHash {
        let hash = self.keys.hash(code);
        let earlier = self.keys.earlier_hashes(code);
        if !earlier.is_empty() {
            self.earlier_hashes.insert(hash, earlier);
        }
        hash
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Appends a visit, unless it is a second word on another one, and gives the time at which its code was last shown
    /// after `since`.
    pub(super) fn append_visit(
        &mut self,
        visit: Visit,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, VisitsError> {
        let earlier = visit.code.and_then(|hash| self.earlier_hashes.remove(&hash)).unwrap_or_default();
        let shown_before = self.write(|transaction, keys, last| {
            settled::check(transaction, &visit)?;
            let mut shown_before: Option<i64> = None;
            for hash in visit.code.into_iter().chain(earlier) {
                let shown = transaction
                    .prepare_cached(
                        "SELECT at FROM records WHERE code_hash = ?1 AND at >= ?2 AND at <= ?3
                         ORDER BY at DESC LIMIT 1",
                    )?
                    .query_row(params![hash.0, since.as_millisecond(), times().end()], |row| row.get(0))
                    .optional()?;
                shown_before = shown_before.max(shown);
            }
            append(transaction, keys, last, &Record::Visit(visit))?;
            Ok(shown_before)
        })?;
        shown_before.map(timestamp).transpose()
    }

    /// Appends a check-out where the code's visitor is inside, and tells whether that was so.
    pub(super) fn check_out(
        &mut self,
        mut visit: Visit,
        day: Timestamp,
        repeat: Timestamp,
    ) -> Result<bool, VisitsError> {
        let earlier = visit.code.and_then(|hash| self.earlier_hashes.get(&hash));
        let code: Vec<CodeHash> =
            visit.code.into_iter().chain(earlier.into_iter().flatten().copied()).collect();
        self.write(|transaction, keys, last| {
            visit.answers = presence::admission(transaction, &code, visit.environment, day, repeat)?;
            if visit.answers.is_none() {
                return Ok(false);
            }
            append(transaction, keys, last, &Record::Visit(visit))?;
            Ok(true)
        })
    }

    /// The records of a code, oldest first, and an act that says that somebody asked. Where the index knows none,
    /// `looks_through` looks at each record.
    pub(super) fn find(
        &mut self,
        code: &Code,
        person: Option<String>,
        looks_through: bool,
    ) -> Result<Vec<Result<Recorded, UnreadableRecord>>, VisitsError> {
        let hashes = self.keys.all_hashes(code);
        let asked = |records| Act::now(person.clone(), Deed::Found { records }).into();
        let found = self.write(|transaction, keys, last| {
            let found = found(transaction, &hashes)?;
            if !found.is_empty() || !looks_through {
                append(transaction, keys, last, &asked(found.len() as u64))?;
            }
            Ok(found)
        })?;
        if found.is_empty() && looks_through {
            // No record of another program waits for this.
            if !sequences_of(&self.connection, &hashes, 0)?.is_empty() {
                // The index was emptied, or is damaged.
                return Err(VisitsError::Unreadable);
            }
            self.write(|transaction, keys, last| append(transaction, keys, last, &asked(0)))?;
        }
        Ok(found)
    }

    /// Appends an act.
    pub(super) fn append_act(&mut self, act: Act) -> Result<(), VisitsError> {
        self.write(|transaction, keys, last| append(transaction, keys, last, &act.into()))
    }

    /// Everybody who has a PIN.
    pub(super) fn people(&self) -> Result<Vec<Person>, VisitsError> {
        people::people(&self.connection)
    }

    /// What a PIN is compared with.
    pub(super) fn credentials(&self) -> Result<Credentials, VisitsError> {
        Ok(Credentials { all: people::credentials(&self.connection)?, keys: self.keys.pin_keys() })
    }

    /// Gives somebody a PIN, or takes it away, and records that. Tells whether there was anything to do.
    pub(super) fn change_people(
        &mut self,
        change: PinChange,
        by: Option<String>,
    ) -> Result<bool, VisitsError> {
        self.write(|transaction, keys, last| {
            let are_sealed = people::are_sealed(transaction, keys)?;
            let (name, deed) = match change {
                PinChange::Set(credential) => {
                    people::put(transaction, &credential)?;
                    let Person { name, role } = credential.person().clone();
                    (name.clone(), Deed::PinSet { name, role: role.name().to_owned() })
                }
                PinChange::Removed(name) if people::remove(transaction, &name)? => {
                    (name.clone(), Deed::PinRemoved { name })
                }
                PinChange::Removed(_) => return Ok(false),
            };
            if !are_sealed {
                people::remove_others(transaction, &name)?;
            }
            people::seal(transaction, keys, last)?;
            append(transaction, keys, last, &Act::now(by, deed).into())?;
            Ok(true)
        })
    }

    /// See [`people::begin_try`].
    pub(super) fn begin_pin_try(&mut self, now: Timestamp) -> Result<PinTry, VisitsError> {
        self.write(|transaction, keys, _| people::begin_try(transaction, keys.pin_keys(), now))
    }

    /// Records whose PIN it was, or that it was nobody's.
    pub(super) fn end_pin_try(
        &mut self,
        person: Option<&Person>,
        now: Timestamp,
    ) -> Result<WrongPin, VisitsError> {
        self.write(|transaction, keys, last| {
            if let Some(person) = person {
                people::note_right_one(transaction, person, now)?;
            }
            let wrong = people::wrong(transaction, now)?;
            let deed =
                if person.is_some() { Deed::PinEntered } else { Deed::PinFailed { wrong: wrong.wrong } };
            let act = Act::now(person.map(|person| person.name.clone()), deed);
            append(transaction, keys, last, &act.into())?;
            Ok(wrong)
        })
    }

    /// The seal of the last record.
    pub(super) fn seal(&self) -> Result<Seal, VisitsError> {
        head(&self.connection)
    }

    /// The latest time of all visits that are still kept. Acts tell nothing of the time, as a kiosk starts before
    /// anybody corrects its clock.
    pub(super) fn last_time(&self) -> Result<Option<Timestamp>, VisitsError> {
        let latest = format!(
            "SELECT record.at {BY_TIME} WHERE entry.at <= ?1 AND record.kind = 'visit' ORDER BY entry.at DESC LIMIT 1"
        );
        let mut latest = self.connection.prepare_cached(&latest)?;
        let at: Option<i64> = latest.query_row([times().end()], |row| row.get(0)).optional()?;
        at.map(timestamp).transpose()
    }

    /// Holds each code until its time, or no longer where it has none. What else is held stays so.
    pub(super) fn hold(
        &mut self,
        environment: Environment,
        codes: &[(CodeHash, Option<Timestamp>)],
    ) -> Result<(), VisitsError> {
        self.write(|transaction, _, _| {
            for (code, until) in codes {
                match until {
                    Some(until) => transaction
                        .prepare_cached("INSERT OR REPLACE INTO held VALUES (?1, ?2, ?3)")?
                        .execute(params![environment.name(), code.0, until.as_millisecond()])?,
                    None => transaction
                        .prepare_cached("DELETE FROM held WHERE environment = ?1 AND code_hash = ?2")?
                        .execute(params![environment.name(), code.0])?,
                };
            }
            Ok(())
        })
    }

    /// Whether a code is held at `now`.
    pub(super) fn is_held(
        &self,
        environment: Environment,
        code: CodeHash,
        now: Timestamp,
    ) -> Result<bool, VisitsError> {
        let held = self
            .connection
            .prepare_cached("SELECT 1 FROM held WHERE environment = ?1 AND code_hash = ?2 AND until > ?3")?
            .exists(params![environment.name(), code.0, now.as_millisecond()])?;
        Ok(held)
    }

    /// Writes and commits something, to see whether the log can be written again.
    pub(super) fn probe(&mut self) -> Result<(), VisitsError> {
        self.write(|transaction, _, _| {
            transaction.execute(
                "INSERT INTO probe VALUES (1, ?1) ON CONFLICT DO UPDATE SET at = excluded.at",
                [Timestamp::now().as_millisecond()],
            )?;
            Ok(())
        })
    }

    /// Deletes the content of some records that are older than so many days, and leaves a receipt. Gives how many
    /// those were.
    pub(super) fn purge_step(
        &mut self,
        days: u32,
        person: Option<String>,
        now: Timestamp,
    ) -> Result<u64, VisitsError> {
        self.write(|transaction, keys, last| {
            // What is held no longer has no use, whatever becomes of the visits.
            transaction.execute("DELETE FROM held WHERE until <= ?1", [now.as_millisecond()])?;
            let gone = retention::delete_due(transaction, days, now)?;
            let records = gone.records;
            if records > 0 {
                let deed = Deed::Purged { older_than_days: days, gone };
                append(transaction, keys, last, &Act::now(person, deed).into())?;
            }
            Ok(records)
        })
    }

    /// See [`retention::is_misled`].
    pub(super) fn is_misled(&self, days: u32, now: Timestamp) -> Result<bool, VisitsError> {
        retention::is_misled(&self.connection, days, now)
    }

    /// See [`Search::erase`].
    pub(super) fn erase(
        &mut self,
        search: Search,
        person: Option<String>,
        reason: String,
    ) -> Result<Deleted, VisitsError> {
        let records =
            self.write(|transaction, keys, last| search.erase(transaction, keys, last, person, reason))?;
        Ok(Deleted { records, files: 0, is_out: self.forget()?, is_misled: false })
    }

    /// Takes what was deleted out of the write-ahead log, too. Tells whether nothing is left of it: a reader may still
    /// need it.
    pub(super) fn forget(&self) -> Result<bool, VisitsError> {
        self.connection.busy_timeout(READERS_TIMEOUT)?;
        let is_busy =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        self.connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(!is_busy?)
    }

    /// What is the cause of an error that this database gave.
    pub(super) fn cause(&self, error: VisitsError) -> VisitsError {
        cause(&self.connection, error)
    }
}

/// Appends a record in a transaction that is immediate: between the reading of the head and the writing of the
/// record nobody else may write one.
pub(super) fn append(
    transaction: &Transaction<'_>,
    keys: &Keys,
    last: &mut Seal,
    record: &Record,
) -> Result<(), VisitsError> {
    let mut salt = [0; SALT_LENGTH];
    getrandom::fill(&mut salt).map_err(|_| VisitsError::Disk)?;
    let values = record.values();
    let content = CONTENT.into_iter().zip(values.iter().map(ValueRef::from));
    if last.sequence >= i64::MAX.unsigned_abs() {
        // No honest log gets so far.
        return Err(VisitsError::Altered);
    }
    let key = keys.seal_key(last.sequence + 1);
    let digest = Sealed::new(&salt, content).digest(&key, last.sequence + 1);
    let seal = last.next(&key, &digest);
    static INSERT: LazyLock<String> = LazyLock::new(|| {
        let places = ", ?".repeat(CONTENT.len());
        format!(
            "INSERT INTO records (sequence, salt, digest, seal, {}) VALUES (?, ?, ?, ?{places})",
            CONTENT.join(", ")
        )
    });
    let own = [
        Value::from(seal.sequence.cast_signed()),
        Value::from(salt.to_vec()),
        Value::from(digest.to_vec()),
        Value::from(seal.hash.to_vec()),
    ];
    let values = params_from_iter(own.into_iter().chain(values));
    one_row(transaction.prepare_cached(&INSERT)?.execute(values)?)?;
    *last = seal;
    Ok(())
}

/// Whether one row was written. A trigger that somebody put into the database may leave it out without an error.
pub(super) fn one_row(rows: usize) -> Result<(), VisitsError> {
    if rows == 1 { Ok(()) } else { Err(VisitsError::NotWritable) }
}

/// Says once that there are such records. They stop no visitor, and `log verify` names them.
fn warn_of_impossible_times(connection: &Connection) -> Result<(), VisitsError> {
    for (condition, end) in [("at < ?1", times().start()), ("at > ?1", times().end())] {
        let select = format!("SELECT sequence FROM records WHERE at IS NOT NULL AND {condition} LIMIT 1");
        let odd = connection.query_row(&select, [end], |row| row.get::<_, i64>(0)).optional()?;
        if let Some(sequence) = odd {
            tracing::warn!(
                sequence,
                "a record of the visit log has an impossible time: hes-kiosk log verify"
            );
        }
    }
    Ok(())
}

/// The seal of the last record.
pub(super) fn head(connection: &Connection) -> Result<Seal, VisitsError> {
    let head = connection
        .prepare_cached("SELECT sequence, seal FROM records ORDER BY sequence DESC LIMIT 1")?
        .query_row([], seal_of)
        .optional()?;
    Ok(head.unwrap_or(Seal::OF_NOTHING))
}

/// The seal of the record in a row of a number and a seal.
pub(super) fn seal_of(row: &Row<'_>) -> rusqlite::Result<Seal> {
    // What is no seal stops no visitor: the log goes on from nothing, which a verification names.
    let hash = row.get::<_, Option<[u8; 32]>>(1).unwrap_or_default().unwrap_or_default();
    Ok(Seal { sequence: row.get::<_, i64>(0)?.cast_unsigned(), hash })
}

#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Option<FileIdentity> {
    fs::metadata(path).ok().map(|_| (0, 0))
}

/// How many names a file has.
#[cfg(unix)]
pub(super) fn names(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map_or(0, |metadata| metadata.nlink())
}

#[cfg(not(unix))]
pub(super) fn names(path: &Path) -> u64 {
    u64::from(path.exists())
}
