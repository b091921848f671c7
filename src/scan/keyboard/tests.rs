use super::super::layout::{Level, Position};
use super::*;

const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

fn milliseconds(number: u64) -> Duration {
    Duration::from_millis(number)
}

/// Types `text` with `gap` milliseconds between its keys and gives the time of the last one. The system
/// does not say which keys they are.
fn type_text(keyboard: &mut Keyboard, text: &str, gap: u64, start: Instant) -> Instant {
    let mut at = start;
    for character in text.chars() {
        at += milliseconds(gap);
        keyboard.press(Pressed { character: Some(character), stroke: None }, at);
    }
    at
}

/// Types with a reader that is set to one layout where the system has another.
fn read_under(text: &str, reader: Layout, system: Layout, caps_lock: bool) -> Reading {
    let mut keyboard = Keyboard::default();
    let mut at = Instant::now();
    for character in text.chars() {
        let stroke = reader.stroke(character, false).unwrap();
        at += milliseconds(5);
        let character = system.character(stroke, caps_lock);
        keyboard.press(Pressed { character, stroke: Some(stroke) }, at);
    }
    keyboard.submit(at).unwrap()
}

fn text_of(reading: Option<Reading>) -> String {
    reading.unwrap().text
}

fn layouts_and_caps_lock() -> impl Iterator<Item = (Layout, bool)> {
    Layout::ALL.into_iter().flat_map(|layout| [(layout, false), (layout, true)])
}

#[test]
fn a_hand_and_a_reader_are_told_apart_by_their_speed() {
    for (gap, source) in [(5, Source::Reader), (30, Source::Reader), (90, Source::Typed)] {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "A1B2345678", gap, Instant::now());
        let reading = keyboard.submit(last + milliseconds(gap));
        assert_eq!(reading, Some(Reading { text: "A1B2345678".to_owned(), source }), "{gap}");
    }
}

#[test]
fn a_reader_without_a_terminator_has_ended_after_a_silence() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, PAYLOAD, 5, Instant::now());
    assert_eq!(keyboard.silent_reader(last + milliseconds(149)), None);
    assert_eq!(keyboard.silent_reader(last + milliseconds(150)), Some(last));
}

#[test]
fn what_is_no_code_yet_has_ended_after_a_longer_silence() {
    for text in ["A1B23", "A1B234567", &PAYLOAD[..20], "A1B2345678A1B2345678"] {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, text, 5, Instant::now());
        assert_eq!(keyboard.silent_reader(last + milliseconds(1199)), None, "{text}");
        assert_eq!(keyboard.silent_reader(last + milliseconds(1200)), Some(last), "{text}");
    }
}

#[test]
fn ten_digits_that_may_begin_a_payload_are_no_code_before_a_longer_silence() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, &PAYLOAD[..10], 5, Instant::now());
    assert_eq!(keyboard.silent_reader(last + milliseconds(1199)), None);
    assert_eq!(keyboard.silent_reader(last + milliseconds(1200)), Some(last));
}

#[test]
fn a_hand_is_never_cut_short_by_a_silence() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, "A1B2345678", 120, Instant::now());
    assert_eq!(keyboard.silent_reader(last + Duration::from_secs(60)), None);
}

#[test]
fn a_readers_text_stands_alone_behind_what_a_hand_left() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, "QW", 200, Instant::now());
    let last = type_text(&mut keyboard, PAYLOAD, 5, last + Duration::from_secs(3));
    assert_eq!(text_of(keyboard.submit(last)), PAYLOAD);
}

#[test]
fn what_a_hand_left_does_not_complete_a_half_read_code() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, "A1", 200, Instant::now());
    let last = type_text(&mut keyboard, "B2345678", 5, last + Duration::from_secs(3));
    assert_eq!(text_of(keyboard.submit(last)), "B2345678");
}

