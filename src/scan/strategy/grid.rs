//! One QR code seen through a homography: where its modules lie in a picture and how bright they are.

use crate::scan::decode::{Corners, Point, side as mean_side};
use crate::scan::frame::Luma;

/// A map from a code's modules (its outer corner at 0, 0) to a picture's pixels.
#[derive(Debug, Clone, Copy)]
pub struct Homography([f32; 8]);

impl Homography {
    /// The map that takes a square of `modules` x `modules` to `corners`; `None` where these are no
    /// quadrilateral.
    pub fn new(corners: &Corners, modules: f32) -> Option<Self> {
        let [a, b, c, d] = *corners;
        let (sum_x, sum_y) = (a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y);
        let (right_x, right_y) = (b.x - c.x, b.y - c.y);
        let (down_x, down_y) = (d.x - c.x, d.y - c.y);
        let determinant = right_x * down_y - down_x * right_y;
        if determinant.abs() < 1.0 {
            return None;
        }
        let g = (sum_x * down_y - down_x * sum_y) / determinant;
        let h = (right_x * sum_y - sum_x * right_y) / determinant;
        let unit = [
            b.x - a.x + g * b.x,
            d.x - a.x + h * d.x,
            a.x,
            b.y - a.y + g * b.y,
            d.y - a.y + h * d.y,
            a.y,
            g,
            h,
        ];
        let mut map = unit;
        for place in [0, 1, 3, 4, 6, 7] {
            map[place] /= modules;
        }
        Some(Self(map))
    }

    /// The pixel at which the place (`u`, `v`) of the code lies.
    pub fn map(&self, u: f32, v: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let scale = 1.0 / (g * u + h * v + 1.0);
        Point { x: (a * u + b * v + c) * scale, y: (d * u + e * v + f) * scale }
    }
}

/// The brightness between pixels, by bilinear interpolation; the picture's edge goes on.
pub fn brightness(luma: &Luma, at: Point) -> f32 {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    // Pixel centres lie at halves.
    let x = (at.x - 0.5).clamp(0.0, (width as f32 - 1.001).max(0.0));
    let y = (at.y - 0.5).clamp(0.0, (height as f32 - 1.001).max(0.0));
    let (column, row) = (x as usize, y as usize);
    let (right, down) = (x - column as f32, y - row as f32);
    let pixels = luma.pixels();
    let start = row * width + column;
    let (Some(upper), Some(lower)) =
        (pixels.get(start..start + 2), pixels.get(start + width..start + width + 2))
    else {
        return f32::from(pixels[start]);
    };
    let above = f32::from(upper[0]) * (1.0 - right) + f32::from(upper[1]) * right;
    let below = f32::from(lower[0]) * (1.0 - right) + f32::from(lower[1]) * right;
    above * (1.0 - down) + below * down
}

/// The number of modules along a side of version `version`.
pub const fn side_of(version: usize) -> usize {
    4 * version + 17
}

/// What is known of each module before anything is read: `Some(true)` dark, `Some(false)` light.
pub struct Pattern {
    /// The version.
    pub version: usize,
    /// Modules along a side.
    pub side: usize,
    /// Column, row and whether dark: finder patterns with their separators, timing and alignment patterns.
    pub known: Vec<(usize, usize, bool)>,
    /// Of each module, row by row, whether it belongs to data.
    is_data: Vec<bool>,
}

