//! A guard who has a keyboard alone, and readers, which press nothing.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use iced::keyboard::{Key, key::Named};
use iced::{Point, Size};
use iced_test::Simulator;
use iced_test::simulator::click;

use super::desk::{GUARD, MANAGER, door, is_open, open, press, visits};
use super::desk_readers::HAND;
use super::door::Door;
use super::manual::{self, waiting};
use super::{FAILING, RISKY, desk as guards, inside, manager, way_out};
use crate::code::Source;
use crate::entry::Decision;
use crate::kiosk::desk;
use crate::kiosk::focus::Target;
use crate::kiosk::message::Message;
use crate::kiosk::test_settings;

const FAST: Duration = Duration::from_millis(5);

/// An open desk with one who waits there.
fn with_one_who_waits() -> Door {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door
}

/// The reason of the last word.
fn because(door: &Door) -> String {
    visits(door).pop().unwrap().word.unwrap().said.because
}

#[test]
fn a_guard_settles_who_waits_by_keys_alone() {
    let mut door = with_one_who_waits();
    // The button that locks, the search, three filters, and who waits.
    door.reach_and_press(6, Named::Enter);
    // The button that locks, and the second reason; then two more reasons before the verdicts.
    door.reach_and_press(3, Named::Space);
    door.reach_and_press(3, Named::Enter);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
    assert_eq!(because(&door), "Yazılı belge gösterildi");
}

#[test]
fn a_guard_types_a_reason_and_refuses_by_keys_alone() {
    let mut door = with_one_who_waits();
    door.press_named(Named::ArrowUp);
    door.reach_and_press(0, Named::Enter);
    door.type_text("Belgesi yok", HAND);
    door.reach_and_press(7, Named::Enter);
    assert_eq!(
        (door.decision().is_some_and(Decision::admits), because(&door).as_str()),
        (false, "Belgesi yok")
    );
}

#[test]
fn an_answer_is_chosen_and_recorded_by_keys_alone() {
    let mut door = waiting();
    open(&mut door, GUARD);
    // The button that locks, and the first answer; then three more and what gives up.
    door.reach_and_press(2, Named::Enter);
    door.reach_and_press(5, Named::Enter);
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
}

#[test]
fn a_manager_exports_by_keys_alone() {
    let mut door = door();
    open(&mut door, MANAGER);
    door.reach_and_press(4, Named::Enter);
    door.press_named(Named::ArrowUp);
    door.reach_and_press(0, Named::Enter);
    assert_eq!(fs::read_dir(door.folder.path().join("exports")).unwrap().count(), 1);
}

#[test]
fn who_gives_no_pin_goes_back_by_keys_alone() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.press_named(Named::ArrowUp);
    door.reach_and_press(0, Named::Enter);
    assert!(door.is_welcoming());
}

#[test]
fn digits_that_are_typed_are_a_pin_wherever_the_focus_was() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.press_named(Named::ArrowUp);
    door.type_code(GUARD);
    assert!(is_open(&door));
}

#[test]
fn no_readers_key_presses_what_is_focused_at_the_desk() {
    for (before, end) in [
        (None, Named::Enter),
        (None, Named::Tab),
        (Some(Named::Enter), Named::Enter),
        (Some(Named::Space), Named::Enter),
    ] {
        let mut door = door();
        open(&mut door, GUARD);
        door.press_named(Named::Tab);
        if let Some(before) = before {
            door.press_named(before);
        }
        door.type_text(RISKY, FAST);
        press(&mut door, end);
        door.wait(Duration::from_millis(500));
        assert_eq!((visits(&door)[0].source, is_open(&door)), (Some(Source::Reader), true), "{before:?}");
    }
}

#[test]
fn tabs_of_a_visitors_picture_press_nothing_at_the_desk() {
    for (gap, end) in [(5, Named::Enter), (5, Named::Space), (30, Named::Enter), (70, Named::Enter)] {
        let mut door = with_one_who_waits();
        let who = visits(&door)[0].id;
        door.tell(Message::Desk(desk::Message::Decide(who), door.now));
        door.reach_and_press(2, Named::Enter);
        // A reader types them: from the first reason to the button that admits.
        for key in [Named::Tab, Named::Tab, Named::Tab, Named::Tab, end] {
            door.now.instant += Duration::from_millis(gap);
            door.press(Key::Named(key), (key == Named::Space).then_some(" "));
        }
        door.wait(Duration::from_millis(500));
        assert_eq!(visits(&door).len(), 1, "{gap} ms, {end:?}");
    }
}

