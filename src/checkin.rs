//! The one use case: what a visitor shows becomes a recorded decision.

mod check_out;
mod desk;
mod look_up;
mod staff;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

pub use check_out::{Present, present};
pub use desk::{PinAnswer, Unsettled, Verdict, newest_visits, unsettled_visits, visits_since};
pub use look_up::LookUp;
pub use staff::Staff;

use crate::code::{Code, Source};
use crate::disk::{LOW, free_mebibytes};
use crate::entry::{
    Cause, Decision, Identity, LastDigits, Policy, Reason, clock_doubt, decide_held, decide_identity,
    decide_in_doubt, may_delete,
};
use crate::hes::simulator::{self, Simulator};
use crate::hes::{
    Answer, BaseUrl, Credentials, Endpoint, Heard, MaskedHolder, Method, Place, Query, QueryError, Service,
    ServiceError,
};
use crate::visits::{self, Act, CodeHash, DecidedBy, Deed, Environment, Store, Use, Visit, VisitsError};

/// A disk that does not say in this time how much room it has is not asked any longer.
const ROOM_LIMIT: Duration = Duration::from_secs(1);

/// What a check-in needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which service is asked.
    pub environment: Environment,
    /// The entrance's name, for the log.
    pub entrance: String,
    /// Where the service is; `None` where there is none outside the program, or the settings do not say it yet.
    pub service_url: Option<BaseUrl>,
    /// The service with its credentials; `None` for the simulator in this process, where the environment is manual, and
    /// in settings that were read to ask nobody.
    pub endpoint: Option<Endpoint>,
    /// How it is asked.
    pub query: Query,
    /// Whom the site admits.
    pub policy: Policy,
    /// Whether visitors have to give the last digits of their identity number.
    pub asks_identity: bool,
    /// Whether a code that is shown again after the repeat window checks its visitor out.
    pub check_out: bool,
    /// The visit log.
    pub visits: visits::Config,
}

impl Config {
    /// Where the entrance is, as the service is told; `None` where nobody is: by the methods that do not send it, by
    /// the simulator in this process, and where the settings do not say it.
    pub fn sent_place(&self) -> Option<&Place> {
        let is_sent = self.service_url.is_some() && self.query.method == Method::Visitor;
        is_sent.then_some(&self.query.place).filter(|place| !place.words().is_empty())
    }
}

/// Why no check-in can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckInError {
    /// The visit log cannot be written.
    #[error(transparent)]
    Visits(#[from] VisitsError),
    /// The client of the service cannot be set up.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The embedded simulator cannot be started.
    #[error("the simulator cannot be started")]
    Simulator,
    /// The environment is manual: there is no service, and a command has no desk.
    #[error("there is no service to ask: codes are looked up at the kiosk's desk")]
    NoService,
}

/// What a visit came to. It exists only once it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The visit's own name.
    pub visit: Uuid,
    /// When it was decided.
    pub at: Timestamp,
    /// What was shown; its `Display` is masked.
    pub code: Option<Code>,
    /// Its keyed hash.
    pub code_hash: Option<CodeHash>,
    /// How it was shown.
    pub source: Option<Source>,
    /// What was decided.
    pub decision: Decision,
    /// Until when the code is valid.
    pub valid_until: Option<Timestamp>,
    /// The masked holder, for a comparison with an identity card: with an admission alone.
    pub holder: Option<MaskedHolder>,
    /// How long the service took.
    pub service_time: Option<Duration>,
    /// When the same code was last shown within the repeat window.
    pub shown_before: Option<Timestamp>,
}

/// How far a check came.
#[derive(Debug, Clone)]
pub enum Checked {
    /// It is decided and on the disk.
    Recorded(Outcome),
    /// The visitor has to give the last digits of the identity number first. Nothing is recorded yet.
    NeedsIdentity(Pending),
    /// Somebody at the desk has to look the code up. That nothing is known of it yet is on the disk.
    NeedsLookUp(LookUp),
}

/// A visit that would be admitted, if its visitor knows the holder's identity number.
#[derive(Debug, Clone)]
pub struct Pending {
    code: Code,
    hash: CodeHash,
    source: Source,
    asked: Result<Answer, QueryError>,
    clock_doubt: SignedDuration,
    service_time: Duration,
}

impl Pending {
    /// Whether these are the digits that the service shows.
    pub fn is_of(&self, digits: LastDigits) -> bool {
        self.visible_digits() == Some(digits)
    }

    /// Whether it is the visit of this code.
    pub fn is_about(&self, code: &Code) -> bool {
        self.code == *code
    }

    fn visible_digits(&self) -> Option<LastDigits> {
        match &self.asked {
            Ok(Answer::Status(status)) => LastDigits::visible_in(status.holder.identity_number.as_deref()?),
            Ok(Answer::NotFound | Answer::Expired) | Err(_) => None,
        }
    }
}

