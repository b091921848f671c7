//! What may be kept no longer is deleted: the contents of records, and what lies beside the log.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp, ToSpan};
use rusqlite::{Connection, Params, Transaction, params};

use super::columns::{CONTENT, PURGED, timestamp};
use super::database::one_row;
use super::record::Gone;
use super::replacement::ASIDE;
use super::{Config, VisitsError};
use crate::draft::Draft;

/// What was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deleted {
    /// The contents of so many records.
    pub records: u64,
    /// So many files of the program's own; an erasure takes none.
    pub files: u64,
    /// Whether nothing is left in the file; what a reader still needs goes with the next deletion.
    pub is_out: bool,
    /// Whether the index by which what is due is found has entries that no record has.
    pub is_misled: bool,
}

/// What was written before this time is older than so many days. Without a day everything is, whatever clock gave it its
/// time.
pub(super) fn end(days: u32, now: Timestamp) -> Timestamp {
    if days == 0 {
        return Timestamp::MAX;
    }
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
    records.dedup();
    let mut delete = transaction.prepare_cached(&DELETE)?;
    let mut gone = Gone::default();
    for (sequence, at) in records {
        one_row(delete.execute([sequence])?)?;
        // An impossible time is no reason to keep the rest.
        gone.note(sequence.cast_unsigned(), at.and_then(|at| timestamp(at).ok()));
    }
    Ok(gone)
}

/// How many records one step of the retention takes, so that check-ins find their turn in between.
const STEP: u32 = 500;

/// A record that was written so much later than now got its time from a clock that was ahead.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

/// The records by the index of their times, which tells where to look, and no more: whoever can write the file may have
/// put entries into it that no record has.
pub(super) const BY_TIME: &str = "FROM records AS entry INDEXED BY records_by_time
    CROSS JOIN records AS record NOT INDEXED
    ON record.sequence = entry.sequence AND record.at = entry.at";

/// What is due, some at a time. The time of a record of the future says nothing, but it was there before a visit or a
/// receipt behind it that is due. Of these the newest stands for all, as looking through them would take long; receipts
/// stay, so that there is one some time. Other acts do not count: a kiosk starts before anybody corrects its clock.
/// The records of the future come first, while what stands behind them still has a time.
static DUE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT * FROM (
            SELECT record.sequence, record.at {BY_TIME}
            WHERE entry.at > ?2 AND record.kind <> 'receipt' AND record.sequence < (
                SELECT record.sequence {BY_TIME} WHERE entry.at < ?1 AND record.kind <> 'act'
                ORDER BY entry.at DESC LIMIT 1
            )
            ORDER BY entry.at LIMIT ?3
        )
        UNION ALL
        SELECT * FROM (
            SELECT record.sequence, record.at {BY_TIME} WHERE entry.at < ?1 AND record.kind <> 'receipt'
            ORDER BY entry.at LIMIT ?3
        )
        LIMIT ?3"
    )
});

/// Whether the index of times has something due that no record has.
pub(super) fn is_misled(connection: &Connection, days: u32, now: Timestamp) -> Result<bool, VisitsError> {
    let is_misled = connection
        .prepare_cached(
            "SELECT 1 FROM records AS entry INDEXED BY records_by_time WHERE at < ?1 AND NOT EXISTS (
                SELECT 1 FROM records AS record NOT INDEXED
                WHERE record.sequence = entry.sequence AND record.at = entry.at
            )",
        )?
        .exists([end(days, now).as_millisecond()])?;
    if is_misled {
        tracing::error!("an index of the visit log is not true to the records: hes-kiosk log verify");
    }
    Ok(is_misled)
}

/// A deletion takes what is due every day, unless the kiosk stands still over a weekend.
const LATE: u32 = 3;

/// How many records should have been deleted days ago.
pub(super) fn overdue(connection: &Connection, days: u32, now: Timestamp) -> Result<u64, VisitsError> {
    let select = format!("SELECT count(*) {BY_TIME} WHERE entry.at < ?1 AND record.kind <> 'receipt'");
    let end = end(days.saturating_add(LATE), now).as_millisecond();
    let overdue: i64 = connection.query_row(&select, [end], |row| row.get(0))?;
    Ok(overdue.cast_unsigned())
}

/// Deletes the contents of some records that are older than so many days.
pub(super) fn delete_due(
    transaction: &Transaction<'_>,
    days: u32,
    now: Timestamp,
) -> Result<Gone, VisitsError> {
    let future = now.saturating_add(SLACK).unwrap_or(Timestamp::MAX);
    let parameters = params![end(days, now).as_millisecond(), future.as_millisecond(), STEP];
    delete_contents(transaction, &DUE, parameters)
}

/// Shows each entry of a folder of which the name is meant, what is in a folder before the folder itself. One that fails
/// keeps nobody from the others; the first failure is told at the end.
fn walk(
    folder: &Path,
    is_meant: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&Path, &Metadata) -> io::Result<()>,
) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut shown = Ok(());
    for entry in entries {
        let one = entry.and_then(|entry| {
            if !is_meant(&entry.file_name().to_string_lossy()) {
                return Ok(());
            }
            // Of a link it tells of the link itself.
            let metadata = entry.metadata()?;
            let inside = if metadata.is_dir() { walk(&entry.path(), &|_| true, each) } else { Ok(()) };
            inside.and(each(&entry.path(), &metadata))
        });
        shown = shown.and(one.or_else(unless_gone));
    }
    shown
}

