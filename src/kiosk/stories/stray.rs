//! Answers that come when whoever waited for them has gone: they are nobody else's.

use iced::keyboard::key::Named;

use super::desk::{GUARD, MANAGER, SECOND, decide, door, is_open, open, press, visits, with_settings};
use super::{FAILING, GREEN, manual, settings};
use crate::checkin::Verdict;
use crate::entry::Decision;
use crate::kiosk::desk::{self, Answer, SettingsMessage, Tab};
use crate::kiosk::message::Message;
use crate::kiosk::start::is_restart_wanted;

const DOCUMENT: &str = "Yazılı belge gösterildi";

#[test]
fn a_pin_that_is_compared_late_opens_no_later_pad() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.type_text(GUARD, super::desk_readers::HAND);
    let compared = door.begin(Message::Desk(desk::Message::Confirm, door.now));
    press(&mut door, Named::Escape);
    press(&mut door, Named::F12);
    door.run(compared);
    assert!(!is_open(&door));
}

#[test]
fn a_second_pin_that_is_compared_late_agrees_to_no_later_verdict() {
    let mut door = with_settings("[policy]\ntwo_guards = true\n");
    door.type_code(FAILING);
    open(&mut door, GUARD);
    decide(&mut door, DOCUMENT, "Giremez");
    door.type_text(SECOND, super::desk_readers::HAND);
    let compared = door.begin(Message::Desk(desk::Message::Confirm, door.now));
    press(&mut door, Named::Escape);
    decide(&mut door, DOCUMENT, "Girebilir");
    door.run(compared);
    assert_eq!(visits(&door).len(), 1);
}

#[test]
fn who_is_checked_when_the_desk_is_dismissed_twice_sees_the_outcome() {
    let mut door = door();
    open(&mut door, GUARD);
    let check = door.begin_scan(GREEN);
    for _ in 0..2 {
        door.tell(Message::DeskAnswered(Answer::Dismissed(Ok(())), door.now));
    }
    door.run(check);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn an_answer_of_whom_nobody_knows_any_more_leaves_the_code_to_the_next_guard() {
    let mut door = manual::waiting();
    open(&mut door, GUARD);
    door.take_pin("Mehmet");
    manual::answer(&mut door, manual::RISKLESS);
    open(&mut door, SECOND);
    manual::answer(&mut door, manual::RISKLESS);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
}

#[test]
fn while_a_word_is_recorded_there_is_no_other_one() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.touch(DOCUMENT);
    let recorded = door.begin(Message::Desk(desk::Message::Verdict(Verdict::Admit), door.now));
    door.tell(Message::Desk(desk::Message::Left, door.now));
    door.run(recorded);
    assert_eq!(visits(&door).len(), 2);
}

#[test]
fn a_word_that_is_being_recorded_cannot_be_taken_back() {
    let cancel = |door: &mut super::door::Door| door.tell(Message::Desk(desk::Message::Cancel, door.now));
    let escape = |door: &mut super::door::Door| press(door, Named::Escape);
    for take_back in [cancel, escape] {
        let mut door = door();
        door.type_code(FAILING);
        open(&mut door, GUARD);
        door.touch("Karar ver");
        door.touch(DOCUMENT);
        let _recorded = door.begin(Message::Desk(desk::Message::Verdict(Verdict::Admit), door.now));
        take_back(&mut door);
        assert!(!door.shows("Karar ver") && !door.shows("Vazgeç"));
    }
}

#[test]
fn who_may_not_restart_the_kiosk_restarts_it_at_no_later_end() {
    let mut door = with_settings("[screen]\nadmit_seconds = 6\n");
    open(&mut door, MANAGER);
    for message in [
        desk::Message::Open(Tab::Settings),
        desk::Message::Settings(SettingsMessage::More(settings::place("screen.admit_seconds"))),
        desk::Message::Settings(SettingsMessage::Save),
    ] {
        door.tell(Message::Desk(message, door.now));
    }
    assert!(door.shows("Kaydedildi. Kiosk yeniden başlayınca geçerli olur."));
    door.take_pin("Ayşe");
    door.tell(Message::Desk(desk::Message::Settings(SettingsMessage::Restart), door.now));
    assert!(!is_open(&door) && !is_restart_wanted());
}
