//! The desk, in the guard's words.

use std::time::Duration;

use iced::Task;
use iced::keyboard::Key;
use iced::keyboard::key::Named;

use super::door::Door;
use super::{FAILING, GREEN, RISKY};
use crate::code::Source;
use crate::entry::{Cause, Decision, Reason};
use crate::kiosk::desk;
use crate::kiosk::message::Message;
use crate::kiosk::state::Screen;
use crate::scan::{CameraState, SerialEvent};
use crate::visits::{DecidedBy, Deed, Record, Role, Visit};

pub(super) const GUARD: &str = "730162";
pub(super) const SECOND: &str = "905183";
pub(super) const MANAGER: &str = "482917";

pub(super) fn door() -> Door {
    with_settings("")
}

/// A door whose desk knows two guards and a manager.
pub(super) fn with_settings(settings: &str) -> Door {
    let door = Door::with_settings(settings);
    door.give_pin("Mehmet", Role::Guard, GUARD);
    door.give_pin("Zeynep", Role::Guard, SECOND);
    door.give_pin("Ayşe", Role::Manager, MANAGER);
    door
}

pub(super) fn press(door: &mut Door, key: Named) {
    door.press(Key::Named(key), None);
}

pub(super) fn open(door: &mut Door, pin: &str) {
    press(door, Named::F12);
    door.type_code(pin);
}

pub(super) fn is_open(door: &Door) -> bool {
    door.shows("Bekleyenler · 0") || door.shows("Bekleyenler · 1")
}

/// The desk's screens as staff see them, in this language, with what a morning brings.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let desk = || {
        let mut door = with_settings(&format!("[screen]\nlanguages = [\"{language}\"]\n"));
        for code in [GREEN, RISKY, FAILING, "A1B2345675", "A1B2345678"] {
            door.wait(Duration::from_secs(20));
            door.type_code(code);
        }
        press(&mut door, Named::F12);
        door
    };
    let opened = || {
        let mut door = desk();
        door.type_code(MANAGER);
        door.see(CameraState::Working, 30);
        door
    };
    let wrong = || {
        let mut door = desk();
        door.type_code("111222");
        door
    };
    let deciding = || {
        let mut door = opened();
        let waiting = visits(&door)[2].id;
        door.tell(Message::Desk(desk::Message::Decide(waiting), door.now));
        door.tell(Message::Desk(desk::Message::Because(1), door.now));
        door
    };
    let behind = || {
        let mut door = deciding();
        door.scan(RISKY);
        door
    };
    let focused = || {
        let mut door = opened();
        // From the last button back to the first one of those who wait.
        for _ in 0..3 {
            door.press_named(Named::ArrowUp);
        }
        door
    };
    vec![
        ("desk-pin", desk()),
        ("desk-pin-wrong", wrong()),
        ("desk", opened()),
        ("desk-focused", focused()),
        ("desk-deciding", deciding()),
        ("desk-behind", behind()),
    ]
}

/// The visits of the log, oldest first.
pub(super) fn visits(door: &Door) -> Vec<Visit> {
    let visit = |record| match record {
        Record::Visit(visit) => Some(visit),
        Record::Act(_) => None,
    };
    door.records().into_iter().filter_map(visit).collect()
}

/// What was done, and by whom, since PINs were given.
pub(super) fn acts(door: &Door) -> Vec<(Option<String>, Deed)> {
    let act = |record| match record {
        Record::Act(act)
            if !matches!(act.deed, Deed::PinSet { .. } | Deed::People { .. } | Deed::Started { .. }) =>
        {
            Some((act.person, act.deed))
        }
        Record::Act(_) | Record::Visit(_) => None,
    };
    door.records().into_iter().filter_map(act).collect()
}

/// Decides on the one who waits.
pub(super) fn decide(door: &mut Door, because: &str, verdict: &str) {
    door.touch("Karar ver");
    door.touch(because);
    door.touch(verdict);
}

#[test]
fn a_key_and_the_right_pin_open_the_desk_and_that_is_recorded_with_the_name() {
    let mut door = door();
    press(&mut door, Named::F12);
    assert!(door.shows("PIN'inizi girin"));
    door.type_code(GUARD);
    assert!(is_open(&door));
    assert_eq!(acts(&door), [(Some("Mehmet".to_owned()), Deed::PinEntered)]);
}

