//! Whether the log is what was written: every record in its place, unchanged, or gone with a receipt.

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Transaction};

use super::columns::{CONTENT, PURGED, RECORDED, deed, recorded, times};
use super::connection::{has_failed_to_read, unlock};
use super::database::Database;
use super::keys::Keys;
use super::lost::{Lost, lost};
use super::replacement::Used;
use super::seal::{Seal, Sealed};
use super::store::open_patiently;
use super::{Config, Environment, VisitsError, people, retention, schema, set_aside};

/// So many faults are named; a log with more of them is not worth naming them all.
const MOST_FAULTS: usize = 1000;

/// A record that is not in its place is looked for so many places away.
const NEAR: u64 = 100;

/// What a verification came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The records that were looked at, those without content included.
    pub records: u64,
    /// How many of them have no content any more.
    pub purged: u64,
    /// How many of them should have been deleted days ago: nobody deletes what is past its retention. Nothing is wrong
    /// with them.
    pub overdue: u64,
    /// The seal of the last one.
    pub seal: Seal,
    /// What is wrong, that of the whole log first and then in the order of the records; at most a thousand of them.
    pub faults: Vec<Fault>,
    /// How many more there are.
    pub unnamed: u64,
}

/// Something that is wrong with the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The content of this record was changed.
    Changed(u64),
    /// This program did not write this record: it was inserted, or has taken the place of another.
    Inserted(u64),
    /// The record in this place is the one with the second number.
    Moved(u64, u64),
    /// The records from the first to the second number are missing.
    Removed(u64, u64),
    /// The seal of this record does not follow from the one before it.
    Broken(u64),
    /// This record is as it was written, but cannot be read.
    Unreadable(u64),
    /// The content of this record is missing without a receipt.
    Emptied(u64),
    /// A receipt says that the content of this record was deleted, and here it is.
    Returned(u64),
    /// The log ends before the record of the seal that was noted: it was cut, or an older copy was put back.
    Cut(u64),
    /// The record of the seal that was noted has another one: this is another log, or was written anew.
    OtherLog(u64),
    /// There was a log, and it is gone.
    Gone,
    /// It says that a newer version of this program wrote it: that one can tell more, or somebody made it say so.
    Newer,
    /// This record says that the log before it was damaged and is in this file.
    SetAside(u64, String),
    /// This record says that a log, or its last records, are gone, and nobody knows where.
    Missing(u64),
    /// In the table of this name stands something that the program did not write, or something is missing.
    Rows(&'static str),
    /// The table, index, trigger or view of this name is not as the program made it, or is none of its own.
    Altered(String),
    /// The index of this name has entries that no record has, or lacks some: what is read by it is not all true.
    Index(&'static str),
    /// SQLite or SQLCipher finds the database damaged, in its own words.
    Damaged(String),
}

/// Looks at each record, for as long as that takes. What SQLite or SQLCipher finds damaged is set aside by whoever
/// records the next visit, and not here: what is damaged or gone is named.
///
/// # Errors
/// Why the log cannot be read at all.
pub fn verify(config: &Config, noted: Option<Seal>) -> Result<Verification, VisitsError> {
    // Nobody replaces the log meanwhile.
    let (keys, mut connection, _used) = match open_patiently(config, Database::open) {
        Ok(database) => database.into_parts(),
        // No other command touches it. What was done with it can still be told.
        Err(VisitsError::Altered) => {
            let used = Used::with_others(&config.path)?;
            let (keys, connection) = unlock(config)?;
            (keys, connection, used)
        }
        Err(VisitsError::Gone) => return Ok(Verification::of_nothing(Fault::Gone)),
        Err(VisitsError::Newer) => return Ok(Verification::of_nothing(Fault::Newer)),
        // With another key it would look the same.
        Err(error @ VisitsError::Unreadable) if set_aside::is_of_its_keys(config) => {
            return Ok(Verification::of_nothing(Fault::Damaged(error.to_string())));
        }
        Err(error) => return Err(error),
    };
    let mut verified = look(&mut connection, &keys, noted, &[]);
    let is_damage = |fault: &Fault| matches!(fault, Fault::Damaged(_));
    let is_altered = |fault: &Fault| matches!(fault, Fault::Altered(_));
    match &mut verified {
        Ok(verified) if !verified.faults.iter().any(|fault| is_damage(fault) || is_altered(fault)) => {
            verified.faults.extend(odd_rows(&connection, &keys)?.into_iter().map(Fault::Rows));
            let now = Timestamp::now();
            verified.overdue = retention::overdue(&connection, config.retention_days, now)?;
            for Lost { sequence, file } in lost(&connection, config, now)? {
                // Whoever noted a seal of the log that followed knows of it.
                if verified.holds(noted).is_none_or(|noted| noted.sequence < sequence) {
                    verified
                        .faults
                        .push(file.map_or(Fault::Missing(sequence), |file| Fault::SetAside(sequence, file)));
                }
            }
        }
        Ok(_) | Err(VisitsError::Unreadable) if has_failed_to_read(&connection) => {
            return Err(VisitsError::Disk);
        }
        // Nothing is done with a log that somebody altered.
        Ok(verified) if verified.faults.iter().any(is_altered) => {}
        Ok(_) | Err(VisitsError::Unreadable) => set_aside::suspect(&config.path),
        Err(_) => {}
    }
    verified
}

/// The tables beside the records in which something is odd.
fn odd_rows(connection: &Connection, keys: &Keys) -> Result<Vec<&'static str>, VisitsError> {
    let environments = Environment::ALL.map(|environment| format!("'{}'", environment.name())).join(", ");
    let is_odd = |table, condition: &str| {
        connection.prepare(&format!("SELECT 1 FROM {table} WHERE NOT ({condition})"))?.exists([])
    };
    let times = times();
    let held =
        format!("environment IN ({environments}) AND until BETWEEN {} AND {}", times.start(), times.end());
    let tries = format!(
        "wrong BETWEEN 0 AND {0} AND earlier BETWEEN 0 AND {0} AND since BETWEEN {1} AND {2}",
        u32::MAX,
        times.start(),
        times.end()
    );
    let odd = [
        ("people", !people::are_sealed(connection, keys)?),
        ("pin_tries", is_odd("pin_tries", &tries)?),
        ("held", is_odd("held", &held)?),
    ];
    Ok(odd.into_iter().filter(|(_, is_odd)| *is_odd).map(|(table, _)| table).collect())
}

