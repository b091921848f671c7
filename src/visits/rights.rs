//! What the person whose code it is may ask for: to learn what is known of it, and that it is deleted.

use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params_from_iter};
use tokio::sync::oneshot;

use super::columns::{RECORDED, recorded};
use super::connection::cause;
use super::database::{Database, append, head};
use super::keys::{CodeHash, Keys};
use super::known::is_there;
use super::record::{Act, Deed, Recorded, UnreadableRecord};
use super::retention::delete_contents;
use super::seal::Seal;
use super::store::{answer_in, open_patiently};
use super::{Config, VisitsError};
use crate::code::Code;

/// For so long the disk may give records for an erasure: millions take seconds.
const SEARCH_LIMIT: Duration = Duration::from_secs(5 * 60);

/// The records that have these hashes, oldest first of each. The index tells where to look; whose record it is stands in
/// the record alone.
pub(super) fn found(
    transaction: &Transaction<'_>,
    hashes: &[CodeHash],
) -> Result<Vec<Result<Recorded, UnreadableRecord>>, VisitsError> {
    static FIND: LazyLock<String> = LazyLock::new(|| {
        let columns = RECORDED.replace(", ", ", record.");
        format!(
            "SELECT record.{columns} FROM records AS entry INDEXED BY records_by_code
             CROSS JOIN records AS record NOT INDEXED
             ON record.sequence = entry.sequence AND record.at = entry.at AND record.code_hash = entry.code_hash
             WHERE entry.code_hash = ?1 ORDER BY entry.at"
        )
    });
    let mut found = Vec::new();
    let mut statement = transaction.prepare_cached(&FIND)?;
    for hash in hashes {
        let mut rows = statement.query([hash.0])?;
        while let Some(row) = rows.next()? {
            found.extend(recorded(row).transpose());
        }
    }
    Ok(found)
}

/// Which records have a code, among all up to one of them.
#[derive(Debug)]
pub(super) struct Search {
    code: Code,
    /// The numbers of those that have it.
    sequences: Vec<i64>,
    /// The last record that was looked at.
    last: Seal,
}

impl Search {
    /// As [`Search::through`], for as long as anybody may wait for it.
    pub(super) async fn begin(config: Config, code: Code) -> Result<Self, VisitsError> {
        in_thread(SEARCH_LIMIT, move || Self::through(&config, code)).await
    }

    /// Looks through all records, on a connection of its own: that takes seconds where there are millions, for which
    /// no visitor's record shall wait.
    pub(super) fn through(config: &Config, code: Code) -> Result<Self, VisitsError> {
        let (keys, mut connection, _used) = open_patiently(config, Database::open)?.into_parts();
        let looked = look(&mut connection, &keys, code);
        looked.map_err(|error| cause(&connection, error))
    }

    /// Deletes what is known of the code, and leaves a receipt, even if that is nothing: all of it or, where that fails,
    /// nothing. Gives how many records those were.
    pub(super) fn erase(
        mut self,
        transaction: &Transaction<'_>,
        keys: &Keys,
        last: &mut Seal,
        person: Option<String>,
        reason: String,
    ) -> Result<u64, VisitsError> {
        transaction.execute("DELETE FROM held WHERE code_hash = ?1", [keys.hash(&self.code).0])?;
        let hashes = keys.all_hashes(&self.code);
        // What came meanwhile was not looked at; nothing was, where another log took the place of that one.
        let looked = if is_there(transaction, self.last)? { self.last.sequence } else { 0 };
        self.sequences.extend(sequences_of(transaction, &hashes, looked)?);
        // Whose record it is stands in the record alone.
        let these = format!(
            "SELECT sequence, at FROM records NOT INDEXED
             WHERE sequence IN (SELECT value FROM json_each(?)) AND code_hash IN ({})",
            places(&hashes)
        );
        // Numbers alone are serialised.
        let mut values = vec![Value::from(serde_json::to_string(&self.sequences).unwrap_or_default())];
        values.extend(hashes.iter().map(|hash| Value::from(hash.0.to_vec())));
        let gone = delete_contents(transaction, &these, params_from_iter(values))?.of_days();
        let records = gone.records;
        append(transaction, keys, last, &Act::now(person, Deed::Erased { reason, gone }).into())?;
        Ok(records)
    }
}

fn look(connection: &mut Connection, keys: &Keys, code: Code) -> Result<Search, VisitsError> {
    let transaction = connection.transaction()?;
    let sequences = sequences_of(&transaction, &keys.all_hashes(&code), 0)?;
    Ok(Search { code, sequences, last: head(&transaction)? })
}

/// The numbers of the records behind `after` that have one of these hashes, by the records themselves: whoever has the
/// log's key may have emptied the index.
pub(super) fn sequences_of(
    connection: &Connection,
    hashes: &[CodeHash],
    after: u64,
) -> Result<Vec<i64>, VisitsError> {
    let select = format!(
        "SELECT sequence FROM records NOT INDEXED WHERE sequence > {after} AND code_hash IN ({})",
        places(hashes)
    );
    let mut statement = connection.prepare(&select)?;
    let sequences =
        statement.query_map(params_from_iter(hashes.iter().map(|hash| hash.0)), |row| row.get(0))?;
    Ok(sequences.collect::<Result<_, _>>()?)
}

/// The places of these hashes in a statement.
fn places(hashes: &[CodeHash]) -> String {
    vec!["?"; hashes.len()].join(", ")
}

/// Does what blocks on the disk in a thread of its own, so that no program that ends waits for a disk that never answers.
async fn in_thread<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, VisitsError> + Send + 'static,
) -> Result<T, VisitsError> {
    let (reply, answer) = oneshot::channel();
    let work = move || {
        // Whoever asked may wait no longer.
        let _ = reply.send(work());
    };
    let thread = thread::Builder::new().name("erasure".to_owned()).spawn(work);
    thread.map_err(|error| VisitsError::from_io(&error))?;
    answer_in(limit, answer).await
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_disk_that_never_answers_holds_nobody_up() {
        let (_release, held) = mpsc::channel::<()>();
        let hang = move || held.recv().map_err(|_| VisitsError::Disk);
        assert_eq!(in_thread(Duration::from_millis(20), hang).await, Err(VisitsError::TimedOut));
    }
}
