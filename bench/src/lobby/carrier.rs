//! What carries the code: a phone in a hand, or a sheet of paper.

use qrcode::{Color, QrCode};
use rand::{Rng, RngExt};

use super::canvas::{Canvas, Place};
use super::scene::{Occlusion, Scene};

/// How many texels there are along a module.
pub const TEXELS: f32 = 8.0;

/// The carrier straight from before. Its light is 0 where the screen or the ink is black, and 1 where the
/// screen or the paper is white.
pub struct Carrier {
    pub light: Canvas,
    /// How much of what is behind is hidden, from 0 to 1.
    pub cover: Canvas,
    /// The middle of the code, in modules from the top left corner.
    pub centre: Place,
}

impl Carrier {
    pub fn new(code: &QrCode, scene: &Scene, rng: &mut impl Rng) -> Self {
        let mut carrier = if scene.is_paper { Self::paper(code, rng) } else { Self::phone(code, scene, rng) };
        let side = code.width() as f32;
        for occlusion in &scene.occlusions {
            carrier.occlude(*occlusion, side, rng);
        }
        carrier
    }

    /// A carrier of so many modules, of which nothing is there yet.
    fn empty(width: f32, height: f32, centre: Place) -> Self {
        let (width, height) = ((width * TEXELS) as usize, (height * TEXELS) as usize);
        Self { light: Canvas::new(width, height, 0.0), cover: Canvas::new(width, height, 0.0), centre }
    }

    fn rectangle(&mut self, (left, top): Place, (width, height): Place, light: f32) {
        let (place, size) = ((left * TEXELS, top * TEXELS), (width * TEXELS, height * TEXELS));
        self.light.rectangle(place, size, light);
        self.cover.rectangle(place, size, 1.0);
    }

    fn line(&mut self, from: Place, to: Place, thickness: f32, light: f32) {
        let texels = |(x, y): Place| (x * TEXELS, y * TEXELS);
        self.light.line(texels(from), texels(to), thickness * TEXELS, light);
        self.cover.line(texels(from), texels(to), thickness * TEXELS, 1.0);
    }

    fn writing(&mut self, place: Place, width: f32, size: f32, light: f32, rng: &mut impl Rng) {
        let place = (place.0 * TEXELS, place.1 * TEXELS);
        self.light.writing(place, width * TEXELS, size * TEXELS, light, rng);
    }

    /// The code's dark modules, on whatever is there.
    fn modules(&mut self, code: &QrCode, dark: f32) {
        let side = code.width();
        let (left, top) = (self.centre.0 - side as f32 / 2.0, self.centre.1 - side as f32 / 2.0);
        for (number, module) in code.to_colors().into_iter().enumerate() {
            if module == Color::Dark {
                let corner = (left + (number % side) as f32, top + (number / side) as f32);
                self.rectangle(corner, (1.0, 1.0), dark);
            }
        }
    }