#[test]
fn a_readers_text_with_a_pause_stands_alone_behind_what_a_hand_left() {
    let mut keyboard = Keyboard::default();
    let (head, tail) = PAYLOAD.split_at(20);
    let last = type_text(&mut keyboard, "A1B2", 120, Instant::now());
    let last = type_text(&mut keyboard, head, 5, last + Duration::from_secs(1));
    let last = type_text(&mut keyboard, tail, 5, last + milliseconds(80));
    assert_eq!(text_of(keyboard.submit(last)), PAYLOAD);
}

#[test]
fn two_readings_that_ran_together_are_not_taken_apart() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, "A1B2345670", 5, Instant::now());
    let last = type_text(&mut keyboard, "A1B2345671", 5, last + milliseconds(100));
    assert_eq!(text_of(keyboard.submit(last)), "A1B2345670A1B2345671");
}

#[test]
fn a_whole_reading_stands_alone_a_while_after_a_half_one() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, &PAYLOAD[..20], 5, Instant::now());
    let last = type_text(&mut keyboard, PAYLOAD, 5, last + milliseconds(1100));
    assert_eq!(text_of(keyboard.submit(last)), PAYLOAD);
}

#[test]
fn a_half_read_code_before_a_whole_one_is_no_hands_words() {
    for half in ["A1B", "A1B2345", &PAYLOAD[..20]] {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "ok", 120, Instant::now());
        let last = type_text(&mut keyboard, half, 5, last + milliseconds(400));
        type_text(&mut keyboard, "A1B2345678", 5, last + milliseconds(400));
        assert_eq!(keyboard.words_before_code(), None, "{half}");
    }
}

#[test]
fn a_few_keys_are_a_readers_if_their_terminator_is_as_fast() {
    for (pause, source) in [(5, Source::Reader), (200, Source::Typed)] {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "A1", 5, Instant::now());
        let reading = keyboard.submit(last + milliseconds(pause)).unwrap();
        assert_eq!(reading.source, source, "{pause}");
    }
}

#[test]
fn a_hand_whose_keys_waited_for_slow_drawings_is_a_hand() {
    let mut keyboard = Keyboard::default();
    let start = Instant::now();
    for (index, character) in "A1B2345670".chars().enumerate() {
        // Typed every 110 ms; every second key waits for a drawing and comes with the next one.
        let at = 110 * (index as u64 | 1);
        type_text(&mut keyboard, &character.to_string(), 0, start + milliseconds(at));
    }
    let reading = keyboard.submit(start + milliseconds(1200));
    assert_eq!(reading.map(|reading| reading.source), Some(Source::Typed));
}

#[test]
fn a_pause_within_a_readers_text_does_not_cut_it() {
    for (place, pause) in [(20, 100), (20, 900), (20, 3000), (1, 3000), (5, 3000)] {
        let mut keyboard = Keyboard::default();
        let (head, tail) = PAYLOAD.split_at(place);
        let last = type_text(&mut keyboard, head, 5, Instant::now());
        let last = type_text(&mut keyboard, tail, 5, last + milliseconds(pause));
        assert_eq!(text_of(keyboard.submit(last)), PAYLOAD, "{place} {pause}");
    }
}

#[test]
fn a_lone_enter_is_no_reading() {
    assert_eq!(Keyboard::default().submit(Instant::now()), None);
}

#[test]
fn a_text_without_end_is_no_code_and_is_not_cut_while_it_goes_on() {
    let mut keyboard = Keyboard::default();
    let mut last = Instant::now();
    for _ in 0..100 {
        last = type_text(&mut keyboard, "A1B2345678", 5, last);
        assert_eq!(keyboard.silent_reader(last + milliseconds(5)), None);
    }
    assert!(Code::parse(&text_of(keyboard.submit(last))).is_err());
}

