//! A database that is damaged goes out of the way, and a new one begins with a note of that.
//!
//! One that another key opens is none of that, and looks the same. So the salt with which the file begins lies beside
//! the database, too, with a keyed hash of it. Where that hash does not fit, or is missing, nothing is touched: the key is
//! another one. Where the salts are the same the key is right and the pages are not. Where they differ the pages tell,
//! each of which has a hash that is made with key and salt: if they all fit, the salt alone is damaged and is put back, if
//! some fit they are damaged, too, and if none does the file is the log of another key.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::connection::{has_failed_to_read, open_connection, real_path};
use super::database::{append, head};
use super::keys::{KeyError, Keys, from_hex};
use super::record::{Act, Deed};
use super::replacement::{DAMAGED, Prepared, aside_ending, beside, exclusive, take_back};
use super::verify::{self, Fault};
use super::{Config, VisitsError};
use crate::draft::Draft;
use crate::private;

/// The salt with which an SQLCipher database begins.
type Salt = [u8; 16];

/// The file that tells which keys a database has.
pub(super) const KEY_ID: &str = ".key-id";

/// The length of an SQLCipher database's pages.
const PAGE_LENGTH: u64 = 4096;

/// How many pages of a database were written with a key and a salt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pages {
    All,
    Some,
    None,
}

/// Remembers the open database's salt and its keys. Without that it is never set aside.
///
/// # Errors
/// The key of the codes was another one when the database was opened with this key of its own before.
pub(super) fn remember(path: &Path, keys: &Keys, connection: &Connection) -> Result<(), KeyError> {
    // Whoever reads the file itself and closes it takes SQLite's locks away.
    let salt = connection.query_row("PRAGMA cipher_salt", [], |row| row.get::<_, String>(0));
    let (Ok(place), Ok(salt)) = (real_path(path), salt) else { return Ok(()) };
    let database = format!("{salt} {}", keys.fingerprint(&salt));
    let known = format!("{database} {}", keys.code_fingerprint(&salt));
    let file = beside(&place, KEY_ID);
    match private::read_to_string(&file) {
        Ok(there) if there == known => return Ok(()),
        // One from before there was a fingerprint of the codes' key ends here.
        Ok(there) if there.strip_prefix(&database).is_some_and(|codes| !codes.is_empty()) => {
            return Err(KeyError::Changed);
        }
        Ok(_) | Err(_) => {}
    }
    let written = Draft::begin(&file).and_then(|(draft, mut writing)| {
        writing.write_all(known.as_bytes())?;
        draft.publish(&file)
    });
    // Another program writes the same.
    if let Err(error) = written
        && error.kind() != ErrorKind::ResourceBusy
    {
        tracing::warn!(%error, "the fingerprint of the log's key could not be written");
    }
    Ok(())
}

/// Notes that a page could not be read, for whoever opens the database next.
pub(super) fn suspect(path: &Path) {
    if let Err(error) = real_path(path).and_then(|place| private::open_file(&beside(&place, ".suspect"))) {
        tracing::warn!(%error, "that the log is damaged could not be noted");
    }
}

/// As [`suspect`], where another file took the database's name.
pub(super) fn suspect_other(path: &Path) {
    if path.exists() {
        suspect(path);
    }
}

/// What is left of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// The file, or one that a first log is made in.
    Log,
    /// So little of the file that SQLite would begin a new log in it.
    Remains,
    /// What tells that there was one.
    Name,
    /// Nothing: there never was one.
    Nothing,
}

/// What is left of the log that may have been here.
pub(super) fn left_of(path: &Path) -> Left {
    let was_here = real_path(path).is_ok_and(|place| beside(&place, KEY_ID).exists());
    match fs::metadata(path) {
        Ok(metadata) if was_here && metadata.len() < size_of::<Salt>() as u64 => Left::Remains,
        Err(error) if error.kind() == ErrorKind::NotFound && was_here => Left::Name,
        Err(error) if error.kind() == ErrorKind::NotFound => Left::Nothing,
        // Whoever opens it learns what is wrong with it.
        Ok(_) | Err(_) => Left::Log,
    }
}

/// Whether there was a log here, which is gone.
pub fn has_vanished(path: &Path) -> bool {
    left_of(path) == Left::Name
}

/// Whether somebody could not read a page, or not enough is left of the database.
pub(super) fn is_suspect(path: &Path) -> bool {
    let is_noted = real_path(path).is_ok_and(|place| beside(&place, ".suspect").exists());
    is_noted || matches!(left_of(path), Left::Remains | Left::Name)
}

/// Whether the file in the log's place begins as one of the keys in place did, or has no beginning any more.
pub(super) fn is_of_its_keys(config: &Config) -> bool {
    let (Ok(keys), Ok(place)) = (Keys::load(&config.keys, &config.path), real_path(&config.path)) else {
        return false;
    };
    let (known, salt) = (remembered(&place, &keys), salt(&place));
    known.is_some_and(|known| salt.is_ok_and(|salt| salt.is_none_or(|salt| salt == known)))
}

