//! Finding codes in one picture. The only file that knows the decoders.

use std::fmt;

use rqrr::PreparedImage;

use super::frame::Luma;
use super::worker::Effort;

/// Pictures with a longer side, in pixels, are also tried at this size.
const COMFORTABLE_SIDE: u32 = 1600;

/// A decoder that found a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoder {
    /// The crate rqrr: QR codes, in pure Rust.
    Rqrr,
}

impl Decoder {
    /// The decoder's name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rqrr => "rqrr",
        }
    }
}

/// A code's text as a decoder found it in a picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The whole text; it may hold personal data, hence no `Debug` of it.
    pub text: String,
    /// Who found it.
    pub decoder: Decoder,
}

impl fmt::Debug for Decoded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decoded({} bytes by {})", self.text.len(), self.decoder.name())
    }
}

/// The codes in `luma` whose text is UTF-8.
///
/// It can panic or take minutes with a hostile picture, which is why only the decode worker calls it.
pub fn decode(luma: &Luma, effort: Effort) -> Vec<Decoded> {
    match effort {
        Effort::Frame => rqrr(luma),
        Effort::InvertedFrame => rqrr(&luma.inverted()),
        Effort::Picture => decode_picture(luma),
    }
}

/// Each way of looking at a single picture in turn, until one finds something.
fn decode_picture(luma: &Luma) -> Vec<Decoded> {
    let is_large = luma.width().max(luma.height()) > COMFORTABLE_SIDE;
    // The smaller picture comes first where there is one: it takes a fraction of the time.
    let smaller = if is_large { luma.scaled_down(COMFORTABLE_SIDE) } else { None };
    for luma in smaller.iter().chain([luma]) {
        for picture in [luma, &luma.inverted()] {
            let found = rqrr(picture);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn rqrr(luma: &Luma) -> Vec<Decoded> {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let pixels = luma.pixels();
    let mut picture =
        PreparedImage::prepare_from_greyscale(width, height, |column, row| pixels[row * width + column]);
    let mut found = Vec::new();
    for grid in picture.detect_grids() {
        let mut bytes = Vec::new();
        if grid.decode_to(&mut bytes).is_err() {
            continue;
        }
        if let Ok(text) = String::from_utf8(bytes) {
            found.push(Decoded { text, decoder: Decoder::Rqrr });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

    fn texts(name: &str, effort: Effort) -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        let luma = Luma::load(&path).unwrap();
        decode(&luma, effort).into_iter().map(|decoded| decoded.text).collect()
    }

    #[test]
    fn a_code_is_read_whole() {
        assert_eq!(texts("code.png", Effort::Frame), [TEXT]);
    }

    #[test]
    fn a_code_in_white_on_black_is_read_in_the_inverted_frame_alone() {
        assert_eq!(texts("inverted.png", Effort::InvertedFrame), [TEXT]);
        assert!(texts("inverted.png", Effort::Frame).is_empty());
    }

    #[test]
    fn a_single_picture_is_tried_in_both_polarities() {
        assert_eq!(texts("inverted.png", Effort::Picture), [TEXT]);
    }

    #[test]
    fn all_codes_in_view_are_read() {
        let mut texts = texts("two.png", Effort::Frame);
        texts.sort();
        assert_eq!(texts, [TEXT, "https://example.org/"]);
    }

    #[test]
    fn where_there_is_no_code_nothing_is_found() {
        assert!(texts("empty.png", Effort::Picture).is_empty());
    }

    #[test]
    fn each_sample_of_the_demo_shows_its_code_and_the_lobby_none() {
        for (file, code) in [
            (&include_bytes!("../../assets/samples/lobby.jpg")[..], None),
            (include_bytes!("../../assets/samples/admit.jpg"), Some("A1B2345670")),
            (include_bytes!("../../assets/samples/refuse.jpg"), Some("A1B2345671")),
            (include_bytes!("../../assets/samples/unverified.jpg"), Some("A1B2345676")),
        ] {
            let frame = crate::scan::frame::Frame::from_memory(file).unwrap();
            let texts = decode(&frame.luma, Effort::Frame);
            let codes: Vec<&str> =
                texts.iter().filter_map(|decoded| decoded.text.split('|').next_back()).collect();
            assert_eq!(codes, code.into_iter().collect::<Vec<_>>());
        }
    }
}
