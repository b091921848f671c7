//! Which decoder looks at which frame, and how the frame is prepared for it.
//!
//! Each frame is looked at in the order of what costs little: codes that were seen before or whose finder
//! patterns are found are read from their modules, over all frames together (see [`evidence`]). Then zxing-cpp
//! gets the frame as it is and sharpened: both where something looks like a code, else in turn. What zxing-cpp
//! locates and can't read is read from its modules too. rqrr gets the surroundings of a code in every third
//! frame that shows anything like one.

mod codewords;
mod equaliser;
mod evidence;
mod finder;
mod grid;

use std::cell::Cell;

use super::decode::{Corners, Decoded, Decoder, Located, Symbols, rqrr, rqrr_bitmap, zxing, zxing_bitmap};
use super::frame::Luma;
use super::prepare::{around, doubled, halved, local_mean_bitmap, sharpened};
use super::worker::Look;
use crate::code::Code;
use codewords::VERSIONS;
use evidence::{Evidence, Seen};
use finder::{Guess, finders, guesses};

/// The most QR codes that are looked for in one picture.
const MOST_CODES: u8 = 4;

/// Of frames that show something like a code, rqrr gets each third; of all frames, each sixth is looked
/// through for printed barcodes, and each fourth with a known code for others beside it.
const RQRR_TURN: u64 = 3;
const CODE_39_TURN: u64 = 6;
const SECOND_CODE_TURN: u64 = 4;

/// A text that was not read for so many frames is a new one when it is.
const NEW_AFTER: u64 = 15;

/// The local mean that finder patterns are looked for with: its radius in pixels of the halved frame.
const FINDER_RADIUS: usize = 12;

/// Says whether a decoder may be called, and notes that it is.
pub type MayCall<'a> = dyn FnMut(Decoder) -> bool + 'a;

/// How a frame is prepared for zxing-cpp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As it is.
    Plain,
    /// Sharpened.
    Sharp,
}

/// What was learnt from the frames so far, and what the next one gets for it.
pub struct Strategy {
    evidence: Evidence,
    /// The evidence of a code beside that one, which is harder to read.
    beside: Evidence,
    frames: u64,
    promising: u64,
    /// Whether the last frame showed something like a code.
    was_promising: bool,
    /// Whether the last frame that was looked through for barcodes had one.
    has_barcode: bool,
    /// What was read lately, and in which frame last.
    texts: Vec<(String, u64)>,
}

impl Default for Strategy {
    fn default() -> Self {
        Self {
            evidence: Evidence::new(),
            beside: Evidence::new(),
            frames: 0,
            promising: 0,
            // The first frame gets everything.
            was_promising: true,
            has_barcode: false,
            texts: Vec::new(),
        }
    }
}

impl Strategy {
    /// Looks at the next frame.
    pub fn look(&mut self, luma: &Luma, may_call: &mut MayCall<'_>) -> Look {
        let mut look = Look::default();
        let is_searched = Cell::new(false);
        let may_call = &mut |decoder| {
            let may = may_call(decoder);
            is_searched.set(is_searched.get() || may && decoder == Decoder::Zxing);
            may
        };
        self.evidence.next_frame();
        self.beside.next_frame();
        let mut place = self.look_at_modules(luma, &mut look, may_call);
        let both = self.was_promising || look.is_promising;
        let plain = look.found.is_empty() && (both || self.frames.is_multiple_of(2));
        if plain {
            place = self.look_by_zxing(luma, Way::Plain, &mut look, may_call).or(place);
        }
        let sharp = look.found.is_empty() && (both || !plain);
        if sharp {
            place = self.look_by_zxing(luma, Way::Sharp, &mut look, may_call).or(place);
        }
        // Without zxing-cpp nobody says what else is promising.
        if look.is_promising || !is_searched.get() {
            if self.promising.is_multiple_of(RQRR_TURN) && may_call(Decoder::Rqrr) {
                let part = place.and_then(|corners| around(luma, &corners)).unwrap_or_else(|| halved(luma));
                add(&mut look.found, rqrr_bitmap(&local_mean_bitmap(&part, part.width() as usize / 16, 7)));
            }
            self.promising += 1;
        }
        // A code is told as soon as it is read, so the frame that shows a new one has to show whether it is alone.
        let is_turn = self.frames.is_multiple_of(CODE_39_TURN);
        if (self.has_barcode || is_turn || self.is_new(&look)) && may_call(Decoder::Zxing) {
            let barcodes = barcodes(luma);
            self.has_barcode = !barcodes.is_empty();
            look.is_promising |= self.has_barcode;
            add(&mut look.found, barcodes);
        }
        if !look.found.is_empty() {
            let ways = self.ways_to_others(&look, plain, sharp);
            self.look_for_others(luma, ways, &mut look, may_call);
        }
        self.note_texts(&look);
        self.frames += 1;
        self.was_promising = look.is_promising;
        look
    }

