//! Those who have a PIN, read from a log that takes nothing down: its disk is full, or may only be read.
//!
//! Wrong PINs lock there as they do in the log, for as long as the program runs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::super::connection::connect_to_read;
use super::super::keys::Keys;
use super::super::known::Known;
use super::super::{Config, VisitsError};
use super::{Credentials, Person, PinTry, Tries, WrongPin, are_sealed, credentials, tries};

/// The wrong PINs of which the log knows nothing.
#[derive(Debug, Default)]
pub struct Unrecorded(Mutex<Tries>);

impl Unrecorded {
    /// Begins to compare a PIN with those in the log, if one is taken now. Until [`Unrecorded::end_pin_try`] it counts as a
    /// wrong one. Blocks on the disk.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub fn begin_pin_try(&self, config: &Config) -> Result<PinTry, VisitsError> {
        let (credentials, logged) = read(config)?;
        if credentials.all.is_empty() {
            return Ok(PinTry::Nobody);
        }
        let mut tries = self.tries();
        let another = tries.and(logged).another(Timestamp::now());
        Ok(match another {
            Ok(another) => {
                *tries = another;
                PinTry::Begun(credentials)
            }
            Err(until) => PinTry::Locked(until),
        })
    }

    /// Takes note of whose PIN it was, or that it was nobody's. Gives what wrong PINs came to.
    pub fn end_pin_try(&self, person: Option<&Person>) -> WrongPin {
        let (mut tries, now) = (self.tries(), Timestamp::now());
        if let Some(person) = person {
            *tries = tries.after_right_one_of(person, now);
        }
        tries.wrong_at(now)
    }

    /// Until when no PIN is taken, whatever the log says.
    pub fn locked_until(&self) -> Option<Timestamp> {
        self.tries().wrong_at(Timestamp::now()).locked_until
    }

    fn tries(&self) -> MutexGuard<'_, Tries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everybody who has a PIN, read from a log that need not take anything down. Blocks on the disk.
///
/// # Errors
/// Why the log cannot be read.
pub fn read_people(config: &Config) -> Result<Vec<Person>, VisitsError> {
    Ok(read(config)?.0.all.into_iter().map(|credential| credential.person).collect())
}

/// What PINs are compared with, and how many were wrong as far as the log knows.
fn read(config: &Config) -> Result<(Credentials, Tries), VisitsError> {
    // Where there is no log, keys would be made for one.
    if !config.path.exists() {
        return Err(VisitsError::Gone);
    }
    let keys = Keys::load(&config.keys, &config.path)?;
    let connection = connect_to_read(&config.path, &keys)?;
    // Whoever has the log's key may have changed it.
    Known::now(&connection, &keys)?;
    if !are_sealed(&connection, &keys)? {
        return Err(VisitsError::Altered);
    }
    let all = credentials(&connection)?;
    Ok((Credentials { all, keys: keys.pin_keys() }, tries(&connection)?))
}

#[cfg(test)]
mod tests;
