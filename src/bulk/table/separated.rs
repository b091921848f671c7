//! CSV as spreadsheets save it. Cells stay bytes: UTF-8 and Windows-1254 have the same delimiters and quotes,
//! so that a table goes out in the encoding in which it came, whatever its letters are.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};

use super::shape::{Ending, LineCounter, Shape, shape};
use super::{BYTE_ORDER_MARK, Cell, Row, TableError};

/// How many bytes tell what the delimiter is.
const SAMPLE: u64 = 64 * 1024;

/// With what Excel names the delimiter on a line of its own before the header.
const NAMES_DELIMITER: &[u8] = b"sep=";

/// How one CSV file differs from others.
#[derive(Debug, Clone)]
pub(super) struct Dialect {
    delimiter: u8,
    has_byte_order_mark: bool,
    /// Whether a line before the header names the delimiter.
    names_delimiter: bool,
    /// Where the header's line begins.
    start: u64,
    pub(super) shape: Shape,
}

/// Finds out how a file is written. Its delimiter is what it names as such, or else the one under which `is_header`
/// holds of the first row.
pub(super) fn dialect(path: &Path, is_header: impl Fn(&[Cell]) -> bool) -> Result<Dialect, TableError> {
    let unreadable = |source| TableError::Unreadable { path: path.to_owned(), source };
    let mut sample = Vec::new();
    File::open(path).and_then(|file| file.take(SAMPLE).read_to_end(&mut sample)).map_err(unreadable)?;
    let has_byte_order_mark = sample.starts_with(&BYTE_ORDER_MARK);
    let text = sample.strip_prefix(&BYTE_ORDER_MARK).unwrap_or(&sample);
    let named = named_delimiter(text);
    let header = named.map_or(text, |(_, rest)| rest);
    let is_delimiter = |delimiter: u8| {
        let mut record = ByteRecord::new();
        let mut reader = reader(header, delimiter);
        // Lines of blank cells may precede the header.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let cells = cells(&record);
            if !cells.iter().all(Cell::is_blank) {
                return is_header(&cells);
            }
        }
        false
    };
    let found = if !is_delimiter(b',') && is_delimiter(b';') { b';' } else { b',' };
    let mut dialect = Dialect {
        delimiter: named.map_or(found, |(delimiter, _)| delimiter),
        has_byte_order_mark,
        names_delimiter: named.is_some(),
        start: (sample.len() - header.len()) as u64,
        shape: Shape::default(),
    };
    let content = BufReader::new(dialect.open(path).map_err(unreadable)?);
    dialect.shape = shape(content, dialect.delimiter, dialect.first_line()).map_err(unreadable)?;
    Ok(dialect)
}

/// The delimiter that the first line names, and what follows that line.
fn named_delimiter(text: &[u8]) -> Option<(u8, &[u8])> {
    let (&delimiter, rest) = text.strip_prefix(NAMES_DELIMITER)?.split_first()?;
    let rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).or(rest.strip_prefix(b"\r"))?;
    (!b"\"\r\n".contains(&delimiter)).then_some((delimiter, rest))
}

impl Dialect {
    /// The file from its header on.
    fn open(&self, path: &Path) -> io::Result<File> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(self.start))?;
        Ok(file)
    }

    /// The line that the header's row begins on, or blank ones before it.
    fn first_line(&self) -> u64 {
        1 + u64::from(self.names_delimiter)
    }
}

fn reader<R: Read>(content: R, delimiter: u8) -> csv::Reader<R> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(content)
}

fn cells(record: &ByteRecord) -> Vec<Cell> {
    record.iter().map(|cell| Cell::Text(cell.to_vec())).collect()
}

/// See [`super::Table::each_row`].
pub(super) fn each_row<E: From<TableError>>(
    path: &Path,
    dialect: &Dialect,
    mut take: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let open =
        || dialect.open(path).map_err(|source| TableError::Unreadable { path: path.to_owned(), source });
    let mut reader = reader(open()?, dialect.delimiter);
    let mut lines = Lines::of(open()?, dialect.first_line());
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|_| TableError::Malformed(path.to_owned()))? {
        let line = lines
            .first_after(record.position().map_or(0, csv::Position::byte))
            .map_err(|source| TableError::Unreadable { path: path.to_owned(), source })?;
        take(Row { line, cells: cells(&record) })?;
    }
    Ok(())
}

/// Counts lines beside the CSV reader, whose own count leaves out that it skips blank lines.
struct Lines {
    content: BufReader<File>,
    read: u64,
    lines: LineCounter,
}

impl Lines {
    fn of(file: File, line: u64) -> Self {
        Self { content: BufReader::new(file), read: 0, lines: LineCounter::starting_at(line) }
    }

    /// The first line with anything on it from the byte `start` on.
    fn first_after(&mut self, start: u64) -> io::Result<u64> {
        loop {
            let (content, read) = (self.content.fill_buf()?, self.read);
            let is_passed = |(place, byte): (u64, &u8)| place < start || b"\r\n".contains(byte);
            let passed = (read..).zip(content).take_while(|&byte| is_passed(byte)).count();
            content[..passed].iter().for_each(|&byte| self.lines.pass(byte));
            let is_there = passed < content.len() || content.is_empty();
            self.content.consume(passed);
            self.read += passed as u64;
            if is_there {
                return Ok(self.lines.line);
            }
        }
    }
}

/// A CSV file that is being written.
pub(crate) struct Writer(csv::Writer<File>);

impl Writer {
    pub(super) fn new(mut file: File, dialect: &Dialect) -> Result<Self, TableError> {
        if dialect.has_byte_order_mark {
            file.write_all(&BYTE_ORDER_MARK).map_err(|error| not_writable(&error))?;
        }
        let terminator = match dialect.shape.ending {
            Ending::Feed => Terminator::Any(b'\n'),
            Ending::Return => Terminator::Any(b'\r'),
            Ending::ReturnAndFeed => Terminator::CRLF,
        };
        if dialect.names_delimiter {
            let end = match terminator {
                Terminator::Any(byte) => vec![byte],
                _ => b"\r\n".to_vec(),
            };
            let line = [NAMES_DELIMITER, &[dialect.delimiter], &end].concat();
            file.write_all(&line).map_err(|error| not_writable(&error))?;
        }
        let writer =
            WriterBuilder::new().delimiter(dialect.delimiter).terminator(terminator).from_writer(file);
        Ok(Self(writer))
    }

    /// Begins a file of UTF-8 and commas.
    pub(super) fn of_excel(mut file: File) -> Result<Self, TableError> {
        file.write_all(&BYTE_ORDER_MARK).map_err(|error| not_writable(&error))?;
        Ok(Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file)))
    }

    pub(super) fn write(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        let bytes = cells.iter().map(|cell| match cell {
            Cell::Text(bytes) => Cow::Borrowed(bytes.as_slice()),
            Cell::Number(number) => Cow::Owned(number.to_string().into_bytes()),
            // Only workbooks have them.
            Cell::Flag(_) | Cell::Time(_) | Cell::Duration(_) => Cow::Borrowed(b"".as_slice()),
        });
        self.0.write_record(bytes).map_err(|error| not_writable(&error))
    }

    pub(super) fn finish(self) -> Result<(), TableError> {
        let file = self.0.into_inner().map_err(|error| not_writable(error.error()))?;
        file.sync_all().map_err(|error| not_writable(&error))
    }
}

fn not_writable(error: &impl std::fmt::Display) -> TableError {
    TableError::NotWritable(error.to_string())
}
