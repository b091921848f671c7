//! Stories of the door, told to the kiosk by messages and read from its screens. The service is the
//! simulator on a real socket, the visit log a real file.

mod aside;
mod behind;
mod camera;
mod check_out;
mod colors;
mod control;
mod desk;
mod desk_focus;
mod desk_readers;
mod door;
mod focus;
mod identity;
mod inside;
mod manager;
mod manual;
mod notice;
mod overtaken;
mod picture;
mod readers;
mod screens;
mod search;
mod service;
mod settings;
mod snapshots;
mod sound;
mod stray;
mod waiting;
mod way_out;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use iced::Size;
use iced::futures::StreamExt;
use iced::keyboard::{Key, key::Named};
use iced_test::runtime::{Action, task};
use image::RgbImage;

use super::message::Message;
use crate::code::{Reading, Source};
use crate::entry::{Cause, Decision, Reason};
use crate::hes::simulator;
use crate::scan::ScannerEvent;
use crate::visits::{Act, Deed, Record};

use door::{Door, write_settings};
use picture::picture;

/// The window that the design is drawn for.
const USUAL: Size = Size::new(1280.0, 800.0);

const WELCOME: &str = "Hoş geldiniz";
const GREEN: &str = "A1B2-3456-70";
const RISKY: &str = "A1B2-3456-71";
const FAILING: &str = "A1B2-3456-76";
const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2345670";

#[test]
fn a_riskless_code_turns_the_screen_green_and_shows_the_masked_holder() {
    let mut door = Door::open();
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
    for text in ["Girebilirsiniz", "Kimliğinizi görevliye gösterin.", "DE**** YI****", "********792"] {
        assert!(door.shows(text), "{text}");
    }
}

#[test]
fn each_refusal_looks_the_same_and_shows_nobody() {
    for (code, reason) in [
        ("A1B2345671", Reason::Risky),
        ("A1B2345672", Reason::CodeNotFound),
        ("A1B2345673", Reason::CodeExpired),
    ] {
        let mut door = Door::open();
        door.type_code(code);
        assert_eq!(door.decision(), Some(Decision::Refuse(reason)));
        assert!(door.shows("Giriş yapılamıyor"));
        assert!(door.shows(
            "Lütfen danışmaya başvurun. Kodunuzun süresi dolduysa HES uygulamasından yeni bir kod alabilirsiniz."
        ));
        assert!(!door.shows("********792") && !door.shows("Ad soyad"));
    }
}

#[test]
fn a_service_that_fails_turns_the_screen_amber() {
    for (code, cause) in [
        ("A1B2345676", Cause::ServiceFailed),
        ("A1B2345678", Cause::UnexpectedAnswer),
        ("A1B2345679", Cause::CredentialsRejected),
    ] {
        let mut door = Door::open();
        door.type_code(code);
        assert_eq!(door.decision(), Some(Decision::Unverified(cause)));
        assert!(door.shows("Doğrulanamadı"));
    }
}

#[test]
fn a_visitor_without_a_code_is_sent_to_the_desk_and_recorded() {
    let mut door = Door::open();
    door.touch("HES kodum yok");
    assert!(door.shows("Danışmaya başvurun"));
    assert_eq!(door.log(), [(None, Decision::Unverified(Cause::NoCode))]);
}

#[test]
fn what_is_on_the_screen_stands_in_the_log() {
    let mut door = Door::open();
    door.scan(PAYLOAD);
    assert_eq!(door.decision(), Some(Decision::Admit));
    assert_eq!(door.log(), [(Some(Source::Camera), Decision::Admit)]);
}

#[test]
fn the_keypad_types_a_code_and_the_button_checks_it() {
    let mut door = Door::open();
    // Each key once: a second one's letter would be found in the code field first.
    for key in ["A", "1", "B", "2", "3", "4", "5", "6", "7", "0"] {
        door.touch(key);
    }
    door.touch("Sorgula");
    assert_eq!(door.log(), [(Some(Source::Typed), Decision::Admit)]);
}

