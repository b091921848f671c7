//! Visitors who come while the desk covers their screen.

use std::collections::HashSet;
use std::time::Duration;

use iced::keyboard::key::Named;
use iced::{Point, Rectangle, Size};
use iced_test::selector::Text;
use iced_test::{Simulator, simulator};

use super::desk::{GUARD, decide, door, is_open, open, press, visits, with_settings};
use super::door::Door;
use super::{FAILING, GREEN, RISKY};
use crate::entry::{Decision, Reason};
use crate::kiosk::desk;
use crate::kiosk::message::Message;
use crate::kiosk::test_settings;
use crate::kiosk::widgets::clock_time;

const EXPIRED: &str = "A1B2345673";
const DOCUMENT: &str = "Yazılı belge gösterildi";
const CAME: &str = "Bu arada biri geldi. Sonucu, danışma ekranı kapanınca görünecek.";

/// A desk at which somebody waits, opened over that visitor's amber.
fn desk() -> Door {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door
}

/// What the desk says of a word that the visitor's screen does not show.
fn untold(door: &Door) -> String {
    let at = clock_time(visits(door).pop().unwrap().at);
    format!(
        "{at} · Kararınız kaydedildi: girebilir. Ekran şimdi başka bir ziyaretçinin; kararı kendisine siz söyleyin."
    )
}

#[test]
fn a_green_of_the_desk_never_stands_where_another_visitors_red_should() {
    let mut door = desk();
    door.touch("Karar ver");
    door.scan(EXPIRED);
    assert!(door.shows(CAME));
    door.touch(DOCUMENT);
    door.touch("Girebilir");
    assert_eq!((door.decision(), is_open(&door)), (None, true));
    assert!(door.shows(&untold(&door)));
    press(&mut door, Named::F12);
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::CodeExpired)));
}

#[test]
fn a_green_of_the_desk_does_not_stand_before_somebody_whose_check_runs() {
    let mut door = desk();
    let check = door.begin_scan(EXPIRED);
    decide(&mut door, DOCUMENT, "Girebilir");
    assert!(door.decision().is_none() && door.shows(&untold(&door)));
    door.run(check);
    press(&mut door, Named::F12);
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::CodeExpired)));
}

#[test]
fn who_is_settled_after_coming_meanwhile_sees_the_word() {
    let mut door = door();
    open(&mut door, GUARD);
    door.scan(FAILING);
    decide(&mut door, DOCUMENT, "Girebilir");
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
}

#[test]
fn what_was_on_the_screen_when_the_desk_was_opened_keeps_no_word_away_once_its_time_is_over() {
    let mut door = door();
    door.type_code(FAILING);
    door.scan(RISKY);
    open(&mut door, GUARD);
    door.wait(Duration::from_secs(20));
    decide(&mut door, DOCUMENT, "Girebilir");
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
}

#[test]
fn an_outcome_that_waited_for_the_desk_says_whose_it_is() {
    let mut door = desk();
    door.scan(EXPIRED);
    let at = clock_time(visits(&door).pop().unwrap().at);
    press(&mut door, Named::F12);
    assert!(door.shows(&format!("73 ile biten kodun sonucu · gösterildiği saat: {at}")));
}

#[test]
fn a_green_that_nobody_saw_for_a_minute_is_nobodys_any_more() {
    let mut door = desk();
    door.scan(GREEN);
    for _ in 0..2 {
        door.wait(Duration::from_secs(35));
        press(&mut door, Named::Backspace);
    }
    press(&mut door, Named::F12);
    assert!(door.is_welcoming());
}

#[test]
fn who_left_leaves_no_amber_behind() {
    let mut door = desk();
    door.touch("Karar ver");
    door.touch("Ziyaretçi ayrıldı");
    press(&mut door, Named::F12);
    assert!(door.is_welcoming());
}

/// Where a button's words stand.
fn place(door: &Door, words: &str) -> Rectangle {
    match door.screen().find(words) {
        Ok(Text::Raw { bounds, .. } | Text::Input { bounds, .. }) => bounds,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn who_comes_moves_no_verdict_away_under_a_finger_that_is_on_its_way() {
    let mut door = desk();
    door.touch("Karar ver");
    let before = place(&door, "Girebilir");
    door.scan(EXPIRED);
    assert_eq!((place(&door, "Girebilir"), door.shows(CAME)), (before, true));
}

/// How many pixels high the button is that says these words and tells this.
fn touched_height(door: &Door, window: Size, words: &str, message: desk::Message) -> usize {
    let mut screen = Simulator::with_size(test_settings(), window, door.kiosk.view());
    let middle = screen.find(words).unwrap().bounds().center();
    for y in 0..window.height as u16 {
        screen.point_at(Point::new(middle.x, f32::from(y) + 0.5));
        screen.simulate(simulator::click());
    }
    let is_it = |told: &Message| matches!(told, Message::Desk(told, _) if *told == message);
    screen.into_messages().filter(is_it).count()
}

#[test]
fn each_button_of_the_pad_is_as_high_as_a_finger_in_a_low_window_when_somebody_comes() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.scan(EXPIRED);
    let buttons = [
        ("5", desk::Message::Digit('5')),
        ("0", desk::Message::Digit('0')),
        ("Tamam", desk::Message::Confirm),
        ("Vazgeç", desk::Message::Lock),
    ];
    let low = buttons.map(|(words, message)| touched_height(&door, Size::new(800.0, 480.0), words, message));
    assert!(door.shows(CAME) && low.iter().all(|height| *height >= 44), "{low:?}");
}

/// The digits of the pad that is asked for, in the order in which they are read.
fn digits(door: &mut Door) -> String {
    press(door, Named::F12);
    let mut screen = door.screen();
    let mut digits: Vec<(i32, i32, char)> = ('0'..='9')
        .map(|digit| {
            let bounds = screen.find(digit.to_string()).unwrap().visible_bounds().unwrap();
            (bounds.center_y() as i32, bounds.center_x() as i32, digit)
        })
        .collect();
    drop(screen);
    press(door, Named::F12);
    digits.sort_unstable();
    digits.into_iter().map(|(_, _, digit)| digit).collect()
}

#[test]
fn the_digits_of_the_pad_lie_in_their_order() {
    assert_eq!(digits(&mut door()), "1234567890");
}

#[test]
fn where_the_settings_say_so_the_digits_lie_otherwise_on_each_pad() {
    let mut door = with_settings("[desk]\nshuffle_keypad = true\n");
    let pads: HashSet<String> = (0..8).map(|_| digits(&mut door)).collect();
    assert!(pads.len() > 4, "{pads:?}");
}