#[test]
fn whose_pin_was_taken_away_settles_nothing_at_the_open_desk() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.take_pin("Mehmet");
    decide(&mut door, "Yazılı belge gösterildi", "Girebilir");
    assert!(!is_open(&door) && visits(&door).len() == 1);
}

#[test]
fn the_desk_is_locked_soon_after_the_pin_was_taken_away() {
    let mut door = door();
    open(&mut door, GUARD);
    door.take_pin("Mehmet");
    door.wait(Duration::from_secs(6));
    assert!(door.is_welcoming());
}

#[test]
fn a_corner_that_is_held_for_two_seconds_opens_the_desk_too() {
    let mut door = door();
    door.tell(Message::Desk(desk::Message::CornerHeld, door.now));
    door.wait(Duration::from_millis(1500));
    assert!(door.is_welcoming());
    door.wait(Duration::from_millis(500));
    assert!(door.shows("PIN'inizi girin"));
}

#[test]
fn a_corner_that_is_let_go_opens_nothing() {
    let mut door = door();
    door.tell(Message::Desk(desk::Message::CornerHeld, door.now));
    door.wait(Duration::from_secs(1));
    door.tell(Message::Desk(desk::Message::CornerLeft, door.now));
    door.wait(Duration::from_secs(5));
    assert!(door.is_welcoming());
}

#[test]
fn a_wrong_pin_opens_nothing_and_says_how_many_tries_are_left() {
    let mut door = door();
    open(&mut door, "111222");
    assert!(door.shows("Yanlış PIN. 4 deneme hakkı kaldı.") && !is_open(&door));
    assert_eq!(acts(&door), [(None, Deed::PinFailed { wrong: 1 })]);
}

#[test]
fn five_wrong_pins_lock_the_right_one_out_too() {
    let mut door = door();
    press(&mut door, Named::F12);
    for _ in 0..5 {
        door.type_code("111222");
    }
    door.type_code(GUARD);
    assert!(!is_open(&door));
}

#[test]
fn where_nobody_has_a_pin_the_desk_says_what_to_do() {
    let mut door = Door::open();
    open(&mut door, GUARD);
    assert!(door.shows("Henüz kimsenin PIN'i yok. Yönetici “hes-kiosk pin set” ile belirler."));
}

#[test]
fn who_was_sent_to_the_desk_waits_there_and_enters_by_a_guards_word() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    decide(&mut door, "HES uygulamasında riskli olmadığı görüldü", "Girebilir");
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
    assert!(door.shows("Girebilirsiniz"));
    let [asked, settled] = visits(&door).try_into().unwrap();
    assert_eq!(asked.decision, Decision::Unverified(Cause::ServiceFailed));
    assert_eq!((settled.answers, settled.code), (Some(asked.id), asked.code));
    assert_eq!(settled.decided_by, Some(DecidedBy::Desk));
    let word = settled.word.unwrap();
    assert_eq!((word.person.as_str(), word.said.second_person), ("Mehmet", None));
    assert_eq!(word.said.because, "HES uygulamasında riskli olmadığı görüldü");
}

#[test]
fn who_was_refused_may_enter_by_a_guards_word_and_who_waited_may_not() {
    for (code, verdict, decision) in
        [(RISKY, "Girebilir", Decision::AdmitByDesk), (FAILING, "Giremez", Decision::Refuse(Reason::Desk))]
    {
        let mut door = door();
        door.type_code(code);
        open(&mut door, GUARD);
        door.touch(if code == RISKY { "Ayrıntı" } else { "Karar ver" });
        door.touch("Yazılı belge gösterildi");
        door.touch(verdict);
        assert_eq!(door.decision(), Some(decision));
    }
}

#[test]
fn without_a_reason_nobody_decides() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.touch("Girebilir");
    assert_eq!((door.decision(), visits(&door).len()), (None, 1));
}

#[test]
fn who_was_settled_waits_no_more_and_cannot_be_settled_again() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    decide(&mut door, "Yazılı belge gösterildi", "Girebilir");
    door.touch("Girebilirsiniz");
    open(&mut door, GUARD);
    assert!(door.shows("Bekleyenler · 0") && !door.shows("Karar ver"));
}

