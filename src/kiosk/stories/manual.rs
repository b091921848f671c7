//! An institution that asks no service: the desk looks each code up.

use std::time::Duration;

use iced::keyboard::Key;
use iced::keyboard::key::Named;

use super::check_out::{AGO, CHECKS_OUT, admit};
use super::desk::{GUARD, acts, open, visits, with_settings};
use super::door::Door;
use super::screens::PRIVACY;
use super::{GREEN, RISKY, take_the_log_away};
use crate::checkin::Outcome;
use crate::code::{Reading, Source};
use crate::entry::{Cause, Decision, LookedUp, Reason};
use crate::kiosk::desk::{Answer, Message as Touch, look_up};
use crate::kiosk::message::Message;
use crate::kiosk::state::Screen;
use crate::scan::SerialEvent;
use crate::visits::{DecidedBy, Deed, Environment};

pub(super) const RISKLESS: &str = "Riskli değil";
const RECORD: &str = "Kaydet ve göster";
const NOBODY_CAME: Decision = Decision::Unverified(Cause::NotLookedUp);

const MANUAL: &str = "[service]\nenvironment = \"manual\"\n";

/// A door of an institution without access to the service.
pub(super) fn door(more: &str) -> Door {
    with_settings(&format!("{MANUAL}{PRIVACY}{more}"))
}

pub(super) fn answer(door: &mut Door, answer: &str) {
    door.touch(answer);
    door.touch(RECORD);
}

pub(super) fn is_awaiting(door: &Door) -> bool {
    matches!(door.kiosk.screen, Screen::AwaitingDesk(_))
}

/// The desk's screens while a visitor waits, in this language.
pub(super) fn each_desk_screen(language: &str) -> Vec<(&'static str, Door)> {
    let waits = |more: &str| {
        let mut door = door(&format!("[screen]\nlanguages = [\"{language}\"]\n{more}"));
        door.scan(GREEN);
        open(&mut door, GUARD);
        door
    };
    let mut chosen = waits("[policy]\nadmit = \"riskless_and_protected\"\n");
    let visit = visits(&chosen)[0].id;
    let riskless = look_up::Message::Choose(visit, LookedUp::Riskless { is_protected: true });
    chosen.tell(Message::Desk(Touch::LookUp(riskless), chosen.now));
    vec![("look-up", waits("")), ("look-up-protected", chosen)]
}

/// A visitor who waits.
pub(super) fn waiting() -> Door {
    let mut door = door("");
    door.scan(GREEN);
    door
}

/// A visitor who waits, and another one who showed a code meanwhile.
pub(super) fn others_waiting() -> Door {
    let mut door = waiting();
    door.scan(RISKY);
    door
}

#[test]
fn a_riskless_code_turns_green_by_a_named_persons_recorded_word() {
    let mut door = waiting();
    assert!(door.shows("Danışma kodunuzu sorguluyor. Sonuç bu ekranda görünecek."));
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
    let [asked, answered] = visits(&door).try_into().unwrap();
    assert_eq!((asked.decision, asked.decided_by), (NOBODY_CAME, None));
    assert_eq!((answered.decision, answered.decided_by), (Decision::AdmitByDesk, Some(DecidedBy::Desk)));
    assert_eq!((answered.answers, answered.code), (Some(asked.id), asked.code));
    assert_eq!(answered.environment, Environment::Manual);
    let word = answered.word.unwrap();
    assert_eq!((word.person.as_str(), word.said.because.as_str()), ("Mehmet", RISKLESS));
}

#[test]
fn each_other_answer_is_decided_as_the_services_own() {
    for (words, reason) in [
        ("Riskli", Reason::Risky),
        ("Kod bulunamadı", Reason::CodeNotFound),
        ("Kodun süresi dolmuş", Reason::CodeExpired),
    ] {
        let mut door = door("");
        door.scan(GREEN);
        open(&mut door, GUARD);
        answer(&mut door, words);
        assert_eq!(door.decision(), Some(Decision::Refuse(reason)), "{words}");
        assert!(door.shows("Giriş yapılamıyor"));
    }
}

