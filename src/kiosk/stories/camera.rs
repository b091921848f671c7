//! What the camera sees, and what the welcome says of it.

use std::time::Duration;

use iced::keyboard::key::Named;

use super::desk;
use super::door::Door;
use super::picture::{picture, settled_picture};
use super::{GREEN, RISKY, USUAL};
use crate::entry::{Decision, Reason};
use crate::kiosk::message::Message;
use crate::scan::{CameraState, Preview, ScannerEvent};

impl Door {
    /// A camera tells its state, and how many frames a second come from it.
    pub(super) fn see(&mut self, state: CameraState, rate: u8) {
        for event in [ScannerEvent::Camera(state), ScannerEvent::FrameRate(rate)] {
            self.tell(Message::ScannerReported(event, self.now));
        }
    }
}

const SEVERAL_CODES: &str = "Birden çok kod var: tek tek gösterin";

#[test]
fn of_several_codes_in_view_none_is_taken_and_the_welcome_asks_for_one_at_a_time() {
    let mut door = Door::open();
    door.see_several_codes();
    assert!(door.shows(SEVERAL_CODES));
    door.touch("English");
    door.see_several_codes();
    assert!(door.shows("Several codes: show one code at a time"));
    assert!(door.is_welcoming() && door.log().is_empty());
}

#[test]
fn the_remark_on_several_codes_stands_while_they_do_and_a_moment_longer() {
    let mut door = Door::open();
    for _ in 0..20 {
        door.see_several_codes();
        door.wait(Duration::from_millis(500));
        assert!(door.shows(SEVERAL_CODES));
    }
    door.wait(Duration::from_secs(2));
    assert!(!door.shows(SEVERAL_CODES));
}

#[test]
fn one_of_several_codes_is_taken_when_it_remains_alone() {
    let mut door = Door::open();
    door.see_several_codes();
    door.scan(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_code_that_was_taken_before_another_came_beside_it_is_one_visit() {
    let mut door = Door::open();
    door.scan(GREEN);
    for _ in 0..12 {
        door.see_several_codes();
        door.wait(Duration::from_millis(500));
    }
    assert!(door.shows(SEVERAL_CODES));
    door.scan(GREEN);
    assert!(door.is_welcoming() && !door.shows(SEVERAL_CODES));
    assert_eq!(door.log().len(), 1);
}

#[test]
fn several_codes_in_view_close_no_outcome() {
    let mut door = Door::open();
    door.type_code(RISKY);
    door.see_several_codes();
    assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)));
}

#[test]
fn the_welcome_says_what_is_wrong_with_the_camera_and_to_type() {
    let mut door = Door::open();
    for (state, text) in [
        (CameraState::Missing, "Kamera yok: kodunuzu yazın"),
        (CameraState::NoPermission, "Kameraya izin yok: kodunuzu yazın"),
        (CameraState::Busy, "Kamera başka bir programda: kodunuzu yazın"),
        (CameraState::Unplugged, "Kamera çıkarıldı: kodunuzu yazın"),
        (CameraState::Stalled, "Kamera yanıt vermiyor: kodunuzu yazın"),
        (CameraState::Covered, "Kameranın önü kapalı: açın ya da kodunuzu yazın"),
        (CameraState::Damaged, "Kamera görüntüsü bozuk: kodunuzu yazın"),
        (CameraState::Unsupported, "Bu kamera kullanılamıyor: kodunuzu yazın"),
        (CameraState::Failed, "Kamera arızalı: kodunuzu yazın"),
        (CameraState::Restarting, "Kamera yeniden açılıyor: kodunuzu yazabilirsiniz"),
    ] {
        door.tell(Message::ScannerReported(ScannerEvent::Camera(state), door.now));
        assert!(door.shows(text), "{state:?}");
    }
}

#[test]
fn what_is_wrong_with_the_camera_is_said_in_english_too() {
    let mut door = Door::open();
    door.touch("English");
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Covered), door.now));
    assert!(door.shows("Camera covered: uncover it or type your code"));
}

#[test]
fn a_camera_that_works_again_is_said_to_at_once() {
    let mut door = Door::open();
    for state in [CameraState::Covered, CameraState::Working] {
        door.tell(Message::ScannerReported(ScannerEvent::Camera(state), door.now));
    }
    assert!(door.shows("HES karekodunuzu çerçeveye tutun"));
}

