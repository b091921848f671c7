//! The privacy notice in a real window: reached, moved and closed by each means that a visitor may have.

use crate::display::{Area, Key};
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::{Look, Picture};

/// Where the text is, and where its bar begins.
const TEXT: Area = Area { left: 60, top: 130, width: 600, height: 600 };
const IN_TEXT: (i16, i16) = (360, 430);
const BAR: (i16, i16) = (710, 140);

/// A kiosk that shows its notice, and the beginning of the text.
fn kiosk_with_notice() -> (Kiosk, Picture) {
    let settings =
        "[privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"".to_owned();
    let kiosk = Setup { settings, ..Setup::default() }.start();
    // The button that checks, five languages, two aids, and the notice.
    for _ in 0..9 {
        kiosk.display.press_by_hand(Key::Tab);
    }
    kiosk.display.press_by_hand(Key::Enter);
    kiosk.until("no notice", PATIENCE, || kiosk.look() == Look::Other);
    let beginning = kiosk.display.picture_of(TEXT);
    (kiosk, beginning)
}

#[test]
fn the_text_is_moved_by_arrow_and_page_keys_and_closed_by_escape() {
    let (kiosk, beginning) = kiosk_with_notice();
    for (there, back) in [(Key::Down, Key::Up), (Key::PageDown, Key::PageUp)] {
        kiosk.display.press(there);
        kiosk.until("the text stands still", PATIENCE, || kiosk.display.picture_of(TEXT) != beginning);
        kiosk.display.press(back);
        kiosk.until("the text does not go back", PATIENCE, || kiosk.display.picture_of(TEXT) == beginning);
    }
    kiosk.display.press(Key::Escape);
    kiosk.shows(Look::Welcome);
}

#[test]
fn the_text_is_moved_by_the_wheel() {
    let (kiosk, beginning) = kiosk_with_notice();
    kiosk.display.turn_wheel(IN_TEXT);
    kiosk.until("the text stands still", PATIENCE, || kiosk.display.picture_of(TEXT) != beginning);
}

#[test]
fn the_text_is_moved_by_its_bar() {
    let (kiosk, beginning) = kiosk_with_notice();
    kiosk.display.drag(BAR, (BAR.0, BAR.1 + 200));
    kiosk.until("the text stands still", PATIENCE, || kiosk.display.picture_of(TEXT) != beginning);
}

#[test]
fn a_code_that_is_read_meanwhile_is_checked() {
    let (kiosk, _) = kiosk_with_notice();
    kiosk.display.type_text("A1B2345670", crate::display::READER);
    kiosk.display.press(Key::Enter);
    kiosk.shows(Look::Admit);
}
