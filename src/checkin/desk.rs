//! What the desk does: it opens by a PIN, and a named person's word settles what the service did not.

use std::ops::Range;

use jiff::Timestamp;
use uuid::Uuid;

use super::{CheckIn, Outcome, now};
use crate::code::Code;
use crate::entry::{Cause, Decision, Reason};
use crate::visits::{
    self, Act, CodeHash, DecidedBy, Deed, Filter, Page, Person, Pin, PinMemory, PinTry, Reader, Record,
    Recorded, Store, UnreadableRecord, Visit, VisitsError, Word, WrongPin,
};

/// What came of a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinAnswer {
    /// It is this person's.
    Of(Person),
    /// It is nobody's.
    Wrong(WrongPin),
    /// None is taken before this time.
    Locked(Timestamp),
    /// Nobody has one yet.
    NobodyHasOne,
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
    /// The visitor left.
    Left,
    /// The visitor, who was inside, left.
    CheckOut,
}

/// Makes something of each visit from a time on, oldest first, on a connection of its own. Blocks on the disk.
///
/// # Errors
/// Why the log cannot be read.
pub fn visits_since<T>(
    config: &visits::Config,
    since: Timestamp,
    of: impl Fn(&Visit) -> T,
) -> Result<Vec<T>, VisitsError> {
    let filter = Filter { since: Some(since), ..Filter::default() };
    let mut seen = Vec::new();
    Reader::open(config)?.each(&filter, Page::default(), |recorded| {
        seen.extend(visit(recorded).as_ref().map(&of));
        Ok::<(), VisitsError>(())
    })?;
    Ok(seen)
}

/// Makes something of each of the newest visits from a time on, at the most `limit`, newest first, on a connection of its
/// own. Blocks on the disk.
///
/// # Errors
/// Why the log cannot be read.
pub fn newest_visits<T>(
    config: &visits::Config,
    since: Timestamp,
    limit: u32,
    of: impl Fn(&Visit) -> T,
) -> Result<Vec<T>, VisitsError> {
    let newest = Reader::open(config)?.newest_visits(since, limit)?;
    Ok(newest.into_iter().filter_map(visit).map(|visit| of(&visit)).collect())
}

/// Makes something of each visit of a time for which nothing is known, and which nobody settled in that time, oldest
/// first. Blocks on the disk.
///
/// # Errors
/// Why the log cannot be read.
pub fn unsettled_visits<T>(
    config: &visits::Config,
    time: Range<Timestamp>,
    of: impl Fn(&Visit) -> T,
) -> Result<Vec<T>, VisitsError> {
    let filter = Filter { since: Some(time.start), until: Some(time.end), ..Filter::default() };
    let mut unsettled = Vec::new();
    Reader::open(config)?.each(&filter, Page::default(), |recorded| {
        let Some(visit) = visit(recorded) else { return Ok::<(), VisitsError>(()) };
        match (visit.answers, visit.decision) {
            (Some(answered), _) => unsettled.retain(|(id, _)| *id != answered),
            (None, Decision::Unverified(_)) => unsettled.push((visit.id, of(&visit))),
            (None, _) => {}
        }
        Ok(())
    })?;
    Ok(unsettled.into_iter().map(|(_, visit)| visit).collect())
}

/// Compares a PIN with everybody's in `memory`, and records the try. It takes some ten milliseconds a person, in a thread of its own.
///
/// # Errors
/// The try may not be on the disk: nothing may be opened.
pub(super) async fn compare_pin(
    visits: &Store,
    pin: Pin,
    memory: PinMemory,
) -> Result<PinAnswer, VisitsError> {
    let credentials = match visits.begin_pin_try().await? {
        PinTry::Locked(until) => return Ok(PinAnswer::Locked(until)),
        PinTry::Nobody => return Ok(PinAnswer::NobodyHasOne),
        PinTry::Begun(credentials) => credentials,
    };
    let compared = tokio::task::spawn_blocking(move || credentials.person_of(&pin, &memory).cloned());
    let person = compared.await.map_err(|_| VisitsError::Disk)?;
    let wrong = visits.end_pin_try(person.clone()).await?;
    Ok(person.map_or(PinAnswer::Wrong(wrong), PinAnswer::Of))
}

/// The visit of a record. What cannot be read is named by `log verify`, and keeps nobody waiting at the desk.
pub(super) fn visit(recorded: Result<Recorded, UnreadableRecord>) -> Option<Visit> {
    match recorded.ok()?.record {
        Record::Visit(visit) => Some(visit),
        Record::Act(_) => None,
    }
}

impl CheckIn {
    /// The visit log, for what a manager does with it.
    pub fn visits(&self) -> &Store {
        &self.visits
    }

    /// Compares a PIN with everybody's, as [`compare_pin`] does.
    ///
    /// # Errors
    /// The try may not be on the disk: nothing may be opened.
    pub async fn enter_pin(&self, pin: Pin, memory: PinMemory) -> Result<PinAnswer, VisitsError> {
        compare_pin(&self.visits, pin, memory).await
    }

    /// The visits of a code, oldest first. That this person asked is recorded.
    ///
    /// # Errors
    /// Why the log cannot be read, or the question not be recorded.
    pub async fn look_up(&self, code: Code, person: String) -> Result<Vec<Visit>, VisitsError> {
        let found = self.visits.find(code, Some(person)).await?;
        Ok(found.into_iter().filter_map(visit).collect())
    }

    /// Records what somebody did at the desk.
    ///
    /// # Errors
    /// Why it may not be on the disk.
    pub async fn note_by(&self, person: Option<String>, deed: Deed) -> Result<(), VisitsError> {
        self.visits.append_act(Act::now(person, deed)).await
    }

    /// Records what somebody at the desk decided on a visit, as a visit of its own that names the other.
    ///
    /// # Errors
    /// It may not be on the disk: nothing may be shown of it; [`VisitsError::Settled`] where somebody decided before.
    pub async fn settle(
        &self,
        unsettled: Unsettled,
        verdict: Verdict,
        word: Word,
    ) -> Result<Outcome, VisitsError> {
        let decision = match verdict {
            Verdict::Admit => Decision::AdmitByDesk,
            Verdict::Refuse => Decision::Refuse(Reason::Desk),
            Verdict::Left => Decision::Unverified(Cause::Left),
            Verdict::CheckOut => Decision::CheckOut,
        };
        self.settled(unsettled, decision, word).await
    }

    /// Records somebody's word on a visit.
    pub(super) async fn settled(
        &self,
        unsettled: Unsettled,
        decision: Decision,
        word: Word,
    ) -> Result<Outcome, VisitsError> {
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
            code_hash: unsettled.code,
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
