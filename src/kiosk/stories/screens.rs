//! Every screen in every language, at the sizes of the windows that it may have.

use std::time::Duration;

use clap::ValueEnum;
use iced::keyboard::{Key, key::Named};
use iced::{Color, Rectangle, Size};
use iced_test::Simulator;
use iced_test::selector::Candidate;
use jiff::SignedDuration;

use super::check_out::goodbye;
use super::door::{Door, write_settings};
use super::{FAILING, GREEN, RISKY, desk, inside, manager, manual, own_service, way_out};
use crate::checkin::Health;
use crate::hes::{MaskedHolder, QueryError};
use crate::kiosk::label::Fit;
use crate::kiosk::language::Texts;
use crate::kiosk::message::{Message, Moment};
use crate::kiosk::state::{Aids, Screen};
use crate::kiosk::test_settings;
use crate::kiosk::{palette, welcome};
use crate::scan::{CameraState, Preview, ScannerEvent, SerialEvent};
use crate::settings::Language;

/// From the smallest panel to a wall, in landscape and in portrait.
const SIZES: [Size; 7] = [
    Size::new(800.0, 480.0),
    Size::new(1024.0, 600.0),
    Size::new(1280.0, 800.0),
    Size::new(1920.0, 1080.0),
    Size::new(3840.0, 2160.0),
    Size::new(480.0, 800.0),
    Size::new(1080.0, 1920.0),
];

/// What a live kiosk has to say on its screens, at the length of an institution's own words.
const LIVE: &str = "[site]\nname = \"Yıldız Teknoloji Geliştirme Bölgesi A.Ş. Genel Müdürlüğü\"\n\
    [screen]\nnight = \"20:00-07:00\"\n";

/// What an institution tells its visitors about their data.
pub(super) const PRIVACY: &str = "[privacy]\n\
    controller = \"Yıldız Teknoloji Geliştirme Bölgesi A.Ş.\"\ncontact = \"kvkk@yildiz.example · 0212 555 00 00\"\n\
    legal_basis = \"KVKK m. 6/3-ç\"\npurpose = \"Bina girişinde bulaşıcı hastalıkların önlenmesi\"\n";

/// A screen by its name, reached as a visitor reaches it.
pub(super) fn each_screen() -> Vec<(&'static str, Door)> {
    let visit = |code: &str| {
        let mut door = Door::with_settings(LIVE);
        door.type_code(code);
        door
    };
    let mut several_codes = Door::with_settings(LIVE);
    several_codes.see_several_codes();
    let mut no_code = Door::with_settings(LIVE);
    no_code.touch("HES kodum yok");
    let mut again = visit(GREEN);
    again.wait(Duration::from_secs(60));
    again.type_code(GREEN);
    let mut attempts = Door::with_settings(LIVE);
    for _ in 0..5 {
        attempts.type_code("A1B2-3456-7");
    }
    vec![
        ("welcome", Door::with_settings(LIVE)),
        ("welcome-focus", focused(Door::with_settings(LIVE))),
        ("welcome-own", own()),
        ("camera", camera()),
        ("camera-covered", camera_covered()),
        ("camera-none", Door::with_settings(&format!("{LIVE}[camera]\nsource = \"none\"\n"))),
        ("faults", faults()),
        ("several-codes", several_codes),
        ("problem", visit("A1B2-3456-7")),
        ("attempts", attempts),
        ("checking", checking()),
        ("checking-slow", checking_slow()),
        ("awaiting-desk", manual::waiting()),
        ("awaiting-desk-other", manual::others_waiting()),
        ("admit", visit(GREEN)),
        ("again", again),
        ("admit-long", long_names()),
        ("after-desk", after_desk()),
        ("refuse", visit(RISKY)),
        ("unverified", visit(FAILING)),
        ("no-code", no_code),
        ("check-out", goodbye(LIVE)),
        ("notice", notice()),
        ("notice-demo", notice_of(Door::with_settings(LIVE))),
        ("out-of-service", Door::with_settings("[policy]\nadmit = \"everybody\"")),
    ]
    .into_iter()
    .chain(identity_screens())
    .collect()
}

