//! New keys for the log.

use std::path::Path;

use rusqlite::TransactionBehavior;

use super::connection::real_path;
use super::database::{append, head};
use super::record::{Act, Deed};
use super::replacement::{Alone, NewKeys, Prepared, ReplacementError, settle};
use super::{Config, VisitsError};

/// Writes the log anew with a new key, and has later records hashed and sealed with another one. The earlier key of
/// the codes stays among the keys, as earlier records are found by it.
///
/// Whoever is held is so by the earlier key, and is no longer.
///
/// # Errors
/// Why the log is as it was.
pub fn rotate(config: &Config, person: Option<String>, named: Option<&Path>) -> Result<(), ReplacementError> {
    let new_keys = NewKeys::of(&config.keys, named)?;
    let _alone = Alone::with(config)?;
    let (keys, last) = settle(config)?;
    let renewed = keys.renewed(last.sequence).map_err(|_| VisitsError::Disk)?;
    let place = real_path(&config.path)?;
    let mut prepared = Prepared::copy(config, &place, &keys.raw_key(), renewed)?;
    let transaction = prepared.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM held", [])?;
    append(
        &transaction,
        &prepared.keys,
        &mut head(&transaction)?,
        &Act::now(person, Deed::KeysRotated).into(),
    )?;
    transaction.commit()?;
    prepared.install(None, &new_keys)
}
