//! Opening the database file: its key, its journal, and what went wrong where it cannot be read.

use std::ffi::c_int;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, ffi};

use super::keys::{KeyError, Keys};
use super::set_aside::Left;
use super::{Config, VisitsError, replacement, set_aside};
use crate::private;

/// How long a statement waits for another program's transaction.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Held by the thread that opens a connection. The first one readies SQLCipher, and SQLite lets a second thread
/// go on before that is done (`sqlite3_initialize` sets `isInit` before it calls `SQLITE_EXTRA_INIT`): it would
/// find that no key can be set.
pub(crate) static OPENING: Mutex<()> = Mutex::new(());

/// Opens the file with the keys that it has: those in place, or those that were to take their place when a change
/// was interrupted.
pub(super) fn unlock(config: &Config) -> Result<(Keys, Connection), VisitsError> {
    if replacement::is_linked(&config.path).map_err(|error| VisitsError::from_io(&error))? {
        return Err(VisitsError::Linked);
    }
    let next = Keys::next(&config.keys)?;
    match Keys::load(&config.keys, &config.path) {
        Err(KeyError::Missing(_)) if next.is_some() => {}
        Err(error) => return Err(error.into()),
        Ok(keys) => {
            create_file(&config.path)?;
            match connect(&config.path, &keys) {
                Err(VisitsError::Unreadable) if next.is_some() => {}
                Err(error) => return Err(error),
                Ok(connection) => {
                    set_aside::remember(&config.path, &keys, &connection)?;
                    if let Err(error) = replacement::clear_away(config) {
                        tracing::warn!(%error, "what an interrupted change of the log left could not be removed");
                    }
                    return Ok((keys, connection));
                }
            }
        }
    }
    let next = next.ok_or(VisitsError::Unreadable)?;
    let connection = connect(&config.path, &next)?;
    Keys::adopt_next(&config.keys)?;
    set_aside::remember(&config.path, &next, &connection)?;
    Ok((next, connection))
}

pub(super) fn connect(path: &Path, keys: &Keys) -> Result<Connection, VisitsError> {
    let connection = connect_to(path, keys)?;
    connection.execute_batch("PRAGMA journal_mode = WAL").map_err(|error| cause(&connection, error))?;
    Ok(connection)
}

/// Opens a database file, whatever its journal is, with its key.
pub(super) fn connect_to(path: &Path, keys: &Keys) -> Result<Connection, VisitsError> {
    // SQLite would open a file that may only be read, and give what it makes beside it the same mode.
    if let Some(forbidden) = files_of(path).into_iter().find(|file| private::is_forbidden(file)) {
        return Err(VisitsError::Forbidden(forbidden));
    }
    // Where the file is gone nobody makes another beside a write-ahead log that may still be used.
    let there = OpenFlags::default().difference(OpenFlags::SQLITE_OPEN_CREATE);
    let connection = open_connection(path, there)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(&keys.key_statement())?;
    let settings = "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;";
    connection.execute_batch(settings).map_err(|error| cause(&connection, error))?;
    Ok(connection)
}

/// Opens the file for whoever only reads, where the disk may take nothing: neither a lock for others nor the file that
/// readers share.
pub(super) fn connect_to_read(path: &Path, keys: &Keys) -> Result<Connection, VisitsError> {
    let open = |path: &Path, flags, mode| {
        let connection = open_connection(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.execute_batch(&keys.key_statement())?;
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
        connection.execute_batch(mode)?;
        let read = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
        read.map_err(|error| cause(&connection, error))?;
        Ok::<_, VisitsError>(connection)
    };
    open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, "")
        // Alone with it, a reader keeps in memory what others share.
        .or_else(|_| open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, "PRAGMA locking_mode = EXCLUSIVE"))
        .or_else(|error| {
            let [path, log, _] = files_of(path);
            // Beyond what no write-ahead log goes there is nothing to share.
            let is_whole = match fs::metadata(log) {
                Ok(log) => log.len() == 0,
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            let name = path.to_str().filter(|_| is_whole).ok_or(error)?;
            let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_URI);
            open(Path::new(&format!("file:{name}?immutable=1")), flags, "")
        })
}

/// The file of a database, and those that SQLite keeps beside it.
pub fn files_of(path: &Path) -> [PathBuf; 3] {
    // Whatever links lead to the database: they lie beside the file itself.
    let path = real_path(path).unwrap_or_else(|_| path.to_owned());
    let [log, shared] = replacement::COMPANIONS.map(|ending| replacement::beside(&path, ending));
    [path, log, shared]
}

