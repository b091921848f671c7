//! What the screen shows, and what people would call it.

use std::path::Path;

use image::{Rgb, RgbImage};

/// Each so many pixels of a row, and each so many rows, are looked at: that is enough for a share.
const STEP: usize = 4;

/// The ground of the screen that says that the kiosk is out of service.
pub const INK: [u8; 3] = [0x10, 0x21, 0x2B];

/// The ground of the button that checks a typed code.
pub const ACCENT: [u8; 3] = [0x0B, 0x5D, 0x7A];

/// Which of the kiosk's screens is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Welcome,
    Admit,
    Refuse,
    Unverified,
    CheckOut,
    OutOfService,
    /// The check, or nothing yet.
    Other,
}

/// A screenshot.
#[derive(PartialEq, Eq)]
pub struct Picture {
    width: usize,
    /// Blue, green, red and an unused byte for each pixel, as the server gives them.
    pixels: Vec<u8>,
}

impl Picture {
    pub fn new(width: u16, pixels: Vec<u8>) -> Self {
        Self { width: width.into(), pixels }
    }

    fn height(&self) -> usize {
        self.pixels.len() / 4 / self.width
    }

    fn pixel(&self, column: usize, row: usize) -> [u8; 3] {
        let place = 4 * (row * self.width + column);
        [self.pixels[place + 2], self.pixels[place + 1], self.pixels[place]]
    }

    /// Whether this colour is on it.
    pub fn has(&self, color: [u8; 3]) -> bool {
        (0..self.height()).any(|row| (0..self.width).any(|column| self.pixel(column, row) == color))
    }

    /// The share of the pixels from column `left` on that are as wanted.
    fn share(&self, left: usize, is_wanted: impl Fn([u8; 3]) -> bool) -> f64 {
        let (mut all, mut wanted) = (0, 0);
        for row in (0..self.height()).step_by(STEP) {
            for column in (left..self.width).step_by(STEP) {
                all += 1;
                wanted += u32::from(is_wanted(self.pixel(column, row)));
            }
        }
        f64::from(wanted) / f64::from(all)
    }

    /// How much of the window has the colour of a decision; zero for the other screens.
    pub fn share_of(&self, decision: Look) -> f64 {
        self.share(0, |pixel| decision_of(pixel) == Some(decision))
    }

    /// Which screen it is. A decision's colour fills at least 60 % of it.
    pub fn look(&self) -> Look {
        let decisions = [Look::Admit, Look::Refuse, Look::Unverified, Look::CheckOut];
        if let Some(decision) = decisions.into_iter().find(|&look| self.share_of(look) >= 0.6) {
            return decision;
        }
        if self.share(0, |pixel| pixel == INK) >= 0.6 {
            return Look::OutOfService;
        }
        // Only the welcome has the button that checks, at the right.
        let right = self.width * 2 / 3;
        if self.share(right, |pixel| pixel == ACCENT) >= 0.01 { Look::Welcome } else { Look::Other }
    }

    pub fn save(&self, file: &Path) {
        let (width, height) = (self.width as u32, self.height() as u32);
        let pixel = |column, row| Rgb(self.pixel(column as usize, row as usize));
        RgbImage::from_fn(width, height, pixel).save(file).unwrap();
    }
}

/// The decision that a pixel's hue and saturation stand for, if they stand for one.
fn decision_of(pixel: [u8; 3]) -> Option<Look> {
    let [red, green, blue] = pixel.map(f64::from);
    let most = red.max(green).max(blue);
    let spread = most - red.min(green).min(blue);
    if spread < 0.4 * most || spread == 0.0 {
        return None;
    }
    let sixth = if most == red {
        (green - blue) / spread
    } else if most == green {
        2.0 + (blue - red) / spread
    } else {
        4.0 + (red - green) / spread
    };
    match (60.0 * sixth).rem_euclid(360.0) {
        90.0..=170.0 => Some(Look::Admit),
        0.0..=12.0 | 345.0..=360.0 => Some(Look::Refuse),
        25.0..=55.0 => Some(Look::Unverified),
        // Bluer than the button that checks, and than ink.
        206.0..=220.0 => Some(Look::CheckOut),
        _ => None,
    }
}