/// The question for the identity, and what it remarks.
fn identity_screens() -> [(&'static str, Door); 6] {
    let answered = |digits: &str| {
        let mut door = identity();
        door.type_code(digits);
        door
    };
    let mut by_reader = identity();
    by_reader.type_text("792", Duration::from_millis(5));
    by_reader.press(Key::Named(Named::Enter), None);
    let mut other_code = identity();
    other_code.scan(RISKY);
    [
        ("identity", identity()),
        ("identity-focus", focused(identity())),
        ("identity-not-three", answered("11")),
        ("identity-not-by-hand", by_reader),
        ("identity-other-code", other_code),
        ("mismatch", answered("111")),
    ]
}

/// The same with a ring around what has the focus.
fn focused(mut door: Door) -> Door {
    door.press_named(Named::Tab);
    door
}

/// A visitor with a long name, at an entrance with one, who shows the code for the second time.
fn long_names() -> Door {
    let entrance = "Kuzey Kapısı – Ziyaretçi ve Yüklenici Girişi B2";
    let name = "name = \"Yıldız Teknoloji Geliştirme Bölgesi A.Ş. Genel Müdürlüğü";
    let long = format!("{name} Araştırma Yerleşkesi\"\nentrance = \"{entrance}\"");
    let mut door = Door::with_settings(&LIVE.replace(&format!("{name}\""), &long));
    for _ in 0..2 {
        door.type_code(GREEN);
    }
    let Screen::Outcome(screen) = &mut door.kiosk.screen else { unreachable!("the visitor is admitted") };
    let holder = MaskedHolder {
        first_name: Some("MU****** AB*******".to_owned()),
        last_name: Some("KA*********** YI**********".to_owned()),
        identity_number: Some("********792".to_owned()),
    };
    screen.outcome.holder = Some(holder);
    door
}

/// A visitor whose outcome waited for the desk to close.
fn after_desk() -> Door {
    let mut door = Door::with_settings(LIVE);
    for text in [None, Some(GREEN), None] {
        match text {
            Some(text) => door.scan(text),
            None => door.press(Key::Named(Named::F12), None),
        }
    }
    door
}

/// A camera that sees a lobby, as far as a screen's look needs one: a wall and a floor.
fn camera() -> Door {
    let mut door = own();
    let preview = Preview::sample(640, 480, |_, y| if y < 330 { [150, 158, 160] } else { [104, 96, 88] });
    for event in [ScannerEvent::Camera(CameraState::Working), ScannerEvent::Preview(preview.unwrap().into())]
    {
        door.tell(Message::ScannerReported(event, door.now));
    }
    door
}

fn camera_covered() -> Door {
    let mut door = Door::with_settings(LIVE);
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Covered), door.now));
    door
}

/// All that staff may have to look after at once.
fn faults() -> Door {
    let mut door = Door::with_settings(LIVE);
    door.tell(Message::SerialReaderReported(SerialEvent::Lost, door.now));
    let clock_doubt = SignedDuration::from_hours(2);
    door.tell(Message::HealthChecked(Health {
        service: Some(Err(QueryError::TimedOut)),
        clock_doubt,
        is_disk_low: false,
    }));
    door
}

fn checking() -> Door {
    let mut door = Door::with_settings(LIVE);
    // Over another visitor's outcome it is said at once that a check runs.
    door.scan(RISKY);
    // Nobody runs the check, so that it goes on.
    drop(door.begin_scan(GREEN));
    door
}

fn checking_slow() -> Door {
    let mut door = checking();
    door.wait(Duration::from_secs(2));
    door
}

fn identity() -> Door {
    let mut door = Door::with_settings(&format!("{LIVE}[identity]\nask_last_digits = true\n"));
    door.type_code(GREEN);
    door
}