/// What the program itself keeps beside a database: who uses it, and which keys it has.
pub fn marks_of(path: &Path) -> [PathBuf; 2] {
    let path = real_path(path).unwrap_or_else(|_| path.to_owned());
    [replacement::IN_USE, set_aside::KEY_ID].map(|ending| replacement::beside(&path, ending))
}

/// Opens a file to which no key was given yet.
pub(super) fn open_connection(path: &Path, flags: OpenFlags) -> Result<Connection, VisitsError> {
    let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    let connection = Connection::open_with_flags(path, flags)?;
    // What is wrong is said once, by the program.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    Ok(connection)
}

/// What is the cause of an error that the connection gave.
pub(super) fn cause(connection: &Connection, error: impl Into<VisitsError>) -> VisitsError {
    match error.into() {
        VisitsError::Unreadable if has_failed_to_read(connection) => VisitsError::Disk,
        error => error,
    }
}

/// Whether the disk failed while the connection read the database or its write-ahead log. SQLCipher decrypts even what
/// could not be read, and says that it is damaged: the file alone knows, and rusqlite does not ask it.
#[allow(unsafe_code)]
pub(super) fn has_failed_to_read(connection: &Connection) -> bool {
    let (mut number, mut log): (c_int, *mut ffi::sqlite3_file) = (0, ptr::null_mut());
    // SAFETY: the connection is open, and both answers have the types that SQLite gives them. The file of the
    // write-ahead log lives as long as the connection, which nobody else uses meanwhile.
    unsafe {
        let database = connection.handle();
        let asked = ffi::SQLITE_FCNTL_LAST_ERRNO;
        ffi::sqlite3_file_control(database, ptr::null(), asked, (&raw mut number).cast());
        ffi::sqlite3_file_control(
            database,
            ptr::null(),
            ffi::SQLITE_FCNTL_JOURNAL_POINTER,
            (&raw mut log).cast(),
        );
        let methods = log.as_ref().and_then(|log| log.pMethods.as_ref());
        if number == 0
            && let Some(control) = methods.and_then(|methods| methods.xFileControl)
        {
            control(log, asked, (&raw mut number).cast());
        }
    }
    number != 0
}

/// Takes a log that is there away from others than its owner, before its companions take over its permissions.
pub(super) fn make_private(path: &Path) -> Result<(), VisitsError> {
    let made = match (replacement::is_linked(path), set_aside::left_of(path)) {
        (Ok(false), Left::Log) => private::make_private(path),
        // Whoever opens it says why that cannot be done.
        _ => Ok(()),
    };
    made.map_err(|error| VisitsError::from_io(&error))
}

/// Makes the file for its owner alone before SQLite sees it, where there never was a log; its companions take over its
/// permissions.
fn create_file(path: &Path) -> Result<(), VisitsError> {
    match set_aside::left_of(path) {
        Left::Log => return Ok(()),
        Left::Remains => return Err(VisitsError::Unreadable),
        Left::Name => return Err(VisitsError::Gone),
        Left::Nothing => {}
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    private::create_folder(folder)
        .and_then(|()| private::open_file(path)?.sync_all())
        .and_then(|()| {
            File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()
        })
        .map_err(|error| VisitsError::from_io(&error))
}

/// What the kiosk that runs on the database has.
pub(super) fn lock(config: &Config) -> Result<File, VisitsError> {
    let opened = private::create_folder(config.path.parent().unwrap_or(Path::new(".")))
        .and_then(|()| {
            // Whatever links lead to the database: its lock lies beside the file itself.
            let mut path = real_path(&config.path)?.into_os_string();
            path.push(".lock");
            private::open_file(Path::new(&path))
        })
        .map_err(|error| VisitsError::from_io(&error))?;
    match opened.try_lock() {
        Ok(()) => Ok(opened),
        Err(TryLockError::WouldBlock) => Err(VisitsError::AlreadyRunning),
        Err(TryLockError::Error(error)) => Err(VisitsError::from_io(&error)),
    }
}

/// The file itself, whatever links lead to it.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    if path.exists() {
        return path.canonicalize();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
    Ok(path.file_name().map_or(folder.clone(), |name| folder.join(name)))
}
