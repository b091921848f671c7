//! Who has a PIN is sealed: whoever has the database's key could put a row back that was taken away, or a page of it.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::super::VisitsError;
use super::super::columns::deed;
use super::super::database::{append, head};
use super::super::keys::{Keys, SealKey, to_hex};
use super::super::record::{Act, Deed};
use super::super::seal::{Seal, Sealed};

/// Whether the people who have a PIN are those of the last receipt that seals them.
pub(in crate::visits) fn are_sealed(connection: &Connection, keys: &Keys) -> Result<bool, VisitsError> {
    match last(connection)? {
        Some((sequence, digest)) => Ok(digest == self::digest(connection, &keys.seal_key(sequence))?),
        None => Ok(!connection.prepare("SELECT 1 FROM people")?.exists([])?),
    }
}

/// Seals them as they are.
pub(in crate::visits) fn seal(
    transaction: &Transaction<'_>,
    keys: &Keys,
    last: &mut Seal,
) -> Result<(), VisitsError> {
    let digest = digest(transaction, &keys.seal_key(last.sequence + 1))?;
    append(transaction, keys, last, &Act::now(None, Deed::People { digest }).into())
}

/// Seals those of a log from before that, as they are found.
pub(in crate::visits) fn begin(transaction: &Transaction<'_>, keys: &Keys) -> Result<(), VisitsError> {
    if last(transaction)?.is_none() && !are_sealed(transaction, keys)? {
        seal(transaction, keys, &mut head(transaction)?)
    } else {
        Ok(())
    }
}

/// The number and the digest of the last receipt that seals them.
fn last(connection: &Connection) -> Result<Option<(u64, String)>, VisitsError> {
    let last = connection
        .prepare_cached(
            r#"SELECT sequence, deed FROM records WHERE kind = 'receipt' AND deed LIKE '{"act":"people"%'
             ORDER BY sequence DESC LIMIT 1"#,
        )?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, String>(1)?)))
        .optional()?;
    Ok(last.map(|(sequence, text)| match deed(&text) {
        Ok(Deed::People { digest }) => (sequence, digest),
        // What is none seals nobody.
        Ok(_) | Err(_) => (sequence, String::new()),
    }))
}

fn digest(connection: &Connection, key: &SealKey) -> Result<String, VisitsError> {
    let mut statement =
        connection.prepare_cached("SELECT name, role, salt, pin FROM people ORDER BY name")?;
    let mut rows = statement.query([])?;
    let (mut digests, mut people) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let mut content = Vec::new();
        for column in ["name", "role", "salt", "pin"] {
            content.push((column, row.get_ref(column)?));
        }
        people += 1;
        digests.extend(Sealed::new(b"people", content).digest(key, people));
    }
    let all = rusqlite::types::ValueRef::Blob(&digests);
    Ok(to_hex(&Sealed::new(b"people", [("all", all)]).digest(key, people)))
}
