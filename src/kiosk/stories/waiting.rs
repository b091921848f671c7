//! Who waits at the desk, and how visits are told apart there.

use std::time::Duration;

use iced::{Event, Point, Size, mouse};
use iced_test::Simulator;
use iced_test::selector::Candidate;
use jiff::SignedDuration;

use super::check_out::{CHECKS_OUT, admit};
use super::desk::{GUARD, MANAGER, door, is_open, open, visits, with_settings};
use super::door::Door;
use super::picture::{held_picture, picture};
use super::screens::fits;
use super::{FAILING, GREEN, USUAL};
use crate::checkin::Health;
use crate::hes::QueryError;
use crate::kiosk::desk;
use crate::kiosk::language::local;
use crate::kiosk::message::Message;
use crate::kiosk::test_settings;
use crate::scan::{CameraState, ScannerEvent};
use crate::visits::{Visit, VisitsError};

#[test]
fn all_who_wait_can_be_reached_in_a_small_window_and_first_whoever_waits_longest() {
    let mut door = with_settings(CHECKS_OUT);
    for ago in [50, 40, 30, 20, 10] {
        door.record_in(SignedDuration::from_secs(-ago));
    }
    open(&mut door, MANAGER);
    for window in [Size::new(480.0, 800.0), Size::new(800.0, 480.0)] {
        let waiting = who_waits(&door, window);
        let clock = |visit: &Visit| local(visit.at).strftime("%H:%M:%S · Düğme").to_string();
        let all: Vec<_> = visits(&door).iter().map(clock).collect();
        assert_eq!(waiting.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>(), all);
        assert!(waiting[..2].iter().all(|(_, height)| *height >= 12.0), "{window:?}: {waiting:?}");
    }
}

#[test]
fn of_very_many_who_wait_fifty_are_shown_and_how_many_more_there_are() {
    let mut door = door();
    for ago in 1..=51 {
        door.record_in(SignedDuration::from_secs(-ago));
    }
    open(&mut door, GUARD);
    let waiting = who_waits(&door, Size::new(1280.0, 800.0)).len();
    assert_eq!((waiting, door.shows("1 kişi daha bekliyor: listede “Doğrulanamadı”")), (50, true));
}

#[test]
fn the_days_numbers_stand_in_every_window_at_the_size_of_others() {
    for window in [Size::new(480.0, 800.0), Size::new(800.0, 480.0), Size::new(1024.0, 600.0), USUAL] {
        let mut door = with_settings(CHECKS_OUT);
        door.type_code(FAILING);
        open(&mut door, MANAGER);
        let fits = fits(&door, window);
        let numbers = fits.iter().find(|(text, _)| text == "Bugün · 0 giriş, 0 ret, 1 doğrulanamayan");
        assert!(numbers.is_some_and(|(_, fit)| !fit.overflows && fit.size >= 12.0), "{window:?} {numbers:?}");
    }
}

/// What tells those apart who wait, in their order, and how much of it is seen.
fn who_waits(door: &Door, window: Size) -> Vec<(String, f32)> {
    let mut screen = Simulator::<Message>::with_size(test_settings(), window, door.kiosk.view());
    let mut waiting = Vec::new();
    let collect = |candidate: Candidate<'_>| -> Option<()> {
        if let Candidate::Text { content, visible_bounds, .. } = candidate
            && content.ends_with(" · Düğme")
        {
            waiting.push((content.to_owned(), visible_bounds.map_or(0.0, |bounds| bounds.height)));
        }
        None
    };
    let _ = screen.find(collect);
    waiting
}

#[test]
fn who_decides_sees_which_of_two_visits_of_a_minute_it_is() {
    let mut door = door();
    door.type_code(FAILING);
    door.wait(Duration::from_secs(20));
    door.scan(FAILING);
    open(&mut door, GUARD);
    let scanned = visits(&door).pop().unwrap();
    door.tell(Message::Desk(desk::Message::Decide(scanned.id), door.now));
    let at = local(scanned.at);
    assert!(door.shows(&format!("{} · Servis hata verdi", at.strftime("%H:%M:%S"))));
    let took = scanned.service_ms.unwrap();
    assert!(door.shows(&format!("{} · Karekod · {took} ms", at.strftime("%Y-%m-%d"))));
}

