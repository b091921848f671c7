//! The other use case: everyone in a table is asked about in bulk.
//!
//! The table is read twice and never held: for its codes, and when the report is written. What is known
//! meanwhile stands in a journal beside the report, so that a run that was ended can be continued.

mod ask;
mod finding;
mod journal;
mod report;
mod results;
pub(crate) mod table;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::checkin::{self, CheckInError, connect, now};
use crate::code::{Code, NotACode};
use crate::entry::{Policy, clock_doubt};
use crate::hes::simulator::Simulator;
use crate::hes::{LARGEST_BATCH, Method, Service};
use crate::visits::{CodeHash, Environment, Store, Use, VisitsError};

use finding::{Finding, Heard};
use journal::{Journal, Seal};
use table::Table;

pub use journal::JournalError;
pub use report::Summary;
pub use results::{NoAnswer, report_results};
pub use table::TableError;

/// For how long refused codes are held at the door, from when the service said so.
pub const HOLD: SignedDuration = SignedDuration::from_hours(24);

/// How the service is asked in bulk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// At most so many questions at a time.
    pub parallel: u32,
    /// The limit of one question.
    pub timeout: Duration,
}

/// What is done.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The table of people.
    pub input: &'a Path,
    /// Where the report goes.
    pub output: &'a Path,
    /// Whether refused codes are held at the door.
    pub hold: bool,
}

/// What happens meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A row has no HES code.
    NotACode {
        /// Where it stands.
        line: u64,
        /// What is wrong there.
        problem: NotACode,
    },
    /// A row of the results is no answer.
    NoAnswer {
        /// Where it stands.
        line: u64,
        /// Why.
        problem: NoAnswer,
    },
    /// So many different codes are known.
    Known {
        /// Those that are.
        known: usize,
        /// All of them.
        of: usize,
    },
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// A table cannot be read or written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The report would take the table's place.
    #[error("neither the report nor OUTPUT.part and OUTPUT.journal may take the table's place")]
    SameFile,
    /// The report's name is that of something else than a file.
    #[error("{} is no file: the report cannot take its place", .0.display())]
    NoFile(PathBuf),
    /// The report's name is one of the other format.
    #[error("the report has the table's format: let both end in .xlsx, or none")]
    OtherFormat,
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The service wants other credentials.
    #[error("the service rejected the credentials")]
    CredentialsRejected,
    /// Nothing in results says who is protected.
    #[error(
        "results do not tell who is protected, which the policy wants: admit has to be \"riskless\" in [policy]"
    )]
    WantsProtection,
    /// The visit log, and so its key, cannot be used.
    #[error(transparent)]
    Visits(#[from] VisitsError),
}

/// Asks about everyone in a table.
#[derive(Debug)]
pub struct Bulk {
    service: Arc<Service>,
    visits: Store,
    environment: Environment,
    policy: Policy,
    with_fields: bool,
    parallel: u32,
    /// What the answers depend on besides the table.
    circumstances: String,
    _simulator: Option<Simulator>,
}

impl Bulk {
    /// Opens the visit log, for its key and for what is held, and sets up the client.
    ///
    /// # Errors
    /// Why nobody can be asked about.
    pub fn start(check_in: checkin::Config, config: Config) -> Result<Self, CheckInError> {
        let visits = Store::open(check_in.visits, Use::Command)?;
        let service = check_in
            .endpoint
            .as_ref()
            .map(|endpoint| (endpoint.url.to_string(), &endpoint.credentials.username));
        let method = check_in.query.method;
        let circumstances =
            format!("{:?} {service:?} {method:?} {:?}", check_in.environment, check_in.policy);
        let mut query = check_in.query;
        query.timeout = config.timeout;
        let (service, simulator) = connect(check_in.environment, check_in.endpoint, query)?;
        Ok(Self {
            service: Arc::new(service),
            visits,
            environment: check_in.environment,
            policy: check_in.policy,
            with_fields: method == Method::Plus,
            parallel: config.parallel,
            circumstances,
            _simulator: simulator,
        })
    }

    /// Asks about everyone in the table and writes the report, or continues where an earlier run was ended.
    ///
    /// Dropping the future ends it between two batches: what is known by then is in the journal.
    ///
    /// # Errors
    /// Why there is no report.
    pub async fn run(&self, job: Job<'_>, mut tell: impl FnMut(Event)) -> Result<Summary, BulkError> {
        check_names(job)?;
        let table = Table::open(job.input)?;
        if !table.is_named_by(job.output) {
            return Err(BulkError::OtherFormat);
        }
        let digest = digest(job.input)?;
        let mut everyone = Everyone::of(&table, &mut tell)?;
        let binding = format!("{digest} {}", self.circumstances);
        let seal = Seal { key: self.visits.journal_key().await?, binding };
        let (mut journal, journaled) = Journal::open(&beside(job.output, "journal"), seal, now())?;
        let unknown = self.take_over(&mut everyone, &journaled).await?;
        drop(journaled);
        let resumed = everyone.codes.len() - unknown.len();
        self.ask(unknown, &mut everyone, &mut journal, &mut tell).await?;

        let draft = report::Draft::write(&table, &everyone.findings, self.with_fields, job.output)?;
        if digest != self::digest(job.input)? {
            return Err(TableError::Changed.into());
        }
        let summary = draft.publish(job.output, everyone.codes.len(), resumed)?;
        // As long as the journal is there the same command makes up for what fails here.
        if job.hold {
            hold(&self.visits, self.environment, &everyone).await?;
        }
        journal.remove()?;
        // Where no kiosk runs on this machine nobody else would delete earlier reports.
        self.visits.purge().await?;
        Ok(summary)
    }

