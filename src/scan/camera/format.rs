//! Which of a camera's formats is opened.
//!
//! The rule, of the formats that the camera itself offers:
//!
//! 1. Only YUYV and MJPEG, only from 640x480 pixels and 10 frames a second on.
//! 2. At least 15 frames a second before fewer: a picture that jerks is hard to aim with.
//! 3. The number of pixels that is nearest to that of 1280x720: codes are large enough there, and decoders
//!    fast.
//! 4. The frame rate that is nearest to 25 to 30 a second.
//! 5. YUYV before MJPEG, which costs time and loses detail; then the higher frame rate.
//!
//! The first is opened, and where the camera refuses it after all, the next.

use std::cmp::Reverse;
use std::fmt;

/// The least that is of use.
const LEAST_WIDTH: u32 = 640;
const LEAST_HEIGHT: u32 = 480;
const LEAST_RATE: u32 = 10;

/// From so many frames a second on a picture is fluent.
const FLUENT_RATE: u32 = 15;

/// What is best.
const BEST_PIXELS: u32 = 1280 * 720;
const BEST_RATE: std::ops::RangeInclusive<u32> = 25..=30;

/// How a camera writes a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Two bytes a pixel, Y U Y V; the decoders need the Y bytes, as they are.
    Yuyv,
    /// One JPEG file a frame.
    Mjpeg,
    /// Anything else, which the scanner does not read, by its four-character code.
    Other([u8; 4]),
}

impl Encoding {
    /// The encoding with this four-character code (<https://docs.kernel.org/userspace-api/media/v4l/pixfmt.html>).
    pub fn of_code(code: [u8; 4]) -> Self {
        match &code {
            b"YUYV" => Self::Yuyv,
            b"MJPG" => Self::Mjpeg,
            _ => Self::Other(code),
        }
    }

    /// The four-character code.
    pub fn code(self) -> [u8; 4] {
        match self {
            Self::Yuyv => *b"YUYV",
            Self::Mjpeg => *b"MJPG",
            Self::Other(code) => code,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yuyv => formatter.write_str("YUYV"),
            Self::Mjpeg => formatter.write_str("MJPEG"),
            Self::Other(code) => write!(formatter, "{}", code.escape_ascii()),
        }
    }
}

/// A format that a camera offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// How frames are written.
    pub encoding: Encoding,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Frames a second, rounded.
    pub frame_rate: u32,
}

impl Format {
    /// The same with the frame rate of `other`.
    pub fn with_rate_of(self, other: &Self) -> Self {
        Self { frame_rate: other.frame_rate, ..self }
    }

    fn is_usable(&self) -> bool {
        !matches!(self.encoding, Encoding::Other(_))
            && self.width >= LEAST_WIDTH
            && self.height >= LEAST_HEIGHT
            && self.frame_rate >= LEAST_RATE
    }

    /// The lower the better.
    fn rank(&self) -> (bool, u32, u32, Encoding, Reverse<u32>) {
        let pixels = self.width.saturating_mul(self.height);
        let (least, most) = BEST_RATE.into_inner();
        (
            self.frame_rate < FLUENT_RATE,
            pixels.abs_diff(BEST_PIXELS),
            self.frame_rate.abs_diff(self.frame_rate.clamp(least, most)),
            self.encoding,
            Reverse(self.frame_rate),
        )
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}x{} {} {} fps", self.width, self.height, self.encoding, self.frame_rate)
    }
}

/// Those of `offered` that can be used, the best first.
pub fn usable(offered: &[Format]) -> Vec<Format> {
    let mut usable: Vec<Format> = offered.iter().copied().filter(Format::is_usable).collect();
    usable.sort_by_key(Format::rank);
    usable
}

#[cfg(test)]
mod tests {
    use super::*;

    const YUYV: Encoding = Encoding::Yuyv;
    const MJPEG: Encoding = Encoding::Mjpeg;