#[test]
fn a_demo_code_is_checked_by_one_touch() {
    let mut door = Door::open();
    door.touch("A1B2345670");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_lone_enter_does_nothing_on_any_screen() {
    let mut door = Door::open();
    door.press(Key::Named(Named::Enter), None);
    assert!(door.is_welcoming() && door.log().is_empty());
    door.type_code(RISKY);
    door.press(Key::Named(Named::Enter), None);
    door.press(Key::Named(Named::Tab), None);
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)));
}

#[test]
fn a_readers_text_is_taken_without_a_terminator_and_never_shown() {
    let mut door = Door::open();
    door.type_text(PAYLOAD, Duration::from_millis(5));
    assert!(door.shows("Okunuyor…"));
    door.wait(Duration::from_millis(200));
    assert_eq!(door.log(), [(Some(Source::Reader), Decision::Admit)]);
}

#[test]
fn a_half_typed_code_is_forgotten_before_the_next_visitor_comes() {
    let mut door = Door::open();
    door.type_text("A1B2", Duration::from_millis(120));
    assert!(door.shows("B"));
    door.wait(Duration::from_secs(31));
    assert_eq!(door.kiosk.keyboard.last_key(), None);
}

#[test]
fn what_is_no_code_gets_a_clear_message_and_no_visit() {
    for (text, message) in [
        ("A1B2345", "HES kodu 10 harf ve rakamdan oluşur. Lütfen yeniden deneyin."),
        ("A1B2_345678", "Bu bir HES kodu değil. Kodda yalnızca harf ve rakam bulunur."),
    ] {
        let mut door = Door::open();
        door.type_code(text);
        assert!(door.shows(message), "{text}");
        assert!(door.log().is_empty());
    }
}

#[test]
fn a_foreign_qr_code_says_so_and_makes_no_visit() {
    let mut door = Door::open();
    door.scan("https://example.org/menu");
    assert!(door.shows("Bu karekod bir HES karekodu değil."));
    assert!(door.log().is_empty());
}

#[test]
fn a_reading_during_a_check_is_dropped() {
    let mut door = Door::open();
    let first = door.begin_scan(GREEN);
    door.scan(RISKY);
    door.run(first);
    assert_eq!(door.log(), [(Some(Source::Camera), Decision::Admit)]);
}

#[test]
fn a_check_that_takes_no_time_leaves_the_welcome_until_its_outcome() {
    let mut door = Door::open();
    let check = door.begin_scan(GREEN);
    assert!(door.shows(WELCOME) && !door.shows("Sorgulanıyor"));
    door.run(check);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_check_that_takes_time_says_that_it_runs() {
    let mut door = Door::open();
    let _check = door.begin_scan(GREEN);
    door.wait(Duration::from_millis(100));
    assert!(door.shows("Sorgulanıyor") && !door.shows(WELCOME));
}

#[test]
fn nothing_of_the_last_visitors_outcome_is_shown_while_the_next_one_is_checked() {
    let mut door = Door::open();
    door.scan(GREEN);
    let _check = door.begin_scan(RISKY);
    assert!(door.shows("Sorgulanıyor") && !door.shows("Girebilirsiniz"));
}

#[test]
fn an_answer_to_an_earlier_visit_is_ignored() {
    let mut door = Door::open();
    let first = door.begin_scan(GREEN);
    let mut actions = task::into_stream(first).unwrap();
    let Some(Action::Output(late)) = door.runtime.block_on(actions.next()) else { unreachable!() };
    door.tell(late.clone());
    door.wait(Duration::from_secs(10));
    door.type_code(RISKY);
    door.tell(late);
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)));
}

#[test]
fn a_slow_service_is_said_to_be_slow_after_one_and_a_half_seconds() {
    let mut door = Door::open();
    let reading = Reading { text: GREEN.to_owned(), source: Source::Camera };
    let reported =
        Message::ScannerReported(ScannerEvent::Reading { reading, captured: Duration::ZERO }, door.now);
    let check = door.kiosk.update(reported);
    door.wait(Duration::from_millis(1400));
    let early = picture(&door, USUAL);
    door.wait(Duration::from_millis(200));
    let late = picture(&door, USUAL);
    assert!(dark_pixels(&late, 0.74..0.78) > dark_pixels(&early, 0.74..0.78));
    drop(check);
}

