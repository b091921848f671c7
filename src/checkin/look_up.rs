//! Where no service is asked: the visit is recorded as one of which nothing is known, and somebody at the desk looks its
//! code up in the Ministry's app or on e-Devlet.

use uuid::Uuid;

use super::{CheckIn, Outcome, Unsettled, now};
use crate::code::{Code, Source};
use crate::entry::{Cause, Decision, LookedUp, Reason, decide_looked_up};
use crate::visits::{CodeHash, VisitsError, Word};

/// A visit whose code somebody has to look up. Its record is on the disk, so that a kiosk that ends meanwhile loses
/// nothing: it waits at the desk like everyone of whom nothing is known.
#[derive(Debug, Clone)]
pub struct LookUp {
    code: Code,
    recorded: Outcome,
}

impl LookUp {
    /// The visit's own name.
    pub fn visit(&self) -> Uuid {
        self.recorded.visit
    }

    /// What is looked up. It is forgotten with the look-up.
    pub fn code(&self) -> Code {
        self.code
    }

    /// How the code was shown.
    pub fn source(&self) -> Option<Source> {
        self.recorded.source
    }

    /// What stands in the log, and stays where nobody looks the code up.
    pub fn recorded(&self) -> &Outcome {
        &self.recorded
    }
}

impl CheckIn {
    /// Records a visit whose code has to be looked up.
    pub(super) async fn begin_look_up(
        &self,
        code: Code,
        hash: CodeHash,
        source: Source,
    ) -> Result<LookUp, VisitsError> {
        let is_held = self.visits.is_held(self.environment, hash).await?;
        let outcome = Outcome {
            visit: Uuid::now_v7(),
            at: now(),
            code: None,
            code_hash: Some(hash),
            source: Some(source),
            decision: if is_held {
                Decision::Refuse(Reason::Held)
            } else {
                Decision::Unverified(Cause::NotLookedUp)
            },
            valid_until: None,
            holder: None,
            service_time: None,
            shown_before: None,
        };
        let recorded = self.record(outcome).await?;
        Ok(LookUp { code, recorded })
    }

    /// Records what somebody saw who looked a code up, as a visit of its own that names the one that waits.
    ///
    /// # Errors
    /// It may not be on the disk: nothing may be shown of it; [`VisitsError::Settled`] where somebody decided before.
    pub async fn looked_up(
        &self,
        look_up: &LookUp,
        looked_up: LookedUp,
        word: Word,
    ) -> Result<Outcome, VisitsError> {
        let unsettled = Unsettled { visit: look_up.visit(), code: look_up.recorded.code_hash };
        let decision = decide_looked_up(looked_up, &self.policy);
        let outcome = self.settled(unsettled, decision, word).await?;
        Ok(Outcome { shown_before: look_up.recorded.shown_before, ..outcome })
    }
}