#[test]
fn the_field_shows_a_hands_code_and_hides_a_readers_payload() {
    let mut keyboard = Keyboard::default();
    let last = type_text(&mut keyboard, "a1b2-34", 120, Instant::now());
    assert_eq!(keyboard.field(), Field::Typed("A1B234".to_owned()));
    type_text(&mut keyboard, "56", 5, last);
    assert_eq!(keyboard.field(), Field::Hidden);
}

#[test]
fn a_slow_readers_payload_is_hidden_once_it_is_longer_than_a_code() {
    let mut keyboard = Keyboard::default();
    type_text(&mut keyboard, &PAYLOAD[..11], 80, Instant::now());
    assert_eq!(keyboard.field(), Field::Hidden);
}

#[test]
fn a_us_readers_keys_say_what_it_read_under_each_layout() {
    for text in [PAYLOAD, "A1B2-3456-78", "I1I2345678", "QWERTYUIOP", "FGHJKLZXCV"] {
        for (system, caps_lock) in layouts_and_caps_lock() {
            let reading = read_under(text, Layout::Us, system, caps_lock);
            let expected = Reading { text: text.to_owned(), source: Source::Reader };
            assert_eq!(reading, expected, "{system:?} {caps_lock}");
        }
    }
}

#[test]
fn a_reader_set_to_a_turkish_keyboard_is_understood_by_the_form_of_its_payload() {
    for reader in [Layout::TurkishQ, Layout::TurkishF] {
        for (system, caps_lock) in layouts_and_caps_lock() {
            let text = read_under(PAYLOAD, reader, system, caps_lock).text;
            let code = Code::parse(&text).map(|code| code.reveal().to_owned());
            assert_eq!(code.as_deref(), Ok("A1B2345678"), "{reader:?} {system:?} {caps_lock}");
        }
    }
}

#[test]
fn where_the_keys_are_unknown_a_payload_is_brought_back_from_each_layout() {
    for gap in [5, 90] {
        for (system, caps_lock) in layouts_and_caps_lock() {
            let arrived: String = PAYLOAD
                .chars()
                .map(|character| {
                    let stroke = Layout::Us.stroke(character, false).unwrap();
                    system.character(stroke, caps_lock).unwrap()
                })
                .collect();
            let mut keyboard = Keyboard::default();
            let last = type_text(&mut keyboard, &arrived, gap, Instant::now());
            let code = Code::parse(&text_of(keyboard.submit(last + milliseconds(gap))));
            let code = code.map(|code| code.reveal().to_owned());
            assert_eq!(code.as_deref(), Ok("A1B2345678"), "{gap} {system:?} {caps_lock}");
        }
    }
}

#[test]
fn where_the_keys_are_unknown_a_code_with_turkish_letters_in_it_is_brought_back_too() {
    let mut keyboard = Keyboard::default();
    // Turkish F's characters of the keys of A1B2-3456-78.
    let last = type_text(&mut keyboard, "U1Ç2/3456/78", 5, Instant::now());
    assert_eq!(text_of(keyboard.submit(last)), "A1B2-3456-78");
}

#[test]
fn a_hands_text_is_what_it_sees() {
    let mut keyboard = Keyboard::default();
    let mut at = Instant::now();
    for character in "A1E2345678".chars() {
        let stroke = Layout::TurkishF.stroke(character, false);
        at += milliseconds(120);
        keyboard.press(Pressed { character: Some(character), stroke }, at);
    }
    assert_eq!(keyboard.field(), Field::Typed("A1E2345678".to_owned()));
    assert_eq!(text_of(keyboard.submit(at + milliseconds(120))), "A1E2345678");
}

#[test]
fn a_key_that_the_system_has_no_character_for_is_the_us_one() {
    let mut keyboard = Keyboard::default();
    let stroke = Stroke { position: Position::of_us_key('7').unwrap(), level: Level::Plain };
    keyboard.press(Pressed { character: None, stroke: Some(stroke) }, Instant::now());
    assert_eq!(keyboard.field(), Field::Typed("7".to_owned()));
}
