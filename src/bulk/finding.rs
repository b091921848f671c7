//! What was found out about a code.

use jiff::{SignedDuration, Timestamp};

use super::HOLD;
use crate::entry::{Decision, Policy, decide_in_doubt};
use crate::hes::{Answer, HealthFields, QueryError};

/// What the service said of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) asked: Result<Answer, QueryError>,
    pub(super) asked_at: Timestamp,
    /// By how much the clock was in doubt then.
    pub(super) doubt: SignedDuration,
}

/// What was found out about a code, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) decision: Decision,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) fields: HealthFields,
    pub(super) asked_at: Timestamp,
}

impl Finding {
    /// Decides as at the door, at `now`.
    pub(super) fn of(heard: &Heard, policy: &Policy, now: Timestamp) -> Self {
        let status = match &heard.asked {
            Ok(Answer::Status(status)) => Some(status),
            Ok(Answer::NotFound | Answer::Expired) | Err(_) => None,
        };
        Self {
            decision: decide_in_doubt(&heard.asked, policy, now, heard.doubt),
            valid_until: status.map(|status| status.valid_until),
            fields: status.map(|status| status.fields).unwrap_or_default(),
            asked_at: heard.asked_at,
        }
    }

    /// Until when the code is held at the door, or no longer; `None` where nothing is known of it.
    pub(super) fn holds(&self) -> Option<Option<Timestamp>> {
        match self.decision {
            Decision::Refuse(_) => Some(Some(self.asked_at + HOLD)),
            Decision::Admit => Some(None),
            Decision::AdmitByDesk | Decision::Unverified(_) | Decision::CheckOut => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_held_from_when_its_refusal_was_heard() {
        let asked_at: Timestamp = "2021-08-09T06:30:00Z".parse().unwrap();
        let later = asked_at + SignedDuration::from_mins(100);
        for (asked, holds) in [
            (Ok(Answer::NotFound), Some(Some(asked_at + SignedDuration::from_hours(24)))),
            (Err(QueryError::UnexpectedAnswer), None),
        ] {
            let heard = Heard { asked, asked_at, doubt: SignedDuration::ZERO };
            assert_eq!(Finding::of(&heard, &Policy::Riskless, later).holds(), holds, "{heard:?}");
        }
    }
}
