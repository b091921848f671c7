//! Readers of both kinds, before a kiosk in a real window.

use std::io::Write;
use std::time::Duration;

use serialport::{SerialPort, TTYPort};

use crate::display::{Key, READER};
use crate::kiosk::{INSTRUCTION, Kiosk, Setup};
use crate::picture::Look;

const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2345670";

/// A kiosk that nothing else holds up, since the pace of keys matters.
fn alone() -> Kiosk {
    Setup { is_alone: true, ..Setup::default() }.start()
}

fn read(kiosk: &Kiosk, text: &str) {
    kiosk.display.type_text(text, READER);
    kiosk.display.press(Key::Enter);
}

#[test]
fn a_readers_codes_are_green_under_each_layout_with_and_without_caps_lock() {
    let kiosk = alone();
    let mut visits = 0;
    for (layout, variant) in [("us", ""), ("tr", ""), ("tr", "f")] {
        kiosk.display.set_layout(layout, variant);
        for _caps_lock in [true, false] {
            kiosk.display.press(Key::CapsLock);
            for text in [PAYLOAD, "A1B2-3456-70"] {
                read(&kiosk, text);
                visits += 1;
                let last = kiosk.visits(visits).swap_remove(0);
                assert_eq!(
                    (&last["decision"], &last["source"]),
                    (&"admit".into(), &"reader".into()),
                    "{layout} {variant}"
                );
                kiosk.shows(Look::Admit);
            }
        }
    }
}

#[test]
fn two_readings_that_ran_together_ask_nothing_and_the_next_one_is_green() {
    let kiosk = alone();
    let before = kiosk.display.picture_of(INSTRUCTION);
    read(&kiosk, "A1B2345670A1B2345671");
    kiosk.until("no remark is shown", Duration::from_secs(20), || {
        kiosk.display.picture_of(INSTRUCTION) != before
    });
    assert_eq!((kiosk.look(), kiosk.home.log().len()), (Look::Welcome, 0));
    read(&kiosk, PAYLOAD);
    kiosk.shows(Look::Admit);
    assert_eq!(kiosk.visits(1)[0]["source"], "reader");
}

#[test]
fn a_reader_at_a_serial_port_is_heard_again_after_it_was_unplugged() {
    let place = tempfile::tempdir().unwrap();
    let port = place.path().join("reader");
    let plug_in = || {
        let (reader, device) = TTYPort::pair().unwrap();
        let draft = place.path().join("draft");
        std::os::unix::fs::symlink(device.name().unwrap(), &draft).unwrap();
        std::fs::rename(draft, &port).unwrap();
        // What is written before the kiosk opens the device has to find somebody there.
        (reader, device)
    };
    let settings = format!("[reader]\nserial = {port:?}\n[screen]\nadmit_seconds = 1\n");
    // A process that starts while a reader is plugged in would hold its terminal open.
    let kiosk = Setup { settings, is_alone: true, ..Setup::default() }.start();
    for visits in 1..=2 {
        let mut plugged_in = plug_in();
        write!(plugged_in.0, "{PAYLOAD}\r").unwrap();
        kiosk.shows(Look::Admit);
        assert_eq!(kiosk.visits(visits)[0]["source"], "reader");
        kiosk.shows(Look::Welcome);
    }
}
