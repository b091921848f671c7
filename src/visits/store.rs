//! The thread that owns the database, and the handle by which everyone else writes and reads.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::oneshot;

use super::database::Database;
use super::{CodeHash, Config, Environment, Recorded, Visit, VisitsError, retention};
use crate::code::Code;
use crate::private;

/// How long a caller waits for the disk before the log counts as unwritable.
const ANSWER_LIMIT: Duration = Duration::from_secs(8);

/// For how long opening is tried again while another program is making the database.
const OPENING_LIMIT: Duration = Duration::from_secs(5);

/// What the log is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A kiosk: one for each database; it deletes what has reached its retention.
    Kiosk,
    /// A command beside it.
    Command,
}

/// Which records are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// From this time on.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// At the most so many.
    pub limit: u32,
}

type Reply<T> = oneshot::Sender<Result<T, VisitsError>>;

enum Request {
    Hash(Code, Reply<CodeHash>),
    HashAll(Vec<Code>, Reply<Vec<CodeHash>>),
    Hold(Environment, Vec<CodeHash>, Timestamp, Reply<()>),
    IsHeld(Environment, CodeHash, Reply<bool>),
    Append(Box<Visit>, Reply<Option<Timestamp>>),
    List(Filter, Reply<Vec<Recorded>>),
    LastTime(Reply<Option<Timestamp>>),
    Probe(Reply<()>),
    PurgeStep(Reply<bool>),
}

/// A handle to the visit log. Its thread ends, after the request at hand, when the handle is dropped.
#[derive(Debug)]
pub struct Store {
    requests: Option<mpsc::Sender<Request>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Store {
    /// Opens the log.
    ///
    /// # Errors
    /// Why it cannot be written; for a kiosk also [`VisitsError::AlreadyRunning`].
    pub fn open(config: Config, used_for: Use) -> Result<Self, VisitsError> {
        let lock = match used_for {
            Use::Kiosk => Some(lock(&config)?),
            Use::Command => None,
        };
        let database = open_patiently(&config)?;
        let (requests, received) = mpsc::channel();
        let owner = Owner { config, database: Some(database), _lock: lock };
        let thread = thread::Builder::new()
            .name("visit log".to_owned())
            .spawn(move || owner.serve(&received))
            .map_err(|error| VisitsError::from_io(&error))?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    /// The keyed hash of a code.
    ///
    /// # Errors
    /// Why the log, and so its key, cannot be used.
    pub async fn hash(&self, code: Code) -> Result<CodeHash, VisitsError> {
        self.ask(|reply| Request::Hash(code, reply)).await
    }

    /// The keyed hashes of many codes, in their order.
    ///
    /// # Errors
    /// Why the log, and so its key, cannot be used.
    pub async fn hash_all(&self, codes: Vec<Code>) -> Result<Vec<CodeHash>, VisitsError> {
        self.ask(|reply| Request::HashAll(codes, reply)).await
    }

    /// Holds codes at the door until `until`, instead of those that were held in this environment before.
    ///
    /// # Errors
    /// Why the log cannot be written.
    pub async fn hold(
        &self,
        environment: Environment,
        codes: Vec<CodeHash>,
        until: Timestamp,
    ) -> Result<(), VisitsError> {
        self.ask(|reply| Request::Hold(environment, codes, until, reply)).await
    }

    /// Whether a code is held at the doors of this environment now.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn is_held(&self, environment: Environment, code: CodeHash) -> Result<bool, VisitsError> {
        self.ask(|reply| Request::IsHeld(environment, code, reply)).await
    }

    /// Brings a visit to the disk. Gives the time at which the same code was shown before, if that was
    /// within the repeat window.
    ///
    /// # Errors
    /// Why the visit may not be on the disk.
    pub async fn append(&self, visit: Visit) -> Result<Option<Timestamp>, VisitsError> {
        self.ask(|reply| Request::Append(Box::new(visit), reply)).await
    }

    /// The newest records that the filter lets through, newest first.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn list(&self, filter: Filter) -> Result<Vec<Recorded>, VisitsError> {
        self.ask(|reply| Request::List(filter, reply)).await
    }

