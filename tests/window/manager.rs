//! The manager's settings in a real window: changed by pointer and keys, and written back to the file.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::desk::{MANAGER, RED, VISITS_CHOSEN, kiosk, open, wait_for_act};
use crate::display::{Area, Key, READER};
use crate::kiosk::{Kiosk, PATIENCE};
use crate::picture::{ACCENT, INK, Look};

pub(super) const SETTINGS: &str = "# The door.\n[site]\nname = \"Merkez\" # as on the sign\n";

/// A hand whose keys are told from a reader's on a machine that has other work and draws a large page.
const SLOW_HAND: Duration = Duration::from_millis(300);

/// The name of the page, its first text, the section of the service and how long it is waited for, and the button
/// that saves or starts anew.
pub(super) const TAB: (i16, i16) = (388, 134);
const NAME: (i16, i16) = (883, 429);
const SERVICE: (i16, i16) = (297, 284);
const LONGEST_WAIT: (i16, i16) = (883, 502);
const ACTION: (i16, i16) = (1139, 220);
/// Where that button is, and where it is said what is wrong.
const BUTTON: Area = Area { left: 1047, top: 206, width: 4, height: 28 };
const SAID: Area = Area { left: 46, top: 200, width: 600, height: 40 };
/// The edges of the name of the page and of the section that are open.
pub(super) const SETTINGS_CHOSEN: Area = Area { left: 290, top: 116, width: 4, height: 16 };
const SERVICE_CHOSEN: Area = Area { left: 224, top: 276, width: 4, height: 16 };

pub(super) fn file(kiosk: &Kiosk) -> String {
    fs::read_to_string(kiosk.home.path().join(".config/hes-kiosk/kiosk.toml")).unwrap()
}

/// A kiosk whose manager looks at the settings.
fn at_settings() -> Kiosk {
    let kiosk = kiosk();
    kiosk.write_settings(SETTINGS);
    open(&kiosk, MANAGER, 1);
    kiosk.until("no pages", PATIENCE, || kiosk.display.picture_of(VISITS_CHOSEN).has(INK));
    kiosk.display.click(TAB);
    kiosk.until("no settings", PATIENCE, || kiosk.display.picture_of(SETTINGS_CHOSEN).has(INK));
    kiosk
}

/// Adds to a text with the keyboard.
fn write(kiosk: &Kiosk, place: (i16, i16), text: &str) {
    begin(kiosk, place);
    kiosk.display.type_text(text, SLOW_HAND);
    kiosk.display.press(Key::Enter);
}

/// Touches a text, and waits for the field in which it is typed.
fn begin(kiosk: &Kiosk, (x, y): (i16, i16)) {
    let edge = Area { left: 529, top: y - 8, width: 6, height: 16 };
    kiosk.display.click((x, y));
    kiosk.until("no field", PATIENCE, || kiosk.display.picture_of(edge).has(INK));
}

fn save(kiosk: &Kiosk) {
    kiosk.until("nothing to save", PATIENCE, || kiosk.display.picture_of(BUTTON).has(ACCENT));
    kiosk.display.click(ACTION);
}

#[test]
fn a_setting_is_changed_by_pointer_and_keys_and_is_in_force_after_the_kiosk_started_anew() {
    let mut kiosk = at_settings();
    write(&kiosk, NAME, " Bina");
    save(&kiosk);
    wait_for_act(&kiosk, "settings_changed", 1);
    assert_eq!(file(&kiosk), SETTINGS.replace("Merkez", "Merkez Bina"));
    let changed = kiosk.home.log_with_acts().pop().unwrap();
    assert_eq!((&changed["person"], &changed["keys"]), (&json!("Ayşe"), &json!(["site.name"])));
    // The button that saved now starts the kiosk anew.
    save(&kiosk);
    wait_for_act(&kiosk, "started", 2);
    kiosk.wait_for_window();
    kiosk.shows(Look::Welcome);
    assert!(kiosk.runs());
}

#[test]
fn a_wrong_value_and_a_readers_text_never_reach_the_file() {
    let kiosk = at_settings();
    begin(&kiosk, NAME);
    kiosk.display.type_text("A1B2345671", READER);
    kiosk.display.press(Key::Enter);
    kiosk.display.click(SERVICE);
    kiosk.until("no section", PATIENCE, || kiosk.display.picture_of(SERVICE_CHOSEN).has(INK));
    write(&kiosk, LONGEST_WAIT, "90000");
    save(&kiosk);
    kiosk.until("nothing is said", PATIENCE, || kiosk.display.picture_of(SAID).has(RED));
    assert_eq!(file(&kiosk), SETTINGS);
}
