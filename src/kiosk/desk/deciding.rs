//! A named person's word on a visit: admit or refuse, why, and where the site wants it a second person's PIN.

use jiff::Timestamp;

use super::pin_pad::PinPad;
use super::visits::Row;
use crate::checkin::{Unsettled, Verdict};
use crate::entry::Decision;
use crate::kiosk::language::Texts;
use crate::settings;

/// The reasons that are offered where the settings name none.
pub(super) const REASONS: [&str; 4] =
    ["desk-reason-app", "desk-reason-document", "desk-reason-manager", "desk-reason-other-person"];

/// A decision that is being made.
#[derive(Debug)]
pub(super) struct Deciding {
    pub(super) unsettled: Unsettled,
    pub(super) at: Timestamp,
    pub(super) decision: Decision,
    pub(super) reason: Option<usize>,
    verdict: Option<Verdict>,
    second: Second,
}

/// The second person.
#[derive(Debug)]
enum Second {
    /// None is asked for.
    NotAsked,
    Asked(PinPad),
    Agreed(String),
}

impl Deciding {
    pub(super) fn new(unsettled: Unsettled, row: &Row) -> Self {
        Self {
            unsettled,
            at: row.at,
            decision: row.decision,
            reason: None,
            verdict: None,
            second: Second::NotAsked,
        }
    }

    /// Without a reason nothing is decided.
    pub(super) fn judge(&mut self, verdict: Verdict, second: Option<PinPad>) {
        if self.reason.is_some() && self.verdict.is_none() {
            self.verdict = Some(verdict);
            self.second = second.map_or(Second::NotAsked, Second::Asked);
        }
    }

    pub(super) fn agree(&mut self, name: String) {
        self.second = Second::Agreed(name);
    }

    pub(super) fn asks_pin(&self) -> bool {
        matches!(self.second, Second::Asked(_))
    }

    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match &mut self.second {
            Second::Asked(pad) => Some(pad),
            Second::NotAsked | Second::Agreed(_) => None,
        }
    }

    pub(super) fn second_pad(&self) -> Option<&PinPad> {
        match &self.second {
            Second::Asked(pad) => Some(pad),
            Second::NotAsked | Second::Agreed(_) => None,
        }
    }

    /// Everything that is recorded, once, as soon as nothing is missing.
    pub(super) fn word(&mut self) -> Option<(Unsettled, Verdict, usize, Option<String>)> {
        let second = match &self.second {
            Second::NotAsked => None,
            Second::Agreed(name) => Some(name.clone()),
            Second::Asked(_) => return None,
        };
        let reason = self.reason?;
        let verdict = self.verdict.take()?;
        // Nobody touches it again while it is written.
        self.reason = None;
        Some((self.unsettled, verdict, reason, second))
    }
}

/// The reasons that are offered.
pub(super) fn reasons(desk: &settings::Desk, texts: &Texts) -> Vec<String> {
    if desk.reasons.is_empty() { REASONS.map(|key| texts.get(key)).to_vec() } else { desk.reasons.clone() }
}

/// The words of a reason.
pub(super) fn reason(desk: &settings::Desk, texts: &Texts, place: usize) -> String {
    reasons(desk, texts).into_iter().nth(place).unwrap_or_default()
}
