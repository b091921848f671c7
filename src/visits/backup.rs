//! A copy of the log that a pass-phrase opens, and its way back.
//!
//! The copy is an SQLCipher database, too; SQLCipher makes its key of the pass-phrase. It holds the keys of the codes
//! and seals, without which it could not be verified when the machine and its keys are gone. PINs are not in it: whoever
//! opens it could try them all, and those that were taken away since would come back.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};
use secrecy::{ExposeSecret, SecretString};

use super::columns::deed;
use super::connection::{open_connection, real_path, unlock};
use super::database::{Database, append, head};
use super::keys::{EarlierKey, Keys};
use super::record::{Act, Deed, Environment};
use super::replacement::{
    Alone, NewKeys, Prepared, REPLACED, ReplacementError, aside_ending, beside, settle,
};
use super::retention::delete_contents;
use super::seal::Seal;
use super::{Config, Fault, VisitsError, people, schema, verify};
use crate::draft::Draft;

/// What stands beside the records and does not come back with a backup: PINs, and who is held at the door.
const NOT_KEPT: [&str; 3] = ["people", "pin_tries", "held"];

/// Copies the log as it is now into a draft, beside everybody who writes it. Gives the last record's seal. What `begun`
/// gets ends the copying, from any thread.
///
/// # Errors
/// Why the log cannot be read or the draft not be written.
pub fn back_up(
    config: &Config,
    pass_phrase: &SecretString,
    draft: &Draft,
    begun: impl FnOnce(Box<dyn Fn() + Send>),
) -> Result<Seal, VisitsError> {
    let database = Database::open(config)?;
    let (connection, keys) = database.parts();
    let interrupt = connection.get_interrupt_handle();
    begun(Box::new(move || interrupt.interrupt()));
    let name = draft.path().to_str().ok_or(VisitsError::NotWritable)?;
    let version: u32 = connection.query_row("PRAGMA main.user_version", [], |row| row.get(0))?;
    connection.execute("ATTACH ?1 AS backup KEY ?2", [name, pass_phrase.expose_secret()])?;
    connection.pragma_update(Some("backup"), "secure_delete", true)?;
    // What is not finished is thrown away, and needs no journal beside it that nobody removes.
    connection.pragma_update(Some("backup"), "journal_mode", "OFF")?;
    // What is read from here on is the log of this moment, whatever others write.
    connection.execute_batch("BEGIN")?;
    let seal = head(connection)?;
    connection.query_row("SELECT sqlcipher_export('backup')", [], |_| Ok(()))?;
    for table in NOT_KEPT {
        connection.execute(&format!("DELETE FROM backup.{table}"), [])?;
    }
    connection.execute_batch("CREATE TABLE backup.keys (code_hash BLOB NOT NULL, until INTEGER) STRICT")?;
    let mut insert = connection.prepare("INSERT INTO backup.keys VALUES (?1, ?2)")?;
    for earlier in &keys.earlier {
        insert.execute(params![earlier.code_hash, earlier.until.cast_signed()])?;
    }
    insert.execute(params![keys.code_hash, None::<i64>])?;
    drop(insert);
    connection.execute_batch("COMMIT")?;
    connection.pragma_update(Some("backup"), "user_version", version)?;
    connection.execute_batch("DETACH backup")?;
    Ok(seal)
}

/// What came of a restoration.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The seal of the backup's last record.
    pub seal: Seal,
    /// The file that the log is now that was there before.
    pub aside: Option<String>,
    /// So many records were deleted again that had been erased after the backup was made; `None` where nothing tells
    /// what was.
    pub erased_again: Option<u64>,
}