#[test]
fn where_two_guards_decide_nobody_does_so_alone() {
    let mut door = with_settings("[policy]\ntwo_guards = true");
    door.type_code(FAILING);
    open(&mut door, GUARD);
    decide(&mut door, "Yazılı belge gösterildi", "Girebilir");
    door.type_code(GUARD);
    assert!(door.shows("İkinci onay başka bir görevlinin olmalı."));
    door.type_code(SECOND);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
    let word = visits(&door).pop().unwrap().word.unwrap();
    assert_eq!((word.person.as_str(), word.said.second_person.as_deref()), ("Mehmet", Some("Zeynep")));
}

#[test]
fn the_institutions_own_reasons_are_offered() {
    let mut door = with_settings("[desk]\nreasons = [\"Müdür beyin misafiri\"]");
    door.type_code(FAILING);
    open(&mut door, GUARD);
    decide(&mut door, "Müdür beyin misafiri", "Girebilir");
    assert_eq!(visits(&door).pop().unwrap().word.unwrap().said.because, "Müdür beyin misafiri");
}

#[test]
fn a_guard_gives_a_reason_in_words_of_ones_own() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.type_text("Şoförü müdür çağırdı", Duration::from_millis(120));
    assert!(door.shows("Şoförü müdür çağırdı|"));
    door.touch("Girebilir");
    assert_eq!(visits(&door).pop().unwrap().word.unwrap().said.because, "Şoförü müdür çağırdı");
}

#[test]
fn a_reason_that_names_the_visitor_decides_nothing() {
    for reason in ["ok", GUARD, "kodu A1B2-3456-76", "TC 10345670146"] {
        let mut door = door();
        door.type_code(FAILING);
        open(&mut door, GUARD);
        door.touch("Karar ver");
        door.type_text(reason, Duration::from_millis(120));
        assert!(door.shows("En az üç harf yazın; HES kodu ve kimlik numarası yazmayın."));
        door.touch("Girebilir");
        assert_eq!((door.decision(), visits(&door).len()), (None, 1), "{reason}");
    }
}

#[test]
fn a_key_that_types_nothing_leaves_the_reason_that_was_chosen() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.touch("Yazılı belge gösterildi");
    press(&mut door, Named::Backspace);
    door.touch("Girebilir");
    assert_eq!(visits(&door).pop().unwrap().word.unwrap().said.because, "Yazılı belge gösterildi");
}

#[test]
fn a_readers_text_is_no_reason() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.type_text("merhaba dünya", Duration::from_millis(5));
    door.touch("Girebilir");
    assert_eq!((door.decision(), visits(&door).len()), (None, 1));
}

#[test]
fn a_visitor_who_leaves_waits_no_more_and_that_is_recorded() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.touch("Ziyaretçi ayrıldı");
    assert!(door.shows("Bekleyenler · 0") && !door.shows("Karar ver"));
    let [asked, left] = visits(&door).try_into().unwrap();
    assert_eq!((left.answers, left.decision), (Some(asked.id), Decision::Unverified(Cause::Left)));
    assert_eq!((left.word.unwrap().person.as_str(), left.code), ("Mehmet", asked.code));
}

#[test]
fn a_minute_without_a_touch_locks_the_desk() {
    let mut door = door();
    open(&mut door, GUARD);
    // The desk was opened when the PIN was compared, which takes a moment.
    door.wait(Duration::from_secs(50));
    assert!(is_open(&door));
    door.wait(Duration::from_secs(20));
    assert!(door.is_welcoming());
}

#[test]
fn who_comes_while_the_desk_is_open_is_listed_at_once_and_sees_the_outcome_when_it_closes() {
    let mut door = door();
    open(&mut door, GUARD);
    door.scan(FAILING);
    assert!(door.shows("Bekleyenler · 1"));
    press(&mut door, Named::F12);
    assert_eq!(door.decision(), Some(Decision::Unverified(Cause::ServiceFailed)));
}

