//! What the scanner writes and its supervisor reads: framed messages, strictly checked.
//!
//! All numbers are little-endian:
//!
//! ```text
//! message   "HKSC"  kind u8  length u32  length bytes
//! kind 1    preview: width u16, height u16, four bytes a pixel
//! kind 2    reading: nanoseconds u64 of the monotonic clock when its frame came, UTF-8
//! kind 3    heartbeat: nothing
//! kind 4    state of the camera: one byte
//! kind 5    what could not be set on the camera: one byte each
//! kind 6    the decode worker failed: decoder u8 (255: none), error u8, the system's error i32,
//!           milliseconds of the pause u32
//! kind 7    a process confined itself: scanner 0 or decode worker 1, gaps u8
//! kind 8    several codes in view: nothing
//! kind 9    frames a second that come from the camera: one byte
//! ```

use std::io::{self, Read, Write};
use std::time::Duration;

use super::camera::Control;
use super::decode::Decoder;
use super::frame::{MAX_PREVIEW_HEIGHT, MAX_PREVIEW_WIDTH, Preview};
use super::sandbox::Gaps;
use super::watcher::Failure;
use super::worker::{MAX_TEXT_BYTES, WorkerError};

const MAGIC: [u8; 4] = *b"HKSC";
const MAX_PREVIEW_BYTES: usize = 4 + 4 * MAX_PREVIEW_WIDTH as usize * MAX_PREVIEW_HEIGHT as usize;

/// What is known of the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraState {
    /// Frames arrive.
    Working,
    /// There is no camera, or not the one asked for.
    Missing,
    /// The system refuses access to the camera.
    NoPermission,
    /// Another program uses the camera.
    Busy,
    /// The camera was opened and sends nothing.
    Stalled,
    /// The camera failed otherwise.
    Failed,
    /// The camera worked and is gone.
    Unplugged,
    /// The camera sends black frames alone: its lens is covered, or it is dark.
    Covered,
    /// Most of what the camera sends cannot be decoded.
    Damaged,
    /// The camera offers no format that can be used.
    Unsupported,
    /// The camera sends so few frames that a code has to be held for long.
    Slow,
    /// The scanner ended, hung or wrote nonsense and is being started again.
    Restarting,
}

impl CameraState {
    /// Each state.
    pub const ALL: [Self; 12] = [
        Self::Working,
        Self::Missing,
        Self::NoPermission,
        Self::Busy,
        Self::Stalled,
        Self::Failed,
        Self::Unplugged,
        Self::Covered,
        Self::Damaged,
        Self::Unsupported,
        Self::Slow,
        Self::Restarting,
    ];

    /// Whether what the camera sends shows what stands before it.
    pub fn sees(self) -> bool {
        matches!(self, Self::Working | Self::Slow)
    }

    /// The state's name in the log and in the names of its texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Missing => "missing",
            Self::NoPermission => "no-permission",
            Self::Busy => "busy",
            Self::Stalled => "stalled",
            Self::Failed => "failed",
            Self::Unplugged => "unplugged",
            Self::Covered => "covered",
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::Slow => "slow",
            Self::Restarting => "restarting",
        }
    }
}

/// The states that a scanner can write, with their bytes. It can't write that it is being restarted.
const STATES: [(u8, CameraState); 11] = [
    (1, CameraState::Working),
    (2, CameraState::Missing),
    (3, CameraState::NoPermission),
    (4, CameraState::Busy),
    (5, CameraState::Stalled),
    (6, CameraState::Failed),
    (7, CameraState::Unplugged),
    (8, CameraState::Covered),
    (9, CameraState::Damaged),
    (10, CameraState::Unsupported),
    (11, CameraState::Slow),
];

/// The bytes of what can be set on a camera.
const CONTROLS: [(u8, Control); 3] =
    [(1, Control::Focus), (2, Control::Exposure), (3, Control::PowerLineFrequency)];
/// The byte for no decoder.
const NO_DECODER: u8 = 255;

/// A process that confines itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// The one that owns the camera.
    Scanner = 0,
    /// The one that calls the decoders.
    DecodeWorker = 1,
}

