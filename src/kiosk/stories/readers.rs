//! Stories of readers: what they type and send becomes visits, and nothing else.

use std::time::Duration;

use iced::keyboard::{Key, key::Named};
use iced_test::simulator::press_key;

use super::door::Door;
use super::{FAILING, GREEN, PAYLOAD, RISKY};
use crate::code::{Reading, Source};
use crate::entry::{Decision, Reason};
use crate::kiosk::message::Message;
use crate::kiosk::welcome;
use crate::scan::{Layout, SerialEvent};
use crate::settings::Language;

const FAST: Duration = Duration::from_millis(5);
const HAND: Duration = Duration::from_millis(120);
const HALF_READ: &str = "Kod tam okunamadı. Lütfen yeniden okutun.";

#[test]
fn a_readers_text_ends_with_enter_tab_or_nothing() {
    for terminator in [Some(Named::Enter), Some(Named::Tab), None] {
        let mut door = Door::open();
        door.type_text(PAYLOAD, FAST);
        match terminator {
            Some(key) => door.press(Key::Named(key), None),
            None => door.wait(Duration::from_millis(200)),
        }
        assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)], "{terminator:?}");
    }
}

#[test]
fn a_hand_and_a_reader_stand_apart_in_the_log() {
    for (gap, source) in [(HAND, Source::Typed), (FAST, Source::Reader)] {
        let mut door = Door::open();
        door.type_text(GREEN, gap);
        door.now.instant += gap;
        door.press(Key::Named(Named::Enter), None);
        assert_eq!(door.log(), [(Some(source), Decision::Admit)]);
    }
}

#[test]
fn a_reader_starts_the_next_visit_while_an_outcome_stands() {
    for first in [GREEN, RISKY, FAILING] {
        let mut door = Door::open();
        door.type_code(first);
        door.type_text("A1B2345671", FAST);
        door.press(Key::Named(Named::Enter), None);
        assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)), "{first}");
        assert_eq!(door.log().len(), 2);
    }
}

#[test]
fn a_readers_text_during_a_check_is_dropped() {
    let mut door = Door::open();
    let reading = Reading { text: GREEN.to_owned(), source: Source::Reader };
    let check = door.kiosk.update(Message::SerialReaderReported(SerialEvent::Reading(reading), door.now));
    door.type_text("A1B2345671", FAST);
    door.press(Key::Named(Named::Enter), None);
    door.run(check);
    assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)]);
}

#[test]
fn enter_tab_and_blanks_press_no_button_that_was_touched_before() {
    let door = Door::open();
    for button in ["English", "HES kodum yok", "Sorgula", "7"] {
        let mut screen = door.screen();
        screen.click(button).unwrap();
        for key in [Named::Enter, Named::Tab, Named::Space] {
            let _ = screen.simulate([press_key(Key::Named(key), None)]);
        }
        assert_eq!(screen.into_messages().count(), 1, "{button}");
    }
}

#[test]
fn a_half_read_code_is_to_be_read_again_and_asks_nothing() {
    for text in ["A1B2", "A1B234567", &PAYLOAD[..20], &PAYLOAD[20..], &PAYLOAD[..40]] {
        let mut door = Door::open();
        door.type_text(text, FAST);
        door.press(Key::Named(Named::Enter), None);
        assert!(door.shows(HALF_READ), "{text}");
        assert!(door.log().is_empty());
    }
}

#[test]
fn a_half_read_code_without_a_terminator_is_to_be_read_again_too() {
    for text in ["A1B23", "A1B234567", &PAYLOAD[..20]] {
        let mut door = Door::open();
        door.type_text(text, FAST);
        door.wait(Duration::from_secs(2));
        assert!(door.shows(HALF_READ), "{text}");
        assert!(door.log().is_empty());
    }
}

#[test]
fn two_readings_that_ran_together_are_to_be_read_again_and_ask_nothing() {
    for text in
        ["A1B2345670A1B2345671".to_owned(), [PAYLOAD, PAYLOAD].concat(), format!("A1B2345671{PAYLOAD}")]
    {
        for terminator in [true, false] {
            let mut door = Door::open();
            door.type_text(&text, FAST);
            if terminator {
                door.press(Key::Named(Named::Enter), None);
            } else {
                door.wait(Duration::from_secs(2));
            }
            assert!(door.shows(HALF_READ), "{text} {terminator}");
            assert!(door.log().is_empty());
        }
    }
}

