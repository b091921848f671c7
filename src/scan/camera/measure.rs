//! What can be told of a picture without knowing what it shows: how bright it is.

use crate::scan::frame::Luma;

/// Of so many columns and rows one each is looked at for the brightness.
const BRIGHTNESS_STEP: usize = 8;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
