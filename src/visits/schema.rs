//! The tables, and how each version of them becomes the next.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};

use super::columns::{CONTENT, PURGED};
use super::database::{append, head};
use super::keys::Keys;
use super::record::{Act, Deed, Gone};
use super::seal::{SALT_LENGTH, Seal, Sealed};
use super::{VisitsError, people};

type Migration = fn(&Transaction<'_>, &Keys) -> Result<(), VisitsError>;

/// Each entry brings the schema from its index to the next version (`user_version`).
const MIGRATIONS: [Migration; 8] = [make, hold, seal, index, guard, staff, people::begin, guess];

/// The version that brought the seals.
const SEALED: u32 = 3;

/// Brings the schema up to date.
pub(super) fn migrate(connection: &mut Connection, keys: &Keys) -> Result<(), VisitsError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = MIGRATIONS.get(version as usize..).ok_or(VisitsError::Newer)?;
    if version < SEALED && is_younger(&transaction, keys)? {
        return Err(VisitsError::Altered);
    }
    for migration in missing {
        migration(&transaction, keys)?;
    }
    if !missing.is_empty() {
        transaction.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    }
    transaction.commit()?;
    Ok(())
}

/// What the program makes, by its kind and name.
type Objects = BTreeMap<(String, String), String>;

/// Refuses a log in which there is anything that the program did not make, or not all of what it made: a trigger could
/// copy what is to be deleted, or leave out what is to be recorded.
pub(super) fn check(connection: &Connection, keys: &Keys) -> Result<(), VisitsError> {
    // A newer program brought it up to date, beside one that is running.
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version as usize > MIGRATIONS.len() {
        return Err(VisitsError::Newer);
    }
    if alterations(connection, keys, &[])?.is_empty() { Ok(()) } else { Err(VisitsError::Altered) }
}

/// The names of the tables, indexes, triggers and views that are not as the program makes them in a log of this
/// version, those tables aside that may be there `besides`.
pub(super) fn alterations(
    connection: &Connection,
    keys: &Keys,
    besides: &[&str],
) -> Result<Vec<String>, VisitsError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let mut ours = super::connection::open_connection(Path::new(":memory:"), OpenFlags::default())?;
    let transaction = ours.transaction()?;
    for migration in MIGRATIONS.iter().take(version as usize) {
        migration(&transaction, keys)?;
    }
    let (made, mut found) = (objects(&transaction)?, objects(connection)?);
    let mut altered: Vec<String> = Vec::new();
    for (object, sql) in &made {
        if found.remove(object).as_ref() != Some(sql) {
            altered.push(object.1.clone());
        }
    }
    let is_besides = |(kind, name): &(String, String)| kind == "table" && besides.contains(&name.as_str());
    altered.extend(found.into_keys().filter(|object| !is_besides(object)).map(|(_, name)| name));
    Ok(altered)
}

/// Everything in a schema. How its statements were laid out has no meaning; what else looks like a blank is a letter to
/// SQLite.
fn objects(connection: &Connection) -> Result<Objects, VisitsError> {
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    let mut objects = Objects::new();
    while let Some(row) = rows.next()? {
        let (table, sql): (String, String) = (row.get(2)?, row.get(3)?);
        let words: Vec<&str> = std::iter::once(table.as_str()).chain(sql.split_ascii_whitespace()).collect();
        objects.insert((row.get(0)?, row.get(1)?), words.join(" "));
    }
    Ok(objects)
}

/// Whether the log cannot be older than the seals, whatever its version says. To seal it as it is found would hide
/// what was done with it.
fn is_younger(transaction: &Transaction<'_>, keys: &Keys) -> Result<bool, VisitsError> {
    let (columns, seals): (u32, u32) = transaction.query_row(
        "SELECT count(*), count(*) FILTER (WHERE name IN ('salt', 'digest', 'seal'))
         FROM pragma_table_info('records')",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(seals > 0 || columns > 0 && keys.seal_from_the_first)
}

fn make(transaction: &Transaction<'_>, _: &Keys) -> Result<(), VisitsError> {
    transaction.execute_batch(
        "CREATE TABLE records (
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
        CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;",
    )?;
    Ok(())
}

fn hold(transaction: &Transaction<'_>, _: &Keys) -> Result<(), VisitsError> {
    transaction.execute_batch(
        "CREATE TABLE held (
            environment TEXT NOT NULL,
            code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
            until INTEGER NOT NULL,
            PRIMARY KEY (environment, code_hash)
        ) STRICT, WITHOUT ROWID;",
    )?;
    Ok(())
}