#[test]
fn tabs_of_a_visitors_picture_leave_nothing_to_press() {
    for tabs in 2..5 {
        let mut door = with_one_who_waits();
        door.wait(Duration::from_secs(1));
        for _ in 0..tabs {
            door.now.instant += FAST;
            press(&mut door, Named::Tab);
        }
        door.reach_and_press(0, Named::Enter);
        assert!(is_open(&door), "{tabs}");
    }
}

#[test]
fn a_readers_tab_gives_nothing_the_focus() {
    let mut door = door();
    open(&mut door, GUARD);
    door.type_text(RISKY, FAST);
    press(&mut door, Named::Tab);
    assert!(door.kiosk.focus.target().is_none());
}

#[test]
fn the_focus_ends_with_the_page() {
    let mut door = door();
    door.type_code(FAILING);
    door.type_code("A1B2345678");
    open(&mut door, GUARD);
    let [first, second] = visits(&door).try_into().unwrap();
    door.tell(Message::Desk(desk::Message::Decide(first.id), door.now));
    // The button for visitors who left is the last but one.
    door.press_named(Named::ArrowUp);
    door.press_named(Named::ArrowUp);
    door.reach_and_press(0, Named::Enter);
    assert_eq!(visits(&door).len(), 3);
    door.tell(Message::Desk(desk::Message::Decide(second.id), door.now));
    door.reach_and_press(0, Named::Enter);
    assert_eq!(visits(&door).len(), 3);
}

#[test]
fn a_hand_that_touches_takes_the_focus_away() {
    let mut door = door();
    open(&mut door, GUARD);
    door.press_named(Named::Tab);
    door.tell(Message::Desk(desk::Message::Touched, door.now));
    door.reach_and_press(0, Named::Enter);
    assert!(is_open(&door));
}

#[test]
fn what_is_pressed_by_keys_keeps_the_desk_open() {
    let mut door = door();
    open(&mut door, GUARD);
    // The first of the filters, and the same again.
    for steps in [3, 0, 0] {
        door.wait(Duration::from_secs(30));
        door.reach_and_press(steps, Named::Enter);
    }
    assert!(is_open(&door));
}

/// What a pointer reaches of the desk in a window in which nothing has to be scrolled, but for the keypad.
fn touchable(door: &Door) -> BTreeSet<String> {
    const STEP: usize = 20;
    let size = Size::new(1280.0, 1270.0);
    let mut screen = Simulator::with_size(test_settings(), size, door.kiosk.view());
    for y in (10..size.height as usize).step_by(STEP) {
        for x in (10..size.width as usize).step_by(STEP) {
            screen.point_at(Point::new(x as f32, y as f32));
            screen.simulate(click());
        }
    }
    let touched = screen.into_messages().filter_map(|message| match message {
        Message::Desk(message, _) => Some(message),
        _ => None,
    });
    use desk::Message::{CornerHeld, CornerLeft, Digit, Scrolled, TakeBack};
    let is_button = |message: &desk::Message| {
        !matches!(message, CornerHeld | CornerLeft | Digit(_) | Scrolled(_) | TakeBack)
    };
    touched.filter(is_button).map(|message| format!("{message:?}")).collect()
}

#[test]
fn whatever_is_touched_at_the_desk_is_reached_by_keys() {
    let screens = [guards::each_screen("tr"), manager::each_screen("tr"), inside::each_screen("tr")];
    let others = manual::each_desk_screen("tr").into_iter().chain(way_out::each_screen("tr"));
    for (name, door) in screens.into_iter().flatten().chain(others) {
        let targets = door.kiosk.targets();
        let message = |target: &Target| match target {
            Target::Desk(message) => format!("{message:?}"),
            other => panic!("{other:?} is nothing of the desk"),
        };
        let reached: BTreeSet<String> = targets.iter().map(message).collect();
        assert_eq!((reached.len(), touchable(&door)), (targets.len(), reached), "{name}");
    }
}
