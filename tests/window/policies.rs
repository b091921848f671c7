//! A service of somebody else's making behind a real window: it turns green for those alone whom the data prove.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use tokio::runtime::Runtime;

use crate::display::{Key, READER};
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::Look;
use crate::service::{self, Person};

/// Numbers of people, each with what the service knows of them.
const PEOPLE: [usize; 9] = [
    10, // riskless and vaccinated
    4,  // risky, though vaccinated
    18, // riskless, with a test of 49 hours ago
    40, // riskless and vaccinated, as a text
    5,  // a status that has expired
    17, // riskless, with a test of 47 hours ago
    11, // not found
    74, // riskless; a number for the vaccination and a test of the future
    2,  // nothing, but HTTP 500
];

const DECISIONS: [Look; 3] = [Look::Admit, Look::Refuse, Look::Unverified];

/// A place on the screen of a decision.
const MIDDLE: (i16, i16) = (640, 400);

/// Reads a person's code on the welcome, and gives the screen that follows.
fn look_for(kiosk: &Kiosk, person: &Person) -> Look {
    kiosk.display.type_text(&person.code, READER);
    kiosk.display.press(Key::Enter);
    kiosk.until("no decision is shown", PATIENCE, || DECISIONS.contains(&kiosk.look()));
    let look = kiosk.look();
    kiosk.display.click(MIDDLE);
    kiosk.shows(Look::Welcome);
    look
}

/// Reads everybody's code and compares the colours with the data, and the log with the colours.
fn is_green_exactly_for_the_proven(policy: &str, wants_protection: bool) {
    let people = PEOPLE.map(Person::of);
    let runtime = Runtime::new().unwrap();
    let address = runtime.block_on(service::start(people.to_vec()));
    let place = tempfile::tempdir().unwrap();
    let password = place.path().join("password");
    fs::write(&password, "parola").unwrap();
    fs::set_permissions(&password, Permissions::from_mode(0o600)).unwrap();
    let settings = format!(
        "[service]\nenvironment = \"own\"\nmethod = \"general\"\n\
         [service.own]\nurl = \"http://{address}/\"\nusername = \"u\"\npassword_file = {password:?}\n\
         [policy]\nadmit = \"{policy}\"\n\
         [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n"
    );
    let kiosk = Setup { settings, is_alone: true, ..Setup::default() }.start();
    let mut shown = Vec::new();
    for person in &people {
        let mut look = look_for(&kiosk, person);
        shown.push(look);
        if look == Look::Unverified {
            // The service fails now and then. Whoever it knows is verified the second time.
            look = look_for(&kiosk, person);
            shown.push(look);
        }
        assert_eq!(look == Look::Admit, person.is_proven(wants_protection), "{person:?}");
    }
    let recorded: Vec<Look> = kiosk.visits(shown.len()).iter().map(decision).collect();
    assert_eq!(recorded, shown);
}

/// The screen of a recorded decision.
fn decision(visit: &serde_json::Value) -> Look {
    match visit["decision"].as_str().unwrap() {
        "admit" => Look::Admit,
        "refuse" => Look::Refuse,
        _ => Look::Unverified,
    }
}

#[test]
fn where_the_riskless_are_admitted_the_window_is_green_for_them_alone() {
    is_green_exactly_for_the_proven("riskless", false);
}

#[test]
fn where_the_protected_are_admitted_the_window_is_green_for_them_alone() {
    is_green_exactly_for_the_proven("riskless_and_protected", true);
}