#[test]
fn a_visit_that_was_looked_up_has_its_day() {
    let mut door = door();
    admit(&door, GREEN, SignedDuration::from_hours(48));
    open(&mut door, GUARD);
    door.type_code(GREEN);
    let day = local(visits(&door)[0].at).strftime("%Y-%m-%d").to_string();
    assert!(door.shows(&day));
}

#[test]
fn the_desk_tells_how_quick_the_service_is_and_whether_the_camera_sees() {
    let mut door = door();
    door.type_code(GREEN);
    door.wait(Duration::from_secs(20));
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Covered), door.now));
    open(&mut door, GUARD);
    let took = visits(&door)[0].service_ms.unwrap();
    assert!(door.shows(&format!("Servis {took} ms")) && door.shows("Kamera görmüyor"));
}

#[test]
fn what_has_reached_its_retention_is_deleted_behind_an_open_desk_as_well() {
    let mut door = door();
    door.record_in(SignedDuration::from_hours(-31 * 24));
    open(&mut door, GUARD);
    door.now.instant += Duration::from_secs(24 * 60 * 60);
    door.tell(Message::Desk(desk::Message::Touched, door.now));
    door.tell(Message::Ticked(door.now));
    assert!(is_open(&door) && visits(&door).is_empty());
}

#[test]
fn a_log_that_takes_nothing_ends_the_desk_unless_a_visitors_screen_is_behind_it() {
    for (code, is_out) in [(None, true), (Some(GREEN), false)] {
        let mut door = door();
        open(&mut door, GUARD);
        if let Some(code) = code {
            door.scan(code);
        }
        door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
        assert_eq!(door.is_out_of_service(), is_out);
    }
}

#[test]
fn the_desk_tells_that_the_disk_is_nearly_full() {
    let mut door = door();
    open(&mut door, GUARD);
    for is_disk_low in [false, true] {
        let health = Health { service: Some(Ok(())), clock_doubt: SignedDuration::ZERO, is_disk_low };
        door.tell(Message::HealthChecked(health));
        assert_eq!(door.shows("Disk dolmak üzere"), is_disk_low);
    }
}

#[test]
fn whatever_is_wrong_the_button_that_locks_the_desk_is_there() {
    for window in [Size::new(480.0, 800.0), Size::new(800.0, 480.0)] {
        let mut door = door();
        open(&mut door, GUARD);
        let service = Some(Err(QueryError::TimedOut));
        let health = Health { service, clock_doubt: SignedDuration::from_hours(2), is_disk_low: true };
        door.tell(Message::HealthChecked(health));
        door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Covered), door.now));
        let mut screen = Simulator::with_size(test_settings(), window, door.kiosk.view());
        for words in ["Kilitle · 1:00", "Disk dolmak üzere", "Servis yanıt vermiyor"] {
            let bounds = screen.find(words).unwrap().visible_bounds().unwrap_or_default();
            assert!(bounds.width > 60.0 && bounds.x + bounds.width <= window.width, "{words}: {bounds:?}");
        }
    }
}

#[test]
fn a_verdict_that_is_held_down_looks_so() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.touch("Yazılı belge gösterildi");
    for verdict in ["Girebilir", "Giremez"] {
        let hand = door.screen().find(verdict).unwrap().bounds().center();
        assert!(held_picture(&door, USUAL, hand) != picture(&door, USUAL), "{verdict}");
    }
}

#[test]
fn of_many_reasons_none_takes_the_room_of_what_is_decided() {
    let reasons: Vec<String> = (1..=30).map(|reason| format!("\"{reason}. gerekçe\"")).collect();
    let mut door = with_settings(&format!("[desk]\nreasons = [{}]\n", reasons.join(", ")));
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    let low: Vec<_> = fits(&door, USUAL).into_iter().filter(|(_, fit)| fit.overflows).collect();
    assert!(low.is_empty(), "{low:?}");
}

#[test]
fn the_corner_is_below_a_banner_too_where_the_sites_name_begins() {
    let door = with_settings("[site]\nname = \"Merkez Bina\"\n");
    let mut screen = door.screen();
    let name = screen.find("Merkez Bina").unwrap().visible_bounds().unwrap();
    screen.point_at(Point::new(name.x + 4.0, name.center_y()));
    screen.simulate([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
    let is_held = |message| matches!(message, Message::Desk(desk::Message::CornerHeld, _));
    assert!(screen.into_messages().any(is_held));
}
