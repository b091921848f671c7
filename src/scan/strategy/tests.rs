use image::GrayImage;
use image::imageops::{FilterType, resize};
use qrcode::bits::Bits;
use qrcode::types::{Color, Version};
use qrcode::{EcLevel, QrCode};

use super::grid::{Pattern, side_of};
use super::*;
use crate::scan::prepare::mean;

const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";
const OTHER: &str = "fedcba9876543210fedcba9876543210|Z9Y8765432";

/// Whether each module is dark, row by row.
fn modules(text: &str, version: usize, level: EcLevel) -> Option<Vec<bool>> {
    let code = QrCode::with_version(text, Version::Normal(version as i16), level).ok()?;
    Some(code.to_colors().into_iter().map(|color| color == Color::Dark).collect())
}

/// The shade of each module, as far from grey as `certainty`.
fn values(modules: &[bool], certainty: f32) -> Vec<f32> {
    modules.iter().map(|&is_dark| if is_dark { certainty } else { -certainty }).collect()
}

/// The same noise from the same seed: numbers from -1 to 1.
fn noise(seed: u64) -> impl Iterator<Item = f32> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        // Knuth's linear congruential generator; its high bits are even enough.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    })
}

fn text_of(pattern: &Pattern, values: &[f32]) -> Option<String> {
    codewords::read(pattern, values).map(|reading| reading.text)
}

/// A frame with the code of `text`, `pixels` a module, dark grey on light grey, with noise of up to `amount`.
fn frame(text: &str, pixels: usize, amount: f32, seed: u64) -> Luma {
    frame_of_version(4, text, pixels, amount, seed)
}

fn frame_of_version(version: usize, text: &str, pixels: usize, amount: f32, seed: u64) -> Luma {
    let side = side_of(version);
    let modules = modules(text, version, EcLevel::M).unwrap();
    let (width, height) = (640, 360);
    let (left, top) = (200, 100);
    let shade = |place: usize| {
        let (x, y) = (place % width, place / width);
        let inside = x >= left && y >= top && x < left + side * pixels && y < top + side * pixels;
        let is_dark = inside && modules[(y - top) / pixels * side + (x - left) / pixels];
        if is_dark { 90.0 } else { 160.0 }
    };
    let noise = noise(seed);
    let pixels = (0..width * height).zip(noise).map(|(place, noise)| (shade(place) + amount * noise) as u8);
    Luma::new(width as u32, height as u32, pixels.collect()).unwrap()
}

fn everything(_: Decoder) -> bool {
    true
}

fn only_modules(decoder: Decoder) -> bool {
    decoder == Decoder::Modules
}

fn texts(look: &Look) -> Vec<&str> {
    look.found.iter().map(|decoded| decoded.text.as_str()).collect()
}

#[test]
fn each_version_and_level_is_read_as_another_program_writes_it() {
    let mut read = Vec::new();
    for version in VERSIONS {
        for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
            let Some(modules) = modules(TEXT, version, level) else { continue };
            let text = text_of(&Pattern::new(version), &values(&modules, 1.0));
            assert_eq!(text.as_deref(), Some(TEXT), "version {version}, {level:?}");
            read.push((version, level));
        }
    }
    // What is missing does not fit: 3-Q and 3-H.
    assert_eq!(read.len(), 14, "{read:?}");
}

#[test]
fn a_text_of_digits_and_capitals_in_segments_of_their_own_is_read() {
    let text = "00112233445566778899001122334455|ABCDEF1234";
    let modules = modules(text, 3, EcLevel::L).unwrap();
    assert_eq!(text_of(&Pattern::new(3), &values(&modules, 1.0)).as_deref(), Some(text));
}

#[test]
fn codewords_that_are_wrong_and_uncertain_are_corrected() {
    let pattern = Pattern::new(4);
    let mut values = values(&modules(TEXT, 4, EcLevel::M).unwrap(), 1.0);
    // Ten of a block's 50 codewords: one more than errors alone may be.
    for codeword in pattern.data_places().chunks_exact(8).step_by(2).take(10) {
        for &(column, row) in codeword {
            values[row * pattern.side + column] *= -0.1;
        }
    }
    assert_eq!(text_of(&pattern, &values).as_deref(), Some(TEXT));
}

/// The values of a 4-M code of which this many codewords of the first block are pale and wrong, and this many
/// certain and wrong. Its error correction has 18.
fn damaged(pale: usize, wrong: usize) -> Vec<f32> {
    let pattern = Pattern::new(4);
    let mut values = values(&modules(TEXT, 4, EcLevel::M).unwrap(), 1.0);
    let factors = std::iter::repeat_n(-0.1, pale).chain(std::iter::repeat_n(-1.0, wrong));
    for (codeword, factor) in pattern.data_places().chunks_exact(8).step_by(2).zip(factors) {
        for &(column, row) in codeword {
            values[row * pattern.side + column] *= factor;
        }
    }
    values
}

