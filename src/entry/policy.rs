//! The one match that decides.

use jiff::Timestamp;

use super::{Cause, Decision, Reason};
use crate::hes::{Answer, HealthStatus, QueryError};

/// Decides on what the service said, at `now`.
///
/// Green has one cause: exactly `RISKLESS`, valid until after `now`. There is no wildcard arm, so that
/// whoever adds an answer or an error has to decide here what it means.
pub fn decide(asked: &Result<Answer, QueryError>, now: Timestamp) -> Decision {
    match asked {
        Ok(Answer::Status(status)) => match (status.health, status.valid_until > now) {
            (HealthStatus::Risky, true | false) => Decision::Refuse(Reason::Risky),
            (HealthStatus::Riskless, false) => Decision::Refuse(Reason::CodeExpired),
            (HealthStatus::Riskless, true) => Decision::Admit,
        },
        Ok(Answer::NotFound) => Decision::Refuse(Reason::CodeNotFound),
        Ok(Answer::Expired) => Decision::Refuse(Reason::CodeExpired),
        Err(QueryError::Unreachable) => Decision::Unverified(Cause::Unreachable),
        Err(QueryError::TimedOut) => Decision::Unverified(Cause::TimedOut),
        Err(QueryError::CredentialsRejected) => Decision::Unverified(Cause::CredentialsRejected),
        Err(QueryError::RateLimited) => Decision::Unverified(Cause::RateLimited),
        Err(QueryError::ServiceFailed) => Decision::Unverified(Cause::ServiceFailed),
        Err(QueryError::UnexpectedAnswer) => Decision::Unverified(Cause::UnexpectedAnswer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hes::{MaskedHolder, Status};

    fn status(health: HealthStatus, valid_until: &str) -> Result<Answer, QueryError> {
        Ok(Answer::Status(Status {
            health,
            valid_until: valid_until.parse().unwrap(),
            holder: MaskedHolder::default(),
        }))
    }

    #[test]
    fn each_answer_and_each_error_has_its_decision() {
        let now: Timestamp = "2021-08-09T12:00:00Z".parse().unwrap();
        let cases = [
            (status(HealthStatus::Riskless, "2021-08-09T12:00:01Z"), "admit", "riskless"),
            (status(HealthStatus::Riskless, "2021-08-09T12:00:00Z"), "refuse", "code_expired"),
            (status(HealthStatus::Riskless, "2021-08-09T11:59:59Z"), "refuse", "code_expired"),
            (status(HealthStatus::Risky, "2021-08-09T12:00:01Z"), "refuse", "risky"),
            (status(HealthStatus::Risky, "2021-08-09T11:59:59Z"), "refuse", "risky"),
            (Ok(Answer::NotFound), "refuse", "code_not_found"),
            (Ok(Answer::Expired), "refuse", "code_expired"),
            (Err(QueryError::Unreachable), "unverified", "unreachable"),
            (Err(QueryError::TimedOut), "unverified", "timed_out"),
            (Err(QueryError::CredentialsRejected), "unverified", "credentials_rejected"),
            (Err(QueryError::RateLimited), "unverified", "rate_limited"),
            (Err(QueryError::ServiceFailed), "unverified", "service_failed"),
            (Err(QueryError::UnexpectedAnswer), "unverified", "unexpected_answer"),
        ];
        for (asked, name, reason) in cases {
            let decision = decide(&asked, now);
            assert_eq!((decision.name(), decision.reason_name()), (name, reason), "{asked:?}");
        }
    }
}
