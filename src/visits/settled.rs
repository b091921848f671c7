//! One word settles a visit: whoever decides on it next, at another desk or a moment later, is told so.

use rusqlite::{Transaction, params};

use super::VisitsError;
use super::record::Visit;
use crate::entry::Decision;

/// Refuses a word on a visit that somebody settled before. Whoever was let out may be let out again: that admits nobody,
/// and mends what a clock that was set back left of those who are inside.
pub(super) fn check(transaction: &Transaction<'_>, word: &Visit) -> Result<(), VisitsError> {
    let Some(visit) = word.answers.filter(|_| word.decision != Decision::CheckOut) else { return Ok(()) };
    let visit = visit.as_bytes();
    // No index has what is answered. A word bears its visit's code. Where there is none it stands behind the visit, with
    // little between them: nobody decides on a visit without a code that is older than a day.
    let is_settled = match word.code {
        Some(code) => transaction
            .prepare_cached("SELECT 1 FROM records WHERE code_hash = ?1 AND answers = ?2")?
            .exists(params![code.0, visit])?,
        None => transaction
            .prepare_cached(
                "SELECT 1 FROM records
                 WHERE sequence > (SELECT sequence FROM records WHERE id = ?1) AND answers = ?1",
            )?
            .exists(params![visit])?,
    };
    if is_settled { Err(VisitsError::Settled) } else { Ok(()) }
}
