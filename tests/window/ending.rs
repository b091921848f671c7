//! The end of the kiosk, of its children with it, and that there is one of it for a log.

use std::fs::{self, File};
use std::time::Duration;

use rustix::process::Signal;

use crate::home::Home;
use crate::kiosk::Kiosk;
use crate::picture::Look;
use crate::processes::is_gone;

const LIMIT: Duration = Duration::from_secs(2);

/// Ends the kiosk by a signal, and gives its exit status once nothing of it is left.
fn end_by(signal: Signal, kiosk: &mut Kiosk) -> Option<i32> {
    let children = [kiosk.scanner(), kiosk.worker()];
    kiosk.send(signal);
    let status = kiosk.ends_within(LIMIT);
    kiosk.until("the scanner or the worker remains", LIMIT, || children.into_iter().all(is_gone));
    status.code()
}

#[test]
fn a_kiosk_that_is_told_to_end_does_so_with_its_children_within_two_seconds() {
    assert_eq!(end_by(Signal::TERM, &mut Kiosk::start()), Some(0));
}

#[test]
fn the_log_says_when_a_kiosk_was_started_and_stopped() {
    let mut kiosk = Kiosk::start();
    end_by(Signal::TERM, &mut kiosk);
    let acts: Vec<_> = kiosk.home.log_with_acts().iter().map(|act| act["act"].clone()).collect();
    assert_eq!(acts, ["started", "stopped"]);
}

#[test]
fn a_kiosk_that_waits_for_an_answer_ends_as_quickly() {
    let mut kiosk = Kiosk::start();
    kiosk.type_code("A1B2345677");
    kiosk.shows(Look::Other);
    assert_eq!(end_by(Signal::TERM, &mut kiosk), Some(0));
}

#[test]
fn the_children_of_a_kiosk_that_was_killed_are_gone_within_two_seconds() {
    assert_eq!(end_by(Signal::KILL, &mut Kiosk::start()), None);
}

#[test]
fn without_a_display_the_kiosk_says_so() {
    let home = Home::new();
    let output = home.program().env("DISPLAY", ":4242").output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    let wanted = "hes-kiosk: there is no display: set DISPLAY or WAYLAND_DISPLAY to one that is running\n";
    assert_eq!((output.status.code(), message.as_str()), (Some(2), wanted));
}

#[test]
fn a_second_kiosk_on_the_same_log_refuses() {
    let kiosk = Kiosk::start();
    let second = kiosk.home.program().env("DISPLAY", kiosk.display.name()).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let message = String::from_utf8(second.stderr).unwrap();
    assert_eq!(message, "hes-kiosk: another kiosk is running on this visit log\n");
}

#[test]
fn no_log_is_replaced_beside_a_running_kiosk() {
    let kiosk = Kiosk::start();
    let keys = kiosk.home.keys();
    let pass_phrase = kiosk.home.path().join("pass-phrase");
    fs::write(&pass_phrase, "long enough to be one").unwrap();
    for arguments in [&["rotate-keys"][..], &["restore", "backup.db", "--pass-phrase-stdin"]] {
        let mut command = kiosk.home.program();
        command.arg("log").args(arguments).stdin(File::open(&pass_phrase).unwrap());
        let refused = command.output().unwrap();
        let errors = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{errors}");
        assert!(errors.contains("another kiosk is running on this visit log"), "{errors}");
    }
    assert_eq!(kiosk.home.keys(), keys);
    kiosk.type_code("A1B2345670");
    kiosk.visits(1);
}
