//! The clock that the kiosk's processes share.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The system's monotonic clock (`CLOCK_MONOTONIC`): the same in each process of this machine, so that a
/// child's moments can be compared with its parent's. [`std::time::Instant`] can't be sent to another process.
pub fn monotonic() -> Duration {
    read(ClockId::Monotonic)
}

/// The processor time that this process has spent, of all its threads.
pub fn cpu_time() -> Duration {
    read(ClockId::ProcessCPUTime)
}

fn read(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}