/// What is known before anybody is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Whether the service can be asked; `None` where there is none.
    pub service: Option<Result<(), QueryError>>,
    /// By how much the clock may be off; zero where it is right as far as anybody tells.
    pub clock_doubt: SignedDuration,
    /// Whether the disk of the log is nearly full, as far as the system tells.
    pub is_disk_low: bool,
}

/// Asks, decides and records.
#[derive(Debug)]
pub struct CheckIn {
    /// `None` where the desk looks each code up.
    service: Option<Service>,
    visits: Store,
    environment: Environment,
    entrance: String,
    policy: Policy,
    keep_holder: bool,
    folder: PathBuf,
    _simulator: Option<Simulator>,
}

impl CheckIn {
    /// Opens the visit log and sets up the client, with a simulator behind it where there is no endpoint.
    ///
    /// # Errors
    /// Why no check-in can be made.
    pub fn start(config: Config, used_for: Use) -> Result<Self, CheckInError> {
        if config.environment == Environment::Manual && used_for == Use::Command {
            return Err(CheckInError::NoService);
        }
        let visits = Store::open(config.visits.clone(), used_for)?;
        let (service, simulator) = if config.environment == Environment::Manual {
            (None, None)
        } else {
            let (service, simulator) = connect(config.environment, config.endpoint, config.query)?;
            (Some(service), simulator)
        };
        Ok(Self {
            service,
            visits,
            environment: config.environment,
            entrance: config.entrance,
            policy: config.policy,
            keep_holder: config.visits.keep_holder,
            folder: config.visits.path.parent().unwrap_or(Path::new(".")).to_owned(),
            _simulator: simulator,
        })
    }

    /// Asks the service about a code, decides and records; with `asks_identity` an admission waits for the
    /// digits, see [`CheckIn::conclude`].
    ///
    /// # Errors
    /// The visit may not be on the disk: nothing may be shown of it.
    pub async fn check(
        &self,
        code: Code,
        source: Source,
        asks_identity: bool,
    ) -> Result<Checked, VisitsError> {
        // The log comes first: where it cannot be used, nobody's status is asked.
        let hash = self.visits.hash(code).await?;
        let Some(service) = &self.service else {
            return self.begin_look_up(code, hash, source).await.map(Checked::NeedsLookUp);
        };
        let asked_at = Instant::now();
        let Heard { answer: asked, clock_ahead } = service.ask(&code).await;
        let service_time = asked_at.elapsed();
        let at = now();
        let clock_doubt = clock_doubt(clock_ahead, self.visits.last_time().await?, at);
        let pending = Pending { code, hash, source, asked, clock_doubt, service_time };
        let waits = asks_identity && self.decide(&pending, at) == Decision::Admit;
        let identity = match (waits, pending.visible_digits()) {
            (true, Some(_)) => return Ok(Checked::NeedsIdentity(pending)),
            (true, None) => Identity::NotGiven,
            (false, _) => Identity::NotAsked,
        };
        self.decided(pending, identity, at).await.map(Checked::Recorded)
    }

    /// Decides and records a visit whose visitor gave these digits, or none. Time went by since the service was
    /// asked, so everything is decided anew.
    ///
    /// # Errors
    /// The visit may not be on the disk: nothing may be shown of it.
    pub async fn conclude(
        &self,
        pending: Pending,
        digits: Option<LastDigits>,
    ) -> Result<Outcome, VisitsError> {
        self.decided(pending, digits.map_or(Identity::NotGiven, Identity::Given), now()).await
    }

    fn decide(&self, pending: &Pending, at: Timestamp) -> Decision {
        decide_in_doubt(&pending.asked, &self.policy, at, pending.clock_doubt)
    }

    async fn decided(
        &self,
        pending: Pending,
        identity: Identity,
        at: Timestamp,
    ) -> Result<Outcome, VisitsError> {
        let decision = decide_identity(self.decide(&pending, at), identity, pending.visible_digits());
        let is_held = pending.asked.is_err() && self.visits.is_held(self.environment, pending.hash).await?;
        let decision = decide_held(&pending.asked, decision, is_held);
        let status = match pending.asked {
            Ok(Answer::Status(status)) => Some(status),
            Ok(Answer::NotFound | Answer::Expired) | Err(_) => None,
        };
        let outcome = Outcome {
            visit: Uuid::now_v7(),
            at,
            code: Some(pending.code),
            code_hash: Some(pending.hash),
            source: Some(pending.source),
            decision,
            valid_until: status.as_ref().map(|status| status.valid_until),
            holder: status
                .map(|status| status.holder)
                .filter(|holder| decision == Decision::Admit && *holder != MaskedHolder::default()),
            service_time: Some(pending.service_time),
            shown_before: None,
        };
        self.record(outcome).await
    }