    fn note_texts(&mut self, look: &Look) {
        let frame = self.frames;
        self.texts.retain(|(text, last)| {
            frame - last < NEW_AFTER && look.found.iter().all(|decoded| decoded.text != *text)
        });
        self.texts.extend(look.found.iter().map(|decoded| (decoded.text.clone(), frame)));
    }

    /// How a frame with a code is searched for others beside it, after those ways that were tried.
    ///
    /// One that shows a new code is searched in each way. Then one way each fourth frame will do, and one each
    /// frame where there were several.
    fn ways_to_others(&self, look: &Look, plain: bool, sharp: bool) -> &'static [Way] {
        let every = if self.texts.len() > 1 { 1 } else { SECOND_CODE_TURN };
        match (self.is_new(look), plain, sharp) {
            (true, false, false) => &[Way::Plain, Way::Sharp],
            (true, false, true) => &[Way::Plain],
            (true, true, false) => &[Way::Sharp],
            (false, false, false) if self.frames.is_multiple_of(2 * every) => &[Way::Plain],
            (false, false, false) if self.frames.is_multiple_of(every) => &[Way::Sharp],
            _ => &[],
        }
    }

    /// Whether something was found that was not read lately.
    fn is_new(&self, look: &Look) -> bool {
        let is_known = |decoded: &Decoded| self.texts.iter().any(|(known, _)| *known == decoded.text);
        !look.found.iter().all(is_known)
    }

    fn look_for_others(&mut self, luma: &Luma, ways: &[Way], look: &mut Look, may_call: &mut MayCall<'_>) {
        if may_call(Decoder::Zxing) {
            for &way in ways {
                self.look_by_zxing(luma, way, look, may_call);
            }
        } else if may_call(Decoder::Rqrr) {
            add(&mut look.found, rqrr(luma));
        }
    }

    /// Reads the modules of the code that the last frames had, and of what has finder patterns.
    fn look_at_modules(
        &mut self,
        luma: &Luma,
        look: &mut Look,
        may_call: &mut MayCall<'_>,
    ) -> Option<Corners> {
        if !may_call(Decoder::Modules) {
            return None;
        }
        let expected = self.evidence.expected(luma);
        if let Some(seen) = self.evidence.look(luma, expected.into_iter())
            && seen.text.is_some()
        {
            return Some(note(seen, look));
        }
        let found = self.evidence.look(luma, by_finders(luma).into_iter().chain(expected));
        found.map(|seen| note(seen, look))
    }

    /// What zxing-cpp finds in `luma`; where that has no text, the modules there.
    fn look_by_zxing(
        &mut self,
        luma: &Luma,
        way: Way,
        look: &mut Look,
        may_call: &mut MayCall<'_>,
    ) -> Option<Corners> {
        if !may_call(Decoder::Zxing) {
            return None;
        }
        let codes = Symbols::QrCodes(MOST_CODES);
        let located = match way {
            Way::Plain => zxing(luma, codes),
            Way::Sharp => zxing(&sharpened(luma), codes),
        };
        look.is_promising |= !located.is_empty();
        let unread: Vec<Corners> = located
            .iter()
            .filter(|located| located.decoded.is_none())
            .map(|located| located.corners)
            .filter(|corners| look.found.is_empty() || !self.evidence.is_at(corners))
            .collect();
        let place = located.first().map(|located| located.corners);
        add(&mut look.found, located.into_iter().filter_map(|located| located.decoded).collect());
        if unread.is_empty() || !may_call(Decoder::Modules) {
            return place;
        }
        let evidence = if look.found.is_empty() { &mut self.evidence } else { &mut self.beside };
        let guesses =
            unread.into_iter().flat_map(|corners| VERSIONS.map(move |version| Guess { corners, version }));
        evidence.look(luma, guesses).map(|seen| note(seen, look)).or(place)
    }
}

