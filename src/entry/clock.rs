//! Decisions under a clock that may be wrong.

use jiff::{SignedDuration, Timestamp};

use super::{Cause, Decision, Policy, decide};
use crate::hes::{Answer, QueryError};

/// A clock that is off by no more than this is taken for right.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// By how much the clock may be off that says `now`; zero where it is right as far as anybody tells.
///
/// The service's time is the measure where its answer told it, as `ahead`, by which it is ahead of this
/// clock. Else the last record of the log tells that the clock went back, where it is of the future.
pub fn clock_doubt(
    ahead: Option<SignedDuration>,
    last_record: Option<Timestamp>,
    now: Timestamp,
) -> SignedDuration {
    let off = match (ahead, last_record) {
        (Some(ahead), _) => ahead.abs(),
        (None, Some(last_record)) => last_record.duration_since(now),
        (None, None) => SignedDuration::ZERO,
    };
    if off > TOLERANCE { off } else { SignedDuration::ZERO }
}

/// How far ahead of the last visit a clock may be that nobody confirms: a holiday, not a jump into another year.
const LONGEST_SILENCE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Whether what has reached its retention by a clock that says `now` may be deleted unasked. Deleted too early, a
/// record is lost for good.
///
/// The service's time is the measure where it told it, as in [`clock_doubt`]. Else the clock has to be near the last
/// visit.
pub fn may_delete(ahead: Option<SignedDuration>, last_visit: Option<Timestamp>, now: Timestamp) -> bool {
    match (ahead, last_visit) {
        (None, Some(last_visit)) => now.duration_since(last_visit) <= LONGEST_SILENCE,
        (Some(_), _) | (None, None) => clock_doubt(ahead, None, now).is_zero(),
    }
}

/// Decides as [`decide`] does, where that is the same at every time that it may be.
pub fn decide_in_doubt(
    asked: &Result<Answer, QueryError>,
    policy: &Policy,
    now: Timestamp,
    doubt: SignedDuration,
) -> Decision {
    let earliest = now.checked_sub(doubt).unwrap_or(Timestamp::MIN);
    let latest = now.checked_add(doubt).unwrap_or(Timestamp::MAX);
    let decision = decide(asked, policy, now);
    let is_certain = [earliest, latest].into_iter().all(|time| decide(asked, policy, time) == decision);
    if is_certain { decision } else { Decision::Unverified(Cause::ClockDoubt) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_in_doubt_by_what_it_is_off_beyond_two_minutes() {
        let now: Timestamp = "2021-08-09T12:00:00Z".parse().unwrap();
        let seconds = SignedDuration::from_secs;
        let record = |off: i64| Some(now + seconds(off));
        for (ahead, last_record, doubt) in [
            (None, None, 0),
            (Some(120), None, 0),
            (Some(-120), None, 0),
            (Some(121), None, 121),
            (Some(-121), None, 121),
            (None, record(-1_000_000), 0),
            (None, record(120), 0),
            (None, record(121), 121),
            // The service knows better than a record of a time when the clock was wrong.
            (Some(0), record(1_000_000), 0),
            (Some(300), record(0), 300),
        ] {
            let told = clock_doubt(ahead.map(seconds), last_record, now);
            assert_eq!(told, seconds(doubt), "{ahead:?} {last_record:?}");
        }
    }
}