/// Sets the database aside, if nobody uses it, if it is one of the key in place, and if it is damaged or gone. Tells
/// whether it did, or found a suspicion unfounded.
pub(super) fn set_aside(config: &Config) -> Result<bool, VisitsError> {
    let place = real_path(&config.path).map_err(|error| VisitsError::from_io(&error))?;
    // Under another's eyes nothing is taken away.
    let Ok(_alone) = exclusive(config, Duration::ZERO) else { return Ok(false) };
    let Ok(keys) = Keys::load(&config.keys, &config.path) else { return Ok(false) };
    let Some(known) = remembered(&place, &keys) else { return Ok(false) };
    if !place.exists() {
        begin_anew(config, keys, Deed::Missing { seal: None }, None)?;
        tracing::error!("the visit log is gone; a new one begins");
        return Ok(true);
    }
    let failed = |error: io::Error| VisitsError::from_io(&error);
    let mut salt = salt(&place).map_err(failed)?;
    if salt != Some(known) {
        match (pages(&place, &keys, &known)?, salt) {
            (Pages::All, _) => {
                put_back(&place, &known).map_err(failed)?;
                salt = Some(known);
            }
            (Pages::None, Some(_)) => return Ok(false),
            // Where there is nothing at all there is no other log.
            (Pages::Some, _) | (Pages::None, None) => {}
        }
    }
    take_back(&place).map_err(failed)?;
    if salt == Some(known) && is_sound(&place, &keys)? {
        let _ = fs::remove_file(beside(&place, ".suspect"));
        return Ok(true);
    }
    let aside = beside(&place, &aside_ending(config, &place, DAMAGED));
    let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // Whoever comes after an interruption begins here again.
    suspect(&config.path);
    begin_anew(config, keys, Deed::SetAside { file: name }, Some(&aside))?;
    let _ = fs::remove_file(beside(&place, ".suspect"));
    tracing::error!(file = %aside.display(), "the visit log is damaged and was set aside; a new one begins");
    Ok(true)
}

/// Puts a new log, which begins with this deed, into the log's place.
fn begin_anew(config: &Config, keys: Keys, deed: Deed, aside: Option<&Path>) -> Result<(), VisitsError> {
    let mut prepared = Prepared::new(config, keys)?;
    let transaction = prepared.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    append(&transaction, &prepared.keys, &mut head(&transaction)?, &Act::now(None, deed).into())?;
    transaction.commit()?;
    prepared.take_place(aside)
}

/// Whether every page is what was written, and they fit together. A disk that fails now and then makes no database
/// unsound.
///
/// # Errors
/// Those of the disk.
fn is_sound(place: &Path, keys: &Keys) -> Result<bool, VisitsError> {
    let mut connection = open_connection(place, OpenFlags::default())?;
    connection.execute_batch(&keys.key_statement())?;
    // The write-ahead log may hold what a page in the database lacks.
    let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    let found = match emptied.map_err(VisitsError::from) {
        Ok(()) | Err(VisitsError::Unreadable) => damage(&mut connection),
        Err(error) => Err(error),
    };
    match found {
        Ok(damage) if damage.is_empty() => Ok(true),
        // SQLCipher calls damaged, too, what it could not read.
        Ok(_) | Err(VisitsError::Unreadable) if has_failed_to_read(&connection) => Err(VisitsError::Disk),
        Ok(_) | Err(VisitsError::Unreadable) => Ok(false),
        Err(error) => Err(error),
    }
}

fn damage(connection: &mut Connection) -> Result<Vec<Fault>, VisitsError> {
    verify::damage(&connection.transaction()?)
}

/// The salt that the database had when it was opened last, if that was with these keys.
fn remembered(place: &Path, keys: &Keys) -> Option<Salt> {
    let known = private::read_to_string(&beside(place, KEY_ID)).ok()?;
    let mut parts = known.split(' ');
    let (salt, fingerprint) = (parts.next()?, parts.next()?);
    if keys.fingerprint(salt) == fingerprint { from_hex(salt) } else { None }
}

/// How many pages of the database were written with these keys and this salt, which alone has no part in that.
fn pages(place: &Path, keys: &Keys, salt: &Salt) -> Result<Pages, VisitsError> {
    let pages = fs::metadata(place).map_err(|error| VisitsError::from_io(&error))?.len() / PAGE_LENGTH;
    let connection = open_connection(place, OpenFlags::default())?;
    connection.execute_batch(&keys.key_statement_with_salt(salt))?;
    let mut check = connection.prepare("PRAGMA cipher_integrity_check")?;
    let mut others = 0;
    let mut rows = check.query([])?;
    while rows.next()?.is_some() {
        others += 1;
    }
    if has_failed_to_read(&connection) {
        return Err(VisitsError::Disk);
    }
    Ok(match others {
        0 if pages > 0 => Pages::All,
        others if others < pages => Pages::Some,
        _ => Pages::None,
    })
}

/// Writes the salt with which the database began.
fn put_back(place: &Path, salt: &Salt) -> io::Result<()> {
    let mut file = File::options().write(true).open(place)?;
    file.write_all(salt)?;
    file.sync_all()?;
    tracing::error!("the first bytes of the visit log were damaged and were put back");
    Ok(())
}

/// The salt with which the database begins; `None` where it has none any more.
fn salt(path: &Path) -> io::Result<Option<Salt>> {
    let mut salt = Salt::default();
    match private::open_to_read(path).and_then(|mut file| file.read_exact(&mut salt)) {
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => Err(error),
        // A disk gives zeros for what was never brought to it.
        _ => Ok(Some(salt).filter(|salt| *salt != Salt::default())),
    }
}
