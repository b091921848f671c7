//! Codes from hands and readers turn the window's colour, and stand in the log.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::display::{Key, READER};
use crate::kiosk::{CHECK, INSTRUCTION, Kiosk, NO_CODE, Setup};
use crate::picture::Look;

const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2-3456-70";

/// Types a code by hand and gives the one visit that comes of it.
fn visit_of(code: &str, look: Look) -> Value {
    // Keys that other windows hold up, and that then come at once, are a reader's.
    let kiosk = Setup { is_alone: true, ..Setup::default() }.start();
    kiosk.type_code(code);
    kiosk.shows(look);
    kiosk.visits(1).remove(0)
}

#[test]
fn a_riskless_code_typed_by_hand_is_green() {
    let visit = visit_of("A1B2345670", Look::Admit);
    assert_eq!((&visit["decision"], &visit["source"]), (&"admit".into(), &"typed".into()));
}

#[test]
fn a_risky_code_typed_by_hand_is_red() {
    let visit = visit_of("A1B2345671", Look::Refuse);
    assert_eq!((&visit["decision"], &visit["source"]), (&"refuse".into(), &"typed".into()));
}

#[test]
fn a_code_at_which_the_service_fails_is_amber() {
    let visit = visit_of("A1B2345676", Look::Unverified);
    assert_eq!((&visit["decision"], &visit["source"]), (&"unverified".into(), &"typed".into()));
}

/// Sends a payload as a reader does, and what the reader ends it with.
fn reader_turns_green(terminator: Option<Key>) {
    // What other windows hold up must not look like a reader's silence.
    let kiosk = Setup { is_alone: true, ..Setup::default() }.start();
    kiosk.display.type_text(PAYLOAD, READER);
    if let Some(key) = terminator {
        kiosk.display.press(key);
    }
    kiosk.shows(Look::Admit);
    assert_eq!(kiosk.visits(1)[0]["source"], "reader");
}

#[test]
fn a_readers_payload_that_ends_with_enter_is_green() {
    reader_turns_green(Some(Key::Enter));
}

#[test]
fn a_readers_payload_that_ends_with_tab_is_green() {
    reader_turns_green(Some(Key::Tab));
}

#[test]
fn a_readers_payload_that_ends_with_silence_is_green() {
    reader_turns_green(None);
}

#[test]
fn a_lone_enter_on_the_welcome_does_nothing() {
    let kiosk = Kiosk::start();
    let before = kiosk.display.picture_of(INSTRUCTION);
    kiosk.display.press(Key::Enter);
    // A key that is answered shows that the one before it was dealt with.
    kiosk.time_of_answer();
    assert_eq!(kiosk.look(), Look::Welcome);
    assert!(kiosk.display.picture_of(INSTRUCTION) == before, "a remark is shown");
    assert_eq!(kiosk.home.log().len(), 0);
}

#[test]
fn a_lone_enter_closes_no_refusal() {
    let kiosk = Kiosk::start();
    kiosk.type_code("A1B2345671");
    kiosk.shows(Look::Refuse);
    kiosk.display.press(Key::Enter);
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        assert_eq!(kiosk.look(), Look::Refuse);
    }
}

#[test]
fn a_code_touched_on_the_keypad_is_green() {
    let kiosk = Kiosk::start();
    kiosk.touch_code("A1B2345670");
    kiosk.display.click(CHECK);
    kiosk.shows(Look::Admit);
    assert_eq!(kiosk.visits(1)[0]["source"], "typed");
}

#[test]
fn a_visitor_without_a_code_is_sent_to_the_desk_and_recorded() {
    let kiosk = Kiosk::start();
    kiosk.display.click(NO_CODE);
    kiosk.shows(Look::Unverified);
    let visit = kiosk.visits(1).remove(0);
    assert_eq!((&visit["reason"], &visit["source"]), (&"no_code".into(), &Value::Null));
}

#[test]
fn after_five_typed_codes_that_fail_a_typed_code_is_not_asked() {
    let kiosk = Kiosk::start();
    for count in 1..=5 {
        kiosk.type_code("A1B2345671");
        kiosk.visits(count);
        kiosk.shows(Look::Refuse);
    }
    kiosk.type_code("A1B2345670");
    kiosk.shows(Look::Welcome);
    assert_eq!(kiosk.home.log().len(), 5);
}