/// Puts a backup into the log's place, with a new key for the database and the backup's keys of the codes. The log
/// that was there is set aside; what it says was erased after the backup was made is erased again, if it is that of the seal
/// that was `noted`. A backup of real visits never becomes the demo's log, nor one of the demo's visits that of an
/// entrance with another `environment`.
///
/// # Errors
/// Why the log is as it was.
pub fn restore(
    config: &Config,
    environment: Environment,
    backup: &Path,
    pass_phrase: &SecretString,
    person: Option<String>,
    named: Option<&Path>,
    noted: Option<Seal>,
) -> Result<Restored, ReplacementError> {
    let new_keys = NewKeys::of(&config.keys, named)?;
    let _alone = Alone::with(config)?;
    let (keys, seal) = verified(backup, pass_phrase, environment)?;
    let place = real_path(&config.path)?;
    let ending = place.exists().then(|| aside_ending(config, &place, REPLACED));
    let mut erasures = None;
    if ending.is_some() {
        match settle(config) {
            Ok(_) => erasures = erasures_behind(config, seal, noted)?,
            // It is set aside as it is.
            Err(
                VisitsError::Unreadable | VisitsError::Newer | VisitsError::Altered | VisitsError::Keys(_),
            ) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut prepared = Prepared::copy(config, backup, pass_phrase.expose_secret(), keys)?;
    let aside = ending.as_deref().map(|ending| beside(&place, ending));
    let name = aside.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let transaction = prepared.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch("DROP TABLE keys")?;
    schema::check(&transaction, &prepared.keys)?;
    for table in NOT_KEPT {
        transaction.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let mut last = head(&transaction)?;
    if !people::are_sealed(&transaction, &prepared.keys)? {
        people::seal(&transaction, &prepared.keys, &mut last)?;
    }
    let erased_again = match erasures {
        Some(erasures) => {
            Some(erase_again(&transaction, &prepared.keys, &mut last, person.as_deref(), erasures)?)
        }
        None => None,
    };
    let deed = Deed::Restored { seal: seal.to_string(), file: name.clone(), erased_again };
    append(&transaction, &prepared.keys, &mut last, &Act::now(person, deed).into())?;
    transaction.commit()?;
    prepared.install(ending.as_deref(), &new_keys)?;
    Ok(Restored { seal, aside: name, erased_again })
}

/// Why a person's records were deleted, and which.
type Erasure = (String, Vec<(u64, u64)>);

/// What the log in place erased behind the record of this seal; `None` where that is no record of it, so that its numbers
/// mean other records than the backup's, and where the log is not intact, or not that of the seal that was noted: a receipt
/// could be anybody's, or be missing.
fn erasures_behind(
    config: &Config,
    seal: Seal,
    noted: Option<Seal>,
) -> Result<Option<Vec<Erasure>>, VisitsError> {
    let (keys, mut connection) = unlock(config)?;
    match verify::look(&mut connection, &keys, noted, &[]) {
        Ok(verification) if verification.faults.is_empty() => {}
        Ok(_) | Err(VisitsError::Unreadable) => return Ok(None),
        Err(error) => return Err(error),
    }
    let sequence = seal.sequence.cast_signed();
    let is_same = connection
        .prepare("SELECT 1 FROM records WHERE sequence = ?1 AND seal = ?2")?
        .exists(params![sequence, seal.hash])?;
    if !is_same && seal != Seal::OF_NOTHING {
        return Ok(None);
    }
    let mut receipts =
        connection.prepare("SELECT deed FROM records WHERE kind = 'receipt' AND sequence > ?1")?;
    let mut rows = receipts.query([sequence])?;
    let mut erasures = Vec::new();
    while let Some(row) = rows.next()? {
        if let Deed::Erased { reason, gone } = deed(&row.get::<_, String>(0)?)? {
            erasures.push((reason, gone.sequences));
        }
    }
    Ok(Some(erasures))
}

/// Deletes what was erased, as far as it is here, with a receipt for each person. Gives how many records those were.
fn erase_again(
    transaction: &Transaction<'_>,
    keys: &Keys,
    last: &mut Seal,
    person: Option<&str>,
    erasures: Vec<Erasure>,
) -> Result<u64, VisitsError> {
    const THESE: &str = "FROM json_each(?1) AS range JOIN records
         ON sequence BETWEEN range.value ->> 0 AND range.value ->> 1 WHERE kind NOT IN ('purged', 'receipt')";
    let mut records = 0;
    for (reason, sequences) in erasures {
        // Numbers alone are serialised.
        let sequences = serde_json::to_string(&sequences).unwrap_or_default();
        let gone = delete_contents(transaction, &format!("SELECT sequence, at {THESE}"), [&sequences])?;
        if gone.records > 0 {
            records += gone.records;
            let act = Act::now(person.map(str::to_owned), Deed::Erased { reason, gone: gone.of_days() });
            append(transaction, keys, last, &act.into())?;
        }
    }
    Ok(records)
}

/// Looks at each record of a backup. Gives its keys, with a new one for the database, and the last seal.
fn verified(
    backup: &Path,
    pass_phrase: &SecretString,
    environment: Environment,
) -> Result<(Keys, Seal), ReplacementError> {
    let not_read = |_| ReplacementError::NotRead(backup.to_owned());
    let mut connection = open_connection(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(not_read)?;
    connection.pragma_update(None, "key", pass_phrase.expose_secret())?;
    let keys = keys_of(&connection).map_err(|_| ReplacementError::NotOpened(backup.to_owned()))?;
    let verification = verify::look(&mut connection, &keys, None, &["keys"])?;
    // Indexes are made anew.
    let faults = verification.faults.iter().filter(|fault| !matches!(fault, Fault::Index(_)));
    match faults.count() {
        0 => fits(&connection, environment).map(|()| (keys, verification.seal)),
        faults => Err(ReplacementError::NotIntact { file: backup.to_owned(), faults }),
    }
}

/// Whether the visits in a log, if there are any, are such as `environment` records.
fn fits(connection: &Connection, environment: Environment) -> Result<(), ReplacementError> {
    let (has_demo, has_real): (bool, bool) = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM records WHERE environment = ?1),
                EXISTS (SELECT 1 FROM records WHERE environment <> ?1)",
        [Environment::Simulator.name()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    match (environment == Environment::Simulator, has_demo, has_real) {
        (true, _, true) => Err(ReplacementError::NotTheDemos),
        (false, true, false) => Err(ReplacementError::TheDemos),
        (true, _, false) | (false, false, _) | (false, true, true) => Ok(()),
    }
}

fn keys_of(connection: &Connection) -> Result<Keys, VisitsError> {
    let mut statement =
        connection.prepare("SELECT code_hash, until FROM keys ORDER BY until IS NULL, until")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?)))?;
    let mut keys = rows.collect::<Result<Vec<([u8; 32], Option<i64>)>, _>>()?;
    let Some((code_hash, None)) = keys.pop() else { return Err(VisitsError::Unreadable) };
    let earlier = keys.into_iter().map(|(code_hash, until)| {
        Ok(EarlierKey { code_hash, until: until.ok_or(VisitsError::Unreadable)?.cast_unsigned() })
    });
    Keys::of_codes(code_hash, earlier.collect::<Result<_, VisitsError>>()?).map_err(|_| VisitsError::Disk)
}
