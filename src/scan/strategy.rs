//! Which decoder looks at which frame, and how the frame is prepared for it.

use super::decode::{Decoded, Decoder, Symbols, rqrr, zxing};
use super::frame::Luma;
use super::prepare::sharpened;
use super::worker::Look;

/// The most QR codes that are looked for in one picture.
const MOST_CODES: u8 = 4;

/// Says whether a decoder may be called, and notes that it is.
pub type MayCall<'a> = dyn FnMut(Decoder) -> bool + 'a;

/// What was learnt from the frames so far, and what the next one gets for it.
#[derive(Default)]
pub struct Strategy {
    /// The number of frames that looked like something with a code.
    promising: u64,
}

impl Strategy {
    /// Looks at the next frame.
    pub fn look(&mut self, luma: &Luma, may_call: &mut MayCall<'_>) -> Look {
        let mut look = Look::default();
        if may_call(Decoder::Zxing) {
            for located in zxing(luma, Symbols::QrCodes(MOST_CODES)) {
                look.is_promising = true;
                look.found.extend(located.decoded);
            }
        }
        if look.found.is_empty() && may_call(Decoder::Zxing) {
            for located in zxing(&sharpened(luma), Symbols::QrCodes(MOST_CODES)) {
                look.is_promising = true;
                look.found.extend(located.decoded);
            }
        }
        if look.is_promising {
            self.promising += 1;
            if self.promising % 3 == 1 && may_call(Decoder::Rqrr) {
                add(&mut look.found, rqrr(luma));
            }
        }
        look
    }
}

/// Everything that can be tried with a single picture.
pub fn decode_picture(luma: &Luma, may_call: &mut MayCall<'_>) -> Look {
    let mut look = Look::default();
    let inverted = luma.inverted();
    if may_call(Decoder::Zxing) {
        for located in zxing(luma, Symbols::QrCodes(MOST_CODES)) {
            look.is_promising = true;
            look.found.extend(located.decoded);
        }
    }
    if look.found.is_empty() && may_call(Decoder::Rqrr) {
        add(&mut look.found, rqrr(luma));
        add(&mut look.found, rqrr(&inverted));
    }
    look
}

/// Adds what is not known yet.
fn add(found: &mut Vec<Decoded>, more: Vec<Decoded>) {
    for decoded in more {
        if found.iter().all(|known| known.text != decoded.text) {
            found.push(decoded);
        }
    }
}
