//! The thread that owns the database, and the handle by which everyone else writes and reads.

use std::fs::File;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::oneshot;

use super::connection::lock;
use super::database::Database;
use super::record::Deed;
use super::retention::{Age, Deleted};
use super::rights::Search;
use super::{
    Act, Because, CodeHash, Config, Credentials, Environment, JournalKey, Person, PinChange, PinTry,
    Recorded, Seal, UnreadableRecord, Visit, VisitsError, WrongPin, retention, set_aside,
};
use crate::code::Code;

/// How long a caller waits for the disk before the log counts as unwritable.
const ANSWER_LIMIT: Duration = Duration::from_secs(8);

/// For how long opening is tried again while another program is making the database.
const OPENING_LIMIT: Duration = Duration::from_secs(5);

/// What the log is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A kiosk: one for each database; it deletes what has reached its retention.
    Kiosk,
    /// A command beside it that records visits.
    Command,
    /// A command that looks after the log: it never begins another one in its place.
    Log,
}

/// What the thread is asked to do; whoever asked may be gone when it is done.
type Request = Box<dyn FnOnce(&mut Owner) + Send>;

/// A handle to the visit log. Its thread ends, after the request at hand, when the handle is dropped.
#[derive(Debug)]
pub struct Store {
    config: Config,
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
            Use::Command | Use::Log => None,
        };
        let open = match used_for {
            Use::Kiosk | Use::Command => Database::open_or_begin_anew,
            Use::Log => Database::open,
        };
        let database = open_patiently(&config, open)?;
        let (requests, received) = mpsc::channel();
        let last = database.last();
        let owner = Owner { config: config.clone(), open, database: Some(database), last, lock };
        let thread = thread::Builder::new()
            .name("visit log".to_owned())
            .spawn(move || owner.serve(&received))
            .map_err(|error| VisitsError::from_io(&error))?;
        Ok(Self { config, requests: Some(requests), thread: Some(thread) })
    }

    /// The keyed hash of a code.
    ///
    /// # Errors
    /// Why the log, and so its key, cannot be used.
    pub async fn hash(&self, code: Code) -> Result<CodeHash, VisitsError> {
        self.work(move |database| Ok(database.hash(&code))).await
    }

    /// The keyed hashes of many codes, in their order.
    ///
    /// # Errors
    /// Why the log, and so its key, cannot be used.
    pub async fn hash_all(&self, codes: Vec<Code>) -> Result<Vec<CodeHash>, VisitsError> {
        self.work(move |database| Ok(codes.iter().map(|code| database.keys().hash(code)).collect())).await
    }

    /// The key of what is written about codes elsewhere.
    ///
    /// # Errors
    /// Why the log, and so its key, cannot be used.
    pub async fn journal_key(&self) -> Result<JournalKey, VisitsError> {
        self.work(|database| Ok(database.keys().journal_key())).await
    }

    /// Holds each code at the doors of an environment until its time, or no longer where it has none. What else
    /// is held there stays so.
    ///
    /// # Errors
    /// Why the log cannot be written.
    pub async fn hold(
        &self,
        environment: Environment,
        codes: Vec<(CodeHash, Option<Timestamp>)>,
    ) -> Result<(), VisitsError> {
        self.work(move |database| database.hold(environment, &codes)).await
    }

    /// Whether a code is held at the doors of this environment now.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn is_held(&self, environment: Environment, code: CodeHash) -> Result<bool, VisitsError> {
        self.work(move |database| database.is_held(environment, code, Timestamp::now())).await
    }

    /// Brings a visit to the disk. Gives the time at which the same code was shown before, if that was
    /// within the repeat window.
    ///
    /// # Errors
    /// Why the visit may not be on the disk; [`VisitsError::Settled`] where it is a word on a visit that has one.
    pub async fn append_visit(&self, visit: Visit) -> Result<Option<Timestamp>, VisitsError> {
        let since = self.repeats_since(visit.at);
        self.work(move |database| database.append_visit(visit, since)).await
    }

    /// Brings a check-out to the disk, if its code's visitor is inside since `day` began, and tells whether it did. Within
    /// the repeat window nobody is checked out.
    ///
    /// # Errors
    /// Why the check-out may not be on the disk.
    pub async fn check_out(&self, visit: Visit, day: Timestamp) -> Result<bool, VisitsError> {
        let since = self.repeats_since(visit.at);
        self.work(move |database| database.check_out(visit, day, since)).await
    }

    /// Brings an act to the disk.
    ///
    /// # Errors
    /// Why the act may not be on the disk.
    pub async fn append_act(&self, act: Act) -> Result<(), VisitsError> {
        self.work(|database| database.append_act(act)).await
    }

    /// Deletes the content of all records of a code. No record waits while all others are looked through for them.
    ///
    /// # Errors
    /// Why the log cannot be read or written.
    pub async fn erase(
        &self,
        code: Code,
        person: Option<String>,
        because: Because,
    ) -> Result<Deleted, VisitsError> {
        match Search::begin(self.config.clone(), code).await {
            // A log that is damaged is its owner's to set aside.
            search @ (Ok(_) | Err(VisitsError::Unreadable)) => {
                self.work(|database| database.erase(search?, person, because.into_words())).await
            }
            Err(error) => Err(error),
        }
    }

    /// The seal of the last record.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn seal(&self) -> Result<Seal, VisitsError> {
        self.work(|database| database.seal()).await
    }

    /// Everybody who has a PIN.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn people(&self) -> Result<Vec<Person>, VisitsError> {
        self.work(|database| database.people()).await
    }

    /// What PINs are compared with, for whoever sets one.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn credentials(&self) -> Result<Credentials, VisitsError> {
        self.work(|database| database.credentials()).await
    }

    /// Gives somebody a PIN, or takes it away, and records that. Tells whether there was anything to do.
    ///
    /// # Errors
    /// Why the log cannot be written.
    pub async fn change_people(&self, change: PinChange, by: Option<String>) -> Result<bool, VisitsError> {
        self.work(|database| database.change_people(change, by)).await
    }

    /// Begins to compare a PIN, if one is taken now. It counts as a wrong one until [`Store::end_pin_try`], so that
    /// nobody has fresh tries by ending the program.
    ///
    /// # Errors
    /// Why the log cannot be written.
    pub async fn begin_pin_try(&self) -> Result<PinTry, VisitsError> {
        self.work(|database| database.begin_pin_try(Timestamp::now())).await
    }

    /// Records whose PIN it was, or that it was nobody's. Gives what wrong PINs came to.
    ///
    /// # Errors
    /// Why the log cannot be written: nothing may be opened.
    pub async fn end_pin_try(&self, person: Option<Person>) -> Result<WrongPin, VisitsError> {
        self.work(move |database| database.end_pin_try(person.as_ref(), Timestamp::now())).await
    }

    /// The latest time of all visits whose content is still kept.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn last_time(&self) -> Result<Option<Timestamp>, VisitsError> {
        self.work(|database| database.last_time()).await
    }

    /// Tells whether the log can be written, by writing.
    ///
    /// # Errors
    /// Why it cannot.
    pub async fn probe(&self) -> Result<(), VisitsError> {
        self.work(|database| database.probe()).await
    }

    /// Deletes the content of the records that have reached their retention, in steps small enough for check-ins
    /// between them, what is held no longer, and the files in the folder of exports that are as old.
    ///
    /// # Errors
    /// Why the log or the folder cannot be written.
    pub async fn purge(&self) -> Result<(), VisitsError> {
        self.purge_older(None, None).await.map(|_| ())
    }

    /// As [`Store::purge`], of what is older than so many days, where somebody asks for that.
    ///
    /// # Errors
    /// Why the log or the folder cannot be written.
    pub async fn purge_older(
        &self,
        days: Option<u32>,
        person: Option<String>,
    ) -> Result<Deleted, VisitsError> {
        let mut records = 0;
        loop {
            let person = person.clone();
            let step = self.ask(move |owner| owner.purge_step(days, person, Timestamp::now())).await?;
            records += step.records;
            if step.records == 0 {
                return Ok(Deleted { records, ..step });
            }
        }
    }

    /// The records of a code, oldest first. That somebody asked is recorded.
    ///
    /// # Errors
    /// Why the log cannot be read, or the question not be recorded.
    pub async fn find(
        &self,
        code: Code,
        person: Option<String>,
    ) -> Result<Vec<Result<Recorded, UnreadableRecord>>, VisitsError> {
        self.ask(move |owner| {
            // The kiosk's visitors would wait while all records are looked through.
            let looks_through = owner.lock.is_none();
            owner.with(|database| database.find(&code, person, looks_through))
        })
        .await
    }

    /// Since when a code that was shown counts as shown before.
    fn repeats_since(&self, at: Timestamp) -> Timestamp {
        let repeat = SignedDuration::try_from(self.config.repeat).unwrap_or_default();
        at.checked_sub(repeat).unwrap_or(Timestamp::MIN)
    }

    /// Has the thread work with the database.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Database) -> Result<T, VisitsError> + Send + 'static,
    ) -> Result<T, VisitsError> {
        self.ask(|owner| owner.with(work)).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Owner) -> Result<T, VisitsError> + Send + 'static,
    ) -> Result<T, VisitsError> {
        let (reply, answer) = oneshot::channel();
        let request: Request = Box::new(|owner| {
            // A caller that no longer waits needs no answer.
            let _ = reply.send(work(owner));
        });
        let sent = self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok());
        if !sent {
            return Err(VisitsError::Disk);
        }
        answer_in(ANSWER_LIMIT, answer).await
    }
}