impl Verification {
    /// Of a log of which nothing can be read.
    fn of_nothing(fault: Fault) -> Self {
        Self { records: 0, purged: 0, overdue: 0, seal: Seal::OF_NOTHING, faults: vec![fault], unnamed: 0 }
    }

    /// The seal that was noted, if it is one of this log.
    fn holds(&self, noted: Option<Seal>) -> Option<Seal> {
        let is_other = |fault: &Fault| matches!(fault, Fault::Cut(_) | Fault::OtherLog(_));
        noted.filter(|_| !self.faults.iter().any(is_other))
    }
}

/// Looks at each record of an open log, in which there may be these tables `besides`.
pub(super) fn look(
    connection: &mut Connection,
    keys: &Keys,
    noted: Option<Seal>,
    besides: &[&str],
) -> Result<Verification, VisitsError> {
    let transaction = connection.transaction()?;
    let mut faults: Vec<Fault> =
        schema::alterations(&transaction, keys, besides)?.into_iter().map(Fault::Altered).collect();
    let is_altered = !faults.is_empty();
    if !has_columns(&transaction)? {
        // The version may say that it never had them.
        let records = Fault::Altered("records".to_owned());
        faults.retain(|fault| *fault != records);
        faults.insert(0, records.clone());
        return Ok(Verification { faults, ..Verification::of_nothing(records) });
    }
    let damage = damage(&transaction)?;
    let mut chain = Chain { gone: receipts(&transaction)?, ..Chain::new(keys) };
    if let Err(error) = chain.follow(&transaction) {
        if !matches!(error, VisitsError::Unreadable) {
            return Err(error);
        }
        // The records behind a damaged page cannot be told from removed ones.
        faults.push(Fault::Damaged(format!("no record can be read behind {}", chain.head.sequence)));
    }
    if let Some(noted) = noted {
        faults.extend(chain.compare(&transaction, noted)?);
    }
    if damage.is_empty() && !is_altered {
        faults.extend(untrue_indexes(&transaction)?.into_iter().map(Fault::Index));
    }
    faults.extend(damage);
    let Chain { head, purged, records, unnamed, .. } = chain;
    faults.extend(chain.into_faults());
    let unnamed = unnamed + faults.len().saturating_sub(MOST_FAULTS) as u64;
    faults.truncate(MOST_FAULTS);
    Ok(Verification { records, purged, overdue: 0, seal: head, faults, unnamed })
}

