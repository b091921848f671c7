use std::path::Path;

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