    /// Decides anew on what an earlier run was told, and gives the codes of which it was told nothing.
    async fn take_over(
        &self,
        everyone: &mut Everyone,
        journaled: &HashMap<CodeHash, Heard>,
    ) -> Result<Vec<Code>, VisitsError> {
        if journaled.is_empty() {
            return Ok(everyone.codes.clone());
        }
        let now = now();
        let doubt = clock_doubt(None, self.visits.last_time().await?, now);
        let mut unknown = Vec::new();
        for batch in everyone.codes.chunks(LARGEST_BATCH) {
            for (code, hash) in batch.iter().zip(self.visits.hash_all(batch.to_vec()).await?) {
                match journaled.get(&hash) {
                    Some(heard) => {
                        // The clock may have been right then and wrong now, or the other way round.
                        let heard = Heard { doubt: doubt.max(heard.doubt), ..heard.clone() };
                        let finding = Finding::of(&heard, &self.policy, now);
                        everyone.findings.insert(*code, Some(finding));
                    }
                    None => unknown.push(*code),
                }
            }
        }
        Ok(unknown)
    }

    async fn ask(
        &self,
        unknown: Vec<Code>,
        everyone: &mut Everyone,
        journal: &mut Journal,
        tell: &mut impl FnMut(Event),
    ) -> Result<(), BulkError> {
        let of = everyone.codes.len();
        let mut known = of - unknown.len();
        tell(Event::Known { known, of });
        let mut asking = ask::Asking::start(&self.service, unknown, self.parallel);
        while let Some(batch) = asking.next().await {
            let batch = batch.map_err(|_| BulkError::CredentialsRejected)?;
            let doubt = clock_doubt(batch.clock_ahead, self.visits.last_time().await?, batch.at);
            let (codes, asked): (Vec<Code>, Vec<_>) = batch.asked.into_iter().unzip();
            let heard = |asked| Heard { asked, asked_at: batch.at, doubt };
            let heard: Vec<Heard> = asked.into_iter().map(heard).collect();
            if batch.is_answered {
                let hashes = self.visits.hash_all(codes.clone()).await?;
                journal.append(hashes.into_iter().zip(&heard))?;
            }
            known += codes.len();
            let findings = heard.iter().map(|heard| Some(Finding::of(heard, &self.policy, batch.at)));
            everyone.findings.extend(codes.into_iter().zip(findings));
            tell(Event::Known { known, of });
        }
        Ok(())
    }
}

/// The different valid codes of a table, in its order.
///
/// # Errors
/// The table cannot be read.
pub fn list(input: &Path, mut tell: impl FnMut(Event)) -> Result<Vec<Code>, BulkError> {
    Ok(Everyone::of(&Table::open(input)?, &mut tell)?.codes)
}

/// Holds who is refused, and no longer who may enter. Of whom nothing is known stays as they are.
async fn hold(visits: &Store, environment: Environment, everyone: &Everyone) -> Result<(), VisitsError> {
    let decided = everyone
        .findings
        .iter()
        .filter_map(|(code, finding)| finding.as_ref()?.holds().map(|until| (*code, until)));
    let (codes, ends): (Vec<Code>, Vec<Option<Timestamp>>) = decided.unzip();
    let hashes = visits.hash_all(codes).await?;
    visits.hold(environment, hashes.into_iter().zip(ends).collect()).await
}

/// The different codes of a table, and what is found out about them.
struct Everyone {
    /// In the table's order.
    codes: Vec<Code>,
    findings: HashMap<Code, Option<Finding>>,
}

impl Everyone {
    fn of(table: &Table, tell: &mut impl FnMut(Event)) -> Result<Self, TableError> {
        let mut everyone = Self { codes: Vec::new(), findings: HashMap::new() };
        let mut is_header = true;
        table.each_row(|row| {
            if std::mem::take(&mut is_header) {
                return Ok(());
            }
            match table.code(&row) {
                Err(problem) => tell(Event::NotACode { line: row.line, problem }),
                Ok(code) => {
                    if let Entry::Vacant(new) = everyone.findings.entry(code) {
                        new.insert(None);
                        everyone.codes.push(code);
                    }
                }
            }
            Ok::<(), TableError>(())
        })?;
        Ok(everyone)
    }
}

/// The file's name with an ending behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Whether a report of this name, and what stands beside it meanwhile, takes nothing else away.
fn check_names(job: Job<'_>) -> Result<(), BulkError> {
    let (input, [part, journal]) =
        (job.input.canonicalize(), ["part", "journal"].map(|ending| beside(job.output, ending)));
    for path in [job.output, &part, &journal] {
        if matches!((&input, path.canonicalize()), (Ok(input), Ok(path)) if *input == path) {
            return Err(BulkError::SameFile);
        }
        let is_other = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        if is_other || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
            return Err(BulkError::NoFile(path.to_owned()));
        }
    }
    Ok(())
}

/// What tells one content of a file from another.
fn digest(path: &Path) -> Result<String, TableError> {
    let unreadable = |source| TableError::Unreadable { path: path.to_owned(), source };
    let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut hasher = Sha256::new();
    loop {
        let content = reader.fill_buf().map_err(unreadable)?;
        if content.is_empty() {
            return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hasher.update(content);
        let read = content.len();
        reader.consume(read);
    }
}
