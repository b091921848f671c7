//! Whatever happens to the processes that see, the window answers and sees again by itself.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::kiosk::{Kiosk, Setup};
use crate::picture::Look;
use crate::processes::{is_gone, send};

/// A key is answered within this time: half of that after which a silent scanner is replaced, which a key that
/// waits for it would take.
const ANSWER: Duration = Duration::from_millis(1500);

/// The kiosk sees again within this time.
const RECOVERY: Duration = Duration::from_secs(10);

/// Does something to a process that sees, and shows a code to what takes its place.
fn survives(signal: Signal, victim: impl Fn(&Kiosk) -> u32) {
    let kiosk = Setup { is_alone: true, ..Setup::default() }.start();
    let (victim, worker) = (victim(&kiosk), kiosk.worker());
    send(victim, signal);
    let start = Instant::now();
    let answer = kiosk.time_of_answer();
    assert!(answer < ANSWER, "a key was answered after {answer:?}");
    kiosk.until("the old worker remains", RECOVERY, || is_gone(worker));
    kiosk.hold_up("admit.png");
    kiosk.shows_within(RECOVERY.saturating_sub(start.elapsed()), Look::Admit);
    assert_eq!(kiosk.visits(1)[0]["source"], "camera");
    assert!(is_gone(victim));
}

#[test]
fn a_stopped_scanner_holds_up_no_key_and_is_replaced() {
    survives(Signal::STOP, Kiosk::scanner);
}

#[test]
fn a_killed_scanner_holds_up_no_key_and_is_replaced() {
    survives(Signal::KILL, Kiosk::scanner);
}

#[test]
fn a_stopped_worker_holds_up_no_key_and_is_replaced() {
    survives(Signal::STOP, Kiosk::worker);
}

#[test]
fn a_killed_worker_holds_up_no_key_and_is_replaced() {
    survives(Signal::KILL, Kiosk::worker);
}
