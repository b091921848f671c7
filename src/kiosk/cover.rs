//! Pictures made to measure.

use iced::Size;

/// Where a pixel comes from along one axis: from two neighbours, of which the second has a weight of 256.
struct Sample {
    first: usize,
    second: usize,
    weight: u32,
}

/// The middle of a picture, scaled so that it covers a place and keeps its proportions. Pixels have four bytes each, and
/// neither size is zero.
pub(super) fn cover(pixels: &[u8], from: Size<u32>, to: Size<u32>) -> Vec<u8> {
    let scale = (from.width as f32 / to.width as f32).min(from.height as f32 / to.height as f32);
    let (columns, rows) = (samples(from.width, to.width, scale), samples(from.height, to.height, scale));
    let length = 4 * from.width as usize;
    let mut line = vec![0; length];
    let mut covering = Vec::with_capacity(columns.len() * rows.len());
    for row in rows {
        let (first, second) = (&pixels[row.first * length..], &pixels[row.second * length..]);
        for ((mixed, &first), &second) in line.iter_mut().zip(first).zip(second) {
            *mixed = mix(first, second, row.weight);
        }
        let (line, _) = line.as_chunks::<4>();
        let mixed =
            columns.iter().map(|column| mix_pixels(line[column.first], line[column.second], column.weight));
        covering.extend(mixed);
    }
    covering.into_flattened()
}

/// Where `to` pixels come from, `scale` of the picture's for each, in the middle of `from` ones.
fn samples(from: u32, to: u32, scale: f32) -> Vec<Sample> {
    let (last, start) = (from - 1, (from as f32 - to as f32 * scale) / 2.0);
    let sample = |place: u32| {
        let middle = (start + (place as f32 + 0.5) * scale - 0.5).clamp(0.0, last as f32);
        let first = middle as u32;
        let weight = (256.0 * middle.fract()) as u32;
        Sample { first: first as usize, second: (first + 1).min(last) as usize, weight }
    };
    (0..to).map(sample).collect()
}

fn mix(first: u8, second: u8, weight: u32) -> u8 {
    ((u32::from(first) * (256 - weight) + u32::from(second) * weight) >> 8) as u8
}

/// As [`mix`], but two of a pixel's four parts at a time, each with room for its product above it.
fn mix_pixels(first: [u8; 4], second: [u8; 4], weight: u32) -> [u8; 4] {
    const TWO: u32 = 0x00FF_00FF;
    let mix =
        |first: u32, second: u32| (((first & TWO) * (256 - weight) + (second & TWO) * weight) >> 8) & TWO;
    let (first, second) = (u32::from_le_bytes(first), u32::from_le_bytes(second));
    (mix(first, second) | (mix(first >> 8, second >> 8) << 8)).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first part of each pixel of a picture that was made of `shades`.
    fn covered(shades: &[u8], from: (u32, u32), to: (u32, u32)) -> Vec<u8> {
        let pixels: Vec<u8> = shades.iter().flat_map(|&shade| [shade, shade, 2, 255]).collect();
        let covering = cover(&pixels, Size::new(from.0, from.1), Size::new(to.0, to.1));
        assert!(covering.chunks(4).all(|pixel| pixel[1..] == [pixel[0], 2, 255]));
        covering.chunks(4).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn a_picture_that_fits_stays_as_it_is() {
        assert_eq!(covered(&[10, 20, 30, 40], (2, 2), (2, 2)), [10, 20, 30, 40]);
    }

    #[test]
    fn a_wide_picture_loses_its_sides() {
        assert_eq!(covered(&[1, 2, 3, 4], (4, 1), (2, 1)), [2, 3]);
    }

    #[test]
    fn a_tall_picture_loses_its_top_and_bottom() {
        assert_eq!(covered(&[1, 2, 3, 4], (1, 4), (1, 2)), [2, 3]);
    }

    #[test]
    fn a_small_picture_grows_smoothly() {
        assert_eq!(covered(&[0, 100], (2, 1), (4, 2)), [0, 25, 75, 100, 0, 25, 75, 100]);
    }
}
