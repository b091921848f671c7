//! How the door looks at a sequence of frames: by a decode worker that is replaced when it fails, without
//! the decoder that made it fail, and at a pace that falls while nobody shows anything.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::backoff::Backoff;
use super::decode::Decoder;
use super::frame::Luma;
use super::sandbox::Gaps;
use super::worker::{Effort, LeftOut, Look, Worker, WorkerError};

/// How long the decoders may look at one frame. With a new worker's start it stays within a second.
const FRAME_DEADLINE: Duration = Duration::from_millis(600);

/// The wait after the decode worker's first failure that no decoder is to blame for.
const WORKER_FIRST_WAIT: Duration = Duration::from_millis(100);

/// How long a decoder that failed is left out at first, and at the most. At first not long, since on a
/// machine with other work a decoder may be late without a picture to blame; a picture that stays in view
/// makes each leave twice as long.
const FIRST_LEAVE: Duration = Duration::from_secs(2);
const LONGEST_LEAVE: Duration = Duration::from_secs(300);

/// A decoder that did well for so long after a leave is trusted again: its next leave is a first one.
const PROBATION: Duration = Duration::from_secs(60);

/// A decoder that failed, for how long it is left out, and until when.
struct Leave {
    decoder: Decoder,
    duration: Duration,
    until: Instant,
}

/// What befell the decoders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A worker was started, confined but for these gaps.
    Started(Gaps),
    /// The worker failed.
    Failed(Failure),
}

/// A failure of the decode worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// The decoder that was being called.
    pub decoder: Option<Decoder>,
    /// What happened.
    pub error: WorkerError,
    /// For how long that decoder is left out; where no one is to blame, until another worker is started.
    pub pause: Duration,
}

/// Looks at one frame after the other, whatever happens to the decoders.
pub struct Watcher<'told> {
    program: PathBuf,
    tell: &'told mut dyn FnMut(Notice),
    worker: Option<Worker>,
    backoff: Backoff,
    leaves: Vec<Leave>,
}

impl<'told> Watcher<'told> {
    /// A watcher whose worker is `program`: this program. What befalls it is told to `tell`.
    pub fn new(program: PathBuf, tell: &'told mut dyn FnMut(Notice)) -> Self {
        let backoff = Backoff::new(WORKER_FIRST_WAIT);
        Self { program, tell, worker: None, backoff, leaves: Vec::new() }
    }

    /// Looks at the next frame. Where the worker fails the frame shows nothing, and all the time that the
    /// worker was waited for counts as spent on it: nobody can ask a dead process.
    pub fn look(&mut self, luma: &Arc<Luma>) -> Look {
        let start = Instant::now();
        match self.ask(luma) {
            Ok(look) => {
                self.backoff.succeeded();
                look
            }
            Err(error) => {
                let decoder = self.worker.take().and_then(|worker| worker.calling());
                let pause = match decoder {
                    Some(decoder) => self.leave_out(decoder, Instant::now()),
                    None => self.backoff.failed(),
                };
                let cpu = start.elapsed();
                (self.tell)(Notice::Failed(Failure { decoder, error, pause }));
                if decoder.is_none() {
                    thread::sleep(pause);
                }
                Look { cpu, ..Look::default() }
            }
        }
    }

    fn ask(&mut self, luma: &Arc<Luma>) -> Result<Look, WorkerError> {
        let left_out = self.left_out(Instant::now());
        let worker = match &mut self.worker {
            Some(worker) => worker,
            None => {
                let worker = Worker::start(&self.program)?;
                (self.tell)(Notice::Started(worker.gaps()));
                self.worker.insert(worker)
            }
        };
        worker.decode(luma, Effort::Frame, left_out, FRAME_DEADLINE)
    }

    fn left_out(&self, now: Instant) -> LeftOut {
        let mut left_out = LeftOut::default();
        for leave in self.leaves.iter().filter(|leave| now < leave.until) {
            left_out.insert(leave.decoder);
        }
        left_out
    }

    /// Each failure of the same decoder makes its leave twice as long, until it did well for a while. Gives
    /// the leave's length.
    fn leave_out(&mut self, decoder: Decoder, now: Instant) -> Duration {
        let known = self.leaves.iter().position(|leave| leave.decoder == decoder);
        let last = known.map(|place| self.leaves.swap_remove(place));
        let last = last.filter(|leave| now < leave.until + PROBATION);
        let duration = last.map_or(FIRST_LEAVE, |leave| (2 * leave.duration).min(LONGEST_LEAVE));
        self.leaves.push(Leave { decoder, duration, until: now + duration });
        duration
    }
}

