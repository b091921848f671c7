//! The desk in a real window: behind its PIN, and no way round it.

use std::cell::Cell;
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::display::{Area, Key, READER};
use crate::kiosk::{Kiosk, PATIENCE, SIZE, Setup};
use crate::picture::{ACCENT, INK, Look};

/// A code that the demo's service fails on, and one that it knows as riskless.
const FAILING: &str = "A1B2345676";
pub(super) const GREEN: &str = "A1B2345670";
/// One that it knows as risky.
const RISKY: &str = "A1B2345671";

pub(super) const GUARD: &str = "730162";
pub(super) const MANAGER: &str = "482917";

/// The corner that opens the desk.
const CORNER: (i16, i16) = (20, 20);
/// The first one who waits, the first reason, and what admits.
const DECIDE: (i16, i16) = (1174, 198);
const REASON: (i16, i16) = (396, 310);
const ADMIT: (i16, i16) = (396, 561);
/// The search, below the demo's banner and without it.
const SEARCH: (i16, i16) = (266, 154);
pub(super) const SEARCH_WITHOUT_BANNER: (i16, i16) = (266, 120);
/// The way out.
const LEAVE: (i16, i16) = (1055, 750);
/// The edge of the button that leaves the PIN's keypad, of the way out, and where the first one who waits stands.
pub(super) const BACK: Area = Area { left: 640, top: 672, width: 4, height: 16 };
const WAY_OUT: Area = Area { left: 1055, top: 718, width: 4, height: 16 };
const WAITING: Area = Area { left: 876, top: 182, width: 90, height: 32 };
/// The colours of those.
const AMBER: [u8; 3] = [0xFF, 0xB3, 0x1A];
pub(super) const RED: [u8; 3] = [0x8E, 0x09, 0x15];
/// The edge of the name of the visits' page, where a manager has it open.
pub(super) const VISITS_CHOSEN: Area = Area { left: 40, top: 116, width: 4, height: 16 };
/// Where it is said what is wrong with a PIN.
const REMARK: Area = Area { left: 340, top: 240, width: 600, height: 28 };

/// A kiosk whose desk knows a guard and a manager.
pub(super) fn kiosk() -> Kiosk {
    with_pins(Kiosk::start())
}

