//! Checking out, and those who are inside: who was admitted today, and did not check out since.

use jiff::Timestamp;
use uuid::Uuid;

use super::desk::visit;
use super::{CheckIn, Config, Outcome, now};
use crate::code::{Code, Source};
use crate::entry::Decision;
use crate::visits::{Filter, Page, Passage, Reader, Visit, VisitsError, inside};

/// Somebody who is inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// The number of the admission in the log.
    pub sequence: u64,
    /// The admission.
    pub visit: Visit,
}

/// Those who are inside, of this configuration's environment, by when they came. `day` is when the day began. Blocks on
/// the disk.
///
/// # Errors
/// Why the log cannot be read.
pub fn present(config: &Config, day: Timestamp) -> Result<Vec<Present>, VisitsError> {
    let filter = Filter { since: Some(day), ..Filter::default() };
    let mut seen = Vec::new();
    Reader::open(&config.visits)?.each(&filter, Page::default(), |recorded| {
        let sequence = recorded.as_ref().map_or(0, |recorded| recorded.sequence);
        let visit = visit(recorded).filter(|visit| visit.environment == config.environment);
        seen.extend(visit.map(|visit| Present { sequence, visit }));
        Ok::<(), VisitsError>(())
    })?;
    let inside = inside(seen.iter().map(|seen| Passage::of(&seen.visit)));
    let mut present: Vec<Present> = inside.into_iter().map(|place| seen[place].clone()).collect();
    present.sort_by_key(|present| present.visit.at);
    Ok(present)
}

impl CheckIn {
    /// Checks out whoever shows a code again, without a question to the service. `None` where the code's visitor is not
    /// inside, was shown within the repeat window, or was refused since: it is an ordinary check then. `day` is when the
    /// day began at the entrance.
    ///
    /// # Errors
    /// The check-out may not be on the disk: nothing may be shown of it.
    pub async fn check_out(
        &self,
        code: Code,
        source: Source,
        day: Timestamp,
    ) -> Result<Option<Outcome>, VisitsError> {
        let outcome = Outcome {
            visit: Uuid::now_v7(),
            at: now(),
            code: Some(code),
            code_hash: Some(self.visits.hash(code).await?),
            source: Some(source),
            decision: Decision::CheckOut,
            valid_until: None,
            holder: None,
            service_time: None,
            shown_before: None,
        };
        let is_out = self.visits.check_out(self.visit(&outcome), day).await?;
        Ok(is_out.then_some(outcome))
    }
}
