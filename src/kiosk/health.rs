//! Whether the service can be asked and the clock be trusted, watched while nobody is at the door.

use std::time::{Duration, Instant};

use crate::checkin;
use crate::entry::{Cause, Decision, Reason};

/// How often a service that is well is tried.
const WHILE_WELL: Duration = Duration::from_secs(30);

/// How often one that fails is tried, so that visitors soon learn that it is back.
const WHILE_FAILING: Duration = Duration::from_secs(10);

/// What is known of service and clock.
#[derive(Debug)]
pub(super) struct Health {
    is_failing: bool,
    is_clock_in_doubt: bool,
    is_being_checked: bool,
    last_check: Instant,
}

impl Health {
    /// Nothing is known yet, which is not a failure.
    pub(super) fn new(now: Instant) -> Self {
        Self { is_failing: false, is_clock_in_doubt: false, is_being_checked: false, last_check: now }
    }

    /// Whether the last question, a visitor's or one about nobody, had no answer.
    pub(super) fn is_failing(&self) -> bool {
        self.is_failing
    }

    /// Whether somebody has to look after the clock.
    pub(super) fn is_clock_in_doubt(&self) -> bool {
        self.is_clock_in_doubt
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        let every = if self.is_failing { WHILE_FAILING } else { WHILE_WELL };
        !self.is_being_checked && now.saturating_duration_since(self.last_check) >= every
    }

    pub(super) fn note_start(&mut self, now: Instant) {
        self.is_being_checked = true;
        self.last_check = now;
    }

    pub(super) fn note(&mut self, checked: checkin::Health) {
        self.is_being_checked = false;
        match checked.service {
            Err(error) if !self.is_failing => tracing::warn!(%error, "the status service cannot be asked"),
            Ok(()) if self.is_failing => tracing::info!("the status service can be asked again"),
            Ok(()) | Err(_) => {}
        }
        self.is_failing = checked.service.is_err();
        let is_in_doubt = !checked.clock_doubt.is_zero();
        if is_in_doubt && !self.is_clock_in_doubt {
            tracing::warn!(seconds = checked.clock_doubt.as_secs(), "this machine's clock seems wrong");
        }
        self.is_clock_in_doubt = is_in_doubt;
    }

    /// What a visitor's decision says of the service.
    pub(super) fn note_decision(&mut self, decision: Decision) {
        match decision {
            Decision::Refuse(Reason::Held) => self.is_failing = true,
            Decision::Admit
            | Decision::Refuse(_)
            | Decision::Unverified(Cause::IdentityNotGiven | Cause::ClockDoubt) => {
                self.is_failing = false;
            }
            Decision::Unverified(Cause::NoCode) => {}
            Decision::Unverified(_) => self.is_failing = true,
        }
    }
}
