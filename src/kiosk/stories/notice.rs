//! Visitors who want to know what becomes of their data.

use std::time::Duration;

use iced::Size;
use iced::keyboard::{Key, key::Named};
use iced_test::runtime::user_interface::Cache;
use image::RgbImage;

use super::door::{Door, write_settings};
use super::picture::{next_picture, picture};
use super::screens::PRIVACY;
use super::{GREEN, PAYLOAD, USUAL, own_service};
use crate::code::{Code, Reading, Source};
use crate::entry::Decision;
use crate::kiosk::language::{Argument, Texts, notice};
use crate::kiosk::message::Message;
use crate::kiosk::notice::Message as Touch;
use crate::kiosk::welcome;
use crate::scan::{Luma, SerialEvent, Symbols, rqrr, zxing};
use crate::settings::Language;

/// The windows in which the code is smallest, and the usual one.
const WINDOWS: [Size; 3] = [USUAL, Size::new(800.0, 480.0), Size::new(480.0, 800.0)];

fn open_notice(more: &str) -> Door {
    let mut door = Door::with_settings(&format!("{PRIVACY}{more}"));
    door.touch("Aydınlatma metni");
    assert!(door.shows_notice());
    door
}

/// What a phone reads from the screen, by each of the kiosk's own decoders.
fn taken_along(screen: RgbImage) -> [Option<String>; 2] {
    let grey = image::DynamicImage::ImageRgb8(screen).into_luma8();
    let picture = Luma::new(grey.width(), grey.height(), grey.into_raw()).unwrap();
    let by_zxing = zxing(&picture, Symbols::QrCodes(1)).into_iter().find_map(|found| found.decoded);
    [by_zxing, rqrr(&picture).into_iter().next()].map(|found| found.map(|decoded| decoded.text))
}

#[test]
fn a_touch_opens_the_whole_notice_in_the_visitors_language_and_another_closes_it() {
    let mut door = Door::with_settings(PRIVACY);
    door.touch("Deutsch");
    door.touch("Datenschutz");
    for text in [
        "7. Ihre Rechte",
        "c) zu erfahren, wozu Ihre personenbezogenen Daten verarbeitet und ob sie diesem Zweck entsprechend verwendet werden,",
    ] {
        assert!(door.shows(text), "{text}");
    }
    door.touch("Schließen");
    assert!(door.is_welcoming() && door.shows("Datenschutz"));
}

#[test]
fn the_notice_tells_of_no_place_where_the_settings_know_none() {
    let folder = tempfile::tempdir().unwrap();
    let settings = own_service(folder.path()).replace("method = \"general\"\n", "");
    write_settings(folder.path(), &settings);
    let mut door = Door::at(folder);
    door.touch("Aydınlatma metni");
    let nowhere =
        Texts::of(Language::Turkish).with("notice-recipients-place", &[("place", Argument::Text(""))]);
    assert!(door.shows_notice() && !door.shows(&nowhere));
}

#[test]
fn the_demo_says_that_it_is_nobodys() {
    let mut door = Door::open();
    door.touch("Aydınlatma metni");
    assert!(door.shows_notice() && !door.shows("1. Veri sorumlusu"));
    let running = door.kiosk.running.as_ref().unwrap();
    assert!(door.shows(&notice::demo(&running.settings, door.kiosk.texts)));
}

#[test]
fn the_notice_is_opened_and_closed_by_keys() {
    for (steps, key) in [(1, Named::Enter), (0, Named::Escape)] {
        let mut door = Door::with_settings(PRIVACY);
        door.reach_and_press(9, Named::Enter);
        assert!(door.shows_notice());
        door.reach_and_press(steps, key);
        assert!(door.is_welcoming(), "{key:?}");
    }
}

#[test]
fn the_notice_closes_by_itself_a_minute_after_the_last_touch() {
    let mut door = open_notice("");
    door.wait(Duration::from_secs(50));
    door.tell(Message::Notice(Touch::Scrolled, door.now));
    door.wait(Duration::from_secs(59));
    assert!(door.shows_notice());
    door.wait(Duration::from_secs(2));
    assert!(door.is_welcoming());
}

