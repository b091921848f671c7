//! What passes between a decode worker and its parent: framed messages, strictly checked.
//!
//! All numbers are little-endian:
//!
//! ```text
//! request   "HKDQ"  effort u8  left out u8  width u32  height u32  width * height bytes of brightness
//! ready     "HKDR"  gaps in the confinement u8
//! note      "HKDN"  decoder u8
//! answer    "HKDA"  microseconds u32  promising u8  count u16
//!           count times: decoder u8, hundredths of pixels a module u16 (0: unknown),
//!           length u32 (not 0), length bytes of UTF-8
//! ```
//!
//! The worker says once that it is ready, and what should confine it and does not. Then each request is
//! followed by notes, one before each call of a decoder that may hang, and by one answer.

use std::io::{self, Read, Write};
use std::time::Duration;

use super::{Effort, LeftOut, Look, WorkerError};
use crate::scan::decode::{Decoded, Decoder};
use crate::scan::frame::{Luma, MAX_PIXELS};
use crate::scan::sandbox::Gaps;

const REQUEST_MAGIC: [u8; 4] = *b"HKDQ";
const READY_MAGIC: [u8; 4] = *b"HKDR";
const NOTE_MAGIC: [u8; 4] = *b"HKDN";
const ANSWER_MAGIC: [u8; 4] = *b"HKDA";

/// The most texts in one answer; a picture with more codes than that shows nobody's.
const MAX_TEXTS: usize = 64;

/// The most bytes of one text. A QR code holds at most 7089 characters (ISO/IEC 18004), in UTF-8 at most
/// four bytes each.
pub const MAX_TEXT_BYTES: usize = 4 * 7089;

/// A picture and how it is to be looked at.
pub struct Request {
    /// The picture.
    pub luma: Luma,
    /// How hard the decoders try.
    pub effort: Effort,
    /// The decoders that are not to be called.
    pub left_out: LeftOut,
}

/// What a worker says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A call of this decoder begins.
    Note(Decoder),
    /// What was found.
    Answer(Look),
}

fn invalid() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// Asks for a look at `luma`.
///
/// # Errors
/// Those of `writer`.
pub fn write_request(
    writer: &mut impl Write,
    luma: &Luma,
    effort: Effort,
    left_out: LeftOut,
) -> io::Result<()> {
    let mut header = REQUEST_MAGIC.to_vec();
    header.push(match effort {
        Effort::Frame => 0,
        Effort::Picture => 1,
    });
    header.push(left_out.bits());
    header.extend(luma.width().to_le_bytes());
    header.extend(luma.height().to_le_bytes());
    writer.write_all(&header)?;
    writer.write_all(luma.pixels())?;
    writer.flush()
}