#[test]
fn where_nobody_comes_within_two_minutes_the_screen_turns_amber() {
    let mut door = waiting();
    door.wait(Duration::from_secs(119));
    assert!(is_awaiting(&door));
    door.wait(Duration::from_secs(2));
    assert_eq!(door.decision(), Some(NOBODY_CAME));
    assert_eq!(door.log(), [(Some(Source::Camera), NOBODY_CAME)]);
}

#[test]
fn who_waits_when_the_kiosk_is_killed_stands_in_the_log_and_waits_at_the_desk() {
    let folder = {
        let mut door = door("");
        door.scan(GREEN);
        door.folder
    };
    let mut door = Door::at(folder);
    assert!(door.is_welcoming());
    open(&mut door, GUARD);
    assert!(door.shows("Bekleyenler · 1"));
}

#[test]
fn who_was_not_looked_up_has_to_show_the_code_again() {
    let mut door = waiting();
    door.wait(Duration::from_secs(130));
    open(&mut door, GUARD);
    door.touch("Karar ver");
    assert!(door.shows(
        "Kod saklanmadı, buradan sorgulanamaz: ziyaretçi kodunu yeniden göstersin ya da gerekçeyi seçip karar verin. \
         Karar adınızla kaydedilir."
    ));
}

#[test]
fn the_whole_code_stands_behind_the_pin_alone_and_is_forgotten_with_the_answer() {
    let mut door = door("");
    door.type_code(GREEN);
    assert!(!door.shows(GREEN));
    door.press(Key::Named(Named::F12), None);
    assert!(!door.shows(GREEN));
    door.type_code(GUARD);
    assert!(door.shows(GREEN));
    let told = |door: &Door| format!("{:?}", door.kiosk);
    assert!(!told(&door).contains("A1B2") && told(&door).contains("****-70"));
    answer(&mut door, "Riskli");
    assert!(!door.shows(GREEN) && !told(&door).contains("****-70"));
}

#[test]
fn a_desk_that_is_open_already_shows_the_code_at_once() {
    let mut door = door("");
    open(&mut door, GUARD);
    door.scan(GREEN);
    assert!(door.shows(GREEN));
    answer(&mut door, RISKLESS);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
}

#[test]
fn the_desk_comes_back_once_the_answer_was_shown() {
    let mut door = waiting();
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
    door.wait(Duration::from_secs(5));
    assert!(door.shows("Bekleyenler · 0"));
}

#[test]
fn in_the_list_nobody_is_said_to_have_looked_up_what_somebody_did() {
    let mut door = waiting();
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    door.wait(Duration::from_secs(5));
    assert!(door.shows("Kapandı") && !door.shows("Kod sorgulanmadı"));
}

#[test]
fn the_next_visitors_code_stands_there_without_another_pin() {
    let mut door = waiting();
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    door.scan(RISKY);
    assert!(door.shows("A1B2-3456-71"));
}

#[test]
fn an_answer_that_stands_longer_than_the_desk_is_open_locks_it() {
    let mut door = door("[screen]\nrefuse_seconds = 70\n");
    door.scan(GREEN);
    open(&mut door, GUARD);
    answer(&mut door, "Riskli");
    door.wait(Duration::from_secs(61));
    door.scan(RISKY);
    assert!(is_awaiting(&door));
}

#[test]
fn the_desk_that_came_back_is_locked_a_minute_after_the_last_touch() {
    let mut door = waiting();
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    door.wait(Duration::from_secs(61));
    assert!(door.is_welcoming());
}

#[test]
fn whoever_touches_the_answer_finds_no_open_desk() {
    let mut door = waiting();
    open(&mut door, GUARD);
    answer(&mut door, "Riskli");
    door.touch("Giriş yapılamıyor");
    assert!(door.is_welcoming());
    door.scan(RISKY);
    assert!(is_awaiting(&door));
}

#[test]
fn a_second_visitor_is_told_to_wait_and_the_answer_is_the_first_ones() {
    let mut door = waiting();
    door.scan(RISKY);
    assert!(
        door.shows("Önce gelen ziyaretçinin kodu sorgulanıyor. Sıra size gelince kodunuzu yeniden gösterin.")
    );
    open(&mut door, GUARD);
    door.scan(RISKY);
    assert!(door.shows(GREEN));
    answer(&mut door, RISKLESS);
    assert_eq!(visits(&door).len(), 2, "nothing of the second one is recorded");
}

