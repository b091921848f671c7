//! Stories of what is heard.

use iced::futures::StreamExt;
use iced_test::runtime::{Action, task};

use super::door::Door;
use super::{FAILING, GREEN, RISKY, take_the_log_away};
use crate::code::{Reading, Source};
use crate::kiosk::message::{Message, Moment};
use crate::kiosk::sound::Sound;
use crate::scan::SerialEvent;

#[test]
fn each_decision_has_its_sound() {
    for (code, sound) in [(GREEN, Sound::Admit), (RISKY, Sound::Refuse), (FAILING, Sound::Unverified)] {
        let mut door = Door::open();
        door.type_code(code);
        assert_eq!(door.sound(), Some((sound, 60)), "{code}");
    }
}

#[test]
fn a_visit_that_cannot_be_recorded_is_not_heard() {
    let mut door = Door::open();
    take_the_log_away(&door);
    door.type_code(GREEN);
    assert_eq!(door.sound(), None);
}

#[test]
fn what_is_no_visit_is_not_heard() {
    let mut door = Door::open();
    door.scan("https://example.org/menu");
    assert_eq!(door.sound(), None);
}

#[test]
fn a_volume_of_nothing_asks_for_no_sound() {
    let mut door = Door::with_settings("[sound]\nvolume = 0");
    door.type_code(GREEN);
    assert_eq!(door.sound(), None);
}

/// The sound of a visit that is decided at this time.
fn sound_at(time: &str) -> Option<(Sound, u32)> {
    let quiet = "quiet = { hours = \"20:00-08:00\", volume = 20 }";
    let mut door = Door::with_settings(&format!("[sound]\nvolume = 70\n{quiet}"));
    let reading = Reading { text: GREEN.to_owned(), source: Source::Reader };
    let asked = door.kiosk.update(Message::SerialReaderReported(SerialEvent::Reading(reading), door.now));
    let checked = door.runtime.block_on(task::into_stream(asked).unwrap().next());
    let Some(Action::Output(Message::Checked(visit, result, now))) = checked else { unreachable!() };
    let now = Moment { time: time.parse().unwrap(), ..now };
    door.tell(Message::Checked(visit, result, now));
    door.sound()
}

#[test]
fn the_entrances_clock_says_when_it_is_quiet() {
    let sounds = ["2021-08-09T16:59:59Z", "2021-08-09T17:00:00Z"].map(sound_at);
    assert_eq!(sounds, [Some((Sound::Admit, 70)), Some((Sound::Admit, 20))]);
}