/// An institution's own service: what it tells its visitors stands on the welcome.
fn own() -> Door {
    let folder = tempfile::tempdir().unwrap();
    let own = own_service(folder.path());
    let (service, _) = own.split_once("[privacy]").unwrap();
    write_settings(folder.path(), &format!("{LIVE}{service}{PRIVACY}"));
    Door::at(folder)
}

fn notice() -> Door {
    notice_of(Door::with_settings(&format!("{LIVE}{PRIVACY}")))
}

fn notice_of(mut door: Door) -> Door {
    door.touch("Aydınlatma metni");
    door
}

/// The texts of a screen and how they are set.
pub(super) fn fits(door: &Door, window: Size) -> Vec<(String, Fit)> {
    let mut screen: Simulator<'_, _> = Simulator::with_size(test_settings(), window, door.kiosk.view());
    let (mut last, mut fits) = (String::new(), Vec::new());
    let collect = |candidate: Candidate<'_>| -> Option<()> {
        match candidate {
            Candidate::Text { content, .. } => last = content.to_owned(),
            Candidate::Custom { state, .. } => {
                fits.extend(state.downcast_ref::<Fit>().map(|fit| (last.clone(), *fit)));
            }
            _ => {}
        }
        None
    };
    let _ = screen.find(collect);
    assert!(!fits.is_empty(), "a screen says something");
    fits
}

/// The texts that have no room in a window, or only at a size that is too small to read. Larger type may be set smaller
/// again where it has no room, by as much as it is larger.
fn unfit(door: &Door, window: Size) -> Vec<String> {
    let fits = fits(door, window).into_iter();
    let share = if door.kiosk.aids.larger_text { 0.7 / 1.25 } else { 0.7 };
    let unfit = fits.filter(|(_, fit)| fit.overflows || fit.size < (fit.asked * share).max(11.9));
    unfit.map(|(text, fit)| format!("{}x{}: {fit:?} {text}", window.width, window.height)).collect()
}