/// Whether each record has all that one is made of.
fn has_columns(transaction: &Transaction<'_>) -> Result<bool, VisitsError> {
    for column in CONTENT.iter().chain(&["sequence", "salt", "digest", "seal"]) {
        if !transaction.column_exists(None, "records", column)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What SQLite and SQLCipher say of the file.
pub(super) fn damage(transaction: &Transaction<'_>) -> Result<Vec<Fault>, VisitsError> {
    let mut faults = Vec::new();
    for check in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
        let mut statement = transaction.prepare(check)?;
        let said = statement.query_map([], |row| row.get::<_, String>(0)).and_then(Iterator::collect);
        match said {
            Ok(said) => {
                let said: Vec<String> = said;
                faults.extend(said.into_iter().filter(|said| said != "ok").map(Fault::Damaged));
            }
            Err(error) => match error.into() {
                VisitsError::Unreadable => faults.push(Fault::Damaged("a page cannot be read".to_owned())),
                error => return Err(error),
            },
        }
    }
    Ok(faults)
}

/// The indexes that have entries without a record. SQLite's own check finds each record's entries in them, and does not
/// count those of an index that has some of the records alone.
fn untrue_indexes(transaction: &Transaction<'_>) -> Result<Vec<&'static str>, VisitsError> {
    const INDEXES: [(&str, &str); 4] = [
        ("records_by_time", "at IS NOT NULL"),
        ("records_by_code", "code_hash IS NOT NULL"),
        ("records_by_decision", "decision <> 'admit'"),
        ("receipts", "kind = 'receipt'"),
    ];
    let counts = INDEXES.map(|(_, condition)| format!("count(*) FILTER (WHERE {condition})")).join(", ");
    let counts: [i64; INDEXES.len()] =
        transaction.query_row(&format!("SELECT {counts} FROM records NOT INDEXED"), [], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
        })?;
    let mut untrue = Vec::new();
    for ((index, condition), records) in INDEXES.into_iter().zip(counts) {
        let count = format!("SELECT count(*) FROM records INDEXED BY {index} WHERE {condition}");
        if transaction.query_row(&count, [], |row| row.get::<_, i64>(0))? != records {
            untrue.push(index);
        }
    }
    Ok(untrue)
}

/// The ranges of the records that receipts say are gone, in their order and apart.
fn receipts(transaction: &Transaction<'_>) -> Result<Vec<(u64, u64)>, VisitsError> {
    let mut statement = transaction.prepare("SELECT deed FROM records WHERE kind = 'receipt'")?;
    let mut rows = statement.query([])?;
    let mut gone = Vec::new();
    while let Ok(Some(row)) = rows.next() {
        // What is no receipt shows by its digest.
        if let Some(deed) = row.get_ref(0)?.as_str().ok().and_then(|text| deed(text).ok()) {
            gone.extend(deed.gone().map(|gone| gone.sequences.clone()).unwrap_or_default());
        }
    }
    gone.sort_unstable();
    // Receipts of one and the same record may be two: each record is held against one range.
    gone.dedup_by(|next, range| {
        let overlaps = next.0 <= range.1;
        if overlaps {
            range.1 = range.1.max(next.1);
        }
        overlaps
    });
    Ok(gone)
}

/// What was read of the records so far.
struct Chain<'a> {
    keys: &'a Keys,
    gone: Vec<(u64, u64)>,
    /// The last record's seal, as it stands there.
    head: Seal,
    /// Whether the last record is where and what it should be, so that the next one can be held against it.
    is_sound: bool,
    records: u64,
    purged: u64,
    faults: Vec<Fault>,
    /// How many more there are than are named.
    unnamed: u64,
    /// Records whose digest is wrong: they may be others that were moved.
    suspects: Vec<Suspect>,
}

