//! Finding codes in one picture. The only file that knows the decoders.
//!
//! | decoder | what it brings |
//! | --- | --- |
//! | zxing-cpp | the strongest single look; QR codes and Code 39; C++ |
//! | modules | QR codes whose modules are known from several frames (see [`super::strategy`]) |
//! | rqrr | QR codes in pure Rust, by ways of its own: it reads some that nothing else does |
//!
//! Any of them can take minutes with a hostile picture, or worse, which is why only the decode worker calls
//! them, and says beforehand which one (see [`super::worker`]).

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rqrr::PreparedImage;
use zxingcpp::{BarcodeFormat, BarcodeReader, Binarizer, ImageFormat, ImageView, TextMode};

use super::frame::Luma;

/// A decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoder {
    /// The crate rqrr.
    Rqrr,
    /// The library zxing-cpp.
    Zxing,
    /// The strategy's own reading of modules over several frames.
    Modules,
}

impl Decoder {
    /// Each decoder.
    pub const ALL: [Self; 3] = [Self::Rqrr, Self::Zxing, Self::Modules];

    /// The decoder's byte in messages between processes.
    pub fn byte(self) -> u8 {
        match self {
            Self::Rqrr => 0,
            Self::Zxing => 1,
            Self::Modules => 2,
        }
    }

    /// The decoder of [`Decoder::byte`].
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|decoder| decoder.byte() == byte)
    }

    /// The decoder's name in JSON and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rqrr => "rqrr",
            Self::Zxing => "zxing-cpp",
            Self::Modules => "modules",
        }
    }
}

/// A place in a picture, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// The corners of a code: in its own reading direction top left, top right, bottom right, bottom left.
pub type Corners = [Point; 4];

/// A code's text as a decoder found it in a picture.
#[derive(Clone, PartialEq)]
pub struct Decoded {
    /// The whole text, never an empty one; it may hold personal data, hence no `Debug` of it.
    pub text: String,
    /// Who found it.
    pub decoder: Decoder,
    /// How many pixels wide a module of the code is, where that is known.
    pub module_pixels: Option<f32>,
}

impl fmt::Debug for Decoded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decoded({} bytes by {})", self.text.len(), self.decoder.name())
    }
}

/// What zxing-cpp looks for in one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbols {
    /// QR codes as HES codes are, of model 2, at most so many. Micro QR codes hold so little to check that
    /// among many frames noise passes for one.
    QrCodes(u8),
    /// QR codes of each kind, at most so many.
    AnyQrCodes(u8),
    /// Code 39 barcodes, as printed forms carry them.
    Code39,
}

/// A code that zxing-cpp located: its text, or its corners alone where the text was beyond repair.
#[derive(Clone, PartialEq)]
pub struct Located {
    /// The text, where it could be read.
    pub decoded: Option<Decoded>,
    /// Where the code is.
    pub corners: Corners,
}

/// What zxing-cpp finds in `luma`.
pub fn zxing(luma: &Luma, symbols: Symbols) -> Vec<Located> {
    zxing_with(luma, symbols, Binarizer::LocalAverage)
}

/// What zxing-cpp finds in `bitmap`, a picture of black and white alone.
pub fn zxing_bitmap(bitmap: &Luma, symbols: Symbols) -> Vec<Located> {
    zxing_with(bitmap, symbols, Binarizer::FixedThreshold)
}

fn zxing_with(luma: &Luma, symbols: Symbols, binarizer: Binarizer) -> Vec<Located> {
    let view = ImageView::from_slice(luma.pixels(), luma.width(), luma.height(), ImageFormat::Lum);
    let Ok(view) = view else { return Vec::new() };
    let reader = BarcodeReader::new().text_mode(TextMode::Plain).binarizer(binarizer);
    let reader = match symbols {
        Symbols::QrCodes(most) => {
            reader.formats(BarcodeFormat::QRCodeModel2).max_number_of_symbols(most).return_errors(true)
        }
        Symbols::AnyQrCodes(most) => reader.formats(BarcodeFormat::QRCode).max_number_of_symbols(most),
        Symbols::Code39 => reader.formats(BarcodeFormat::Code39).max_number_of_symbols(2),
    };
    // It fails only for pictures that are none.
    reader.from(&view).unwrap_or_default().iter().map(located).collect()
}

fn located(barcode: &zxingcpp::Barcode) -> Located {
    let place = barcode.position();
    let corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        .map(|corner| Point { x: corner.x as f32, y: corner.y as f32 });
    let decoded = whole_text(barcode).map(|text| Decoded {
        text,
        decoder: Decoder::Zxing,
        module_pixels: modules(barcode).map(|modules| side(&corners) / modules),
    });
    Located { decoded, corners }
}

/// A code's text, where it has one and all of it is there: a part of a text that is spread over several codes
/// is none, and zxing-cpp hands texts over as C's strings, which end at the first zero.
fn whole_text(barcode: &zxingcpp::Barcode) -> Option<String> {
    let is_whole = barcode.is_valid() && barcode.sequence_size() <= 0 && !barcode.bytes().contains(&0);
    Some(barcode.text()).filter(|text| is_whole && !text.is_empty())
}

/// How many modules wide a QR code is.
fn modules(barcode: &zxingcpp::Barcode) -> Option<f32> {
    let version: f32 = barcode.extra_with_key("Version").parse().ok()?;
    Some(4.0 * version + 17.0)
}

/// The mean length of the sides.
pub fn side(corners: &Corners) -> f32 {
    let next = corners.iter().cycle().skip(1);
    let lengths = corners.iter().zip(next).map(|(from, to)| (to.x - from.x).hypot(to.y - from.y));
    lengths.sum::<f32>() / 4.0
}

/// What rqrr finds in `luma` by its own threshold.
pub fn rqrr(luma: &Luma) -> Vec<Decoded> {
    rqrr_with(luma, false)
}

/// What rqrr finds in `bitmap`, a picture of black and white alone.
pub fn rqrr_bitmap(bitmap: &Luma) -> Vec<Decoded> {
    rqrr_with(bitmap, true)
}

fn rqrr_with(luma: &Luma, is_bitmap: bool) -> Vec<Decoded> {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let pixels = luma.pixels();
    // It panics at some pictures, within safe code and its own data: those show it no code.
    catch_unwind(AssertUnwindSafe(|| {
        let mut prepared = if is_bitmap {
            PreparedImage::prepare_from_bitmap(width, height, |column, row| pixels[row * width + column] == 0)
        } else {
            PreparedImage::prepare_from_greyscale(width, height, |column, row| pixels[row * width + column])
        };
        prepared.detect_grids().iter().filter_map(decode_grid).collect()
    }))
    .unwrap_or_default()
}

/// The text of a grid whose corners rqrr found in a picture.
fn decode_grid(grid: &rqrr::Grid<impl rqrr::BitGrid>) -> Option<Decoded> {
    let mut bytes = Vec::new();
    let metadata = grid.decode_to(&mut bytes).ok()?;
    let corners = grid.bounds.map(|corner| Point { x: corner.x as f32, y: corner.y as f32 });
    Some(Decoded {
        text: String::from_utf8(bytes).ok().filter(|text| !text.is_empty())?,
        decoder: Decoder::Rqrr,
        module_pixels: Some(side(&corners) / metadata.version.to_size() as f32),
    })
}

#[cfg(test)]
mod tests;
