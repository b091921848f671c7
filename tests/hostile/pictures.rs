//! The pictures, as frames of a camera.

use std::path::Path;

use hes_kiosk::code::Code;
use image::{GrayImage, Luma};
use qrcode::bits::{Bits, ExtendedMode};
use qrcode::types::{Color, Mode};
use qrcode::{EcLevel, QrCode, Version};

/// What a visitor's code holds.
pub const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

/// What the pictures hold that pretend to be another visitor's code.
const OTHER: &str = "fedcba9876543210fedcba9876543210|Z9Y8765432";

const WIDTH: u32 = 1280;
const HEIGHT: u32 = 720;

/// What may be read in a picture, besides nothing.
enum Texts {
    /// One of these.
    These(Vec<String>),
    /// Anything that is no HES code.
    NoCode,
}

/// A frame that was made to stop the scanner.
pub struct Picture {
    /// What is in it.
    pub name: &'static str,
    frame: GrayImage,
    texts: Texts,
}

impl Picture {
    /// Whether `text` is not wrong.
    pub fn may_show(&self, text: &str) -> bool {
        match &self.texts {
            Texts::These(texts) => texts.iter().any(|known| known == text),
            Texts::NoCode => Code::parse(text).is_err(),
        }
    }

    pub fn save(&self, path: &Path) {
        self.frame.save(path).unwrap();
    }
}

/// A visitor's code in the same frame.
pub fn save_good(path: &Path) {
    let code = QrCode::with_error_correction_level(TEXT, EcLevel::M).unwrap();
    frame_with(&code, 8).save(path).unwrap();
}

/// All of them.
pub fn all() -> Vec<Picture> {
    let picture = |name, frame, texts| Picture { name, frame, texts };
    let one = |text: &str| Texts::These(vec![text.to_owned()]);
    let none = || Texts::These(Vec::new());
    let digits: String = (0..7089).map(|place| char::from(b'0' + (place * 7 % 10) as u8)).collect();
    let letters = "A1B2345678 ".repeat(390);
    vec![
        picture("hundreds of finder patterns", finder_patterns(), none()),
        picture("a field of finder patterns of all sizes", nested_finder_patterns(), none()),
        picture("a code full of finder patterns", code_of_finder_patterns(), none()),
        picture("a hundred codes of noise", codes_of_noise(), none()),
        picture("a code within a code", nested(), Texts::These(vec!["inner".into(), "outer".into()])),
        picture("twenty codes", many_codes(), Texts::These((0..20).map(|n| format!("code {n}")).collect())),
        picture("7089 digits", of_version_40(digits.as_bytes()), one(&digits)),
        picture("4290 letters and digits", of_version_40(letters.as_bytes()), one(&letters)),
        picture("2953 bytes", of_version_40(&[0xe7; 2953]), Texts::NoCode),
        picture("a part of a text", segments(3, structured_append), none()),
        picture("FNC1 in first position", segments(3, fnc1_first), one(OTHER)),
        picture("FNC1 in second position", segments(3, fnc1_second), one(&format!("37{OTHER}"))),
        picture("Turkish letters by their ECI", segments(3, |bits| eci(bits, 11, b"\xdd\xfd")), one("İı")),
        picture("an unknown ECI", segments(3, |bits| eci(bits, 999_999, OTHER.as_bytes())), one(OTHER)),
        picture(
            "an ECI of UTF-8 that is none",
            segments(3, |bits| eci(bits, 26, b"\xff\xfe\xc0")),
            Texts::NoCode,
        ),
        picture("no UTF-8 behind a code", segments(4, |bits| bytes(bits, b"|A1B2345678\xff")), Texts::NoCode),
        picture("no UTF-8 at all", segments(3, |bits| bytes(bits, &[0xff, 0xfe, 0x80, 0xc0])), Texts::NoCode),
        picture("a zero behind a code", segments(4, |bits| bytes(bits, b"A1B2345678\0more")), Texts::NoCode),
        picture("an empty text", segments(1, |bits| bytes(bits, b"")), none()),
        picture("no segments", segments(1, |_| ()), none()),
    ]
}

fn white() -> GrayImage {
    GrayImage::from_pixel(WIDTH, HEIGHT, Luma([255]))
}

fn fill(frame: &mut GrayImage, left: u32, top: u32, side: u32, shade: u8) {
    for row in top..(top + side).min(HEIGHT) {
        for column in left..(left + side).min(WIDTH) {
            frame.put_pixel(column, row, Luma([shade]));
        }
    }
}

/// A finder pattern (ISO/IEC 18004, 6.3.3): dark, light and dark squares of 7, 5 and 3 modules.
fn finder_pattern(frame: &mut GrayImage, left: u32, top: u32, module: u32) {
    for (inset, shade) in [(0, 0), (1, 255), (2, 0)] {
        fill(frame, left + inset * module, top + inset * module, (7 - 2 * inset) * module, shade);
    }
}

fn draw(frame: &mut GrayImage, code: &QrCode, left: u32, top: u32, module: u32) {
    let side = code.width() as u32;
    fill(frame, left.saturating_sub(2 * module), top.saturating_sub(2 * module), (side + 4) * module, 255);
    for (place, colour) in (0u32..).zip(code.to_colors()) {
        if colour == Color::Dark {
            fill(frame, left + place % side * module, top + place / side * module, module, 0);
        }
    }
}

