//! The decoders that ours is measured beside, each as its users call it.

mod process;
mod zbar;

use std::time::Duration;

use image::GrayImage;
use rustix::time::{ClockId, clock_gettime};
use rxing::helpers::detect_in_luma_slice_with_hints;
use serde::{Deserialize, Serialize};
use zxingcpp::{BarcodeFormat, BarcodeReader, ImageFormat, ImageView, TextMode};

pub use process::{PeerProcess, serve};

/// A decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// zxing-cpp, QR codes only, at most one; all else as it comes.
    Zxing,
    /// The same on a sharpened frame.
    ZxingSharpened,
    /// zbar, on the frame and, where that gives nothing, on its negative.
    Zbar,
    /// rqrr, by its own threshold.
    Rqrr,
    /// rxing, trying harder and inverted.
    Rxing,
}

/// What a decoder made of a frame.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// Each text that was read.
    pub texts: Vec<String>,
    /// Its thread's CPU time.
    pub cpu: Duration,
}

impl Peer {
    /// Each decoder.
    pub const ALL: [Self; 5] = [Self::Zxing, Self::ZxingSharpened, Self::Zbar, Self::Rqrr, Self::Rxing];

    /// Its name among the program's arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zxing => "zxing",
            Self::ZxingSharpened => "zxing-sharpened",
            Self::Zbar => "zbar",
            Self::Rqrr => "rqrr",
            Self::Rxing => "rxing",
        }
    }

    /// Its name for a person.
    pub fn title(self) -> &'static str {
        match self {
            Self::Zxing => "zxing-cpp, defaults",
            Self::ZxingSharpened => "zxing-cpp, sharpened",
            Self::Zbar => "zbar, with inversion",
            Self::Rqrr => "rqrr, `prepare`",
            Self::Rxing => "rxing, harder and inverted",
        }
    }

    /// The decoder with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|peer| peer.name() == name)
    }

    /// Looks at a frame, in this thread, for however long it takes.
    fn look(self, frame: &GrayImage) -> Outcome {
        let start = cpu_time();
        let texts = match self {
            Self::Zxing => zxing(frame),
            Self::ZxingSharpened => zxing(&sharpened(frame)),
            Self::Zbar => zbar::read(frame),
            Self::Rqrr => rqrr(frame),
            Self::Rxing => rxing(frame),
        };
        Outcome { texts, cpu: cpu_time().saturating_sub(start) }
    }
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn zxing(frame: &GrayImage) -> Vec<String> {
    let view = ImageView::from_slice(frame.as_raw(), frame.width(), frame.height(), ImageFormat::Lum);
    let reader = BarcodeReader::new().formats(BarcodeFormat::QRCode).max_number_of_symbols(1);
    // The text itself, not one for a person.
    let reader = reader.text_mode(TextMode::Plain);
    let Ok(found) = view.and_then(|view| reader.from(&view)) else { return Vec::new() };
    found.iter().filter(|code| code.is_valid()).map(|code| code.text()).collect()
}

fn rqrr(frame: &GrayImage) -> Vec<String> {
    let (width, height) = (frame.width() as usize, frame.height() as usize);
    let pixels = frame.as_raw();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    prepared.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

fn rxing(frame: &GrayImage) -> Vec<String> {
    let mut hints =
        rxing::DecodeHints { TryHarder: Some(true), AlsoInverted: Some(true), ..Default::default() };
    let code = Some(rxing::BarcodeFormat::QR_CODE);
    let found =
        detect_in_luma_slice_with_hints(frame.as_raw(), frame.width(), frame.height(), code, &mut hints);
    found.into_iter().map(|code| code.getText().to_owned()).collect()
}

/// The mean of 3x3 pixels, and to it twice its difference from its own mean over 9x9.
pub fn sharpened(frame: &GrayImage) -> GrayImage {
    let smooth = mean(frame, 1);
    let wide = mean(&smooth, 4);
    let mut sharp = smooth;
    for (pixel, wide) in sharp.iter_mut().zip(wide.iter()) {
        *pixel = (3 * i16::from(*pixel) - 2 * i16::from(*wide)).clamp(0, 255) as u8;
    }
    sharp
}

/// The mean of the pixels at most `radius` columns and rows away; at the edges the last pixel goes on.
fn mean(frame: &GrayImage, radius: usize) -> GrayImage {
    let (width, height) = (frame.width() as usize, frame.height() as usize);
    let rows: Vec<&[u8]> = frame.as_raw().chunks_exact(width).collect();
    let row = |number: isize| rows[number.clamp(0, height as isize - 1) as usize];
    let side = 2 * radius + 1;
    let scale = (1 << 20) / (side * side) as u32;
    let mut columns = vec![0u32; width];
    for number in -(radius as isize)..=radius as isize {
        columns.iter_mut().zip(row(number)).for_each(|(sum, &pixel)| *sum += u32::from(pixel));
    }
    let mut means = Vec::with_capacity(width * height);
    for number in 0..height as isize {
        let column = |place: usize| columns[place.saturating_sub(radius).min(width - 1)];
        let mut sum: u32 = (0..side).map(column).sum();
        for place in 0..width {
            means.push(((sum * scale + (1 << 19)) >> 20) as u8);
            sum = sum + column(place + side) - column(place);
        }
        let (leaving, coming) = (row(number - radius as isize), row(number + radius as isize + 1));
        for ((sum, &leaving), &coming) in columns.iter_mut().zip(leaving).zip(coming) {
            *sum = *sum + u32::from(coming) - u32::from(leaving);
        }
    }
    GrayImage::from_raw(frame.width(), frame.height(), means).expect("a mean for each pixel")
}