/// How many pixels of a band of the screen, given in parts of its height, are not of the ground.
fn dark_pixels(picture: &RgbImage, band: Range<f64>) -> usize {
    let rows = |part: f64| (part * f64::from(picture.height())) as u32;
    let band = rows(band.start)..rows(band.end);
    picture.enumerate_pixels().filter(|(_, y, pixel)| band.contains(y) && pixel.0[0] < 128).count()
}

#[test]
fn an_outcome_closes_by_itself_after_its_time() {
    for (code, seconds) in [(GREEN, 4), (RISKY, 15), (FAILING, 15)] {
        let mut door = Door::open();
        door.type_code(code);
        door.wait(Duration::from_secs(seconds) - Duration::from_millis(600));
        assert!(door.decision().is_some(), "{code}");
        door.wait(Duration::from_secs(1));
        assert!(door.is_welcoming(), "{code}");
    }
}

#[test]
fn the_settings_say_how_long_an_outcome_stands() {
    let mut door = Door::with_settings("[screen]\nadmit_seconds = 9");
    door.type_code(GREEN);
    door.wait(Duration::from_secs(8));
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_touch_closes_an_outcome() {
    let mut door = Door::open();
    door.type_code(RISKY);
    door.touch("Giriş yapılamıyor");
    assert!(door.is_welcoming());
}

#[test]
fn the_next_reading_closes_an_outcome() {
    let mut door = Door::open();
    door.type_code(RISKY);
    door.scan(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_code_that_stays_in_view_is_one_visit() {
    let mut door = Door::open();
    for _ in 0..20 {
        door.scan(GREEN);
        door.wait(Duration::from_secs(1));
    }
    assert_eq!(door.log().len(), 1);
}

#[test]
fn a_code_shown_again_is_asked_again_and_carries_the_time_of_the_first() {
    let mut door = Door::open();
    door.scan(GREEN);
    let time = super::widgets::clock_time(desk::visits(&door)[0].at);
    door.wait(Duration::from_secs(10));
    door.scan(GREEN);
    assert!(door.shows(&format!("Bu kod daha önce de gösterildi: {time} · kimliği karşılaştırın")));
    assert_eq!(door.log().len(), 2);
}

#[test]
fn a_first_showing_carries_no_band() {
    let mut door = Door::with_settings("");
    door.scan(GREEN);
    let time = super::widgets::clock_time(door.now.time);
    assert!(!door.shows(&format!("Bu kod daha önce de gösterildi: {time} · kimliği karşılaştırın")));
}

#[test]
fn five_typed_codes_that_fail_send_to_the_desk_for_a_minute() {
    let mut door = Door::open();
    for _ in 0..5 {
        door.type_code(RISKY);
        door.touch("Giriş yapılamıyor");
    }
    door.type_code(GREEN);
    assert_eq!(door.log().len(), 5, "the sixth is not asked");
    door.wait(Duration::from_secs(61));
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_readers_codes_are_no_attempts_at_guessing() {
    let mut door = Door::open();
    for _ in 0..6 {
        door.type_text("A1B2345671", Duration::from_millis(5));
        door.wait(Duration::from_millis(200));
    }
    assert_eq!(door.log().len(), 6);
}

#[test]
fn a_touch_switches_the_language_and_a_minute_of_quiet_brings_the_first_back() {
    let mut door = Door::open();
    door.touch("English");
    assert!(door.shows("Welcome"));
    door.wait(Duration::from_secs(61));
    assert!(door.shows("Hoş geldiniz"));
}

/// The digests of the settings with which the kiosk was started, oldest first.
fn digests(door: &Door) -> Vec<String> {
    let digest = |record| match record {
        Record::Act(Act { deed: Deed::Started { settings }, .. }) => Some(settings),
        Record::Act(_) | Record::Visit(_) => None,
    };
    door.records().into_iter().filter_map(digest).collect()
}

#[test]
fn each_start_is_recorded_with_what_tells_its_settings_from_others() {
    let mut folder = tempfile::tempdir().unwrap();
    for more in ["", "", "[screen]\nadmit_seconds = 5"] {
        write_settings(folder.path(), more);
        // The kiosk before has ended by then.
        folder = Door::at(folder).folder;
    }
    let digests = digests(&Door::at(folder));
    assert!(digests[0] == digests[1] && digests[1] != digests[2] && digests[2] == digests[3], "{digests:?}");
}

/// Settings of an institution's own service, which nobody has to answer.
fn own_service(folder: &Path) -> String {
    own_service_at(folder, "http://127.0.0.1:9/")
}

/// Settings of an institution's own service, to which the simulator's credentials are known.
fn own_service_at(folder: &Path, url: &str) -> String {
    let password = folder.join("password");
    crate::private::open_file(&password).unwrap();
    fs::write(&password, simulator::PASSWORD).unwrap();
    format!(
        "[service]\nenvironment = \"own\"\nmethod = \"general\"\n[service.own]\nurl = \"{url}\"\nusername = \"{}\"\n\
         password_file = \"{}\"\n[privacy]\ncontroller = \"Deneme A.Ş.\"\ncontact = \"kvkk@example.org\"\n\
         legal_basis = \"m. 6/3-c\"\npurpose = \"giriş denetimi\"",
        simulator::USER_NAME,
        password.display()
    )
}

#[test]
fn a_banner_says_that_decisions_are_not_real_unless_they_are() {
    const BANNER: &str = "DENEME · Kararlar gerçek değildir";
    let mut demo = Door::open();
    assert!(demo.shows(BANNER));
    demo.type_code(GREEN);
    assert!(demo.shows(BANNER));

    let folder = tempfile::tempdir().unwrap();
    let settings = own_service(folder.path());
    write_settings(folder.path(), &settings);
    assert!(!Door::at(folder).shows(BANNER));
}

#[test]
fn the_notice_says_who_why_how_long_and_whom_to_ask() {
    let folder = tempfile::tempdir().unwrap();
    let settings = own_service(folder.path());
    write_settings(folder.path(), &settings);
    assert!(Door::at(folder).shows(
        "Veri sorumlusu: Deneme A.Ş. · Kodunuz saklanmaz; ziyaret kaydının içeriği 30 gün sonra silinir · \
         Sorularınız için: kvkk@example.org · Amaç: giriş denetimi (m. 6/3-c)"
    ));
}

/// Puts a file where the visit log's folder was, so that nothing can be written there.
fn take_the_log_away(door: &Door) -> PathBuf {
    let log = door.folder.path().join("log");
    fs::rename(&log, door.folder.path().join("away")).unwrap();
    fs::write(&log, "").unwrap();
    log
}

#[test]
fn a_visit_that_cannot_be_recorded_shows_no_colour() {
    let mut door = Door::open();
    take_the_log_away(&door);
    door.type_code(GREEN);
    assert!(door.is_out_of_service());
    assert!(door.shows("Ziyaret kaydı yazılamıyor. Lütfen danışmaya gidin."));
}

#[test]
fn the_kiosk_comes_back_by_itself_when_the_log_can_be_written_again() {
    let mut door = Door::open();
    let log = take_the_log_away(&door);
    door.type_code(GREEN);
    fs::remove_file(&log).unwrap();
    fs::rename(door.folder.path().join("away"), &log).unwrap();
    door.wait(Duration::from_secs(4));
    assert!(door.is_welcoming());
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn an_idle_kiosk_notices_that_it_cannot_record() {
    let mut door = Door::open();
    take_the_log_away(&door);
    door.wait(Duration::from_secs(16));
    assert!(door.is_out_of_service());
}

#[test]
fn wrong_settings_are_told_with_their_line_and_tried_again() {
    let mut door = Door::with_settings("[screen]\nadmit_seconds = 0\n[privacy]\ncontact = \"Ayşe, 1234\"");
    assert!(door.is_out_of_service());
    assert!(door.shows("Ayarlar kullanılamıyor. Lütfen danışmaya gidin."));
    assert!(door.shows("Aranacak: Ayşe, 1234"));
    write_settings(door.folder.path(), "");
    door.wait(Duration::from_secs(4));
    assert!(door.is_welcoming());
}

#[test]
fn a_close_request_does_not_close_the_kiosk() {
    let mut door = Door::open();
    let task = door.kiosk.update(Message::CloseRequested(iced::window::Id::unique()));
    assert!(task::into_stream(task).is_none());
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}
