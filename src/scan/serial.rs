//! A reader at a serial port. A thread of its own opens the port, reads from it, and comes back to it after
//! each failure, so that nobody waits for a device.

use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::backoff::Backoff;
use super::keyboard::silence_after;
use crate::code::{Reading, Source};

/// How long the thread waits for bytes before it looks at the time again.
const PATIENCE: Duration = Duration::from_millis(50);

/// The wait after the first failure of a port.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// Nobody reads two codes within this time. A reader that sends without end takes up no more of the kiosk.
const REST: Duration = Duration::from_millis(100);

/// Longer than two payloads; what goes on beyond it is no code.
const LONGEST_TEXT: usize = 256;

/// So many events may wait for the kiosk.
const EVENTS: usize = 8;

/// Where a reader is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SerialConfig {
    /// The port, such as `/dev/ttyACM0`.
    pub port: PathBuf,
    /// Bits a second, with eight bits, no parity and one stop bit.
    pub baud_rate: u32,
}

impl SerialConfig {
    /// What readers are set to when they are delivered.
    pub const BAUD_RATE: u32 = 9600;
}

/// What comes from a reader at a serial port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SerialEvent {
    /// The port is open.
    Connected,
    /// A text was read.
    Reading(Reading),
    /// There is no such port, or it cannot be opened or read any more.
    Lost,
}

/// Listens to a reader until the receiver is dropped.
///
/// # Errors
/// The system refuses a thread.
pub fn listen(config: SerialConfig) -> io::Result<Receiver<SerialEvent>> {
    let (sender, receiver) = channel(EVENTS);
    thread::Builder::new().name("serial reader".to_owned()).spawn(move || run(&config, &sender))?;
    Ok(receiver)
}

/// Nobody listens any more.
struct Unheard;

fn run(config: &SerialConfig, events: &Sender<SerialEvent>) {
    let mut backoff = Backoff::new(FIRST_WAIT);
    let mut is_lost = false;
    loop {
        let failure = match open(config) {
            Ok(mut port) => {
                backoff.succeeded();
                is_lost = false;
                tracing::info!(port = %config.port.display(), "the serial reader is connected");
                if events.blocking_send(SerialEvent::Connected).is_err() {
                    return;
                }
                match read(&mut port, events) {
                    Ok(failure) => failure,
                    Err(Unheard) => return,
                }
            }
            Err(failure) => failure,
        };
        if !is_lost {
            is_lost = true;
            tracing::warn!(port = %config.port.display(), %failure, "the serial reader is lost");
            if events.blocking_send(SerialEvent::Lost).is_err() {
                return;
            }
        }
        let end = Instant::now() + backoff.failed();
        while Instant::now() < end {
            if events.is_closed() {
                return;
            }
            thread::sleep(PATIENCE);
        }
    }
}

fn open(config: &SerialConfig) -> io::Result<Box<dyn serialport::SerialPort>> {
    let port = serialport::new(config.port.to_string_lossy(), config.baud_rate);
    Ok(port.timeout(PATIENCE).open()?)
}

/// Reads texts until the port fails, and gives the failure.
fn read(port: &mut impl Read, events: &Sender<SerialEvent>) -> Result<io::Error, Unheard> {
    let mut text = Vec::new();
    let mut last = Instant::now();
    let mut bytes = [0; 64];
    loop {
        match port.read(&mut bytes) {
            Ok(0) => return Ok(ErrorKind::UnexpectedEof.into()),
            Ok(count) => {
                last = Instant::now();
                for &byte in bytes.iter().take(count) {
                    match byte {
                        b'\r' | b'\n' | b'\t' => end(&mut text, events)?,
                        // Some readers put a text between control characters.
                        byte if byte.is_ascii_control() => {}
                        byte if text.len() < LONGEST_TEXT => text.push(byte),
                        _ => {}
                    }
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::Interrupted) => {
                if !text.is_empty() && last.elapsed() >= silence_after(&String::from_utf8_lossy(&text)) {
                    end(&mut text, events)?;
                }
            }
            Err(error) => return Ok(error),
        }
        if events.is_closed() {
            return Err(Unheard);
        }
    }
}

/// Hands over a text that has ended.
fn end(text: &mut Vec<u8>, events: &Sender<SerialEvent>) -> Result<(), Unheard> {
    let text = String::from_utf8_lossy(&std::mem::take(text)).into_owned();
    if text.trim().is_empty() {
        return Ok(());
    }
    let reading = Reading { text, source: Source::Reader };
    events.blocking_send(SerialEvent::Reading(reading)).map_err(|_| Unheard)?;
    thread::sleep(REST);
    Ok(())
}
