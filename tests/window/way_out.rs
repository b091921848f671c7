//! A kiosk that wrong settings keep out of service, in a real window: only the manager's PIN leads out.

use serde_json::json;

use crate::desk::{GUARD, MANAGER, kiosk};
use crate::display::{Area, Key};
use crate::kiosk::{Kiosk, PATIENCE};
use crate::picture::{ACCENT, Look};

/// The ground of the key of the pad that confirms.
const CONFIRM_GROUND: Area = Area { left: 724, top: 612, width: 4, height: 16 };
/// What leads to the desktop, and where it is alone in its colour.
const LEAVE: (i16, i16) = (640, 455);
const LEAVE_GROUND: Area = Area { left: 288, top: 450, width: 8, height: 8 };

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
