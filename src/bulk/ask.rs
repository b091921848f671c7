//! Asking about all codes: batch by batch, some at a time, again where one fails, and in halves at last, so
//! that one code at which the service stumbles does not take the others with it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::checkin::now;
use crate::code::Code;
use crate::hes::{Answer, BatchAnswer, BatchError, LARGEST_BATCH, QueryError, Service};

/// How often a batch is asked about before it is halved.
const TRIES: u32 = 3;

/// How often it is asked about again where the service only says that this is too often.
const TRIES_IF_TOO_OFTEN: u32 = 20;

/// The pause after a batch's first failure; it doubles with each that follows.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);

/// The longest pause that the program makes by itself.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// After so many failures in a row it is the service that fails, not a batch: each pause is the longest then.
const MANY_FAILURES: u32 = 30;

/// So many failures in a row are put down to the codes of a batch after other codes of it were answered.
const MOST_OF_A_BATCH: u32 = 100;

/// The longest pause that the service is granted.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(300);

/// After so many single codes in a row of which nothing could be had, the service is taken to be away: each
/// other batch, and what is left of those that were halved, is asked about once, in case it is back, and no more.
const MOST_LOST: u32 = 16;

/// Codes that were asked about together.
pub(super) struct Batch {
    pub(super) asked: Vec<(Code, Result<Answer, QueryError>)>,
    pub(super) at: Timestamp,
    /// By how much the service's clock was ahead, as its answer says.
    pub(super) clock_ahead: Option<SignedDuration>,
    /// Whether the service answered; otherwise nothing is known of any.
    pub(super) is_answered: bool,
}

/// The service does not accept the credentials: nobody can be asked about.
#[derive(Debug)]
pub(super) struct CredentialsRejected;

type Asked = Result<Batch, CredentialsRejected>;

/// The questions under way; dropping it gives them up.
pub(super) struct Asking {
    asked: mpsc::Receiver<Asked>,
    _askers: JoinSet<()>,
}

/// What those who ask share.
struct Shared {
    service: Arc<Service>,
    batches: Mutex<VecDeque<Vec<Code>>>,
    /// Before this time nobody asks.
    pause_until: Mutex<Instant>,
    /// Failures since the last answer.
    failures: AtomicU32,
    /// Single codes of which nothing could be had since the last answer.
    lost: AtomicU32,
}

/// A batch that is asked about, in parts once it failed.
struct Halving {
    parts: VecDeque<Vec<Code>>,
    /// How many failures are not the service's, as other parts were answered.
    granted: u32,
}

impl Asking {
    /// Begins to ask about `codes`, with `parallel` questions at a time.
    pub(super) fn start(service: &Arc<Service>, codes: Vec<Code>, parallel: u32) -> Self {
        let shared = Arc::new(Shared {
            service: Arc::clone(service),
            batches: Mutex::new(codes.chunks(LARGEST_BATCH).map(<[Code]>::to_vec).collect()),
            pause_until: Mutex::new(Instant::now()),
            failures: AtomicU32::new(0),
            lost: AtomicU32::new(0),
        });
        // Nobody who asks waits for what is done with an answer.
        let (sender, asked) = mpsc::channel(usize::try_from(parallel).unwrap_or(1));
        let mut askers = JoinSet::new();
        for _ in 0..parallel {
            askers.spawn(Arc::clone(&shared).ask_all(sender.clone()));
        }
        Self { asked, _askers: askers }
    }

    /// The next batch; `None` after the last one.
    pub(super) async fn next(&mut self) -> Option<Asked> {
        self.asked.recv().await
    }
}

