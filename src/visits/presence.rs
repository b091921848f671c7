//! Who is inside: admitted, and not checked out since.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::VisitsError;
use super::columns::times;
use super::keys::CodeHash;
use super::record::{Environment, Visit};
use crate::entry::Decision;

/// What a visit tells of who is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The visit's own name.
    pub visit: Uuid,
    /// The code's keyed hash.
    pub code: Option<CodeHash>,
    /// What was decided.
    pub decision: Decision,
    /// The visit that this one answers: a check-out names the admission.
    pub answers: Option<Uuid>,
}

impl Passage {
    /// What this visit tells.
    pub fn of(visit: &Visit) -> Self {
        Self { visit: visit.id, code: visit.code, decision: visit.decision, answers: visit.answers }
    }
}

/// The places of those who are inside, among a day's passages in their order. Who was admitted several times counts once,
/// since the first time. Whoever has no code is let out by a check-out that names the admission alone.
pub fn inside(passages: impl Iterator<Item = Passage> + Clone) -> Vec<usize> {
    let is_check_out = |passage: &Passage| passage.decision == Decision::CheckOut;
    // A clock that was set back may have brought a check-out before its admission.
    let ended: HashSet<Uuid> =
        passages.clone().filter(is_check_out).filter_map(|passage| passage.answers).collect();
    let mut of_codes: HashMap<CodeHash, usize> = HashMap::new();
    let mut inside = BTreeSet::new();
    for (place, passage) in passages.enumerate() {
        match (passage.decision, passage.code) {
            (Decision::Admit | Decision::AdmitByDesk, _) if ended.contains(&passage.visit) => {}
            (Decision::Admit | Decision::AdmitByDesk, Some(code)) => {
                inside.insert(*of_codes.entry(code).or_insert(place));
            }
            (Decision::Admit | Decision::AdmitByDesk, None) => {
                inside.insert(place);
            }
            (Decision::CheckOut, Some(code)) => {
                if let Some(admitted) = of_codes.remove(&code) {
                    inside.remove(&admitted);
                }
            }
            (Decision::CheckOut, None) | (Decision::Refuse(_) | Decision::Unverified(_), _) => {}
        }
    }
    inside.into_iter().collect()
}

/// The admission that ends where this code is shown again: since `day` began nothing but an answer that is none came
/// after it, and the code was not shown since `repeat` began. The order is that of the records: clocks are set back.
pub(super) fn admission(
    transaction: &Transaction<'_>,
    code: &[CodeHash],
    environment: Environment,
    day: Timestamp,
    repeat: Timestamp,
) -> Result<Option<Uuid>, VisitsError> {
    let mut newest: Option<(i64, [u8; 16], String)> = None;
    for hash in code {
        let is_shown = transaction
            .prepare_cached("SELECT 1 FROM records WHERE code_hash = ?1 AND at >= ?2 AND at <= ?3")?
            .exists(params![hash.0, repeat.as_millisecond(), times().end()])?;
        if is_shown {
            return Ok(None);
        }
        let of_hash = transaction
            .prepare_cached(
                "SELECT sequence, id, decision FROM records
                 WHERE code_hash = ?1 AND at >= ?2 AND at <= ?3 AND environment = ?4 AND decision <> 'unverified'
                 ORDER BY sequence DESC LIMIT 1",
            )?
            .query_row(
                params![hash.0, day.as_millisecond(), times().end(), environment.name()],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        newest = newest.max(of_hash);
    }
    Ok(newest.filter(|(_, _, decision)| decision == "admit").map(|(_, id, _)| Uuid::from_bytes(id)))
}

#[cfg(test)]
mod tests;
