//! The desk that comes back behind an answer, and for whom it does not.

use std::fs;
use std::time::Duration;

use super::desk::{GUARD, open};
use super::desk_readers::SEARCH;
use super::door::Door;
use super::manual::{RISKLESS, answer, door, is_awaiting, waiting};
use super::{FAILING, GREEN, RISKY, take_the_log_away};
use crate::code::{Reading, Source};
use crate::kiosk::message::Message;
use crate::scan::SerialEvent;

/// A visitor who reads the answer, before a desk that comes back.
fn answered(words: &str) -> Door {
    let mut door = waiting();
    open(&mut door, GUARD);
    answer(&mut door, words);
    door
}

fn read(door: &mut Door, text: &str) {
    let reading = Reading { text: text.to_owned(), source: Source::Reader };
    door.tell(Message::SerialReaderReported(SerialEvent::Reading(reading), door.now));
}

#[test]
fn a_code_that_a_reader_reads_brings_the_desk_back() {
    let mut door = answered("Riskli");
    read(&mut door, RISKY);
    assert!(door.shows(RISKY));
}

#[test]
fn a_code_that_a_hand_types_brings_no_desk_back() {
    let mut door = answered("Riskli");
    door.type_code(RISKY);
    assert!(is_awaiting(&door));
}

#[test]
fn what_is_no_code_takes_the_answers_place_and_locks_the_desk() {
    let mut door = answered("Riskli");
    read(&mut door, "https://example.org/menu");
    assert!(door.is_welcoming());
    door.scan(RISKY);
    assert!(is_awaiting(&door));
}

#[test]
fn a_kiosk_that_was_out_of_service_comes_back_with_a_locked_desk() {
    let mut door = answered(RISKLESS);
    let log = take_the_log_away(&door);
    door.scan(RISKY);
    assert!(door.is_out_of_service());
    fs::remove_file(&log).unwrap();
    fs::rename(door.folder.path().join("away"), &log).unwrap();
    door.wait(Duration::from_secs(4));
    door.scan(RISKY);
    assert!(is_awaiting(&door));
}

#[test]
fn a_desk_that_came_back_with_a_code_is_locked_a_minute_after_the_guards_last_touch() {
    let mut door = door("[screen]\nrefuse_seconds = 50\n");
    door.scan(GREEN);
    open(&mut door, GUARD);
    answer(&mut door, "Riskli");
    door.wait(Duration::from_secs(40));
    door.scan(RISKY);
    assert!(door.shows(RISKY));
    door.wait(Duration::from_secs(25));
    assert!(is_awaiting(&door));
}

#[test]
fn nothing_that_was_typed_over_the_answer_is_sought_at_the_desk_that_comes_back() {
    let mut door = answered(RISKLESS);
    door.type_text("Q9", Duration::from_millis(120));
    door.wait(Duration::from_secs(5));
    assert!(door.shows("Bekleyenler · 0") && door.shows(SEARCH));
}

#[test]
fn who_was_answered_waits_no_more_at_a_desk_that_came_back_for_somebody_else() {
    let mut door = door("");
    for (code, words) in [(GREEN, RISKLESS), (RISKY, "Riskli"), (FAILING, RISKLESS)] {
        door.scan(code);
        if code == GREEN {
            open(&mut door, GUARD);
        }
        answer(&mut door, words);
    }
    door.wait(Duration::from_secs(6));
    let refused = door.shows("Reddedildi");
    assert!(refused && door.shows("Bekleyenler · 0"));
}

#[test]
fn who_was_given_up_on_waits_still_when_the_desk_comes_back() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.touch("Sorgulanamadı");
    door.wait(Duration::from_secs(16));
    assert!(door.shows("Bekleyenler · 1") && door.shows("Karar ver"));
}