#[test]
fn larger_type_stays_for_who_closes_the_notice_and_not_for_who_leaves_it() {
    for (leaves, stays) in [(false, true), (true, false)] {
        let mut door = Door::with_settings(PRIVACY);
        door.tell(Message::Welcome(welcome::Message::LargerText, door.now));
        door.touch("Aydınlatma metni");
        if leaves {
            door.wait(Duration::from_secs(61));
        } else {
            door.touch("Kapat");
        }
        assert_eq!((door.is_welcoming(), door.kiosk.aids.larger_text), (true, stays));
    }
}

#[test]
fn a_code_that_is_shown_while_somebody_reads_is_checked_at_once() {
    let mut camera = open_notice("");
    camera.scan(PAYLOAD);
    let mut reader = open_notice("");
    reader.type_text(PAYLOAD, Duration::from_millis(5));
    reader.wait(Duration::from_millis(200));
    let mut serial = open_notice("");
    let reading = Reading { text: PAYLOAD.to_owned(), source: Source::Reader };
    serial.tell(Message::SerialReaderReported(SerialEvent::Reading(reading), serial.now));
    for (door, source) in [(camera, Source::Camera), (reader, Source::Reader), (serial, Source::Reader)] {
        assert_eq!(door.decision(), Some(Decision::Admit));
        assert_eq!(door.log(), [(Some(source), Decision::Admit)]);
    }
}

#[test]
fn a_reader_that_read_something_else_is_told_so() {
    let mut door = open_notice("");
    door.type_text("https://example.org/menu", Duration::from_millis(5));
    door.press(Key::Named(Named::Enter), None);
    assert!(door.shows("Okutulan kod bir HES kodu değil. Lütfen yeniden okutun."));
}

#[test]
fn a_picture_in_the_background_does_not_close_the_notice() {
    let mut door = open_notice("");
    door.scan("https://example.org/menu");
    assert!(door.shows_notice());
}

#[test]
fn a_running_check_is_not_covered_by_the_notice() {
    let mut door = Door::with_settings(PRIVACY);
    let check = door.begin_scan(GREEN);
    door.tell(Message::Welcome(welcome::Message::Notice, door.now));
    assert!(!door.shows_notice());
    door.run(check);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_log_that_cannot_be_written_is_noticed_while_somebody_reads() {
    let mut door = open_notice("");
    super::take_the_log_away(&door);
    door.wait(Duration::from_secs(16));
    assert!(door.is_out_of_service());
}

#[test]
fn a_phone_takes_the_short_notice_along_in_each_language() {
    for window in WINDOWS {
        for language in
            [Language::Turkish, Language::English, Language::Arabic, Language::German, Language::Russian]
        {
            let mut door = open_notice("");
            door.speak(language);
            let settings = &door.kiosk.running.as_ref().unwrap().settings;
            let short = notice::short(settings, settings.privacy.as_ref().unwrap(), Texts::of(language));
            assert!(Code::parse(&short).is_err());
            assert_eq!(
                taken_along(picture(&door, window)),
                [Some(short.clone()), Some(short)],
                "{language:?} {window:?}"
            );
        }
    }
}

#[test]
fn a_phone_opens_the_notices_own_page_where_it_has_one_by_night_too() {
    let mut door =
        open_notice("notice_url = \"https://yildiz.example/kvkk\"\n[screen]\nnight = \"00:00-23:59\"");
    door.tell(Message::Ticked(door.now));
    let page = Some("https://yildiz.example/kvkk".to_owned());
    assert_eq!(taken_along(picture(&door, USUAL)), [page.clone(), page]);
}

#[test]
fn a_phone_takes_along_what_is_read_after_another_language_was_chosen() {
    let mut door = open_notice("");
    let (_, kept) = next_picture(&door, USUAL, Cache::default());
    door.scan("HES-KIOSK-LANGUAGE-EN");
    let (screen, _) = next_picture(&door, USUAL, kept);
    let [read, _] = taken_along(screen);
    assert!(read.unwrap().starts_with("Privacy notice (summary; Turkish Law No. 6698)"));
}
