//! Another database takes the log's place, with other keys. Ended at any moment, it leaves the old log or the new one.
//!
//! The new database and its keys are written beside the old ones. The database takes its place first, in one step, and
//! then the keys: whoever opens a database that the keys in place do not fit tries those beside them.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::Connection;

use super::connection::{connect_to, lock, real_path, unlock};
use super::database::{self, identity};
use super::keys::Keys;
use super::seal::Seal;
use super::{Config, KeyError, KeySource, VisitsError, schema};
use crate::private;

/// For so long a replacement waits for commands to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the name of a log that another one replaced has behind that of the log.
pub(super) const REPLACED: &str = ".replaced-";

/// The same of a damaged log.
pub(super) const DAMAGED: &str = ".damaged-";

/// All that stands there in names of what went out of the way.
pub(super) const ASIDE: [&str; 2] = [REPLACED, DAMAGED];

/// The file by which programs know that the database is in use.
pub(super) const IN_USE: &str = ".in-use";

/// The files that SQLite keeps beside a database.
pub(super) const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Why the log was not replaced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplacementError {
    /// The file cannot be opened with the pass-phrase.
    #[error("{}: the pass-phrase is wrong, or this is no backup of a visit log", .0.display())]
    NotOpened(PathBuf),
    /// The file cannot be read.
    #[error("{}: there is no backup that can be read", .0.display())]
    NotRead(PathBuf),
    /// The backup is not what was written.
    #[error("{}: the backup is not intact ({faults} faults); nothing was restored", .file.display())]
    NotIntact {
        /// The backup.
        file: PathBuf,
        /// How much is wrong with it.
        faults: usize,
    },
    /// The backup has real visits, and the log in force is the demo's.
    #[error("the backup has real visits, and these settings are the demo's")]
    NotTheDemos,
    /// The backup has the demo's visits alone, and the log in force is not the demo's.
    #[error("the backup has the demo's visits, and these settings are not the demo's")]
    TheDemos,
    /// The program cannot change the keys where they lie.
    #[error(
        "the keys do not lie in a file of the program's own: write new ones with --keys FILE, and put them there"
    )]
    KeysElsewhere,
    /// The log cannot be read or written.
    #[error(transparent)]
    Visits(#[from] VisitsError),
}

impl From<rusqlite::Error> for ReplacementError {
    fn from(error: rusqlite::Error) -> Self {
        VisitsError::from(error).into()
    }
}

impl From<KeyError> for ReplacementError {
    fn from(error: KeyError) -> Self {
        VisitsError::from(error).into()
    }
}

impl From<io::Error> for ReplacementError {
    fn from(error: io::Error) -> Self {
        VisitsError::from_io(&error).into()
    }
}

/// Where the keys that come go: into the key file, or, where the program cannot put them there, into this one.
#[derive(Debug, Clone)]
pub enum NewKeys {
    /// The key file of the settings.
    InPlace(PathBuf),
    /// A file that somebody will put into its place.
    Beside(PathBuf),
}

impl NewKeys {
    /// # Errors
    /// [`ReplacementError::KeysElsewhere`] where a file has to be named and is not.
    pub(super) fn of(source: &KeySource, named: Option<&Path>) -> Result<Self, ReplacementError> {
        match (source, named) {
            (KeySource::File(path), None) => Ok(Self::InPlace(path.clone())),
            (_, Some(named)) => Ok(Self::Beside(named.to_owned())),
            (KeySource::Credential(_) | KeySource::Keyring(_), None) => Err(ReplacementError::KeysElsewhere),
        }
    }
}

/// What everybody who uses the database has, with a note of which file that is.
#[derive(Debug)]
pub(super) struct Used(File);

impl Used {
    /// # Errors
    /// [`VisitsError::Gone`] where others use a file that has lost its name: whatever has it now, or takes it, would lie
    /// beside their write-ahead log.
    pub(super) fn with_others(path: &Path) -> Result<Self, VisitsError> {
        let failed = |error: io::Error| VisitsError::from_io(&error);
        let mut file = open_use(path)?;
        take(file.try_lock_shared())?;
        let mut noted = String::new();
        file.read_to_string(&mut noted).map_err(failed)?;
        if !noted.is_empty() && noted != note_of(path) {
            match file.try_lock() {
                // Nobody uses it any more.
                Ok(()) => file.set_len(0).map_err(failed)?,
                Err(fs::TryLockError::WouldBlock) => return Err(VisitsError::Gone),
                Err(fs::TryLockError::Error(error)) => return Err(failed(error)),
            }
            take(file.try_lock_shared())?;
        }
        Ok(Self(file))
    }

    /// Notes which file it is, for those who come later.
    pub(super) fn note(&mut self, path: &Path) -> Result<(), VisitsError> {
        let noted = self.0.rewind().and_then(|()| self.0.write_all(note_of(path).as_bytes()));
        noted.map_err(|error| VisitsError::from_io(&error))
    }
}

