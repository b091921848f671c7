//! How long visitors wait for a service that has been failing.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After so many failures in a row visitors no longer wait the whole limit.
const FAILURES: u32 = 3;

/// So long they wait then. Each of their questions still tries the service.
const SHORT_LIMIT: Duration = Duration::from_secs(1);

/// After this time one question has the whole limit again, as a service may be slow and well. Each that fails
/// doubles the pause before the next one.
const FIRST_PAUSE: Duration = Duration::from_secs(10);

/// The longest of these pauses.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Counts the failures in a row.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    /// From when on one question has the whole limit; known while visitors wait for the short one.
    probe_at: Option<Instant>,
    pause: Duration,
    /// Whether a question with the whole limit failed though the service had said that it is well.
    is_health_refuted: bool,
}

impl Breaker {
    /// How long a question whose whole limit is `limit` may take at `now`.
    pub(super) fn limit(&self, limit: Duration, now: Instant) -> Duration {
        let mut state = self.state();
        match state.probe_at {
            None => limit,
            Some(at) if now < at => limit.min(SHORT_LIMIT),
            Some(_) => {
                // Others that come meanwhile do not wait as long as this one.
                state.pause = (2 * state.pause).min(LONGEST_PAUSE);
                state.probe_at = Some(now + state.pause);
                state.is_health_refuted = true;
                limit
            }
        }
    }

    /// A question was answered.
    pub(super) fn note_answer(&self) {
        *self.state() = State::default();
    }

    /// The service said that it is well. That proves no answer yet: the next question has the whole limit, and if
    /// that fails, too, being well means nothing any more.
    pub(super) fn note_health(&self, now: Instant) {
        let mut state = self.state();
        if state.probe_at.is_some() && !state.is_health_refuted {
            state.probe_at = Some(now);
        }
    }

    /// The service could not be reached even without a question, or said that it is not well.
    pub(super) fn note_bad_health(&self, now: Instant) {
        self.note_failure(now);
        self.state().is_health_refuted = false;
    }

    /// A question failed.
    pub(super) fn note_failure(&self, now: Instant) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES && state.probe_at.is_none() {
            state.pause = FIRST_PAUSE;
            state.probe_at = Some(now + FIRST_PAUSE);
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    /// A breaker that is open since `start`.
    fn open(start: Instant) -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..FAILURES {
            breaker.note_failure(start);
        }
        breaker
    }

    /// Which of the questions, one each second, has the whole limit if all of them fail.
    fn whole_limits(breaker: &Breaker, start: Instant, seconds: u64, is_health_good: bool) -> Vec<u64> {
        let has_whole = |second: &u64| {
            let now = start + Duration::from_secs(*second);
            if is_health_good && second.is_multiple_of(10) {
                breaker.note_health(now);
            }
            let is_whole = breaker.limit(LIMIT, now) == LIMIT;
            breaker.note_failure(now);
            is_whole
        };
        (1..=seconds).filter(has_whole).collect()
    }

    #[test]
    fn a_service_that_stays_away_is_given_the_whole_limit_ever_more_rarely() {
        let start = Instant::now();
        assert_eq!(whole_limits(&open(start), start, 300, false), [10, 30, 70, 150]);
    }

    #[test]
    fn good_health_that_no_answer_follows_does_not_make_visitors_wait_more_often() {
        let start = Instant::now();
        assert_eq!(whole_limits(&open(start), start, 300, true), [10, 30, 70, 150]);
    }

    #[test]
    fn a_service_that_is_well_again_has_the_whole_limit_at_once() {
        let start = Instant::now();
        let breaker = open(start);
        breaker.limit(LIMIT, start + FIRST_PAUSE);
        breaker.note_failure(start + FIRST_PAUSE);
        breaker.note_bad_health(start + FIRST_PAUSE);
        breaker.note_health(start + FIRST_PAUSE);
        assert_eq!(breaker.limit(LIMIT, start + FIRST_PAUSE), LIMIT);
    }
}
