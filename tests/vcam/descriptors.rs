//! What a webcam says of itself (USB Video Class 1.0, chapters 3 and 4). All numbers are little-endian.

/// How a camera's pictures are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Mjpeg,
    Yuyv,
    /// One that the scanner has no use for, nor nokhwa a name.
    Uyvy,
}

/// A size that a camera offers.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    pub encoding: Encoding,
    pub width: u16,
    pub height: u16,
    /// Frames a second; the first is the default.
    pub frame_rates: &'static [u32],
}

impl Offer {
    /// The number of bytes that a frame has at the most.
    pub fn frame_bytes(&self) -> u32 {
        2 * u32::from(self.width) * u32::from(self.height)
    }
}

/// A number that the host reads and sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    pub entity: u8,
    pub selector: u8,
    pub bytes: u16,
    pub range: [u32; 2],
    pub default: u32,
}

/// The camera terminal and the processing unit, two of the chain's three entities.
const TERMINAL: u8 = 1;
const PROCESSING: u8 = 2;
const OUTPUT: u8 = 3;

/// Automatic exposure: 1 manual, 8 by aperture. Of its modes the bits of a resolution name those it has.
pub const AUTO_EXPOSURE: Control =
    Control { entity: TERMINAL, selector: 2, bytes: 1, range: [1, 8], default: 8 };
/// Exposure time in 0.1 ms.
pub const EXPOSURE: Control =
    Control { entity: TERMINAL, selector: 4, bytes: 4, range: [3, 2047], default: 250 };
/// Focus in mm.
pub const FOCUS: Control = Control { entity: TERMINAL, selector: 6, bytes: 2, range: [0, 250], default: 0 };
/// Automatic focus.
pub const AUTO_FOCUS: Control =
    Control { entity: TERMINAL, selector: 8, bytes: 1, range: [0, 1], default: 1 };
/// Power-line frequency: 0 none, 1 50 Hz, 2 60 Hz.
pub const POWER_LINE_FREQUENCY: Control =
    Control { entity: PROCESSING, selector: 5, bytes: 1, range: [0, 2], default: 2 };

/// The controls that this camera has, and their bits in the descriptors of the two entities.
pub const CONTROLS: [Control; 5] = [AUTO_EXPOSURE, EXPOSURE, FOCUS, AUTO_FOCUS, POWER_LINE_FREQUENCY];
const TERMINAL_CONTROLS: [u8; 3] = [0b10_1010, 0, 0b10];
const PROCESSING_CONTROLS: [u8; 2] = [0, 0b100];

/// The only endpoint: bulk, towards the host.
const ENDPOINT: u8 = 0x81;
const PACKET_BYTES: u16 = 512;

/// The device: USB 2.0, of miscellaneous class with associated interfaces, the Linux Foundation's webcam.
pub const DEVICE: [u8; 18] = [18, 1, 0, 2, 0xef, 2, 1, 64, 0x6b, 0x1d, 2, 1, 0, 1, 0, 1, 0, 1];

/// String `index`: the languages, or the device's name.
pub fn string(index: u8, name: &str) -> Vec<u8> {
    const ENGLISH: u16 = 0x0409;
    let units: Vec<u16> = if index == 0 { vec![ENGLISH] } else { name.encode_utf16().collect() };
    let mut descriptor = vec![length(2 + 2 * units.len()), 3];
    descriptor.extend(units.into_iter().flat_map(u16::to_le_bytes));
    descriptor
}

/// The one configuration: a control and a streaming interface, and all that `offers` names.
pub fn configuration(offers: &[Offer]) -> Vec<u8> {
    let control = control_interface();
    let streaming = streaming_interface(offers);
    let total = u16::try_from(9 + 8 + control.len() + streaming.len()).expect("too many offers");
    let [low, high] = total.to_le_bytes();
    let mut all = vec![9, 2, low, high, 2, 1, 0, 0x80, 250];
    all.extend([8, 11, 0, 2, 14, 3, 0, 1]);
    all.extend(control);
    all.extend(streaming);
    all
}

