//! The way out of a kiosk that is out of service, in the manager's words.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use iced::futures::StreamExt;
use iced::keyboard::key::Named;
use iced_test::runtime::{Action, task};

use super::desk::{GUARD, MANAGER, SECOND, acts, press, with_settings};
use super::desk_readers::{FAST, HAND};
use super::door::{Door, write_settings};
use super::{GREEN, take_the_log_away};
use crate::entry::Decision;
use crate::kiosk::desk;
use crate::kiosk::message::Message;
use crate::kiosk::start::Running;
use crate::kiosk::widgets::clock_time;
use crate::visits::{Deed, VisitsError};

const LEAVE: &str = "Kiosku kapat, masaüstüne dön";
const PAD: &str = "PIN'inizi girin";
const CLOSED: &str = "PIN doğrulanamıyor: ziyaret defteri açılamadı. SSH ile bağlanınca hes-kiosk doctor ne \
    yapılacağını söyler, sudo systemctl stop hes-kiosk kiosku kapatır.";

/// A kiosk whose staff have PINs, and whose settings somebody made wrong since.
fn door() -> Door {
    let Door { folder, kiosk, runtime, .. } = with_settings("");
    drop((kiosk, runtime));
    write_settings(folder.path(), "[policy]\nadmit = \"everybody\"");
    Door::at(folder)
}

/// Each page of the way out but the keypad, whose digits are shuffled, in this language.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let wrong = || {
        let mut door = door();
        let settings = format!("[screen]\nlanguages = [\"{language}\"]\n[policy]\nadmit = \"everybody\"");
        write_settings(door.folder.path(), &settings);
        let started = Running::start(&door.kiosk.options).map(Arc::new);
        door.tell(Message::Started(started, door.now));
        door
    };
    let (mut open, mut closed) = (wrong(), wrong());
    enter(&mut open, MANAGER);
    fs::remove_dir_all(closed.folder.path().join("log")).unwrap();
    press(&mut closed, Named::F12);
    vec![("way-out", open), ("way-out-closed", closed)]
}

/// Enters a PIN at the way out.
fn enter(door: &mut Door, pin: &str) {
    press(door, Named::F12);
    door.type_code(pin);
}

/// What is in the log, read once the settings are right again.
fn acts_afterwards(door: &mut Door) -> Vec<(Option<String>, Deed)> {
    write_settings(door.folder.path(), "");
    let started = Running::start(&door.kiosk.options).map(Arc::new);
    door.tell(Message::Started(started, door.now));
    acts(door).into_iter().filter(|(_, deed)| !matches!(deed, Deed::OutOfService { .. })).collect()
}

/// Whether the kiosk ends when the way out is touched.
fn leaves(door: &mut Door) -> bool {
    ends_by(door, Message::Desk(desk::Message::Leave, door.now))
}

/// Whether the kiosk ends when it is told something.
fn ends_by(door: &mut Door, message: Message) -> bool {
    let mut next = door.begin(message);
    loop {
        let Some(mut actions) = task::into_stream(next) else { return false };
        match door.runtime.block_on(actions.next()) {
            Some(Action::Exit) => return true,
            Some(Action::Output(answer)) => next = door.begin(answer),
            _ => return false,
        }
    }
}

#[test]
fn the_managers_pin_leads_out_of_wrong_settings_and_that_is_recorded() {
    let mut door = door();
    enter(&mut door, MANAGER);
    assert!(door.shows(LEAVE) && leaves(&mut door));
    let name = Some("Ayşe".to_owned());
    assert_eq!(acts_afterwards(&mut door), [(name.clone(), Deed::PinEntered), (name, Deed::Stopped)]);
}

#[test]
fn the_manager_reads_in_which_line_the_settings_are_wrong() {
    let mut door = door();
    enter(&mut door, MANAGER);
    let (file, since) = (door.folder.path().join("kiosk.toml"), clock_time(door.now.time));
    assert!(door.shows(&format!(
        "Görevli için: ayar dosyasında hata: {}, satır 7 · başlangıç {since} · kendiliğinden yeniden denenecek",
        file.display()
    )));
}

#[test]
fn a_manager_without_a_pointer_leaves_by_an_arrow_and_enter() {
    let mut door = door();
    enter(&mut door, MANAGER);
    door.press_named(Named::ArrowDown);
    door.press_named(Named::Enter);
    door.now.instant += Duration::from_millis(200);
    let ticked = Message::Ticked(door.now);
    assert!(ends_by(&mut door, ticked));
}