    /// The time of the last record, where there is one whose content is still kept.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn last_time(&self) -> Result<Option<Timestamp>, VisitsError> {
        self.ask(Request::LastTime).await
    }

    /// Tells whether the log can be written, by writing.
    ///
    /// # Errors
    /// Why it cannot.
    pub async fn probe(&self) -> Result<(), VisitsError> {
        self.ask(Request::Probe).await
    }

    /// Deletes the content of the records that have reached their retention, in steps small enough for check-ins
    /// between them, what is held no longer, and the files in the folder of exports that are as old.
    ///
    /// # Errors
    /// Why the log or the folder cannot be written.
    pub async fn purge(&self) -> Result<(), VisitsError> {
        while self.ask(Request::PurgeStep).await? {}
        Ok(())
    }

    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, VisitsError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.as_ref().is_some_and(|requests| requests.send(request(reply)).is_ok());
        if !sent {
            return Err(VisitsError::Disk);
        }
        match tokio::time::timeout(ANSWER_LIMIT, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(VisitsError::Disk),
            Err(_) => Err(VisitsError::TimedOut),
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            let ends = Instant::now() + Duration::from_secs(1);
            while !thread.is_finished() && Instant::now() < ends {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }
}

struct Owner {
    config: Config,
    database: Option<Database>,
    _lock: Option<File>,
}

impl Owner {
    fn serve(mut self, requests: &mpsc::Receiver<Request>) {
        // A caller that no longer waits needs no answer.
        for request in requests {
            match request {
                Request::Hash(code, reply) => {
                    let _ = reply.send(self.with(|database| Ok(database.keys().hash(&code))));
                }
                Request::HashAll(codes, reply) => {
                    let hash = |database: &mut Database| {
                        Ok(codes.iter().map(|code| database.keys().hash(code)).collect())
                    };
                    let _ = reply.send(self.with(hash));
                }
                Request::Hold(environment, codes, until, reply) => {
                    let _ = reply.send(self.with(|database| database.hold(environment, &codes, until)));
                }
                Request::IsHeld(environment, code, reply) => {
                    let is_held =
                        |database: &mut Database| database.is_held(environment, code, Timestamp::now());
                    let _ = reply.send(self.with(is_held));
                }
                Request::Append(visit, reply) => {
                    let repeat = SignedDuration::try_from(self.config.repeat).unwrap_or_default();
                    let since = visit.at.checked_sub(repeat).unwrap_or(Timestamp::MIN);
                    let _ = reply.send(self.with(|database| database.append(&visit, since)));
                }
                Request::List(filter, reply) => {
                    let _ = reply.send(self.with(|database| database.list(&filter)));
                }
                Request::LastTime(reply) => {
                    let _ = reply.send(self.with(|database| database.last_time()));
                }
                Request::Probe(reply) => {
                    let _ = reply.send(self.with(|database| database.probe()));
                }
                Request::PurgeStep(reply) => {
                    let _ = reply.send(self.purge_step(Timestamp::now()));
                }
            }
        }
    }

    /// Records go first, some at a time, and at last the files that are as old.
    fn purge_step(&mut self, now: Timestamp) -> Result<bool, VisitsError> {
        let days = self.config.retention_days;
        let (before, is_more) = self.with(|database| {
            let before = database.retention_ends(days, now)?;
            Ok((before, database.purge_step(before, now)?))
        })?;
        if !is_more {
            retention::delete_older_files(&self.config.exports, before.into())
                .map_err(|error| VisitsError::from_io(&error))?;
        }
        Ok(is_more)
    }

    /// Works with the database, opened anew where it failed before or where its file was taken away.
    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Database) -> Result<T, VisitsError>,
    ) -> Result<T, VisitsError> {
        let in_place = self.database.take().filter(|database| database.is_in_place(&self.config.path));
        let mut database = match in_place {
            Some(database) => database,
            None => Database::open(&self.config)?,
        };
        let done = work(&mut database);
        if matches!(done, Ok(_) | Err(VisitsError::Busy)) {
            self.database = Some(database);
        }
        done
    }
}

