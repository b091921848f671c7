//! Blur makes each module's shade a mixture with its neighbours'. How they mix is learnt from the modules
//! whose shade is known beforehand, by a ridge regression, and undone.

use super::grid::{Homography, Pattern, brightness};
use crate::scan::frame::Luma;

/// Neighbours up to so many modules away count.
const REACH: usize = 2;
const WINDOW: usize = 2 * REACH + 1;

/// The weights: one for each module of the window, and a constant.
const WEIGHTS: usize = WINDOW * WINDOW + 1;
type Weights = [f32; WEIGHTS];

/// The window in modules, to each side, over which shades are made comparable.
const SURROUNDINGS: usize = 4;

/// How strongly large weights are punished.
const RIDGE: f32 = 4.0;

/// After the first regression, modules that are so certain are learnt from too, so many times.
const CERTAIN: f32 = 0.3;
const ROUNDS: usize = 2;

/// The shades of a code's modules in one frame.
pub struct Shades {
    /// One number a module, row by row: about 1 for dark, -1 for light, 0 where it can't be told.
    pub values: Vec<f32>,
    /// How well the known modules come out: the inverse of their mean squared error.
    pub quality: f32,
}

/// The shades under `map`, where a code of `pattern` lies.
pub fn shades(luma: &Luma, map: &Homography, pattern: &Pattern) -> Option<Shades> {
    let samples = Samples::new(luma, map, pattern.side);
    let known: Vec<(usize, usize, f32)> = pattern
        .known
        .iter()
        .map(|&(column, row, is_dark)| (column, row, if is_dark { 1.0 } else { -1.0 }))
        .collect();
    let mut values = samples.equalised(&samples.weights(&known)?);
    for _ in 0..ROUNDS {
        let mut targets = known.clone();
        for &(column, row) in &pattern.data_places() {
            let value = values[row * pattern.side + column];
            if value.abs() > CERTAIN {
                targets.push((column, row, value.signum()));
            }
        }
        values = samples.equalised(&samples.weights(&targets)?);
    }
    let error: f32 =
        known.iter().map(|&(column, row, shade)| (values[row * pattern.side + column] - shade).powi(2)).sum();
    let quality = 1.0 / (error / known.len() as f32 + 0.02);
    Some(Shades { values, quality })
}

/// One sample a module and of [`REACH`] modules around the code, made comparable with each other.
struct Samples {
    side: usize,
    values: Vec<f32>,
}

impl Samples {
    fn new(luma: &Luma, map: &Homography, side: usize) -> Self {
        let wide = side + 2 * REACH;
        let centre = |place: usize| place as f32 - REACH as f32 + 0.5;
        let raw: Vec<f32> = (0..wide * wide)
            .map(|place| brightness(luma, map.map(centre(place % wide), centre(place / wide))))
            .collect();
        Self { side, values: comparable(&raw, wide) }
    }

    fn window(&self, column: usize, row: usize) -> Weights {
        let wide = self.side + 2 * REACH;
        let mut window = [1.0; WEIGHTS];
        for (line, part) in window[..WINDOW * WINDOW].chunks_exact_mut(WINDOW).enumerate() {
            let start = (row + line) * wide + column;
            part.copy_from_slice(&self.values[start..start + WINDOW]);
        }
        window
    }

    fn equalised(&self, weights: &Weights) -> Vec<f32> {
        (0..self.side * self.side)
            .map(|place| {
                let window = self.window(place % self.side, place / self.side);
                window.iter().zip(weights).map(|(value, weight)| value * weight).sum()
            })
            .collect()
    }

    /// The weights by which windows come nearest to `targets`: column, row, shade.
    fn weights(&self, targets: &[(usize, usize, f32)]) -> Option<Weights> {
        let mut products = [[0.0; WEIGHTS]; WEIGHTS];
        let mut sums = [0.0; WEIGHTS];
        for &(column, row, shade) in targets {
            let window = self.window(column, row);
            for ((line, sum), &value) in products.iter_mut().zip(&mut sums).zip(&window) {
                *sum += value * shade;
                for (product, &other) in line.iter_mut().zip(&window) {
                    *product += value * other;
                }
            }
        }
        for (place, line) in products.iter_mut().enumerate() {
            line[place] += RIDGE;
        }
        solved(products, sums)
    }
}

/// Dark minus light: each sample's difference from the mean around it, in deviations there.
fn comparable(raw: &[f32], wide: usize) -> Vec<f32> {
    let sums = Integral::new(raw, wide, |value| value);
    let squares = Integral::new(raw, wide, |value| value * value);
    let deviation = |mean: f32, square: f32| (square - mean * mean).max(0.0).sqrt();
    let all = (0, 0, wide, wide);
    // Where all is grey, noise is not to be blown up.
    let least = 0.15 * deviation(sums.mean(all), squares.mean(all)).max(1.0);
    let around = |place: usize| (place.saturating_sub(SURROUNDINGS), (place + SURROUNDINGS + 1).min(wide));
    raw.iter()
        .enumerate()
        .map(|(place, value)| {
            let ((left, right), (top, bottom)) = (around(place % wide), around(place / wide));
            let window = (left, top, right, bottom);
            let mean = sums.mean(window);
            (mean - value) / (deviation(mean, squares.mean(window)) + least)
        })
        .collect()
}

/// Sums over all rectangles that begin at the top left.
struct Integral {
    sums: Vec<f32>,
    stride: usize,
}

impl Integral {
    fn new(values: &[f32], wide: usize, of: impl Fn(f32) -> f32) -> Self {
        let stride = wide + 1;
        let mut sums = vec![0.0; stride * (values.len() / wide + 1)];
        for (row, line) in values.chunks_exact(wide).enumerate() {
            let mut sum = 0.0;
            for (column, &value) in line.iter().enumerate() {
                sum += of(value);
                sums[(row + 1) * stride + column + 1] = sums[row * stride + column + 1] + sum;
            }
        }
        Self { sums, stride }
    }

    /// The mean of columns from `left` to before `right` and rows from `top` to before `bottom`.
    fn mean(&self, (left, top, right, bottom): (usize, usize, usize, usize)) -> f32 {
        let at = |column: usize, row: usize| self.sums[row * self.stride + column];
        let sum = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
        sum / ((right - left) * (bottom - top)) as f32
    }
}

/// The solution of a positive definite system (Cholesky).
fn solved(mut matrix: [Weights; WEIGHTS], mut vector: Weights) -> Option<Weights> {
    for row in 0..WEIGHTS {
        for column in 0..=row {
            let known: f32 = (0..column).map(|place| matrix[row][place] * matrix[column][place]).sum();
            let rest = matrix[row][column] - known;
            matrix[row][column] = if row > column {
                rest / matrix[column][column]
            } else if rest > 1e-6 {
                rest.sqrt()
            } else {
                return None;
            };
        }
    }
    for row in 0..WEIGHTS {
        let known: f32 = (0..row).map(|place| matrix[row][place] * vector[place]).sum();
        vector[row] = (vector[row] - known) / matrix[row][row];
    }
    for row in (0..WEIGHTS).rev() {
        let known: f32 = (row + 1..WEIGHTS).map(|place| matrix[place][row] * vector[place]).sum();
        vector[row] = (vector[row] - known) / matrix[row][row];
    }
    Some(vector)
}
