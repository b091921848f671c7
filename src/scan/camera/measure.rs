//! What can be told of a picture without knowing what it shows: how bright it is, and how sharp.

use crate::scan::frame::Luma;

/// Of so many columns and rows one each is looked at for the brightness.
const BRIGHTNESS_STEP: usize = 8;

/// Of so many rows one is looked through for edges.
const EDGE_ROW_STEP: usize = 4;

/// An edge differs by so many shades of grey at least: noise differs by less.
const LEAST_EDGE: i32 = 40;

/// High is an edge with so much of the height of the highest tenth.
const HIGH_PART: f32 = 0.7;

/// With fewer edges nothing can be said of them.
const LEAST_EDGES: usize = 20;

/// How bright a picture is, in shades of grey from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Brightness {
    /// The mean.
    pub mean: f32,
    /// The standard deviation: near 0 where everything has the same shade.
    pub spread: f32,
}

impl Brightness {
    /// How bright `luma` is, from one pixel of 64.
    pub fn of(luma: &Luma) -> Self {
        let rows = luma.pixels().chunks_exact(luma.width() as usize).step_by(BRIGHTNESS_STEP);
        let (mut count, mut sum, mut squares) = (0u64, 0u64, 0u64);
        for pixel in rows.flat_map(|row| row.iter().step_by(BRIGHTNESS_STEP)) {
            let pixel = u64::from(*pixel);
            count += 1;
            sum += pixel;
            squares += pixel * pixel;
        }
        // A picture has a pixel at least.
        let mean = sum as f64 / count as f64;
        let variance = (squares as f64 / count as f64 - mean * mean).max(0.0);
        Self { mean: mean as f32, spread: variance.sqrt() as f32 }
    }
}

/// How sharp a picture's highest edges are: the largest difference between two neighbouring pixels as a part of
/// the whole edge. 1 is an edge between two pixels; a blur with a standard deviation of one pixel makes 0.4 of
/// it, of two pixels 0.2. `None` where there are no edges to judge by.
///
/// Low edges do not count: in a fine pattern a blur takes their height and leaves them steep. Of the high ones
/// the sharpest quarter does, as what stands before the camera may be sharper than what is behind it.
pub fn sharpness(luma: &Luma) -> Option<f32> {
    let width = luma.width() as usize;
    let rows: Vec<&[u8]> = luma.pixels().chunks_exact(width).collect();
    let mut edges = Vec::new();
    for three in rows.windows(3).step_by(EDGE_ROW_STEP) {
        // The sum of three rows has less noise and the same edges from left to right.
        let sum = |column: usize| three.iter().map(|row| i32::from(row[column])).sum::<i32>();
        edges_of((0..width).map(sum), &mut edges);
    }
    edges.sort_unstable_by_key(|edge| edge.height);
    let high = HIGH_PART * edges.get(edges.len() * 9 / 10)?.height as f32;
    edges.retain(|edge| edge.height as f32 >= high);
    if edges.len() < LEAST_EDGES {
        return None;
    }
    let mut sharp: Vec<f32> = edges.iter().map(|edge| edge.steepest as f32 / edge.height as f32).collect();
    sharp.sort_unstable_by(f32::total_cmp);
    sharp.get(sharp.len() * 3 / 4).copied()
}

/// A run of rising or falling values, in thirds of a shade of grey.
struct Edge {
    height: i32,
    /// The largest difference between two neighbours.
    steepest: i32,
}

/// Adds the edges in a row of values.
fn edges_of(values: impl Iterator<Item = i32>, edges: &mut Vec<Edge>) {
    let (mut last, mut height, mut steepest) = (None, 0i32, 0i32);
    let mut end = |height: i32, steepest: i32| {
        if height.abs() >= 3 * LEAST_EDGE {
            edges.push(Edge { height: height.abs(), steepest });
        }
    };
    for value in values {
        let step = last.map_or(0, |last| value - last);
        last = Some(value);
        if step.signum() * height.signum() < 0 {
            end(height, steepest);
            (height, steepest) = (0, 0);
        }
        height += step;
        steepest = steepest.max(step.abs());
    }
    end(height, steepest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::prepare::mean;

    fn flat(shade: u8) -> Luma {
        Luma::new(64, 64, vec![shade; 64 * 64]).unwrap()
    }

    /// Stripes of black and white, 16 pixels wide.
    fn stripes() -> Luma {
        let pixels = (0..256 * 64).map(|place| if place % 256 / 16 % 2 == 0 { 20 } else { 220 });
        Luma::new(256, 64, pixels.collect()).unwrap()
    }

    #[test]
    fn a_flat_picture_has_its_shade_and_no_spread() {
        for shade in [0, 100, 255] {
            let brightness = Brightness::of(&flat(shade));
            assert_eq!((brightness.mean, brightness.spread), (f32::from(shade), 0.0));
        }
    }

    #[test]
    fn half_black_and_half_white_spread_as_far_as_they_can() {
        let brightness = Brightness::of(&stripes());
        assert_eq!((brightness.mean, brightness.spread), (120.0, 100.0));
    }

    #[test]
    fn a_picture_of_one_pixel_has_a_brightness() {
        assert_eq!(Brightness::of(&Luma::new(1, 1, vec![9]).unwrap()).mean, 9.0);
    }

    #[test]
    fn the_more_a_picture_is_blurred_the_less_sharp_it_is() {
        let once = mean(&stripes(), 1);
        let often = mean(&mean(&mean(&stripes(), 2), 2), 2);
        let [sharp, dull, blurred] = [stripes(), once, often].map(|luma| sharpness(&luma).unwrap());
        assert_eq!(sharp, 1.0);
        assert!(dull < 0.4 && blurred < 0.2 && blurred < dull, "{dull} {blurred}");
    }

    #[test]
    fn contrast_alone_makes_nothing_sharper() {
        let dim = stripes().pixels().iter().map(|pixel| pixel / 3).collect();
        let dim = Luma::new(256, 64, dim).unwrap();
        assert_eq!(sharpness(&dim), sharpness(&stripes()));
    }

    #[test]
    fn a_fine_pattern_is_not_taken_for_sharpness() {
        // Beside an edge over the whole height, stripes so narrow that a blur takes most of their height.
        let pixels = (0..256 * 64).map(|place| match place % 256 {
            column @ 128.. if column / 6 % 2 == 0 => 220,
            column @ ..128 if column / 32 % 2 == 0 => 220,
            _ => 20,
        });
        let luma = Luma::new(256, 64, pixels.collect()).unwrap();
        let blurred = mean(&mean(&mean(&luma, 2), 2), 2);
        assert!(sharpness(&blurred).unwrap() < 0.2, "{:?}", sharpness(&blurred));
    }

    #[test]
    fn without_edges_nothing_is_said_of_sharpness() {
        assert_eq!(sharpness(&flat(100)), None);
        assert_eq!(sharpness(&Luma::new(1, 1, vec![0]).unwrap()), None);
    }
}