/// The next request; `None` where there are no more.
///
/// # Errors
/// What is no request, and those of `reader`.
pub fn read_request(reader: &mut impl Read) -> io::Result<Option<Request>> {
    let mut magic = [0; 4];
    match reader.read_exact(&mut magic) {
        Ok(()) if magic == REQUEST_MAGIC => {}
        Ok(()) => return Err(invalid()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let [effort, left_out] = read_array(reader)?;
    let effort = match effort {
        0 => Effort::Frame,
        1 => Effort::Picture,
        _ => return Err(invalid()),
    };
    let left_out = LeftOut::from_bits(left_out).ok_or_else(invalid)?;
    let width = u32::from_le_bytes(read_array(reader)?);
    let height = u32::from_le_bytes(read_array(reader)?);
    let size = u64::from(width) * u64::from(height);
    if size > MAX_PIXELS {
        return Err(invalid());
    }
    let mut pixels = vec![0; usize::try_from(size).map_err(|_| invalid())?];
    reader.read_exact(&mut pixels)?;
    let luma = Luma::new(width, height, pixels).ok_or_else(invalid)?;
    Ok(Some(Request { luma, effort, left_out }))
}

/// Says that the worker is ready for requests, confined but for `gaps`.
///
/// # Errors
/// Those of `writer`.
pub fn write_ready(writer: &mut impl Write, gaps: Gaps) -> io::Result<()> {
    let mut ready = READY_MAGIC.to_vec();
    ready.push(gaps.bits());
    writer.write_all(&ready)?;
    writer.flush()
}

/// Waits until the worker says that it is ready.
///
/// # Errors
/// [`WorkerError::Ended`] where its output ends, [`WorkerError::Nonsense`] for what it can't have written.
pub fn read_ready(reader: &mut impl Read) -> Result<Gaps, WorkerError> {
    let [m0, m1, m2, m3, gaps] = read_array(reader).map_err(ended)?;
    if [m0, m1, m2, m3] != READY_MAGIC {
        return Err(WorkerError::Nonsense);
    }
    Gaps::from_bits(gaps).ok_or(WorkerError::Nonsense)
}

/// Notes that a call of `decoder` begins.
///
/// # Errors
/// Those of `writer`.
pub fn write_note(writer: &mut impl Write, decoder: Decoder) -> io::Result<()> {
    let mut note = NOTE_MAGIC.to_vec();
    note.push(decoder.byte());
    writer.write_all(&note)?;
    writer.flush()
}

/// Answers a request.
///
/// # Errors
/// Those of `writer`.
pub fn write_answer(writer: &mut impl Write, look: &Look) -> io::Result<()> {
    let fits = |decoded: &&Decoded| decoded.text.len() <= MAX_TEXT_BYTES;
    let found: Vec<&Decoded> = look.found.iter().filter(fits).take(MAX_TEXTS).collect();
    let mut answer = ANSWER_MAGIC.to_vec();
    let microseconds = u32::try_from(look.cpu.as_micros()).unwrap_or(u32::MAX);
    answer.extend(microseconds.to_le_bytes());
    answer.push(u8::from(look.is_promising));
    // At most `MAX_TEXTS` texts of at most `MAX_TEXT_BYTES`: no number is cut.
    answer.extend((found.len() as u16).to_le_bytes());
    for decoded in found {
        answer.push(decoded.decoder.byte());
        // `as` takes a float to the nearest end of the range and what is no number to 0.
        let hundredths = (decoded.module_pixels.unwrap_or(0.0) * 100.0).round() as u16;
        answer.extend(hundredths.to_le_bytes());
        answer.extend((decoded.text.len() as u32).to_le_bytes());
        answer.extend(decoded.text.as_bytes());
    }
    writer.write_all(&answer)?;
    writer.flush()
}

/// What the worker says next.
///
/// # Errors
/// [`WorkerError::Ended`] where its output ends, [`WorkerError::Nonsense`] for what it can't have written.
pub fn read_said(reader: &mut impl Read) -> Result<Said, WorkerError> {
    match read_array(reader).map_err(ended)? {
        NOTE_MAGIC => {
            let [decoder] = read_array(reader).map_err(ended)?;
            Decoder::from_byte(decoder).map(Said::Note).ok_or(WorkerError::Nonsense)
        }
        ANSWER_MAGIC => read_look(reader).map(Said::Answer),
        _ => Err(WorkerError::Nonsense),
    }
}

fn ended(_: io::Error) -> WorkerError {
    WorkerError::Ended
}

fn read_look(reader: &mut impl Read) -> Result<Look, WorkerError> {
    let cpu = Duration::from_micros(u32::from_le_bytes(read_array(reader).map_err(ended)?).into());
    let [is_promising] = read_array(reader).map_err(ended)?;
    let count = usize::from(u16::from_le_bytes(read_array(reader).map_err(ended)?));
    if count > MAX_TEXTS || is_promising > 1 {
        return Err(WorkerError::Nonsense);
    }
    let found = (0..count).map(|_| read_decoded(reader)).collect::<Result<_, _>>()?;
    Ok(Look { found, is_promising: is_promising == 1, cpu })
}

fn read_decoded(reader: &mut impl Read) -> Result<Decoded, WorkerError> {
    let [decoder] = read_array(reader).map_err(ended)?;
    let decoder = Decoder::from_byte(decoder).ok_or(WorkerError::Nonsense)?;
    let hundredths = u16::from_le_bytes(read_array(reader).map_err(ended)?);
    let length = u32::from_le_bytes(read_array(reader).map_err(ended)?) as usize;
    if !(1..=MAX_TEXT_BYTES).contains(&length) {
        return Err(WorkerError::Nonsense);
    }
    let mut text = vec![0; length];
    reader.read_exact(&mut text).map_err(ended)?;
    let text = String::from_utf8(text).map_err(|_| WorkerError::Nonsense)?;
    let module_pixels = (hundredths > 0).then(|| f32::from(hundredths) / 100.0);
    Ok(Decoded { text, decoder, module_pixels })
}

fn read_array<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(effort: Effort) -> Vec<u8> {
        let luma = Luma::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let mut bytes = Vec::new();
        let mut left_out = LeftOut::default();
        left_out.insert(Decoder::Rqrr);
        write_request(&mut bytes, &luma, effort, left_out).unwrap();
        bytes
    }

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        for effort in [Effort::Frame, Effort::Picture] {
            let request = read_request(&mut request(effort).as_slice()).unwrap().unwrap();
            let luma = request.luma;
            assert_eq!((luma.width(), luma.height(), request.effort), (3, 2, effort));
            assert_eq!(luma.pixels(), [1, 2, 3, 4, 5, 6]);
            assert!(request.left_out.contains(Decoder::Rqrr) && !request.left_out.contains(Decoder::Zxing));
        }
    }

    #[test]
    fn the_end_of_requests_is_no_error() {
        assert!(matches!(read_request(&mut io::empty()), Ok(None)));
    }

    #[test]
    fn a_request_with_any_part_out_of_bounds_is_an_error() {
        let valid = request(Effort::Frame);
        for (place, value) in [(0, b'X'), (4, 2), (5, 8), (6, 0), (9, 255), (13, 255)] {
            let mut bytes = valid.clone();
            bytes[place] = value;
            assert!(read_request(&mut bytes.as_slice()).is_err(), "byte {place}");
        }
        assert!(read_request(&mut &valid[..valid.len() - 1]).is_err());
    }

    #[test]
    fn an_answer_arrives_as_it_was_sent() {
        let found = ["A1B2345678", "İ|ı"].map(|text| Decoded {
            text: text.to_owned(),
            decoder: Decoder::Zxing,
            module_pixels: Some(2.5).filter(|_| text.is_ascii()),
        });
        let look = Look { found: found.into(), is_promising: true, cpu: Duration::from_micros(1234) };
        let mut bytes = Vec::new();
        write_answer(&mut bytes, &look).unwrap();
        assert_eq!(read_said(&mut bytes.as_slice()), Ok(Said::Answer(look)));
    }

    #[test]
    fn a_worker_says_what_does_not_confine_it() {
        let gaps = Gaps { calls: true, ..Gaps::default() };
        let mut bytes = Vec::new();
        write_ready(&mut bytes, gaps).unwrap();
        assert_eq!(read_ready(&mut bytes.as_slice()), Ok(gaps));
    }

    #[test]
    fn who_is_not_ready_is_no_worker() {
        for (bytes, error) in [
            (&b"HKDR"[..], WorkerError::Ended),
            (b"HKDA\0\0\0\0\0\0\0", WorkerError::Nonsense),
            (b"HKDR\x08", WorkerError::Nonsense),
        ] {
            assert_eq!(read_ready(&mut &bytes[..]), Err(error), "{bytes:?}");
        }
    }

    #[test]
    fn a_note_arrives_as_it_was_sent() {
        for decoder in Decoder::ALL {
            let mut bytes = Vec::new();
            write_note(&mut bytes, decoder).unwrap();
            assert_eq!(read_said(&mut bytes.as_slice()), Ok(Said::Note(decoder)));
        }
    }

    #[test]
    fn nonsense_for_an_answer_is_an_error() {
        for (bytes, error) in [
            (&b""[..], WorkerError::Ended),
            (b"HKD", WorkerError::Ended),
            (b"HKDA\0\0\0\0\x00\x01\x00\x00\0\0\x05\x00\x00\x00abc", WorkerError::Ended),
            (b"hello, world", WorkerError::Nonsense),
            (b"HKDN\x09", WorkerError::Nonsense),
            (b"HKDA\0\0\0\0\x00\xff\xff", WorkerError::Nonsense),
            (b"HKDA\0\0\0\0\x02\x00\x00", WorkerError::Nonsense),
            (b"HKDA\0\0\0\0\x00\x01\x00\x07\0\0\x00\x00\x00\x00", WorkerError::Nonsense),
            (b"HKDA\0\0\0\0\x00\x01\x00\x00\0\0\xff\xff\xff\xff", WorkerError::Nonsense),
            (b"HKDA\0\0\0\0\x00\x01\x00\x00\0\0\x00\x00\x00\x00", WorkerError::Nonsense),
            (b"HKDA\0\0\0\0\x00\x01\x00\x00\0\0\x01\x00\x00\x00\xff", WorkerError::Nonsense),
        ] {
            assert_eq!(read_said(&mut &bytes[..]), Err(error), "{bytes:?}");
        }
    }
}
