//! An institution without access to the service, in a real window: read, looked up, answered, shown.

use serde_json::json;

use crate::desk::{GUARD, open, with_pins};
use crate::display::{Area, Key, READER};
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::{ACCENT, INK, Look};

/// A code of which no service is asked: the simulator would say that it is risky.
const CODE: &str = "A1B2345671";

/// The answer "Riskli değil", the one beside it, and the button that records.
const RISKLESS: (i16, i16) = (400, 438);
const RISKY: (i16, i16) = (880, 438);
const RECORD: (i16, i16) = (880, 638);
/// Where the first of the code stands and the pad for the PIN does not, and a part of the button that records.
const SHOWN_CODE: Area = Area { left: 180, top: 262, width: 90, height: 96 };
const RECORDS: Area = Area { left: 760, top: 600, width: 40, height: 20 };

fn kiosk() -> Kiosk {
    let settings = "[service]\nenvironment = \"manual\"\n\
                    [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n";
    with_pins(Setup { settings: settings.to_owned(), ..Setup::default() }.start())
}

/// Shows the code to the reader and waits for the visit that is recorded.
fn come(kiosk: &Kiosk) {
    kiosk.display.type_text(CODE, READER);
    kiosk.display.press(Key::Enter);
    kiosk.visits(1);
}

/// Opens the desk and answers by a touch, and another one.
fn answer(kiosk: &Kiosk, answer: (i16, i16)) {
    open(kiosk, GUARD, 1);
    kiosk.until("no code", PATIENCE, || kiosk.display.picture_of(SHOWN_CODE).has(INK));
    kiosk.display.click(answer);
    kiosk.until("no button", PATIENCE, || kiosk.display.picture_of(RECORDS).has(ACCENT));
    kiosk.display.click(RECORD);
}

#[test]
fn a_guard_who_sees_riskless_turns_the_window_green() {
    let kiosk = kiosk();
    come(&kiosk);
    kiosk.until("a colour", PATIENCE, || kiosk.look() == Look::Other);
    answer(&kiosk, RISKLESS);
    kiosk.shows(Look::Admit);
    let visits = kiosk.visits(2);
    assert_eq!(
        [&visits[0]["decision"], &visits[0]["reason"], &visits[0]["environment"]],
        [&json!("unverified"), &json!("not_looked_up"), &json!("manual")]
    );
    assert_eq!(
        [&visits[1]["answers"], &visits[1]["person"], &visits[1]["decided_by"], &visits[1]["decision"]],
        [&visits[0]["visit"], &json!("Mehmet"), &json!("desk"), &json!("admit")]
    );
}

#[test]
fn a_guard_who_sees_risky_turns_the_window_red_and_a_kill_before_that_loses_nothing() {
    let mut kiosk = kiosk();
    come(&kiosk);
    kiosk.kill();
    kiosk.start_again();
    kiosk.display.type_text(CODE, READER);
    kiosk.display.press(Key::Enter);
    kiosk.visits(2);
    answer(&kiosk, RISKY);
    kiosk.shows(Look::Refuse);
    let visits = kiosk.visits(3);
    assert_eq!((&visits[2]["answers"], &visits[2]["reason"]), (&visits[1]["visit"], &json!("risky")));
}

#[test]
fn a_guards_word_is_listed_and_counted_as_the_desks() {
    let kiosk = kiosk();
    come(&kiosk);
    answer(&kiosk, RISKLESS);
    kiosk.visits(2);
    let said = |arguments: &[&str]| {
        let output = kiosk.home.program().args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let (listed, counted) = (said(&["log", "list"]), said(&["log", "stats", "--json"]));
    let last = listed.lines().last().unwrap();
    assert!(
        last.contains("  danışma  ")
            && last.ends_with("  Mehmet: Riskli değil")
            && counted.contains("\"desk\":1"),
        "{listed}{counted}"
    );
}
