//! Codes from hands and readers turn the window's colour, and stand in the log.

use crate::display::{HAND, Key, READER};
use crate::kiosk::{Kiosk, Setup};
use crate::picture::Look;

const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2-3456-70";

/// Types a code by hand and gives the one visit that comes of it.
fn visit_of(code: &str, look: Look) -> serde_json::Value {
    let kiosk = Kiosk::start();
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
    let kiosk = Kiosk::start();
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