fn control_interface() -> Vec<u8> {
    let mut entities = vec![18, 36, 2, TERMINAL, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3];
    entities.extend(TERMINAL_CONTROLS);
    entities.extend([11, 36, 5, PROCESSING, TERMINAL, 0, 0, 2]);
    entities.extend(PROCESSING_CONTROLS);
    entities.push(0);
    entities.extend([9, 36, 3, OUTPUT, 1, 1, 0, PROCESSING, 0]);
    let mut interface = vec![9, 4, 0, 0, 0, 14, 1, 0, 0];
    interface.extend([13, 36, 1, 0, 1, length(13 + entities.len()), 0, 0x80, 0x8d, 0x5b, 0, 1, 1]);
    interface.extend(entities);
    interface
}

fn streaming_interface(offers: &[Offer]) -> Vec<u8> {
    let formats: Vec<Vec<u8>> = formats(offers)
        .iter()
        .zip(1..)
        .map(|((encoding, offers), number)| format(*encoding, offers, number))
        .collect();
    let header_bytes = 13 + formats.len();
    let total = u16::try_from(header_bytes + formats.concat().len()).expect("too many offers");
    let [low, high] = total.to_le_bytes();
    let mut interface = vec![9, 4, 1, 0, 1, 14, 2, 0, 0];
    interface.extend([
        length(header_bytes),
        36,
        1,
        length(formats.len()),
        low,
        high,
        ENDPOINT,
        0,
        OUTPUT,
        0,
        0,
        0,
        1,
    ]);
    interface.resize(interface.len() + formats.len(), 0);
    interface.extend(formats.concat());
    let [low, high] = PACKET_BYTES.to_le_bytes();
    interface.extend([7, 5, ENDPOINT, 2, low, high, 0]);
    interface
}

/// The offers of each encoding, in the order in which the host numbers them from 1.
pub fn formats(offers: &[Offer]) -> Vec<(Encoding, Vec<Offer>)> {
    let mut formats: Vec<(Encoding, Vec<Offer>)> = Vec::new();
    for offer in offers {
        match formats.iter_mut().find(|(encoding, _)| *encoding == offer.encoding) {
            Some((_, offers)) => offers.push(*offer),
            None => formats.push((offer.encoding, vec![*offer])),
        }
    }
    formats
}

fn format(encoding: Encoding, offers: &[Offer], number: u8) -> Vec<u8> {
    let sizes = length(offers.len());
    let (frame_kind, mut format) = match encoding {
        Encoding::Mjpeg => (7, vec![11, 36, 6, number, sizes, 1, 1, 0, 0, 0, 0]),
        Encoding::Yuyv => (5, uncompressed(*b"YUY2", 16, number, sizes)),
        Encoding::Uyvy => (5, uncompressed(*b"UYVY", 16, number, sizes)),
    };
    for (offer, number) in offers.iter().zip(1..) {
        let rates = offer.frame_rates;
        format.extend([length(26 + 4 * rates.len()), 36, frame_kind, number, 0]);
        format.extend(offer.width.to_le_bytes());
        format.extend(offer.height.to_le_bytes());
        let bits = |rate: &u32| 8 * rate * offer.frame_bytes();
        format.extend(rates.iter().map(bits).min().unwrap_or(0).to_le_bytes());
        format.extend(rates.iter().map(bits).max().unwrap_or(0).to_le_bytes());
        format.extend(offer.frame_bytes().to_le_bytes());
        format.extend(interval(rates[0]).to_le_bytes());
        format.push(length(rates.len()));
        format.extend(rates.iter().flat_map(|rate| interval(*rate).to_le_bytes()));
    }
    format
}

fn uncompressed(name: [u8; 4], bits: u8, number: u8, sizes: u8) -> Vec<u8> {
    let mut format = vec![27, 36, 4, number, sizes];
    format.extend(name);
    format.extend([0, 0, 16, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    format.extend([bits, 1, 0, 0, 0, 0]);
    format
}

/// The time between two frames in 0.1 µs.
pub fn interval(frame_rate: u32) -> u32 {
    10_000_000 / frame_rate
}

fn length(bytes: usize) -> u8 {
    u8::try_from(bytes).expect("a descriptor is too long")
}