/// One message of the scanner.
#[derive(Clone, PartialEq, Eq)]
pub enum Message {
    /// A picture for the screen.
    Preview(Preview),
    /// The text of a code in view; it may hold personal data, hence no `Debug` of messages.
    Reading {
        /// The whole text.
        text: String,
        /// When its frame came, by [`super::clock::monotonic`].
        captured: Duration,
    },
    /// The scanner makes progress.
    Heartbeat,
    /// The camera's state has changed.
    Camera(CameraState),
    /// A camera was opened, and this could not be set on it.
    Unmet(Vec<Control>),
    /// The decode worker failed.
    Failure(Failure),
    /// A process has confined itself, but for these gaps.
    Confined(Process, Gaps),
    /// Different HES codes are in view at once.
    SeveralCodes,
    /// So many frames a second come from the camera; 255 are that or more.
    FrameRate(u8),
}

/// Why the scanner's output can't be believed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// It broke off, maybe within a message.
    #[error("the scanner's output ended")]
    Ended,
    /// What came is no message.
    #[error("the scanner wrote nonsense")]
    Nonsense,
}

/// Writes `message` as a whole.
///
/// # Errors
/// Those of `writer`; nothing is written of a message that no supervisor would accept.
pub fn write_message(writer: &mut impl Write, message: &Message) -> io::Result<()> {
    match message {
        Message::Preview(preview) => {
            let mut size = Vec::with_capacity(4);
            // A preview is at most 640x480: neither number is cut.
            size.extend((preview.width() as u16).to_le_bytes());
            size.extend((preview.height() as u16).to_le_bytes());
            write_parts(writer, 1, &size, preview.rgba())
        }
        Message::Reading { text, captured } => {
            let nanoseconds = u64::try_from(captured.as_nanos()).map_err(|_| io::ErrorKind::InvalidInput)?;
            write_parts(writer, 2, &nanoseconds.to_le_bytes(), text.as_bytes())
        }
        Message::Heartbeat => write_parts(writer, 3, &[], &[]),
        Message::Camera(state) => match STATES.iter().find(|(_, known)| known == state) {
            Some((byte, _)) => write_parts(writer, 4, &[*byte], &[]),
            None => Err(io::ErrorKind::InvalidInput.into()),
        },
        Message::Unmet(controls) => {
            let known = CONTROLS.iter().filter(|(_, control)| controls.contains(control));
            let bytes: Vec<u8> = known.map(|(byte, _)| *byte).collect();
            write_parts(writer, 5, &bytes, &[])
        }
        Message::Failure(failure) => write_parts(writer, 6, &failure_bytes(failure), &[]),
        Message::Confined(process, gaps) => write_parts(writer, 7, &[*process as u8, gaps.bits()], &[]),
        Message::SeveralCodes => write_parts(writer, 8, &[], &[]),
        Message::FrameRate(rate) => write_parts(writer, 9, &[*rate], &[]),
    }
}

fn failure_bytes(failure: &Failure) -> Vec<u8> {
    let (error, number) = match failure.error {
        WorkerError::NotStarted(number) => (0, number),
        WorkerError::TimedOut => (1, 0),
        WorkerError::Ended => (2, 0),
        WorkerError::Nonsense => (3, 0),
    };
    let mut bytes = vec![failure.decoder.map_or(NO_DECODER, Decoder::byte), error];
    bytes.extend(number.to_le_bytes());
    bytes.extend(u32::try_from(failure.pause.as_millis()).unwrap_or(u32::MAX).to_le_bytes());
    bytes
}

fn parse_failure(bytes: &[u8]) -> Option<Failure> {
    let &[decoder, error, n0, n1, n2, n3, p0, p1, p2, p3] = bytes else { return None };
    let decoder = match decoder {
        NO_DECODER => None,
        decoder => Some(Decoder::from_byte(decoder)?),
    };
    let error = match (error, i32::from_le_bytes([n0, n1, n2, n3])) {
        (0, number) => WorkerError::NotStarted(number),
        (1, 0) => WorkerError::TimedOut,
        (2, 0) => WorkerError::Ended,
        (3, 0) => WorkerError::Nonsense,
        _ => return None,
    };
    let pause = Duration::from_millis(u32::from_le_bytes([p0, p1, p2, p3]).into());
    Some(Failure { decoder, error, pause })
}

