//! What is heard beside the colours, on a device that the test makes up.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::home::Home;
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::Look;

const GREEN: &str = "A1B2345670";
const RISKY: &str = "A1B2345671";
const FAILING: &str = "A1B2345676";

/// A sound has to begin so soon after its outcome.
const LATEST: Duration = Duration::from_millis(500);

/// Leads what is heard into a file, or a pipe of that name, which each sound takes anew.
pub fn lead_into_file(home: &Home) {
    let file = heard(home);
    lead_to(home, &format!("{{ type file slave.pcm \"null\" file \"{}\" format \"raw\" }}", file.display()));
}

/// Leads to a device that is not there.
fn lead_nowhere(home: &Home) {
    lead_to(home, "{ type hw card 31 }");
}

fn lead_to(home: &Home, device: &str) {
    let draft = home.path().join("draft");
    fs::write(&draft, format!("pcm.!default {device}\n")).unwrap();
    fs::rename(draft, home.path().join(".asoundrc")).unwrap();
}

fn heard(home: &Home) -> std::path::PathBuf {
    home.path().join("heard")
}

/// The samples of a sound of the project, as they are at full volume.
fn samples(name: &str) -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sounds").join(name);
    fs::read(file).unwrap().split_off(44)
}

/// A kiosk that is heard at full volume, and that no other one makes late.
fn loud() -> Kiosk {
    Setup { settings: "[sound]\nvolume = 100\n".to_owned(), is_alone: true, ..Setup::default() }.start()
}

fn is_heard(kiosk: &Kiosk, name: &str) -> bool {
    fs::read(heard(&kiosk.home)).is_ok_and(|heard| heard == samples(name))
}

/// What the program's own log says of sound, line by line.
fn remarks(kiosk: &Kiosk) -> Vec<String> {
    let log = fs::read_to_string(kiosk.home.path().join(".local/state/hes-kiosk/log/kiosk.log")).unwrap();
    log.lines().filter(|line| line.contains("heard")).map(str::to_owned).collect()
}

#[test]
fn each_colour_is_heard_as_its_sound() {
    let kiosk = loud();
    for (code, look, sound) in [
        (RISKY, Look::Refuse, "refuse.wav"),
        (FAILING, Look::Unverified, "unverified.wav"),
        (GREEN, Look::Admit, "admit.wav"),
    ] {
        kiosk.type_code(code);
        kiosk.shows(look);
        kiosk.until("the sound is not heard", PATIENCE, || is_heard(&kiosk, sound));
    }
}

#[test]
fn a_device_that_is_missing_takes_nothing_but_the_sound_and_is_tried_anew() {
    let kiosk = loud();
    lead_nowhere(&kiosk.home);
    for (code, look) in [(GREEN, Look::Admit), (RISKY, Look::Refuse)] {
        kiosk.type_code(code);
        kiosk.shows(look);
    }
    lead_into_file(&kiosk.home);
    kiosk.type_code(FAILING);
    kiosk.shows(Look::Unverified);
    kiosk.until("the sound is not heard", PATIENCE, || is_heard(&kiosk, "unverified.wav"));
    kiosk.until("the device is not told of twice, gone and back", PATIENCE, || remarks(&kiosk).len() == 2);
}

#[test]
fn a_device_that_hangs_holds_no_colour_up_and_plays_nothing_late() {
    let kiosk = loud();
    let pipe = heard(&kiosk.home);
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    // Opening the pipe takes the device until somebody reads it.
    let listen = || {
        let mut heard = Vec::new();
        File::open(&pipe).unwrap().read_to_end(&mut heard).unwrap();
        heard
    };
    for (code, look) in [(GREEN, Look::Admit), (RISKY, Look::Refuse)] {
        kiosk.type_code(code);
        kiosk.shows(look);
    }
    thread::sleep(LATEST);
    assert_eq!(listen().len(), 0, "nothing is played late");
    kiosk.until("the device is not told of", PATIENCE, || remarks(&kiosk).len() == 1);
    kiosk.type_code(FAILING);
    assert!(listen() == samples("unverified.wav"));
    kiosk.shows(Look::Unverified);
}
