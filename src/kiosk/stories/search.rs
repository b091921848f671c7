//! The search at the desk, with the letters that names are written with.

use std::time::Duration;

use iced::keyboard::key::Named;

use super::desk::{GUARD, decide, door, open, press};
use super::door::Door;
use super::{FAILING, GREEN};
use crate::kiosk::language::local;
use crate::visits::Role;

const NOTHING: &str = "Gösterilecek ziyaret yok";

/// An open desk at which İsmet Şahin has decided on a visitor.
fn desk() -> Door {
    let mut door = door();
    door.give_pin("İsmet Şahin", Role::Guard, "618204");
    door.type_code(FAILING);
    open(&mut door, "618204");
    decide(&mut door, "Yazılı belge gösterildi", "Girebilir");
    open(&mut door, GUARD);
    door
}

/// Whether something is listed while this is typed.
fn finds(door: &mut Door, sought: &str) -> bool {
    door.type_text(sought, Duration::from_millis(120));
    let finds = !door.shows(NOTHING);
    press(door, Named::Escape);
    finds
}

#[test]
fn who_decided_is_found_by_each_word_of_the_name_in_either_case() {
    let mut door = desk();
    for sought in ["ismet", "İSM", "ISMET", "şah", "ŞAHİN", "İsmet Şahin"] {
        assert!(finds(&mut door, sought), "{sought}");
    }
}

#[test]
fn each_word_that_is_typed_begins_one_of_the_visitors_masked_name() {
    let mut door = door();
    open(&mut door, GUARD);
    door.scan(GREEN);
    for (sought, is_found) in [("de yi", true), ("yi de", true), ("de g", false), ("g yi", false)] {
        assert_eq!(finds(&mut door, sought), is_found, "{sought}");
    }
}

#[test]
fn a_time_is_found_as_it_stands_in_the_list_and_as_it_is_said() {
    let mut door = desk();
    let time = local(door.kiosk.now.time);
    for form in ["%H:%M", "%H.%M", "%-H:", "%H:%M:%S"] {
        let sought = time.strftime(form).to_string();
        assert!(finds(&mut door, &sought), "{sought}");
    }
}

#[test]
fn other_letters_find_nobody() {
    let mut door = desk();
    for sought in ["sah", "met", "işm", "ismet g"] {
        assert!(!finds(&mut door, sought), "{sought}");
    }
}

#[test]
fn who_typed_a_whole_code_is_told_that_enter_looks_it_up() {
    let mut door = desk();
    door.type_text("A1B2345678", Duration::from_millis(120));
    assert!(door.shows("Kodu aramak için Enter'a basın"));
}

#[test]
fn a_name_of_ten_letters_is_no_code() {
    for name in ["abdulkadir", "ali öztürkmen"] {
        let mut door = desk();
        door.type_text(name, Duration::from_millis(120));
        assert!(door.shows(NOTHING), "{name}");
    }
}

#[test]
fn the_letters_that_are_sought_are_shown_as_they_are_typed() {
    let mut door = desk();
    door.type_text("İsmet Şah", Duration::from_millis(120));
    assert!(door.shows("İsmet Şah"));
}
