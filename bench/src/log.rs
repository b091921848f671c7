//! SQLCipher without our code: the same columns and indexes, and nothing else.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use crate::Failure;

/// A day in milliseconds.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// What an export has of a visit.
const EXPORTED: &str = "sequence, id, at, environment, entrance, source, decided_by, answers, decision, reason, \
    valid_until, holder_first_name, holder_last_name, holder_identity_number, service_ms";

/// Numbers that look random and are the same in each run (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ (number >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit
    }

    fn bytes<const LENGTH: usize>(&mut self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.number().to_le_bytes()[..chunk.len()]);
        }
        bytes
    }
}

/// A connection to a log.
pub struct Bare {
    connection: Connection,
    path: PathBuf,
    key: String,
}

impl Bare {
    /// Opens a log of ours with the key in `key_file`.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(path: &Path, key_file: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(key_file)?;
        let key = text.lines().find_map(|line| line.strip_prefix("database = "));
        let key = key.ok_or("the key file holds no key")?.trim_matches('"').to_owned();
        let connection = Connection::open(path)?;
        connection.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA synchronous = FULL;"))?;
        Ok(Self { connection, path: path.to_owned(), key })
    }

    /// Makes a log with the columns of visits, one primary key and the same indexes: no seals, no triggers, no checks.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let connection = Connection::open(path)?;
        let key = "11".repeat(32);
        connection.execute_batch(&format!(
            "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE records (
                sequence INTEGER PRIMARY KEY, kind TEXT, id BLOB UNIQUE, at INTEGER, environment TEXT, entrance TEXT,
                source TEXT, decided_by TEXT, answers BLOB, code_hash BLOB, decision TEXT, reason TEXT,
                valid_until INTEGER, service_ms INTEGER, holder_first_name TEXT, holder_last_name TEXT,
                holder_identity_number TEXT
            ) STRICT;
            CREATE INDEX records_by_code ON records (code_hash, at) WHERE code_hash IS NOT NULL;
            CREATE INDEX records_by_time ON records (at, decision, reason, source, service_ms) WHERE at IS NOT NULL;
            CREATE INDEX records_by_decision ON records (decision) WHERE decision <> 'admit';"
        ))?;
        Ok(Self { connection, path: path.to_owned(), key })
    }

    /// Inserts a visit that is admitted, in a transaction of its own.
    ///
    /// # Errors
    /// It cannot be inserted.
    pub fn insert(&self, sequence: u64, at: i64, random: &mut Random) -> Result<(), Failure> {
        self.connection
            .prepare_cached(
                "INSERT INTO records (sequence, kind, id, at, environment, entrance, source, decided_by, code_hash,
                    decision, reason, valid_until, service_ms)
                 VALUES (?1, 'visit', ?2, ?3, 'live', 'Ana giriş', 'camera', 'service', ?4, 'admit', 'riskless', ?3, 120)",
            )?
            .execute(params![sequence as i64, id(at, random), at, random.bytes::<32>()])?;
        Ok(())
    }

    /// Fills a log of ours with so many visits in `span` milliseconds from `first` on. Nobody verifies their seals,
    /// which are as long as others. Ten visits have the code of this hash.
    ///
    /// # Errors
    /// It cannot be filled.
    pub fn fill(&mut self, rows: u64, first: i64, span: i64, code_hash: &str) -> Result<(), Failure> {
        let mut random = Random(42);
        self.connection.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF;")?;
        let transaction = self.connection.transaction()?;
        let indexes = transaction
            .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'records'")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(String, String)>, _>>()?;
        for (name, _) in &indexes {
            transaction.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        let mut insert = transaction.prepare(
            "INSERT INTO records (sequence, kind, id, at, environment, entrance, source, decided_by, code_hash,
                decision, reason, valid_until, service_ms, salt, digest, seal)
             VALUES (?1, 'visit', ?2, ?3, 'live', 'Ana giriş', 'camera', 'service', coalesce(unhex(?4), ?5), ?6, ?7,
                ?8, ?9, ?10, ?11, ?12)",
        )?;
        for sequence in 1..=rows {
            let at = first + (sequence as i64 - 1) * span / rows as i64;
            let (decision, reason) = match random.below(100) {
                0..90 => ("admit", "riskless"),
                90..95 => ("refuse", "risky"),
                95..97 => ("refuse", "code_not_found"),
                _ => ("unverified", "timed_out"),
            };
            let found = (sequence % (rows / 10).max(1) == 0).then_some(code_hash);
            insert.execute(params![
                sequence as i64,
                id(at, &mut random),
                at,
                found,
                random.bytes::<32>(),
                decision,
                reason,
                at + 10 * DAY,
                50 + random.below(400) as i64,
                random.bytes::<16>(),
                random.bytes::<32>(),
                random.bytes::<32>(),
            ])?;
        }
        drop(insert);
        for (_, sql) in &indexes {
            transaction.execute_batch(sql)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Reads the records of a code.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn find(&self, code_hash: &str) -> Result<(), Failure> {
        let find = "SELECT * FROM records WHERE code_hash = unhex(?1) ORDER BY at";
        step(&mut self.connection.prepare_cached(find)?.query([code_hash])?)
    }

    /// Inserts an act that was ours: what an act has, in a log of ours, in a transaction of its own.
    ///
    /// # Errors
    /// It cannot be inserted.
    pub fn act(&self, at: i64, random: &mut Random) -> Result<(), Failure> {
        self.connection
            .prepare_cached(
                "INSERT INTO records (sequence, kind, id, at, deed, salt, digest, seal)
                 SELECT max(sequence) + 1, 'act', ?1, ?2, '{\"found\":{\"records\":10}}', ?3, ?4, ?5 FROM records",
            )?
            .execute(params![
                id(at, random),
                at,
                random.bytes::<16>(),
                random.bytes::<32>(),
                random.bytes::<32>()
            ])?;
        Ok(())
    }

    /// Reads a page of visits.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn page(&self, before: u64, decision: Option<&str>, limit: u32) -> Result<(), Failure> {
        let decision = match decision {
            None => "kind = 'visit'".to_owned(),
            Some("admit") => "decision = 'admit'".to_owned(),
            Some(decision) => format!("decision = '{decision}' AND decision <> 'admit'"),
        };
        let page = format!(
            "SELECT * FROM records WHERE sequence < ?1 AND {decision} ORDER BY sequence DESC LIMIT ?2"
        );
        step(&mut self.connection.prepare_cached(&page)?.query(params![before as i64, limit])?)
    }

    /// Reads the newest visits from a time on whose hours and minutes begin with these digits, in a zone so many
    /// seconds ahead of UTC.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn seek(&self, since: i64, zone: i32, digits: &str, limit: u32) -> Result<(), Failure> {
        let seek = "SELECT * FROM records
            WHERE at >= ?1 AND strftime('%H%M', at / 1000 + ?2, 'unixepoch') LIKE ?3 || '%'
            ORDER BY sequence DESC LIMIT ?4";
        step(&mut self.connection.prepare_cached(seek)?.query(params![since, zone, digits, limit])?)
    }

    /// Writes all visits as CSV: a loop over what an export has of them.
    ///
    /// # Errors
    /// They cannot be read or written.
    pub fn csv(&self, file: File) -> Result<(), Failure> {
        let mut writer = csv::Writer::from_writer(&file);
        let mut statement =
            self.connection.prepare(&format!("SELECT {EXPORTED} FROM records WHERE kind = 'visit'"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => writer.write_field("")?,
                    ValueRef::Integer(number) => writer.write_field(number.to_string())?,
                    ValueRef::Real(number) => writer.write_field(number.to_string())?,
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => writer.write_field(bytes)?,
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.flush()?;
        drop(writer);
        Ok(file.sync_all()?)
    }

    /// Has the SQLCipher shell write the same into a file; tells whether there is one that opens the log, which that
    /// of SQLCipher 3 does not.
    ///
    /// # Errors
    /// It fails.
    pub fn shell(&self, out: &Path) -> Result<bool, Failure> {
        let file = File::create(out)?;
        let started =
            Command::new("sqlcipher").arg(&self.path).stdin(Stdio::piped()).stdout(file.try_clone()?).spawn();
        let mut shell = match started {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            other => other?,
        };
        let statements = format!(
            "PRAGMA key = \"x'{}'\";\n.mode csv\n.headers on\nSELECT {EXPORTED} FROM records WHERE kind = 'visit';\n",
            self.key
        );
        shell.stdin.take().ok_or("no standard input")?.write_all(statements.as_bytes())?;
        let status = shell.wait()?;
        file.sync_all()?;
        Ok(status.success())
    }
}

/// Reads each column of each row.
fn step(rows: &mut rusqlite::Rows<'_>) -> Result<(), Failure> {
    while let Some(row) = rows.next()? {
        let mut column = 0;
        while let Ok(value) = row.get_ref(column) {
            std::hint::black_box(value);
            column += 1;
        }
    }
    Ok(())
}

/// An id as those of version 7 are: ordered by time.
fn id(at: i64, random: &mut Random) -> [u8; 16] {
    let mut id = random.bytes::<16>();
    id[..6].copy_from_slice(&at.to_be_bytes()[2..]);
    id
}