impl Pattern {
    /// That of a version from 2 to 6, which have one alignment pattern (ISO/IEC 18004, annex E).
    pub fn new(version: usize) -> Self {
        let side = side_of(version);
        let mut shades = vec![None; side * side];
        let mut set = |column: usize, row: usize, dark: bool| {
            if column < side && row < side {
                shades[row * side + column] = Some(dark);
            }
        };
        for place in 8..side - 8 {
            set(place, 6, place % 2 == 0);
            set(6, place, place % 2 == 0);
        }
        for (left, top) in [(0, 0), (side - 7, 0), (0, side - 7)] {
            // From the separator before the pattern to the one behind it; what lies outside wraps far away.
            for (row, column) in (0..81).map(|place| (place / 9, place % 9)) {
                let ring = usize::abs_diff(column, 4).max(usize::abs_diff(row, 4));
                let dark = ring == 3 || ring <= 1;
                set((left + column).wrapping_sub(1), (top + row).wrapping_sub(1), dark);
            }
        }
        for (row, column) in (0..25).map(|place| (place / 5, place % 5)) {
            let ring = usize::abs_diff(column, 2).max(usize::abs_diff(row, 2));
            set(side - 9 + column, side - 9 + row, ring != 1);
        }
        // The dark module beside the format information.
        set(8, side - 8, true);
        let is_format = |column: usize, row: usize| {
            let beside = |place: usize| place <= 8 || place >= side - 8;
            (row == 8 && beside(column)) || (column == 8 && beside(row))
        };
        let places = || (0..side * side).map(|place| (place % side, place / side));
        let is_data = places()
            .zip(&shades)
            .map(|((column, row), shade)| shade.is_none() && !is_format(column, row))
            .collect();
        let known = places()
            .zip(&shades)
            .filter_map(|(place, &shade)| shade.map(|dark| (place.0, place.1, dark)))
            .collect();
        Self { version, side, known, is_data }
    }

    /// The places (column, row) of the data's bits, in the order in which codewords are written.
    pub fn data_places(&self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        // Pairs of columns from the right, leaving out the timing pattern's, upwards and downwards in turn.
        let pairs = (7..self.side).rev().step_by(2).chain([5, 3, 1]);
        for (pair, right) in pairs.enumerate() {
            for step in 0..self.side {
                let row = if pair % 2 == 0 { self.side - 1 - step } else { step };
                for column in [right, right - 1] {
                    if self.is_data[row * self.side + column] {
                        places.push((column, row));
                    }
                }
            }
        }
        places
    }

    /// How well what lies under `map` looks like this pattern: 1 exactly, -1 its negative, 0 not at all.
    pub fn correlation(&self, luma: &Luma, map: &Homography) -> f32 {
        let (mut n, mut sum, mut squares, mut product, mut dark) = (0.0f32, 0.0f32, 0.0f32, 0.0f32, 0.0f32);
        for &(column, row, is_dark) in &self.known {
            let value = brightness(luma, map.map(column as f32 + 0.5, row as f32 + 0.5));
            n += 1.0;
            sum += value;
            squares += value * value;
            if is_dark {
                dark += 1.0;
                product += value;
            }
        }
        // Light minus dark, over the spread.
        let light = n - dark;
        let difference = (sum - product) / light - product / dark;
        let variance = (squares / n - (sum / n) * (sum / n)).max(1e-3);
        difference * (light * dark).sqrt() / n / variance.sqrt()
    }

    /// The corners near `corners` under which the pattern is seen best, and how well: each corner is moved by
    /// `steps` in turn, in modules.
    pub fn fit(&self, luma: &Luma, corners: &Corners, steps: &[f32]) -> Option<(Corners, f32)> {
        let side = self.side as f32;
        let mut best = *corners;
        let mut score = self.correlation(luma, &Homography::new(&best, side)?);
        let sign = if score < 0.0 { -1.0 } else { 1.0 };
        score *= sign;
        let module = mean_side(corners) / side;
        for &step in steps {
            let step = step * module;
            for corner in 0..4 {
                for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                    let mut tried = best;
                    tried[corner].x += dx;
                    tried[corner].y += dy;
                    let Some(map) = Homography::new(&tried, side) else { continue };
                    let new = sign * self.correlation(luma, &map);
                    if new > score {
                        (best, score) = (tried, new);
                    }
                }
            }
        }
        Some((best, sign * score))
    }
}
