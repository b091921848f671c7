//! Pictures of light, and how things are drawn on them.

use rand::{Rng, RngExt};

/// A picture in linear light: 0 is none, 1 is as much as the camera can tell from more.
#[derive(Clone)]
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<f32>,
}

/// A place: to the right, and down.
pub type Place = (f32, f32);

impl Canvas {
    pub fn new(width: usize, height: usize, light: f32) -> Self {
        Self { width, height, pixels: vec![light; width * height] }
    }

    /// Draws what covers each pixel in the box by `cover`, from 0 to 1, at its centre.
    fn draw(&mut self, from: Place, to: Place, light: f32, cover: impl Fn(f32, f32) -> f32) {
        let end = |place: f32, limit: usize| (place.ceil().max(0.0) as usize).min(limit);
        for row in from.1.max(0.0) as usize..end(to.1, self.height) {
            for column in from.0.max(0.0) as usize..end(to.0, self.width) {
                let cover = cover(column as f32 + 0.5, row as f32 + 0.5);
                let pixel = &mut self.pixels[row * self.width + column];
                *pixel += (light - *pixel) * cover;
            }
        }
    }

    pub fn rectangle(&mut self, (left, top): Place, (width, height): Place, light: f32) {
        self.draw((left, top), (left + width, top + height), light, |x, y| {
            f32::from(x >= left && x < left + width && y >= top && y < top + height)
        });
    }

    /// An ellipse with an edge as soft as `edge` pixels.
    pub fn ellipse(&mut self, (x, y): Place, (across, down): Place, edge: f32, light: f32) {
        let reach = (across + edge, down + edge);
        self.draw((x - reach.0, y - reach.1), (x + reach.0, y + reach.1), light, |column, row| {
            let distance = ((column - x) / across).hypot((row - y) / down);
            ((1.0 - distance) * across.min(down) / edge + 0.5).clamp(0.0, 1.0)
        });
    }

    /// A straight line with round ends.
    pub fn line(&mut self, from: Place, to: Place, thickness: f32, light: f32) {
        let radius = thickness / 2.0;
        let (along_x, along_y) = (to.0 - from.0, to.1 - from.1);
        let square = (along_x * along_x + along_y * along_y).max(1e-6);
        let low = (from.0.min(to.0) - radius - 1.0, from.1.min(to.1) - radius - 1.0);
        let high = (from.0.max(to.0) + radius + 1.0, from.1.max(to.1) + radius + 1.0);
        self.draw(low, high, light, |x, y| {
            let part = (((x - from.0) * along_x + (y - from.1) * along_y) / square).clamp(0.0, 1.0);
            let distance = (x - from.0 - part * along_x).hypot(y - from.1 - part * along_y);
            (radius - distance + 0.5).clamp(0.0, 1.0)
        });
    }

    /// A line of what looks like writing, `size` pixels high.
    pub fn writing(&mut self, (left, top): Place, width: f32, size: f32, light: f32, rng: &mut impl Rng) {
        let mut x = left;
        while x + 0.6 * size < left + width {
            if rng.random_bool(0.16) {
                x += 0.5 * size;
                continue;
            }
            for _ in 0..3 {
                let mut corner = || {
                    let (across, down) = (rng.random_range(0..2), rng.random_range(0..3));
                    (x + 0.5 * size * across as f32, top + 0.5 * size * down as f32)
                };
                self.line(corner(), corner(), 0.14 * size, light);
            }
            x += 0.75 * size;
        }
    }
}

/// Blurs a picture of rows of `width` pixels by a Gaussian of `sigma` pixels; beyond the edges is nothing.
pub fn gaussian(pixels: &mut Vec<f32>, width: usize, sigma: f32) {
    let radius = (3.0 * sigma).ceil() as usize;
    let weights: Vec<f32> = (0..=2 * radius)
        .map(|place| (-0.5 * ((place as f32 - radius as f32) / sigma).powi(2)).exp())
        .collect();
    let sum: f32 = weights.iter().sum();
    let taps = |down: bool| {
        let tap = |(place, weight): (usize, &f32)| {
            let offset = place as isize - radius as isize;
            (if down { (0, offset) } else { (offset, 0) }, weight / sum)
        };
        weights.iter().enumerate().map(tap).collect::<Vec<_>>()
    };
    *pixels = convolved(pixels, width, &taps(false));
    *pixels = convolved(pixels, width, &taps(true));
}

/// How far a weight's pixel is away, to the right and down.
pub type Tap = ((isize, isize), f32);

/// Each pixel is the weighted sum of those that are the taps away from it; beyond the edges is nothing.
pub fn convolved(pixels: &[f32], width: usize, taps: &[Tap]) -> Vec<f32> {
    let height = pixels.len() / width;
    let mut result = vec![0.0; pixels.len()];
    for (row, sums) in result.chunks_exact_mut(width).enumerate() {
        for &((right, down), weight) in taps {
            let Some(from) = row.checked_add_signed(down).filter(|&from| from < height) else { continue };
            let source = &pixels[from * width..(from + 1) * width];
            let shift = right.unsigned_abs().min(width);
            let (sums, source) = if right >= 0 {
                (&mut sums[..width - shift], &source[shift..])
            } else {
                (&mut sums[shift..], &source[..width - shift])
            };
            for (sum, pixel) in sums.iter_mut().zip(source) {
                *sum += weight * pixel;
            }
        }
    }
    result
}
