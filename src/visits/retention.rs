//! What may be kept no longer is deleted: the contents of records, and what lies beside the log.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::LazyLock;
use std::time::SystemTime;

use jiff::{Timestamp, ToSpan};
use rusqlite::{Params, Transaction};

use super::columns::{CONTENT, PURGED, timestamp};
use super::database::one_row;
use super::record::Gone;
use super::replacement::ASIDE;
use super::{Config, VisitsError};

/// What was written before this time is older than so many days.
pub(super) fn end(days: u32, now: Timestamp) -> Timestamp {
    // A span of hours, since an instant knows no calendar days.
    now - (i64::from(days) * 24).hours()
}

/// Deletes the contents and salts of the records whose numbers and times `of` selects. Their numbers, digests and
/// seals stay.
pub(super) fn delete_contents(
    transaction: &Transaction<'_>,
    of: &str,
    parameters: impl Params,
) -> Result<Gone, VisitsError> {
    static DELETE: LazyLock<String> = LazyLock::new(|| {
        let nothing = CONTENT[1..].iter().map(|column| format!("{column} = NULL")).collect::<Vec<_>>();
        format!(
            "UPDATE records SET kind = '{PURGED}', salt = NULL, {} WHERE sequence = ?1",
            nothing.join(", ")
        )
    });
    let mut statement = transaction.prepare_cached(of)?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let mut records =
        statement.query_map(parameters, row)?.collect::<Result<Vec<(i64, Option<i64>)>, _>>()?;
    records.sort_unstable();
    let mut delete = transaction.prepare_cached(&DELETE)?;
    let mut gone = Gone::default();
    for (sequence, at) in records {
        one_row(delete.execute([sequence])?)?;
        // An impossible time is no reason to keep the rest.
        gone.note(sequence.cast_unsigned(), at.and_then(|at| timestamp(at).ok()));
    }
    Ok(gone)
}

/// Deletes the files in a folder that were last written before `before`. Folders in it stay, as do the files of
/// which another program took care meanwhile.
///
/// # Errors
/// Those of the file system.
pub(super) fn delete_older_files(folder: &Path, before: SystemTime) -> io::Result<()> {
    delete_older(folder, before, |_| true)
}

/// Deletes the logs, and their keys, that another log replaced, and which nobody wrote since `before`.
///
/// # Errors
/// Those of the file system.
pub(super) fn delete_what_was_set_aside(config: &Config, before: SystemTime) -> io::Result<()> {
    for path in [Some(config.path.as_path()), config.keys.path()].into_iter().flatten() {
        // Whatever links lead to it: what was set aside lies beside the file itself.
        let Ok(path) = path.canonicalize() else { continue };
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { continue };
        let name = name.to_string_lossy();
        let is_aside = |file: &str| {
            file.strip_prefix(&*name).is_some_and(|rest| ASIDE.iter().any(|why| rest.starts_with(why)))
        };
        delete_older(folder, before, is_aside)?;
    }
    Ok(())
}

fn delete_older(folder: &Path, before: SystemTime, of: impl Fn(&str) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if !of(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let metadata = entry.metadata()?;
        if metadata.is_file() && metadata.modified()? < before {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => tracing::info!("a file beside the log has reached its retention"),
            }
        }
    }
    Ok(())
}