#[test]
fn a_check_that_runs_when_the_desk_is_opened_is_not_lost() {
    let mut door = door();
    let reading = crate::code::Reading { text: GREEN.to_owned(), source: Source::Camera };
    let check = door.begin(Message::SerialReaderReported(SerialEvent::Reading(reading), door.now));
    open(&mut door, GUARD);
    door.run(check);
    assert!(door.shows("DE**** YI****"), "the list has it");
    press(&mut door, Named::F12);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_code_that_is_typed_is_looked_up_without_a_question_to_the_service() {
    let mut door = door();
    door.type_code(GREEN);
    door.wait(Duration::from_secs(10));
    open(&mut door, GUARD);
    door.type_code(GREEN);
    assert!(door.shows("Bu kodla 1 ziyaret bulundu"));
    assert_eq!(visits(&door).len(), 1);
    assert_eq!(acts(&door).pop(), Some((Some("Mehmet".to_owned()), Deed::Found { records: 1 })));
}

#[test]
fn a_time_that_is_typed_lists_the_visits_of_that_time_with_each_key() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.type_text("9", Duration::from_millis(120));
    assert!(door.shows("Gösterilecek ziyaret yok"));
    press(&mut door, Named::Backspace);
    assert!(!door.shows("Gösterilecek ziyaret yok"));
}

/// A desk that was opened by a PIN a moment ago, and what it still reads then.
fn just_opened(door: &mut Door) -> Task<Message> {
    press(door, Named::F12);
    door.type_text(GUARD, Duration::from_millis(120));
    let entered = door.begin(Message::Desk(desk::Message::Confirm, door.now));
    let compared = door.first_of(entered);
    door.begin(compared)
}

#[test]
fn the_newest_visits_are_there_with_the_desk() {
    let mut door = door();
    door.type_code(GREEN);
    let _day = just_opened(&mut door);
    assert!(door.shows("Girdi"));
}

#[test]
fn nothing_is_counted_or_sought_among_the_newest_visits_alone() {
    let mut door = door();
    door.type_code(FAILING);
    let day = just_opened(&mut door);
    door.type_text("9", Duration::from_millis(120));
    assert!(door.shows("Okunuyor…") && !door.shows("Gösterilecek ziyaret yok") && !is_open(&door));
    door.run(day);
    assert!(!door.shows("Okunuyor…") && door.shows("Gösterilecek ziyaret yok") && is_open(&door));
}

#[test]
fn the_window_is_repainted_as_a_whole_where_the_list_changes() {
    let mut door = door();
    open(&mut door, GUARD);
    let before = door.kiosk.ground();
    door.type_text("1", Duration::from_millis(120));
    // The list says then how far it was moved.
    door.tell(Message::Desk(desk::Message::Scrolled(0.0), door.now));
    assert_ne!(door.kiosk.ground(), before);
}

#[test]
fn the_window_is_repainted_as_a_whole_where_a_hand_moves_the_list() {
    let mut door = door();
    open(&mut door, GUARD);
    let before = door.kiosk.ground();
    door.tell(Message::Desk(desk::Message::Scrolled(60.0), door.now));
    assert_ne!(door.kiosk.ground(), before);
}

#[test]
fn the_desks_ground_looks_the_same_after_each_change() {
    let mut door = door();
    open(&mut door, GUARD);
    let seen = door.kiosk.ground().into_rgba8();
    for _ in 0..10 {
        door.tell(Message::Desk(desk::Message::Scrolled(0.0), door.now));
        assert_eq!(door.kiosk.ground().into_rgba8(), seen);
    }
}

#[test]
fn the_way_out_is_the_managers_alone() {
    let mut door = door();
    open(&mut door, GUARD);
    assert!(!door.shows("Kiosku kapat, masaüstüne dön"));
    door.tell(Message::Desk(desk::Message::Leave, door.now));
    assert!(is_open(&door) && !acts(&door).iter().any(|(_, deed)| *deed == Deed::Stopped));
    press(&mut door, Named::F12);
    open(&mut door, MANAGER);
    door.touch("Kiosku kapat, masaüstüne dön");
    assert_eq!(acts(&door).pop(), Some((Some("Ayşe".to_owned()), Deed::Stopped)));
}

#[test]
fn nothing_of_the_desk_is_done_before_a_pin() {
    let mut door = door();
    door.type_code(FAILING);
    let visit = visits(&door)[0].id;
    press(&mut door, Named::F12);
    for message in [
        desk::Message::Decide(visit),
        desk::Message::Because(0),
        desk::Message::Verdict(crate::checkin::Verdict::Admit),
        desk::Message::Left,
        desk::Message::Leave,
    ] {
        door.tell(Message::Desk(message, door.now));
    }
    assert_eq!((visits(&door).len(), acts(&door)), (1, vec![]));
    assert!(matches!(door.kiosk.screen, Screen::Desk(_)));
}