/// A code in the middle of a frame.
fn frame_with(code: &QrCode, module: u32) -> GrayImage {
    let mut frame = white();
    let side = code.width() as u32 * module;
    draw(&mut frame, code, (WIDTH - side) / 2, (HEIGHT - side) / 2, module);
    frame
}

/// 40 x 22 finder patterns: each three of them may be a code's corners.
fn finder_patterns() -> GrayImage {
    let mut frame = white();
    for row in 0..22 {
        for column in 0..40 {
            finder_pattern(&mut frame, 2 + 32 * column, 2 + 32 * row, 3 + (row + column) % 2);
        }
    }
    frame
}

/// Finder patterns in the middle of larger ones.
fn nested_finder_patterns() -> GrayImage {
    let mut frame = white();
    for row in 0..4 {
        for column in 0..7 {
            let (left, top) = (4 + 180 * column, 4 + 178 * row);
            finder_pattern(&mut frame, left, top, 24);
            fill(&mut frame, left + 49, top + 49, 70, 255);
            finder_pattern(&mut frame, left + 52, top + 52, 9);
            fill(&mut frame, left + 71, top + 71, 25, 255);
            finder_pattern(&mut frame, left + 73, top + 73, 3);
        }
    }
    frame
}

/// A code that is found at once and, in place of its modules, has finder patterns.
fn code_of_finder_patterns() -> GrayImage {
    let code = QrCode::with_version("decoy", Version::Normal(7), EcLevel::H).unwrap();
    let mut frame = frame_with(&code, 15);
    let (left, top) = ((WIDTH - 45 * 15) / 2, (HEIGHT - 45 * 15) / 2);
    for row in 0..28 {
        for column in 0..28 {
            let is_corner = |place| !(6..22).contains(&place);
            if !(is_corner(row) && is_corner(column)) || (row > 21 && column > 21) {
                let (left, top) = (left + 24 * column, top + 24 * row);
                fill(&mut frame, left, top, 24, 255);
                finder_pattern(&mut frame, left + 1, top + 1, 3);
            }
        }
    }
    frame
}

/// Codes whose finder patterns are right and whose modules are noise of a fixed seed.
fn codes_of_noise() -> GrayImage {
    let mut frame = white();
    let mut noise = 1u32;
    for code in 0..91 {
        let (left, top) = (4 + 97 * (code % 13), 4 + 101 * (code / 13));
        for place in 0..29 * 29 {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let shade = if noise >> 31 == 0 { 0 } else { 255 };
            fill(&mut frame, left + 3 * (place % 29), top + 3 * (place / 29), 3, shade);
        }
        for (column, row) in [(0, 0), (22, 0), (0, 22)] {
            fill(&mut frame, left + 3 * column, top + 3 * row, 24, 255);
            finder_pattern(&mut frame, left + 3 * column, top + 3 * row, 3);
        }
    }
    frame
}

/// A code of which a smaller one covers no more than the error correction mends.
fn nested() -> GrayImage {
    let outer = QrCode::with_version("outer", Version::Normal(10), EcLevel::H).unwrap();
    let inner = QrCode::with_error_correction_level("inner", EcLevel::L).unwrap();
    let mut frame = frame_with(&outer, 11);
    draw(&mut frame, &inner, WIDTH / 2 - 42, HEIGHT / 2 - 42, 4);
    frame
}

fn many_codes() -> GrayImage {
    let mut frame = white();
    for number in 0..20 {
        let code = QrCode::with_error_correction_level(format!("code {number}"), EcLevel::M).unwrap();
        draw(&mut frame, &code, 40 + 250 * (number % 5), 20 + 175 * (number / 5), 6);
    }
    frame
}

/// The largest code, with as much in it as it holds.
fn of_version_40(data: &[u8]) -> GrayImage {
    frame_with(&QrCode::with_version(data, Version::Normal(40), EcLevel::L).unwrap(), 3)
}

/// A code with what `push` makes its content.
fn segments(version: i16, push: impl FnOnce(&mut Bits)) -> GrayImage {
    let mut bits = Bits::new(Version::Normal(version));
    push(&mut bits);
    bits.push_terminator(EcLevel::L).unwrap();
    frame_with(&QrCode::with_bits(bits, EcLevel::L).unwrap(), 8)
}

fn bytes(bits: &mut Bits, data: &[u8]) {
    bits.push_byte_data(data).unwrap();
}

/// The second of three parts (ISO/IEC 18004, 8.2), which looks like a whole text. The mode indicators behind
/// the first stand for their numbers: 1 the place, 2 the count less one, 1 and 2 the parity.
fn structured_append(bits: &mut Bits) {
    let numbers = [Mode::Numeric, Mode::Alphanumeric, Mode::Numeric, Mode::Alphanumeric];
    bits.push_mode_indicator(ExtendedMode::StructuredAppend).unwrap();
    for number in numbers {
        bits.push_mode_indicator(ExtendedMode::Data(number)).unwrap();
    }
    bytes(bits, OTHER.as_bytes());
}

fn fnc1_first(bits: &mut Bits) {
    bits.push_fnc1_first_position().unwrap();
    bytes(bits, OTHER.as_bytes());
}

fn fnc1_second(bits: &mut Bits) {
    bits.push_fnc1_second_position(37).unwrap();
    bytes(bits, OTHER.as_bytes());
}

fn eci(bits: &mut Bits, number: u32, data: &[u8]) {
    bits.push_eci_designator(number).unwrap();
    bytes(bits, data);
}
