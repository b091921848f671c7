//! How long visitors wait for a service that has been failing.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// After so many failures in a row visitors no longer wait the whole limit.
const FAILURES: u32 = 3;

/// So long they wait then. Each of their questions still tries the service.
const SHORT_LIMIT: Duration = Duration::from_secs(1);

/// Counts the failures in a row.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: AtomicU32,
}

impl Breaker {
    /// How long a question whose whole limit is `limit` may take now.
    pub(super) fn limit(&self, limit: Duration) -> Duration {
        let is_open = self.failures.load(Ordering::Relaxed) >= FAILURES;
        if is_open { limit.min(SHORT_LIMIT) } else { limit }
    }

    /// A question was answered.
    pub(super) fn note_answer(&self) {
        self.failures.store(0, Ordering::Relaxed);
    }

    /// The service said that it is well. That proves no answer yet: the next question has the whole limit
    /// again, and if it fails the one after it has not.
    pub(super) fn note_health(&self) {
        self.failures.fetch_min(FAILURES - 1, Ordering::Relaxed);
    }

    /// A question or a health check failed.
    pub(super) fn note_failure(&self) {
        let count = |failures: u32| Some(failures.saturating_add(1));
        let _ = self.failures.fetch_update(Ordering::Relaxed, Ordering::Relaxed, count);
    }
}