#[test]
fn what_is_corrected_with_nothing_left_over_as_proof_is_no_text() {
    let read = |pale, wrong| text_of(&Pattern::new(4), &damaged(pale, wrong));
    assert_eq!(read(12, 1).as_deref(), Some(TEXT));
    assert_eq!(read(12, 2), None);
}

#[test]
fn a_payload_with_something_behind_it_is_no_hes_code() {
    let mut bits = Bits::new(Version::Normal(4));
    bits.push_byte_data(TEXT.as_bytes()).unwrap();
    bits.push_terminator(EcLevel::M).unwrap();
    let mut message = bits.into_bytes();
    assert_eq!(codewords::payload(&message).as_deref(), Some(TEXT));
    *message.last_mut().unwrap() ^= 1;
    assert_eq!(codewords::payload(&message), None);
}

#[test]
fn noise_is_no_text() {
    for version in VERSIONS {
        let pattern = Pattern::new(version);
        for seed in 0..50 {
            let values: Vec<f32> = noise(seed).take(pattern.side * pattern.side).collect();
            assert_eq!(text_of(&pattern, &values), None, "version {version}, seed {seed}");
        }
    }
}

#[test]
fn a_code_that_is_no_hes_payload_is_left_to_the_other_decoders() {
    let modules = modules("https://example.org/a/page/of/43/characters", 4, EcLevel::M).unwrap();
    assert_eq!(text_of(&Pattern::new(4), &values(&modules, 1.0)), None);
}

#[test]
fn a_code_is_read_from_its_modules_alone_dark_or_light() {
    let frame = frame(TEXT, 4, 10.0, 1);
    for luma in [frame.inverted(), frame] {
        assert_eq!(texts(&Strategy::default().look(&luma, &mut only_modules)), [TEXT]);
    }
}

/// With noise of that amount no single frame of these can be read.
const NOISY: f32 = 60.0;

#[test]
fn what_no_frame_shows_alone_is_read_over_several() {
    let frames: Vec<Luma> = (0..12).map(|seed| frame(TEXT, 4, NOISY, seed)).collect();
    let alone = frames.iter().map(|luma| Strategy::default().look(luma, &mut only_modules));
    assert!(alone.into_iter().all(|look| look.found.is_empty()));
    let mut strategy = Strategy::default();
    let together = frames.iter().map(|luma| strategy.look(luma, &mut only_modules));
    let read: Vec<Look> = together.filter(|look| !look.found.is_empty()).collect();
    assert!(!read.is_empty() && read.iter().all(|look| texts(look) == [TEXT]));
}

#[test]
fn another_code_in_the_same_place_is_never_taken_for_the_first() {
    let mut strategy = Strategy::default();
    for seed in 0..6 {
        strategy.look(&frame(TEXT, 4, 30.0, seed), &mut only_modules);
    }
    let look = strategy.look(&frame(OTHER, 4, 30.0, 7), &mut only_modules);
    assert_eq!(texts(&look), [OTHER]);
}

#[test]
fn what_was_read_is_not_read_again_where_another_code_of_the_same_form_stands() {
    let others = (0..10).map(|number| OTHER.replace("87654", &format!("8765{number}")));
    for (seed, other) in others.enumerate() {
        let mut strategy = Strategy::default();
        for number in 0..8 {
            strategy.look(&frame(TEXT, 4, 10.0, number), &mut only_modules);
        }
        for number in 0..12 {
            let luma = frame(&other, 4, NOISY, 100 * seed as u64 + number);
            let look = strategy.look(&luma, &mut only_modules);
            assert!(look.found.iter().all(|decoded| decoded.text == other), "{other} {number}: {look:?}");
        }
    }
}

#[test]
fn a_code_is_read_by_what_is_left_whatever_is_left_out() {
    for left in Decoder::ALL {
        let mut strategy = Strategy::default();
        let frame = frame(TEXT, 4, 10.0, 1);
        let looks: Vec<Look> =
            (0..3).map(|_| strategy.look(&frame, &mut |decoder| decoder == left)).collect();
        assert!(looks.iter().any(|look| texts(look) == [TEXT]), "{left:?}");
    }
}

#[test]
fn a_bare_code_is_read_while_zxing_is_left_out() {
    let mut strategy = Strategy::default();
    let frame = frame_of_version(1, "A1B2345670", 6, 10.0, 1);
    let looks: Vec<Look> =
        (0..3).map(|_| strategy.look(&frame, &mut |decoder| decoder != Decoder::Zxing)).collect();
    assert!(looks.iter().any(|look| texts(look) == ["A1B2345670"]));
}

