//! From the shades of modules to a HES payload: hard decisions, and where those fail, the least certain
//! codewords left open for the error correction (the crate reed-solomon).
//!
//! Only a whole HES payload counts as a text here, with its padding, and of each block some error correction has to
//! be left over: what is spent to the last codeword corrects anything to something.

use std::panic::catch_unwind;

use reed_solomon::Buffer;

use super::grid::Pattern;

/// The versions that can hold a HES payload of 43 bytes, from level L to level H.
pub const VERSIONS: std::ops::RangeInclusive<usize> = 3..=6;

/// For each version and the level's two bits in the format information (M, L, H, Q): codewords of error
/// correction a block, and how many data codewords each block has (ISO/IEC 18004, tables 9 and 12).
const BLOCKS: [[(usize, &[usize]); 4]; 4] = [
    [(26, &[44]), (15, &[55]), (22, &[13, 13]), (18, &[17, 17])],
    [(18, &[32, 32]), (20, &[80]), (16, &[9, 9, 9, 9]), (26, &[24, 24])],
    [(24, &[43, 43]), (26, &[108]), (22, &[11, 11, 12, 12]), (18, &[15, 15, 16, 16])],
    [(16, &[27, 27, 27, 27]), (18, &[68, 68]), (28, &[15, 15, 15, 15]), (24, &[19, 19, 19, 19])],
];

/// The 15 bits of the format information `data` (ISO/IEC 18004, annex C).
fn format_bits(data: u32) -> u32 {
    let mut rest = data << 10;
    for bit in (10..15).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= 0x537 << (bit - 10);
        }
    }
    ((data << 10) | rest) ^ 0x5412
}

/// Where the format information's bits stand, most significant first, in both copies.
fn format_places(side: usize) -> [[(usize, usize); 15]; 2] {
    let mut first = [(0, 0); 15];
    let mut second = [(0, 0); 15];
    for bit in 0..15 {
        first[bit] = match bit {
            0..=5 => (bit, 8),
            6 => (7, 8),
            7 => (8, 8),
            8 => (8, 7),
            _ => (8, 14 - bit),
        };
        second[bit] = if bit < 7 { (8, side - 1 - bit) } else { (side - 15 + bit, 8) };
    }
    [first, second]
}

fn mask(number: u32, column: usize, row: usize) -> bool {
    match number {
        0 => (row + column).is_multiple_of(2),
        1 => row.is_multiple_of(2),
        2 => column.is_multiple_of(3),
        3 => (row + column).is_multiple_of(3),
        4 => (row / 2 + column / 3).is_multiple_of(2),
        5 => row * column % 2 + row * column % 3 == 0,
        6 => (row * column % 2 + row * column % 3).is_multiple_of(2),
        _ => ((row + column) % 2 + row * column % 3).is_multiple_of(2),
    }
}

/// A payload that was read, and which modules tell it from any other.
pub struct Reading {
    /// The payload.
    pub text: String,
    /// Of each block, the modules of its error correction and whether they are dark. Those of two payloads have
    /// no more in common than chance, while data begins, is padded and spells its characters alike.
    checks: Vec<Vec<(usize, bool)>>,
}

/// How far a frame's own modules have to speak for a payload, in standard deviations of what another payload
/// comes to: such a one gets so far once in thirty thousand frames.
const PROVEN: f32 = 4.0;

impl Reading {
    /// Whether `values` alone, which need not be enough to be read, show each block of this payload and no other.
    pub fn is_proven_by(&self, values: &[f32]) -> bool {
        self.checks.iter().all(|check| {
            let certain = |place: usize| values[place].clamp(-1.5, 1.5);
            let product: f32 = check
                .iter()
                .map(|&(place, is_dark)| if is_dark { certain(place) } else { -certain(place) })
                .sum();
            let squares: f32 = check.iter().map(|&(place, _)| certain(place) * certain(place)).sum();
            product > PROVEN * squares.sqrt()
        })
    }
}

/// Reads `values`, one number a module, row by row: the darker the greater, 0 where it can't be told.
pub fn read(pattern: &Pattern, values: &[f32]) -> Option<Reading> {
    let places = pattern.data_places();
    likely_formats(pattern.side, values).find_map(|format| read_format(pattern, format, &places, values))
}

/// The two formats whose bits agree best with both copies.
fn likely_formats(side: usize, values: &[f32]) -> impl Iterator<Item = u32> {
    let copies = format_places(side);
    let agreement = |format: u32| -> f32 {
        let bits = format_bits(format);
        let bit_of = |(bit, &(column, row)): (usize, &(usize, usize))| {
            let value = values[row * side + column];
            if bits >> (14 - bit) & 1 == 1 { value } else { -value }
        };
        copies.iter().flat_map(|copy| copy.iter().enumerate().map(bit_of)).sum()
    };
    let mut formats: Vec<(f32, u32)> = (0..32).map(|format| (agreement(format), format)).collect();
    formats.sort_by(|one, other| other.0.total_cmp(&one.0));
    formats.into_iter().take(2).map(|(_, format)| format)
}

/// A codeword and how certain its least certain bit is.
type Codeword = (u8, f32);