#[test]
fn a_text_that_is_no_part_of_a_code_is_said_to_be_another() {
    let mut door = Door::open();
    door.type_text("https://example.org/menu", FAST);
    door.press(Key::Named(Named::Enter), None);
    assert!(door.shows("Okutulan kod bir HES kodu değil. Lütfen yeniden okutun."));
    assert!(door.log().is_empty());
}

#[test]
fn half_read_codes_are_no_attempts_at_guessing() {
    let mut door = Door::open();
    for _ in 0..6 {
        door.type_text("A1B2", FAST);
        door.press(Key::Named(Named::Enter), None);
    }
    door.type_code(GREEN);
    assert_eq!(door.log(), [(Some(Source::Typed), Decision::Admit)]);
}

#[test]
fn a_us_reader_is_understood_under_each_layout_with_and_without_caps_lock() {
    for text in [PAYLOAD, "A1B2-3456-70"] {
        for layout in Layout::ALL {
            for caps_lock in [false, true] {
                let mut door = Door::open();
                door.read_under(text, layout, caps_lock);
                door.press(Key::Named(Named::Enter), None);
                let expected = [(Some(Source::Reader), Decision::Admit)];
                assert_eq!(door.log(), expected, "{text} {layout:?} {caps_lock}");
            }
        }
    }
}

#[test]
fn a_payload_is_brought_back_from_each_layout_where_only_its_characters_are_known() {
    for layout in Layout::ALL {
        for caps_lock in [false, true] {
            let mut door = Door::open();
            let character = |character| {
                layout.character(Layout::Us.stroke(character, false).unwrap(), caps_lock).unwrap()
            };
            let arrived: String = PAYLOAD.chars().map(character).collect();
            door.type_text(&arrived, FAST);
            door.press(Key::Named(Named::Enter), None);
            assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)], "{layout:?} {caps_lock}");
        }
    }
}

#[test]
fn a_half_read_code_is_said_while_the_keypad_is_closed() {
    let mut door = Door::open();
    for _ in 0..5 {
        door.type_code("A1B2");
    }
    door.type_text(&PAYLOAD[..20], FAST);
    door.press(Key::Named(Named::Enter), None);
    assert!(door.shows(HALF_READ));
}

/// What the reader at the serial port does.
fn serial(door: &mut Door, event: SerialEvent) {
    door.tell(Message::SerialReaderReported(event, door.now));
}

fn serial_text(text: &str) -> SerialEvent {
    SerialEvent::Reading(Reading { text: text.to_owned(), source: Source::Reader })
}

#[test]
fn a_serial_readers_payload_is_a_visit() {
    let mut door = Door::open();
    serial(&mut door, serial_text(PAYLOAD));
    assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)]);
}

#[test]
fn a_serial_readers_half_payload_is_to_be_read_again() {
    let mut door = Door::open();
    serial(&mut door, serial_text(&PAYLOAD[..20]));
    assert!(door.shows(HALF_READ));
    assert!(door.log().is_empty());
}

#[test]
fn a_lost_serial_reader_is_said_on_the_welcome_until_it_is_back() {
    const LOST: &str = "Kod okuyucu bağlı değil";
    let mut door = Door::open();
    serial(&mut door, SerialEvent::Lost);
    assert!(door.shows(LOST));
    serial(&mut door, SerialEvent::Connected);
    assert!(!door.shows(LOST));
}

#[test]
fn what_a_reader_has_to_read_again_is_said_beside_a_poster_and_several_codes() {
    let mut door = Door::open();
    door.type_text("A1B23456", FAST);
    door.press(Key::Named(Named::Enter), None);
    for _ in 0..5 {
        door.scan("https://example.org/");
        door.see_several_codes();
        assert!(door.shows(HALF_READ));
    }
}

#[test]
fn a_visitors_touch_amid_a_readers_text_cuts_nothing() {
    let mut door = Door::open();
    door.type_text(&GREEN[..6], FAST);
    let waiting = door.begin(Message::Welcome(welcome::Message::Key('K'), door.now));
    door.type_text(&GREEN[6..], FAST);
    door.press(Key::Named(Named::Enter), None);
    door.run(waiting);
    assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)]);
}

#[test]
fn a_touch_amid_a_readers_text_that_never_goes_on_is_taken() {
    let mut door = Door::open();
    door.type_text(&GREEN[..2], FAST);
    door.tell(Message::Welcome(welcome::Message::Language(Language::English), door.now));
    assert!(door.shows("Show your QR code or type your code."));
}