/// Two programs that make the database at once get in each other's way for a moment.
fn open_patiently(config: &Config) -> Result<Database, VisitsError> {
    let ends = Instant::now() + OPENING_LIMIT;
    loop {
        match Database::open(config) {
            Err(VisitsError::Busy) if Instant::now() < ends => thread::sleep(Duration::from_millis(20)),
            other => return other,
        }
    }
}

fn lock(config: &Config) -> Result<File, VisitsError> {
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

fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    if path.exists() {
        return path.canonicalize();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
    Ok(path.file_name().map_or(folder.clone(), |name| folder.join(name)))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use uuid::Uuid;

    use super::*;
    use crate::entry::{Cause, Decision};
    use crate::visits::{KeySource, Record};

    fn visit(at: Timestamp) -> Visit {
        Visit {
            id: Uuid::now_v7(),
            at,
            environment: Environment::Test,
            entrance: "Ana giriş".to_owned(),
            source: None,
            decided_by: None,
            answers: None,
            code: None,
            decision: Decision::Unverified(Cause::NoCode),
            valid_until: None,
            service_ms: None,
            holder: None,
        }
    }

    fn config(folder: &Path) -> Config {
        Config {
            path: folder.join("log/visits.db"),
            keys: KeySource::File(folder.join("visits.key")),
            keep_holder: false,
            repeat: Duration::ZERO,
            retention_days: 30,
            exports: folder.join("exports"),
        }
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
    }

    /// The sequence numbers of what is left of visits that are so many hours old.
    fn left_of(ages_in_hours: &[i64]) -> Vec<u64> {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(config(folder.path()), Use::Kiosk).unwrap();
        runtime().block_on(async {
            let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
            for &age in ages_in_hours {
                store.append(visit(now - age.hours())).await.unwrap();
            }
            store.purge().await.unwrap();
            let listed = store.list(Filter { since: None, until: None, limit: u32::MAX }).await.unwrap();
            let visits = listed.iter().filter(|recorded| matches!(recorded.record, Record::Visit(_)));
            visits.map(|recorded| recorded.sequence).collect()
        })
    }

    #[test]
    fn what_has_reached_its_retention_is_deleted_and_the_sequence_goes_on() {
        assert_eq!(left_of(&[31 * 24, 30 * 24 + 1, 30 * 24 - 1, 1]), [4, 3]);
    }

    #[test]
    fn what_is_held_is_held_until_its_time_and_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(config(folder.path()), Use::Kiosk).unwrap();
        runtime().block_on(async {
            let hash = store.hash(Code::parse("A1B2345671").unwrap()).await.unwrap();
            let now = Timestamp::now();
            store.hold(Environment::Live, vec![hash], now + 1.hour()).await.unwrap();
            assert!(store.is_held(Environment::Live, hash).await.unwrap());
            store.hold(Environment::Live, vec![hash], now - 1.second()).await.unwrap();
            assert!(!store.is_held(Environment::Live, hash).await.unwrap());
        });
    }

    #[test]
    fn reports_in_the_folder_of_exports_live_as_long_as_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let exports = folder.path().join("exports");
        std::fs::create_dir(&exports).unwrap();
        for (name, days) in [("old.csv", 31), ("new.csv", 29)] {
            let written = std::time::SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
            File::create(exports.join(name)).unwrap().set_modified(written).unwrap();
        }
        let store = Store::open(config(folder.path()), Use::Command).unwrap();
        runtime().block_on(store.purge()).unwrap();
        let left = std::fs::read_dir(&exports).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(left.collect::<Vec<_>>(), ["new.csv"]);
    }

    #[test]
    fn a_clock_that_jumped_ahead_does_not_empty_the_log() {
        assert_eq!(left_of(&[400 * 24, 399 * 24]), [2, 1]);
    }
}
