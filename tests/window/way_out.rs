//! A kiosk that is out of service, in a real window: only the manager's PIN leads out.

use std::fs;

use serde_json::json;

use crate::desk::{GUARD, MANAGER, kiosk, with_pins};
use crate::display::{Area, Key};
use crate::failing_disk::Fault;
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::{ACCENT, Look};

/// The ground of the key of the pad that confirms.
const CONFIRM_GROUND: Area = Area { left: 724, top: 612, width: 4, height: 16 };
/// What leads to the desktop, and where it is alone in its colour, below a cause of two lines or three.
const LEAVE: (i16, i16) = (640, 472);
const LEAVE_GROUND: Area = Area { left: 290, top: 468, width: 8, height: 8 };

fn enter(kiosk: &Kiosk, pin: &str) {
    kiosk.display.press(Key::F12);
    kiosk.until("no pad", PATIENCE, || kiosk.display.picture_of(CONFIRM_GROUND).has(ACCENT));
    kiosk.type_code(pin);
}

#[test]
fn wrong_settings_are_left_by_the_managers_pin_and_by_no_other_key() {
    let mut kiosk = kiosk();
    kiosk.kill();
    kiosk.write_settings("[policy]\nadmit = \"everybody\"\n");
    kiosk.start_again();
    kiosk.shows(Look::OutOfService);
    kiosk.ask_to_close();
    enter(&kiosk, GUARD);
    kiosk.display.press(Key::Escape);
    kiosk.shows(Look::OutOfService);
    assert!(kiosk.runs());
    enter(&kiosk, MANAGER);
    kiosk.until("no way out", PATIENCE, || kiosk.display.picture_of(LEAVE_GROUND).has(ACCENT));
    kiosk.display.click(LEAVE);
    assert!(kiosk.ends_within(PATIENCE).success());
    kiosk.write_settings("");
    let last = kiosk.home.log_with_acts().pop().unwrap();
    assert_eq!((&last["act"], &last["person"]), (&json!("stopped"), &json!("Ayşe")));
}

#[test]
fn a_disk_that_takes_nothing_is_left_by_the_managers_pin_and_that_stands_in_the_programs_own_log() {
    for how in [libc::ENOSPC, libc::EROFS] {
        let mut kiosk = with_pins(Setup { has_failing_disk: true, ..Setup::default() }.start());
        kiosk.disk.as_ref().unwrap().fail(Fault { calls: "write,sync,truncate", how }, 1);
        kiosk.type_code("A1B2345670");
        kiosk.shows_without_a_decision(PATIENCE, Look::OutOfService);
        enter(&kiosk, GUARD);
        kiosk.display.press(Key::Escape);
        kiosk.shows(Look::OutOfService);
        enter(&kiosk, MANAGER);
        kiosk.until("no way out", PATIENCE, || kiosk.display.picture_of(LEAVE_GROUND).has(ACCENT));
        kiosk.display.click(LEAVE);
        assert!(kiosk.ends_within(PATIENCE).success());
        let said =
            fs::read_to_string(kiosk.home.path().join(".local/state/hes-kiosk/log/kiosk.log")).unwrap();
        assert!(said.contains("a manager ended the kiosk"), "{said}");
    }
}
