//! What was found out about a code.

use jiff::{SignedDuration, Timestamp};

use crate::entry::{Decision, Policy, decide_in_doubt};
use crate::hes::{Answer, HealthFields, QueryError};

/// What was found out about a code, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) decision: Decision,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) fields: HealthFields,
    pub(super) asked_at: Timestamp,
}

impl Finding {
    /// Decides as at the door.
    pub(super) fn of(
        asked: &Result<Answer, QueryError>,
        policy: &Policy,
        asked_at: Timestamp,
        doubt: SignedDuration,
    ) -> Self {
        let status = match asked {
            Ok(Answer::Status(status)) => Some(status),
            Ok(Answer::NotFound | Answer::Expired) | Err(_) => None,
        };
        Self {
            decision: decide_in_doubt(asked, policy, asked_at, doubt),
            valid_until: status.map(|status| status.valid_until),
            fields: status.map(|status| status.fields).unwrap_or_default(),
            asked_at,
        }
    }
}
