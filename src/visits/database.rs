//! The SQLCipher database: opening, schema, and the statements.

use std::fs::{self, File};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ToSpan};
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, TransactionBehavior, named_params, params};
use uuid::Uuid;

use super::keys::{CodeHash, Keys};
use super::record::{DecidedBy, Environment, Record, Recorded, Visit};
use super::{Config, Filter, VisitsError};
use crate::code::Source;
use crate::entry::Decision;
use crate::hes::MaskedHolder;
use crate::private;

/// How long a statement waits for another program's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// How many records one step of the retention takes, so that check-ins find their turn in between.
const PURGE_STEP: u32 = 500;

/// The longest pause between two visits after which the clock is still believed when records are deleted.
const CLOCK_DOUBT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Each entry brings the schema from its index to the next version (`user_version`).
const MIGRATIONS: [&str; 2] = [
    "
CREATE TABLE records (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    kind TEXT NOT NULL,
    id BLOB UNIQUE CHECK (length(id) = 16),
    at INTEGER,
    environment TEXT,
    entrance TEXT,
    source TEXT,
    decided_by TEXT,
    answers BLOB CHECK (length(answers) = 16),
    code_hash BLOB CHECK (length(code_hash) = 32),
    decision TEXT,
    reason TEXT,
    valid_until INTEGER,
    service_ms INTEGER,
    holder_first_name TEXT,
    holder_last_name TEXT,
    holder_identity_number TEXT,
    CHECK (kind = 'purged' OR (id IS NOT NULL AND at IS NOT NULL))
) STRICT;
CREATE INDEX records_by_code ON records (code_hash, at) WHERE code_hash IS NOT NULL;
CREATE INDEX records_by_time ON records (at) WHERE at IS NOT NULL;
CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records WHEN NEW.kind <> 'purged'
BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
",
    "
CREATE TABLE held (
    environment TEXT NOT NULL,
    code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
    until INTEGER NOT NULL,
    PRIMARY KEY (environment, code_hash)
) STRICT, WITHOUT ROWID;
",
];

/// Held by the thread that opens a connection. The first one readies SQLCipher, and SQLite lets a second thread
/// go on before that is done (`sqlite3_initialize` sets `isInit` before it calls `SQLITE_EXTRA_INIT`): it would
/// find that no key can be set.
static OPENING: Mutex<()> = Mutex::new(());

/// The open database and its keys.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    keys: Keys,
    identity: Option<FileIdentity>,
}

/// What tells one file from another that took its name.
type FileIdentity = (u64, u64);

impl Database {
    /// Opens the database, makes it where it is missing, and brings its schema up to date.
    pub(super) fn open(config: &Config) -> Result<Self, VisitsError> {
        let keys = Keys::load(&config.keys, &config.path)?;
        create_file(&config.path)?;
        let mut connection = {
            let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
            Connection::open(&config.path)?
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.execute_batch(&keys.key_statement())?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
        )?;
        migrate(&mut connection)?;
        Ok(Self { connection, keys, identity: identity(&config.path) })
    }

    /// Whether the file that is open still has its name: a record in a removed file would be lost.
    pub(super) fn is_in_place(&self, path: &Path) -> bool {
        self.identity == identity(path)
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Appends a visit and gives the time at which its code was last shown after `since`.
    pub(super) fn append(
        &mut self,
        visit: &Visit,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, VisitsError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let shown_before = transaction
            .prepare_cached(
                "SELECT at FROM records WHERE code_hash = ?1 AND at >= ?2 ORDER BY at DESC LIMIT 1",
            )?
            .query_row(params![visit.code.map(|hash| hash.0), since.as_millisecond()], |row| row.get(0))
            .optional()?;
        let holder = visit.holder.clone().unwrap_or_default();
        transaction
            .prepare_cached(
                "INSERT INTO records VALUES (
                    (SELECT coalesce(max(sequence), 0) + 1 FROM records), 'visit', :id, :at, :environment,
                    :entrance, :source, :decided_by, :answers, :code_hash, :decision, :reason,
                    :valid_until, :service_ms, :first_name, :last_name, :identity_number)",
            )?
            .execute(named_params! {
                ":id": visit.id.into_bytes(),
                ":at": visit.at.as_millisecond(),
                ":environment": visit.environment.name(),
                ":entrance": visit.entrance,
                ":source": visit.source.map(Source::name),
                ":decided_by": visit.decided_by.map(DecidedBy::name),
                ":answers": visit.answers.map(Uuid::into_bytes),
                ":code_hash": visit.code.map(|hash| hash.0),
                ":decision": visit.decision.name(),
                ":reason": visit.decision.reason_name(),
                ":valid_until": visit.valid_until.map(Timestamp::as_millisecond),
                ":service_ms": visit.service_ms,
                ":first_name": holder.first_name,
                ":last_name": holder.last_name,
                ":identity_number": holder.identity_number,
            })?;
        transaction.commit()?;
        shown_before.map(timestamp).transpose()
    }

