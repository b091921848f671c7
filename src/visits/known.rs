//! What a program knows of the log that it has open: whoever has the log's key may change it meanwhile.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::database::{append, head, seal_of};
use super::keys::Keys;
use super::record::{Act, Deed};
use super::seal::Seal;
use super::{VisitsError, schema};

/// What the log was when it was looked at last.
#[derive(Debug)]
pub(super) struct Known {
    /// The count of changes to the schema.
    schema: i64,
    /// The last record.
    pub(super) last: Seal,
}

impl Known {
    /// What the log is now, if there is nothing in it that the program did not make.
    pub(super) fn now(connection: &Connection, keys: &Keys) -> Result<Self, VisitsError> {
        // Counted first: what changes meanwhile is looked at again.
        let schema = changes(connection)?;
        schema::check(connection, keys)?;
        Ok(Self { schema, last: head(connection)? })
    }

    /// Refuses a log in which there is something now that the program did not make, and has one say so in which the last
    /// record is no more: it was cut, or an older copy or another log took its place. Gives the last record there is.
    pub(super) fn hold_against(
        &mut self,
        transaction: &Transaction<'_>,
        keys: &Keys,
    ) -> Result<Seal, VisitsError> {
        let schema = changes(transaction)?;
        if schema != self.schema {
            schema::check(transaction, keys)?;
            self.schema = schema;
        }
        let mut last = head(transaction)?;
        if self.last != last && self.last != Seal::OF_NOTHING && !is_there(transaction, self.last)? {
            tracing::error!(record = self.last.sequence, "a record that was written is not in the visit log");
            let deed = Deed::Missing { seal: Some(self.last.to_string()) };
            append(transaction, keys, &mut last, &Act::now(None, deed).into())?;
        }
        Ok(last)
    }
}

fn changes(connection: &Connection) -> Result<i64, VisitsError> {
    Ok(connection.prepare_cached("PRAGMA schema_version")?.query_row([], |row| row.get(0))?)
}

/// Whether the record of this seal is in the log.
pub(super) fn is_there(transaction: &Transaction<'_>, seal: Seal) -> Result<bool, VisitsError> {
    let there = transaction
        .prepare_cached("SELECT sequence, seal FROM records WHERE sequence = ?1")?
        .query_row([seal.sequence.cast_signed()], seal_of)
        .optional()?;
    Ok(there == Some(seal))
}