    /// Records a visitor who has no code and is sent to the desk.
    ///
    /// # Errors
    /// The visit may not be on the disk: nothing may be shown of it.
    pub async fn without_code(&self) -> Result<Outcome, VisitsError> {
        let outcome = Outcome {
            visit: Uuid::now_v7(),
            at: now(),
            code: None,
            code_hash: None,
            source: None,
            decision: Decision::Unverified(Cause::NoCode),
            valid_until: None,
            holder: None,
            service_time: None,
            shown_before: None,
        };
        self.record(outcome).await
    }

    /// Tells whether visits can be recorded, by writing to the log.
    ///
    /// # Errors
    /// Why they cannot.
    pub async fn probe(&self) -> Result<(), VisitsError> {
        self.visits.probe().await
    }

    /// Tells whether the service can be asked and the clock be trusted, without asking about anybody.
    pub async fn check_health(&self) -> Health {
        let (service, clock_ahead) = match &self.service {
            Some(service) => {
                let Heard { answer, clock_ahead } = service.check_health().await;
                (Some(answer), clock_ahead)
            }
            None => (None, None),
        };
        // Whether the log can be read is asked elsewhere.
        let last_record = self.visits.last_time().await.ok().flatten();
        let is_disk_low = self.is_disk_low().await;
        Health { service, clock_doubt: clock_doubt(clock_ahead, last_record, now()), is_disk_low }
    }

    /// Whether the disk of the log is nearly full. One that does not answer says so elsewhere.
    async fn is_disk_low(&self) -> bool {
        let folder = self.folder.clone();
        let look =
            tokio::task::spawn_blocking(move || free_mebibytes(&folder).is_some_and(|free| free < LOW));
        matches!(tokio::time::timeout(ROOM_LIMIT, look).await, Ok(Ok(true)))
    }

    /// Records what the kiosk did.
    ///
    /// # Errors
    /// Why it may not be on the disk.
    pub async fn note(&self, deed: Deed) -> Result<(), VisitsError> {
        self.visits.append_act(Act::now(None, deed)).await
    }

    /// See [`Store::purge`]. Where the service contradicts the clock nothing is deleted: a clock that jumped ahead
    /// must not empty the log.
    ///
    /// # Errors
    /// Why the log cannot be written.
    pub async fn purge(&self) -> Result<(), VisitsError> {
        let ahead = match &self.service {
            Some(service) => service.check_health().await.clock_ahead,
            None => None,
        };
        if !may_delete(ahead, self.visits.last_time().await?, now()) {
            tracing::warn!("nothing is deleted while the clock may be wrong");
            return Ok(());
        }
        self.visits.purge().await
    }

    async fn record(&self, mut outcome: Outcome) -> Result<Outcome, VisitsError> {
        outcome.shown_before = self.visits.append_visit(self.visit(&outcome)).await?;
        Ok(outcome)
    }

    /// What stands in the log of an outcome.
    fn visit(&self, outcome: &Outcome) -> Visit {
        Visit {
            id: outcome.visit,
            at: outcome.at,
            environment: self.environment,
            entrance: self.entrance.clone(),
            source: outcome.source,
            decided_by: match outcome.decision {
                Decision::Refuse(Reason::Held) => Some(DecidedBy::Bulk),
                Decision::Admit | Decision::Refuse(_) => Some(DecidedBy::Service),
                // By whom is said by the record that a person's word makes.
                Decision::AdmitByDesk | Decision::Unverified(_) | Decision::CheckOut => None,
            },
            answers: None,
            code: outcome.code_hash,
            decision: outcome.decision,
            valid_until: outcome.valid_until,
            service_ms: outcome.service_time.map(milliseconds),
            holder: outcome.holder.clone().filter(|_| self.keep_holder),
            word: None,
        }
    }
}

/// The client of the service at `endpoint`, or of a simulator that lives as long as it is kept. Where codes are looked
/// up by hand there is neither.
pub(crate) fn connect(
    environment: Environment,
    endpoint: Option<Endpoint>,
    query: Query,
) -> Result<(Service, Option<Simulator>), CheckInError> {
    if let Some(endpoint) = endpoint {
        return Ok((Service::new(endpoint, query)?, None));
    }
    // What a simulator says of a real visitor must never count.
    if environment != Environment::Simulator {
        return Err(CheckInError::NoService);
    }
    let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let simulator = Simulator::start(loopback, Duration::ZERO).map_err(|_| CheckInError::Simulator)?;
    let endpoint = Endpoint {
        url: simulator.base_url().try_into().map_err(|_| CheckInError::Simulator)?,
        credentials: Credentials {
            username: simulator::USER_NAME.to_owned(),
            password: simulator::PASSWORD.into(),
        },
        authorities: Vec::new(),
        proxy: None,
    };
    Ok((Service::new(endpoint, query)?, Some(simulator)))
}

/// The time as the log keeps it, to the millisecond.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// A time in JSON and in reports: UTC, to the millisecond.
pub fn utc(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Whole milliseconds, for the log and JSON.
pub fn milliseconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