struct Suspect {
    sequence: u64,
    sealed: Sealed,
    digest: Option<[u8; 32]>,
    /// Whether the seals go on here, so that nothing but the content was changed.
    is_in_chain: bool,
}

impl<'a> Chain<'a> {
    fn new(keys: &'a Keys) -> Self {
        Self {
            keys,
            gone: Vec::new(),
            head: Seal::OF_NOTHING,
            is_sound: true,
            records: 0,
            purged: 0,
            faults: Vec::new(),
            unnamed: 0,
            suspects: Vec::new(),
        }
    }

    fn follow(&mut self, transaction: &Transaction<'_>) -> Result<(), VisitsError> {
        let select = format!("SELECT {}, salt, digest, seal FROM records ORDER BY sequence", *RECORDED);
        let mut statement = transaction.prepare(&select)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.look_at(row)?;
        }
        Ok(())
    }

    fn fault(&mut self, fault: Fault) {
        if self.has_room() {
            self.faults.push(fault);
        } else {
            self.unnamed += 1;
        }
    }

    fn has_room(&self) -> bool {
        self.faults.len() + self.suspects.len() < MOST_FAULTS
    }

    fn look_at(&mut self, row: &Row<'_>) -> Result<(), VisitsError> {
        let sequence = match u64::try_from(row.get::<_, i64>("sequence")?) {
            Ok(sequence) if sequence > 0 => sequence,
            // Records are numbered from 1.
            _ => {
                self.fault(Fault::Inserted(0));
                return Ok(());
            }
        };
        if sequence != self.head.sequence + 1 {
            self.fault(Fault::Removed(self.head.sequence + 1, sequence - 1));
            self.is_sound = false;
        }
        self.records += 1;
        let key = self.keys.seal_key(sequence);
        // A column of another type is none of ours.
        let digest: Option<[u8; 32]> = row.get("digest").unwrap_or_default();
        let seal: Option<[u8; 32]> = row.get("seal").unwrap_or_default();
        let before = Seal { sequence: sequence - 1, ..self.head };
        let is_in_chain = digest.is_some_and(|digest| Some(before.next(&key, &digest).hash) == seal);
        let is_gone = row.get_ref("kind")?.as_str() == Ok(PURGED);
        let mut is_ours = true;
        if is_gone {
            self.purged += 1;
            if !is_empty(row)? {
                self.fault(Fault::Returned(sequence));
            } else if !self.is_receipted(sequence) {
                self.fault(Fault::Emptied(sequence));
            }
        } else {
            let sealed = sealed(row)?;
            is_ours = Some(sealed.digest(&key, sequence)) == digest;
            if !is_ours && self.has_room() {
                self.suspects.push(Suspect { sequence, sealed, digest, is_in_chain });
            } else if !is_ours {
                self.unnamed += 1;
            } else if self.is_receipted(sequence) {
                self.fault(Fault::Returned(sequence));
            } else if recorded(row).is_err() {
                self.fault(Fault::Unreadable(sequence));
            }
        }
        if !is_in_chain && is_ours && self.is_sound {
            self.fault(Fault::Broken(sequence));
        }
        self.is_sound = is_in_chain;
        self.head = Seal { sequence, hash: seal.unwrap_or_default() };
        Ok(())
    }

    fn is_receipted(&self, sequence: u64) -> bool {
        let behind = self.gone.partition_point(|(first, _)| *first <= sequence);
        self.gone[..behind].last().is_some_and(|(_, last)| sequence <= *last)
    }

    /// Holds the log against a seal that was noted elsewhere.
    fn compare(&self, transaction: &Transaction<'_>, noted: Seal) -> Result<Option<Fault>, VisitsError> {
        if noted.sequence > self.head.sequence {
            return Ok(Some(Fault::Cut(noted.sequence)));
        }
        let seal = "SELECT seal FROM records WHERE sequence = ?1";
        let there = match noted.sequence {
            0 => Seal::OF_NOTHING.hash.to_vec(),
            sequence => transaction
                .query_row(seal, [sequence.cast_signed()], |row| row.get::<_, Option<Vec<u8>>>(0))
                .map(Option::unwrap_or_default)
                .or_else(|error| match error {
                    rusqlite::Error::QueryReturnedNoRows => Ok(Vec::new()),
                    error => Err(error),
                })?,
        };
        Ok((there != noted.hash).then_some(Fault::OtherLog(noted.sequence)))
    }

    /// The faults in the order of the records, each suspect judged.
    fn into_faults(mut self) -> Vec<Fault> {
        for suspect in &self.suspects {
            let others = self.suspects.iter().map(|other| (other.sequence, other.digest));
            // The place from which it came may be one that is missing now.
            let near = suspect.sequence.saturating_sub(NEAR)..=suspect.sequence + NEAR;
            let is_of = |(sequence, digest): &(u64, Option<[u8; 32]>)| {
                let made = Some(suspect.sealed.digest(&self.keys.seal_key(*sequence), *sequence));
                made == suspect.digest || made == *digest
            };
            let from = others.chain(near.map(|sequence| (sequence, None))).find(is_of);
            let from = from.map(|(sequence, _)| sequence);
            self.faults.push(match from {
                Some(from) if from != suspect.sequence => Fault::Moved(suspect.sequence, from),
                _ if suspect.is_in_chain => Fault::Changed(suspect.sequence),
                _ => Fault::Inserted(suspect.sequence),
            });
        }
        self.faults.sort_by_key(Fault::place);
        self.faults
    }
}

