//! Statistics of visits.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::types::ValueRef;
use rusqlite::{Row, named_params};
use serde::Serialize;

use super::VisitsError;
use super::columns::timestamp;
use super::query::{Filter, Reader};
use crate::entry::{Cause, Decision};

/// Visits are counted by the quarters of an hour, in milliseconds: no zone is off from UTC by less, so that all of a
/// quarter's have the same hour and day, whatever the zone is.
const QUARTER: i64 = 15 * 60 * 1000;

/// How many visits were decided in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them, without check-outs: those are no visits more.
    pub visits: u64,
    /// Those that were admitted.
    pub admit: u64,
    /// Those that were refused.
    pub refuse: u64,
    /// Those that were not verified.
    pub unverified: u64,
    /// How many checked out.
    pub check_out: u64,
}

/// How long the service took, in milliseconds: so many of a hundred answers took no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ServiceTimes {
    /// How many answers there are.
    pub answers: u64,
    /// Half of them.
    pub p50: u32,
    /// 95 of a hundred.
    pub p95: u32,
    /// 99 of a hundred.
    pub p99: u32,
    /// The longest.
    pub max: u32,
}

/// What visits come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All together.
    pub all: Counts,
    /// By reason.
    pub reasons: BTreeMap<String, u64>,
    /// By how the code was shown; `desk` for somebody's word there, `none` where there was no code.
    pub sources: BTreeMap<String, u64>,
    /// By the hour of the day.
    pub hours: BTreeMap<i8, Counts>,
    /// By day.
    pub days: BTreeMap<Date, Counts>,
    /// How long the service took, where it answered.
    pub service: Option<ServiceTimes>,
    /// How many records cannot be read, and are counted nowhere else.
    pub unreadable: u64,
}

impl Reader {
    /// The statistics of the visits that a filter lets through; hours and days are those of `zone`.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub fn statistics(&mut self, filter: &Filter, zone: &TimeZone) -> Result<Statistics, VisitsError> {
        // The index holds all but the entrance: no record is read where none is asked for.
        let entrance = if filter.entrance.is_some() { "entrance = :entrance" } else { ":entrance IS NULL" };
        let decision = if filter.decision.is_some() { "decision = :decision" } else { ":decision IS NULL" };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT at, decision, reason, source, service_ms FROM records INDEXED BY records_by_time
             WHERE at IS NOT NULL AND at >= :since AND at <= :last AND reason IS NOT NULL
                AND {decision} AND {entrance}"
        ))?;
        let mut rows = statement.query(named_params! {
            ":since": filter.since(),
            ":last": filter.last(),
            ":decision": filter.decision,
            ":entrance": filter.entrance,
        })?;
        let mut tally = Tally::default();
        while let Some(row) = rows.next()? {
            if tally.take(row, zone).is_err() {
                tally.statistics.unreadable += 1;
            }
        }
        tally.finish(zone)
    }
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    statistics: Statistics,
    quarter: Option<i64>,
    /// Few enough to be searched one by one.
    kinds: Vec<Kind>,
    /// How many answers took so many milliseconds.
    service: HashMap<u32, u64>,
}

/// Visits that are alike.
struct Kind {
    decision: Decision,
    reason: String,
    source: String,
    visits: u64,
    /// Those of the quarter.
    of_quarter: u64,
}