#[test]
fn who_comes_while_the_desk_is_busy_with_another_one_is_told_so_when_it_closes() {
    let mut door = door("");
    door.scan(GREEN);
    open(&mut door, GUARD);
    door.scan(RISKY);
    door.press(Key::Named(Named::F12), None);
    assert!(
        door.shows("Önce gelen ziyaretçinin kodu sorgulanıyor. Sıra size gelince kodunuzu yeniden gösterin.")
    );
}

#[test]
fn a_code_that_a_reader_reads_at_an_open_desk_waits_to_be_looked_up() {
    let mut door = door("");
    open(&mut door, GUARD);
    door.type_text("A1B2345670", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    assert!(door.shows(GREEN));
}

#[test]
fn an_answer_to_an_earlier_visit_colours_no_later_ones_screen() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.touch("Sorgulanamadı");
    let earlier = visits(&door)[0].id;
    door.touch("Doğrulanamadı");
    door.scan(RISKY);
    let Screen::AwaitingDesk(awaiting) = &door.kiosk.screen else { panic!("nobody waits") };
    let recorded = awaiting.look_up.recorded().clone();
    let green = Outcome { visit: earlier, decision: Decision::AdmitByDesk, ..recorded };
    door.tell(Message::DeskAnswered(Answer::LookedUp(earlier, Ok(green)), door.now));
    assert!(is_awaiting(&door));

    open(&mut door, GUARD);
    for message in [
        look_up::Message::Choose(earlier, LookedUp::Riskless { is_protected: false }),
        look_up::Message::Record(earlier),
        look_up::Message::GiveUp(earlier),
    ] {
        door.tell(Message::Desk(Touch::LookUp(message), door.now));
    }
    assert!(door.shows("A1B2-3456-71") && visits(&door).len() == 2);
}

#[test]
fn a_word_on_an_earlier_visit_leaves_the_one_who_waits_waiting() {
    let mut door = waiting();
    door.wait(Duration::from_secs(130));
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.scan(RISKY);
    assert!(!door.shows("A1B2-3456-71"), "a touch that is on its way must not fall on an answer");
    door.touch("Yazılı belge gösterildi");
    door.touch("Girebilir");
    assert_eq!(visits(&door)[2].decision, Decision::AdmitByDesk);
    assert!(door.shows("A1B2-3456-71"));
}

#[test]
fn one_touch_records_nothing() {
    let mut door = waiting();
    open(&mut door, GUARD);
    let visit = visits(&door)[0].id;
    door.tell(Message::Desk(Touch::LookUp(look_up::Message::Record(visit)), door.now));
    door.touch(RISKLESS);
    assert_eq!((door.decision(), visits(&door).len()), (None, 1));
}

#[test]
fn what_was_chosen_is_forgotten_when_the_desk_is_closed() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.touch(RISKLESS);
    assert!(door.shows(RECORD));
    door.press(Key::Named(Named::F12), None);
    assert!(is_awaiting(&door));
    open(&mut door, GUARD);
    assert!(door.shows(GREEN) && !door.shows(RECORD));
}

#[test]
fn nothing_that_a_reader_types_is_an_answer() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.touch(RISKLESS);
    door.type_text("A1B2345671", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    let reading = Reading { text: RISKY.to_owned(), source: Source::Reader };
    door.tell(Message::SerialReaderReported(SerialEvent::Reading(reading), door.now));
    door.wait(Duration::from_secs(1));
    assert!(door.shows(GREEN) && visits(&door).len() == 1);
    assert_eq!(acts(&door).pop(), Some((Some("Mehmet".to_owned()), Deed::PinEntered)), "nor a search");
}

#[test]
fn without_a_pin_nobody_answers() {
    let mut door = waiting();
    let visit = visits(&door)[0].id;
    let touches = [
        look_up::Message::Choose(visit, LookedUp::Riskless { is_protected: false }),
        look_up::Message::Record(visit),
    ];
    for message in touches {
        door.tell(Message::Desk(Touch::LookUp(message), door.now));
    }
    door.press(Key::Named(Named::F12), None);
    for message in touches {
        door.tell(Message::Desk(Touch::LookUp(message), door.now));
    }
    assert_eq!(visits(&door).len(), 1);
}

