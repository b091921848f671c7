//! A QR code that visitors take along with their phones.

use std::fmt::Write;

use iced::widget::canvas::{Frame, Path};
use iced::{Color, Element, Length, Point, Size};
use qrcode::Color as Module;
use qrcode::bits::Bits;
use qrcode::types::{EcLevel, QrResult, Version};

use super::kept::{Paint, drawing};

/// The modules of larger codes are too small on a screen to be read at arm's length.
const LARGEST: i16 = 20;

/// How many modules around a code have to be free.
const QUIET: usize = 4;

/// The least width of a module in pixels.
const LEAST_MODULE: f32 = 2.0;

/// A QR code.
#[derive(Debug, Clone, PartialEq)]
pub struct QrCode {
    width: usize,
    /// Dark and light ones, line by line.
    modules: Vec<Module>,
}

impl QrCode {
    /// The smallest code of `text`; `None` where that is too long for one that a phone reads from a screen.
    pub fn of(text: &str) -> Option<Self> {
        let encoded = |version| encoded(text, Version::Normal(version)).ok();
        let code = (1..=LARGEST).find_map(encoded)?;
        Some(Self { width: code.width(), modules: code.into_colors() })
    }

    /// The code as an SVG picture, with what has to be free around it.
    pub fn svg(&self) -> String {
        let mut dark = String::new();
        for (y, line) in self.modules.chunks(self.width).enumerate() {
            for (x, _) in line.iter().enumerate().filter(|(_, module)| **module == Module::Dark) {
                let _ = write!(dark, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
        let width = self.whole_width();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {width}\" \
             shape-rendering=\"crispEdges\"><path d=\"{dark}\"/></svg>"
        )
    }

    /// How many modules it is wide, with what has to be free around it.
    fn whole_width(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// The code in a square of at most `side` pixels, each module as many whole pixels wide. It is black on white by
    /// night too, or phones would not read it.
    pub(super) fn view<'a, Message: 'a>(&self, side: f32) -> Element<'a, Message> {
        let modules = self.whole_width() as f32;
        let side = Length::Fixed(modules * (side / modules).floor().max(LEAST_MODULE));
        drawing(self.clone()).width(side).height(side).into()
    }
}

/// A screen is neither dirty nor torn, so little is spent on repairs.
fn encoded(text: &str, version: Version) -> QrResult<qrcode::QrCode> {
    let mut bits = Bits::new(version);
    // As bytes all through: the crate would take some pairs of the bytes of UTF-8 for Kanji.
    bits.push_byte_data(text.as_bytes())?;
    bits.push_terminator(EcLevel::L)?;
    qrcode::QrCode::with_bits(bits, EcLevel::L)
}

impl Paint for QrCode {
    fn paint(&self, frame: &mut Frame) {
        frame.fill_rectangle(Point::ORIGIN, frame.size(), Color::WHITE);
        let module = frame.width() / self.whole_width() as f32;
        let place = |modules: usize| (modules + QUIET) as f32 * module;
        let dark = Path::new(|path| {
            for (y, line) in self.modules.chunks(self.width).enumerate() {
                let mut x = 0;
                for run in line.chunk_by(|one, next| one == next) {
                    if run.first() == Some(&Module::Dark) {
                        let size = Size::new(run.len() as f32 * module, module);
                        path.rectangle(Point::new(place(x), place(y)), size);
                    }
                    x += run.len();
                }
            }
        });
        frame.fill(&dark, Color::BLACK);
    }
}

#[cfg(test)]
mod tests {
    use super::super::language::notice::SHORT_BYTES;
    use super::*;
    use crate::scan::{Luma, rqrr};

    #[test]
    fn the_longest_text_that_a_notice_may_have_is_the_longest_that_fits() {
        assert!(QrCode::of(&"ş".repeat(SHORT_BYTES / 2)).is_some());
        assert!(QrCode::of(&"ş".repeat(SHORT_BYTES / 2 + 1)).is_none());
    }

    #[test]
    fn the_picture_of_a_code_says_what_the_code_says() {
        let code = QrCode::of("HES-KIOSK-NOTICE").unwrap();
        let width = code.whole_width();
        let mut pixels = vec![255; 16 * width * width];
        let svg = code.svg();
        let dark = svg.split_once("d=\"M").unwrap().1.split_once("h1v1h-1z\"").unwrap().0;
        for place in dark.split("h1v1h-1zM") {
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            for line in 4 * y..4 * y + 4 {
                pixels[4 * (line * width + x)..][..4].fill(0);
            }
        }
        let picture = Luma::new(4 * width as u32, 4 * width as u32, pixels).unwrap();
        let texts: Vec<String> = rqrr(&picture).into_iter().map(|decoded| decoded.text).collect();
        assert_eq!(texts, ["HES-KIOSK-NOTICE"]);
    }

    #[test]
    fn a_short_text_makes_a_small_code() {
        assert_eq!(QrCode::of("https://example.org/kvkk").map(|code| code.width), Some(25));
    }
}
