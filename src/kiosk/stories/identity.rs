//! Stories of visitors who are asked for the last digits of their identity number.

use std::time::Duration;

use iced::keyboard::{Key, key::Named};

use super::desk;
use super::door::Door;
use super::{GREEN, RISKY};
use crate::code::Source;
use crate::entry::{Cause, Decision, Reason};
use crate::kiosk::message::Message;

const QUESTION: &str = "T.C. kimlik numaranızın son üç hanesini yazın.";
const OTHER_CODE: &str = "Başka bir kod gösterildi. Önce üç haneyi yazın ya da vazgeçin.";
const HAND: Duration = Duration::from_millis(120);

/// A door that asks; the simulator's holders all end in 792.
fn asking() -> Door {
    Door::with_settings("[identity]\nask_last_digits = true")
}

fn type_digits(door: &mut Door, digits: &str) {
    door.type_text(digits, HAND);
    door.now.instant += HAND;
    door.press(Key::Named(Named::Enter), None);
}

#[test]
fn the_holders_digits_turn_the_screen_green() {
    let mut door = asking();
    door.scan(GREEN);
    assert!(door.shows(QUESTION) && door.log().is_empty());
    type_digits(&mut door, "792");
    assert_eq!(door.decision(), Some(Decision::Admit));
    assert_eq!(door.log(), [(Some(Source::Camera), Decision::Admit)]);
}

