//! What cameras send, as frames: YUYV and MJPEG. Luma for the decoders is taken as it is; colour is
//! computed for the preview's pixels alone.

use std::panic::catch_unwind;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::scan::frame::{Frame, Luma, Preview};

/// The start of a JPEG file, and after it the mark of Motion JPEG: with that the JPEG decoder supplies the
/// standard Huffman tables (ITU-T T.81, K.3), which many cameras leave out.
const START: [u8; 2] = [0xff, START_MARKER];
const MOTION_JPEG: [u8; 18] = *b"\xff\xe0\x00\x10AVI1\0\0\0\0\0\0\0\0\0\0";

/// What follows 0xff in a JPEG file (ITU-T T.81, table B.1).
const START_MARKER: u8 = 0xd8;
const END_MARKER: u8 = 0xd9;

/// The longest side of a frame in pixels; more than that no camera of an entrance sends.
const MAX_SIDE: usize = 8192;

/// A frame of two bytes a pixel, Y U Y V, with anything behind it; `None` where there are too few bytes.
pub fn yuyv(width: u32, height: u32, bytes: &[u8], with_preview: bool) -> Option<Frame> {
    let columns = width as usize;
    let length = columns.checked_mul(height as usize)?.checked_mul(2)?;
    let bytes = bytes.get(..length).filter(|_| width.is_multiple_of(2))?;
    let luma = Luma::new(width, height, bytes.iter().step_by(2).copied().collect())?;
    let rgb = |column: usize, row: usize| {
        let start = 2 * (row * columns + column);
        let pair = 2 * (row * columns + (column & !1));
        studio_rgb(bytes[start], bytes[pair + 1], bytes[pair + 3])
    };
    let preview = if with_preview { Preview::sample(width, height, rgb) } else { None };
    Some(Frame::new(luma, preview))
}

/// The JPEG file at the start of `bytes`; `None` where it does not start there, or ends before its own end. For
/// behind a file that was cut off may stand another, and its end is not that of the first.
fn jpeg_file(bytes: &[u8]) -> Option<&[u8]> {
    let mut place = bytes.starts_with(&START).then_some(START.len())?;
    loop {
        place += bytes.get(place..)?.iter().position(|&byte| byte == 0xff)?;
        match *bytes.get(place + 1)? {
            END_MARKER => return bytes.get(..place + 2),
            START_MARKER => return None,
            // A fill byte.
            0xff => place += 1,
            // The byte 0xff of a picture, and markers without a segment.
            0x00 | 0x01 | 0xd0..=0xd7 => place += 2,
            // A segment may hold anything, such as a small picture with ends of its own.
            _ => {
                let length = [*bytes.get(place + 2)?, *bytes.get(place + 3)?];
                place += 2 + usize::from(u16::from_be_bytes(length));
            }
        }
    }
}

/// A frame that is one JPEG file with anything behind it; `None` where it is damaged.
pub fn mjpeg(bytes: &[u8], with_preview: bool) -> Option<Frame> {
    // The JPEG decoder panics at some damaged files, and touches its own data alone.
    catch_unwind(|| whole_mjpeg(bytes, with_preview)).ok().flatten()
}

fn whole_mjpeg(bytes: &[u8], with_preview: bool) -> Option<Frame> {
    let mut file = Vec::with_capacity(bytes.len() + MOTION_JPEG.len());
    file.extend(START);
    file.extend(MOTION_JPEG);
    file.extend(&jpeg_file(bytes)?[START.len()..]);
    let options = DecoderOptions::default()
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().ok()?;
    let in_colour = with_preview && decoder.input_colorspace() == Some(ColorSpace::YCbCr);
    if in_colour {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::YCbCr));
    }
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    let (rows, columns) = (height, width);
    let (width, height) = (u32::try_from(columns).ok()?, u32::try_from(rows).ok()?);
    if in_colour {
        if pixels.len() != 3 * columns * rows {
            return None;
        }
        let rgb = |column: usize, row: usize| {
            let start = 3 * (row * columns + column);
            full_rgb(pixels[start], pixels[start + 1], pixels[start + 2])
        };
        let preview = Preview::sample(width, height, rgb);
        let luma = Luma::new(width, height, pixels.iter().step_by(3).copied().collect())?;
        return Some(Frame::new(luma, preview));
    }
    let luma = Luma::new(width, height, pixels)?;
    let grey = |column: usize, row: usize| [luma.pixels()[row * columns + column]; 3];
    let preview = if with_preview { Preview::sample(width, height, grey) } else { None };
    Some(Frame::new(luma, preview))
}

/// Red, green and blue of a colour whose Y lies between 16 and 235 (ITU-R BT.601), in 1/256.
fn studio_rgb(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (298 * (i32::from(y) - 16), i32::from(u) - 128, i32::from(v) - 128);
    [y + 409 * v, y - 100 * u - 208 * v, y + 516 * u].map(|channel| (channel >> 8).clamp(0, 255) as u8)
}