/// After so long without anything that looks like a code, fewer frames are looked at.
const ATTENTION: Duration = Duration::from_secs(60);

/// The time between two looks then: nobody holds up a code for less.
const IDLE_INTERVAL: Duration = Duration::from_millis(200);

/// Which frames are looked at.
pub struct Pace {
    last_promising: Instant,
    last_look: Option<Instant>,
}

impl Pace {
    /// The full rate, from `now` on.
    pub fn new(now: Instant) -> Self {
        Self { last_promising: now, last_look: None }
    }

    /// Whether a frame that came `now` is looked at.
    pub fn is_due(&mut self, now: Instant) -> bool {
        let is_idle = now.saturating_duration_since(self.last_promising) >= ATTENTION;
        let is_due = match self.last_look {
            Some(last) if is_idle => now.saturating_duration_since(last) >= IDLE_INTERVAL,
            _ => true,
        };
        if is_due {
            self.last_look = Some(now);
        }
        is_due
    }

    /// Takes note of a look that ended `now`.
    pub fn seen(&mut self, is_promising: bool, now: Instant) {
        if is_promising {
            self.last_promising = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(pace: &mut Pace, from: Instant) -> usize {
        (0..30).filter(|frame| pace.is_due(from + *frame * Duration::from_millis(33))).count()
    }

    #[test]
    fn after_a_minute_without_a_code_five_frames_a_second_are_looked_at() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert_eq!(looks(&mut pace, start + Duration::from_secs(58)), 30);
        assert_eq!(looks(&mut pace, start + Duration::from_secs(61)), 5);
    }

    #[test]
    fn the_first_promising_frame_brings_the_full_rate_back() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let later = start + Duration::from_secs(600);
        pace.seen(true, later);
        assert_eq!(looks(&mut pace, later), 30);
    }

    #[test]
    fn a_decoder_that_fails_again_is_left_out_for_longer() {
        let tell = &mut |_| {};
        let mut watcher = Watcher::new("nothing".into(), tell);
        let start = Instant::now();
        watcher.leave_out(Decoder::Rqrr, start);
        assert!(watcher.left_out(start + Duration::from_millis(1900)).contains(Decoder::Rqrr));
        let later = start + Duration::from_millis(2100);
        assert!(!watcher.left_out(later).contains(Decoder::Rqrr));
        watcher.leave_out(Decoder::Rqrr, later);
        assert!(watcher.left_out(later + Duration::from_millis(3900)).contains(Decoder::Rqrr));
    }

    #[test]
    fn no_leave_is_longer_than_five_minutes_and_a_good_time_makes_it_short_again() {
        let tell = &mut |_| {};
        let mut watcher = Watcher::new("nothing".into(), tell);
        let mut now = Instant::now();
        let mut leaves = Vec::new();
        for good_seconds in [1, 1, 1, 1, 1, 1, 59, 1, 61, 1] {
            let leave = watcher.leave_out(Decoder::Zxing, now);
            leaves.push(leave.as_secs());
            now += leave + Duration::from_secs(good_seconds);
        }
        assert_eq!(leaves, [2, 4, 8, 16, 32, 64, 128, 256, 300, 2]);
    }

    #[cfg(unix)]
    #[test]
    fn where_a_decoder_hangs_the_next_frames_are_looked_at_without_it_and_no_worker_is_started_again() {
        let worker = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workers/hanging");
        let frame = Arc::new(Luma::new(2, 2, vec![0; 4]).unwrap());
        let mut notices = Vec::new();
        let mut tell = |notice| notices.push(notice);
        let mut watcher = Watcher::new(worker, &mut tell);
        let looks: Vec<bool> = (0..9).map(|_| watcher.look(&frame).is_promising).collect();
        assert_eq!(looks, [[false].as_slice(), &[true; 8]].concat());
        let failure = Failure {
            decoder: Some(Decoder::Zxing),
            error: WorkerError::TimedOut,
            pause: Duration::from_secs(2),
        };
        let started = Notice::Started(Gaps::default());
        assert_eq!(notices, [started, Notice::Failed(failure), started]);
    }

    #[test]
    fn a_worker_that_can_not_be_started_is_told_with_the_time_to_the_next_one() {
        let frame = Arc::new(Luma::new(2, 2, vec![0; 4]).unwrap());
        let mut notices = Vec::new();
        let mut tell = |notice| notices.push(notice);
        Watcher::new("/nonexistent/program".into(), &mut tell).look(&frame);
        let error = WorkerError::NotStarted(2);
        let failure = Failure { decoder: None, error, pause: WORKER_FIRST_WAIT };
        assert_eq!(notices, [Notice::Failed(failure)]);
    }
}
