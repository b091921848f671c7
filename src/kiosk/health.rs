//! Whether the service can be asked, the clock be trusted, and the disk has room, watched while nobody is at the door.

use std::time::{Duration, Instant};

use crate::checkin;
use crate::entry::{Cause, Decision, Reason};

/// How often a service that is well is tried.
const WHILE_WELL: Duration = Duration::from_secs(30);

/// How often one that fails is tried, so that visitors soon learn that it is back.
const WHILE_FAILING: Duration = Duration::from_secs(10);

/// After so many visitors without an answer the service's word that it is well no longer counts.
const MOST_UNANSWERED: u32 = 3;

/// What is known of service and clock.
#[derive(Debug)]
pub(super) struct Health {
    is_failing: bool,
    is_known: bool,
    /// Visitors' questions without an answer in a row, while the service said that it is well.
    unanswered: u32,
    is_clock_in_doubt: bool,
    is_disk_low: bool,
    is_being_checked: bool,
    /// Whether a visitor's question has used up the connection that the last check left behind.
    is_connection_used: bool,
    last_check: Instant,
}

impl Health {
    /// Nothing is known yet, which is not a failure.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            is_failing: false,
            is_known: false,
            unanswered: 0,
            is_clock_in_doubt: false,
            is_disk_low: false,
            is_being_checked: false,
            is_connection_used: false,
            last_check: now,
        }
    }

    /// Whether the service answers, as far as that is known.
    pub(super) fn is_well(&self) -> Option<bool> {
        self.is_known.then_some(!self.is_failing)
    }

    /// Whether somebody has to look after the clock.
    pub(super) fn is_clock_in_doubt(&self) -> bool {
        self.is_clock_in_doubt
    }

    /// Whether somebody has to make room on the disk.
    pub(super) fn is_disk_low(&self) -> bool {
        self.is_disk_low
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        let every = match (self.is_failing, self.is_connection_used) {
            (true, _) => WHILE_FAILING,
            // The next visitor has a connection again.
            (false, true) => Duration::ZERO,
            (false, false) => WHILE_WELL,
        };
        !self.is_being_checked && now.saturating_duration_since(self.last_check) >= every
    }

    pub(super) fn note_start(&mut self, now: Instant) {
        self.is_being_checked = true;
        self.is_connection_used = false;
        self.last_check = now;
    }

    pub(super) fn note(&mut self, checked: checkin::Health) {
        self.is_being_checked = false;
        let is_in_doubt = !checked.clock_doubt.is_zero();
        if is_in_doubt && !self.is_clock_in_doubt {
            tracing::warn!(seconds = checked.clock_doubt.as_secs(), "this machine's clock seems wrong");
        }
        self.is_clock_in_doubt = is_in_doubt;
        if checked.is_disk_low && !self.is_disk_low {
            tracing::warn!("the disk of the visit log is nearly full");
        }
        self.is_disk_low = checked.is_disk_low;
        let Some(service) = checked.service else { return };
        match service {
            Err(error) if !self.is_failing => tracing::warn!(%error, "the status service cannot be asked"),
            Ok(()) if self.is_failing => tracing::info!("the status service can be asked again"),
            Ok(()) | Err(_) => {}
        }
        self.is_known = true;
        // A service that only says that it is well, and answers no visitor, is not.
        if service.is_err() {
            self.unanswered = 0;
        }
        self.is_failing = service.is_err() || self.unanswered >= MOST_UNANSWERED;
    }

    /// What a visitor's decision says of the service.
    pub(super) fn note_decision(&mut self, decision: Decision) {
        let is_answered = match decision {
            Decision::AdmitByDesk
            | Decision::Refuse(Reason::Desk)
            | Decision::Unverified(Cause::NoCode | Cause::Left | Cause::NotLookedUp)
            | Decision::CheckOut => return,
            Decision::Refuse(Reason::Held) => false,
            Decision::Admit
            | Decision::Refuse(_)
            | Decision::Unverified(Cause::IdentityNotGiven | Cause::ClockDoubt) => true,
            Decision::Unverified(_) => false,
        };
        self.unanswered = if is_answered { 0 } else { self.unanswered + 1 };
        (self.is_known, self.is_failing, self.is_connection_used) = (true, !is_answered, true);
    }
}
