//! What is done to a picture before a decoder looks at it. Plain loops over rows, which the compiler turns
//! into vector instructions.

use std::ops::{AddAssign, SubAssign};

use image::GrayImage;
use image::imageops::{FilterType, resize};

use super::decode::Corners;
use super::frame::Luma;

/// The picture sharpened: a mean of 3x3 pixels against noise, and to it twice its difference from the mean
/// of 9x9 pixels.
pub fn sharpened(luma: &Luma) -> Luma {
    let smooth = mean(luma, 1);
    let wide = mean(luma, 4);
    let pixels = smooth
        .pixels()
        .iter()
        .zip(wide.pixels())
        .map(|(&smooth, &wide)| (3 * i16::from(smooth) - 2 * i16::from(wide)).clamp(0, 255) as u8)
        .collect();
    with_pixels(luma, pixels)
}

/// The picture in black and white: black where a pixel is darker by more than `margin` than the mean of the
/// pixels at most `radius` away from it.
pub fn local_mean_bitmap(luma: &Luma, radius: usize, margin: u8) -> Luma {
    let mean = mean(luma, radius);
    let is_white = |(&pixel, &mean): (&u8, &u8)| pixel.saturating_add(margin) >= mean;
    let pixels = luma.pixels().iter().zip(mean.pixels());
    let pixels = pixels.map(|both| if is_white(both) { u8::MAX } else { 0 }).collect();
    with_pixels(luma, pixels)
}

/// The picture half as wide and high, each pixel the mean of four.
pub fn halved(luma: &Luma) -> Luma {
    let (width, height) = (luma.width() as usize / 2, luma.height() as usize / 2);
    let mut pixels = Vec::with_capacity(width * height);
    for rows in luma.pixels().chunks_exact(2 * luma.width() as usize) {
        let (upper, lower) = rows.split_at(luma.width() as usize);
        let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
        pixels.extend(pairs.map(|(upper, lower)| {
            let sum: u16 = upper.iter().chain(lower).map(|&pixel| u16::from(pixel)).sum();
            ((sum + 2) / 4) as u8
        }));
    }
    Luma::new(luma.width() / 2, luma.height() / 2, pixels).unwrap_or_else(|| luma.clone())
}

/// The most pixels of a picture whose smallest codes may be too small for decoders.
const MOST_DOUBLED: usize = 4_000_000;

/// The picture twice as wide and high, interpolated; `None` of one that is large already.
pub fn doubled(luma: &Luma) -> Option<Luma> {
    if luma.pixels().len() > MOST_DOUBLED {
        return None;
    }
    let picture = GrayImage::from_raw(luma.width(), luma.height(), luma.pixels().to_vec())?;
    let (width, height) = (2 * luma.width(), 2 * luma.height());
    Luma::new(width, height, resize(&picture, width, height, FilterType::Triangle).into_raw())
}

/// The part of the picture in which a code with these corners lies, with a quarter of its size around it.
pub fn around(luma: &Luma, corners: &Corners) -> Option<Luma> {
    let bounds = |places: [f32; 4], limit: u32| {
        let (least, most) = places
            .into_iter()
            .fold((f32::MAX, f32::MIN), |(least, most), place| (least.min(place), most.max(place)));
        let margin = (most - least) / 4.0;
        // `as` takes a float to the nearest end of the range.
        ((least - margin) as usize, ((most + margin) as usize).min(limit as usize))
    };
    let (left, right) = bounds(corners.map(|corner| corner.x), luma.width());
    let (top, bottom) = bounds(corners.map(|corner| corner.y), luma.height());
    if left >= right || top >= bottom {
        return None;
    }
    let rows = luma.pixels().chunks_exact(luma.width() as usize);
    let pixels = rows.take(bottom).skip(top).flat_map(|row| row[left..right].iter().copied()).collect();
    Luma::new((right - left) as u32, (bottom - top) as u32, pixels)
}

/// A picture of the same size as `luma`.
fn with_pixels(luma: &Luma, pixels: Vec<u8>) -> Luma {
    // Each pixel became one pixel.
    Luma::new(luma.width(), luma.height(), pixels).unwrap_or_else(|| luma.clone())
}

/// Up to this radius a sum of pixels fits in 16 bits, of which vectors hold twice as many.
const MOST_NARROW: usize = 7;

/// The mean of the pixels at most `radius` columns and rows away; at the edges the last pixel goes on.
pub fn mean(luma: &Luma, radius: usize) -> Luma {
    let side = 2 * radius + 1;
    let area = side * side;
    // Divisions by multiplication, the sum rounded before or after.
    if radius <= MOST_NARROW {
        let (scale, half) = ((1 << 16) / area as u32, area as u16 / 2);
        let divide = |sum: u16| ((u32::from(sum + half) * scale) >> 16) as u8;
        return mean_by(luma, radius, narrow_sums, divide);
    }
    let scale = (1 << 40) / area as u64;
    mean_by(luma, radius, wide_sums, |sum: u32| ((u64::from(sum) * scale + (1 << 39)) >> 40) as u8)
}