#[test]
fn what_a_camera_shows_that_sees_nothing_is_not_on_the_screen() {
    let preview = || Preview::new(2, 2, vec![255; 16]).unwrap();
    let mut door = Door::open();
    for (state, is_shown) in
        [(CameraState::Working, true), (CameraState::Slow, true), (CameraState::Covered, false)]
    {
        door.tell(Message::ScannerReported(ScannerEvent::Camera(state), door.now));
        door.tell(Message::ScannerReported(ScannerEvent::Preview(preview().into()), door.now));
        assert_eq!(door.kiosk.camera.preview().is_some(), is_shown, "{state:?}");
    }
}

/// The welcome at first, and after so many more pictures that come at this pace.
fn aimed(settings: &str, pictures: u32, pace: Duration) -> [image::RgbImage; 2] {
    let mut door = Door::with_settings(settings);
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Working), door.now));
    let see = |door: &mut Door| {
        let wall = Preview::sample(640, 480, |_, _| [120; 3]).unwrap();
        door.tell(Message::ScannerReported(ScannerEvent::Preview(wall.into()), door.now));
    };
    see(&mut door);
    let first = picture(&door, USUAL);
    for _ in 0..pictures {
        door.now.instant += pace;
        see(&mut door);
    }
    [first, picture(&door, USUAL)]
}

#[test]
fn the_aiming_frame_breathes_while_somebody_moves_before_the_camera() {
    let [first, last] = aimed("", 15, Duration::from_millis(100));
    assert!(first != last);
}

#[test]
fn the_aiming_frame_stands_while_nobody_moves_and_where_nothing_may() {
    for (settings, pace) in
        [("", Duration::from_secs(1)), ("[screen]\nreduce_motion = true", Duration::from_millis(100))]
    {
        let [first, last] = aimed(settings, 15, pace);
        assert!(first == last, "{settings}");
    }
}

#[test]
fn what_the_camera_shows_is_made_for_its_place() {
    let mut door = Door::open();
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Working), door.now));
    door.tell(Message::PreviewMeasured(iced::Size::new(652.0, 591.6)));
    let preview = Preview::new(2, 2, vec![255; 16]).unwrap();
    door.tell(Message::ScannerReported(ScannerEvent::Preview(preview.into()), door.now));
    let shown = door.kiosk.camera.preview().unwrap();
    assert_eq!(shown.size(), iced::Size::new(652.0, 592.0));
}

#[test]
fn a_picture_that_comes_while_an_outcome_stands_waits_for_the_next_welcome() {
    let mut door = Door::open();
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Working), door.now));
    door.type_code(GREEN);
    let wall = Preview::sample(640, 480, |_, _| [120; 3]).unwrap();
    door.tell(Message::ScannerReported(ScannerEvent::Preview(wall.into()), door.now));
    let before = door.kiosk.camera.preview().is_some();
    desk::press(&mut door, Named::Escape);
    assert_eq!((before, door.kiosk.camera.preview().is_some()), (false, true));
}

#[test]
fn the_picture_covers_its_place_to_the_last_pixel() {
    const WALL: [u8; 3] = [255; 3];
    let mut door = Door::open();
    door.tell(Message::ScannerReported(ScannerEvent::Camera(CameraState::Working), door.now));
    for width in [1280.0, 1283.0] {
        let size = iced::Size::new(width, 800.0);
        settled_picture(&mut door, size);
        let wall = Preview::sample(640, 480, |_, _| WALL).unwrap();
        door.tell(Message::ScannerReported(ScannerEvent::Preview(wall.into()), door.now));
        let picture = settled_picture(&mut door, size);
        // A line above the frame to aim at, from the middle of the picture to the heading beside it.
        let line: Vec<u8> = (300..700).map(|x| picture.get_pixel(x, 140)[0]).collect();
        let dark = line.iter().filter(|&&shade| shade < 200).count();
        assert_eq!(dark, 0, "{width}: {line:?}");
    }
}

#[test]
fn where_there_is_no_camera_visitors_are_told_the_other_ways_and_of_none_that_is_missing() {
    let door = Door::with_settings("[camera]\nsource = \"none\"\n");
    assert!(door.shows("Kodunuzu okuyucuya tutun ya da yazın"));
    assert!(!door.shows("Kamera açılıyor…"));
}

#[test]
fn the_open_desk_tells_how_many_frames_a_second_come_from_a_camera_that_sees() {
    let mut door = desk::door();
    door.see(CameraState::Slow, 5);
    desk::press(&mut door, Named::F12);
    assert!(door.shows("Kamera hazır"));
    door.type_code(desk::GUARD);
    assert!(door.shows("Kamera 5 kare/sn"));
    door.see(CameraState::Covered, 5);
    assert!(door.shows("Kamera görmüyor") && !door.shows("Kamera 5 kare/sn"));
}