/// The answer of a thread that works with the disk, if it comes in time.
pub(super) async fn answer_in<T>(
    limit: Duration,
    answer: oneshot::Receiver<Result<T, VisitsError>>,
) -> Result<T, VisitsError> {
    match tokio::time::timeout(limit, answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(VisitsError::Disk),
        Err(_) => Err(VisitsError::TimedOut),
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
    open: Open,
    database: Option<Database>,
    /// The seal of the last record that was written.
    last: Seal,
    /// The kiosk's own.
    lock: Option<File>,
}

impl Owner {
    fn serve(mut self, requests: &mpsc::Receiver<Request>) {
        for request in requests {
            request(&mut self);
        }
    }

    /// Records go first, some at a time, and at last the files that are as old.
    fn purge_step(
        &mut self,
        days: Option<u32>,
        person: Option<String>,
        now: Timestamp,
    ) -> Result<Deleted, VisitsError> {
        let days = days.unwrap_or(self.config.retention_days);
        let (deleted, last) = self.with(|database| {
            let records = database.purge_step(days, person.clone(), now)?;
            let is_last = records == 0;
            let is_out = is_last && database.forget()?;
            let is_misled = is_last && database.is_misled(days, now)?;
            Ok((Deleted { records, files: 0, is_out, is_misled }, database.last_time()?))
        })?;
        if deleted.records > 0 {
            return Ok(deleted);
        }
        // Where this clock is behind, the last visit tells more of the time.
        let latest = last.map_or(now, |last| last.max(now));
        let age = Age { before: retention::end(days, now).into(), latest: latest.into() };
        let (files, done) = retention::delete_files(&self.config, age);
        if files > 0 {
            let deed = Deed::FilesDeleted { older_than_days: days, files };
            self.with(|database| database.append_act(Act::now(person, deed)))?;
        }
        done.map_err(|error| VisitsError::from_io(&error))?;
        Ok(Deleted { files, ..deleted })
    }

    /// Works with the database, opened anew where it failed before or where its file was taken away.
    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Database) -> Result<T, VisitsError>,
    ) -> Result<T, VisitsError> {
        let mut database = match self.database.take() {
            Some(database) if database.is_in_place(&self.config.path) => database,
            other => {
                if other.is_some() {
                    // What lies there now lies beside a write-ahead log that is not its own.
                    set_aside::suspect_other(&self.config.path);
                }
                drop(other);
                let mut database = (self.open)(&self.config)?;
                database.expect(self.last);
                database
            }
        };
        let done = work(&mut database).map_err(|error| database.cause(error));
        self.last = database.last();
        // What was written into a file without a name is lost.
        let done = done.and_then(|done| {
            if database.is_in_place(&self.config.path) { Ok(done) } else { Err(VisitsError::Gone) }
        });
        match done {
            Ok(_) | Err(VisitsError::Busy | VisitsError::Gone | VisitsError::Settled) => {
                self.database = Some(database)
            }
            Err(VisitsError::Unreadable) => set_aside::suspect(&self.config.path),
            Err(_) => {}
        }
        done
    }
}

type Open = fn(&Config) -> Result<Database, VisitsError>;

/// Two programs that make the database at once get in each other's way for a moment.
pub(super) fn open_patiently(config: &Config, open: Open) -> Result<Database, VisitsError> {
    let ends = Instant::now() + OPENING_LIMIT;
    loop {
        match open(config) {
            Err(VisitsError::Busy) if Instant::now() < ends => thread::sleep(Duration::from_millis(20)),
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests;
