//! How the door looks at a sequence of frames: by a decode worker that is replaced when it fails, without
//! the decoder that made it fail, and at a pace that falls while nobody shows anything.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::backoff::Backoff;
use super::decode::Decoder;
use super::frame::Luma;
use super::worker::{Effort, LeftOut, Look, Worker, WorkerError};

/// How long the decoders may look at one frame. With a new worker's start it stays within a second.
const FRAME_DEADLINE: Duration = Duration::from_millis(600);

/// The wait after the decode worker's first failure that no decoder is to blame for.
const WORKER_FIRST_WAIT: Duration = Duration::from_millis(100);

/// How long a decoder that failed is left out at first, and at the most.
const FIRST_LEAVE: Duration = Duration::from_secs(10);
const LONGEST_LEAVE: Duration = Duration::from_secs(300);

/// A decoder that failed, for how long it is left out, and until when.
struct Leave {
    decoder: Decoder,
    duration: Duration,
    until: Instant,
}

/// Looks at one frame after the other, whatever happens to the decoders.
pub struct Watcher {
    program: PathBuf,
    worker: Option<Worker>,
    backoff: Backoff,
    leaves: Vec<Leave>,
}

impl Watcher {
    /// A watcher whose worker is `program`: this program.
    pub fn new(program: PathBuf) -> Self {
        let backoff = Backoff::new(WORKER_FIRST_WAIT);
        Self { program, worker: None, backoff, leaves: Vec::new() }
    }

    /// Looks at the next frame. Where the worker fails the frame shows nothing.
    pub fn look(&mut self, luma: &Arc<Luma>) -> Look {
        match self.ask(luma) {
            Ok(look) => {
                self.backoff.succeeded();
                look
            }
            Err(_) => {
                let calling = self.worker.take().and_then(|worker| worker.calling());
                match calling {
                    Some(decoder) => self.leave_out(decoder, Instant::now()),
                    None => thread::sleep(self.backoff.failed()),
                }
                Look::default()
            }
        }
    }

    fn ask(&mut self, luma: &Arc<Luma>) -> Result<Look, WorkerError> {
        let left_out = self.left_out(Instant::now());
        let worker = match &mut self.worker {
            Some(worker) => worker,
            None => self.worker.insert(Worker::start(&self.program)?),
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

    /// Each failure of the same decoder makes its leave twice as long.
    fn leave_out(&mut self, decoder: Decoder, now: Instant) {
        let known = self.leaves.iter().position(|leave| leave.decoder == decoder);
        let last = known.map(|place| self.leaves.swap_remove(place));
        let duration = last.map_or(FIRST_LEAVE, |leave| (2 * leave.duration).min(LONGEST_LEAVE));
        self.leaves.push(Leave { decoder, duration, until: now + duration });
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
        let mut watcher = Watcher::new("nothing".into());
        let start = Instant::now();
        watcher.leave_out(Decoder::Rqrr, start);
        assert!(watcher.left_out(start + Duration::from_secs(9)).contains(Decoder::Rqrr));
        let later = start + Duration::from_secs(11);
        assert!(!watcher.left_out(later).contains(Decoder::Rqrr));
        watcher.leave_out(Decoder::Rqrr, later);
        assert!(watcher.left_out(later + Duration::from_secs(19)).contains(Decoder::Rqrr));
    }
}
