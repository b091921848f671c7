//! A database that is damaged goes out of the way, and a new one begins with a note of that.
//!
//! One that another key opens is none of that, and looks the same. So the key's fingerprint lies beside the database: a
//! keyed hash of the salt with which the file begins. Where it fits, the key is right and the pages are not. Where it
//! does not, or is missing, nothing is touched.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::database::{append, has_failed_to_read, open_connection};
use super::keys::{Keys, to_hex};
use super::record::{Act, Deed};
use super::replacement::{DAMAGED, Prepared, aside_name, beside, exclusive, take_back};
use super::store::real_path;
use super::verify::{self, Fault};
use super::{Config, VisitsError};
use crate::draft::Draft;
use crate::private;

/// The length of the salt with which an SQLCipher database begins.
const SALT_LENGTH: usize = 16;

/// Remembers which key the open database has. Without that it is never set aside, so nothing else depends on it.
pub(super) fn remember(path: &Path, keys: &Keys, connection: &Connection) {
    // Whoever reads the file itself and closes it takes SQLite's locks away.
    let salt = connection.query_row("PRAGMA cipher_salt", [], |row| row.get::<_, String>(0));
    let (Ok(place), Ok(salt)) = (real_path(path), salt) else { return };
    let fingerprint = keys.fingerprint(&salt);
    let file = beside(&place, ".key-id");
    if fs::read_to_string(&file).is_ok_and(|there| there == fingerprint) {
        return;
    }
    let written = Draft::begin(&file).and_then(|(draft, mut writing)| {
        writing.write_all(fingerprint.as_bytes())?;
        draft.publish(&file)
    });
    // Another program writes the same.
    if let Err(error) = written
        && error.kind() != ErrorKind::ResourceBusy
    {
        tracing::warn!(%error, "the fingerprint of the log's key could not be written");
    }
}

/// Notes that a page could not be read, for whoever opens the database next.
pub(super) fn suspect(path: &Path) {
    if let Err(error) = real_path(path).and_then(|place| private::open_file(&beside(&place, ".suspect"))) {
        tracing::warn!(%error, "that the log is damaged could not be noted");
    }
}

/// Whether somebody could not read a page, or so little is left of the database that SQLite would begin a new one in it.
pub(super) fn is_suspect(path: &Path) -> bool {
    real_path(path).is_ok_and(|place| {
        let is_emptied = fs::metadata(&place).is_ok_and(|metadata| metadata.len() < SALT_LENGTH as u64);
        beside(&place, ".suspect").exists() || is_emptied && beside(&place, ".key-id").exists()
    })
}

/// Sets the database aside, if nobody uses it, if it is one of the key in place, and if it is damaged. Tells whether
/// it did, or found a suspicion unfounded.
pub(super) fn set_aside(config: &Config) -> Result<bool, VisitsError> {
    let place = real_path(&config.path).map_err(|error| VisitsError::from_io(&error))?;
    // Under another's eyes nothing is taken away.
    let Ok(_alone) = exclusive(config, Duration::ZERO) else { return Ok(false) };
    let Ok(keys) = Keys::load(&config.keys, &config.path) else { return Ok(false) };
    let Ok(known) = fs::read_to_string(beside(&place, ".key-id")) else { return Ok(false) };
    let salt = salt(&place).map_err(|error| VisitsError::from_io(&error))?;
    if salt.is_some_and(|salt| keys.fingerprint(&to_hex(&salt)) != known) {
        return Ok(false);
    }
    take_back(&place).map_err(|error| VisitsError::from_io(&error))?;
    if salt.is_some() && is_sound(&place, &keys)? {
        let _ = fs::remove_file(beside(&place, ".suspect"));
        return Ok(true);
    }
    let aside = aside_name(&place, DAMAGED);
    let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // Whoever comes after an interruption begins here again.
    suspect(&config.path);
    let mut prepared = Prepared::new(config, keys)?;
    let transaction = prepared.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    append(&transaction, &prepared.keys, &Act::now(None, Deed::SetAside { file: name }).into())?;
    transaction.commit()?;
    prepared.take_place(Some(&aside))?;
    let _ = fs::remove_file(beside(&place, ".suspect"));
    tracing::error!(file = %aside.display(), "the visit log is damaged and was set aside; a new one begins");
    Ok(true)
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

/// The salt with which the database begins; `None` where it has none any more.
fn salt(path: &Path) -> io::Result<Option<[u8; SALT_LENGTH]>> {
    let mut salt = [0; SALT_LENGTH];
    match File::open(path).and_then(|mut file| file.read_exact(&mut salt)) {
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => Err(error),
        // A disk gives zeros for what was never brought to it.
        _ => Ok(Some(salt).filter(|salt| *salt != [0; SALT_LENGTH])),
    }
}
