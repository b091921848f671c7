//! What the desk does: it opens by a PIN, and a named person's word settles what the service did not.

use uuid::Uuid;

use super::{CheckIn, Outcome, now};
use crate::entry::{Decision, Reason};
use crate::visits::{CodeHash, DecidedBy, Person, Pin, PinTry, Visit, VisitsError, Word, WrongPin};

/// What came of a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinAnswer {
    /// It is this person's.
    Of(Person),
    /// It is nobody's.
    Wrong(WrongPin),
    /// None is taken before this time.
    Locked(jiff::Timestamp),
}

/// The visit that somebody at the desk decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsettled {
    /// Its own name.
    pub visit: Uuid,
    /// The code's keyed hash, where there was a code.
    pub code: Option<CodeHash>,
}

/// What somebody at the desk decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The visitor may enter.
    Admit,
    /// The visitor may not.
    Refuse,
}

impl CheckIn {
    /// Compares a PIN with everybody's. It takes some ten milliseconds a person, in a thread of its own.
    ///
    /// # Errors
    /// The try may not be on the disk: nothing may be opened.
    pub async fn enter_pin(&self, pin: Pin) -> Result<PinAnswer, VisitsError> {
        let credentials = match self.visits.begin_pin_try().await? {
            PinTry::Locked(until) => return Ok(PinAnswer::Locked(until)),
            PinTry::Begun(credentials) => credentials,
        };
        let compared = tokio::task::spawn_blocking(move || credentials.person_of(&pin).cloned());
        let person = compared.await.map_err(|_| VisitsError::Disk)?;
        let wrong = self.visits.end_pin_try(person.clone()).await?;
        Ok(person.map_or(PinAnswer::Wrong(wrong), PinAnswer::Of))
    }

    /// Everybody who has a PIN.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn people(&self) -> Result<Vec<Person>, VisitsError> {
        self.visits.people().await
    }

    /// Records what somebody at the desk decided on a visit, as a visit of its own that names the other.
    ///
    /// # Errors
    /// It may not be on the disk: nothing may be shown of it.
    pub async fn settle(
        &self,
        unsettled: Unsettled,
        verdict: Verdict,
        word: Word,
    ) -> Result<Outcome, VisitsError> {
        let decision = match verdict {
            Verdict::Admit => Decision::AdmitByDesk,
            Verdict::Refuse => Decision::Refuse(Reason::Desk),
        };
        let visit = Visit {
            id: Uuid::now_v7(),
            at: now(),
            environment: self.environment,
            entrance: self.entrance.clone(),
            source: None,
            decided_by: Some(DecidedBy::Desk),
            answers: Some(unsettled.visit),
            code: unsettled.code,
            decision,
            valid_until: None,
            service_ms: None,
            holder: None,
            word: Some(word),
        };
        let outcome = Outcome {
            visit: visit.id,
            at: visit.at,
            code: None,
            source: None,
            decision,
            valid_until: None,
            holder: None,
            service_time: None,
            shown_before: None,
        };
        self.visits.append_visit(visit).await?;
        Ok(outcome)
    }
}
