//! A reader at a serial port. It is the other end of a pseudo terminal, and the port a link to it, so that it
//! can be unplugged and come back as another device under the same name. Nothing here starts a process, which
//! would hold the terminals open.
#![cfg(unix)]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::symlink;
use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk::code::{Code, Reading, Source};
use hes_kiosk::scan::{SerialConfig, SerialEvent, listen_to_serial_reader};
use serialport::{SerialPort, TTYPort};
use tempfile::TempDir;
use tokio::sync::mpsc::Receiver;

const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

/// A pause that ends no text.
const SHORT: Duration = Duration::from_millis(100);

/// How long a test waits for what has no limit of its own.
const LONG: Duration = Duration::from_secs(20);

struct Desk {
    folder: TempDir,
    events: Receiver<SerialEvent>,
    runtime: tokio::runtime::Runtime,
}

impl Desk {
    /// A kiosk that listens at a port where nothing is plugged in.
    fn without_reader() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = folder.path().join("reader");
        let config = SerialConfig { port, baud_rate: SerialConfig::BAUD_RATE };
        let events = listen_to_serial_reader(config).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut desk = Self { folder, events, runtime };
        assert_eq!(desk.next(), SerialEvent::Lost);
        desk
    }

    fn with_reader() -> (Self, TTYPort) {
        let mut desk = Self::without_reader();
        let reader = desk.plug_in();
        (desk, reader)
    }

    /// Plugs a reader in and waits until it is heard.
    fn plug_in(&mut self) -> TTYPort {
        let (reader, port) = TTYPort::pair().unwrap();
        let link = self.folder.path().join("reader");
        let draft = self.folder.path().join("draft");
        symlink(port.name().unwrap(), &draft).unwrap();
        std::fs::rename(draft, link).unwrap();
        drop(port);
        assert_eq!(self.next(), SerialEvent::Connected);
        reader
    }

    fn next(&mut self) -> SerialEvent {
        let next = async { tokio::time::timeout(LONG, self.events.recv()).await };
        self.runtime.block_on(next).expect("an event comes").expect("the thread runs")
    }

    fn next_text(&mut self) -> String {
        match self.next() {
            SerialEvent::Reading(Reading { text, source: Source::Reader }) => text,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn each_terminator_ends_a_text_and_a_pause_does_too() {
    let (mut desk, mut reader) = Desk::with_reader();
    for terminator in ["\r", "\n", "\r\n", "\t", ""] {
        write!(reader, "{PAYLOAD}{terminator}").unwrap();
        assert_eq!(desk.next_text(), PAYLOAD, "{terminator:?}");
    }
}

#[test]
fn a_text_that_comes_in_pieces_is_one() {
    let (mut desk, mut reader) = Desk::with_reader();
    for piece in PAYLOAD.as_bytes().chunks(10) {
        reader.write_all(piece).unwrap();
        thread::sleep(SHORT);
    }
    reader.write_all(b"\r").unwrap();
    assert_eq!(desk.next_text(), PAYLOAD);
}

#[test]
fn a_text_between_control_characters_stands_alone() {
    let (mut desk, mut reader) = Desk::with_reader();
    reader.write_all(b"\x02A1B2345678\x03\r").unwrap();
    assert_eq!(desk.next_text(), "A1B2345678");
}

#[test]
fn a_reader_that_was_unplugged_and_comes_back_is_heard_again() {
    let (mut desk, reader) = Desk::with_reader();
    drop(reader);
    assert_eq!(desk.next(), SerialEvent::Lost);
    let mut reader = desk.plug_in();
    write!(reader, "{PAYLOAD}\r").unwrap();
    assert_eq!(desk.next_text(), PAYLOAD);
}

#[test]
fn what_was_read_before_the_reader_was_lost_is_not_joined_to_what_comes_after() {
    let (mut desk, mut reader) = Desk::with_reader();
    write!(reader, "A1B23").unwrap();
    thread::sleep(SHORT);
    drop(reader);
    assert_eq!(desk.next(), SerialEvent::Lost);
    let mut reader = desk.plug_in();
    write!(reader, "45678\r").unwrap();
    assert_eq!(desk.next_text(), "45678");
}

#[test]
fn a_half_read_code_and_two_that_ran_together_are_no_codes() {
    let (mut desk, mut reader) = Desk::with_reader();
    for text in ["A1B2345", &PAYLOAD[..20], "A1B2345670A1B2345671", &[PAYLOAD, PAYLOAD].concat()] {
        write!(reader, "{text}").unwrap();
        assert!(Code::parse(&desk.next_text()).is_err(), "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_no_code() {
    let (mut desk, mut reader) = Desk::with_reader();
    reader.write_all(b"\xff\xfe\x80A1B2345678\r").unwrap();
    assert!(Code::parse(&desk.next_text()).is_err());
}

#[test]
fn a_text_without_end_takes_a_limited_place_and_the_next_one_is_read() {
    let (mut desk, mut reader) = Desk::with_reader();
    for _ in 0..100 {
        reader.write_all(&[b'7'; 1000]).unwrap();
    }
    write!(reader, "\r{PAYLOAD}\r").unwrap();
    assert!(desk.next_text().len() < 1000);
    assert_eq!(desk.next_text(), PAYLOAD);
}

#[test]
fn the_port_is_closed_when_nobody_listens_any_more() {
    let (desk, mut reader) = Desk::with_reader();
    drop(desk);
    let end = Instant::now() + LONG;
    let mut is_closed = || reader.read(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::BrokenPipe);
    while !is_closed() {
        assert!(Instant::now() < end, "the port is open still");
    }
}
