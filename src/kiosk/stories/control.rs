//! Visitors who have a reader alone, and codes printed beside it.

use std::time::Duration;

use iced::keyboard::{Key, key::Named};

use super::door::Door;
use super::screens::PRIVACY;
use super::{GREEN, RISKY};
use crate::entry::{Cause, Decision, Reason};
use crate::kiosk::palette;
use crate::scan::Layout;

impl Door {
    /// Reads a text with a reader that ends it with Enter.
    fn read(&mut self, text: &str) {
        self.type_text(text, Duration::from_millis(5));
        self.press(Key::Named(Named::Enter), None);
    }
}

#[test]
fn a_reader_chooses_the_language_and_nothing_is_recorded() {
    let mut door = Door::open();
    door.read("HES-KIOSK-LANGUAGE-EN");
    assert!(door.shows("Welcome") && door.shows("Show your QR code or type your code."));
    assert!(door.log().is_empty());
}

#[test]
fn a_reader_chooses_the_language_under_whatever_layout_the_system_has() {
    for layout in [Layout::Us, Layout::TurkishQ, Layout::TurkishF] {
        for caps_lock in [false, true] {
            let mut door = Door::open();
            door.read_under("HES-KIOSK-LANGUAGE-DE", layout, caps_lock);
            door.press(Key::Named(Named::Enter), None);
            assert!(door.shows("Willkommen"), "{layout:?} {caps_lock}");
        }
    }
}

#[test]
fn a_reader_without_a_terminator_chooses_the_language_too() {
    let mut door = Door::open();
    door.type_text("HES-KIOSK-LANGUAGE-EN", Duration::from_millis(5));
    door.wait(Duration::from_secs(2));
    assert!(door.shows("Welcome"));
}

#[test]
fn a_reader_asks_for_larger_type_and_more_contrast_and_takes_them_back() {
    let mut door = Door::open();
    for has_aids in [true, false] {
        door.read("HES-KIOSK-LARGER-TEXT");
        door.read("HES-KIOSK-HIGH-CONTRAST");
        let is_contrasted = door.kiosk.palette() == palette::HIGH_CONTRAST;
        assert_eq!((door.kiosk.aids.larger_text, is_contrasted), (has_aids, has_aids));
    }
}

#[test]
fn a_reader_opens_the_notice_in_the_visitors_language_and_goes_on_to_a_check() {
    let mut door = Door::with_settings(PRIVACY);
    door.read("HES-KIOSK-NOTICE");
    door.read("HES-KIOSK-LANGUAGE-DE");
    assert!(door.shows_notice() && door.shows("1. Verantwortlicher"));
    door.read(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_reader_sends_a_visitor_without_a_code_to_the_desk() {
    for first in ["", "HES-KIOSK-NOTICE", RISKY] {
        let mut door = Door::open();
        door.read(first);
        door.read("HES-KIOSK-NO-CODE");
        assert_eq!(door.decision(), Some(Decision::Unverified(Cause::NoCode)), "{first}");
    }
}

#[test]
fn an_outcome_is_said_in_another_language_and_stays() {
    let mut door = Door::open();
    door.read(RISKY);
    door.read("HES-KIOSK-LANGUAGE-EN");
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)));
    assert!(door.shows("Entry is not possible"));
}

#[test]
fn the_question_for_an_identity_is_asked_in_another_language_and_stays() {
    let mut door = Door::with_settings("[identity]\nask_last_digits = true");
    door.read(GREEN);
    door.read("HES-KIOSK-NO-CODE");
    door.read("HES-KIOSK-LANGUAGE-EN");
    assert!(door.shows("Confirm your identity"));
}

#[test]
fn a_reader_gives_the_digits_of_the_identity_number() {
    let mut door = Door::with_settings("[identity]\nask_last_digits = true");
    door.read(GREEN);
    for code in ["DIGIT-7", "DIGIT-3", "TAKE-BACK", "DIGIT-9", "DIGIT-2"] {
        door.read(&format!("HES-KIOSK-{code}"));
    }
    door.read("HES-KIOSK-CONFIRM");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_reader_gives_other_digits_after_wrong_ones_or_gives_up() {
    let mut door = Door::with_settings("[identity]\nask_last_digits = true");
    door.read(GREEN);
    for code in ["DIGIT-1", "DIGIT-1", "DIGIT-1", "CONFIRM"] {
        door.read(&format!("HES-KIOSK-{code}"));
    }
    assert!(door.shows("Haneler tutmadı. Lütfen yeniden deneyin."));
    door.read("HES-KIOSK-GIVE-UP");
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::IdentityMismatch)));
}

#[test]
fn codes_for_digits_do_nothing_where_none_are_asked_for() {
    let mut door = Door::open();
    for code in ["DIGIT-1", "TAKE-BACK", "CONFIRM", "GIVE-UP"] {
        door.read(&format!("HES-KIOSK-{code}"));
    }
    assert!(door.is_welcoming() && door.log().is_empty());
}

#[test]
fn a_control_code_that_stays_before_the_camera_is_one_touch() {
    let mut door = Door::open();
    for _ in 0..8 {
        door.scan("HES-KIOSK-LARGER-TEXT");
        door.wait(Duration::from_millis(500));
    }
    assert!(door.kiosk.aids.larger_text);
}