/// Takes note of a code that was seen, and gives its place.
fn note(seen: Seen, look: &mut Look) -> Corners {
    look.is_promising = true;
    let decoded = seen.text.map(|text| Decoded {
        text,
        decoder: Decoder::Modules,
        module_pixels: Some(seen.module_pixels),
    });
    add(&mut look.found, decoded.into_iter().collect());
    seen.corners
}

/// Where finder patterns say that a code may lie. The halved frame has less noise, and shows all that are
/// large enough to be read.
fn by_finders(luma: &Luma) -> Vec<Guess> {
    let half = halved(luma);
    guesses(
        &finders(&local_mean_bitmap(&half, FINDER_RADIUS, 0)),
        luma.width() as f32 / half.width() as f32,
        VERSIONS,
    )
}

/// Barcodes that hold a bare code, as printed forms carry it.
fn barcodes(luma: &Luma) -> Vec<Decoded> {
    let found = zxing(luma, Symbols::Code39).into_iter().filter_map(|located| located.decoded);
    found.filter(|decoded| Code::parse(&decoded.text).is_ok()).collect()
}

/// Everything that can be tried with a single picture, until a HES code is found.
pub fn decode_picture(luma: &Luma, may_call: &mut MayCall<'_>) -> Look {
    let mut look = Look::default();
    let sharp = || sharpened(luma);
    let bitmap =
        |luma: &Luma| local_mean_bitmap(luma, (luma.width().min(luma.height()) as usize / 16).max(2), 7);
    let read = |located: Vec<Located>| located.into_iter().filter_map(|located| located.decoded).collect();
    let codes = Symbols::AnyQrCodes(MOST_CODES);
    let ways: [(Decoder, &dyn Fn() -> Vec<Decoded>); 9] = [
        // The one that is found first is the one that is meant, where none is a HES code.
        (Decoder::Zxing, &|| read([zxing(luma, Symbols::AnyQrCodes(1)), zxing(luma, codes)].concat())),
        (Decoder::Zxing, &|| read(zxing(&halved(luma), codes))),
        (Decoder::Zxing, &|| read(zxing(&sharp(), codes))),
        (Decoder::Zxing, &|| read(zxing_bitmap(&bitmap(luma), codes))),
        (Decoder::Modules, &|| {
            let seen = Evidence::new().look(luma, by_finders(luma).into_iter());
            let mut look = Look::default();
            seen.map(|seen| note(seen, &mut look));
            look.found
        }),
        (Decoder::Zxing, &|| barcodes(luma)),
        (Decoder::Zxing, &|| doubled(luma).map_or(Vec::new(), |luma| read(zxing(&luma, codes)))),
        (Decoder::Rqrr, &|| [rqrr(luma), rqrr(&luma.inverted())].concat()),
        (Decoder::Rqrr, &|| [rqrr_bitmap(&bitmap(luma)), rqrr_bitmap(&bitmap(&luma.inverted()))].concat()),
    ];
    for (decoder, way) in ways {
        // Another code beside it must not hide the one that is meant.
        if !is_hes(&look) && may_call(decoder) {
            add(&mut look.found, way());
        }
    }
    // What is located and not read is read from its modules there.
    if !is_hes(&look) {
        add(&mut look.found, Strategy::default().look(luma, may_call).found);
    }
    look.is_promising = !look.found.is_empty();
    look
}

fn is_hes(look: &Look) -> bool {
    look.found.iter().any(|decoded| Code::parse(&decoded.text).is_ok())
}

/// Adds what is not known yet.
fn add(found: &mut Vec<Decoded>, more: Vec<Decoded>) {
    for decoded in more {
        if found.iter().all(|known| known.text != decoded.text) {
            found.push(decoded);
        }
    }
}

#[cfg(test)]
mod tests;