#[test]
fn where_two_guards_decide_the_second_one_agrees_to_the_answer() {
    let mut door = door("[policy]\ntwo_guards = true\n");
    door.scan(GREEN);
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    door.type_code(GUARD);
    assert!(door.shows("İkinci onay başka bir görevlinin olmalı."));
    door.type_code(super::desk::SECOND);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
    let said = visits(&door).pop().unwrap().word.unwrap().said;
    assert_eq!(said.second_person.as_deref(), Some("Zeynep"));
}

#[test]
fn where_the_site_wants_protection_riskless_alone_does_not_admit() {
    for (words, decision) in [
        ("Riskli değil, korunuyor", Decision::AdmitByDesk),
        ("Riskli değil, korunmuyor", Decision::Refuse(Reason::NotProtected)),
    ] {
        let mut door = door("[policy]\nadmit = \"riskless_and_protected\"\n");
        door.scan(GREEN);
        open(&mut door, GUARD);
        answer(&mut door, words);
        assert_eq!(door.decision(), Some(decision), "{words}");
    }
}

#[test]
fn what_cannot_be_looked_up_turns_amber_at_once_and_waits_at_the_desk() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.touch("Sorgulanamadı");
    assert_eq!((door.decision(), visits(&door).len()), (Some(NOBODY_CAME), 1));
    open(&mut door, GUARD);
    assert!(door.shows("Bekleyenler · 1"));
}

#[test]
fn a_code_shown_again_is_looked_up_again_and_carries_the_time_of_the_first() {
    let mut door = waiting();
    let time = crate::kiosk::widgets::clock_time(visits(&door)[0].at);
    door.wait(Duration::from_secs(130));
    door.touch("Doğrulanamadı");
    door.scan(GREEN);
    open(&mut door, GUARD);
    answer(&mut door, RISKLESS);
    assert!(door.shows(&format!("Bu kod daha önce de gösterildi: {time} · kimliği karşılaştırın")));
}

#[test]
fn who_is_inside_checks_out_without_a_look_up() {
    let mut door = with_settings(&format!("{CHECKS_OUT}{MANUAL}{PRIVACY}"));
    admit(&door, GREEN, AGO);
    door.scan(GREEN);
    assert_eq!(door.decision(), Some(Decision::CheckOut));
    door.scan(RISKY);
    assert!(is_awaiting(&door));
}

#[test]
fn an_answer_that_cannot_be_recorded_shows_no_colour() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.touch(RISKLESS);
    take_the_log_away(&door);
    door.touch(RECORD);
    assert!(door.is_out_of_service());
}

#[test]
fn typed_codes_that_nobody_admits_close_the_keypad() {
    let mut door = door("");
    for _ in 0..5 {
        door.type_code(RISKY);
        open(&mut door, GUARD);
        answer(&mut door, "Kod bulunamadı");
        door.touch("Giriş yapılamıyor");
    }
    door.type_code(GREEN);
    assert!(door.is_welcoming());
}

#[test]
fn a_guard_who_looks_the_code_up_elsewhere_has_two_minutes() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.wait(Duration::from_secs(110));
    assert!(door.shows(GREEN));
    door.wait(Duration::from_secs(20));
    assert!(!door.shows(GREEN));
}

const NOT_YET: &str =
    "Önce gelen ziyaretçinin kodu sorgulanıyor. Sıra size gelince kodunuzu yeniden gösterin.";

#[test]
fn whose_code_a_keyboard_reader_reads_during_a_look_up_is_told_to_wait() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.type_text("A1B2345671", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    door.press(Key::Named(Named::F12), None);
    assert!(door.shows(NOT_YET));
}

#[test]
fn a_look_up_that_begins_cuts_no_reading_in_two() {
    let mut door = door("");
    open(&mut door, GUARD);
    let check = door.begin_scan(GREEN);
    door.type_text("A1B23", Duration::from_millis(5));
    door.run(check);
    door.type_text("45671", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    door.press(Key::Named(Named::F12), None);
    assert!(door.shows(NOT_YET));
}

#[test]
fn what_a_hand_types_during_a_look_up_looks_nothing_up() {
    let mut door = waiting();
    open(&mut door, GUARD);
    door.type_code("A1B2345671");
    assert!(door.shows(GREEN));
    assert_eq!(acts(&door).pop(), Some((Some("Mehmet".to_owned()), Deed::PinEntered)));
}
