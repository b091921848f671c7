//! Visitors who have a keyboard alone, and readers, which are one.

use std::time::Duration;

use iced::keyboard::{Key, key::Named};

use super::door::Door;
use super::{GREEN, PAYLOAD};
use crate::code::Source;
use crate::entry::{Cause, Decision};

impl Door {
    pub(super) fn press_named(&mut self, key: Named) {
        self.now.instant += Duration::from_millis(300);
        self.press(Key::Named(key), (key == Named::Space).then_some(" "));
    }

    /// Moves the focus as often, presses the key, and lets it take effect.
    pub(super) fn reach_and_press(&mut self, steps: usize, key: Named) {
        for _ in 0..steps {
            self.press_named(Named::Tab);
        }
        self.press_named(key);
        self.wait(Duration::from_millis(500));
    }
}

#[test]
fn tab_reaches_the_languages_and_enter_chooses() {
    let mut door = Door::open();
    door.reach_and_press(3, Named::Enter);
    assert!(door.shows("Welcome"));
}

#[test]
fn the_last_button_is_reached_backwards_and_the_blank_presses_it() {
    let mut door = Door::open();
    door.press_named(Named::ArrowUp);
    door.press_named(Named::Space);
    door.wait(Duration::from_millis(500));
    assert_eq!(door.decision(), Some(Decision::Unverified(Cause::NoCode)));
}

#[test]
fn a_code_is_typed_and_checked_by_keys_alone() {
    let mut door = Door::open();
    door.type_text("A1B2345670", Duration::from_millis(200));
    door.press_named(Named::Tab);
    assert_eq!(door.log(), [(Some(Source::Typed), Decision::Admit)]);
}

#[test]
fn a_hands_unfinished_code_stays_while_the_focus_moves() {
    let mut door = Door::open();
    door.type_text("A1B2", Duration::from_millis(200));
    door.reach_and_press(7, Named::Enter);
    assert!(door.kiosk.aids.larger_text && door.shows("A") && door.shows("2"));
}

#[test]
fn a_readers_enter_checks_its_code_and_presses_nothing() {
    for text in [GREEN, PAYLOAD, " A1B2345670"] {
        let mut door = Door::open();
        door.press_named(Named::ArrowUp);
        door.type_text(text, Duration::from_millis(5));
        door.now.instant += Duration::from_millis(5);
        door.press(Key::Named(Named::Enter), None);
        door.wait(Duration::from_millis(500));
        assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)], "{text}");
    }
}

#[test]
fn an_enter_before_a_readers_text_presses_nothing() {
    let mut door = Door::open();
    door.press_named(Named::ArrowUp);
    door.press_named(Named::Enter);
    door.type_text("A1B2345670", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    door.wait(Duration::from_millis(500));
    assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)]);
}

#[test]
fn shift_that_is_pressed_just_before_tab_leaves_the_focus() {
    let mut door = Door::open();
    door.press_named(Named::Tab);
    door.press_named(Named::Tab);
    door.press_named(Named::Shift);
    door.now.instant += Duration::from_millis(20);
    door.press(Key::Named(Named::Tab), None);
    door.reach_and_press(0, Named::Enter);
    assert!(door.shows("Welcome"));
}

#[test]
fn the_focus_ends_with_the_visit() {
    let mut door = Door::open();
    door.press_named(Named::ArrowUp);
    door.type_code("A1B2345671");
    door.press_named(Named::Escape);
    door.reach_and_press(0, Named::Enter);
    assert!(door.is_welcoming() && door.log().len() == 1);
}

#[test]
fn who_gives_no_digits_gives_up_by_keys() {
    let mut door = Door::with_settings("[identity]\nask_last_digits = true");
    door.type_code(GREEN);
    door.reach_and_press(2, Named::Space);
    assert_eq!(door.decision(), Some(Decision::Unverified(Cause::IdentityNotGiven)));
}
