//! A USB device made of software: its requests come over a socket from the kernel's virtual host controller
//! (`vhci-hcd`, Documentation/usb/usbip_protocol.rst). All numbers of the protocol are big-endian.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU32, Ordering};

/// The controller's file that takes a device's socket: a port, the socket, the device's id and its speed.
const ATTACH: &str = "/sys/devices/platform/vhci_hcd.0/attach";

/// So many ports the controller has at that speed.
const PORTS: u32 = 15;

/// How many devices have been plugged in. Each takes the next port: what has just been unplugged keeps its own
/// for a moment.
static PLUGGED: AtomicU32 = AtomicU32::new(0);

/// USB 2.0's high speed, as the controller numbers it.
const HIGH_SPEED: u32 = 3;

/// Errors of the system that a device answers with (errno.h).
const STALLED: i32 = -32;
const UNLINKED: i32 = -104;

const SUBMIT: u32 = 1;
const UNLINK: u32 = 2;
const SUBMITTED: u32 = 3;
const UNLINK_DONE: u32 = 4;
const HEADER_BYTES: usize = 48;

/// What the host wants of the device.
pub enum Request {
    /// A control request; `data` is what the host sends with it.
    Control { sequence: u32, setup: Setup, data: Vec<u8> },
    /// Room for `length` bytes of an endpoint.
    Bulk { sequence: u32, length: usize },
    /// The request numbered `of` is not wanted any more.
    Unlink { sequence: u32, of: u32 },
}

/// The first eight bytes of a control request (USB 2.0, 9.3).
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    pub kind: u8,
    pub request: u8,
    pub value: u16,
    pub index: u16,
    pub length: u16,
}

impl Setup {
    /// Whether the device is to answer with data.
    pub fn is_in(self) -> bool {
        self.kind & 0x80 != 0
    }
}

/// Plugs a device in; its requests come from the socket.
///
/// # Errors
/// There is no virtual controller: this is not the VM of `make test-camera`.
pub fn attach() -> io::Result<UnixStream> {
    let (device, controller) = UnixStream::pair()?;
    let number = PLUGGED.fetch_add(1, Ordering::Relaxed);
    let line = format!("{} {} {} {HIGH_SPEED}", number % PORTS, controller.as_raw_fd(), number + 1);
    fs::write(ATTACH, line)?;
    Ok(device)
}

/// Waits for the next request.
///
/// # Errors
/// The device is unplugged.
pub fn read(stream: &mut UnixStream) -> io::Result<Request> {
    let mut header = [0; HEADER_BYTES];
    stream.read_exact(&mut header)?;
    let number = |place: usize| u32::from_be_bytes([0, 1, 2, 3].map(|byte| header[4 * place + byte]));
    let (command, sequence, is_in, endpoint) = (number(0), number(1), number(3) == 1, number(4));
    if command == UNLINK {
        return Ok(Request::Unlink { sequence, of: number(5) });
    }
    if command != SUBMIT {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let length = number(6) as usize;
    if endpoint != 0 {
        return Ok(Request::Bulk { sequence, length });
    }
    let mut data = vec![0; if is_in { 0 } else { length }];
    stream.read_exact(&mut data)?;
    let half = |place: usize| u16::from_le_bytes([header[place], header[place + 1]]);
    let setup =
        Setup { kind: header[40], request: header[41], value: half(42), index: half(44), length: half(46) };
    Ok(Request::Control { sequence, setup, data })
}

/// Answers a request for data.
///
/// # Errors
/// The device is unplugged.
pub fn answer(stream: &mut UnixStream, sequence: u32, data: &[u8]) -> io::Result<()> {
    let length = u32::try_from(data.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    write(stream, SUBMITTED, sequence, 0, length, data)
}

/// Takes what came with a request.
///
/// # Errors
/// The device is unplugged.
pub fn accept(stream: &mut UnixStream, sequence: u32, length: u16) -> io::Result<()> {
    write(stream, SUBMITTED, sequence, 0, length.into(), &[])
}

/// Refuses a request, as USB devices do what they do not know.
///
/// # Errors
/// The device is unplugged.
pub fn refuse(stream: &mut UnixStream, sequence: u32) -> io::Result<()> {
    write(stream, SUBMITTED, sequence, STALLED, 0, &[])
}

/// Confirms that a request will not be answered any more, or has been already.
///
/// # Errors
/// The device is unplugged.
pub fn confirm_unlink(stream: &mut UnixStream, sequence: u32, was_waiting: bool) -> io::Result<()> {
    write(stream, UNLINK_DONE, sequence, if was_waiting { UNLINKED } else { 0 }, 0, &[])
}

fn write(
    stream: &mut UnixStream,
    command: u32,
    sequence: u32,
    status: i32,
    length: u32,
    data: &[u8],
) -> io::Result<()> {
    let mut message = Vec::with_capacity(HEADER_BYTES + data.len());
    for number in [command, sequence, 0, 0, 0, status.cast_unsigned(), length] {
        message.extend(number.to_be_bytes());
    }
    message.resize(HEADER_BYTES, 0);
    message.extend(data);
    stream.write_all(&message)
}