/// A kiosk whose desk knows them too.
pub(super) fn with_pins(kiosk: Kiosk) -> Kiosk {
    for (name, role, pin) in [("Mehmet", "guard", GUARD), ("Ayşe", "manager", MANAGER)] {
        let mut command = kiosk.home.program();
        command.args(["pin", "set", name, "--role", role, "--pin-stdin"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(pin.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }
    kiosk
}

/// The names of what was done.
pub(super) fn acts(kiosk: &Kiosk) -> Vec<Value> {
    let records = kiosk.home.log_with_acts();
    records.iter().map(|record| record["act"].clone()).filter(|act| !act.is_null()).collect()
}

pub(super) fn wait_for_act(kiosk: &Kiosk, act: &str, times: usize) {
    let count = || acts(kiosk).iter().filter(|there| **there == json!(act)).count();
    kiosk.until(&format!("not {times} times {act}"), PATIENCE, || count() == times);
}

/// Opens the pad on which a PIN is entered.
pub(super) fn ask_for_pin(kiosk: &Kiosk) {
    kiosk.display.press(Key::F12);
    wait_for_pad(kiosk);
}

fn wait_for_pad(kiosk: &Kiosk) {
    kiosk.until("no pad", PATIENCE, || kiosk.display.picture_of(BACK).has(INK));
}

pub(super) fn open(kiosk: &Kiosk, pin: &str, times: usize) {
    ask_for_pin(kiosk);
    kiosk.type_code(pin);
    wait_for_act(kiosk, "pin_entered", times);
}

/// A visitor of whom nothing is known waits, and a guard chooses a reason and admits.
fn admit_who_waits(kiosk: &Kiosk) {
    kiosk.type_code(FAILING);
    kiosk.shows(Look::Unverified);
    open(kiosk, GUARD, 1);
    kiosk.until("nobody waits", PATIENCE, || kiosk.display.picture_of(WAITING).has(AMBER));
    kiosk.display.click(DECIDE);
    kiosk.until("no reasons", PATIENCE, || !kiosk.display.picture_of(WAITING).has(AMBER));
    kiosk.display.click(REASON);
    kiosk.until("no button", PATIENCE, || kiosk.display.picture().share_of(Look::Admit) > 0.01);
    kiosk.display.click(ADMIT);
}

#[test]
fn a_guards_word_turns_the_visitors_screen_green() {
    let kiosk = kiosk();
    admit_who_waits(&kiosk);
    kiosk.shows(Look::Admit);
    let visits = kiosk.visits(2);
    assert_eq!(
        [&visits[1]["answers"], &visits[1]["person"], &visits[1]["decided_by"], &visits[1]["decision"]],
        [&visits[0]["visit"], &json!("Mehmet"), &json!("desk"), &json!("admit")]
    );
}

#[test]
fn where_two_guards_decide_a_second_persons_pin_turns_the_visitors_screen_green() {
    let settings = "[policy]\ntwo_guards = true\n".to_owned();
    let kiosk = with_pins(Setup { settings, ..Setup::default() }.start());
    admit_who_waits(&kiosk);
    wait_for_pad(&kiosk);
    kiosk.type_code(GUARD);
    kiosk.until("the same person may agree", PATIENCE, || kiosk.display.picture_of(REMARK).has(RED));
    assert_eq!(kiosk.home.log().len(), 1);
    kiosk.type_code(MANAGER);
    kiosk.shows(Look::Admit);
    let word = &kiosk.visits(2)[1];
    assert_eq!([&word["decision"], &word["person"], &word["second_person"]], ["admit", "Mehmet", "Ayşe"]);
}

#[test]
fn a_guard_without_a_pointer_settles_who_waits() {
    let kiosk = kiosk();
    kiosk.type_code(FAILING);
    kiosk.shows(Look::Unverified);
    open(&kiosk, GUARD, 1);
    kiosk.until("nobody waits", PATIENCE, || kiosk.display.picture_of(WAITING).has(AMBER));
    let press_after = |steps| {
        for _ in 0..steps {
            kiosk.display.press_by_hand(Key::Tab);
        }
        kiosk.display.press_by_hand(Key::Enter);
    };
    // The button that locks, the search, three filters, and who waits.
    press_after(6);
    kiosk.until("no reasons", PATIENCE, || !kiosk.display.picture_of(WAITING).has(AMBER));
    press_after(2);
    kiosk.until("no button", PATIENCE, || kiosk.display.picture().share_of(Look::Admit) > 0.01);
    press_after(4);
    kiosk.shows(Look::Admit);
}

#[test]
fn a_corner_that_is_held_asks_for_the_pin() {
    let kiosk = kiosk();
    kiosk.display.hold(CORNER, Duration::from_millis(2500));
    kiosk.until("no pad", PATIENCE, || kiosk.look() == Look::Other);
    kiosk.type_code(GUARD);
    wait_for_act(&kiosk, "pin_entered", 1);
}

#[test]
fn five_wrong_pins_lock_the_desk_over_a_restart_too() {
    let mut kiosk = kiosk();
    ask_for_pin(&kiosk);
    for tries in 1..=5 {
        kiosk.type_code("111222");
        wait_for_act(&kiosk, "pin_failed", tries);
    }
    kiosk.kill();
    kiosk.start_again();
    ask_for_pin(&kiosk);
    kiosk.type_code(GUARD);
    kiosk.until("nothing is said", PATIENCE, || kiosk.display.picture_of(REMARK).has(RED));
    kiosk.display.press(Key::Escape);
    kiosk.shows(Look::Welcome);
    assert!(!acts(&kiosk).contains(&json!("pin_entered")));
}

#[test]
fn the_desk_locks_itself() {
    let kiosk = kiosk();
    open(&kiosk, GUARD, 1);
    kiosk.shows_within(Duration::from_secs(75), Look::Welcome);
}

#[test]
fn visitors_who_come_keep_no_desk_open() {
    let kiosk = kiosk();
    open(&kiosk, GUARD, 1);
    let came = Cell::new(Instant::now());
    kiosk.until("the desk stays open", Duration::from_secs(75), || {
        if came.get().elapsed() > Duration::from_secs(4) {
            kiosk.display.type_text(RISKY, READER);
            kiosk.display.press(Key::Enter);
            came.set(Instant::now());
        }
        kiosk.look() == Look::Refuse
    });
    assert!(kiosk.home.log().len() > 1, "the list grew meanwhile");
}

/// The edge of the search.
fn upper_edge(search: (i16, i16)) -> Area {
    Area { left: 200, top: search.1 - 30, width: 60, height: 8 }
}

/// Touches the open desk's search, so that the next code is looked up.
fn ask_for_code(kiosk: &Kiosk, search: (i16, i16)) {
    let upper_edge = upper_edge(search);
    kiosk.until("no search", PATIENCE, || kiosk.display.picture_of(upper_edge).has(INK));
    kiosk.display.click(search);
    kiosk.until("no code is asked for", PATIENCE, || kiosk.display.picture_of(upper_edge).has(ACCENT));
}

/// Reads a code into the open desk's search, and waits until it is looked up.
pub(super) fn look_up(kiosk: &Kiosk, search: (i16, i16), code: &str) {
    ask_for_code(kiosk, search);
    kiosk.display.type_text(code, READER);
    kiosk.display.press(Key::Enter);
    wait_for_act(kiosk, "found", 1);
}

#[test]
fn a_reader_looks_a_code_up_where_that_was_asked_for() {
    let kiosk = kiosk();
    kiosk.type_code(GREEN);
    kiosk.shows(Look::Admit);
    open(&kiosk, GUARD, 1);
    look_up(&kiosk, SEARCH, GREEN);
    assert_eq!(kiosk.home.log().len(), 1);
}

/// What leads out of other programs: the keys that are held, and the one that is pressed.
fn combinations() -> impl Iterator<Item = (&'static [u32], u32)> {
    const CONTROL: u32 = 0xffe3;
    const ALT: u32 = 0xffe9;
    const SHIFT: u32 = 0xffe1;
    const LOGO: u32 = 0xffeb;
    const HELD: [&[u32]; 6] = [&[], &[ALT], &[CONTROL], &[LOGO], &[CONTROL, ALT], &[CONTROL, SHIFT]];
    // F1, F2, F4, F11, Tab, Escape, Delete, backspace, blank, q, w, d.
    const KEYS: [u32; 12] =
        [0xffbe, 0xffbf, 0xffc1, 0xffc8, 0xff09, 0xff1b, 0xffff, 0xff08, 0x20, 0x71, 0x77, 0x64];
    HELD.into_iter().flat_map(|held| KEYS.map(|key| (held, key)))
}

/// Tries all that may lead out of an open desk, but for Escape, which leaves it for the visitor's screen.
pub(super) fn try_to_leave_desk(kiosk: &Kiosk) {
    for (held, key) in combinations().filter(|(_, key)| *key != Key::Escape as u32) {
        kiosk.display.press_with(held, key);
    }
    kiosk.ask_to_close();
}

/// Goes back step by step to the visitor's screen.
pub(super) fn leave_desk(kiosk: &Kiosk) {
    kiosk.until("the desk stays open", PATIENCE, || {
        kiosk.display.press_by_hand(Key::Escape);
        kiosk.look() == Look::Welcome
    });
}

fn point_everywhere(kiosk: &Kiosk) {
    for button in [1, 2, 3, 4, 5, 6, 7] {
        for place in [CORNER, (1260, 20), (20, 780), (1260, 780), (640, 400)] {
            kiosk.display.click_with(button, place);
        }
    }
    kiosk.display.drag(CORNER, (900, 700));
}

#[test]
fn no_key_no_request_and_no_pointer_leads_out() {
    let mut kiosk = kiosk();
    for at_the_pad in [false, true] {
        for (held, key) in combinations() {
            if at_the_pad && held.is_empty() {
                ask_for_pin_again(&kiosk);
            }
            kiosk.display.press_with(held, key);
        }
        kiosk.ask_to_close();
        point_everywhere(&kiosk);
        kiosk.display.type_text("A1B2345671", READER);
        kiosk.display.press(Key::Enter);
    }
    for text in ["exit", "quit", "HES-KIOSK-LEAVE"] {
        kiosk.display.type_text(text, READER);
        kiosk.display.press(Key::Enter);
    }
    kiosk.display.press(Key::Escape);
    kiosk.display.press(Key::Escape);
    kiosk.shows(Look::Welcome);
    let area = kiosk.area();
    assert_eq!((kiosk.runs(), area.width, area.height), (true, SIZE.0, SIZE.1));
    assert!(!acts(&kiosk).contains(&json!("stopped")) && !acts(&kiosk).contains(&json!("pin_entered")));
}

#[test]
fn no_key_no_request_and_no_pointer_leads_out_of_a_guards_open_desk() {
    let mut kiosk = kiosk();
    open(&kiosk, GUARD, 1);
    kiosk.until("no search", PATIENCE, || kiosk.display.picture_of(upper_edge(SEARCH)).has(INK));
    let before = acts(&kiosk);
    point_everywhere(&kiosk);
    try_to_leave_desk(&kiosk);
    ask_for_code(&kiosk, SEARCH);
    leave_desk(&kiosk);
    assert!(kiosk.runs());
    assert_eq!(acts(&kiosk), before);
}

/// Asks for a PIN, where a key before has left the pad.
fn ask_for_pin_again(kiosk: &Kiosk) {
    kiosk.display.press(Key::Escape);
    kiosk.display.press(Key::F12);
}

#[test]
fn the_managers_pin_leads_out_and_that_is_recorded() {
    let mut kiosk = kiosk();
    open(&kiosk, MANAGER, 1);
    kiosk.until("no way out", PATIENCE, || kiosk.display.picture_of(WAY_OUT).has(INK));
    kiosk.display.click(LEAVE);
    assert!(kiosk.ends_within(PATIENCE).success());
    let last = kiosk.home.log_with_acts().pop().unwrap();
    assert_eq!((&last["act"], &last["person"]), (&json!("stopped"), &json!("Ayşe")));
}