/// Red, green and blue of a colour whose parts take the whole byte (JFIF), in 1/256.
fn full_rgb(y: u8, blue: u8, red: u8) -> [u8; 3] {
    let (y, blue, red) = (i32::from(y) << 8, i32::from(blue) - 128, i32::from(red) - 128);
    [y + 359 * red, y - 88 * blue - 183 * red, y + 454 * blue]
        .map(|channel| (channel >> 8).clamp(0, 255) as u8)
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;

    use super::*;

    /// A grey ramp on the left and plain red on the right, as a JPEG file with the standard tables.
    fn jpeg() -> Vec<u8> {
        let picture = image::RgbImage::from_fn(64, 32, |column, row| match column {
            0..32 => image::Rgb([(row * 8) as u8; 3]),
            _ => image::Rgb([250, 0, 0]),
        });
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, 95).encode_image(&picture).unwrap();
        file
    }

    /// `file` without its Huffman tables, as many cameras send it.
    fn without_tables(file: &[u8]) -> Vec<u8> {
        let mut rest = &file[2..];
        let mut stripped = START.to_vec();
        loop {
            let length = 2 + usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            match rest[1] {
                0xda => return [&stripped[..], rest].concat(),
                0xc4 => {}
                _ => stripped.extend(&rest[..length]),
            }
            rest = &rest[length..];
        }
    }

    #[test]
    fn the_luma_of_yuyv_is_its_y() {
        let frame = yuyv(2, 2, &[1, 128, 2, 128, 3, 128, 4, 128], false).unwrap();
        assert_eq!(frame.luma.pixels(), [1, 2, 3, 4]);
        assert!(frame.preview.is_none());
    }

    #[test]
    fn bytes_behind_a_frame_are_ignored_and_missing_ones_are_damage() {
        let bytes = [128; 20];
        assert!(yuyv(2, 2, &bytes, true).is_some());
        assert!(yuyv(4, 4, &bytes, true).is_none());
        assert!(yuyv(3, 1, &bytes, true).is_none());
    }

    #[test]
    fn black_white_and_red_of_yuyv_are_themselves_in_the_preview() {
        for (y, u, v, rgb) in [(16, 128, 128, [0; 3]), (235, 128, 128, [255; 3]), (81, 90, 240, [255, 0, 0])]
        {
            let frame = yuyv(2, 1, &[y, u, y, v], true).unwrap();
            let preview = frame.preview.unwrap();
            for (shown, expected) in preview.rgba().iter().zip(rgb) {
                assert!(shown.abs_diff(expected) <= 2, "{:?}", preview.rgba());
            }
        }
    }

    #[test]
    fn the_luma_of_mjpeg_is_the_same_with_a_preview_and_without() {
        let file = jpeg();
        assert!(mjpeg(&file, true).unwrap().luma == mjpeg(&file, false).unwrap().luma);
    }

    #[test]
    fn the_preview_of_mjpeg_has_its_colours_mirrored() {
        let preview = mjpeg(&jpeg(), true).unwrap().preview.unwrap();
        assert_eq!((preview.width(), preview.height()), (64, 32));
        let [red, green, blue] = preview.rgba()[..3] else { panic!("no pixel") };
        assert!(red > 230 && green < 25 && blue < 25, "{red} {green} {blue}");
    }

    #[test]
    fn mjpeg_without_huffman_tables_is_decoded_by_the_standard_ones() {
        let file = jpeg();
        let stripped = without_tables(&file);
        assert!(stripped.len() < file.len());
        assert!(mjpeg(&stripped, true).unwrap().luma == mjpeg(&file, true).unwrap().luma);
    }

    #[test]
    fn bytes_behind_a_jpeg_file_are_ignored() {
        let mut file = jpeg();
        file.extend([0; 1000]);
        assert!(mjpeg(&file, true).unwrap().luma == mjpeg(&jpeg(), true).unwrap().luma);
    }

    #[test]
    fn a_jpeg_file_that_lacks_its_end_is_damaged_even_where_another_file_follows() {
        let file = jpeg();
        let cut_off = &file[..file.len() - 2];
        assert!(mjpeg(cut_off, true).is_none());
        assert!(mjpeg(&[cut_off, &[0; 1000]].concat(), true).is_none());
        assert!(mjpeg(&[cut_off, &file].concat(), true).is_none());
    }

    #[test]
    fn a_picture_inside_a_segment_is_not_the_end_of_the_file() {
        let file = jpeg();
        let length = u16::try_from(2 + file.len()).unwrap().to_be_bytes();
        let nested = [&START[..], &[0xff, 0xe1], &length, &file, &file[2..]].concat();
        assert!(mjpeg(&nested, true).unwrap().luma == mjpeg(&file, true).unwrap().luma);
    }

    #[test]
    fn damage_is_no_panic() {
        let file = jpeg();
        assert!(mjpeg(&[], true).is_none());
        assert!(mjpeg(&file[..100], true).is_none());
        for place in 0..file.len() {
            let mut damaged = file.clone();
            damaged[place] ^= 0x55;
            let _ = mjpeg(&damaged, true);
        }
    }
}
