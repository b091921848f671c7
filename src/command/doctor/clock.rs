//! The clock: whether anybody confirms it.

use jiff::{SignedDuration, Timestamp};

use super::Finding;
use super::records::with_store;
use crate::entry::clock_doubt;
use crate::kiosk::language::local;
use crate::visits;

/// A clock that may be off by so many microseconds is synchronised by nobody: the kernel doubts it more from second to
/// second, and goes no further than this.
#[cfg(target_os = "linux")]
const LARGEST_DOUBT: libc::c_long = 16_000_000;

/// What the service's clock says of this machine's, of which it is ahead by so much; where it does not tell the time, what the
/// log's last record and the system say.
pub(super) fn look(visits: &visits::Config, ahead: Option<SignedDuration>) -> Finding {
    let is_log_there = ahead.is_none() && visits.path.exists();
    // Why a log cannot be opened has a line of its own.
    let last = if is_log_there {
        with_store(visits, async |store| store.last_time().await).ok().flatten()
    } else {
        None
    };
    let now = Timestamp::now();
    let doubt = clock_doubt(ahead, last, now);
    let finding = match (doubt.is_zero(), ahead) {
        (false, _) => Finding::failed("clock", "clock-off"),
        (true, Some(_)) => Finding::passed("clock", "clock-right"),
        (true, None) if is_synchronised() => Finding::passed("clock", "clock-synchronised"),
        (true, None) => Finding::warned("clock", "clock-unconfirmed"),
    };
    // Where the service does not tell the time only a clock that went back is noticed.
    let is_ahead = ahead.is_some_and(|ahead| ahead.is_negative());
    let direction = if is_ahead { "doctor-clock-ahead" } else { "doctor-clock-behind" };
    let finding = finding.with_text("direction", direction.to_owned());
    finding.with("minutes", (doubt.as_secs() + 59) / 60).with("now", local(now).strftime("%Y-%m-%d %H:%M:%S"))
}

/// Whether the system says that a time server keeps its clock.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn is_synchronised() -> bool {
    // SAFETY: all its fields are numbers, of which zero is one. No mode is set, so that no clock is changed.
    let mut state: libc::timex = unsafe { std::mem::zeroed() };
    // SAFETY: it writes into the structure that it is given, and nowhere else.
    let told = unsafe { libc::adjtimex(&raw mut state) };
    told >= 0 && state.maxerror < LARGEST_DOUBT
}

#[cfg(not(target_os = "linux"))]
fn is_synchronised() -> bool {
    false
}