#[test]
fn a_picture_of_one_pixel_shows_nothing_whatever_was_seen_before() {
    let mut strategy = Strategy::default();
    assert_eq!(texts(&strategy.look(&frame(TEXT, 4, 10.0, 1), &mut everything)), [TEXT]);
    for (width, height) in [(1, 1), (1, 700), (700, 1)] {
        let sliver = Luma::new(width, height, vec![9; (width * height) as usize]).unwrap();
        assert_eq!(strategy.look(&sliver, &mut everything).found, []);
    }
}

#[test]
fn rqrr_gets_each_third_frame_that_shows_something_like_a_code() {
    let mut strategy = Strategy::default();
    let luma = frame(TEXT, 4, 10.0, 1);
    let mut calls = Vec::new();
    for _ in 0..9 {
        let mut called = false;
        strategy.look(&luma, &mut |decoder| {
            called |= decoder == Decoder::Rqrr;
            everything(decoder)
        });
        calls.push(called);
    }
    assert_eq!(calls, [true, false, false, true, false, false, true, false, false]);
}

/// A frame that shows what both show, side by side.
fn side_by_side(one: &Luma, other: &Luma) -> Luma {
    let rows = one.pixels().chunks(one.width() as usize).zip(other.pixels().chunks(other.width() as usize));
    let pixels = rows.flat_map(|(left, right)| [left, right].concat()).collect();
    Luma::new(one.width() + other.width(), one.height(), pixels).unwrap()
}

fn shows_both(look: &Look) -> bool {
    let mut texts = texts(look);
    texts.sort_unstable();
    texts == [TEXT, OTHER]
}

#[test]
fn two_codes_are_both_read_in_each_frame_from_whichever_on_they_stand_in_view() {
    let both = side_by_side(&frame(TEXT, 4, 10.0, 1), &frame(OTHER, 4, 10.0, 2));
    for before in 0..4 {
        let mut strategy = Strategy::default();
        for _ in 0..before {
            strategy.look(&Luma::new(1280, 360, vec![160; 1280 * 360]).unwrap(), &mut everything);
        }
        for number in 0..10 {
            let look = strategy.look(&both, &mut everything);
            assert!(shows_both(&look), "frame {number} after {before} empty ones: {look:?}");
        }
    }
}

#[test]
fn a_small_code_is_read_in_the_frame_that_shows_a_large_one_first() {
    let both = side_by_side(&frame(TEXT, 7, 10.0, 1), &frame(OTHER, 2, 10.0, 2));
    assert!(shows_both(&Strategy::default().look(&both, &mut everything)));
}

/// Whether zxing-cpp reads both of two codes.
fn zxing_reads_both(luma: &Luma) -> bool {
    let located = zxing(luma, Symbols::QrCodes(MOST_CODES));
    located.iter().filter(|located| located.decoded.is_some()).count() == 2
}

/// A sharp code, and one that was blurred by means of these radii.
fn sharp_and_blurred(radii: [usize; 3]) -> Luma {
    let blurred = radii.into_iter().fold(frame(OTHER, 6, 5.0, 2), |luma, radius| mean(&luma, radius));
    side_by_side(&frame(TEXT, 5, 5.0, 1), &blurred)
}

#[test]
fn a_code_that_has_to_be_sharpened_is_read_in_the_frame_that_shows_a_sharp_one_first() {
    let both = sharp_and_blurred([3, 3, 3]);
    assert!(!zxing_reads_both(&both) && zxing_reads_both(&sharpened(&both)));
    assert!(shows_both(&Strategy::default().look(&both, &mut everything)));
}

#[test]
fn in_a_single_picture_a_sharp_code_of_somebody_else_does_not_hide_a_blurred_hes_code() {
    let blurred = [3, 3, 3].into_iter().fold(frame(TEXT, 6, 5.0, 2), |luma, radius| mean(&luma, radius));
    let both = side_by_side(&frame("https://example.org/", 5, 5.0, 1), &blurred);
    assert!(!zxing_reads_both(&both));
    assert!(texts(&decode_picture(&both, &mut everything)).contains(&TEXT));
}

#[test]
fn a_single_picture_is_also_looked_at_twice_as_large() {
    let large = frame_of_version(1, "A1B2345670", 8, 0.0, 1);
    let large = GrayImage::from_raw(large.width(), large.height(), large.pixels().to_vec()).unwrap();
    let small = resize(&large, 107, 60, FilterType::Triangle);
    let small = Luma::new(small.width(), small.height(), small.into_raw()).unwrap();
    assert!(Strategy::default().look(&small, &mut everything).found.is_empty());
    assert_eq!(texts(&decode_picture(&small, &mut everything)), ["A1B2345670"]);
}

#[test]
fn a_code_whose_modules_alone_can_be_read_is_read_in_the_frame_that_shows_a_sharp_one_first() {
    let both = sharp_and_blurred([3, 3, 4]);
    assert!(!zxing_reads_both(&both) && !zxing_reads_both(&sharpened(&both)));
    assert!(shows_both(&Strategy::default().look(&both, &mut everything)));
}