impl Shared {
    async fn ask_all(self: Arc<Self>, asked: mpsc::Sender<Asked>) {
        while let Some(batch) = self.next_batch() {
            let mut halving = Halving { parts: VecDeque::from([batch]), granted: 0 };
            while let Some(codes) = halving.parts.pop_front() {
                let batch = match self.ask_patiently(&codes, &mut halving.granted).await {
                    Ok(BatchAnswer { answers, clock_ahead }) => Ok(Batch {
                        asked: codes.into_iter().zip(answers).collect(),
                        at: now(),
                        clock_ahead,
                        is_answered: true,
                    }),
                    Err(QueryError::CredentialsRejected) => Err(CredentialsRejected),
                    Err(cause) if codes.len() > 1 && cause != QueryError::RateLimited && !self.is_away() => {
                        let (one, other) = codes.split_at(codes.len() / 2);
                        halving.parts.extend([one.to_vec(), other.to_vec()]);
                        continue;
                    }
                    Err(cause) => {
                        self.lose(&mut halving);
                        let asked = codes.into_iter().map(|code| (code, Err(cause))).collect();
                        Ok(Batch { asked, at: now(), clock_ahead: None, is_answered: false })
                    }
                };
                let goes_on = batch.is_ok();
                if asked.send(batch).await.is_err() || !goes_on {
                    return;
                }
            }
        }
    }

    /// Counts codes of which nothing could be had. Once the service is taken to be away the other parts come after
    /// everybody else: whoever is answered meanwhile shows that it is not, and that they need be given up no more.
    fn lose(&self, halving: &mut Halving) {
        if halving.granted > 0 {
            return;
        }
        self.lost.fetch_add(1, Ordering::Relaxed);
        if self.is_away() {
            self.batches.lock().unwrap_or_else(PoisonError::into_inner).extend(halving.parts.drain(..));
        }
    }

    fn next_batch(&self) -> Option<Vec<Code>> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn is_away(&self) -> bool {
        self.lost.load(Ordering::Relaxed) >= MOST_LOST
    }

    /// Asks until there is an answer or it has been tried often enough. Failures are not the service's as long as
    /// they are `granted`.
    async fn ask_patiently(&self, codes: &[Code], granted: &mut u32) -> Result<BatchAnswer, QueryError> {
        let (mut tries, mut last) = (0, None);
        loop {
            self.pause().await;
            let BatchError { cause, retry_after } = match self.service.ask_batch(codes).await {
                Ok(answer) => {
                    self.failures.store(0, Ordering::Relaxed);
                    self.lost.store(0, Ordering::Relaxed);
                    *granted = MOST_OF_A_BATCH;
                    return Ok(answer);
                }
                Err(error) => error,
            };
            tries += 1;
            tracing::warn!(%cause, codes = codes.len(), tries, "a batch failed");
            let failures = match granted.checked_sub(1) {
                Some(left) => {
                    *granted = left;
                    0
                }
                None => self.failures.fetch_add(1, Ordering::Relaxed),
            };
            let most = match cause {
                QueryError::RateLimited => TRIES_IF_TOO_OFTEN,
                // Halves tell more than the same again.
                _ if *granted > 0 && codes.len() > 1 => 1,
                _ => TRIES,
            };
            let is_over = match cause {
                // Once, it may be a stumble of whatever stands before the service.
                QueryError::CredentialsRejected => last == Some(cause),
                _ => tries >= most || self.is_away(),
            };
            let wanted = retry_after.map(|wanted| wanted.min(LONGEST_RETRY_AFTER));
            if is_over {
                // Parts of the same codes may follow at once.
                wanted.into_iter().for_each(|pause| self.pause_for(pause));
                return Err(cause);
            }
            last = Some(cause);
            let doubled = if failures > MANY_FAILURES { u32::MAX } else { 2_u32.saturating_pow(tries - 1) };
            let own = LONGEST_PAUSE.min(SHORTEST_PAUSE.saturating_mul(doubled));
            self.pause_for(wanted.unwrap_or(own));
        }
    }

    /// Lets everyone pause: a service that fails gets no better by more questions.
    fn pause_for(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut pause_until = self.pause_until.lock().unwrap_or_else(PoisonError::into_inner);
        *pause_until = until.max(*pause_until);
    }

    async fn pause(&self) {
        loop {
            let until = *self.pause_until.lock().unwrap_or_else(PoisonError::into_inner);
            if until <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(until).await;
        }
    }
}