impl Fault {
    /// Where in the log it is, for the order in which faults are named.
    fn place(&self) -> u64 {
        match self {
            Self::Changed(sequence)
            | Self::Inserted(sequence)
            | Self::Moved(sequence, _)
            | Self::Removed(sequence, _)
            | Self::Broken(sequence)
            | Self::Unreadable(sequence)
            | Self::Emptied(sequence)
            | Self::Returned(sequence)
            | Self::Cut(sequence)
            | Self::OtherLog(sequence) => *sequence,
            Self::SetAside(sequence, _) | Self::Missing(sequence) => *sequence,
            Self::Gone
            | Self::Newer
            | Self::Rows(_)
            | Self::Altered(_)
            | Self::Index(_)
            | Self::Damaged(_) => 0,
        }
    }
}

/// Whether nothing is left of a record's content and salt, its kind apart.
fn is_empty(row: &Row<'_>) -> Result<bool, VisitsError> {
    for column in CONTENT[1..].iter().chain(&["salt"]) {
        if row.get_ref(*column)? != ValueRef::Null {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What a record's digest is made over, as it stands in its row.
fn sealed(row: &Row<'_>) -> Result<Sealed, VisitsError> {
    let salt = row.get_ref("salt")?.as_bytes_or_null().ok().flatten().unwrap_or_default();
    let mut content = Vec::with_capacity(CONTENT.len());
    for column in CONTENT {
        content.push((column, row.get_ref(column)?));
    }
    Ok(Sealed::new(salt, content))
}
