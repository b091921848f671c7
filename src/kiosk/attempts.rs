//! Codes that are tried out on the keypad: who keeps failing is sent to the desk.

use std::time::{Duration, Instant};

/// So many typed codes that fail within [`WINDOW`] close the keypad for [`PAUSE`].
const MOST: usize = 5;
const WINDOW: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_secs(60);

/// The typed codes that failed lately.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    failed: Vec<Instant>,
    paused_until: Option<Instant>,
}

impl Attempts {
    /// Notes a typed code that failed.
    pub(super) fn note_failure(&mut self, at: Instant) {
        self.failed.retain(|earlier| at.saturating_duration_since(*earlier) < WINDOW);
        self.failed.push(at);
        if self.failed.len() >= MOST {
            self.failed.clear();
            self.paused_until = Some(at + PAUSE);
        }
    }

    /// How long the keypad stays closed yet; `None` where it is open.
    pub(super) fn pause_left(&self, now: Instant) -> Option<Duration> {
        let left = self.paused_until?.saturating_duration_since(now);
        (!left.is_zero()).then_some(left)
    }
}
