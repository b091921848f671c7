//! The manager's pages of the desk, in the manager's words.

use std::time::Duration;

use iced::keyboard::key::Named;

use super::desk::{GUARD, MANAGER, SECOND, acts, door, is_open, open, press, with_settings};
use super::door::Door;
use crate::kiosk::desk::{self, Tab};
use crate::kiosk::message::Message;
use crate::visits::{Deed, Role};

/// A PIN that nobody has yet.
const NEW: &str = "618340";

/// Somebody's hand.
const HAND: Duration = Duration::from_millis(120);

/// Tells the desk what a touch would, wherever it is.
fn tell(door: &mut Door, message: desk::Message) {
    door.tell(Message::Desk(message, door.now));
}

/// A door at which the manager opened a page.
fn at(tab: &str) -> Door {
    let mut door = door();
    open(&mut door, MANAGER);
    door.touch(tab);
    door
}

/// Begins to give somebody a PIN, and says who and for what.
fn begin_pin(door: &mut Door, name: &str, role: &str) {
    door.touch("Yeni kişi");
    door.touch(role);
    door.type_code(name);
}

/// The manager's pages as staff see them, in this language.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let at = |tab: Tab| {
        let mut door = with_settings(&format!("[screen]\nlanguages = [\"{language}\"]\n"));
        open(&mut door, MANAGER);
        tell(&mut door, desk::Message::Open(tab));
        door
    };
    let pins = |message: desk::PinsMessage| {
        let mut door = at(Tab::Pins);
        tell(&mut door, desk::Message::Pins(message));
        door
    };
    let mut naming = pins(desk::PinsMessage::New);
    naming.type_text("Elif", HAND);
    vec![
        ("desk-pins", at(Tab::Pins)),
        ("desk-pins-name", naming),
        ("desk-pins-remove", pins(desk::PinsMessage::Remove(0))),
    ]
}

#[test]
fn the_managers_pages_are_the_managers_alone() {
    let mut door = door();
    open(&mut door, GUARD);
    assert!(!door.shows("PIN'ler"));
    tell(&mut door, desk::Message::Open(Tab::Pins));
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(0)));
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Removed));
    assert!(is_open(&door) && !door.shows("Zeynep"));
    assert_eq!(acts(&door), [(Some("Mehmet".to_owned()), Deed::PinEntered)]);
}

#[test]
fn a_page_is_locked_after_a_minute_like_the_visits() {
    let mut door = at("PIN'ler");
    door.wait(Duration::from_secs(70));
    assert!(door.is_welcoming());
}

#[test]
fn a_manager_sees_who_has_a_pin() {
    let door = at("PIN'ler");
    assert!(door.shows("Mehmet") && door.shows("Zeynep") && door.shows("Ayşe"));
}

#[test]
fn who_is_given_a_pin_twice_opens_the_desk_with_it_and_that_is_recorded() {
    let mut door = at("PIN'ler");
    begin_pin(&mut door, "Elif", "görevli");
    door.type_code(NEW);
    assert!(door.shows("Aynı PIN bir kez daha"));
    door.type_code(NEW);
    assert!(door.shows("Elif için PIN belirlendi (görevli)."));
    let set = Deed::PinSet { name: "Elif".to_owned(), role: Role::Guard.name().to_owned() };
    assert_eq!(last_record(&door), (Some("Ayşe".to_owned()), set));
    press(&mut door, Named::F12);
    open(&mut door, NEW);
    assert_eq!(acts(&door).pop(), Some((Some("Elif".to_owned()), Deed::PinEntered)));
}

#[test]
fn what_is_no_good_as_a_pin_is_given_to_nobody() {
    for (first, again, said) in [
        ("123456", None, "Bu PIN kolay tahmin edilir; başka bir PIN seçin."),
        ("12345", None, "PIN altı ile on rakamdan oluşur."),
        (NEW, Some("618341"), "İki PIN aynı değil; baştan girin."),
        (SECOND, Some(SECOND), "Başka bir PIN seçin."),
    ] {
        let mut door = at("PIN'ler");
        begin_pin(&mut door, "Elif", "görevli");
        for pin in [first].into_iter().chain(again) {
            door.type_code(pin);
        }
        assert!(door.shows(said), "{said}");
        press(&mut door, Named::Escape);
        assert!(door.shows("Mehmet") && !door.shows("Elif"), "{said}");
    }
}

#[test]
fn a_name_that_is_none_or_taken_for_another_gets_no_pin() {
    let mut door = at("PIN'ler");
    begin_pin(&mut door, "", "görevli");
    assert!(door.shows("1 ile 40 karakterlik bir ad yazın."));
    door.type_code("MEHMET");
    door.type_code(NEW);
    door.type_code(NEW);
    assert!(door.shows("Mehmet adı zaten var; karışmayacak bir ad yazın."));
}

#[test]
fn what_a_reader_types_is_nobodys_name_and_no_new_pin() {
    let mut door = at("PIN'ler");
    door.touch("Yeni kişi");
    door.type_text("A1B2345670", Duration::from_millis(5));
    door.wait(Duration::from_millis(500));
    door.touch("Devam");
    assert!(door.shows("1 ile 40 karakterlik bir ad yazın."));
    door.type_code("Elif");
    door.type_text(NEW, Duration::from_millis(5));
    press(&mut door, Named::Enter);
    assert!(door.shows("Elif için yeni PIN"));
}

#[test]
fn whose_pin_is_taken_away_opens_nothing_any_more() {
    let mut door = at("PIN'ler");
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(1)));
    assert!(door.shows("Mehmet adlı kişinin PIN'i kaldırılsın mı?"));
    door.touch("Kaldır");
    assert!(door.shows("Mehmet adlı kişinin PIN'i kaldırıldı."));
    let removed = Deed::PinRemoved { name: "Mehmet".to_owned() };
    assert_eq!(acts(&door).pop(), Some((Some("Ayşe".to_owned()), removed)));
    press(&mut door, Named::F12);
    open(&mut door, GUARD);
    assert!(!is_open(&door));
}

#[test]
fn the_last_manager_goes_only_after_a_warning_and_out_of_these_pages() {
    let mut door = at("PIN'ler");
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(0)));
    assert!(door.shows(
        "Başka yönetici yok: bundan sonra bu sayfaları kimse açamaz. Yeni yönetici “hes-kiosk pin set” ile belirlenir."
    ));
    door.touch("Kaldır");
    assert!(door.is_welcoming());
}

/// What was done last, and by whom.
fn last_record(door: &Door) -> (Option<String>, Deed) {
    match door.records().pop() {
        Some(crate::visits::Record::Act(act)) => (act.person, act.deed),
        other => panic!("{other:?}"),
    }
}