#[test]
fn no_readers_key_presses_the_way_out() {
    let mut door = door();
    enter(&mut door, MANAGER);
    door.press_named(Named::ArrowDown);
    door.press_named(Named::Enter);
    door.type_text(GREEN, FAST);
    press(&mut door, Named::Tab);
    press(&mut door, Named::Enter);
    door.now.instant += Duration::from_millis(200);
    let ticked = Message::Ticked(door.now);
    assert!(!ends_by(&mut door, ticked) && door.shows(LEAVE));
}

#[test]
fn staff_read_it_in_their_language_as_far_as_the_settings_say_it() {
    let shown = each_screen("en").remove(0).1;
    assert!(shown.shows("Close the kiosk, back to the desktop"));
}

#[test]
fn a_corner_that_is_held_asks_for_the_managers_pin_too() {
    let mut door = door();
    door.tell(Message::Desk(desk::Message::CornerHeld, door.now));
    door.wait(Duration::from_secs(2));
    assert!(door.shows(PAD));
}

#[test]
fn a_guards_pin_leads_nowhere() {
    let mut door = door();
    enter(&mut door, GUARD);
    assert!(door.shows("Bunun için yöneticinin PIN'i gerekli.") && !door.shows(LEAVE) && !leaves(&mut door));
}

#[test]
fn nothing_leads_out_before_a_pin() {
    let mut door = door();
    for _ in 0..2 {
        assert!(!leaves(&mut door));
        press(&mut door, Named::F12);
    }
    assert!(door.is_out_of_service());
}

#[test]
fn wrong_pins_lock_the_way_out_as_they_lock_the_desk() {
    let mut door = door();
    press(&mut door, Named::F12);
    for _ in 0..5 {
        door.type_code("111222");
    }
    door.type_code(MANAGER);
    assert!(!door.shows(LEAVE) && !leaves(&mut door));
    assert!(acts_afterwards(&mut door).iter().all(|(_, deed)| matches!(deed, Deed::PinFailed { .. })));
}

#[test]
fn without_the_log_no_pin_leads_out_and_that_is_said() {
    let mut door = door();
    fs::remove_dir_all(door.folder.path().join("log")).unwrap();
    enter(&mut door, MANAGER);
    assert!(door.shows(CLOSED) && !leaves(&mut door));
}

/// Lets the log take nothing down that is opened from now on: nobody may say that it is in use.
fn fill_log(door: &Door) {
    let in_use = door.folder.path().join("log/visits.db.in-use");
    fs::remove_file(&in_use).unwrap();
    fs::create_dir(&in_use).unwrap();
}

/// Lets it take everything down again.
fn empty_log(door: &Door) {
    fs::remove_dir(door.folder.path().join("log/visits.db.in-use")).unwrap();
}

/// A kiosk in service whose log takes nothing down any more.
fn full() -> Door {
    let mut door = with_settings("");
    fill_log(&door);
    door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
    assert!(door.is_out_of_service());
    door
}

#[test]
fn the_managers_pin_leads_out_where_the_log_takes_nothing_down() {
    let mut door = full();
    enter(&mut door, MANAGER);
    assert!(door.shows(LEAVE) && leaves(&mut door));
    empty_log(&door);
    assert_eq!(acts(&door), []);
}

#[test]
fn where_the_log_takes_nothing_down_a_guards_pin_leads_nowhere() {
    let mut door = full();
    enter(&mut door, GUARD);
    assert!(door.shows("Bunun için yöneticinin PIN'i gerekli.") && !door.shows(LEAVE) && !leaves(&mut door));
}

#[test]
fn where_the_log_takes_nothing_down_wrong_pins_lock_however_often_the_way_out_is_asked_for() {
    let mut door = full();
    for _ in 0..5 {
        enter(&mut door, "111222");
        press(&mut door, Named::F12);
    }
    enter(&mut door, MANAGER);
    assert!(door.shows(PAD) && !door.shows(LEAVE) && !leaves(&mut door));
}

/// Enters a PIN at the way out, and closes that.
fn try_pin(door: &mut Door, pin: &str) {
    enter(door, pin);
    press(door, Named::F12);
}

