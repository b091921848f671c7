//! A word that comes after another one on the same visit.

use std::sync::Arc;

use iced::keyboard::key::Named;

use super::FAILING;
use super::desk::{GUARD, decide, door, open, press, visits};
use super::door::Door;
use super::manual::{RISKLESS, answer, waiting};
use crate::checkin::{Unsettled, Verdict};
use crate::entry::{Cause, Decision, Reason};
use crate::visits::{Said, Word};

const DOCUMENT: &str = "Yazılı belge gösterildi";
const OVERTAKEN: &str =
    "Bu ziyaret için sizden önce karar verilmiş: sizinki kaydedilmedi. Geçerli karar listede.";

/// Somebody else refuses the first visit, and the open desk has not seen it yet.
fn refuse(door: &Door) {
    let visit = &visits(door)[0];
    let unsettled = Unsettled { visit: visit.id, code: visit.code };
    let said = Said { because: DOCUMENT.to_owned(), second_person: None };
    let word = Word { person: "Zeynep".to_owned(), said };
    let running = Arc::clone(door.kiosk.running.as_ref().unwrap());
    door.runtime.block_on(running.check_in.settle(unsettled, Verdict::Refuse, word)).unwrap();
}

/// A guard who admits somebody whom another one has just refused.
fn overtaken() -> Door {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    refuse(&door);
    decide(&mut door, DOCUMENT, "Girebilir");
    door
}

#[test]
fn who_decides_after_another_is_told_so_and_sees_the_word_that_counts() {
    let door = overtaken();
    assert!(door.shows(OVERTAKEN) && door.shows("Zeynep") && door.shows("Bekleyenler · 0"));
}

#[test]
fn nobody_enters_by_a_word_that_came_after_a_refusal() {
    let mut door = overtaken();
    press(&mut door, Named::F12);
    let decisions: Vec<_> = visits(&door).iter().map(|visit| visit.decision).collect();
    let amber = Decision::Unverified(Cause::ServiceFailed);
    assert_eq!((door.decision(), decisions), (Some(amber), vec![amber, Decision::Refuse(Reason::Desk)]));
}

#[test]
fn the_next_decision_takes_the_line_away() {
    let mut door = overtaken();
    door.scan("A1B2345678");
    door.touch("Karar ver");
    assert!(!door.shows(OVERTAKEN));
}

#[test]
fn an_answer_that_came_after_a_refusal_turns_nothing_green() {
    let mut door = waiting();
    open(&mut door, GUARD);
    refuse(&door);
    answer(&mut door, RISKLESS);
    assert_eq!(door.decision(), Some(Decision::Unverified(Cause::NotLookedUp)));
}

#[test]
fn whoever_answered_after_another_is_told_so_when_the_desk_comes_back() {
    let mut door = waiting();
    open(&mut door, GUARD);
    refuse(&door);
    answer(&mut door, RISKLESS);
    door.wait(std::time::Duration::from_secs(16));
    assert!(door.shows(OVERTAKEN));
}