fn write_parts(writer: &mut impl Write, kind: u8, start: &[u8], rest: &[u8]) -> io::Result<()> {
    let length = u32::try_from(start.len() + rest.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let mut header = Vec::with_capacity(9 + start.len());
    header.extend(MAGIC);
    header.push(kind);
    header.extend(length.to_le_bytes());
    header.extend(start);
    writer.write_all(&header)?;
    writer.write_all(rest)?;
    writer.flush()
}

/// Reads the next message.
///
/// # Errors
/// [`ProtocolError`]; nothing that follows can be understood then.
pub fn read_message(reader: &mut impl Read) -> Result<Message, ProtocolError> {
    let mut header = [0; 9];
    reader.read_exact(&mut header).map_err(|_| ProtocolError::Ended)?;
    let [m0, m1, m2, m3, kind, l0, l1, l2, l3] = header;
    let length = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
    let allowed = match kind {
        1 => 4..=MAX_PREVIEW_BYTES,
        2 => 9..=8 + MAX_TEXT_BYTES,
        3 => 0..=0,
        4 => 1..=1,
        5 => 0..=CONTROLS.len(),
        6 => 10..=10,
        7 => 2..=2,
        8 => 0..=0,
        9 => 1..=1,
        _ => return Err(ProtocolError::Nonsense),
    };
    if [m0, m1, m2, m3] != MAGIC || !allowed.contains(&length) {
        return Err(ProtocolError::Nonsense);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).map_err(|_| ProtocolError::Ended)?;
    parse(kind, body).ok_or(ProtocolError::Nonsense)
}

fn parse(kind: u8, mut body: Vec<u8>) -> Option<Message> {
    match kind {
        1 => {
            let &[w0, w1, h0, h1] = body.first_chunk()?;
            let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
            // What is left is not copied into a second block.
            body.drain(..4);
            Preview::new(width.into(), height.into(), body).map(Message::Preview)
        }
        2 => {
            let text = String::from_utf8(body.split_off(8)).ok()?;
            let captured = Duration::from_nanos(u64::from_le_bytes(body.try_into().ok()?));
            Some(Message::Reading { text, captured })
        }
        3 => Some(Message::Heartbeat),
        5 => {
            let control =
                |byte| CONTROLS.iter().find(|(known, _)| *known == byte).map(|(_, control)| *control);
            // Each at most once, in the order in which they are written.
            let is_ordered = body.is_sorted_by(|one, next| one < next);
            let controls = body.into_iter().map(control).collect::<Option<_>>();
            controls.filter(|_| is_ordered).map(Message::Unmet)
        }
        6 => parse_failure(&body).map(Message::Failure),
        7 => {
            let [process, gaps] = body[..] else { return None };
            let processes = [Process::Scanner, Process::DecodeWorker];
            let process = processes.into_iter().find(|&known| known as u8 == process)?;
            Gaps::from_bits(gaps).map(|gaps| Message::Confined(process, gaps))
        }
        8 => Some(Message::SeveralCodes),
        9 => body.first().map(|&rate| Message::FrameRate(rate)),
        _ => {
            let state = STATES.iter().find(|(byte, _)| body == [*byte]);
            state.map(|&(_, state)| Message::Camera(state))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(message: &Message) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_message(&mut bytes, message).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Message, ProtocolError> {
        read_message(&mut &bytes[..])
    }

    fn error(bytes: &[u8]) -> Option<ProtocolError> {
        read(bytes).err()
    }

    fn preview() -> Message {
        Message::Preview(Preview::new(2, 1, (1..=8).collect()).unwrap())
    }

    fn reading(text: &str) -> Message {
        Message::Reading { text: text.to_owned(), captured: Duration::new(12_345, 678_901_234) }
    }

    #[test]
    fn each_message_arrives_as_it_was_sent() {
        let mut messages = vec![preview(), reading("İ|ı"), Message::Heartbeat, Message::SeveralCodes];
        messages.extend([0, 30, 255].map(Message::FrameRate));
        messages.extend(STATES.map(|(_, state)| Message::Camera(state)));
        messages.extend([Message::Unmet(Vec::new()), Message::Unmet(Control::ALL.to_vec())]);
        let errors =
            [WorkerError::NotStarted(-2), WorkerError::TimedOut, WorkerError::Ended, WorkerError::Nonsense];
        for (decoder, error) in
            [None, Some(Decoder::Rqrr), Some(Decoder::Modules), None].into_iter().zip(errors)
        {
            messages.push(Message::Failure(Failure { decoder, error, pause: Duration::from_millis(10_001) }));
        }
        for process in [Process::Scanner, Process::DecodeWorker] {
            messages.push(Message::Confined(process, Gaps { calls: true, ..Gaps::default() }));
        }
        for message in messages {
            assert!(read(&bytes(&message)) == Ok(message));
        }
    }

    #[test]
    fn the_largest_preview_arrives() {
        let rgba = vec![7; 4 * 640 * 480];
        let message = Message::Preview(Preview::new(640, 480, rgba).unwrap());
        assert!(read(&bytes(&message)) == Ok(message));
    }

    #[test]
    fn a_scanner_can_not_say_that_it_is_being_restarted() {
        assert!(write_message(&mut Vec::new(), &Message::Camera(CameraState::Restarting)).is_err());
    }

    #[test]
    fn output_that_breaks_off_has_ended() {
        let whole = bytes(&preview());
        for length in 0..whole.len() {
            assert_eq!(error(&whole[..length]), Some(ProtocolError::Ended), "{length} bytes");
        }
    }

    #[test]
    fn each_kind_of_garbage_is_nonsense() {
        for garbage in [
            &b"Hello, world: this is no message"[..],
            b"HKSX\x03\x00\x00\x00\x00",
            b"HKSC\x00\x00\x00\x00\x00",
            b"HKSC\x0a\x00\x00\x00\x00",
            b"HKSC\x03\x01\x00\x00\x00x",
            b"HKSC\x02\x00\x00\x00\x00",
            b"HKSC\x02\xff\xff\xff\xff",
            b"HKSC\x02\x08\x00\x00\x00\0\0\0\0\0\0\0\0",
            b"HKSC\x02\x09\x00\x00\x00\0\0\0\0\0\0\0\0\xff",
            b"HKSC\x04\x01\x00\x00\x00\x0c",
            b"HKSC\x08\x01\x00\x00\x00x",
            b"HKSC\x09\x02\x00\x00\x00\x1e\x1e",
            b"HKSC\x04\x02\x00\x00\x00\x01\x01",
            b"HKSC\x05\x01\x00\x00\x00\x04",
            b"HKSC\x05\x04\x00\x00\x00\x01\x02\x03\x01",
            b"HKSC\x06\x0a\x00\x00\x00\x03\x01\0\0\0\0\0\0\0\0",
            b"HKSC\x06\x0a\x00\x00\x00\x00\x04\0\0\0\0\0\0\0\0",
            b"HKSC\x07\x02\x00\x00\x00\x02\x00",
            b"HKSC\x07\x02\x00\x00\x00\x00\x08",
            b"HKSC\x01\xff\xff\xff\x7f",
            b"HKSC\x01\x03\x00\x00\x00\x00\x00\x00",
            b"HKSC\x01\x04\x00\x00\x00\x00\x00\x00\x00",
            b"HKSC\x01\x08\x00\x00\x00\x01\x00\x02\x00\x00\x00\x00\x00",
        ] {
            assert_eq!(error(garbage), Some(ProtocolError::Nonsense), "{garbage:?}");
        }
    }

    #[test]
    fn a_preview_that_is_larger_than_allowed_is_nonsense() {
        let mut message = b"HKSC\x01".to_vec();
        message.extend(4u32.wrapping_add(4 * 641 * 2).to_le_bytes());
        message.extend(641u16.to_le_bytes());
        message.extend(2u16.to_le_bytes());
        message.extend(vec![0; 4 * 641 * 2]);
        assert_eq!(error(&message), Some(ProtocolError::Nonsense));
    }

    #[test]
    fn no_flipped_bit_of_a_header_is_believed() {
        let whole = bytes(&reading("text"));
        for bit in 0..32 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(error(&flipped), Some(ProtocolError::Nonsense), "bit {bit}");
        }
    }
}
