//! Whether the service can be asked, watched while nobody is at the door.

use std::time::{Duration, Instant};

use crate::entry::{Cause, Decision};
use crate::hes::QueryError;

/// How often a service that is well is tried.
const WHILE_WELL: Duration = Duration::from_secs(30);

/// How often one that fails is tried, so that visitors soon learn that it is back.
const WHILE_FAILING: Duration = Duration::from_secs(10);

/// What is known of the service.
#[derive(Debug)]
pub(super) struct Health {
    is_failing: bool,
    is_being_checked: bool,
    last_check: Instant,
}

impl Health {
    /// Nothing is known yet, which is not a failure.
    pub(super) fn new(now: Instant) -> Self {
        Self { is_failing: false, is_being_checked: false, last_check: now }
    }

    /// Whether the last question, a visitor's or one about nobody, had no answer.
    pub(super) fn is_failing(&self) -> bool {
        self.is_failing
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        let every = if self.is_failing { WHILE_FAILING } else { WHILE_WELL };
        !self.is_being_checked && now.saturating_duration_since(self.last_check) >= every
    }

    pub(super) fn note_start(&mut self, now: Instant) {
        self.is_being_checked = true;
        self.last_check = now;
    }

    pub(super) fn note(&mut self, result: Result<(), QueryError>) {
        self.is_being_checked = false;
        match result {
            Err(error) if !self.is_failing => tracing::warn!(%error, "the status service cannot be asked"),
            Ok(()) if self.is_failing => tracing::info!("the status service can be asked again"),
            Ok(()) | Err(_) => {}
        }
        self.is_failing = result.is_err();
    }

    /// What a visitor's decision says of the service.
    pub(super) fn note_decision(&mut self, decision: Decision) {
        match decision {
            Decision::Admit | Decision::Refuse(_) | Decision::Unverified(Cause::IdentityNotGiven) => {
                self.is_failing = false;
            }
            Decision::Unverified(Cause::NoCode) => {}
            Decision::Unverified(_) => self.is_failing = true,
        }
    }
}