    /// A phone that shows the code on a card between other things, in a hand.
    fn phone(code: &QrCode, scene: &Scene, rng: &mut impl Rng) -> Self {
        let side = code.width() as f32;
        let quiet = rng.random_range(2.0..5.0);
        let beside = rng.random_range(1.0..6.0);
        let bezel = rng.random_range(0.8..2.0);
        let hand = 9.0;
        let card = side + 2.0 * quiet;
        let screen = card + 2.0 * beside;
        let (wide, high) = (screen + 2.0 * bezel, (screen + 2.0 * bezel) * rng.random_range(1.85..2.15));
        let above = rng.random_range(0.15..0.4) * (high - card);
        let centre = (hand + bezel + beside + quiet + side / 2.0, hand + above + card / 2.0);
        let mut phone = Self::empty(wide + 2.0 * hand, high + 2.0 * hand, centre);
        let (white, black) = if scene.is_inverted { (rng.random_range(0.0..0.12), 1.0) } else { (1.0, 0.0) };
        let page = if scene.is_inverted {
            white
        } else {
            *[0.95, 0.8, 0.1].get(rng.random_range(0..3)).unwrap_or(&1.0)
        };
        let ink = if page > 0.5 { 0.1 } else { 0.7 };
        let skin = rng.random_range(0.12..0.5);

        // The palm lies behind the phone, the fingers come around its sides.
        let wrist = hand + high + 4.0;
        phone.line(
            (hand + wide * 0.5, hand + high * 0.75),
            (hand + wide * 0.6, wrist),
            wide * 0.8,
            skin * 0.8,
        );
        phone.rectangle((hand, hand), (wide, high), 0.02);
        phone.rectangle((hand + bezel, hand + 1.5 * bezel), (screen, high - 3.0 * bezel), page);
        let left = hand + bezel + 2.0;
        for row in 0..2 {
            let size = rng.random_range(1.3..2.6);
            let top = hand + 2.0 + (0.3 + 0.35 * row as f32) * (above - 4.0).max(1.0);
            phone.writing((left, top), screen * rng.random_range(0.4..0.9), size, ink, rng);
        }
        phone.rectangle((hand + bezel + beside, hand + above), (card, card), white);
        phone.modules(code, black);
        let mut top = hand + above + card + 2.0;
        while top < hand + high - 8.0 {
            let size = rng.random_range(1.2..3.0);
            phone.writing((left, top), screen * rng.random_range(0.3..0.85), size, ink, rng);
            top += size * rng.random_range(1.6..3.0);
        }
        for finger in 0..4 {
            let y = hand + high * (0.5 + 0.11 * finger as f32);
            let x = hand + wide;
            phone.line((x + 6.0, y + 2.0), (x - rng.random_range(0.0..1.6), y), 5.0, skin);
        }
        let y = hand + high * rng.random_range(0.55..0.8);
        phone.line((hand - 6.0, y + 8.0), (hand + rng.random_range(0.0..5.0), y), 7.0, skin);
        phone
    }

    /// A printed form with the code.
    fn paper(code: &QrCode, rng: &mut impl Rng) -> Self {
        let side = code.width() as f32;
        let (wide, high) = (rng.random_range(60.0..110.0), rng.random_range(60.0..100.0));
        let centre = (
            rng.random_range(side / 2.0 + 5.0..wide - side / 2.0 - 5.0),
            rng.random_range(side / 2.0 + 8.0..high - side / 2.0 - 8.0),
        );
        let mut paper = Self::empty(wide, high, centre);
        paper.rectangle((0.0, 0.0), (wide, high), 1.0);
        let size = rng.random_range(1.2..2.6);
        let mut top = 2.0;
        while top < high - 4.0 {
            if (top - centre.1).abs() > side / 2.0 + 6.0 {
                paper.writing((4.0, top), wide - 8.0, size, 0.05, rng);
            }
            top += 2.0 * size;
        }
        paper.modules(code, 0.0);
        // A hand holds it by its edge.
        let y = rng.random_range(0.2..0.8) * high;
        paper.line((0.0, y + 4.0), (4.0, y), 6.0, rng.random_range(0.12..0.5));
        paper
    }

    /// Hides a part of the code, whose sides are `side` modules long.
    fn occlude(&mut self, occlusion: Occlusion, side: f32, rng: &mut impl Rng) {
        let (x, y) = self.centre;
        let half = side / 2.0;
        match occlusion {
            Occlusion::Finger(depth) => {
                let along = rng.random_range(-0.75..0.75) * half;
                // From the right or from below, where fingers come from.
                let (tip, root) = if rng.random_bool(0.5) {
                    ((x + half - depth + 3.0, y + along), (x + half + 22.0, y + along + 14.0))
                } else {
                    ((x + along, y + half - depth + 3.0), (x + along + 8.0, y + half + 26.0))
                };
                self.line(tip, root, 6.0, rng.random_range(0.15..0.5));
            }
            Occlusion::Crack(thickness) => {
                let light = if rng.random_bool(0.5) { 1.1 } else { 0.05 };
                let mut place = (x + rng.random_range(-half..half), y - half - 3.0);
                let mut slope = rng.random_range(-1.2..1.2);
                while place.1 < y + half + 3.0 {
                    let step = rng.random_range(2.0..8.0);
                    let next = (place.0 + slope * step, place.1 + step);
                    self.line(place, next, thickness * rng.random_range(0.6..1.2), light);
                    place = next;
                    slope += rng.random_range(-0.5..0.5);
                }
            }
        }
    }
}