/// What tells the file of this name from others.
fn note_of(path: &Path) -> String {
    identity(path).map_or_else(|| "-".to_owned(), |(device, number)| format!("{device} {number}"))
}

fn take(taken: Result<(), fs::TryLockError>) -> Result<(), VisitsError> {
    match taken {
        Ok(()) => Ok(()),
        Err(fs::TryLockError::WouldBlock) => Err(VisitsError::Busy),
        Err(fs::TryLockError::Error(error)) => Err(VisitsError::from_io(&error)),
    }
}

fn open_use(path: &Path) -> Result<File, VisitsError> {
    private::create_folder(path.parent().unwrap_or(Path::new(".")))
        .and_then(|()| private::open_to_change(&beside(&real_path(path)?, IN_USE)))
        .map_err(|error| VisitsError::from_io(&error))
}

/// Nobody else uses the database as long as this lives, and no kiosk starts.
#[derive(Debug)]
pub(super) struct Alone {
    _kiosk: File,
    _everybody: File,
}

impl Alone {
    pub(super) fn with(config: &Config) -> Result<Self, VisitsError> {
        let kiosk = lock(config)?;
        Ok(Self { _kiosk: kiosk, _everybody: exclusive(config, PATIENCE)? })
    }
}

/// As long as this lives nobody else uses the database.
pub(super) fn exclusive(config: &Config, patience: Duration) -> Result<File, VisitsError> {
    let file = open_use(&config.path)?;
    let ends = Instant::now() + patience;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < ends => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(fs::TryLockError::WouldBlock) => return Err(VisitsError::Busy),
            Err(fs::TryLockError::Error(error)) => return Err(VisitsError::from_io(&error)),
        }
    }
}

/// A database that has not the log's name yet.
pub(super) struct Prepared {
    pub(super) connection: Connection,
    pub(super) keys: Keys,
    path: PathBuf,
    place: PathBuf,
}

impl Prepared {
    /// Makes an empty log.
    pub(super) fn new(config: &Config, keys: Keys) -> Result<Self, VisitsError> {
        let mut prepared = Self::begin(config, keys)?;
        schema::migrate(&mut prepared.connection, &prepared.keys)?;
        Ok(prepared)
    }

    /// Copies a database, opened with its own key, into a new one with these keys.
    pub(super) fn copy(
        config: &Config,
        from: &Path,
        from_key: &str,
        keys: Keys,
    ) -> Result<Self, ReplacementError> {
        let mut prepared = Self::begin(config, keys)?;
        copy_log(&prepared.connection, from, from_key)?;
        // SQLite copies indexes entry by entry, those that no record has among them.
        prepared.connection.execute_batch("REINDEX")?;
        schema::migrate(&mut prepared.connection, &prepared.keys)?;
        Ok(prepared)
    }

    fn begin(config: &Config, keys: Keys) -> Result<Self, VisitsError> {
        let failed = |error: io::Error| VisitsError::from_io(&error);
        let place = real_path(&config.path).map_err(failed)?;
        let path = beside(&place, ".next");
        // What an interrupted replacement left behind.
        for left in [path.clone(), beside(&path, "-journal"), beside(&path, "-wal"), beside(&path, "-shm")] {
            remove(&left).map_err(failed)?;
        }
        private::create_file(&path).map_err(failed)?;
        let connection = connect_to(&path, &keys)?;
        Ok(Self { connection, keys, path, place })
    }

    /// Puts it and its keys into the log's place. The log that was there and its keys get this ending of
    /// [`aside_ending`], or go.
    pub(super) fn install(self, ending: Option<&str>, new_keys: &NewKeys) -> Result<(), ReplacementError> {
        match new_keys {
            NewKeys::InPlace(file) => self.keys.write_next(file)?,
            NewKeys::Beside(file) => self.keys.write(file)?,
        }
        if let NewKeys::InPlace(file) = new_keys
            && let Some(ending) = ending
            && file.exists()
        {
            // What is set aside can be read with nothing else, and is kept for so long from now on.
            let kept = beside(file, ending);
            fs::copy(file, &kept)?;
            File::open(&kept)?.sync_all()?;
        }
        let aside = ending.map(|ending| beside(&self.place, ending));
        self.take_place(aside.as_deref())?;
        if let NewKeys::InPlace(file) = new_keys {
            Keys::adopt_next(&KeySource::File(file.clone()))?;
        }
        Ok(())
    }

    /// Puts it into the log's place, with the keys that are there.
    pub(super) fn take_place(self, aside: Option<&Path>) -> Result<(), VisitsError> {
        let Self { connection, path, place, .. } = self;
        connection.close().map_err(|(_, error)| error)?;
        replace_file(&path, &place, aside).map_err(|error| VisitsError::from_io(&error))
    }
}

