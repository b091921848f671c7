//! What a CSV file shows as a whole: how its lines end, and whether its quotes do. The CSV reader forgives quotes
//! that are not closed, and with them makes one cell of everyone who follows.

use std::io::{self, BufRead};

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ending {
    #[default]
    Feed,
    Return,
    ReturnAndFeed,
}

/// What a file shows as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// How the first of its lines ends.
    pub(super) ending: Ending,
    /// The first line on which a quote opens that is not closed, or behind whose end the cell goes on.
    pub(super) open_quote: Option<u64>,
}

/// Counts lines, whose ends may be of all three kinds.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineCounter {
    /// The line that is being read, from 1.
    pub(super) line: u64,
    follows_return: bool,
}

#[derive(Clone, Copy)]
enum Place {
    CellStart,
    Cell,
    /// Within quotes that opened on this line.
    Quoted(u64),
    /// Behind a quote within such quotes: it ends them, or is the first of two that stand for one.
    Quote(u64),
    /// Behind a carriage return that ends a line.
    Return,
}

impl LineCounter {
    pub(super) fn starting_at(line: u64) -> Self {
        Self { line, follows_return: false }
    }

    /// Passes a byte.
    pub(super) fn pass(&mut self, byte: u8) {
        if byte == b'\r' || byte == b'\n' && !self.follows_return {
            self.line += 1;
        }
        self.follows_return = byte == b'\r';
    }
}

/// Looks at what begins on a line.
pub(super) fn shape(mut content: impl BufRead, delimiter: u8, line: u64) -> io::Result<Shape> {
    let mut lines = LineCounter::starting_at(line);
    let (mut place, mut ending, mut open_quote) = (Place::CellStart, None, None);
    while open_quote.is_none() {
        let bytes = content.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        for &byte in bytes {
            if let Place::Return = place {
                ending.get_or_insert(if byte == b'\n' { Ending::ReturnAndFeed } else { Ending::Return });
                place = Place::CellStart;
            }
            place = match (place, byte) {
                (Place::CellStart, b'"') => Place::Quoted(lines.line),
                (Place::Quoted(opened), b'"') => Place::Quote(opened),
                (Place::Quoted(opened), _) | (Place::Quote(opened), b'"') => Place::Quoted(opened),
                (_, b'\r') => Place::Return,
                (_, b'\n') => {
                    ending.get_or_insert(Ending::Feed);
                    Place::CellStart
                }
                (_, byte) if byte == delimiter => Place::CellStart,
                (Place::Quote(opened), _) => {
                    open_quote.get_or_insert(opened);
                    Place::Cell
                }
                (Place::CellStart | Place::Cell | Place::Return, _) => Place::Cell,
            };
            lines.pass(byte);
        }
        let read = bytes.len();
        content.consume(read);
    }
    match place {
        Place::Quoted(opened) => open_quote = open_quote.or(Some(opened)),
        Place::Return => ending = ending.or(Some(Ending::Return)),
        Place::CellStart | Place::Cell | Place::Quote(_) => {}
    }
    Ok(Shape { ending: ending.unwrap_or_default(), open_quote })
}