#[test]
fn wrong_pins_lock_though_the_log_takes_some_of_them_down_and_others_not() {
    let mut door = full();
    for _ in 0..4 {
        try_pin(&mut door, "111222");
    }
    empty_log(&door);
    try_pin(&mut door, "111222");
    enter(&mut door, MANAGER);
    assert!(door.shows(PAD) && !door.shows(LEAVE));
}

#[test]
fn a_managers_pin_that_the_log_takes_down_ends_what_wrong_ones_came_to_before() {
    let mut door = full();
    for _ in 0..4 {
        try_pin(&mut door, "111222");
    }
    empty_log(&door);
    try_pin(&mut door, MANAGER);
    fill_log(&door);
    try_pin(&mut door, "111222");
    enter(&mut door, MANAGER);
    assert!(door.shows(LEAVE));
}

/// Enters wrong PINs at the way out, this one at the desk, another wrong one and a manager's at the way out.
fn door_after(at_the_desk: &str) -> Door {
    let mut door = full();
    for _ in 0..4 {
        try_pin(&mut door, "111222");
    }
    empty_log(&door);
    door.wait(Duration::from_secs(4));
    try_pin(&mut door, at_the_desk);
    fill_log(&door);
    door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
    try_pin(&mut door, "111222");
    enter(&mut door, MANAGER);
    door
}

#[test]
fn a_managers_pin_at_the_desk_ends_what_wrong_ones_came_to_at_the_way_out() {
    assert!(door_after(MANAGER).shows(LEAVE));
}

#[test]
fn a_guards_pin_at_the_desk_leaves_what_wrong_ones_came_to_at_the_way_out() {
    let door = door_after(GUARD);
    assert!(door.shows(PAD) && !door.shows(LEAVE));
}

#[test]
fn where_the_log_cannot_be_read_no_pin_leads_out() {
    let mut door = with_settings("");
    take_the_log_away(&door);
    door.wait(Duration::from_secs(16));
    enter(&mut door, MANAGER);
    assert!(door.shows(CLOSED) && !leaves(&mut door));
}

#[test]
fn a_manager_whose_pin_was_taken_away_meanwhile_does_not_leave() {
    let mut door = door();
    enter(&mut door, MANAGER);
    let config = crate::settings::Settings::visits_of(door.kiosk.options.config.as_deref()).unwrap();
    let store = crate::visits::Store::open(config, crate::visits::Use::Command).unwrap();
    door.runtime.block_on(store.remove_pin("Ayşe", None)).unwrap();
    assert!(!leaves(&mut door));
}

#[test]
fn the_way_out_closes_when_nobody_touches_it() {
    let mut door = door();
    enter(&mut door, MANAGER);
    door.wait(Duration::from_secs(61));
    assert!(door.is_out_of_service() && !door.shows(LEAVE) && !leaves(&mut door));
}

#[test]
fn settings_that_are_right_again_end_the_way_out_and_no_digit_of_a_pin_is_left() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.type_text(&SECOND[..3], Duration::from_millis(120));
    acts_afterwards(&mut door);
    assert!(door.is_welcoming() && door.kiosk.keyboard.last_key().is_none());
}

#[test]
fn a_log_that_takes_everything_down_again_ends_the_way_out_and_no_digit_of_a_pin_is_left() {
    let mut door = full();
    press(&mut door, Named::F12);
    door.type_text(&MANAGER[..3], HAND);
    door.wait(Duration::from_secs(4));
    assert!(door.is_welcoming() && door.kiosk.keyboard.last_key().is_none());
}

#[test]
fn no_digit_of_a_pin_outlives_a_desk_that_the_log_took_away() {
    for gap in [HAND, FAST] {
        let mut door = with_settings("");
        press(&mut door, Named::F12);
        door.type_text(&MANAGER[..5], gap);
        door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
        door.wait(Duration::from_secs(4));
        assert!(door.is_welcoming() && door.kiosk.keyboard.last_key().is_none(), "{gap:?}");
    }
}

#[test]
fn what_a_reader_reads_while_the_kiosk_comes_back_is_read_as_a_whole() {
    let mut door = full();
    door.type_text(&GREEN[..6], FAST);
    door.tell(Message::Probed(Ok(()), door.now));
    door.type_text(&GREEN[6..], FAST);
    press(&mut door, Named::Enter);
    assert_eq!(door.decision(), Some(Decision::Admit));
}