fn read_format(pattern: &Pattern, format: u32, places: &[(usize, usize)], values: &[f32]) -> Option<Reading> {
    let (correction, blocks) = BLOCKS[pattern.version - VERSIONS.start()][(format >> 3) as usize];
    let codeword = |bits: &[(usize, usize)]| -> Codeword {
        bits.iter().fold((0, f32::MAX), |(word, certainty), &(column, row)| {
            let value = values[row * pattern.side + column];
            let is_dark = (value > 0.0) != mask(format & 7, column, row);
            (word << 1 | u8::from(is_dark), certainty.min(value.abs()))
        })
    };
    let corrected: Vec<Buffer> = deinterleave(places.chunks_exact(8).map(codeword), correction, blocks)?
        .iter()
        .map(|block| correct(block, correction))
        .collect::<Option<_>>()?;
    let message: Vec<u8> = corrected.iter().flat_map(|block| block.data()).copied().collect();
    let text = payload(&message)?;
    let modules_of = |(codeword, word): (usize, u8)| {
        let bits = (0..8).map(move |bit| word >> (7 - bit) & 1 == 1);
        let places = places[8 * codeword..8 * codeword + 8].iter();
        places
            .zip(bits)
            .map(|(&(column, row), bit)| (row * pattern.side + column, bit != mask(format & 7, column, row)))
    };
    let checks = corrected.iter().enumerate().map(|(number, block)| {
        // Behind all data the blocks take turns.
        let codewords = (message.len() + number..).step_by(corrected.len());
        codewords.zip(block.ecc().iter().copied()).flat_map(modules_of).collect()
    });
    Some(Reading { text, checks: checks.collect() })
}

/// The blocks of which the codewords are one from each in turn: first their data, the shorter ones ending
/// earlier, then their error correction.
fn deinterleave(
    mut codewords: impl Iterator<Item = Codeword>,
    correction: usize,
    lengths: &[usize],
) -> Option<Vec<Vec<Codeword>>> {
    let mut blocks = vec![Vec::new(); lengths.len()];
    for place in 0..*lengths.iter().max()? {
        for (block, _) in blocks.iter_mut().zip(lengths).filter(|(_, length)| place < **length) {
            block.push(codewords.next()?);
        }
    }
    for _ in 0..correction {
        for block in &mut blocks {
            block.push(codewords.next()?);
        }
    }
    Some(blocks)
}

/// So many codewords of a block's error correction have to be left over, as proof: codewords that were left open
/// cost one each, wrong ones two.
const SPARE: usize = 4;

/// One block without its errors, ever more of the least certain codewords being left open.
fn correct(block: &[Codeword], correction: usize) -> Option<Buffer> {
    let words: Vec<u8> = block.iter().map(|(word, _)| *word).collect();
    // A block has fewer than 256 codewords.
    let mut order: Vec<u8> = (0..block.len()).map(|place| place as u8).collect();
    let certainty = |place: u8| block[usize::from(place)].1;
    order.sort_by(|&one, &other| certainty(one).total_cmp(&certainty(other)));
    [0, correction / 4, correction / 2, 2 * correction / 3].into_iter().find_map(|open| {
        // The crate asserts what it believes of its own results.
        let corrected =
            catch_unwind(|| reed_solomon::Decoder::new(correction).correct(&words, Some(&order[..open])));
        let corrected = corrected.ok()?.ok()?;
        let is_open = |place: usize| order[..open].iter().any(|&known| usize::from(known) == place);
        let wrong = corrected
            .iter()
            .zip(&words)
            .enumerate()
            .filter(|(place, (right, read))| right != read && !is_open(*place))
            .count();
        (open + 2 * wrong + SPARE <= correction).then_some(corrected)
    })
}

/// The HES payload that `message` holds.
pub fn payload(message: &[u8]) -> Option<String> {
    let mut bits = Bits { bytes: message, place: 0 };
    let bytes = text(&mut bits)?;
    if !bits.is_padding() {
        return None;
    }
    let is_payload = bytes.len() == 43
        && bytes[..32].iter().all(u8::is_ascii_hexdigit)
        && bytes[32] == b'|'
        && bytes[33..].iter().all(u8::is_ascii_alphanumeric);
    if is_payload { String::from_utf8(bytes).ok() } else { None }
}

/// A message's bits, taken from the front.
struct Bits<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Bits<'_> {
    /// The next `count` bits as a number; `None` where there are not so many.
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut number = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.place / 8)?;
            number = number << 1 | usize::from(byte >> (7 - self.place % 8) & 1);
            self.place += 1;
        }
        Some(number)
    }

    /// Whether nothing follows but what fills the message: zeros to the next byte, then 236 and 17 in turn
    /// (ISO/IEC 18004, 7.4.10).
    fn is_padding(&mut self) -> bool {
        let to_byte = (8 - self.place % 8) % 8;
        let rest = self.bytes.get((self.place + to_byte) / 8..).unwrap_or_default();
        self.take(to_byte) == Some(0)
            && rest.iter().zip([236, 17].iter().cycle()).all(|(byte, pad)| byte == pad)
    }
}

/// The characters of alphanumeric segments, by their values (ISO/IEC 18004, table 5).
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// A message's segments of digits, of alphanumeric characters and of bytes, put together; those of other kinds
/// hold no HES payload. Sizes are those of versions 1 to 9.
fn text(bits: &mut Bits<'_>) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    // Fewer than four bits are left where a message ends without a terminator.
    while let Some(mode @ 1..) = bits.take(4) {
        match mode {
            1 => {
                let count = bits.take(10)?;
                for place in (0..count).step_by(3) {
                    let digits = (count - place).min(3);
                    let number = bits.take(3 * digits + 1)?;
                    text.extend(format!("{number:0digits$}").into_bytes());
                }
            }
            2 => {
                let count = bits.take(9)?;
                for _ in 0..count / 2 {
                    let pair = bits.take(11)?;
                    text.extend([*ALPHANUMERIC.get(pair / 45)?, ALPHANUMERIC[pair % 45]]);
                }
                if count % 2 == 1 {
                    text.push(*ALPHANUMERIC.get(bits.take(6)?)?);
                }
            }
            4 => {
                for _ in 0..bits.take(8)? {
                    text.push(bits.take(8)? as u8);
                }
            }
            _ => return None,
        }
    }
    Some(text)
}