#[test]
fn the_digits_can_be_touched() {
    let mut door = asking();
    door.scan(GREEN);
    for key in ["7", "9", "2", "Onayla"] {
        door.touch(key);
    }
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn three_wrong_tries_are_no_entry_and_recorded_once() {
    let mut door = asking();
    door.scan(GREEN);
    for digits in ["791", "000"] {
        type_digits(&mut door, digits);
        assert!(door.shows("Haneler tutmadı. Lütfen yeniden deneyin."), "{digits}");
    }
    type_digits(&mut door, "793");
    let refused = Decision::Refuse(Reason::IdentityMismatch);
    assert_eq!((door.decision(), door.log()), (Some(refused), vec![(Some(Source::Camera), refused)]));
}

#[test]
fn a_second_try_that_is_right_is_as_good_as_the_first() {
    let mut door = asking();
    door.scan(GREEN);
    type_digits(&mut door, "123");
    type_digits(&mut door, "792");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn what_is_not_three_digits_is_no_try() {
    let mut door = asking();
    door.scan(GREEN);
    for digits in ["79", "7922", "7", "79A"] {
        type_digits(&mut door, digits);
        assert!(door.shows("Lütfen üç hane yazın."), "{digits}");
    }
    type_digits(&mut door, "792");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn whoever_leaves_or_cancels_is_recorded_as_not_verified() {
    let not_given = Decision::Unverified(Cause::IdentityNotGiven);
    for cancels in [false, true] {
        let mut door = asking();
        door.scan(GREEN);
        if cancels {
            door.touch("Vazgeç");
        } else {
            door.wait(Duration::from_secs(31));
        }
        assert_eq!(door.log(), [(Some(Source::Camera), not_given)]);
    }
}

#[test]
fn whoever_leaves_or_cancels_after_a_wrong_try_is_refused() {
    let refused = Decision::Refuse(Reason::IdentityMismatch);
    for cancels in [false, true] {
        let mut door = asking();
        door.scan(GREEN);
        type_digits(&mut door, "791");
        type_digits(&mut door, "790");
        type_digits(&mut door, "79");
        if cancels {
            door.touch("Vazgeç");
        } else {
            door.wait(Duration::from_secs(31));
        }
        assert_eq!(door.log(), [(Some(Source::Camera), refused)]);
    }
}

#[test]
fn a_reader_does_not_keep_the_question_open() {
    for end in [Some(Named::Enter), None] {
        let mut door = asking();
        door.scan(GREEN);
        for _ in 0..3 {
            door.wait(Duration::from_secs(9));
            door.type_text("A1B2345671", Duration::from_millis(5));
            if let Some(end) = end {
                door.press(Key::Named(end), None);
            }
        }
        door.wait(Duration::from_secs(4));
        let not_given = Decision::Unverified(Cause::IdentityNotGiven);
        assert_eq!(door.log(), [(Some(Source::Camera), not_given)], "{end:?}");
    }
}

#[test]
fn a_hand_keeps_the_question_open_but_no_longer_than_a_minute() {
    let mut door = asking();
    door.scan(GREEN);
    for digit in ["7", "9"] {
        door.wait(Duration::from_secs(25));
        door.type_text(digit, HAND);
    }
    assert!(door.log().is_empty());
    door.wait(Duration::from_secs(11));
    assert_eq!(door.log(), [(Some(Source::Camera), Decision::Unverified(Cause::IdentityNotGiven))]);
}

#[test]
fn digits_after_a_minute_are_too_late_even_where_no_tick_came() {
    let mut door = asking();
    door.scan(GREEN);
    door.now.instant += Duration::from_secs(61);
    type_digits(&mut door, "792");
    assert_eq!(door.decision(), Some(Decision::Unverified(Cause::IdentityNotGiven)));
}

#[test]
fn the_typed_digits_are_on_the_screen_for_nobody() {
    let mut door = asking();
    door.scan(GREEN);
    // What is found is the key of the keypad, as long as no digit stands before it.
    let found = |door: &Door| format!("{:?}", door.screen().find("7").unwrap());
    let key = found(&door);
    door.touch("7");
    assert_eq!(found(&door), key);
}

#[test]
fn digits_from_a_reader_are_asked_for_by_hand() {
    let mut door = asking();
    door.scan(GREEN);
    door.type_text("792", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    assert!(door.shows("Lütfen haneleri elle yazın.") && door.log().is_empty());
}

#[test]
fn digits_that_come_too_late_leave_the_outcome_on_the_screen() {
    let mut door = asking();
    door.scan(GREEN);
    door.touch("Vazgeç");
    type_digits(&mut door, "792");
    assert_eq!(door.decision(), Some(Decision::Unverified(Cause::IdentityNotGiven)));
}

#[test]
fn who_is_not_admitted_anyway_is_not_asked() {
    let mut door = asking();
    door.scan(RISKY);
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)));
}

#[test]
fn a_reader_answers_no_question_and_uses_up_no_try() {
    let mut door = asking();
    door.scan(GREEN);
    for _ in 0..3 {
        door.type_text("A1B2345671", Duration::from_millis(5));
        door.press(Key::Named(Named::Enter), None);
    }
    assert!(door.shows(OTHER_CODE) && door.log().is_empty());
    type_digits(&mut door, "792");
    assert_eq!(door.log().len(), 1);
}

#[test]
fn a_code_that_is_shown_meanwhile_is_told_to_wait() {
    let mut door = asking();
    door.scan(GREEN);
    door.scan("https://example.org");
    door.scan(GREEN);
    assert!(door.shows(QUESTION));
    door.scan(RISKY);
    assert!(door.shows(OTHER_CODE) && door.log().is_empty());
}

#[test]
fn a_code_that_stays_before_the_camera_does_not_hide_that_the_digits_were_wrong() {
    let mut door = asking();
    door.scan(GREEN);
    type_digits(&mut door, "791");
    door.scan(RISKY);
    assert!(door.shows("Haneler tutmadı. Lütfen yeniden deneyin."));
}

/// A door at which the question waits behind an open desk.
fn covered() -> Door {
    let mut door = desk::with_settings("[identity]\nask_last_digits = true\n");
    desk::open(&mut door, desk::GUARD);
    door.scan(GREEN);
    door
}

#[test]
fn a_question_that_the_desk_covers_begins_when_the_desk_closes() {
    let mut door = covered();
    door.wait(Duration::from_secs(40));
    assert!(desk::is_open(&door));
    desk::press(&mut door, Named::F12);
    door.wait(Duration::from_secs(5));
    assert!(door.shows(QUESTION));
    type_digits(&mut door, "792");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_question_that_the_desk_covers_for_a_minute_is_not_asked_and_leaves_the_desk_as_it_is() {
    let mut door = covered();
    door.type_text("Q9", HAND);
    for _ in 0..2 {
        door.wait(Duration::from_secs(40));
        door.tell(Message::Desk(crate::kiosk::desk::Message::Touched, door.now));
    }
    assert!(door.shows("Bekleyenler · 1") && door.kiosk.keyboard.last_key().is_some());
    assert_eq!(desk::visits(&door)[0].decision, Decision::Unverified(Cause::IdentityNotGiven));
}