/// Seals the records that were there before there were seals, as they are found.
fn seal(transaction: &Transaction<'_>, keys: &Keys) -> Result<(), VisitsError> {
    transaction.execute_batch(
        "DROP TRIGGER IF EXISTS records_are_not_deleted;
        DROP TRIGGER IF EXISTS records_are_not_changed;
        ALTER TABLE records ADD COLUMN person TEXT;
        ALTER TABLE records ADD COLUMN deed TEXT;
        ALTER TABLE records ADD COLUMN salt BLOB CHECK (length(salt) = 16);
        ALTER TABLE records ADD COLUMN digest BLOB CHECK (length(digest) = 32);
        ALTER TABLE records ADD COLUMN seal BLOB CHECK (length(seal) = 32);
        CREATE INDEX receipts ON records (sequence) WHERE kind = 'receipt';",
    )?;
    let gone = seal_all(transaction, keys)?;
    transaction.execute_batch(
        "CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records
        BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
        CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
        WHEN NEW.kind <> 'purged' OR OLD.kind = 'receipt' OR NEW.sequence <> OLD.sequence
            OR NEW.digest IS NOT OLD.digest OR NEW.seal IS NOT OLD.seal
        BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;",
    )?;
    if let Some(gone) = gone {
        append(transaction, keys, &mut head(transaction)?, &Act::now(None, Deed::SealBegun(gone)).into())?;
    }
    Ok(())
}

/// A record whose content is deleted has none, so that nothing can be put into its place either.
fn guard(transaction: &Transaction<'_>, _: &Keys) -> Result<(), VisitsError> {
    let is_left = CONTENT[1..].iter().map(|column| format!("NEW.{column} IS NOT NULL")).collect::<Vec<_>>();
    transaction.execute_batch(&format!(
        "DROP TRIGGER records_are_not_changed;
        CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
        WHEN NEW.kind <> '{PURGED}' OR OLD.kind = 'receipt' OR NEW.sequence <> OLD.sequence
            OR NEW.digest IS NOT OLD.digest OR NEW.seal IS NOT OLD.seal OR NEW.salt IS NOT NULL OR {}
        BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;",
        is_left.join(" OR ")
    ))?;
    Ok(())
}

/// What statistics are made of stands in the index of times, so that a day's need no other page; it takes as many
/// writes as before. Those who were not admitted are few: an index of them alone costs the others nothing.
fn index(transaction: &Transaction<'_>, _: &Keys) -> Result<(), VisitsError> {
    transaction.execute_batch(
        "DROP INDEX records_by_time; DROP INDEX IF EXISTS records_by_decision;
        CREATE INDEX records_by_time ON records (at, decision, reason, source, service_ms) WHERE at IS NOT NULL;
        CREATE INDEX records_by_decision ON records (decision) WHERE decision <> 'admit';",
    )?;
    Ok(())
}

/// Who may work at the desk.
fn staff(transaction: &Transaction<'_>, _: &Keys) -> Result<(), VisitsError> {
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS people (
            name TEXT PRIMARY KEY,
            role TEXT NOT NULL,
            salt BLOB NOT NULL CHECK (length(salt) = 16),
            pin BLOB NOT NULL CHECK (length(pin) = 32)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS pin_tries (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            wrong INTEGER NOT NULL,
            locked_until INTEGER NOT NULL
        ) STRICT;",
    )?;
    Ok(())
}

/// How many PINs were wrong before a guard entered one's own, and since when. Those so far are forgotten.
fn guess(transaction: &Transaction<'_>, _: &Keys) -> Result<(), VisitsError> {
    transaction.execute_batch(
        "DROP TABLE pin_tries;
        CREATE TABLE pin_tries (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            wrong INTEGER NOT NULL,
            locked_until INTEGER NOT NULL,
            earlier INTEGER NOT NULL,
            since INTEGER NOT NULL
        ) STRICT;",
    )?;
    Ok(())
}

/// Gives what had been deleted without a receipt; none where there were no records at all.
fn seal_all(transaction: &Transaction<'_>, keys: &Keys) -> Result<Option<Gone>, VisitsError> {
    let mut records = transaction.prepare("SELECT * FROM records ORDER BY sequence")?;
    let mut update =
        transaction.prepare("UPDATE records SET salt = ?2, digest = ?3, seal = ?4 WHERE sequence = ?1")?;
    let mut rows = records.query([])?;
    let (mut head, mut gone) = (Seal::OF_NOTHING, Gone::default());
    while let Some(row) = rows.next()? {
        let sequence = row.get_ref("sequence")?.as_i64().map_err(|_| VisitsError::Unreadable)?;
        let mut salt = [0; SALT_LENGTH];
        getrandom::fill(&mut salt).map_err(|_| VisitsError::Disk)?;
        let mut content = Vec::new();
        for column in CONTENT {
            content.push((column, row.get_ref(column)?));
        }
        let is_gone = content[0].1 == ValueRef::Text(b"purged");
        let key = keys.seal_key(head.sequence + 1);
        let digest = Sealed::new(&salt, content).digest(&key, head.sequence + 1);
        head = head.next(&key, &digest);
        if head.sequence.cast_signed() != sequence {
            return Err(VisitsError::Unreadable);
        }
        if is_gone {
            gone.note(head.sequence, None);
        }
        update.execute(params![sequence, (!is_gone).then_some(salt), digest, head.hash])?;
    }
    Ok((head != Seal::OF_NOTHING).then_some(gone))
}
