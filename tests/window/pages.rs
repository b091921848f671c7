//! The manager's other pages in a real window, with the pad and the buttons under a finger.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::desk::{
    BACK, GREEN, MANAGER, VISITS_CHOSEN, acts, ask_for_pin, kiosk, leave_desk, try_to_leave_desk,
    wait_for_act,
};
use crate::display::{Area, Key};
use crate::kiosk::{Kiosk, PATIENCE};
use crate::manager;
use crate::picture::{INK, Look};

/// A PIN that nobody has yet.
const NEW: &str = "618340";

/// A hand whose keys are told from a reader's on a machine that has other work.
const SLOW_HAND: Duration = Duration::from_millis(300);

/// The middle of the pad's first digit, from there to the next column and row, and the key that confirms.
const ONE: (i16, i16) = (496, 364);
const NEXT: (i16, i16) = (144, 86);
const CONFIRM: (i16, i16) = (783, 622);

/// The dot of the first digit, and from there to the next one.
const FIRST_DOT: Area = Area { left: 546, top: 293, width: 8, height: 8 };
const NEXT_DOT: i16 = 36;

/// The names of the pages, and an edge of each that is open.
const VISITS: (i16, i16) = (144, 134);
const PINS: (i16, i16) = (888, 134);
const PINS_CHOSEN: Area = Area { left: 772, top: 124, width: 4, height: 16 };
const EXPORTS: (i16, i16) = (640, 134);
const EXPORTS_CHOSEN: Area = Area { left: 524, top: 124, width: 4, height: 16 };
const ERASURE: (i16, i16) = (1136, 134);
const ERASURE_CHOSEN: Area = Area { left: 1021, top: 124, width: 4, height: 16 };

/// What makes a new person, and the edge of the field for the name.
const NEW_PERSON: (i16, i16) = (1134, 220);
const NAME_EDGE: Area = Area { left: 283, top: 405, width: 6, height: 16 };
/// What writes the file.
const WRITE: (i16, i16) = (640, 584);
/// The reason that somebody asked for it, and the edge of the button below, which no other step has there.
const ASKED: (i16, i16) = (640, 466);
const WHY: Area = Area { left: 283, top: 604, width: 6, height: 10 };

/// Touches digit after digit, each once the dot of the last one is seen.
fn touch_pin(kiosk: &Kiosk, pin: &str) {
    for (digit, typed) in pin.bytes().zip(0..) {
        let place = i16::from((digit - b'0' + 9) % 10);
        let (column, row) = if digit == b'0' { (1, 3) } else { (place % 3, place / 3) };
        kiosk.display.click((ONE.0 + column * NEXT.0, ONE.1 + row * NEXT.1));
        let dot = Area { left: FIRST_DOT.left + typed * NEXT_DOT, ..FIRST_DOT };
        kiosk.until("no dot", PATIENCE, || kiosk.display.picture_of(dot).has(INK));
    }
    kiosk.display.click(CONFIRM);
}

/// Waits for a pad on which nothing is entered yet.
fn wait_for_pad(kiosk: &Kiosk) {
    kiosk.until("no pad", PATIENCE, || {
        kiosk.display.picture_of(BACK).has(INK) && !kiosk.display.picture_of(FIRST_DOT).has(INK)
    });
}

/// A page of the manager, who entered the PIN by touch.
fn open(kiosk: &Kiosk, page: (i16, i16), chosen: Area) {
    ask_for_pin(kiosk);
    touch_pin(kiosk, MANAGER);
    kiosk.until("no pages", PATIENCE, || kiosk.display.picture_of(VISITS_CHOSEN).has(INK));
    kiosk.display.click(page);
    kiosk.until("not the page", PATIENCE, || kiosk.display.picture_of(chosen).has(INK));
}

#[test]
fn a_manager_gives_somebody_a_pin_that_opens_the_desk() {
    let kiosk = kiosk();
    open(&kiosk, PINS, PINS_CHOSEN);
    kiosk.display.click(NEW_PERSON);
    kiosk.until("no field", PATIENCE, || kiosk.display.picture_of(NAME_EDGE).has(INK));
    kiosk.display.type_text("Elif", SLOW_HAND);
    kiosk.display.press(Key::Enter);
    for _ in 0..2 {
        wait_for_pad(&kiosk);
        touch_pin(&kiosk, NEW);
    }
    wait_for_act(&kiosk, "pin_set", 3);
    let set = kiosk.home.log_with_acts().pop().unwrap();
    assert_eq!([&set["person"], &set["name"], &set["role"]], ["Ayşe", "Elif", "guard"]);
    kiosk.display.press(Key::F12);
    ask_for_pin(&kiosk);
    touch_pin(&kiosk, NEW);
    wait_for_act(&kiosk, "pin_entered", 2);
    assert_eq!(kiosk.home.log_with_acts().pop().unwrap()["person"], json!("Elif"));
}

#[test]
fn a_manager_writes_todays_visits_into_a_file_by_a_touch() {
    let kiosk = kiosk();
    kiosk.type_code(GREEN);
    kiosk.shows(Look::Admit);
    open(&kiosk, EXPORTS, EXPORTS_CHOSEN);
    kiosk.display.click(WRITE);
    wait_for_act(&kiosk, "exported", 1);
    assert_eq!(kiosk.home.log_with_acts().pop().unwrap()["person"], json!("Ayşe"));
    let folder = kiosk.home.path().join(".local/state/hes-kiosk/exports");
    let [file] = fs::read_dir(folder).unwrap().collect::<Vec<_>>().try_into().unwrap();
    assert!(fs::read_to_string(file.unwrap().path()).unwrap().contains(",admit,"));
}

#[test]
fn a_manager_erases_a_visitor_by_the_code_a_reason_and_the_pin() {
    let kiosk = kiosk();
    kiosk.type_code(GREEN);
    kiosk.shows(Look::Admit);
    open(&kiosk, ERASURE, ERASURE_CHOSEN);
    kiosk.display.type_text(GREEN, SLOW_HAND);
    kiosk.display.press(Key::Enter);
    kiosk.until("no reason is asked for", PATIENCE, || kiosk.display.picture_of(WHY).has(INK));
    kiosk.display.click(ASKED);
    wait_for_pad(&kiosk);
    touch_pin(&kiosk, MANAGER);
    wait_for_act(&kiosk, "erased", 1);
    let erased = kiosk.home.log_with_acts().pop().unwrap();
    assert_eq!((&erased["person"], kiosk.home.log().len()), (&json!("Ayşe"), 0));
}

#[test]
fn no_key_and_no_request_leads_out_of_any_page_of_a_manager() {
    let mut kiosk = kiosk();
    kiosk.write_settings(manager::SETTINGS);
    open(&kiosk, VISITS, VISITS_CHOSEN);
    let before = acts(&kiosk);
    let others = [
        (manager::TAB, manager::SETTINGS_CHOSEN),
        (EXPORTS, EXPORTS_CHOSEN),
        (PINS, PINS_CHOSEN),
        (ERASURE, ERASURE_CHOSEN),
    ];
    try_to_leave_desk(&kiosk);
    // Each next page opens behind all that was pressed on the one before.
    for (page, chosen) in others {
        kiosk.display.click(page);
        kiosk.until("not the page", PATIENCE, || kiosk.display.picture_of(chosen).has(INK));
        try_to_leave_desk(&kiosk);
    }
    leave_desk(&kiosk);
    assert!(kiosk.runs());
    assert_eq!((acts(&kiosk), manager::file(&kiosk)), (before, manager::SETTINGS.to_owned()));
}