/// Gives a file the place of another, which gets the name `aside` or goes.
fn replace_file(path: &Path, place: &Path, aside: Option<&Path>) -> io::Result<()> {
    if let Some(aside) = aside
        && place.exists()
    {
        fs::hard_link(place, aside)?;
    }
    for companion in COMPANIONS {
        // They are the old log's, and would be taken for the new one's.
        let file = beside(place, companion);
        match aside {
            Some(aside) if file.exists() => fs::rename(&file, beside(aside, companion))?,
            _ => remove(&file)?,
        }
    }
    fs::rename(path, place)?;
    File::open(place.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Removes what an interrupted replacement left behind, where the keys in place still fit the log: copies that no
/// deletion would reach. Whoever calls it keeps replacements away.
pub(super) fn clear_away(config: &Config) -> io::Result<()> {
    let place = real_path(&config.path)?;
    let path = beside(&place, ".next");
    if let KeySource::File(keys) = &config.keys {
        remove(&beside(keys, ".next"))?;
    }
    if !path.exists() {
        return Ok(());
    }
    for left in [beside(&path, "-journal"), beside(&path, "-wal"), beside(&path, "-shm"), path] {
        remove(&left)?;
    }
    for aside in second_names(&place)? {
        remove(&aside)?;
    }
    Ok(())
}

/// Gives the log back what an interrupted replacement set aside already: its second name goes, and its write-ahead
/// log, which may hold its last records, comes back. Where it has another one meanwhile, both stay.
pub(super) fn take_back(place: &Path) -> io::Result<()> {
    let log = beside(place, "-wal");
    for aside in second_names(place)? {
        let aside_log = beside(&aside, "-wal");
        if aside_log.exists() {
            if log.exists() {
                continue;
            }
            fs::rename(aside_log, &log)?;
        }
        remove(&beside(&aside, "-shm"))?;
        remove(&aside)?;
    }
    Ok(())
}

/// Whether the log has another name than those that an interrupted replacement leaves. Whoever opens it by that has a lock
/// and a write-ahead log of their own.
pub(super) fn is_linked(path: &Path) -> io::Result<bool> {
    let place = real_path(path)?;
    let names = database::names(&place);
    Ok(names > 1 && names > 1 + second_names(&place)?.len() as u64)
}

/// The names among those of logs that were set aside which the log in place has, too.
fn second_names(place: &Path) -> io::Result<Vec<PathBuf>> {
    let prefixes = ASIDE.map(|why| beside(place, why));
    let mut names = Vec::new();
    for entry in fs::read_dir(place.parent().unwrap_or(Path::new(".")))? {
        let other = entry?.path();
        let is_aside = prefixes.iter().any(|prefix| {
            other.as_os_str().as_encoded_bytes().starts_with(prefix.as_os_str().as_encoded_bytes())
        });
        if is_aside && identity(&other).is_some() && identity(&other) == identity(place) {
            names.push(other);
        }
    }
    Ok(names)
}

/// Copies all of an opened database with its key into the empty one of the connection.
fn copy_log(connection: &Connection, from: &Path, from_key: &str) -> Result<(), VisitsError> {
    let name = from.to_str().ok_or(VisitsError::NotWritable)?;
    connection.execute("ATTACH ?1 AS source KEY ?2", [name, from_key])?;
    let version: u32 = connection.query_row("PRAGMA source.user_version", [], |row| row.get(0))?;
    connection.query_row("SELECT sqlcipher_export('main', 'source')", [], |_| Ok(()))?;
    connection.pragma_update(None, "user_version", version)?;
    connection.execute_batch("DETACH source")?;
    Ok(())
}

/// Empties the log's write-ahead log, so that the log is one file. Gives its keys and its last seal.
pub(super) fn settle(config: &Config) -> Result<(Keys, Seal), VisitsError> {
    let (keys, mut connection) = unlock(config)?;
    schema::migrate(&mut connection, &keys)?;
    schema::check(&connection, &keys)?;
    let head = database::head(&connection)?;
    let is_busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    connection.close().map_err(|(_, error)| error)?;
    if is_busy { Err(VisitsError::Busy) } else { Ok((keys, head)) }
}

/// What the names of the log and of its key file get when they go out of the way now: no file has either yet.
pub(super) fn aside_ending(config: &Config, place: &Path, why: &str) -> String {
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let is_taken = |ending: &str| {
        [Some(place), config.keys.path()].into_iter().flatten().any(|path| beside(path, ending).exists())
    };
    let mut ending = format!("{why}{time}");
    let mut number = 1;
    while is_taken(&ending) {
        number += 1;
        ending = format!("{why}{time}-{number}");
    }
    ending
}

/// The path with this behind its name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
