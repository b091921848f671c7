//! Another language in a real window, by a touch and by keys, until nobody is there any more.

use crate::display::{Area, Key};
use crate::kiosk::{INSTRUCTION, Kiosk, PATIENCE, Setup};
use crate::picture::Look;

/// The button of the second language.
const SECOND: (i16, i16) = (136, 748);
/// The button of Arabic.
const ARABIC: (i16, i16) = (278, 748);
/// All beside the camera's picture, which is there where lines begin on the right.
const BESIDE_PICTURE: Area = Area { left: 700, top: 100, width: 580, height: 700 };

fn kiosk_that_returns_soon() -> Kiosk {
    Setup { settings: "[screen]\nreturn_seconds = 5".to_owned(), ..Setup::default() }.start()
}

#[test]
fn the_first_language_returns_when_a_visitor_has_left() {
    let kiosk = kiosk_that_returns_soon();
    let first = kiosk.display.picture_of(INSTRUCTION);
    kiosk.display.click(SECOND);
    kiosk.until("no other language", PATIENCE, || kiosk.display.picture_of(INSTRUCTION) != first);
    kiosk.until("the first language does not return", PATIENCE, || {
        kiosk.display.picture_of(INSTRUCTION) == first
    });
}

#[test]
fn a_language_is_chosen_by_keys_and_an_outcome_is_said_in_it() {
    let kiosk = Kiosk::start();
    let first = kiosk.display.picture_of(INSTRUCTION);
    // The button that checks comes first, then the languages.
    for _ in 0..3 {
        kiosk.display.press_by_hand(Key::Tab);
    }
    kiosk.display.press_by_hand(Key::Enter);
    kiosk.until("no other language", PATIENCE, || kiosk.display.picture_of(INSTRUCTION) != first);
    kiosk.type_code("A1B2345671");
    kiosk.shows(Look::Refuse);
}

#[test]
fn nothing_of_arabic_and_its_mirrored_screen_is_left_when_the_first_language_returns() {
    let kiosk = kiosk_that_returns_soon();
    let first = kiosk.display.picture_of(BESIDE_PICTURE);
    kiosk.display.click(ARABIC);
    kiosk.until("no other language", PATIENCE, || kiosk.display.picture_of(BESIDE_PICTURE) != first);
    kiosk.until("something is left", PATIENCE, || kiosk.display.picture_of(BESIDE_PICTURE) == first);
}