/// The mean: `sums_along` gives for each column the sum of those around it, `divide` makes a mean of it.
fn mean_by<T: Copy + Default + From<u8> + AddAssign + SubAssign>(
    luma: &Luma,
    radius: usize,
    sums_along: impl Fn(&[T], usize, &mut [T]),
    divide: impl Fn(T) -> u8,
) -> Luma {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let pixels = luma.pixels();
    let row = |number: isize| {
        let number = number.clamp(0, height as isize - 1) as usize;
        &pixels[number * width..(number + 1) * width]
    };
    // With as many more on either side as are needed there.
    let mut columns = vec![T::default(); width + 2 * radius];
    let inner = radius..radius + width;
    for number in -(radius as isize)..=radius as isize {
        for (sum, &pixel) in columns[inner.clone()].iter_mut().zip(row(number)) {
            *sum += T::from(pixel);
        }
    }
    let mut means = Vec::with_capacity(width * height);
    let mut sums = vec![T::default(); width];
    for number in 0..height as isize {
        let (first, last) = (columns[radius], columns[radius + width - 1]);
        columns[..radius].fill(first);
        columns[radius + width..].fill(last);
        sums_along(&columns, radius, &mut sums);
        means.extend(sums.iter().map(|&sum| divide(sum)));
        let (leaving, coming) = (row(number - radius as isize), row(number + radius as isize + 1));
        for ((sum, &leaving), &coming) in columns[inner.clone()].iter_mut().zip(leaving).zip(coming) {
            *sum += T::from(coming);
            *sum -= T::from(leaving);
        }
    }
    with_pixels(luma, means)
}

/// One column after the other added to all sums at once.
fn narrow_sums(columns: &[u16], radius: usize, sums: &mut [u16]) {
    sums.fill(0);
    for offset in 0..=2 * radius {
        for (sum, &column) in sums.iter_mut().zip(&columns[offset..]) {
            *sum += column;
        }
    }
}

/// Each sum made of the one before.
fn wide_sums(columns: &[u32], radius: usize, sums: &mut [u32]) {
    let mut sum: u32 = columns[..2 * radius].iter().sum();
    for ((place, &coming), &leaving) in sums.iter_mut().zip(&columns[2 * radius..]).zip(columns) {
        sum += coming;
        *place = sum;
        sum -= leaving;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_that_of_the_pixels_around() {
        let luma = Luma::new(3, 1, vec![0, 90, 255]).unwrap();
        // The edge's pixel goes on: (0 + 0 + 90) / 3, (0 + 90 + 255) / 3, (90 + 255 + 255) / 3.
        assert_eq!(mean(&luma, 1).pixels(), [30, 115, 200]);
    }

    #[test]
    fn a_flat_picture_stays_flat_whatever_is_done_to_it() {
        for shade in [0, 77, 255] {
            let luma = Luma::new(20, 13, vec![shade; 260]).unwrap();
            assert!(mean(&luma, 4) == luma && sharpened(&luma) == luma, "{shade}");
        }
    }

    #[test]
    fn a_mean_is_one_over_each_radius() {
        let luma = Luma::new(9, 7, (0..63).map(|place| (place * 91 % 256) as u8).collect()).unwrap();
        for radius in [1, 4, 7, 8, 12, 700] {
            let around = |place: i64, last: i64| {
                (place - radius..=place + radius).map(move |place| place.clamp(0, last))
            };
            let means = mean(&luma, radius as usize);
            for (place, &mean) in means.pixels().iter().enumerate() {
                let (x, y) = (place as i64 % 9, place as i64 / 9);
                let columns = |row: i64| around(x, 8).map(move |column| (row * 9 + column) as usize);
                let sum: i64 =
                    around(y, 6).flat_map(columns).map(|place| i64::from(luma.pixels()[place])).sum();
                let side = 2 * radius + 1;
                let expected = sum as f64 / (side * side) as f64;
                assert!((f64::from(mean) - expected).abs() < 0.6, "{radius}: {mean}, not {expected}");
            }
        }
    }

    #[test]
    fn only_what_is_darker_than_its_surroundings_is_black() {
        let luma = Luma::new(5, 1, vec![200, 200, 100, 200, 200]).unwrap();
        assert_eq!(local_mean_bitmap(&luma, 2, 7).pixels(), [255, 255, 0, 255, 255]);
    }
}
