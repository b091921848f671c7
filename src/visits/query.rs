//! Reading much of the log beside those who write it: on a connection of its own, in one read transaction, record by
//! record, so that nobody waits and nothing is held.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};

use super::columns::{RECORDED, recorded};
use super::database::Database;
use super::lost::lost;
use super::replacement::Used;
use super::{Config, Lost, Recorded, UnreadableRecord, VisitsError};

/// Which records are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// From this time on.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Visits with this decision alone, by its word.
    pub decision: Option<String>,
    /// Visits at this entrance alone.
    pub entrance: Option<String>,
    /// Whether acts are among them. They have neither a decision nor an entrance.
    pub with_acts: bool,
}

/// A page of the records that a filter lets through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// Those before the record of this number.
    pub before: Option<u64>,
    /// At the most so many: the newest of them.
    pub limit: Option<u32>,
}

/// A connection that only reads.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
    _used: Used,
}

/// The numbers from the first to the last record that a filter may let through.
#[derive(Debug, Clone, Copy)]
struct Range {
    first: i64,
    last: i64,
}

impl Reader {
    /// Opens the log.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(config: &Config) -> Result<Self, VisitsError> {
        let (_, connection, used) = Database::open(config)?.into_parts();
        connection.pragma_update(None, "query_only", true)?;
        Ok(Self { connection, _used: used })
    }

    /// What the log says that it has lost, as long as that would be kept.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub fn lost(&self, config: &Config) -> Result<Vec<Lost>, VisitsError> {
        lost(&self.connection, config, Timestamp::now())
    }

    /// Calls `take` for each record of a page, oldest first. What others write meanwhile is not among them, and what
    /// cannot be read is for `take` to judge.
    ///
    /// # Errors
    /// Those of `take`, and why the log cannot be read.
    pub fn each<E: From<VisitsError>>(
        &mut self,
        filter: &Filter,
        page: Page,
        mut take: impl FnMut(Result<Recorded, UnreadableRecord>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(error.into());
        let transaction = self.connection.transaction().map_err(failed)?;
        let Some(range) = filter.range(&transaction, page)? else { return Ok(()) };
        let (select, values) = filter.select(&RECORDED, range, "ASC");
        let mut statement = transaction.prepare_cached(&select).map_err(failed)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            if let Some(recorded) = recorded(row).transpose() {
                take(recorded)?;
            }
        }
        Ok(())
    }
}

impl Reader {
    /// The newest visits from a time on, by their times and at the most `limit`, newest first. They are found by the index,
    /// without a look at all others of that time.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub fn newest_visits(
        &self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Result<Recorded, UnreadableRecord>>, VisitsError> {
        let select = format!(
            "SELECT {} FROM records INDEXED BY records_by_time
             WHERE at IS NOT NULL AND at >= ?1 AND kind = 'visit' ORDER BY at DESC LIMIT ?2",
            *RECORDED
        );
        let mut statement = self.connection.prepare(&select)?;
        let newest = statement
            .query_map(params![since.as_millisecond(), limit], |row| Ok(recorded(row).transpose()))?;
        Ok(newest.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }
}

impl Filter {
    /// The start in the database's terms.
    pub(super) fn since(&self) -> i64 {
        self.since.map_or(i64::MIN, Timestamp::as_millisecond)
    }

    /// The last time in the database's terms.
    pub(super) fn last(&self) -> i64 {
        self.until.map_or(i64::MAX, |until| until.as_millisecond() - 1)
    }

    /// The numbers of a page's records; none where there are no records.
    fn range(&self, transaction: &Transaction<'_>, page: Page) -> Result<Option<Range>, VisitsError> {
        let last = page
            .before
            .map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX).saturating_sub(1));
        let mut range = Range { first: 1, last };
        // The newest records are at hand. Others are looked for by their times, which those whose content was
        // deleted have no more. Times do not always grow with the numbers, so both ends count.
        if self.since.is_some() || self.until.is_some() || page.limit.is_none() {
            let of_times: (Option<i64>, Option<i64>) = transaction.query_row(
                "SELECT min(sequence), max(sequence) FROM records INDEXED BY records_by_time
                 WHERE at IS NOT NULL AND at >= ?1 AND at <= ?2",
                [self.since(), self.last()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let (Some(first), Some(newest)) = of_times else { return Ok(None) };
            range = Range { first, last: last.min(newest) };
        }
        let Some(limit) = page.limit else { return Ok(Some(range)) };
        if limit == 0 {
            return Ok(None);
        }
        let (select, mut values) = self.select("sequence", range, "DESC");
        values.push(Value::from(limit - 1));
        // Where there are no more records than that, the page begins with the first.
        let first = transaction
            .prepare_cached(&format!("{select} LIMIT 1 OFFSET ?"))?
            .query_row(params_from_iter(values), |row| row.get(0))
            .optional()?;
        Ok(Some(Range { first: first.unwrap_or(range.first), ..range }))
    }

    /// The statement that reads these columns of the filter's records in a range, and its parameters. What is not
    /// asked for is no condition: each costs its time at each record.
    fn select(&self, columns: &str, range: Range, order: &str) -> (String, Vec<Value>) {
        let mut select = format!("SELECT {columns} FROM records");
        // Few are not admitted: they have an index. Those who are stand everywhere.
        match self.decision.as_deref() {
            None | Some("admit") => select.push_str(" NOT INDEXED WHERE sequence >= ? AND sequence <= ?"),
            // The condition is the index's own.
            Some(_) => select.push_str(
                " INDEXED BY records_by_decision WHERE decision <> 'admit' AND sequence >= ? AND sequence <= ?",
            ),
        }
        let mut values = vec![Value::from(range.first), Value::from(range.last)];
        let mut and = |condition: &str, value: Option<Value>| {
            if let Some(value) = value {
                select.push_str(" AND ");
                select.push_str(condition);
                values.push(value);
            }
        };
        and("at >= ?", self.since.map(|since| since.as_millisecond().into()));
        and("at < ?", self.until.map(|until| until.as_millisecond().into()));
        and("decision = ?", self.decision.clone().map(Value::from));
        and("entrance = ?", self.entrance.clone().map(Value::from));
        let kinds = if self.with_acts { "kind <> 'purged'" } else { "kind = 'visit'" };
        (format!("{select} AND {kinds} ORDER BY sequence {order}"), values)
    }
}
