//! Waiting longer after each failure in a row.

use std::time::Duration;

/// The longest wait.
const LIMIT: Duration = Duration::from_secs(5);

/// How long to wait before something that failed is tried again.
pub struct Backoff {
    first: Duration,
    next: Duration,
}

impl Backoff {
    /// Waits `first` after the first failure, twice as long after each further one, at most five seconds.
    pub fn new(first: Duration) -> Self {
        Self { first, next: first }
    }

    /// The wait after one more failure.
    pub fn failed(&mut self) -> Duration {
        let wait = self.next;
        self.next = (2 * wait).min(LIMIT);
        wait
    }

    /// The next failure is a first one again.
    pub fn succeeded(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_in_a_row_doubles_the_wait_up_to_five_seconds() {
        let mut backoff = Backoff::new(Duration::from_secs(1));
        let waits: Vec<u64> = (0..5).map(|_| backoff.failed().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 5, 5]);
    }

    #[test]
    fn a_success_makes_the_wait_short_again() {
        let mut backoff = Backoff::new(Duration::from_secs(1));
        backoff.failed();
        backoff.succeeded();
        assert_eq!(backoff.failed().as_secs(), 1);
    }
}