    fn formats(table: &[(u32, u32, Encoding, u32)]) -> Vec<Format> {
        let format = |&(width, height, encoding, frame_rate)| Format { encoding, width, height, frame_rate };
        table.iter().map(format).collect()
    }

    /// What is opened of a table of offered formats, as text.
    fn opened(table: &[(u32, u32, Encoding, u32)]) -> Option<String> {
        usable(&formats(table)).first().map(ToString::to_string)
    }

    #[test]
    fn a_common_webcam_is_opened_with_720_lines_at_full_speed() {
        let table = [
            (320, 180, YUYV, 1),
            (640, 480, YUYV, 30),
            (1280, 720, YUYV, 10),
            (640, 480, MJPEG, 30),
            (1280, 720, MJPEG, 30),
            (1920, 1080, MJPEG, 30),
            (3840, 2160, MJPEG, 2),
        ];
        assert_eq!(opened(&table).as_deref(), Some("1280x720 MJPEG 30 fps"));
    }

    #[test]
    fn of_equal_formats_the_one_without_jpeg_is_opened() {
        let table = [(1280, 720, MJPEG, 30), (1280, 720, YUYV, 30)];
        assert_eq!(opened(&table).as_deref(), Some("1280x720 YUYV 30 fps"));
    }

    #[test]
    fn every_rate_from_25_to_30_is_as_good_and_a_faster_one_is_worse() {
        let table = [(1280, 720, MJPEG, 60), (1280, 720, MJPEG, 30), (1280, 720, YUYV, 25)];
        assert_eq!(opened(&table).as_deref(), Some("1280x720 YUYV 25 fps"));
        let table = [(1280, 720, YUYV, 60), (1280, 720, YUYV, 25), (1280, 720, YUYV, 30)];
        assert_eq!(opened(&table).as_deref(), Some("1280x720 YUYV 30 fps"));
    }

    #[test]
    fn without_720_lines_the_nearest_size_is_opened() {
        let table = [(640, 480, YUYV, 30), (1024, 768, YUYV, 30), (1920, 1080, YUYV, 30)];
        assert_eq!(opened(&table).as_deref(), Some("1024x768 YUYV 30 fps"));
    }

    #[test]
    fn a_smaller_picture_that_is_fluent_is_better_than_a_larger_one_that_jerks() {
        let table = [(1280, 720, YUYV, 10), (640, 480, YUYV, 30)];
        assert_eq!(opened(&table).as_deref(), Some("640x480 YUYV 30 fps"));
    }

    #[test]
    fn a_slow_format_is_better_than_none() {
        let table = [(640, 480, YUYV, 5), (640, 480, YUYV, 10)];
        assert_eq!(opened(&table).as_deref(), Some("640x480 YUYV 10 fps"));
    }

    #[test]
    fn what_is_too_small_too_slow_or_of_another_encoding_is_not_opened() {
        let table = [
            (320, 240, YUYV, 30),
            (640, 360, YUYV, 30),
            (1280, 720, MJPEG, 5),
            (1280, 720, Encoding::of_code(*b"NV12"), 30),
            (1280, 720, Encoding::of_code(*b"H264"), 30),
        ];
        assert_eq!(opened(&table), None);
    }

    #[test]
    fn where_the_camera_refuses_the_best_the_next_follows() {
        let table = [(640, 480, YUYV, 30), (1280, 720, YUYV, 30), (1280, 720, MJPEG, 30)];
        let sizes: Vec<(u32, Encoding)> =
            usable(&formats(&table)).iter().map(|format| (format.width, format.encoding)).collect();
        assert_eq!(sizes, [(1280, YUYV), (1280, MJPEG), (640, YUYV)]);
    }

    #[test]
    fn a_code_that_no_terminal_should_see_is_escaped() {
        assert_eq!(Encoding::of_code([b'Y', 0x1b, b'1', b'6']).to_string(), "Y\\x1b16");
    }
}
