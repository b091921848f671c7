//! Whom the site admits, and the one match that decides.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{Decision, Reason};
use crate::hes::{Answer, HealthFields, HealthStatus, QueryError};

/// Whom the site admits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// Whose status is riskless.
    Riskless,
    /// Who is protected besides.
    RisklessAndProtected(Protection),
}

/// What the site takes for protected: any one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Each alone is enough.
    pub by: Vec<ProtectedBy>,
    /// How old a negative test may be, in hours.
    pub negative_test_hours: u32,
}

/// What protects a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtectedBy {
    /// Two doses were given.
    Vaccinated,
    /// The disease was had within the last six months.
    Immune,
    /// A PCR test was negative not long ago.
    NegativeTest,
}

impl Policy {
    /// Whether the service has to be asked for the health fields.
    pub fn needs_health_fields(&self) -> bool {
        match self {
            Self::Riskless => false,
            Self::RisklessAndProtected(_) => true,
        }
    }

    fn is_met_by(&self, fields: &HealthFields, now: Timestamp) -> bool {
        match self {
            Self::Riskless => true,
            Self::RisklessAndProtected(protection) => {
                protection.by.iter().any(|by| protection.is_shown(*by, fields, now))
            }
        }
    }
}

impl Protection {
    /// Only what the service said in so many words counts. A test of the future proves nothing.
    fn is_shown(&self, by: ProtectedBy, fields: &HealthFields, now: Timestamp) -> bool {
        match by {
            ProtectedBy::Vaccinated => fields.is_vaccinated == Some(true),
            ProtectedBy::Immune => fields.is_immune == Some(true),
            ProtectedBy::NegativeTest => fields.last_negative_test.is_some_and(|test| {
                let age = now.duration_since(test);
                !age.is_negative() && age <= SignedDuration::from_hours(self.negative_test_hours.into())
            }),
        }
    }
}

/// Decides on what the service said, under `policy`, at `now`.
///
/// Green has one cause: exactly `RISKLESS`, valid until after `now`, and protected where the site wants that.
/// There is no wildcard arm, so that whoever adds an answer or an error has to decide here what it means.
pub fn decide(asked: &Result<Answer, QueryError>, policy: &Policy, now: Timestamp) -> Decision {
    match asked {
        Ok(Answer::Status(status)) => match (status.health, status.valid_until > now) {
            (HealthStatus::Risky, true | false) => Decision::Refuse(Reason::Risky),
            (HealthStatus::Riskless, false) => Decision::Refuse(Reason::CodeExpired),
            (HealthStatus::Riskless, true) if policy.is_met_by(&status.fields, now) => Decision::Admit,
            (HealthStatus::Riskless, true) => Decision::Refuse(Reason::NotProtected),
        },
        Ok(Answer::NotFound) => Decision::Refuse(Reason::CodeNotFound),
        Ok(Answer::Expired) => Decision::Refuse(Reason::CodeExpired),
        Err(error) => Decision::Unverified((*error).into()),
    }
}

/// What becomes of `decision` where bulk heard a refusal not long ago, as `is_held` says. A live answer always counts
/// more.
pub fn decide_held(asked: &Result<Answer, QueryError>, decision: Decision, is_held: bool) -> Decision {
    if asked.is_err() && is_held { Decision::Refuse(Reason::Held) } else { decision }
}
