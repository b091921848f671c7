//! Checking out in a real window, and the list for an evacuation.

use std::fs;

use serde_json::json;

use crate::desk::{GUARD, open, with_pins};
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::Look;

/// A code that the demo's service knows as riskless.
const GREEN: &str = "A1B2345670";

/// The button at a guard's desk that makes the list.
const LIST: (i16, i16) = (1055, 750);

/// A kiosk that checks out, where somebody was admitted longer ago than the repeat window is.
fn kiosk() -> Kiosk {
    let settings = "[visits]\ncheck_out = true\nrepeat_minutes = 1\n".to_owned();
    let kiosk = with_pins(Setup { settings, ..Setup::default() }.start());
    kiosk.type_code(GREEN);
    kiosk.shows(Look::Admit);
    kiosk.home.change("UPDATE records SET at = at - 61000 WHERE kind = 'visit'");
    kiosk.shows(Look::Welcome);
    kiosk
}

#[test]
fn the_same_code_later_says_goodbye_and_once_more_is_asked_about_anew() {
    let kiosk = kiosk();
    kiosk.type_code(GREEN);
    kiosk.shows(Look::CheckOut);
    let [admission, out] = kiosk.visits(2).try_into().unwrap();
    assert_eq!([&out["decision"], &out["answers"]], [&json!("check_out"), &admission["visit"]]);
    kiosk.shows(Look::Welcome);
    kiosk.type_code(GREEN);
    kiosk.shows(Look::Admit);
    assert!(kiosk.visits(3)[2]["service_ms"].is_number());
}

#[test]
fn one_touch_of_a_guard_writes_the_list_of_those_inside() {
    let kiosk = kiosk();
    open(&kiosk, GUARD, 1);
    let exports = kiosk.home.path().join(".local/state/hes-kiosk/exports");
    let lists = || fs::read_dir(&exports).into_iter().flatten().map(|list| list.unwrap().path());
    let is_there = || {
        kiosk.display.click(LIST);
        lists().any(|list| list.extension().is_some_and(|ending| ending == "txt"))
    };
    kiosk.until("no list", PATIENCE, is_there);
    let text = fs::read_to_string(lists().next().unwrap()).unwrap();
    assert!(text.contains("İçeride 1 kişi") && text.contains("Ana giriş"), "{text}");
    assert_eq!(kiosk.home.log().len(), 1);
    kiosk.until("not recorded", PATIENCE, || {
        kiosk
            .home
            .log_with_acts()
            .iter()
            .any(|act| act["act"] == "inside_listed" && act["person"] == "Mehmet")
    });
}