impl Tally {
    /// Counts a visit, or nothing of one that cannot be read.
    fn take(&mut self, row: &Row<'_>, zone: &TimeZone) -> Result<(), VisitsError> {
        let text = |column| match row.get_ref(column)? {
            ValueRef::Null => Ok("none"),
            value => value.as_str().map_err(|_| VisitsError::Unreadable),
        };
        let quarter = row.get::<_, i64>(0)?.div_euclid(QUARTER);
        let is_next = self.quarter != Some(quarter);
        if is_next {
            timestamp(quarter.saturating_mul(QUARTER))?;
        }
        let (decision, reason, source) = (text(1)?, text(2)?, text(3)?);
        // Whoever has no code touches a button; all else without a source is somebody's word.
        let is_word = source == "none" && reason != Decision::Unverified(Cause::NoCode).reason_name();
        let source = if is_word { "desk" } else { source };
        let milliseconds: Option<u32> = row.get(4)?;
        let is_alike =
            |kind: &Kind| kind.decision.name() == decision && kind.reason == reason && kind.source == source;
        let kind = match self.kinds.iter().position(is_alike) {
            Some(kind) => kind,
            None => {
                self.kinds.push(Kind {
                    decision: Decision::from_names(decision, reason).ok_or(VisitsError::Newer)?,
                    reason: reason.to_owned(),
                    source: source.to_owned(),
                    visits: 0,
                    of_quarter: 0,
                });
                self.kinds.len() - 1
            }
        };
        if is_next {
            self.close_quarter(zone)?;
            self.quarter = Some(quarter);
        }
        self.kinds[kind].of_quarter += 1;
        if let Some(milliseconds) = milliseconds {
            *self.service.entry(milliseconds).or_default() += 1;
        }
        Ok(())
    }

    fn close_quarter(&mut self, zone: &TimeZone) -> Result<(), VisitsError> {
        let Some(quarter) = self.quarter else { return Ok(()) };
        let time = timestamp(quarter * QUARTER)?.to_zoned(zone.clone());
        let hour = self.statistics.hours.entry(time.hour()).or_default();
        let day = self.statistics.days.entry(time.date()).or_default();
        for kind in &mut self.kinds {
            let visits = std::mem::take(&mut kind.of_quarter);
            kind.visits += visits;
            for counts in [&mut self.statistics.all, &mut *hour, &mut *day] {
                counts.add(kind.decision, visits);
            }
        }
        Ok(())
    }

    fn finish(mut self, zone: &TimeZone) -> Result<Statistics, VisitsError> {
        self.close_quarter(zone)?;
        for kind in self.kinds {
            *self.statistics.reasons.entry(kind.reason).or_default() += kind.visits;
            *self.statistics.sources.entry(kind.source).or_default() += kind.visits;
        }
        self.statistics.service = service_times(self.service);
        Ok(self.statistics)
    }
}

impl Counts {
    fn add(&mut self, decision: Decision, visits: u64) {
        let (count, is_visit) = match decision {
            Decision::Admit | Decision::AdmitByDesk => (&mut self.admit, true),
            Decision::Refuse(_) => (&mut self.refuse, true),
            Decision::Unverified(_) => (&mut self.unverified, true),
            Decision::CheckOut => (&mut self.check_out, false),
        };
        *count += visits;
        self.visits += if is_visit { visits } else { 0 };
    }
}

fn service_times(counts: HashMap<u32, u64>) -> Option<ServiceTimes> {
    let counts: BTreeMap<u32, u64> = counts.into_iter().collect();
    let answers: u64 = counts.values().sum();
    let max = *counts.last_key_value()?.0;
    let within = |percent: u64| {
        let mut left = (percent * answers).div_ceil(100);
        let found = counts.iter().find(|(_, count)| {
            left = left.saturating_sub(**count);
            left == 0
        });
        found.map_or(max, |(milliseconds, _)| *milliseconds)
    };
    Some(ServiceTimes { answers, p50: within(50), p95: within(95), p99: within(99), max })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_of_a_hundred_answers_took_no_longer() {
        let of = |times: &[u32]| {
            let mut counts = HashMap::new();
            times.iter().for_each(|time| *counts.entry(*time).or_default() += 1);
            service_times(counts).map(|times| (times.p50, times.p95, times.p99, times.max))
        };
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!(of(&hundred), Some((50, 95, 99, 100)));
        assert_eq!(of(&[7]), Some((7, 7, 7, 7)));
        assert_eq!(of(&[1, 1, 1, 900]), Some((1, 900, 900, 900)));
        assert_eq!(of(&[]), None);
    }
}
