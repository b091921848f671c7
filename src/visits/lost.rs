//! What the log itself says that it has lost: it began anew, as another was damaged or gone, or its last records went.

use jiff::Timestamp;
use rusqlite::Connection;

use super::columns::deed;
use super::record::Deed;
use super::{Config, VisitsError, retention};

/// A record says that others from before are not in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The record's number.
    pub sequence: u64,
    /// The file beside the log in which they are, where that is known.
    pub file: Option<String>,
}

/// What was lost, as long as it would not have reached its retention. A record of which this cannot be told is named by a
/// verification.
pub(super) fn lost(
    connection: &Connection,
    config: &Config,
    now: Timestamp,
) -> Result<Vec<Lost>, VisitsError> {
    let mut receipts = connection.prepare(
        r#"SELECT sequence, deed FROM records WHERE kind = 'receipt' AND at >= ?1 AND
         (deed LIKE '{"act":"set_aside"%' OR deed LIKE '{"act":"missing"%') ORDER BY sequence"#,
    )?;
    let since = retention::end(config.retention_days, now).as_millisecond();
    let mut rows = receipts.query([since])?;
    let mut lost = Vec::new();
    while let Some(row) = rows.next()? {
        let sequence = row.get::<_, i64>(0)?.cast_unsigned();
        match row.get_ref(1)?.as_str().ok().and_then(|text| deed(text).ok()) {
            Some(Deed::SetAside { file }) => lost.push(Lost { sequence, file: Some(file) }),
            Some(Deed::Missing { .. }) => lost.push(Lost { sequence, file: None }),
            _ => {}
        }
    }
    Ok(lost)
}
