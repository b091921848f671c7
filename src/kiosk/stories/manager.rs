//! The manager's pages of the desk, in the manager's words.

use super::desk::{GUARD, MANAGER, door, open, with_settings};
use super::door::Door;
use crate::kiosk::desk::{self, Tab};
use crate::kiosk::message::Message;

/// Opens a page as a message from elsewhere would.
fn tell_to_open(door: &mut Door, tab: Tab) {
    door.tell(Message::Desk(desk::Message::Open(tab), door.now));
}

#[test]
fn the_managers_pages_are_the_managers_alone() {
    let mut door = door();
    open(&mut door, GUARD);
    assert!(!door.shows("PIN'ler"));
    tell_to_open(&mut door, Tab::Pins);
    assert!(door.shows("Bekleyenler · 0") && !door.shows("Zeynep"));
}

#[test]
fn a_manager_sees_who_has_a_pin() {
    let mut door = door();
    open(&mut door, MANAGER);
    door.touch("PIN'ler");
    assert!(door.shows("Mehmet") && door.shows("Zeynep") && door.shows("Ayşe"));
}

/// The manager's pages as staff see them, in this language.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let at = |tab: Tab| {
        let mut door = with_settings(&format!("[screen]\nlanguages = [\"{language}\"]\n"));
        open(&mut door, MANAGER);
        tell_to_open(&mut door, tab);
        door
    };
    vec![("desk-pins", at(Tab::Pins))]
}
