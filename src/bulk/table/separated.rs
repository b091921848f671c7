//! CSV as spreadsheets save it. Cells stay bytes: UTF-8 and Windows-1254 have the same delimiters and quotes,
//! so that a table goes out in the encoding in which it came, whatever its letters are.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};

use super::{BYTE_ORDER_MARK, Cell, Row, TableError};

/// How many bytes tell how lines end.
const SAMPLE: u64 = 64 * 1024;

/// How one CSV file differs from others.
#[derive(Debug, Clone)]
pub(super) struct Dialect {
    delimiter: u8,
    has_byte_order_mark: bool,
    has_carriage_returns: bool,
}

/// Finds out how a file is written. Its delimiter is the one under which `is_header` holds of the first row.
pub(super) fn dialect(path: &Path, is_header: impl Fn(&[Cell]) -> bool) -> Result<Dialect, TableError> {
    let mut sample = Vec::new();
    File::open(path)
        .and_then(|file| file.take(SAMPLE).read_to_end(&mut sample))
        .map_err(|source| TableError::Unreadable { path: path.to_owned(), source })?;
    let has_byte_order_mark = sample.starts_with(&BYTE_ORDER_MARK);
    let has_carriage_returns = sample.windows(2).any(|pair| pair == b"\r\n");
    let dialect = |delimiter| Dialect { delimiter, has_byte_order_mark, has_carriage_returns };
    let is_delimiter = |delimiter: u8| {
        let mut record = ByteRecord::new();
        let is_read = reader(sample.as_slice(), &dialect(delimiter)).read_byte_record(&mut record);
        is_read.is_ok() && is_header(&cells(&record))
    };
    Ok(dialect(if !is_delimiter(b',') && is_delimiter(b';') { b';' } else { b',' }))
}

fn reader<R: Read>(content: R, dialect: &Dialect) -> csv::Reader<R> {
    ReaderBuilder::new().delimiter(dialect.delimiter).has_headers(false).flexible(true).from_reader(content)
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
    let open = || File::open(path).map_err(|source| TableError::Unreadable { path: path.to_owned(), source });
    let (mut reader, mut lines) = (reader(open()?, dialect), Lines::of(open()?));
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
    line: u64,
}

impl Lines {
    fn of(file: File) -> Self {
        Self { content: BufReader::new(file), read: 0, line: 1 }
    }

    /// The first line with anything on it from the byte `start` on.
    fn first_after(&mut self, start: u64) -> io::Result<u64> {
        loop {
            let (content, read) = (self.content.fill_buf()?, self.read);
            let is_passed = |(place, byte): (u64, &u8)| place < start || b"\r\n".contains(byte);
            let passed = (read..).zip(content).take_while(|&byte| is_passed(byte)).count();
            self.line += content[..passed].iter().filter(|&&byte| byte == b'\n').count() as u64;
            let is_there = passed < content.len() || content.is_empty();
            self.content.consume(passed);
            self.read += passed as u64;
            if is_there {
                return Ok(self.line);
            }
        }
    }
}

/// A CSV file that is being written.
pub(in crate::bulk) struct Writer(csv::Writer<File>);

impl Writer {
    pub(super) fn new(mut file: File, dialect: &Dialect) -> Result<Self, TableError> {
        if dialect.has_byte_order_mark {
            file.write_all(&BYTE_ORDER_MARK).map_err(|error| not_writable(&error))?;
        }
        let terminator = if dialect.has_carriage_returns { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let writer =
            WriterBuilder::new().delimiter(dialect.delimiter).terminator(terminator).from_writer(file);
        Ok(Self(writer))
    }

    pub(super) fn write(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        let bytes = cells.iter().map(|cell| match cell {
            Cell::Text(bytes) => bytes.as_slice(),
            // Only workbooks have them.
            Cell::Number(_) | Cell::Flag(_) | Cell::Time(_) => b"",
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