#[test]
fn every_text_of_every_screen_has_its_room_in_every_language_and_when_it_is_larger() {
    let mut wrong = Vec::new();
    for (name, mut door) in each_screen() {
        for larger_text in [false, true] {
            door.kiosk.aids = Aids { larger_text, ..Aids::default() };
            for &language in Language::value_variants() {
                door.speak(language);
                let unfit = SIZES.iter().flat_map(|&window| unfit(&door, window));
                wrong.extend(unfit.map(|text| format!("{name} {language:?} {larger_text} {text}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_text_of_every_desk_screen_has_its_room_in_the_languages_of_staff() {
    let mut wrong = Vec::new();
    for language in ["tr", "en"] {
        let screens = desk::each_screen(language).into_iter().chain(inside::each_screen(language));
        let others = manager::each_screen(language).into_iter().chain(manual::each_desk_screen(language));
        for (name, mut door) in screens.chain(others).chain(way_out::each_screen(language)) {
            door.tell(Message::Desk(crate::kiosk::desk::Message::AwaitCode, door.now));
            let windows = SIZES.iter().flat_map(|&window| fits(&door, window));
            let unfit = windows.filter(|(_, fit)| fit.overflows || fit.size < (fit.asked * 0.7).max(11.0));
            wrong.extend(unfit.map(|(text, fit)| format!("{name} {language} {fit:?} {text}")));
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_to_do_has_its_room_below_the_band_of_a_code_that_could_not_be_verified_twice() {
    let mut door = Door::with_settings(LIVE);
    door.type_code(FAILING);
    door.wait(Duration::from_secs(60));
    door.type_code(FAILING);
    let mut wrong = Vec::new();
    for &language in Language::value_variants() {
        door.speak(language);
        wrong.extend(SIZES.iter().flat_map(|&window| unfit(&door, window)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_character_of_a_typed_code_stands_as_large_as_the_others() {
    let mut smaller = Vec::new();
    for typed in ["0123456789", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZMWWM"] {
        let mut door = Door::with_settings(LIVE);
        door.type_text(typed, Duration::from_millis(120));
        for window in SIZES {
            let places = fits(&door, window).into_iter().filter(|(text, _)| text.chars().count() == 1);
            smaller.extend(places.filter(|(_, fit)| fit.size < fit.asked).map(|place| (window, place)));
        }
    }
    assert_eq!(smaller, Vec::new());
}

/// The texts of a screen that stand over each other or reach out of the window.
fn colliding(door: &Door, window: Size) -> Vec<String> {
    let mut screen: Simulator<'_, _> = Simulator::with_size(test_settings(), window, door.kiosk.view());
    let mut texts: Vec<(String, Rectangle)> = Vec::new();
    let collect = |candidate: Candidate<'_>| -> Option<()> {
        if let Candidate::Text { content, visible_bounds: Some(bounds), .. } = candidate {
            texts.push((content.to_owned(), bounds));
        }
        None
    };
    let _ = screen.find(collect);
    let is_inside = |bounds: &Rectangle| bounds.is_within(&Rectangle::with_size(window));
    let mut colliding: Vec<_> =
        texts.iter().filter(|(_, bounds)| !is_inside(bounds)).map(|(text, _)| text.clone()).collect();
    for (place, (one, bounds)) in texts.iter().enumerate() {
        let over = texts[..place].iter().filter(|(_, other)| {
            bounds.intersection(other).is_some_and(|both| both.width > 1.0 && both.height > 1.0)
        });
        colliding.extend(over.map(|(other, _)| format!("{one} | {other}")));
    }
    colliding.iter().map(|text| format!("{}x{}: {text}", window.width, window.height)).collect()
}

#[test]
fn no_text_of_any_screen_stands_over_another_one_in_any_language() {
    let mut wrong = Vec::new();
    for (name, mut door) in each_screen() {
        for &language in Language::value_variants() {
            door.speak(language);
            let colliding = SIZES.iter().flat_map(|&window| colliding(&door, window));
            wrong.extend(colliding.map(|text| format!("{name} {language:?} {text}")));
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_outcomes_title_is_a_ninth_of_the_windows_shorter_side_in_every_language() {
    let titles = ["admit-title", "refuse-title", "unverified-title", "no-code-title", "check-out-title"];
    let mut small = Vec::new();
    for (name, mut door) in each_screen().into_iter().filter(|(_, door)| door.decision().is_some()) {
        for &language in Language::value_variants() {
            door.kiosk.texts = Texts::of(language);
            let titles = titles.map(|key| Texts::of(language).get(key));
            for window in SIZES {
                let least = door.kiosk.design(window).least_title();
                let set = fits(&door, window).into_iter().filter(|(text, _)| titles.contains(text));
                small.extend(
                    set.filter(|(_, fit)| fit.size < least).map(|found| (name, language, window, found)),
                );
            }
        }
    }
    assert!(small.is_empty(), "{small:#?}");
}

#[test]
fn larger_type_and_more_contrast_last_for_one_visit() {
    let mut door = Door::with_settings(LIVE);
    let usual = door.kiosk.design(SIZES[2]);
    for message in [welcome::Message::LargerText, welcome::Message::HighContrast] {
        door.tell(Message::Welcome(message, door.now));
    }
    let aided = door.kiosk.design(SIZES[2]);
    assert!(aided.text(20.0) > usual.text(20.0) && aided.palette == palette::HIGH_CONTRAST);
    door.type_code(RISKY);
    assert_eq!(door.kiosk.design(SIZES[2]), aided);
    door.touch("Giriş yapılamıyor");
    assert_eq!(door.kiosk.design(SIZES[2]), usual);
}

#[test]
fn larger_type_and_more_contrast_are_not_for_whoever_comes_next() {
    let mut door = Door::with_settings(LIVE);
    let usual = door.kiosk.design(SIZES[2]);
    for message in [welcome::Message::LargerText, welcome::Message::HighContrast] {
        door.tell(Message::Welcome(message, door.now));
    }
    door.type_code(RISKY);
    door.scan(GREEN);
    assert_eq!(door.kiosk.design(SIZES[2]), usual);
}

#[test]
fn a_visitor_who_leaves_takes_larger_type_along() {
    let mut door = Door::with_settings(LIVE);
    let usual = door.kiosk.design(SIZES[2]);
    door.tell(Message::Welcome(welcome::Message::LargerText, door.now));
    door.wait(Duration::from_secs(61));
    assert_eq!(door.kiosk.design(SIZES[2]), usual);
}

#[test]
fn the_window_is_dark_in_the_hours_of_the_night() {
    let mut door = Door::with_settings("[screen]\nnight = \"20:00-07:00\"");
    for (time, palette) in [("2026-11-28T16:59:59Z", palette::DAY), ("2026-11-28T17:00:00Z", palette::NIGHT)]
    {
        door.tell(Message::Ticked(Moment { time: time.parse().unwrap(), ..door.now }));
        assert_eq!(door.kiosk.palette(), palette, "{time}");
    }
}

/// A minute without a touch brings the first language back, however many visitors' codes are read meanwhile.
#[test]
fn whoever_only_shows_a_code_keeps_nobodys_language() {
    let mut door = Door::with_settings(LIVE);
    door.speak(Language::Arabic);
    for code in [GREEN, RISKY, FAILING, GREEN] {
        door.wait(Duration::from_secs(16));
        door.scan(code);
    }
    door.wait(Duration::from_secs(16));
    assert_eq!(door.kiosk.texts.language(), Language::Turkish);
}

#[test]
fn out_of_service_tells_staff_in_their_own_language() {
    let mut door = Door::with_settings("[policy]\nadmit = \"everybody\"");
    door.speak(Language::Arabic);
    let called = Texts::of(Language::Turkish).get("out-of-service-call-unknown");
    assert!(fits(&door, SIZES[2]).iter().any(|(text, _)| *text == called));
}

#[test]
fn wrong_settings_that_name_a_language_are_told_to_visitors_in_it() {
    let door = Door::with_settings("[screen]\nlanguages = [\"de\"]\n[policy]\nadmit = \"everybody\"");
    assert!(door.shows(&Texts::of(Language::German).get("out-of-service-title")));
}

#[test]
fn another_language_has_a_ground_of_its_own() {
    let mut door = Door::with_settings(LIVE);
    let before = door.kiosk.ground();
    door.speak(Language::Arabic);
    assert_ne!(door.kiosk.ground(), before);
}

/// The renderer repaints the whole window where its ground changes: piece by piece something of the last screen could
/// remain.
#[test]
fn each_screen_has_a_ground_of_its_own_by_day_and_at_night() {
    let names =
        ["welcome", "notice", "checking", "identity", "admit", "refuse", "unverified", "out-of-service"];
    let mut desk = Door::with_settings(LIVE);
    let _nothing = desk.kiosk.open_desk(desk.now);
    let screens = each_screen().into_iter().filter(|(name, _)| names.contains(name));
    let mut doors: Vec<_> = screens.map(|(_, door)| door).chain([desk]).collect();
    for time in ["2026-11-28T06:41:00Z", "2026-11-28T18:41:00Z"] {
        let ground = |door: &mut Door| {
            door.kiosk.now.time = time.parse().unwrap();
            door.kiosk.ground()
        };
        let grounds: Vec<_> = doors.iter_mut().map(ground).collect();
        let is_shared = |ground: &&Color| grounds.iter().filter(|other| other == ground).count() > 1;
        assert_eq!(grounds.iter().find(is_shared), None, "{time}: {grounds:?}");
    }
}