    /// The newest records that the filter lets through, newest first.
    pub(super) fn list(&self, filter: &Filter) -> Result<Vec<Recorded>, VisitsError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT * FROM records WHERE kind = 'visit' AND at >= ?1 AND at < ?2
             ORDER BY sequence DESC LIMIT ?3",
        )?;
        let rows = statement.query_map(
            params![
                filter.since.map_or(i64::MIN, Timestamp::as_millisecond),
                filter.until.map_or(i64::MAX, Timestamp::as_millisecond),
                filter.limit,
            ],
            |row| Ok(recorded(row)),
        )?;
        rows.map(|row| row?).collect()
    }

    /// The time of the last record, if it has one.
    pub(super) fn last_time(&self) -> Result<Option<Timestamp>, VisitsError> {
        let last = "SELECT at FROM records ORDER BY sequence DESC LIMIT 1";
        let at: Option<Option<i64>> =
            self.connection.prepare_cached(last)?.query_row([], |row| row.get(0)).optional()?;
        at.flatten().map(timestamp).transpose()
    }

    /// Holds codes until `until`, instead of those that were held in this environment before.
    pub(super) fn hold(
        &mut self,
        environment: Environment,
        codes: &[CodeHash],
        until: Timestamp,
    ) -> Result<(), VisitsError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM held WHERE environment = ?1", [environment.name()])?;
        for code in codes {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO held VALUES (?1, ?2, ?3)")?
                .execute(params![environment.name(), code.0, until.as_millisecond()])?;
        }
        transaction.commit()?;
        Ok(())
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
    pub(super) fn probe(&self) -> Result<(), VisitsError> {
        self.connection.execute(
            "INSERT INTO probe VALUES (1, ?1) ON CONFLICT DO UPDATE SET at = excluded.at",
            [Timestamp::now().as_millisecond()],
        )?;
        Ok(())
    }

    /// What was written before this time has reached its retention of so many days.
    pub(super) fn retention_ends(&self, days: u32, now: Timestamp) -> Result<Timestamp, VisitsError> {
        // A clock that jumped ahead must not empty the log: the newest record tells about what time it is.
        let newest: Option<i64> =
            self.connection.query_row("SELECT max(at) FROM records", [], |row| row.get(0))?;
        let now = match newest {
            Some(newest) => now.min(timestamp(newest)? + CLOCK_DOUBT),
            None => now,
        };
        // A span of hours, since an instant knows no calendar days.
        Ok(now - (i64::from(days) * 24).hours())
    }

    /// Deletes the content of some records that are older than `before`; their place in the sequence stays.
    /// Gives whether there may be more of them.
    pub(super) fn purge_step(&self, before: Timestamp, now: Timestamp) -> Result<bool, VisitsError> {
        // What is held no longer has no use, whatever becomes of the visits.
        self.connection.execute("DELETE FROM held WHERE until <= ?1", [now.as_millisecond()])?;
        let purged = self.connection.execute(
            "UPDATE records SET kind = 'purged', id = NULL, at = NULL, environment = NULL,
                entrance = NULL, source = NULL, decided_by = NULL, answers = NULL, code_hash = NULL,
                decision = NULL, reason = NULL, valid_until = NULL, service_ms = NULL,
                holder_first_name = NULL, holder_last_name = NULL, holder_identity_number = NULL
             WHERE sequence IN (SELECT sequence FROM records WHERE at < ?1 ORDER BY at LIMIT ?2)",
            params![before.as_millisecond(), PURGE_STEP],
        )?;
        Ok(purged == PURGE_STEP as usize)
    }
}

/// Makes the file for its owner alone before SQLite sees it; its companions take over its permissions.
fn create_file(path: &Path) -> Result<(), VisitsError> {
    if path.exists() {
        return private::make_private(path).map_err(|error| VisitsError::from_io(&error));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    private::create_folder(folder)
        .and_then(|()| private::open_file(path)?.sync_all())
        .and_then(|()| {
            File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()
        })
        .map_err(|error| VisitsError::from_io(&error))
}

fn migrate(connection: &mut Connection) -> Result<(), VisitsError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = MIGRATIONS.get(version as usize..).ok_or(VisitsError::Newer)?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<FileIdentity> {
    fs::metadata(path).ok().map(|_| (0, 0))
}

fn recorded(row: &Row<'_>) -> Result<Recorded, VisitsError> {
    let name = |column| row.get::<_, String>(column);
    let decision = Decision::from_names(&name("decision")?, &name("reason")?);
    let environment = Environment::from_name(&name("environment")?);
    let holder = MaskedHolder {
        first_name: row.get("holder_first_name")?,
        last_name: row.get("holder_last_name")?,
        identity_number: row.get("holder_identity_number")?,
    };
    let visit = Visit {
        id: Uuid::from_bytes(row.get("id")?),
        at: timestamp(row.get("at")?)?,
        environment: environment.ok_or(VisitsError::Newer)?,
        entrance: row.get("entrance")?,
        source: row.get::<_, Option<String>>("source")?.and_then(|name| Source::from_name(&name)),
        decided_by: row.get::<_, Option<String>>("decided_by")?.and_then(|name| DecidedBy::from_name(&name)),
        answers: row.get::<_, Option<[u8; 16]>>("answers")?.map(Uuid::from_bytes),
        code: row.get::<_, Option<[u8; 32]>>("code_hash")?.map(CodeHash),
        decision: decision.ok_or(VisitsError::Newer)?,
        valid_until: row.get::<_, Option<i64>>("valid_until")?.map(timestamp).transpose()?,
        service_ms: row.get("service_ms")?,
        holder: (holder != MaskedHolder::default()).then_some(holder),
    };
    let sequence = u64::try_from(row.get::<_, i64>("sequence")?).map_err(|_| VisitsError::Unreadable)?;
    Ok(Recorded { sequence, record: Record::Visit(visit) })
}

fn timestamp(milliseconds: i64) -> Result<Timestamp, VisitsError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| VisitsError::Unreadable)
}

impl VisitsError {
    pub(super) fn from_io(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::PermissionDenied
            | std::io::ErrorKind::ReadOnlyFilesystem
            | std::io::ErrorKind::NotADirectory
            | std::io::ErrorKind::IsADirectory => Self::NotWritable,
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
            Some(_) => Self::Disk,
            None => Self::Unreadable,
        }
    }
}
