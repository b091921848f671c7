use std::path::Path;

use qrcode::types::{Color, Version};
use qrcode::{EcLevel, QrCode};

use super::*;

const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

fn luma(name: &str) -> Luma {
    Luma::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn zxing_texts(name: &str) -> Vec<String> {
    let located = zxing(&luma(name), Symbols::QrCodes(4));
    let mut texts: Vec<String> =
        located.into_iter().filter_map(|located| located.decoded).map(|decoded| decoded.text).collect();
    texts.sort();
    texts
}

fn rqrr_texts(name: &str) -> Vec<String> {
    let mut texts: Vec<String> = rqrr(&luma(name)).into_iter().map(|decoded| decoded.text).collect();
    texts.sort();
    texts
}

#[test]
fn a_code_is_read_whole() {
    assert_eq!((rqrr_texts("code.png"), zxing_texts("code.png")), (vec![TEXT.into()], vec![TEXT.into()]));
}

#[test]
fn all_codes_in_view_are_read() {
    let both = vec![TEXT.to_owned(), "https://example.org/".to_owned()];
    assert_eq!((rqrr_texts("two.png"), zxing_texts("two.png")), (both.clone(), both));
}

#[test]
fn both_decoders_tell_how_large_a_module_is() {
    let luma = luma("code.png");
    let located = zxing(&luma, Symbols::QrCodes(1));
    let found = rqrr(&luma).into_iter().chain(located.into_iter().filter_map(|located| located.decoded));
    let sizes: Vec<Option<f32>> = found.map(|decoded| decoded.module_pixels).collect();
    assert_eq!(sizes.len(), 2);
    assert!(sizes.iter().all(|size| size.is_some_and(|size| (size - 6.0).abs() < 0.5)), "{sizes:?}");
}

#[test]
fn where_there_is_no_code_nothing_is_found() {
    assert!(rqrr_texts("empty.png").is_empty() && zxing_texts("empty.png").is_empty());
}

#[test]
fn a_micro_qr_code_is_a_code_of_single_pictures_alone() {
    let code = QrCode::with_version("6256", Version::Micro(2), EcLevel::L).unwrap();
    let (side, margin, pixels) = (code.width(), 4, 8);
    let colors = code.to_colors();
    let width = (side + 2 * margin) * pixels;
    let shade = |place: usize| {
        let (column, row) = (place % width / pixels, place / width / pixels);
        let inside = |place: usize| (margin..margin + side).contains(&place);
        let is_dark =
            inside(column) && inside(row) && colors[(row - margin) * side + column - margin] == Color::Dark;
        if is_dark { 0 } else { 255 }
    };
    let luma = Luma::new(width as u32, width as u32, (0..width * width).map(shade).collect()).unwrap();
    let texts = [Symbols::QrCodes(4), Symbols::AnyQrCodes(4)].map(|symbols| {
        let located = zxing(&luma, symbols).into_iter();
        located.filter_map(|located| located.decoded).map(|decoded| decoded.text).collect::<Vec<_>>()
    });
    assert_eq!(texts, [vec![], vec!["6256".to_owned()]]);
}