/// Another program took care of it meanwhile.
fn unless_gone(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// Shows what lies in the folder of exports.
fn walk_exports(config: &Config, each: &mut dyn FnMut(&Path, &Metadata) -> io::Result<()>) -> io::Result<()> {
    walk(&config.exports, &|_| true, each)
}

/// Shows what was set aside, of the log or of its keys.
fn walk_aside(path: &Path, each: &mut dyn FnMut(&Path, &Metadata) -> io::Result<()>) -> io::Result<()> {
    // Whatever links lead to it: what was set aside lies beside the file itself.
    let Ok(path) = path.canonicalize() else { return Ok(()) };
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
    let name = name.to_string_lossy();
    let is_aside = |file: &str| {
        file.strip_prefix(&*name).is_some_and(|rest| ASIDE.iter().any(|why| rest.starts_with(why)))
    };
    walk(folder, &is_aside, each)
}

/// A file of the program's own beside the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it is.
    pub path: PathBuf,
    /// From when on the next deletion takes it.
    pub until: Timestamp,
}

/// The files in the program's own folders that may hold visits, in the order of their names: what was exported, reports,
/// backups, and logs that were set aside. Most of them cannot be searched: they are encrypted, or workbooks.
///
/// # Errors
/// Those of the file system.
pub fn kept_files(config: &Config) -> io::Result<Vec<KeptFile>> {
    let mut files = Vec::new();
    let kept = SignedDuration::from_hours(24 * i64::from(config.retention_days));
    let mut add = |path: &Path, metadata: &Metadata| {
        if !metadata.is_dir() {
            let written = Timestamp::try_from(metadata.modified()?).unwrap_or(Timestamp::MAX);
            let until = written.saturating_add(kept).unwrap_or(Timestamp::MAX);
            files.push(KeptFile { path: path.to_owned(), until });
        }
        Ok(())
    };
    walk_exports(config, &mut add)?;
    walk_aside(&config.path, &mut add)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The age of files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Age {
    /// What was last written before is deleted.
    pub(super) before: SystemTime,
    /// Nothing was written later: what says so got its time from a clock that was ahead, and counts from now on.
    pub(super) latest: SystemTime,
}

/// Deletes what lies in the folder of exports, and the logs and keys that were set aside, as far as they are old
/// enough. Gives how many files those were, and what failed.
pub(super) fn delete_files(config: &Config, age: Age) -> (u64, io::Result<()>) {
    let mut files = 0;
    let mut delete = |path: &Path, metadata: &Metadata| {
        files += u64::from(delete_older(path, metadata, age)?);
        Ok(())
    };
    let mut done = Ok(());
    for path in [Some(config.path.as_path()), config.keys.path()].into_iter().flatten() {
        done = done.and(walk_aside(path, &mut delete));
    }
    done = done.and(walk_exports(config, &mut delete));
    (files, done)
}

/// Removes what killed programs left unfinished in the folder of exports.
///
/// # Errors
/// Those of the file system.
pub fn delete_unfinished(config: &Config) -> io::Result<()> {
    walk_exports(config, &mut |path, metadata| {
        if is_draft(path, metadata) { Draft::remove_left(path).map(|_| ()) } else { Ok(()) }
    })
}

fn is_draft(path: &Path, metadata: &Metadata) -> bool {
    metadata.is_file() && Draft::is_named(path)
}

/// Tells whether it was a file and is gone.
fn delete_older(path: &Path, metadata: &Metadata, age: Age) -> io::Result<bool> {
    if is_draft(path, metadata) {
        // However new it is, nobody needs it; however old, somebody may be writing it.
        return Draft::remove_left(path);
    }
    let written = metadata.modified()?;
    if written >= age.before {
        if written > age.latest {
            date(path, age.latest)?;
        }
        return Ok(false);
    }
    if metadata.is_dir() {
        return match fs::remove_dir(path) {
            Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => Err(error),
            _ => Ok(false),
        };
    }
    fs::remove_file(path)?;
    tracing::info!("a file beside the log has reached its retention");
    Ok(true)
}

/// Makes this the time at which a file, or the link that it is, was last written.
#[cfg(unix)]
fn date(path: &Path, time: SystemTime) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_OMIT, utimensat};
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let times = Timestamps {
        last_access: Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT },
        last_modification: Timespec {
            tv_sec: since.as_secs().cast_signed(),
            tv_nsec: since.subsec_nanos().into(),
        },
    };
    Ok(utimensat(CWD, path, &times, AtFlags::SYMLINK_NOFOLLOW)?)
}

#[cfg(not(unix))]
fn date(path: &Path, time: SystemTime) -> io::Result<()> {
    fs::File::options().write(true).open(path)?.set_modified(time)
}
